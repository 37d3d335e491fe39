//! The table of rates, and the strip of the front page.

use askama::Template;
use courant_news::{CurrencyCode, DateKind, Quotation, QuoteUnit};
use courant_rates::{Decimal, Source};
use jiff::civil::Date;

use super::assets::Sheet;
use super::chrome::{Chrome, ChromeView, Link};
use super::head::Head;
use crate::words::{Arg, Words};

/// `/rates`: what a source fixed for a day, with the change against the fixing before.
#[derive(Clone, Debug)]
pub struct RatesPage {
    /// What is around it.
    pub chrome: Chrome,
    /// Whose rates.
    pub source: Source,
    /// The sources there are.
    pub sources: Vec<Source>,
    /// The day, as the source dates it.
    pub dated: Date,
    /// What the date means.
    pub date_kind: DateKind,
    /// The currency everything is quoted against.
    pub base: CurrencyCode,
    /// Which way round.
    pub quotation: Quotation,
    /// The day of the fixing before.
    pub before: Option<Date>,
    /// The rates, by code.
    pub rows: Vec<RateRow>,
    /// The day it is.
    pub today: Date,
    /// Whether no day was asked for.
    pub latest: bool,
}

/// A rate of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateRow {
    /// The currency.
    pub code: CurrencyCode,
    /// Its name as ISO writes it.
    pub name: &'static str,
    /// For so many units.
    pub nominal: u32,
    /// What a unit is.
    pub unit: QuoteUnit,
    /// As printed, with a point.
    pub printed: String,
    /// The rate before, as printed, when it was for as many units.
    pub previous: Option<String>,
    /// How much dearer the currency became since the fixing before, in per cent with two places.
    pub change: Option<Decimal>,
}

/// A rate of the strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StripRate {
    /// The page of the currency.
    pub href: String,
    /// What it is quoted against.
    pub base: CurrencyCode,
    /// The rate.
    pub row: RateRow,
    /// Its day.
    pub dated: Date,
}

#[derive(Template)]
#[template(path = "rates.html")]
struct RatesTemplate {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: String,
    when: String,
    how: String,
    sources: Vec<(Link, bool)>,
    rows: Vec<RowView>,
    change_since: String,
    older: Option<Link>,
    source: Link,
    disclaimer: &'static str,
    forms: Vec<Link>,
    day_form: DayForm,
}

/// The form that asks for another day.
struct DayForm {
    source: &'static str,
    lang: &'static str,
    on: String,
    first: String,
    last: String,
}

struct RowView {
    link: Link,
    name: String,
    units: String,
    rate: String,
    change: String,
    /// `up`, `down` or nothing.
    direction: &'static str,
}

