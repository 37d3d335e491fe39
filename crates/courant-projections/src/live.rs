//! The frames of the event stream.

use std::sync::Arc;

use courant_news::{DossierSlug, EventKind, Guid, NewsItem, PubStatus, StoryId, Version, WireEvent};
use courant_wire::{WireEntry, WireSeq};
use serde_json::{Map, Value, json};

/// What the stream says of one entry.
#[derive(Clone, Debug, PartialEq)]
pub struct LiveFrame {
    /// The entry: the `id:` of the event.
    pub seq: WireSeq,
    /// What happened: the `event:`.
    pub kind: EventKind,
    /// The story; `None` for what is said of a dossier.
    pub story: Option<StoryId>,
    /// The `data:`, one line of JSON.
    pub data: String,
    /// The same without a word of the story or of a reason, one line of JSON: number, times, names, version and kind. For readers
    /// who muted the story, and for everybody once it was withdrawn.
    pub bare: String,
    /// Which readers it is for.
    pub audience: Audience,
}

/// Which readers a frame is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Audience {
    /// Those whose filter lets the item through.
    Matching(Arc<NewsItem>),
    /// Everybody: what a reader was shown is corrected or withdrawn whatever the filter says.
    Everybody,
    /// Those who follow one of these dossiers.
    Following(Vec<DossierSlug>),
}

/// The frame of an entry; `None` when readers see nothing of it.
///
/// A story under embargo says nothing. A frame's `bare` form and a notice repeat neither the headline nor any other word of the story.
pub fn frame(entry: &WireEntry) -> Option<LiveFrame> {
    // For readers an embargo that ends is a story that moves.
    let kind = match entry.event.kind() {
        EventKind::LiftEmbargo => EventKind::Move,
        kind => kind,
    };
    let (bare, mut data, story, audience) = match &entry.event {
        WireEvent::Move(item)
        | WireEvent::Update { item, .. }
        | WireEvent::Correct(item)
        | WireEvent::Refile { item, .. }
        | WireEvent::Repeat(item)
        | WireEvent::Release { item, .. }
        | WireEvent::LiftEmbargo(item) => {
            if item.embargo.is_some() {
                return None;
            }
            let bare = bare(entry, kind, &item.guid, item.version);
            let mut data = bare.clone();
            describe(&mut data, item);
            let audience = match kind {
                EventKind::Correct => Audience::Everybody,
                _ => Audience::Matching(Arc::clone(item)),
            };
            (bare, data, Some(item.story_id()), audience)
        }
        WireEvent::Withhold(notice) | WireEvent::Kill(notice) | WireEvent::TakeDown(notice) => {
            // Readers never saw the story, so there is nothing to take back from them.
            if notice.was_embargoed {
                return None;
            }
            let bare = bare(entry, kind, &notice.guid, notice.version);
            let mut data = bare.clone();
            data.insert("pubStatus".into(), json!(notice.pub_status.as_str()));
            (bare, data, Some(notice.story_id()), Audience::Everybody)
        }
        // Lists name no photo; an open story page learns of a kill when it is asked for again.
        WireEvent::DescribePhoto(_) | WireEvent::KillPhoto(_) => return None,
        WireEvent::DescribeDossier(dossier) => {
            let mut data = of_dossier(entry, kind, &dossier.slug);
            data.insert("state".into(), json!(dossier.state.as_str()));
            (data.clone(), data, None, Audience::Following(vec![dossier.slug.clone()]))
        }
        // The lists of both have changed.
        WireEvent::MergeDossier(merge) => {
            let mut data = of_dossier(entry, kind, &merge.from);
            data.insert("into".into(), json!(merge.into.as_str()));
            (data.clone(), data, None, Audience::Following(vec![merge.from.clone(), merge.into.clone()]))
        }
        WireEvent::Advise(_) | WireEvent::Fix(_) | WireEvent::RankFront(_) => return None,
        // What others report is no news of the agency's: it stands beside it, never among it.
        WireEvent::DescribeSource(_) | WireEvent::MatchReport(_) | WireEvent::WithdrawReport(_) => return None,
        WireEvent::DescribePartner(_) | WireEvent::Tease(_) => return None,
    };
    if let Some(reason) = entry.event.reason() {
        data.insert("reason".into(), json!(reason.as_str()));
    }
    let [data, bare] = [data, bare].map(|object| Value::Object(object).to_string());
    Some(LiveFrame { seq: entry.seq, kind, story, data, bare, audience })
}

