//! Turns stories of the Reuters-21578 collection into ninjs 3.1.
//!
//! The collection does not say which clock its dates were taken from; they are read as Greenwich Mean Time.

use anyhow::Context;
use jiff::tz::Offset;
use jiff::{Timestamp, civil};

use super::dateline::{self, SourceDateline};
use super::ninjs::{self, Body, Concept, Headline, Item, Source, Standard, concept, media_topic_uri, slug};
use super::places::{self, Country};
use super::sgml::{Layout, SourceStory};
use super::{copy, names, topics};

/// The longest slugline, in bytes.
const SLUGLINE_LEN_MAX_BYTES: usize = 40;
/// How long before a story moves its dateline may be dated; older or later ones are misprints.
const DATELINE_DAYS_MAX: i64 = 14;

/// One story as a news item.
///
/// # Errors
/// When its date cannot be read.
pub(crate) fn item(story: &SourceStory) -> anyhow::Result<Item<'static>> {
    let moved_at = instant(&story.date).with_context(|| format!("NEWID {}", story.new_id))?;
    let dateline = dateline::parse(&story.dateline);
    let (headline, paragraphs) = headline_and_copy(story, dateline.as_ref());
    let header = WireHeader::parse(&story.wire_header);
    let filed_at = dateline.as_ref().and_then(|dateline| filed_at(moved_at, dateline.day?)).unwrap_or(moved_at);
    let (located, places) = places(story, dateline.as_ref());
    let bodies = if paragraphs.is_empty() {
        Vec::new()
    } else {
        let word_count = copy::n_words(&paragraphs);
        vec![Body { content_type: "text/html", word_count, value: copy::html(&paragraphs).into() }]
    };
    Ok(Item {
        uri: format!("tag:reuters.example,1987:21578/{}", story.new_id).into(),
        standard: Standard::NINJS_3_1,
        r#type: "text",
        pub_status: "usable",
        version: "1",
        language: "en",
        urgency: header.urgency(),
        first_created: moved_at.to_string().into(),
        version_created: moved_at.to_string().into(),
        content_created: filed_at.to_string().into(),
        slugline: header.slugline.clone().into(),
        headlines: [Headline { value: headline.into() }],
        bodies,
        by: byline(&story.author).into(),
        located: located.into(),
        subjects: subjects(story, &header),
        places,
        people: story.people.iter().map(|code| concept(names::from_code(code), format!("reuters:person/{code}"))).collect(),
        organisations: organisations(story),
        info_sources: [Source { name: "Reuters", role: "source" }],
    })
}

/// `26-FEB-1987 15:01:01.79`, perhaps followed by service codes, as an instant.
fn instant(date: &str) -> anyhow::Result<Timestamp> {
    let read = || -> Option<Timestamp> {
        let mut words = date.split_whitespace();
        let (day, time) = (words.next()?, words.next()?);
        let mut day = day.split('-');
        let (day, month, year) = (day.next()?, day.next()?, day.next()?);
        let mut time = time.split(':');
        let (hour, minute, second) = (time.next()?, time.next()?, time.next()?);
        // One story of the collection has a digit of dirt before its hour.
        let hour = hour.get(hour.len().saturating_sub(2)..)?;
        let (second, fraction) = second.split_once('.').unwrap_or((second, "0"));
        let hundredths: i32 = format!("{fraction:0<2}").get(..2)?.parse().ok()?;
        civil::DateTime::new(
            year.parse().ok()?,
            dateline::month(month)?,
            day.parse().ok()?,
            hour.parse().ok()?,
            minute.parse().ok()?,
            second.parse().ok()?,
            hundredths * 10_000_000,
        )
        .and_then(|clock| Offset::UTC.to_timestamp(clock))
        .ok()
    };
    read().with_context(|| format!("DATE {date:?} is not like 26-FEB-1987 15:01:01.79"))
}

/// When the copy was filed: midnight of the dateline's day, or `None` when that is the day it moved.
fn filed_at(moved_at: Timestamp, (month, day): (i8, i8)) -> Option<Timestamp> {
    let moved = Offset::UTC.to_datetime(moved_at).date();
    let filed = civil::Date::new(moved.year(), month, day).ok()?;
    let days_before = (moved - filed).get_days();
    if !(1..=DATELINE_DAYS_MAX).contains(&i64::from(days_before)) {
        return None;
    }
    Offset::UTC.to_timestamp(filed.at(0, 0, 0, 0)).ok()
}

