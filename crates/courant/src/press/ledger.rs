//! What the wire says of other media: sources, matches, and what editors rejected. Followed by a cursor.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::Context;
use courant_news::press::{Outlet, PressMatch, PressSource, PressSubject, SourceState};
use courant_news::{Guid, WireEvent};
use courant_wire::{RawEntry, WireSeq, WireStore, codec};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Entries that are read at a time.
const BATCH: usize = 512;
/// The words of the kinds that are of other media.
const OURS: [&str; 3] = ["press-source", "press-match", "withdraw-report"];
/// The words of the kinds that take a story from readers, and with it what stands beside it.
const WITHDRAWING: [&str; 3] = ["withhold", "kill", "takedown"];

/// One report beside one story.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Pair {
    /// The story's guid.
    pub(super) story: String,
    pub(super) source: String,
    pub(super) report: String,
}

/// What the wire says.
#[derive(Clone, Debug, Default)]
pub(super) struct Ledger {
    pub(super) cursor: WireSeq,
    pub(super) sources: BTreeMap<String, Arc<PressSource>>,
    pub(super) matches: BTreeMap<Pair, Arc<PressMatch>>,
    pub(super) rejected: BTreeSet<Pair>,
    /// Matches that no page shows any more, because their story was withdrawn after them: they are offered again when it is back.
    pub(super) hidden: BTreeSet<Pair>,
}

/// The ledger in a file: entries as they stand on the wire.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Kept {
    cursor: u64,
    sources: Vec<String>,
    matches: Vec<String>,
    rejected: Vec<Pair>,
    #[serde(default)]
    hidden: Vec<Pair>,
}

impl Pair {
    pub(super) fn of(found: &PressMatch) -> Option<Self> {
        let story = found.about.guid()?.as_str().to_owned();
        Some(Self { story, source: found.source.as_str().to_owned(), report: found.report.as_str().to_owned() })
    }

    /// A short name for the shell.
    pub(super) fn name(&self) -> String {
        let mut hash = Sha256::new();
        for part in [&self.story, &self.source, &self.report] {
            hash.update(part);
            hash.update([0]);
        }
        let first = hash.finalize().iter().take(8).fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
        format!("{:010x}", first >> 24)
    }
}

impl Ledger {
    /// Reads on to the head. Other entries go to `other` in their order, those before `since` without being looked at.
    pub(super) fn follow(&mut self, wire: &dyn WireStore, since: Timestamp, other: &mut dyn FnMut(WireEvent)) -> anyhow::Result<()> {
        loop {
            let entries = wire.read_after(self.cursor, BATCH)?;
            if entries.is_empty() {
                return Ok(());
            }
            for entry in entries {
                let seq = entry.seq;
                if OURS.contains(&entry.kind.as_str()) {
                    self.note(&event(&entry)?);
                } else if since <= entry.moved_at || WITHDRAWING.contains(&entry.kind.as_str()) {
                    let event = event(&entry)?;
                    self.note(&event);
                    if since <= entry.moved_at {
                        other(event);
                    }
                }
                self.cursor = seq;
            }
        }
    }

    fn note(&mut self, event: &WireEvent) {
        match event {
            WireEvent::DescribeSource(source) => {
                let id = source.id.as_str().to_owned();
                if source.state == SourceState::Removed {
                    self.matches.retain(|pair, _| pair.source != id);
                }
                self.sources.insert(id, Arc::clone(source));
            }
            WireEvent::MatchReport(found) => {
                if let Some(pair) = Pair::of(found) {
                    self.rejected.remove(&pair);
                    self.hidden.remove(&pair);
                    self.matches.insert(pair, Arc::clone(found));
                }
            }
            WireEvent::WithdrawReport(notice) => {
                let Outlet::Source(source) = &notice.outlet else { return };
                let story = notice.about.as_ref().and_then(PressSubject::guid).map(Guid::as_str);
                let is_meant = |pair: &Pair| {
                    pair.source == source.as_str() && pair.report == notice.report.as_str() && story.is_none_or(|story| story == pair.story)
                };
                self.matches.retain(|pair, _| !is_meant(pair));
                self.rejected.insert(Pair {
                    story: story.unwrap_or_default().to_owned(),
                    source: source.as_str().to_owned(),
                    report: notice.report.as_str().to_owned(),
                });
            }
            WireEvent::Withhold(notice) | WireEvent::Kill(notice) | WireEvent::TakeDown(notice) => {
                let of_story = self.matches.keys().filter(|pair| pair.story == notice.guid.as_str());
                self.hidden.extend(of_story.cloned().collect::<Vec<_>>());
            }
            _ => {}
        }
    }

    /// Whether an editor said that the report does not belong there, or nowhere.
    pub(super) fn is_rejected(&self, pair: &Pair) -> bool {
        self.rejected.contains(pair) || self.rejected.contains(&Pair { story: String::new(), ..pair.clone() })
    }

    /// The sources that are fetched.
    pub(super) fn active(&self) -> BTreeMap<String, Arc<PressSource>> {
        let active = self.sources.iter().filter(|(_, source)| source.state == SourceState::Active);
        active.map(|(id, source)| (id.clone(), Arc::clone(source))).collect()
    }

