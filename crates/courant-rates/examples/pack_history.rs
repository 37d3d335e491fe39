//! Packs the history that is built in: `pack_history OUT FILE…`, where the files are the bank's `eurofxref-hist.csv` or parts of it.

use std::path::PathBuf;

use courant_rates::{history, readers};
use jiff::Timestamp;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths = std::env::args_os().skip(1).map(PathBuf::from);
    let out = paths.next().ok_or("name the file to write and the files to read")?;
    let mut fixings = Vec::new();
    for path in paths {
        fixings.extend(readers::read(&std::fs::read(&path)?, Timestamp::UNIX_EPOCH)?);
    }
    fixings.sort_by_key(|fixing| fixing.dated);
    let packed = history::pack(&fixings)?;
    println!("{} days in {} bytes", fixings.len(), packed.len());
    Ok(std::fs::write(out, packed)?)
}
