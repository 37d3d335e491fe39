//! From a NITF document to a news item.

use courant_news::{Block, CorrectionKind, EdNote, Inline, PubStatus, Signal, slugify};

use crate::encoding::decode;
use crate::filing::subject_code;
use crate::findings::Findings;
use crate::html::Context;
use crate::incoming::{Arrival, Content, Incoming, Position, Problem, Reading, Refused, Repair, Withdrawal};
use crate::markup::copy_of;
use crate::told::{Concept, Said, Told, ToldCorrection, ToldFile, ToldPicture, ToldPlace, as_a_name};
use crate::xml::{Element, Tree};

/// Reads one NITF document of any edition 3.x, in any encoding.
///
/// It answers with the story or its withdrawal, and with one more withdrawal if the document withdraws another. What a
/// newsroom can live without is mended or left out with a [`Repair`]; the document is refused when it is no XML within the
/// limits of [`xml`](crate::xml), no NITF, or has no words to make a story of.
pub fn read(document: &[u8], reading: &Reading<'_>) -> Vec<Arrival> {
    let decoded = decode(document, None);
    let findings = Findings::default();
    if let Some(repair) = &decoded.repair {
        findings.mended(&"the document", "", repair.clone());
    }
    let tree = match Tree::parse(decoded.without_declaration(), &findings) {
        Ok(tree) => tree,
        Err(refused) => return vec![Arrival { at: Position::Whole, read: Err(refused) }],
    };
    let root = tree.root();
    let Some(nitf) = (if root.name() == "nitf" { Some(root) } else { root.find("nitf") }) else {
        let reason = format!("is no NITF: its first element is <{}>", root.name());
        let refused = Refused::of(Problem::new("the document", "", reason, "send one whose first element is <nitf>"));
        return vec![Arrival { at: Position::Whole, read: Err(refused) }];
    };
    let other = withdrawn_by(nitf, reading, &findings);
    let mut told = Told { lang: Said::maybe("nitf xml:lang", lang(nitf)), ..Told::default() };
    story(nitf, &mut told, reading, &findings);
    name_it(&mut told, nitf, &findings);
    let guid = told.guid.as_ref().map(|said| said.text.clone());
    let content = told.settle(&findings, reading);
    let (problems, repairs) = findings.into_parts();
    let read = match content {
        Some(content) if problems.is_empty() => Ok(Incoming { content, repairs, is_numbered: true }),
        _ => Err(Refused { guid: guid.map(Into::into), problems }),
    };
    let mut arrivals = vec![Arrival { at: Position::Whole, read }];
    arrivals.extend(other);
    arrivals
}

/// Fills in what a NITF document says. What is told already by an envelope around it stays.
pub(crate) fn story(nitf: Element<'_, '_>, told: &mut Told, reading: &Reading<'_>, findings: &Findings) {
    if let Some(head) = nitf.child("head") {
        of_head(head, told);
    }
    let Some(body) = nitf.child("body") else { return };
    if let Some(head) = body.child("body.head") {
        of_body_head(head, told);
    }
    let credit = told.copyright_holder.as_deref().or(told.source.as_ref().map(|said| said.text.as_str()));
    let context = Context { base_url: reading.base_url, credit, page_url: None };
    if let Some(copy) = body.child("body.content") {
        told.body = copy_of(copy, &context, findings);
        told.pictures.extend(pictures(copy));
    }
    if let Some(tagline) = body.at(&["body.end", "tagline"]).and_then(Element::line_of_text) {
        told.body.push(Block::Paragraph(vec![Inline::Text(tagline.into())]));
    }
}

fn lang<'d>(nitf: Element<'d, '_>) -> Option<&'d str> {
    nitf.attribute("lang").or_else(|| nitf.attribute("baselang")).or_else(|| nitf.child("body").and_then(|body| body.attribute("lang")))
}

fn meta<'d>(head: Element<'d, '_>, name: &str) -> Option<&'d str> {
    head.all("meta").find(|meta| meta.attribute("name") == Some(name)).and_then(|meta| meta.attribute("content"))
}

