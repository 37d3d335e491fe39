//! RSS 0.91 to 2.0 and the Best Practices Profile of the RSS Advisory Board, and RSS of RDF: 0.90, 1.0 and 1.1.

use super::Finding;
use super::atom;
use super::extensions as ext;
use super::model::Value::{
    ContactWithName, Filled, FormName, Free, HttpUrl, Language, NonHtml, OneOf, Positive, Resource, Rfc822, Rfc3339, SafeHtml,
    UniqueInGroup, UniqueInParent, Uri, UriFull, W3cdtf,
};
use super::model::{
    Format, Model, RDF, Row, Source, Table, Text, Walk, anything, holds, many, many_of, nothing_more, one, one_of, optional, required,
    source, text,
};
use super::rules;
use super::tree::Element;
use super::values::{self, Form};

pub(super) const RSS: Source = source("RSS 2.0", "rss");
const CHANNEL: Source = source("RSS 2.0", "channel");
const ITEM: Source = source("RSS 2.0", "item");
const RSS1: Source = source("RSS 1.0", "5");
/// Among how many elements of a channel its own words are looked for: once for each image it has.
const CHANNEL_TEXT_WITHIN: usize = 1_000;

/// `<rss>`.
pub(super) static ROOT: Model = Model {
    attributes: &[required("version", &[Free])],
    needs: &[("channel", rules::MISSING_ELEMENT)],
    more: |walk, element| {
        let version = element.attribute("version").unwrap_or_default();
        let has_doctype = walk.doc.doctype.as_ref().is_some_and(|doctype| doctype.text.contains("//DTD RSS 0.91//"));
        if has_doctype && version != "0.91" {
            walk.note_attribute(rules::INVALID_DOCTYPE, element.at, "version", version);
        } else if !has_doctype && element.attribute("version").is_some() && !matches!(version, "0.91" | "0.92" | "0.93" | "0.94" | "2.0") {
            walk.note_attribute(rules::INVALID_RSS_VERSION, element.at, "version", version);
        }
    },
    ..holds(RSS, &[&Table { source: RSS, rows: &[one_of("channel", &CHANNEL_OF_RSS), one_of("access:restriction", &ext::ACCESS)] }])
};

static CHANNEL_OF_RSS: Model = Model {
    source: CHANNEL,
    text: Text::Elements,
    attributes: &[optional("indexing:index", &[super::model::Value::YesNo])],
    tables: &[
        &CHANNEL_CORE,
        &CHANNEL_ATOM,
        &ext::CHANNEL,
        &ext::CHANNEL_AND_ITEM,
        &CHANNEL_DC,
        &ext::EVERYWHERE,
        &ext::EVERYWHERE_MORE,
        &ext::PLACES,
        &ext::MEDIA_ANYWHERE,
        &ext::ITUNES_BOTH,
        &ext::ITUNES_CHANNEL,
    ],
    needs: CHANNEL_NEEDS,
    more: channel,
};

static CHANNEL_CORE: Table = Table {
    source: CHANNEL,
    rows: &[
        one("title", &[NonHtml, Filled]),
        one("link", &[UriFull]),
        one("description", &[NonHtml]),
        one_of("image", &IMAGE),
        one_of("textInput", &TEXT_INPUT_OF_RSS),
        many_of("item", &ITEM_OF_RSS),
        many_of("category", &CATEGORY),
        one_of("cloud", &CLOUD),
        anything("rating"),
        one("ttl", &[Positive, Filled]),
        one("docs", &[UriFull]),
        one("generator", &[Free]),
        one("pubDate", &[Rfc822]),
        one("managingEditor", &[ContactWithName]),
        one("webMaster", &[ContactWithName]),
        one("language", &[Language]),
        one("copyright", &[NonHtml]),
        one("lastBuildDate", &[Rfc822]),
        one_of("skipHours", &SKIP_HOURS),
        one_of("skipDays", &SKIP_DAYS),
        one_of("blink", &BLINK),
    ],
};

