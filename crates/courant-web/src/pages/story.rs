//! A story.

use askama::Template;
use courant_news::{Block, NewsItem, address};
use courant_projections::site::KilledPhoto;
use courant_wire::WireSeq;
use jiff::Timestamp;

use super::assets::{Script, Sheet};
use super::body::{body_html, escaped, sub_head_id};
use super::chrome::{Chrome, ChromeView, Link};
use super::head::{Head, page_title};
use super::locator::locator_html;
use super::money::MoneyShown;
use super::picture::{Loading, figure_html};
use super::press::{BoxView, PressBox};
use super::rows::{Row, RowView, Tag};
use crate::words::{Arg, Words, reading};

/// A story that takes longer to read gets a list of its sub-heads: 800 words of English, in each language as much time.
const LONG_SECONDS: u64 = 800 * 60 / 228;
/// With fewer sub-heads there is nothing to choose from.
const CONTENTS_MIN: usize = 2;

/// The page of a story that stands (usable). Its furniture speaks `chrome.language`: give the story's,
/// [`UiLanguage::of`](crate::words::UiLanguage::of) its `lang`.
#[derive(Clone, Debug)]
pub struct StoryPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The version shown.
    pub item: NewsItem,
    /// What is shown of its marked amounts of money.
    pub money: MoneyShown,
    /// The dossiers of `item.dossiers` that have a title, each a link to its page with the title as words.
    pub dossiers: Vec<Link>,
    /// The story this one follows up, that which it followed, and so on, each with its headline as words.
    pub follows: Vec<Link>,
    /// The stories that follow this one up, and those that follow these, newest first.
    pub followed_by: Vec<Link>,
    /// The photos it showed that were killed.
    pub killed_photos: Vec<KilledPhoto>,
    /// The forms of the story this site serves beside HTML.
    pub forms: Vec<StoryForm>,
    /// Other stories of its first dossier, or of its section when it has none; newest first.
    pub related: Vec<Row>,
    /// The newest stories of all, without this one; newest first.
    pub latest: Vec<Row>,
    /// What other media report of it.
    pub press: PressBox,
    /// Says that this is not the story as it stands now.
    pub past: Option<PastNote>,
    /// The agency's policies: the property of schema.org and the path of each.
    pub policies: Vec<(&'static str, String)>,
    /// The accounts of its bylines in the fediverse: `@ann@social.example`.
    pub creators: Vec<String>,
}

/// That a page shows a version which is not, or was not asked for as, the latest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastNote {
    /// When this version moved.
    pub moved_at: Timestamp,
    /// The path of the story as it stands now.
    pub latest: String,
    /// The instant that was asked for, with the last entry by then; `None` when a version was.
    pub asked_at: Option<(Timestamp, WireSeq)>,
}

/// Another form of a story, at the story's path with an ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoryForm {
    /// ninjs 3.1, `.json`.
    Ninjs,
    /// ninjs 2.2, `.ninjs2.json`, for receivers that have not moved on.
    Ninjs2,
    /// NewsML-G2, `.xml`.
    NewsMlG2,
    /// NITF 3.6, `.nitf`.
    Nitf,
    /// Plain text, `.txt`.
    Text,
    /// Markdown, `.md`.
    Markdown,
}

impl StoryForm {
    fn ending(self) -> &'static str {
        match self {
            Self::Ninjs => ".json",
            Self::Ninjs2 => ".ninjs2.json",
            Self::NewsMlG2 => ".xml",
            Self::Nitf => ".nitf",
            Self::Text => ".txt",
            Self::Markdown => ".md",
        }
    }

    fn name(self, words: &Words) -> &str {
        match self {
            Self::Ninjs => words.t("form-json"),
            Self::Ninjs2 => words.t("form-ninjs2"),
            Self::NewsMlG2 => words.t("form-xml"),
            Self::Nitf => words.t("form-nitf"),
            Self::Text => words.t("form-txt"),
            Self::Markdown => words.t("form-md"),
        }
    }
}

