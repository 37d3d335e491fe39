//! A dossier: how it introduces itself above its stories, how it was described before, and the list of all.

use askama::Template;
use courant_news::{DossierState, Lang, Place};
use courant_wire::WireSeq;
use jiff::Timestamp;
use jiff::civil::Date;

use super::assets::{Script, Sheet};
use super::body::escaped;
use super::chrome::{Chrome, ChromeView, Link};
use super::head::{Head, page_title};
use super::locator::places_html;
use super::press::{BoxView, PressBox};
use super::rows::{Row, RowView, foreign};
use super::versions::marked;
use crate::words::{Arg, Words, dates};

/// A dossier as it introduces itself. Addresses are paths from the root.
#[derive(Clone, Debug, PartialEq)]
pub struct DossierHead {
    /// The language of its title and summary.
    pub lang: Lang,
    /// Its title.
    pub title: Box<str>,
    /// The story so far.
    pub summary: Option<Box<str>>,
    /// When the summary last changed.
    pub summary_at: Option<Timestamp>,
    /// Where its descriptions can be read, when there is more than one.
    pub versions: Option<String>,
    /// Whether it still runs; `None` for one that nobody described.
    pub state: Option<DossierState>,
    /// The day the affair began.
    pub started_on: Option<Date>,
    /// What was merged into it.
    pub absorbed: Vec<Absorbed>,
    /// Its key events, in the order of their days.
    pub key_events: Vec<KeyEventLine>,
    /// The people in it.
    pub people: Vec<Link>,
    /// The places in it; those with coordinates stand on its map.
    pub places: Vec<Place>,
    /// The dossier it is part of.
    pub part_of: Option<Link>,
    /// The dossiers that are part of it.
    pub parts: Vec<Link>,
    /// The dossier it was split from.
    pub split_from: Option<Link>,
    /// The dossiers that were split from it.
    pub split_off: Vec<Link>,
    /// Others worth knowing beside it.
    pub related: Vec<Link>,
    /// What other media report of it.
    pub press: PressBox,
    /// What is new since the reader last looked.
    pub since: Option<Since>,
    /// The address that will tell what is new from now on, with the number it holds.
    pub keep: Option<(String, WireSeq)>,
}

/// A dossier that was merged into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absorbed {
    /// Its title.
    pub title: Box<str>,
    /// When.
    pub merged_at: Timestamp,
    /// Why.
    pub reason: Box<str>,
}

/// A key event, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyEventLine {
    /// The day.
    pub on: Date,
    /// The language of the sentence.
    pub lang: Lang,
    /// The sentence.
    pub words: Box<str>,
    /// The story that tells of it.
    pub story: Option<String>,
}

/// What has happened in a dossier since a reader looked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Since {
    /// How many stories are new.
    pub n_new: u64,
    /// How many were updated.
    pub n_updated: u64,
    /// How many were corrected.
    pub n_corrected: u64,
    /// How many were held, killed or taken down.
    pub n_withdrawn: u64,
    /// Whether the summary was rewritten.
    pub is_summary_new: bool,
    /// Each of these stories once, the latest first.
    pub stories: Vec<(SinceWhat, Row)>,
}

/// The most that has happened to a story since a reader looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SinceWhat {
    /// It moved.
    New,
    /// It was updated.
    Updated,
    /// It was corrected.
    Corrected,
    /// It was held, killed or taken down.
    Withdrawn,
}

impl DossierHead {
    /// One of which nothing but a title is known.
    pub fn untold(lang: Lang, title: &str) -> Self {
        Self {
            lang,
            title: title.into(),
            summary: None,
            summary_at: None,
            versions: None,
            state: None,
            started_on: None,
            absorbed: Vec::new(),
            key_events: Vec::new(),
            people: Vec::new(),
            places: Vec::new(),
            part_of: None,
            parts: Vec::new(),
            split_from: None,
            split_off: Vec::new(),
            related: Vec::new(),
            press: PressBox::default(),
            since: None,
            keep: None,
        }
    }
}

/// What the template of lists shows of a dossier.
pub(super) struct DossierView<'a> {
    pub(super) state: Option<&'a str>,
    pub(super) closed: bool,
    pub(super) began: Option<String>,
    pub(super) absorbed: Vec<String>,
    pub(super) summary: Option<&'a str>,
    pub(super) lang: String,
    pub(super) dir: &'static str,
    pub(super) summary_of: Option<String>,
    pub(super) versions: Option<&'a str>,
    pub(super) events: Vec<EventView<'a>>,
    pub(super) map: Option<String>,
    /// Names and ready links.
    pub(super) lines: Vec<(&'a str, Vec<Link>)>,
    pub(super) press: Option<BoxView<'a>>,
    pub(super) since: Option<SinceView>,
    pub(super) keep: Option<KeepView<'a>>,
}

