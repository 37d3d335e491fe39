//! What a feed says about being fetched: how long it may be kept, when nobody need ask, who announces its changes; and which feeds a
//! page of HTML names.
//!
//! It is read leniently from the part before the first entry. What is not understood is not there.

use serde_json::Value;
use url::Url;

use crate::encoding;

/// Bytes of a document that are looked at.
const LOOKED_AT_BYTES_MAX: usize = 256 << 10;
/// Addresses of hubs and of feeds that are kept.
const ADDRESSES_MAX: usize = 4;
/// The longest address.
const ADDRESS_LEN_BYTES_MAX: usize = 2_048;
/// Media types of feeds, as pages name them.
const FEED_TYPES: [&str; 4] = ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"];

/// What a feed says about being fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// For how many minutes it may be kept (RSS `ttl`, or the syndication module's period).
    pub ttl_minutes: Option<u32>,
    /// Hours of the day in UTC in which nobody need ask: bit 0 is the first hour (RSS `skipHours`).
    pub skip_hours: u32,
    /// Days of the week on which nobody need ask: bit 0 is Monday (RSS `skipDays`).
    pub skip_days: u8,
    /// Hubs that announce its changes (WebSub), absolute.
    pub hubs: Vec<Box<str>>,
    /// The address the hubs know it by.
    pub topic: Option<Box<str>>,
}

/// What a feed says about being fetched. `url` is the address it came from.
pub fn hints(bytes: &[u8], url: Option<&str>) -> Hints {
    let decoded = encoding::decode(&bytes[..bytes.len().min(LOOKED_AT_BYTES_MAX)], None);
    let text = decoded.without_declaration().trim_start();
    let base = url.and_then(|url| Url::parse(url).ok());
    if text.starts_with('{') {
        return of_json(bytes, base.as_ref());
    }
    let end = ["<item", "<entry", "<ITEM"].iter().filter_map(|tag| text.find(tag)).min().unwrap_or(text.len());
    of_xml(&text[..end], base.as_ref())
}

/// The feeds that a page of HTML names, absolute, in its order.
pub fn discover(bytes: &[u8], url: Option<&str>) -> Vec<Box<str>> {
    let decoded = encoding::decode(&bytes[..bytes.len().min(LOOKED_AT_BYTES_MAX)], None);
    let base = url.and_then(|url| Url::parse(url).ok());
    let mut found = Vec::new();
    for tag in tags(decoded.without_declaration()).filter(|tag| tag.is("link")) {
        let is_feed = tag.attribute("type").is_some_and(|kind| FEED_TYPES.iter().any(|known| kind.eq_ignore_ascii_case(known)));
        if is_feed && tag.has_rel("alternate") {
            keep(&mut found, tag.attribute("href"), base.as_ref());
        }
    }
    found
}

/// Whether a document is a page and no feed.
pub fn is_html(bytes: &[u8]) -> bool {
    let decoded = encoding::decode(&bytes[..bytes.len().min(1 << 10)], None);
    let start = decoded.text.trim_start().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.contains("<html")
}

fn of_json(bytes: &[u8], base: Option<&Url>) -> Hints {
    let mut hints = Hints::default();
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return hints };
    for hub in value["hubs"].as_array().into_iter().flatten() {
        if hub["type"].as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("websub")) {
            keep(&mut hints.hubs, hub["url"].as_str(), base);
        }
    }
    hints.topic = value["feed_url"].as_str().and_then(|url| absolute(url, base));
    hints
}

fn of_xml(text: &str, base: Option<&Url>) -> Hints {
    let mut hints = Hints::default();
    let (mut period, mut frequency) = (None, 1);
    for tag in tags(text) {
        let words = || tag.following.split('<').next().unwrap_or_default().trim();
        if tag.is("link") && tag.has_rel("hub") {
            keep(&mut hints.hubs, tag.attribute("href"), base);
        } else if tag.is("link") && tag.has_rel("self") {
            hints.topic = hints.topic.or_else(|| tag.attribute("href").and_then(|url| absolute(url, base)));
        } else if tag.is("ttl") {
            hints.ttl_minutes = words().parse().ok();
        } else if tag.is("hour") {
            // Some count from 1 to 24.
            hints.skip_hours |= words().parse::<u32>().ok().filter(|hour| *hour <= 24).map_or(0, |hour| 1 << (hour % 24));
        } else if tag.is("day") {
            hints.skip_days |= day(words()).map_or(0, |day| 1 << day);
        } else if tag.is("updatePeriod") {
            period = match words().to_ascii_lowercase().as_str() {
                "hourly" => Some(60),
                "daily" => Some(24 * 60),
                "weekly" => Some(7 * 24 * 60),
                _ => None,
            };
        } else if tag.is("updateFrequency") {
            frequency = words().parse::<u32>().unwrap_or(1).max(1);
        }
    }
    hints.ttl_minutes = hints.ttl_minutes.or_else(|| period.map(|minutes| minutes / frequency));
    hints
}

