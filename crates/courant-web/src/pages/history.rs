//! The history of a currency.

use askama::Template;
use courant_news::CurrencyCode;
use courant_rates::{Exact, Source};
use jiff::civil::Date;

use super::assets::Sheet;
use super::chart::{self, ChartLine};
use super::chrome::{Chrome, ChromeView, Link};
use super::head::{Head, page_title};
use crate::words::{Arg, Words};

/// The most lines of the table behind the chart; all of them are in the other forms of the page.
const TABLE_ROWS_MAX: usize = 60;

/// `/rates/{code}`: a chart with its table, over a range, alone or beside another currency.
#[derive(Clone, Debug)]
pub struct HistoryPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The currency.
    pub code: CurrencyCode,
    /// One of this is so many of it.
    pub base: CurrencyCode,
    /// The one it is compared with.
    pub with: Option<CurrencyCode>,
    /// How far back.
    pub range: HistoryRange,
    /// Whose rates.
    pub source: Source,
    /// The currencies of the form, by code.
    pub codes: Vec<CurrencyCode>,
    /// The rates, of the currency and then of the other.
    pub series: Vec<HistorySeries>,
}

/// The rates of a currency over the range.
#[derive(Clone, Debug)]
pub struct HistorySeries {
    /// The currency.
    pub code: CurrencyCode,
    /// Days and rates, oldest first.
    pub points: Vec<(Date, Exact)>,
}

/// How far back a chart goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryRange {
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
    /// Five years.
    FiveYears,
    /// Ten years.
    TenYears,
    /// All there is.
    All,
}

impl HistoryRange {
    /// All of them, shortest first.
    pub const ALL: [Self; 6] = [Self::Month, Self::Quarter, Self::Year, Self::FiveYears, Self::TenYears, Self::All];

