//! What is shown to editors and operators: how sources are, what matches a story, what is missing.

use std::io::Write;
use std::process::ExitCode;

use courant_formats::ninjs::Audience;
use courant_formats::press;
use courant_news::Guid;
use courant_news::press::{PressMatch, PressSource, SourceState};
use courant_press::fetching::{Health, is_late};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::acts::Desk;
use super::ledger::Pair;
use crate::cli::{MatchOptions, MissingOptions, PressListOptions};
use crate::clock;
use crate::config;

/// Shared things that are named in a line.
const SHARED_SHOWN: usize = 12;

/// `courant press list`.
pub(super) fn list(options: &PressListOptions) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.agency)?;
    let ledger = desk.ledger()?;
    let now = clock::now();
    let mut out = std::io::stdout().lock();
    if ledger.sources.is_empty() && !options.json {
        writeln!(out, "no source is followed; `courant press add URL --name NAME` follows one")?;
    }
    for (id, source) in &ledger.sources {
        let health = desk.book.health(id).of(source.feed.as_str());
        if options.json {
            writeln!(out, "{}", health_as_json(source, &health))?;
            continue;
        }
        writeln!(out, "{}", line_of(source, &health, now))?;
        for fault in &health.faults {
            writeln!(out, "    {fault}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// How a source is, as one line.
pub(super) fn line_of(source: &PressSource, health: &Health, now: Timestamp) -> String {
    let id = &source.id;
    if source.state != SourceState::Active {
        let reason = source.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        return format!("{id}: {}{reason}", source.state.as_str());
    }
    let state = match (&health.problem, health.asked_at) {
        (Some(problem), _) if health.is_gone => problem.clone(),
        (Some(problem), _) => format!("failed {} times: {problem}", health.n_failures),
        (None, None) => "not asked yet".to_owned(),
        (None, Some(_)) => match is_late(health, now) {
            Some(since) => format!("late: no answer since {since}"),
            None => format!("well, {} items, {} taken in all", health.n_items, health.n_taken),
        },
    };
    let moved = if health.moved_to.is_empty() { String::new() } else { format!("; moved to {}", health.moved_to) };
    let every = health.interval.map(|interval| format!("; every {} s", interval.as_secs())).unwrap_or_default();
    let next = health.next_at.map(|at| format!("; asked next at {at}")).unwrap_or_default();
    let hub = health.subscription.as_ref().map(|subscription| match (subscription.is_live(now), &subscription.problem) {
        (true, _) => "; its hub tells us".to_owned(),
        (false, Some(problem)) => format!("; its hub does not tell us: {problem}"),
        (false, None) => "; its hub was asked to tell us".to_owned(),
    });
    format!("{id}: {state}{moved}{every}{next}{}", hub.unwrap_or_default())
}

pub(super) fn health_as_json(source: &PressSource, health: &Health) -> Value {
    let now = clock::now();
    let instant = |at: Option<Timestamp>| at.map(|at| at.to_string());
    let mut object = press::source(source, Audience::Client);
    object["asked_where"] = json!(health.address());
    object["asked_at"] = json!(instant(health.asked_at));
    object["answered_at"] = json!(instant(health.answered_at));
    object["news_at"] = json!(instant(health.news_at));
    object["late_since"] = json!(instant(is_late(health, now)));
    object["status"] = json!(health.status);
    object["items"] = json!(health.n_items);
    object["taken"] = json!(health.n_taken);
    object["interval_secs"] = json!(health.interval.map(|interval| interval.as_secs()));
    object["failures"] = json!(health.n_failures);
    object["problem"] = json!(health.problem);
    object["faults"] = json!(health.faults);
    object["gone"] = json!(health.is_gone);
    object["hub"] = json!(
        health.subscription.as_ref().map(|known| json!({ "hub": known.hub, "until": instant(known.until), "problem": known.problem }))
    );
    object["next_at"] = json!(instant(health.next_at));
    object
}

/// `courant press match`.
pub(super) fn matches(options: &MatchOptions) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.agency)?;
    let press = config::press(options.config.as_deref())?;
    let matched = desk.matching(&press.agency)?;
    let mut out = std::io::stdout().lock();
    let Some(guid) = &options.guid else {
        match &matched {
            Some(matching) => {
                writeln!(out, "{} reports matched; {} stories and reports in the window", matching.n_matched, matching.matcher.len())?;
            }
            None => writeln!(out, "a server matches for this data directory; name a story to see what was found")?,
        }
        return Ok(ExitCode::SUCCESS);
    };
    let guid = Guid::parse(guid)?;
    anyhow::ensure!(desk.data.wire.story(&guid)?.is_some(), "there is no story {guid} on the wire");
    let ledger = match matched {
        Some(matching) => matching.ledger,
        None => desk.ledger()?,
    };
    let mut found: Vec<_> = ledger.matches.iter().filter(|(pair, _)| pair.story == guid.as_str()).collect();
    found.sort_by_key(|(_, found)| std::cmp::Reverse((found.evidence.score(), found.reported_at())));
    if found.is_empty() && !options.json {
        writeln!(out, "no report of the last days tells this story")?;
    }
    for (pair, found) in found {
        if options.json {
            writeln!(out, "{}", match_as_json(pair, found))?;
        } else {
            show_match(&mut out, pair, found, options.explain)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn show_match(out: &mut impl Write, pair: &Pair, found: &PressMatch, explain: bool) -> std::io::Result<()> {
    let decided = found.decided_by.as_str();
    let (score, kind) = (f32::from(found.evidence.score()) / 1_000.0, found.kind.as_str());
    writeln!(out, "{}  {score:.3} {kind} ({decided})  {} {}: {}", pair.name(), found.reported_at(), pair.source, found.headline)?;
    if !explain {
        return Ok(());
    }
    writeln!(out, "    {}", found.link)?;
    for shared in found.evidence.shared().iter().take(SHARED_SHOWN) {
        let spelt = if shared.ours == shared.theirs { shared.ours.to_string() } else { format!("{} = {}", shared.ours, shared.theirs) };
        writeln!(out, "    shared {}: {spelt}", shared.kind.as_str())?;
    }
    for difference in &found.differs {
        let (kind, state) = (difference.kind.as_str(), difference.state.as_str());
        writeln!(out, "    differs in {kind} ({state}): ours “{}”, theirs “{}”", difference.ours, difference.theirs)?;
    }
    Ok(())
}

/// What clients are told of it, and the name by which editors judge it.
fn match_as_json(pair: &Pair, found: &PressMatch) -> Value {
    let mut object = press::matched(found, Audience::Client);
    object["match"] = json!(pair.name());
    object
}

/// `courant press missing`.
pub(super) fn missing(options: &MissingOptions) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.agency)?;
    let press = config::press(options.config.as_deref())?;
    let mut matching = match desk.matching(&press.agency)? {
        Some(matching) => matching,
        // Beside a server: what it knew when it last kept its window, and what came since, without putting anything on the wire.
        None => super::matching::Matching::beside(&desk.data.wire, desk.book.clone(), &press.agency)?,
    };
    let mut out = std::io::stdout().lock();
    let missing = matching.missing();
    if missing.is_empty() && !options.json {
        writeln!(out, "nothing that three sources report is missing")?;
    }
    for (everyone, reports) in missing.iter().take(options.limit.into()) {
        if options.json {
            let reports: Vec<Value> = reports
                .iter()
                .map(|report| {
                    let published = Timestamp::from_second(report.published_for_secs).map(|at| at.to_string()).unwrap_or_default();
                    json!({ "source": report.source, "headline": report.headline, "link": report.link, "published_at": published })
                })
                .collect();
            writeln!(out, "{}", json!({ "sources": everyone.n_sources, "last_at": everyone.last_at.to_string(), "reports": reports }))?;
            continue;
        }
        writeln!(out, "{} sources, last at {}", everyone.n_sources, everyone.last_at)?;
        for report in reports {
            writeln!(out, "    {}: {}", report.source, report.headline)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
