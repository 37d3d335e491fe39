//! How a source is: what it last gave, what was wrong since, what it asked for.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::plan::{self, Bounds};
use super::when;

/// How many sentences about its last document are kept of a source.
pub const FAULTS_MAX: usize = 12;
/// The longest such sentence, in characters.
const FAULT_CHARS_MAX: usize = 300;
/// A source may ask for at most so much patience.
const RETRY_AFTER_MAX: SignedDuration = SignedDuration::from_hours(48);
/// Addresses for good in a row that are followed; who moves more often leads us around.
const MOVES_MAX: u32 = 8;

/// What is known of a source by having asked it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Health {
    /// The address it was described with; another one begins everything anew.
    pub described_as: String,
    /// Where it has moved to for good (301, 308); empty while it is where it was.
    pub moved_to: String,
    /// How often it has moved.
    pub n_moves: u32,
    /// When it was last asked.
    #[serde(with = "when::instant")]
    pub asked_at: Option<Timestamp>,
    /// When it last gave an answer that could be used, news or not.
    #[serde(with = "when::instant")]
    pub answered_at: Option<Timestamp>,
    /// When it last gave news.
    #[serde(with = "when::instant")]
    pub news_at: Option<Timestamp>,
    /// The status of the last answer; 0 when there was none.
    pub status: u16,
    /// How many times in a row it could not be used.
    pub n_failures: u32,
    /// What was wrong the last time; `None` once it answered well again.
    pub problem: Option<String>,
    /// What was mended or left out in its last document, at most [`FAULTS_MAX`] sentences.
    pub faults: Vec<String>,
    /// How many reports its last document held.
    pub n_items: u64,
    /// How many reports were taken of it in all.
    pub n_taken: u64,
    /// What it said its last good answer was, for the next request.
    pub validators: Validators,
    /// What it said about being asked.
    pub hints: Hints,
    /// How often it is asked, learned from how often it has something new.
    #[serde(with = "when::span")]
    pub interval: Option<SignedDuration>,
    /// It asked not to be asked before.
    #[serde(with = "when::instant")]
    pub not_before: Option<Timestamp>,
    /// When it is asked next; `None` for one that never was, and for one that is gone.
    #[serde(with = "when::instant")]
    pub next_at: Option<Timestamp>,
    /// It said that it is gone for good (410).
    pub is_gone: bool,
    /// The hub that announces its changes, if one does.
    pub subscription: Option<Subscription>,
}

/// What a server says of a document so that it need not send it again. RFC 9110, sections 8.8.2 and 8.8.3.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// Its entity tag, as sent.
    pub etag: Option<String>,
    /// When it was last modified, as sent.
    pub last_modified: Option<String>,
}

/// What a source says about when to ask it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hints {
    /// Its document may be kept for so long: `max-age` of `Cache-Control`, or RSS `ttl`, whichever is longer.
    #[serde(with = "when::span")]
    pub keeps: Option<SignedDuration>,
    /// Hours of the day in UTC in which nobody need ask; bit 0 is the first.
    pub skip_hours: u32,
    /// Days of the week on which nobody need ask; bit 0 is Monday.
    pub skip_days: u8,
}

/// A subscription to a hub (WebSub, W3C Recommendation of 23 January 2018).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Subscription {
    /// The hub.
    pub hub: String,
    /// The address by which it knows the feed.
    pub topic: String,
    /// The name of our end, in its address; nobody can guess it.
    pub token: String,
    /// What the hub signs with.
    pub secret: String,
    /// When it was asked for.
    #[serde(with = "when::instant")]
    pub asked_at: Option<Timestamp>,
    /// Until when the hub has promised; `None` while it has not.
    #[serde(with = "when::instant")]
    pub until: Option<Timestamp>,
    /// Why the hub refused.
    pub problem: Option<String>,
}

impl Subscription {
    /// Whether the hub tells us of changes at that time.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.until.is_some_and(|until| now < until)
    }
}

/// What came of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The document was read.
    Read {
        /// How many reports it held.
        n_items: u64,
        /// How many of them were new.
        n_new: u64,
        /// What was mended or left out.
        faults: Vec<String>,
        /// What the server said of the document.
        validators: Validators,
        /// What it said about when to ask.
        hints: Hints,
    },
    /// It has not changed.
    NotModified,
    /// It is gone for good (410).
    Gone,
    /// The source could not be reached, answered with an error, sent what cannot be read, or does not want to be read by machines.
    Failed {
        /// The sentence for the operator.
        problem: String,
        /// It asked to be left alone for so long.
        retry_after: Option<SignedDuration>,
    },
}

impl Health {
    /// Where the source is asked.
    pub fn address(&self) -> &str {
        if self.moved_to.is_empty() { &self.described_as } else { &self.moved_to }
    }

    /// The health of a source that is described with this address. A new address begins anew, but what it learned stays.
    #[must_use]
    pub fn of(self, address: &str) -> Self {
        if self.described_as == address {
            return self;
        }
        Self { described_as: address.to_owned(), n_taken: self.n_taken, interval: self.interval, ..Self::default() }
    }

