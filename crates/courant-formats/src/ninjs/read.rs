//! From a ninjs document to a news item.

use courant_news::{
    Block, Byline, Correction, CorrectionKind, Dateline, DossierSlug, EdNote, Entity, FieldError, Guid, Headline, Inline, ItemType,
    Keyword, Lang, Lead, NewsItem, Place, PubStatus, Reason, Rights, SectionSlug, SignOff, Signal, Slugline, SourceName, Subject, Times,
    Urgency, Version, plain_text,
};
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::picture::{self, Around, cut};
use super::refused::{Problem, Refused, Repair};
use super::tree::{Findings, Object};
use super::{CORRECTION, CORRECTIVE, DOSSIER, EVOLVED_FROM, GUID, SECTION, instant, place, scan};
use crate::html::{self, Context, is_unprintable, to_line};

/// How many words of the lead or the copy stand in for a missing headline.
const HEADLINE_WORDS_MAX: usize = 12;
/// The longest copyright notice or usage terms, in characters.
const RIGHTS_CHARS_MAX: usize = 10_000;
/// How many unknown keys one note names.
const UNKNOWN_KEYS_SHOWN_MAX: usize = 20;

/// What reading needs from its caller.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'c> {
    /// What time it is: later dates are not believed.
    pub now: Timestamp,
    /// This site's own address (`https://news.example`): pictures and links under it become paths.
    pub base_url: Option<&'c str>,
}

/// What a document says.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The story, or its withdrawal.
    pub content: Content,
    /// What was mended or left out.
    pub repairs: Vec<Repair>,
    /// The edition of ninjs it is written in, as far as can be told.
    pub edition: Edition,
}

/// What a document is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A story that may be used (`pubStatus` `usable`, or none).
    Story(Box<NewsItem>),
    /// A story that may not (`withheld`, `canceled`).
    Withdrawal(Box<Withdrawal>),
}

/// A document with `pubStatus` `withheld` or `canceled`. The caller makes the notice, from the story it knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Withdrawal {
    /// The story.
    pub guid: Guid,
    /// Withheld or canceled.
    pub pub_status: PubStatus,
    /// The version the sender gives the notice.
    pub version: Version,
    /// Why, for the public: a description with role `reason`.
    pub reason: Option<Reason>,
    /// Why, for editors.
    pub ednote: Option<EdNote>,
    /// The story, when the document still has words to make one of. A canceled one may lack everything but its uri.
    pub item: Option<NewsItem>,
}

/// An edition of ninjs. Later ones of the same number read alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// `headline`, `body_*`, maps of associations and renditions.
    V1,
    /// `headlines`, `bodies`, in small letters.
    V2,
    /// `headlines`, `bodies`, in camel case.
    V3,
}

/// Reads one ninjs document of any edition.
///
/// What a newsroom can live without is mended or left out, each with a [`Repair`]; a document is refused when it is no
/// JSON object within the limits, names no story, has no words for a headline, or gives a field another type than
/// ninjs does. A document inside an envelope (`item`, `data.item`) is taken out of it.
///
/// # Errors
/// [`Refused`] with every problem found.
pub fn read(document: impl AsRef<[u8]>, reading: &Reading<'_>) -> Result<Read, Refused> {
    let map = unwrapped(scan::object(document.as_ref())?)?;
    let findings = Findings::default();
    let edition = edition_of(&map);
    let content = Reader { top: Object::top(&map, &findings), reading }.content();
    let (problems, repairs) = findings.into_parts();
    match content {
        Some(content) if problems.is_empty() => Ok(Read { content, repairs, edition }),
        _ => {
            let guid = ["uri", "guid"].iter().find_map(|key| map.get(*key)).and_then(Value::as_str);
            Err(Refused { guid: guid.map(|guid| guid.chars().take(Guid::LEN_MAX_BYTES).collect::<String>().into()), problems })
        }
    }
}

/// The document inside an envelope, as some services send it.
fn unwrapped(mut map: Map<String, Value>) -> Result<Map<String, Value>, Refused> {
    if map.contains_key("uri") || map.contains_key("guid") {
        return Ok(map);
    }
    if let Some(Value::Object(data)) = map.get_mut("data") {
        if data.contains_key("item") {
            map = std::mem::take(data);
        }
    }
    match map.get_mut("item") {
        Some(Value::Object(item)) => Ok(std::mem::take(item)),
        Some(Value::Array(items)) => match items.as_mut_slice() {
            [Value::Object(item)] => Ok(std::mem::take(item)),
            items => {
                let reason = format!("holds {} documents", items.len());
                Err(Refused::of(Problem::new("item", "", reason, "send each as a document of its own, such as one on each line")))
            }
        },
        _ => Ok(map),
    }
}

