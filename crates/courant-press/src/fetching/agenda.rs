//! Whom to ask next: the source whose time came first among those whose host is free.
//!
//! A host is asked one thing at a time, with a pause between. A source that drips holds only its own host.

use std::collections::BTreeSet;
use std::hash::Hash;

use jiff::{SignedDuration, Timestamp};
use rustc_hash::FxHashMap;

/// Sources by the time they are due, and hosts by the time they may be asked.
#[derive(Debug)]
pub struct Agenda<S> {
    pause: SignedDuration,
    sources: FxHashMap<S, (Box<str>, Timestamp)>,
    hosts: FxHashMap<Box<str>, Host<S>>,
    /// The time each free host has something to be asked, the earliest first.
    ready: BTreeSet<(Timestamp, Box<str>)>,
}

#[derive(Debug)]
struct Host<S> {
    due: BTreeSet<(Timestamp, S)>,
    free_at: Timestamp,
    is_busy: bool,
    /// What stands in `ready` for it.
    ready_at: Option<Timestamp>,
}

impl<S: Clone + Eq + Hash + Ord> Agenda<S> {
    /// An empty one, with the pause between two asks of one host.
    pub fn new(pause: SignedDuration) -> Self {
        Self { pause, sources: FxHashMap::default(), hosts: FxHashMap::default(), ready: BTreeSet::new() }
    }

    /// Sets when a source is due and which host it asks.
    pub fn set(&mut self, source: &S, host: &str, due_at: Timestamp) {
        self.remove(source);
        self.sources.insert(source.clone(), (host.into(), due_at));
        let entry = self.hosts.entry(host.into()).or_insert_with(|| Host {
            due: BTreeSet::new(),
            free_at: Timestamp::MIN,
            is_busy: false,
            ready_at: None,
        });
        entry.due.insert((due_at, source.clone()));
        self.settle(host);
    }

    /// Takes a source off.
    pub fn remove(&mut self, source: &S) {
        if let Some((host, due_at)) = self.sources.remove(source) {
            if let Some(entry) = self.hosts.get_mut(&host) {
                entry.due.remove(&(due_at, source.clone()));
            }
            self.settle(&host);
        }
    }

    /// The source to ask now, if there is one, with its host, which is busy until [`Agenda::done`]. It is off the agenda until it is set
    /// again.
    pub fn take(&mut self, now: Timestamp) -> Option<(S, Box<str>)> {
        let (_, host) = self.ready.first().filter(|(ready_at, _)| *ready_at <= now)?.clone();
        let entry = self.hosts.get_mut(&host)?;
        let (_, source) = entry.due.pop_first()?;
        entry.is_busy = true;
        self.sources.remove(&source);
        self.settle(&host);
        Some((source, host))
    }

    /// The host has answered, or has been given up.
    pub fn done(&mut self, host: &str, now: Timestamp) {
        if let Some(entry) = self.hosts.get_mut(host) {
            entry.is_busy = false;
            entry.free_at = now.checked_add(self.pause).unwrap_or(now);
        }
        self.settle(host);
    }

    /// When [`Agenda::take`] next has something; `None` when only busy hosts have.
    pub fn next_at(&self) -> Option<Timestamp> {
        self.ready.first().map(|(ready_at, _)| *ready_at)
    }

    fn settle(&mut self, host: &str) {
        let Some(entry) = self.hosts.get_mut(host) else { return };
        if let Some(ready_at) = entry.ready_at.take() {
            self.ready.remove(&(ready_at, host.into()));
        }
        if entry.is_busy {
            return;
        }
        match entry.due.first() {
            Some((due_at, _)) => {
                let ready_at = entry.free_at.max(*due_at);
                entry.ready_at = Some(ready_at);
                self.ready.insert((ready_at, host.into()));
            }
            // A host that was asked a moment ago keeps its pause, so it is forgotten only when nothing was asked of it.
            None if entry.free_at == Timestamp::MIN => {
                self.hosts.remove(host);
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn agenda(sources: &[(u32, &str, i64)]) -> Agenda<u32> {
        let mut agenda = Agenda::new(SignedDuration::from_secs(2));
        for (source, host, due) in sources {
            agenda.set(source, host, at(*due));
        }
        agenda
    }

    #[test]
    fn a_host_is_asked_one_thing_at_a_time_with_a_pause() {
        let mut agenda = agenda(&[(1, "a", 10), (2, "a", 11), (3, "b", 12)]);
        assert_eq!(agenda.take(at(9)), None);
        assert_eq!(agenda.take(at(20)), Some((1, "a".into())));
        assert_eq!(agenda.take(at(20)), Some((3, "b".into())), "another host is free");
        assert_eq!((agenda.take(at(20)), agenda.next_at()), (None, None), "this one is not");
        agenda.done("a", at(30));
        assert_eq!((agenda.take(at(31)), agenda.next_at()), (None, Some(at(32))));
        assert_eq!(agenda.take(at(32)), Some((2, "a".into())));
    }

    #[test]
    fn a_source_that_is_set_again_or_removed_leaves_nothing_behind() {
        let mut agenda = agenda(&[(1, "a", 10)]);
        agenda.set(&1, "b", at(15));
        assert_eq!((agenda.next_at(), agenda.hosts.len()), (Some(at(15)), 1));
        agenda.remove(&1);
        assert_eq!((agenda.next_at(), agenda.take(at(99)), agenda.hosts.len()), (None, None, 0));
    }

    /// Two thousand sources, of which some drip for half a minute and some fail, on a clock of their own.
    #[test]
    fn two_thousand_sources_are_asked_in_time_beside_some_that_drip() {
        let (mut agenda, mut now) = (Agenda::new(SignedDuration::from_secs(2)), at(0));
        let host =
            |source: u32| if source.is_multiple_of(10) { "shared".to_owned() + &(source % 200).to_string() } else { source.to_string() };
        for source in 0..2_000_u32 {
            agenda.set(&source, &host(source), at(i64::from(source) * 300 / 2_000));
        }
        let (mut under_way, mut n_asked, mut latest): (BTreeSet<(Timestamp, u32)>, u32, i64) = (BTreeSet::new(), 0, 0);
        let mut due: FxHashMap<u32, Timestamp> = (0..2_000).map(|source| (source, at(i64::from(source) * 300 / 2_000))).collect();
        while now < at(3_600) {
            while let Some((end, source)) = under_way.first().copied().filter(|(end, _)| *end <= now) {
                under_way.remove(&(end, source));
                agenda.done(&host(source), now);
                let next = at(now.as_second() + 300);
                due.insert(source, next);
                agenda.set(&source, &host(source), next);
            }
            while under_way.len() < 64
                && let Some((source, _)) = agenda.take(now)
            {
                n_asked += 1;
                latest = latest.max(now.duration_since(due[&source]).as_secs());
                let takes = if source % 97 == 3 { 30 } else { 1 };
                under_way.insert((at(now.as_second() + takes), source));
            }
            now = at(now.as_second() + 1);
        }
        assert!(2_000 * 11 <= n_asked && latest <= 60, "{n_asked} asked, {latest} s late at most");
    }
}
