//! `courant rates fetch`, and `courant rates show --health`.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use courant_rates::Source;
use courant_rates::fetching::{Health, Outcome, is_late};
use serde_json::{Value, json};

use super::ask::Asker;
use super::once::{Fetched, fetch};
use super::{book, health_of};
use crate::cli::{RatesFetchOptions, RatesShowOptions};
use crate::clock;
use crate::config::{self, source_named};
use crate::data_dir::DataDir;

/// Asks the sources named, or those of the configuration, once and now.
pub(crate) fn run(options: &RatesFetchOptions) -> anyhow::Result<ExitCode> {
    let fetching = config::fetching(options.config.as_deref())?;
    let sources = match options.sources.as_slice() {
        [] => fetching.sources.clone(),
        named => named.iter().map(|name| source_named(name)).collect::<anyhow::Result<_>>()?,
    };
    ensure!(
        !sources.is_empty(),
        "no source is named; name one, such as ecb, or list sources as fetch = [\"ecb\"] under [rates] of the configuration"
    );
    for source in &sources {
        fetching.address(*source)?;
    }
    let data = DataDir::open_or_create(&options.agency.data)?;
    let asker = Asker::new(&fetching)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot wait for the network")?;
    let mut is_well = true;
    for source in sources {
        let fetched = runtime.block_on(fetch(source, &data, &fetching, &asker))?;
        is_well &= matches!(&fetched.outcome, Outcome::NotModified | Outcome::Read { .. }) && fetched.health.held.is_empty();
        report(source, &fetched, options.json)?;
    }
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn report(source: Source, fetched: &Fetched, as_json: bool) -> anyhow::Result<()> {
    let slug = source.facts().slug;
    let Fetched { outcome, health, n_moved, n_known } = fetched;
    let mut out = std::io::stdout().lock();
    if as_json {
        let mut object = health_as_json(source, health);
        object["moved"] = (*n_moved).into();
        object["known"] = (*n_known).into();
        object["outcome"] = word(outcome).into();
        writeln!(out, "{object}")?;
        return Ok(());
    }
    let latest = health.latest.map_or_else(|| "nothing yet".to_owned(), |day| day.to_string());
    match outcome {
        Outcome::NotModified => writeln!(out, "{slug}: has not changed; the latest is {latest}")?,
        Outcome::Read { held, .. } => {
            writeln!(out, "{slug}: {n_moved} fixings moved, {n_known} were on the wire already; the latest is {latest}")?;
            for sentence in held {
                eprintln!("courant: held back: {sentence}");
            }
        }
        Outcome::Failed { problem, .. } => eprintln!("courant: {slug}: {problem}"),
    }
    Ok(())
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Read { is_news: true, .. } => "news",
        Outcome::Read { is_news: false, .. } => "known",
        Outcome::NotModified => "not-modified",
        Outcome::Failed { .. } => "failed",
    }
}

/// Prints how every source is that was ever asked.
pub(crate) fn show_health(options: &RatesShowOptions) -> anyhow::Result<ExitCode> {
    let data = DataDir::open(&options.agency.data)?;
    let all = book::read(&data.rates())?;
    let mut out = std::io::stdout().lock();
    if all.is_empty() && !options.json {
        writeln!(out, "no source has been asked yet; `courant rates fetch ecb` asks one")?;
    }
    for (source, health) in &all {
        if options.json {
            writeln!(out, "{}", health_as_json(*source, health))?;
        } else {
            writeln!(out, "{}", health_of(*source, health, clock::now()))?;
            for sentence in &health.held {
                writeln!(out, "           held back: {sentence}")?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn health_as_json(source: Source, health: &Health) -> Value {
    let instant = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
    json!({
        "source": source.facts().slug,
        "asked_at": instant(health.asked_at),
        "answered_at": instant(health.answered_at),
        "news_at": instant(health.news_at),
        "latest": health.latest.map(|day| day.to_string()),
        "late_since": instant(is_late(source, health.latest, clock::now())),
        "failures": health.n_failures,
        "problem": health.problem,
        "held": health.held,
        "next_at": instant(health.next_at),
    })
}
