//! The history of exchange rates that the product carries.

use std::path::PathBuf;

use anyhow::ensure;
use clap::Args;

use crate::run;

/// Where the packed history is kept.
const PACKED: &str = "crates/courant-rates/data/ecb-history.zst";

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The bank's `eurofxref-hist.csv`, or parts of it; from the European Central Bank's page of reference rates.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Packs the files anew with the crate's own reader, so that what is built in is what it would have read.
pub(crate) fn pack_history(options: &Options) -> anyhow::Result<()> {
    let missing = options.files.iter().find(|file| !file.is_file());
    ensure!(missing.is_none(), "there is no file {}", missing.map(|file| file.display().to_string()).unwrap_or_default());
    let files = options.files.iter().map(std::path::absolute).collect::<Result<Vec<_>, _>>()?;
    run::run(run::cargo().args(["run", "--quiet", "-p", "courant-rates", "--example", "pack_history", "--", PACKED]).args(files))
}
