//! The part of ninjs 3.1 that a made corpus needs, as it is written.

use std::borrow::Cow;

use serde::Serialize;

use super::places::Country;

type Text<'a> = Cow<'a, str>;

/// One news item; becomes one line of JSON, keys in the order of the fields.
///
/// Source: IPTC, `ninjs-schema_3.1.json`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Item<'a> {
    pub uri: Text<'a>,
    pub standard: Standard,
    pub r#type: &'static str,
    pub pub_status: &'static str,
    pub version: &'static str,
    pub language: &'static str,
    pub urgency: u8,
    /// RFC 3339.
    pub first_created: Text<'a>,
    /// RFC 3339.
    pub version_created: Text<'a>,
    /// RFC 3339.
    pub content_created: Text<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub slugline: Text<'a>,
    pub headlines: [Headline<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bodies: Vec<Body<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub by: Text<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub located: Text<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Concept<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Concept<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Concept<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<Concept<'a>>,
    pub info_sources: [Source; 1],
}

/// Which standard an item keeps.
#[derive(Debug, Serialize)]
pub(crate) struct Standard {
    pub name: &'static str,
    pub version: &'static str,
    pub schema: &'static str,
}

impl Standard {
    /// ninjs 3.1.
    pub(crate) const NINJS_3_1: Self =
        Self { name: "ninjs", version: "3.1", schema: "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json" };
}

/// A headline in plain text.
#[derive(Debug, Serialize)]
pub(crate) struct Headline<'a> {
    pub value: Text<'a>,
}

/// A whole text.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Body<'a> {
    pub content_type: &'static str,
    pub word_count: usize,
    pub value: Text<'a>,
}

/// A subject, place, person or organisation: the four have these fields alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Concept<'a> {
    pub name: Text<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rel: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<Text<'a>>,
    /// For a place: the country it is in.
    #[serde(rename = "geoJSON", skip_serializing_if = "Option::is_none")]
    pub geo_json: Option<Feature>,
}

/// The country of a place, in the only part of a place that takes it: a GeoJSON Feature without a geometry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Feature {
    pub r#type: &'static str,
    pub geometry: (),
    pub properties: Properties,
}

/// What a [`Feature`] says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Properties {
    pub country: &'static str,
    pub country_code: &'static str,
}

impl Feature {
    /// A place in this country.
    pub(crate) fn in_country(country: Country) -> Self {
        let properties = Properties { country: country.name, country_code: country.iso };
        Self { r#type: "Feature", geometry: (), properties }
    }
}

/// Who supplied an item.
#[derive(Debug, Serialize)]
pub(crate) struct Source {
    pub name: &'static str,
    pub role: &'static str,
}

/// A place: its name as printed, its slug made of the name, and the country it is in, when that is known.
pub(crate) fn place<'a>(name: Cow<'a, str>, rel: &'static str, country: Option<Country>) -> Concept<'a> {
    let uri = format!("courant:place/{}", slug(&name));
    Concept { name, rel: Some(rel), uri: Some(uri.into()), geo_json: country.map(Feature::in_country) }
}

/// A section of the service.
pub(crate) fn section(slug: &str, name: &'static str) -> Concept<'static> {
    Concept { name: name.into(), rel: Some("section"), uri: Some(format!("courant:section/{slug}").into()), geo_json: None }
}

/// A subject, person or organisation.
pub(crate) fn concept<'a>(name: impl Into<Cow<'a, str>>, uri: String) -> Concept<'a> {
    Concept { name: name.into(), rel: None, uri: Some(uri.into()), geo_json: None }
}

/// Where a story is from, as printed: `Tokyo, Japan`.
pub(crate) fn located(city: &str, country: Option<Country>) -> String {
    match country {
        Some(country) if country.name != city => format!("{city}, {}", country.name),
        _ => city.to_owned(),
    }
}

/// Lower-case words joined by hyphens.
pub(crate) fn slug(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

/// The address of a Media Topic from its eight digits.
pub(crate) fn media_topic_uri(code: &str) -> String {
    format!("http://cv.iptc.org/newscodes/mediatopic/{code}")
}

/// Writes `text` as HTML text.
pub(crate) fn push_escaped(html: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            _ => html.push(letter),
        }
    }
}
