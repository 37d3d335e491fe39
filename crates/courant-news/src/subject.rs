//! What a story is about and who made it.

use crate::field::{self, line_type};
use crate::{FieldError, MediaTopic, media_topic_name, slugify};

/// Declares a newtype over a slug: lower-case words joined by hyphens, as addresses and filters use it.
macro_rules! slug_type {
    ($(#[$doc:meta])* $name:ident, $field:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Makes the slug from a slug or a name.
            ///
            /// # Errors
            /// A [`FieldError`](crate::FieldError) when it has no letter or digit.
            pub fn parse(given: &str) -> Result<Self, crate::FieldError> {
                match crate::slugify(given) {
                    Some(slug) => Ok(Self(slug.into())),
                    None => Err(crate::FieldError::new($field, given, "has no letter or digit; give a word")),
                }
            }

            /// The slug.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(crate) use slug_type;

slug_type! {
    /// A section of the service, such as `economy`. The first part of a story's address.
    SectionSlug, "section"
}
slug_type! {
    /// A dossier: the running coverage of one affair.
    DossierSlug, "dossier"
}

impl SectionSlug {
    /// The section of a story that names none.
    pub fn news() -> Self {
        Self("news".into())
    }
}

line_type! {
    /// Who supplied the story, as credited: an agency or a desk. ninjs `infoSources`.
    SourceName, "source", 200
}

impl SourceName {
    /// The slug that filters use.
    pub fn slug(&self) -> String {
        slugify(self.as_str()).unwrap_or_else(|| "source".to_owned())
    }
}

/// A subject by its code: an IPTC Media Topic or a concept of another vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    uri: Box<str>,
    name: Box<str>,
}

impl Subject {
    const URI_LEN_MAX_BYTES: usize = 500;
    const NAME_CHARS_MAX: usize = 200;
    /// How the Media Topics scheme is written as a web address, as newer ninjs documents do.
    const MEDIA_TOPIC_IRI: &str = "cv.iptc.org/newscodes/mediatopic/";

    /// A subject called `name` in the story's language. A Media Topic's address (`http://cv.iptc.org/…/04000000`) is
    /// kept as its qcode `medtop:04000000`. A Media Topic without a name takes its English one.
    ///
    /// # Errors
    /// A [`FieldError`] when the uri is empty or too long, or there is neither a name nor a known code.
    pub fn new(uri: &str, name: Option<&str>) -> Result<Self, FieldError> {
        let mut uri = uri.trim().to_owned();
        if uri.is_empty() || Self::URI_LEN_MAX_BYTES < uri.len() || uri.contains(char::is_whitespace) {
            return Err(FieldError::new("subject", &uri, "is not a concept uri; give one such as medtop:04000000"));
        }
        if let Some((_, code)) = uri.split_once(Self::MEDIA_TOPIC_IRI) {
            uri = format!("medtop:{}", code.trim_end_matches('/'));
        }
        let known = uri.strip_prefix("medtop:").and_then(media_topic_name);
        let name = match (name.map(str::trim).filter(|name| !name.is_empty()), known) {
            (Some(name), _) => field::line("subject", name, Self::NAME_CHARS_MAX)?,
            (None, Some(known)) => known.into(),
            (None, None) => {
                let tail = uri.rsplit([':', '/', '#']).next().unwrap_or(&uri);
                field::line("subject", tail, Self::NAME_CHARS_MAX)?
            }
        };
        Ok(Self { uri: uri.into(), name })
    }

    /// The concept's uri or qcode, such as `medtop:04000000`.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Its name in the story's language, or in English.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The Media Topic it is, or that stands for it since IPTC retired it; `None` for a concept of another vocabulary.
    pub fn media_topic(&self) -> Option<&'static MediaTopic> {
        self.uri.strip_prefix("medtop:").and_then(MediaTopic::of_code).map(MediaTopic::current)
    }

    /// The slug that addresses and filters use: of the English name for a known Media Topic, so that it is the same in
    /// every language; else of the code.
    pub fn slug(&self) -> String {
        match self.media_topic() {
            Some(topic) => topic.slug.clone(),
            None => slugify(self.uri.rsplit([':', '/', '#']).next().unwrap_or(&self.uri)).unwrap_or_else(|| "subject".to_owned()),
        }
    }
}

/// A person or an organisation that a story is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entity {
    /// The name as printed, 1 to 300 characters.
    pub name: Box<str>,
    /// A code for it, such as a Wikidata address.
    pub uri: Option<Box<str>>,
}

impl Entity {
    /// An entity called `name`.
    ///
    /// # Errors
    /// A [`FieldError`] when the name is empty or too long.
    pub fn new(name: &str, uri: Option<&str>) -> Result<Self, FieldError> {
        let uri = uri.map(str::trim).filter(|uri| !uri.is_empty() && uri.len() <= 500);
        Ok(Self { name: field::line("name", name, 300)?, uri: uri.map(Into::into) })
    }
}

/// Who wrote the story, as printed: a person or a desk. ninjs `by`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Byline {
    /// The printed name, 1 to 200 characters.
    pub name: Box<str>,
    /// What the person is: `correspondent`, `photographer`.
    pub role: Option<Box<str>>,
}

impl Byline {
    /// A byline.
    ///
    /// # Errors
    /// A [`FieldError`] when the name is empty or too long.
    pub fn new(name: &str, role: Option<&str>) -> Result<Self, FieldError> {
        let role = role.map(str::trim).filter(|role| !role.is_empty());
        let role = role.map(|role| field::line("byline role", role, 100)).transpose()?;
        Ok(Self { name: field::line("byline", name, 200)?, role })
    }

    /// The slug that addresses and filters use.
    pub fn slug(&self) -> String {
        slugify(&self.name).unwrap_or_else(|| "byline".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_topic_has_one_slug_in_every_language() {
        let english = Subject::new("medtop:04000000", None).unwrap();
        let german = Subject::new("http://cv.iptc.org/newscodes/mediatopic/04000000", Some("Wirtschaft")).unwrap();
        assert_eq!(english.name(), "economy, business and finance");
        assert_eq!(german.uri(), "medtop:04000000");
        assert_eq!(english.slug(), german.slug());
        assert_eq!(german.slug(), "economy-business-and-finance");
    }

    #[test]
    fn a_retired_code_is_filed_as_what_stands_for_it() {
        assert_eq!(Subject::new("medtop:20000160", None).unwrap().slug(), "disaster-accident-and-emergency-incident");
        assert_eq!(Subject::new("medtop:20000160", None).unwrap().name(), "emergency incident", "it is printed as it was filed");
    }

    #[test]
    fn a_foreign_code_keeps_its_tail_as_slug() {
        assert_eq!(Subject::new("reuters:topic/cocoa", None).unwrap().slug(), "cocoa");
        assert!(Subject::new("  ", None).is_err());
    }

    #[test]
    fn sections_are_slugs() {
        assert_eq!(SectionSlug::parse("World News").unwrap().as_str(), "world-news");
        assert!(SectionSlug::parse("!!").is_err());
    }
}
