//! How an editor's act becomes a wire event: pure decisions, told what time it is.
//!
//! Each takes the story's latest item from the wire, so that what lasts over its life (guid, first moving, past
//! corrections) is carried over and not retyped. Whether the event may move is the wire's to say
//! ([`WireEvent::admit`]).

use std::sync::Arc;

use jiff::Timestamp;

use crate::{
    Correction, CorrectionKind, DossierSlug, EdNote, NewsItem, Notice, PubStatus, Reason, Signal, Standing, Times, Version, WireEvent,
};

/// A story first moves at `now`, as version 1.
pub fn move_story(mut item: NewsItem, now: Timestamp) -> WireEvent {
    item.version = Version::FIRST;
    item.pub_status = PubStatus::Usable;
    item.signals.clear();
    item.corrections.clear();
    item.times = Times::first_moved(now);
    settle_embargo(&mut item, now);
    WireEvent::Move(Arc::new(item))
}

/// A version with more news. `offered`: the version its editor believes comes next; `None` to take what does.
pub fn update(
    latest: &NewsItem,
    standing: Standing,
    item: NewsItem,
    offered: Option<Version>,
    note: Option<Reason>,
    now: Timestamp,
) -> WireEvent {
    let mut item = next_version(latest, standing, item, offered, now);
    item.signals = vec![Signal::Update];
    item.times.updated_at = Some(now);
    WireEvent::Update { item: Arc::new(item), note }
}

/// A version that mends a factual error, labelled as such, with its public reason.
pub fn correct(
    latest: &NewsItem,
    standing: Standing,
    item: NewsItem,
    offered: Option<Version>,
    kind: CorrectionKind,
    reason: Reason,
    now: Timestamp,
) -> WireEvent {
    let mut item = next_version(latest, standing, item, offered, now);
    item.signals = vec![Signal::Correction];
    item.times.corrected_at = Some(now);
    item.corrections.push(Correction { version: item.version, corrected_at: now, kind, reason });
    WireEvent::Correct(Arc::new(item))
}

/// A version with a minor fix. It changes none of the three times: nothing is new.
pub fn refile(
    latest: &NewsItem,
    standing: Standing,
    item: NewsItem,
    offered: Option<Version>,
    note: Option<Reason>,
    now: Timestamp,
) -> WireEvent {
    let mut item = next_version(latest, standing, item, offered, now);
    item.signals = vec![Signal::Update];
    WireEvent::Refile { item: Arc::new(item), note }
}

/// The story as it is, filed under these dossiers: a change of where it is found, not of a word of it.
pub fn refile_under(latest: &NewsItem, standing: Standing, dossiers: Vec<DossierSlug>, note: Option<Reason>, now: Timestamp) -> WireEvent {
    let item = NewsItem { dossiers, ..latest.clone() };
    refile(latest, standing, item, None, note, now)
}

/// The latest version once more.
pub fn repeat(latest: &NewsItem) -> WireEvent {
    WireEvent::Repeat(Arc::new(latest.clone()))
}

/// The embargo of a story has ended at `now`.
pub fn lift_embargo(latest: &NewsItem, standing: Standing, now: Timestamp) -> WireEvent {
    let mut item = next_version(latest, standing, latest.clone(), None, now);
    item.embargo = None;
    item.times.first_moved_at = now;
    WireEvent::LiftEmbargo(Arc::new(item))
}

/// Hold the story everywhere until told.
pub fn withhold(latest: &NewsItem, reason: Reason, ednote: Option<EdNote>) -> WireEvent {
    WireEvent::Withhold(Arc::new(notice(latest, PubStatus::Withheld, reason, ednote)))
}

/// A withheld story may be used again, unchanged. Under an embargo that still runs at `now` it stays hidden.
pub fn release(latest: &NewsItem, standing: Standing, note: Option<Reason>, now: Timestamp) -> WireEvent {
    let item = next_version(latest, standing, latest.clone(), None, now);
    WireEvent::Release { item: Arc::new(item), note }
}

/// Withdraw the story for good.
pub fn kill(latest: &NewsItem, reason: Reason, ednote: Option<EdNote>) -> WireEvent {
    WireEvent::Kill(Arc::new(notice(latest, PubStatus::Canceled, reason, ednote)))
}

