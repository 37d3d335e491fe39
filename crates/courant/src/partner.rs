//! `courant partner`: agreements with partners, from a shell.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use courant_formats::press::agreement as agreement_json;
use courant_news::press::{Agreement, AgreementState, Outlet, PartnerId, ReportNotice, TeaserUse, TrustRelation, WebAddress};
use courant_news::{Lang, Reason, WireEvent};
use courant_projections::site::{PartnerLine, PressStore};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::json;

use crate::cli::{DataOptions, PartnerCommand, PartnerOptions};
use crate::clock;
use crate::data_dir::DataDir;
use crate::press::{self, InTurn, Partners};
use crate::wire::{append, append_event, say_all};

/// How many headlines of a partner that were shown are looked through.
const TAKEN_MAX: usize = 2_000;

pub(crate) fn run(command: &PartnerCommand) -> anyhow::Result<ExitCode> {
    match command {
        PartnerCommand::Add(options) => add(options),
        PartnerCommand::List { json, agency } => list(*json, agency),
        PartnerCommand::Fetch { partners, config, agency } => fetch(partners, config.as_deref(), agency),
        PartnerCommand::Check { partners, config, agency } => check(partners, config.as_deref(), agency),
        PartnerCommand::Withdraw { partner, link, reason, agency } => withdraw(partner, link, reason, agency),
        PartnerCommand::Pause { partner, agency } => set(partner, AgreementState::Paused, agency),
        PartnerCommand::Resume { partner, agency } => set(partner, AgreementState::Active, agency),
        PartnerCommand::End { partner, agency } => set(partner, AgreementState::Ended, agency),
    }
}

fn add(options: &PartnerOptions) -> anyhow::Result<ExitCode> {
    let data = DataDir::open_or_create(&options.agency.data)?;
    let agreed = agreement(options, &data.zone()?, clock::now())?;
    append(&data, WireEvent::DescribePartner(Arc::new(agreed)))
}

/// What was typed, as an agreement. Days are of the agency's zone; the last one is part of it.
fn agreement(options: &PartnerOptions, zone: &TimeZone, now: Timestamp) -> anyhow::Result<Agreement> {
    let begins = |day: Date| -> anyhow::Result<Timestamp> { Ok(day.to_zoned_datetime(zone.clone())?.timestamp()) };
    let since = options.since.map_or(Ok(now), begins)?;
    let until = options.until.map(|day| begins(day.checked_add(1.day())?)).transpose()?;
    let languages = options.languages.iter().map(|lang| Lang::parse(lang)).collect::<Result<_, _>>()?;
    let agreed = Agreement::new(PartnerId::parse(&options.partner)?, &options.name, WebAddress::parse(&options.home)?, since)?;
    let agreed = agreed.covering(&options.topics, languages)?.labelled(options.label.as_deref())?;
    let mut agreed = agreed.within(options.per_day, options.embargo_minutes, until)?;
    agreed.feed = options.feed.as_deref().map(WebAddress::parse).transpose()?;
    agreed.uses = named("--use", &options.uses, TeaserUse::from_word, "teaser or full")?;
    let trust = options.trust.as_deref();
    agreed.trust = trust.map(|word| named("--trust", word, TrustRelation::from_word, "member or belongto")).transpose()?;
    Ok(agreed)
}

fn named<T>(option: &str, word: &str, read: impl Fn(&str) -> Option<T>, known: &str) -> anyhow::Result<T> {
    read(word).with_context(|| format!("{option} “{word}” is not known; use {known}"))
}

fn set(partner: &str, state: AgreementState, agency: &DataOptions) -> anyhow::Result<ExitCode> {
    let data = DataDir::open(&agency.data)?;
    let line = find(&data, partner)?;
    anyhow::ensure!(
        line.agreed.state != AgreementState::Ended,
        "the agreement with {} has ended; make a new one with `courant partner add`",
        line.agreed.partner
    );
    let mut agreed = line.agreed;
    agreed.state = state;
    append(&data, WireEvent::DescribePartner(Arc::new(agreed)))
}

/// The partners of these names; without a name, those whose agreements are in force.
fn named_or_all(data: &DataDir, named: &[String]) -> anyhow::Result<Vec<Agreement>> {
    if !named.is_empty() {
        return named.iter().map(|name| Ok(find(data, name)?.agreed)).collect();
    }
    let now = clock::now();
    let all: Vec<Agreement> =
        data.site()?.partners()?.into_iter().map(|line| line.agreed).filter(|agreed| agreed.is_in_force(now)).collect();
    anyhow::ensure!(!all.is_empty(), "no agreement is in force; make one with `courant partner add`");
    Ok(all)
}