static CHANNEL_ATOM: Table = Table {
    source: source("RSS Best Practices Profile", "namespace elements"),
    rows: &[
        many_of("atom:author", &atom::PERSON),
        many_of("atom:category", &atom::CATEGORY),
        many_of("atom:contributor", &atom::PERSON),
        one_of("atom:generator", &atom::GENERATOR),
        one("atom:id", &[UriFull]),
        one("atom:icon", &[Filled, Uri]),
        many_of("atom:link", &atom::LINK),
        one("atom:logo", &[Filled, Uri]),
        one_of("atom:title", &atom::TEXT),
        one_of("atom:subtitle", &atom::TEXT),
        one_of("atom:rights", &atom::TEXT),
        one("atom:updated", &[Rfc3339]),
        many_of("at:deleted-entry", &atom::TOMBSTONE),
    ],
};

static CHANNEL_DC: Table = Table {
    source: source("Dublin Core Metadata Element Set 1.1", ""),
    rows: &[
        many("dc:creator", &[Free]),
        many("dc:subject", &[Free]),
        one("dc:date", &[W3cdtf]),
        anything("cc:license"),
        many("creativeCommons:license", &[UriFull]),
    ],
};

fn channel(walk: &mut Walk<'_, '_>, element: &Element<'_>) {
    language(walk, element);
    ext::same_twice(
        walk,
        element,
        rules::DUPLICATE_SEMANTICS,
        &[
            ("managingEditor", "dc:creator"),
            ("category", "dc:subject"),
            ("pubDate", "dc:date"),
            ("creativeCommons:license", "cc:license"),
            ("generator", "admin:generatorAgent"),
            ("webMaster", "dc:publisher"),
            ("language", "dc:language"),
            ("copyright", "dc:rights"),
            ("lastBuildDate", "dcterms:modified"),
        ],
    );
    let mut item_at = None;
    for child in element.children() {
        if child.is(None, "item") {
            item_at.get_or_insert(child.at);
        } else if let Some(at) = item_at
            && CHANNEL_CORE.rows.iter().any(|row| Row::is(row, child))
        {
            walk.note_child(rules::MISPLACED_ITEM, at, "item", child.local);
            break;
        }
    }
    if element.children().any(|child| child.is(None, "textInput")) {
        walk.note_child(rules::AVOID_TEXT_INPUT, element.at, "textInput", "");
    }
    let names_itself = element
        .children()
        .any(|child| child.is(Some(super::model::ATOM), "link") && child.attribute("rel").is_some_and(|rel| atom::relation(rel) == "self"));
    if walk.version == "2.0" && !names_itself {
        walk.note(rules::MISSING_ATOM_SELF_LINK, element.at, "");
    }
    if walk.has("item") && !walk.has("lastBuildDate") {
        let counted = element.children().filter(|child| child.is(None, "item"));
        let counted = counted.filter(|item| item.children().any(|inner| walk.name(inner).as_deref() == Some("slash:comments")));
        if let Some(item) = counted.map(|item| item.at).next() {
            walk.note(rules::SLASH_DATE, item, "");
        }
    }
    ext::podcast(walk, element);
}

fn language(walk: &mut Walk<'_, '_>, element: &Element<'_>) {
    if !walk.has("dc:language") && !walk.has("language") && walk.lang().is_none() {
        walk.note_child(rules::MISSING_LANGUAGE, element.at, "language", "");
    }
}

static BLINK: Model = Model { more: |walk, element| walk.note(rules::NO_BLINK, element.at, ""), ..text(CHANNEL, &[Free]) };
static CATEGORY: Model = Model { attributes: &[optional("domain", &[Free])], ..text(CHANNEL, &[NonHtml]) };
static CATEGORY_OF_ITEM: Model = Model { attributes: &[optional("domain", &[Free])], ..text(ITEM, &[NonHtml, Filled]) };
static CLOUD: Model = Model {
    attributes: &[
        required("domain", &[Free]),
        required("path", &[Free]),
        required("registerProcedure", &[Free]),
        required("protocol", &[Free]),
        required("port", &[Free]),
    ],
    more: |walk, element| {
        if let Some(port) = element.attribute("port").filter(|port| !port.trim().parse::<u32>().is_ok_and(|port| 0 < port)) {
            walk.note_attribute(rules::INVALID_INTEGER_ATTRIBUTE, element.at, "port", port);
        }
    },
    ..holds(source("RSS 2.0", "cloud"), &[])
};

