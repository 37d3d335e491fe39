//! From a NewsML 1.x document to news items.

use courant_news::{CorrectionKind, ItemType, PubStatus, Signal};

use crate::encoding::decode;
use crate::filing::subject_code;
use crate::findings::Findings;
use crate::html::{Context, plain_to_blocks};
use crate::incoming::{Arrival, Incoming, Position, Problem, Reading, Refused};
use crate::markup::copy_of;
use crate::nitf;
use crate::told::{Concept, Said, Told, ToldCorrection, ToldFile, ToldPicture, ToldPlace, as_a_name};
use crate::xml::{Element, Tree, check_items};

/// Reads a NewsML 1.x document, in any encoding: each `NewsItem` of it is a story or a withdrawal, read or refused by itself.
///
/// What a newsroom can live without is mended or left out with a note; a document is refused when it is no XML within the
/// limits of [`xml`](crate::xml), or holds no `NewsItem`.
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
    let newsml = if root.name() == "NewsML" { Some(root) } else { root.find("NewsML") };
    let items: Vec<Element<'_, '_>> = newsml.into_iter().flat_map(|newsml| newsml.all("NewsItem")).collect();
    if let Err(refused) = check_items(items.len()) {
        return vec![Arrival { at: Position::Whole, read: Err(refused) }];
    }
    if items.is_empty() {
        let reason = format!("holds no NewsItem of NewsML 1.x: its first element is <{}>", root.name());
        let refused = Refused::of(Problem::new("the document", "", reason, "send a NewsML document with NewsItems"));
        return vec![Arrival { at: Position::Whole, read: Err(refused) }];
    }
    let sent = newsml.and_then(|newsml| newsml.at(&["NewsEnvelope", "DateAndTime"])).and_then(Element::line_of_text);
    let mut lines = tree.lines();
    let mut findings = Some(findings);
    let is_single = items.len() == 1;
    let read_one = |item: &Element<'_, '_>| {
        let at = if is_single { Position::Whole } else { Position::Line(lines.of(*item)) };
        // What was mended of the document itself is reported with its first item.
        Arrival { at, read: read_item(*item, sent.as_deref(), reading, findings.take().unwrap_or_default()) }
    };
    items.iter().map(read_one).collect()
}

fn read_item(item: Element<'_, '_>, sent: Option<&str>, reading: &Reading<'_>, findings: Findings) -> Result<Incoming, Refused> {
    let mut told = Told { lang: Said::maybe("xml:lang", item.attribute("lang")), ..Told::default() };
    of_identification(item, &mut told);
    if let Some(management) = item.child("NewsManagement") {
        of_management(management, &mut told);
    }
    if told.version_created.is_none() {
        told.version_created = Said::maybe("DateAndTime", sent);
    }
    if let Some(component) = item.child("NewsComponent") {
        of_component(component, &mut told, reading, &findings);
    }
    let guid = told.guid.as_ref().map(|said| said.text.clone());
    let content = told.settle(&findings, reading);
    let (problems, repairs) = findings.into_parts();
    match content {
        Some(content) if problems.is_empty() => Ok(Incoming { content, repairs, is_numbered: true }),
        _ => Err(Refused { guid: guid.map(Into::into), problems }),
    }
}

fn text_at(element: Element<'_, '_>, path: &[&str]) -> Option<String> {
    element.at(path).and_then(Element::line_of_text)
}

fn formal_name<'d>(element: Element<'d, '_>, path: &[&str]) -> Option<&'d str> {
    element.at(path).and_then(|found| found.attribute("FormalName"))
}

fn of_identification(item: Element<'_, '_>, told: &mut Told) {
    let part = |name: &str| text_at(item, &["Identification", "NewsIdentifier", name]);
    let made = [part("ProviderId"), part("DateId"), part("NewsItemId")];
    let made = if let [Some(provider), Some(date), Some(id)] = made { Some(format!("urn:newsml:{provider}:{date}:{id}")) } else { None };
    told.guid = Said::maybe("NewsIdentifier", made.or_else(|| part("PublicIdentifier")));
    told.version = Said::maybe("RevisionId", part("RevisionId"));
    told.slugline = Said::maybe("NameLabel", text_at(item, &["Identification", "NameLabel"]));
}

