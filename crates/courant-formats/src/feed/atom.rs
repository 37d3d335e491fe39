//! Atom (RFC 4287), with tombstones (RFC 6721).

use std::collections::BTreeMap;

use atom_syndication as atom;
use atom_syndication::extension::{Extension, ExtensionMap};
use jiff::Timestamp;

use super::{FEED_HISTORY, Feed, FeedEntry, Tombstone, without_unprintable};

/// A feed as an Atom document. What was withdrawn is told by `at:deleted-entry`.
pub fn write(feed: &Feed) -> String {
    let mut links = vec![link("self", &feed.self_url, "application/atom+xml"), link("alternate", &feed.home_url, "text/html")];
    links.extend(feed.history_links().map(|(rel, url)| link(rel, url, "application/atom+xml")));
    links.extend(feed.hub_url.as_deref().map(|url| atom::Link { rel: "hub".to_owned(), href: url.to_owned(), ..atom::Link::default() }));
    links.extend(feed.licence_url.as_deref().map(|url| link("license", url, "text/html")));
    let mut namespaces = BTreeMap::from([("at".to_owned(), "http://purl.org/atompub/tombstones/1.0".to_owned())]);
    let mut extensions = tombstones(&feed.withdrawn);
    if feed.history.current_url.is_some() {
        namespaces.insert("fh".to_owned(), FEED_HISTORY.to_owned());
        let archive = Extension { name: "fh:archive".to_owned(), ..Extension::default() };
        extensions.insert("fh".to_owned(), BTreeMap::from([("archive".to_owned(), vec![archive])]));
    }
    let document = atom::Feed {
        title: atom::Text::plain(feed.title.to_string()),
        subtitle: Some(atom::Text::plain(feed.description.to_string())),
        id: feed.id().to_owned(),
        updated: instant(feed.updated_at),
        authors: vec![person(&feed.title)],
        links,
        rights: feed.copyright.as_deref().map(|notice| atom::Text::plain(notice.to_owned())),
        lang: feed.lang.as_deref().map(str::to_owned),
        entries: feed.entries.iter().map(entry).collect(),
        extensions,
        namespaces,
        ..atom::Feed::default()
    };
    without_unprintable(document.to_string())
}

fn entry(entry: &FeedEntry) -> atom::Entry {
    let categories = entry.categories.iter().map(|category| atom::Category {
        term: category.code.to_string(),
        scheme: Some(category.scheme.to_string()),
        label: Some(category.name.to_string()),
    });
    let mut links = vec![link("alternate", &entry.url, "text/html")];
    links.extend(entry.picture.as_ref().map(|picture| link("enclosure", &picture.url, &picture.media_type)));
    let content = atom::Content {
        lang: Some(entry.lang.to_string()),
        value: Some(entry.content_html.clone()),
        content_type: Some("html".to_owned()),
        ..atom::Content::default()
    };
    atom::Entry {
        title: atom::Text { value: entry.title.to_string(), lang: Some(entry.lang.to_string()), ..atom::Text::default() },
        id: entry.id.to_string(),
        updated: instant(entry.updated_at),
        published: Some(instant(entry.published_at)),
        authors: entry.authors.iter().map(|name| person(name)).collect(),
        categories: categories.collect(),
        links,
        rights: entry.rights.as_deref().map(|notice| atom::Text::plain(notice.to_owned())),
        summary: entry.summary.as_deref().map(|summary| atom::Text::plain(summary.to_owned())),
        content: (!entry.content_html.is_empty()).then_some(content),
        ..atom::Entry::default()
    }
}

fn tombstones(withdrawn: &[Tombstone]) -> ExtensionMap {
    let deleted: Vec<Extension> = withdrawn
        .iter()
        .map(|tombstone| {
            let comment = Extension { name: "at:comment".to_owned(), value: Some(tombstone.reason.to_string()), ..Extension::default() };
            let attrs = [("ref", tombstone.id.to_string()), ("when", tombstone.withdrawn_at.to_string())];
            Extension {
                name: "at:deleted-entry".to_owned(),
                attrs: attrs.map(|(name, value)| (name.to_owned(), value)).into(),
                children: BTreeMap::from([("comment".to_owned(), vec![comment])]),
                ..Extension::default()
            }
        })
        .collect();
    if deleted.is_empty() {
        return ExtensionMap::default();
    }
    ExtensionMap::from([("at".to_owned(), BTreeMap::from([("deleted-entry".to_owned(), deleted)]))])
}

fn link(rel: &str, href: &str, media_type: &str) -> atom::Link {
    atom::Link { rel: rel.to_owned(), href: href.to_owned(), mime_type: Some(media_type.to_owned()), ..atom::Link::default() }
}

fn person(name: &str) -> atom::Person {
    atom::Person { name: name.to_owned(), ..atom::Person::default() }
}

fn instant(at: Timestamp) -> atom::FixedDateTime {
    let text = at.to_string();
    text.parse().expect("RFC 3339 is what a timestamp prints")
}
