//! The contract every [`WireStore`] keeps. Each backend's tests call [`wire_store`] with a way to make an empty one.
//!
//! Written to panic with a sentence, so it is called from tests only.

use std::sync::Arc;

use courant_news::{
    Dossier, DossierMerge, DossierSlug, DossierText, Guid, Headline, Lang, NewsItem, Offer, PubStatus, Reason, Refusal, Version, WireEvent,
    act,
};
use jiff::Timestamp;

use crate::{AppendError, WireSeq, WireStore, verify};

/// Runs every part of the contract, each on a fresh, empty store.
pub fn wire_store(fresh: impl Fn() -> Arc<dyn WireStore>) {
    what_was_appended_is_read_back(fresh().as_ref());
    a_refusal_uses_no_number(fresh().as_ref());
    the_second_editor_is_told(fresh().as_ref());
    a_killed_story_stays_killed(fresh().as_ref());
    a_kill_never_loses_a_race(&fresh());
    concurrent_appends_leave_no_gap(&fresh());
    a_story_is_known_by_its_latest_item(fresh().as_ref());
    time_never_runs_backwards(fresh().as_ref());
    embargoes_come_due(fresh().as_ref());
    a_batch_is_in_order(fresh().as_ref());
    dossiers_keep_their_rules(fresh().as_ref());
}

/// An instant for tests: `second` seconds after 1970.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a small number of seconds")
}

/// A small story for tests.
pub fn story(guid: &str, headline: &str) -> NewsItem {
    let guid = Guid::parse(guid).expect("a guid");
    NewsItem::new(guid, Headline::parse(headline).expect("a headline"), Lang::english(), at(0))
}

fn reason() -> Reason {
    Reason::parse("the figure was wrong").expect("a reason")
}

fn moved(guid: &str) -> WireEvent {
    act::move_story(story(guid, "One"), at(1))
}

fn edit(store: &dyn WireStore, guid: &str, headline: &str, offered: Option<u32>) -> WireEvent {
    let on_wire = store.story(&Guid::parse(guid).expect("a guid")).expect("readable").expect("moved");
    let offered = offered.map(|number| Version::new(number).expect("not 0"));
    act::update(&on_wire.latest, on_wire.standing, story(guid, headline), offered, None, at(2))
}

fn kill(store: &dyn WireStore, guid: &str) -> WireEvent {
    let on_wire = store.story(&Guid::parse(guid).expect("a guid")).expect("readable").expect("moved");
    act::kill(&on_wire.latest, reason(), None)
}

fn what_was_appended_is_read_back(store: &dyn WireStore) {
    let event = moved("urn:a");
    let appended = store.append(event.clone(), Offer::Next, at(1)).expect("admitted");
    assert_eq!(appended.seq, WireSeq(1), "the first entry has number 1");
    let read = store.read_after(WireSeq::START, 10).expect("readable");
    assert_eq!(read.len(), 1);
    let entry = read[0].decode().expect("decodes");
    assert_eq!((entry.event, entry.hash, entry.moved_at), (event, appended.hash, at(1)));
    assert_eq!(store.head().expect("readable"), (WireSeq(1), appended.hash));
    assert!(store.read_after(WireSeq(1), 10).expect("readable").is_empty(), "empty means caught up");
}

fn a_refusal_uses_no_number(store: &dyn WireStore) {
    let update = act::repeat(&story("urn:a", "One"));
    let refused = store.append(update, Offer::Next, at(1));
    assert!(matches!(refused, Err(AppendError::Refused(Refusal::NeverMoved))), "{refused:?}");
    assert_eq!(store.append(moved("urn:a"), Offer::Next, at(1)).expect("admitted").seq, WireSeq(1));
    let twice = store.append(moved("urn:a"), Offer::Next, at(1));
    assert!(matches!(twice, Err(AppendError::Refused(Refusal::AlreadyMoved))), "{twice:?}");
}

