//! The event stream: frames into the hub, readers out of it.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::response::{IntoResponse, Response};
use courant_news::filter::{Facet, Verdict, Words};
use courant_news::{EventKind, Filter, NewsItem, StoryId};
use courant_projections::index::AskedStory;
use courant_projections::live::{self, Audience};
use courant_wire::WireEntry;
use http::HeaderMap;
use jiff::tz::TimeZone;

use super::SiteState;
use super::address::ListAddress;
use super::answer::Refused;
use super::dossiers;
use super::lists::{narrowed, today};
use crate::pages::Fault;
use crate::serve::{EventStream, Frame, Hub, NewFrame, Telling};

/// For frames that are about no story; no story has this number.
const NO_STORY: u64 = u64::MAX;

/// What filters look at: the item, and its words once the first filter with words has asked.
struct Told {
    audience: Audience,
    words: OnceLock<AskedStory>,
}

/// Puts an entry on the stream. Call it after the read model shows the entry.
pub fn publish(hub: &Hub, entry: &WireEntry) {
    let Some(frame) = live::frame(entry) else {
        return hub.pass(entry.seq.0);
    };
    // What the story said before is taken back first, so that no later replay repeats a killed word.
    if let Some(story) = frame.story
        && matches!(frame.kind, EventKind::Kill | EventKind::Withhold | EventKind::TakeDown)
    {
        hub.scrub(story.number());
    }
    let subject = Told { audience: frame.audience, words: OnceLock::new() };
    hub.publish(NewFrame {
        seq: frame.seq.0,
        event: frame.kind.as_str(),
        data: &frame.data,
        bare: &frame.bare,
        story: frame.story.map_or(NO_STORY, StoryId::number),
        subject: Arc::new(subject),
    });
}

/// Fills the log after a start with the wire's last entries, oldest first, so that a restart is not noticed.
pub fn replay(hub: &Hub, entries: &[WireEntry]) {
    for entry in entries {
        publish(hub, entry);
    }
}

/// `/all/events` and the stream of every other list: frames that pass the list's filter, from where the reader left off. With
/// `wait=25` it is a long poll: over with the first news, or after so many seconds.
pub(super) fn stream(state: &SiteState, list: &ListAddress, query: &str, headers: &HeaderMap) -> Result<Response, Refused> {
    let asked = Filter::parse(query, &["after", "before", "wait"]).filter.on(today(state));
    let asked = dossiers::settled(state, asked, None)?;
    let number = |name: &str| query.split('&').filter_map(|pair| pair.split_once('=')).find(|(known, _)| *known == name)?.1.parse().ok();
    let after = number("after");
    let filter = match list.term() {
        Some(term) => narrowed(&asked, term).ok_or(Refused::Fault(Fault::NotFound))?,
        None => asked,
    };
    let filter = dossiers::widened(state, filter, None)?;
    let zone = state.agency.zone.clone();
    let canonical = filter.canonical();
    let group = state.hub.group(&canonical, move |frame| telling(&filter, frame, &zone))?;
    let stream = EventStream::resuming(group, headers, after)?;
    Ok(match number("wait") {
        Some(seconds) => stream.until_news(Duration::from_secs(seconds)).into_response(),
        None => stream.into_response(),
    })
}

/// What a filter makes of a frame. A muted story is told as muted whether its line will be hidden or folded: the page counts
/// the one and fetches the other.
fn telling(filter: &Filter, frame: &Frame, zone: &TimeZone) -> Telling {
    let Some(told) = frame.subject::<Told>() else {
        return Telling::Nothing;
    };
    match &told.audience {
        Audience::Everybody => Telling::Whole,
        Audience::Following(slugs) => match filter.any_of.get(&Facet::Dossier) {
            Some(followed) if slugs.iter().any(|slug| followed.contains(slug.as_str())) => Telling::Whole,
            Some(_) | None => Telling::Nothing,
        },
        Audience::Matching(item) => match filter.verdict(item, &WordsOf { told, zone }) {
            Verdict::Shown => Telling::Whole,
            Verdict::Muted(_) => Telling::Muted,
            Verdict::Out => Telling::Nothing,
        },
    }
}

/// The words of a frame's story, analysed when the first filter asks for them.
struct WordsOf<'a> {
    told: &'a Told,
    zone: &'a TimeZone,
}

impl WordsOf<'_> {
    fn of(&self, item: &NewsItem) -> &AskedStory {
        self.told.words.get_or_init(|| AskedStory::new(item, self.zone))
    }
}

impl Words for WordsOf<'_> {
    fn contains(&self, item: &NewsItem, phrase: &str) -> bool {
        self.of(item).contains(item, phrase)
    }

    fn satisfies(&self, item: &NewsItem, query: &str) -> bool {
        self.of(item).satisfies(item, query)
    }
}
