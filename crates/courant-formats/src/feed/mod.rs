//! Lists of stories as feeds: RSS 2.0, JSON Feed 1.1, Atom.
//!
//! All three are written from one [`Feed`], so they cannot disagree. Addresses are absolute; what is under embargo,
//! withheld or canceled is never an entry.

mod atom;
mod json;
mod rss;

use courant_news::{NewsItem, PubStatus, address};
use jiff::Timestamp;

pub use atom::write as write_atom;
pub use json::write as write_json_feed;
pub use rss::write as write_rss;

use crate::html;
use crate::ninjs::uri_of;

/// A feed: a list as it stands, and what it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Feed {
    /// What the list is called: `Courant: economy`.
    pub title: Box<str>,
    /// One sentence on what it holds.
    pub description: Box<str>,
    /// The language tag, when all of it is in one.
    pub lang: Option<Box<str>>,
    /// The absolute address of the list as a page.
    pub home_url: Box<str>,
    /// The absolute address of this feed, in its canonical form.
    pub self_url: Box<str>,
    /// The absolute address of the feed's next, older page.
    pub next_url: Option<Box<str>>,
    /// Its place in the feed's whole history (RFC 5005, 4).
    pub history: FeedHistory,
    /// The absolute address of the terms of use (RFC 4946).
    pub licence_url: Option<Box<str>>,
    /// The absolute address of its WebSub hub.
    pub hub_url: Option<Box<str>>,
    /// The copyright notice of the whole.
    pub copyright: Option<Box<str>>,
    /// How long a reader may keep it, in minutes; the same as its `Cache-Control`.
    pub ttl_minutes: u32,
    /// When anything in it last changed.
    pub updated_at: Timestamp,
    /// Its stories, in the list's order.
    pub entries: Vec<FeedEntry>,
    /// Stories that were withdrawn; Atom tells its readers (RFC 6721).
    pub withdrawn: Vec<Tombstone>,
}

/// Where a document stands in the history of its feed: which others have what is older and newer. Addresses are absolute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedHistory {
    /// Of an archive, the address of the feed itself; `None` when this is the feed itself.
    pub current_url: Option<Box<str>>,
    /// The archive of the stories before these.
    pub prev_archive_url: Option<Box<str>>,
    /// Of an archive, the archive of the stories after these.
    pub next_archive_url: Option<Box<str>>,
}

impl Feed {
    /// What the feed is called in all its documents.
    fn id(&self) -> &str {
        self.history.current_url.as_deref().unwrap_or(&self.self_url)
    }

    /// Links to other documents of its history, as (relation, address).
    fn history_links(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let FeedHistory { current_url, prev_archive_url, next_archive_url } = &self.history;
        let links =
            [("next", &self.next_url), ("current", current_url), ("prev-archive", prev_archive_url), ("next-archive", next_archive_url)];
        links.into_iter().filter_map(|(rel, url)| Some((rel, url.as_deref()?)))
    }
}

/// The namespace of `fh:archive` (RFC 5005).
const FEED_HISTORY: &str = "http://purl.org/syndication/history/1.0";

/// A story in a feed.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedEntry {
    /// What the story is called for ever; an URI.
    pub id: Box<str>,
    /// Its absolute address.
    pub url: Box<str>,
    /// The headline.
    pub title: Box<str>,
    /// The lead.
    pub summary: Option<Box<str>>,
    /// The copy as HTML, with absolute addresses.
    pub content_html: String,
    /// Who wrote it.
    pub authors: Vec<Box<str>>,
    /// When it first moved. It never changes.
    pub published_at: Timestamp,
    /// When it last moved with anything new: more news or a correction.
    pub updated_at: Timestamp,
    /// What it is filed under.
    pub categories: Vec<Category>,
    /// The picture that opens it.
    pub picture: Option<FeedPicture>,
    /// Its language tag.
    pub lang: Box<str>,
    /// The copyright notice.
    pub rights: Option<Box<str>>,
    /// Its place on the wire.
    pub seq: u64,
    /// Its version.
    pub version: u32,
}

