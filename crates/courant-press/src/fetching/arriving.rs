//! Which reports of a feed are new.
//!
//! Feeds change the guids of what they have, give one guid to everything, lose their dates, and send their whole archive again. So a
//! report is known by its guid, by its address, or by its headline and time, whichever is met again.

use jiff::{SignedDuration, Timestamp};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::key::key;

/// Reports of one source that are remembered; the oldest are forgotten, but none that its last document held.
pub const KNOWN_MAX: usize = 20_000;
/// A report that is older than this when it is first seen is of the archive, and no news.
const NEWS_FOR: SignedDuration = SignedDuration::from_hours(5 * 24);
/// Dates before this are what a machine writes that has none: 1 January 1995, before there were feeds.
const BELIEVED_FROM_SECOND: i64 = 788_918_400;
/// A clock may run ahead by so much without a word.
const AHEAD: SignedDuration = SignedDuration::from_mins(10);
/// The scheme and parts of a query that tell nobody apart.
const TRACKING: &[&str] = &["utm_", "fbclid", "gclid", "at_medium", "at_campaign", "cmp=", "ref=rss"];

/// A report as a document of the source holds it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arriving<'a> {
    /// The source's own name for it; empty when there is none.
    pub guid: &'a str,
    /// Where it can be read; empty when that is not said.
    pub link: &'a str,
    /// The headline, cleaned.
    pub headline: &'a str,
    /// When it appeared, as the source says.
    pub published: Option<Timestamp>,
}

/// What is to be done with a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is new.
    New,
    /// It is known, with another headline than before.
    Changed,
    /// It is known.
    Known,
    /// It is new to us, but of the archive.
    Old,
    /// It cannot be told from others: the same guid as another one, and no address.
    Nameless,
}

/// A verdict with the time the report is believed to have appeared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What is to be done.
    pub verdict: Verdict,
    /// The name it is known by for ever: the first one.
    pub name: u64,
    /// When it appeared: as the source says if that can be, else when it was first seen.
    pub published_at: Timestamp,
    /// What is wrong with what the source said, as a part of a sentence.
    pub fault: Option<&'static str>,
}

/// What is remembered of the reports of a source.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Known {
    entries: Vec<Entry>,
    #[serde(skip)]
    by_guid: FxHashMap<u64, usize>,
    #[serde(skip)]
    by_link: FxHashMap<u64, usize>,
    #[serde(skip)]
    by_words: FxHashMap<u64, usize>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    /// The first key it was known by.
    name: u64,
    guid: u64,
    link: u64,
    words: u64,
    headline: u64,
    first_seen_for_secs: i64,
    published_for_secs: i64,
}

/// What keys stand for nothing.
const NONE: u64 = 0;

