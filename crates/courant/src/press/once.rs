//! Asking one source and taking what it gives.

use std::sync::Arc;

use courant_news::press::PressSource;
use courant_press::fetching::{Arriving, Health, Hints, Outcome, Preferences, Taken, Validators, Verdict};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Semaphore;

use super::ask::{Asked, Asker, Got};
use super::book::Book;
use super::document::{self, Document, Reported};
use super::queue::{Arrived, Queue};
use super::websub::{self, Subscriptions};
use crate::clock;
use crate::config::Press;

/// Sentences about single reports of a document.
const FAULTS_OF_REPORTS_MAX: usize = 4;
/// Documents that are read at once: a large one takes a core for seconds.
const READ_AT_ONCE: usize = 2;

/// What fetching needs.
pub(super) struct Fetching {
    pub(super) press: Press,
    pub(super) book: Book,
    pub(super) queue: Queue,
    pub(super) asker: Asker,
    /// Our end of subscriptions, in a server that hubs can reach.
    subscriptions: Option<Arc<Subscriptions>>,
    reading: Arc<Semaphore>,
}

/// What came of a document.
struct Read {
    n_items: u64,
    n_new: u64,
    faults: Vec<String>,
    hints: courant_formats::feed_in::Hints,
}

/// A document with where it came from.
pub(super) struct Sent {
    pub(super) bytes: Vec<u8>,
    pub(super) url: String,
    pub(super) charset: Option<String>,
    pub(super) preferences: Preferences,
}

impl Fetching {
    /// Without `subscriptions` no hub is asked to announce anything: nobody would take it.
    pub(super) fn new(press: Press, book: Book, subscriptions: Option<Arc<Subscriptions>>) -> anyhow::Result<Self> {
        let asker = Asker::new(&press)?;
        let queue = Queue::of(book.path("reports"));
        Ok(Self { press, book, queue, asker, subscriptions, reading: Arc::new(Semaphore::new(READ_AT_ONCE)) })
    }

    /// Asks a source, puts what is new into the queue, and remembers how the source is.
    ///
    /// # Errors
    /// When the agency's own files fail. What is wrong with the source is in its health.
    pub(super) async fn fetch(self: &Arc<Self>, source: &Arc<PressSource>) -> anyhow::Result<Health> {
        let id = source.id.as_str();
        let health = self.book.health(id).of(source.feed.as_str());
        let Asked { got, moved_to } = self.asker.ask(health.address(), &health.validators).await;
        let was_well = health.problem.is_none();
        let mut health = match &moved_to {
            Some(address) => {
                tracing::warn!(press.source = id, "{id} has moved for good to {address}, where it is asked from now on");
                health.moved(address)
            }
            None => health,
        };
        let (outcome, status) = match got {
            Ok(Got::NotModified) => (Outcome::NotModified, 304),
            Ok(Got::Gone) => (Outcome::Gone, 410),
            Ok(Got::Document { bytes, url, charset, validators, keeps, preferences }) => {
                let sent = Sent { bytes, url, charset, preferences };
                let (outcome, hints) = self.outcome(source, sent, validators, keeps).await?;
                if let Some(hints) = hints {
                    let origin = self.press.origin.as_deref().filter(|_| self.subscriptions.is_some());
                    let address = health.address().to_owned();
                    // A command beside the server leaves the server's subscription as it is.
                    if origin.is_some() {
                        health.subscription = websub::wanted(health.subscription.take(), &hints, &address, origin);
                    }
                }
                (outcome, 200)
            }
            Err(unanswered) => {
                let status = unanswered.status.map_or(0, |status| status.as_u16());
                (Outcome::Failed { problem: unanswered.problem, retry_after: unanswered.retry_after }, status)
            }
        };
        let now = clock::now();
        self.with_promise(id, &mut health);
        let mut health = health.after(outcome, status, now, &self.press.bounds, random());
        self.subscribe(id, &mut health, now).await?;
        self.with_promise(id, &mut health);
        self.book.keep_health(id, &health)?;
        match &health.problem {
            // Each trouble is told once; the health goes on saying it.
            Some(problem) if was_well => tracing::warn!(press.source = id, "{id} cannot be used: {problem}"),
            None if !was_well => tracing::warn!(press.source = id, "{id} answers well again"),
            _ => tracing::debug!(press.source = id, press.status = health.status, "asked {id}"),
        }
        Ok(health)
    }

    /// Takes a document that a hub sent.
    pub(super) async fn take_sent(self: &Arc<Self>, source: &Arc<PressSource>, sent: Sent) -> anyhow::Result<()> {
        let health = self.book.health(source.id.as_str()).of(source.feed.as_str());
        let (validators, keeps) = (health.validators.clone(), health.hints.keeps);
        let (outcome, _) = self.outcome(source, sent, validators, keeps).await?;
        // It is asked when it would have been: a hub that sends nonsense does not make the source ill.
        if let Outcome::Read { n_new, faults, .. } = outcome {
            let now = clock::now();
            let news_at = if 0 < n_new { Some(now) } else { health.news_at };
            let kept = Health { answered_at: Some(now), news_at, n_taken: health.n_taken + n_new, faults, ..health };
            self.book.keep_health(source.id.as_str(), &kept)?;
        }
        Ok(())
    }

