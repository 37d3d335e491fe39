//! The life of a story: every entry, any version, and what changed between two.

use askama::Template;
use courant_news::{EventKind, Lang, NewsItem, Version};
use jiff::Timestamp;
use similar::{ChangeTag, TextDiff};

use super::assets::Sheet;
use super::body::escaped;
use super::chrome::{Chrome, ChromeView, Link};
use super::head::{Head, page_title};
use crate::words::{Words, dates};

/// The most characters of one side that are compared word by word; the rest of a longer copy is compared no finer than whole.
const COMPARED_CHARS_MAX: usize = 200_000;

/// The list of a story's entries.
#[derive(Clone, Debug)]
pub struct VersionsPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The headline as it stands; `None` when it must not be quoted.
    pub headline: Option<Box<str>>,
    /// The language of the headline and of the notes.
    pub lang: Lang,
    /// The story's path.
    pub story: String,
    /// Its entries, newest first.
    pub entries: Vec<LifeEntry>,
}

/// An entry in a story's life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeEntry {
    /// The version it made.
    pub version: Version,
    /// What happened.
    pub kind: EventKind,
    /// When it moved.
    pub moved_at: Timestamp,
    /// What was said about it.
    pub note: Option<Box<str>>,
    /// Whether the version can be read.
    pub is_kept: bool,
    /// The version before it that can be read, to compare it with.
    pub compare_with: Option<Version>,
}

/// What changed between two versions.
#[derive(Clone, Debug)]
pub struct DiffPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The story's path.
    pub story: String,
    /// The earlier version.
    pub from: NewsItem,
    /// The later version.
    pub to: NewsItem,
    /// What was said about the later one.
    pub note: Option<Box<str>>,
}

#[derive(Template)]
#[template(path = "versions.html")]
struct VersionsTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: &'a str,
    lang: &'a str,
    dir: &'static str,
    story: &'a str,
    headline: Option<&'a str>,
    entries: Vec<EntryView<'a>>,
}

struct EntryView<'a> {
    label: String,
    kind: &'a str,
    signal: bool,
    rfc3339: String,
    at: String,
    note: Option<&'a str>,
    read: Option<String>,
    compare: Option<Link>,
}

#[derive(Template)]
#[template(path = "diff.html")]
struct DiffTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: String,
    lang: &'a str,
    dir: &'static str,
    story: &'a str,
    note: Option<&'a str>,
    headline: String,
    lead: String,
    copy: Vec<String>,
    same: bool,
}

impl VersionsPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let title = words.t("versions");
        let template = VersionsTemplate {
            c: ChromeView::of(chrome, self.entries.first().map(|entry| entry.moved_at)),
            h: Head::unlisted(page_title(chrome, self.headline.as_deref().unwrap_or(title))),
            w: words,
            css: Sheet::Story.css(),
            title,
            lang: self.lang.as_str(),
            dir: self.lang.direction().as_str(),
            story: &self.story,
            headline: self.headline.as_deref(),
            entries: self.entries.iter().map(|entry| self.entry(entry)).collect(),
        };
        template.render().expect("writing a template to a String cannot fail")
    }

    fn entry<'a>(&'a self, entry: &'a LifeEntry) -> EntryView<'a> {
        let (words, zone) = (self.chrome.words(), &self.chrome.zone);
        let n = entry.version.number();
        EntryView {
            label: words.with("version-n", "version", &n.to_string()),
            kind: words.t(kind_message(entry.kind)),
            signal: is_signal(entry.kind),
            rfc3339: dates::rfc3339(entry.moved_at, zone),
            at: words.date_time(entry.moved_at, zone),
            note: entry.note.as_deref(),
            read: entry.is_kept.then(|| format!("{}/versions/{n}", self.story)),
            compare: entry.compare_with.map(|earlier| {
                let earlier = earlier.number();
                Link::new(format!("{}/versions/{earlier}..{n}", self.story), words.with("compare-with", "version", &earlier.to_string()))
            }),
        }
    }
}

/// The message that names what an entry did.
pub(super) fn kind_message(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Move | EventKind::LiftEmbargo => "moved",
        EventKind::Update => "updated",
        EventKind::Correct => "corrected",
        EventKind::Refile => "refiled",
        EventKind::Repeat => "repeated",
        EventKind::Withhold => "withheld",
        EventKind::Release => "released",
        EventKind::Kill => "killed",
        EventKind::TakeDown => "taken-down",
        // These are about no story, so no story's life has them.
        EventKind::Advise | EventKind::DescribeDossier | EventKind::MergeDossier | EventKind::Fix | EventKind::RankFront => "updated",
        EventKind::DescribePhoto | EventKind::KillPhoto => "updated",
        EventKind::DescribeSource | EventKind::MatchReport | EventKind::WithdrawReport => "updated",
        EventKind::DescribePartner | EventKind::Tease => "updated",
    }
}

/// Whether what an entry did wears the signal colour.
pub(super) fn is_signal(kind: EventKind) -> bool {
    matches!(kind, EventKind::Correct | EventKind::Withhold | EventKind::Kill | EventKind::TakeDown)
}

