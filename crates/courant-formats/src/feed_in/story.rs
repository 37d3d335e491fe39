//! From an entry of a feed to a news item.

use courant_news::{
    Association, AssociationRole, Byline, Guid, Headline, Keyword, Lang, Lead, NewsItem, Picture, Rendition, SourceName, Subject,
    plain_text,
};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::Url;

use super::{Author, Category, Entry, Feed, Media};
use crate::findings::{Findings, cut};
use crate::html::is_unprintable;
use crate::incoming::{Arrival, Content, Incoming, Position, Problem, Reading, Refused, Repair};

/// News is not older than this year.
const YEAR_MIN: i16 = 1900;
/// How far a sender's clock may run ahead without a word, in hours.
const AHEAD_HOURS_MAX: i64 = 24;
/// How many words stand in for a missing headline.
const HEADLINE_WORDS_MAX: usize = 12;
/// The longest text of a picture and the longest notice, in characters.
const CAPTION_CHARS_MAX: usize = 2_000;
const RIGHTS_CHARS_MAX: usize = 10_000;
/// Where the Media Topics lie.
const MEDIA_TOPICS: &str = "cv.iptc.org/newscodes/mediatopic";

/// What stands in an address only encoded.
const NOT_IN_GUID: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');

/// The stories of a feed, each read or refused by itself. What was mended in the feed as a whole is told with the first.
pub fn stories(feed: Feed, reading: &Reading<'_>) -> Vec<Arrival> {
    let is_json = matches!(feed.dialect, super::Dialect::JsonFeed10 | super::Dialect::JsonFeed11);
    let list = is_json.then_some("items");
    stories_of(feed, list, reading)
}

/// As [`stories`]; with the name of a list of JSON, entries stand at their places in it, else on their lines.
pub(crate) fn stories_of(feed: Feed, list: Option<&str>, reading: &Reading<'_>) -> Vec<Arrival> {
    let Feed { entries, mut repairs, .. } = feed;
    let feed = Feed { entries: Vec::new(), repairs: Vec::new(), ..feed };
    let arrivals = entries.into_iter().map(|entry| {
        let at = match list {
            Some(list) => Position::Path(format!("{list}[{}]", entry.at.saturating_sub(1)).into()),
            None => Position::Line(entry.at),
        };
        Arrival { at, read: story(entry, &feed, &mut repairs, reading) }
    });
    arrivals.collect()
}

fn story(entry: Entry, feed: &Feed, of_feed: &mut Vec<Repair>, reading: &Reading<'_>) -> Result<Incoming, Refused> {
    let findings = Findings::default();
    for repair in of_feed.drain(..).chain(entry.repairs.iter().cloned()) {
        findings.repair(repair);
    }
    let guid = guid_of(&entry, feed)?;
    let lang = entry.language.clone().or_else(|| feed.language.clone()).unwrap_or_else(|| {
        findings.mended(&"language", "", "is missing; taken as en");
        Lang::english()
    });
    let (published, updated) = times(&entry, reading.now, &findings);
    let headline = headline(&entry, &findings).map_err(|problem| Refused { guid: Some(guid.as_str().into()), problems: vec![problem] })?;
    let mut item = NewsItem::new(guid, headline, lang, published);
    item.times.version_created_at = updated;
    item.lead = lead(&entry, &findings);
    item.bylines = bylines(&entry.authors, &findings);
    item.source = feed.title.as_deref().and_then(|title| findings.fitted(&"source", title, SourceName::parse, SourceName::CHARS_MAX));
    let notice = entry.rights.as_deref().or(feed.rights.as_deref());
    item.rights.copyright_notice = notice.map(|notice| cut(notice, RIGHTS_CHARS_MAX).into());
    (item.subjects, item.keywords) = filed_under(&entry.categories, &findings);
    item.associations = pictures(&entry.media, &item, &findings);
    item.body = entry.text;
    let (_, repairs) = findings.into_parts();
    Ok(Incoming { content: Content::Story(Box::new(item)), repairs, is_numbered: false })
}

/// The guid of a story: the entry's id if it is an address or another URI. A site that moved to https keeps its stories. What
/// is only a number or a word gets the name of its feed, since others count too.
fn guid_of(entry: &Entry, feed: &Feed) -> Result<Guid, Refused> {
    let id = entry.id.trim();
    let scheme = id.split_once(':').map(|(scheme, _)| scheme);
    let is_uri =
        scheme.is_some_and(|scheme| 2 <= scheme.len() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)));
    let host = || {
        let address = feed.link.as_deref().or(entry.link.as_deref())?;
        Some(Url::parse(address).ok()?.host_str()?.to_owned())
    };
    let whole = match (id.get(..7), is_uri) {
        (Some(start), _) if start.eq_ignore_ascii_case("http://") => format!("https://{}", &id[7..]),
        (_, true) => id.to_owned(),
        (_, false) => format!("urn:x-feed:{}:{id}", host().or_else(|| feed.id.clone().map(Into::into)).unwrap_or_default()),
    };
    let encoded = utf8_percent_encode(&whole, NOT_IN_GUID).to_string();
    let kept: String = encoded.chars().filter(|letter| !is_unprintable(*letter) && !letter.is_whitespace()).collect();
    Guid::parse(&kept).map_err(|error| Refused {
        guid: None,
        problems: vec![Problem::new("guid", id, error.problem, "give each story a short URI that never changes")],
    })
}