fn day(name: &str) -> Option<usize> {
    let name = name.to_ascii_lowercase();
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].iter().position(|known| *known == name)
}

fn keep(found: &mut Vec<Box<str>>, url: Option<&str>, base: Option<&Url>) {
    let absolute = url.and_then(|url| absolute(url, base));
    found.extend(absolute.filter(|url| found.len() < ADDRESSES_MAX && !found.contains(url)));
}

fn absolute(url: &str, base: Option<&Url>) -> Option<Box<str>> {
    let url = url.trim().replace("&amp;", "&");
    let parsed = base.map_or_else(|| Url::parse(&url), |base| base.join(&url)).ok()?;
    let is_web = matches!(parsed.scheme(), "http" | "https") && parsed.as_str().len() <= ADDRESS_LEN_BYTES_MAX;
    is_web.then(|| parsed.as_str().into())
}

/// A start tag as it stands.
struct Tag<'t> {
    name: &'t str,
    attributes: &'t str,
    following: &'t str,
}

impl<'t> Tag<'t> {
    /// Whether it has this name, in any namespace.
    fn is(&self, name: &str) -> bool {
        self.name.rsplit(':').next().is_some_and(|local| local.eq_ignore_ascii_case(name))
    }

    fn has_rel(&self, rel: &str) -> bool {
        self.attribute("rel").is_some_and(|rels| rels.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(rel)))
    }

    fn attribute(&self, name: &str) -> Option<&'t str> {
        let mut rest = self.attributes;
        while let Some((before, after)) = rest.split_once('=') {
            let key = before.trim_end().rsplit(|letter: char| letter.is_whitespace() || letter == '/').next().unwrap_or_default();
            let after = after.trim_start();
            let (value, left) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = left;
        }
        None
    }
}

/// The start tags of a text, comments left out. Time grows with its length.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once('<')?;
            if let Some(comment) = after.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let (inner, following) = after.split_once('>')?;
            rest = following;
            if inner.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
                let end = inner.find(|letter: char| letter.is_whitespace() || letter == '/').unwrap_or(inner.len());
                return Some(Tag { name: &inner[..end], attributes: &inner[end..], following });
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_says_how_long_it_keeps_and_when_nobody_need_ask() {
        let feed = "<?xml version='1.0'?><rss><channel><!-- <ttl>1</ttl> --><ttl> 90 </ttl><skipHours><hour>0</hour><hour>24</hour><hour>23</hour>\
                    </skipHours><skipDays><day>Sunday</day></skipDays><item><ttl>5</ttl></item></channel></rss>";
        let hints = hints(feed.as_bytes(), None);
        assert_eq!((hints.ttl_minutes, hints.skip_hours, hints.skip_days), (Some(90), 1 | 1 << 23, 1 << 6));
        let module = "<rss><channel><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel></rss>";
        assert_eq!(super::hints(module.as_bytes(), None).ttl_minutes, Some(15));
    }

    #[test]
    fn hubs_are_found_in_every_dialect() {
        let rss =
            r#"<rss><channel><atom:link rel="hub" href="https://hub.example/?a=1&amp;b=2"/><atom:link href='/feed' rel="self"/></channel>"#;
        let hints = hints(rss.as_bytes(), Some("https://paper.example/feed?x"));
        assert_eq!((&*hints.hubs[0], hints.topic.as_deref()), ("https://hub.example/?a=1&b=2", Some("https://paper.example/feed")));
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","feed_url":"https://paper.example/f.json","hubs":[{"type":"WebSub","url":"https://hub.example/"}]}"#;
        let hints = super::hints(json.as_bytes(), None);
        assert_eq!((&*hints.hubs[0], hints.topic.as_deref()), ("https://hub.example/", Some("https://paper.example/f.json")));
        assert!(super::hints(br#"<rss><channel><link rel=hub href="javascript:alert(1)">"#, None).hubs.is_empty());
    }

    #[test]
    fn a_page_names_its_feeds() {
        let page = b"<!DOCTYPE html><html><head><link rel=alternate type=application/rss+xml href=/rss.xml><link rel='alternate' hreflang=de href=/de>";
        assert!(is_html(page) && !is_html(b"<?xml version='1.0'?><rss/>"));
        assert_eq!(discover(page, Some("https://paper.example/news/")), ["https://paper.example/rss.xml".into()]);
    }
}