fn of_head(head: Element<'_, '_>, told: &mut Told) {
    let data = head.child("docdata");
    told.is_own |= meta(head, "generator") == Some("Courant");
    let data_child = |name: &str| data.and_then(|data| data.child(name));
    let data_attribute = |name: &str, attribute: &str| data_child(name).and_then(|element| element.attribute(attribute));
    let key = |text: Option<&str>, field| Said::maybe(field, text);

    told.guid = told.guid.take().or_else(|| key(data_attribute("doc-id", "id-string"), "doc-id id-string"));
    told.version = told.version.take().or_else(|| key(data_attribute("du-key", "version"), "du-key version"));
    told.urgency = told.urgency.take().or_else(|| key(data_attribute("urgency", "ed-urg"), "urgency ed-urg"));
    told.version_created = told.version_created.take().or_else(|| key(data_attribute("date.issue", "norm"), "date.issue norm"));
    of_keywords(head, data, told);
    of_rights(data, told);
    of_status(data, told);

    if let Some(object) = head.child("tobject") {
        let genre = object.children().filter_map(|property| property.attribute("tobject.property.type"));
        told.genre = told.genre.take().or_else(|| Said::maybe("tobject.property", genre.into_iter().find(|genre| *genre != "Current")));
        told.subjects.extend(object.all("tobject.subject").filter_map(subject));
    }
    for (scope, element) in data.into_iter().flat_map(Element::children).map(|element| (element.name(), element)) {
        match scope {
            "identified-content" => of_identified(element, told),
            "evloc" => told.places.extend(place(element, "evloc")),
            _ => {}
        }
    }
    let notes = data.into_iter().flat_map(|data| data.all("ed-msg")).filter_map(|note| note.attribute("info"));
    push_note(told, notes.collect::<Vec<_>>().join(" "));
    let reason = data.into_iter().flat_map(|data| data.all("correction")).find_map(|correction| correction.attribute("info"));
    if let Some(reason) = Said::maybe("correction info", reason) {
        told.signals.push(Signal::Correction);
        told.corrections.push(ToldCorrection { reason, kind: CorrectionKind::default(), of: None });
    }
    told.headline = told.headline.take().or_else(|| Said::maybe("title", head.child("title").and_then(Element::line_of_text)));
    told.source = told.source.take().or_else(|| {
        let of_list = || data_child("del-list").and_then(|list| list.child("from-src")).and_then(|source| source.attribute("src-name"));
        Said::maybe("doc-id regsrc", meta(head, "aap-source").or_else(|| data_attribute("doc-id", "regsrc")).or_else(of_list))
    });
}

fn of_keywords(head: Element<'_, '_>, data: Option<Element<'_, '_>>, told: &mut Told) {
    let list = data.and_then(|data| data.child("key-list"));
    let words: Vec<&str> = list.into_iter().flat_map(|list| list.all("keyword")).filter_map(|word| word.attribute("key")).collect();
    let only = if let [only] = words.as_slice() { Some(*only) } else { None };
    let key = data.and_then(|data| data.child("du-key")).and_then(|key| key.attribute("key"));
    let elsewhere = || meta(head, "anpa-keyword").or(only).or(key);
    let slugline = meta(head, "slugline").or_else(|| if told.is_own { None } else { elsewhere() });
    told.slugline = told.slugline.take().or_else(|| Said::maybe("keyword key", slugline));
    told.keywords.extend(words.into_iter().map(|word| Said::new("keyword key", word)));
    if told.section.is_none() {
        told.section = Said::maybe("meta section", meta(head, "section"));
    }
}

fn of_rights(data: Option<Element<'_, '_>>, told: &mut Told) {
    let Some(data) = data else { return };
    if let Some(copyright) = data.child("doc.copyright") {
        let holder = copyright.attribute("holder").map(str::to_owned);
        told.copyright_holder = told.copyright_holder.take().or(holder);
    }
    if let Some(rights) = data.child("doc.rights") {
        let terms = [rights.attribute("type"), rights.attribute("limitations")];
        let terms = terms.into_iter().flatten().collect::<Vec<_>>().join(" ");
        told.usage_terms = told.usage_terms.take().or_else(|| (!terms.is_empty()).then_some(terms));
    }
}

fn of_status(data: Option<Element<'_, '_>>, told: &mut Told) {
    let Some(data) = data else { return };
    let release = data.child("date.release").and_then(|date| date.attribute("norm"));
    let issue = data.child("date.issue").and_then(|date| date.attribute("norm"));
    let status = data.attribute("management-status").map(str::to_ascii_lowercase);
    match status.as_deref() {
        Some("embargoed") => told.embargo = Some(Said::new("date.release norm", release.unwrap_or_default())),
        // A release after the issue is an embargo, whatever the status says.
        None | Some("usable") if release != issue => {
            told.embargo = told.embargo.take().or_else(|| Said::maybe("date.release norm", release));
        }
        Some("withheld") => told.pub_status = Some(PubStatus::Withheld),
        Some("canceled" | "cancelled" | "killed") => told.pub_status = Some(PubStatus::Canceled),
        _ => {}
    }
    if told.pub_status.is_some() && told.reason.is_none() {
        let note = data.child("ed-msg").and_then(|note| note.attribute("info"));
        told.reason = Said::maybe("ed-msg info", note);
    }
    if let Some(other) = data.attribute("management-doc-idref")
        && status_of(data.attribute("management-idref-status")).is_none()
    {
        told.evolved_from = told.evolved_from.take().or_else(|| Some(Said::new("docdata management-doc-idref", other)));
    }
}

