//! An item of an export, and the story it is.

use std::collections::HashMap;

use url::Url;

use super::{Export, copy};
use crate::feed_in::{Author, Category, Entry, Media, dates};
use crate::html::{Context, media_type_of, to_blocks_in, to_line};
use crate::refused::Repair;

/// How many pictures of one story are kept.
const PICTURES_MAX: usize = 200;

/// An item: a post, a page, an attachment or something of WordPress's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The line it begins on.
    pub line: u64,
    /// Its number.
    pub id: u64,
    /// The number of the item it belongs to, or 0.
    pub parent: u64,
    /// `post`, `page`, `attachment`…
    pub post_type: Box<str>,
    /// `publish`, `draft`, `future`, `private`, `inherit`…
    pub status: Box<str>,
    /// Whether a password is needed to read it.
    pub is_protected: bool,
    /// Its headline, with references.
    pub title: Box<str>,
    /// Its address.
    pub link: Box<str>,
    /// What it is called for ever.
    pub guid: Box<str>,
    /// What its author logs in as.
    pub login: Box<str>,
    /// Its date as mail writes it, with a zone.
    pub pub_date: Box<str>,
    /// Its date in the site's zone.
    pub date: Box<str>,
    /// Its date in UTC.
    pub date_gmt: Box<str>,
    /// When it was last changed, in UTC; newer exports say.
    pub modified_gmt: Box<str>,
    /// Its copy: HTML with blocks and short codes.
    pub content: Box<str>,
    /// Its excerpt; the caption of an attachment.
    pub excerpt: Box<str>,
    /// What it is filed under.
    pub terms: Vec<Term>,
    /// The file of an attachment.
    pub attachment_url: Box<str>,
    /// The number of the attachment that opens it.
    pub thumbnail: Option<u64>,
    /// The words for who cannot see an attachment.
    pub alt: Box<str>,
    /// Width and height of an attachment, in pixels.
    pub size: Option<(u32, u32)>,
    /// Who made an attachment.
    pub credit: Box<str>,
    /// How many comments it has.
    pub n_comments: usize,
}

/// A category, a tag or a term of another vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// `category`, `post_tag`…
    pub domain: Box<str>,
    /// Its slug.
    pub slug: Box<str>,
    /// Its name.
    pub name: Box<str>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A post.
    Post,
    /// A page.
    Page,
    /// A file.
    Attachment,
    /// A menu, a style, a product: nothing of ours.
    Other,
}

impl Item {
    /// What it is.
    pub fn kind(&self) -> Kind {
        match &*self.post_type {
            "post" => Kind::Post,
            "page" => Kind::Page,
            "attachment" => Kind::Attachment,
            _ => Kind::Other,
        }
    }

    /// Whether it is a post or a page.
    pub fn is_story(&self) -> bool {
        match self.kind() {
            Kind::Post | Kind::Page => true,
            Kind::Attachment | Kind::Other => false,
        }
    }

    /// Whether anyone may read it.
    pub fn is_public(&self) -> bool {
        &*self.status == "publish" && !self.is_protected
    }

    /// Takes a custom field.
    pub(super) fn meta(&mut self, key: &str, value: &str) {
        match key {
            "_thumbnail_id" => self.thumbnail = value.parse().ok(),
            "_wp_attachment_image_alt" => self.alt = value.into(),
            "_wp_attachment_metadata" => {
                self.size = php_number(value, "width").zip(php_number(value, "height"));
                self.credit = php_text(value, "credit").unwrap_or_default().into();
            }
            _ => {}
        }
    }
}

/// The number behind a key in what PHP's `serialize` writes: `s:5:"width";i:1200;`.
fn php_number(serialised: &str, key: &str) -> Option<u32> {
    let behind = serialised.split_once(&format!("\"{key}\";i:"))?.1;
    behind.split(';').next()?.parse().ok()
}

/// The text behind a key: `s:6:"credit";s:3:"Ann";`.
fn php_text<'s>(serialised: &'s str, key: &str) -> Option<&'s str> {
    let behind = serialised.split_once(&format!("\"{key}\";s:"))?.1;
    let (len, text) = behind.split_once(":\"")?;
    text.get(..len.parse().ok()?)
}

/// The attachments of an export by what others know them by.
pub(super) struct Pictures<'e> {
    numbered: HashMap<u64, &'e Item>,
    belonging: HashMap<u64, Vec<&'e Item>>,
    pub(super) named: HashMap<&'e str, &'e Item>,
}

