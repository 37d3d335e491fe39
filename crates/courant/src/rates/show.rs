//! `courant rates show`: the converter of the site in a shell.

use std::io::Write;
use std::process::ExitCode;

use courant_news::CurrencyCode;
use courant_rates::convert::{Asked, Conversion, Moment, convert};
use courant_rates::history::Shipped;
use courant_rates::ledger::InMemory;
use courant_rates::typed::{self, Habit};
use courant_rates::{Layered, Source};
use courant_web::SiteLedger;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::cli::RatesShowOptions;
use crate::clock;
use crate::data_dir::DataDir;

pub(super) fn run(options: &RatesShowOptions) -> anyhow::Result<ExitCode> {
    let asked = Asked {
        amount: typed::read(&options.amount, Habit::Point)?.amount,
        from: CurrencyCode::parse(&options.from)?,
        to: CurrencyCode::parse(&options.to)?,
        on: options.on.as_deref().map(date).transpose()?,
        source: source(&options.source)?,
        known_at: options.known_at.as_deref().map(instant).transpose()?,
    };
    let answer = answer(options, &asked)?;
    let mut out = std::io::stdout().lock();
    if options.json {
        writeln!(out, "{}", courant_rates::answer::json(&answer))?;
    } else {
        write!(out, "{}", courant_rates::answer::text(&answer))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// By the agency's own rates over the history that is built in, or by the latter alone where there is no agency.
fn answer(options: &RatesShowOptions, asked: &Asked) -> anyhow::Result<Conversion> {
    let now = clock::now();
    let lower = Shipped::get();
    match DataDir::open(&options.agency.data) {
        Ok(data) => {
            let site = super::import::settled_site(&data)?;
            let today = now.to_zoned_datetime(data.zone()?).date();
            let upper = SiteLedger(site.as_ref());
            Ok(convert(&Layered { upper: &upper, lower }, asked, Moment { now, today })?)
        }
        Err(_) => {
            let today = now.to_zoned_datetime(TimeZone::UTC).date();
            Ok(convert(&Layered { upper: &InMemory::default(), lower }, asked, Moment { now, today })?)
        }
    }
}

fn date(text: &str) -> anyhow::Result<Date> {
    text.parse().map_err(|_| anyhow::anyhow!("date “{text}” is not a day of the calendar; write it like 2017-03-20"))
}

fn instant(text: &str) -> anyhow::Result<Timestamp> {
    text.parse().map_err(|_| anyhow::anyhow!("known-at “{text}” is not an instant; write it like 2026-04-13T15:00:00Z"))
}

fn source(slug: &str) -> anyhow::Result<Source> {
    let known: Vec<&str> = Source::ALL.iter().map(|source| source.facts().slug).collect();
    Source::parse(slug).ok_or_else(|| anyhow::anyhow!("source “{slug}” is not known; use one of {}", known.join(", ")))
}
