//! The search index.

mod choices;
mod find;
mod words;

use std::collections::HashMap;
use std::sync::Arc;

use courant_news::filter::{self, terms};
use courant_news::{Block, NewsItem, PubStatus, StoryId, plain_text};
use courant_search::{Change, Document, Facet, SearchIndex};
use courant_wire::pump::Projection;
use courant_wire::{StoreError, WireEntry, WireSeq};
use jiff::tz::TimeZone;

use crate::site::SiteChange;

pub use choices::{Choices, Counted, DayWords, EXAMPLES, Found as FoundWords, WordsKind, choices};
pub use find::{Answer, Asked, FindError, FoundStory, find};
pub use words::{AskedStory, count_muted, list, narrowing_facet};

/// What an entry does to the index.
#[derive(Clone, Debug, PartialEq)]
pub enum IndexChange {
    /// The story is found by these words now.
    Put {
        /// Its words and terms; its position is the entry's.
        document: Box<Document>,
        /// Whether it takes this entry's position even if it has one already.
        raises: bool,
    },
    /// The story is not found until it is released, to the place it has now.
    Hold(StoryId),
    /// The story is not found any more.
    Drop(StoryId),
}

/// What this entry does to the index. Pure, and of the same mind as the site about what readers may see.
pub fn changes(entry: &WireEntry, zone: &TimeZone) -> Vec<IndexChange> {
    crate::site::changes(entry)
        .into_iter()
        .filter_map(|change| match &change {
            SiteChange::Show { seq, item, .. } => {
                Some(IndexChange::Put { document: Box::new(document(item, *seq, zone)), raises: change.raises() })
            }
            SiteChange::Withdraw { notice, .. } => Some(match notice.pub_status {
                PubStatus::Withheld => IndexChange::Hold(notice.story_id()),
                PubStatus::Usable | PubStatus::Canceled => IndexChange::Drop(notice.story_id()),
            }),
            SiteChange::Repeat { .. } | SiteChange::Fix { .. } | SiteChange::RankFront(_) => None,
            // A search for a dossier is widened to those merged into it where it is asked.
            SiteChange::Describe { .. } | SiteChange::MergeDossier { .. } => None,
            SiteChange::DescribePhoto { .. } | SiteChange::KillPhoto { .. } => None,
            // A search finds what the agency moved, and nothing of others.
            SiteChange::DescribeSource(_) | SiteChange::MatchReport { .. } | SiteChange::WithdrawReport(_) => None,
            SiteChange::DescribePartner(_) | SiteChange::Tease { .. } => None,
        })
        .collect()
}

/// A story as the index takes it.
pub fn document(item: &NewsItem, position: WireSeq, zone: &TimeZone) -> Document {
    Document {
        story: item.story_id().number(),
        position: position.0,
        moved_on: item.times.first_moved_at.to_zoned_datetime(zone.clone()).date(),
        lang: item.lang.as_str().to_owned(),
        title: item.headline.as_str().to_owned(),
        body: searched_text(item),
        urgency: item.urgency.number(),
        is_corrected: item.times.corrected_at.is_some(),
        facets: facets(item),
    }
}

/// Everything but the headline that a reader would search by: lead, copy, captions, people and organisations.
pub fn searched_text(item: &NewsItem) -> String {
    let mut text = String::new();
    let mut add = |part: &str| {
        if !part.is_empty() {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(part);
        }
    };
    add(item.lead.as_ref().map_or("", courant_news::Lead::as_str));
    add(&plain_text(&item.body));
    item.associations.iter().for_each(|association| add(&association.picture.caption));
    text
}

/// The text a snippet is made from: the copy, without captions.
pub fn snippet_text(item: &NewsItem) -> String {
    let copy: Vec<Block> = item.body.iter().filter(|block| !matches!(block, Block::Figure(_))).cloned().collect();
    plain_text(&copy)
}

fn facets(item: &NewsItem) -> Vec<(Facet, String)> {
    terms(item)
        .into_iter()
        .filter_map(|term| {
            let facet = search_facet(term.facet)?;
            Some((facet, term.value))
        })
        .collect()
}

