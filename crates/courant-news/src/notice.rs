//! What is said of a story that readers may no longer see, and to editors.

use jiff::Timestamp;

use crate::{EdNote, Guid, Headline, Lang, PubStatus, Reason, SectionSlug, Slugline, StoryId, Version, address};

/// The notice of a hold, a kill or a takedown. It says what was withdrawn without repeating the copy.
///
/// A kill notice pre-fills what wire desks expect: slugline, city of the dateline and the time of the killed version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The story.
    pub guid: Guid,
    /// The version this notice is; the wire gives it, so that a kill never loses a race.
    pub version: Version,
    /// What a receiver may do: withheld or canceled.
    pub pub_status: PubStatus,
    /// Why, for the public.
    pub reason: Reason,
    /// Why, for editors at receiving media.
    pub ednote: Option<EdNote>,
    /// The story's working name.
    pub slugline: Option<Slugline>,
    /// The headline of the withdrawn version, so that receivers can find it. `None` for a takedown, which quotes nothing.
    pub headline: Option<Headline>,
    /// The words at the end of the story's address, as readers knew it. Empty for a takedown.
    pub slug: Box<str>,
    /// The story's section.
    pub section: SectionSlug,
    /// The story's language.
    pub lang: Lang,
    /// The city of its dateline.
    pub dateline_place: Option<Box<str>>,
    /// When the story first moved.
    pub first_moved_at: Timestamp,
    /// Whether the withdrawn version was under an embargo, so that readers have nothing to be told.
    pub was_embargoed: bool,
}

impl Notice {
    /// The story's short name in addresses.
    pub fn story_id(&self) -> StoryId {
        self.guid.story_id()
    }

    /// The story's address on this site, from the root.
    pub fn path(&self) -> String {
        let slug = if self.slug.is_empty() { "story" } else { &self.slug };
        address::story_path(&self.section, self.story_id(), slug)
    }
}

/// A note to editors that is no story. It is on the wire and never on the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advisory {
    /// Names the advisory.
    pub guid: Guid,
    /// What it says.
    pub text: EdNote,
}