#[derive(Template)]
#[template(path = "story.html")]
struct StoryTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    lang: &'a str,
    dir: &'static str,
    section: Link,
    dossiers: &'a [Link],
    tags: Vec<Tag>,
    headline: &'a str,
    lead: Option<&'a str>,
    facts: Vec<Fact>,
    corrections: Vec<CorrectionView<'a>>,
    corrections_title: String,
    killed_photos: Vec<String>,
    locator: Option<String>,
    feature: Option<String>,
    contents: Vec<Link>,
    body: String,
    gallery: Vec<Numbered>,
    gallery_title: String,
    money: MoneyView,
    about: Vec<Fact>,
    related: Vec<RowView>,
    related_title: String,
    latest: Vec<RowView>,
    press: Option<BoxView<'a>>,
    past: Option<PastView<'a>>,
    share: &'static str,
}

struct PastView<'a> {
    text: String,
    latest: &'a str,
}

/// A numbered picture of the gallery, as ready HTML.
struct Numbered {
    n: usize,
    html: String,
}

/// The choice of a currency for marked amounts.
struct MoneyView {
    /// The story's own address.
    action: String,
    /// The currencies to choose from; none when there is nothing to convert.
    codes: Vec<String>,
    chosen: String,
    notes: Vec<String>,
}

/// A line of facts: a name and ready HTML.
struct Fact {
    name: String,
    html: String,
}

struct CorrectionView<'a> {
    rfc3339: String,
    at: String,
    reason: &'a str,
}

