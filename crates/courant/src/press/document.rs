//! From what a source sent to reports: any feed, or ninjs. What cannot be shown is left out with a sentence, and what is a copy of ours
//! is no report.

use courant_formats::feed_in::{self, Hints, Origin};
use courant_formats::incoming::{Content, Reading};
use courant_formats::{ninjs, source as documents};
use courant_news::press::{FeedForm, PressSource, WebAddress};
use courant_news::{filter, plain_text};
use courant_press::fetching::headline;
use jiff::Timestamp;

/// Reports of one document that are read.
const REPORTS_MAX: usize = 10_000;
/// Bytes of a summary and of copy that are kept, for matching.
const SUMMARY_BYTES_MAX: usize = 1 << 10;
const TEXT_BYTES_MAX: usize = 4 << 10;
/// Sentences about one document.
const FAULTS_MAX: usize = 8;

/// A report as a document holds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Reported {
    pub(super) guid: String,
    pub(super) link: String,
    pub(super) headline: String,
    pub(super) summary: String,
    pub(super) text: String,
    pub(super) lang: String,
    pub(super) published: Option<Timestamp>,
    /// What it is filed under, in its own words.
    pub(super) topics: Vec<String>,
}

/// A document, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Document {
    pub(super) reports: Vec<Reported>,
    /// What was mended or left out.
    pub(super) faults: Vec<String>,
    pub(super) hints: Hints,
}

/// Where a document came from.
#[derive(Clone, Debug)]
pub(super) struct From<'d> {
    pub(super) source: &'d PressSource,
    pub(super) url: &'d str,
    pub(super) charset: Option<&'d str>,
    /// Scheme and host of our own site.
    pub(super) origin: Option<&'d str>,
    pub(super) now: Timestamp,
}

/// Reads a document.
///
/// # Errors
/// A sentence for the operator, when it is none that a source of news sends.
pub(super) fn read(bytes: &[u8], from: &From<'_>) -> Result<Document, String> {
    let hints = feed_in::hints(bytes, Some(from.url));
    let is_ninjs = from.source.form == Some(FeedForm::Ninjs);
    let (found, mut faults) = if is_ninjs { of_ninjs(bytes, from)? } else { of_feed(bytes, from)? };
    let (mut reports, mut n_empty, mut n_linkless, mut n_cleaned, mut n_ours) = (Vec::new(), 0_usize, 0_usize, 0_usize, 0_usize);
    let n_found = found.len();
    for mut report in found.into_iter().take(REPORTS_MAX) {
        let Some((clean, was_cleaned)) = headline(&report.headline) else {
            n_empty += 1;
            continue;
        };
        n_cleaned += usize::from(was_cleaned);
        report.headline = clean;
        if WebAddress::parse(&report.link).is_err() {
            n_linkless += 1;
            continue;
        }
        if from.origin.is_some_and(|origin| is_under(&report.link, origin) || is_under(&report.guid, origin)) {
            n_ours += 1;
            continue;
        }
        report.summary.truncate(report.summary.floor_char_boundary(SUMMARY_BYTES_MAX));
        report.text.truncate(report.text.floor_char_boundary(TEXT_BYTES_MAX));
        reports.push(report);
    }
    for (n, what) in [
        (n_found.saturating_sub(REPORTS_MAX), "entries beyond the first 10,000 were left out"),
        (n_empty, "entries have no headline and were left out"),
        (n_linkless, "entries have no address on the web and were left out; nothing could be shown of them but words"),
        (n_cleaned, "headlines held markup, invisible letters or marks that turn text around; these were taken out"),
        (n_ours, "entries are our own stories and were left out"),
    ] {
        if n != 0 {
            faults.push(format!("{n} {what}"));
        }
    }
    Ok(Document { reports, faults, hints })
}