fn of_management(management: Element<'_, '_>, told: &mut Told) {
    told.version_created = Said::maybe("ThisRevisionCreated", text_at(management, &["ThisRevisionCreated"]));
    told.first_created = Said::maybe("FirstCreated", text_at(management, &["FirstCreated"]));
    told.urgency = Said::maybe("Urgency", formal_name(management, &["Urgency"]));
    let status = formal_name(management, &["Status"]).map(str::to_ascii_lowercase);
    match status.as_deref() {
        Some("embargoed") => {
            let until = text_at(management, &["StatusWillChange", "DateAndTime"]).unwrap_or_default();
            told.embargo = Some(Said::new("StatusWillChange", until));
        }
        Some("withheld") => told.pub_status = Some(PubStatus::Withheld),
        Some("canceled" | "cancelled" | "killed") => told.pub_status = Some(PubStatus::Canceled),
        Some(_) | None => {}
    }
    for instruction in management.all("Instruction").filter_map(|instruction| instruction.attribute("FormalName")) {
        match instruction.to_ascii_lowercase().as_str() {
            "kill" | "cancel" | "mandatorykill" => told.pub_status = Some(PubStatus::Canceled),
            "correction" | "correct" | "rectify" => told.signals.push(Signal::Correction),
            "update" | "writethru" => told.signals.push(Signal::Update),
            _ => {}
        }
    }
}

fn of_component(component: Element<'_, '_>, told: &mut Told, reading: &Reading<'_>, findings: &Findings) {
    let mut components = Vec::new();
    gather(component, &mut components);
    for part in &components {
        of_lines(*part, told);
        of_metadata(*part, told);
    }
    let note = told.ednote.as_ref().map(|said| said.text.clone());
    if told.signals.contains(&Signal::Correction)
        && let Some(reason) = Said::maybe("NewsLine", note.clone())
    {
        told.corrections.push(ToldCorrection { reason, kind: CorrectionKind::default(), of: None });
    }
    if told.pub_status.is_some() {
        told.reason = Said::maybe("NewsLine", note);
    }
    let holder = told.copyright_holder.clone().or_else(|| told.source.as_ref().map(|said| said.text.clone()));
    let context = Context { base_url: reading.base_url, credit: holder.as_deref(), page_url: None };
    for part in &components {
        let is_caption = formal_name(*part, &["Role"]).is_some_and(|role| role.eq_ignore_ascii_case("caption"));
        for content in part.all("ContentItem") {
            let kind = formal_name(content, &["MediaType"]).unwrap_or_default().to_ascii_lowercase();
            if told.body.is_empty() && !is_caption && matches!(kind.as_str(), "text" | "complexdata" | "") {
                of_copy(content, told, &context, reading, findings);
            }
        }
    }
    told.pictures = pictures(&components);
    let is_picture = !told.pictures.is_empty() && told.body.is_empty();
    if is_picture {
        told.item_type = ItemType::Picture;
    }
}

/// A component and those inside it, in the order of the document.
fn gather<'d, 't>(component: Element<'d, 't>, components: &mut Vec<Element<'d, 't>>) {
    components.push(component);
    for child in component.all("NewsComponent") {
        gather(child, components);
    }
}

/// The lines of the first component that has them.
fn of_lines(component: Element<'_, '_>, told: &mut Told) {
    let Some(lines) = component.child("NewsLines") else { return };
    let line = |name: &str| text_at(lines, &[name]);
    let or_before = |before: &mut Option<Said>, field, text| *before = before.take().or_else(|| Said::maybe(field, text));
    or_before(&mut told.headline, "HeadLine", line("HeadLine"));
    or_before(&mut told.printed_byline, "ByLine", line("ByLine"));
    or_before(&mut told.printed_dateline, "DateLine", line("DateLine"));
    or_before(&mut told.ednote, "NewsLine", text_at(lines, &["NewsLine", "NewsLineText"]));
    if let Some(slugline) = Said::maybe("SlugLine", line("SlugLine")) {
        told.slugline = Some(slugline);
    }
    told.keywords.extend(lines.all("KeywordLine").filter_map(|word| Said::maybe("KeywordLine", word.line_of_text())));
    told.copyright_notice = told.copyright_notice.take().or_else(|| line("CopyrightLine"));
    or_before(&mut told.source, "CreditLine", line("CreditLine"));
}

