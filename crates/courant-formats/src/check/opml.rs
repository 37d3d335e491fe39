//! OPML 1.0, 1.1 and 2.0.

use super::extensions as ext;
use super::model::Value::{Contact, Filled, Free, HttpUrl, Language, Positive, Rfc822, SafeHtml, TrueFalse, UriFull};
use super::model::{Model, Source, Table, Text, Walk, holds, many_of, one, one_of, optional, source, text};
use super::rules;
use super::tree::{Element, Node};

const OPML: Source = source("OPML 2.0", "opml");
const HEAD: Source = source("OPML 2.0", "head");
const OUTLINE: Source = source("OPML 2.0", "outline");

/// `<opml>`, or the older `<outlineDocument>`.
pub(super) static ROOT: Model = Model {
    attributes: &[optional("version", &[Free])],
    needs: &[("head", rules::MISSING_ELEMENT), ("body", rules::MISSING_ELEMENT)],
    more: |walk, element| match element.attribute("version") {
        _ if element.local == "outlineDocument" => walk.note(rules::OBSOLETE_VERSION, element.at, ""),
        Some("1.0" | "1.1" | "2.0") => {}
        Some(version) => walk.note_attribute(rules::INVALID_OPML_VERSION, element.at, "version", version),
        None => walk.note_attribute(rules::MISSING_ATTRIBUTE, element.at, "version", ""),
    },
    ..holds(
        OPML,
        &[&Table { source: OPML, rows: &[one_of("head", &HEAD_MODEL), one_of("body", &BODY)] }, &ext::EVERYWHERE, &ext::EVERYWHERE_MORE],
    )
};

static HEAD_MODEL: Model = holds(
    HEAD,
    &[
        &Table {
            source: HEAD,
            rows: &[
                one("title", &[SafeHtml]),
                one("dateCreated", &[Rfc822]),
                one("dateModified", &[Rfc822]),
                one("ownerName", &[SafeHtml]),
                one("ownerEmail", &[Contact]),
                one("ownerId", &[HttpUrl]),
                one("docs", &[HttpUrl]),
                one_of("expansionState", &EXPANSION),
                one("vertScrollState", &[Positive, Filled]),
                one("windowTop", &[Positive, Filled]),
                one("windowLeft", &[Positive, Filled]),
                one("windowBottom", &[Positive, Filled]),
                one("windowRight", &[Positive, Filled]),
            ],
        },
        &ext::EVERYWHERE,
        &ext::EVERYWHERE_MORE,
    ],
);
static EXPANSION: Model = Model {
    more: |walk, element| {
        let text = element.text();
        let is_right = text.split(',').all(|number| number.trim().parse::<u32>().is_ok());
        if !text.trim().is_empty() && !is_right {
            walk.note(rules::INVALID_EXPANSION_STATE, element.at, text.trim());
        }
    },
    ..text(HEAD, &[Free])
};
static BODY: Model = Model {
    needs: &[("outline", rules::MISSING_ELEMENT)],
    ..holds(
        source("OPML 2.0", "body"),
        &[&Table { source: OUTLINE, rows: &[many_of("outline", &OUTLINE_MODEL)] }, &ext::EVERYWHERE, &ext::EVERYWHERE_MORE],
    )
};
static OUTLINE_MODEL: Model = Model {
    source: OUTLINE,
    text: Text::Any,
    attributes: &[
        optional("category", &[Free]),
        optional("created", &[Rfc822]),
        optional("description", &[SafeHtml]),
        optional("htmlUrl", &[UriFull]),
        optional("isBreakpoint", &[TrueFalse]),
        optional("isComment", &[TrueFalse]),
        optional("language", &[Language]),
        optional("text", &[SafeHtml]),
        optional("title", &[SafeHtml]),
        optional("type", &[Free]),
        optional("url", &[UriFull]),
        optional("version", &[Free]),
        optional("xmlUrl", &[Free]),
    ],
    tables: &[&Table { source: OUTLINE, rows: &[many_of("outline", &OUTLINE_MODEL)] }, &ext::EVERYWHERE, &ext::EVERYWHERE_MORE],
    needs: &[],
    more: outline,
};

fn outline(walk: &mut Walk<'_, '_>, element: &Element<'_>) {
    let at = element.at;
    if element.attribute("text").is_none() {
        walk.note_attribute(rules::MISSING_ATTRIBUTE, at, "text", "");
    }
    match element.attribute("type").map(str::to_ascii_lowercase).as_deref() {
        Some("rss") => {
            if element.attribute("xmlUrl").is_none_or(str::is_empty) {
                walk.note_attribute(rules::MISSING_XML_URL, at, "xmlUrl", "");
            }
            if element.attribute("title").is_none() {
                walk.note_attribute(rules::MISSING_TITLE_ATTR, at, "title", "");
            }
        }
        Some("link") => {
            if element.attribute("url").is_none() {
                walk.note_attribute(rules::MISSING_URL_ATTR, at, "url", "");
            }
        }
        Some(other) if walk.doc.root.attribute("version").is_some_and(|version| version.starts_with("1.")) => {
            walk.note_attribute(rules::INVALID_OUTLINE_TYPE, at, "type", other);
        }
        Some(_) => {}
        None => {
            let of_a_type = ["description", "htmlUrl", "language", "title", "version", "xmlUrl"];
            if of_a_type.iter().any(|name| element.attribute(name).is_some()) {
                walk.note_attribute(rules::MISSING_OUTLINE_TYPE, at, "type", "");
            }
        }
    }
    if let Some(version) = element.attribute("version")
        && !matches!(version, "RSS" | "RSS1" | "RSS2" | "scriptingNews")
    {
        walk.note_attribute(rules::INVALID_OUTLINE_VERSION, at, "version", version);
    }
    for node in &element.nodes {
        if let Node::Text { text, at } = node
            && !text.trim().is_empty()
        {
            walk.note(rules::UNEXPECTED_TEXT, *at, text.trim());
        }
    }
    walk.children(element, &OUTLINE_MODEL);
}
