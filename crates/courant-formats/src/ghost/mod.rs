//! Ghost exports: posts as JSON, with copy as HTML, Lexical or Mobiledoc.
//!
//! Takes what Ghost itself writes (`db[0].data`), the same without its envelope, and what its migration tools write (`posts`
//! of `url` and `data`). Posts and pages that were published become stories; drafts and scheduled ones never do.

mod cards;
mod lexical;
mod mobiledoc;
mod post;

use std::collections::HashMap;

use courant_news::Lang;
use serde_json::Value;

use crate::feed_in::story::stories_of;
use crate::feed_in::{Dialect, Feed};
use crate::incoming::{Arrival, Position, Reading};
use crate::refused::{Problem, Refused, Repair};

/// The longest export, in bytes.
pub const EXPORT_LEN_BYTES_MAX: usize = 256 << 20;
/// How many posts an export may have.
pub const POSTS_MAX: usize = 200_000;

const REMEDY: &str = "export it in Ghost under Settings, Import/Export";

/// An export, as it is.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// What the site is called.
    pub title: Option<Box<str>>,
    /// Its language tag.
    pub language: Option<Box<str>>,
    /// Its posts and pages, each an object with the keys of Ghost's `posts`.
    pub posts: Vec<Value>,
    users: HashMap<String, Value>,
    tags: HashMap<String, Value>,
    authors_of: HashMap<String, Vec<String>>,
    tags_of: HashMap<String, Vec<String>>,
    meta_of: HashMap<String, Value>,
}

/// Reads an export.
///
/// # Errors
/// [`Refused`] when it is too long, no JSON, nested beyond what JSON readers take, or has no posts.
pub fn read(bytes: &[u8]) -> Result<Export, Refused> {
    let refused = |reason: String, remedy: &str| Refused::of(Problem::new("the export", "", reason, remedy));
    if EXPORT_LEN_BYTES_MAX < bytes.len() {
        let reason = format!("has {} bytes, and at most {EXPORT_LEN_BYTES_MAX} are read", bytes.len());
        return Err(refused(reason, "export fewer posts at a time"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut value: Value = serde_json::from_slice(bytes).map_err(|error| refused(format!("is no JSON: {error}"), REMEDY))?;
    let data = unwrapped(&mut value);
    let Some(Value::Array(posts)) = data.get_mut("posts").map(Value::take) else {
        return Err(refused("has no list of posts".to_owned(), REMEDY));
    };
    if POSTS_MAX < posts.len() {
        return Err(refused(format!("has {} posts, and at most {POSTS_MAX} are read", posts.len()), "export fewer posts at a time"));
    }
    let setting = |key: &str| {
        let settings = data.get("settings")?.as_array()?;
        settings.iter().find(|setting| setting["key"] == key)?["value"].as_str().map(Box::from)
    };
    Ok(Export {
        title: setting("title"),
        language: setting("locale").or_else(|| setting("lang")),
        posts: posts.into_iter().map(post::unwrapped).collect(),
        users: by_id(data, "users"),
        tags: by_id(data, "tags"),
        authors_of: links(data, "posts_authors", "author_id"),
        tags_of: links(data, "posts_tags", "tag_id"),
        meta_of: list(data, "posts_meta").iter().map(|meta| (post::id_of(&meta["post_id"]), meta.clone())).collect(),
    })
}

/// The stories of an export, each read or refused by itself. What is left out since it is not public is told with the first.
pub fn stories(export: &Export, reading: &Reading<'_>) -> Vec<Arrival> {
    let public: Vec<(usize, &Value)> = export.posts.iter().enumerate().filter(|(_, post)| post::is_public(post)).collect();
    let mut repairs = Vec::new();
    let n_private = export.posts.len() - public.len();
    if n_private != 0 {
        repairs.push(Repair::new("posts", "", format!("hold {n_private} that are drafts or not yet published; left out")));
    }
    let feed = Feed {
        dialect: Dialect::JsonFeed11,
        encoding: "UTF-8",
        is_broken: false,
        id: None,
        title: export.title.clone(),
        description: None,
        link: None,
        language: export.language.as_deref().and_then(|tag| Lang::parse(tag).ok()),
        rights: None,
        authors: Vec::new(),
        categories: Vec::new(),
        published: None,
        updated: None,
        entries: public.into_iter().map(|(post_idx, post)| post::entry(post, post_idx, export)).collect(),
        repairs,
    };
    stories_of(feed, Some("posts"), reading)
}

/// Reads an export and makes stories of it.
pub fn arrivals(bytes: &[u8], reading: &Reading<'_>) -> Vec<Arrival> {
    match read(bytes) {
        Ok(export) => stories(&export, reading),
        Err(refused) => vec![Arrival { at: Position::Whole, read: Err(refused) }],
    }
}

/// What is inside the envelopes.
fn unwrapped(value: &mut Value) -> &mut Value {
    for pointer in ["/db/0/data", "/data", "/result"] {
        if value.pointer(pointer).is_some_and(|inner| inner.get("posts").is_some()) {
            return value.pointer_mut(pointer).expect("it was found there a moment ago");
        }
    }
    value
}

fn list<'v>(data: &'v Value, name: &str) -> &'v [Value] {
    data.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn by_id(data: &Value, name: &str) -> HashMap<String, Value> {
    list(data, name).iter().map(|entry| (post::id_of(&entry["id"]), entry.clone())).collect()
}

/// A table that joins posts to something, in its order.
fn links(data: &Value, name: &str, other: &str) -> HashMap<String, Vec<String>> {
    let mut rows: Vec<&Value> = list(data, name).iter().collect();
    rows.sort_by_key(|row| row["sort_order"].as_i64().unwrap_or_default());
    let mut links: HashMap<String, Vec<String>> = HashMap::new();
    for row in rows {
        links.entry(post::id_of(&row["post_id"])).or_default().push(post::id_of(&row[other]));
    }
    links
}

#[cfg(test)]
mod tests;