fn the_second_editor_is_told(store: &dyn WireStore) {
    store.append(moved("urn:a"), Offer::Next, at(1)).expect("admitted");
    let (first, second) = (edit(store, "urn:a", "Two", Some(2)), edit(store, "urn:a", "Deux", Some(2)));
    store.append(first, Offer::Next, at(2)).expect("admitted");
    match store.append(second, Offer::Next, at(3)) {
        Err(AppendError::Refused(Refusal::Stale { offered, current })) => {
            assert_eq!((offered.number(), current.number()), (2, 2), "both versions are named");
        }
        other => panic!("a stale version was not refused: {other:?}"),
    }
}

fn a_killed_story_stays_killed(store: &dyn WireStore) {
    store.append(moved("urn:a"), Offer::Next, at(1)).expect("admitted");
    let update = edit(store, "urn:a", "Two", None);
    let killed = store.append(kill(store, "urn:a"), Offer::Next, at(2)).expect("admitted");
    assert_eq!(killed.event.version().map(Version::number), Some(2), "a kill raises the version");
    for event in [update, moved("urn:a")] {
        let refused = store.append(event, Offer::Next, at(3));
        assert!(matches!(refused, Err(AppendError::Refused(Refusal::AlreadyKilled))), "{refused:?}");
    }
    let standing = store.story(&Guid::parse("urn:a").expect("a guid")).expect("readable").expect("moved").standing;
    assert_eq!(standing.pub_status, PubStatus::Canceled);
}

/// Many editors update while one kills: the kill always gets through, at whatever version the story is then.
fn a_kill_never_loses_a_race(store: &Arc<dyn WireStore>) {
    store.append(moved("urn:a"), Offer::Next, at(1)).expect("admitted");
    std::thread::scope(|scope| {
        for editor in 0..3 {
            let store = Arc::clone(store);
            scope.spawn(move || {
                for edit_idx in 0..20 {
                    let event = edit(store.as_ref(), "urn:a", &format!("{editor} {edit_idx}"), None);
                    match store.append(event, Offer::Next, at(2)) {
                        Ok(_) | Err(AppendError::Refused(Refusal::Stale { .. } | Refusal::AlreadyKilled)) => {}
                        Err(other) => panic!("an edit failed otherwise: {other}"),
                    }
                }
            });
        }
        scope.spawn(|| {
            let event = kill(store.as_ref(), "urn:a");
            store.append(event, Offer::Next, at(2)).expect("a kill never loses a race");
        });
    });
    let last = store.head().expect("readable").0;
    let entries = store.read_after(WireSeq(last.0 - 1), 1).expect("readable");
    assert_eq!(entries[0].kind, "kill", "nothing moves after a kill");
}

fn concurrent_appends_leave_no_gap(store: &Arc<dyn WireStore>) {
    let (n_writers, n_each) = (4_u64, 50_u64);
    std::thread::scope(|scope| {
        for writer in 0..n_writers {
            let store = Arc::clone(store);
            scope.spawn(move || {
                for story_idx in 0..n_each {
                    store.append(moved(&format!("urn:{writer}:{story_idx}")), Offer::Next, at(1)).expect("admitted");
                }
            });
        }
        // A reader that follows meanwhile must never see a higher number before a lower one.
        let store = Arc::clone(store);
        scope.spawn(move || {
            let mut cursor = WireSeq::START;
            while cursor.0 < n_writers * n_each {
                for entry in store.read_after(cursor, 7).expect("readable") {
                    assert_eq!(entry.seq, cursor.next(), "a number became visible before a lower one");
                    cursor = entry.seq;
                }
            }
        });
    });
    let verified = verify(store.as_ref(), |_| ()).expect("readable");
    assert_eq!((verified.n_entries, verified.fault), (n_writers * n_each, None));
}

