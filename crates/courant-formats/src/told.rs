//! What a document of an agency tells of a story, in its own words, and the story that is made of it.
//!
//! Formats differ in where a thing stands, not in what a newsroom does with it. Each reader fills a [`Told`]; [`Told::settle`]
//! believes what can be believed, mends or leaves out the rest with a note, and refuses what would make a wrong story.

mod dateline;
mod picture;
mod words;

use courant_news::{
    Association, AssociationRole, Block, Byline, Correction, CorrectionKind, DossierSlug, EdNote, Entity, FieldError, Guid, Headline,
    ItemType, Keyword, Lang, Lead, NewsItem, Picture, Place, Point, PubStatus, Reason, Rights, SectionSlug, SignOff, Signal, Slugline,
    SourceName, Subject, Times, Urgency, Version,
};
use jiff::Timestamp;

use crate::filing::{branch_section, root_section};
use crate::findings::{Findings, cut};
use crate::html::one_line;
use crate::incoming::{Content, Problem, Reading, Withdrawal};
use crate::instant;
use crate::ninjs::{drop_repeated_headline, printed_bylines};

pub(crate) use dateline::as_a_name;
pub(crate) use picture::{ToldFile, ToldPicture};

/// The longest copyright notice or usage terms, in characters.
const RIGHTS_CHARS_MAX: usize = 10_000;
/// How many names, codes and words of one kind are kept.
const ENTRIES_MAX: usize = 1_000;

/// A text and the field it stood in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said {
    pub(crate) field: &'static str,
    pub(crate) text: String,
}

impl Said {
    pub(crate) fn new(field: &'static str, text: impl Into<String>) -> Self {
        Self { field, text: text.into() }
    }

    /// A text that may be missing; a blank one is.
    pub(crate) fn maybe(field: &'static str, text: Option<impl Into<String>>) -> Option<Self> {
        text.map(|text| Self::new(field, text)).filter(|said| !said.text.trim().is_empty())
    }
}

/// What one item of a document says of a story.
#[derive(Default)]
pub(crate) struct Told {
    /// Whether Courant wrote it: then nothing stands anywhere but in its own field.
    pub(crate) is_own: bool,
    pub(crate) guid: Option<Said>,
    pub(crate) version: Option<Said>,
    pub(crate) item_type: ItemType,
    /// `None` is usable.
    pub(crate) pub_status: Option<PubStatus>,
    pub(crate) signals: Vec<Signal>,
    pub(crate) urgency: Option<Said>,
    pub(crate) slugline: Option<Said>,
    pub(crate) headline: Option<Said>,
    pub(crate) headline_short: Option<Said>,
    pub(crate) lead: Option<Said>,
    pub(crate) bylines: Vec<(Said, Option<String>)>,
    /// Used when there are no bylines.
    pub(crate) printed_byline: Option<Said>,
    pub(crate) located: Option<ToldPlace>,
    /// A dateline as printed, used when no place is given: `SYDNEY March 22 AAP -`.
    pub(crate) printed_dateline: Option<Said>,
    /// Whether the copy opens with a dateline by the rules of the format, whatever its capitals.
    pub(crate) has_dateline_in_copy: bool,
    pub(crate) filed_at: Option<Said>,
    pub(crate) mark: Option<String>,
    pub(crate) body: Vec<Block>,
    pub(crate) lang: Option<Said>,
    pub(crate) section: Option<Said>,
    pub(crate) subjects: Vec<Concept>,
    pub(crate) dossiers: Vec<Said>,
    pub(crate) keywords: Vec<Said>,
    pub(crate) places: Vec<ToldPlace>,
    pub(crate) people: Vec<Concept>,
    pub(crate) organisations: Vec<Concept>,
    pub(crate) genre: Option<Said>,
    pub(crate) pictures: Vec<ToldPicture>,
    /// Pictures that stood in the document as such.
    pub(crate) placed: Vec<(AssociationRole, Picture)>,
    pub(crate) source: Option<Said>,
    pub(crate) copyright_holder: Option<String>,
    pub(crate) copyright_notice: Option<String>,
    pub(crate) usage_terms: Option<String>,
    pub(crate) ednote: Option<Said>,
    pub(crate) sign_off: Option<Said>,
    pub(crate) embargo: Option<Said>,
    pub(crate) evolved_from: Option<Said>,
    pub(crate) corrections: Vec<ToldCorrection>,
    pub(crate) version_created: Option<Said>,
    pub(crate) first_created: Option<Said>,
    pub(crate) updated: Option<Said>,
    pub(crate) corrected: Option<Said>,
    /// Why the story is withdrawn, for the public.
    pub(crate) reason: Option<Said>,
}