impl Known {
    /// Reads what [`Known::bytes`] wrote; nothing is known when it is damaged.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let mut known: Self = postcard::from_bytes(bytes).unwrap_or_default();
        known.index();
        known
    }

    /// What is remembered, for a file.
    pub fn bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("memory takes what is written")
    }

    /// How many reports are remembered.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Takes the reports of a document that came at `now`; a verdict for each.
    pub fn take(&mut self, document: &[Arriving<'_>], now: Timestamp) -> Vec<Taken> {
        let shared = shared_guids(document);
        let mut in_document = FxHashSet::default();
        let taken = document.iter().map(|arriving| self.take_one(arriving, &shared, now, &mut in_document)).collect();
        self.forget(&in_document);
        taken
    }

    fn take_one(&mut self, arriving: &Arriving<'_>, shared: &FxHashSet<u64>, now: Timestamp, in_document: &mut FxHashSet<u64>) -> Taken {
        let guid = Some(hashed(1, arriving.guid)).filter(|guid| !shared.contains(guid)).unwrap_or(NONE);
        let link = hashed(2, &plain_link(arriving.link));
        let headline = hashed(3, &arriving.headline.to_lowercase());
        let (said_at, fault) = believed(arriving.published, now);
        // A headline alone comes back every day ("Weather"), so it counts only with a time.
        let words = said_at.filter(|_| headline != NONE).map_or(NONE, |at| hashed(4, &format!("{headline} {}", at.as_second())));
        let name = [guid, link, words].into_iter().find(|key| *key != NONE).unwrap_or(NONE);
        if name == NONE {
            let fault = Some("has neither a name of its own nor an address and cannot be told from others; it is left out");
            return Taken { verdict: Verdict::Nameless, name, published_at: now, fault };
        }
        let found = [(guid, &self.by_guid), (link, &self.by_link), (words, &self.by_words)];
        let found = found.into_iter().filter(|(key, _)| *key != NONE).find_map(|(key, by)| by.get(&key).copied());
        if let Some(idx) = found {
            return self.meet(idx, [guid, link, words, headline], in_document);
        }
        let published_at = said_at.unwrap_or(now);
        let (first_seen_for_secs, published_for_secs) = (now.as_second(), published_at.as_second());
        self.entries.push(Entry { name, guid, link, words, headline, first_seen_for_secs, published_for_secs });
        self.note(self.entries.len() - 1);
        in_document.insert(name);
        let is_old = NEWS_FOR < now.duration_since(published_at);
        Taken { verdict: if is_old { Verdict::Old } else { Verdict::New }, name, published_at, fault }
    }

    /// A report that is known, perhaps under other keys than before.
    fn meet(&mut self, idx: usize, [guid, link, words, headline]: [u64; 4], in_document: &mut FxHashSet<u64>) -> Taken {
        let entry = &mut self.entries[idx];
        let is_again = !in_document.insert(entry.name);
        for (ours, theirs) in [(&mut entry.guid, guid), (&mut entry.link, link), (&mut entry.words, words)] {
            if theirs != NONE {
                *ours = theirs;
            }
        }
        // The second entry of one document that is the same report is no new headline of it.
        let is_changed = !is_again && headline != NONE && entry.headline != headline;
        if is_changed {
            entry.headline = headline;
        }
        let published_at = Timestamp::from_second(entry.published_for_secs).unwrap_or(Timestamp::UNIX_EPOCH);
        let name = entry.name;
        self.note(idx);
        Taken { verdict: if is_changed { Verdict::Changed } else { Verdict::Known }, name, published_at, fault: None }
    }

    fn note(&mut self, idx: usize) {
        let Entry { guid, link, words, .. } = self.entries[idx];
        for (key, by) in [(guid, &mut self.by_guid), (link, &mut self.by_link), (words, &mut self.by_words)] {
            if key != NONE {
                by.insert(key, idx);
            }
        }
    }

    fn index(&mut self) {
        (self.by_guid, self.by_link, self.by_words) = Default::default();
        for idx in 0..self.entries.len() {
            self.note(idx);
        }
    }

    fn forget(&mut self, in_document: &FxHashSet<u64>) {
        let Some(n_over) = self.entries.len().checked_sub(KNOWN_MAX).filter(|over| *over != 0) else { return };
        let mut left = n_over;
        self.entries.retain(|entry| {
            let is_forgotten = left != 0 && !in_document.contains(&entry.name);
            left -= usize::from(is_forgotten);
            !is_forgotten
        });
        self.index();
    }
}

