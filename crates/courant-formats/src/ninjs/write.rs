//! From a news item to ninjs 3.1.

use courant_news::{AssociationRole, CorrectionKind, NewsItem, Notice, PubStatus, Reason, address, plain_text};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{CORRECTION, CORRECTIVE, DOSSIER, GUID, SECTION, picture, place};
use crate::html;

/// Who a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Readers: without notes to editors and sign-off.
    Public,
    /// Receiving media.
    Client,
}

/// What writing needs from its caller.
#[derive(Clone, Copy, Debug)]
pub struct Writing<'c> {
    /// This site's own address (`https://news.example`), with which paths become absolute.
    pub base_url: &'c str,
    /// Who it is for.
    pub audience: Audience,
}

impl Writing<'_> {
    /// An address with scheme and host, in the letters an URI may have.
    pub(crate) fn absolute(&self, href: &str) -> String {
        let base = if href.starts_with('/') { self.base_url.trim_end_matches('/') } else { "" };
        format!("{base}{}", ascii(href))
    }
}

/// An item as a ninjs 3.1 document, valid against the IPTC's schema.
///
/// Read again with the same `base_url`, a document for [`Audience::Client`] gives an equal item, if the item's copy is
/// in its [normal form](html::tidy).
pub fn write(item: &NewsItem, writing: &Writing<'_>) -> Value {
    let uri = uri_of(item.guid.as_str());
    let mut document = head(&uri, item.item_type.as_str(), item.version.number(), item.pub_status, item.lang.as_str());
    let mut put = |key: &str, value: Value| {
        document.insert(key.to_owned(), value);
    };
    put("firstCreated", item.times.first_moved_at.to_string().into());
    put("versionCreated", item.times.version_created_at.to_string().into());
    put("urgency", item.urgency.number().into());
    put("headlines", headlines(item));
    if let Some(slugline) = &item.slugline {
        put("slugline", slugline.as_str().into());
    }
    if let Some(lead) = &item.lead {
        put("descriptions", json!([{ "role": "summary", "contentType": "text/plain", "value": lead.as_str() }]));
    }
    if !item.body.is_empty() {
        let words = plain_text(&item.body);
        put(
            "bodies",
            json!([{
                "role": "main",
                "contentType": "application/xhtml+xml",
                "charCount": words.chars().count(),
                "wordCount": item.n_words(),
                "value": html::from_blocks_at(&item.body, Some(writing.base_url)),
            }]),
        );
    }
    if !item.bylines.is_empty() {
        let printed = item.bylines.iter().map(|byline| byline.name.as_ref()).collect::<Vec<_>>().join("; ");
        put("by", printed.into());
    }
    if let Some(dateline) = &item.dateline {
        put("located", place::located(&dateline.place).into());
        put("contentCreated", dateline.filed_at.to_string().into());
    }
    if let Some(until) = item.embargo {
        put("embargoedUntil", until.to_string().into());
    }
    for (key, value) in [
        ("copyrightHolder", &item.rights.copyright_holder),
        ("copyrightNotice", &item.rights.copyright_notice),
        ("usageTerms", &item.rights.usage_terms),
    ] {
        if let Some(value) = value {
            put(key, value.as_ref().into());
        }
    }
    if let Some(ednote) = item.ednote.as_ref().filter(|_| writing.audience == Audience::Client) {
        put("edNote", ednote.as_str().into());
    }
    if let Some(genre) = &item.genre {
        put("genres", json!([{ "name": genre.as_str() }]));
    }
    put("subjects", subjects(item));
    for (key, values) in [
        ("infoSources", info_sources(item)),
        ("places", places(item)),
        ("people", entities(&item.people)),
        ("organisations", entities(&item.organisations)),
        ("associations", associations(item, &uri, writing)),
        ("altIds", alt_ids(item, writing.audience)),
        ("trustIndicators", corrections(item)),
    ] {
        if !values.is_empty() {
            put(key, values.into());
        }
    }
    Value::Object(document)
}

