//! From what a bank sent to the wire: what is known is left out, what cannot be is held back, the rest moves.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use courant_news::{Fixing, Offer, WireEvent};
use courant_projections::site::SiteStore;
use courant_rates::ledger::{Day, DayQuery, Ledger};
use courant_rates::{Apart, Source, apart, hold};
use courant_web::SiteLedger;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::clock;
use crate::data_dir::DataDir;
use crate::{projections, pumps};

/// How many fixings share a transaction.
const BATCH: usize = 512;
/// How long a server is given to bring the site to the head of the wire, so that what is there already is known.
const SITE_WAIT: Duration = Duration::from_secs(30);
/// How far back the fixing before is looked for.
const BEFORE_DAYS: i32 = 14;
/// How old rates may be to be compared with those of other sources.
const COMPARED_DAYS: i32 = 31;

/// Decides about fixings and puts what is news onto the wire.
pub(super) fn take(data: &DataDir, mut fixings: Vec<Fixing>) -> anyhow::Result<Decided> {
    fixings.sort_by_key(|fixing| fixing.dated);
    let site = settled_site(data)?;
    let decided = decide(fixings, site.as_ref(), false)?;
    append(data, &decided.fresh)?;
    // Readers see them at once, whether or not a server runs.
    settled_site(data)?;
    Ok(decided)
}

/// What becomes of the fixings.
pub(super) struct Decided {
    /// Onto the wire, oldest first.
    pub(super) fresh: Vec<Fixing>,
    /// On the wire already.
    pub(super) n_known: usize,
    /// Held back, with the reason.
    pub(super) held: Vec<String>,
    /// The latest day of what was held back.
    pub(super) latest_held: Option<Date>,
}

/// Decides about fixings, oldest first, and writes nothing.
pub(super) fn decide(fixings: Vec<Fixing>, site: &dyn SiteStore, accept_moves: bool) -> anyhow::Result<Decided> {
    let ledger = SiteLedger(site);
    let today = clock::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let mut decided = Decided { fresh: Vec::new(), n_known: 0, held: Vec::new(), latest_held: None };
    // What this import has already decided on counts as known.
    let mut days: BTreeMap<(Source, Date), Day> = BTreeMap::new();
    for fixing in fixings {
        let source = Source::parse(fixing.source.as_str()).context("a reader named a source that is not in the table")?;
        let known = known_day(&ledger, &days, source, fixing.dated)?;
        let Some(fresh) = hold::news(fixing, known.as_ref())? else {
            decided.n_known += 1;
            continue;
        };
        let previous = day_before(&ledger, &days, source, fresh.dated)?;
        let mut holds = hold::holds(&fresh, previous.as_ref(), today);
        holds.retain(|hold| !(accept_moves && matches!(hold, hold::Hold::Moved { .. })));
        let apart = if accept_moves { Vec::new() } else { apart_from_others(&ledger, &fresh, source, today)? };
        if holds.is_empty() && apart.is_empty() {
            let mut day = known.unwrap_or_else(|| Day::from(&fresh));
            day.revise(Day::from(&fresh));
            days.insert((source, fresh.dated), day);
            decided.fresh.push(fresh);
        } else {
            decided.held.extend(holds.iter().map(ToString::to_string).chain(apart.iter().map(ToString::to_string)));
            decided.latest_held = decided.latest_held.max(Some(fresh.dated));
        }
    }
    Ok(decided)
}

/// What other sources say against rates of these days. Of older days nobody asks: they were compared when they were new.
fn apart_from_others(ledger: &dyn Ledger, fixing: &Fixing, source: Source, today: Date) -> anyhow::Result<Vec<Apart>> {
    if fixing.dated < today.saturating_sub(COMPARED_DAYS.days()) {
        return Ok(Vec::new());
    }
    let mut others = Vec::new();
    for other in Source::ALL.into_iter().filter(|other| *other != source) {
        let nearest = latest(ledger, other, fixing.dated.saturating_sub(BEFORE_DAYS.days()), fixing.dated.saturating_add(1.day()))?;
        others.extend(nearest);
    }
    Ok(apart(fixing, &others))
}

fn known_day(ledger: &dyn Ledger, days: &BTreeMap<(Source, Date), Day>, source: Source, dated: Date) -> anyhow::Result<Option<Day>> {
    match days.get(&(source, dated)) {
        Some(day) => Ok(Some(day.clone())),
        None => latest(ledger, source, dated, dated),
    }
}

fn day_before(ledger: &dyn Ledger, days: &BTreeMap<(Source, Date), Day>, source: Source, dated: Date) -> anyhow::Result<Option<Day>> {
    let earliest = dated.saturating_sub(BEFORE_DAYS.days());
    let decided = days.range((source, earliest)..(source, dated)).next_back().map(|(_, day)| day.clone());
    let known = latest(ledger, source, earliest, dated.saturating_sub(1.day()))?;
    Ok(match (decided, known) {
        (Some(decided), Some(known)) if decided.dated < known.dated => Some(known),
        (decided, known) => decided.or(known),
    })
}

fn latest(ledger: &dyn Ledger, source: Source, earliest: Date, on: Date) -> anyhow::Result<Option<Day>> {
    let query = DayQuery { source, currencies: None, on, earliest, known_at: None };
    let days = ledger.days(&query, 1).map_err(|error| anyhow::anyhow!(error))?;
    Ok(days.into_iter().next_back())
}

/// Puts fixings onto the wire.
pub(super) fn append(data: &DataDir, fixings: &[Fixing]) -> anyhow::Result<()> {
    for batch in fixings.chunks(BATCH) {
        let events = batch.iter().map(|fixing| (WireEvent::Fix(Arc::new(fixing.clone())), Offer::Next)).collect();
        for outcome in data.wire.append_all(events, clock::now())? {
            outcome?;
        }
    }
    Ok(())
}

/// The read model, once it shows all that is on the wire: by this process when nobody runs the pumps, else by the one that does.
pub(super) fn settled_site(data: &DataDir) -> anyhow::Result<Arc<dyn SiteStore>> {
    let site: Arc<dyn SiteStore> = data.site()?;
    if let Some(lock) = data.try_lock_pumps()? {
        pumps::catch_up_once(data.wire.as_ref(), &mut projections::followers(data, &lock)?)?;
        return Ok(site);
    }
    let head = data.wire.head()?.0;
    let start = Instant::now();
    while site.cursor()? < head {
        ensure!(start.elapsed() < SITE_WAIT, "the server that runs on this data directory does not keep up with the wire; ask its /readyz");
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(site)
}
