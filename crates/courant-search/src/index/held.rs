//! Where stories on hold stand: they have no document, and a release brings them back to their place.

use std::collections::BTreeMap;
use std::fmt::{Display, Formatter, Result};

/// The positions of stories on hold, by story. Written into every commit, so that it is as old or new as the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Held(BTreeMap<u64, u64>);

impl Held {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn remember(&mut self, story: u64, position: u64) {
        self.0.insert(story, position);
    }

    pub(super) fn forget(&mut self, story: u64) {
        self.0.remove(&story);
    }

    pub(super) fn position_of(&self, story: u64) -> Option<u64> {
        self.0.get(&story).copied()
    }

    /// Reads what [`Display`] writes. `None` when it is something else.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let pair = |pair: &str| {
            let (story, position) = pair.split_once(':')?;
            Some((story.parse().ok()?, position.parse().ok()?))
        };
        text.split(',').map(pair).collect::<Option<_>>().map(Self)
    }
}

/// `42:7,99:12`; empty when there are none.
impl Display for Held {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (place, (story, position)) in self.0.iter().enumerate() {
            let between = if place == 0 { "" } else { "," };
            write!(f, "{between}{story}:{position}")?;
        }
        Ok(())
    }
}
