//! Lists: all news, sections, subjects, dossiers, places, bylines, days.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::response::{IntoResponse, Response};
use courant_news::filter::{Facet, Parsed, Problem, Show, Term};
use courant_news::{DossierSlug, Filter, NewsItem, Place, StoryId};
use courant_projections::site::{Cursor, Line, ListQuery, Span};
use courant_wire::WireSeq;
use http::header::{self, HeaderValue};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::SiteState;
use super::address::{ListAddress, ListForm};
use super::answer::{self, Refused};
use super::archive;
use super::archives::{self, ReadLines};
use super::common::{self, ALL};
use super::dossiers;
use super::feeds::{self, FeedOf};
use super::sift::{self, Sifted};
use super::topics;
use crate::pages::{DossierHead, Fault, FilterForm, ListOf, ListPage};
use crate::serve::Tag;
use crate::words::UiLanguage;

/// How many stories a page of a list has.
const PAGE_LINES: usize = 30;
/// How long a page that opens a stream is kept: it names the entry it was made at, and the stream replays only so much.
pub(super) const STREAMING_PAGE_AGE_MAX: Duration = Duration::from_mins(10);
/// How many stories the page of a day has; a day of more is paged.
const DAY_LINES: usize = 200;

/// How many of the newest stories of a place are asked where it is.
const STORIES_ASKED: usize = 8;

/// Parameters of a list that are not of its filter.
const OWN: &[&str] = &["before", "after", feeds::ARCHIVE];
/// The same for the list of a dossier, which says what is new since a reader looked.
const OWN_OF_DOSSIER: &[&str] = &["before", "after", feeds::ARCHIVE, dossiers::SINCE];

/// A page of a list, in one of its forms.
pub(super) fn page(state: &SiteState, list: &ListAddress, form: ListForm, query: &str) -> Result<Response, Refused> {
    let dossier = list.term().filter(|term| term.facet == Facet::Dossier).and_then(|term| DossierSlug::parse(&term.value).ok());
    let own = if dossier.is_some() { OWN_OF_DOSSIER } else { OWN };
    let Parsed { filter: asked, problems } = Filter::parse(query, own);
    let ended = asked.ended(today(state));
    let asked = dossiers::settled(state, asked.on(today(state)), None)?;
    // Before the list is read: what comes between is replayed by the stream.
    let known = state.site.cursor()?;
    let cursor = common::cursor(query)?;
    let language = common::list_language(&asked);
    let mut of = heading(state, list, language, None)?;
    let filter = match list.term() {
        Some(term) => narrowed(&asked, term),
        None => Some(asked.clone()),
    };
    let filter = filter.map(|filter| dossiers::widened(state, filter, None)).transpose()?;
    let path = list.path();
    let tags = common::tags(filter.as_ref().unwrap_or(&asked));
    if form != ListForm::Html {
        let asked_for = FeedAsked { form, cursor, archive: archives::asked(state, query)?, sieve: None };
        let title = feed_title(state, &of, language);
        return match filter {
            Some(filter) => {
                let shown = shown_in(form, filter);
                let read = |cursor, limit| common::filtered(state, &shown, cursor, limit);
                asked_for.answer(state, FeedOf::of(title, path, &asked, language), &read, tags)
            }
            None => asked_for.answer(state, FeedOf::of(title, path, &asked, language), &|_, _| Ok(Vec::new()), tags),
        };
    }
    let (sifted, pages) = match filter {
        Some(filter) => sift::page(state, &filter, cursor, PAGE_LINES)?,
        // A section page that asks for another section shows nothing.
        None => (Sifted { seen: Vec::new(), n_hidden: 0 }, Paging { newer: None, older: None }),
    };
    let is_section = matches!(of, ListOf::Section(_));
    let place = match list.term() {
        Some(term) if term.facet == Facet::Place => {
            place_called(state, &term.value, language, sifted.seen.iter().map(|seen| seen.line.story))?
        }
        _ => None,
    };
    let mut parameters = common::cursor_parameter(cursor);
    if let (Some(slug), ListOf::Dossier(head)) = (&dossier, &mut of) {
        head.press = dossiers::press(state, slug, language, None)?;
        let kept = common::target(&path, &asked, &[(dossiers::SINCE, known.to_string())]);
        head.keep = (cursor == Cursor::Newest).then_some((kept, known));
        if let Some(since) = dossiers::since_asked(query)? {
            head.since = Some(dossiers::since(state, slug, language, since)?);
            parameters.push((dossiers::SINCE, since.to_string()));
        }
    }
    let here = common::target(&path, &asked, &parameters);
    let stream = (cursor == Cursor::Newest).then(|| common::stream(&path, &asked, known));
    let tree = topics::around(state, list, &asked)?;
    let other_forms = other_forms(&path, &asked)?;
    let page = ListPage {
        chrome: common::chrome(state, language, here.clone()),
        of,
        rows: sifted.rows(is_section),
        hidden: sifted.hidden(&asked, &path, &common::cursor_parameter(cursor)),
        total: None,
        newer: pages.newer.map(|seq| common::target(&path, &asked, &[("after", seq.to_string())])),
        older: pages.older.map(|seq| common::target(&path, &asked, &[("before", seq.to_string())])),
        feed: common::target(&format!("{path}.rss"), &asked, &[]),
        stream,
        filter: Some(FilterForm { filter: asked, problems: problems.clone(), ended }),
        archive: (*list == ListAddress::All).then(|| today(state)),
        tree,
        place,
        moment: None,
    };
    let answer = answer::html(page.render()).until_or_for(tags, STREAMING_PAGE_AGE_MAX).header(header::LINK, other_forms);
    Ok(kept_under(answer, &problems, ended, here).into_response())
}