fn of_metadata(component: Element<'_, '_>, told: &mut Told) {
    if let Some(rights) = component.child("RightsMetadata") {
        let usage = text_at(rights, &["UsageRights", "UsageType"]);
        told.usage_terms = told.usage_terms.take().or(usage);
        told.copyright_holder = told.copyright_holder.take().or_else(|| text_at(rights, &["Copyright", "CopyrightHolder"]));
    }
    if let Some(provider) = component.child("AdministrativeMetadata").and_then(|data| formal_name(data, &["Provider", "Party"])) {
        told.source = Said::maybe("Provider", Some(provider));
    }
    let Some(data) = component.child("DescriptiveMetadata") else { return };
    if let Some(lang) = formal_name(data, &["Language"]) {
        told.lang = Said::maybe("Language", Some(lang));
    }
    if told.filed_at.is_none() {
        told.filed_at = Said::maybe("DateLineDate", text_at(data, &["DateLineDate"]));
    }
    let codes = data.all("SubjectCode").flat_map(Element::children).filter_map(|subject| subject.attribute("FormalName"));
    told.subjects.extend(codes.filter_map(subject_code).map(|code| Concept { field: "SubjectCode", code: Some(code), name: None }));
    let words = data.all("Property").filter(|property| property.attribute("FormalName") == Some("Keyword"));
    told.keywords.extend(words.filter_map(|word| Said::maybe("Property", word.attribute("Value"))));
    if told.genre.is_none() {
        told.genre = Said::maybe("Genre", formal_name(data, &["Genre"]));
    }
    for location in data.all("Location") {
        let Some(place) = place(location) else { continue };
        if location.attribute("HowPresent") == Some("Origin") {
            told.located = told.located.take().or(Some(place));
        } else {
            told.places.push(place);
        }
    }
}

fn place(location: Element<'_, '_>) -> Option<ToldPlace> {
    let property = |name: &str| {
        let found = location.all("Property").find(|property| property.attribute("FormalName") == Some(name));
        found.and_then(|found| found.attribute("Value")).map(str::to_owned)
    };
    let country = property("Country");
    let name = property("City").or_else(|| property("CountryArea")).or_else(|| property("WorldRegion")).or_else(|| country.clone())?;
    // A country is mostly its code of three letters, which is no name.
    let country_code = country.clone().filter(|code| code.len() == 2);
    let country = country.filter(|country| *country != name && 3 < country.len());
    Some(ToldPlace { field: "Location", name: as_a_name(&name), country, country_code, ..ToldPlace::default() })
}

fn of_copy(part: Element<'_, '_>, told: &mut Told, context: &Context<'_>, reading: &Reading<'_>, findings: &Findings) {
    let Some(data) = part.child("DataContent") else { return };
    if let Some(nitf) = data.find("nitf") {
        let headline = told.headline.take();
        nitf::tell(nitf, told, reading, findings);
        told.headline = headline.or(told.headline.take());
    } else if data.children().next().is_some() {
        told.body = copy_of(data.find("body").unwrap_or(data), context, findings);
    } else {
        told.body = plain_to_blocks(&data.text());
    }
}

/// The pictures: files of one component, or of components beside each other that are sizes of one picture.
fn pictures(components: &[Element<'_, '_>]) -> Vec<ToldPicture> {
    let caption_of = |component: Element<'_, '_>| {
        let captions = component
            .all("NewsComponent")
            .find(|part| formal_name(*part, &["Role"]).is_some_and(|role| role.eq_ignore_ascii_case("caption")));
        captions.and_then(|caption| caption.find("DataContent")).and_then(Element::line_of_text)
    };
    let mut pictures: Vec<ToldPicture> = Vec::new();
    let mut caption = None;
    let mut credit = None;
    for component in components {
        caption = caption_of(*component).or(caption);
        credit = text_at(*component, &["NewsLines", "CreditLine"]).or(credit);
        let files: Vec<ToldFile> = component.all("ContentItem").filter_map(file).collect();
        if files.is_empty() {
            continue;
        }
        match pictures.last_mut() {
            Some(last) if last.caption == caption => last.files.extend(files),
            Some(_) | None => pictures.push(ToldPicture {
                field: "ContentItem",
                caption: caption.clone(),
                credit: credit.clone(),
                files,
                ..ToldPicture::default()
            }),
        }
    }
    pictures
}

fn file(content: Element<'_, '_>) -> Option<ToldFile> {
    let kind = formal_name(content, &["MediaType"])?;
    if !matches!(kind.to_ascii_lowercase().as_str(), "photo" | "graphic") {
        return None;
    }
    let side = |name: &str| {
        let mut properties =
            content.child("Characteristics")?.all("Property").filter(|property| property.attribute("FormalName") == Some(name));
        properties.find_map(|property| property.attribute("Value").and_then(|side| side.parse().ok()))
    };
    let media_type = formal_name(content, &["MimeType"]).map(str::to_owned);
    Some(ToldFile { href: content.attribute("Href")?.to_owned(), media_type, width: side("Width"), height: side("Height") })
}
