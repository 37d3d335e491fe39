//! From what the parser answers to our own values.

use std::borrow::Cow;
use std::rc::Rc;

use courant_news::{Block, Lang};
use feed_rs::model;
use sha2::{Digest, Sha256};
use url::Url;

use super::dates::Given;
use super::inner::is_web;
use super::mend::{Mended, Notes};
use super::{Author, Category, Dialect, Entry, Feed, Media, person};
use crate::html::{self, Context, one_line, to_line};
use crate::refused::{Problem, Refused, Repair};

/// The longest summary that stands beside the text, in bytes.
const SUMMARY_LEN_BYTES_MAX: usize = 8 << 10;
/// How many files of an entry, people and categories are kept.
const LIST_LEN_MAX: usize = 100;

/// Reads a mended feed.
pub(super) fn read(mended: Mended<'_>) -> Result<Feed, Refused> {
    // Instants are read already, and ids are ours to make.
    let parser = feed_rs::parser::Builder::new().timestamp_parser(|_| None).id_generator(|_, _, _| String::new()).build();
    let found = parser.parse(mended.xml.as_bytes());
    let Mended { texts, dialect, feed: notes, items, repairs, is_broken, .. } = mended;
    let found = found
        .map_err(|error| Refused::of(Problem::new("the feed", "", format!("cannot be read: {error}"), "check it with courant check")))?;
    Ok(made(found, Texts::Aside(&texts), dialect, &notes, items, repairs, is_broken))
}

/// Where the texts are that the parser found.
#[derive(Clone, Copy)]
pub(super) enum Texts<'t> {
    /// It has them itself.
    Inline,
    /// Here, and it has their numbers.
    Aside(&'t [Cow<'t, str>]),
}

