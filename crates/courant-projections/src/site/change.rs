//! What an entry does to the site.

use std::sync::Arc;

use courant_news::press::{Agreement, PressMatch, PressSource, ReportNotice, Teaser};
use courant_news::{Dossier, DossierMerge, EventKind, Fixing, FrontRank, NewsItem, Notice, Photo, PhotoNotice, Reason, StoryId, WireEvent};
use courant_wire::{WireEntry, WireSeq};
use jiff::Timestamp;

/// One change of the read model.
#[derive(Clone, Debug, PartialEq)]
pub enum SiteChange {
    /// Readers see this version of the story now.
    Show {
        /// The entry that says so.
        seq: WireSeq,
        /// When it moved.
        moved_at: Timestamp,
        /// What happened.
        kind: EventKind,
        /// The version.
        item: Arc<NewsItem>,
        /// What is said about it.
        note: Option<Reason>,
    },
    /// Readers no longer see the story; a notice stands in its place. Nothing happens for a story they never saw.
    Withdraw {
        /// The entry that says so.
        seq: WireSeq,
        /// When it moved.
        moved_at: Timestamp,
        /// What happened: a hold, a kill or a takedown.
        kind: EventKind,
        /// The notice.
        notice: Arc<Notice>,
    },
    /// The story moved once more, unchanged.
    Repeat {
        /// The entry that says so.
        seq: WireSeq,
        /// When it moved.
        moved_at: Timestamp,
        /// The story.
        story: StoryId,
    },
    /// A dossier is described so now.
    Describe {
        /// The entry that says so.
        seq: WireSeq,
        /// When it moved.
        moved_at: Timestamp,
        /// The dossier.
        dossier: Arc<Dossier>,
    },
    /// A dossier goes on in another.
    MergeDossier {
        /// The entry that says so.
        seq: WireSeq,
        /// When it moved.
        moved_at: Timestamp,
        /// Which, and why.
        merge: Arc<DossierMerge>,
    },
    /// These stories lead the front page now.
    RankFront(Arc<FrontRank>),
    /// A source fixed its rates for a day, or fixed them anew.
    Fix {
        /// The entry that says so: a later one of the same source and day revises the quotes it repeats.
        seq: WireSeq,
        /// When it moved.
        moved_at: Timestamp,
        /// What was published.
        fixing: Arc<Fixing>,
    },
    /// A photo is described so now.
    DescribePhoto {
        /// The entry that says so.
        seq: WireSeq,
        /// The photo.
        photo: Arc<Photo>,
    },
    /// No story shows the photo any more; a notice stands in its place.
    KillPhoto {
        /// The entry that says so.
        seq: WireSeq,
        /// When it moved.
        moved_at: Timestamp,
        /// The notice.
        notice: Arc<PhotoNotice>,
    },
    /// A source of other media is described so now.
    DescribeSource(Arc<PressSource>),
    /// This report of another outlet stands beside a story or a dossier now.
    MatchReport {
        /// The entry that says so.
        seq: WireSeq,
        /// When it moved.
        moved_at: Timestamp,
        /// The report.
        found: Arc<PressMatch>,
    },
    /// A report of another outlet is no longer shown.
    WithdrawReport(Arc<ReportNotice>),
    /// The agreement with a partner stands so now.
    DescribePartner(Arc<Agreement>),
    /// This report of a partner is shown now.
    Tease {
        /// The entry that says so.
        seq: WireSeq,
        /// When it moved.
        moved_at: Timestamp,
        /// The report.
        teaser: Arc<Teaser>,
    },
}

