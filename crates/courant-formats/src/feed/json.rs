//! JSON Feed 1.1.

use serde_json::{Value, json};

use super::{Feed, FeedEntry};

/// A feed as a JSON Feed 1.1 document, media type `application/feed+json`.
///
/// The extension `_courant` of an entry tells its place on the wire and its version, so that a reader can tell a
/// correction from a repeat.
pub fn write(feed: &Feed) -> Value {
    let mut document = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.self_url,
        "description": feed.description,
        "items": feed.entries.iter().map(item).collect::<Vec<_>>(),
    });
    if let Some(lang) = &feed.lang {
        document["language"] = lang.as_ref().into();
    }
    // Its pages are what the others call archives.
    if let Some(url) = feed.next_url.as_ref().or(feed.history.prev_archive_url.as_ref()) {
        document["next_url"] = url.as_ref().into();
    }
    if let Some(url) = &feed.hub_url {
        document["hubs"] = json!([{ "type": "WebSub", "url": url }]);
    }
    document
}

fn item(entry: &FeedEntry) -> Value {
    let mut item = json!({
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "date_published": entry.published_at.to_string(),
        "date_modified": entry.updated_at.to_string(),
        "language": entry.lang,
        "tags": entry.categories.iter().map(|category| category.name.as_ref()).collect::<Vec<_>>(),
        "_courant": { "seq": entry.seq, "version": entry.version, "pubStatus": "usable" },
    });
    // An item must have content; one that is only a headline has that.
    if entry.content_html.is_empty() {
        item["content_text"] = entry.summary.as_deref().unwrap_or(&entry.title).into();
    } else {
        item["content_html"] = entry.content_html.as_str().into();
    }
    if let Some(summary) = &entry.summary {
        item["summary"] = summary.as_ref().into();
    }
    if !entry.authors.is_empty() {
        item["authors"] = entry.authors.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>().into();
    }
    if let Some(picture) = &entry.picture {
        item["image"] = picture.url.as_ref().into();
    }
    item
}