/// A notice of a hold, a kill or a takedown that moved at `moved_at` as a ninjs 3.1 document. It carries no copy.
pub fn write_notice(notice: &Notice, moved_at: Timestamp, writing: &Writing<'_>) -> Value {
    let mut document = head(&uri_of(notice.guid.as_str()), "text", notice.version.number(), notice.pub_status, notice.lang.as_str());
    let mut put = |key: &str, value: Value| {
        document.insert(key.to_owned(), value);
    };
    put("firstCreated", notice.first_moved_at.to_string().into());
    put("versionCreated", moved_at.to_string().into());
    // A kill is what a receiver must see first.
    put("urgency", 1.into());
    if let Some(slugline) = &notice.slugline {
        put("slugline", slugline.as_str().into());
    }
    if let Some(headline) = &notice.headline {
        put("headlines", json!([{ "role": "main", "contentType": "text/plain", "value": headline.as_str() }]));
    }
    if let Some(place) = &notice.dateline_place {
        put("located", place.as_ref().into());
    }
    put("descriptions", json!([{ "role": "reason", "contentType": "text/plain", "value": notice.reason.as_str() }]));
    put("subjects", json!([section(notice.section.as_str())]));
    if writing.audience == Audience::Client {
        put("edNote", advisory(notice).into());
    }
    Value::Object(document)
}

/// What editors at receiving media are told, in the wire's own words.
pub(crate) fn advisory(notice: &Notice) -> String {
    let order = match notice.pub_status {
        PubStatus::Withheld => "HOLD: do not use this story until told.",
        PubStatus::Canceled => "KILL: this story is withdrawn and must not be used.",
        PubStatus::Usable => "This story may be used.",
    };
    let reason: &Reason = &notice.reason;
    match &notice.ednote {
        Some(ednote) => format!("{order} {reason} {ednote}"),
        None => format!("{order} {reason}"),
    }
}

fn head(uri: &str, kind: &str, version: u32, pub_status: PubStatus, lang: &str) -> Map<String, Value> {
    let mut document = Map::new();
    document.insert(
        "standard".to_owned(),
        json!({ "name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json" }),
    );
    document.insert("uri".to_owned(), uri.into());
    document.insert("type".to_owned(), kind.into());
    document.insert("version".to_owned(), version.to_string().into());
    document.insert("pubStatus".to_owned(), pub_status.as_str().into());
    document.insert("language".to_owned(), lang.into());
    document
}

fn headlines(item: &NewsItem) -> Value {
    let mut headlines = vec![json!({ "role": "main", "contentType": "text/plain", "value": item.headline.as_str() })];
    if let Some(short) = &item.headline_short {
        headlines.push(json!({ "role": "short", "contentType": "text/plain", "value": short.as_str() }));
    }
    headlines.into()
}

fn section(slug: &str) -> Value {
    json!({ "name": slug, "rel": "section", "uri": format!("{SECTION}{}", address::segment(slug)) })
}

fn subjects(item: &NewsItem) -> Value {
    let mut subjects = vec![section(item.section.as_str())];
    for subject in &item.subjects {
        let mut entry = concept(Some(subject.uri()), subject.name());
        entry.insert("rel".to_owned(), "about".into());
        subjects.push(entry.into());
    }
    for dossier in &item.dossiers {
        subjects
            .push(json!({ "name": dossier.as_str(), "rel": "dossier", "uri": format!("{DOSSIER}{}", address::segment(dossier.as_str())) }));
    }
    subjects.extend(item.keywords.iter().map(|keyword| json!({ "name": keyword.as_str(), "rel": "keyword" })));
    subjects.into()
}

/// A concept: the schema asks for URIs, so any other code is a literal.
fn concept(uri: Option<&str>, name: &str) -> Map<String, Value> {
    let mut entry = Map::new();
    entry.insert("name".to_owned(), name.into());
    if let Some(uri) = uri {
        entry.insert(if is_uri(uri) { "uri" } else { "literal" }.to_owned(), uri.into());
    }
    entry
}