impl StoryPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, item, words) = (&self.chrome, &self.item, self.chrome.words());
        let dateline = item.dateline.as_ref().map(|dateline| dateline.in_house_style(&item.lang));
        let body = body_html(&item.body, dateline.as_deref(), &self.money, words, &chrome.zone);
        let gallery: Vec<&courant_news::Association> = item.gallery().filter(|shown| shown.picture.local_rendition().is_some()).collect();
        let template = StoryTemplate {
            c: ChromeView::of(chrome, Some(item.times.first_moved_at)),
            h: match self.past {
                // The latest version is the one to be found.
                Some(_) => Head::unlisted(page_title(chrome, item.headline.as_str())),
                None => Head::of_story(self),
            },
            w: words,
            css: Sheet::Story.css(),
            lang: item.lang.as_str(),
            dir: item.lang.direction().as_str(),
            section: chrome.section(item.section.as_str()),
            dossiers: &self.dossiers,
            tags: tags(item, words),
            headline: item.headline.as_str(),
            lead: self.lead(),
            facts: self.facts(),
            corrections: item
                .corrections
                .iter()
                .rev()
                .map(|correction| CorrectionView {
                    rfc3339: crate::words::dates::rfc3339(correction.corrected_at, &chrome.zone),
                    at: words.date_time(correction.corrected_at, &chrome.zone),
                    reason: correction.reason.as_str(),
                })
                .collect(),
            corrections_title: words.count("correction", item.corrections.len() as u64),
            killed_photos: self.killed_photos.iter().map(|killed| self.killed(killed)).collect(),
            locator: item.dateline.as_ref().and_then(|dateline| locator_html(&dateline.place, words)),
            feature: item.feature().and_then(|feature| figure_html(&feature.picture, Loading::Eager, None, words)),
            contents: self.contents(),
            share: Script::Share.path(),
            body,
            money: MoneyView {
                action: item.path(),
                codes: self.money.offered.iter().map(ToString::to_string).collect(),
                chosen: self.money.chosen().to_owned(),
                notes: self.money.notes(words),
            },
            gallery_title: words.count("pictures", gallery.len() as u64),
            gallery: gallery
                .iter()
                .enumerate()
                .filter_map(|(idx, shown)| {
                    let (n, total) = ((idx + 1).to_string(), gallery.len().to_string());
                    let number = words.say("picture-n-of", &[("n", Arg::Text(&n)), ("total", Arg::Text(&total))]);
                    Some(Numbered { n: idx + 1, html: figure_html(&shown.picture, Loading::Lazy, Some(&number), words)? })
                })
                .collect(),
            about: self.about(),
            related: RowView::all(&self.related, chrome),
            related_title: self.related_title(),
            latest: RowView::all(&self.latest, chrome),
            press: BoxView::of(&self.press, chrome),
            past: self.past.as_ref().map(|past| {
                let (version, time) = (item.version.number().to_string(), words.date_time(past.moved_at, &chrome.zone));
                let text = words.say("past-version", &[("version", Arg::Text(&version)), ("time", Arg::Text(&time))]);
                PastView { text, latest: &past.latest }
            }),
        };
        template.render().expect("writing a template to a String cannot fail")
    }

    /// The lead, unless the copy opens with the same words: a wire story without a lead of its own has its first
    /// sentence taken for one.
    fn lead(&self) -> Option<&str> {
        let lead = self.item.lead.as_ref()?.as_str();
        let opening = courant_news::plain_text(self.item.body.get(..1).unwrap_or_default());
        let start = lead.trim_end_matches(['…', '.', ' ']);
        (!opening.trim_start().starts_with(start)).then_some(lead)
    }

    fn killed(&self, killed: &KilledPhoto) -> String {
        let words = self.chrome.words();
        let at = words.date_time(killed.killed_at, &self.chrome.zone);
        words.say("photo-killed", &[("at", Arg::Text(&at)), ("reason", Arg::Text(&killed.reason))])
    }

    /// The three times and the place.
    fn facts(&self) -> Vec<Fact> {
        let (item, words) = (&self.item, self.chrome.words());
        let times = &item.times;
        let mut facts = vec![Fact { name: words.t("moved").to_owned(), html: self.time(times.first_moved_at, None) }];
        for (name, at) in [("updated", times.updated_at), ("corrected", times.corrected_at)] {
            if let Some(at) = at {
                facts.push(Fact { name: words.t(name).to_owned(), html: self.time(at, Some(times.first_moved_at)) });
            }
        }
        if let Some(dateline) = &item.dateline {
            facts.push(Fact { name: words.t("place").to_owned(), html: self.place(dateline) });
        }
        if !item.bylines.is_empty() {
            let links: Vec<String> =
                item.bylines.iter().map(|byline| anchor(&format!("/by/{}", address::segment(&byline.slug())), &byline.name)).collect();
            facts.push(Fact { name: words.t("byline").to_owned(), html: links.join(", ") });
        }
        facts
    }

    /// A time with its date, or only the time of day when it is the same date as `first`.
    fn time(&self, at: Timestamp, first: Option<Timestamp>) -> String {
        let (words, zone) = (self.chrome.words(), &self.chrome.zone);
        let date = |at: Timestamp| at.to_zoned_datetime(zone.clone()).date();
        let printed = match first {
            Some(first) if date(first) == date(at) => words.clock_zone(at, zone),
            _ => words.date_time(at, zone),
        };
        format!(r#"<time datetime="{}">{}</time>"#, crate::words::dates::rfc3339(at, zone), escaped(&printed))
    }

    /// The place of the dateline; what the clocks there showed is a fold away, when they showed something else.
    fn place(&self, dateline: &courant_news::Dateline) -> String {
        let (words, place) = (self.chrome.words(), &dateline.place);
        let name = match &place.country {
            Some(country) if **country != *place.name => format!("{}, {country}", place.name),
            _ => place.name.to_string(),
        };
        let link = anchor(&format!("/places/{}", address::segment(&place.slug)), &name);
        let moved_at = self.item.times.first_moved_at;
        match place.time_zone().filter(|there| there.to_offset(moved_at) != self.chrome.zone.to_offset(moved_at)) {
            Some(there) => {
                let then = words.with("there", "time", &words.date_time(moved_at, &there));
                format!("{link} <details><summary>{}</summary>{}</details>", escaped(words.t("local-time")), escaped(&then))
            }
            None => link,
        }
    }

    /// What stands at the foot of the story.
    fn about(&self) -> Vec<Fact> {
        let (item, words) = (&self.item, self.chrome.words());
        let mut about = Vec::new();
        let mut put = |name: &str, html: Vec<String>| {
            if !html.is_empty() {
                about.push(Fact { name: words.t(name).to_owned(), html: html.join(" · ") });
            }
        };
        put("follows", self.follows.iter().map(|link| anchor(&link.href, &link.label)).collect());
        put("followed-by", self.followed_by.iter().map(|link| anchor(&link.href, &link.label)).collect());
        put("sources", item.source.iter().map(|source| escaped(source.as_str())).collect());
        let topics = item.subjects.iter().map(|subject| anchor(&format!("/topics/{}", address::segment(&subject.slug())), subject.name()));
        put("subjects", topics.collect());
        let places = item.places.iter().map(|place| anchor(&format!("/places/{}", address::segment(&place.slug)), &place.name));
        put("places", places.collect());
        put("slugline", item.slugline.iter().map(|slugline| escaped(slugline.as_str())).collect());
        let path = item.path();
        let n_words = words.count("words", item.n_words() as u64);
        let read_in = reading::minutes(&item.lang, item.n_words()).map(|minutes| words.count("reading-time", minutes));
        let version = anchor(&format!("{path}/versions"), &item.version.number().to_string());
        put("version-label", [version, n_words].into_iter().chain(read_in).collect());
        put("share", self.share());
        let forms = self.forms.iter().map(|form| anchor(&format!("{path}{}", form.ending()), form.name(words)));
        put("other-forms", forms.collect());
        about
    }

    /// The short address, to be copied as it stands; a mail that holds it; how the story is cited.
    fn share(&self) -> Vec<String> {
        let (words, item) = (self.chrome.words(), &self.item);
        let url = format!("{}/{}", self.chrome.origin, item.story_id());
        let mail = format!("mailto:?subject={}&body={}", address::segment(item.headline.as_str()), address::segment(&url));
        let short = format!(
            r#"<a id="share" href="/{}" title="{}" data-share="{}" data-copy="{}" dir="ltr">{}</a>"#,
            item.story_id(),
            escaped(words.t("short-address")),
            escaped(words.t("share")),
            escaped(words.t("copy-address")),
            escaped(url.split_once("://").map_or(&url, |(_, address)| address))
        );
        vec![short, anchor(&mail, words.t("by-mail")), anchor(&format!("{}/cite", item.path()), words.t("cite"))]
    }

    /// The sub-heads of a long story, each a link to its place.
    fn contents(&self) -> Vec<Link> {
        let item = &self.item;
        let heads = item.body.iter().filter_map(|block| match block {
            Block::SubHead(_) => Some(courant_news::plain_text(std::slice::from_ref(block))),
            _ => None,
        });
        let contents: Vec<Link> = heads.enumerate().map(|(idx, text)| Link::new(format!("#{}", sub_head_id(idx + 1)), text)).collect();
        let is_long = reading::seconds(&item.lang, item.n_words()).is_some_and(|seconds| LONG_SECONDS < seconds);
        if is_long && CONTENTS_MIN <= contents.len() { contents } else { Vec::new() }
    }

    fn related_title(&self) -> String {
        let words = self.chrome.words();
        match self.dossiers.first() {
            Some(dossier) => words.with("more-in", "name", &dossier.label),
            None => words.with("more-in", "name", &words.section(self.item.section.as_str())),
        }
    }
}

fn anchor(href: &str, words: &str) -> String {
    format!(r#"<a href="{}">{}</a>"#, escaped(href), escaped(words))
}

fn tags(item: &NewsItem, words: &Words) -> Vec<Tag> {
    let urgency = words
        .urgency(item.urgency.number())
        .map(|name| Tag { words: name.to_owned(), signal: item.urgency == courant_news::Urgency::FLASH });
    let corrected = (!item.corrections.is_empty()).then(|| Tag { words: words.t("corrected").to_owned(), signal: true });
    // In the words of whoever filed it: an opinion or an advertisement must look like one.
    let genre = item.genre.as_ref().map(|genre| Tag { words: genre.as_str().to_owned(), signal: false });
    urgency.into_iter().chain(corrected).chain(genre).collect()
}