    /// Its word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Month => "1m",
            Self::Quarter => "3m",
            Self::Year => "1y",
            Self::FiveYears => "5y",
            Self::TenYears => "10y",
            Self::All => "all",
        }
    }

    /// Reads the word; `None` when there is no such range.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|range| range.as_str() == word)
    }

    fn label(self, words: &Words) -> &str {
        match self {
            Self::Month => words.t("range-1m"),
            Self::Quarter => words.t("range-3m"),
            Self::Year => words.t("range-1y"),
            Self::FiveYears => words.t("range-5y"),
            Self::TenYears => words.t("range-10y"),
            Self::All => words.t("range-all"),
        }
    }
}

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: String,
    ranges: Vec<(Link, bool)>,
    chart: String,
    legend: Vec<String>,
    facts: Vec<(&'a str, String)>,
    heads: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
    rows_note: Option<String>,
    codes: Vec<&'a str>,
    base: &'a str,
    with: &'a str,
    action: String,
    kept: Vec<(&'static str, String)>,
    source: Link,
    disclaimer: &'static str,
    convert: Link,
    table: Link,
    forms: Vec<Link>,
}

impl HistoryPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words, facts) = (&self.chrome, self.chrome.words(), self.source.facts());
        let (base, code) = (words.currency(self.base), words.currency(self.code));
        let title = words.say("history-title", &[("base", Arg::Text(&base)), ("code", Arg::Text(&code))]);
        let mut head = Head::unlisted(page_title(chrome, &title));
        head.canonical = Some(super::head::absolute(chrome, &chrome.here));
        head.description = Some(title.clone());
        let rows = self.rows(words);
        let n_days = self.series.first().map_or(0, |series| series.points.len());
        let template = HistoryTemplate {
            c: ChromeView::of(chrome, None),
            h: head,
            w: words,
            css: Sheet::Rates.css(),
            ranges: HistoryRange::ALL.into_iter().map(|range| self.range_link(range, words)).collect(),
            chart: chart::svg(&self.series.iter().map(|series| ChartLine { points: &series.points }).collect::<Vec<_>>(), &title),
            legend: self.legend(words),
            facts: self.facts(words),
            heads: self.series.iter().map(|series| format!("1\u{a0}{} = … {}", self.base, series.code)).collect(),
            rows_note: (rows.len() < n_days).then(|| words.count("table-shortened", n_days as u64)),
            rows,
            codes: self.codes.iter().map(CurrencyCode::as_str).collect(),
            base: self.base.as_str(),
            with: self.with.as_ref().map_or("", CurrencyCode::as_str),
            action: format!("/rates/{}", self.code),
            kept: self.kept(self.range),
            source: Link::new(facts.home, facts.bank),
            disclaimer: words.t(if self.source == Source::Ecb { "disclaimer-ecb" } else { "disclaimer" }),
            convert: Link::new(
                self.with_lang(format!("/convert?amount=100&from={}&to={}&source={}", self.base, self.code, facts.slug)),
                words.t("convert"),
            ),
            table: Link::new(self.with_lang(format!("/rates?source={}", facts.slug)), words.t("rates")),
            forms: [(".json", "JSON"), (".csv", "CSV"), (".txt", "text")]
                .into_iter()
                .map(|(ending, name)| {
                    let plain = format!("/rates/{}", self.code);
                    Link::new(chrome.here.replacen(&plain, &format!("{plain}{ending}"), 1), name)
                })
                .collect(),
            title,
        };
        template.render().expect("writing a template to a String cannot fail")
    }

    fn range_link(&self, range: HistoryRange, words: &Words) -> (Link, bool) {
        let with = self.with.map(|with| format!("&with={with}")).unwrap_or_default();
        let mut address = format!("/rates/{}?base={}{with}", self.code, self.base);
        for (name, value) in self.kept(range) {
            address.push_str(&format!("&{name}={value}"));
        }
        (Link::new(address, range.label(words)), range == self.range)
    }

    fn kept(&self, range: HistoryRange) -> Vec<(&'static str, String)> {
        let mut kept = vec![("range", range.as_str().to_owned())];
        if self.source != Source::Ecb {
            kept.push(("source", self.source.facts().slug.to_owned()));
        }
        kept.extend(self.chrome.lang_parameter().map(|tag| ("lang", tag.to_owned())));
        kept
    }

    fn with_lang(&self, address: String) -> String {
        match self.chrome.lang_parameter() {
            Some(tag) => format!("{address}&lang={tag}"),
            None => address,
        }
    }

    /// What the lines are, when there is more than one.
    fn legend(&self, words: &Words) -> Vec<String> {
        if self.series.len() < 2 {
            return Vec::new();
        }
        let change = |series: &HistorySeries| {
            let (first, last) = (series.points.first()?, series.points.last()?);
            Some(&(&(&last.1 / &first.1) - &Exact::one()) * &Exact::whole(100))
        };
        self.series
            .iter()
            .map(|series| {
                let change = change(series).map(|change| words.exact(&change.round(2))).unwrap_or_default();
                format!("{} {}: {change}\u{a0}%", series.code, words.currency(series.code))
            })
            .collect()
    }

    /// The last, the least and the greatest rate of the range.
    fn facts(&self, words: &'static Words) -> Vec<(&'static str, String)> {
        let Some(series) = self.series.first() else {
            return Vec::new();
        };
        let said = |(day, rate): &(Date, Exact)| format!("{} ({})", words.exact(&chart::shown(rate)), words.date(*day));
        let mut facts: Vec<(&'static str, String)> =
            series.points.last().map(|last| (words.t("rate-last"), said(last))).into_iter().collect();
        if let Some((least, greatest)) = chart::extremes(&series.points) {
            facts.push((words.t("rate-least"), said(least)));
            facts.push((words.t("rate-greatest"), said(greatest)));
        }
        facts
    }

    /// The lines of the table, newest first, evenly over the range.
    fn rows(&self, words: &Words) -> Vec<(String, Vec<String>)> {
        let Some(leading) = self.series.first() else {
            return Vec::new();
        };
        let step = leading.points.len().div_ceil(TABLE_ROWS_MAX).max(1);
        let on = |series: &HistorySeries, day: Date| {
            let at = series.points.partition_point(|(other, _)| *other < day);
            series.points.get(at).filter(|(other, _)| *other == day).map(|(_, rate)| words.exact(&chart::shown(rate)))
        };
        leading
            .points
            .iter()
            .rev()
            .step_by(step)
            .map(|(day, _)| (words.date(*day), self.series.iter().map(|series| on(series, *day).unwrap_or_default()).collect()))
            .collect()
    }
}
