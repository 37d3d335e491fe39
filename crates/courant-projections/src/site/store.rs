//! The port of the read model.

use courant_news::filter::Facet;
use courant_news::{DossierSlug, Filter, Lang, NewsItem, StoryId, Version};
use courant_wire::{StoreError, WireSeq};
use jiff::Timestamp;

use super::{DossierEntry, DossierLine, Line, PastStory, PressStore, RateStore, SiteChange, SiteStory, TermLine, Touched, VersionLine};

/// A page of a list.
#[derive(Clone, Copy, Debug)]
pub struct ListQuery<'a> {
    /// Which stories. Its words are not looked at: a filter with words is answered by the index, whose answer comes
    /// back through [`SiteStore::lines`].
    pub filter: &'a Filter,
    /// Where the page begins.
    pub cursor: Cursor,
    /// Only stories that first moved in this span.
    pub first_moved: Option<Span>,
    /// The most lines; at most 1,000.
    pub limit: usize,
}

/// Where a page of a list begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cursor {
    /// At the newest.
    #[default]
    Newest,
    /// Below this position: older.
    Before(WireSeq),
    /// Above this position: newer, and of these the oldest, still listed newest first.
    After(WireSeq),
}

/// A span of time: from an instant up to another, which is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub until: Timestamp,
}

/// Where the read model is kept. Blocking; every read is one consistent view.
///
/// Every method answers a [`StoreError`] when the store cannot be read or written; nothing was changed then.
pub trait SiteStore: RateStore + PressStore + Send + Sync {
    /// The last entry applied; [`WireSeq::START`] when the store was made by another revision, after it was cleared.
    fn cursor(&self) -> Result<WireSeq, StoreError>;

    /// Applies the changes in order and sets the cursor, in one transaction; answers what pages must be dropped.
    fn apply(&self, changes: &[SiteChange], cursor: WireSeq) -> Result<Touched, StoreError>;

    /// Forgets everything.
    fn clear(&self) -> Result<(), StoreError>;

    /// A page of a list, newest position first.
    fn list(&self, query: ListQuery<'_>) -> Result<Vec<Line>, StoreError>;

    /// Of a page of a list the notices alone, newest position first: what was withdrawn and is filed where the filter looks.
    /// They have no words left for an index to know.
    fn notices(&self, query: ListQuery<'_>) -> Result<Vec<Line>, StoreError>;

    /// The lines of these stories, in the order asked; what the site does not have is left out.
    fn lines(&self, stories: &[StoryId]) -> Result<Vec<Line>, StoreError>;

    /// A story with its copy and its life; `None` when readers never saw it.
    fn story(&self, story: StoryId) -> Result<Option<SiteStory>, StoreError>;

    /// Whether a file under `/media/` is of a photo that was killed.
    fn is_killed_file(&self, name: &str) -> Result<bool, StoreError>;

    /// The copies of these stories, in the order asked; withdrawn and unknown ones are left out.
    fn items(&self, stories: &[StoryId]) -> Result<Vec<(Line, NewsItem)>, StoreError>;

    /// The values of a facet, those with most stories first; at most `limit`.
    fn terms(&self, facet: Facet, limit: usize) -> Result<Vec<TermLine>, StoreError>;

    /// One value of a facet; `None` when no story ever had it.
    fn term(&self, facet: Facet, value: &str) -> Result<Option<TermLine>, StoreError>;

    /// The dossiers, the one with the latest story first; at most `limit`. Those that were merged are not among them.
    fn dossiers(&self, limit: usize) -> Result<Vec<DossierLine>, StoreError>;

    /// A dossier, merged or not; `None` when it was never described.
    fn dossier(&self, slug: &DossierSlug) -> Result<Option<DossierLine>, StoreError>;

    /// A dossier as it stood once the wire had reached `entry`; `None` when it was not described yet.
    fn dossier_at(&self, slug: &DossierSlug, entry: WireSeq) -> Result<Option<DossierLine>, StoreError>;

    /// The descriptions of a dossier, oldest first; at most the latest 500.
    fn dossier_entries(&self, slug: &DossierSlug) -> Result<Vec<DossierEntry>, StoreError>;

    /// What happened after the entry `since` to stories that are filed under any of these dossiers: each with the story's line as it
    /// is today, newest first; at most `limit`, at most 1,000. Repeats are not told.
    fn dossier_news(&self, slugs: &[DossierSlug], since: WireSeq, limit: usize) -> Result<Vec<(Line, VersionLine)>, StoreError>;

    /// The stories an editor lets lead the front page of an edition, most important first; empty when nobody ranks it. Withdrawn ones
    /// are left out.
    fn front(&self, edition: &Lang) -> Result<Vec<Line>, StoreError>;

    /// When the earliest and the latest of the stories that first moved in a span did; `None` when there are none.
    fn moved_within(&self, span: Span) -> Result<Option<(Timestamp, Timestamp)>, StoreError>;

    /// How many stories first moved in each of these spans, withdrawn ones among them; with a language, by the first part of its tag,
    /// only those in it.
    fn counts(&self, spans: &[Span], lang: Option<&Lang>) -> Result<Vec<u64>, StoreError>;

    /// The files of a sitemap, by number, with the instant each last changed. A change of one drops the tag `shard:N`.
    fn shards(&self) -> Result<Vec<(u32, Timestamp)>, StoreError>;

    /// The usable stories of one of them, at most 10,000, in the order they became public.
    fn shard(&self, shard: u32) -> Result<Vec<Line>, StoreError>;

    /// A version of a story as the entry that made it said it; `None` when there is no such version.
    fn version(&self, story: StoryId, version: Version) -> Result<Option<PastStory>, StoreError>;

    /// The last entry about a story or a dossier that moved at or before an instant; `None` before the first.
    fn entry_at(&self, at: Timestamp) -> Result<Option<WireSeq>, StoreError>;

    /// A story as readers saw it once the wire had reached `entry`; `None` when it was not there yet.
    fn story_at(&self, story: StoryId, entry: WireSeq) -> Result<Option<PastStory>, StoreError>;

    /// All news as readers saw it once the wire had reached `entry`, in the order it had then: at most `limit` stories, at most
    /// 1,000, below the position `before`.
    fn list_at(&self, entry: WireSeq, before: Option<WireSeq>, limit: usize) -> Result<Vec<PastStory>, StoreError>;

    /// The public register: corrections, holds, releases, kills and takedowns, each with the story's line as it is today, newest
    /// first; at most `limit`, at most 1,000, below the entry `before`.
    fn register(&self, before: Option<WireSeq>, limit: usize) -> Result<Vec<(Line, VersionLine)>, StoreError>;

    /// Every row as text, in an order that depends on nothing but the rows: two stores that print the same answer every
    /// question alike. For proving that a rebuild changes nothing.
    fn dump(&self, line: &mut dyn FnMut(&str)) -> Result<(), StoreError>;
}