pub(super) struct EventView<'a> {
    pub(super) on: Date,
    pub(super) day: String,
    pub(super) words: &'a str,
    pub(super) story: Option<&'a str>,
    pub(super) lang: String,
    pub(super) dir: &'static str,
}

pub(super) struct SinceView {
    pub(super) counts: String,
    /// Mark, whether it wears the signal colour, when, and the line.
    pub(super) stories: Vec<(String, bool, String, RowView)>,
}

pub(super) struct KeepView<'a> {
    pub(super) href: &'a str,
    pub(super) seq: String,
    pub(super) script: &'static str,
}

impl<'a> DossierView<'a> {
    pub(super) fn of(head: &'a DossierHead, chrome: &Chrome) -> Self {
        let words = chrome.words();
        let (lang, dir) = foreign(&head.lang, chrome);
        let absorbed = |absorbed: &Absorbed| {
            let date = words.date(absorbed.merged_at.to_zoned_datetime(chrome.zone.clone()).date());
            words.say(
                "dossier-absorbed",
                &[("date", Arg::Text(&date)), ("name", Arg::Text(&absorbed.title)), ("reason", Arg::Text(&absorbed.reason))],
            )
        };
        let one = |link: &Option<Link>| link.iter().cloned().collect::<Vec<_>>();
        let place = |place: &Place| Link::new(format!("/places/{}", courant_news::address::segment(&place.slug)), place.name.as_ref());
        let lines = [
            (words.t("people"), head.people.clone()),
            (words.t("places"), head.places.iter().map(place).collect()),
            (words.t("dossier-part-of"), one(&head.part_of)),
            (words.t("dossier-parts"), head.parts.clone()),
            (words.t("dossier-split-from"), one(&head.split_from)),
            (words.t("dossier-split-off"), head.split_off.clone()),
            (words.t("dossier-related"), head.related.clone()),
        ];
        Self {
            state: head.state.map(|state| words.t(state_name(state))),
            closed: head.state == Some(DossierState::Closed),
            began: head.started_on.map(|day| words.with("dossier-began", "date", &words.date(day))),
            absorbed: head.absorbed.iter().map(absorbed).collect(),
            summary: head.summary.as_deref(),
            lang,
            dir,
            summary_of: head.summary_at.map(|at| words.with("summary-of", "time", &words.date_time(at, &chrome.zone))),
            versions: head.versions.as_deref(),
            events: head.key_events.iter().map(|event| EventView::of(event, chrome)).collect(),
            map: places_html(&head.places, words),
            lines: lines.into_iter().filter(|(_, links)| !links.is_empty()).collect(),
            press: BoxView::of(&head.press, chrome),
            since: head.since.as_ref().map(|since| SinceView::of(since, chrome)),
            keep: head.keep.as_ref().map(|(href, seq)| KeepView { href, seq: seq.to_string(), script: Script::Since.path() }),
        }
    }

    /// The script that remembers how far the reader has read.
    pub(super) fn script(&self) -> Option<&'static str> {
        self.keep.as_ref().map(|keep| keep.script)
    }
}

impl<'a> EventView<'a> {
    fn of(event: &'a KeyEventLine, chrome: &Chrome) -> Self {
        let (lang, dir) = foreign(&event.lang, chrome);
        Self { on: event.on, day: chrome.words().date(event.on), words: &event.words, story: event.story.as_deref(), lang, dir }
    }
}

impl SinceView {
    fn of(since: &Since, chrome: &Chrome) -> Self {
        let words = chrome.words();
        let mut counts: Vec<String> = [
            ("since-new", since.n_new),
            ("since-updated", since.n_updated),
            ("since-corrected", since.n_corrected),
            ("since-withdrawn", since.n_withdrawn),
        ]
        .into_iter()
        .filter(|(_, count)| *count != 0)
        .map(|(name, count)| words.count(name, count))
        .collect();
        if since.is_summary_new {
            counts.push(words.t("since-summary").to_owned());
        }
        let counts = if counts.is_empty() { words.t("since-nothing").to_owned() } else { counts.join(" · ") };
        let stories = since.stories.iter().map(|(what, row)| {
            let view = RowView::of(row, chrome);
            let (tag, signal) = match what {
                SinceWhat::New => (words.t("new").to_owned(), false),
                SinceWhat::Updated => (words.t("updated").to_owned(), false),
                SinceWhat::Corrected => (words.t("corrected").to_owned(), true),
                // The line says itself whether it was held, killed or taken down.
                SinceWhat::Withdrawn => (view.tags.first().map(|tag| tag.words.clone()).unwrap_or_default(), true),
            };
            (tag, signal, words.date_time(row.at, &chrome.zone), view)
        });
        Self { counts, stories: stories.collect() }
    }
}

/// The message that names a state.
fn state_name(state: DossierState) -> &'static str {
    match state {
        DossierState::Open => "dossier-open",
        DossierState::Dormant => "dossier-dormant",
        DossierState::Closed => "dossier-closed",
    }
}

