//! JSON Feed, mended: numbers for texts, one author for a list, keys with the wrong kind of value.

use serde_json::{Map, Value, json};
use url::Url;

use super::inner::is_web;
use super::mend::{AT_SIGN, Notes};
use super::{Dialect, ENTRIES_MAX, Feed, dates, entry};
use crate::refused::{Problem, Refused, Repair};

/// Keys of texts in a feed and in an item.
const FEED_TEXTS: [&str; 7] = ["title", "home_page_url", "feed_url", "description", "icon", "favicon", "language"];
const ITEM_TEXTS: [&str; 8] = ["id", "url", "external_url", "title", "content_html", "content_text", "summary", "language"];

/// Reads a JSON Feed. `feed_url` is the address it was fetched from.
pub(super) fn read(text: &str, feed_url: Option<&Url>) -> Result<Feed, Refused> {
    let refuse = |value: &str, reason: String| Refused::of(Problem::new("the feed", value, reason, "give a JSON Feed 1.1 document"));
    let value: Value = serde_json::from_str(text).map_err(|error| refuse("", format!("is no JSON: {error}")))?;
    let Value::Object(given) = value else { return Err(refuse("", "is JSON, but no object".to_owned())) };
    let version = given.get("version").and_then(Value::as_str).unwrap_or_default();
    if !version.contains("jsonfeed.org/version/1") {
        return Err(refuse(version, "names no version of JSON Feed".to_owned()));
    }
    let dialect = if version.ends_with("/1") { Dialect::JsonFeed10 } else { Dialect::JsonFeed11 };
    let mut repairs = Vec::new();
    let mut feed = texts(&given, &FEED_TEXTS, "the feed", &mut repairs);
    feed.insert("version".to_owned(), "https://jsonfeed.org/version/1.1".into());
    feed.entry("title").or_insert_with(|| "".into());
    feed.insert("authors".to_owned(), authors(&given));
    let home = feed.get("home_page_url").and_then(Value::as_str).and_then(|url| Url::parse(url).ok());
    let base = feed_url.cloned().or(home).map(std::rc::Rc::new);
    let lang = feed.get("language").and_then(Value::as_str).map(Box::from);
    let no_items = Vec::new();
    let items = given.get("items").and_then(Value::as_array).unwrap_or(&no_items);
    let mut notes = Vec::with_capacity(items.len().min(ENTRIES_MAX));
    let mut mended = Vec::with_capacity(items.len().min(ENTRIES_MAX));
    for (item_idx, item) in items.iter().take(ENTRIES_MAX).enumerate() {
        let Value::Object(item) = item else {
            repairs.push(Repair::new(format!("items[{item_idx}]"), &item.to_string(), "is no object; left out"));
            continue;
        };
        notes.push(notes_of(item, item_idx as u64 + 1, base.clone()));
        mended.push(Value::Object(item_of(item, item_idx, base.as_deref(), &mut repairs)));
    }
    if ENTRIES_MAX < items.len() {
        repairs.push(Repair::new("items", "", format!("hold more than {ENTRIES_MAX} entries; those after were left out")));
    }
    let own = notes_of(&given, 1, base);
    feed.insert("items".to_owned(), mended.into());
    let bytes = serde_json::to_vec(&Value::Object(feed)).map_err(|error| refuse("", format!("cannot be mended: {error}")))?;
    let parser = feed_rs::parser::Builder::new().timestamp_parser(|_| None).id_generator(|_, _, _| String::new()).build();
    let parsed = parser.parse(bytes.as_slice()).map_err(|error| refuse("", format!("cannot be read: {error}")))?;
    let mut feed = entry::made(parsed, entry::Texts::Inline, dialect, &Notes { lang, ..own }, notes, repairs, false);
    for (entry, item) in feed.entries.iter_mut().zip(items.iter().filter_map(Value::as_object)) {
        pictures(item, entry);
    }
    Ok(feed)
}

