//! `/rates/{code}`: the history of a currency.

use axum::response::{IntoResponse, Response};
use courant_news::CurrencyCode;
use courant_rates::convert::{Fill, SeriesAsked, SeriesRow, series, shown};
use courant_rates::{Currency, Source};
use http::StatusCode;
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::converter::{bad_parameter_json, lang, latest, no_rate_json, problem_json};
use super::query::{BadParameter, Query, target};
use super::{AGE_MAX, RateForm, SiteState, moment, offered, rate_or_why, tags, with_ledger};
use crate::pages::{Fault, HistoryPage, HistoryRange, HistorySeries};
use crate::site::answer::{self, Refused};
use crate::site::common;

const USD: CurrencyCode = CurrencyCode::literal(b"USD");

/// What is asked.
struct Question {
    base: CurrencyCode,
    with: Option<CurrencyCode>,
    range: HistoryRange,
    source: Source,
    known_at: Option<Timestamp>,
}

pub(in crate::site) fn page(state: &SiteState, code: CurrencyCode, form: RateForm, query: &str) -> Result<Response, Refused> {
    let query = Query::read(query);
    let language = query.language();
    if Currency::find(code).is_none() {
        return no_such(form, &super::query::bad("currency", code.as_str(), "is no code of ISO 4217".to_owned()));
    }
    let question = match question(&query, code) {
        Ok(question) => question,
        Err(bad) if form == RateForm::Html => {
            return Err(Refused::Fault(Fault::BadParameter { parameter: bad.name.to_owned(), value: bad.value }));
        }
        Err(bad) => return Ok(bad_parameter_json(&bad).into_response()),
    };
    let last = last_day(state, &question)?;
    let first = question.range.first(last);
    let mut lines = Vec::new();
    for of in [Some(code), question.with].into_iter().flatten() {
        let asked = SeriesAsked {
            from: question.base,
            to: of,
            first,
            last,
            fill: Fill::None,
            source: question.source,
            known_at: question.known_at,
        };
        match rate_or_why(with_ledger(state, |ledger| series(ledger, &asked, moment(state))))? {
            Ok(rows) => lines.push((of, rows)),
            Err(no_rate) if form != RateForm::Html => return Ok(no_rate_json(&no_rate).into_response()),
            Err(_) => lines.push((of, Vec::new())),
        }
    }
    let Question { base, with, range, source, .. } = question;
    let codes = with_ledger(state, |ledger| offered(ledger, source, last))?;
    Ok(match form {
        RateForm::Html => {
            let here = here(code, &query, &lang(language));
            let page = HistoryPage {
                chrome: common::chrome(state, language, here.clone()),
                code,
                base,
                with,
                range,
                source,
                codes,
                series: lines.iter().map(|(code, rows)| HistorySeries { code: *code, points: points(rows) }).collect(),
            };
            answer::html(page.render()).until_or_for(tags(), AGE_MAX).canonical(here)
        }
        RateForm::Json => {
            latest(state, answer::form("application/json; charset=utf-8", format!("{:#}\n", as_json(base, source, &lines))), source)
        }
        RateForm::Csv => latest(state, answer::form("text/csv; charset=utf-8", as_csv(base, &lines)), source),
        RateForm::Text => latest(state, answer::form("text/plain; charset=utf-8", as_text(base, source, &lines)), source),
    }
    .into_response())
}

fn no_such(form: RateForm, bad: &BadParameter) -> Result<Response, Refused> {
    match form {
        RateForm::Html => Err(Refused::Fault(Fault::NotFound)),
        RateForm::Json | RateForm::Csv | RateForm::Text => {
            Ok(problem_json(StatusCode::NOT_FOUND, "unknown-currency", &bad.to_string()).into_response())
        }
    }
}

fn question(query: &Query, code: CurrencyCode) -> Result<Question, BadParameter> {
    let source = query.source()?;
    let natural = source.facts().base;
    let otherwise = if natural == code { USD } else { natural };
    let with = match query.get("with") {
        Some(_) => Some(query.currency(&["with"], code)?).filter(|with| *with != code),
        None => None,
    };
    let range = match query.get("range") {
        Some(word) => HistoryRange::parse(word)
            .ok_or_else(|| super::query::bad("range", word, "is not known; use 1m, 3m, 1y, 5y, 10y or all".to_owned()))?,
        None => HistoryRange::Year,
    };
    Ok(Question { base: query.currency(&["base"], otherwise)?, with, range, source, known_at: query.known_at()? })
}

/// The last day the source has: a range counts back from there.
fn last_day(state: &SiteState, question: &Question) -> Result<Date, Refused> {
    let today = moment(state).today;
    let (day, _) = with_ledger(state, |ledger| super::last_days(ledger, question.source, today, question.known_at))?;
    Ok(day.map_or(today, |day| day.dated))
}

fn here(code: CurrencyCode, query: &Query, lang: &str) -> String {
    let kept = |name| query.get(name).unwrap_or_default();
    target(
        &format!("/rates/{code}"),
        &[
            ("base", &kept("base").to_uppercase()),
            ("with", &kept("with").to_uppercase()),
            ("range", kept("range")),
            ("source", kept("source")),
            ("as_known_at", query.known_at_typed()),
            ("lang", lang),
        ],
    )
}

fn points(rows: &[SeriesRow]) -> Vec<(Date, courant_rates::Exact)> {
    rows.iter().map(|row| (row.observed, row.rate.clone())).collect()
}

type Lines = [(CurrencyCode, Vec<SeriesRow>)];

fn as_json(base: CurrencyCode, source: Source, lines: &Lines) -> Value {
    let series: Vec<Value> = lines
        .iter()
        .map(|(code, rows)| {
            let rows: Vec<Value> = rows.iter().map(|row| json!([row.observed.to_string(), shown(&row.rate).to_string()])).collect();
            json!({ "currency": code.as_str(), "rates": rows })
        })
        .collect();
    json!({ "base": base.as_str(), "source": source.facts().slug, "source_name": source.facts().bank, "series": series })
}

fn as_csv(base: CurrencyCode, lines: &Lines) -> String {
    let mut text = String::from("observed,base,currency,rate\r\n");
    for (code, rows) in lines {
        for row in rows {
            text.push_str(&format!("{},{base},{code},{}\r\n", row.observed, shown(&row.rate)));
        }
    }
    text
}

fn as_text(base: CurrencyCode, source: Source, lines: &Lines) -> String {
    let mut text = format!("{}, {}\n", source.facts().bank, source.facts().home);
    for (code, rows) in lines {
        for row in rows {
            text.push_str(&format!("{}  1 {base} = {} {code}\n", row.observed, shown(&row.rate)));
        }
    }
    text
}

impl HistoryRange {
    /// The first day of a range that ends on `last`.
    fn first(self, last: Date) -> Date {
        match self {
            Self::Month => last.saturating_sub(1.month()),
            Self::Quarter => last.saturating_sub(3.months()),
            Self::Year => last.saturating_sub(1.year()),
            Self::FiveYears => last.saturating_sub(5.years()),
            Self::TenYears => last.saturating_sub(10.years()),
            Self::All => courant_rates::convert::HISTORY_BEGINS,
        }
    }
}
