//! What an imported document is to the wire.

use courant_formats::incoming::{Content, Incoming, Withdrawal};
use courant_news::{Correction, CorrectionKind, NewsItem, PubStatus, Reason, Signal, WireEvent, act};
use courant_rates::amounts::unmarked;
use courant_wire::{StoreError, StoryOnWire, WireStore, codec};
use jiff::Timestamp;

/// The most entries of one story that are searched for a version.
const ENTRIES_SEARCHED_MAX: usize = 1_000;

/// What to do with it.
pub(super) enum Decision {
    /// It is news.
    Append(Box<WireEvent>),
    /// The wire has it, word for word.
    Known,
    /// It cannot be, for this reason.
    Refuse(String),
}

/// Decides by guid and version. Another agency numbers its versions as it likes; only backwards they may not run.
pub(super) fn decide(wire: &dyn WireStore, known: Option<&StoryOnWire>, content: Content, now: Timestamp) -> Result<Decision, StoreError> {
    match (content, known) {
        (Content::Story(mut item), None) => {
            act::settle_embargo(&mut item, now);
            Ok(append(WireEvent::Move((*item).into())))
        }
        (Content::Story(item), Some(story)) => later_version(wire, story, *item, now),
        (Content::Withdrawal(withdrawal), Some(story)) => Ok(withdraw(story, *withdrawal)),
        (Content::Withdrawal(withdrawal), None) => {
            Ok(Decision::Refuse(format!("it withdraws {}, which was never here; nothing is left to do", withdrawal.guid)))
        }
    }
}

/// What came in, with the version that a sender who does not number them means. The same words, and words that are older
/// than those on the wire, are the version it has; any others come after it.
pub(super) fn numbered(read: Incoming, known: Option<&StoryOnWire>) -> Content {
    match (read.content, known) {
        (Content::Story(mut item), Some(story)) if !read.is_numbered => {
            item.version = story.latest.version;
            let is_older = item.times.version_created_at < story.latest.times.version_created_at;
            if is_older {
                item = Box::new(story.latest.as_ref().clone());
            } else if !is_same(&story.latest, (*item).clone()) {
                item.version = story.standing.version.next();
            }
            Content::Story(item)
        }
        (content, _) => content,
    }
}

fn append(event: WireEvent) -> Decision {
    Decision::Append(Box::new(event))
}

fn later_version(wire: &dyn WireStore, story: &StoryOnWire, mut item: NewsItem, now: Timestamp) -> Result<Decision, StoreError> {
    let current = story.standing.version;
    if item.version <= current {
        return same_version(wire, story, item);
    }
    if story.standing.pub_status == PubStatus::Withheld {
        act::settle_embargo(&mut item, now);
        return Ok(append(WireEvent::Release { item: item.into(), note: None }));
    }
    item.times.first_moved_at = story.latest.times.first_moved_at;
    act::settle_embargo(&mut item, now);
    if item.signals.contains(&Signal::Correction) {
        let at = item.times.version_created_at;
        item.times.corrected_at = item.times.corrected_at.or(Some(at));
        if item.corrections.last().is_none_or(|last| last.version != item.version) {
            item.corrections.push(Correction {
                version: item.version,
                corrected_at: at,
                kind: CorrectionKind::default(),
                reason: unstated(),
            });
        }
        return Ok(append(WireEvent::Correct(item.into())));
    }
    item.times.updated_at = item.times.updated_at.or(Some(item.times.version_created_at));
    item.signals = vec![Signal::Update];
    Ok(append(WireEvent::Update { item: item.into(), note: None }))
}

fn unstated() -> Reason {
    Reason::parse("The sender labelled this version a correction and gave no reason.").expect("a fixed sentence")
}

/// A version the wire has, or one that comes too late.
fn same_version(wire: &dyn WireStore, story: &StoryOnWire, item: NewsItem) -> Result<Decision, StoreError> {
    let (guid, version, current) = (item.guid.clone(), item.version, story.standing.version);
    let on_wire = if story.latest.version == version { Some(story.latest.as_ref().clone()) } else { stored_version(wire, &item)? };
    Ok(match on_wire {
        Some(stored) if is_same(&stored, item) => Decision::Known,
        Some(_) => Decision::Refuse(format!(
            "version {version} of {guid} is on the wire already with other content; give it a version above {current}, or move a correction"
        )),
        None => {
            Decision::Refuse(format!("version {version} of {guid} comes too late, the wire is at version {current}; versions must rise"))
        }
    })
}

fn stored_version(wire: &dyn WireStore, item: &NewsItem) -> Result<Option<NewsItem>, StoreError> {
    for entry in wire.entries_of(&item.guid, ENTRIES_SEARCHED_MAX)? {
        let entry = entry.decode().map_err(StoreError::while_doing("read the wire"))?;
        if let Some(stored) = entry.event.item().filter(|stored| stored.version == item.version) {
            return Ok(Some(stored.as_ref().clone()));
        }
    }
    Ok(None)
}

/// Compares what the sender said. What the wire itself gave the stored item (its times, labels, an embargo that has ended
/// since) is no difference, nor is a mark of money, which an import may have made.
fn is_same(stored: &NewsItem, mut item: NewsItem) -> bool {
    item.times = stored.times;
    item.signals.clone_from(&stored.signals);
    item.corrections.clone_from(&stored.corrections);
    item.embargo = stored.embargo;
    if codec::encode_item(stored) == codec::encode_item(&item) {
        return true;
    }
    let mut stored = stored.clone();
    item.body = unmarked(item.body);
    stored.body = unmarked(stored.body);
    codec::encode_item(&stored) == codec::encode_item(&item)
}

fn withdraw(story: &StoryOnWire, withdrawal: Withdrawal) -> Decision {
    let reason = withdrawal.reason.unwrap_or_else(|| Reason::parse("Withdrawn by its sender.").expect("a fixed sentence"));
    match (withdrawal.pub_status, story.standing.pub_status) {
        (PubStatus::Canceled, PubStatus::Canceled) | (PubStatus::Withheld, PubStatus::Withheld) => Decision::Known,
        (PubStatus::Canceled, _) => append(act::kill(&story.latest, reason, withdrawal.ednote)),
        (PubStatus::Withheld | PubStatus::Usable, _) => append(act::withhold(&story.latest, reason, withdrawal.ednote)),
    }
}
