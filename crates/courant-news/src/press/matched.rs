//! What another outlet reports of one of our stories, and why we think so.

use jiff::Timestamp;

use super::{SourceId, WebAddress, words};
use crate::field::{self, line_type};
use crate::{DossierSlug, FieldError, Guid, Headline, Lang, StoryId};

line_type! {
    /// What an outlet calls its report: the guid of its feed, or the link.
    ReportId, "report", 2000
}

/// What a report is shown beside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PressSubject {
    /// A story.
    Story(Guid),
    /// A dossier.
    Dossier(DossierSlug),
}

/// One report of another outlet about one of our stories or dossiers. A later one with the same subject, source and report replaces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PressMatch {
    /// What it is shown beside.
    pub about: PressSubject,
    /// Who reported.
    pub source: SourceId,
    /// What they call it.
    pub report: ReportId,
    /// Their headline as published, as plain text.
    pub headline: Headline,
    /// Their page.
    pub link: WebAddress,
    /// When they published it, if they say so in a way that can be true.
    pub published_at: Option<Timestamp>,
    /// When it was first seen in their feed.
    pub seen_at: Timestamp,
    /// Its language.
    pub lang: Lang,
    /// Whether it is behind a paywall.
    pub is_paywalled: bool,
    /// What it is to our story.
    pub kind: MatchKind,
    /// Why we think so.
    pub evidence: Evidence,
    /// Where it disagrees with us.
    pub differs: Vec<Difference>,
    /// Who decided that it belongs here.
    pub decided_by: DecidedBy,
}

/// What a report is to our story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchKind {
    /// It tells the same.
    SameStory,
    /// It tells what came before or stands behind.
    Background,
}
words!(MatchKind { SameStory => "same", Background => "background" });

/// Who decided that a report belongs beside a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecidedBy {
    /// The machine, and nobody looked yet.
    Machine,
    /// An editor, or one has confirmed it.
    Editor,
}
words!(DecidedBy { Machine => "machine", Editor => "editor" });

/// Why a report is shown beside a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// How probable it is that both tell the same story, in thousandths.
    score: u16,
    /// What both have, the rarest first.
    shared: Vec<Shared>,
}

/// Something both have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// What kind of thing.
    pub kind: SharedKind,
    /// As our story writes it.
    pub ours: Box<str>,
    /// As theirs does.
    pub theirs: Box<str>,
}

/// What kind of thing two reports share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SharedKind {
    /// A name.
    Name,
    /// A place.
    Place,
    /// A number.
    Number,
    /// A word, or a concept in two languages.
    Word,
}
words!(SharedKind { Name => "name", Place => "place", Number => "number", Word => "word" });

/// Something a report says otherwise than our story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What kind of thing.
    pub kind: DifferenceKind,
    /// What our story says.
    pub ours: Box<str>,
    /// What theirs says.
    pub theirs: Box<str>,
    /// Whether readers see it.
    pub state: DifferenceState,
}

/// What kind of thing is told otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// A number.
    Number,
    /// A name.
    Name,
    /// A date.
    Date,
}
words!(DifferenceKind { Number => "number", Name => "name", Date => "date" });

/// What an editor says of a difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DifferenceState {
    /// Nobody looked yet: readers do not see it.
    #[default]
    Waiting,
    /// It is one: readers see it.
    Approved,
    /// It is none.
    Dismissed,
}
words!(DifferenceState { Waiting => "waiting", Approved => "approved", Dismissed => "dismissed" });

/// The longest thing that is shared or differs, in characters.
const PIECE_CHARS_MAX: usize = 200;

impl PressSubject {
    /// The guid of the story; `None` for a dossier.
    pub fn guid(&self) -> Option<&Guid> {
        match self {
            Self::Story(guid) => Some(guid),
            Self::Dossier(_) => None,
        }
    }

    /// The story; `None` for a dossier.
    pub fn story_id(&self) -> Option<StoryId> {
        self.guid().map(Guid::story_id)
    }
}

impl Evidence {
    /// The most shared things that are named.
    pub const SHARED_MAX: usize = 40;
    /// The score of what is certain.
    pub const SCORE_MAX: u16 = 1_000;