/// What may be said of an entry whatever becomes of the story.
fn bare(entry: &WireEntry, kind: EventKind, guid: &Guid, version: Version) -> Map<String, Value> {
    let mut bare = Map::new();
    bare.insert("seq".into(), json!(entry.seq.0));
    bare.insert("moved_at".into(), json!(entry.moved_at.to_string()));
    bare.insert("kind".into(), json!(kind.as_str()));
    bare.insert("guid".into(), json!(guid.as_str()));
    bare.insert("id".into(), json!(guid.story_id().to_string()));
    bare.insert("version".into(), json!(version.number()));
    bare
}

/// What is said of an act on a dossier.
fn of_dossier(entry: &WireEntry, kind: EventKind, slug: &DossierSlug) -> Map<String, Value> {
    let mut data = Map::new();
    data.insert("seq".into(), json!(entry.seq.0));
    data.insert("moved_at".into(), json!(entry.moved_at.to_string()));
    data.insert("kind".into(), json!(kind.as_str()));
    data.insert("dossier".into(), json!(slug.as_str()));
    data
}

fn describe(data: &mut Map<String, Value>, item: &NewsItem) {
    data.insert("pubStatus".into(), json!(PubStatus::Usable.as_str()));
    data.insert("url".into(), json!(item.path()));
    data.insert("headline".into(), json!(item.headline.as_str()));
    data.insert("section".into(), json!(item.section.as_str()));
    data.insert("lang".into(), json!(item.lang.as_str()));
    data.insert("dir".into(), json!(item.lang.direction().as_str()));
    data.insert("urgency".into(), json!(item.urgency.number()));
    data.insert("first_moved_at".into(), json!(item.times.first_moved_at.to_string()));
}

#[cfg(test)]
mod tests {
    use courant_news::{Reason, act};
    use courant_wire::{EntryHash, conformance};

    use super::*;

    fn entry(event: WireEvent) -> WireEntry {
        WireEntry { seq: WireSeq(7), moved_at: conformance::at(60), previous: EntryHash::START, hash: EntryHash::START, event }
    }

    #[test]
    fn a_move_says_what_a_list_needs() {
        let frame = frame(&entry(act::move_story(conformance::story("urn:a", "One \"two\"\nthree"), conformance::at(1)))).unwrap();
        assert!(!frame.data.contains('\n'), "data is one line");
        let data: Value = serde_json::from_str(&frame.data).unwrap();
        assert_eq!(data["headline"], "One \"two\" three");
        assert_eq!(data["seq"], 7);
        assert!(data["url"].as_str().unwrap().starts_with("/news/"));
        assert!(!frame.bare.contains("two") && !frame.bare.contains("news") && !frame.bare.contains('\n'), "{}", frame.bare);
        let bare: Value = serde_json::from_str(&frame.bare).unwrap();
        assert_eq!((&bare["seq"], &bare["kind"], &bare["guid"], &bare["version"]), (&json!(7), &json!("move"), &json!("urn:a"), &json!(1)));
    }

    #[test]
    fn an_embargoed_story_says_nothing() {
        let mut item = conformance::story("urn:a", "Secret");
        item.embargo = Some(conformance::at(100));
        assert_eq!(frame(&entry(act::kill(&item, Reason::parse("wrong").unwrap(), None))), None);
        assert_eq!(frame(&entry(act::move_story(item, conformance::at(1)))), None);
    }

    #[test]
    fn a_merge_reaches_those_who_follow_either_dossier() {
        let [from, into] = ["a", "b"].map(|slug| DossierSlug::parse(slug).unwrap());
        let reason = Reason::parse("one affair").unwrap();
        let merge = courant_news::DossierMerge { from: from.clone(), into: into.clone(), reason };
        let frame = frame(&entry(WireEvent::MergeDossier(Arc::new(merge)))).unwrap();
        assert_eq!((frame.story, frame.audience), (None, Audience::Following(vec![from, into])));
        let data: Value = serde_json::from_str(&frame.data).unwrap();
        assert_eq!((&data["dossier"], &data["into"], &data["reason"]), (&json!("a"), &json!("b"), &json!("one affair")));
    }

    #[test]
    fn a_kill_reaches_everybody_and_quotes_nothing() {
        let event = act::kill(&conformance::story("urn:a", "Libel"), Reason::parse("wrong").unwrap(), None);
        let frame = frame(&entry(event)).unwrap();
        assert_eq!(frame.audience, Audience::Everybody);
        assert!(!frame.data.contains("Libel") && frame.data.contains("wrong"), "{}", frame.data);
        assert!(!frame.bare.contains("wrong") && frame.bare.contains("kill"), "{}", frame.bare);
    }
}