fn edition_of(map: &Map<String, Value>) -> Edition {
    let standard =
        map.get("standard").or_else(|| map.get("$standard")).and_then(|standard| standard.get("version")).and_then(Value::as_str);
    match standard.and_then(|version| version.trim().chars().next()) {
        Some('1') => return Edition::V1,
        Some('2') => return Edition::V2,
        Some('3') => return Edition::V3,
        _ => {}
    }
    let has = |keys: &[&str]| keys.iter().any(|key| map.contains_key(*key));
    if has(&[
        "versionCreated",
        "firstCreated",
        "contentCreated",
        "pubStatus",
        "altIds",
        "embargoedUntil",
        "eventDetails",
        "plannedCoverage",
    ]) {
        Edition::V3
    } else if has(&["headlines", "bodies", "descriptions", "subjects", "places", "people", "organisations", "by"]) {
        Edition::V2
    } else {
        Edition::V1
    }
}

/// The keys that mean something here, or are known to ninjs and have no place in a story of ours.
const KNOWN_KEYS: [&str; 92] = [
    "$standard",
    "altIds",
    "altids",
    "associations",
    "authors",
    "bodies",
    "by",
    "byline",
    "charcount",
    "contentCreated",
    "contentcreated",
    "copyrightHolder",
    "copyrightNotice",
    "copyrightholder",
    "copyrightnotice",
    "creditline",
    "dateline",
    "datelinelocation",
    "descriptions",
    "digitalSourceType",
    "digitalsourcetype",
    "edNote",
    "ednote",
    "embargoed",
    "embargoedUntil",
    "embargoeduntil",
    "event",
    "eventDetails",
    "events",
    "evolvedFrom",
    "evolvedfrom",
    "expires",
    "firstCreated",
    "firstcreated",
    "firstpublished",
    "genre",
    "genres",
    "guid",
    "headline",
    "headlines",
    "infoSources",
    "infosource",
    "infosources",
    "keyword",
    "keywords",
    "language",
    "located",
    "mimetype",
    "object",
    "objects",
    "organisation",
    "organisations",
    "organization",
    "people",
    "person",
    "place",
    "places",
    "plannedCoverage",
    "priority",
    "profile",
    "provider",
    "pubStatus",
    "pubstatus",
    "renditions",
    "representationType",
    "representationtype",
    "rightsInfo",
    "rightsinfo",
    "section",
    "signals",
    "slugline",
    "source",
    "standard",
    "subject",
    "subjects",
    "title",
    "trustIndicators",
    "trustindicator",
    "trustindicators",
    "type",
    "updated",
    "uri",
    "urgency",
    "usageTerms",
    "usageterms",
    "version",
    "versionCreated",
    "versioncreated",
    "wordcount",
    "id",
    "itemid",
    "$schema",
];

struct Reader<'p, 'v, 'c> {
    top: Object<'p, 'v>,
    reading: &'c Reading<'c>,
}

impl<'v> Reader<'_, 'v, '_> {
    fn content(&self) -> Option<Content> {
        let guid = self.guid();
        let pub_status = self.pub_status();
        let version = self.version();
        let ednote = self.line(&["edNote", "ednote"], EdNote::parse, EdNote::CHARS_MAX);
        self.check_types();
        self.note_unknown_keys();
        let may_lack_words = pub_status.is_some_and(|status| status != PubStatus::Usable);
        let item = self.item(guid.clone(), version, ednote.clone(), may_lack_words);
        let (guid, pub_status) = (guid?, pub_status?);
        if pub_status == PubStatus::Usable {
            return item.map(|item| Content::Story(Box::new(item)));
        }
        let item = item.map(|mut item| {
            item.pub_status = pub_status;
            item
        });
        let reason = self.description(&["reason"]).and_then(|reason| Reason::parse(&cut(&reason, Reason::CHARS_MAX)).ok());
        Some(Content::Withdrawal(Box::new(Withdrawal { guid, pub_status, version, reason, ednote, item })))
    }

