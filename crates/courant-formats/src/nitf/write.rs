//! From a news item to NITF 3.6.

use courant_news::{Association, AssociationRole, Block, Inline, List, NewsItem, Notice, Picture, PubStatus, Quote, Table};
use jiff::Timestamp;

use crate::html::escape;
use crate::ninjs::{Audience, Writing, advisory};
use crate::xml::Writer;

const NAMESPACE: &str = "http://iptc.org/std/NITF/2006-10-18/";
const VERSION: &str = "-//IPTC//DTD NITF 3.6//EN";

/// An item as a NITF 3.6 document, valid against the IPTC's schema.
///
/// NITF says less than Courant knows: dossiers, points and time zones of places, and all corrections but that of this version
/// are left out. Read again, the words of headline, lead and copy, the names, codes and times are the same.
pub fn write(item: &NewsItem, writing: &Writing<'_>) -> String {
    let mut out = Writer::new();
    begin(&mut out, item.lang.as_str());
    head(&mut out, item, writing);
    out.open("body", &[]);
    body_head(&mut out, item);
    out.open("body.content", &[]);
    let mut copy = Copy { markup: String::new(), writing };
    for association in item.associations.iter().filter(|association| association.role == AssociationRole::Feature) {
        copy.association(association);
    }
    for block in &item.body {
        copy.block(block);
    }
    for association in item.associations.iter().filter(|association| association.role == AssociationRole::Gallery) {
        copy.association(association);
    }
    if !copy.markup.is_empty() {
        out.raw(copy.markup.trim_end());
    }
    out.finish()
}

/// A notice of a hold, a kill or a takedown that moved at `moved_at` as a NITF 3.6 document. It carries no copy.
pub fn write_notice(notice: &Notice, moved_at: Timestamp, writing: &Writing<'_>) -> String {
    let mut out = Writer::new();
    begin(&mut out, notice.lang.as_str());
    out.open("head", &[]);
    let headline = notice.headline.as_ref().map_or_else(|| "Withdrawn".to_owned(), ToString::to_string);
    out.leaf("title", &[], &headline);
    out.empty("meta", &[("name", "generator"), ("content", "Courant")]);
    out.empty("meta", &[("name", "section"), ("content", notice.section.as_str())]);
    out.open("docdata", &[("management-status", notice.pub_status.as_str())]);
    identity(&mut out, notice.guid.as_str(), notice.version.number(), notice.slugline.as_ref().map(courant_news::Slugline::as_str));
    out.empty("urgency", &[("ed-urg", "1")]);
    out.empty("date.issue", &[("norm", &norm(moved_at))]);
    out.empty("ed-msg", &[("info", notice.reason.as_str())]);
    if writing.audience == Audience::Client {
        out.empty("ed-msg", &[("info", &advisory(notice))]);
    }
    out.close();
    out.close();
    out.open("body", &[]);
    out.open("body.head", &[]);
    headline_of(&mut out, &headline);
    out.finish()
}

fn begin(out: &mut Writer, lang: &str) {
    out.open("nitf", &[("xmlns", NAMESPACE), ("version", VERSION), ("baselang", lang)]);
}

/// An instant in the basic form of ISO 8601, as NITF asks for it.
fn norm(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%S%.fZ").to_string()
}

fn head(out: &mut Writer, item: &NewsItem, writing: &Writing<'_>) {
    out.open("head", &[]);
    out.leaf("title", &[], item.headline.as_str());
    out.empty("meta", &[("name", "generator"), ("content", "Courant")]);
    out.empty("meta", &[("name", "section"), ("content", item.section.as_str())]);
    if let Some(slugline) = &item.slugline {
        out.empty("meta", &[("name", "slugline"), ("content", slugline.as_str())]);
    }
    tobject(out, item);
    docdata(out, item, writing);
    out.close();
}

fn tobject(out: &mut Writer, item: &NewsItem) {
    out.open("tobject", &[("tobject.type", "news")]);
    if let Some(genre) = &item.genre {
        out.empty("tobject.property", &[("tobject.property.type", genre.as_str())]);
    }
    for subject in &item.subjects {
        if let Some(number) = refnum(subject.uri()) {
            out.empty("tobject.subject", &[("tobject.subject.refnum", number), ("tobject.subject.detail", subject.name())]);
        }
    }
    out.close();
}

/// The number of a subject, if NITF's scheme knows it: of a Subject Code, or of a Media Topic at the top, which has the same.
fn refnum(uri: &str) -> Option<&str> {
    let is_number = |number: &&str| number.len() == 8 && number.bytes().all(|byte| byte.is_ascii_digit());
    let of_subject = || uri.strip_prefix("subj:").filter(is_number).filter(|number| !number.ends_with("000000"));
    let of_top = || uri.strip_prefix("medtop:").filter(is_number).filter(|number| number.ends_with("000000") && *number < "18");
    of_subject().or_else(of_top)
}