impl RatesPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words, facts) = (&self.chrome, self.chrome.words(), self.source.facts());
        let title = words.with("rates-title", "bank", facts.bank);
        let feed = self.address("/rates.rss", None);
        let mut head = Head::of_list(chrome, &title, super::head::page_title(chrome, &title), &feed);
        head.description = Some(words.with("rates-description", "bank", facts.bank));
        let day = words.date(self.dated);
        let template = RatesTemplate {
            c: ChromeView::of(chrome, None),
            h: head,
            w: words,
            css: Sheet::Rates.css(),
            title,
            when: match self.date_kind {
                DateKind::Observed => words.with("rates-observed", "day", &day),
                DateKind::InForce => words.with("rates-in-force", "day", &day),
            },
            how: match self.quotation {
                Quotation::PerBase => words.with("rates-per-base", "base", self.base.as_str()),
                Quotation::InBase => words.with("rates-in-base", "base", self.base.as_str()),
            },
            sources: self.sources.iter().map(|source| self.source_link(*source)).collect(),
            rows: self.rows.iter().map(|row| self.row(row)).collect(),
            change_since: self.before.map(|before| words.with("change-since", "day", &words.date(before))).unwrap_or_default(),
            older: self.before.map(|before| Link::new(self.address("/rates", Some(before)), words.date(before))),
            source: Link::new(facts.home, facts.bank),
            disclaimer: words.t(if self.source == Source::Ecb { "disclaimer-ecb" } else { "disclaimer" }),
            forms: [(".json", "JSON"), (".csv", "CSV"), (".txt", "text"), (".rss", "RSS"), (".atom", "Atom")]
                .into_iter()
                .map(|(ending, name)| {
                    let on = (!self.latest && !matches!(ending, ".rss" | ".atom")).then_some(self.dated);
                    Link::new(self.address(&format!("/rates{ending}"), on), name)
                })
                .collect(),
            day_form: DayForm {
                source: if self.source == Source::Ecb { "" } else { facts.slug },
                lang: chrome.lang_parameter().unwrap_or_default(),
                on: self.dated.to_string(),
                first: courant_rates::convert::HISTORY_BEGINS.to_string(),
                last: self.today.to_string(),
            },
        };
        template.render().expect("writing a template to a String cannot fail")
    }

    fn source_link(&self, source: Source) -> (Link, bool) {
        let facts = source.facts();
        let mut address = format!("/rates?source={}", facts.slug);
        if let Some(tag) = self.chrome.lang_parameter() {
            address.push_str(&format!("&lang={tag}"));
        }
        (Link::new(address, format!("{} ({})", facts.bank, facts.slug)), source == self.source)
    }

    fn row(&self, row: &RateRow) -> RowView {
        let words = self.chrome.words();
        let mut href = format!("/rates/{}", row.code);
        let mut sign = '?';
        if self.source != Source::Ecb {
            href.push_str(&format!("?source={}", self.source.facts().slug));
            sign = '&';
        }
        if let Some(tag) = self.chrome.lang_parameter() {
            href.push_str(&format!("{sign}lang={tag}"));
        }
        let (change, direction) = change_view(row, words);
        let gram = words.t("gram");
        let unit = match row.unit {
            QuoteUnit::Code => String::new(),
            QuoteUnit::Gram => format!("\u{a0}{gram}"),
        };
        RowView {
            link: Link::new(href, row.code.to_string()),
            name: words.currency(row.code).into_owned(),
            units: format!("{}{unit}", words.number(row.nominal.into())),
            rate: words.printed(&row.printed),
            change,
            direction,
        }
    }

    fn address(&self, path: &str, on: Option<Date>) -> String {
        let mut parameters = Vec::new();
        if self.source != Source::Ecb {
            parameters.push(format!("source={}", self.source.facts().slug));
        }
        parameters.extend(on.map(|on| format!("on={on}")));
        parameters.extend(self.chrome.lang_parameter().map(|tag| format!("lang={tag}")));
        if parameters.is_empty() { path.to_owned() } else { format!("{path}?{}", parameters.join("&")) }
    }
}

/// A change as printed, and which way it went.
fn change_view(row: &RateRow, words: &Words) -> (String, &'static str) {
    let Some(change) = &row.change else {
        return (String::new(), "");
    };
    let printed = words.exact(change);
    match (change.is_zero(), change.is_negative()) {
        (true, _) => (format!("{printed}\u{a0}%"), ""),
        (false, true) => (format!("{printed}\u{a0}%"), "down"),
        (false, false) => (format!("+{printed}\u{a0}%"), "up"),
    }
}

/// A rate of the strip, ready to print.
pub(super) struct StripView {
    pub(super) link: Link,
    pub(super) rate: String,
    pub(super) change: String,
    pub(super) direction: &'static str,
}

/// The strip, with the day it is of.
pub(super) fn strip_view(strip: &[StripRate], words: &Words) -> (Vec<StripView>, String) {
    let views = strip.iter().map(|rate| {
        let (change, direction) = change_view(&rate.row, words);
        StripView {
            link: Link::new(rate.href.clone(), format!("{}/{}", rate.base, rate.row.code)),
            rate: words.printed(&rate.row.printed),
            change,
            direction,
        }
    });
    let day = strip.first().map(|rate| words.date(rate.dated)).unwrap_or_default();
    let bank = Source::Ecb.facts().bank;
    (views.collect(), words.say("strip-of", &[("bank", Arg::Text(bank)), ("day", Arg::Text(&day))]))
}
