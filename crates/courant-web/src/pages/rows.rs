//! The line of a story in a list: time, mark, headline, section.

use courant_news::{Lang, StoryId, Urgency};
use jiff::Timestamp;
use jiff::civil::Date;

use super::chrome::{Chrome, Link};
use crate::words::{Words, dates};

/// A story as a line of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The story; the line carries it as `data-id`.
    pub id: StoryId,
    /// The story's path, percent-encoded.
    pub path: String,
    /// Its headline. `None` when it must not be quoted: on hold, or taken down.
    pub headline: Option<Box<str>>,
    /// The language of the headline.
    pub lang: Lang,
    /// When the story last moved with news: the time of the entry that gives it its place in the list.
    pub at: Timestamp,
    /// Its urgency. 1 to 3 are marked.
    pub urgency: Urgency,
    /// The slug of its section. `None` in a list of one section.
    pub section: Option<Box<str>>,
    /// What has happened to it since.
    pub state: RowState,
    /// The mute of the reader's filter that folds the line.
    pub muted_by: Option<Box<str>>,
}

/// What has happened to a story in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RowState {
    /// It stands as it moved.
    #[default]
    Moved,
    /// It has been updated with more news at least once.
    Updated,
    /// It has been corrected.
    Corrected,
    /// It is on hold.
    Withheld,
    /// It was killed, for this public reason.
    Killed {
        /// Why.
        reason: Box<str>,
    },
    /// It was taken down; no reason is repeated in lists.
    TakenDown,
    /// In a list of the past: what it said then is not kept, since the story was withdrawn for a while.
    NotKept,
}

impl RowState {
    /// Whether nothing of the story can be shown.
    fn is_withdrawn(&self) -> bool {
        match self {
            Self::Withheld | Self::Killed { .. } | Self::TakenDown | Self::NotKept => true,
            Self::Moved | Self::Updated | Self::Corrected => false,
        }
    }
}

/// The lines of one day.
pub(super) struct DayView {
    pub(super) date: Date,
    pub(super) label: String,
    pub(super) href: String,
    pub(super) rows: Vec<RowView>,
}

/// A line, ready to print.
pub(super) struct RowView {
    pub(super) id: String,
    pub(super) rfc3339: String,
    pub(super) clock: String,
    pub(super) urgent: bool,
    pub(super) tags: Vec<Tag>,
    pub(super) href: Option<String>,
    pub(super) headline: Option<Box<str>>,
    /// `lang` and `dir` when they differ from the page's; both empty otherwise.
    pub(super) lang: String,
    pub(super) dir: &'static str,
    pub(super) notice: Option<String>,
    pub(super) section: Option<Link>,
    /// What a folded line says instead of the story.
    pub(super) fold: Option<String>,
}

/// A mark before a headline.
pub(super) struct Tag {
    pub(super) words: String,
    /// Whether it wears the signal colour.
    pub(super) signal: bool,
}

impl RowView {
    pub(super) fn of(row: &Row, chrome: &Chrome) -> Self {
        let words = chrome.words();
        let withdrawn = row.state.is_withdrawn();
        let (lang, dir) = foreign(&row.lang, chrome);
        Self {
            id: row.id.to_string(),
            rfc3339: dates::rfc3339(row.at, &chrome.zone),
            clock: dates::clock(row.at, &chrome.zone),
            urgent: row.urgency <= Urgency::URGENT && !withdrawn,
            tags: tags(row, words),
            href: (!withdrawn || row.headline.is_none()).then(|| row.path.clone()),
            headline: row.headline.clone(),
            lang,
            dir,
            notice: match &row.state {
                RowState::Withheld => Some(words.t("row-withheld").to_owned()),
                RowState::Killed { reason } => Some(reason.to_string()),
                RowState::TakenDown => Some(words.t("taken-down-text").to_owned()),
                RowState::NotKept => Some(words.t("not-kept").to_owned()),
                RowState::Moved | RowState::Updated | RowState::Corrected => None,
            },
            section: row.section.as_deref().map(|slug| chrome.section(slug)),
            fold: row.muted_by.as_deref().map(|mute| words.with("muted-by", "mute", mute)),
        }
    }

    pub(super) fn all(rows: &[Row], chrome: &Chrome) -> Vec<Self> {
        rows.iter().map(|row| Self::of(row, chrome)).collect()
    }
}

impl DayView {
    /// Groups lines by their day in the page's zone, keeping their order. Two runs of the same day stay two groups.
    pub(super) fn group(rows: &[Row], chrome: &Chrome) -> Vec<Self> {
        let mut days: Vec<Self> = Vec::new();
        for row in rows {
            let date = row.at.to_zoned_datetime(chrome.zone.clone()).date();
            if days.last().is_none_or(|day| day.date != date) {
                let href = format!("/{:04}/{:02}/{:02}", date.year(), date.month(), date.day());
                days.push(Self { date, label: chrome.words().day(date), href, rows: Vec::new() });
            }
            if let Some(day) = days.last_mut() {
                day.rows.push(RowView::of(row, chrome));
            }
        }
        days
    }
}

/// `lang` and `dir` of a text in another language than the page's furniture.
pub(super) fn foreign(lang: &Lang, chrome: &Chrome) -> (String, &'static str) {
    if lang.as_str() == chrome.language.tag() { (String::new(), "") } else { (lang.to_string(), lang.direction().as_str()) }
}

fn tags(row: &Row, words: &Words) -> Vec<Tag> {
    let status = match row.state {
        RowState::Moved => None,
        RowState::Updated => Some(("updated", false)),
        RowState::Corrected => Some(("corrected", true)),
        RowState::Withheld => Some(("withheld", true)),
        RowState::Killed { .. } => Some(("killed", true)),
        RowState::TakenDown => Some(("taken-down", true)),
        RowState::NotKept => None,
    };
    let withdrawn = row.state.is_withdrawn();
    let urgency = words.urgency(row.urgency.number()).filter(|_| !withdrawn);
    let urgency = urgency.map(|name| Tag { words: name.to_owned(), signal: row.urgency == Urgency::FLASH });
    let status = status.map(|(name, signal)| Tag { words: words.t(name).to_owned(), signal });
    urgency.into_iter().chain(status).collect()
}