fn a_story_is_known_by_its_latest_item(store: &dyn WireStore) {
    let guid = Guid::parse("urn:a").expect("a guid");
    assert!(store.story(&guid).expect("readable").is_none());
    store.append(moved("urn:a"), Offer::Next, at(1)).expect("admitted");
    store.append(edit(store, "urn:a", "Two", None), Offer::Next, at(2)).expect("admitted");
    let latest = store.story(&guid).expect("readable").expect("moved").latest;
    store.append(act::withhold(&latest, reason(), None), Offer::Next, at(3)).expect("admitted");
    let on_wire = store.story(&guid).expect("readable").expect("moved");
    assert_eq!((on_wire.latest.headline.as_str(), on_wire.seq), ("Two", WireSeq(3)));
    assert_eq!((on_wire.standing.version.number(), on_wire.standing.pub_status), (3, PubStatus::Withheld));
    let kinds: Vec<String> = store.entries_of(&guid, 10).expect("readable").into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, ["move", "update", "withhold"]);
    assert_eq!(store.entries_of(&guid, 1).expect("readable")[0].kind, "withhold", "the latest ones");
}

fn time_never_runs_backwards(store: &dyn WireStore) {
    store.append(moved("urn:a"), Offer::Next, at(100)).expect("admitted");
    let second = store.append(moved("urn:b"), Offer::Next, at(50)).expect("a clock set back stops nobody");
    assert_eq!(second.moved_at, at(100));
}

fn embargoes_come_due(store: &dyn WireStore) {
    let mut early = story("urn:a", "One");
    early.embargo = Some(at(100));
    let guid = early.guid.clone();
    store.append(act::move_story(early, at(1)), Offer::Next, at(1)).expect("admitted");
    assert!(store.embargoes_due(at(99), 10).expect("readable").is_empty());
    assert_eq!(store.embargoes_due(at(100), 10).expect("readable"), std::slice::from_ref(&guid));
    let on_wire = store.story(&guid).expect("readable").expect("moved");
    store.append(act::lift_embargo(&on_wire.latest, on_wire.standing, at(100)), Offer::Next, at(100)).expect("admitted");
    assert!(store.embargoes_due(at(200), 10).expect("readable").is_empty(), "lifted once");
}

fn a_batch_is_in_order(store: &dyn WireStore) {
    let events = ["urn:a", "urn:b", "urn:a", "urn:c"].map(|guid| (moved(guid), Offer::Next));
    let outcomes = store.append_all(events.into(), at(1)).expect("written");
    let numbers: Vec<Option<u64>> = outcomes.iter().map(|outcome| outcome.as_ref().ok().map(|appended| appended.seq.0)).collect();
    assert_eq!(numbers, [Some(1), Some(2), None, Some(3)], "a refused event uses no number and stops no other");
}

/// The rules on dossiers are asked where the entry gets its number, also within one batch.
fn dossiers_keep_their_rules(store: &dyn WireStore) {
    let slug = |word| DossierSlug::parse(word).expect("a slug");
    let dossier = |word| {
        let text = DossierText::new(Lang::english(), word, None).expect("a title");
        let dossier = Dossier { version: Some(Version::FIRST), ..Dossier::new(slug(word), text) };
        (WireEvent::DescribeDossier(Arc::new(dossier)), Offer::Next)
    };
    let merge = |from, into| {
        let merge = DossierMerge { from: slug(from), into: slug(into), reason: reason() };
        (WireEvent::MergeDossier(Arc::new(merge)), Offer::Next)
    };
    let batch = vec![dossier("a"), dossier("b"), dossier("a"), merge("a", "b"), (moved("urn:a"), Offer::Next), merge("a", "b")];
    let outcomes = store.append_all(batch, at(1)).expect("written");
    let answers: Vec<String> = outcomes
        .into_iter()
        .map(|outcome| outcome.map_or_else(|refusal| refusal.to_string(), |appended| appended.seq.to_string()))
        .collect();
    assert_eq!([&answers[0], &answers[1], &answers[3], &answers[4]], ["1", "2", "3", "4"], "{answers:?}");
    assert!(answers[2].contains("a exists already") && answers[5].contains("a was merged into b"), "{answers:?}");
    let kinds: Vec<String> = store.dossier_entries().expect("readable").into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, ["dossier", "dossier", "merge-dossier"]);
    assert!(store.dossier_book().expect("readable").takes_stories(&slug("a")).is_err());
}
