//! The site as it was: `?at=` on a list and on a story (Memento, RFC 7089).

use axum::response::{IntoResponse, Response};
use courant_formats::feed::FeedEntry;
use courant_formats::newsml_g2::Entry;
use courant_news::filter::{Show, Verdict};
use courant_news::{EventKind, Filter, PubStatus, StoryId};
use courant_projections::index::AskedStory;
use courant_projections::site::{Line, PastStory, SiteStory};
use courant_wire::WireSeq;
use http::HeaderValue;
use http::header::{self, HeaderName};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimePrinter;
use percent_encoding::percent_decode_str;

use super::SiteState;
use super::address::{ListAddress, ListForm, StoryAddressForm};
use super::answer::{self, Refused};
use super::archives::History;
use super::common::{self, ALL};
use super::feeds::{self, Entries, FeedOf};
use super::{dossiers, lists, sift, story};
use crate::pages::{Fault, ListOf, ListPage, Moment, PastNote, Row, RowState};
use crate::serve::{Answer, Tag};

/// The parameter.
pub(super) const AT: &str = "at";
/// How many stories a page of the past has.
const PAGE_LINES: usize = 30;
/// How many stories of the past are read at a time.
const READ_AT_ONCE: usize = 200;
/// How many are asked whether a filter lets them through before a page is given up as it stands.
const ASKED_MAX: usize = 5_000;

const MEMENTO_DATETIME: HeaderName = HeaderName::from_static("memento-datetime");

/// The instant a query asks for. RFC 3339, or without an offset in the site's zone; it may not lie in the future, which nobody knows.
pub(super) fn asked(state: &SiteState, query: &str) -> Result<Option<Timestamp>, Refused> {
    let Some(value) = query.split('&').find_map(|pair| pair.strip_prefix("at=")) else {
        return Ok(None);
    };
    let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
    // A plus sign in a query is a space to some and an offset to us.
    let typed = value.replace(' ', "+");
    let in_zone = || {
        let civil: DateTime = typed.parse().ok()?;
        Some(civil.to_zoned_datetime(state.agency.zone.clone()).ok()?.timestamp())
    };
    let Some(at) = typed.parse::<Timestamp>().ok().or_else(in_zone) else {
        return Err(Refused::Fault(Fault::BadMoment { value, is_future: false }));
    };
    if (state.now)() < at {
        return Err(Refused::Fault(Fault::BadMoment { value, is_future: true }));
    }
    Ok(Some(at))
}

/// An instant as the parameter spells it.
fn parameter(at: Timestamp) -> (&'static str, String) {
    (AT, at.to_string())
}

/// A story as it stood.
pub(super) fn story(state: &SiteState, id: StoryId, form: StoryAddressForm, path: &str, at: Timestamp) -> Result<Response, Refused> {
    let today = state.site.story(id)?.ok_or(Refused::Fault(Fault::NotFound))?;
    if today.item.is_none() {
        // A notice stands for every moment of the story.
        return story::page(state, id, form, path, "");
    }
    let own_path = format!("{}{}", today.line.path(), form.ending());
    if own_path != path {
        let (name, value) = parameter(at);
        return Err(Refused::Moved(format!("{own_path}?{name}={value}")));
    }
    let not_yet = || Refused::Fault(Fault::NotYetMoved { at });
    let entry = state.site.entry_at(at)?.ok_or_else(not_yet)?;
    let past = state.site.story_at(id, entry)?.ok_or_else(not_yet)?;
    stood(state, &today, &past, form, Some((at, entry)))
}

/// A version of a story that still stands, in one of its forms.
pub(super) fn version(state: &SiteState, today: &SiteStory, past: &PastStory, form: StoryAddressForm) -> Result<Response, Refused> {
    stood(state, today, past, form, None)
}

