//! Atom: RFC 4287, with feed paging and archiving (RFC 5005), threading (RFC 4685) and tombstones (RFC 6721).

use std::collections::HashSet;

use url::Url;

use super::extensions as ext;
use super::markup::{self, Vocabulary};
use super::model::Value::{
    AddrSpec, Filled, FilledAttribute, Free, Iri, IriCanonical, IriFull, Language, Mime, NoEmail, NoOuterSpace, NonHtml, NonNegative,
    Rfc3339, UniqueInGroup, Uri, UriFull, UriOfAttribute, W3cdtf, YesNo,
};
use super::model::{
    Format, Model, Source, Table, Text, Walk, XHTML, anything, holds, many, many_of, one, one_of, optional, required, source, text,
};
use super::rules;
use super::tree::{Element, Node, XML_NAMESPACE};
use super::values;

const FEED: Source = source("RFC 4287", "4.1.1");
const ENTRY: Source = source("RFC 4287", "4.1.2");
const ORIGIN: Source = source("RFC 4287", "4.2.11");

/// Relations that are registered or customary in feeds.
const RELATIONS: &[&str] = &[
    "alternate",
    "current",
    "describedby",
    "edit",
    "edit-media",
    "enclosure",
    "first",
    "hub",
    "last",
    "license",
    "next",
    "next-archive",
    "payment",
    "prev-archive",
    "prev",
    "previous",
    "related",
    "replies",
    "search",
    "self",
    "service",
    "up",
    "via",
    "canonical",
    "author",
    "icon",
    "shortlink",
    "monetization",
    "webmention",
    "amphtml",
];
/// Relations of feeds that have parts: RFC 5005.
const HISTORY: &[&str] = &["current", "first", "last", "next", "next-archive", "prev-archive", "previous", "prev"];

/// A relation by its short name.
pub(super) fn relation(rel: &str) -> &str {
    rel.strip_prefix("http://www.iana.org/assignments/relation/").unwrap_or(rel)
}

/// `<feed>`.
pub(super) static FEED_MODEL: Model = Model {
    source: FEED,
    text: Text::Elements,
    attributes: &[optional("indexing:index", &[YesNo])],
    tables: FEED_TABLES,
    needs: &[("title", rules::MISSING_ELEMENT), ("id", rules::MISSING_ELEMENT), ("updated", rules::MISSING_ELEMENT)],
    more: |walk, element| {
        let mut entry = None;
        for child in element.children() {
            let Some(name) = walk.name(child) else { continue };
            if name == "entry" {
                entry.get_or_insert(child.at);
            } else if entry.is_some() && METADATA.rows.iter().any(|row| row.name() == name) {
                walk.note_child(rules::MISPLACED_METADATA, child.at, &name, "");
            }
        }
        feed(walk, element, true);
        ext::podcast(walk, element);
    },
};

const FEED_TABLES: &[&Table] = &[
    &METADATA,
    &Table { source: FEED, rows: &[many_of("entry", &ENTRY_MODEL), many_of("at:deleted-entry", &TOMBSTONE)] },
    &Table { source: FEED, rows: &[one_of("app:collection", &super::app::COLLECTION), many_of("access:restriction", &ext::ACCESS)] },
    &ext::CHANNEL,
    &ext::CHANNEL_AND_ITEM,
    &FEED_DC,
    &ext::EVERYWHERE,
    &ext::EVERYWHERE_MORE,
    &ext::PLACES,
    &ext::MEDIA_ANYWHERE,
    &ext::ITUNES_BOTH,
    &ext::ITUNES_CHANNEL,
];

static METADATA: Table = Table {
    source: FEED,
    rows: &[
        many_of("author", &PERSON),
        many_of("category", &CATEGORY),
        many_of("contributor", &PERSON),
        one_of("generator", &GENERATOR),
        one("id", &[IriCanonical, NoOuterSpace]),
        one("icon", &[Filled, NoOuterSpace, Uri]),
        many_of("link", &LINK),
        one("logo", &[Filled, NoOuterSpace, Uri]),
        one_of("title", &TEXT),
        one_of("subtitle", &TEXT),
        one_of("rights", &TEXT),
        one("updated", &[Rfc3339, NoOuterSpace]),
    ],
};

