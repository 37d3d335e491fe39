//! From news items to NewsML-G2 2.35.

use courant_news::{AssociationRole, Block, CorrectionKind, Figure, ItemType, NewsItem, Notice, Place, PubStatus, address};
use jiff::Timestamp;

use super::{CORRECTION, CORRECTIVE, DOSSIER, OWN, PLACE, SECTION};
use crate::html::from_blocks_at;
use crate::ninjs::{Audience, Writing, advisory, is_uri};
use crate::xml::Writer;

const NAMESPACE: &str = "http://iptc.org/std/nar/2006-10-01/";
const CATALOGUE: &str = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// An item as a NewsML-G2 2.35 newsItem, valid against the IPTC's schema.
///
/// Read again with the same `base_url`, a document for [`Audience::Client`] gives an equal item, if the item's copy is in its
/// [normal form](crate::html::tidy).
pub fn write(item: &NewsItem, writing: &Writing<'_>) -> String {
    let mut out = Writer::new();
    news_item(&mut out, item, writing, true);
    out.finish()
}

/// A notice of a hold, a kill or a takedown that moved at `moved_at` as a NewsML-G2 2.35 newsItem. It carries no copy.
pub fn write_notice(notice: &Notice, moved_at: Timestamp, writing: &Writing<'_>) -> String {
    let mut out = Writer::new();
    notice_item(&mut out, notice, moved_at, writing, true);
    out.finish()
}

/// One item of a message.
#[derive(Clone, Copy, Debug)]
pub enum Entry<'i> {
    /// A story.
    Story(&'i NewsItem),
    /// The notice of one that was withdrawn, and when that moved.
    Notice(&'i Notice, Timestamp),
}

/// Stories and notices, in the order given, as one newsMessage that is sent at `sent_at`.
pub fn write_message<'i>(entries: impl IntoIterator<Item = Entry<'i>>, sent_at: Timestamp, writing: &Writing<'_>) -> String {
    let mut out = Writer::new();
    out.open("newsMessage", &[("xmlns", NAMESPACE)]);
    out.open("header", &[]);
    out.leaf("sent", &[], &sent_at.to_string());
    out.leaf("sender", &[], host(writing.base_url));
    out.close();
    out.open("itemSet", &[]);
    for entry in entries {
        match entry {
            Entry::Story(item) => news_item(&mut out, item, writing, false),
            Entry::Notice(notice, moved_at) => notice_item(&mut out, notice, moved_at, writing, false),
        }
    }
    out.finish()
}

/// What a package is and holds.
#[derive(Clone, Copy, Debug)]
pub struct Package<'p> {
    /// Names the package; the same each time it is made anew.
    pub guid: &'p str,
    /// Its edition, 1 or more.
    pub version: u32,
    /// Its headline.
    pub headline: &'p str,
    /// The language of its headline.
    pub lang: &'p str,
    /// When this edition was made.
    pub made_at: Timestamp,
}

/// A list of items as a NewsML-G2 2.35 packageItem, which refers to each by guid and address.
pub fn write_package<'i>(package: &Package<'_>, items: impl IntoIterator<Item = &'i NewsItem>, writing: &Writing<'_>) -> String {
    let mut out = Writer::new();
    begin(&mut out, "packageItem", package.guid, package.version, package.lang, true);
    out.open("itemMeta", &[]);
    out.empty("itemClass", &[("qcode", "ninat:composite")]);
    provider(&mut out, None, writing);
    out.leaf("versionCreated", &[], &package.made_at.to_string());
    pub_status(&mut out, PubStatus::Usable);
    out.close();
    out.open("contentMeta", &[]);
    out.leaf("headline", &[], package.headline);
    out.close();
    out.open("groupSet", &[("root", "main")]);
    out.open("group", &[("id", "main"), ("role", "courant:group/main"), ("mode", "pgrmod:seq")]);
    for item in items {
        let href = writing.absolute(&item.path());
        let version = item.version.number().to_string();
        out.open("itemRef", &[("residref", item.guid.as_str()), ("version", &version), ("href", &href), ("contenttype", "text/html")]);
        item_class(&mut out, item.item_type);
        pub_status(&mut out, item.pub_status);
        out.leaf("title", &[("xml:lang", item.lang.as_str())], item.headline.as_str());
        out.close();
    }
    out.finish()
}