fn stood(
    state: &SiteState,
    today: &SiteStory,
    past: &PastStory,
    form: StoryAddressForm,
    asked_at: Option<(Timestamp, WireSeq)>,
) -> Result<Response, Refused> {
    let Some(item) = &past.item else {
        return Err(Refused::Fault(Fault::NoSuchVersion { version: past.entry.version.to_string() }));
    };
    let path = past.line.path();
    let note = PastNote { moved_at: past.entry.moved_at, latest: path.clone(), asked_at };
    let answer = story::in_form(state, today, item, form, Some(note))?;
    let memento =
        DateTimePrinter::new().timestamp_to_rfc9110_string(&past.entry.moved_at).map_err(|error| Refused::Broken(error.into()))?;
    let links = format!(
        "<{path}>; rel=\"original latest-version\", <{path}/timegate>; rel=\"timegate\", <{path}/timemap>; rel=\"timemap\"; \
         type=\"application/link-format\", <{path}/versions>; rel=\"version-history\""
    );
    let header_value = |text: String| HeaderValue::from_str(&text).map_err(|error| Refused::Broken(error.into()));
    Ok(answer
        .header(MEMENTO_DATETIME, header_value(memento)?)
        .header(header::LINK, header_value(links)?)
        .until([Tag::pair("story", &past.line.story.to_string()), Tag::of(ALL)])
        .into_response())
}