impl<'e> Pictures<'e> {
    pub(super) fn of(export: &'e Export) -> Self {
        let mut pictures = Self { numbered: HashMap::new(), belonging: HashMap::new(), named: HashMap::new() };
        for item in export.items.iter().filter(|item| item.kind() == Kind::Attachment) {
            pictures.numbered.insert(item.id, item);
            pictures.belonging.entry(item.parent).or_default().push(item);
            if let Some(name) = item.attachment_url.rsplit('/').next().filter(|name| !name.is_empty()) {
                pictures.named.insert(name, item);
            }
        }
        pictures
    }

    /// Those of a gallery: the ones it names, or all that belong to the story.
    fn gallery(&self, gallery: &copy::Gallery, story: u64) -> Vec<&'e Item> {
        match gallery {
            copy::Gallery::Named(ids) => ids.iter().filter_map(|id| self.numbered.get(id).copied()).collect(),
            copy::Gallery::Own => self.belonging.get(&story).cloned().unwrap_or_default(),
        }
    }
}

/// The entry that a post or a page is.
pub(super) fn entry(item: &Item, export: &Export, pictures: &Pictures<'_>) -> Entry {
    let mut repairs = Vec::new();
    let page = Url::parse(&item.link).or_else(|_| Url::parse(&export.link)).ok();
    let context = Context { page_url: page.as_ref(), credit: Some(&export.title), base_url: None };
    let prepared = copy::prepare(&item.content, &pictures.named);
    let (text, cleaned) = to_blocks_in(&prepared.html, &context);
    repairs.extend(cleaned.into_iter().map(|cleaned| Repair::new("content", "", format!("held {cleaned}; removed"))));
    let mut media: Vec<Media> = Vec::new();
    if let Some(id) = item.thumbnail {
        match pictures.numbered.get(&id) {
            Some(picture) => media.extend(file(picture, export)),
            None => repairs.push(Repair::new("_thumbnail_id", &id.to_string(), "is no attachment of this export; left out")),
        }
    }
    for picture in prepared.galleries.iter().flat_map(|gallery| pictures.gallery(gallery, item.id)).take(PICTURES_MAX) {
        media.extend(file(picture, export).filter(|found| !media.iter().any(|known| known.url == found.url)));
    }
    let name = export.authors.iter().find(|(login, _)| *login == item.login).map_or(&item.login, |(_, name)| name);
    let categories = item.terms.iter().filter(|term| matches!(&*term.domain, "category" | "post_tag" | "tag"));
    let summary = to_line(&item.excerpt);
    let title = to_line(&item.title);
    let published = instant(&[&item.date_gmt, &item.pub_date, &item.date], &mut repairs);
    Entry {
        at: item.line,
        id: id_of(item, export),
        link: Some(item.link.clone()).filter(|link| !link.is_empty()),
        title: (!title.is_empty()).then(|| title.into()),
        summary: (!summary.is_empty()).then(|| summary.into()),
        text,
        language: None,
        published,
        updated: instant(&[&item.modified_gmt], &mut repairs),
        authors: (!name.is_empty()).then(|| Author { name: Some(name.clone()), ..Author::default() }).into_iter().collect(),
        categories: categories.map(|term| Category { term: term.name.clone(), scheme: None, label: None }).collect(),
        media,
        rights: None,
        repairs,
    }
}

/// The guid, which is an address that never changes, or the number within the site.
fn id_of(item: &Item, export: &Export) -> Box<str> {
    if item.guid.is_empty() { format!("{}?p={}", export.link, item.id).into() } else { item.guid.clone() }
}

/// The first date that is one. WordPress writes zeros for none; the one in UTC does not say its zone.
fn instant(dates: &[&str], repairs: &mut Vec<Repair>) -> Option<jiff::Timestamp> {
    let mut last = None;
    for (date_idx, date) in dates.iter().enumerate().filter(|(_, date)| !date.is_empty() && !date.starts_with("0000")) {
        if let Some(given) = dates::parse(date) {
            if !given.has_zone && date_idx != 0 {
                repairs.push(Repair::new("post_date", date, "gives no time zone; taken as UTC"));
            }
            return Some(given.at);
        }
        last = Some(*date);
    }
    if let Some(date) = last {
        repairs.push(Repair::new("post_date", date, "is no date; left out"));
    }
    None
}

fn file(picture: &Item, export: &Export) -> Option<Media> {
    if picture.attachment_url.is_empty() {
        return None;
    }
    let first = |texts: [&str; 3]| texts.into_iter().map(to_line).find(|line| !line.is_empty()).map(Box::from);
    Some(Media {
        url: picture.attachment_url.clone(),
        media_type: media_type_of(&picture.attachment_url).map(Into::into),
        width: picture.size.map(|(width, _)| width),
        height: picture.size.map(|(_, height)| height),
        len_bytes: None,
        caption: first([&picture.excerpt, &picture.alt, &picture.title]),
        credit: first([&picture.credit, &export.title, ""]),
    })
}