/// A subject of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The vocabulary: `http://cv.iptc.org/newscodes/mediatopic/`.
    pub scheme: Box<str>,
    /// The code or slug within it.
    pub code: Box<str>,
    /// The name in the story's language.
    pub name: Box<str>,
}

/// The picture of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedPicture {
    /// Its absolute address.
    pub url: Box<str>,
    /// Its media type.
    pub media_type: Box<str>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The caption.
    pub caption: Box<str>,
    /// The credit.
    pub credit: Box<str>,
}

/// A story that is no longer to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// What the story was called.
    pub id: Box<str>,
    /// When it was withdrawn.
    pub withdrawn_at: Timestamp,
    /// Why, for the public.
    pub reason: Box<str>,
}

/// The schemes of categories.
const MEDIA_TOPICS: &str = "http://cv.iptc.org/newscodes/mediatopic/";

impl FeedEntry {
    /// The entry of a story that stands on the wire at `seq`. `None` for one that may not be shown now.
    pub fn of(item: &NewsItem, seq: u64, base_url: &str) -> Option<Self> {
        if item.pub_status != PubStatus::Usable || item.embargo.is_some() {
            return None;
        }
        let base_url = base_url.trim_end_matches('/');
        let latest = [item.times.updated_at, item.times.corrected_at].into_iter().flatten().max();
        let mut categories = vec![Category {
            scheme: format!("{base_url}/").into(),
            code: item.section.as_str().into(),
            name: item.section.as_str().into(),
        }];
        for subject in &item.subjects {
            let (scheme, code) = match subject.uri().strip_prefix("medtop:") {
                Some(code) => (MEDIA_TOPICS.to_owned(), code.to_owned()),
                None => (format!("{base_url}/topics/"), address::segment(&subject.slug())),
            };
            categories.push(Category { scheme: scheme.into(), code: code.into(), name: subject.name().into() });
        }
        Some(Self {
            id: uri_of(item.guid.as_str()).into(),
            url: format!("{base_url}{}", item.path()).into(),
            title: item.headline.as_str().into(),
            summary: item.lead.as_ref().map(|lead| lead.as_str().into()),
            content_html: content_html(item, base_url),
            authors: item.bylines.iter().map(|byline| byline.name.clone()).collect(),
            published_at: item.times.first_moved_at,
            updated_at: latest.unwrap_or(item.times.first_moved_at).max(item.times.first_moved_at),
            categories,
            picture: picture(item, base_url),
            lang: item.lang.as_str().into(),
            rights: item.rights.copyright_notice.clone(),
            seq,
            version: item.version.number(),
        })
    }
}

/// The copy with its dateline and the notes of what was corrected.
fn content_html(item: &NewsItem, base_url: &str) -> String {
    let mut content = String::new();
    for correction in item.corrections.iter().rev() {
        content.push_str("<p class=\"correction\">");
        html::escape(correction.reason.as_str(), &mut content);
        content.push_str("</p>\n");
    }
    if let Some(dateline) = &item.dateline {
        content.push_str("<p class=\"dateline\">");
        html::escape(&dateline.in_house_style(&item.lang), &mut content);
        content.push_str("</p>\n");
    }
    content.push_str(&html::from_blocks_at(&item.body, Some(base_url)));
    content
}

fn picture(item: &NewsItem, base_url: &str) -> Option<FeedPicture> {
    let picture = &item.feature()?.picture;
    let file = picture.local_rendition().or_else(|| picture.renditions.first())?;
    let base = if file.href.starts_with('/') { base_url } else { "" };
    Some(FeedPicture {
        url: format!("{base}{}", file.href).into(),
        media_type: file.media_type.clone(),
        width: file.width,
        height: file.height,
        caption: picture.caption.clone(),
        credit: picture.credit.clone(),
    })
}

/// The document without the characters that XML 1.0 does not know, which a name may hold.
fn without_unprintable(xml: String) -> String {
    let is_bad = |letter: char| html::is_unprintable(letter) && !matches!(letter, '\n' | '\t');
    if xml.contains(is_bad) { xml.chars().filter(|letter| !is_bad(*letter)).collect() } else { xml }
}

#[cfg(test)]
mod tests;