    fn guid(&self) -> Option<Guid> {
        let Some(uri) = self.top.text(&["uri", "guid"]) else {
            if !self.top.has("uri") && !self.top.has("guid") {
                self.top.refuse("uri", "", "is missing", "every story needs one that never changes, such as tag:agency.example,2026:1");
            } else {
                self.top.refuse("uri", "", "is empty", "every story needs one that never changes, such as tag:agency.example,2026:1");
            }
            return None;
        };
        let decoded = uri.strip_prefix(GUID).map(decoded);
        match Guid::parse(decoded.as_deref().unwrap_or(uri)) {
            Ok(guid) => Some(guid),
            Err(error) => {
                self.top.refuse("uri", uri, &error.problem, "send an IRI such as tag:agency.example,2026:1");
                None
            }
        }
    }

    fn pub_status(&self) -> Option<PubStatus> {
        let Some(given) = self.top.text(&["pubStatus", "pubstatus"]) else { return Some(PubStatus::Usable) };
        match PubStatus::parse(given.trim()) {
            Ok(status) => Some(status),
            Err(_) => {
                // Guessing could publish what must not be, or withdraw what was not.
                self.top.refuse("pubStatus", given, "is unknown", "use usable, withheld or canceled");
                None
            }
        }
    }

    fn version(&self) -> Version {
        let Some((name, value)) = self.top.get(&["version"]) else { return Version::FIRST };
        let text = match value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            other => {
                self.top.refuse(name, &other.to_string(), "is no version", "give a number as a text, such as \"2\"");
                return Version::FIRST;
            }
        };
        let whole = text.split('.').next().unwrap_or_default();
        match whole.parse().ok().and_then(Version::new) {
            Some(version) => {
                if whole != text {
                    self.top.repair(name, &text, format!("is no whole number; taken as {version}"));
                }
                version
            }
            None => {
                self.top.repair(name, &text, "is no number from 1; taken as 1");
                Version::FIRST
            }
        }
    }

    fn item(&self, guid: Option<Guid>, version: Version, ednote: Option<EdNote>, may_lack_words: bool) -> Option<NewsItem> {
        let top = &self.top;
        let lang = self.lang();
        let item_type = self.item_type();
        let times = self.times();
        let places = self.places();
        let source = self.source();
        let rights = self.rights();
        let credit = rights.copyright_holder.as_deref().or(source.as_ref().map(SourceName::as_str));
        let given_lead = self.description(&["summary", "lead", "abstract", "main", "text", "short", "plain", "drop", ""]);
        let mut body = self.body(credit);
        let is_picture = matches!(item_type, ItemType::Picture | ItemType::Graphic);
        let around = Around { base_url: self.reading.base_url, credit };
        let associations = picture::read_all(top, is_picture, &around);
        let slugline = self.line(&["slugline"], Slugline::parse, Slugline::CHARS_MAX);
        let (headline, headline_short) = self.headlines();
        let caption = || associations.first().map(|association| association.picture.caption.to_string());
        let lead_text = given_lead.or_else(|| (is_picture && top.has("renditions")).then(caption).flatten());
        let headline = headline.or_else(|| self.headline_from(slugline.as_ref(), lead_text.as_deref(), &body, may_lack_words));
        if let Some(headline) = &headline {
            drop_repeated_headline(&mut body, headline);
        }
        let lead = lead_text.and_then(|lead| self.fitted("descriptions", &lead, Lead::parse, Lead::CHARS_MAX));
        let filed_at = instant::past(top, &["contentCreated", "contentcreated"], self.reading.now);
        let filed_at = filed_at.or(times.map(|times| times.first_moved_at)).unwrap_or(self.reading.now);
        let dateline: Option<Dateline> = place::dateline(top, &places, filed_at);
        let filed = self.filed_under();
        let embargo = instant::embargo(top, &["embargoedUntil", "embargoeduntil", "embargoed"], self.reading.now);
        let alt = self.alt_ids();
        let corrections = self.corrections();
        let urgency = self.urgency();
        let bylines = self.bylines();
        let people = self.entities(&["people", "person"]);
        let organisations = self.entities(&["organisations", "organisation", "organization"]);
        let genre = self.genre();
        let (guid, headline, mut times) = (guid?, headline?, times?);
        times.updated_at = alt.updated_at;
        times.corrected_at = alt.corrected_at;
        Some(NewsItem {
            guid,
            version,
            item_type,
            pub_status: PubStatus::Usable,
            signals: alt.signals,
            urgency,
            slugline,
            headline,
            headline_short,
            lead,
            bylines,
            dateline,
            body,
            lang,
            section: filed.section,
            subjects: filed.subjects,
            dossiers: filed.dossiers,
            places: about(places),
            people,
            organisations,
            keywords: filed.keywords,
            genre,
            associations,
            source,
            rights,
            ednote,
            sign_off: alt.sign_off,
            embargo,
            evolved_from: alt.evolved_from,
            corrections,
            times,
        })
    }

    /// A line behind one of these keys, shortened or cleaned to what its type takes.
    fn line<T>(&self, names: &[&'static str], parse: fn(&str) -> Result<T, FieldError>, chars_max: usize) -> Option<T> {
        let text = self.top.text(names)?;
        self.fitted(names[0], text, parse, chars_max)
    }

    fn fitted<T>(&self, field: &str, text: &str, parse: fn(&str) -> Result<T, FieldError>, chars_max: usize) -> Option<T> {
        if let Ok(parsed) = parse(text) {
            return Some(parsed);
        }
        let printable: String = text.chars().map(|letter| if is_unprintable(letter) { ' ' } else { letter }).collect();
        let shorter = cut(printable.trim(), chars_max);
        match parse(&shorter) {
            Ok(parsed) => {
                let done = if printable.trim() == shorter {
                    "held control characters; removed".to_owned()
                } else {
                    format!("is longer than {chars_max} characters; shortened")
                };
                self.top.repair(field, text, done);
                Some(parsed)
            }
            Err(error) => {
                self.top.repair(field, text, format!("{}; left out", error.problem));
                None
            }
        }
    }

    fn lang(&self) -> Lang {
        let Some(given) = self.top.text(&["language"]) else { return Lang::english() };
        Lang::parse(given).unwrap_or_else(|error| {
            self.top.repair("language", given, format!("{}; taken as en", error.problem));
            Lang::english()
        })
    }

    fn item_type(&self) -> ItemType {
        let Some(given) = self.top.text(&["type"]) else { return ItemType::Text };
        ItemType::parse(given).unwrap_or_else(|_| {
            self.top.repair("type", given, "is a type that is not kept; taken as text");
            ItemType::Text
        })
    }

    fn urgency(&self) -> Urgency {
        let Some(number) = self.top.integer(&["urgency"]) else { return Urgency::ROUTINE };
        Urgency::new(number).unwrap_or_else(|error| {
            self.top.repair("urgency", &number.to_string(), format!("{}; taken as {}", error.problem, Urgency::ROUTINE.number()));
            Urgency::ROUTINE
        })
    }

    fn times(&self) -> Option<Times> {
        let now = self.reading.now;
        let version_names = ["versionCreated", "versioncreated"];
        let first_names = ["firstCreated", "firstcreated", "firstpublished"];
        let version_given = instant::past(&self.top, &version_names, now);
        let first_given = instant::past(&self.top, &first_names, now);
        let version_created_at = version_given.or(first_given).unwrap_or_else(|| {
            if self.top.get(&version_names).is_none() {
                self.top.repair("versionCreated", "", "is missing; taken as now");
            }
            now
        });
        let first_moved_at = match first_given {
            Some(first) if version_created_at < first => {
                self.top.repair("firstCreated", &first.to_string(), format!("is later than this version; taken as {version_created_at}"));
                version_created_at
            }
            Some(first) => first,
            None => version_created_at,
        };
        let micros = |at| instant::micros(at).unwrap_or(at);
        let version_created_at = micros(version_created_at);
        Some(Times { version_created_at, first_moved_at: micros(first_moved_at), updated_at: None, corrected_at: None })
    }

    /// The headline and the short one. Of several, the one with role `main` or none.
    fn headlines(&self) -> (Option<Headline>, Option<Headline>) {
        let entries = self.top.objects(&["headlines"], &["value"]);
        let mut found: Vec<(&str, &str)> =
            entries.iter().filter_map(|(_, entry)| Some((entry.text(&["role"]).unwrap_or_default(), entry.text(&["value"])?))).collect();
        if let Some(headline) = self.top.text(&["headline"]) {
            found.push(("", headline));
        }
        found.extend(self.top.texts_of_family("headline_").into_iter().map(|(key, text)| (&key["headline_".len()..], text)));
        let of_role = |role: &str| found.iter().find(|(known, _)| known.eq_ignore_ascii_case(role)).map(|(_, text)| *text);
        let main =
            of_role("main").or_else(|| of_role("")).or_else(|| found.iter().find(|(role, _)| *role != "short").map(|(_, text)| *text));
        let parsed = |text: &str| self.fitted("headlines", &to_line(text), Headline::parse, Headline::CHARS_MAX);
        let short = of_role("short");
        (main.or_else(|| short.filter(|_| main.is_none())).or_else(|| self.top.text(&["title"])).and_then(parsed), short.and_then(parsed))
    }

    /// A headline for a document that has none.
    fn headline_from(&self, slugline: Option<&Slugline>, lead: Option<&str>, body: &[Block], may_lack_words: bool) -> Option<Headline> {
        let first_words = |text: &str| {
            let mut words = text.split_whitespace();
            let mut headline = words.by_ref().take(HEADLINE_WORDS_MAX).collect::<Vec<_>>().join(" ");
            if words.next().is_some() {
                headline.push('…');
            }
            headline
        };
        let body_text = || plain_text(&body[..body.len().min(1)]);
        let planned = || {
            let plans = self.top.objects(&["plannedCoverage"], &["uri"]);
            plans.first().and_then(|(_, plan)| plan.text(&["title"])).map(str::to_owned)
        };
        let (text, from) = if let Some(slugline) = slugline {
            (slugline.as_str().to_owned(), "the slugline")
        } else if let Some(lead) = lead {
            (first_words(lead), "the first words of the lead")
        } else if !body.is_empty() {
            (first_words(&body_text()), "the first words of the copy")
        } else if let Some(plan) = planned() {
            (plan, "the planned coverage")
        } else {
            if !may_lack_words {
                self.top.refuse(
                    "headlines",
                    "",
                    "are missing, and there is no slugline, description or body to make one of",
                    "give a headline",
                );
            }
            return None;
        };
        if !may_lack_words {
            self.top.repair("headlines", &text, format!("are missing; taken from {from}"));
        }
        Headline::parse(&cut(&to_line(&text), Headline::CHARS_MAX)).ok()
    }

    /// The first description with one of these roles, as one line. `""` stands for no role.
    fn description(&self, roles: &[&str]) -> Option<String> {
        let entries = self.top.objects(&["descriptions"], &["value"]);
        let mut found: Vec<(&str, &str)> =
            entries.iter().filter_map(|(_, entry)| Some((entry.text(&["role"]).unwrap_or_default(), entry.text(&["value"])?))).collect();
        found.extend(self.top.texts_of_family("description_").into_iter().map(|(key, text)| (&key["description_".len()..], text)));
        let named = roles.iter().find_map(|role| found.iter().find(|(known, _)| known.eq_ignore_ascii_case(role)));
        let wants_any = roles.contains(&"");
        let any = || found.iter().find(|(role, _)| wants_any && !matches!(*role, "reason" | "caption" | "alt" | "creditline"));
        named.or_else(any).map(|(_, text)| to_line(text)).filter(|line| !line.is_empty())
    }

    /// The copy: of several bodies the richest that can be read.
    fn body(&self, credit: Option<&str>) -> Vec<Block> {
        let entries = self.top.objects(&["bodies"], &["value"]);
        let mut found: Vec<Body<'v>> = entries
            .iter()
            .filter_map(|(_, entry)| {
                let kind = entry.text(&["contentType", "contenttype"]).unwrap_or_default();
                Some(Body::new(entry.text(&["value"])?, kind, entry.text(&["role"]).unwrap_or_default()))
            })
            .collect();
        found.extend(self.top.texts_of_family("body_").into_iter().map(|(key, text)| Body::new(text, "", &key["body_".len()..])));
        let Some(best) = found.into_iter().min_by_key(|body| body.rank) else { return Vec::new() };
        if !best.is_markup {
            return html::plain_to_blocks(best.text);
        }
        let context = Context { base_url: self.reading.base_url, credit };
        let (blocks, cleaned) = html::to_blocks_in(best.text, &context);
        for cleaned in cleaned {
            self.top.repair("bodies", "", format!("held {cleaned}; removed"));
        }
        blocks
    }

    fn places(&self) -> Vec<place::Given<'v>> {
        let entries = self.top.objects(&["places", "place"], &place::OWN);
        entries.iter().filter_map(|(_, entry)| place::read(entry)).collect()
    }

    fn source(&self) -> Option<SourceName> {
        let entries = self.top.objects(&["infoSources", "infosources", "infosource"], &["name", "code"]);
        let role = |entry: &Object<'_, '_>| entry.text(&["role", "rel"]).unwrap_or_default().to_owned();
        for (_, entry) in &entries {
            entry.text(&["name"]);
            entry.text(&["scheme"]);
            entry.text(&["code"]);
        }
        let named = entries.iter().find(|(_, entry)| role(entry) == "source").and_then(|(_, entry)| entry.text(&["name"]));
        let first = || entries.iter().find(|(_, entry)| role(entry) != "author").and_then(|(_, entry)| entry.text(&["name"]));
        let name = named.or_else(|| self.top.texts(&["source", "provider"]).into_iter().next()).or_else(first)?;
        self.fitted("infoSources", name, SourceName::parse, SourceName::CHARS_MAX)
    }

    fn rights(&self) -> Rights {
        let text = |names: &[&'static str]| {
            let text = match self.top.get(names) {
                // AP gives its terms one by one.
                Some((_, Value::Array(_))) => self.top.texts(names).join(" "),
                _ => self.top.text(names)?.to_owned(),
            };
            let line = html::one_line(&text);
            (!line.is_empty()).then(|| cut(&line, RIGHTS_CHARS_MAX).into())
        };
        Rights {
            copyright_holder: text(&["copyrightHolder", "copyrightholder"]),
            copyright_notice: text(&["copyrightNotice", "copyrightnotice"]),
            usage_terms: text(&["usageTerms", "usageterms"]),
        }
    }

    fn bylines(&self) -> Vec<Byline> {
        let entries = self.top.objects(&["infoSources", "infosources"], &["name"]);
        let authors = entries.iter().filter(|(_, entry)| entry.text(&["role"]) == Some("author"));
        let signed: Vec<Byline> = authors
            .filter_map(|(_, entry)| {
                let role = entry.text(&["literal"]);
                entry.keep("name", Byline::new(entry.text(&["name"])?, role))
            })
            .collect();
        if !signed.is_empty() {
            return signed;
        }
        if let Some(printed) = self.top.text(&["by", "byline"]) {
            return printed_bylines(&to_line(printed))
                .into_iter()
                .filter_map(|name| self.top.keep("by", Byline::new(name, None)))
                .collect();
        }
        let authors = self.top.objects(&["authors"], &["name"]);
        authors.iter().filter_map(|(_, author)| author.keep("name", Byline::new(author.text(&["name"])?, author.text(&["role"])))).collect()
    }

    fn entities(&self, names: &[&'static str]) -> Vec<Entity> {
        let entries = self.top.objects(names, &["name", "code", "uri"]);
        let mut entities: Vec<Entity> = Vec::with_capacity(entries.len());
        for (_, entry) in &entries {
            let Some(name) = entry.text(&["name"]).or_else(|| entry.text(&["literal"])) else { continue };
            let code = concept_uri(entry);
            if let Some(entity) = entry.keep("name", Entity::new(name, code.as_deref())) {
                if !entities.contains(&entity) {
                    entities.push(entity);
                }
            }
        }
        entities
    }

    fn genre(&self) -> Option<Keyword> {
        let genres = self.top.texts(&["genres", "genre"]);
        genres.first().and_then(|genre| self.fitted("genres", genre, Keyword::parse, Keyword::CHARS_MAX))
    }

    fn filed_under(&self) -> FiledUnder {
        let mut section = None;
        let mut dossiers = Vec::new();
        let mut keywords: Vec<Keyword> = Vec::new();
        let mut subjects: Vec<Subject> = Vec::new();
        for (_, entry) in self.top.objects(&["subjects", "subject"], &["name", "code", "uri", "literal"]) {
            let uri = entry.text(&["uri"]);
            let name = entry.text(&["name"]);
            if let Some(slug) = uri.and_then(|uri| uri.strip_prefix(SECTION)) {
                section = section.or_else(|| entry.keep("uri", SectionSlug::parse(&decoded(slug))));
            } else if let Some(slug) = uri.and_then(|uri| uri.strip_prefix(DOSSIER)) {
                dossiers.extend(entry.keep("uri", DossierSlug::parse(&decoded(slug))));
            } else if entry.text(&["rel"]) == Some("keyword") {
                keywords.extend(name.and_then(|name| entry.keep("name", Keyword::parse(name))));
            } else {
                let Some(code) = concept_uri(&entry) else {
                    // A name without a code is a keyword.
                    keywords.extend(name.and_then(|name| entry.keep("name", Keyword::parse(name))));
                    continue;
                };
                if let Some(subject) = entry.keep("uri", Subject::new(&code, name)) {
                    if !subjects.iter().any(|known| known.uri() == subject.uri()) {
                        subjects.push(subject);
                    }
                }
            }
        }
        for word in self.top.texts(&["keywords", "keyword"]) {
            keywords.extend(self.top.keep("keywords", Keyword::parse(word)).filter(|word| !keywords.contains(word)));
        }
        let section = section.or_else(|| self.top.text(&["section"]).and_then(|name| SectionSlug::parse(name).ok()));
        let section = section.or_else(|| subjects.iter().find_map(|subject| root_section(subject.uri()))).unwrap_or_else(SectionSlug::news);
        FiledUnder { section, dossiers, keywords, subjects }
    }

    fn alt_ids(&self) -> AltIds {
        let mut alt = AltIds::default();
        let guid_of = |uri: &str| Guid::parse(uri.strip_prefix(GUID).map(decoded).as_deref().unwrap_or(uri)).ok();
        let associated = || {
            let entries = self.top.objects(&["associations"], &["uri", "renditions"]);
            let earlier = entries.iter().find(|(_, entry)| entry.text(&["rel"]) == Some(EVOLVED_FROM));
            earlier.and_then(|(_, entry)| entry.text(&["uri"]))
        };
        alt.evolved_from = self.top.text(&["evolvedFrom", "evolvedfrom"]).or_else(associated).and_then(guid_of);
        for signal in self.top.get(&["signals"]).map(|_| self.top.texts(&["signals"])).unwrap_or_default() {
            alt.signals.extend(signal_of(signal));
        }
        for (_, entry) in self.top.objects(&["altIds", "altids"], &["role", "value"]) {
            let (Some(role), Some((_, Value::String(value)))) = (entry.text(&["role"]), entry.get(&["value"])) else { continue };
            match role {
                "signal" => alt.signals.extend(signal_of(value)),
                "updated" => alt.updated_at = instant::exact(value),
                "corrected" => alt.corrected_at = instant::exact(value),
                "signOff" => alt.sign_off = SignOff::parse(value).ok(),
                _ => {}
            }
        }
        alt
    }

    fn corrections(&self) -> Vec<Correction> {
        let mut corrections = Vec::new();
        for (_, entry) in self.top.objects(&["trustIndicators", "trustindicators", "trustindicator"], &["role", "href", "title"]) {
            let Some(role) = entry.text(&["role"]) else { continue };
            let of_kind = |prefix: &str, kind| role.strip_prefix(prefix).map(|rest| (rest, kind));
            let Some((rest, kind)) =
                of_kind(CORRECTION, CorrectionKind::Correction).or_else(|| of_kind(CORRECTIVE, CorrectionKind::Corrective))
            else {
                continue;
            };
            let correction = rest.split_once('/').and_then(|(version, at)| {
                let version = version.parse().ok().and_then(Version::new)?;
                let reason = Reason::parse(entry.text(&["title"])?).ok()?;
                Some(Correction { version, corrected_at: instant::exact(at)?, kind, reason })
            });
            match correction {
                Some(correction) => corrections.push(correction),
                None => entry.repair("role", role, "is no correction with version, instant and reason; left out"),
            }
        }
        corrections
    }

    /// The types of fields that are not kept, so that a document that is not ninjs is told so.
    fn check_types(&self) {
        for names in [&["digitalSourceType", "digitalsourcetype"][..], &["rightsInfo", "rightsinfo"], &["standard", "$standard"]] {
            if let Some(object) = self.top.object(names) {
                object.text(&["uri", "linkedRights", "linkedrights", "name"]);
            }
        }
        for names in [&["expires"][..], &["title"], &["profile"], &["representationType", "representationtype"], &["located"]] {
            self.top.text(names);
        }
        if let Some((name, value)) = self.top.get(&["altIds", "altids"]) {
            if !value.is_object() && !value.is_array() {
                self.top.refuse(name, &value.to_string(), "is neither an array nor an object", "give an array of role and value");
            }
        }
    }

    fn note_unknown_keys(&self) {
        let is_family =
            |key: &str| ["headline_", "body_", "description_"].iter().any(|prefix| key.starts_with(prefix) && prefix.len() < key.len());
        let unknown: Vec<&str> = self.top.keys().filter(|key| !KNOWN_KEYS.contains(key) && !is_family(key)).collect();
        if unknown.is_empty() {
            return;
        }
        let shown = unknown.iter().take(UNKNOWN_KEYS_SHOWN_MAX).copied().collect::<Vec<_>>().join(", ");
        let verb = if unknown.len() == 1 { "is a key" } else { "are keys" };
        self.top.repair(&shown, "", format!("{verb} ninjs does not know; left out"));
    }
}

