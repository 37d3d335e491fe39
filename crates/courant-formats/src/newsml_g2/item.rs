//! From one item to what it tells.

use courant_news::{AssociationRole, Block, CorrectionKind, ItemType, PubStatus, Signal, Version, plain_text};
use percent_encoding::percent_decode_str;

use super::concept::{Catalogue, Concepts, best, name_of, tail};
use super::{CORRECTION, CORRECTIVE, DOSSIER, OWN, PLACE, SECTION};
use crate::findings::Findings;
use crate::html::{self, Context};
use crate::incoming::{Problem, Reading, Repair};
use crate::markup::copy_of;
use crate::told::{Concept, Said, Told, ToldCorrection, ToldFile, ToldPicture, ToldPlace};
use crate::xml::Element;
use crate::{instant, nitf};

/// How many notes to editors are read.
const NOTES_MAX: usize = 200;
/// What one agency writes where it has nothing to say.
const NO_DATA: &str = "No-Data-Available";

/// One item on its way to what it tells.
struct Teller<'d, 't, 'c> {
    item: Element<'d, 't>,
    catalogue: Catalogue<'d>,
    concepts: &'c Concepts,
    lang: Option<&'d str>,
}

/// Fills in what an item says.
pub(super) fn tell(item: Element<'_, '_>, concepts: &Concepts, told: &mut Told, reading: &Reading<'_>, findings: &Findings) {
    let content = item.child("contentMeta");
    let language = content.and_then(|content| content.child("language")).and_then(|language| language.attribute("tag"));
    let lang = language.or_else(|| item.attribute("lang")).or_else(|| content.and_then(|content| content.attribute("lang")));
    let teller = Teller { item, catalogue: Catalogue::of(item), concepts, lang };
    told.is_own = teller.catalogue.is_own;
    told.guid = Said::maybe("guid", item.attribute("guid"));
    told.version = Said::maybe("version", item.attribute("version"));
    told.lang = Said::maybe("xml:lang", lang);
    teller.rights(told);
    if let Some(meta) = item.child("itemMeta") {
        teller.item_meta(meta, told, findings);
    }
    if let Some(meta) = content {
        teller.content_meta(meta, told);
    }
    if let Some(set) = item.child("contentSet") {
        teller.content_set(set, told, reading, findings);
    }
    if told.version_created.is_none() {
        told.version_created = Said::maybe("versionCreated", content.and_then(|content| text_of(content, "contentModified")));
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn text_of(element: Element<'_, '_>, name: &str) -> Option<String> {
    element.child(name).and_then(Element::line_of_text)
}

/// The role of an element, without its scheme: `summary` of `drol:summary`.
fn role<'d>(element: Element<'d, '_>) -> &'d str {
    let role = element.attribute("role").unwrap_or_default();
    if role.starts_with(OWN) { role } else { role.rsplit([':', '/']).next().unwrap_or(role) }
}

impl<'d, 't> Teller<'d, 't, '_> {
    /// The words of the best of several elements of one name.
    fn best_text(&self, parent: Element<'d, 't>, name: &str) -> Option<String> {
        best(parent.all(name), self.lang).and_then(Element::line_of_text)
    }

    /// The name of a party or a concept: its name, its literal, or what a conceptItem calls its code.
    fn name(&self, element: Element<'d, 't>) -> Option<String> {
        let known = || self.catalogue.code_of(element).and_then(|code| self.concepts.name_of(&code).map(str::to_owned));
        name_of(element, self.lang).or_else(known).or_else(|| element.attribute("literal").map(str::to_owned))
    }

    fn rights(&self, told: &mut Told) {
        let Some(rights) = self.item.child("rightsInfo") else { return };
        told.copyright_holder = rights.child("copyrightHolder").and_then(|holder| self.name(holder));
        told.copyright_notice = self.best_text(rights, "copyrightNotice");
        told.usage_terms = self.best_text(rights, "usageTerms");
    }

    fn item_meta(&self, meta: Element<'d, 't>, told: &mut Told, findings: &Findings) {
        told.version_created = Said::maybe("versionCreated", text_of(meta, "versionCreated"));
        told.first_created = Said::maybe("firstCreated", text_of(meta, "firstCreated"));
        told.item_type = meta.child("itemClass").and_then(tail).map_or(ItemType::Text, |class| item_type(class, findings));
        told.headline = Said::maybe("itemMeta title", self.best_text(meta, "title"));
        if !told.is_own {
            let provider = meta.child("provider");
            told.source =
                Said::maybe("provider", provider.and_then(|provider| self.name(provider).or_else(|| tail(provider).map(str::to_owned))));
        }
        notes(meta, told);
        status(meta, told, findings);
        embargo(meta, told, findings);
        for property in meta.all("itemMetaExtProperty") {
            own_property(property, told);
        }
    }

    fn content_meta(&self, meta: Element<'d, 't>, told: &mut Told) {
        told.urgency = Said::maybe("urgency", text_of(meta, "urgency"));
        told.filed_at = Said::maybe("contentCreated", text_of(meta, "contentCreated"));
        if told.version_created.is_none() {
            told.version_created.clone_from(&told.filed_at);
        }
        let slugline = best(meta.all("slugline"), self.lang).and_then(Element::line_of_text);
        told.slugline = Said::maybe("slugline", slugline);
        self.headlines(meta, told);
        let descriptions = |wanted: &[&str]| {
            let of_role = |description: &Element<'_, '_>| wanted.contains(&role(*description));
            best(meta.all("description").filter(of_role), self.lang).and_then(Element::line_of_text)
        };
        told.lead = Said::maybe("description", descriptions(&["summary", "teaser", "abstract", "lead", "short", ""]));
        let is_copy = told.item_type == ItemType::Text;
        if told.lead.is_none() && !is_copy {
            told.lead = Said::maybe("description", descriptions(&["caption", "text"]));
        }
        let genre = meta.all("genre").find_map(|genre| self.name(genre).or_else(|| tail(genre).map(str::to_owned)));
        told.genre = Said::maybe("genre", genre);
        self.signatures(meta, told);
        if let Some(located) = meta.child("located").and_then(|located| self.place(located, "located")) {
            told.located = Some(located);
        }
        if !told.is_own {
            told.printed_dateline = Said::maybe("dateline", self.best_text(meta, "dateline"));
        }
        told.keywords = meta.all("keyword").filter_map(|word| Said::maybe("keyword", word.line_of_text())).collect();
        for subject in meta.all("subject") {
            self.subject(subject, told);
        }
        for source in meta.all("infoSource") {
            if source.attribute("role") == Some("courant:source") {
                told.source = Said::maybe("infoSource", self.name(source));
            }
        }
        if told.source.is_none() && !told.is_own {
            told.source = Said::maybe("creditline", self.best_text(meta, "creditline"));
        }
    }

    /// The headline without a role, or the first; a short one apart.
    fn headlines(&self, meta: Element<'d, 't>, told: &mut Told) {
        let is_short = |headline: &Element<'_, '_>| role(*headline) == "courant:headline/short";
        let is_main = |headline: &Element<'_, '_>| matches!(role(*headline), "" | "main" | "headline" | "title");
        let main = best(meta.all("headline").filter(is_main), self.lang)
            .or_else(|| best(meta.all("headline").filter(|headline| !is_short(headline)), self.lang));
        if let Some(main) = Said::maybe("headline", main.and_then(Element::line_of_text)) {
            told.headline = Some(main);
        }
        told.headline_short =
            Said::maybe("headline", best(meta.all("headline").filter(is_short), self.lang).and_then(Element::line_of_text));
    }

    fn signatures(&self, meta: Element<'d, 't>, told: &mut Told) {
        if told.is_own {
            for creator in meta.all("creator") {
                let note = creator.all("note").find(|note| note.attribute("role") == Some("courant:byline/role"));
                let name = Said::maybe("creator", creator.child("name").and_then(Element::line_of_text));
                told.bylines.extend(name.map(|name| (name, note.and_then(Element::line_of_text))));
            }
            return;
        }
        told.printed_byline = Said::maybe("by", self.best_text(meta, "by"));
        if told.printed_byline.is_none() {
            // A name beside the code of a person; a literal mostly repeats the agency.
            let named = meta.all("creator").filter_map(|creator| Said::maybe("creator", name_of(creator, self.lang)));
            let holder = told.copyright_holder.clone().unwrap_or_default();
            let provider = told.source.as_ref().map(|said| said.text.clone()).unwrap_or_default();
            told.bylines = named.filter(|said| said.text != holder && said.text != provider).map(|said| (said, None)).collect();
        }
    }

    fn subject(&self, subject: Element<'d, 't>, told: &mut Told) {
        let code = self.catalogue.code_of(subject).or_else(|| subject.attribute("literal").map(str::to_owned));
        if let Some(slug) = code.as_deref().and_then(|code| code.strip_prefix(SECTION)) {
            told.section = told.section.take().or_else(|| Some(Said::new("subject", decoded(slug))));
            return;
        }
        if let Some(slug) = code.as_deref().and_then(|code| code.strip_prefix(DOSSIER)) {
            told.dossiers.push(Said::new("subject", decoded(slug)));
            return;
        }
        let concept = |code| Concept { field: "subject", code, name: self.name(subject) };
        match subject.attribute("type").map(|kind| kind.rsplit([':', '/']).next().unwrap_or(kind)) {
            Some("person") => told.people.push(concept(code)),
            Some("organisation" | "organization") => told.organisations.push(concept(code)),
            Some("geoArea" | "poi") => match self.place(subject, "subject") {
                Some(place) => told.places.push(place),
                // A code without a name leads to no place, and is kept as what the story is about.
                None => told.subjects.extend(code.map(|code| concept(Some(code)))),
            },
            _ => match code {
                Some(code) => {
                    let known = subject.all("sameAs").filter_map(|same| self.catalogue.code_of(same));
                    let known = known.filter(|same| same.starts_with("medtop:") || same.starts_with("subj:"));
                    let same: Vec<String> = known.filter(|same| *same != code).collect();
                    told.subjects.push(concept(Some(code)));
                    told.subjects.extend(same.into_iter().map(|code| concept(Some(code))));
                }
                None => told.keywords.extend(Said::maybe("subject", self.name(subject))),
            },
        }
    }

    fn place(&self, element: Element<'d, 't>, field: &'static str) -> Option<ToldPlace> {
        let name = self.name(element).filter(|name| *name != NO_DATA)?;
        let own = self.catalogue.code_of(element).and_then(|code| code.strip_prefix(PLACE).map(decoded));
        let mut place = ToldPlace { field, name, slug: own, ..ToldPlace::default() };
        for broader in element.all("broader") {
            let is_country =
                broader.attribute("type").is_some_and(|kind| matches!(kind.rsplit(':').next(), Some("country" | "Country" | "5")))
                    || broader.attribute("qcode").is_some_and(|code| code.starts_with("iso3166-1a2:"));
            if is_country {
                place.country = name_of(broader, self.lang).or_else(|| broader.attribute("literal").map(str::to_owned));
                place.country_code = place.country_code.or_else(|| iso_code(broader));
            }
        }
        place.country_code = place.country_code.or_else(|| element.all("sameAs").find_map(iso_code)).or_else(|| iso_code(element));
        let position = element.at(&["geoAreaDetails", "position"]).or_else(|| element.at(&["POIDetails", "position"]));
        let degrees = |name| position.and_then(|position| position.attribute(name)).and_then(|degrees| degrees.parse::<f64>().ok());
        place.point = degrees("latitude").zip(degrees("longitude"));
        let own_facet =
            |rel| element.all("facet").find(|facet| facet.attribute("rel") == Some(rel)).and_then(|facet| facet.attribute("literal"));
        place.zone = own_facet("courant:timeZone").map(str::to_owned);
        let own_point = own_facet("courant:point").and_then(|point| point.split_once(' '));
        place.point = place.point.or_else(|| own_point.and_then(|(latitude, longitude)| latitude.parse().ok().zip(longitude.parse().ok())));
        Some(place)
    }

    fn content_set(&self, set: Element<'d, 't>, told: &mut Told, reading: &Reading<'_>, findings: &Findings) {
        let credit = told.copyright_holder.clone().or_else(|| told.source.as_ref().map(|said| said.text.clone()));
        let context = Context { base_url: reading.base_url, credit: credit.as_deref(), page_url: None };
        for inline in set.all("inlineXML").filter(|inline| inline.children().next().is_some()) {
            if !told.body.is_empty() {
                break;
            }
            if let Some(nitf) = inline.find("nitf") {
                nitf::tell(nitf, told, reading, findings);
            } else {
                xhtml(inline, told, &context, findings);
            }
        }
        if told.body.is_empty()
            && let Some(data) = set.child("inlineData")
        {
            let text = data.text();
            let kind = data.attribute("contenttype").unwrap_or_default();
            told.body = if kind.contains("html") { html::to_blocks_in(&text, &context).0 } else { html::plain_to_blocks(&text) };
        }
        if let Some(lead) = &told.lead
            && !told.is_own
            && let Some(first @ Block::Paragraph(_)) = told.body.first()
            && plain_text(std::slice::from_ref(first)) == lead.text
            && 1 < told.body.len()
        {
            told.body.remove(0);
        }
        if set.child("remoteContent").is_some() {
            self.remote(set, told);
        }
    }

    /// The files of an item that is a picture itself.
    fn remote(&self, set: Element<'d, 't>, told: &mut Told) {
        let side = |file: Element<'_, '_>, name: &str| file.attribute(name).and_then(|side| side.parse().ok());
        let files: Vec<ToldFile> = set
            .all("remoteContent")
            .filter(|file| file.attribute("contenttype").is_none_or(|kind| kind.starts_with("image/")))
            .filter_map(|file| {
                Some(ToldFile {
                    href: file.attribute("href")?.to_owned(),
                    media_type: file.attribute("contenttype").map(str::to_owned),
                    width: side(file, "width"),
                    height: side(file, "height"),
                })
            })
            .collect();
        if files.is_empty() || !matches!(told.item_type, ItemType::Picture | ItemType::Graphic) {
            return;
        }
        let meta = self.item.child("contentMeta");
        let described = |wanted: &[&str]| {
            let descriptions = meta.into_iter().flat_map(|meta| meta.all("description"));
            best(descriptions.filter(|description| wanted.contains(&role(*description))), self.lang).and_then(Element::line_of_text)
        };
        told.pictures.push(ToldPicture {
            field: "remoteContent",
            role: Some(AssociationRole::Feature),
            caption: described(&["caption", "summary", "text", ""]).or_else(|| told.headline.as_ref().map(|said| said.text.clone())),
            credit: meta.and_then(|meta| self.best_text(meta, "creditline")),
            alt: described(&["alt", "altText", "alttext"]),
            copyright_notice: told.copyright_notice.clone(),
            files,
        });
    }
}

/// Notes to editors, and what Courant writes among them.
fn notes(meta: Element<'_, '_>, told: &mut Told) {
    let mut notes: Vec<String> = Vec::new();
    let has_plain = meta.all("edNote").any(|note| note.children().next().is_none());
    for note in meta.all("edNote").take(NOTES_MAX) {
        let Some(text) = note.line_of_text() else { continue };
        let role = role(note);
        if let Some(correction) = own_correction(role, &text) {
            told.corrections.push(correction);
        } else if role == "courant:reason" {
            told.reason = Some(Said::new("edNote", text));
        } else if (note.children().next().is_none() || !has_plain) && !notes.contains(&text) {
            // A note with mark-up repeats in one piece what plain notes say one by one.
            notes.push(text);
        }
    }
    told.ednote = Said::maybe("edNote", Some(notes.join(" ")));
}

fn status(meta: Element<'_, '_>, told: &mut Told, findings: &Findings) {
    if let Some(status) = meta.child("pubStatus") {
        let code = tail(status).map(str::to_ascii_lowercase);
        match code.as_deref().map(PubStatus::parse) {
            Some(Ok(status)) => told.pub_status = Some(status),
            // Guessing could publish what must not be, or withdraw what was not.
            Some(Err(_)) => {
                let given = code.unwrap_or_default();
                findings.refuse(Problem::new("pubStatus", &given, "is unknown", "use stat:usable, stat:withheld or stat:canceled"));
            }
            None => {}
        }
    }
    let instructions = meta.all("signal").chain(meta.all("instruction"));
    for signal in instructions.filter_map(tail).map(str::to_ascii_lowercase) {
        let signal = match signal.as_str() {
            "update" | "writethru" => Signal::Update,
            "correction" | "correct" | "corrected" | "rectify" => Signal::Correction,
            "kill" | "killed" | "cancel" | "canceled" | "mandatorykill" => {
                told.pub_status = Some(PubStatus::Canceled);
                continue;
            }
            "withhold" | "hold" => {
                told.pub_status = told.pub_status.filter(|status| *status == PubStatus::Canceled).or(Some(PubStatus::Withheld));
                continue;
            }
            _ => continue,
        };
        if !told.signals.contains(&signal) {
            told.signals.push(signal);
        }
    }
    let is_withdrawn = told.pub_status.is_some_and(|status| status != PubStatus::Usable);
    if is_withdrawn && told.reason.is_none() && !told.is_own {
        told.reason = told.ednote.clone();
    }
    if told.signals.contains(&Signal::Correction) && !told.is_own {
        let of_role = meta.all("edNote").find(|note| role(*note).to_ascii_lowercase().starts_with("correction"));
        let reason = of_role.and_then(Element::line_of_text).or_else(|| told.ednote.as_ref().map(|note| note.text.clone()));
        if let Some(reason) = Said::maybe("edNote", reason) {
            told.corrections.push(ToldCorrection { reason, kind: CorrectionKind::default(), of: None });
        }
    }
}

/// By the standard an empty `embargoed` means: until the note to editors says otherwise. Without such a note it is what some
/// systems write for nothing.
fn embargo(meta: Element<'_, '_>, told: &mut Told, findings: &Findings) {
    let Some(embargoed) = meta.child("embargoed") else { return };
    told.embargo = Said::maybe("embargoed", embargoed.line_of_text());
    if told.embargo.is_some() {
        return;
    }
    if told.ednote.is_some() {
        let reason = "is empty: the story waits for what the note to editors says";
        findings.refuse(Problem::new("embargoed", "", reason, "send the instant at which it may be used"));
    } else {
        findings.repair(Repair::new("embargoed", "", "is empty and no note says until when; taken as no embargo"));
    }
}

/// Copy in XHTML. Of what Courant writes, the pictures stand beside it.
fn xhtml(inline: Element<'_, '_>, told: &mut Told, context: &Context<'_>, findings: &Findings) {
    let body = inline.find("body").unwrap_or(inline);
    if !told.is_own {
        told.body = copy_of(body, context, findings);
        return;
    }
    for part in body.children() {
        let role = match part.attribute("class") {
            Some("copy") => {
                told.body = copy_of(part, context, findings);
                continue;
            }
            Some("feature") => AssociationRole::Feature,
            Some("gallery") => AssociationRole::Gallery,
            Some(_) | None => continue,
        };
        for block in copy_of(part, context, findings) {
            if let Block::Figure(figure) = block {
                told.placed.push((role, figure.picture));
            }
        }
    }
}

fn item_type(class: &str, findings: &Findings) -> ItemType {
    match class {
        "animation" => ItemType::Video,
        class => ItemType::parse(class).unwrap_or_else(|_| {
            findings.mended(&"itemClass", class, "is a class that is not kept; taken as text");
            ItemType::Text
        }),
    }
}

/// The ISO 3166-1 code of two letters that a concept has.
fn iso_code(element: Element<'_, '_>) -> Option<String> {
    let code = element.attribute("qcode").or_else(|| element.attribute("uri"))?;
    let code = code.strip_prefix("iso3166-1a2:").or_else(|| code.split_once("iso3166-1a2/").map(|(_, code)| code))?;
    (code.len() == 2).then(|| code.to_owned())
}

fn own_property(property: Element<'_, '_>, told: &mut Told) {
    let (Some(rel), Some(value)) = (property.attribute("rel"), property.attribute("value")) else { return };
    let said = Some(Said::new("itemMetaExtProperty", value));
    match rel {
        "courant:mark" => told.mark = Some(value.to_owned()),
        "courant:updated" => told.updated = said,
        "courant:corrected" => told.corrected = said,
        "courant:signOff" => told.sign_off = said,
        "courant:evolvedFrom" => told.evolved_from = said,
        _ => {}
    }
}

/// A correction of this or an earlier version, as Courant writes it.
fn own_correction(role: &str, reason: &str) -> Option<ToldCorrection> {
    let (rest, kind) = if let Some(rest) = role.strip_prefix(CORRECTION) {
        (rest, CorrectionKind::Correction)
    } else {
        (role.strip_prefix(CORRECTIVE)?, CorrectionKind::Corrective)
    };
    let (version, at) = rest.split_once('/')?;
    let of = (Version::new(version.parse().ok()?)?, instant::exact(at)?);
    Some(ToldCorrection { reason: Said::new("edNote", reason), kind, of: Some(of) })
}