/// When it was published and when this version was made. A story without a date is from now.
fn times(entry: &Entry, now: Timestamp, findings: &Findings) -> (Timestamp, Timestamp) {
    let possible = |field: &str, given: Option<Timestamp>| {
        let at = given.and_then(|at| Timestamp::from_microsecond(at.as_microsecond()).ok())?;
        if at.to_zoned_datetime(TimeZone::UTC).year() < YEAR_MIN {
            findings.mended(&field, &at.to_string(), format!("lies before {YEAR_MIN}; left out"));
            return None;
        }
        if at <= now {
            return Some(at);
        }
        if now.checked_add(AHEAD_HOURS_MAX.hours()).is_ok_and(|latest| latest < at) {
            findings.mended(&field, &at.to_string(), format!("lies in the future; taken as now, {now}"));
        }
        Some(now)
    };
    let published = possible("pubDate", entry.published);
    let updated = possible("updated", entry.updated);
    if published.is_none() && updated.is_none() {
        findings.mended(&"pubDate", "", "is missing; taken as now");
    }
    let published = published.or(updated).unwrap_or(now);
    (published, updated.unwrap_or(published).max(published))
}

fn headline(entry: &Entry, findings: &Findings) -> Result<Headline, Problem> {
    if let Some(headline) = entry.title.as_deref().and_then(|title| findings.fitted(&"title", title, Headline::parse, Headline::CHARS_MAX))
    {
        return Ok(headline);
    }
    let text = entry.summary.as_deref().map_or_else(|| plain_text(&entry.text[..entry.text.len().min(1)]), str::to_owned);
    let mut words = text.split_whitespace();
    let mut first = words.by_ref().take(HEADLINE_WORDS_MAX).collect::<Vec<_>>().join(" ");
    if words.next().is_some() {
        first.push('…');
    }
    if !first.is_empty() {
        findings.mended(&"title", &first, "is missing; taken from the first words of the text");
    }
    Headline::parse(&cut(&first, Headline::CHARS_MAX))
        .map_err(|_| Problem::new("title", "", "is missing, and there is no text to make one of", "give a title"))
}

/// The summary, unless it only repeats the text or the headline.
fn lead(entry: &Entry, findings: &Findings) -> Option<Lead> {
    let summary = entry.summary.as_deref()?;
    let is_repeated = entry.title.as_deref() == Some(summary) || (entry.text.len() == 1 && plain_text(&entry.text).trim() == summary);
    if is_repeated {
        return None;
    }
    findings.fitted(&"summary", summary, Lead::parse, Lead::CHARS_MAX)
}

fn bylines(authors: &[Author], findings: &Findings) -> Vec<Byline> {
    let mut bylines = Vec::new();
    // Nobody's mail address is printed.
    for name in authors.iter().filter_map(|author| author.name.as_deref()) {
        match Byline::new(name, None) {
            Ok(byline) if !bylines.contains(&byline) => bylines.push(byline),
            Ok(_) => {}
            Err(error) => findings.mended(&"author", name, format!("{}; left out", error.problem)),
        }
    }
    bylines
}

fn filed_under(categories: &[Category], findings: &Findings) -> (Vec<Subject>, Vec<Keyword>) {
    let (mut subjects, mut keywords): (Vec<Subject>, Vec<Keyword>) = (Vec::new(), Vec::new());
    for category in categories {
        let name = category.label.as_deref().unwrap_or(&category.term);
        let code = category.scheme.as_deref().and_then(|scheme| {
            let (_, behind) = scheme.split_once(MEDIA_TOPICS)?;
            // RSS writes the code behind the vocabulary, Atom in the term.
            let code = behind.trim_matches('/');
            Some(if code.is_empty() { category.term.to_string() } else { code.to_owned() })
        });
        match code.and_then(|code| Subject::new(&format!("medtop:{}", code.trim_start_matches("medtop:")), Some(name)).ok()) {
            Some(subject) if !subjects.contains(&subject) => subjects.push(subject),
            Some(_) => {}
            None => match findings.fitted(&"category", name, Keyword::parse, Keyword::CHARS_MAX) {
                Some(keyword) if !keywords.contains(&keyword) => keywords.push(keyword),
                Some(_) | None => {}
            },
        }
    }
    (subjects, keywords)
}

/// The pictures that a page can show: with a size to keep room for, a caption and somebody to credit.
fn pictures(media: &[Media], item: &NewsItem, findings: &Findings) -> Vec<Association> {
    let mut associations = Vec::new();
    for file in media.iter().filter(|file| file.media_type.as_deref().is_some_and(|kind| kind.starts_with("image/"))) {
        let kind = file.media_type.as_deref().unwrap_or("image/jpeg");
        let (Some(width), Some(height)) = (file.width, file.height) else {
            findings.mended(&"media", &file.url, "gives no width and height, so a page cannot keep room for it; left out");
            continue;
        };
        let caption = file.caption.as_deref().unwrap_or(item.headline.as_str());
        let credit = file.credit.as_deref().or(item.source.as_ref().map(SourceName::as_str)).unwrap_or_default();
        let (caption, credit) = (cut(caption, CAPTION_CHARS_MAX), cut(credit, SourceName::CHARS_MAX));
        let made = Rendition::new(&file.url, kind, width, height).and_then(|file| Picture::new(&caption, &credit, &caption, vec![file]));
        match made {
            Ok(picture) => {
                let role = if associations.is_empty() { AssociationRole::Feature } else { AssociationRole::Gallery };
                associations.push(Association { role, picture });
            }
            Err(error) => findings.mended(&"media", &file.url, format!("{}; the picture is left out", error.problem)),
        }
    }
    associations
}