fn status_of(text: Option<&str>) -> Option<PubStatus> {
    match text?.to_ascii_lowercase().as_str() {
        "withheld" => Some(PubStatus::Withheld),
        "canceled" | "cancelled" | "killed" => Some(PubStatus::Canceled),
        _ => None,
    }
}

/// The other document that this one withdraws.
fn withdrawn_by(nitf: Element<'_, '_>, reading: &Reading<'_>, findings: &Findings) -> Option<Arrival> {
    let data = nitf.at(&["head", "docdata"])?;
    let other = data.attribute("management-doc-idref")?;
    let pub_status = status_of(data.attribute("management-idref-status"))?;
    let told = Told {
        guid: Some(Said::new("docdata management-doc-idref", other)),
        pub_status: Some(pub_status),
        version_created: Some(Said::new("the clock", reading.now.to_string())),
        ..Told::default()
    };
    let content = told.settle(findings, reading)?;
    let content = match content {
        Content::Withdrawal(withdrawal) => Content::Withdrawal(Box::new(Withdrawal { item: None, ..*withdrawal })),
        story @ Content::Story(_) => story,
    };
    let repairs: Vec<Repair> = Vec::new();
    Some(Arrival { at: Position::Path("docdata management-doc-idref".into()), read: Ok(Incoming { content, repairs, is_numbered: true }) })
}

fn of_body_head(head: Element<'_, '_>, told: &mut Told) {
    let headline = head.at(&["hedline", "hl1"]).or_else(|| head.child("hedline")).and_then(Element::line_of_text);
    if let Some(headline) = Said::maybe("hl1", headline) {
        told.headline = Some(headline);
    }
    let lead = head.child("abstract").and_then(Element::line_of_text);
    told.lead = told.lead.take().or_else(|| Said::maybe("abstract", lead));
    for byline in head.all("byline") {
        of_byline(byline, told);
    }
    let distributor = head.child("distributor").and_then(Element::line_of_text);
    told.source = Said::maybe("distributor", distributor).or(told.source.take());
    if let Some(dateline) = head.child("dateline") {
        of_dateline(dateline, told);
    }
    for note in head.all("note") {
        push_note(told, note.line_of_text().unwrap_or_default());
    }
    if let Some(rights) = head.child("rights").and_then(Element::line_of_text) {
        told.copyright_notice = told.copyright_notice.take().or(Some(rights));
    }
}

fn push_note(told: &mut Told, note: String) {
    let Some(note) = Said::maybe("ed-msg info", Some(note)) else { return };
    match &mut told.ednote {
        Some(before) if EdNote::CHARS_MAX < before.text.len() || before.text.contains(&note.text) => {}
        Some(before) => {
            before.text.push(' ');
            before.text.push_str(&note.text);
        }
        None => told.ednote = Some(note),
    }
}

fn of_byline(byline: Element<'_, '_>, told: &mut Told) {
    let role = byline.child("byttl").and_then(Element::line_of_text);
    let person = byline.child("person").and_then(Element::line_of_text);
    let whole = byline.line_of_text().unwrap_or_default();
    let printed = match (&person, &role) {
        (Some(person), _) => person.clone(),
        (None, Some(role)) => whole.strip_suffix(role.as_str()).unwrap_or(&whole).trim().to_owned(),
        (None, None) => whole.clone(),
    };
    // A title alone is who signs.
    let (printed, role) = if printed.is_empty() { (whole, None) } else { (printed, role) };
    match role {
        Some(role) => {
            let name = ["By ", "BY ", "by "].iter().find_map(|by| printed.strip_prefix(by)).unwrap_or(&printed);
            told.bylines.push((Said::new("byline", name), Some(role)));
        }
        None if person.is_some() || !told.bylines.is_empty() => told.bylines.push((Said::new("byline", printed), None)),
        None => match &mut told.printed_byline {
            Some(before) => {
                before.text.push_str("; ");
                before.text.push_str(&printed);
            }
            None => told.printed_byline = Said::maybe("byline", Some(printed)),
        },
    }
}

fn of_dateline(dateline: Element<'_, '_>, told: &mut Told) {
    if let Some(location) = dateline.child("location") {
        told.located = told.located.take().or_else(|| place(location, "dateline location"));
    }
    let date = dateline.child("story.date").and_then(|date| date.attribute("norm"));
    told.filed_at = told.filed_at.take().or_else(|| Said::maybe("story.date norm", date));
    told.printed_dateline = told.printed_dateline.take().or_else(|| Said::maybe("dateline", dateline.line_of_text()));
}

