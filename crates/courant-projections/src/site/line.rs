//! What pages read: rows ready to be shown.

use courant_news::{Dossier, DossierSlug, EventKind, Guid, Lang, NewsItem, PubStatus, SectionSlug, StoryId, Urgency, Version, address};
use courant_wire::WireSeq;
use jiff::Timestamp;

/// A story as a list shows it. Of a withdrawn one only what a notice may say is left.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its place in lists and their cursor: the entry that last carried news of it.
    pub position: WireSeq,
    /// Its latest entry.
    pub seq: WireSeq,
    /// Its short name.
    pub story: StoryId,
    /// Its name.
    pub guid: Guid,
    /// Its latest version.
    pub version: Version,
    /// What its latest entry was, a repeat not counted.
    pub kind: EventKind,
    /// What may be done with it.
    pub pub_status: PubStatus,
    /// How urgent it is.
    pub urgency: Urgency,
    /// Its language.
    pub lang: Lang,
    /// Its section.
    pub section: SectionSlug,
    /// The words at the end of its address; empty after a takedown.
    pub slug: String,
    /// Its headline; empty for a withdrawn story.
    pub headline: String,
    /// Its lead.
    pub lead: Option<String>,
    /// The name of the place in its dateline.
    pub place: Option<String>,
    /// The picture that opens it.
    pub picture: Option<LinePicture>,
    /// When it first moved.
    pub first_moved_at: Timestamp,
    /// When it last moved with more news.
    pub updated_at: Option<Timestamp>,
    /// When it was last corrected.
    pub corrected_at: Option<Timestamp>,
    /// When its latest entry moved on this wire.
    pub latest_at: Timestamp,
    /// The public reason of its latest entry: of a correction, a hold, a kill.
    pub reason: Option<String>,
}

/// The picture that opens a story, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinePicture {
    /// Its path on this site.
    pub href: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What it shows.
    pub alt: String,
}

impl Line {
    /// The story's address, from the root.
    pub fn path(&self) -> String {
        let slug = if self.slug.is_empty() { "story" } else { &self.slug };
        address::story_path(&self.section, self.story, slug)
    }
}

/// A story as its page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteStory {
    /// Its line in lists.
    pub line: Line,
    /// The copy; `None` when it was withdrawn.
    pub item: Option<NewsItem>,
    /// Its entries, oldest first; at most the latest 100.
    pub versions: Vec<VersionLine>,
    /// The public story it follows up, if that is on this site.
    pub evolved_from: Option<Line>,
    /// The stories before that one, each followed up by the one before it, the nearest first; at most 20.
    pub origins: Vec<Line>,
    /// The stories that follow it up, and those that follow these, newest first; at most 20.
    pub followed_by: Vec<Line>,
    /// The photos its latest version shows that were killed since, or before.
    pub killed_photos: Vec<KilledPhoto>,
}

/// A photo that was killed, as the page of a story that showed it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KilledPhoto {
    /// Why, for the public.
    pub reason: String,
    /// When.
    pub killed_at: Timestamp,
}

/// One entry in a story's life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionLine {
    /// The entry.
    pub seq: WireSeq,
    /// The version it made.
    pub version: Version,
    /// What happened.
    pub kind: EventKind,
    /// When it moved on this wire.
    pub moved_at: Timestamp,
    /// What was said about it.
    pub note: Option<String>,
}

/// A story as it stood after one of its entries.
#[derive(Clone, Debug, PartialEq)]
pub struct PastStory {
    /// Its line as it is today: what may be done with it, and where it is.
    pub line: Line,
    /// The entry.
    pub entry: VersionLine,
    /// Its place in lists from that entry on.
    pub position: WireSeq,
    /// What the entry said; `None` for a notice, and for a story that was withdrawn since: nothing of it is kept, of its earlier
    /// versions neither.
    pub item: Option<NewsItem>,
}

/// A value of a facet that has stories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermLine {
    /// The value in filters and addresses.
    pub value: String,
    /// Its name as the latest story prints it.
    pub label: String,
    /// How many stories are filed under it.
    pub n_stories: u64,
}

/// A dossier and what stands around it.
#[derive(Clone, Debug, PartialEq)]
pub struct DossierLine {
    /// As last described.
    pub dossier: Dossier,
    /// The entry that described it so.
    pub seq: WireSeq,
    /// When that moved.
    pub described_at: Timestamp,
    /// What it was merged into, at the end of the chain.
    pub merged_into: Option<DossierMerged>,
    /// The dossiers that were merged into it, directly or by way of others, the latest first. What is filed under them is listed here.
    pub absorbed: Vec<DossierMerged>,
    /// The dossiers that were split from it, by slug.
    pub split_off: Vec<DossierSlug>,
    /// The dossiers that are part of it, by slug.
    pub parts: Vec<DossierSlug>,
    /// How many stories are filed under it today.
    pub n_stories: u64,
    /// The place of the latest of them.
    pub latest: Option<WireSeq>,
}

/// A merge of dossiers, from one of its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierMerged {
    /// The dossier at the other end.
    pub slug: DossierSlug,
    /// The entry.
    pub seq: WireSeq,
    /// When it moved.
    pub moved_at: Timestamp,
    /// Why, for the public.
    pub reason: String,
}

/// A description of a dossier.
#[derive(Clone, Debug, PartialEq)]
pub struct DossierEntry {
    /// The entry.
    pub seq: WireSeq,
    /// When it moved.
    pub moved_at: Timestamp,
    /// What it said.
    pub dossier: Dossier,
}

impl DossierLine {
    /// Every slug under which its stories may be filed: its own, and those of the dossiers merged into it.
    pub fn all_slugs(&self) -> impl Iterator<Item = &DossierSlug> {
        std::iter::once(&self.dossier.slug).chain(self.absorbed.iter().map(|absorbed| &absorbed.slug))
    }
}
