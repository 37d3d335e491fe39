//! The public addresses of stories, which any projection can compute from the item alone.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{Headline, SectionSlug, Slugline, StoryId, slugify};

/// RFC 3986 section 2.3: what need not be encoded in a path segment.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The words at the end of a story's address: of the headline when it is written in Latin letters, else of the
/// slugline, else of the headline as it is.
pub fn slug_of(headline: &Headline, slugline: Option<&Slugline>) -> String {
    let latin = |text: &str| slugify(text).filter(|slug| slug.is_ascii());
    latin(headline.as_str())
        .or_else(|| slugline.and_then(|slugline| latin(slugline.as_str())))
        .or_else(|| slugify(headline.as_str()))
        .unwrap_or_else(|| "story".to_owned())
}

/// `/{section}/{id}/{slug}`, percent-encoded.
pub fn story_path(section: &SectionSlug, id: StoryId, slug: &str) -> String {
    format!("/{}/{id}/{}", segment(section.as_str()), segment(slug))
}

/// One segment of a path, percent-encoded.
pub fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slug_is_latin_where_it_can_be() {
        let slug = |headline, slugline: Option<&str>| {
            slug_of(&Headline::parse(headline).unwrap(), slugline.map(|text| Slugline::parse(text).unwrap()).as_ref())
        };
        assert_eq!(slug("Fed holds rates", Some("FED-RATES")), "fed-holds-rates");
        assert_eq!(slug("ФРС сохранила ставку", Some("FED-RATES")), "fed-rates");
        assert_eq!(slug("ФРС", None), "фрс");
        assert_eq!(slug("?!", None), "story");
    }

    #[test]
    fn addresses_are_ascii() {
        let path = story_path(&SectionSlug::parse("мир").unwrap(), StoryId::from_number(1).unwrap(), "фрс");
        assert!(path.is_ascii() && path.contains("/000000000001/"), "{path}");
    }
}