fn fetch(named: &[String], config: Option<&Path>, agency: &DataOptions) -> anyhow::Result<ExitCode> {
    let data = DataDir::open(&agency.data)?;
    let (partners, mut is_well, mut appended) = (Partners::new(config)?, true, Vec::new());
    for agreed in named_or_all(&data, named)?.iter().filter(|agreed| agreed.feed.is_some() || !named.is_empty()) {
        let offers = match partners.offers(agreed) {
            Ok(offers) => offers,
            Err(error) => {
                is_well = false;
                eprintln!("courant: {}: {error:#}", agreed.partner);
                continue;
            }
        };
        let taken = data.site()?.taken(&agreed.partner, TAKEN_MAX)?;
        let sorted = press::sorted(agreed, offers, &taken, clock::now());
        let later =
            sorted.first_later.map(|at| format!(", {} may be shown later, the first from {at}", sorted.n_later)).unwrap_or_default();
        eprintln!("courant: {}: {} shown{later}", agreed.partner, sorted.now.len());
        for (why, n) in &sorted.refused {
            eprintln!("courant: {}: {n} left out: {why}", agreed.partner);
        }
        for teaser in sorted.now {
            appended.push(append_event(&data, WireEvent::Tease(Arc::new(teaser)))?);
        }
    }
    say_all(&appended, &data)?;
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn check(named: &[String], config: Option<&Path>, agency: &DataOptions) -> anyhow::Result<ExitCode> {
    let data = DataDir::open(&agency.data)?;
    let (partners, mut is_well) = (Partners::new(config)?, true);
    for agreed in named_or_all(&data, named)? {
        let name = &agreed.partner;
        match partners.in_turn(&agreed) {
            Ok(InTurn::Named { at, line }) => println!("{name}: names us as agreed: {at} has {line}"),
            Ok(InTurn::Linked { at }) if agreed.trust.is_none() => println!("{name}: its page leads to us: {at}"),
            Ok(InTurn::Linked { at }) => {
                is_well = false;
                println!("{name}: its page {at} leads to us, but its trust.txt does not name us; ask for the line that answers ours");
            }
            Ok(InTurn::Otherwise { at, line }) => {
                is_well = false;
                println!("{name}: {at} has {line}, which is not what the agreement says; ask for the line that answers ours");
            }
            Ok(InTurn::Silent { at }) => {
                is_well = false;
                println!("{name}: neither its trust.txt nor {at} names us");
            }
            Err(error) => {
                is_well = false;
                println!("{name}: nobody knows: {error:#}");
            }
        }
    }
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn withdraw(partner: &str, link: &str, reason: &str, agency: &DataOptions) -> anyhow::Result<ExitCode> {
    let data = DataDir::open(&agency.data)?;
    let agreed = find(&data, partner)?.agreed;
    let taken = data.site()?.taken(&agreed.partner, TAKEN_MAX)?;
    let shown = taken.into_iter().find(|line| line.teaser.as_ref().is_some_and(|teaser| teaser.link.as_str() == link));
    let report = shown.with_context(|| format!("no headline of {partner} leads to {link}; copy the address from the page"))?.report;
    let reason = Reason::parse(reason)?;
    append(
        &data,
        WireEvent::WithdrawReport(Arc::new(ReportNotice { outlet: Outlet::Partner(agreed.partner), report, about: None, reason })),
    )
}

/// The partner of that name.
fn find(data: &DataDir, typed: &str) -> anyhow::Result<PartnerLine> {
    let partner = PartnerId::parse(typed)?;
    let mut lines = data.site()?.partners()?;
    let known: Vec<String> = lines.iter().map(|line| line.agreed.partner.to_string()).collect();
    let place = lines.iter().position(|line| line.agreed.partner == partner);
    let place = place.with_context(|| match known.as_slice() {
        [] => format!("there is no partner {partner}, nor any other; add one with `courant partner add`"),
        _ => format!("there is no partner {partner}; the partners are {}", known.join(", ")),
    })?;
    Ok(lines.swap_remove(place))
}

fn list(as_json: bool, agency: &DataOptions) -> anyhow::Result<ExitCode> {
    let data = DataDir::open(&agency.data)?;
    let now = clock::now();
    for line in data.site()?.partners()? {
        let agreed = &line.agreed;
        if as_json {
            let mut object = agreement_json(agreed);
            object["in_force"] = json!(agreed.is_in_force(now));
            object["given"] = json!(line.balance.n_given);
            object["taken"] = json!(line.balance.n_taken);
            println!("{object}");
            continue;
        }
        let state = match (agreed.state, agreed.is_in_force(now)) {
            (AgreementState::Active, false) if agreed.since <= now => "over",
            (AgreementState::Active, false) => "to come",
            (state, _) => state.as_str(),
        };
        let until = agreed.until.map(|until| format!(" until {until}")).unwrap_or_default();
        println!(
            "{:<20} {state:<8} given {:>6}  taken {:>6}  {}{until}",
            agreed.partner, line.balance.n_given, line.balance.n_taken, agreed.name
        );
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::cli::{Cli, Command};

    fn typed(more: &[&str]) -> anyhow::Result<Agreement> {
        let words = ["courant", "partner", "add", "harbour", "--name", "Harbour Wire", "--home", "https://harbour.example/"];
        let cli = Cli::try_parse_from(words.iter().chain(more))?;
        let Command::Partner(PartnerCommand::Add(options)) = cli.command else {
            anyhow::bail!("another command");
        };
        agreement(&options, &TimeZone::get("Asia/Tokyo")?, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn days_are_of_the_agencys_zone_and_the_last_is_part_of_it() {
        let agreed = typed(&["--since", "2026-01-01", "--until", "2026-12-31", "--topic", "World News", "--lang", "en"]).unwrap();
        assert_eq!(agreed.since.to_string(), "2025-12-31T15:00:00Z");
        assert_eq!(agreed.until.unwrap().to_string(), "2026-12-31T15:00:00Z");
        assert_eq!((&*agreed.topics()[0], agreed.per_day, agreed.uses), ("world-news", 5, TeaserUse::Teaser));
    }

    #[test]
    fn what_is_wrong_is_named_with_the_remedy() {
        for (more, named) in [
            (["--use", "all"], "teaser or full"),
            (["--trust", "friend"], "member or belongto"),
            (["--per-day", "101"], "agree on fewer"),
            (["--until", "1969-01-01"], "later day"),
            (["--feed", "harbour.example"], "begin with https"),
        ] {
            let refused = format!("{:#}", typed(&more).unwrap_err());
            assert!(refused.contains(named), "{refused}");
        }
    }
}