fn docdata(out: &mut Writer, item: &NewsItem, writing: &Writing<'_>) {
    let status = match (item.pub_status, item.embargo) {
        (PubStatus::Usable, Some(_)) => "embargoed",
        (status, _) => status.as_str(),
    };
    let mut attributes = vec![("management-status", status)];
    if let Some(earlier) = &item.evolved_from {
        attributes.extend([("management-doc-idref", earlier.as_str()), ("management-idref-status", "usable")]);
    }
    out.open("docdata", &attributes);
    if let Some(correction) = item.corrections.last().filter(|correction| correction.version == item.version) {
        out.empty("correction", &[("info", correction.reason.as_str()), ("id-string", item.guid.as_str())]);
    }
    identity(out, item.guid.as_str(), item.version.number(), item.slugline.as_ref().map(courant_news::Slugline::as_str));
    out.empty("urgency", &[("ed-urg", &item.urgency.number().to_string())]);
    out.empty("date.issue", &[("norm", &norm(item.times.version_created_at))]);
    if let Some(until) = item.embargo {
        out.empty("date.release", &[("norm", &norm(until))]);
    }
    if let Some(ednote) = item.ednote.as_ref().filter(|_| writing.audience == Audience::Client) {
        out.empty("ed-msg", &[("info", ednote.as_str())]);
    }
    if let Some(holder) = &item.rights.copyright_holder {
        out.empty("doc.copyright", &[("holder", holder)]);
    }
    if let Some(terms) = &item.rights.usage_terms {
        out.empty("doc.rights", &[("limitations", terms)]);
    }
    if !item.keywords.is_empty() {
        out.open("key-list", &[]);
        for keyword in &item.keywords {
            out.empty("keyword", &[("key", keyword.as_str())]);
        }
        out.close();
    }
    identified(out, item);
    out.close();
}

fn identity(out: &mut Writer, guid: &str, version: u32, slugline: Option<&str>) {
    out.empty("doc-id", &[("id-string", guid)]);
    let version = version.to_string();
    let key = slugline.map(|slugline| ("key", slugline));
    let attributes: Vec<(&str, &str)> = std::iter::once(("version", version.as_str())).chain(key).collect();
    out.empty("du-key", &attributes);
}

fn identified(out: &mut Writer, item: &NewsItem) {
    let others = || item.subjects.iter().filter(|subject| refnum(subject.uri()).is_none());
    if item.people.is_empty() && item.organisations.is_empty() && item.places.is_empty() && others().next().is_none() {
        return;
    }
    out.open("identified-content", &[]);
    for (name, entities) in [("person", &item.people), ("org", &item.organisations)] {
        for entity in entities {
            let code = entity.uri.as_deref().map(|code| ("value", code));
            out.leaf(name, &code.into_iter().collect::<Vec<_>>(), &entity.name);
        }
    }
    for place in &item.places {
        location(out, place);
    }
    for subject in others() {
        out.leaf("classifier", &[("type", "subject"), ("value", subject.uri())], subject.name());
    }
    out.close();
}

fn location(out: &mut Writer, place: &courant_news::Place) {
    out.open("location", &[]);
    out.leaf("city", &[], &place.name);
    if place.country.is_some() || place.country_code.is_some() {
        let code = place.country_code.as_deref().map(|code| ("iso-cc", code));
        out.leaf("country", &code.into_iter().collect::<Vec<_>>(), place.country.as_deref().unwrap_or_default());
    }
    out.close();
}

fn headline_of(out: &mut Writer, headline: &str) {
    out.open("hedline", &[]);
    out.leaf("hl1", &[], headline);
    out.close();
}

fn body_head(out: &mut Writer, item: &NewsItem) {
    out.open("body.head", &[]);
    headline_of(out, item.headline.as_str());
    out.maybe("rights", &[], item.rights.copyright_notice.as_deref());
    for byline in &item.bylines {
        out.open("byline", &[]);
        out.leaf("person", &[], &byline.name);
        out.maybe("byttl", &[], byline.role.as_deref());
        out.close();
    }
    out.maybe("distributor", &[], item.source.as_ref().map(courant_news::SourceName::as_str));
    if let Some(dateline) = &item.dateline {
        out.open("dateline", &[]);
        location(out, &dateline.place);
        out.leaf("story.date", &[("norm", &norm(dateline.filed_at))], &dateline.date().to_string());
        out.close();
    }
    if let Some(lead) = &item.lead {
        out.open("abstract", &[]);
        out.leaf("p", &[], lead.as_str());
        out.close();
    }
    out.close();
}