/// The index's name of a facet; `None` for the language, which it derives from the tag.
pub fn search_facet(facet: filter::Facet) -> Option<Facet> {
    match facet {
        filter::Facet::Topic => Some(Facet::Topic),
        filter::Facet::Dossier => Some(Facet::Dossier),
        filter::Facet::Section => Some(Facet::Section),
        filter::Facet::Place => Some(Facet::Place),
        filter::Facet::By => Some(Facet::Byline),
        filter::Facet::Lang => None,
        filter::Facet::Type => Some(Facet::Type),
        filter::Facet::Source => Some(Facet::Source),
    }
}

/// The search index as a projection of the wire.
pub struct IndexFollower {
    index: Arc<SearchIndex>,
    zone: TimeZone,
    /// Entries staged since the last commit: long batches are, until a shorter one shows that the pump has caught up.
    staged: u64,
    on_applied: OnApplied,
    /// Positions of stories staged since the last commit, on hold or not, which the index does not answer yet.
    positions: HashMap<u64, u64>,
}

/// Called after a batch can be searched.
pub type OnApplied = Box<dyn FnMut() + Send>;

impl IndexFollower {
    /// The name of the projection.
    pub const NAME: &str = "search";
    /// A batch of this many entries is part of a long way to the head.
    const LONG_BATCH: usize = 256;
    /// The most entries staged before they are committed all the same: a commit runs beside the rest of an import, so several
    /// smaller ones leave less to wait for at its end.
    const STAGED_MAX: u64 = 6_000;

    /// Follows the wire into `index`; days are of `zone`. `on_applied` drops the pages the index answered.
    pub fn new(index: Arc<SearchIndex>, zone: TimeZone, on_applied: OnApplied) -> Self {
        Self { index, zone, staged: 0, on_applied, positions: HashMap::new() }
    }

    fn search_change(&mut self, change: IndexChange) -> Result<Change, StoreError> {
        Ok(match change {
            IndexChange::Put { mut document, raises } => {
                if !raises && let Some(kept) = self.position_of(document.story)? {
                    document.position = kept;
                }
                self.positions.insert(document.story, document.position);
                Change::Put(document)
            }
            IndexChange::Hold(story) => match self.position_of(story.number())? {
                Some(position) => {
                    self.positions.insert(story.number(), position);
                    Change::Hold { story: story.number(), position }
                }
                // Readers never saw it.
                None => Change::Drop(story.number()),
            },
            IndexChange::Drop(story) => {
                self.positions.remove(&story.number());
                Change::Drop(story.number())
            }
        })
    }

    fn committed(&mut self) {
        self.staged = 0;
        self.positions.clear();
        (self.on_applied)();
    }

    fn position_of(&self, story: u64) -> Result<Option<u64>, StoreError> {
        match self.positions.get(&story) {
            Some(position) => Ok(Some(*position)),
            None => self.index.position_of(story).map_err(StoreError::while_doing("look into the index")),
        }
    }
}

impl Projection for IndexFollower {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn cursor(&mut self) -> Result<WireSeq, StoreError> {
        Ok(WireSeq(self.index.cursor()))
    }

    fn caught_up(&mut self) -> Result<(), StoreError> {
        if self.staged != 0 {
            self.index.commit().map_err(StoreError::while_doing("write the index"))?;
            self.committed();
        }
        Ok(())
    }

    fn apply(&mut self, entries: &[WireEntry]) -> Result<(), StoreError> {
        let Some(last) = entries.last() else {
            return Ok(());
        };
        let failed = "write the index";
        let zone = self.zone.clone();
        let mut batch = Vec::with_capacity(entries.len());
        for change in entries.iter().flat_map(|entry| changes(entry, &zone)) {
            batch.push(self.search_change(change)?);
        }
        self.staged += entries.len() as u64;
        if Self::LONG_BATCH <= entries.len() && self.staged < Self::STAGED_MAX {
            self.index.stage(&batch, last.seq.0).map_err(StoreError::while_doing(failed))?;
        } else {
            self.index.apply(&batch, last.seq.0).map_err(StoreError::while_doing(failed))?;
            self.committed();
        }
        Ok(())
    }

    fn clear(&mut self) -> Result<(), StoreError> {
        self.staged = 0;
        self.positions.clear();
        self.index.clear().map_err(StoreError::while_doing("clear the index"))
    }
}