struct FiledUnder {
    section: SectionSlug,
    dossiers: Vec<DossierSlug>,
    keywords: Vec<Keyword>,
    subjects: Vec<Subject>,
}

#[derive(Default)]
struct AltIds {
    signals: Vec<Signal>,
    updated_at: Option<Timestamp>,
    corrected_at: Option<Timestamp>,
    sign_off: Option<SignOff>,
    evolved_from: Option<Guid>,
}

/// One of several bodies.
struct Body<'v> {
    text: &'v str,
    is_markup: bool,
    /// The lower the better.
    rank: u8,
}

impl<'v> Body<'v> {
    fn new(text: &'v str, content_type: &str, role: &str) -> Self {
        let is_html = content_type.contains("html") || role.contains("html");
        let is_xml = content_type.contains("xml") || role.contains("nitf");
        let is_said_plain = content_type.starts_with("text/plain") || (content_type.is_empty() && role == "text");
        let is_markup = !is_said_plain && (is_html || is_xml || html::looks_like_markup(text));
        let rank = match (is_markup, is_html, role) {
            (true, true, "main") => 0,
            (true, true, _) => 1,
            (true, false, _) if !is_xml => 2,
            (false, ..) => 3,
            _ => 4,
        };
        Self { text, is_markup, rank }
    }
}

