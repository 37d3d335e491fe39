//! Exchange rates: the converter, the table, the history of a currency, and the addresses that other clients know.

mod api;
mod code;
mod converter;
mod feed;
mod query;
mod table;

use std::time::Duration;

use courant_news::CurrencyCode;
use courant_rates::convert::{ConvertError, Moment, NoRate};
use courant_rates::history::Shipped;
use courant_rates::ledger::{Breakage, Day, DayQuery, Ledger};
use courant_rates::{Anchor, Currency, Layered, Source};
use http::StatusCode;
use jiff::Timestamp;
use jiff::civil::Date;

use super::SiteState;
use super::answer::Refused;
use crate::SiteLedger;
use crate::serve::Tag;

pub(super) use api::{openapi, page as api_page};
pub(super) use code::page as code_page;
pub(super) use converter::page as converter_page;
pub(super) use feed::page as feed_page;
pub(super) use query::{Query, VALUE_CHARS_MAX};
pub(super) use table::{page as table_page, strip};

/// The tag of every page that shows a rate.
pub(super) const RATES: &str = "rates";
/// How long a page without a date is kept: it ages when the day or the bank's hour passes.
const AGE_MAX: Duration = Duration::from_mins(5);

/// A form of a page of rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RateForm {
    Html,
    Json,
    Csv,
    Text,
}

impl RateForm {
    /// The name and the form of the last segment of an address.
    pub(super) fn of(segment: &str) -> (&str, Self) {
        for (ending, form) in [(".json", Self::Json), (".csv", Self::Csv), (".txt", Self::Text)] {
            if let Some(name) = segment.strip_suffix(ending) {
                return (name, form);
            }
        }
        (segment, Self::Html)
    }
}

impl From<Breakage> for Refused {
    fn from(error: Breakage) -> Self {
        Self::Broken(error)
    }
}

/// Calls `work` with what moved on the wire over what is built in.
pub(super) fn with_ledger<T>(state: &SiteState, work: impl FnOnce(&dyn Ledger) -> T) -> T {
    let upper = SiteLedger(state.site.as_ref());
    work(&Layered { upper: &upper, lower: Shipped::get() })
}

pub(super) fn moment(state: &SiteState) -> Moment {
    let now = (state.now)();
    Moment { now, today: now.to_zoned_datetime(state.agency.zone.clone()).date() }
}

fn tags() -> [Tag; 1] {
    [Tag::of(RATES)]
}

/// The last two days of a source at or before `on`, by what had moved at `known_at`; the later first.
fn last_days(ledger: &dyn Ledger, source: Source, on: Date, known_at: Option<Timestamp>) -> Result<(Option<Day>, Option<Day>), Breakage> {
    let earliest = courant_rates::convert::HISTORY_BEGINS;
    let mut days = ledger.days(&DayQuery { source, currencies: None, on, earliest, known_at }, 2)?;
    let latest = days.pop();
    Ok((latest, days.pop()))
}

/// The currencies a form offers: what the source quotes, its base, and what hangs on them.
fn offered(ledger: &dyn Ledger, source: Source, on: Date) -> Result<Vec<CurrencyCode>, Breakage> {
    let (latest, _) = last_days(ledger, source, on, None)?;
    let mut codes: Vec<CurrencyCode> = latest.iter().flat_map(|day| day.quotes.iter().map(|quote| quote.currency)).collect();
    codes.push(source.facts().base);
    codes.extend(Anchor::pegs().iter().map(|anchor| anchor.code));
    codes.extend(Anchor::legacies().iter().map(|anchor| anchor.code));
    codes.retain(|code| Currency::find(*code).is_some());
    codes.sort_unstable();
    codes.dedup();
    Ok(codes)
}

/// The status of an answer that has no rate.
fn status(no_rate: &NoRate) -> StatusCode {
    match no_rate {
        NoRate::Unknown { .. } | NoRate::Future { .. } | NoRate::Range { .. } => StatusCode::BAD_REQUEST,
        NoRate::NotYetBorn { .. }
        | NoRate::Gone { .. }
        | NoRate::BeforeHistory { .. }
        | NoRate::NotQuoted { .. }
        | NoRate::TooLongAgo { .. } => StatusCode::NOT_FOUND,
    }
}

/// No rate is an answer; a ledger that cannot be read is not.
pub(super) fn rate_or_why<T>(outcome: Result<T, ConvertError>) -> Result<Result<T, NoRate>, Refused> {
    match outcome {
        Ok(answer) => Ok(Ok(answer)),
        Err(ConvertError::NoRate(no_rate)) => Ok(Err(no_rate)),
        Err(ConvertError::Broken(error)) => Err(Refused::Broken(error)),
    }
}
