//! Stories that name photos of this wire instead of bringing their files.
//!
//! An association of ninjs whose `uri` is a photo's needs nothing else: caption, credit, alt text and files are the photo's.
//! A caption, a credit or an alt text of its own is kept: the same picture means something else beside another story.

use anyhow::Context;
use courant_news::{Block, NewsItem, PhotoId, Picture};
use courant_wire::WireStore;
use serde_json::{Map, Value, json};

use super::on_wire;

/// The document with the files of every photo it only names. Anything else stays as it was.
///
/// # Errors
/// When a photo is not on the wire, or was killed.
pub(crate) fn complete(document: Vec<u8>, wire: &dyn WireStore) -> anyhow::Result<Vec<u8>> {
    // What is no JSON is refused by the reader, with its place.
    let Ok(mut story) = serde_json::from_slice::<Value>(&document) else { return Ok(document) };
    let mut has_photos = false;
    let associations: Vec<&mut Value> = match story.get_mut("associations") {
        Some(Value::Array(entries)) => entries.iter_mut().collect(),
        Some(Value::Object(entries)) => entries.values_mut().collect(),
        _ => Vec::new(),
    };
    for (idx, entry) in associations.into_iter().enumerate() {
        if let Some(entry) = entry.as_object_mut()
            && let Some(id) = entry.get("uri").and_then(Value::as_str).and_then(PhotoId::of_guid)
        {
            let photo = on_wire(wire, id).with_context(|| format!("associations/{idx}/uri"))?;
            describe(entry, &photo.picture);
            has_photos = true;
        }
    }
    Ok(if has_photos { story.to_string().into_bytes() } else { document })
}

fn describe(entry: &mut Map<String, Value>, picture: &Picture) {
    let files: Vec<Value> = picture
        .renditions
        .iter()
        .map(|file| json!({ "href": file.href, "contentType": file.media_type, "width": file.width, "height": file.height }))
        .collect();
    entry.insert("type".to_owned(), json!("picture"));
    entry.insert("renditions".to_owned(), files.into());
    entry.entry("by").or_insert_with(|| json!(picture.credit));
    let descriptions = entry.entry("descriptions").or_insert_with(|| json!([]));
    if let Value::Array(descriptions) = descriptions {
        for (role, text) in [("caption", &picture.caption), ("alt", &picture.alt)] {
            if !descriptions.iter().any(|said| said["role"] == role) {
                descriptions.push(json!({ "role": role, "contentType": "text/plain", "value": text }));
            }
        }
    }
}

/// The story with files and terms of its photos as the wire has them, whatever the document said of them.
///
/// # Errors
/// When a photo is not on the wire, or was killed.
pub(crate) fn settle(mut item: NewsItem, wire: &dyn WireStore) -> anyhow::Result<NewsItem> {
    let figures = item.body.iter_mut().filter_map(|block| match block {
        Block::Figure(figure) => Some(&mut figure.picture),
        _ => None,
    });
    for picture in item.associations.iter_mut().map(|association| &mut association.picture).chain(figures) {
        let Some(id) = picture.photo else { continue };
        let photo = on_wire(wire, id)?.picture;
        picture.renditions = photo.renditions;
        picture.terms = photo.terms;
        picture.copyright_notice = photo.copyright_notice;
    }
    Ok(item)
}
