//! `courant partner`: agreements with partners, from a shell.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use courant_formats::press;
use courant_news::press::{Agreement, AgreementState, PartnerId, TeaserUse, TrustRelation, WebAddress};
use courant_news::{Lang, WireEvent};
use courant_projections::site::{PartnerLine, PressStore};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::json;

use crate::cli::{DataOptions, PartnerCommand, PartnerOptions};
use crate::clock;
use crate::data_dir::DataDir;
use crate::wire::append;

pub(crate) fn run(command: &PartnerCommand) -> anyhow::Result<ExitCode> {
    match command {
        PartnerCommand::Add(options) => add(options),
        PartnerCommand::List { json, agency } => list(*json, agency),
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
            let mut object = press::agreement(agreed);
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