fn of_feed(bytes: &[u8], from: &From<'_>) -> Result<(Vec<Reported>, Vec<String>), String> {
    let feed = match feed_in::read(bytes, &Origin { url: Some(from.url), charset: from.charset }) {
        Ok(feed) => feed,
        Err(refused) => return refused_feed(bytes, from, &refused.to_string()),
    };
    let lang_of_feed = feed.language.as_ref().map(ToString::to_string);
    // A page is mended into a feed of nothing.
    if feed.entries.is_empty() && feed_in::is_html(bytes) {
        return Err(page(bytes, from));
    }
    let mut faults: Vec<String> = feed.repairs.iter().map(ToString::to_string).collect();
    if feed.is_broken {
        faults.insert(0, "the feed is not well-formed XML; what could be read was taken".to_owned());
    }
    faults.truncate(FAULTS_MAX);
    let reports = feed.entries.into_iter().map(|entry| Reported {
        guid: entry.id.into(),
        link: entry.link.unwrap_or_default().into(),
        headline: entry.title.map(Into::into).unwrap_or_default(),
        summary: entry.summary.map(Into::into).unwrap_or_default(),
        text: plain_text(&entry.text),
        lang: entry.language.map(|lang| lang.to_string()).or_else(|| lang_of_feed.clone()).unwrap_or_default(),
        published: entry.published,
        topics: entry.categories.into_iter().map(|category| category.label.unwrap_or(category.term).into()).collect(),
    });
    Ok((reports.collect(), faults))
}

/// What is no feed may be a page that names one, or ninjs.
fn refused_feed(bytes: &[u8], from: &From<'_>, refused: &str) -> Result<(Vec<Reported>, Vec<String>), String> {
    if feed_in::is_html(bytes) {
        return Err(page(bytes, from));
    }
    let start = bytes.trim_ascii_start();
    if (start.starts_with(b"{") || start.starts_with(b"["))
        && let Ok(read) = of_ninjs(bytes, from)
    {
        return Ok(read);
    }
    Err(format!("{} is no feed that can be read: {refused}", from.url))
}

fn page(bytes: &[u8], from: &From<'_>) -> String {
    let feeds = feed_in::discover(bytes, Some(from.url));
    let id = &from.source.id;
    match feeds.first() {
        Some(feed) => format!(
            "{} is a page and no feed; it names {feed} as its feed: `courant press add {feed} --name {:?} --id {id}`",
            from.url, from.source.outlet
        ),
        None => format!("{} is a page and no feed, and names none; look for its feed and add that", from.url),
    }
}

fn of_ninjs(bytes: &[u8], from: &From<'_>) -> Result<(Vec<Reported>, Vec<String>), String> {
    let (mut reports, mut faults) = (Vec::new(), Vec::new());
    let reading = Reading { now: from.now, base_url: None };
    for document in documents::items(bytes, from.url).take(REPORTS_MAX) {
        let document = document.map_err(|error| error.to_string())?;
        match ninjs::read(&document.bytes, &reading) {
            Ok(read) => {
                if let Content::Story(item) = read.content {
                    let guid = item.guid.to_string();
                    let link = if guid.starts_with("http") { guid.clone() } else { link_in(&document.bytes) };
                    reports.push(Reported {
                        guid,
                        link,
                        headline: item.headline.to_string(),
                        summary: item.lead.as_ref().map(ToString::to_string).unwrap_or_default(),
                        text: plain_text(&item.body),
                        lang: item.lang.to_string(),
                        published: Some(item.times.first_moved_at),
                        topics: filter::terms(&item).into_iter().filter(is_topic).map(|term| term.value).collect(),
                    });
                }
            }
            Err(refused) if faults.len() < FAULTS_MAX => faults.push(refused.to_string()),
            Err(_) => {}
        }
    }
    if reports.is_empty() {
        let why = faults.first().map_or("it holds no document", String::as_str);
        return Err(format!("{} is no ninjs that can be read: {why}", from.url));
    }
    Ok((reports, faults))
}

fn is_topic(term: &filter::Term) -> bool {
    matches!(term.facet, filter::Facet::Section | filter::Facet::Topic)
}

/// The page of a ninjs document whose name is no address: `canonicalurl` of 1.x and 2.x, `canonicalUrl` of 3.x, or a link.
fn link_in(document: &[u8]) -> String {
    let value: serde_json::Value = serde_json::from_slice(document).unwrap_or_default();
    let keys = ["canonicalUrl", "canonicalurl", "url", "profileUrl"];
    keys.iter().find_map(|key| value[key].as_str()).unwrap_or_default().to_owned()
}