/// Guids that a document gives to more than one address: they tell nothing apart.
fn shared_guids(document: &[Arriving<'_>]) -> FxHashSet<u64> {
    let mut first: FxHashMap<u64, u64> = FxHashMap::default();
    let mut shared = FxHashSet::default();
    for arriving in document {
        let (guid, place) = (hashed(1, arriving.guid), hashed(2, &plain_link(arriving.link)) ^ hashed(3, arriving.headline));
        if guid != NONE && *first.entry(guid).or_insert(place) != place {
            shared.insert(guid);
        }
    }
    shared
}

/// The time a source says, if that can be; else what is wrong with it.
fn believed(published: Option<Timestamp>, now: Timestamp) -> (Option<Timestamp>, Option<&'static str>) {
    match published {
        None => (None, Some("has no date; the time it was first seen is taken")),
        Some(at) if at.as_second() < BELIEVED_FROM_SECOND => {
            (None, Some("is dated before there were feeds; the time it was first seen is taken"))
        }
        Some(at) if now.checked_add(AHEAD).is_ok_and(|latest| latest < at) => {
            (None, Some("is dated in the future; the time it was first seen is taken"))
        }
        Some(at) => (Some(at.min(now)), None),
    }
}

/// An address without what changes between two visits: the scheme, a fragment, marks of campaigns.
fn plain_link(link: &str) -> String {
    let link = link.trim();
    let link = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://")).unwrap_or(link);
    let link = link.split('#').next().unwrap_or_default();
    let Some((path, query)) = link.split_once('?') else { return link.trim_end_matches('/').to_owned() };
    let kept: Vec<&str> = query.split('&').filter(|part| !TRACKING.iter().any(|mark| part.starts_with(mark))).collect();
    if kept.is_empty() { path.trim_end_matches('/').to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

fn hashed(kind: u64, text: &str) -> u64 {
    if text.trim().is_empty() { NONE } else { key(kind, text.trim()).max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-20T12:00:00Z".parse().unwrap()
    }

    fn report<'a>(guid: &'a str, link: &'a str, headline: &'a str, published: &str) -> Arriving<'a> {
        Arriving { guid, link, headline, published: published.parse().ok() }
    }

    fn verdicts(known: &mut Known, document: &[Arriving<'_>]) -> Vec<Verdict> {
        known.take(document, now()).into_iter().map(|taken| taken.verdict).collect()
    }

    const TIME: &str = "2026-11-20T10:00:00Z";

    #[test]
    fn a_report_is_taken_once_whatever_changes_about_it() {
        let mut known = Known::default();
        assert_eq!(verdicts(&mut known, &[report("1", "https://a.example/x", "Volcano erupts", TIME)]), [Verdict::New]);
        for again in [
            report("1", "https://a.example/x", "Volcano erupts", TIME),
            report("2", "http://a.example/x?utm_source=rss#top", "Volcano erupts", TIME),
            report("3", "https://a.example/moved", "Volcano erupts", TIME),
            report("", "https://a.example/moved/", "Volcano erupts", ""),
        ] {
            assert_eq!(verdicts(&mut known, &[again]), [Verdict::Known], "{again:?}");
        }
        let mended = report("3", "https://a.example/moved", "Volcano erupts twice", TIME);
        assert_eq!(verdicts(&mut known, &[mended, mended]), [Verdict::Changed, Verdict::Known]);
        let mut known = Known::of_bytes(&known.bytes());
        assert_eq!((verdicts(&mut known, &[mended]), known.len()), (vec![Verdict::Known], 1));
    }

    #[test]
    fn ten_thousand_reports_with_one_guid_are_told_apart_by_address_or_refused() {
        let links: Vec<String> = (0..10_000).map(|n| format!("https://a.example/{n}")).collect();
        let document: Vec<_> = links.iter().map(|link| report("same", link, "Volcano", TIME)).collect();
        let mut known = Known::default();
        // One headline at one time is one report, whatever its address.
        assert_eq!(verdicts(&mut known, &document).iter().filter(|verdict| **verdict == Verdict::New).count(), 1);
        let titles: Vec<String> = (0..10_000).map(|n| format!("Volcano {n}")).collect();
        let document: Vec<_> = links.iter().zip(&titles).map(|(link, title)| report("same", link, title, TIME)).collect();
        let mut known = Known::default();
        let verdicts_of = |verdict| move |taken: &&Verdict| **taken == verdict;
        assert_eq!(verdicts(&mut known, &document).iter().filter(verdicts_of(Verdict::New)).count(), 10_000);
        assert_eq!(verdicts(&mut known, &document).iter().filter(verdicts_of(Verdict::Known)).count(), 10_000);
        let nameless: Vec<_> = titles.iter().map(|title| report("same", "", title, "")).collect();
        assert_eq!(verdicts(&mut Known::default(), &nameless).iter().filter(verdicts_of(Verdict::Nameless)).count(), 10_000);
    }

    #[test]
    fn an_archive_that_is_sent_again_is_no_news() {
        let links: Vec<String> = (0..500).map(|n| format!("https://new.example/{n}")).collect();
        let document: Vec<_> = links.iter().map(|link| report(link, link, link, "2019-05-01T10:00:00Z")).collect();
        let mut known = Known::default();
        assert!(verdicts(&mut known, &document).iter().all(|verdict| *verdict == Verdict::Old));
        assert!(verdicts(&mut known, &document).iter().all(|verdict| *verdict == Verdict::Known));
    }

    #[test]
    fn dates_that_cannot_be_are_replaced_by_when_it_was_first_seen() {
        for (published, word) in [("", "no date"), ("1970-01-01T00:00:00Z", "before there were feeds"), ("2099-01-01T00:00:00Z", "future")]
        {
            let taken = Known::default().take(&[report("1", "", "x", published)], now()).remove(0);
            assert_eq!((taken.verdict, taken.published_at), (Verdict::New, now()), "{published}");
            assert!(taken.fault.unwrap().contains(word));
        }
        let ahead = Known::default().take(&[report("1", "", "x", "2026-11-20T12:05:00Z")], now()).remove(0);
        assert_eq!((ahead.published_at, ahead.fault), (now(), None), "a clock that is a little fast");
    }

    #[test]
    fn a_headline_without_date_or_address_is_not_enough_to_be_the_same() {
        let mut known = Known::default();
        assert_eq!(verdicts(&mut known, &[report("1", "", "Weather", "")]), [Verdict::New]);
        assert_eq!(verdicts(&mut known, &[report("2", "", "Weather", "")]), [Verdict::New]);
    }

    #[test]
    fn memory_is_bounded_and_keeps_what_the_document_still_holds() {
        let mut known = Known::default();
        let first = report("first", "", "x", TIME);
        known.take(&[first], now());
        for round in 0..5 {
            let guids: Vec<String> = (0..9_000).map(|n| format!("{round}-{n}")).collect();
            let mut document: Vec<_> = guids.iter().map(|guid| report(guid, "", guid, TIME)).collect();
            document.push(first);
            known.take(&document, now());
        }
        assert_eq!(known.len(), KNOWN_MAX);
        assert_eq!(verdicts(&mut known, &[first]), [Verdict::Known]);
    }
}
