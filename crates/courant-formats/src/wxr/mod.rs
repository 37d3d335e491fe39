//! WordPress exports (WXR 1.0 to 1.2): an archive as RSS with names of its own.
//!
//! Posts and pages that are published become stories; drafts, protected and unpublished ones never do. Attachments become the
//! pictures of the stories that use them.

mod copy;
mod item;
mod read;

use courant_news::{Lang, SectionSlug};

use crate::feed_in::story::stories_of;
use crate::feed_in::{Dialect, Feed};
use crate::incoming::{Arrival, Content, Position, Reading};
use crate::refused::{Refused, Repair};

pub use item::{Item, Kind, Term};
pub use read::read;

/// The longest export, in bytes.
pub const EXPORT_LEN_BYTES_MAX: usize = 256 << 20;
/// How many items an export may have.
pub const ITEMS_MAX: usize = 200_000;

/// An export, as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Export {
    /// What the site is called.
    pub title: Box<str>,
    /// Its address.
    pub link: Box<str>,
    /// Its language tag.
    pub language: Box<str>,
    /// Its people: what they log in as, and what is printed.
    pub authors: Vec<(Box<str>, Box<str>)>,
    /// Its items, in order.
    pub items: Vec<Item>,
    /// What was mended in the bytes.
    pub repairs: Vec<Repair>,
}

/// The stories of an export, each read or refused by itself. What is left out since it is not public is told with the first.
pub fn stories(export: &Export, reading: &Reading<'_>) -> Vec<Arrival> {
    let public: Vec<&Item> = export.items.iter().filter(|item| item.is_story() && item.is_public()).collect();
    let mut feed = Feed {
        dialect: Dialect::Rss20,
        encoding: "UTF-8",
        is_broken: false,
        id: None,
        title: Some(export.title.clone()).filter(|title| !title.is_empty()),
        description: None,
        link: Some(export.link.clone()).filter(|link| !link.is_empty()),
        language: Lang::parse(&export.language).ok(),
        rights: None,
        authors: Vec::new(),
        categories: Vec::new(),
        published: None,
        updated: None,
        entries: Vec::new(),
        repairs: export.repairs.clone(),
    };
    let n_private = export.items.iter().filter(|item| item.is_story() && !item.is_public()).count();
    if n_private != 0 {
        let done = format!("hold {n_private} that are drafts, protected or not yet published; left out");
        feed.repairs.push(Repair::new("posts", "", done));
    }
    let pictures = item::Pictures::of(export);
    feed.entries = public.iter().map(|item| item::entry(item, export, &pictures)).collect();
    let mut arrivals = stories_of(feed, None, reading);
    for (arrival, item) in arrivals.iter_mut().zip(&public) {
        let Ok(read) = &mut arrival.read else { continue };
        if let (Content::Story(story), Some(section)) = (&mut read.content, section_of(item)) {
            story.section = section;
        }
    }
    arrivals
}

/// The section of a story: its first category, unless that is the one for what has none.
fn section_of(item: &Item) -> Option<SectionSlug> {
    let category = item.terms.iter().find(|term| &*term.domain == "category" && &*term.slug != "uncategorized")?;
    SectionSlug::parse(&category.slug).or_else(|_| SectionSlug::parse(&category.name)).ok()
}

/// Reads an export and makes stories of it.
pub fn arrivals(bytes: &[u8], reading: &Reading<'_>) -> Vec<Arrival> {
    match read(bytes) {
        Ok(export) => stories(&export, reading),
        Err(refused) => vec![refusal(refused)],
    }
}

fn refusal(refused: Refused) -> Arrival {
    Arrival { at: Position::Whole, read: Err(refused) }
}

#[cfg(test)]
mod tests;