impl<'t> Texts<'t> {
    fn of(self, found: &'t str) -> &'t str {
        match self {
            Self::Inline => found,
            Self::Aside(texts) => found.parse().ok().and_then(|number: usize| texts.get(number)).map_or("", |text| text.trim()),
        }
    }
}

/// Puts what the parser found and what it has no place for together.
pub(super) fn made(
    found: model::Feed,
    texts: Texts<'_>,
    dialect: Dialect,
    notes: &Notes,
    items: Vec<Notes>,
    mut repairs: Vec<Repair>,
    is_broken: bool,
) -> Feed {
    if is_broken {
        repairs.push(Repair::new("the feed", "", "is not well formed: tags are closed that were not open, or not closed; mended"));
    }
    // RSS does not say whether its words are markup; Atom and JSON do.
    let is_typed = matches!(dialect, Dialect::Atom03 | Dialect::Atom10 | Dialect::JsonFeed10 | Dialect::JsonFeed11);
    let said = |text: Option<&model::Text>| text.and_then(|text| words(text, texts, is_typed));
    let language = found.language.as_deref().or(notes.lang.as_deref()).and_then(|tag| Lang::parse(tag).ok());
    let home = found.links.iter().find(|link| is_page(link)).map(|link| link.href.as_str().into());
    let mut feed = Feed {
        dialect,
        encoding: "UTF-8",
        is_broken,
        id: Some(found.id.trim()).filter(|id| !id.is_empty()).map(Into::into),
        title: said(found.title.as_ref()),
        description: said(found.description.as_ref()),
        link: home,
        language,
        rights: said(found.rights.as_ref()),
        authors: people(&[&found.authors, &found.contributors]),
        categories: categories(&found.categories),
        published: instant("pubDate", notes.published.or(notes.created), &mut repairs),
        updated: instant("updated", notes.updated, &mut repairs),
        entries: Vec::with_capacity(found.entries.len()),
        repairs,
    };
    unread(notes, &mut feed.repairs);
    for (found, notes) in found.entries.into_iter().zip(items) {
        let entry = entry(&found, texts, notes, is_typed, &feed);
        feed.entries.push(entry);
    }
    feed
}

fn entry(found: &model::Entry, texts: Texts<'_>, notes: Notes, is_typed: bool, feed: &Feed) -> Entry {
    let mut repairs = Vec::new();
    unread(&notes, &mut repairs);
    let title = found.title.as_ref().and_then(|text| words(text, texts, is_typed));
    let permalink = || (notes.is_permalink && is_web(&found.id)).then(|| Box::from(found.id.trim()));
    let about = || notes.about.clone().filter(|about| is_web(about));
    let link = found.links.iter().find(|link| is_page(link)).map(|link| Box::from(link.href.as_str())).or_else(permalink).or_else(about);
    let base = notes.base.clone().or_else(|| link.as_deref().and_then(|link| Url::parse(link).ok()).map(Rc::new));
    let context = Context { page_url: base.as_deref(), ..Context::default() };
    let summary = found.summary.as_ref().map(|text| (texts.of(&text.content), is_plain(text.content_type.as_str(), is_typed)));
    let whole =
        found.content.as_ref().and_then(|whole| Some((texts.of(whole.body.as_deref()?), is_plain(whole.content_type.as_str(), is_typed))));
    let mut clean = |(text, is_plain): (&str, bool)| blocks(text, is_plain, &context, &mut repairs);
    let copy = whole.map(&mut clean).unwrap_or_default();
    let (summary, text) = match (summary, copy.is_empty()) {
        (Some(summary), true) => (None, clean(summary)),
        (Some((summary, is_plain)), false) => (short(summary, is_plain), copy),
        (None, _) => (None, copy),
    };
    let published = instant("pubDate", notes.published.or(notes.created), &mut repairs);
    let updated = instant("updated", notes.updated, &mut repairs);
    let mut media = media(&found.media, texts, is_typed);
    for link in found.links.iter().filter(|link| link.rel.as_deref() == Some("enclosure")) {
        let media_type = link.media_type.as_deref().or_else(|| html::media_type_of(&link.href)).map(Into::into);
        push_media(Media { url: link.href.as_str().into(), media_type, len_bytes: link.length, ..Media::default() }, &mut media);
    }
    let id = Some(found.id.trim()).filter(|id| !id.is_empty()).map(Box::from).or_else(|| notes.about.clone());
    let id = id.or_else(|| link.clone()).unwrap_or_else(|| digest(title.as_deref(), &text));
    let language = notes.lang.as_deref().and_then(|tag| Lang::parse(tag).ok()).or_else(|| feed.language.clone());
    Entry {
        at: notes.line,
        id,
        link,
        title,
        summary,
        text,
        language,
        published: published.or(updated),
        updated,
        authors: people(&[&found.authors]),
        categories: categories(&found.categories),
        media,
        rights: found.rights.as_ref().and_then(|text| words(text, texts, is_typed)).or(notes.rights),
        repairs,
    }
}

/// An id for what has neither a guid nor an address: the same words are the same story.
fn digest(title: Option<&str>, text: &[Block]) -> Box<str> {
    let mut hash = Sha256::new();
    hash.update(title.unwrap_or_default());
    hash.update([0]);
    hash.update(courant_news::plain_text(text));
    let mut id = "urn:sha256:".to_owned();
    for byte in hash.finalize().iter().take(16) {
        id.push_str(&format!("{byte:02x}"));
    }
    id.into()
}

fn is_page(link: &model::Link) -> bool {
    link.target.is_none() && matches!(link.rel.as_deref(), None | Some("alternate" | "")) && !link.href.is_empty()
}

/// Words on one line. Atom says whether they are markup; RSS does not.
fn words(text: &model::Text, texts: Texts<'_>, is_typed: bool) -> Option<Box<str>> {
    let given = texts.of(&text.content);
    let line = if is_plain(text.content_type.as_str(), is_typed) { one_line(given) } else { to_line(given) };
    (!line.is_empty()).then(|| line.into())
}

fn is_plain(kind: &str, is_typed: bool) -> bool {
    is_typed && kind == "text/plain"
}

fn short(text: &str, is_plain: bool) -> Option<Box<str>> {
    let line = if is_plain { one_line(text) } else { to_line(text) };
    (!line.is_empty() && line.len() <= SUMMARY_LEN_BYTES_MAX).then(|| line.into())
}

pub(super) fn blocks(text: &str, is_plain: bool, context: &Context<'_>, repairs: &mut Vec<Repair>) -> Vec<Block> {
    if is_plain || !html::looks_like_markup(text) {
        return html::plain_to_blocks(text);
    }
    let (blocks, cleaned) = html::to_blocks_in(text, context);
    repairs.extend(cleaned.into_iter().map(|cleaned| Repair::new("text", "", format!("held {cleaned}; removed"))));
    blocks
}

fn instant(field: &str, given: Option<Given>, repairs: &mut Vec<Repair>) -> Option<jiff::Timestamp> {
    let given = given?;
    if !given.has_zone {
        repairs.push(Repair::new(field, &given.at.to_string(), "gives no time zone; taken as UTC"));
    }
    Some(given.at)
}

fn unread(notes: &Notes, repairs: &mut Vec<Repair>) {
    repairs.extend(notes.unread_dates.iter().map(|date| Repair::new("date", date, "is no date that can be told for sure; left out")));
}

fn people(lists: &[&Vec<model::Person>]) -> Vec<Author> {
    let mut authors: Vec<Author> = Vec::new();
    for found in lists.iter().copied().flatten() {
        let author = match (&found.email, &found.uri) {
            (None, None) => found.name.as_deref().and_then(person::of_text),
            (email, uri) => person::of_parts(found.name.as_deref(), email.as_deref(), uri.as_deref()),
        };
        authors.extend(author.filter(|author| authors.len() < LIST_LEN_MAX && !authors.contains(author)));
    }
    authors
}

fn categories(found: &[model::Category]) -> Vec<Category> {
    let text = |text: &str| Some(one_line(text)).filter(|text| !text.is_empty()).map(Box::from);
    let mut categories: Vec<Category> = Vec::new();
    for category in found.iter().take(LIST_LEN_MAX) {
        let Some(term) = text(&category.term) else { continue };
        let scheme = category.scheme.as_deref().and_then(text);
        let category = Category { term, scheme, label: category.label.as_deref().and_then(text) };
        if !categories.contains(&category) {
            categories.push(category);
        }
    }
    categories
}

fn media(objects: &[model::MediaObject], texts: Texts<'_>, is_typed: bool) -> Vec<Media> {
    let mut media = Vec::new();
    for object in objects {
        let line =
            |text: Option<&model::Text>| text.and_then(|text| words(text, texts, is_typed && text.content_type.as_str() != "text/html"));
        let caption = line(object.description.as_ref()).or_else(|| line(object.title.as_ref()));
        let credit = object.credits.first().map(|credit| one_line(&credit.entity)).filter(|credit| !credit.is_empty()).map(Box::from);
        for file in &object.content {
            let Some(url) = &file.url else { continue };
            let media_type = file.content_type.as_ref().map(|kind| kind.to_string().into());
            let media_type = media_type.or_else(|| html::media_type_of(url.as_str()).map(Into::into));
            let found = Media {
                url: url.as_str().into(),
                media_type,
                width: file.width,
                height: file.height,
                len_bytes: file.size,
                caption: caption.clone(),
                credit: credit.clone(),
            };
            push_media(found, &mut media);
        }
        let has_picture = media.iter().any(|file: &Media| file.media_type.as_deref().is_some_and(|kind| kind.starts_with("image/")));
        if let Some(small) = object.thumbnails.first().filter(|_| !has_picture) {
            let media_type = html::media_type_of(&small.image.uri).unwrap_or("image/jpeg");
            let (width, height) = (small.image.width, small.image.height);
            let (url, media_type) = (small.image.uri.as_str().into(), Some(media_type.into()));
            push_media(Media { url, media_type, width, height, caption, credit, len_bytes: None }, &mut media);
        }
    }
    media
}

fn push_media(found: Media, media: &mut Vec<Media>) {
    if media.len() < LIST_LEN_MAX && !media.iter().any(|known| known.url == found.url) {
        media.push(found);
    }
}
