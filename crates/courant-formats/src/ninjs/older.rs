//! ninjs 2.2, for partners who have not moved on: the same document in the names of its time.

use courant_news::{NewsItem, Notice};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::write::{Writing, write, write_notice};

/// An item as a ninjs 2.2 document, valid against the IPTC's schema.
///
/// Read again with the same `base_url`, it gives an equal item, as [`write`](fn@super::write) does; only events and plans, which 2.2 does not
/// know, come back as texts.
pub fn write_2_2(item: &NewsItem, writing: &Writing<'_>) -> Value {
    in_names_of_2_2(write(item, writing))
}

/// A notice of a hold, a kill or a takedown that moved at `moved_at` as a ninjs 2.2 document. It carries no copy.
pub fn write_notice_2_2(notice: &Notice, moved_at: Timestamp, writing: &Writing<'_>) -> Value {
    in_names_of_2_2(write_notice(notice, moved_at, writing))
}

fn in_names_of_2_2(document: Value) -> Value {
    let mut document = renamed(document);
    if let Value::Object(map) = &mut document {
        map.insert(
            "standard".to_owned(),
            json!({ "name": "ninjs", "version": "2.2", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_2.2.json" }),
        );
        if matches!(map.get("type").and_then(Value::as_str), Some("event" | "planning")) {
            map.insert("type".to_owned(), "text".into());
        }
        // What part a picture has is in its name.
        let pictures = map.get_mut("associations").and_then(Value::as_array_mut).into_iter().flatten();
        for picture in pictures.filter_map(Value::as_object_mut) {
            picture.remove("rel");
        }
    }
    document
}

/// A value with every key in the names of 2.2. What GeoJSON says stands in names of its own.
fn renamed(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let entry = |(key, value): (String, Value)| match key.as_str() {
                "geoJSON" => ("geojson".to_owned(), value),
                "embargoedUntil" => ("embargoed".to_owned(), value),
                _ => (key.to_ascii_lowercase(), renamed(value)),
            };
            Value::Object(map.into_iter().map(entry).collect::<Map<_, _>>())
        }
        Value::Array(entries) => Value::Array(entries.into_iter().map(renamed).collect()),
        other => other,
    }
}