    /// The match of that short name, or of as much of it as tells it apart.
    pub(super) fn named(&self, name: &str) -> anyhow::Result<(Pair, Arc<PressMatch>)> {
        let mut found = self.matches.iter().filter(|(pair, _)| !name.is_empty() && pair.name().starts_with(name));
        match (found.next(), found.next()) {
            (Some((pair, found)), None) => Ok((pair.clone(), Arc::clone(found))),
            (Some(_), Some(_)) => anyhow::bail!("match “{name}” could be several; write more of its name"),
            (None, _) => anyhow::bail!("there is no match “{name}”; `courant press match GUID` names those of a story"),
        }
    }

    /// Forgets matches that are older than the window, and whose differences are settled: nothing is asked of them any more.
    pub(super) fn forget(&mut self, before: Timestamp) {
        self.matches.retain(|_, found| {
            let waits = found.differs.iter().any(|differs| differs.state == courant_news::press::DifferenceState::Waiting);
            before <= found.seen_at || waits
        });
        self.hidden.retain(|pair| self.matches.contains_key(pair));
    }

    pub(super) fn kept(&self) -> Kept {
        let text = |event: WireEvent| String::from_utf8(codec::encode(&event)).expect("the stored form is JSON");
        Kept {
            cursor: self.cursor.0,
            sources: self.sources.values().map(|source| text(WireEvent::DescribeSource(Arc::clone(source)))).collect(),
            matches: self.matches.values().map(|found| text(WireEvent::MatchReport(Arc::clone(found)))).collect(),
            rejected: self.rejected.iter().cloned().collect(),
            hidden: self.hidden.iter().cloned().collect(),
        }
    }

    pub(super) fn of_kept(kept: &Kept) -> anyhow::Result<Self> {
        let mut ledger = Self::default();
        for (kind, payloads) in [(OURS[0], &kept.sources), (OURS[1], &kept.matches)] {
            for payload in payloads {
                ledger.note(&codec::decode(codec::CURRENT, kind, payload.as_bytes())?);
            }
        }
        ledger.rejected = kept.rejected.iter().cloned().collect();
        ledger.hidden = kept.hidden.iter().cloned().collect();
        ledger.cursor = WireSeq(kept.cursor);
        Ok(ledger)
    }
}

fn event(entry: &RawEntry) -> anyhow::Result<WireEvent> {
    codec::decode(entry.codec, &entry.kind, &entry.payload).with_context(|| format!("entry {} of the wire", entry.seq))
}

#[cfg(test)]
mod tests {
    use courant_news::press::{DecidedBy, Evidence, MatchKind, ReportId, SourceId, WebAddress};
    use courant_news::{Headline, Lang, Offer, Reason, act};
    use courant_store_sqlite::NewsroomDb;
    use courant_wire::conformance;

    use super::*;

    fn found(guid: &str) -> WireEvent {
        WireEvent::MatchReport(Arc::new(PressMatch {
            about: PressSubject::Story(Guid::parse(guid).unwrap()),
            source: SourceId::parse("gazette").unwrap(),
            report: ReportId::parse("1").unwrap(),
            headline: Headline::parse("Ships wait").unwrap(),
            link: WebAddress::parse("https://gazette.example/1").unwrap(),
            published_at: None,
            seen_at: conformance::at(20),
            lang: Lang::english(),
            is_paywalled: false,
            kind: MatchKind::SameStory,
            evidence: Evidence::new(900, Vec::new()).unwrap(),
            differs: Vec::new(),
            decided_by: DecidedBy::Editor,
        }))
    }

    #[test]
    fn a_match_of_a_withdrawn_story_is_owed_until_it_is_offered_again() {
        let folder = tempfile::tempdir().unwrap();
        let wire = NewsroomDb::open(&folder.path().join("newsroom.db")).unwrap();
        let append = |event, second| wire.append(event, Offer::Next, conformance::at(second)).unwrap();
        let guid = Guid::parse("urn:a").unwrap();
        append(act::move_story(conformance::story("urn:a", "Twelve ships"), conformance::at(1)), 1);
        append(found("urn:a"), 21);
        let latest = wire.story(&guid).unwrap().unwrap();
        append(act::withhold(&latest.latest, Reason::parse("we are checking").unwrap(), None), 30);
        let mut ledger = Ledger::default();
        // The hold is older than what is told of our stories, and counts all the same.
        ledger.follow(&wire, Timestamp::MAX, &mut |_| panic!("nothing is so late")).unwrap();
        let pair = ledger.matches.keys().next().cloned().unwrap();
        assert!(ledger.hidden.contains(&pair), "an editor's word is kept, and no page shows it");
        let mut ledger = Ledger::of_kept(&ledger.kept()).unwrap();
        assert!(ledger.hidden.contains(&pair));
        let held = wire.story(&guid).unwrap().unwrap();
        append(act::release(&held.latest, held.standing, None, conformance::at(40)), 40);
        append(found("urn:a"), 41);
        ledger.follow(&wire, Timestamp::MAX, &mut |_| {}).unwrap();
        assert!(ledger.hidden.is_empty() && ledger.matches.contains_key(&pair));
    }
}
