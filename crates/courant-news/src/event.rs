//! What can happen to a story, and the one table of what may follow what.

use std::borrow::Cow;
use std::sync::Arc;

use crate::press::{Agreement, PressMatch, PressSource, PressSubject, ReportNotice, Teaser};
use crate::{
    Advisory, Dossier, DossierMerge, DossierSlug, Fixing, FrontRank, Guid, NewsItem, Notice, Photo, PhotoId, PhotoNotice, PubStatus,
    Reason, Version,
};

/// Everything that can be on the wire: a sealed set, so that a new kind breaks the build until every projection
/// answers for it.
#[derive(Clone, Debug, PartialEq)]
pub enum WireEvent {
    /// A story first moves.
    Move(Arc<NewsItem>),
    /// A full new version with more news (writethru).
    Update {
        /// The new version.
        item: Arc<NewsItem>,
        /// What is new, for the public.
        note: Option<Reason>,
    },
    /// A new version that mends a factual error; the public reason is the last of the item's corrections.
    Correct(Arc<NewsItem>),
    /// A new version with a minor fix.
    Refile {
        /// The new version.
        item: Arc<NewsItem>,
        /// What was fixed.
        note: Option<Reason>,
    },
    /// The same version once more, unchanged.
    Repeat(Arc<NewsItem>),
    /// An embargo has ended; the item is now for everybody.
    LiftEmbargo(Arc<NewsItem>),
    /// Hold it until told.
    Withhold(Arc<Notice>),
    /// A withheld story may be used again.
    Release {
        /// The story, complete.
        item: Arc<NewsItem>,
        /// Why, for the public.
        note: Option<Reason>,
    },
    /// Withdrawn for good.
    Kill(Arc<Notice>),
    /// Withdrawn for good for legal or personal reasons, and quoted nowhere.
    TakeDown(Arc<Notice>),
    /// A note to editors.
    Advise(Arc<Advisory>),
    /// A dossier, as the editors now describe it.
    DescribeDossier(Arc<Dossier>),
    /// Exchange rates, as a source fixed them for a day.
    Fix(Arc<Fixing>),
    /// A photo, as the agency now describes it.
    DescribePhoto(Arc<Photo>),
    /// A photo withdrawn for good, from every story that shows it.
    KillPhoto(Arc<PhotoNotice>),
    /// What leads the front page, as the editors now say.
    RankFront(Arc<FrontRank>),
    /// A dossier is continued in another, for good.
    MergeDossier(Arc<DossierMerge>),
    /// A source of other media, as the editors now describe it.
    DescribeSource(Arc<PressSource>),
    /// Another outlet reports of one of our stories or dossiers.
    MatchReport(Arc<PressMatch>),
    /// A report of another outlet is no longer shown.
    WithdrawReport(Arc<ReportNotice>),
    /// The agreement with a partner, as it now stands.
    DescribePartner(Arc<Agreement>),
    /// A report of a partner is shown under its agreement.
    Tease(Arc<Teaser>),
}

/// The name of a [`WireEvent`]'s kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// [`WireEvent::Move`].
    Move,
    /// [`WireEvent::Update`].
    Update,
    /// [`WireEvent::Correct`].
    Correct,
    /// [`WireEvent::Refile`].
    Refile,
    /// [`WireEvent::Repeat`].
    Repeat,
    /// [`WireEvent::LiftEmbargo`].
    LiftEmbargo,
    /// [`WireEvent::Withhold`].
    Withhold,
    /// [`WireEvent::Release`].
    Release,
    /// [`WireEvent::Kill`].
    Kill,
    /// [`WireEvent::TakeDown`].
    TakeDown,
    /// [`WireEvent::Advise`].
    Advise,
    /// [`WireEvent::DescribeDossier`].
    DescribeDossier,
    /// [`WireEvent::Fix`].
    Fix,
    /// [`WireEvent::DescribePhoto`].
    DescribePhoto,
    /// [`WireEvent::KillPhoto`].
    KillPhoto,
    /// [`WireEvent::RankFront`].
    RankFront,
    /// [`WireEvent::MergeDossier`].
    MergeDossier,
    /// [`WireEvent::DescribeSource`].
    DescribeSource,
    /// [`WireEvent::MatchReport`].
    MatchReport,
    /// [`WireEvent::WithdrawReport`].
    WithdrawReport,
    /// [`WireEvent::DescribePartner`].
    DescribePartner,
    /// [`WireEvent::Tease`].
    Tease,
}

