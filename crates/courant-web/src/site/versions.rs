//! A story's past: its entries, any version, what changed, and the same for machines (RFC 5829, RFC 7089).

use axum::response::{IntoResponse, Response};
use courant_news::{EventKind, PubStatus, StoryId, Version};
use courant_projections::site::{PastStory, SiteStory, VersionLine};
use http::header::{self, HeaderMap, HeaderValue};
use http::{HeaderName, StatusCode};
use jiff::Timestamp;
use jiff::fmt::rfc2822::{self, DateTimePrinter};

use super::SiteState;
use super::address::{StoryAddressForm, StoryPast};
use super::answer::{self, Refused};
use super::common::{self, ALL};
use super::{cite, moment, story};
use crate::pages::{DiffPage, Fault, LifeEntry, VersionsPage};
use crate::serve::Tag;
use crate::words::UiLanguage;

const ACCEPT_DATETIME: HeaderName = HeaderName::from_static("accept-datetime");

/// `/{section}/{id}/{slug}/versions` and what is below it.
pub(super) fn page(state: &SiteState, id: StoryId, asked: &StoryPast, path: &str, headers: &HeaderMap) -> Result<Response, Refused> {
    let story = state.site.story(id)?.ok_or(Refused::Fault(Fault::NotFound))?;
    let is_withdrawn = story.line.pub_status == PubStatus::Canceled;
    match asked {
        // Its life may be known, its words not.
        StoryPast::Version(_) | StoryPast::Diff(..) if story.item.is_none() => {
            return story::page(state, id, StoryAddressForm::Html, &story.line.path(), "");
        }
        StoryPast::TimeMap | StoryPast::TimeGate if is_withdrawn => {
            return story::page(state, id, StoryAddressForm::Html, &story.line.path(), "");
        }
        StoryPast::Versions
        | StoryPast::Version(_)
        | StoryPast::Diff(..)
        | StoryPast::TimeMap
        | StoryPast::TimeGate
        | StoryPast::Cite
        | StoryPast::CiteBib => {}
    }
    let own_path = format!("{}/{}", story.line.path(), asked.ending());
    if own_path != path {
        return Err(Refused::Moved(own_path));
    }
    match asked {
        StoryPast::Versions => Ok(versions(state, &story)),
        StoryPast::Version(version) => moment::version(state, &story, &kept(state, id, *version)?, StoryAddressForm::Html),
        StoryPast::Diff(from, to) => diff(state, &story, &kept(state, id, *from)?, &kept(state, id, *to)?),
        StoryPast::TimeMap => time_map(state, &story),
        StoryPast::TimeGate => time_gate(&story, headers),
        // Without its words there is nothing to cite but the notice.
        StoryPast::Cite | StoryPast::CiteBib => match &story.item {
            Some(item) => Ok(cite::page(state, &story, item, *asked == StoryPast::CiteBib)),
            None => story::page(state, id, StoryAddressForm::Html, &story.line.path(), ""),
        },
    }
}

fn kept(state: &SiteState, id: StoryId, version: Version) -> Result<PastStory, Refused> {
    let found = state.site.version(id, version)?.filter(|past| past.item.is_some());
    found.ok_or_else(|| Refused::Fault(Fault::NoSuchVersion { version: version.to_string() }))
}

fn versions(state: &SiteState, story: &SiteStory) -> Response {
    let line = &story.line;
    let kept: Vec<_> = kept_versions(story).map(|entry| (entry.seq, entry.version)).collect();
    let entries = story.versions.iter().rev().map(|entry| {
        let place = kept.iter().position(|(seq, _)| *seq == entry.seq);
        LifeEntry {
            version: entry.version,
            kind: entry.kind,
            moved_at: entry.moved_at,
            note: entry.note.as_deref().map(Into::into),
            is_kept: place.is_some(),
            compare_with: place.and_then(|place| place.checked_sub(1)).map(|earlier| kept[earlier].1),
        }
    });
    let page = VersionsPage {
        chrome: common::chrome(state, UiLanguage::of(&line.lang), format!("{}/versions", line.path())),
        headline: (!line.headline.is_empty()).then(|| line.headline.as_str().into()),
        lang: line.lang.clone(),
        story: line.path(),
        entries: entries.collect(),
    };
    answer::html(page.render()).until([Tag::pair("story", &line.story.to_string()), Tag::of(ALL)]).into_response()
}

