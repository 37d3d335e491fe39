//! How a source is: what it last gave, and what was wrong since.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// How many sentences about held rates are kept for a source.
pub const HELD_MAX: usize = 20;
/// A source may ask for at most so much patience.
const RETRY_AFTER_MAX: SignedDuration = SignedDuration::from_hours(24);

/// What is known of a source by having asked it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// When it was last asked.
    pub asked_at: Option<Timestamp>,
    /// When it last gave an answer that could be used, news or not.
    pub answered_at: Option<Timestamp>,
    /// When it last gave news.
    pub news_at: Option<Timestamp>,
    /// The latest day it has given rates for.
    pub latest: Option<Date>,
    /// How many times in a row it could not be used.
    pub n_failures: u32,
    /// What was wrong the last time; `None` once it answered well again.
    pub problem: Option<String>,
    /// What was held back in the last answer, at most [`HELD_MAX`] sentences.
    pub held: Vec<String>,
    /// What it said its last good answer was, for the next request.
    pub validators: Validators,
    /// It asked not to be asked before.
    pub not_before: Option<Timestamp>,
    /// When it is asked next.
    pub next_at: Option<Timestamp>,
}

/// What a server says of a document so that it need not send it again. RFC 9110, sections 8.8.2 and 8.8.3.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its entity tag, as sent.
    pub etag: Option<String>,
    /// When it was last modified, as sent.
    pub last_modified: Option<String>,
}

/// What came of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The document was read; what was new in it and not held back moved.
    Read {
        /// Whether anything moved.
        is_news: bool,
        /// The latest day in it, of what was not held back.
        latest: Option<Date>,
        /// What was held back.
        held: Vec<String>,
        /// What the server said of the document.
        validators: Validators,
    },
    /// It has not changed.
    NotModified,
    /// The source could not be reached, answered with an error, or sent what cannot be read. Nothing was kept.
    Failed {
        /// The sentence for the operator.
        problem: String,
        /// It asked to be left alone for so long.
        retry_after: Option<SignedDuration>,
    },
}

impl Health {
    /// The health after asking at `now`. When to ask next is decided by [`next_at`](super::next_at).
    #[must_use]
    pub fn after(mut self, outcome: Outcome, now: Timestamp) -> Self {
        self.asked_at = Some(now);
        self.not_before = None;
        match outcome {
            Outcome::Read { is_news, latest, mut held, validators } => {
                self.answered_at = Some(now);
                self.news_at = if is_news { Some(now) } else { self.news_at };
                self.latest = self.latest.max(latest);
                self.n_failures = 0;
                self.problem = None;
                // What was held back has to come again, so it is asked for whole.
                self.validators = if held.is_empty() { validators } else { Validators::default() };
                held.truncate(HELD_MAX);
                self.held = held;
            }
            Outcome::NotModified => {
                self.answered_at = Some(now);
                self.n_failures = 0;
                self.problem = None;
            }
            Outcome::Failed { problem, retry_after } => {
                self.n_failures = self.n_failures.saturating_add(1);
                self.problem = Some(problem);
                self.not_before = retry_after.and_then(|wait| now.checked_add(wait.clamp(SignedDuration::ZERO, RETRY_AFTER_MAX)).ok());
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn read(latest: Date, held: &[&str]) -> Outcome {
        let validators = Validators { etag: Some("\"1\"".to_owned()), last_modified: None };
        Outcome::Read { is_news: true, latest: Some(latest), held: held.iter().map(ToString::to_string).collect(), validators }
    }

    #[test]
    fn failures_are_counted_until_it_answers_well_again() {
        let failed = || Outcome::Failed { problem: "it is down".to_owned(), retry_after: Some(SignedDuration::from_hours(1_000)) };
        let ill = Health::default().after(read(date(2026, 4, 13), &[]), at(1)).after(failed(), at(2)).after(failed(), at(3));
        assert_eq!((ill.n_failures, ill.problem.as_deref(), ill.latest), (2, Some("it is down"), Some(date(2026, 4, 13))));
        assert_eq!(ill.not_before, Some(at(3 + 86_400)), "nobody is asked to wait for more than a day");
        assert_eq!(ill.validators.etag.as_deref(), Some("\"1\""), "what was good stays known");
        let well = ill.after(Outcome::NotModified, at(4));
        assert_eq!((well.n_failures, well.problem, well.answered_at, well.not_before), (0, None, Some(at(4)), None));
    }

    #[test]
    fn what_was_held_back_is_asked_for_again() {
        let health = Health::default().after(read(date(2026, 4, 13), &["a rate moved"]), at(1));
        assert_eq!((health.held.len(), health.validators), (1, Validators::default()));
    }

    #[test]
    fn an_older_document_does_not_set_a_source_back() {
        let health = Health::default().after(read(date(2026, 4, 13), &[]), at(1)).after(read(date(2026, 4, 10), &[]), at(2));
        assert_eq!(health.latest, Some(date(2026, 4, 13)));
    }
}