fn news_item(out: &mut Writer, item: &NewsItem, writing: &Writing<'_>, is_root: bool) {
    begin(out, "newsItem", item.guid.as_str(), item.version.number(), item.lang.as_str(), is_root);
    rights(out, item);
    item_meta(out, item, writing);
    content_meta(out, item);
    content_set(out, item, writing);
    out.close();
}

fn notice_item(out: &mut Writer, notice: &Notice, moved_at: Timestamp, writing: &Writing<'_>, is_root: bool) {
    begin(out, "newsItem", notice.guid.as_str(), notice.version.number(), notice.lang.as_str(), is_root);
    out.open("itemMeta", &[]);
    out.empty("itemClass", &[("qcode", "ninat:text")]);
    provider(out, None, writing);
    out.leaf("versionCreated", &[], &moved_at.to_string());
    out.leaf("firstCreated", &[], &notice.first_moved_at.to_string());
    pub_status(out, notice.pub_status);
    out.leaf("edNote", &[("role", "courant:reason")], notice.reason.as_str());
    if writing.audience == Audience::Client {
        out.leaf("edNote", &[], &advisory(notice));
    }
    out.close();
    out.open("contentMeta", &[]);
    // A kill is what a receiver must see first.
    out.leaf("urgency", &[], "1");
    concept(out, "subject", &format!("{SECTION}{}", address::segment(notice.section.as_str())), notice.section.as_str());
    out.maybe("slugline", &[], notice.slugline.as_ref().map(courant_news::Slugline::as_str));
    out.maybe("headline", &[], notice.headline.as_ref().map(courant_news::Headline::as_str));
    out.maybe("dateline", &[], notice.dateline_place.as_deref());
    out.close();
    out.close();
}

fn begin(out: &mut Writer, name: &'static str, guid: &str, version: u32, lang: &str, is_root: bool) {
    let version = version.to_string();
    let attributes = [
        ("xmlns", NAMESPACE),
        ("guid", guid),
        ("version", &version),
        ("standard", "NewsML-G2"),
        ("standardversion", "2.35"),
        ("conformance", "power"),
        ("xml:lang", lang),
    ];
    out.open(name, if is_root { &attributes } else { &attributes[1..] });
    out.empty("catalogRef", &[("href", CATALOGUE)]);
    out.open("catalog", &[]);
    out.empty("scheme", &[("alias", OWN.trim_end_matches(':')), ("uri", OWN)]);
    out.close();
}

fn rights(out: &mut Writer, item: &NewsItem) {
    let rights = &item.rights;
    if rights.copyright_holder.is_none() && rights.copyright_notice.is_none() && rights.usage_terms.is_none() {
        return;
    }
    out.open("rightsInfo", &[]);
    if let Some(holder) = &rights.copyright_holder {
        out.open("copyrightHolder", &[]);
        out.leaf("name", &[], holder);
        out.close();
    }
    out.maybe("copyrightNotice", &[], rights.copyright_notice.as_deref());
    out.maybe("usageTerms", &[], rights.usage_terms.as_deref());
    out.close();
}

fn item_meta(out: &mut Writer, item: &NewsItem, writing: &Writing<'_>) {
    let is_for_client = writing.audience == Audience::Client;
    out.open("itemMeta", &[]);
    item_class(out, item.item_type);
    provider(out, item.source.as_ref().map(courant_news::SourceName::as_str), writing);
    out.leaf("versionCreated", &[], &item.times.version_created_at.to_string());
    out.leaf("firstCreated", &[], &item.times.first_moved_at.to_string());
    if let Some(until) = item.embargo {
        out.leaf("embargoed", &[], &until.to_string());
    }
    pub_status(out, item.pub_status);
    for correction in &item.corrections {
        let prefix = match correction.kind {
            CorrectionKind::Correction => CORRECTION,
            CorrectionKind::Corrective => CORRECTIVE,
        };
        let role = format!("{prefix}{}/{}", correction.version, correction.corrected_at);
        out.leaf("edNote", &[("role", &role)], correction.reason.as_str());
    }
    if let Some(ednote) = item.ednote.as_ref().filter(|_| is_for_client) {
        out.leaf("edNote", &[], ednote.as_str());
    }
    for signal in &item.signals {
        out.empty("signal", &[("qcode", signal.qcode())]);
    }
    let mut property = |rel: &str, value: &str| out.empty("itemMetaExtProperty", &[("rel", rel), ("value", value)]);
    if let Some(mark) = item.dateline.as_ref().and_then(|dateline| dateline.mark.as_ref()) {
        property("courant:mark", &mark.0);
    }
    if let Some(at) = item.times.updated_at {
        property("courant:updated", &at.to_string());
    }
    if let Some(at) = item.times.corrected_at {
        property("courant:corrected", &at.to_string());
    }
    if let Some(earlier) = &item.evolved_from {
        property("courant:evolvedFrom", earlier.as_str());
    }
    if let Some(sign_off) = item.sign_off.as_ref().filter(|_| is_for_client) {
        property("courant:signOff", sign_off.as_str());
    }
    out.close();
}