/// Copy as the mark-up of NITF.
struct Copy<'w> {
    markup: String,
    writing: &'w Writing<'w>,
}

impl Copy<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(run) => self.line("p", run),
            Block::SubHead(run) => self.line("hl2", run),
            Block::Correction(run) => {
                self.markup.push_str("<p class=\"correction\">");
                self.run(run);
                self.markup.push_str("</p>");
            }
            Block::Quote(quote) => self.quote(quote),
            Block::List(list) => self.list(list),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.picture(&figure.picture),
        }
        self.markup.push('\n');
    }

    fn association(&mut self, association: &Association) {
        self.picture(&association.picture);
        self.markup.push('\n');
    }

    fn quote(&mut self, quote: &Quote) {
        self.markup.push_str("<bq><block>");
        for paragraph in &quote.paragraphs {
            self.line("p", paragraph);
        }
        self.markup.push_str("</block>");
        if let Some(speaker) = &quote.speaker {
            self.words("credit", speaker);
        }
        self.markup.push_str("</bq>");
    }

    fn list(&mut self, list: &List) {
        self.markup.push_str(if list.numbered { "<ol>" } else { "<ul>" });
        for line in &list.lines {
            self.line("li", line);
        }
        self.markup.push_str(if list.numbered { "</ol>" } else { "</ul>" });
    }

    fn table(&mut self, table: &Table) {
        self.markup.push_str("<table>");
        if let Some(caption) = &table.caption {
            self.words("caption", caption);
        }
        if !table.head.is_empty() {
            self.markup.push_str("<thead>");
            self.row("th", &table.head);
            self.markup.push_str("</thead>");
        }
        if !table.rows.is_empty() {
            self.markup.push_str("<tbody>");
            for row in &table.rows {
                self.row("td", row);
            }
            self.markup.push_str("</tbody>");
        }
        self.markup.push_str("</table>");
    }

    fn row(&mut self, cell: &str, cells: &[Vec<Inline>]) {
        self.markup.push_str("<tr>");
        for words in cells {
            self.line(cell, words);
        }
        self.markup.push_str("</tr>");
    }

    fn picture(&mut self, picture: &Picture) {
        self.markup.push_str("<media media-type=\"image\">");
        for file in &picture.renditions {
            self.markup.push_str("<media-reference");
            let (width, height) = (file.width.to_string(), file.height.to_string());
            let source = self.writing.absolute(&file.href);
            for (name, value) in [
                ("source", source.as_str()),
                ("mime-type", file.media_type.as_ref()),
                ("width", width.as_str()),
                ("height", height.as_str()),
                ("units", "pixels"),
                ("alternate-text", picture.alt.as_ref()),
            ] {
                self.attribute(name, value);
            }
            if let Some(notice) = &picture.copyright_notice {
                self.attribute("copyright", notice);
            }
            self.markup.push_str("/>");
        }
        self.words("media-caption", &picture.caption);
        self.words("media-producer", &picture.credit);
        self.markup.push_str("</media>");
    }

    fn run(&mut self, run: &[Inline]) {
        for inline in run {
            match inline {
                Inline::Text(words) => escape(words, &mut self.markup),
                Inline::Emphasis(run) => self.line("em", run),
                Inline::Strong(run) => {
                    self.markup.push_str("<em class=\"strong\">");
                    self.run(run);
                    self.markup.push_str("</em>");
                }
                Inline::Link { href, words } => {
                    let href = self.writing.absolute(href);
                    self.markup.push_str("<a");
                    self.attribute("href", &href);
                    self.markup.push('>');
                    self.run(words);
                    self.markup.push_str("</a>");
                }
                Inline::Money(money) => {
                    self.markup.push_str("<money");
                    self.attribute("unit", &money.currency);
                    self.markup.push('>');
                    escape(&money.words, &mut self.markup);
                    self.markup.push_str("</money>");
                }
                Inline::Time { words, at } => {
                    self.markup.push_str("<chron");
                    self.attribute("norm", &norm(*at));
                    self.markup.push('>');
                    escape(words, &mut self.markup);
                    self.markup.push_str("</chron>");
                }
                Inline::Break => self.markup.push_str("<br/>"),
            }
        }
    }

    fn line(&mut self, name: &str, run: &[Inline]) {
        self.markup.push('<');
        self.markup.push_str(name);
        self.markup.push('>');
        self.run(run);
        self.markup.push_str("</");
        self.markup.push_str(name);
        self.markup.push('>');
    }

    fn words(&mut self, name: &str, words: &str) {
        self.line(name, &[Inline::Text(words.into())]);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.markup.push(' ');
        self.markup.push_str(name);
        self.markup.push_str("=\"");
        escape(value, &mut self.markup);
        self.markup.push('"');
    }
}
