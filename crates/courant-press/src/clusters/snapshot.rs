//! Keeping the window over a restart.
//!
//! A snapshot only saves time: everything in it follows from the reports of the window, in their order. So it carries a number that is
//! raised whenever its form or what is made of a report changes, and one with another number is refused and made anew from the reports.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{Cluster, Clusters, Member};
use crate::Lang;
use crate::fingerprint::Reader;
use crate::index::{ClusterNo, Index};
use crate::rarity::Rarity;

/// What a snapshot begins with: a name and the number of its form.
const HEADER: &[u8] = b"courant-press window 2\n";

/// Why a snapshot was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// Another release wrote it, or something else did.
    #[error("is not a snapshot of this release; remove it and play the reports of the last days again")]
    OtherForm,
    /// It was cut short or changed.
    #[error("is damaged ({0}); remove it and play the reports of the last days again")]
    Damaged(String),
}

/// All that is kept, borrowed for writing.
#[derive(Serialize)]
struct Written<'c> {
    recognised: &'c [(Lang, u32)],
    rarity: &'c Rarity,
    index: &'c Index,
    clusters: &'c FxHashMap<ClusterNo, Cluster>,
    members: &'c VecDeque<Member>,
    numbers: Numbers,
}

/// The same, owned after reading.
#[derive(Deserialize)]
struct Read {
    recognised: Vec<(Lang, u32)>,
    rarity: Rarity,
    index: Index,
    clusters: FxHashMap<ClusterNo, Cluster>,
    members: VecDeque<Member>,
    numbers: Numbers,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Numbers {
    n_settled: u64,
    next_second: u64,
    next_cluster: ClusterNo,
    now_for_secs: i64,
    swept_for_secs: i64,
}

impl<J> Clusters<J> {
    /// Everything but the judge, to go on from with [`Clusters::restored`].
    pub fn snapshot(&self) -> Vec<u8> {
        let numbers = Numbers {
            n_settled: self.n_settled,
            next_second: self.next_second,
            next_cluster: self.next_cluster,
            now_for_secs: self.now_for_secs,
            swept_for_secs: self.swept_for_secs,
        };
        let written = Written {
            recognised: &self.reader.recognised,
            rarity: &self.rarity,
            index: &self.index,
            clusters: &self.by_no,
            members: &self.members,
            numbers,
        };
        postcard::to_extend(&written, HEADER.to_vec()).expect("memory takes what is written, and nothing kept refuses to be")
    }

    /// Goes on from a snapshot.
    ///
    /// # Errors
    /// When it was written by another release or is damaged.
    pub fn restored(judge: J, snapshot: &[u8]) -> Result<Self, SnapshotError> {
        let bytes = snapshot.strip_prefix(HEADER).ok_or(SnapshotError::OtherForm)?;
        let read: Read = postcard::from_bytes(bytes).map_err(|error| SnapshotError::Damaged(error.to_string()))?;
        let Numbers { n_settled, next_second, next_cluster, now_for_secs, swept_for_secs } = read.numbers;
        let mut reader = Reader::default();
        reader.recognised = read.recognised;
        let restored = Self {
            judge,
            reader,
            rarity: read.rarity,
            index: read.index,
            by_no: read.clusters,
            members: read.members,
            n_settled,
            next_second,
            next_cluster,
            now_for_secs,
            swept_for_secs,
        };
        if restored.is_sound() { Ok(restored) } else { Err(SnapshotError::Damaged("reports and clusters do not fit together".into())) }
    }

    /// Whether every member of a cluster is a report of the window.
    fn is_sound(&self) -> bool {
        let window = self.n_settled..self.n_settled.saturating_add(self.members.len() as u64);
        self.by_no.iter().all(|(no, cluster)| *no < self.next_cluster && cluster.members.iter().all(|member| window.contains(member)))
    }
}