/// Where a story stands after its latest entry: all the rule table needs to know of the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its latest version.
    pub version: Version,
    /// What receivers may do.
    pub pub_status: PubStatus,
    /// Whether it is under an embargo that has not been lifted: on the wire, but not public.
    pub embargoed: bool,
    /// Whether it was taken down, which is stronger than a kill.
    pub taken_down: bool,
}

/// How strictly an offered version must follow the latest one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// It must be exactly the next: what our own desks do.
    Next,
    /// It may be any later one: another agency numbers as it likes.
    Later,
}

/// The answer to [`WireEvent::admit`] when the event may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Where the story stands once the event has moved; `None` for what is no story.
    pub standing: Option<Standing>,
}

/// Why an event may not move. The message is shown to the editor as it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A kill is final.
    #[error("the story was killed, and a kill is final; move a fresh story instead")]
    AlreadyKilled,
    /// So is a takedown.
    #[error("the story was taken down, and that is final")]
    AlreadyTakenDown,
    /// A second move.
    #[error("the story has moved already; move an update or a correction instead")]
    AlreadyMoved,
    /// Anything else before the first move.
    #[error("the story has not moved yet; move it first")]
    NeverMoved,
    /// An edit of a withheld story.
    #[error("the story is withheld; release it first, or kill it")]
    Withheld,
    /// A second hold.
    #[error("the story is withheld already")]
    AlreadyWithheld,
    /// A release of what is not held.
    #[error("the story is not withheld, so there is nothing to release")]
    NotWithheld,
    /// Lifting what is not there.
    #[error("the story is not under embargo, so there is nothing to lift")]
    NotEmbargoed,
    /// An embargo on what everybody has read.
    #[error("the story has been public already; an embargo can no longer be added")]
    EmbargoTooLate,
    /// A version that does not follow: someone else was first, or the numbers run backwards.
    #[error("version {offered} was offered, but the story is at version {current} and version {} comes next; reload it and compare", .current.next())]
    Stale {
        /// What was offered.
        offered: Version,
        /// What the wire has.
        current: Version,
    },
    /// A second kill of a photo, or a new description of a killed one.
    #[error("the photo was killed, and a kill is final; use another photo")]
    PhotoKilled,
    /// A kill of a photo nobody added.
    #[error("the photo is not on this wire; look for its name in the story's .json, or with `courant wire tail`")]
    NoSuchPhoto,
    /// A match with a story that readers may not see yet.
    #[error("the story is under embargo; match reports with it once it is public")]
    MatchUnderEmbargo,
    /// A story with the name of a photo.
    #[error("the guid names a photo; give the story one of its own")]
    NamesPhoto,
    /// A repeat of something else than the latest version.
    #[error("version {offered} cannot be repeated, the story is at version {current}; repeat that one")]
    RepeatOfOld {
        /// What was offered.
        offered: Version,
        /// What the wire has.
        current: Version,
    },
    /// A dossier nobody described.
    #[error("there is no dossier {slug} on this wire; look for its slug with `courant dossier list`, or create it first")]
    NoSuchDossier {
        /// What was named.
        slug: DossierSlug,
    },
    /// A second dossier of the same name.
    #[error("the dossier {slug} exists already; describe that one, or choose another slug")]
    DossierTaken {
        /// The name.
        slug: DossierSlug,
    },
    /// Somebody else described it first.
    #[error("description {offered} of the dossier {slug} was offered, but {next} comes next; look at it again and repeat the act")]
    DossierStale {
        /// The dossier.
        slug: DossierSlug,
        /// What was offered.
        offered: Version,
        /// What comes next.
        next: Version,
    },
    /// Anything with a dossier that was merged.
    #[error("the dossier {slug} was merged into {into}; use {into}")]
    DossierMerged {
        /// The dossier.
        slug: DossierSlug,
        /// Where it goes on.
        into: DossierSlug,
    },
    /// A story for a dossier that is closed, or a dossier merged into it.
    #[error("the dossier {slug} is closed; open it first with `courant dossier describe {slug} --state open`")]
    DossierClosed {
        /// The dossier.
        slug: DossierSlug,
    },
    /// A merge of one dossier.
    #[error("the dossier {slug} cannot be merged into itself; name another one")]
    DossierIntoItself {
        /// The dossier.
        slug: DossierSlug,
    },
    /// A dossier above or beside itself.
    #[error("the dossier {slug} would be part of itself; name another parent or related dossier")]
    DossierCircle {
        /// The dossier.
        slug: DossierSlug,
    },
}