/// The forms of a list that its page has no room to name.
fn other_forms(path: &str, filter: &Filter) -> Result<HeaderValue, Refused> {
    let forms = [
        (ListForm::Atom, "application/atom+xml"),
        (ListForm::JsonFeed, "application/feed+json"),
        (ListForm::NewsMessage, "application/vnd.iptc.g2.newsmessage+xml"),
        (ListForm::Package, "application/vnd.iptc.g2.packageitem+xml"),
    ];
    let links = forms.map(|(form, media_type)| {
        let target = common::target(&format!("{path}{}", form.ending()), filter, &[]);
        format!("<{target}>; rel=\"alternate\"; type=\"{media_type}\"")
    });
    HeaderValue::from_str(&links.join(", ")).map_err(|error| Refused::Broken(error.into()))
}

/// A place with its coordinates, as one of its newest stories has them; one in the page's language before others.
fn place_called(
    state: &SiteState,
    slug: &str,
    language: UiLanguage,
    newest: impl Iterator<Item = StoryId>,
) -> Result<Option<Place>, Refused> {
    let stories: Vec<_> = newest.take(STORIES_ASKED).collect();
    let items = state.site.items(&stories)?;
    let (own, others): (Vec<_>, Vec<_>) = items.iter().map(|(_, item)| item).partition(|item| UiLanguage::of(&item.lang) == language);
    let mut places = own.into_iter().chain(others).flat_map(NewsItem::all_places);
    Ok(places.find(|place| &*place.slug == slug && place.point.is_some()).cloned())
}