fn item_class(out: &mut Writer, item_type: ItemType) {
    let class = match item_type {
        ItemType::Text | ItemType::Picture | ItemType::Graphic | ItemType::Video | ItemType::Audio | ItemType::Composite => "ninat:",
        // The IPTC's codes of a newsItem know neither.
        ItemType::Event | ItemType::Planning => "courant:type/",
    };
    out.empty("itemClass", &[("qcode", &format!("{class}{}", item_type.as_str()))]);
}

fn provider(out: &mut Writer, source: Option<&str>, writing: &Writing<'_>) {
    out.open("provider", &[]);
    out.leaf("name", &[], source.unwrap_or_else(|| host(writing.base_url)));
    out.close();
}

/// The name of a site, as a sender.
fn host(base_url: &str) -> &str {
    let host = base_url.split("://").nth(1).unwrap_or(base_url).trim_end_matches('/');
    if host.is_empty() { "Courant" } else { host }
}

fn pub_status(out: &mut Writer, status: PubStatus) {
    out.empty("pubStatus", &[("qcode", &format!("stat:{}", status.as_str()))]);
}

fn content_meta(out: &mut Writer, item: &NewsItem) {
    out.open("contentMeta", &[]);
    out.leaf("urgency", &[], &item.urgency.number().to_string());
    if let Some(dateline) = &item.dateline {
        out.leaf("contentCreated", &[], &dateline.filed_at.to_string());
        place(out, "located", &dateline.place);
    }
    if let Some(source) = &item.source {
        out.open("infoSource", &[("role", "courant:source")]);
        out.leaf("name", &[], source.as_str());
        out.close();
    }
    for byline in &item.bylines {
        out.open("creator", &[]);
        out.leaf("name", &[], &byline.name);
        out.maybe("note", &[("role", "courant:byline/role")], byline.role.as_deref());
        out.close();
    }
    out.empty("language", &[("tag", item.lang.as_str())]);
    if let Some(genre) = &item.genre {
        out.open("genre", &[]);
        out.leaf("name", &[], genre.as_str());
        out.close();
    }
    for keyword in &item.keywords {
        out.leaf("keyword", &[], keyword.as_str());
    }
    subjects(out, item);
    out.maybe("slugline", &[], item.slugline.as_ref().map(courant_news::Slugline::as_str));
    out.leaf("headline", &[], item.headline.as_str());
    if let Some(short) = &item.headline_short {
        out.leaf("headline", &[("role", "courant:headline/short")], short.as_str());
    }
    if let Some(dateline) = &item.dateline {
        out.leaf("dateline", &[], &dateline.in_house_style(&item.lang));
    }
    if !item.bylines.is_empty() {
        let printed = item.bylines.iter().map(|byline| byline.name.as_ref()).collect::<Vec<_>>().join("; ");
        out.leaf("by", &[], &printed);
    }
    out.maybe("description", &[("role", "drol:summary")], item.lead.as_ref().map(courant_news::Lead::as_str));
    out.close();
}

fn subjects(out: &mut Writer, item: &NewsItem) {
    concept(out, "subject", &format!("{SECTION}{}", address::segment(item.section.as_str())), item.section.as_str());
    for subject in &item.subjects {
        concept(out, "subject", subject.uri(), subject.name());
    }
    for dossier in &item.dossiers {
        concept(out, "subject", &format!("{DOSSIER}{}", address::segment(dossier.as_str())), dossier.as_str());
    }
    for about in &item.places {
        place(out, "subject", about);
    }
    for (kind, entities) in [("cpnat:person", &item.people), ("cpnat:organisation", &item.organisations)] {
        for entity in entities {
            let code = entity.uri.as_deref().map(|code| (attribute_of(code), code));
            let attributes: Vec<(&str, &str)> = std::iter::once(("type", kind)).chain(code).collect();
            out.open("subject", &attributes);
            out.leaf("name", &[], &entity.name);
            out.close();
        }
    }
}

