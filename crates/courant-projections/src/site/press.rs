//! What pages ask of other media and of partners.

use courant_news::press::{Agreement, Balance, PartnerId, PressMatch, PressSource, ReportId, Teaser};
use courant_news::{DossierSlug, Guid, Lang};
use courant_wire::{StoreError, WireSeq};
use jiff::Timestamp;

/// Beside what reports of other media are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PressAbout<'a> {
    /// A story.
    Story(&'a Guid),
    /// A dossier, by every slug its stories may be filed under: what stands beside any of its stories, and beside itself.
    Dossier(&'a [DossierSlug]),
}

/// A report of another outlet as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PressLine {
    /// The entry that put it there.
    pub seq: WireSeq,
    /// When that moved.
    pub moved_at: Timestamp,
    /// Who reported.
    pub source: PressSource,
    /// What.
    pub found: PressMatch,
}

/// A partner and what went each way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerLine {
    /// The agreement, whatever its state.
    pub agreed: Agreement,
    /// What went each way.
    pub balance: Balance,
}

/// A report of a partner as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeaserLine {
    /// The entry that put it there.
    pub seq: WireSeq,
    /// The agreement it is shown under.
    pub agreed: Agreement,
    /// What.
    pub teaser: Teaser,
}

/// A report of a partner that has been shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenLine {
    /// What they call it.
    pub report: ReportId,
    /// When it began to be shown.
    pub began_at: Timestamp,
    /// What is shown; `None` when it was withdrawn.
    pub teaser: Option<Teaser>,
}

/// The part of the read model that holds what is not the agency's own. A source that is blocked or removed is in no answer, and nothing
/// of a partner whose agreement rests or is over; whether it is in force by the clock is for the page to ask.
pub trait PressStore {
    /// What other media report of a story or a dossier, earliest report first, each report once: at most `limit`. With `at` as it was known
    /// after that entry, but for what has been withdrawn since.
    fn press(&self, about: PressAbout<'_>, at: Option<WireSeq>, limit: usize) -> Result<Vec<PressLine>, StoreError>;

    /// The outlets that are followed, by name.
    fn press_sources(&self) -> Result<Vec<PressSource>, StoreError>;

    /// All partners, by name, whatever the state of their agreements.
    fn partners(&self) -> Result<Vec<PartnerLine>, StoreError>;

    /// What partners report, the latest shown first, in a language by the first part of its tag: at most `limit`.
    fn teasers(&self, lang: &Lang, limit: usize) -> Result<Vec<TeaserLine>, StoreError>;

    /// What of a partner has been shown, the latest first, withdrawn reports among it: at most `limit`. [`Agreement::answer`] asks for it.
    fn taken(&self, partner: &PartnerId, limit: usize) -> Result<Vec<TakenLine>, StoreError>;
}