/// The stories that first moved on a day, in the site's zone.
pub(super) fn day(state: &SiteState, date: Date, form: ListForm, query: &str) -> Result<Response, Refused> {
    let Parsed { filter, problems } = Filter::parse(query, OWN);
    let ended = filter.ended(today(state));
    let filter = dossiers::settled(state, filter.on(today(state)), None)?;
    let cursor = common::cursor(query)?;
    let language = common::list_language(&filter);
    let wide = dossiers::widened(state, filter.clone(), None)?;
    let path = day_path(date);
    let span = day_span(date, &state.agency.zone).ok_or_else(|| Refused::Fault(Fault::NoSuchDay { typed: path.clone() }))?;
    let here = common::target(&path, &filter, &common::cursor_parameter(cursor));
    let read = |cursor, limit| Ok(state.site.list(ListQuery { filter: &wide, cursor, first_moved: Some(span), limit })?);
    if form != ListForm::Html {
        let of = ListOf::Day { date, previous: None, next: None };
        let feed = FeedOf::of(feed_title(state, &of, language), path, &filter, language);
        let shown = shown_in(form, wide.clone());
        let sieve = filter.has_words().then_some(&shown);
        return FeedAsked { form, cursor, archive: archives::asked(state, query)?, sieve }.answer(state, feed, &read, vec![Tag::of(ALL)]);
    }
    let mut lines = read(cursor, DAY_LINES + 1)?;
    let pages = Paging::cut(&mut lines, cursor, DAY_LINES);
    let sifted = match filter.has_words() {
        true => sift::sift(state, &wide, lines)?,
        false => Sifted::whole(lines),
    };
    let (previous, next) = archive::neighbours(state, span)?;
    let page = ListPage {
        chrome: common::chrome(state, language, here.clone()),
        of: ListOf::Day { date, previous, next },
        rows: sifted.rows(false),
        hidden: sifted.hidden(&filter, &path, &common::cursor_parameter(cursor)),
        total: None,
        newer: pages.newer.map(|seq| common::target(&path, &filter, &[("after", seq.to_string())])),
        older: pages.older.map(|seq| common::target(&path, &filter, &[("before", seq.to_string())])),
        feed: common::target(&format!("{path}.rss"), &filter, &[]),
        stream: None,
        filter: Some(FilterForm { filter: filter.clone(), problems: problems.clone(), ended }),
        archive: Some(date),
        tree: None,
        place: None,
        moment: None,
    };
    let answer = answer::html(page.render()).until([Tag::of(ALL)]);
    Ok(kept_under(answer, &problems, ended, here).into_response())
}

/// How a list is asked for as a feed.
struct FeedAsked<'a> {
    form: ListForm,
    cursor: Cursor,
    archive: Option<WireSeq>,
    /// A filter whose words the lines have not been asked for.
    sieve: Option<&'a Filter>,
}

impl FeedAsked<'_> {
    /// The feed with its archives; a page of it for who asks by `before` or `after`, as for a message of NewsML-G2.
    fn answer(&self, state: &SiteState, of: FeedOf<'_>, read: ReadLines<'_>, tags: Vec<Tag>) -> Result<Response, Refused> {
        let sifted = |lines| match self.sieve {
            Some(filter) => Ok::<_, Refused>(sift::sift(state, filter, lines)?.lines()),
            None => Ok(lines),
        };
        if self.form == ListForm::NewsMessage || self.cursor != Cursor::Newest {
            let mut lines = read(self.cursor, feeds::ENTRIES + 1)?;
            let next = Paging::cut(&mut lines, self.cursor, feeds::ENTRIES).older;
            let lines = sifted(lines)?;
            return feeds::answer(state, &FeedOf { next, ..of }, self.form, self.cursor, &lines, tags);
        }
        let (lines, history) = archives::page(read, self.archive)?;
        let lines = sifted(lines)?;
        feeds::answer(state, &FeedOf { history, ..of }, self.form, self.cursor, &lines, tags)
    }
}

/// Every way to write the same list shares one answer, unless the page has to report what was written, or that a mute of it is over.
pub(super) fn kept_under(answer: crate::serve::Answer, problems: &[Problem], ended: Option<Date>, here: String) -> crate::serve::Answer {
    if problems.is_empty() && ended.is_none() { answer.canonical(here) } else { answer }
}

/// The last line of a page tells whether there are more; it is cut off here.
pub(super) struct Paging {
    newer: Option<WireSeq>,
    older: Option<WireSeq>,
}

impl Paging {
    pub(super) fn cut(lines: &mut Vec<Line>, cursor: Cursor, limit: usize) -> Self {
        let has_more = limit < lines.len();
        if has_more {
            match cursor {
                Cursor::Newest | Cursor::Before(_) => lines.truncate(limit),
                // Going back, the surplus line is the newest.
                Cursor::After(_) => _ = lines.remove(0),
            }
        }
        let (first, last) = (lines.first().map(|line| line.position), lines.last().map(|line| line.position));
        match cursor {
            Cursor::Newest => Self { newer: None, older: last.filter(|_| has_more) },
            Cursor::Before(_) => Self { newer: first, older: last.filter(|_| has_more) },
            Cursor::After(_) => Self { newer: first.filter(|_| has_more), older: last },
        }
    }
}

