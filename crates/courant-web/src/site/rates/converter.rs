//! `/convert`.

use axum::response::{IntoResponse, Response};
use courant_news::CurrencyCode;
use courant_rates::convert::{Asked, Conversion, Fill, NoRate, SeriesAsked, convert, series};
use courant_rates::typed::{self, BadAmount, Habit, Typed};
use courant_rates::{Decimal, Source, answer as answers};
use http::StatusCode;
use http::header::{self, HeaderValue};
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;

use super::query::{BadParameter, Query, target};
use super::{AGE_MAX, RateForm, SiteState, moment, offered, rate_or_why, status, tags, with_ledger};
use crate::pages::{ConvertPage, ConvertProblem, SameAmounts};
use crate::serve::Answer;
use crate::site::answer::{self, Refused};
use crate::site::common;
use crate::words::UiLanguage;

const USD: CurrencyCode = CurrencyCode::literal(b"USD");
/// What is converted when nothing was typed.
const AMOUNT: &str = "100";
/// The amounts of the table.
const USUAL: [i64; 10] = [1, 5, 10, 25, 50, 100, 500, 1_000, 5_000, 10_000];
/// How many days the small chart has.
const SPARK_DAYS: i32 = 90;
/// What may be kept for ever, since the past does not change.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const LATEST: &str = "public, stale-if-error=86400";

/// What was asked, as far as it could be read.
struct Question {
    typed: String,
    amount: Typed,
    asked: Asked,
}

pub(in crate::site) fn page(state: &SiteState, form: RateForm, query: &str) -> Result<Response, Refused> {
    let query = Query::read(query);
    let language = query.language();
    let outcome = match question(&query, language) {
        Ok(question) => {
            let answer = with_ledger(state, |ledger| convert(ledger, &question.asked, moment(state)));
            rate_or_why(answer)?.map_err(ConvertProblem::NoRate).map(|answer| (question, answer))
        }
        Err(problem) => Err(problem),
    };
    match form {
        RateForm::Html => html(state, &query, language, outcome),
        RateForm::Json | RateForm::Csv | RateForm::Text => Ok(other_form(state, form, outcome).into_response()),
    }
}

fn question(query: &Query, language: UiLanguage) -> Result<Question, ConvertProblem> {
    let typed = query.get("amount").unwrap_or(AMOUNT).to_owned();
    let amount = typed::read(&typed, habit(language)).map_err(ConvertProblem::Amount)?;
    let asked = Asked {
        amount: amount.amount.clone(),
        from: query.currency(&["from"], CurrencyCode::EUR)?,
        to: query.currency(&["to"], USD)?,
        on: query.date("on")?,
        source: query.source()?,
        known_at: query.known_at()?,
    };
    Ok(Question { typed, amount, asked })
}

impl From<BadParameter> for ConvertProblem {
    fn from(bad: BadParameter) -> Self {
        Self::Parameter { name: bad.name, value: bad.value, problem: bad.problem }
    }
}

fn habit(language: UiLanguage) -> Habit {
    match language {
        UiLanguage::Russian => Habit::Comma,
        UiLanguage::English | UiLanguage::Japanese | UiLanguage::Arabic => Habit::Point,
    }
}