/// A code with its name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Concept {
    pub(crate) field: &'static str,
    pub(crate) code: Option<String>,
    pub(crate) name: Option<String>,
}

/// A place as a document gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ToldPlace {
    pub(crate) field: &'static str,
    pub(crate) name: String,
    /// Of one of our own codes.
    pub(crate) slug: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) country_code: Option<String>,
    pub(crate) zone: Option<String>,
    /// Latitude and longitude, in degrees.
    pub(crate) point: Option<(f64, f64)>,
}

/// A correction; without a version and an instant it is of the item itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ToldCorrection {
    pub(crate) reason: Said,
    pub(crate) kind: CorrectionKind,
    pub(crate) of: Option<(Version, Timestamp)>,
}

/// What settling needs at every step.
#[derive(Clone, Copy)]
struct Desk<'d> {
    findings: &'d Findings,
    reading: &'d Reading<'d>,
}

impl Told {
    /// The story or withdrawal that was told, if nothing speaks against it; what does is in `findings`.
    pub(crate) fn settle(self, findings: &Findings, reading: &Reading<'_>) -> Option<Content> {
        let guid = match &self.guid {
            Some(said) => guid_of(said, findings),
            None => {
                let remedy = "every story needs one that never changes, such as tag:agency.example,2026:1";
                findings.refuse(Problem::new("the identifier", "", "is missing", remedy));
                None
            }
        };
        let version = self.version.as_ref().map_or(Version::FIRST, |said| version_of(said, findings));
        let pub_status = self.pub_status.unwrap_or(PubStatus::Usable);
        let ednote = line(findings, self.ednote.as_ref(), EdNote::parse, EdNote::CHARS_MAX);
        let reason = line(findings, self.reason.as_ref(), Reason::parse, Reason::CHARS_MAX);
        let item = self.item(guid.clone(), version, pub_status, ednote.clone(), Desk { findings, reading });
        let guid = guid?;
        if pub_status == PubStatus::Usable {
            return item.map(|item| Content::Story(Box::new(item)));
        }
        Some(Content::Withdrawal(Box::new(Withdrawal { guid, pub_status, version, reason, ednote, item })))
    }

    fn item(
        mut self,
        guid: Option<Guid>,
        version: Version,
        pub_status: PubStatus,
        ednote: Option<EdNote>,
        desk: Desk<'_>,
    ) -> Option<NewsItem> {
        let Desk { findings, reading } = desk;
        let times = self.times(desk);
        let rights = self.rights();
        let source = line(findings, self.source.as_ref(), SourceName::parse, SourceName::CHARS_MAX);
        let credit = rights.copyright_holder.as_deref().or(source.as_ref().map(SourceName::as_str));
        let mut associations = picture::settle(std::mem::take(&mut self.pictures), credit, desk);
        associations.extend(self.placed.drain(..).map(|(role, picture)| Association { role, picture }));
        let slugline = line(findings, self.slugline.as_ref(), Slugline::parse, Slugline::CHARS_MAX);
        let lead = line(findings, self.lead.as_ref(), Lead::parse, Lead::CHARS_MAX);
        let mut body = std::mem::take(&mut self.body);
        let headline = line(findings, self.headline.as_ref(), Headline::parse, Headline::CHARS_MAX).or_else(|| {
            let caption = associations.first().map(|association| association.picture.caption.as_ref());
            let lead = lead.as_ref().map(Lead::as_str).or(caption);
            let mut concepts = self.people.iter().chain(&self.organisations).chain(&self.subjects);
            let about = concepts.find_map(|concept| concept.name.as_deref());
            words::made_headline(slugline.as_ref(), lead, &body, about, pub_status, findings)
        });
        if let Some(headline) = &headline {
            drop_repeated_headline(&mut body, headline);
        }
        let mut bylines = self.bylines(findings);
        if !self.is_own {
            words::take_out_byline(&mut body, &mut bylines, findings);
            if let Some(initials) = words::take_out_sign_off(&mut body, findings) {
                self.sign_off = self.sign_off.take().or_else(|| Some(Said::new("the copy", initials)));
            }
        }
        let dateline = self.dateline(times.first_moved_at, &mut body, desk);
        let dateline_slug = dateline.as_ref().map(|dateline| dateline.place.slug.clone());
        let embargo = self.embargo.as_ref().and_then(|said| instant::embargo(findings, &said.field, &said.text, reading.now));
        let (guid, headline) = (guid?, headline?);
        let evolved_from = self.evolved_from.as_ref().and_then(|said| findings.keep(&said.field, Guid::parse(&said.text)));
        Some(NewsItem {
            version,
            item_type: self.item_type,
            pub_status,
            urgency: self.urgency.as_ref().map_or(Urgency::ROUTINE, |said| urgency_of(said, findings)),
            slugline,
            headline,
            headline_short: line(findings, self.headline_short.as_ref(), Headline::parse, Headline::CHARS_MAX),
            lead,
            bylines,
            dateline,
            body,
            lang: self.lang.as_ref().map_or_else(Lang::english, |said| lang_of(said, findings)),
            section: self.section(findings),
            subjects: self.subjects(findings),
            dossiers: each(&self.dossiers, self.is_own, |said| findings.keep(&said.field, DossierSlug::parse(&said.text))),
            places: self.places(dateline_slug.as_deref(), findings),
            people: entities(&self.people, findings),
            organisations: entities(&self.organisations, findings),
            keywords: each(&self.keywords, self.is_own, |said| {
                findings.fitted(&said.field, &said.text, Keyword::parse, Keyword::CHARS_MAX)
            }),
            genre: line(findings, self.genre.as_ref(), Keyword::parse, Keyword::CHARS_MAX),
            associations,
            source,
            rights,
            ednote,
            sign_off: line(findings, self.sign_off.as_ref(), SignOff::parse, SignOff::CHARS_MAX),
            embargo,
            evolved_from: evolved_from.filter(|earlier| *earlier != guid),
            corrections: self.corrections(version, times.version_created_at, findings),
            signals: self.signals,
            times,
            guid,
        })
    }

