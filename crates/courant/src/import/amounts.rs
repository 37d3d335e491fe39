//! Amounts of money in the copy that comes in: proposed when asked for, marked only when that is asked for too.

use courant_formats::incoming::Content;
use courant_rates::amounts::{self, InStory};

use crate::cli::ImportOptions;

/// What an import does about amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amounts {
    /// Nothing; the copy stays as its sender marked it.
    Leave,
    /// Say what could be marked.
    Propose,
    /// Say it and mark what has one meaning. The words stay as they are.
    Mark,
}

impl Amounts {
    pub(super) fn of(options: &ImportOptions) -> Self {
        match (options.propose_amounts, options.mark_amounts) {
            (_, true) => Self::Mark,
            (true, false) => Self::Propose,
            (false, false) => Self::Leave,
        }
    }

    /// The proposals for a story, and how many became marks in it.
    pub(super) fn apply(self, content: &mut Content) -> (Vec<InStory>, usize) {
        match (self, content) {
            (Self::Leave, _) | (_, Content::Withdrawal(_)) => (Vec::new(), 0),
            (Self::Propose, Content::Story(item)) => (amounts::in_story(item), 0),
            (Self::Mark, Content::Story(item)) => {
                let proposals = amounts::in_story(item);
                let n_marked = amounts::mark(&mut item.body, &proposals);
                (proposals, n_marked)
            }
        }
    }
}