/// The entries whose words can still be read, oldest first: of what was said before a hold, a kill or a takedown nothing is kept.
fn kept_versions(story: &SiteStory) -> impl DoubleEndedIterator<Item = &VersionLine> + Clone {
    let is_notice = |kind| matches!(kind, EventKind::Withhold | EventKind::Kill | EventKind::TakeDown);
    let since = story.versions.iter().rposition(|entry| is_notice(entry.kind)).map_or(0, |last| last + 1);
    story.versions[since..].iter().filter(|entry| entry.kind != EventKind::Repeat)
}

fn diff(state: &SiteState, story: &SiteStory, from: &PastStory, to: &PastStory) -> Result<Response, Refused> {
    let (Some(from_item), Some(to_item)) = (&from.item, &to.item) else {
        return Err(Refused::Fault(Fault::NoSuchVersion { version: from.entry.version.to_string() }));
    };
    let here = format!("{}/versions/{}..{}", story.line.path(), from.entry.version, to.entry.version);
    let page = DiffPage {
        chrome: common::chrome(state, UiLanguage::of(&to_item.lang), here),
        story: story.line.path(),
        from: from_item.clone(),
        to: to_item.clone(),
        note: to.entry.note.as_deref().map(Into::into),
    };
    let answer = answer::html(page.render()).until([Tag::pair("story", &story.line.story.to_string()), Tag::of(ALL)]);
    Ok(answer.into_response())
}

/// RFC 7089, section 5: every version with its instant.
fn time_map(state: &SiteState, story: &SiteStory) -> Result<Response, Refused> {
    let url = format!("{}{}", state.agency.origin, story.line.path());
    let mut map = format!(
        "<{url}>; rel=\"original\",\n<{url}/timegate>; rel=\"timegate\",\n<{url}/timemap>; rel=\"self\"; type=\"application/link-format\""
    );
    for entry in kept_versions(story) {
        let at = http_date(entry.moved_at)?;
        map.push_str(&format!(",\n<{url}/versions/{}>; rel=\"memento\"; datetime=\"{at}\"", entry.version));
    }
    map.push('\n');
    let answer = answer::form("application/link-format; charset=utf-8", map);
    Ok(answer.until([Tag::pair("story", &story.line.story.to_string())]).into_response())
}

/// RFC 7089, section 4.1: leads to the version that stood at the instant a client names, or to the latest.
fn time_gate(story: &SiteStory, headers: &HeaderMap) -> Result<Response, Refused> {
    let path = story.line.path();
    let asked = match headers.get(ACCEPT_DATETIME) {
        None => None,
        Some(value) => {
            let text = value.to_str().unwrap_or_default();
            let parsed = rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_timestamp(text);
            Some(parsed.map_err(|_| Refused::Fault(Fault::BadMoment { value: text.to_owned(), is_future: false }))?)
        }
    };
    let mut kept = kept_versions(story);
    let chosen = match asked {
        // What is asked for before the first version is answered with the first.
        Some(at) => kept.clone().rfind(|entry| entry.moved_at <= at).or_else(|| kept.next()),
        None => kept.next_back(),
    };
    let target = chosen.map_or_else(|| path.clone(), |entry| format!("{path}/versions/{}", entry.version));
    let location = HeaderValue::from_str(&target).map_err(|error| Refused::Broken(error.into()))?;
    let link =
        HeaderValue::from_str(&format!("<{path}>; rel=\"original\", <{path}/timemap>; rel=\"timemap\"; type=\"application/link-format\""))
            .map_err(|error| Refused::Broken(error.into()))?;
    Ok((
        StatusCode::FOUND,
        [
            (header::LOCATION, location),
            (header::LINK, link),
            (header::VARY, HeaderValue::from_static("accept-datetime")),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        ],
    )
        .into_response())
}

fn http_date(at: Timestamp) -> Result<String, Refused> {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&at).map_err(|error| Refused::Broken(error.into()))
}
