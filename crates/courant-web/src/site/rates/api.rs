//! `/v1/…`: rates in the shape that clients of Frankfurter v1 know, with what we say besides.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use courant_news::CurrencyCode;
use courant_rates::convert::Reason::{CarriedBack, LatestKnown, NotYetPublished};
use courant_rates::convert::{Asked, Conversion, Fill, NoRate, SeriesAsked, SeriesRow, convert, series};
use courant_rates::ledger::{DayQuery, Ledger};
use courant_rates::typed::{self, Habit};
use courant_rates::{Currency, Decimal, Exact, Source};
use http::StatusCode;
use http::header::{self, HeaderValue};
use jiff::civil::Date;
use serde_json::json;
use serde_json::value::{RawValue, to_raw_value};

use super::converter::{bad_parameter_json, immutable, latest, no_rate_json, problem_json};
use super::query::{BadParameter, Query, bad, date};
use super::{SiteState, moment, rate_or_why, tags, with_ledger};
use crate::serve::Answer;
use crate::site::answer::{self, Refused};

/// Significant figures of a rate.
const FIGURES: u32 = 10;
/// The most values of one answer: thirty years of a whole table.
const VALUES_MAX: usize = 500_000;
const OPENAPI: &str = include_str!("openapi.json");

/// The parameters every address takes.
struct Common {
    amount: Decimal,
    base: CurrencyCode,
    symbols: Option<Vec<CurrencyCode>>,
    source: Source,
    known_at: Option<jiff::Timestamp>,
}

