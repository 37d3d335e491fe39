//! What leads the front page, when an editor says so.

use crate::{FieldError, Guid, Lang};

/// The stories that lead the front page of an edition, most important first. A later rank of the same edition replaces it; one without
/// stories gives the page back to its own rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontRank {
    /// The edition: the language of its front page.
    pub edition: Lang,
    stories: Vec<Guid>,
}

impl FrontRank {
    /// The most stories that are ranked.
    pub const STORIES_MAX: usize = 12;

    /// A rank.
    ///
    /// # Errors
    /// A [`FieldError`] when there are more than [`FrontRank::STORIES_MAX`] stories or one stands twice.
    pub fn new(edition: Lang, stories: Vec<Guid>) -> Result<Self, FieldError> {
        if Self::STORIES_MAX < stories.len() {
            let problem = format!("are too many; at most {} lead", Self::STORIES_MAX);
            return Err(FieldError::new("stories", &stories.len().to_string(), problem));
        }
        for (idx, guid) in stories.iter().enumerate() {
            if stories[..idx].contains(guid) {
                return Err(FieldError::new("stories", guid.as_str(), "is ranked twice; name it once"));
            }
        }
        Ok(Self { edition, stories })
    }

    /// The stories, most important first.
    pub fn stories(&self) -> &[Guid] {
        &self.stories
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_story_is_ranked_twice_and_not_too_many_are() {
        let guid = |n: usize| Guid::parse(&format!("urn:{n}")).unwrap();
        assert!(FrontRank::new(Lang::english(), (0..FrontRank::STORIES_MAX).map(guid).collect()).is_ok());
        assert!(FrontRank::new(Lang::english(), (0..=FrontRank::STORIES_MAX).map(guid).collect()).is_err());
        assert!(FrontRank::new(Lang::english(), vec![guid(1), guid(1)]).unwrap_err().to_string().contains("twice"));
    }
}
