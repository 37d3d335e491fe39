//! What the pump drives.

use std::collections::BTreeSet;
use std::sync::Arc;

use courant_news::PhotoId;
use courant_wire::pump::Projection;
use courant_wire::{StoreError, WireEntry, WireSeq};

use super::{SiteStore, changes};

/// The names of what a batch of changes touched: `all`, `story:ID`, `section:economy`, `dossiers`. Pages that were made
/// from any of them must be dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// The names.
    pub names: BTreeSet<String>,
    /// Photos that were killed: their originals must go.
    pub killed_photos: BTreeSet<PhotoId>,
    /// Files under `/media/` of killed photos: they must go before the pages are dropped, so that none is made from them again.
    pub killed_files: BTreeSet<String>,
}

/// Called after a batch has been committed, with what it touched and the cursor.
pub type OnApplied = Box<dyn FnMut(&Touched, WireSeq) + Send>;

/// The site as a projection of the wire.
pub struct SiteFollower {
    store: Arc<dyn SiteStore>,
    on_applied: OnApplied,
}

impl SiteFollower {
    /// The name of the projection.
    pub const NAME: &str = "site";

    /// Follows the wire into `store`; `on_applied` drops the pages a batch touched before the batch counts as applied.
    pub fn new(store: Arc<dyn SiteStore>, on_applied: OnApplied) -> Self {
        Self { store, on_applied }
    }
}

impl Projection for SiteFollower {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn cursor(&mut self) -> Result<WireSeq, StoreError> {
        self.store.cursor()
    }

    fn apply(&mut self, entries: &[WireEntry]) -> Result<(), StoreError> {
        let Some(last) = entries.last() else {
            return Ok(());
        };
        let changes: Vec<_> = entries.iter().flat_map(changes).collect();
        let touched = self.store.apply(&changes, last.seq)?;
        (self.on_applied)(&touched, last.seq);
        Ok(())
    }

    fn clear(&mut self) -> Result<(), StoreError> {
        self.store.clear()
    }
}