fn html(
    state: &SiteState,
    query: &Query,
    language: UiLanguage,
    outcome: Result<(Question, Conversion), ConvertProblem>,
) -> Result<Response, Refused> {
    let here = here(query, language);
    let source = query.source().unwrap_or(Source::Ecb);
    let today = moment(state).today;
    let (answer, problem) = match outcome {
        Ok((question, answer)) => (Some((question, answer)), None),
        Err(problem) => (None, Some(problem)),
    };
    let code_of = |name, otherwise: CurrencyCode| query.currency(&[name], otherwise).unwrap_or(otherwise);
    let (from, to) = (code_of("from", CurrencyCode::EUR), code_of("to", USD));
    let mut codes = with_ledger(state, |ledger| offered(ledger, source, today))?;
    codes.extend([from, to]);
    codes.sort_unstable();
    codes.dedup();
    let status = problem.as_ref().map_or(StatusCode::OK, problem_status);
    let page = ConvertPage {
        chrome: common::chrome(state, language, here.clone()),
        typed: query.get("amount").unwrap_or(AMOUNT).to_owned(),
        from,
        to,
        on: query.get("on").and_then(|text| text.parse().ok()),
        today,
        source,
        codes,
        otherwise: answer.as_ref().and_then(|(question, _)| question.amount.otherwise.clone()),
        was_rewritten: answer.as_ref().is_some_and(|(question, answer)| question.typed != answer.amount.to_string()),
        spark: match &answer {
            Some((question, answer)) => spark(state, question, answer.observed)?,
            None => Vec::new(),
        },
        usual: answer.as_ref().map(|(_, answer)| usual(answer)).unwrap_or_default(),
        answer: answer.map(|(_, answer)| answer),
        problem,
    };
    let answer = answer::html(page.render()).status(status);
    Ok(if status == StatusCode::OK { answer.until_or_for(tags(), AGE_MAX).canonical(here) } else { answer }.into_response())
}

