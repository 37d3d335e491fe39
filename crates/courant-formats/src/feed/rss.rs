//! RSS 2.0, by the Best Practices Profile of the RSS Advisory Board.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};

use super::{FEED_HISTORY, Feed, FeedEntry, FeedPicture, without_unprintable};

/// A feed as an RSS 2.0 document.
///
/// `pubDate` is when a story first moved and never changes; what it last changed is `dcterms:modified` and `atom:updated`. The `guid` is
/// the story's and no address. `atom:link` names the feed itself and its next page.
pub fn write(feed: &Feed) -> String {
    let mut links = vec![link("self", &feed.self_url)];
    links.extend(feed.history_links().map(|(rel, url)| link(rel, url)));
    links.extend(feed.hub_url.as_deref().map(|url| {
        let mut hub = link("hub", url);
        hub.attrs.remove("type");
        hub
    }));
    let mut extensions = BTreeMap::from([("atom".to_owned(), BTreeMap::from([("link".to_owned(), links)]))]);
    let mut namespaces = namespaces();
    if feed.history.current_url.is_some() {
        namespaces.insert("fh".to_owned(), FEED_HISTORY.to_owned());
        let archive = Extension { name: "fh:archive".to_owned(), ..Extension::default() };
        extensions.insert("fh".to_owned(), BTreeMap::from([("archive".to_owned(), vec![archive])]));
    }
    let channel = rss::Channel {
        title: feed.title.to_string(),
        link: feed.home_url.to_string(),
        description: feed.description.to_string(),
        language: feed.lang.as_deref().map(str::to_owned),
        copyright: feed.copyright.as_deref().map(str::to_owned),
        last_build_date: Some(mail_date(feed.updated_at)),
        docs: Some("https://www.rssboard.org/rss-specification".to_owned()),
        generator: Some("Courant".to_owned()),
        ttl: Some(feed.ttl_minutes.to_string()),
        items: feed.entries.iter().map(item).collect(),
        extensions,
        namespaces,
        ..rss::Channel::default()
    };
    without_unprintable(with_hex_references(&channel.to_string()))
}

fn namespaces() -> BTreeMap<String, String> {
    [("atom", "http://www.w3.org/2005/Atom"), ("dcterms", "http://purl.org/dc/terms/"), ("media", "http://search.yahoo.com/mrss/")]
        .map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned()))
        .into()
}

fn item(entry: &FeedEntry) -> rss::Item {
    let categories = entry
        .categories
        .iter()
        .map(|category| rss::Category { name: category.name.to_string(), domain: Some(format!("{}{}", category.scheme, category.code)) });
    let creators = entry.authors.iter().map(ToString::to_string).collect();
    rss::Item {
        title: Some(entry.title.to_string()),
        link: Some(entry.url.to_string()),
        description: Some(entry.summary.as_deref().unwrap_or(&entry.title).to_owned()),
        content: (!entry.content_html.is_empty()).then(|| entry.content_html.clone()),
        categories: categories.collect(),
        guid: Some(rss::Guid { value: entry.id.to_string(), permalink: false }),
        pub_date: Some(mail_date(entry.published_at)),
        extensions: extensions(entry),
        dublin_core_ext: Some(DublinCoreExtension { creators, languages: vec![entry.lang.to_string()], ..DublinCoreExtension::default() }),
        ..rss::Item::default()
    }
}

fn extensions(entry: &FeedEntry) -> ExtensionMap {
    let updated_at = entry.updated_at.to_string();
    let mut extensions = ExtensionMap::from(
        [("dcterms:modified", "dcterms", "modified"), ("atom:updated", "atom", "updated")]
            .map(|(name, prefix, local)| (prefix.to_owned(), BTreeMap::from([(local.to_owned(), vec![text(name, &updated_at)])]))),
    );
    if let Some(picture) = &entry.picture {
        extensions.insert("media".to_owned(), BTreeMap::from([("content".to_owned(), vec![media(picture)])]));
    }
    extensions
}

fn media(picture: &FeedPicture) -> Extension {
    let attrs = [
        ("url", picture.url.to_string()),
        ("type", picture.media_type.to_string()),
        ("medium", "image".to_owned()),
        ("width", picture.width.to_string()),
        ("height", picture.height.to_string()),
    ];
    Extension {
        name: "media:content".to_owned(),
        attrs: attrs.map(|(name, value)| (name.to_owned(), value)).into(),
        children: BTreeMap::from([
            ("credit".to_owned(), vec![text("media:credit", &picture.credit)]),
            ("description".to_owned(), vec![text("media:description", &picture.caption)]),
        ]),
        ..Extension::default()
    }
}

fn link(rel: &str, href: &str) -> Extension {
    let attrs = [("rel", rel), ("href", href), ("type", "application/rss+xml")];
    Extension {
        name: "atom:link".to_owned(),
        attrs: attrs.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        ..Extension::default()
    }
}

fn text(name: &str, value: &str) -> Extension {
    Extension { name: name.to_owned(), value: Some(value.to_owned()), ..Extension::default() }
}

/// An instant as RFC 2822 writes it, with a year of four digits.
fn mail_date(at: Timestamp) -> String {
    let at = at.to_zoned_datetime(TimeZone::UTC);
    let day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][usize::from(at.weekday().to_monday_zero_offset().unsigned_abs())];
    let month = MONTHS[usize::from(at.month().unsigned_abs()) - 1];
    format!("{day}, {:02} {month} {:04} {:02}:{:02}:{:02} GMT", at.day(), at.year(), at.hour(), at.minute(), at.second())
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The profile asks for `&#x26;` and `&#x3C;` in plain text, which readers that take a title for HTML show right too.
/// Sections of character data have no references and stay.
fn with_hex_references(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len() + xml.len() / 50);
    out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
    let mut rest = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"utf-8\"?>").unwrap_or(xml);
    while !rest.is_empty() {
        let (plain, after) = rest.split_at(rest.find("<![CDATA[").unwrap_or(rest.len()));
        out.push_str(&plain.replace("&amp;", "&#x26;").replace("&lt;", "&#x3C;").replace("&gt;", "&#x3E;"));
        let (data, after) = after.split_at(after.find("]]>").map_or(after.len(), |at| at + 3));
        out.push_str(data);
        rest = after;
    }
    out
}