static FEED_DC: Table = Table {
    source: source("Dublin Core Metadata Element Set 1.1", ""),
    rows: &[
        many("dc:creator", &[Free]),
        many("dc:subject", &[Free]),
        one("dc:date", &[W3cdtf]),
        many("creativeCommons:license", &[UriFull]),
    ],
};

/// What feeds and the sources of entries are asked.
fn feed(walk: &mut Walk<'_, '_>, element: &Element<'_>, is_feed: bool) {
    let links: Vec<&Element<'_>> = element.children().filter(|child| walk.name(child).as_deref() == Some("link")).collect();
    let rel = |link: &Element<'_>| relation(link.attribute("rel").unwrap_or("alternate")).to_owned();
    let own = |walk: &Walk<'_, '_>, link: &Element<'_>| {
        let href = link.attribute("href").unwrap_or_default();
        let resolved = walk.base().and_then(|base| Url::parse(base).ok()?.join(href).ok()).map_or(href.to_owned(), String::from);
        let itself = links.iter().find(|link| rel(link) == "self").and_then(|link| link.attribute("href"));
        walk.asked.address == Some(&*resolved) || itself == Some(href)
    };
    if walk.has("fh:complete") {
        for link in &links {
            let rel = rel(link);
            if rel == "current" {
                if !own(walk, link) {
                    walk.note_child(rules::CURRENT_NOT_SELF, link.at, "link", &rel);
                }
            } else if HISTORY.contains(&&*rel) {
                walk.note_child(rules::FEED_REL_IN_COMPLETE_FEED, link.at, "link", &rel);
            }
        }
    }
    if is_feed && !links.iter().any(|link| rel(link) == "self") {
        walk.note(rules::MISSING_SELF, element.at, "");
    }
    for (end, beyond) in [("first", "previous"), ("last", "next")] {
        let is_at_end = links.iter().any(|link| rel(link) == end && own(walk, link));
        for link in links.iter().filter(|link| is_at_end && rel(link) == beyond) {
            walk.note_child(rules::LINK_PAST_END, link.at, "link", beyond);
        }
    }
    alternates(walk, &links);
    if walk.has("fh:archive") && !walk.has("fh:complete") {
        let has = |wanted: &[&str]| links.iter().any(|link| wanted.contains(&&*rel(link)));
        if !has(&["prev-archive", "next-archive"]) {
            walk.note(rules::ARCHIVE_INCOMPLETE, element.at, "");
        }
        if !has(&["current"]) {
            walk.note(rules::MISSING_CURRENT_IN_ARCHIVE, element.at, "");
        }
    }
}