impl Refusal {
    /// Whether reloading and comparing can help: somebody else moved first.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Stale { .. } | Self::RepeatOfOld { .. } | Self::DossierStale { .. })
    }
}

/// What the story's past allows, one word for each row of the table.
#[derive(Clone, Copy)]
enum Before {
    Nothing,
    Public(Version),
    Embargoed(Version),
    Withheld(Version),
    Killed(Version),
    TakenDown,
}

impl Before {
    fn of(standing: Option<Standing>) -> Self {
        match standing {
            None => Self::Nothing,
            Some(Standing { taken_down: true, .. }) => Self::TakenDown,
            Some(Standing { pub_status: PubStatus::Canceled, version, .. }) => Self::Killed(version),
            Some(Standing { pub_status: PubStatus::Withheld, version, .. }) => Self::Withheld(version),
            Some(Standing { embargoed: true, version, .. }) => Self::Embargoed(version),
            Some(Standing { version, .. }) => Self::Public(version),
        }
    }
}

impl WireEvent {
    /// Says whether this event may follow what the story's past is, and where the story stands then.
    ///
    /// This is the whole rule table (newsrooms: states and transitions). A hold, a kill and a takedown offer no
    /// version: they are given the next one, so they can never lose a race against an edit.
    ///
    /// # Errors
    /// A [`Refusal`] when the past rules the event out, or its version does not follow.
    pub fn admit(&self, before: Option<Standing>, offer: Offer) -> Result<Admission, Refusal> {
        use Before::{Embargoed, Killed, Nothing, Public, TakenDown, Withheld};

        let standing = match (self, Before::of(before)) {
            // What may follow what in the life of a dossier is `DossierBook::admit`.
            (Self::Advise(_) | Self::DescribeDossier(_) | Self::MergeDossier(_) | Self::Fix(_) | Self::RankFront(_), _) => {
                return Ok(Admission { standing: None });
            }
            (Self::DescribeSource(_) | Self::WithdrawReport(_), _) => return Ok(Admission { standing: None }),
            (Self::DescribePartner(_) | Self::Tease(_), _) => return Ok(Admission { standing: None }),
            (Self::MatchReport(found), _) if found.about.guid().is_none() => return Ok(Admission { standing: None }),

            (Self::DescribePhoto(_), Nothing) => status(Version::FIRST, PubStatus::Usable),
            (Self::DescribePhoto(_), Public(current) | Embargoed(current) | Withheld(current)) => status(current.next(), PubStatus::Usable),
            (Self::KillPhoto(_), Public(current) | Embargoed(current) | Withheld(current)) => status(current.next(), PubStatus::Canceled),
            (Self::DescribePhoto(_) | Self::KillPhoto(_), Killed(_) | TakenDown) => return Err(Refusal::PhotoKilled),
            (Self::KillPhoto(_), Nothing) => return Err(Refusal::NoSuchPhoto),
            _ if self.guid().is_some_and(|guid| PhotoId::of_guid(guid.as_str()).is_some()) => return Err(Refusal::NamesPhoto),

            (_, TakenDown) => return Err(Refusal::AlreadyTakenDown),
            (Self::TakeDown(_), Killed(current)) => taken_down(current),
            (_, Killed(_)) => return Err(Refusal::AlreadyKilled),

            (Self::Move(item), Nothing) => of_item(item, item.version),
            (_, Nothing) => return Err(Refusal::NeverMoved),
            // A match says what both reports share, so it quotes the story.
            (Self::MatchReport(_), Public(_)) => return Ok(Admission { standing: None }),
            (Self::MatchReport(_), Embargoed(_)) => return Err(Refusal::MatchUnderEmbargo),
            (Self::MatchReport(_), Withheld(_)) => return Err(Refusal::Withheld),
            (Self::Move(_), Public(_) | Embargoed(_) | Withheld(_)) => return Err(Refusal::AlreadyMoved),

            (Self::Update { item, .. } | Self::Correct(item) | Self::Refile { item, .. }, Public(current)) => {
                follows(item.version, current, offer)?;
                if item.embargo.is_some() {
                    return Err(Refusal::EmbargoTooLate);
                }
                of_item(item, item.version)
            }
            (Self::Update { item, .. } | Self::Correct(item) | Self::Refile { item, .. }, Embargoed(current)) => {
                follows(item.version, current, offer)?;
                of_item(item, item.version)
            }
            (Self::Update { .. } | Self::Correct(_) | Self::Refile { .. } | Self::Repeat(_), Withheld(_)) => return Err(Refusal::Withheld),

            (Self::Repeat(item), Public(current) | Embargoed(current)) => {
                if item.version != current {
                    return Err(Refusal::RepeatOfOld { offered: item.version, current });
                }
                of_item(item, current)
            }

            (Self::LiftEmbargo(item), Embargoed(current)) => {
                follows(item.version, current, offer)?;
                of_item(item, item.version)
            }
            (Self::LiftEmbargo(_), Public(_) | Withheld(_)) => return Err(Refusal::NotEmbargoed),

            (Self::Withhold(_), Public(current) | Embargoed(current)) => status(current.next(), PubStatus::Withheld),
            (Self::Withhold(_), Withheld(_)) => return Err(Refusal::AlreadyWithheld),
            (Self::Release { item, .. }, Withheld(current)) => {
                follows(item.version, current, offer)?;
                of_item(item, item.version)
            }
            (Self::Release { .. }, Public(_) | Embargoed(_)) => return Err(Refusal::NotWithheld),

            (Self::Kill(_), Public(current) | Embargoed(current) | Withheld(current)) => status(current.next(), PubStatus::Canceled),
            (Self::TakeDown(_), Public(current) | Embargoed(current) | Withheld(current)) => taken_down(current),
        };
        Ok(Admission { standing: Some(standing) })
    }