/// `latest`, `currencies`, a day, or a span of days.
pub(in crate::site) fn page(state: &SiteState, what: &str, query: &str) -> Result<Response, Refused> {
    let query = Query::read(query);
    let answer = match answer(state, what, &query)? {
        Ok(answer) => answer,
        Err(bad) => bad_parameter_json(&bad),
    };
    Ok(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")).into_response())
}

fn answer(state: &SiteState, what: &str, query: &Query) -> Result<Result<Answer, BadParameter>, Refused> {
    if what == "currencies" {
        return Ok(Ok(currencies(state, query)?));
    }
    let common = match common(query) {
        Ok(common) => common,
        Err(bad) => return Ok(Err(bad)),
    };
    if let Some((first, last)) = what.split_once("..") {
        let today = moment(state).today;
        let span = date("start", first).and_then(|first| Ok((first, if last.is_empty() { today } else { date("end", last)? })));
        return match span {
            Ok((first, last)) => Ok(Ok(span_of(state, &common, query, first, last)?)),
            Err(bad) => Ok(Err(bad)),
        };
    }
    let on = match what {
        "latest" => None,
        _ => match date("date", what) {
            Ok(on) => Some(on),
            Err(_) => return Ok(Ok(not_found(what))),
        },
    };
    Ok(Ok(day(state, &common, on)?))
}

fn common(query: &Query) -> Result<Common, BadParameter> {
    let amount = match query.get("amount") {
        Some(text) => typed::read(text, Habit::Point).map_err(|error| bad("amount", text, error.to_string()))?.amount,
        None => Decimal::new(1.into(), 0),
    };
    let symbols = query.get("symbols").or_else(|| query.get("to"));
    let symbols = symbols.map(|list| list.split(',').map(symbol).collect::<Result<Vec<_>, _>>()).transpose()?;
    Ok(Common {
        amount,
        base: query.currency(&["base", "from"], CurrencyCode::EUR)?,
        symbols,
        source: query.source()?,
        known_at: query.known_at()?,
    })
}

fn symbol(text: &str) -> Result<CurrencyCode, BadParameter> {
    CurrencyCode::parse(text).map_err(|error| bad("symbols", text, error.problem))
}

fn not_found(what: &str) -> Answer {
    let detail = format!(
        "there is nothing at /v1/{what}; use latest, currencies, a day such as 2017-03-20 or a span such as 2017-03-01..2017-03-20"
    );
    problem_json(StatusCode::NOT_FOUND, "not-found", &detail)
}

/// One day: the table of the day, or the currencies asked for.
fn day(state: &SiteState, common: &Common, on: Option<Date>) -> Result<Answer, Refused> {
    let today = moment(state).today;
    let found = match &common.symbols {
        Some(symbols) => chosen(state, common, on, symbols)?,
        None => whole_table(state, common, on, today)?,
    };
    let found = match found {
        Ok(found) => found,
        Err(no_rate) => return Ok(no_rate_json(&no_rate)),
    };
    let answer = answer::form("application/json; charset=utf-8", format!("{}\n", day_body(common, &found)));
    let settled = on.is_some_and(|on| on < today) && !matches!(found.said.reason, CarriedBack | NotYetPublished | LatestKnown);
    Ok(if settled { immutable(answer) } else { latest(state, answer, common.source) })
}

/// The rates of a day, and a conversion that says of which day they are.
struct RatesOfDay {
    rates: BTreeMap<String, Box<RawValue>>,
    said: Conversion,
}

/// The currencies asked for: one that has no rate is why there is no answer.
fn chosen(state: &SiteState, common: &Common, on: Option<Date>, symbols: &[CurrencyCode]) -> Result<Result<RatesOfDay, NoRate>, Refused> {
    let mut conversions = Vec::new();
    for to in symbols {
        match conversion(state, common, on, *to)? {
            Ok(answer) => conversions.push(answer),
            Err(no_rate) => return Ok(Err(no_rate)),
        }
    }
    Ok(of_day(conversions).ok_or(NoRate::TooLongAgo { by: common.source, on: on.unwrap_or(moment(state).today) }))
}

/// All the source quotes: what has no rate in the base asked for is left out, unless nothing has.
fn whole_table(state: &SiteState, common: &Common, on: Option<Date>, today: Date) -> Result<Result<RatesOfDay, NoRate>, Refused> {
    let codes = with_ledger(state, |ledger| table(ledger, common, on.unwrap_or(today).min(today)))?;
    let mut conversions = Vec::new();
    let mut refused = NoRate::TooLongAgo { by: common.source, on: on.unwrap_or(today) };
    for to in codes.into_iter().filter(|to| *to != common.base) {
        match conversion(state, common, on, to)? {
            Ok(answer) => conversions.push(answer),
            Err(no_rate) => refused = no_rate,
        }
    }
    Ok(of_day(conversions).ok_or(refused))
}

fn conversion(state: &SiteState, common: &Common, on: Option<Date>, to: CurrencyCode) -> Result<Result<Conversion, NoRate>, Refused> {
    let asked = Asked { amount: common.amount.clone(), from: common.base, to, on, source: common.source, known_at: common.known_at };
    rate_or_why(with_ledger(state, |ledger| convert(ledger, &asked, moment(state))))
}

/// The pair that uses a quote says of which day the answer is; a currency in itself is of any.
fn of_day(conversions: Vec<Conversion>) -> Option<RatesOfDay> {
    let rates = conversions.iter().map(|answer| (answer.to.to_string(), number(&answer.result))).collect();
    let said = conversions.into_iter().max_by_key(|answer| !answer.path.is_empty())?;
    Some(RatesOfDay { rates, said })
}

fn day_body(common: &Common, found: &RatesOfDay) -> Box<RawValue> {
    let said = &found.said;
    let mut body = Object::new();
    body.insert("amount", raw(&common.amount.to_string()));
    body.insert("base", text(common.base.as_str()));
    body.insert("date", text(&said.observed.to_string()));
    body.insert("requested", text(&said.requested.to_string()));
    body.insert("observed", text(&said.observed.to_string()));
    body.insert("reason", text(said.reason.as_str()));
    body.insert("source", text(common.source.facts().slug));
    body.insert("rates", object(&found.rates));
    if let Some(at) = said.next_expected {
        body.insert("next_expected", text(&at.to_string()));
    }
    object(&body)
}

/// What the source quotes on that day, and its base.
fn table(ledger: &dyn Ledger, common: &Common, on: Date) -> Result<Vec<CurrencyCode>, courant_rates::ledger::Breakage> {
    let earliest = courant_rates::convert::HISTORY_BEGINS;
    let query = DayQuery { source: common.source, currencies: None, on, earliest, known_at: common.known_at };
    let day = ledger.days(&query, 1)?.pop();
    let mut codes: Vec<CurrencyCode> = day.iter().flat_map(|day| day.quotes.iter().map(|quote| quote.currency)).collect();
    codes.push(common.source.facts().base);
    codes.sort_unstable();
    Ok(codes)
}

fn span_of(state: &SiteState, common: &Common, query: &Query, first: Date, last: Date) -> Result<Answer, Refused> {
    let today = moment(state).today;
    let fill = match query.get("fill") {
        None | Some("none") => Fill::None,
        Some("previous") => Fill::Previous,
        Some(other) => return Ok(bad_parameter_json(&bad("fill", other, "is not known; use none or previous".to_owned()))),
    };
    let symbols = match &common.symbols {
        Some(symbols) => symbols.clone(),
        None => with_ledger(state, |ledger| table(ledger, common, last.min(today)))?,
    };
    let mut span = Span::default();
    for to in symbols.into_iter().filter(|to| *to != common.base) {
        let asked = SeriesAsked { from: common.base, to, first, last, fill, source: common.source, known_at: common.known_at };
        match rate_or_why(with_ledger(state, |ledger| series(ledger, &asked, moment(state))))? {
            Ok(rows) => span.add(common, to, &rows),
            Err(no_rate) => return Ok(no_rate_json(&no_rate)),
        }
        if VALUES_MAX < span.n_values {
            let detail =
                format!("the span from {first} to {last} has more than {VALUES_MAX} values; ask for fewer symbols or a shorter span");
            return Ok(problem_json(StatusCode::BAD_REQUEST, "too-many-values", &detail));
        }
    }
    let body = span.body(common, (first, last), fill);
    let answer = answer::form("application/json; charset=utf-8", format!("{body}\n"));
    Ok(if last < today { immutable(answer) } else { latest(state, answer, common.source) })
}

/// The rates of a span of days.
#[derive(Default)]
struct Span {
    rates: BTreeMap<String, BTreeMap<String, Box<RawValue>>>,
    /// For each day, the day its rates are from and why.
    observed: BTreeMap<String, serde_json::Value>,
    n_values: usize,
}

impl Span {
    fn add(&mut self, common: &Common, to: CurrencyCode, rows: &[SeriesRow]) {
        self.n_values += rows.len();
        for row in rows {
            let day = row.requested.to_string();
            let value = number(&(&Exact::from(&common.amount) * &row.rate));
            self.rates.entry(day.clone()).or_default().insert(to.to_string(), value);
            self.observed.insert(day, json!({ "observed": row.observed.to_string(), "reason": row.reason.as_str() }));
        }
    }

    fn body(&self, common: &Common, asked: (Date, Date), fill: Fill) -> Box<RawValue> {
        let or_asked = |found: Option<&String>, asked: Date| text(&found.cloned().unwrap_or_else(|| asked.to_string()));
        let mut body = Object::new();
        body.insert("amount", raw(&common.amount.to_string()));
        body.insert("base", text(common.base.as_str()));
        body.insert("start_date", or_asked(self.rates.keys().next(), asked.0));
        body.insert("end_date", or_asked(self.rates.keys().next_back(), asked.1));
        body.insert("source", text(common.source.facts().slug));
        body.insert("rates", object(&self.rates));
        if fill == Fill::Previous {
            body.insert("observed", object(&self.observed));
        }
        object(&body)
    }
}

fn currencies(state: &SiteState, query: &Query) -> Result<Answer, Refused> {
    let source = match query.source() {
        Ok(source) => source,
        Err(bad) => return Ok(bad_parameter_json(&bad)),
    };
    let common = Common { amount: Decimal::new(1.into(), 0), base: CurrencyCode::EUR, symbols: None, source, known_at: None };
    let codes = with_ledger(state, |ledger| table(ledger, &common, moment(state).today))?;
    let named: BTreeMap<String, &str> = codes.into_iter().filter_map(|code| Some((code.to_string(), Currency::find(code)?.name))).collect();
    Ok(answer::form("application/json; charset=utf-8", format!("{}\n", json!(named))).until(tags()))
}

/// The description of these addresses for machines.
pub(in crate::site) fn openapi(state: &SiteState) -> Response {
    let body = OPENAPI.replace("https://origin.invalid", &state.agency.origin);
    let answer = answer::form("application/json; charset=utf-8", body).cache_control("public, max-age=3600").until([]);
    answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")).into_response()
}

/// An object whose numbers keep every digit they have.
type Object = BTreeMap<&'static str, Box<RawValue>>;

/// A number of JSON: clients of this shape expect no text.
fn number(exact: &Exact) -> Box<RawValue> {
    raw(&exact.round_to_figures(FIGURES).trimmed().to_string())
}

/// Digits as a number of JSON, without going through a binary fraction.
fn raw(digits: &str) -> Box<RawValue> {
    RawValue::from_string(digits.to_owned()).expect("a decimal number is a number of JSON")
}

fn text(text: &str) -> Box<RawValue> {
    to_raw_value(text).expect("text always serialises")
}

fn object<K: Ord + serde::Serialize, V: serde::Serialize>(object: &BTreeMap<K, V>) -> Box<RawValue> {
    to_raw_value(object).expect("maps of texts, numbers and maps always serialise")
}
