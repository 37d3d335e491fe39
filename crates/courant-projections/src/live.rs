//! The frames of the event stream.

use std::sync::Arc;

use courant_news::{EventKind, NewsItem, PubStatus, StoryId, WireEvent};
use courant_wire::{WireEntry, WireSeq};
use serde_json::{Map, Value, json};

/// What the stream says of one entry.
#[derive(Clone, Debug, PartialEq)]
pub struct LiveFrame {
    /// The entry: the `id:` of the event.
    pub seq: WireSeq,
    /// What happened: the `event:`.
    pub kind: EventKind,
    /// The story.
    pub story: StoryId,
    /// The `data:`, one line of JSON.
    pub data: String,
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
}

/// The frame of an entry; `None` when readers see nothing of it.
///
/// A story under embargo says nothing. A notice repeats neither the headline nor any other word of the story.
pub fn frame(entry: &WireEntry) -> Option<LiveFrame> {
    let kind = entry.event.kind();
    let mut data = Map::new();
    data.insert("seq".into(), json!(entry.seq.0));
    data.insert("moved_at".into(), json!(entry.moved_at.to_string()));
    let (story, audience) = match &entry.event {
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
            describe(&mut data, item);
            let audience = match kind {
                EventKind::Correct => Audience::Everybody,
                _ => Audience::Matching(Arc::clone(item)),
            };
            (item.story_id(), audience)
        }
        WireEvent::Withhold(notice) | WireEvent::Kill(notice) | WireEvent::TakeDown(notice) => {
            // Readers never saw the story, so there is nothing to take back from them.
            if notice.was_embargoed {
                return None;
            }
            data.insert("guid".into(), json!(notice.guid.as_str()));
            data.insert("id".into(), json!(notice.story_id().to_string()));
            data.insert("version".into(), json!(notice.version.number()));
            data.insert("pubStatus".into(), json!(notice.pub_status.as_str()));
            (notice.story_id(), Audience::Everybody)
        }
        WireEvent::Advise(_) | WireEvent::DescribeDossier(_) | WireEvent::Fix(_) => return None,
        // Lists name no photo; an open story page learns of a kill when it is asked for again.
        WireEvent::DescribePhoto(_) | WireEvent::KillPhoto(_) => return None,
    };
    if let Some(reason) = entry.event.reason() {
        data.insert("reason".into(), json!(reason.as_str()));
    }
    // For readers an embargo that ends is a story that moves.
    let kind = if kind == EventKind::LiftEmbargo { EventKind::Move } else { kind };
    Some(LiveFrame { seq: entry.seq, kind, story, data: Value::Object(data).to_string(), audience })
}

fn describe(data: &mut Map<String, Value>, item: &NewsItem) {
    data.insert("guid".into(), json!(item.guid.as_str()));
    data.insert("id".into(), json!(item.story_id().to_string()));
    data.insert("version".into(), json!(item.version.number()));
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
    }

    #[test]
    fn an_embargoed_story_says_nothing() {
        let mut item = conformance::story("urn:a", "Secret");
        item.embargo = Some(conformance::at(100));
        assert_eq!(frame(&entry(act::kill(&item, Reason::parse("wrong").unwrap(), None))), None);
        assert_eq!(frame(&entry(act::move_story(item, conformance::at(1)))), None);
    }

    #[test]
    fn a_kill_reaches_everybody_and_quotes_nothing() {
        let event = act::kill(&conformance::story("urn:a", "Libel"), Reason::parse("wrong").unwrap(), None);
        let frame = frame(&entry(event)).unwrap();
        assert_eq!(frame.audience, Audience::Everybody);
        assert!(!frame.data.contains("Libel") && frame.data.contains("wrong"), "{}", frame.data);
    }
}
