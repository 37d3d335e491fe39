//! The data directory: everything an agency has, in one place.
//!
//! ```text
//! newsroom.db   the wire: the truth, to be backed up
//! site.db       the read model, rebuildable
//! index/        the search index, rebuildable
//! media/        pictures, named by their content
//! originals/    what photos were made from; no address reaches them
//! zone          the time zone of the index's days
//! pump.lock     held by the one process that runs the pumps
//! reports/      what imports refused
//! push/         who subscribed to feeds, and what search engines were told
//! rates/        what is known of the banks that were asked, and documents held back
//! press/        what is known of other media that were asked, and what they reported in the last days
//! ```

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use courant_search::{OpenError, SearchIndex};
use courant_store_sqlite::{NewsroomDb, SiteDb};
use courant_wire::WireStore;
use jiff::tz::TimeZone;

const ZONE_FILE_NAME: &str = "zone";

/// An agency's directory and its wire, open.
#[derive(Clone)]
pub(crate) struct DataDir {
    path: PathBuf,
    pub(crate) wire: Arc<dyn WireStore>,
}

/// The right to run the pumps, until dropped.
pub(crate) struct PumpLock {
    _file: File,
}

impl DataDir {
    /// Opens the directory, or makes a new agency where there is none.
    pub(crate) fn open_or_create(path: &Path) -> anyhow::Result<Self> {
        let cannot = || format!("cannot use the data directory {}", path.display());
        for folder in [path.to_owned(), path.join("media"), path.join("reports")] {
            std::fs::create_dir_all(&folder).with_context(cannot)?;
        }
        Self::open_wire(path)
    }

    /// Opens the directory of an agency that exists.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        let newsroom = path.join(NewsroomDb::FILE_NAME);
        let exists = newsroom.try_exists().with_context(|| format!("cannot look into {}", path.display()))?;
        anyhow::ensure!(
            exists,
            "there is no agency in {}; import or move a story first, or name another directory with --data",
            path.display()
        );
        Self::open_wire(path)
    }

    fn open_wire(path: &Path) -> anyhow::Result<Self> {
        let newsroom = path.join(NewsroomDb::FILE_NAME);
        let wire = NewsroomDb::open(&newsroom).with_context(|| format!("cannot open {}", newsroom.display()))?;
        Ok(Self { path: path.to_owned(), wire: Arc::new(wire) })
    }

    pub(crate) fn media(&self) -> PathBuf {
        self.path.join("media")
    }

    pub(crate) fn originals(&self) -> PathBuf {
        self.path.join("originals")
    }

    pub(crate) fn reports(&self) -> PathBuf {
        self.path.join("reports")
    }

    pub(crate) fn rates(&self) -> PathBuf {
        self.path.join("rates")
    }

    pub(crate) fn push(&self) -> PathBuf {
        self.path.join("push")
    }

    pub(crate) fn press(&self) -> PathBuf {
        self.path.join("press")
    }

    pub(crate) fn index_path(&self) -> PathBuf {
        self.path.join("index")
    }

    /// The read model.
    pub(crate) fn site(&self) -> anyhow::Result<Arc<SiteDb>> {
        let path = self.path.join(SiteDb::FILE_NAME);
        let site = SiteDb::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
        Ok(Arc::new(site))
    }

    /// The search index, for the process that holds the pump lock. One that another release made, or that is damaged, is
    /// discarded: the pump makes it anew from the wire.
    pub(crate) fn index_for_writing(&self, _: &PumpLock) -> anyhow::Result<Arc<SearchIndex>> {
        let path = self.index_path();
        let index = match SearchIndex::open(&path) {
            Err(error) if error.wants_rebuild() => {
                tracing::warn!("{error}; making it anew from the wire");
                SearchIndex::discard(&path)?;
                SearchIndex::open(&path)?
            }
            opened => opened?,
        };
        Ok(Arc::new(index))
    }

    /// The search index beside a process that writes it. `None` when nobody has made one yet.
    pub(crate) fn index_for_reading(&self) -> anyhow::Result<Option<Arc<SearchIndex>>> {
        match SearchIndex::open_read_only(&self.index_path()) {
            Ok(index) => Ok(Some(Arc::new(index))),
            Err(OpenError::Absent { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The zone whose days the index knows; UTC until a server said otherwise.
    pub(crate) fn zone(&self) -> anyhow::Result<TimeZone> {
        let path = self.path.join(ZONE_FILE_NAME);
        match std::fs::read_to_string(&path) {
            Ok(name) => TimeZone::get(name.trim()).with_context(|| format!("{} does not name a time zone", path.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(TimeZone::UTC),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// Makes `zone` the zone of the index. In another zone stories moved on other days, so the index is made anew then.
    pub(crate) fn settle_zone(&self, zone: &TimeZone, index: &SearchIndex) -> anyhow::Result<()> {
        let name = zone.iana_name().unwrap_or("UTC");
        if self.zone()?.iana_name().unwrap_or("UTC") != name {
            index.clear()?;
            let path = self.path.join(ZONE_FILE_NAME);
            std::fs::write(&path, name).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }

    /// Takes the right to run the pumps. `None` when another process has it.
    pub(crate) fn try_lock_pumps(&self) -> anyhow::Result<Option<PumpLock>> {
        let path = self.path.join("pump.lock");
        let cannot = || format!("cannot lock {}", path.display());
        let file = File::options().create(true).truncate(false).write(true).open(&path).with_context(cannot)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(PumpLock { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error).with_context(cannot),
        }
    }
}