fn info_sources(item: &NewsItem) -> Vec<Value> {
    let mut sources = Vec::new();
    if let Some(source) = &item.source {
        sources.push(json!({ "name": source.as_str(), "role": "source" }));
    }
    for byline in &item.bylines {
        let mut entry = json!({ "name": byline.name, "role": "author" });
        if let Some(role) = &byline.role {
            entry["literal"] = role.as_ref().into();
        }
        sources.push(entry);
    }
    sources
}

fn places(item: &NewsItem) -> Vec<Value> {
    let located = item.dateline.as_ref().map(|dateline| place::write(&dateline.place, "located", dateline.mark.as_ref()));
    located.into_iter().chain(item.places.iter().map(|place| place::write(place, "about", None))).collect()
}

fn entities(entities: &[courant_news::Entity]) -> Vec<Value> {
    entities
        .iter()
        .map(|entity| {
            let mut entry = concept(entity.uri.as_deref(), &entity.name);
            entry.insert("rel".to_owned(), "about".into());
            entry.into()
        })
        .collect()
}

fn associations(item: &NewsItem, uri: &str, writing: &Writing<'_>) -> Vec<Value> {
    let mut n_features = 0;
    let mut n_gallery = 0;
    let name_of = |role: AssociationRole| match role {
        AssociationRole::Feature => {
            n_features += 1;
            if n_features == 1 { "feature".to_owned() } else { format!("feature-{n_features}") }
        }
        AssociationRole::Gallery => {
            n_gallery += 1;
            format!("gallery-{n_gallery}")
        }
    };
    let names: Vec<String> = item.associations.iter().map(|association| association.role).map(name_of).collect();
    item.associations.iter().zip(names).map(|(association, name)| picture::write(association, &name, uri, writing)).collect()
}

fn alt_ids(item: &NewsItem, audience: Audience) -> Vec<Value> {
    let mut ids: Vec<(&str, String)> = item.signals.iter().map(|signal| ("signal", signal.qcode().to_owned())).collect();
    ids.extend(item.times.updated_at.map(|at| ("updated", at.to_string())));
    ids.extend(item.times.corrected_at.map(|at| ("corrected", at.to_string())));
    ids.extend(item.evolved_from.as_ref().map(|guid| ("evolvedFrom", uri_of(guid.as_str()))));
    if audience == Audience::Client {
        ids.extend(item.sign_off.as_ref().map(|sign_off| ("signOff", sign_off.as_str().to_owned())));
    }
    ids.into_iter().map(|(role, value)| json!({ "role": role, "value": value })).collect()
}

fn corrections(item: &NewsItem) -> Vec<Value> {
    item.corrections
        .iter()
        .map(|correction| {
            let prefix = match correction.kind {
                CorrectionKind::Correction => CORRECTION,
                CorrectionKind::Corrective => CORRECTIVE,
            };
            let role = format!("{prefix}{}/{}", correction.version, correction.corrected_at);
            json!({ "role": role, "title": correction.reason.as_str() })
        })
        .collect()
}

/// The uri of a story: its guid, or an URI that holds it.
pub fn uri_of(guid: &str) -> String {
    if is_uri(guid) && !guid.starts_with(GUID) { guid.to_owned() } else { format!("{GUID}{}", address::segment(guid)) }
}

/// Whether a text is an URI in the sense of RFC 3986: a scheme, and only letters that may stand unencoded.
pub(crate) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = scheme.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let mut bytes = rest.bytes();
    let mut n_fragments = 0;
    while let Some(byte) = bytes.next() {
        let is_allowed = match byte {
            b'%' => {
                bytes.next().is_some_and(|digit| digit.is_ascii_hexdigit()) && bytes.next().is_some_and(|digit| digit.is_ascii_hexdigit())
            }
            b'#' => {
                n_fragments += 1;
                n_fragments == 1
            }
            byte => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte),
        };
        if !is_allowed {
            return false;
        }
    }
    is_scheme && !rest.is_empty()
}

/// An address with every letter an URI may not hold encoded.
fn ascii(href: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const UNSAFE: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');
    utf8_percent_encode(href, UNSAFE).to_string()
}