/// Withdraw the story for good without quoting it.
pub fn take_down(latest: &NewsItem, reason: Reason, ednote: Option<EdNote>) -> WireEvent {
    let notice = Notice {
        headline: None,
        slugline: None,
        slug: "".into(),
        dateline_place: None,
        ..notice(latest, PubStatus::Canceled, reason, ednote)
    };
    WireEvent::TakeDown(Arc::new(notice))
}

/// An embargo that is already over is none.
pub fn settle_embargo(item: &mut NewsItem, now: Timestamp) {
    if item.embargo.is_some_and(|until| until <= now) {
        item.embargo = None;
    }
}

fn next_version(latest: &NewsItem, standing: Standing, mut item: NewsItem, offered: Option<Version>, now: Timestamp) -> NewsItem {
    item.guid = latest.guid.clone();
    item.version = offered.unwrap_or_else(|| standing.version.next());
    item.pub_status = PubStatus::Usable;
    item.corrections.clone_from(&latest.corrections);
    // A document that says nothing of the embargo does not lift it; lifting is an act of its own.
    item.embargo = item.embargo.or(latest.embargo);
    item.times = Times { version_created_at: now, ..latest.times };
    settle_embargo(&mut item, now);
    item
}

fn notice(latest: &NewsItem, pub_status: PubStatus, reason: Reason, ednote: Option<EdNote>) -> Notice {
    Notice {
        guid: latest.guid.clone(),
        // The wire gives the true number when it admits the notice.
        version: latest.version.next(),
        pub_status,
        reason,
        ednote,
        slugline: latest.slugline.clone(),
        headline: Some(latest.headline.clone()),
        slug: latest.slug().into(),
        section: latest.section.clone(),
        lang: latest.lang.clone(),
        dateline_place: latest.dateline.as_ref().map(|dateline| dateline.place.name.clone()),
        first_moved_at: latest.times.first_moved_at,
        was_embargoed: latest.embargo.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Guid, Headline, Lang, Offer};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn story() -> NewsItem {
        NewsItem::new(Guid::parse("urn:a").unwrap(), Headline::parse("One").unwrap(), Lang::english(), at(0))
    }

    fn moved() -> (NewsItem, Standing) {
        let event = move_story(story(), at(10));
        let standing = event.admit(None, Offer::Next).unwrap().standing.unwrap();
        (event.item().unwrap().as_ref().clone(), standing)
    }

    #[test]
    fn a_correction_keeps_the_first_time_and_adds_its_reason() {
        let (latest, standing) = moved();
        let mut fixed = story();
        fixed.headline = Headline::parse("Two").unwrap();
        let reason = Reason::parse("the figure was wrong").unwrap();
        let event = correct(&latest, standing, fixed, None, CorrectionKind::Correction, reason, at(20));
        let item = event.item().unwrap();
        assert_eq!((item.version.number(), item.times.first_moved_at, item.times.corrected_at), (2, at(10), Some(at(20))));
        assert_eq!(item.times.updated_at, None, "a correction is not more news");
        assert_eq!(item.corrections.len(), 1);
        assert_eq!(event.reason().unwrap().as_str(), "the figure was wrong");
    }

    #[test]
    fn an_embargo_in_the_past_is_none() {
        let mut early = story();
        early.embargo = Some(at(10));
        assert!(move_story(early.clone(), at(9)).item().unwrap().embargo.is_some());
        assert!(move_story(early, at(10)).item().unwrap().embargo.is_none());
    }

    #[test]
    fn an_edit_that_says_nothing_of_the_embargo_keeps_it() {
        let mut early = story();
        early.embargo = Some(at(100));
        let event = move_story(early, at(1));
        let standing = event.admit(None, Offer::Next).unwrap().standing.unwrap();
        let latest = event.item().unwrap();
        let refiled = refile(latest, standing, story(), None, None, at(2));
        assert_eq!(refiled.item().unwrap().embargo, Some(at(100)));
        assert_eq!(lift_embargo(latest, standing, at(100)).item().unwrap().embargo, None);
    }

    #[test]
    fn a_takedown_quotes_nothing() {
        let (latest, _) = moved();
        let event = take_down(&latest, Reason::parse("court order").unwrap(), None);
        let notice = event.notice().unwrap();
        assert!(notice.headline.is_none() && notice.slugline.is_none() && !notice.path().contains("one"));
    }
}