fn concept(out: &mut Writer, element: &'static str, code: &str, name: &str) {
    out.open(element, &[(attribute_of(code), code)]);
    out.leaf("name", &[], name);
    out.close();
}

/// The attribute that a code stands in: those of schemes the document declares are qcodes, other URIs are URIs, and the rest are
/// literals.
fn attribute_of(code: &str) -> &'static str {
    let is_qcode = |alias: &str| code.strip_prefix(alias).is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace));
    if is_qcode("medtop:") || is_qcode("subj:") || is_qcode(OWN) {
        "qcode"
    } else if is_uri(code) {
        "uri"
    } else {
        "literal"
    }
}

fn place(out: &mut Writer, element: &'static str, place: &Place) {
    let code = format!("{PLACE}{}", address::segment(&place.slug));
    out.open(element, &[("type", "cpnat:geoArea"), ("qcode", &code)]);
    out.leaf("name", &[], &place.name);
    if let Some(zone) = &place.zone {
        out.empty("facet", &[("rel", "courant:timeZone"), ("literal", zone)]);
    }
    // Only a `located` may hold details of an area.
    let has_details = element == "located";
    if let Some(point) = place.point.filter(|_| !has_details) {
        out.empty("facet", &[("rel", "courant:point"), ("literal", &format!("{} {}", point.latitude, point.longitude))]);
    }
    if place.country.is_some() || place.country_code.is_some() {
        let code = place.country_code.as_ref().map(|code| format!("iso3166-1a2:{code}"));
        let qcode = code.as_deref().map(|code| ("qcode", code));
        let attributes: Vec<(&str, &str)> = std::iter::once(("type", "loctyp:Country")).chain(qcode).collect();
        match &place.country {
            Some(country) => {
                out.open("broader", &attributes);
                out.leaf("name", &[], country);
                out.close();
            }
            None => out.empty("broader", &attributes),
        }
    }
    if let Some(point) = place.point.filter(|_| has_details) {
        out.open("geoAreaDetails", &[]);
        out.empty("position", &[("latitude", &point.latitude.to_string()), ("longitude", &point.longitude.to_string())]);
        out.close();
    }
    out.close();
}

/// Copy and pictures as a page: the picture that opens the story, the copy, the gallery.
fn content_set(out: &mut Writer, item: &NewsItem, writing: &Writing<'_>) {
    if item.body.is_empty() && item.associations.is_empty() {
        return;
    }
    let words = item.n_words().to_string();
    out.open("contentSet", &[]);
    out.open("inlineXML", &[("contenttype", "application/xhtml+xml"), ("wordcount", &words)]);
    out.open("html", &[("xmlns", XHTML), ("xml:lang", item.lang.as_str()), ("dir", item.lang.direction().as_str())]);
    out.open("head", &[]);
    out.leaf("title", &[], item.headline.as_str());
    out.close();
    out.open("body", &[]);
    let n_before = item.associations.iter().take_while(|association| association.role == AssociationRole::Feature).count();
    let (before, after) = item.associations.split_at(n_before);
    pictures(out, before, writing);
    out.open("section", &[("class", "copy")]);
    out.raw(&from_blocks_at(&item.body, Some(writing.base_url)));
    out.close();
    pictures(out, after, writing);
    for _ in ["body", "html", "inlineXML", "contentSet"] {
        out.close();
    }
}

fn pictures(out: &mut Writer, associations: &[courant_news::Association], writing: &Writing<'_>) {
    for association in associations {
        let class = match association.role {
            AssociationRole::Feature => "feature",
            AssociationRole::Gallery => "gallery",
        };
        let figure = Block::Figure(Figure { picture: association.picture.clone() });
        out.open("aside", &[("class", class)]);
        out.raw(&from_blocks_at(&[figure], Some(writing.base_url)));
        out.close();
    }
}