    fn times(&self, desk: Desk<'_>) -> Times {
        let Desk { findings, reading } = desk;
        let past = |said: Option<&Said>| said.and_then(|said| instant::past(findings, &said.field, &said.text, reading.now));
        let version_given = past(self.version_created.as_ref());
        let first_given = past(self.first_created.as_ref());
        if self.version_created.is_none() && self.first_created.is_none() {
            findings.mended(&"the time of this version", "", "is missing; taken as now");
        }
        let now = instant::micros(reading.now).unwrap_or(reading.now);
        let version_created_at = version_given.or(first_given).unwrap_or(now);
        let first_moved_at = match first_given {
            Some(first) if version_created_at < first => {
                let field = self.first_created.as_ref().map_or("", |said| said.field);
                findings.mended(&field, &first.to_string(), format!("is later than this version; taken as {version_created_at}"));
                version_created_at
            }
            Some(first) => first,
            None => version_created_at,
        };
        let exact = |said: &Option<Said>| said.as_ref().and_then(|said| instant::exact(&said.text));
        Times { version_created_at, first_moved_at, updated_at: exact(&self.updated), corrected_at: exact(&self.corrected) }
    }

    fn rights(&self) -> Rights {
        let text = |given: &Option<String>| {
            let line = one_line(given.as_deref()?);
            (!line.is_empty()).then(|| cut(&line, RIGHTS_CHARS_MAX).into())
        };
        Rights {
            copyright_holder: text(&self.copyright_holder),
            copyright_notice: text(&self.copyright_notice),
            usage_terms: text(&self.usage_terms),
        }
    }

    fn bylines(&self, findings: &Findings) -> Vec<Byline> {
        let signed = |(name, role): &(Said, Option<String>)| findings.keep(&name.field, Byline::new(&name.text, role.as_deref()));
        let signed = each(&self.bylines, self.is_own, signed);
        if !signed.is_empty() {
            return signed;
        }
        let Some(printed) = &self.printed_byline else { return Vec::new() };
        let line = one_line(&printed.text);
        each(&printed_bylines(&line), false, |name| findings.keep(&printed.field, Byline::new(name, None)))
    }

    /// The section that is named, or else that of the first subject at the top of the IPTC's tree, or else news.
    fn section(&self, findings: &Findings) -> SectionSlug {
        let named = self.section.as_ref().and_then(|said| findings.keep(&said.field, SectionSlug::parse(&said.text)));
        let codes = || self.subjects.iter().filter_map(|subject| subject.code.as_deref());
        named.or_else(|| codes().find_map(root_section)).or_else(|| codes().find_map(branch_section)).unwrap_or_else(SectionSlug::news)
    }

