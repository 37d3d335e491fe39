//! From a ninjs document to a news item.

use courant_news::{
    Dateline, EdNote, Guid, ItemType, Lang, Lead, NewsItem, PubStatus, Reason, Slugline, SourceName, Times, Urgency, Version,
};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::filed::about;
use super::picture::{self, Around};
use super::tree::Object;
use super::words::drop_repeated_headline;
use super::{GUID, place, scan};
use crate::findings::{Findings, cut};
use crate::incoming::{Content, Problem, Reading, Refused, Repair, Withdrawal};
use crate::instant;

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
    if let Some(Value::Object(data)) = map.get_mut("data")
        && data.contains_key("item")
    {
        map = std::mem::take(data);
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

pub(super) fn edition_of(map: &Map<String, Value>) -> Edition {
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

pub(super) struct Reader<'p, 'v, 'c> {
    pub(super) top: Object<'p, 'v>,
    pub(super) reading: &'c Reading<'c>,
}

impl Reader<'_, '_, '_> {
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
        if let Ok(status) = PubStatus::parse(given.trim()) {
            Some(status)
        } else {
            // Guessing could publish what must not be, or withdraw what was not.
            self.top.refuse("pubStatus", given, "is unknown", "use usable, withheld or canceled");
            None
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
        if let Some(version) = whole.parse().ok().and_then(Version::new) {
            if whole != text {
                self.top.repair(name, &text, format!("is no whole number; taken as {version}"));
            }
            version
        } else {
            self.top.repair(name, &text, "is no number from 1; taken as 1");
            Version::FIRST
        }
    }

    fn item(&self, guid: Option<Guid>, version: Version, ednote: Option<EdNote>, may_lack_words: bool) -> Option<NewsItem> {
        let top = &self.top;
        let lang = self.lang();
        let item_type = self.item_type();
        let mut times = self.times();
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
        let filed_at = top.past(&["contentCreated", "contentcreated"], self.reading.now);
        let filed_at = filed_at.unwrap_or(times.first_moved_at);
        let dateline: Option<Dateline> = place::dateline(top, &places, filed_at);
        let filed = self.filed_under();
        let embargo = top.embargo(&["embargoedUntil", "embargoeduntil", "embargoed"], self.reading.now);
        let alt = self.alt_ids();
        let corrections = self.corrections();
        let urgency = self.urgency();
        let bylines = self.bylines();
        let people = self.entities(&["people", "person"]);
        let organisations = self.entities(&["organisations", "organisation", "organization"]);
        let genre = self.genre();
        let (guid, headline) = (guid?, headline?);
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

    fn times(&self) -> Times {
        let now = self.reading.now;
        let version_names = ["versionCreated", "versioncreated"];
        let first_names = ["firstCreated", "firstcreated", "firstpublished"];
        let version_given = self.top.past(&version_names, now);
        let first_given = self.top.past(&first_names, now);
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
        Times { version_created_at, first_moved_at: micros(first_moved_at), updated_at: None, corrected_at: None }
    }
}

pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
