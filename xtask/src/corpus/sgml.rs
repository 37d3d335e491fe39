//! Reads the SGML of the Reuters-21578 collection.
//!
//! The files are not quite SGML (`>` is bare, tags are never nested in one another's text), so this reads the tags it
//! knows by name and nothing else. Source: the collection's own `README.txt`, section VI.

use anyhow::{Context, bail};

/// The longest file accepted once unpacked; those of the collection have about 1.4 MB.
pub(crate) const FILE_LEN_MAX_BYTES: usize = 64 << 20;

/// How the collection marks the text of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Title, dateline and body are marked.
    Normal,
    /// A flash: a title, at most followed by filler of the collection's makers.
    Brief,
    /// Tables and notices that nobody took apart: the first line stands for a title.
    Unprocessed,
}

/// One story as the file has it; entities are decoded and control characters are gone.
#[derive(Debug)]
pub(crate) struct SourceStory {
    /// The number the collection gives it, from 1.
    pub new_id: u32,
    /// As written, e.g. `26-FEB-1987 15:01:01.79`.
    pub date: String,
    /// Which part of the usual splits it belongs to: `TRAIN`, `TEST` or `NOT-USED`.
    pub lewis_split: String,
    /// Whether somebody judged its subjects: `YES`, `NO` or `BYPASS`.
    pub topics_judged: String,
    /// Subject codes.
    pub topics: Vec<String>,
    /// Codes of countries.
    pub places: Vec<String>,
    /// Codes of people.
    pub people: Vec<String>,
    /// Codes of organisations.
    pub orgs: Vec<String>,
    /// Codes of exchanges.
    pub exchanges: Vec<String>,
    /// Names of companies; the collection promises them and never gives one.
    pub companies: Vec<String>,
    /// The header of the wire: services, number, priority and slug.
    pub wire_header: String,
    /// How the text is marked.
    pub layout: Layout,
    /// Empty when the story has none.
    pub title: String,
    /// E.g. `SALVADOR, Feb 26 -`. Empty when the story has none.
    pub dateline: String,
    /// E.g. `By Sue Baker, Reuters`. Empty when the story has none.
    pub author: String,
    /// The lines of the copy, sign-off and all. Empty for a flash.
    pub body: String,
}

/// Takes one file apart, in the order of the file.
///
/// # Errors
/// Names the story (counted from 1 in this file) that lacks its number or its end.
pub(crate) fn stories(bytes: &[u8]) -> anyhow::Result<Vec<SourceStory>> {
    if FILE_LEN_MAX_BYTES < bytes.len() {
        bail!("the file has {} bytes, and at most {FILE_LEN_MAX_BYTES} are read", bytes.len());
    }
    // Latin-1: each byte is the character of the same number.
    let text: String = bytes.iter().copied().map(char::from).collect();
    let mut stories = Vec::new();
    for (idx, chunk) in text.split("<REUTERS ").skip(1).enumerate() {
        let story = story(chunk).with_context(|| format!("story {} of the file", idx + 1))?;
        stories.push(story);
    }
    Ok(stories)
}

fn story(chunk: &str) -> anyhow::Result<SourceStory> {
    let (chunk, _) = chunk.split_once("</REUTERS>").context("has no closing tag; is the file cut short?")?;
    let (attributes, _) = chunk.split_once('>').context("has an opening tag without an end")?;
    let new_id = attribute(attributes, "NEWID").context("has no NEWID")?;
    let (text_attributes, text) = text_element(chunk).context("has no TEXT")?;
    let layout = match attribute(text_attributes, "TYPE") {
        None | Some("NORM") => Layout::Normal,
        Some("BRIEF") => Layout::Brief,
        Some("UNPROC") => Layout::Unprocessed,
        Some(other) => bail!("has TEXT TYPE={other:?}; NORM, BRIEF and UNPROC are known"),
    };
    let body = match layout {
        Layout::Normal => element(text, "BODY").unwrap_or_default(),
        Layout::Brief => "",
        Layout::Unprocessed => text,
    };
    Ok(SourceStory {
        new_id: new_id.parse().with_context(|| format!("has NEWID={new_id:?}, which is no number"))?,
        date: decode(element(chunk, "DATE").context("has no DATE")?),
        lewis_split: attribute(attributes, "LEWISSPLIT").unwrap_or_default().to_owned(),
        topics_judged: attribute(attributes, "TOPICS").unwrap_or_default().to_owned(),
        topics: list(chunk, "TOPICS"),
        places: list(chunk, "PLACES"),
        people: list(chunk, "PEOPLE"),
        orgs: list(chunk, "ORGS"),
        exchanges: list(chunk, "EXCHANGES"),
        companies: list(chunk, "COMPANIES"),
        wire_header: decode(element(chunk, "UNKNOWN").unwrap_or_default()),
        layout,
        title: decode(element(text, "TITLE").unwrap_or_default()),
        dateline: decode(element(text, "DATELINE").unwrap_or_default()),
        author: decode(element(text, "AUTHOR").unwrap_or_default()),
        body: decode(body),
    })
}

fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = attributes.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

fn text_element(chunk: &str) -> Option<(&str, &str)> {
    let (_, rest) = chunk.split_once("<TEXT")?;
    let (attributes, rest) = rest.split_once('>')?;
    let (inner, _) = rest.split_once("</TEXT>")?;
    Some((attributes, inner))
}

fn element<'a>(chunk: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = chunk.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(inner, _)| inner)
}

fn list(chunk: &str, name: &str) -> Vec<String> {
    let inner = element(chunk, name).unwrap_or_default();
    inner
        .split("<D>")
        .skip(1)
        .filter_map(|part| part.split_once("</D>"))
        .map(|(code, _)| decode(code).trim().to_owned())
        .filter(|code| !code.is_empty())
        .collect()
}

/// Decodes `&lt;`, `&amp;` and numeric references, and drops control characters other than tab and line feed.
fn decode(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        push_clean(&mut out, &rest[..at]);
        let tail = &rest[at + 1..];
        if let Some((letter, after)) = tail.split_once(';').and_then(|(name, after)| Some((reference(name)?, after))) {
            push_clean(&mut out, letter.encode_utf8(&mut [0; 4]));
            rest = after;
        } else {
            out.push('&');
            rest = tail;
        }
    }
    push_clean(&mut out, rest);
    out
}

fn reference(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        _ => char::from_u32(name.strip_prefix('#')?.parse().ok()?),
    }
}

fn push_clean(out: &mut String, text: &str) {
    out.extend(text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\t' | '\n')));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_and_control_characters_dropped() {
        assert_eq!(decode("&#2;A &lt;B> &amp; C&#127;\r\nD&#3;"), "A <B> & C\nD");
        assert_eq!(decode("R&D; x & y &nosuch; 5&"), "R&D; x & y &nosuch; 5&");
    }

    #[test]
    fn a_file_cut_short_is_refused_with_the_place() {
        let error = stories(b"<REUTERS NEWID=\"1\">\n<DATE>1-MAR-1987 00:00:00.00</DATE>").unwrap_err();
        assert_eq!(format!("{error:#}"), "story 1 of the file: has no closing tag; is the file cut short?");
    }
}