/// The code of a concept: its uri, or scheme and code together. An eight-digit code without a scheme is one of IPTC's.
fn concept_uri(entry: &Object<'_, '_>) -> Option<String> {
    if let Some(uri) = entry.text(&["uri"]) {
        return Some(uri.trim().to_owned());
    }
    let code = entry.text(&["code", "literal"]).map(str::trim)?;
    let scheme = entry.text(&["scheme"]).map(str::trim);
    let is_iptc = code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit());
    Some(match scheme {
        Some(scheme) if scheme.ends_with(['/', '#', ':', '=']) => format!("{scheme}{code}"),
        Some(scheme) => format!("{scheme}:{code}"),
        None if is_iptc && courant_news::media_topic_name(code).is_some() => format!("medtop:{code}"),
        None if is_iptc => format!("subj:{code}"),
        None => code.to_owned(),
    })
}

/// The section of a Media Topic of the top level.
fn root_section(uri: &str) -> Option<SectionSlug> {
    let slug = match uri.strip_prefix("medtop:")? {
        "01000000" => "culture",
        "02000000" => "crime",
        "03000000" => "disasters",
        "04000000" => "economy",
        "05000000" => "education",
        "06000000" => "environment",
        "07000000" => "health",
        "08000000" => "people",
        "09000000" => "labour",
        "10000000" => "lifestyle",
        "11000000" => "politics",
        "12000000" => "religion",
        "13000000" => "science",
        "14000000" => "society",
        "15000000" => "sport",
        "16000000" => "conflict",
        "17000000" => "weather",
        _ => return None,
    };
    SectionSlug::parse(slug).ok()
}