    fn subjects(&self, findings: &Findings) -> Vec<Subject> {
        let mut subjects: Vec<Subject> = Vec::new();
        for concept in self.subjects.iter().take(ENTRIES_MAX) {
            let Some(code) = &concept.code else { continue };
            if let Some(subject) = findings.keep(&concept.field, Subject::new(code, concept.name.as_deref()))
                && !subjects.iter().any(|known| known.uri() == subject.uri())
            {
                subjects.push(subject);
            }
        }
        subjects
    }

    /// The places a story is about: each once, the dateline's own entry apart.
    fn places(&self, dateline_slug: Option<&str>, findings: &Findings) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for told in self.places.iter().take(ENTRIES_MAX) {
            let is_dateline = |place: &Place| told.slug.is_none() && dateline_slug == Some(&*place.slug);
            if let Some(place) = told.settle(findings)
                && !is_dateline(&place)
                && !places.iter().any(|known| known.slug == place.slug)
            {
                places.push(place);
            }
        }
        places
    }

    fn corrections(&self, version: Version, at: Timestamp, findings: &Findings) -> Vec<Correction> {
        let settled = |told: &ToldCorrection| {
            let reason = findings.fitted(&told.reason.field, &told.reason.text, Reason::parse, Reason::CHARS_MAX)?;
            let (version, corrected_at) = told.of.unwrap_or((version, at));
            Some(Correction { version, corrected_at, kind: told.kind, reason })
        };
        self.corrections.iter().filter_map(settled).collect()
    }
}

impl ToldPlace {
    fn settle(&self, findings: &Findings) -> Option<Place> {
        let mut place = findings.keep(&self.field, Place::new(&self.name, self.slug.as_deref()))?;
        match place.clone().in_country(self.country.as_deref(), self.country_code.as_deref()) {
            Ok(known) => place = known,
            Err(error) => findings.mended(&self.field, &error.value, format!("{}; the country is left out", error.problem)),
        }
        if let Some(zone) = &self.zone {
            place = findings.keep(&self.field, place.clone().in_zone(zone)).unwrap_or(place);
        }
        match self.point.and_then(|(latitude, longitude)| findings.keep(&self.field, Point::new(latitude, longitude))) {
            Some(point) => Some(place.at(point)),
            None => Some(place),
        }
    }
}

fn guid_of(said: &Said, findings: &Findings) -> Option<Guid> {
    match Guid::parse(&said.text) {
        Ok(guid) => Some(guid),
        Err(error) => {
            findings.refuse(Problem::new(said.field, &said.text, error.problem, "send an IRI such as tag:agency.example,2026:1"));
            None
        }
    }
}

fn version_of(said: &Said, findings: &Findings) -> Version {
    let text = said.text.trim();
    let whole = text.split('.').next().unwrap_or_default();
    if let Some(version) = whole.parse().ok().and_then(Version::new) {
        if whole != text {
            findings.mended(&said.field, text, format!("is no whole number; taken as {version}"));
        }
        return version;
    }
    findings.mended(&said.field, text, "is no number from 1 to 4294967295; taken as 1");
    Version::FIRST
}

fn urgency_of(said: &Said, findings: &Findings) -> Urgency {
    let number = said.text.trim().parse::<i64>().ok();
    number.and_then(|number| Urgency::new(number).ok()).unwrap_or_else(|| {
        let done = format!("is no number from 1 to 9; taken as {}", Urgency::ROUTINE.number());
        findings.mended(&said.field, &said.text, done);
        Urgency::ROUTINE
    })
}

fn lang_of(said: &Said, findings: &Findings) -> Lang {
    Lang::parse(&said.text).unwrap_or_else(|error| {
        findings.mended(&said.field, &said.text, format!("{}; taken as en", error.problem));
        Lang::english()
    })
}

fn line<T>(findings: &Findings, said: Option<&Said>, parse: fn(&str) -> Result<T, FieldError>, chars_max: usize) -> Option<T> {
    said.and_then(|said| {
        // A line end inside a line is how the document was laid out, and no damage.
        let text = if said.text.contains(['\n', '\r', '\t']) { &one_line(&said.text) } else { &said.text };
        findings.fitted(&said.field, text, parse, chars_max)
    })
}

/// What can be kept of a list, in order; of what others write, each once.
fn each<S, T: PartialEq>(given: &[S], is_own: bool, settle: impl Fn(&S) -> Option<T>) -> Vec<T> {
    let mut kept = Vec::new();
    for value in given.iter().take(ENTRIES_MAX).filter_map(settle) {
        if is_own || !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

fn entities(concepts: &[Concept], findings: &Findings) -> Vec<Entity> {
    each(concepts, false, |concept| findings.keep(&concept.field, Entity::new(concept.name.as_deref()?, concept.code.as_deref())))
}
