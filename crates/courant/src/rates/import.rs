//! `courant rates import`: what banks sent, onto the wire.

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use courant_news::Fixing;
use courant_rates::readers;
use serde_json::json;

use super::take::{Decided, append, decide, settled_site};
use crate::cli::RatesImportOptions;
use crate::clock;
use crate::data_dir::DataDir;

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