impl DiffPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let numbers = [&self.from, &self.to].map(|item| item.version.number().to_string());
        let title =
            words.say("diff-title", &[("from", crate::words::Arg::Text(&numbers[0])), ("to", crate::words::Arg::Text(&numbers[1]))]);
        let lead = |item: &NewsItem| item.lead.as_ref().map_or_else(String::new, |lead| lead.as_str().to_owned());
        let copies = [&self.from, &self.to].map(|item| courant_news::plain_text(&item.body));
        let leads = [&self.from, &self.to].map(lead);
        let same = self.from.headline == self.to.headline && leads[0] == leads[1] && copies[0] == copies[1];
        let template = DiffTemplate {
            c: ChromeView::of(chrome, Some(self.to.times.version_created_at)),
            h: Head::unlisted(page_title(chrome, &title)),
            w: words,
            css: Sheet::Story.css(),
            title,
            lang: self.to.lang.as_str(),
            dir: self.to.lang.direction().as_str(),
            story: &self.story,
            note: self.note.as_deref(),
            headline: marked(self.from.headline.as_str(), self.to.headline.as_str()),
            lead: marked(&leads[0], &leads[1]),
            copy: marked(&copies[0], &copies[1]).split("\n\n").filter(|text| !text.is_empty()).map(str::to_owned).collect(),
            same,
        };
        template.render().expect("writing a template to a String cannot fail")
    }
}

/// Two texts as one, with what went in `<del>` and what came in `<ins>`, word by word. A mark never reaches over the break between
/// two paragraphs.
pub(super) fn marked(from: &str, to: &str) -> String {
    let mut marks = Marks::default();
    let diff = (from.len().max(to.len()) <= COMPARED_CHARS_MAX).then(|| TextDiff::from_unicode_words(from, to));
    match diff.filter(is_alike) {
        Some(diff) => {
            let changes: Vec<_> = diff.iter_all_changes().collect();
            for (idx, change) in changes.iter().enumerate() {
                let is_between = change.value().trim().is_empty()
                    && !change.value().contains('\n')
                    && changes.get(idx + 1).is_some_and(|next| next.tag() != ChangeTag::Equal);
                marks.take(change.tag(), change.value(), is_between);
            }
        }
        // Word by word, two different texts would read as neither.
        None => {
            marks.take(ChangeTag::Delete, from, false);
            marks.take(ChangeTag::Insert, to, false);
        }
    }
    marks.settled()
}

/// Whether at least half of the shorter text is in the longer one, in the same order.
fn is_alike(diff: &TextDiff<'_, '_, str>) -> bool {
    let (mut kept, mut gone, mut new) = (0, 0, 0);
    for change in diff.iter_all_changes().filter(|change| !change.value().trim().is_empty()) {
        match change.tag() {
            ChangeTag::Equal => kept += 1,
            ChangeTag::Delete => gone += 1,
            ChangeTag::Insert => new += 1,
        }
    }
    gone.min(new) <= kept
}

/// What was marked so far, and a change that may still grow.
#[derive(Default)]
struct Marks {
    html: String,
    went: String,
    came: String,
}

impl Marks {
    /// `is_between`: a space between two changed words, which belongs to the change.
    fn take(&mut self, tag: ChangeTag, text: &str, is_between: bool) {
        match tag {
            ChangeTag::Delete => self.went.push_str(text),
            ChangeTag::Insert => self.came.push_str(text),
            ChangeTag::Equal if is_between && !(self.went.is_empty() && self.came.is_empty()) => {
                for side in [&mut self.went, &mut self.came].into_iter().filter(|side| !side.is_empty()) {
                    side.push_str(text);
                }
            }
            ChangeTag::Equal => {
                self.settle();
                self.html.push_str(&escaped(text));
            }
        }
    }

    fn settle(&mut self) {
        push_mark(&mut self.html, "del", &std::mem::take(&mut self.went));
        push_mark(&mut self.html, "ins", &std::mem::take(&mut self.came));
    }

    fn settled(mut self) -> String {
        self.settle();
        self.html
    }
}

fn push_mark(html: &mut String, element: &str, text: &str) {
    for (idx, part) in text.split("\n\n").enumerate() {
        if idx != 0 {
            html.push_str("\n\n");
        }
        if !part.is_empty() {
            html.push_str(&format!("<{element}>{}</{element}>", escaped(part)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_and_what_came_is_marked_word_by_word() {
        assert_eq!(marked("The ring is 17 km.", "The ring is 27 km."), "The ring is <del>17</del><ins>27</ins> km.");
        assert_eq!(marked("a <b>", "a <b> & c"), "a &lt;b&gt;<ins> &amp; c</ins>");
        assert_eq!(
            marked("Six were there in the rain", "Six came by train there in the rain"),
            "Six <del>were</del><ins>came by train</ins> there in the rain"
        );
        assert_eq!(
            marked("Totality of six minutes", "Luxor to see an eclipse"),
            "<del>Totality of six minutes</del><ins>Luxor to see an eclipse</ins>"
        );
        assert_eq!(marked("", "new"), "<ins>new</ins>");
        assert_eq!(marked("same", "same"), "same");
    }

    #[test]
    fn a_mark_ends_with_its_paragraph() {
        assert_eq!(marked("One.", "One.\n\nTwo."), "One.\n\n<ins>Two.</ins>");
    }

    #[test]
    fn words_without_spaces_are_compared_too() {
        let marked = marked("政策金利を据え置いた", "政策金利を引き上げた");
        assert!(marked.contains("政策金利") && marked.contains("<del>") && marked.contains("<ins>"), "{marked}");
    }
}
