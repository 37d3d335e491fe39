//! Other media: whom the newsroom follows, what they report of our stories, and partners under an agreement.

mod matched;
mod partner;
mod source;

pub use matched::{
    DecidedBy, Difference, DifferenceKind, DifferenceState, Evidence, MatchKind, PressMatch, PressSubject, ReportId, Shared, SharedKind,
};
pub use partner::{Agreement, AgreementState, Balance, PartnerId, Teaser, TeaserAnswer, TeaserRefusal, TeaserUse, TrustRelation};
pub use source::{FeedForm, Outlet, PressLicence, PressSource, ReportNotice, SourceId, SourceState, WebAddress};

/// Declares the words of an enum: `as_str` and `from_word`, one beside the other.
macro_rules! words {
    ($name:ident { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word that stands for it in stored and sent forms, and in the shell.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            /// Reads the word. `None` when there is no such one.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}
use words;