/// No two alternates of one type in one language.
fn alternates(walk: &mut Walk<'_, '_>, links: &[&Element<'_>]) {
    let mut seen = HashSet::new();
    for link in links.iter().filter(|link| relation(link.attribute("rel").unwrap_or("alternate")) == "alternate") {
        let kind = (link.attribute("type").unwrap_or_default(), link.attribute("hreflang").unwrap_or_default());
        if !seen.insert(kind) {
            walk.note_child(rules::DUPLICATE_ATOM_LINK, link.at, "link", link.attribute("href").unwrap_or_default());
        }
    }
}

/// `<entry>`.
pub(super) static ENTRY_MODEL: Model = Model {
    source: ENTRY,
    text: Text::Elements,
    attributes: &[optional("rdf:parseType", &[Free])],
    tables: &[
        &Table {
            source: ENTRY,
            rows: &[
                many_of("author", &PERSON),
                many_of("category", &CATEGORY),
                one_of("content", &CONTENT),
                many_of("contributor", &PERSON),
                one("id", &[IriCanonical, NoOuterSpace, UniqueInGroup(rules::DUPLICATE_ENTRIES), Filled]),
                many_of("link", &LINK),
                one("published", &[Rfc3339, NoOuterSpace]),
                one_of("source", &SOURCE),
                one_of("rights", &TEXT),
                one_of("summary", &TEXT),
                one_of("title", &TEXT),
                one("updated", &[Rfc3339, NoOuterSpace, UniqueInGroup(rules::DUPLICATE_UPDATED)]),
                one("app:edited", &[Rfc3339, NoOuterSpace]),
                one_of("app:control", &CONTROL),
                many_of("app:collection", &COLLECTION_OF_ENTRY),
            ],
        },
        &ext::ITEM,
        &ext::CHANNEL_AND_ITEM,
        &FEED_DC,
        &ext::EVERYWHERE,
        &ext::EVERYWHERE_MORE,
        &ext::PLACES,
        &ext::MEDIA_ANYWHERE,
        &ext::ITUNES_BOTH,
        &ext::ITUNES_ITEM,
        &ext::TRACKBACK,
    ],
    needs: &[("title", rules::MISSING_ELEMENT), ("id", rules::MISSING_ELEMENT), ("updated", rules::MISSING_ELEMENT)],
    more: entry,
};

/// A collection is of a feed; an entry has none of its own.
static COLLECTION_OF_ENTRY: Model = Model {
    source: source("RFC 5023", "8.3.3"),
    text: Text::Elements,
    attributes: &[required("href", &[Iri])],
    tables: super::app::COLLECTION_TABLES,
    needs: &[],
    more: |walk, element| walk.note(rules::QUESTIONABLE_USAGE, element.at, ""),
};

static CONTROL: Model =
    holds(source("RFC 5023", "13.1.1"), &[&Table { source: source("RFC 5023", "13.1.1"), rows: &[one("app:draft", &[YesNo])] }]);

fn entry(walk: &mut Walk<'_, '_>, element: &Element<'_>) {
    let find = |walk: &Walk<'_, '_>, wanted: &str| {
        element.children().find(|child| walk.name(child).as_deref() == Some(wanted)).map(|child| child.at)
    };
    let source_has_author = element
        .children()
        .filter(|child| walk.name(child).as_deref() == Some("source"))
        .any(|source| source.children().any(|child| walk.name(child).as_deref() == Some("author")));
    if !walk.has("author") && !walk.parent_has("author") && !source_has_author {
        walk.note_child(rules::MISSING_ELEMENT, element.at, "author", "");
    }
    let links: Vec<&Element<'_>> = element.children().filter(|child| walk.name(child).as_deref() == Some("link")).collect();
    let has_summary = find(walk, "summary").is_some();
    match element.children().find(|child| walk.name(child).as_deref() == Some("content")) {
        Some(content) => {
            let media_type = content.attribute("type").unwrap_or("text");
            let is_inline = !media_type.contains('/') || is_xml_type(media_type) || media_type.starts_with("text/");
            if !has_summary && (content.attribute("src").is_some() || !is_inline) {
                walk.note(rules::MISSING_SUMMARY, element.at, "");
            }
        }
        None => {
            if !has_summary {
                walk.note(rules::MISSING_TEXTUAL_CONTENT, element.at, "");
            }
            if !links.iter().any(|link| relation(link.attribute("rel").unwrap_or("alternate")) == "alternate") {
                walk.note(rules::MISSING_CONTENT_OR_ALTERNATE, element.at, "");
            }
        }
    }
    for link in &links {
        let rel = relation(link.attribute("rel").unwrap_or("alternate"));
        if HISTORY.contains(&rel) {
            walk.note_child(rules::FEED_HISTORY_REL_IN_ENTRY, link.at, "link", rel);
        }
    }
    alternates(walk, &links);
}

static SOURCE: Model = Model {
    source: ORIGIN,
    text: Text::Elements,
    attributes: &[],
    tables: &[
        &METADATA,
        &ext::CHANNEL,
        &ext::CHANNEL_AND_ITEM,
        &FEED_DC,
        &ext::EVERYWHERE,
        &ext::EVERYWHERE_MORE,
        &ext::PLACES,
        &ext::MEDIA_ANYWHERE,
        &ext::ITUNES_BOTH,
        &ext::ITUNES_CHANNEL,
    ],
    needs: &[("title", rules::MISSING_SOURCE_ELEMENT), ("id", rules::MISSING_SOURCE_ELEMENT), ("updated", rules::MISSING_SOURCE_ELEMENT)],
    more: |walk, element| feed(walk, element, false),
};

/// Who wrote or helped.
pub(super) static PERSON: Model = Model {
    attributes: &[optional("rdf:parseType", &[Free])],
    more: |walk, element| {
        if !walk.has("name") && !walk.has("atom:name") {
            walk.note_child(rules::MISSING_ELEMENT, element.at, "name", "");
        }
    },
    ..holds(
        source("RFC 4287", "3.2"),
        &[
            &Table {
                source: source("RFC 4287", "3.2"),
                rows: &[
                    one("name", &[NonHtml, NoEmail, Filled]),
                    one("email", &[AddrSpec]),
                    one("uri", &[Filled, Iri, NoOuterSpace]),
                    one("atom:name", &[NonHtml, NoEmail, Filled]),
                    one("atom:email", &[AddrSpec]),
                    one("atom:uri", &[Filled, Iri, NoOuterSpace]),
                    anything("foaf:workplaceHomepage"),
                    anything("foaf:homepage"),
                    anything("foaf:weblog"),
                    anything("foaf:plan"),
                    anything("foaf:firstName"),
                    anything("xhtml:div"),
                ],
            },
            &ext::MEDIA_ANYWHERE,
        ],
    )
};

/// A category.
pub(super) static CATEGORY: Model = Model {
    attributes: &[required("term", &[Filled]), optional("scheme", &[IriFull]), optional("label", &[NonHtml])],
    ..holds(source("RFC 4287", "4.2.2"), &[])
};

/// What made the feed.
pub(super) static GENERATOR: Model = Model {
    attributes: &[optional("uri", &[UriOfAttribute]), optional("version", &[Free])],
    ..text(source("RFC 4287", "4.2.4"), &[NonHtml, Filled])
};

/// A link.
pub(super) static LINK: Model = Model {
    source: source("RFC 4287", "4.2.7"),
    text: Text::Any,
    attributes: &[
        optional("type", &[Mime]),
        optional("title", &[FilledAttribute, NonHtml]),
        optional("rel", &[FilledAttribute]),
        optional("href", &[Iri]),
        optional("length", &[NonNegative]),
        optional("hreflang", &[Language]),
        optional("rdf:type", &[Free]),
        optional("rdf:resource", &[Free]),
        optional("thr:count", &[Free]),
        optional("thr:when", &[Free]),
        optional("thr:updated", &[Free]),
    ],
    tables: &[],
    needs: &[],
    more: link,
};

fn link(walk: &mut Walk<'_, '_>, element: &Element<'_>) {
    let rel = relation(element.attribute("rel").unwrap_or("alternate"));
    let is_address = values::is_full_uri(&rel.chars().map(|letter| if letter.is_ascii() { letter } else { 'x' }).collect::<String>());
    if !rel.is_empty() && !RELATIONS.contains(&rel) && !is_address {
        walk.note_attribute(rules::UNREGISTERED_LINK_REL, element.at, "rel", rel);
    }
    if let Some(media_type) = element.attribute("type").filter(|media_type| rel == "self" && values::is_mime(media_type)) {
        let plain = media_type.split(';').next().unwrap_or_default().trim();
        if !matches!(plain, "application/atom+xml" | "application/rss+xml" | "application/rdf+xml") {
            walk.note_attribute(rules::SELF_NOT_ATOM, element.at, "type", media_type);
        }
    }
    if element.nodes.iter().any(|node| matches!(node, Node::Text { text, .. } if !text.trim().is_empty())) {
        walk.note(rules::ATOM_LINK_NOT_EMPTY, element.at, "");
    }
    let Some(href) = element.attribute("href") else {
        walk.note_attribute(rules::MISSING_HREF, element.at, "href", "");
        return;
    };
    let parent = walk.names.len().checked_sub(2).map(|idx| walk.names[idx].clone()).unwrap_or_default();
    if rel == "self" && matches!(&*parent, "feed" | "channel") {
        let has_host = |address: &str| address.split_once("//").is_some_and(|(_, rest)| !rest.is_empty() && !rest.starts_with('/'));
        let has_base = walk.doc.root.attribute_of(XML_NAMESPACE, "base").is_some_and(has_host)
            || element.attribute_of(XML_NAMESPACE, "base").is_some_and(has_host);
        if !has_host(href) && !has_base {
            walk.note_attribute(rules::RELATIVE_SELF, element.at, "href", href);
        }
        if let Some(address) = walk.asked.address {
            let resolved = walk.base().and_then(|base| Url::parse(base).ok()?.join(href).ok()).map_or(href.to_owned(), String::from);
            let normal = |address: &str| values::normal_form(address.split('#').next().unwrap_or_default());
            if normal(&resolved) != normal(address) {
                walk.note_attribute(rules::SELF_ELSEWHERE, element.at, "href", &resolved);
            }
        }
    }
    ext::threading(walk, element, rel);
}

/// A title, a summary and the like.
pub(super) static TEXT: Model = Model {
    source: source("RFC 4287", "3.1"),
    text: Text::Any,
    attributes: TEXT_ATTRIBUTES,
    tables: &[],
    needs: &[],
    more: |walk, element| words(walk, element, false),
};

/// The content of an entry.
pub(super) static CONTENT: Model = Model {
    source: source("RFC 4287", "4.1.3"),
    text: Text::Any,
    attributes: TEXT_ATTRIBUTES,
    tables: &[],
    needs: &[],
    more: |walk, element| words(walk, element, true),
};

const TEXT_ATTRIBUTES: &[super::model::Attr] = &[optional("type", &[FilledAttribute]), optional("src", &[UriOfAttribute])];

fn is_xml_type(media_type: &str) -> bool {
    media_type.ends_with("+xml") || media_type.ends_with("/xml")
}

fn words(walk: &mut Walk<'_, '_>, element: &Element<'_>, is_content: bool) {
    let at = element.at;
    let name = walk.names.last().cloned().unwrap_or_default();
    let src = element.attribute("src");
    let media_type = element.attribute("type").unwrap_or(if src.is_some() { "" } else { "text" });
    if walk.format == Format::Rss2 && src.is_none() && name != "atom:summary" {
        walk.note(rules::DUPLICATE_DESCRIPTION, at, "");
    }
    if !is_content && media_type.contains('/') {
        walk.note_attribute(rules::INVALID_TEXT_TYPE, at, "type", media_type);
    }
    if is_content && media_type == "multipart/alternative" {
        walk.note_attribute(rules::INVALID_MIME_TYPE, at, "type", media_type);
    }
    if src.is_some() && element.attribute("type").is_none() {
        walk.note_attribute(rules::MISSING_TYPE_ATTR, at, "type", "");
    }
    let is_short = matches!(media_type, "text" | "html" | "xhtml") && src.is_none();
    if !is_short && !media_type.is_empty() && !values::is_mime(media_type) {
        walk.note_attribute(rules::INVALID_MIME_TYPE, at, "type", media_type);
    }
    if walk.lang().is_none() {
        walk.note_attribute(rules::MISSING_LANGUAGE, at, "xml:lang", "");
    }
    walk.letters(element);
    elements_in(walk, element, media_type);
    let (text, children) = (element.text(), element.children().count());
    let is_html = media_type == "html" || media_type.ends_with("/html");
    let is_binary = media_type.contains('/') && !is_xml_type(media_type) && !media_type.starts_with("text/");
    if is_binary && src.is_none() && !is_base64(&text) {
        walk.note(rules::NOT_BASE64, at, text.trim());
    } else if media_type == "xhtml" {
        // Escaped markup inside a div that holds nothing else.
        let inner = element.children().find(|child| child.is(Some(XHTML), "div") && child.children().next().is_none());
        let shown = inner.map_or_else(|| text.to_string(), |div| div.text().into_owned());
        if let Some((_, shown)) = walk.holds_html(element, &shown, rules::NOT_INLINE) {
            walk.note(rules::NOT_INLINE, at, shown);
        }
    } else if is_html && !is_binary {
        walk.safe_html(element, &text);
        if media_type.ends_with("/html") && !text.contains("<html") && src.is_none() {
            walk.note(rules::HTML_FRAGMENT, at, "");
        }
    } else if !is_binary && let Some((rule, shown)) = walk.holds_html(element, &text, rules::CONTAINS_UNDECLARED_HTML) {
        walk.note(rule, at, shown);
    }
    if text.is_empty() && children == 0 && src.is_none() {
        walk.note(rules::NOT_BLANK, at, "");
    }
}

/// Elements in a text, where its type allows them.
fn elements_in(walk: &mut Walk<'_, '_>, element: &Element<'_>, media_type: &str) {
    let at = element.at;
    let mut has_words = false;
    let mut n_elements = 0;
    for node in &element.nodes {
        let child = match node {
            Node::Text { text, .. } if text.trim().is_empty() => continue,
            Node::Text { text, at } => {
                if media_type == "xhtml" && !has_words {
                    walk.note(rules::MISSING_XHTML_DIV, *at, "");
                }
                if (n_elements != 0 || element.attribute("src").is_some()) && media_type != "xhtml" {
                    walk.note(rules::UNEXPECTED_TEXT, *at, text.trim());
                }
                has_words = true;
                continue;
            }
            Node::Element(child) => child,
        };
        n_elements += 1;
        let is_div = child.is(Some(XHTML), "div");
        if media_type != "xhtml" && !is_xml_type(media_type) {
            walk.note_child(rules::UNDEFINED_ELEMENT, child.at, child.local, "");
        } else if has_words && media_type != "xhtml" {
            walk.note(rules::UNEXPECTED_TEXT, child.at, "");
        }
        if media_type == "xhtml" && !is_div && !has_words {
            walk.note(rules::MISSING_XHTML_DIV, child.at, child.local);
        }
        if media_type == "xhtml" && child.namespace.as_deref() != Some(XHTML) && child.local == "div" {
            walk.note(rules::NOT_HTML, child.at, "div outside of the namespace of XHTML");
        }
        if media_type == "application/xhtml+xml" && child.local != "html" {
            walk.note(rules::HTML_FRAGMENT, child.at, child.local);
        }
        if element.attribute("mode") == Some("escaped") {
            walk.note(rules::NOT_ESCAPED, at, "");
        }
        if is_div {
            xhtml(walk, child);
        } else {
            walk.anything(child, child.local);
        }
    }
}

/// XHTML in a feed, and what of SVG and `MathML` it holds.
pub(super) fn xhtml(walk: &mut Walk<'_, '_>, element: &Element<'_>) {
    walk.letters(element);
    for child in element.children() {
        let vocabulary = match child.namespace.as_deref() {
            None => {
                walk.note_child(rules::MISSING_NAMESPACE, child.at, child.local, "");
                None
            }
            Some(XHTML) => Some(Vocabulary::Html),
            Some("http://www.w3.org/2000/svg") => Some(Vocabulary::Svg),
            Some("http://www.w3.org/1998/Math/MathML") => Some(Vocabulary::MathMl),
            Some(_) => {
                if let Some(name) = walk.name(child).filter(|_| element.local != "metadata") {
                    walk.note_child(rules::UNDEFINED_ELEMENT, child.at, &name, "");
                }
                continue;
            }
        };
        if let Some(vocabulary) = vocabulary {
            let own = child.attributes.iter().filter(|attribute| attribute.namespace.is_none());
            let attributes = own.map(|attribute| (attribute.local, &*attribute.value));
            for (rule, word) in markup::taken_out(vocabulary, child.local, attributes) {
                walk.note(rule, child.at, word);
            }
        }
        xhtml(walk, child);
    }
}

fn is_base64(text: &str) -> bool {
    let plain: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let n_padding = plain.iter().rev().take_while(|byte| **byte == b'=').count();
    let digits = &plain[..plain.len() - n_padding];
    plain.len().is_multiple_of(4) && n_padding <= 2 && digits.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(byte))
}

/// An entry that is gone: RFC 6721.
pub(super) static TOMBSTONE: Model = Model {
    source: source("RFC 6721", "3"),
    text: Text::Elements,
    attributes: &[optional("ref", &[IriFull]), optional("when", &[Rfc3339])],
    tables: &[&Table {
        source: source("RFC 6721", "3"),
        rows: &[
            one_of("at:by", &PERSON),
            one_of("at:comment", &TEXT),
            many_of("link", &LINK),
            many_of("atom:link", &LINK),
            one_of("source", &SOURCE),
            one_of("atom:source", &SOURCE),
        ],
    }],
    needs: &[],
    more: |walk, element| {
        for name in ["ref", "when"] {
            if element.attribute(name).is_none_or(str::is_empty) {
                walk.note_attribute(rules::TOMBSTONE_INCOMPLETE, element.at, name, "");
            }
        }
    },
};