/// A list as it was.
pub(super) fn list(state: &SiteState, list: &ListAddress, form: ListForm, query: &str, at: Timestamp) -> Result<Response, Refused> {
    let entry = state.site.entry_at(at)?;
    let stood = Some(entry.unwrap_or(WireSeq::START));
    let asked = Filter::parse(query, &[AT, "before"]).filter.on(lists::today(state));
    let asked = dossiers::settled(state, asked, stood)?;
    let cursor = common::cursor(query)?;
    let language = common::list_language(&asked);
    let mut of = lists::heading(state, list, language, stood)?;
    if let (ListOf::Dossier(head), Some(slug), Some(entry)) = (&mut of, dossiers::slug_of(list), entry) {
        head.press = dossiers::press(state, &slug, language, Some((at, entry)))?;
    }
    let filter = match list.term() {
        Some(term) => lists::narrowed(&asked, term),
        None => Some(asked.clone()),
    };
    let filter = filter.map(|filter| dossiers::widened(state, filter, stood)).transpose()?;
    let path = list.path();
    let limit = if form == ListForm::Html { PAGE_LINES } else { feeds::ENTRIES };
    let mut found = match (&filter, entry) {
        (Some(filter), Some(entry)) => filtered(state, &lists::shown_in(form, filter.clone()), entry, common::before(cursor), limit + 1)?,
        (None, _) | (_, None) => Then::default(),
    };
    let has_more = limit < found.stories.len();
    found.stories.truncate(limit);
    let older = found.stories.last().filter(|_| has_more).map(|(past, _)| past.position);
    let own = |parameters: &[(&'static str, String)]| {
        let mut all = vec![parameter(at)];
        all.extend_from_slice(parameters);
        all
    };
    if form == ListForm::NewsMessage {
        let stories = found.stories.iter().filter_map(|(past, _)| past.item.as_ref().map(Entry::Story));
        return Ok(feeds::message(state, stories, Some(at)).until([Tag::of(ALL)]).into_response());
    }
    if form == ListForm::Package {
        let stories: Vec<_> = found.stories.iter().filter_map(|(past, _)| past.item.as_ref()).collect();
        let title = lists::feed_title(state, &of, language);
        let target = common::target(&format!("{path}{}", form.ending()), &asked, &own(&[]));
        return Ok(feeds::package(state, &target, &title, language, entry.unwrap_or(WireSeq(1)), at, stories)
            .until([Tag::of(ALL)])
            .into_response());
    }
    if form != ListForm::Html {
        let feed = FeedOf {
            title: lists::feed_title(state, &of, language),
            path,
            filter: &asked,
            language,
            more: own(&[]),
            next: older,
            history: History::default(),
        };
        let entry = |past: &PastStory| FeedEntry::of(past.item.as_ref()?, past.entry.seq.0, &state.agency.origin);
        let entries = Entries {
            stories: found.stories.iter().filter_map(|(past, _)| entry(past)).collect(),
            withdrawn: Vec::new(),
            updated_at: found.stories.iter().map(|(past, _)| past.entry.moved_at).max(),
        };
        return feeds::finish(state, &feed, form, cursor, entries, vec![Tag::of(ALL)]);
    }
    let is_section = matches!(of, ListOf::Section(_));
    let here = common::target(&path, &asked, &own(&common::cursor_parameter(cursor)));
    let page = ListPage {
        chrome: common::chrome(state, language, here),
        of,
        rows: found.stories.iter().map(|(past, muted_by)| Row { muted_by: muted_by.clone(), ..row(past, is_section, at) }).collect(),
        hidden: sift::hidden(&asked, found.n_hidden, &path, &own(&common::cursor_parameter(cursor))),
        total: None,
        newer: None,
        older: older.map(|seq| common::target(&path, &asked, &own(&[("before", seq.to_string())]))),
        feed: common::target(&format!("{path}.rss"), &asked, &own(&[])),
        stream: None,
        filter: None,
        archive: None,
        tree: None,
        place: None,
        moment: Some(Moment { at, now: common::target(&path, &asked, &[]) }),
    };
    Ok(with_datetime(answer::html(page.render()), at)?.until([Tag::of(ALL)]).into_response())
}

fn with_datetime(answer: Answer, at: Timestamp) -> Result<Answer, Refused> {
    let text = DateTimePrinter::new().timestamp_to_rfc9110_string(&at).map_err(|error| Refused::Broken(error.into()))?;
    let value = HeaderValue::from_str(&text).map_err(|error| Refused::Broken(error.into()))?;
    Ok(answer.header(MEMENTO_DATETIME, value))
}

/// What of the past a filter lets through.
#[derive(Default)]
struct Then {
    stories: Vec<(PastStory, Option<Box<str>>)>,
    n_hidden: u64,
}

/// The stories a filter lets through, as they stood, each with the mute that folds it. What is not kept any more is told only where the
/// whole list is asked for: nobody can say whether another filter would have let it through.
fn filtered(state: &SiteState, filter: &Filter, entry: WireSeq, before: Option<WireSeq>, limit: usize) -> Result<Then, Refused> {
    let (mut then, mut below, mut n_asked) = (Then::default(), before, 0);
    while then.stories.len() < limit && n_asked < ASKED_MAX {
        let read = state.site.list_at(entry, below, READ_AT_ONCE)?;
        let Some(last) = read.last() else { break };
        below = Some(last.position);
        n_asked += read.len();
        for past in read {
            let muted_by = match (&past.item, filter.is_empty()) {
                (Some(item), _) => match (filter.verdict(item, &AskedStory::new(item, &state.agency.zone)), filter.show) {
                    (Verdict::Shown, _) => None,
                    (Verdict::Muted(mute), Show::Collapse) => Some(mute.into()),
                    (Verdict::Muted(_), Show::Hide) => {
                        then.n_hidden += 1;
                        continue;
                    }
                    (Verdict::Out, _) => continue,
                },
                (None, true) => None,
                (None, false) => continue,
            };
            then.stories.push((past, muted_by));
            if then.stories.len() == limit {
                break;
            }
        }
    }
    Ok(then)
}

pub(super) fn row(past: &PastStory, in_section: bool, at: Timestamp) -> Row {
    let Line { story, pub_status, kind, lang, section, .. } = &past.line;
    let (name, value) = parameter(at);
    let state = match (&past.item, pub_status) {
        (Some(item), _) if !item.corrections.is_empty() => RowState::Corrected,
        (Some(item), _) if item.times.updated_at.is_some() => RowState::Updated,
        (Some(_), _) => RowState::Moved,
        (None, PubStatus::Withheld) => RowState::Withheld,
        (None, PubStatus::Canceled) if *kind == EventKind::TakeDown => RowState::TakenDown,
        (None, PubStatus::Canceled) => RowState::Killed { reason: past.line.reason.as_deref().unwrap_or_default().into() },
        (None, PubStatus::Usable) => RowState::NotKept,
    };
    let times = past.item.as_ref().map(|item| item.times.updated_at.unwrap_or(item.times.first_moved_at));
    Row {
        id: *story,
        path: format!("{}?{name}={value}", past.line.path()),
        headline: past.item.as_ref().map(|item| item.headline.as_str().into()),
        lang: past.item.as_ref().map_or_else(|| lang.clone(), |item| item.lang.clone()),
        at: times.unwrap_or(past.entry.moved_at),
        urgency: past.item.as_ref().map_or(past.line.urgency, |item| item.urgency),
        section: (!in_section).then(|| section.as_str().into()),
        state,
        muted_by: None,
    }
}
