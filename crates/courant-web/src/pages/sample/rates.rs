//! Sample pages of rates, made from the history that is built in.

use courant_news::{CurrencyCode, DateKind, Quotation, QuoteUnit};
use courant_rates::convert::{Asked, Conversion, ConvertError, Fill, Moment, SeriesAsked, convert, series};
use courant_rates::history::Shipped;
use courant_rates::{Currency, Decimal, Source};
use jiff::civil::{Date, date};

use super::{at, chrome};
use crate::pages::{ConvertPage, ConvertProblem, HistoryPage, HistoryRange, HistorySeries, RateRow, RatesPage, SameAmounts, StripRate};
use crate::words::UiLanguage;

fn rate_row(code: &str, printed: &str, change: &str) -> RateRow {
    let code = CurrencyCode::parse(code).unwrap();
    RateRow {
        code,
        name: Currency::find(code).unwrap().name,
        nominal: 1,
        unit: QuoteUnit::Code,
        printed: printed.to_owned(),
        previous: Some("1.1711".to_owned()),
        change: Some(Decimal::parse(change).unwrap()),
    }
}

pub(super) fn strip() -> Vec<StripRate> {
    let dated = date(2026, 4, 13);
    let rate = |code: &str, printed, change| StripRate {
        href: format!("/rates/{code}"),
        base: CurrencyCode::EUR,
        row: rate_row(code, printed, change),
        dated,
    };
    vec![rate("USD", "1.1684", "0.23"), rate("JPY", "186.75", "-0.17"), rate("HUF", "366.9", "0")]
}

const SAMPLE_NOW: &str = "2026-04-14T09:00:00Z";

fn asked(amount: &str, from: &str, to: &str, on: Option<Date>) -> Result<Conversion, ConvertProblem> {
    let code = |text: &str| CurrencyCode::parse(text).unwrap();
    let asked = Asked { amount: Decimal::parse(amount).unwrap(), from: code(from), to: code(to), on, source: Source::Ecb, known_at: None };
    let moment = Moment { now: at(SAMPLE_NOW), today: date(2026, 4, 14) };
    convert(Shipped::get(), &asked, moment).map_err(|error| match error {
        ConvertError::NoRate(no_rate) => ConvertProblem::NoRate(no_rate),
        ConvertError::Broken(error) => panic!("{error}"),
    })
}

/// A conversion of the history that is built in; what cannot be converted is a page too.
pub(in crate::pages) fn convert_page(language: UiLanguage, amount: (&str, &str), from: &str, to: &str, on: Option<Date>) -> ConvertPage {
    let code = |text: &str| CurrencyCode::parse(text).unwrap();
    let (answer, problem) = match asked(amount.1, from, to, on) {
        Ok(answer) => (Some(answer), None),
        Err(problem) => (None, Some(problem)),
    };
    let same = |amount: i64, forth: &str, back: &str| SameAmounts {
        amount: Decimal::new(amount.into(), 0),
        forth: Decimal::parse(forth).unwrap(),
        back: Some(Decimal::parse(back).unwrap()),
    };
    ConvertPage {
        chrome: chrome(language, "/convert?amount=100&from=USD&to=JPY"),
        typed: amount.0.to_owned(),
        from: code(from),
        to: code(to),
        on,
        today: date(2026, 4, 14),
        source: Source::Ecb,
        codes: ["EUR", "JPY", "TRL", "USD"].into_iter().map(code).collect(),
        otherwise: None,
        was_rewritten: amount.0 != amount.1,
        spark: (0..60).map(f64::from).collect(),
        usual: vec![same(1, "160", "0.01"), same(10_000, "1598340", "62.56")],
        answer,
        problem,
    }
}

pub(in crate::pages) fn rates_page(language: UiLanguage) -> RatesPage {
    RatesPage {
        chrome: chrome(language, "/rates"),
        source: Source::Ecb,
        sources: vec![Source::Ecb, Source::Cbr],
        dated: date(2026, 4, 13),
        date_kind: DateKind::Observed,
        base: CurrencyCode::EUR,
        quotation: Quotation::PerBase,
        before: Some(date(2026, 4, 10)),
        rows: vec![rate_row("JPY", "186.75", "-0.17"), rate_row("USD", "1.1684", "0.23"), rate_row("IDR", "20082.05", "0.31")],
        today: date(2026, 4, 14),
        latest: true,
    }
}

pub(in crate::pages) fn history_page(language: UiLanguage, with: Option<&str>) -> HistoryPage {
    let code = |text: &str| CurrencyCode::parse(text).unwrap();
    let line = |to: &str| {
        let asked = SeriesAsked {
            from: CurrencyCode::EUR,
            to: code(to),
            first: date(2025, 4, 13),
            last: date(2026, 4, 13),
            fill: Fill::None,
            source: Source::Ecb,
            known_at: None,
        };
        let moment = Moment { now: at(SAMPLE_NOW), today: date(2026, 4, 14) };
        let rows = series(Shipped::get(), &asked, moment).unwrap();
        HistorySeries { code: code(to), points: rows.into_iter().map(|row| (row.observed, row.rate)).collect() }
    };
    HistoryPage {
        chrome: chrome(language, "/rates/USD"),
        code: code("USD"),
        base: CurrencyCode::EUR,
        with: with.map(code),
        range: HistoryRange::Year,
        source: Source::Ecb,
        codes: ["EUR", "JPY", "USD"].into_iter().map(code).collect(),
        series: std::iter::once("USD").chain(with).map(line).collect(),
    }
}