fn signal_of(given: &str) -> Option<Signal> {
    match given.rsplit([':', '/']).next().unwrap_or(given) {
        "update" => Some(Signal::Update),
        "correction" => Some(Signal::Correction),
        _ => None,
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The places a story is about: each once, the dateline's own entry apart.
fn about(places: Vec<place::Given<'_>>) -> Vec<Place> {
    let mut about: Vec<Place> = Vec::with_capacity(places.len());
    for given in places.into_iter().filter(|given| !given.is_located) {
        if !about.iter().any(|known| known.slug == given.place.slug) {
            about.push(given.place);
        }
    }
    about
}

/// The names in a printed byline. `and` parts two names only if both look like names of people: two to four words.
fn printed_bylines(printed: &str) -> Vec<&str> {
    let printed = ["By ", "BY ", "by "].iter().find_map(|by| printed.strip_prefix(by)).unwrap_or(printed);
    let is_person = |name: &str| (2..=4).contains(&name.split_whitespace().count());
    let mut names = Vec::new();
    for part in printed.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let people: Vec<&str> = part.split(" and ").map(str::trim).collect();
        if people.iter().all(|name| is_person(name)) {
            names.extend(people);
        } else {
            names.push(part);
        }
    }
    names
}

/// Some bodies repeat the headline as their first heading.
fn drop_repeated_headline(body: &mut Vec<Block>, headline: &Headline) {
    let repeats =
        matches!(body.first(), Some(Block::SubHead(run)) if matches!(run.as_slice(), [Inline::Text(text)] if **text == *headline.as_str()));
    if repeats {
        body.remove(0);
    }
}