/// The address of the page with its parameters in one order.
fn here(query: &Query, language: UiLanguage) -> String {
    let kept = |name| query.get(name).unwrap_or_default().to_owned();
    let parameters = [
        ("amount", kept("amount")),
        ("from", kept("from").to_uppercase()),
        ("to", kept("to").to_uppercase()),
        ("on", kept("on")),
        ("source", kept("source")),
        ("as_known_at", query.known_at_typed().to_owned()),
        ("lang", lang(language)),
    ];
    target("/convert", &parameters.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// The language as a parameter: empty in English.
pub(super) fn lang(language: UiLanguage) -> String {
    if language == UiLanguage::English { String::new() } else { language.tag().to_owned() }
}

fn usual(answer: &Conversion) -> Vec<SameAmounts> {
    let backwards = answer.rate.inverse();
    USUAL
        .into_iter()
        .map(|amount| {
            let exact = courant_rates::Exact::whole(amount);
            SameAmounts {
                amount: Decimal::new(amount.into(), 0),
                forth: (&exact * &answer.rate).round(places(answer.to)),
                back: backwards.as_ref().map(|rate| (&exact * rate).round(places(answer.from))),
            }
        })
        .collect()
}

fn places(code: CurrencyCode) -> u32 {
    courant_rates::Currency::find(code).map_or(2, courant_rates::Currency::places)
}

/// The rates of the days before, for the small chart.
fn spark(state: &SiteState, question: &Question, observed: Date) -> Result<Vec<f64>, Refused> {
    let Asked { from, to, source, known_at, .. } = question.asked;
    if from == to {
        return Ok(Vec::new());
    }
    let asked =
        SeriesAsked { from, to, first: observed.saturating_sub(SPARK_DAYS.days()), last: observed, fill: Fill::None, source, known_at };
    let rows = rate_or_why(with_ledger(state, |ledger| series(ledger, &asked, moment(state))))?.unwrap_or_default();
    Ok(rows.iter().map(|row| row.rate.to_f64()).collect())
}

fn problem_status(problem: &ConvertProblem) -> StatusCode {
    match problem {
        ConvertProblem::NoRate(no_rate) => status(no_rate),
        ConvertProblem::Amount(_) | ConvertProblem::Parameter { .. } => StatusCode::BAD_REQUEST,
    }
}

fn other_form(state: &SiteState, form: RateForm, outcome: Result<(Question, Conversion), ConvertProblem>) -> Answer {
    let (question, answer) = match outcome {
        Ok(answered) => answered,
        Err(problem) => return problem_json(problem_status(&problem), problem_word(&problem), &problem_text(&problem)),
    };
    let body = match form {
        RateForm::Json => answer::form("application/json; charset=utf-8", format!("{:#}\n", answers::json(&answer))),
        RateForm::Csv => answer::form("text/csv; charset=utf-8", format!("{}{}", answers::CSV_HEAD, answers::csv(&answer))),
        RateForm::Html | RateForm::Text => answer::form("text/plain; charset=utf-8", answers::text(&answer)),
    };
    cached(state, body, question.asked.on, &answer)
}

/// The past may be kept for ever; the latest until the next rates are expected, or the day ends.
fn cached(state: &SiteState, answer: Answer, on: Option<Date>, found: &Conversion) -> Answer {
    use courant_rates::convert::Reason::{CarriedBack, LatestKnown, NotYetPublished};
    let moment = moment(state);
    let is_past = on.is_some_and(|on| on < moment.today) && !matches!(found.reason, NotYetPublished | CarriedBack | LatestKnown);
    if is_past {
        return answer.cache_control(IMMUTABLE).until_or_for(tags(), AGE_MAX);
    }
    latest(state, answer, found.source)
}

/// Until the source publishes next, or midnight in the zone of the site.
pub(super) fn latest(state: &SiteState, answer: Answer, source: Source) -> Answer {
    let moment = moment(state);
    let midnight = moment.today.saturating_add(1.day()).at(0, 0, 0, 0);
    let midnight = state.agency.zone.to_timestamp(midnight).ok();
    let expires = source.next_expected(moment.now).into_iter().chain(midnight).min();
    let answer = answer.cache_control(LATEST).until_or_for(tags(), AGE_MAX);
    match expires.and_then(|at| HeaderValue::from_str(&http_date(at)).ok()) {
        Some(value) => answer.header(header::EXPIRES, value),
        None => answer,
    }
}

/// For a past whose answer is settled.
pub(super) fn immutable(answer: Answer) -> Answer {
    answer.cache_control(IMMUTABLE).until_or_for(tags(), AGE_MAX)
}

/// RFC 9110, 5.6.7.
fn http_date(at: jiff::Timestamp) -> String {
    at.to_zoned_datetime(jiff::tz::TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// RFC 9457. `message` says the same to clients that know it under that name.
pub(super) fn problem_json(status: StatusCode, word: &str, detail: &str) -> Answer {
    let title = status.canonical_reason().unwrap_or("Error");
    let body = json!({
        "type": format!("urn:courant:problem:{word}"), "title": title, "status": status.as_u16(), "detail": detail, "message": detail,
    });
    answer::form("application/problem+json; charset=utf-8", format!("{body:#}\n")).status(status)
}

fn problem_word(problem: &ConvertProblem) -> &'static str {
    match problem {
        ConvertProblem::NoRate(no_rate) => no_rate.as_str(),
        ConvertProblem::Amount(BadAmount::Empty | BadAmount::Unreadable { .. }) => "bad-amount",
        ConvertProblem::Amount(BadAmount::Negative { .. }) => "negative-amount",
        ConvertProblem::Amount(BadAmount::TooLong { .. }) => "amount-too-long",
        ConvertProblem::Parameter { .. } => "bad-parameter",
    }
}

fn problem_text(problem: &ConvertProblem) -> String {
    match problem {
        ConvertProblem::NoRate(no_rate) => no_rate.to_string(),
        ConvertProblem::Amount(bad) => bad.to_string(),
        ConvertProblem::Parameter { name, value, problem } => format!("{name} “{value}” {problem}"),
    }
}

/// For handlers beside this one.
pub(super) fn no_rate_json(no_rate: &NoRate) -> Answer {
    problem_json(status(no_rate), no_rate.as_str(), &no_rate.to_string())
}

pub(super) fn bad_parameter_json(bad: &BadParameter) -> Answer {
    problem_json(StatusCode::BAD_REQUEST, "bad-parameter", &bad.to_string())
}