fn notes_of(object: &Map<String, Value>, line: u64, base: Option<std::rc::Rc<Url>>) -> Notes {
    let mut notes = Notes { line, base, ..Notes::default() };
    notes.lang = object.get("language").and_then(Value::as_str).map(Into::into);
    for (key, place) in [("date_published", &mut notes.published), ("date_modified", &mut notes.updated)] {
        let Some(given) = object.get(key).and_then(text_of) else { continue };
        *place = dates::parse(&given);
        if place.is_none() && !given.trim().is_empty() {
            notes.unread_dates.push(given.chars().take(100).collect::<String>().into());
        }
    }
    notes
}

fn item_of(item: &Map<String, Value>, item_idx: usize, base: Option<&Url>, repairs: &mut Vec<Repair>) -> Map<String, Value> {
    let field = format!("items[{item_idx}]");
    let mut mended = texts(item, &ITEM_TEXTS, &field, repairs);
    for key in ["url", "external_url"] {
        let Some(given) = mended.get(key).and_then(Value::as_str) else { continue };
        match absolute(given, base) {
            Some(url) => {
                mended.insert(key.to_owned(), url.into());
            }
            None => {
                repairs.push(Repair::new(format!("{field}.{key}"), given, "is relative, and nothing says to what; left out"));
                mended.remove(key);
            }
        }
    }
    mended.insert("authors".to_owned(), authors(item));
    let tags = item.get("tags").and_then(Value::as_array).map(|tags| tags.iter().filter_map(text_of).map(Value::from).collect::<Vec<_>>());
    mended.insert("tags".to_owned(), tags.unwrap_or_default().into());
    // Attachments are links to the parser, and files to us.
    mended
}

/// The pictures and attachments of an item.
fn pictures(item: &Map<String, Value>, entry: &mut super::Entry) {
    let base = entry.link.as_deref().and_then(|link| Url::parse(link).ok());
    let image = item.get("image").or_else(|| item.get("banner_image")).and_then(Value::as_str);
    let attachments = item.get("attachments").and_then(Value::as_array).into_iter().flatten();
    let files = image.map(|url| (url, None, None)).into_iter().chain(attachments.filter_map(|file| {
        let media_type = file.get("mime_type").and_then(Value::as_str);
        Some((file.get("url")?.as_str()?, media_type, file.get("size_in_bytes").and_then(Value::as_u64)))
    }));
    for (url, media_type, len_bytes) in files.take(100) {
        let Some(url) = absolute(url, base.as_ref()) else { continue };
        let media_type = media_type.or_else(|| crate::html::media_type_of(&url)).map(Into::into);
        if !entry.media.iter().any(|known| *known.url == *url) {
            entry.media.push(super::Media { url: url.into(), media_type, len_bytes, ..super::Media::default() });
        }
    }
}

fn absolute(given: &str, base: Option<&Url>) -> Option<String> {
    let given = given.trim();
    if is_web(given) {
        return Some(given.to_owned());
    }
    base.and_then(|base| base.join(given).ok()).map(Into::into)
}

/// The texts behind some keys; a number becomes one, anything else is left out.
fn texts(object: &Map<String, Value>, keys: &[&str], field: &str, repairs: &mut Vec<Repair>) -> Map<String, Value> {
    let mut texts = Map::new();
    for key in keys {
        let Some(value) = object.get(*key).filter(|value| !value.is_null()) else { continue };
        match text_of(value) {
            Some(text) => {
                if !value.is_string() {
                    repairs.push(Repair::new(format!("{field}.{key}"), &text, "is no text; taken as one"));
                }
                texts.insert((*key).to_owned(), text.into());
            }
            None => repairs.push(Repair::new(format!("{field}.{key}"), &value.to_string(), "is no text; left out")),
        }
    }
    texts
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn authors(object: &Map<String, Value>) -> Value {
    let listed = object.get("authors").and_then(Value::as_array).into_iter().flatten();
    let authors: Vec<Value> = listed
        .chain(object.get("author"))
        .filter_map(|author| {
            let (name, url) = match author {
                Value::String(name) => (name.as_str(), None),
                author => (author.get("name").and_then(Value::as_str).unwrap_or_default(), author.get("url").and_then(Value::as_str)),
            };
            (!name.trim().is_empty()).then(|| json!({ "name": name.replace('@', AT_SIGN.encode_utf8(&mut [0; 4])), "url": url }))
        })
        .collect();
    authors.into()
}