static SKIP_DAYS: Model = Model {
    needs: &[("day", rules::MISSING_ELEMENT)],
    more: |walk, element| {
        if 7 < element.children().count() {
            walk.note(rules::TOO_MANY_DAYS, element.at, "");
        }
    },
    ..holds(
        source("RSS 2.0", "skipDays"),
        &[&Table {
            source: source("RSS 2.0", "skipDays"),
            rows: &[many(
                "day",
                &[
                    OneOf(rules::INVALID_DAY, &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
                    UniqueInParent(rules::DUPLICATE_VALUE),
                ],
            )],
        }],
    )
};
static SKIP_HOURS: Model = Model {
    needs: &[("hour", rules::MISSING_ELEMENT)],
    more: |walk, element| {
        if 24 < element.children().count() {
            walk.note(rules::TOO_MANY_HOURS, element.at, "");
        }
        let mut hours = Vec::new();
        for child in element.children().filter(|child| child.is(None, "hour")) {
            let text = child.text();
            let text = text.trim();
            match text.parse::<i32>() {
                Ok(hour) if (0..=24).contains(&hour) => {
                    if hours.contains(&(hour % 24)) {
                        walk.note_child(rules::DUPLICATE_VALUE, child.at, "hour", text);
                    }
                    hours.push(hour % 24);
                    if hour == 24 {
                        walk.note_child(rules::USE_ZERO_FOR_MIDNIGHT, child.at, "hour", text);
                    }
                }
                Ok(_) | Err(_) => walk.note_child(rules::INVALID_HOUR, child.at, "hour", text),
            }
        }
    },
    ..holds(source("RSS 2.0", "skipHours"), &[&Table { source: source("RSS 2.0", "skipHours"), rows: &[many("hour", &[Free])] }])
};

static IMAGE: Model = Model {
    attributes: &[optional("rdf:resource", &[Free]), optional("rdf:about", &[Free]), optional("rdf:parseType", &[Free])],
    more: |walk, element| {
        if element.attribute_of(RDF, "resource").is_some() {
            return;
        }
        let is_rss_11 = element.attribute_of(RDF, "parseType").is_some();
        for (needed, rule) in [("title", rules::MISSING_TITLE), ("url", rules::MISSING_ELEMENT), ("link", rules::MISSING_LINK)] {
            let may_lack = needed == "link" && is_rss_11;
            if !may_lack && !walk.has(needed) {
                walk.note_child(rule, element.at, needed, "");
            }
        }
        for child in element.children() {
            let (text, n) = (child.text(), walk.open.len());
            let text = text.trim();
            match child.local {
                "title" | "link" if n > 2 => {
                    // What the channel says is looked up in the document: it may stand behind the image.
                    let outer = channel_text(walk, child.local);
                    let rule = if child.local == "title" { rules::IMAGE_TITLE_DIFFERS } else { rules::IMAGE_LINK_DIFFERS };
                    if outer.as_deref().is_some_and(|outer| outer != text) {
                        walk.note_child(rule, child.at, child.local, text);
                    }
                }
                "url" => {
                    let ending = text.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
                    let is_ending = !ending.is_empty() && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
                    if is_ending && !matches!(&*ending, "jpg" | "jpeg" | "gif" | "png") {
                        walk.note_child(rules::IMAGE_URL_FORMAT, child.at, "url", text);
                    }
                }
                "width" if !text.parse::<u32>().is_ok_and(|width| (1..=144).contains(&width)) => {
                    walk.note_child(rules::INVALID_WIDTH, child.at, "width", text);
                }
                "height" if !text.parse::<u32>().is_ok_and(|height| (1..=400).contains(&height)) => {
                    walk.note_child(rules::INVALID_HEIGHT, child.at, "height", text);
                }
                _ => {}
            }
        }
    },
    ..holds(
        source("RSS 2.0", "image"),
        &[
            &Table {
                source: source("RSS 2.0", "image"),
                rows: &[
                    one("title", &[Filled, NonHtml]),
                    one("link", &[UriFull]),
                    one("url", &[UriFull]),
                    one("width", &[Free]),
                    one("height", &[Free]),
                    one("description", &[NonHtml]),
                ],
            },
            &CHANNEL_DC,
            &ext::EVERYWHERE,
            &ext::EVERYWHERE_MORE,
            &ext::PLACES,
        ],
    )
};

/// What the channel around an image says.
fn channel_text(walk: &Walk<'_, '_>, name: &str) -> Option<String> {
    let channel = walk.doc.root.children().find(|child| child.local == "channel")?;
    let found = channel.children().take(CHANNEL_TEXT_WITHIN).find(|child| child.namespace.is_none() && child.local == name)?;
    Some(found.text().trim().to_owned())
}

static TEXT_INPUT_OF_RSS: Model = Model { attributes: &[], ..text_input() };
static TEXT_INPUT_OF_RDF: Model = Model { attributes: &[required("rdf:about", &[Uri])], ..text_input() };

static TEXT_INPUT: Table = Table {
    source: source("RSS 2.0", "textInput"),
    rows: &[one("title", &[NonHtml]), one("description", &[Free]), one("name", &[FormName]), one("link", &[UriFull])],
};

const TEXT_INPUT_TABLES: &[&Table] = &[&TEXT_INPUT, &CHANNEL_DC, &ext::EVERYWHERE, &ext::EVERYWHERE_MORE];

const fn text_input() -> Model {
    Model {
        source: source("RSS 2.0", "textInput"),
        text: Text::Elements,
        attributes: &[],
        tables: TEXT_INPUT_TABLES,
        needs: &[
            ("title", rules::MISSING_TITLE),
            ("link", rules::MISSING_LINK),
            ("description", rules::MISSING_DESCRIPTION),
            ("name", rules::MISSING_ELEMENT),
        ],
        more: nothing_more,
    }
}

static ITEM_OF_RSS: Model = Model {
    source: ITEM,
    text: Text::Elements,
    attributes: &[],
    tables: &[
        &ITEM_CORE,
        &ITEM_SHARED,
        &ext::ITEM,
        &ext::CHANNEL_AND_ITEM,
        &ITEM_DC,
        &ext::EVERYWHERE,
        &ext::EVERYWHERE_MORE,
        &ext::PLACES,
        &ext::MEDIA_ANYWHERE,
        &ext::ITUNES_BOTH,
        &ext::ITUNES_ITEM,
        &ext::TRACKBACK,
    ],
    needs: &[],
    more: |walk, element| {
        if !walk.has("title") && !walk.has("description") {
            walk.note(rules::ITEM_WITHOUT_WORDS, element.at, "");
        }
        if !walk.has("guid") && walk.version.starts_with("2.") {
            walk.note_child(rules::MISSING_GUID, element.at, "guid", "");
        }
        item(walk, element);
        let is_podcast = walk.open.last().is_some_and(|level| level.children.iter().any(|child| child.starts_with("itunes:")));
        for enclosure in element.children().filter(|child| is_podcast && child.is(None, "enclosure")) {
            let url = enclosure.attribute("url").unwrap_or_default();
            let path = url.split(['?', '#']).next().unwrap_or_default();
            let ending = path.rsplit('.').next().unwrap_or_default();
            if !matches!(ending, "m4a" | "mp3" | "mov" | "mp4" | "m4v" | "pdf" | "epub") {
                walk.note_child(rules::UNSUPPORTED_ITUNES_FORMAT, enclosure.at, "enclosure", url);
            }
        }
    },
};

static ITEM_CORE: Table = Table {
    source: ITEM,
    rows: &[
        one("comments", &[UriFull]),
        one_of("enclosure", &ENCLOSURE),
        one("pubDate", &[Rfc822]),
        one_of("author", &AUTHOR),
        many_of("category", &CATEGORY_OF_ITEM),
        one_of("guid", &GUID),
        one_of("source", &SOURCE),
    ],
};

static AUTHOR: Model = text(ITEM, &[ContactWithName]);

static ITEM_SHARED: Table = Table {
    source: ITEM,
    rows: &[
        one("link", &[UriFull]),
        one("title", &[NonHtml, Filled]),
        one_of("description", &DESCRIPTION),
        one("content:encoded", &[SafeHtml]),
        anything("content:items"),
        many_of("xhtml:body", &XHTML_BODY),
        one("atom:id", &[UriFull, UniqueInGroup(rules::DUPLICATE_VALUE)]),
        many_of("atom:link", &atom::LINK),
        one_of("atom:title", &atom::CONTENT),
        one_of("atom:summary", &atom::TEXT),
        one_of("atom:author", &atom::PERSON),
        many_of("atom:contributor", &atom::PERSON),
        many_of("atom:content", &atom::CONTENT),
        one("atom:published", &[Rfc3339]),
        one("atom:updated", &[Rfc3339]),
    ],
};

static ITEM_DC: Table = Table {
    source: source("Dublin Core Metadata Element Set 1.1", ""),
    rows: &[
        many("dc:creator", &[Free]),
        many("dc:subject", &[Free]),
        many("dc:date", &[W3cdtf]),
        anything("cc:license"),
        many("creativeCommons:license", &[UriFull]),
    ],
};

static DESCRIPTION: Model = Model {
    more: |walk, element| {
        let words = element.text();
        if walk.version == "0.91" {
            if let Some((rule, shown)) = walk.holds_html(element, words.trim(), rules::CONTAINS_HTML) {
                walk.note(rule, element.at, shown);
            }
        } else {
            walk.safe_html(element, &words);
        }
    },
    ..text(ITEM, &[Free])
};

static XHTML_BODY: Model = Model {
    source: source("RSS Best Practices Profile", "description"),
    text: Text::Any,
    attributes: &[],
    tables: &[],
    needs: &[],
    more: |walk, element| {
        if walk.format == Format::Rss2 {
            walk.note(rules::DUPLICATE_DESCRIPTION, element.at, "");
        }
        atom::xhtml(walk, element);
    },
};

/// What every item is asked, whichever RSS it is of.
fn item(walk: &mut Walk<'_, '_>, element: &Element<'_>) {
    ext::same_twice(
        walk,
        element,
        rules::DUPLICATE_ITEM_SEMANTICS,
        &[
            ("guid", "atom:id"),
            ("pubDate", "atom:published"),
            ("author", "dc:creator"),
            ("category", "dc:subject"),
            ("pubDate", "dc:date"),
            ("creativeCommons:license", "cc:license"),
            ("source", "dc:source"),
        ],
    );
    if walk.format == Format::Rss2 {
        let names: Vec<String> = element.children().filter_map(|child| walk.name(child)).collect();
        let at = |wanted: &str| names.iter().position(|name| name == wanted);
        if let Some(encoded) = at("content:encoded")
            && at("description").is_none_or(|description| encoded < description)
        {
            walk.note_child(rules::CONTENT_BEFORE_DESCRIPTION, element.at, "content:encoded", "");
        }
    }
}

static ENCLOSURE: Model = Model {
    attributes: &[required("url", &[HttpUrl]), required("length", &[Free]), required("type", &[Free])],
    more: |walk, element| {
        if let Some(length) = element.attribute("length") {
            match length.trim().parse::<i64>() {
                Ok(-1) => walk.note_attribute(rules::USE_ZERO_FOR_UNKNOWN, element.at, "length", length),
                Ok(number) if number < 0 => walk.note_attribute(rules::INVALID_NON_NEGATIVE_INTEGER, element.at, "length", length),
                Ok(_) => {}
                Err(_) => walk.note_attribute(rules::INVALID_INTEGER_ATTRIBUTE, element.at, "length", length),
            }
        }
        if let Some(media_type) = element.attribute("type").filter(|media_type| !values::is_mime(media_type)) {
            walk.note_attribute(rules::INVALID_MIME_ATTRIBUTE, element.at, "type", media_type);
        }
    },
    ..holds(source("RSS 2.0", "enclosure"), &[])
};

static GUID: Model = Model {
    attributes: &[optional("isPermaLink", &[Free])],
    more: |walk, element| {
        let text = element.text();
        let guid = text.trim();
        let said = element.attribute("isPermaLink");
        if let Some(said) = said.filter(|said| !matches!(*said, "true" | "false")) {
            walk.note_attribute(rules::INVALID_BOOLEAN_ATTRIBUTE, element.at, "isPermaLink", said);
        }
        if said.is_none_or(|said| said == "true") {
            let lower = guid.to_ascii_lowercase();
            if let Some(rule) = values::address(guid, Form::UriFull, rules::INVALID_GUID) {
                walk.note(rule, element.at, guid);
            } else if lower.starts_with("tag:") || lower.starts_with("urn:uuid:") {
                walk.note(rules::INVALID_PERMALINK, element.at, guid);
            }
        } else if guid.len() < 9 && guid.bytes().all(|byte| byte.is_ascii_digit()) {
            walk.note(rules::NOT_SUFFICIENTLY_UNIQUE, element.at, guid);
        }
    },
    ..text(source("RSS 2.0", "guid"), &[UniqueInGroup(rules::DUPLICATE_VALUE)])
};
static SOURCE: Model = Model { attributes: &[required("url", &[UriFull])], ..text(source("RSS 2.0", "source"), &[NonHtml]) };

/// `<rdf:RDF>`: RSS 0.90 and 1.0.
pub(super) static RDF_ROOT: Model = Model {
    needs: &[("channel", rules::MISSING_ELEMENT)],
    ..holds(
        RSS1,
        &[&Table {
            source: RSS1,
            rows: &[
                one_of("channel", &CHANNEL_OF_RDF),
                many_of("item", &ITEM_OF_RDF),
                many_of("textinput", &TEXT_INPUT_OF_RDF),
                many_of("image", &IMAGE_OF_RDF),
                anything("cc:License"),
                anything("taxo:topic"),
                anything("rdf:Description"),
            ],
        }],
    )
};
/// RSS 0.90 has no `rdf:about`.
pub(super) static RDF_ROOT_090: Model = Model {
    needs: &[("channel", rules::MISSING_ELEMENT)],
    ..holds(
        source("RSS 0.90", ""),
        &[&Table {
            source: source("RSS 0.90", ""),
            rows: &[
                one_of("channel", &CHANNEL_OF_090),
                many_of("item", &ITEM_OF_RDF),
                many_of("textinput", &TEXT_INPUT_OF_RSS),
                many_of("image", &IMAGE_OF_090),
            ],
        }],
    )
};

const CHANNEL_TABLES: &[&Table] = &[
    &CHANNEL_OF_RDF_CORE,
    &CHANNEL_ATOM,
    &ext::CHANNEL,
    &ext::CHANNEL_AND_ITEM,
    &CHANNEL_DC,
    &ext::EVERYWHERE,
    &ext::EVERYWHERE_MORE,
    &ext::PLACES,
    &ext::MEDIA_ANYWHERE,
    &ext::ITUNES_BOTH,
    &ext::ITUNES_CHANNEL,
];
const CHANNEL_NEEDS: &[(&str, &super::Rule)] =
    &[("description", rules::MISSING_DESCRIPTION), ("link", rules::MISSING_LINK), ("title", rules::MISSING_TITLE)];

static CHANNEL_OF_RDF: Model = Model {
    source: source("RSS 1.0", "5.3"),
    text: Text::Elements,
    attributes: &[required("rdf:about", &[Uri])],
    tables: CHANNEL_TABLES,
    needs: CHANNEL_NEEDS,
    more: |walk, element| {
        if element.attribute_of(RDF, "about").is_some() && !walk.has("items") {
            walk.note_child(rules::MISSING_ELEMENT, element.at, "items", "");
        }
        channel_of_rdf(walk, element);
    },
};
static CHANNEL_OF_090: Model = Model {
    source: source("RSS 0.90", ""),
    text: Text::Elements,
    attributes: &[],
    tables: CHANNEL_TABLES,
    needs: CHANNEL_NEEDS,
    more: language,
};
/// `<Channel>`: RSS 1.1.
pub(super) static CHANNEL_OF_11: Model = Model {
    source: source("RSS 1.1", ""),
    text: Text::Elements,
    attributes: &[required("rdf:about", &[Uri])],
    tables: CHANNEL_TABLES,
    needs: CHANNEL_NEEDS,
    more: channel_of_rdf,
};

fn channel_of_rdf(walk: &mut Walk<'_, '_>, element: &Element<'_>) {
    if let Some(about) = element.attribute_of(RDF, "about") {
        walk.abouts.insert(about.to_owned());
    }
    language(walk, element);
    ext::podcast(walk, element);
}

static CHANNEL_OF_RDF_CORE: Table = Table {
    source: source("RSS 1.0", "5.3"),
    rows: &[
        one("title", &[NonHtml, Filled]),
        one("link", &[UriFull]),
        one("description", &[NonHtml]),
        one_of("image", &IMAGE),
        one_of("items", &ITEMS),
        anything("textinput"),
        many("rdfs:label", &[Free]),
        many("rdfs:comment", &[Free]),
    ],
};
static ITEMS: Model = Model {
    attributes: &[optional("rdf:parseType", &[Free])],
    ..holds(
        source("RSS 1.0", "5.3.5"),
        &[&Table { source: source("RSS 1.0", "5.3.5"), rows: &[many_of("item", &ITEM_OF_RDF), many_of("rdf:Seq", &SEQ)] }],
    )
};
static SEQ: Model = holds(RSS1, &[&Table { source: RSS1, rows: &[many_of("rdf:li", &LI)] }]);
static LI: Model = Model { attributes: &[optional("resource", &[Free]), optional("rdf:resource", &[Free])], ..holds(RSS1, &[]) };

static ITEM_OF_RDF: Model = Model {
    source: source("RSS 1.0", "5.5"),
    text: Text::Elements,
    attributes: &[optional("rdf:about", &[Uri])],
    tables: &[
        &ITEM_SHARED,
        &ext::ITEM,
        &ext::CHANNEL_AND_ITEM,
        &ITEM_DC,
        &ext::EVERYWHERE,
        &ext::EVERYWHERE_MORE,
        &ext::PLACES,
        &ext::MEDIA_ANYWHERE,
        &ext::ITUNES_BOTH,
        &ext::ITUNES_ITEM,
        &ext::TRACKBACK_RDF,
        &ITEM_OF_RDF_MORE,
    ],
    needs: &[("link", rules::MISSING_ELEMENT), ("title", rules::MISSING_ELEMENT)],
    more: |walk, element| {
        match element.attribute_of(RDF, "about") {
            Some(about) if !walk.abouts.insert(about.to_owned()) => {
                walk.note_attribute(rules::DUPLICATE_VALUE, element.at, "rdf:about", about);
            }
            Some(_) => {}
            None if walk.version == "1.0" => walk.note_attribute(rules::MISSING_ATTRIBUTE, element.at, "rdf:about", ""),
            None => {}
        }
        item(walk, element);
    },
};
static ITEM_OF_RDF_MORE: Table = Table {
    source: RSS1,
    rows: &[many("l:permalink", &[Resource]), anything("thr:children"), many("rdfs:label", &[Free]), many("rdfs:comment", &[Free])],
};
static IMAGE_OF_RDF: Model = Model { attributes: &[required("rdf:about", &[Uri])], ..image_of_rdf() };
static IMAGE_OF_090: Model = Model { attributes: &[], ..image_of_rdf() };

static IMAGE_OF_RDF_CORE: Table =
    Table { source: source("RSS 1.0", "5.4"), rows: &[one("title", &[Filled, NonHtml]), one("link", &[UriFull]), one("url", &[UriFull])] };

const IMAGE_OF_RDF_TABLES: &[&Table] = &[&IMAGE_OF_RDF_CORE, &CHANNEL_DC, &ext::EVERYWHERE, &ext::EVERYWHERE_MORE];

const fn image_of_rdf() -> Model {
    Model {
        source: source("RSS 1.0", "5.4"),
        text: Text::Elements,
        attributes: &[],
        tables: IMAGE_OF_RDF_TABLES,
        needs: &[("title", rules::MISSING_TITLE), ("link", rules::MISSING_LINK), ("url", rules::MISSING_ELEMENT)],
        more: nothing_more,
    }
}

impl Row {
    /// Whether it is the row of an element in no namespace.
    fn is(&self, element: &Element<'_>) -> bool {
        element.namespace.is_none() && self.name() == element.local
    }
}

/// Findings of a channel that refers to the RSS Advisory Board, which allows attributes of extensions.
pub(super) fn as_the_board_allows(walk: &Walk<'_, '_>, findings: &mut Vec<Finding>) {
    let docs = channel_text(walk, "docs");
    if docs.is_some_and(|docs| docs.contains("rssboard.org/rss-specification")) {
        findings.retain(|finding| finding.rule != rules::EXTENSION_ATTRIBUTE);
    }
}
