//! `courant rates import`: what banks sent, onto the wire.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use courant_news::{Fixing, Offer, WireEvent};
use courant_projections::site::SiteStore;
use courant_rates::ledger::{Day, DayQuery, Ledger};
use courant_rates::{Source, hold, readers};
use courant_web::SiteLedger;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;

use crate::cli::RatesImportOptions;
use crate::clock;
use crate::data_dir::DataDir;
use crate::{projections, pumps};

/// How many fixings share a transaction.
const BATCH: usize = 512;
/// How long a server is given to bring the site to the head of the wire, so that what is there already is known.
const SITE_WAIT: Duration = Duration::from_secs(30);
/// How far back the fixing before is looked for.
const BEFORE_DAYS: i32 = 14;

pub(super) fn run(options: &RatesImportOptions) -> anyhow::Result<ExitCode> {
    let mut fixings = Vec::new();
    let mut n_refused = 0;
    for path in &options.files {
        match read(path) {
            Ok(read) => fixings.extend(read),
            Err(error) => {
                n_refused += 1;
                eprintln!("courant: {}: {error:#}", path.display());
            }
        }
    }
    fixings.sort_by_key(|fixing| fixing.dated);
    let data = DataDir::open_or_create(&options.agency.data)?;
    let site = settled_site(&data)?;
    let decided = decide(fixings, site.as_ref(), options.accept_moves)?;
    if !options.dry_run {
        append(&data, &decided.fresh)?;
        // Readers see them at once, whether or not a server runs.
        settled_site(&data)?;
    }
    report(&decided, options, n_refused)?;
    Ok(if n_refused == 0 && decided.held.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A document, whole or refused.
fn read(path: &Path) -> anyhow::Result<Vec<Fixing>> {
    let mut bytes = Vec::new();
    let mut take = |reader: &mut dyn Read| reader.take(readers::BYTES_MAX as u64 + 1).read_to_end(&mut bytes);
    if path == Path::new("-") {
        take(&mut std::io::stdin().lock())
    } else {
        std::fs::File::open(path).and_then(|mut file| take(&mut file))
    }
    .context("cannot be read")?;
    Ok(readers::read(&bytes, clock::now())?)
}

/// What becomes of the fixings.
struct Decided {
    /// Onto the wire, oldest first.
    fresh: Vec<Fixing>,
    /// On the wire already.
    n_known: usize,
    /// Held back, with the reason.
    held: Vec<String>,
}

fn decide(fixings: Vec<Fixing>, site: &dyn SiteStore, accept_moves: bool) -> anyhow::Result<Decided> {
    let ledger = SiteLedger(site);
    let today = clock::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let mut decided = Decided { fresh: Vec::new(), n_known: 0, held: Vec::new() };
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
        if holds.is_empty() {
            let mut day = known.unwrap_or_else(|| Day::from(&fresh));
            day.revise(Day::from(&fresh));
            days.insert((source, fresh.dated), day);
            decided.fresh.push(fresh);
        } else {
            decided.held.extend(holds.iter().map(ToString::to_string));
        }
    }
    Ok(decided)
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

fn append(data: &DataDir, fixings: &[Fixing]) -> anyhow::Result<()> {
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

fn report(decided: &Decided, options: &RatesImportOptions, n_refused: usize) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let (n_fresh, n_known, n_held) = (decided.fresh.len(), decided.n_known, decided.held.len());
    let n_quotes: usize = decided.fresh.iter().map(|fixing| fixing.quotes().len()).sum();
    for held in &decided.held {
        eprintln!("courant: held back: {held}");
    }
    if options.json {
        let object = json!({
            "moved": n_fresh, "quotes": n_quotes, "known": n_known, "held": decided.held, "refused_files": n_refused, "dry_run": options.dry_run,
        });
        writeln!(out, "{object}")?;
    } else {
        let moved = if options.dry_run { "would move" } else { "moved" };
        writeln!(
            out,
            "{n_fresh} fixings with {n_quotes} quotes {moved}; {n_known} were on the wire already, {n_held} rates held back, {n_refused} files refused"
        )?;
    }
    Ok(())
}