fn headline_and_copy(story: &SourceStory, dateline: Option<&SourceDateline>) -> (String, Vec<String>) {
    let mut paragraphs = match dateline {
        Some(dateline) if !dateline.copy.is_empty() => copy::paragraphs(&format!("{} {}", dateline.copy, story.body)),
        _ => copy::paragraphs(&story.body),
    };
    let headline = match story.layout {
        Layout::Normal | Layout::Brief => one_line(&story.title),
        Layout::Unprocessed if paragraphs.is_empty() => String::new(),
        Layout::Unprocessed => {
            let first = story.body.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let headline = one_line(first);
            // The first line is the start of the first paragraph.
            let rest = paragraphs.remove(0)[headline.len()..].trim_start().to_owned();
            paragraphs.insert(0, rest);
            paragraphs.retain(|paragraph| !paragraph.is_empty());
            headline
        }
    };
    // One story of the collection holds nothing at all; a news item needs a headline.
    let headline = if headline.is_empty() { format!("NO TEXT (STORY {})", story.new_id) } else { headline };
    (headline, paragraphs)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `    By Sue Baker, Reuters` without its first word and the agency.
fn byline(author: &str) -> String {
    let line = one_line(author);
    let line = match line.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") => &line[3..],
        _ => line.as_str(),
    };
    let mut name = line;
    if let Some((before, agency)) = line.rsplit_once(',')
        && agency.trim().to_ascii_lowercase().starts_with("reuter")
    {
        name = before;
    }
    if name.chars().any(char::is_lowercase) { name.trim().to_owned() } else { names::title_case(name) }
}

/// Where the story is from, and every place it is about; the first of them is where it is from.
fn places(story: &SourceStory, dateline: Option<&SourceDateline>) -> (String, Vec<Concept<'static>>) {
    let mut places = Vec::new();
    let mut located = String::new();
    if let Some(dateline) = dateline {
        let city = names::title_case(&dateline.city);
        let country = country_of(dateline, story);
        located = ninjs::located(&city, country);
        places.push(ninjs::place(city.into(), "located", country));
    }
    for code in &story.places {
        let country = places::country(code);
        let name = country.map_or_else(|| names::from_code(code).into(), |country| country.name.into());
        places.push(ninjs::place(name, "about", country));
    }
    (located, places)
}

/// The country a dateline is from: of its region, of a well-known city, or the only country the story is about.
fn country_of(dateline: &SourceDateline, story: &SourceStory) -> Option<Country> {
    let of_region = dateline.region.as_deref().and_then(places::country_of_region);
    let only = || match story.places.as_slice() {
        [only] => places::country(only),
        _ => None,
    };
    of_region.or_else(|| places::country_of_city(&dateline.city)).or_else(only)
}

fn subjects(story: &SourceStory, header: &WireHeader) -> Vec<Concept<'static>> {
    let (section, name) = section(story, header);
    let mut subjects = vec![ninjs::section(section, name)];
    for code in &story.topics {
        let subject = match topics::media_topic(code) {
            Some(topic) => concept(topic.name, media_topic_uri(topic.code)),
            None => concept(code.clone(), format!("reuters:topic/{code}")),
        };
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    subjects
}

/// The wire carried business news; what went to the general service alone, without a subject, is world news.
fn section(story: &SourceStory, header: &WireHeader) -> (&'static str, &'static str) {
    if story.topics.is_empty() && header.is_general_only() { ("world", "World") } else { ("economy", "Economy") }
}

fn organisations(story: &SourceStory) -> Vec<Concept<'static>> {
    let orgs = story.orgs.iter().map(|code| {
        let name = names::organisation(code).map_or_else(|| code.to_uppercase(), str::to_owned);
        concept(name, format!("reuters:org/{code}"))
    });
    let exchanges = story.exchanges.iter().map(|code| {
        let name = names::exchange(code).map_or_else(|| code.to_uppercase(), str::to_owned);
        concept(name, format!("reuters:exchange/{code}"))
    });
    let companies = story.companies.iter().map(|name| concept(name.clone(), format!("reuters:company/{}", slug(name))));
    orgs.chain(exchanges).chain(companies).collect()
}

/// What the wire put before each story: services, a priority, and the slug.
#[derive(Debug, Default, PartialEq, Eq)]
struct WireHeader {
    /// `F` finance, `C` commodities, `V` general news and so on.
    services: Vec<String>,
    /// `f` flash, `b` bulletin, `u` urgent, `r` regular, `d` deferred; others were for services.
    priority: Option<char>,
    /// Upper case, words joined by hyphens. Empty when the header has none.
    slugline: String,
}

impl WireHeader {
    fn parse(header: &str) -> Self {
        let lines: Vec<&str> = header.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let Some((last, before)) = lines.split_last() else { return Self::default() };
        let services = before
            .first()
            .map(|line| line.split_whitespace().map(str::to_owned).collect())
            .filter(|services: &Vec<String>| services.iter().all(|service| service.len() <= 2))
            .unwrap_or_default();
        let words: Vec<&str> = last.split_whitespace().collect();
        let [priority, _, slug, ..] = words.as_slice() else { return Self { services, ..Self::default() } };
        let slug = slug.to_ascii_uppercase();
        let slug = slug.strip_prefix("BC-").unwrap_or(&slug);
        let words = slug.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let mut slugline = words.collect::<Vec<_>>().join("-");
        slugline.truncate(SLUGLINE_LEN_MAX_BYTES);
        Self { services, priority: priority.chars().last(), slugline }
    }