/// What this entry does to the site. Pure: the same wire always gives the same site.
///
/// An item under embargo does nothing here, whatever the act: not a word of it may reach the read model before the entry
/// that lifts the embargo, which carries the whole item.
pub fn changes(entry: &WireEntry) -> Vec<SiteChange> {
    let (seq, moved_at, kind) = (entry.seq, entry.moved_at, entry.event.kind());
    match &entry.event {
        WireEvent::Move(item)
        | WireEvent::Update { item, .. }
        | WireEvent::Correct(item)
        | WireEvent::Refile { item, .. }
        | WireEvent::Release { item, .. }
        | WireEvent::LiftEmbargo(item) => {
            if item.embargo.is_some() {
                return Vec::new();
            }
            let note = entry.event.reason().cloned();
            vec![SiteChange::Show { seq, moved_at, kind, item: Arc::clone(item), note }]
        }
        WireEvent::Repeat(item) => {
            if item.embargo.is_some() {
                return Vec::new();
            }
            vec![SiteChange::Repeat { seq, moved_at, story: item.story_id() }]
        }
        WireEvent::Withhold(notice) | WireEvent::Kill(notice) | WireEvent::TakeDown(notice) => {
            if notice.was_embargoed {
                return Vec::new();
            }
            vec![SiteChange::Withdraw { seq, moved_at, kind, notice: Arc::clone(notice) }]
        }
        WireEvent::DescribeDossier(dossier) => vec![SiteChange::Describe { seq, moved_at, dossier: Arc::clone(dossier) }],
        WireEvent::MergeDossier(merge) => vec![SiteChange::MergeDossier { seq, moved_at, merge: Arc::clone(merge) }],
        WireEvent::RankFront(rank) => vec![SiteChange::RankFront(Arc::clone(rank))],
        WireEvent::Fix(fixing) => vec![SiteChange::Fix { seq, moved_at, fixing: Arc::clone(fixing) }],
        WireEvent::DescribePhoto(photo) => vec![SiteChange::DescribePhoto { seq, photo: Arc::clone(photo) }],
        WireEvent::KillPhoto(notice) => vec![SiteChange::KillPhoto { seq, moved_at, notice: Arc::clone(notice) }],
        WireEvent::DescribeSource(source) => vec![SiteChange::DescribeSource(Arc::clone(source))],
        WireEvent::MatchReport(found) => vec![SiteChange::MatchReport { seq, moved_at, found: Arc::clone(found) }],
        WireEvent::WithdrawReport(notice) => vec![SiteChange::WithdrawReport(Arc::clone(notice))],
        WireEvent::DescribePartner(agreed) => vec![SiteChange::DescribePartner(Arc::clone(agreed))],
        WireEvent::Tease(teaser) => vec![SiteChange::Tease { seq, moved_at, teaser: Arc::clone(teaser) }],
        WireEvent::Advise(_) => Vec::new(),
    }
}

impl SiteChange {
    /// Whether the story goes to the head of the lists even if it has a place already. What only mends, withdraws, brings back
    /// or repeats leaves it where readers saw it. A story that has no place takes this entry's, whatever the act: one that was
    /// held under embargo and released after it is news.
    pub fn raises(&self) -> bool {
        match self {
            Self::Show { kind, .. } => match kind {
                EventKind::Move | EventKind::Update | EventKind::LiftEmbargo => true,
                EventKind::Correct
                | EventKind::Release
                | EventKind::Refile
                | EventKind::Repeat
                | EventKind::Withhold
                | EventKind::Kill
                | EventKind::TakeDown
                | EventKind::Advise
                | EventKind::DescribeDossier
                | EventKind::Fix
                | EventKind::DescribePhoto
                | EventKind::KillPhoto
                | EventKind::RankFront
                | EventKind::MergeDossier
                | EventKind::DescribeSource
                | EventKind::MatchReport
                | EventKind::WithdrawReport
                | EventKind::DescribePartner
                | EventKind::Tease => false,
            },
            Self::DescribeSource(_) | Self::MatchReport { .. } | Self::WithdrawReport(_) => false,
            Self::DescribePartner(_) | Self::Tease { .. } => false,
            Self::DescribePhoto { .. } | Self::KillPhoto { .. } => false,
            Self::Withdraw { .. } | Self::Repeat { .. } | Self::RankFront(_) | Self::Fix { .. } => false,
            Self::Describe { .. } | Self::MergeDossier { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use courant_news::act;
    use courant_wire::{EntryHash, conformance};

    use super::*;

    fn entry(event: WireEvent) -> WireEntry {
        WireEntry { seq: WireSeq(7), moved_at: conformance::at(60), previous: EntryHash::START, hash: EntryHash::START, event }
    }

    #[test]
    fn not_a_word_under_embargo_reaches_the_site() {
        let mut item = conformance::story("urn:a", "Secret");
        item.embargo = Some(conformance::at(100));
        let item = Arc::new(item);
        for event in [
            WireEvent::Move(Arc::clone(&item)),
            WireEvent::Update { item: Arc::clone(&item), note: None },
            WireEvent::Correct(Arc::clone(&item)),
            WireEvent::Refile { item: Arc::clone(&item), note: None },
            WireEvent::Release { item: Arc::clone(&item), note: None },
            WireEvent::Repeat(Arc::clone(&item)),
            act::kill(&item, Reason::parse("wrong").unwrap(), None),
        ] {
            assert_eq!(changes(&entry(event)), []);
        }
    }

    #[test]
    fn a_correction_stays_where_readers_saw_it() {
        let story = conformance::story("urn:a", "One");
        let raises = |event| changes(&entry(event)).iter().any(SiteChange::raises);
        assert!(raises(act::move_story(story.clone(), conformance::at(1))));
        assert!(!raises(WireEvent::Correct(Arc::new(story.clone()))));
        assert!(!raises(WireEvent::Release { item: Arc::new(story.clone()), note: None }), "it comes back to its place");
        assert!(!raises(act::kill(&story, Reason::parse("wrong").unwrap(), None)));
    }
}
