//! Subjects for stories that come in without any, proposed as the agency's own archive files its stories. They go to the report and
//! nowhere else: a story cannot say whether an editor or a machine filed it, so a machine files none.

use std::collections::HashMap;

use courant_formats::incoming::Content;
use courant_news::{NewsItem, plain_text};
use courant_press::Lang;
use courant_press::topics::{Lesson, Proposal, Proposer};
use courant_wire::{WireSeq, WireStore};

/// Stories that are learnt from, the latest; more take minutes and teach little.
const LESSONS_MAX: usize = 10_000;
/// Entries that are looked through for them, from the end.
const ENTRIES_MAX: u64 = 50_000;
const BATCH: usize = 512;
/// With fewer stories that carry a subject nothing can be learnt.
const LESSONS_MIN: usize = 20;
/// Proposals for one story.
const PROPOSALS_MAX: usize = 5;

/// What was learnt.
pub(super) struct Subjects {
    proposer: Proposer,
}

impl Subjects {
    /// Learns from what is on the wire.
    ///
    /// # Errors
    /// When the wire cannot be read, or has too few stories with subjects.
    pub(super) fn learn(wire: &dyn WireStore) -> anyhow::Result<Self> {
        let mut lessons: HashMap<String, (u64, Lesson)> = HashMap::new();
        let mut cursor = WireSeq(wire.head()?.0.0.saturating_sub(ENTRIES_MAX));
        loop {
            let entries = wire.read_after(cursor, BATCH)?;
            let Some(last) = entries.last() else { break };
            cursor = last.seq;
            for raw in entries {
                let seq = raw.seq.0;
                let entry = raw.decode()?;
                if let Some(item) = entry.event.item().filter(|item| !item.subjects.is_empty() && item.embargo.is_none()) {
                    lessons.insert(item.guid.as_str().to_owned(), (seq, lesson(item)));
                }
            }
        }
        anyhow::ensure!(
            LESSONS_MIN <= lessons.len(),
            "{} stories on the wire carry a subject, and {LESSONS_MIN} are needed to learn from; import without --propose-subjects first",
            lessons.len()
        );
        let mut archive: Vec<(u64, Lesson)> = lessons.into_values().collect();
        archive.sort_by_key(|(seq, _)| *seq);
        let archive: Vec<Lesson> = archive.into_iter().map(|(_, lesson)| lesson).collect();
        let latest = &archive[archive.len().saturating_sub(LESSONS_MAX)..];
        Ok(Self { proposer: Proposer::learn(latest) })
    }

    /// Subjects for a story that carries none, the surest first.
    pub(super) fn propose(&mut self, content: &Content) -> Vec<Proposal> {
        let Content::Story(item) = content else { return Vec::new() };
        if !item.subjects.is_empty() {
            return Vec::new();
        }
        let mut proposals = self.proposer.propose(&lesson(item));
        proposals.truncate(PROPOSALS_MAX);
        proposals
    }
}

fn lesson(item: &NewsItem) -> Lesson {
    Lesson {
        title: item.headline.to_string(),
        text: plain_text(&item.body),
        lang: Lang::parse(item.lang.as_str()),
        subjects: item.subjects.iter().map(|subject| subject.uri().to_owned()).collect(),
    }
}
