//! What is around every page: name, menu, search, editions, zone.

use std::sync::LazyLock;

use courant_news::{CurrencyCode, address};
use courant_rates::history::Shipped;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::words::{UiLanguage, Words};

/// What every page needs to know beside its own matter.
#[derive(Clone, Debug)]
pub struct Chrome {
    /// The language of the furniture: the story's on a story, the filter's when it names one, else English.
    pub language: UiLanguage,
    /// The agency's name as readers know it.
    pub agency: Box<str>,
    /// Scheme and host of the site without a slash at the end: `https://courant.example`. Goes before every address
    /// that must be absolute (canonical, Open Graph, JSON-LD).
    pub origin: Box<str>,
    /// The one zone of the page.
    pub zone: TimeZone,
    /// The sections of the service in their order, by slug. They are named from the catalogue.
    pub sections: Vec<Box<str>>,
    /// The path of this page with its canonical query: `/economy?before=120`. Becomes the canonical address.
    pub here: String,
    /// More links for the foot of the page, such as the register of corrections.
    pub foot: Vec<Link>,
}

/// A link with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads: a path from the root.
    pub href: String,
    /// Its words.
    pub label: String,
}

impl Link {
    /// A link.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into() }
    }
}

impl Chrome {
    /// The words of the page's language.
    pub fn words(&self) -> &'static Words {
        Words::of(self.language)
    }

    /// The link to a section, named in the page's language.
    pub fn section(&self, slug: &str) -> Link {
        Link::new(format!("/{}{}", address::segment(slug), self.edition()), self.words().section(slug))
    }

    /// The tag that keeps a page in its language; none in English.
    pub(super) fn lang_parameter(&self) -> Option<&'static str> {
        (self.language != UiLanguage::English).then(|| self.language.tag())
    }

    /// The query that keeps a list in the page's language: empty in English, `?lang=ru` else.
    pub(super) fn edition(&self) -> String {
        match self.language {
            UiLanguage::English => String::new(),
            other => format!("?lang={}", other.tag()),
        }
    }
}

/// What the base template shows of a [`Chrome`].
pub(super) struct ChromeView {
    pub(super) lang: &'static str,
    pub(super) dir: &'static str,
    pub(super) agency: String,
    pub(super) home: String,
    pub(super) here: String,
    pub(super) menu: Vec<MenuLink>,
    pub(super) editions: Vec<MenuLink>,
    pub(super) foot: Vec<Link>,
    pub(super) times_are: String,
    pub(super) lang_kept: Option<&'static str>,
    /// The currencies of the converter in the head of every page.
    pub(super) codes: &'static [&'static str],
}

/// What the ECB quotes and what it quotes against.
static CODES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let days = Shipped::get().last_days(1);
    let mut codes: Vec<CurrencyCode> = days.iter().flat_map(|day| day.quotes.iter().map(|quote| quote.currency)).collect();
    codes.push(CurrencyCode::EUR);
    codes.sort_unstable();
    codes.into_iter().filter_map(|code| courant_rates::Currency::find(code).map(|currency| currency.code.as_str())).collect()
});

pub(super) struct MenuLink {
    pub(super) href: String,
    pub(super) label: String,
    pub(super) lang: &'static str,
    pub(super) current: bool,
}

impl ChromeView {
    /// `at` is an instant the page shows; its offset is the one named at the foot.
    pub(super) fn of(chrome: &Chrome, at: Option<Timestamp>) -> Self {
        let words = chrome.words();
        let edition = chrome.edition();
        let path = chrome.here.split('?').next().unwrap_or_default();
        let link = |link: Link| MenuLink {
            current: link.href.split('?').next() == Some(path),
            href: link.href,
            label: link.label,
            lang: chrome.language.tag(),
        };
        let all = Link::new(format!("/all{edition}"), words.t("all-news"));
        let today = Link::new(format!("/today{edition}"), words.t("today"));
        let filter = Link::new(format!("/filter{edition}"), words.t("filter"));
        let rates = Link::new(format!("/rates{edition}"), words.t("rates"));
        let sections = chrome.sections.iter().map(|slug| chrome.section(slug));
        Self {
            lang: chrome.language.tag(),
            dir: chrome.language.dir(),
            agency: chrome.agency.to_string(),
            home: format!("/{edition}"),
            here: chrome.here.clone(),
            menu: [all, today].into_iter().chain(sections).chain([rates, filter]).map(link).collect(),
            editions: UiLanguage::ALL
                .into_iter()
                .map(|language| MenuLink {
                    href: format!("/all?lang={}", language.tag()),
                    label: language.own_name().to_owned(),
                    lang: language.tag(),
                    current: language == chrome.language,
                })
                .collect(),
            foot: chrome.foot.clone(),
            times_are: words.times_are(&chrome.zone, at),
            lang_kept: chrome.lang_parameter(),
            codes: &CODES,
        }
    }
}