    fn urgency(&self) -> u8 {
        match self.priority {
            Some('f') => 1,
            Some('b') => 2,
            Some('u') => 3,
            Some('d') => 6,
            _ => 5,
        }
    }

    fn is_general_only(&self) -> bool {
        self.services.iter().any(|service| service == "V") && self.services.iter().all(|service| service == "V" || service == "RM")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::corpus::sgml;

    /// Made up for this test in the shape of the collection; not from it.
    const SAMPLE: &[u8] = include_bytes!("../../tests/sample.sgm");

    fn items() -> Vec<Value> {
        let stories = sgml::stories(SAMPLE).unwrap();
        stories.iter().map(|story| serde_json::to_value(item(story).unwrap()).unwrap()).collect()
    }

    #[test]
    fn a_story_keeps_what_the_wire_said() {
        let story = &items()[0];
        assert_eq!(story["uri"], "tag:reuters.example,1987:21578/90001");
        assert_eq!(story["versionCreated"], "1987-03-04T09:05:07.5Z");
        assert_eq!(story["contentCreated"], "1987-03-03T00:00:00Z", "the dateline is of the day before");
        assert_eq!(story["headlines"][0]["value"], "HARBOUR <HBR> TO STORE MORE TEA & COFFEE");
        assert_eq!(story["slugline"], "HARBOUR-HBR-TO-STORE");
        assert_eq!(story["urgency"], 3);
        assert_eq!(story["by"], "Sample Desk");
        assert_eq!(story["located"], "Portland, United States");
        assert_eq!(
            story["bodies"][0]["value"],
            "<p>The port of this sample said its sheds hold tea &amp; coffee.</p>\n\
             <p>A second paragraph follows.</p>\n<p>Tea 12 14</p>\n<p>Coffee nil 3</p>"
        );
        assert_eq!(story["bodies"][0]["wordCount"], 22);
    }

    #[test]
    fn codes_become_concepts() {
        let story = &items()[0];
        let of = |country, code| json!({"type": "Feature", "geometry": null, "properties": {"country": country, "countryCode": code}});
        assert_eq!(
            story["places"],
            json!([
                {"name": "Portland", "rel": "located", "uri": "courant:place/portland", "geoJSON": of("United States", "US")},
                {"name": "United States", "rel": "about", "uri": "courant:place/united-states", "geoJSON": of("United States", "US")},
                {"name": "Sri Lanka", "rel": "about", "uri": "courant:place/sri-lanka", "geoJSON": of("Sri Lanka", "LK")},
            ])
        );
        assert_eq!(
            story["subjects"],
            json!([
                {"name": "Economy", "rel": "section", "uri": "courant:section/economy"},
                {"name": "soft commodity", "uri": "http://cv.iptc.org/newscodes/mediatopic/20000389"},
                {"name": "copra-cake", "uri": "reuters:topic/copra-cake"},
            ])
        );
        assert_eq!(story["people"], json!([{"name": "James Baker", "uri": "reuters:person/james-baker"}]));
        assert_eq!(
            story["organisations"],
            json!([
                {"name": "International Coffee Organization", "uri": "reuters:org/ico-coffee"},
                {"name": "London Metal Exchange", "uri": "reuters:exchange/lme"},
            ])
        );
    }

    #[test]
    fn a_flash_is_a_headline_alone() {
        let flash = &items()[1];
        assert_eq!(flash["headlines"][0]["value"], "SAMPLE BANK LEAVES RATE WHERE IT WAS");
        assert_eq!(flash["urgency"], 1);
        assert_eq!(flash.get("bodies"), None);
        assert_eq!(flash.get("located"), None);
    }

    #[test]
    fn the_first_line_of_a_table_is_its_headline() {
        let table = &items()[2];
        assert_eq!(table["headlines"][0]["value"], "SAMPLE METAL STOCKS - MARCH 4");
        assert_eq!(table["bodies"][0]["value"], "<p>Copper 120 up 3</p>\n<p>Zinc 80 down 1</p>");
        assert_eq!(table["versionCreated"], "1987-03-04T05:12:19.12Z", "a digit of dirt before the hour is skipped");
    }

    #[test]
    fn a_story_without_any_text_is_still_an_item() {
        assert_eq!(items()[3]["headlines"][0]["value"], "NO TEXT (STORY 90004)");
        assert_eq!(items()[3]["subjects"], json!([{"name": "World", "rel": "section", "uri": "courant:section/world"}]));
    }

    #[test]
    fn a_date_that_cannot_be_read_is_refused() {
        let error = instant("31-FEB-1987 00:00:00.00").unwrap_err().to_string();
        assert_eq!(error, "DATE \"31-FEB-1987 00:00:00.00\" is not like 26-FEB-1987 15:01:01.79");
    }
}