/// `/dossiers`: all of them, by state.
#[derive(Clone, Debug)]
pub struct DossiersPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The dossiers, those with the latest news first.
    pub dossiers: Vec<DossierEntryLine>,
}

/// A dossier in the list of all.
#[derive(Clone, Debug)]
pub struct DossierEntryLine {
    /// Its page, with its title as words.
    pub link: Link,
    /// The language of title and summary.
    pub lang: Lang,
    /// The story so far.
    pub summary: Option<Box<str>>,
    /// Whether it still runs.
    pub state: DossierState,
    /// How many stories it has.
    pub n_stories: u64,
}

#[derive(Template)]
#[template(path = "dossiers.html")]
struct DossiersTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    groups: Vec<(&'a str, Vec<EntryView<'a>>)>,
}

struct EntryView<'a> {
    link: &'a Link,
    lang: String,
    dir: &'static str,
    summary: Option<&'a str>,
    count: String,
}

impl DossiersPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let entry = |line: &'_ DossierEntryLine| {
            let (lang, dir) = foreign(&line.lang, chrome);
            (lang, dir, words.count("stories", line.n_stories))
        };
        let groups = DossierState::ALL.into_iter().map(|state| {
            let lines = self.dossiers.iter().filter(|line| line.state == state).map(|line| {
                let (lang, dir, count) = entry(line);
                EntryView { link: &line.link, lang, dir, summary: line.summary.as_deref(), count }
            });
            (words.t(state_name(state)), lines.collect::<Vec<_>>())
        });
        let template = DossiersTemplate {
            c: ChromeView::of(chrome, None),
            h: Head::plain(chrome, page_title(chrome, words.t("dossiers"))),
            w: words,
            css: Sheet::List.css(),
            groups: groups.filter(|(_, lines)| !lines.is_empty()).collect(),
        };
        template.render().expect("writing a template to a String cannot fail")
    }
}

/// `/dossiers/SLUG/versions`: how a dossier was described, newest first, with what each changed.
#[derive(Clone, Debug)]
pub struct DossierVersionsPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The dossier's page.
    pub dossier: String,
    /// Its title today.
    pub title: Box<str>,
    /// Its descriptions, newest first.
    pub entries: Vec<DossierDescription>,
}

/// A description of a dossier, in one language.
#[derive(Clone, Debug)]
pub struct DossierDescription {
    /// Its number among them, from 1.
    pub number: usize,
    /// When it moved.
    pub moved_at: Timestamp,
    /// What was said of it.
    pub note: Option<Box<str>>,
    /// The state it gave.
    pub state: DossierState,
    /// The language of title and summary.
    pub lang: Lang,
    /// Title and summary.
    pub text: (Box<str>, Box<str>),
    /// Those of the description before; `None` for the first.
    pub before: Option<(Box<str>, Box<str>)>,
    /// The dossier as it was then.
    pub then: String,
}

#[derive(Template)]
#[template(path = "dossier_versions.html")]
struct DossierVersionsTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: String,
    dossier: &'a str,
    name: &'a str,
    entries: Vec<DescriptionView<'a>>,
}

struct DescriptionView<'a> {
    label: String,
    then: &'a str,
    rfc3339: String,
    at: String,
    state: &'a str,
    note: Option<&'a str>,
    lang: &'a str,
    dir: &'static str,
    title: String,
    summary: String,
    same: bool,
}

impl DossierVersionsPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let title = words.with("dossier-versions-title", "name", &self.title);
        let marked_since = |before: Option<&str>, now: &str| before.map_or_else(|| escaped(now), |before| marked(before, now));
        let view = |entry: &'_ DossierDescription| {
            let before = entry.before.as_ref();
            (
                marked_since(before.map(|before| before.0.as_ref()), &entry.text.0),
                marked_since(before.map(|before| before.1.as_ref()), &entry.text.1),
                before.is_some_and(|before| *before == entry.text),
            )
        };
        let entries = self.entries.iter().map(|entry| {
            let (title, summary, same) = view(entry);
            DescriptionView {
                label: words.with("version-n", "version", &entry.number.to_string()),
                then: &entry.then,
                rfc3339: dates::rfc3339(entry.moved_at, &chrome.zone),
                at: words.date_time(entry.moved_at, &chrome.zone),
                state: words.t(state_name(entry.state)),
                note: entry.note.as_deref(),
                lang: entry.lang.as_str(),
                dir: entry.lang.direction().as_str(),
                title,
                summary,
                same,
            }
        });
        let template = DossierVersionsTemplate {
            c: ChromeView::of(chrome, self.entries.first().map(|entry| entry.moved_at)),
            h: Head::unlisted(page_title(chrome, &title)),
            w: words,
            css: Sheet::Story.css(),
            dossier: &self.dossier,
            name: &self.title,
            entries: entries.collect(),
            title,
        };
        template.render().expect("writing a template to a String cannot fail")
    }
}
