//! What stands at the address of a story that is on hold, killed or taken down.

use askama::Template;
use courant_news::Notice;
use jiff::Timestamp;

use super::assets::Sheet;
use super::body::escaped;
use super::chrome::{Chrome, ChromeView};
use super::head::{Head, page_title};
use super::rows::{Row, RowView};
use crate::words::{Words, dates};

/// The page of a withdrawn story. It repeats nothing of the copy. Answer a story on hold with 200, the others with 410.
#[derive(Clone, Debug)]
pub struct NoticePage {
    /// What is around it.
    pub chrome: Chrome,
    /// What happened.
    pub kind: NoticeKind,
    /// When the withdrawal moved.
    pub at: Timestamp,
    /// The notice.
    pub notice: Notice,
    /// The newest stories, to go on with.
    pub latest: Vec<Row>,
}

/// How a story was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// On hold; it may return.
    Withheld,
    /// Killed for good.
    Killed,
    /// Taken down for a legal or personal reason; nothing of it is quoted, not even its headline.
    TakenDown,
}

#[derive(Template)]
#[template(path = "notice.html")]
struct NoticeTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    tag: &'a str,
    title: &'a str,
    text: &'a str,
    /// The headline of a killed story, so that a reader can tell which it was.
    struck: Option<&'a str>,
    lang: &'a str,
    dir: &'static str,
    facts: Vec<(&'a str, String)>,
    latest: Vec<RowView>,
}

impl NoticePage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words, notice) = (&self.chrome, self.chrome.words(), &self.notice);
        let (tag, title, text, at_name) = match self.kind {
            NoticeKind::Withheld => ("withheld", "withheld-title", "withheld-text", "withheld-since"),
            NoticeKind::Killed => ("killed", "killed-title", "killed-text", "killed-at"),
            NoticeKind::TakenDown => ("taken-down", "taken-down-title", "taken-down-text", "taken-down-at"),
        };
        let time =
            |at| format!(r#"<time datetime="{}">{}</time>"#, dates::rfc3339(at, &chrome.zone), escaped(&words.date_time(at, &chrome.zone)));
        let mut facts = vec![(words.t("moved"), time(notice.first_moved_at)), (words.t(at_name), time(self.at))];
        facts.push((words.t("reason"), escaped(notice.reason.as_str())));
        if self.kind == NoticeKind::Killed {
            // What wire desks look for in a kill: slugline and city.
            facts.extend(notice.slugline.as_ref().map(|slugline| (words.t("slugline"), escaped(slugline.as_str()))));
            facts.extend(notice.dateline_place.as_ref().map(|place| (words.t("place"), escaped(place))));
        }
        let title = words.t(title);
        let template = NoticeTemplate {
            c: ChromeView::of(chrome, Some(self.at)),
            h: Head::unlisted(page_title(chrome, title)),
            w: words,
            css: Sheet::Story.css(),
            tag: words.t(tag),
            title,
            text: words.t(text),
            struck: notice.headline.as_ref().filter(|_| self.kind == NoticeKind::Killed).map(courant_news::Headline::as_str),
            lang: notice.lang.as_str(),
            dir: notice.lang.direction().as_str(),
            facts,
            latest: RowView::all(&self.latest, chrome),
        };
        template.render().expect("writing a template to a String cannot fail")
    }
}