    /// The event with the version the wire admitted it at. Only notices and photos change: everything else offered its
    /// version.
    #[must_use]
    pub fn at_version(self, version: Version) -> Self {
        let settle = |notice: Arc<Notice>| Arc::new(Notice { version, ..Arc::unwrap_or_clone(notice) });
        match self {
            Self::Withhold(notice) => Self::Withhold(settle(notice)),
            Self::Kill(notice) => Self::Kill(settle(notice)),
            Self::TakeDown(notice) => Self::TakeDown(settle(notice)),
            Self::DescribePhoto(photo) => Self::DescribePhoto(Arc::new(Photo { version, ..Arc::unwrap_or_clone(photo) })),
            Self::KillPhoto(notice) => Self::KillPhoto(Arc::new(PhotoNotice { version, ..Arc::unwrap_or_clone(notice) })),
            other => other,
        }
    }

    /// Its kind.
    pub fn kind(&self) -> EventKind {
        match self {
            Self::Move(_) => EventKind::Move,
            Self::Update { .. } => EventKind::Update,
            Self::Correct(_) => EventKind::Correct,
            Self::Refile { .. } => EventKind::Refile,
            Self::Repeat(_) => EventKind::Repeat,
            Self::LiftEmbargo(_) => EventKind::LiftEmbargo,
            Self::Withhold(_) => EventKind::Withhold,
            Self::Release { .. } => EventKind::Release,
            Self::Kill(_) => EventKind::Kill,
            Self::TakeDown(_) => EventKind::TakeDown,
            Self::Advise(_) => EventKind::Advise,
            Self::DescribeDossier(_) => EventKind::DescribeDossier,
            Self::Fix(_) => EventKind::Fix,
            Self::DescribePhoto(_) => EventKind::DescribePhoto,
            Self::KillPhoto(_) => EventKind::KillPhoto,
            Self::RankFront(_) => EventKind::RankFront,
            Self::MergeDossier(_) => EventKind::MergeDossier,
            Self::DescribeSource(_) => EventKind::DescribeSource,
            Self::MatchReport(_) => EventKind::MatchReport,
            Self::WithdrawReport(_) => EventKind::WithdrawReport,
            Self::DescribePartner(_) => EventKind::DescribePartner,
            Self::Tease(_) => EventKind::Tease,
        }
    }