    /// Notes where the source said it has moved to for good. What was known of the old document does not hold for the new address.
    #[must_use]
    pub fn moved(mut self, address: &str) -> Self {
        if address != self.address() && self.n_moves < MOVES_MAX {
            self.n_moves += 1;
            self.moved_to = if address == self.described_as { String::new() } else { address.to_owned() };
            self.validators = Validators::default();
        }
        self
    }

    /// The health after asking at `now`, with the time it is asked next.
    #[must_use]
    pub fn after(mut self, outcome: Outcome, status: u16, now: Timestamp, bounds: &Bounds, random: u64) -> Self {
        self.asked_at = Some(now);
        self.status = status;
        self.not_before = None;
        match outcome {
            Outcome::Read { n_items, n_new, mut faults, validators, hints } => {
                self.interval = Some(plan::learned(self.interval, n_new, bounds));
                self.answered_at = Some(now);
                self.news_at = if 0 < n_new { Some(now) } else { self.news_at };
                self.n_failures = 0;
                self.problem = None;
                self.is_gone = false;
                faults.truncate(FAULTS_MAX);
                self.faults = faults.into_iter().map(|fault| shortened(&fault)).collect();
                self.n_items = n_items;
                self.n_taken = self.n_taken.saturating_add(n_new);
                self.validators = validators;
                self.hints = hints;
            }
            Outcome::NotModified => {
                self.interval = Some(plan::learned(self.interval, 0, bounds));
                self.answered_at = Some(now);
                self.n_failures = 0;
                self.problem = None;
            }
            Outcome::Gone => {
                self.is_gone = true;
                self.problem =
                    Some("it is gone for good (410); look whether it has moved, and remove it or add its new address".to_owned());
            }
            Outcome::Failed { problem, retry_after } => {
                self.n_failures = self.n_failures.saturating_add(1);
                self.problem = Some(shortened(&problem));
                self.not_before = retry_after.and_then(|wait| now.checked_add(wait.clamp(SignedDuration::ZERO, RETRY_AFTER_MAX)).ok());
            }
        }
        self.next_at = plan::next_at(&self, now, bounds, random);
        self
    }
}

fn shortened(sentence: &str) -> String {
    sentence.chars().take(FAULT_CHARS_MAX).map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn read(n_new: u64) -> Outcome {
        let validators = Validators { etag: Some("\"1\"".to_owned()), last_modified: None };
        Outcome::Read { n_items: 20, n_new, faults: vec!["x\ny".to_owned(); 40], validators, hints: Hints::default() }
    }

    fn after(health: Health, outcome: Outcome, second: i64) -> Health {
        health.after(outcome, 200, at(second), &Bounds::default(), 0)
    }

    #[test]
    fn failures_are_counted_until_it_answers_well_again() {
        let failed = || Outcome::Failed { problem: "it is down".to_owned(), retry_after: Some(SignedDuration::from_hours(1_000)) };
        let ill = after(after(after(Health::default(), read(3), 1), failed(), 2), failed(), 3);
        assert_eq!((ill.n_failures, ill.problem.as_deref(), ill.n_taken), (2, Some("it is down"), 3));
        assert_eq!(ill.not_before, Some(at(3 + 2 * 86_400)), "nobody is asked to wait for more than two days");
        assert_eq!(ill.validators.etag.as_deref(), Some("\"1\""), "what was good stays known");
        let well = after(ill, Outcome::NotModified, 4);
        assert_eq!((well.n_failures, well.problem, well.answered_at, well.not_before), (0, None, Some(at(4)), None));
        assert_eq!((well.faults.len(), well.faults[0].as_str()), (FAULTS_MAX, "x y"));
    }

    #[test]
    fn a_source_that_is_gone_is_asked_no_more() {
        let gone = after(Health::default(), Outcome::Gone, 5);
        assert_eq!((gone.is_gone, gone.next_at), (true, None));
    }

    #[test]
    fn a_move_for_good_is_stored_and_does_not_go_on_for_ever() {
        let health = after(Health::default().of("https://a.example/"), read(1), 1);
        let moved = health.clone().moved("https://b.example/");
        assert_eq!((moved.address(), &moved.validators), ("https://b.example/", &Validators::default()));
        assert_eq!(moved.clone().of("https://a.example/").address(), "https://b.example/");
        assert_eq!(moved.of("https://c.example/").address(), "https://c.example/", "the editors know better");
        let mut led_around = health;
        for n in 0..100 {
            led_around = led_around.moved(&format!("https://{n}.example/"));
        }
        assert_eq!(led_around.address(), "https://7.example/");
    }

    #[test]
    fn it_is_read_back_as_it_was_kept() {
        let mut health = after(Health::default().of("https://a.example/"), read(1), 1);
        health.subscription = Some(Subscription { hub: "https://hub.example/".to_owned(), until: Some(at(9)), ..Subscription::default() });
        let kept = postcard::to_allocvec(&health).unwrap();
        assert_eq!(postcard::from_bytes::<Health>(&kept).unwrap(), health);
    }
}
