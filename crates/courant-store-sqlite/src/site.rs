//! `site.db`: the read model.

mod dossiers;
mod lines;
mod list;
mod past;
mod photos;
mod press;
mod rates;
mod read;
mod write;

use std::path::Path;

use courant_projections::site::REVISION;
use courant_wire::StoreError;

use crate::database::{Database, Durability};

/// The read model in a SQLite file.
pub struct SiteDb {
    database: Database,
}

impl SiteDb {
    /// The name of the file in a data directory.
    pub const FILE_NAME: &str = "site.db";

    /// Opens or creates the file; one made by another revision is emptied, so that it is rebuilt from the wire.
    ///
    /// # Errors
    /// A [`StoreError`] when it cannot be opened.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let site = Self { database: Database::open(path, Durability::Rebuildable, &[])? };
        site.database.write("prepare the read model", |tx| {
            let has_table = tx.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'site'")?.exists([])?;
            let is_current = has_table && tx.prepare("SELECT 1 FROM site WHERE revision = ?1")?.exists([REVISION])?;
            if is_current { Ok(()) } else { write::start_over(tx) }
        })?;
        Ok(site)
    }

    /// Opens the file for reading and for the one process that applies entries, without looking at its revision.
    pub(crate) fn database(&self) -> &Database {
        &self.database
    }
}

#[cfg(test)]
mod tests;