    /// The item it carries, if it carries one.
    pub fn item(&self) -> Option<&Arc<NewsItem>> {
        match self {
            Self::Move(item) | Self::Correct(item) | Self::Repeat(item) | Self::LiftEmbargo(item) => Some(item),
            Self::Update { item, .. } | Self::Refile { item, .. } | Self::Release { item, .. } => Some(item),
            Self::Withhold(_) | Self::Kill(_) | Self::TakeDown(_) => None,
            Self::Advise(_) | Self::DescribeDossier(_) | Self::MergeDossier(_) | Self::Fix(_) | Self::RankFront(_) => None,
            Self::DescribePhoto(_) | Self::KillPhoto(_) => None,
            Self::DescribeSource(_) | Self::MatchReport(_) | Self::WithdrawReport(_) | Self::DescribePartner(_) | Self::Tease(_) => None,
        }
    }

    /// The notice it carries, if it carries one.
    pub fn notice(&self) -> Option<&Arc<Notice>> {
        match self {
            Self::Withhold(notice) | Self::Kill(notice) | Self::TakeDown(notice) => Some(notice),
            _ => None,
        }
    }

    /// The public reason that goes with it.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Update { note, .. } | Self::Refile { note, .. } | Self::Release { note, .. } => note.as_ref(),
            Self::Correct(item) => item.corrections.last().map(|correction| &correction.reason),
            Self::Withhold(notice) | Self::Kill(notice) | Self::TakeDown(notice) => Some(&notice.reason),
            Self::KillPhoto(notice) => Some(&notice.reason),
            Self::MergeDossier(merge) => Some(&merge.reason),
            Self::DescribeDossier(dossier) => dossier.note.as_ref(),
            Self::WithdrawReport(notice) => Some(&notice.reason),
            Self::DescribeSource(source) => source.reason.as_ref(),
            Self::MatchReport(_) | Self::DescribePartner(_) | Self::Tease(_) => None,
            Self::Move(_) | Self::Repeat(_) | Self::LiftEmbargo(_) => None,
            Self::Advise(_) | Self::Fix(_) | Self::RankFront(_) | Self::DescribePhoto(_) => None,
        }
    }

    /// The story or the photo it concerns; `None` for a dossier, a fixing, or what is of other media alone.
    pub fn guid(&self) -> Option<Cow<'_, Guid>> {
        match self {
            Self::Advise(advisory) => Some(Cow::Borrowed(&advisory.guid)),
            Self::DescribeDossier(_) | Self::MergeDossier(_) | Self::Fix(_) | Self::RankFront(_) => None,
            Self::MatchReport(found) => found.about.guid().map(Cow::Borrowed),
            Self::WithdrawReport(notice) => notice.about.as_ref().and_then(PressSubject::guid).map(Cow::Borrowed),
            Self::DescribeSource(_) | Self::DescribePartner(_) | Self::Tease(_) => None,
            Self::DescribePhoto(photo) => Some(Cow::Owned(photo.id.guid())),
            Self::KillPhoto(notice) => Some(Cow::Owned(notice.id.guid())),
            _ => self.item().map(|item| &item.guid).or_else(|| self.notice().map(|notice| &notice.guid)).map(Cow::Borrowed),
        }
    }

    /// The version it carries; `None` for what has none.
    pub fn version(&self) -> Option<Version> {
        match self {
            Self::DescribePhoto(photo) => Some(photo.version),
            Self::KillPhoto(notice) => Some(notice.version),
            _ => self.item().map(|item| item.version).or_else(|| self.notice().map(|notice| notice.version)),
        }
    }
}

/// An edit must follow the version its editor saw.
fn follows(offered: Version, current: Version, offer: Offer) -> Result<(), Refusal> {
    let in_order = match offer {
        Offer::Next => offered == current.next(),
        Offer::Later => current < offered,
    };
    if in_order { Ok(()) } else { Err(Refusal::Stale { offered, current }) }
}