    async fn outcome(
        self: &Arc<Self>,
        source: &Arc<PressSource>,
        sent: Sent,
        validators: Validators,
        keeps: Option<SignedDuration>,
    ) -> anyhow::Result<(Outcome, Option<courant_formats::feed_in::Hints>)> {
        let permit = Arc::clone(&self.reading).acquire_owned().await?;
        let (fetching, source) = (Arc::clone(self), Arc::clone(source));
        let read = tokio::task::spawn_blocking(move || {
            let read = fetching.read(&source, &sent);
            drop(permit);
            read
        });
        match read.await {
            Ok(Ok(Ok(Read { n_items, n_new, faults, hints }))) => {
                let ttl = hints.ttl_minutes.map(|minutes| SignedDuration::from_mins(i64::from(minutes.min(60 * 24 * 7))));
                let said = Hints { keeps: keeps.max(ttl), skip_hours: hints.skip_hours, skip_days: hints.skip_days };
                Ok((Outcome::Read { n_items, n_new, faults, validators, hints: said }, Some(hints)))
            }
            Ok(Ok(Err(problem))) => Ok((Outcome::Failed { problem, retry_after: None }, None)),
            Ok(Err(error)) => Err(error),
            // A reader that panics is a fault of ours; the source waits, and others go on.
            Err(error) => Ok((Outcome::Failed { problem: format!("reading it failed: {error}"), retry_after: None }, None)),
        }
    }

    /// Reads a document and puts what is new into the queue. What is on the disk twice is taken once.
    fn read(&self, source: &PressSource, sent: &Sent) -> anyhow::Result<Result<Read, String>> {
        let now = clock::now();
        let from = document::From { source, url: &sent.url, charset: sent.charset.as_deref(), origin: self.press.origin.as_deref(), now };
        let Document { reports, mut faults, hints } = match document::read(&sent.bytes, &from) {
            Ok(document) => document,
            Err(problem) => return Ok(Err(problem)),
        };
        let id = source.id.as_str();
        let mut known = self.book.known(id);
        let arriving: Vec<Arriving<'_>> = reports.iter().map(arriving).collect();
        let taken = known.take(&arriving, now);
        let is_news = |taken: &&(Taken, &Reported)| matches!(taken.0.verdict, Verdict::New | Verdict::Changed);
        let pairs: Vec<(Taken, &Reported)> = taken.into_iter().zip(&reports).collect();
        let told = pairs.iter().filter_map(|(taken, report)| Some(format!("“{}” {}", short(&report.headline), taken.fault?)));
        let (mut told, n_told) = (told.clone().take(FAULTS_OF_REPORTS_MAX).collect::<Vec<_>>(), told.count());
        if told.len() < n_told {
            told.push(format!("{} more reports are like these", n_told - told.len()));
        }
        faults.append(&mut told);
        let mut arrived: Vec<Arrived> =
            pairs.iter().filter(is_news).map(|(taken, report)| arrived(source, taken, report, sent.preferences, now)).collect();
        arrived.sort_by_key(|arrived| arrived.published_for_secs);
        let n_new = pairs.iter().filter(|(taken, _)| taken.verdict == Verdict::New).count() as u64;
        self.queue.add(&arrived, now)?;
        self.book.keep_known(id, &known)?;
        Ok(Ok(Read { n_items: reports.len() as u64, n_new, faults, hints }))
    }

    /// Asks the hub to announce changes, when a source offers one and nobody has asked yet or the promise ends.
    async fn subscribe(&self, id: &str, health: &mut Health, now: Timestamp) -> anyhow::Result<()> {
        let (Some(subscription), Some(origin)) =
            (&mut health.subscription, self.press.origin.as_deref().filter(|_| self.subscriptions.is_some()))
        else {
            return Ok(());
        };
        if !websub::is_due(subscription, now) {
            return Ok(());
        }
        subscription.asked_at = Some(now);
        let (hub, form) = (subscription.hub.clone(), websub::request(subscription, origin));
        // A hub may ask back before it answers.
        self.book.keep_health(id, health)?;
        if let (Some(subscriptions), Some(subscription)) = (&self.subscriptions, &health.subscription) {
            subscriptions.note(&subscription.token, id);
        }
        let form: Vec<(&str, &str)> = form.iter().map(|(key, value)| (*key, value.as_str())).collect();
        let problem = match self.asker.client.post_form(&hub, &form).await {
            Ok(status) if status.is_success() => None,
            Ok(status) => Some(format!("{hub} answered {status} to the wish to be told")),
            Err(unanswered) => Some(unanswered.problem),
        };
        if let Some(subscription) = &mut health.subscription {
            subscription.problem = problem;
        }
        Ok(())
    }

    /// Takes over what a hub has promised meanwhile.
    fn with_promise(&self, id: &str, health: &mut Health) {
        if let (Some(ours), Some(kept)) = (&mut health.subscription, self.book.health(id).subscription)
            && ours.token == kept.token
        {
            ours.until = kept.until;
        }
    }
}

fn arriving(report: &Reported) -> Arriving<'_> {
    Arriving { guid: &report.guid, link: &report.link, headline: &report.headline, published: report.published }
}

fn arrived(source: &PressSource, taken: &Taken, report: &Reported, preferences: Preferences, now: Timestamp) -> Arrived {
    Arrived {
        source: source.id.as_str().to_owned(),
        name: taken.name,
        report: if report.guid.is_empty() { report.link.clone() } else { report.guid.clone() },
        headline: report.headline.clone(),
        link: report.link.clone(),
        summary: report.summary.clone(),
        text: report.text.clone(),
        lang: if report.lang.is_empty() { source.lang.to_string() } else { report.lang.clone() },
        published_for_secs: taken.published_at.as_second(),
        is_dated: taken.fault.is_none() && report.published.is_some(),
        seen_for_secs: now.as_second(),
        is_paywalled: source.is_paywalled,
        may_teach: preferences.allow_training(),
    }
}

fn short(headline: &str) -> String {
    headline.chars().take(60).collect()
}

/// By how much the time of an ask is moved, so that not all come at once. No secret hangs on it.
fn random() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}