    /// The evidence for a match: how probable it is, in thousandths, and what both have, the rarest first.
    ///
    /// # Errors
    /// A [`FieldError`] when the score is above 1,000 or more than [`Evidence::SHARED_MAX`] things are named.
    pub fn new(score: u16, shared: Vec<Shared>) -> Result<Self, FieldError> {
        if Self::SCORE_MAX < score {
            return Err(FieldError::new("score", &score.to_string(), "is above 1000; it counts thousandths"));
        }
        if Self::SHARED_MAX < shared.len() {
            return Err(FieldError::new("shared", &shared.len().to_string(), "are too many; name the 40 rarest"));
        }
        Ok(Self { score, shared })
    }

    /// How probable it is that both tell the same story, in thousandths.
    pub fn score(&self) -> u16 {
        self.score
    }

    /// What both have, the rarest first.
    pub fn shared(&self) -> &[Shared] {
        &self.shared
    }
}

impl Shared {
    /// Something both have.
    ///
    /// # Errors
    /// A [`FieldError`] when a spelling is empty or longer than 200 characters.
    pub fn new(kind: SharedKind, ours: &str, theirs: &str) -> Result<Self, FieldError> {
        let piece = |text| field::line("shared", text, PIECE_CHARS_MAX);
        Ok(Self { kind, ours: piece(ours)?, theirs: piece(theirs)? })
    }
}

impl Difference {
    /// A difference that waits for an editor.
    ///
    /// # Errors
    /// A [`FieldError`] when one of the two is empty or longer than 200 characters.
    pub fn new(kind: DifferenceKind, ours: &str, theirs: &str) -> Result<Self, FieldError> {
        let piece = |text| field::line("difference", text, PIECE_CHARS_MAX);
        Ok(Self { kind, ours: piece(ours)?, theirs: piece(theirs)?, state: DifferenceState::default() })
    }

    /// The same, as an editor judged it.
    #[must_use]
    pub fn judged(self, state: DifferenceState) -> Self {
        Self { state, ..self }
    }
}

impl PressMatch {
    /// The most differences that are kept.
    pub const DIFFERS_MAX: usize = 20;

    /// Checks what no field can check alone. The codec and every maker of one calls it.
    ///
    /// # Errors
    /// A [`FieldError`] when there are more than [`PressMatch::DIFFERS_MAX`] differences.
    pub fn checked(self) -> Result<Self, FieldError> {
        if Self::DIFFERS_MAX < self.differs.len() {
            return Err(FieldError::new("differs", &self.differs.len().to_string(), "are too many; keep the 20 that matter"));
        }
        Ok(self)
    }

    /// When they had it: when they say they published it, else when it was first seen.
    pub fn reported_at(&self) -> Timestamp {
        self.published_at.unwrap_or(self.seen_at)
    }

    /// The differences readers see.
    pub fn approved(&self) -> impl Iterator<Item = &Difference> {
        self.differs.iter().filter(|difference| difference.state == DifferenceState::Approved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_has_limits() {
        let shared = || Shared::new(SharedKind::Name, "Tokyo", "東京").unwrap();
        assert!(Evidence::new(1_000, vec![shared(); 40]).is_ok());
        assert!(Evidence::new(1_001, Vec::new()).unwrap_err().to_string().contains("thousandths"));
        assert!(Evidence::new(0, vec![shared(); 41]).is_err());
        assert!(Shared::new(SharedKind::Word, "", "a").is_err());
        assert!(Difference::new(DifferenceKind::Number, "12", &"1".repeat(201)).is_err());
    }

    #[test]
    fn readers_see_only_what_an_editor_approved() {
        let difference = |state| Difference::new(DifferenceKind::Number, "12", "15").unwrap().judged(state);
        let seen = PressMatch {
            about: PressSubject::Story(Guid::parse("urn:a").unwrap()),
            source: SourceId::parse("sample-gazette").unwrap(),
            report: ReportId::parse("1").unwrap(),
            headline: Headline::parse("Fifteen").unwrap(),
            link: WebAddress::parse("https://gazette.example/1").unwrap(),
            published_at: None,
            seen_at: Timestamp::UNIX_EPOCH,
            lang: Lang::english(),
            is_paywalled: false,
            kind: MatchKind::SameStory,
            evidence: Evidence::new(900, Vec::new()).unwrap(),
            differs: DifferenceState::ALL.iter().map(|state| difference(*state)).collect(),
            decided_by: DecidedBy::Machine,
        };
        assert_eq!(seen.approved().count(), 1);
        assert_eq!(seen.reported_at(), Timestamp::UNIX_EPOCH);
        let many = PressMatch { differs: vec![difference(DifferenceState::Waiting); 21], ..seen };
        assert!(many.checked().is_err());
    }
}
