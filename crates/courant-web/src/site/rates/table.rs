//! `/rates`, and the strip of rates on the front page.

use axum::response::{IntoResponse, Response};
use courant_news::{CurrencyCode, RateQuote};
use courant_rates::ledger::Day;
use courant_rates::{Currency, Exact, Source};
use serde_json::{Value, json};

use super::converter::{bad_parameter_json, immutable, lang, latest, problem_json};
use super::query::{BadParameter, Query, target};
use super::{AGE_MAX, RateForm, SiteState, last_days, moment, tags, with_ledger};
use crate::pages::{Fault, RateRow, RatesPage, StripRate};
use crate::site::answer::{self, Refused};
use crate::site::common;
use crate::words::UiLanguage;

/// The pairs of the strip, as the ECB quotes them.
const STRIP: [CurrencyCode; 6] = [
    CurrencyCode::literal(b"USD"),
    CurrencyCode::literal(b"GBP"),
    CurrencyCode::literal(b"JPY"),
    CurrencyCode::literal(b"CHF"),
    CurrencyCode::literal(b"CNY"),
    CurrencyCode::literal(b"TRY"),
];

pub(in crate::site) fn page(state: &SiteState, form: RateForm, query: &str) -> Result<Response, Refused> {
    let query = Query::read(query);
    let language = query.language();
    let asked = query.source().and_then(|source| Ok((source, query.date("on")?, query.known_at()?)));
    let (source, on, known_at) = match (asked, form) {
        (Ok(asked), _) => asked,
        (Err(bad), RateForm::Html) => return Err(fault(bad)),
        (Err(bad), _) => return Ok(bad_parameter_json(&bad).into_response()),
    };
    let today = moment(state).today;
    let (day, before) = with_ledger(state, |ledger| last_days(ledger, source, on.unwrap_or(today).min(today), known_at))?;
    let Some(day) = day else {
        return match form {
            RateForm::Html => Err(fault(super::query::bad("source", source.facts().slug, "has no rates here yet".to_owned()))),
            _ => Ok(problem_json(
                http::StatusCode::NOT_FOUND,
                "no-rates",
                &format!("{} has no rates here on or before that day; choose another source or day", source.facts().bank),
            )
            .into_response()),
        };
    };
    let rows: Vec<RateRow> = day.quotes.iter().map(|quote| row(quote, &day, before.as_ref())).collect();
    let settled = on.is_some_and(|on| on < today && on == day.dated);
    let with_caching = |body| if settled { immutable(body) } else { latest(state, body, source) };
    Ok(match form {
        RateForm::Html => {
            let on_text = on.map(|on| on.to_string()).unwrap_or_default();
            let slug = if source == Source::Ecb { "" } else { source.facts().slug };
            let here =
                target("/rates", &[("source", slug), ("on", &on_text), ("as_known_at", query.known_at_typed()), ("lang", &lang(language))]);
            let sources = sources(state)?;
            let page = RatesPage {
                chrome: common::chrome(state, language, here.clone()),
                source,
                sources,
                dated: day.dated,
                date_kind: day.date_kind,
                base: day.base,
                quotation: day.quotation,
                before: before.map(|day| day.dated),
                rows,
                today,
                latest: on.is_none(),
            };
            answer::html(page.render()).until_or_for(tags(), AGE_MAX).canonical(here)
        }
        RateForm::Json => with_caching(answer::form("application/json; charset=utf-8", format!("{:#}\n", as_json(source, &day, &rows)))),
        RateForm::Csv => with_caching(answer::form("text/csv; charset=utf-8", as_csv(&day, &rows))),
        RateForm::Text => with_caching(answer::form("text/plain; charset=utf-8", as_text(source, &day, &rows))),
    }
    .into_response())
}

fn fault(bad: BadParameter) -> Refused {
    Refused::Fault(Fault::BadParameter { parameter: bad.name.to_owned(), value: bad.value })
}

/// The sources that have something to show: those on the wire, and the one that is built in.
fn sources(state: &SiteState) -> Result<Vec<Source>, Refused> {
    let mut sources: Vec<Source> = state.site.rate_sources()?.iter().filter_map(|line| Source::parse(line.source.as_str())).collect();
    sources.push(Source::Ecb);
    sources.sort_unstable();
    sources.dedup();
    Ok(sources)
}

fn row(quote: &RateQuote, day: &Day, before: Option<&Day>) -> RateRow {
    let now = day.worth(quote.currency);
    let then = before.and_then(|before| before.worth(quote.currency));
    // How much more of the base one unit is worth than before, in hundredths of a per cent.
    let change = now.zip(then).map(|(now, then)| &(&(&now / &then) - &Exact::one()) * &Exact::whole(100));
    let previous = before.and_then(|before| before.quote(quote.currency)).filter(|old| old.nominal == quote.nominal);
    RateRow {
        code: quote.currency,
        name: Currency::find(quote.currency).map_or("", |currency| currency.name),
        nominal: quote.nominal,
        unit: quote.unit,
        printed: quote.rate.with_point(),
        previous: previous.map(|old| old.rate.with_point()),
        change: change.map(|change| change.round(2)),
    }
}

fn as_json(source: Source, day: &Day, rows: &[RateRow]) -> Value {
    let facts = source.facts();
    let rates: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "currency": row.code.as_str(), "name": row.name, "nominal": row.nominal, "unit": row.unit.as_str(), "rate": row.printed,
                "previous": row.previous, "change_percent": row.change.as_ref().map(ToString::to_string),
            })
        })
        .collect();
    json!({
        "source": facts.slug, "source_name": facts.bank, "home": facts.home, "base": day.base.as_str(), "quotation": day.quotation.as_str(),
        "observed": day.dated.to_string(), "date_kind": day.date_kind.as_str(), "rates": rates,
    })
}

fn as_csv(day: &Day, rows: &[RateRow]) -> String {
    let mut text = String::from("currency,nominal,unit,rate,base,quotation,observed,change_percent\r\n");
    for row in rows {
        let change = row.change.as_ref().map(ToString::to_string).unwrap_or_default();
        text.push_str(&format!(
            "{},{},{},{},{},{},{},{change}\r\n",
            row.code,
            row.nominal,
            row.unit.as_str(),
            row.printed,
            day.base,
            day.quotation.as_str(),
            day.dated
        ));
    }
    text
}

fn as_text(source: Source, day: &Day, rows: &[RateRow]) -> String {
    let facts = source.facts();
    let mut text = format!("{}, {} {}, {}\n", facts.bank, day.date_kind.as_str(), day.dated, facts.home);
    for row in rows {
        let change = row.change.as_ref().map(|change| format!("{change:>8} %")).unwrap_or_default();
        text.push_str(&format!("{} {:>6} {:>16} {change}\n", row.code, row.nominal, row.printed));
    }
    text
}

/// The strip of the front page; nothing where nothing is known.
pub(in crate::site) fn strip(state: &SiteState, language: UiLanguage) -> Result<Vec<StripRate>, Refused> {
    let today = moment(state).today;
    let (day, before) = with_ledger(state, |ledger| last_days(ledger, Source::Ecb, today, None))?;
    let Some(day) = day else {
        return Ok(Vec::new());
    };
    let edition = lang(language);
    Ok(STRIP
        .into_iter()
        .filter_map(|code| day.quote(code))
        .map(|quote| {
            let row = row(quote, &day, before.as_ref());
            StripRate { href: target(&format!("/rates/{}", row.code), &[("lang", &edition)]), base: day.base, row, dated: day.dated }
        })
        .collect())
}