/// A place with its parts as elements or as attributes, or as words.
fn place(element: Element<'_, '_>, field: &'static str) -> Option<ToldPlace> {
    let part = |names: [&str; 2]| {
        names
            .iter()
            .find_map(|name| element.child(name).and_then(Element::line_of_text).or_else(|| element.attribute(name).map(str::to_owned)))
    };
    let code = element.attribute("iso-cc").or_else(|| element.child("country").and_then(|country| country.attribute("iso-cc")));
    let country = part(["country", "country"]);
    let (city, state) = (part(["city", "sublocation"]), part(["state", "state-prov"]));
    let named = city.or(state).or_else(|| part(["region", "county-dist"])).or_else(|| country.clone());
    let name = named.or_else(|| element.line_of_text())?;
    let country = country.filter(|country| *country != name);
    let country_code = code.filter(|code| code.len() == 2).map(str::to_owned);
    Some(ToldPlace { field, name: as_a_name(&name), country, country_code, ..ToldPlace::default() })
}

fn subject(element: Element<'_, '_>) -> Option<Concept> {
    let code = element.attribute("tobject.subject.refnum").and_then(subject_code)?;
    let names = ["tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type"];
    let name = names.iter().find_map(|name| element.attribute(name)).map(str::to_owned);
    // The names of Media Topics are known, and better than what a sender types.
    let name = name.filter(|_| code.starts_with("subj:"));
    Some(Concept { field: "tobject.subject.refnum", code: Some(code), name })
}

fn of_identified(element: Element<'_, '_>, told: &mut Told) {
    for thing in element.children() {
        let code = thing.attribute("value").or_else(|| thing.attribute("location-code")).map(str::to_owned);
        let concept = |field| thing.line_of_text().map(|name| Concept { field, code: code.clone(), name: Some(name) });
        match thing.name() {
            "person" => told.people.extend(concept("identified-content person")),
            "org" => told.organisations.extend(concept("identified-content org")),
            "location" => told.places.extend(place(thing, "identified-content location")),
            "classifier" if thing.attribute("type") == Some("subject") => told.subjects.extend(concept("identified-content classifier")),
            "classifier" | "event" | "object.title" => {
                told.keywords.extend(Said::maybe(
                    "identified-content",
                    thing.attribute("value").map(str::to_owned).or_else(|| thing.line_of_text()),
                ));
            }
            _ => {}
        }
    }
}

/// The pictures inside the copy.
fn pictures(copy: Element<'_, '_>) -> Vec<ToldPicture> {
    let mut pictures = Vec::new();
    for element in copy.children() {
        match element.name() {
            "media" if element.attribute("media-type").is_none_or(|kind| kind == "image") => {
                let side =
                    |file: Element<'_, '_>, name: &str| file.attribute(name).and_then(|side| side.trim_end_matches("px").parse().ok());
                let files = element.all("media-reference").filter_map(|file| {
                    Some(ToldFile {
                        href: file.attribute("source")?.to_owned(),
                        media_type: file.attribute("mime-type").map(str::to_owned),
                        width: side(file, "width"),
                        height: side(file, "height"),
                    })
                });
                pictures.push(ToldPicture {
                    field: "media",
                    caption: element.child("media-caption").and_then(Element::line_of_text),
                    credit: element.child("media-producer").and_then(Element::line_of_text),
                    alt: element.all("media-reference").find_map(|file| file.attribute("alternate-text")).map(str::to_owned),
                    files: files.collect(),
                    ..ToldPicture::default()
                });
            }
            "block" => pictures.extend(self::pictures(element)),
            _ => {}
        }
    }
    pictures
}

/// A name for a document that has none: of who sent it, when, and its headline, so that it is the same each time.
fn name_it(told: &mut Told, nitf: Element<'_, '_>, findings: &Findings) {
    if told.guid.is_some() {
        return;
    }
    let data = nitf.at(&["head", "docdata"]);
    let sender = data.and_then(|data| data.child("doc-id")).and_then(|id| id.attribute("regsrc"));
    let sender = sender.or(told.copyright_holder.as_deref()).or(told.source.as_ref().map(|said| said.text.as_str()));
    let parts =
        [sender, told.version_created.as_ref().map(|said| said.text.as_str()), told.headline.as_ref().map(|said| said.text.as_str())];
    let [Some(sender), Some(time), Some(headline)] = parts.map(|part| part.and_then(slugify)) else { return };
    let made = format!("courant:made/{sender}/{time}/{headline}");
    findings.mended(&"doc-id id-string", "", format!("is missing; made of sender, time and headline: {made}"));
    told.guid = Some(Said::new("doc-id id-string", made));
}