impl Paging {
    /// The positions between which the page stands, both exclusive and open where `None`: the spans of the pages of a list meet
    /// without a gap, so what is hidden in them adds up.
    pub(super) fn span(&self, cursor: Cursor) -> (Option<WireSeq>, Option<WireSeq>) {
        match cursor {
            Cursor::Newest => (self.older, None),
            Cursor::Before(seq) => (self.older, Some(seq)),
            Cursor::After(seq) => (Some(seq), self.newer),
        }
    }
}

/// The filter as a form of the list shows it: a feed leaves out what is muted, and has nothing folded.
pub(super) fn shown_in(form: ListForm, filter: Filter) -> Filter {
    match form {
        ListForm::Html => filter,
        ListForm::Rss | ListForm::Atom | ListForm::JsonFeed | ListForm::NewsMessage | ListForm::Package => {
            Filter { show: Show::Hide, ..filter }
        }
    }
}

/// The filter together with the list's own condition. `None` when they exclude each other.
pub(super) fn narrowed(asked: &Filter, term: &Term) -> Option<Filter> {
    match asked.any_of.get(&term.facet) {
        Some(values) if !values.contains(&term.value) => None,
        _ => {
            let mut filter = asked.clone();
            filter.any_of.insert(term.facet, BTreeSet::from([term.value.clone()]));
            Some(filter)
        }
    }
}

/// What the list is called; a term that no story ever had is no list.
pub(super) fn heading(state: &SiteState, list: &ListAddress, language: UiLanguage, at: Option<WireSeq>) -> Result<ListOf, Refused> {
    let ListAddress::Of(term) = list else {
        return Ok(ListOf::AllNews);
    };
    if term.facet == Facet::Dossier
        && let Ok(slug) = DossierSlug::parse(&term.value)
        && let Some(head) = dossiers::head(state, &slug, language, at)?
    {
        return Ok(ListOf::Dossier(Box::new(head)));
    }
    let is_named = term.facet == Facet::Section && state.agency.sections.iter().any(|section| **section == *term.value);
    let known = state.site.term(term.facet, &term.value)?;
    let label: Box<str> = match known {
        Some(known) => known.label.into(),
        // Every subject has a page, so that the tree can be walked before there is news of it.
        None if is_named => term.value.as_str().into(),
        // Every subject has a page, so that the tree can be walked before there is news of it.
        None => topics::topic_of(list).ok_or(Refused::Fault(Fault::NotFound))?.name.into(),
    };
    Ok(match term.facet {
        Facet::Section => ListOf::Section(term.value.as_str().into()),
        Facet::Dossier => ListOf::Dossier(Box::new(DossierHead::untold(lang_of(language), &label))),
        Facet::Place => ListOf::Place(label),
        Facet::By => ListOf::By(label),
        Facet::Topic | Facet::Lang | Facet::Type | Facet::Source => ListOf::Topic(label),
    })
}

pub(super) fn lang_of(language: UiLanguage) -> courant_news::Lang {
    courant_news::Lang::parse(language.tag()).unwrap_or_else(|_| courant_news::Lang::english())
}

pub(super) fn feed_title(state: &SiteState, of: &ListOf, language: UiLanguage) -> String {
    let words = crate::words::Words::of(language);
    let list = match of {
        ListOf::AllNews => words.t("all-news").to_owned(),
        ListOf::Section(slug) => words.section(slug).into_owned(),
        ListOf::Topic(name) | ListOf::Place(name) | ListOf::By(name) => name.to_string(),
        ListOf::Dossier(head) => head.title.to_string(),
        ListOf::Day { date, .. } => words.date(*date),
    };
    format!("{list} · {}", state.agency.name)
}

pub(super) fn today(state: &SiteState) -> Date {
    (state.now)().to_zoned_datetime(state.agency.zone.clone()).date()
}

pub(super) fn day_path(date: Date) -> String {
    format!("/{:04}/{:02}/{:02}", date.year(), date.month(), date.day())
}

pub(super) fn day_span(date: Date, zone: &TimeZone) -> Option<Span> {
    let from = date.to_zoned_datetime(zone.clone()).ok()?.timestamp();
    let until = date.tomorrow().ok()?.to_zoned_datetime(zone.clone()).ok()?.timestamp();
    Some(Span { from, until })
}
