//! A post of an export, and the story it is.

use courant_news::Block;
use serde_json::Value;
use url::Url;

use super::{Export, lexical, mobiledoc};
use crate::feed_in::{Author, Category, Entry, Media, dates};
use crate::html::{Context, media_type_of, one_line, plain_to_blocks, to_blocks_in, to_line};
use crate::refused::Repair;

/// What Ghost writes for its own address.
const OWN_ADDRESS: &str = "__GHOST_URL__";

/// A post without the envelope of the migration tools, which keeps the address beside the post.
pub(super) fn unwrapped(post: Value) -> Value {
    let Value::Object(mut envelope) = post else { return post };
    let url = envelope.get("url").cloned();
    match envelope.remove("data") {
        Some(Value::Object(mut inner)) => {
            if let Some(url) = url {
                inner.entry("url").or_insert(url);
            }
            Value::Object(inner)
        }
        Some(other) => {
            envelope.insert("data".to_owned(), other);
            Value::Object(envelope)
        }
        None => Value::Object(envelope),
    }
}

/// Whether anyone may read it.
pub(super) fn is_public(post: &Value) -> bool {
    matches!(post["status"].as_str(), Some("published" | "sent") | None)
}

/// An id as a text: newer ones are texts, older ones numbers.
pub(super) fn id_of(id: &Value) -> String {
    id.as_str().map_or_else(|| id.as_i64().map(|number| number.to_string()).unwrap_or_default(), str::to_owned)
}

/// The entry that a post is; `post_idx` is its place in the export.
pub(super) fn entry(post: &Value, post_idx: usize, export: &Export) -> Entry {
    let mut repairs = Vec::new();
    let text = |key: &str| post[key].as_str().map(str::trim).filter(|text| !text.is_empty());
    let id = id_of(&post["id"]);
    let link = text("url").or_else(|| text("canonical_url")).filter(|url| url.starts_with("http"));
    let copy = copy(post, link, export, &mut repairs);
    let summary = text("custom_excerpt").map(to_line);
    let mut instant = |key: &str| {
        let given = text(key)?;
        let parsed = dates::parse(given);
        match parsed {
            None => repairs.push(Repair::new(key, given, "is no date; left out")),
            Some(parsed) if !parsed.has_zone => repairs.push(Repair::new(key, given, "gives no time zone; taken as UTC")),
            Some(_) => {}
        }
        parsed.map(|parsed| parsed.at)
    };
    let published = instant("published_at").or_else(|| instant("created_at"));
    let updated = instant("updated_at");
    // A Ghost site's own feed names its posts by their ids; an uuid is the same everywhere.
    let uuid = text("uuid").map(|uuid| format!("urn:uuid:{uuid}"));
    let whole = uuid.or_else(|| link.map(str::to_owned)).or_else(|| Some(id.clone()).filter(|id| !id.is_empty()));
    let whole = whole.or_else(|| text("slug").map(str::to_owned)).unwrap_or_default();
    Entry {
        at: post_idx as u64 + 1,
        id: whole.into(),
        link: link.map(Into::into),
        title: text("title").map(|title| one_line(title).into()),
        summary: summary.filter(|summary| !summary.is_empty()).map(Into::into),
        text: copy,
        language: None,
        published,
        updated,
        authors: authors(post, &id, export),
        categories: tags(post, &id, export),
        media: picture(post, &id, export).into_iter().collect(),
        rights: None,
        repairs,
    }
}

/// The copy, of the forms there are the one that says most: HTML as readers saw it, else what editors wrote.
fn copy(post: &Value, link: Option<&str>, export: &Export, repairs: &mut Vec<Repair>) -> Vec<Block> {
    let text = |key: &str| post[key].as_str().filter(|text| !text.trim().is_empty());
    let html = match (text("html"), text("lexical"), text("mobiledoc")) {
        (Some(html), ..) => html.to_owned(),
        (None, Some(lexical), _) => lexical::to_html(lexical, repairs),
        (None, None, Some(document)) => mobiledoc::to_html(document, repairs),
        (None, None, None) => return text("plaintext").map(plain_to_blocks).unwrap_or_default(),
    };
    let html = html.replace(OWN_ADDRESS, "");
    let page = link.and_then(|link| Url::parse(link).ok());
    let context = Context { page_url: page.as_ref(), credit: export.title.as_deref(), base_url: None };
    let (blocks, cleaned) = to_blocks_in(&html, &context);
    repairs.extend(cleaned.into_iter().map(|cleaned| Repair::new("html", "", format!("held {cleaned}; removed"))));
    blocks
}

/// Those of the table that joins them, else those inside the post.
fn joined<'e>(
    post: &'e Value,
    names: [&str; 2],
    listed: Option<&Vec<String>>,
    known: &'e std::collections::HashMap<String, Value>,
) -> Vec<&'e Value> {
    let of_table: Vec<&Value> = listed.into_iter().flatten().filter_map(|id| known.get(id)).collect();
    if !of_table.is_empty() {
        return of_table;
    }
    let inside = names.iter().flat_map(|name| match &post[*name] {
        Value::Array(list) => list.iter().collect(),
        one @ Value::Object(_) => vec![one],
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    });
    inside.map(|one| one.get("data").unwrap_or(one)).collect()
}

fn authors(post: &Value, id: &str, export: &Export) -> Vec<Author> {
    let mut people = joined(post, ["authors", "author"], export.authors_of.get(id), &export.users);
    if people.is_empty() {
        // Older exports have one author for each post.
        people.extend(export.users.get(&id_of(&post["author_id"])));
    }
    let mut authors: Vec<Author> = Vec::new();
    for person in people {
        let name = person["name"].as_str().map(one_line).filter(|name| !name.is_empty()).map(Box::from);
        let author = Author { name, ..Author::default() };
        if author.name.is_some() && !authors.contains(&author) {
            authors.push(author);
        }
    }
    authors
}

/// Tags that readers see; those that begin with `#` are the editors' own.
fn tags(post: &Value, id: &str, export: &Export) -> Vec<Category> {
    let tags = joined(post, ["tags", "primary_tag"], export.tags_of.get(id), &export.tags);
    let names = tags.into_iter().filter(|tag| tag["visibility"] != "internal").filter_map(|tag| tag["name"].as_str());
    let mut categories: Vec<Category> = Vec::new();
    for name in names.map(one_line).filter(|name| !name.is_empty() && !name.starts_with('#')) {
        let category = Category { term: name.into(), scheme: None, label: None };
        if !categories.contains(&category) {
            categories.push(category);
        }
    }
    categories
}

fn picture(post: &Value, id: &str, export: &Export) -> Option<Media> {
    let meta = export.meta_of.get(id).unwrap_or(&Value::Null);
    let text = |key: &str| post[key].as_str().or_else(|| meta[key].as_str()).map(str::trim).filter(|text| !text.is_empty());
    let url = text("feature_image")?.replace(OWN_ADDRESS, "");
    let side = |key: &str| post[key].as_u64().and_then(|side| u32::try_from(side).ok());
    let caption = text("feature_image_caption").map(to_line).or_else(|| text("feature_image_alt").map(one_line));
    Some(Media {
        media_type: Some(media_type_of(&url).unwrap_or("image/jpeg").into()),
        url: url.into(),
        width: side("feature_image_width"),
        height: side("feature_image_height"),
        len_bytes: None,
        caption: caption.filter(|caption| !caption.is_empty()).map(Into::into),
        credit: None,
    })
}
