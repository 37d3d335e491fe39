//! The front page.

use askama::Template;
use courant_news::{Lang, Picture};
use courant_projections::site::TeaserLine;

use super::assets::{Script, Sheet};
use super::chrome::{Chrome, ChromeView, Link};
use super::head::{Alternate, Edition, Head, absolute, script_safe};
use super::list::LiveView;
use super::picture::{Loading, image_html};
use super::rates::{StripRate, StripView, strip_view};
use super::rows::{DayView, Row, RowView};
use super::structured;
use super::suggest::SuggestView;
use crate::words::{UiLanguage, Words};

/// How many of the leading stories carry a picture.
pub const PICTURED: usize = 3;

const OPEN_SEARCH: &str = "application/opensearchdescription+xml";

/// `/`: leading stories, all news, dossiers, sections.
#[derive(Clone, Debug)]
pub struct FrontPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The leading stories, most important first. The first is set large; five to seven fill the page well. None of
    /// them on hold or killed.
    pub leads: Vec<Teaser>,
    /// The newest stories, newest first; about 30.
    pub latest: Vec<Row>,
    /// The most urgent stories of the day that do not lead.
    pub important: Vec<Row>,
    /// The edition of the day.
    pub edition: String,
    /// The newest stories with a picture, none of them among those that lead with one.
    pub photos: Vec<Teaser>,
    /// Dossiers with news, most recent first.
    pub dossiers: Vec<DossierBox>,
    /// Sections in their order, each with its newest stories; empty ones are left out.
    pub sections: Vec<SectionBox>,
    /// What partners report, in a block of their own; none leave it out.
    pub partners: Vec<TeaserLine>,
    /// The rates of the strip; none when nothing is known.
    pub strip: Vec<StripRate>,
    /// The event stream of all news in this edition, and where the page ends: `/all/events?after=120`,
    /// `/all/events?after=120&lang=ru`.
    pub stream: Option<String>,
    /// The list of all news in this edition as RSS.
    pub feed: String,
    /// The agency's policies: the property of schema.org and the path of each.
    pub policies: Vec<(&'static str, String)>,
}

/// A story that leads.
#[derive(Clone, Debug)]
pub struct Teaser {
    /// Its line; the time and the section are shown below the lead.
    pub row: Row,
    /// Its lead.
    pub lead: Option<Box<str>>,
    /// Its feature picture.
    pub picture: Option<Picture>,
}

/// A dossier and its newest stories.
#[derive(Clone, Debug)]
pub struct DossierBox {
    /// Its page, with its title as words.
    pub link: Link,
    /// The language of the title.
    pub lang: Lang,
    /// The story so far, for the first lines.
    pub summary: Option<Box<str>>,
    /// Its newest stories, newest first; three or four.
    pub rows: Vec<Row>,
}

/// A section and its newest stories.
#[derive(Clone, Debug)]
pub struct SectionBox {
    /// Its slug.
    pub section: Box<str>,
    /// Its newest stories, newest first; four or five.
    pub rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "front.html")]
struct FrontTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: String,
    leads: Vec<TeaserView<'a>>,
    days: Vec<DayView>,
    wide: bool,
    all: Link,
    important: Vec<RowView>,
    edition: Link,
    photos: Vec<PhotoView<'a>>,
    keep: &'static str,
    suggest: SuggestView,
    dossiers: Vec<BoxView<'a>>,
    partners: Vec<super::press::TeaserView<'a>>,
    sections: Vec<BoxView<'a>>,
    live: Option<LiveView<'a>>,
    strip: Vec<StripView>,
    strip_of: String,
    rates: Link,
}

pub(super) struct TeaserView<'a> {
    pub(super) row: RowView,
    pub(super) image: Option<String>,
    pub(super) lead: Option<&'a str>,
}

/// A picture with the story it belongs to.
struct PhotoView<'a> {
    image: String,
    link: Link,
    lang: String,
    dir: &'static str,
    credit: &'a str,
}

struct BoxView<'a> {
    link: Link,
    lang: String,
    dir: &'static str,
    summary: Option<&'a str>,
    rows: Vec<RowView>,
}