/// Whether an address lies on a site, whatever its scheme.
fn is_under(address: &str, origin: &str) -> bool {
    let bare = |text: &str| text.split_once("://").map_or(text, |(_, rest)| rest).to_ascii_lowercase();
    let (address, origin) = (bare(address), bare(origin));
    let origin = origin.trim_end_matches('/');
    address.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

#[cfg(test)]
mod tests {
    use courant_news::Lang;
    use courant_news::press::SourceId;

    use super::*;

    fn read_from(bytes: &str, form: Option<FeedForm>) -> Result<Document, String> {
        let web = |address| WebAddress::parse(address).unwrap();
        let id = SourceId::parse("gazette").unwrap();
        let source = PressSource::new(id, "Gazette", web("https://gazette.example/"), web("https://gazette.example/feed"), Lang::english());
        let source = PressSource { form, ..source.unwrap() };
        let now = "2026-11-20T12:00:00Z".parse().unwrap();
        read(
            bytes.as_bytes(),
            &From { source: &source, url: "https://gazette.example/feed", charset: None, origin: Some("https://courant.example"), now },
        )
    }

    #[test]
    fn a_feed_becomes_reports_and_what_cannot_be_shown_is_told() {
        let feed = "<rss version='2.0'><channel><title>Gazette</title><link>https://gazette.example/</link><language>de</language><ttl>30</ttl>\
            <item><guid>1</guid><title>Vulkan \u{202e}bricht&amp;lt;b&amp;gt; aus</title><link>/1</link><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>\
            <item><guid>2</guid><title> </title><link>/2</link></item>\
            <item><guid isPermaLink='false'>3</guid><title>Ohne Adresse</title></item>\
            <item><guid>4</guid><title>Unser Text</title><link>http://courant.example/a/b</link></item></channel></rss>";
        let document = read_from(feed, None).unwrap();
        let report = &document.reports[0];
        assert_eq!((document.reports.len(), report.link.as_str(), report.lang.as_str()), (1, "https://gazette.example/1", "de"));
        assert!(!report.headline.contains(['\u{202e}', '<']), "{}", report.headline);
        assert_eq!(document.hints.ttl_minutes, Some(30));
        for told in ["1 entries are our own stories", "no headline", "no address on the web", "turn text around"] {
            assert!(document.faults.iter().any(|fault| fault.contains(told)), "{told}: {:?}", document.faults);
        }
    }

    #[test]
    fn a_page_is_refused_and_the_feed_it_names_is_in_the_remedy() {
        let page = "<!DOCTYPE html><html><head><link rel=alternate type=application/rss+xml href=/rss.xml></head><body><p>x</body></html>";
        let refused = read_from(page, None).unwrap_err();
        assert!(refused.contains("courant press add https://gazette.example/rss.xml --name \"Gazette\" --id gazette"), "{refused}");
        assert!(read_from("<html><body>404</body></html>", None).unwrap_err().contains("names none"));
        assert!(read_from("", None).is_err() && read_from("not a feed", None).is_err());
    }

    #[test]
    fn ninjs_is_read_whether_or_not_it_is_announced() {
        let documents = r#"{"uri":"https://gazette.example/1","type":"text","headline":"Volcano erupts","versioncreated":"2026-11-20T10:00:00Z","language":"en"}
            {"uri":"urn:2","type":"text","headline":"Rates stay","canonicalurl":"https://gazette.example/2","versioncreated":"2026-11-20T10:00:00Z"}"#;
        for form in [None, Some(FeedForm::Ninjs)] {
            let document = read_from(documents, form).unwrap();
            assert_eq!(document.reports[1].link, "https://gazette.example/2");
            assert_eq!(document.reports[0].headline, "Volcano erupts");
        }
        assert!(read_from("{\"a\":1}", Some(FeedForm::Ninjs)).unwrap_err().contains("no ninjs"));
    }

    #[test]
    fn a_bomb_of_entities_stays_small() {
        let mut bomb = String::from("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'ha'>");
        for n in 1..40 {
            bomb.push_str(&format!("<!ENTITY a{n} '&a{p};&a{p};'>", p = n - 1));
        }
        bomb.push_str("]><rss version='2.0'><channel><title>x</title><item><title>&a39; Volcano</title><link>https://gazette.example/1</link></item></channel></rss>");
        if let Ok(document) = read_from(&bomb, None) {
            assert!(document.reports.iter().all(|report| report.headline.len() < 1_000), "{document:?}");
        }
    }

    #[test]
    fn an_address_is_ours_by_host_and_not_by_likeness() {
        assert!(is_under("http://Courant.example/x", "https://courant.example"));
        assert!(!is_under("https://courant.example.evil.example/x", "https://courant.example"));
    }
}