fn of_item(item: &NewsItem, version: Version) -> Standing {
    Standing { version, pub_status: PubStatus::Usable, embargoed: item.embargo.is_some(), taken_down: false }
}

fn status(version: Version, pub_status: PubStatus) -> Standing {
    Standing { version, pub_status, embargoed: false, taken_down: false }
}

fn taken_down(current: Version) -> Standing {
    Standing { version: current.next(), pub_status: PubStatus::Canceled, embargoed: false, taken_down: true }
}

impl EventKind {
    /// All kinds, in the order of the glossary.
    pub const ALL: [Self; 22] = [
        Self::Move,
        Self::Update,
        Self::Correct,
        Self::Refile,
        Self::Repeat,
        Self::LiftEmbargo,
        Self::Withhold,
        Self::Release,
        Self::Kill,
        Self::TakeDown,
        Self::Advise,
        Self::DescribeDossier,
        Self::Fix,
        Self::DescribePhoto,
        Self::KillPhoto,
        Self::RankFront,
        Self::MergeDossier,
        Self::DescribeSource,
        Self::MatchReport,
        Self::WithdrawReport,
        Self::DescribePartner,
        Self::Tease,
    ];

    /// The word for it on the wire, in streams and in the shell.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Move => "move",
            Self::Update => "update",
            Self::Correct => "correct",
            Self::Refile => "refile",
            Self::Repeat => "repeat",
            Self::LiftEmbargo => "lift-embargo",
            Self::Withhold => "withhold",
            Self::Release => "release",
            Self::Kill => "kill",
            Self::TakeDown => "takedown",
            Self::Advise => "advise",
            Self::DescribeDossier => "dossier",
            Self::Fix => "fixing",
            Self::DescribePhoto => "photo",
            Self::KillPhoto => "kill-photo",
            Self::RankFront => "front",
            Self::MergeDossier => "merge-dossier",
            Self::DescribeSource => "press-source",
            Self::MatchReport => "press-match",
            Self::WithdrawReport => "withdraw-report",
            Self::DescribePartner => "partner",
            Self::Tease => "teaser",
        }
    }

    /// Reads the word. `None` when there is no such kind.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::{Headline, Lang, act, press};

    const NOW: jiff::Timestamp = jiff::Timestamp::UNIX_EPOCH;

    fn item(version: u32) -> Arc<NewsItem> {
        let mut item = NewsItem::new(Guid::parse("urn:a").unwrap(), Headline::parse("A").unwrap(), Lang::english(), NOW);
        item.version = Version::new(version).unwrap();
        Arc::new(item)
    }

    fn embargoed(version: u32) -> Arc<NewsItem> {
        let mut item = Arc::unwrap_or_clone(item(version));
        item.embargo = Some(NOW);
        Arc::new(item)
    }

    fn source() -> press::SourceId {
        press::SourceId::parse("gazette").unwrap()
    }

    fn partner() -> press::PartnerId {
        press::PartnerId::parse("harbour").unwrap()
    }

    fn web() -> press::WebAddress {
        press::WebAddress::parse("https://gazette.example/1").unwrap()
    }

    fn matched(about: PressSubject) -> PressMatch {
        PressMatch {
            about,
            source: source(),
            report: press::ReportId::parse("1").unwrap(),
            headline: Headline::parse("A").unwrap(),
            link: web(),
            published_at: None,
            seen_at: NOW,
            lang: Lang::english(),
            is_paywalled: false,
            kind: press::MatchKind::SameStory,
            evidence: press::Evidence::new(900, Vec::new()).unwrap(),
            differs: Vec::new(),
            decided_by: press::DecidedBy::Machine,
        }
    }

    /// One event of every kind about one story, offering version 2 where a version is offered.
    fn event(kind: EventKind) -> WireEvent {
        let reason = || Reason::parse("why").unwrap();
        match kind {
            EventKind::Move => WireEvent::Move(item(1)),
            EventKind::Update => WireEvent::Update { item: item(2), note: None },
            EventKind::Correct => WireEvent::Correct(item(2)),
            EventKind::Refile => WireEvent::Refile { item: item(2), note: None },
            EventKind::Repeat => WireEvent::Repeat(item(1)),
            EventKind::LiftEmbargo => WireEvent::LiftEmbargo(item(2)),
            EventKind::Withhold => act::withhold(&item(1), reason(), None),
            EventKind::Release => WireEvent::Release { item: item(2), note: None },
            EventKind::Kill => act::kill(&item(1), reason(), None),
            EventKind::TakeDown => act::take_down(&item(1), reason(), None),
            EventKind::Advise => {
                WireEvent::Advise(Arc::new(Advisory { guid: Guid::parse("urn:b").unwrap(), text: crate::EdNote::parse("note").unwrap() }))
            }
            EventKind::DescribeDossier => {
                let text = crate::DossierText::new(Lang::english(), "D", None).unwrap();
                WireEvent::DescribeDossier(Arc::new(Dossier::new(DossierSlug::parse("d").unwrap(), text)))
            }
            EventKind::MergeDossier => {
                let [from, into] = ["d", "e"].map(|slug| DossierSlug::parse(slug).unwrap());
                WireEvent::MergeDossier(Arc::new(DossierMerge { from, into, reason: reason() }))
            }
            EventKind::Fix => WireEvent::Fix(Arc::new(crate::Fixing::of(
                crate::RateSource::parse("ecb").unwrap(),
                crate::CurrencyCode::EUR,
                crate::Quotation::PerBase,
                crate::DateKind::Observed,
                jiff::civil::date(2026, 4, 13),
                crate::Read { scope: crate::FixingScope::Whole, fetched_at: NOW, raw_hash: crate::RawHash([0; 32]) },
            ))),
            EventKind::DescribePhoto => {
                let file = crate::Rendition::new("/media/0a.jpg", "image/jpeg", 640, 480).unwrap();
                let picture = crate::Picture::new("Caption", "Credit", "Alt", vec![file]).unwrap();
                WireEvent::DescribePhoto(Arc::new(Photo::new(PhotoId::of(b"a"), picture, crate::Focus::CENTRE)))
            }
            EventKind::KillPhoto => {
                let id = PhotoId::of(b"a");
                WireEvent::KillPhoto(Arc::new(PhotoNotice { id, version: Version::FIRST, reason: reason(), ednote: None }))
            }
            EventKind::RankFront => WireEvent::RankFront(Arc::new(FrontRank::new(Lang::english(), Vec::new()).unwrap())),
            EventKind::DescribeSource => {
                WireEvent::DescribeSource(Arc::new(PressSource::new(source(), "A", web(), web(), Lang::english()).unwrap()))
            }
            EventKind::MatchReport => WireEvent::MatchReport(Arc::new(matched(PressSubject::Story(Guid::parse("urn:a").unwrap())))),
            EventKind::WithdrawReport => WireEvent::WithdrawReport(Arc::new(ReportNotice {
                outlet: press::Outlet::Source(source()),
                report: press::ReportId::parse("1").unwrap(),
                about: None,
                reason: reason(),
            })),
            EventKind::DescribePartner => WireEvent::DescribePartner(Arc::new(Agreement::new(partner(), "A", web(), NOW).unwrap())),
            EventKind::Tease => {
                let report = press::ReportId::parse("1").unwrap();
                WireEvent::Tease(Arc::new(Teaser::new(partner(), report, Headline::parse("A").unwrap(), web(), Lang::english(), NOW)))
            }
        }
    }

    #[test]
    fn the_whole_rule_table() {
        let at = |pub_status, embargoed, taken_down| Some(Standing { version: Version::FIRST, pub_status, embargoed, taken_down });
        let pasts = [
            None,
            at(PubStatus::Usable, false, false),
            at(PubStatus::Usable, true, false),
            at(PubStatus::Withheld, false, false),
            at(PubStatus::Canceled, false, false),
            at(PubStatus::Canceled, false, true),
        ];
        let mut table = String::from("             none public embargoed withheld killed taken-down\n");
        for kind in EventKind::ALL {
            let row: Vec<String> = pasts
                .iter()
                .map(|past| match event(kind).admit(*past, Offer::Next) {
                    Ok(Admission { standing: Some(after) }) => format!("{} v{}", after.pub_status.as_str(), after.version),
                    Ok(Admission { standing: None }) => "yes".to_owned(),
                    Err(_) => "-".to_owned(),
                })
                .collect();
            let _ = writeln!(table, "{:12} {}", kind.as_str(), row.join(" | "));
        }
        let expected = "             none public embargoed withheld killed taken-down
move         usable v1 | - | - | - | - | -
update       - | usable v2 | usable v2 | - | - | -
correct      - | usable v2 | usable v2 | - | - | -
refile       - | usable v2 | usable v2 | - | - | -
repeat       - | usable v1 | usable v1 | - | - | -
lift-embargo - | - | usable v2 | - | - | -
withhold     - | withheld v2 | withheld v2 | - | - | -
release      - | - | - | usable v2 | - | -
kill         - | canceled v2 | canceled v2 | canceled v2 | - | -
takedown     - | canceled v2 | canceled v2 | canceled v2 | canceled v2 | -
advise       yes | yes | yes | yes | yes | yes
dossier      yes | yes | yes | yes | yes | yes
fixing       yes | yes | yes | yes | yes | yes
photo        usable v1 | usable v2 | usable v2 | usable v2 | - | -
kill-photo   - | canceled v2 | canceled v2 | canceled v2 | - | -
front        yes | yes | yes | yes | yes | yes
merge-dossier yes | yes | yes | yes | yes | yes
press-source yes | yes | yes | yes | yes | yes
press-match  - | yes | - | - | - | -
withdraw-report yes | yes | yes | yes | yes | yes
partner      yes | yes | yes | yes | yes | yes
teaser       yes | yes | yes | yes | yes | yes
";
        assert_eq!(table, expected);
    }

    #[test]
    fn a_stale_edit_names_both_versions() {
        let current =
            Some(Standing { version: Version::new(4).unwrap(), pub_status: PubStatus::Usable, embargoed: false, taken_down: false });
        let refused = WireEvent::Correct(item(4)).admit(current, Offer::Next).unwrap_err();
        assert!(refused.is_conflict());
        assert!(refused.to_string().contains("version 4 was offered") && refused.to_string().contains("version 5 comes next"), "{refused}");
        assert!(WireEvent::Correct(item(9)).admit(current, Offer::Next).is_err());
        assert!(WireEvent::Correct(item(9)).admit(current, Offer::Later).is_ok());
    }

    #[test]
    fn an_embargo_cannot_be_added_once_everybody_has_read_it() {
        let public = WireEvent::Move(item(1)).admit(None, Offer::Next).unwrap().standing;
        let update = WireEvent::Update { item: embargoed(2), note: None };
        assert_eq!(update.admit(public, Offer::Next), Err(Refusal::EmbargoTooLate));
        let hidden = WireEvent::Move(embargoed(1)).admit(None, Offer::Next).unwrap().standing;
        assert!(hidden.unwrap().embargoed);
        assert!(update.admit(hidden, Offer::Next).unwrap().standing.unwrap().embargoed);
    }

    #[test]
    fn a_dossier_is_matched_whatever_its_stories_are() {
        let about = PressSubject::Dossier(crate::DossierSlug::parse("d").unwrap());
        let event = WireEvent::MatchReport(Arc::new(matched(about)));
        assert_eq!((event.guid(), event.admit(None, Offer::Next)), (None, Ok(Admission { standing: None })));
    }

    #[test]
    fn a_photo_and_a_story_never_share_a_name() {
        let mut named = Arc::unwrap_or_clone(item(1));
        named.guid = PhotoId::of(b"a").guid();
        assert_eq!(WireEvent::Move(Arc::new(named)).admit(None, Offer::Next), Err(Refusal::NamesPhoto));
        let killed = Some(Standing { version: Version::FIRST, pub_status: PubStatus::Canceled, embargoed: false, taken_down: false });
        assert_eq!(event(EventKind::DescribePhoto).admit(killed, Offer::Next), Err(Refusal::PhotoKilled));
        assert_eq!(event(EventKind::KillPhoto).admit(None, Offer::Next), Err(Refusal::NoSuchPhoto));
    }

    #[test]
    fn kind_words_are_read_back() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::parse(kind.as_str()), Some(kind));
            assert_eq!(event(kind).kind(), kind);
        }
    }
}