impl FrontPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let title = words.with("front-title", "agency", &chrome.agency);
        let mut head = Head::of_list(chrome, &title, title.clone(), &self.feed);
        head.description = Some(words.with("front-description", "agency", &chrome.agency));
        let mut organisation = structured::organisation(chrome, &self.policies);
        organisation["@context"] = "https://schema.org".into();
        head.json_ld = Some(script_safe(&organisation));
        let others = UiLanguage::ALL.into_iter().filter(|language| *language != chrome.language);
        head.properties.extend(others.map(|language| ("og:locale:alternate", language.open_graph().to_owned())));
        head.alternates.push(Alternate {
            rel: "search",
            media_type: OPEN_SEARCH,
            href: "/opensearch.xml".to_owned(),
            title: chrome.agency.to_string(),
        });
        head.editions = editions(chrome);
        let c = ChromeView::of(chrome, self.latest.first().map(|row| row.at));
        let (strip, strip_of) = strip_view(&self.strip, words);
        let rates =
            Link::new(chrome.lang_parameter().map_or_else(|| "/rates".to_owned(), |tag| format!("/rates?lang={tag}")), words.t("rates"));
        let template = FrontTemplate {
            strip,
            strip_of,
            rates,
            h: head,
            w: words,
            css: Sheet::Front.css(),
            title,
            leads: self.leads.iter().enumerate().map(|(idx, teaser)| teaser_view(idx, teaser, chrome)).collect(),
            days: DayView::group(&self.latest, chrome),
            wide: false,
            all: Link::new(c.menu.first().map(|all| all.href.clone()).unwrap_or_default(), words.t("all-news")),
            important: RowView::all(&self.important, chrome),
            edition: Link::new(self.edition.as_str(), words.t("edition")),
            photos: self.photos.iter().filter_map(|photo| self.photo(photo)).collect(),
            keep: Script::Keep.path(),
            suggest: SuggestView::of(chrome),
            dossiers: self.dossiers.iter().map(|dossier| self.dossier(dossier)).collect(),
            partners: super::press::TeaserView::all(&self.partners, chrome),
            sections: self.sections.iter().filter(|section| !section.rows.is_empty()).map(|section| self.section(section)).collect(),
            live: self.stream.as_deref().map(|stream| LiveView::of(stream, chrome)),
            c,
        };
        template.render().expect("writing a template to a String cannot fail")
    }

    fn photo<'a>(&self, teaser: &'a Teaser) -> Option<PhotoView<'a>> {
        let picture = teaser.picture.as_ref()?;
        let (lang, dir) = super::rows::foreign(&teaser.row.lang, &self.chrome);
        Some(PhotoView {
            image: image_html(picture, Loading::Lazy, "(min-width: 40rem) 18rem, 100vw")?,
            link: Link::new(teaser.row.path.as_str(), teaser.row.headline.as_deref()?),
            lang,
            dir,
            credit: &picture.credit,
        })
    }

    fn dossier<'a>(&self, dossier: &'a DossierBox) -> BoxView<'a> {
        let (lang, dir) = super::rows::foreign(&dossier.lang, &self.chrome);
        BoxView {
            link: dossier.link.clone(),
            lang,
            dir,
            summary: dossier.summary.as_deref(),
            rows: RowView::all(&dossier.rows, &self.chrome),
        }
    }

    fn section<'a>(&self, section: &'a SectionBox) -> BoxView<'a> {
        BoxView {
            link: self.chrome.section(&section.section),
            lang: String::new(),
            dir: "",
            summary: None,
            rows: RowView::all(&section.rows, &self.chrome),
        }
    }
}

/// A leading story. The first is set large; of the others only the next two carry a picture, so that the page stays light.
pub(super) fn teaser_view<'a>(idx: usize, teaser: &'a Teaser, chrome: &Chrome) -> TeaserView<'a> {
    let image = teaser.picture.as_ref().filter(|_| idx < PICTURED);
    let (loading, sizes) = match idx {
        0 => (Loading::Eager, "(min-width: 64rem) 34rem, 100vw"),
        _ => (Loading::Lazy, "(min-width: 40rem) 18rem, 100vw"),
    };
    TeaserView {
        row: RowView::of(&teaser.row, chrome),
        image: image.and_then(|picture| image_html(picture, loading, sizes)),
        lead: teaser.lead.as_deref(),
    }
}

/// The front page in every language, itself among them, and the one for everybody else.
fn editions(chrome: &Chrome) -> Vec<Edition> {
    let home = |language: UiLanguage| match language {
        UiLanguage::English => absolute(chrome, "/"),
        other => absolute(chrome, &format!("/?lang={}", other.tag())),
    };
    let all = UiLanguage::ALL.into_iter().map(|language| Edition { lang: language.tag(), href: home(language) });
    all.chain([Edition { lang: "x-default", href: home(UiLanguage::English) }]).collect()
}
