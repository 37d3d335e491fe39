//! Dossiers: what stands above their stories, all of them, how each was described, and where a merged one goes on.
//!
//! A merge leaves every story filed where it was. So whoever asks for a dossier is answered with those of every dossier that was merged
//! into it ([`widened`]), and whoever names one that ended is led to where it goes on ([`settled`], [`moved`]). Of a moment before the
//! merge both stand as they stood.

use std::collections::{BTreeMap, BTreeSet};

use axum::response::{IntoResponse, Response};
use courant_formats::feed::FeedEntry;
use courant_news::filter::{Facet, Parsed};
use courant_news::{DossierSlug, DossierText, EventKind, Filter, Lang, NewsItem, Place, PubStatus, StoryId, address};
use courant_projections::site::{Cursor, DossierLine, DossierMerged, Line, ListQuery, PressAbout, VersionLine};
use courant_wire::WireSeq;
use http::StatusCode;
use http::header::{self, HeaderValue};
use jiff::Timestamp;

use super::SiteState;
use super::address::{ListAddress, ListForm, term_path};
use super::answer::{self, Refused};
use super::common::{self, ALL};
use super::feeds::{self, Entries, FeedOf};
use super::lists::lang_of;
use crate::pages::{
    Absorbed, DossierDescription, DossierEntryLine, DossierHead, DossierVersionsPage, DossiersPage, Fault, KeyEventLine, Link, PressBox,
    Since, SinceWhat,
};
use crate::serve::Tag;
use crate::words::{Arg, UiLanguage, Words};

/// The parameter that asks what is new.
pub(super) const SINCE: &str = "since";
/// The tag of everything that a description of a dossier changes.
pub(super) const DOSSIERS: &str = "dossiers";
/// The most dossiers that are listed.
const LISTED_MAX: usize = 500;
/// How many of its newest stories are asked for people and places.
const STORIES_ASKED: usize = 60;
/// How many people, and how many places, are named.
const NAMED_MAX: usize = 16;
/// How many acts since a reader's last look are read.
const NEWS_MAX: usize = 500;
/// How many of the stories they concern are named.
const NEWS_SHOWN: usize = 30;

/// The slug that a list is of.
pub(super) fn slug_of(list: &ListAddress) -> Option<DossierSlug> {
    let term = list.term().filter(|term| term.facet == Facet::Dossier)?;
    DossierSlug::parse(&term.value).ok()
}

/// A dossier as it stands, or as it stood after an entry.
fn read(state: &SiteState, slug: &DossierSlug, at: Option<WireSeq>) -> Result<Option<DossierLine>, Refused> {
    Ok(match at {
        Some(entry) => state.site.dossier_at(slug, entry)?,
        None => state.site.dossier(slug)?,
    })
}

/// The filter with every dossier that was merged replaced by the one it goes on in: so it is written, linked and kept.
pub(super) fn settled(state: &SiteState, filter: Filter, at: Option<WireSeq>) -> Result<Filter, Refused> {
    replaced(filter, |slug| {
        let survivor = read(state, slug, at)?.and_then(|line| line.merged_into);
        Ok(vec![survivor.map_or_else(|| slug.clone(), |merged| merged.slug)])
    })
}

/// The filter as stores, index and streams are asked: with every slug under which the stories of its dossiers may be filed.
pub(super) fn widened(state: &SiteState, filter: Filter, at: Option<WireSeq>) -> Result<Filter, Refused> {
    replaced(filter, |slug| {
        Ok(match read(state, slug, at)? {
            Some(line) => line.all_slugs().cloned().collect(),
            None => vec![slug.clone()],
        })
    })
}

fn replaced(mut filter: Filter, with: impl Fn(&DossierSlug) -> Result<Vec<DossierSlug>, Refused>) -> Result<Filter, Refused> {
    for side in [&mut filter.any_of, &mut filter.none_of] {
        let Some(named) = side.get(&Facet::Dossier) else { continue };
        let mut values = BTreeSet::new();
        for value in named {
            match DossierSlug::parse(value) {
                Ok(slug) => values.extend(with(&slug)?.iter().map(ToString::to_string)),
                Err(_) => _ = values.insert(value.clone()),
            }
        }
        side.insert(Facet::Dossier, values);
    }
    Ok(filter)
}

/// Sends whoever asks for a dossier that was merged to where it goes on. A feed leads there too, and holds the last entry it ever has:
/// a reader that does not follow learns where to go.
pub(super) fn moved(
    state: &SiteState,
    list: &ListAddress,
    form: ListForm,
    query: &str,
    at: Option<WireSeq>,
) -> Result<Option<Response>, Refused> {
    let Some(line) = slug_of(list).map(|slug| read(state, &slug, at)).transpose()?.flatten() else {
        return Ok(None);
    };
    let Some(merged) = &line.merged_into else {
        return Ok(None);
    };
    let path = format!("{}{}", path_of(&merged.slug), form.ending());
    let target = if query.is_empty() { path } else { format!("{path}?{query}") };
    match form {
        ListForm::Html | ListForm::NewsMessage | ListForm::Package => Err(Refused::Moved(target)),
        ListForm::Rss | ListForm::Atom | ListForm::JsonFeed => last_feed(state, &line, merged, form, query, &target).map(Some),
    }
}

/// The same for the event stream of a list.
pub(super) fn moved_stream(state: &SiteState, list: &ListAddress, query: &str) -> Result<(), Refused> {
    let Some(slug) = slug_of(list) else { return Ok(()) };
    match read(state, &slug, None)?.and_then(|line| line.merged_into) {
        Some(merged) => Err(Refused::Moved(format!("{}/events?{query}", path_of(&merged.slug)).trim_end_matches('?').to_owned())),
        None => Ok(()),
    }
}

fn last_feed(
    state: &SiteState,
    line: &DossierLine,
    merged: &DossierMerged,
    form: ListForm,
    query: &str,
    target: &str,
) -> Result<Response, Refused> {
    let asked = Filter::parse(query, &["before", "after"]).filter;
    let language = common::list_language(&asked);
    let words = Words::of(language);
    let title_of = |slug: &DossierSlug| -> Result<String, Refused> { Ok(title(state, slug, &lang_of(language))?.label) };
    let (name, into) = (title_of(&line.dossier.slug)?, title_of(&merged.slug)?);
    let origin = &state.agency.origin;
    let title = words.say("dossier-merged", &[("name", Arg::Text(&name)), ("into", Arg::Text(&into))]);
    let url = format!("{origin}{}", path_of(&merged.slug));
    let entry = FeedEntry {
        id: format!("{origin}{}#merged", path_of(&line.dossier.slug)).into(),
        content_html: format!("<p>{} <a href=\"{url}\">{}</a></p>", crate::pages::escaped(&merged.reason), crate::pages::escaped(&into)),
        url: url.into(),
        title: title.into(),
        summary: Some(merged.reason.as_str().into()),
        authors: Vec::new(),
        published_at: merged.moved_at,
        updated_at: merged.moved_at,
        categories: Vec::new(),
        picture: None,
        lang: language.tag().into(),
        rights: None,
        seq: merged.seq.0,
        version: 1,
    };
    let feed = FeedOf {
        title: format!("{name} · {}", state.agency.name),
        path: path_of(&line.dossier.slug),
        filter: &asked,
        language,
        more: Vec::new(),
        next: None,
        history: super::archives::History::default(),
    };
    let entries = Entries { stories: vec![entry], withdrawn: Vec::new(), updated_at: Some(merged.moved_at) };
    let tags = vec![Tag::pair("dossier", line.dossier.slug.as_str()), Tag::of(DOSSIERS)];
    let mut response = feeds::finish(state, &feed, form, Cursor::Newest, entries, tags)?;
    *response.status_mut() = StatusCode::MOVED_PERMANENTLY;
    let location = HeaderValue::from_str(target).map_err(|error| Refused::Broken(error.into()))?;
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

/// The page of a dossier, by slug.
pub(super) fn path_of(slug: &DossierSlug) -> String {
    term_path(Facet::Dossier, slug.as_str())
}

/// A dossier as a link with its title; one that was merged leads to where it goes on.
pub(super) fn title(state: &SiteState, slug: &DossierSlug, lang: &Lang) -> Result<Link, Refused> {
    let Some(line) = state.site.dossier(slug)? else {
        return Ok(Link::new(path_of(slug), slug.as_str()));
    };
    let title = line.dossier.text(lang).map_or_else(|| slug.as_str().into(), |text| text.title.clone());
    Ok(Link::new(path_of(slug), title))
}

/// The dossiers of a story, each once: what was merged is the dossier it goes on in.
pub(super) fn of_story(state: &SiteState, item: &NewsItem) -> Result<Vec<Link>, Refused> {
    let mut links: Vec<Link> = Vec::new();
    for slug in &item.dossiers {
        let Some(mut line) = state.site.dossier(slug)? else { continue };
        if let Some(merged) = &line.merged_into {
            match state.site.dossier(&merged.slug)? {
                Some(survivor) => line = survivor,
                None => continue,
            }
        }
        if let Some(text) = line.dossier.text(&item.lang)
            && links.iter().all(|link| link.href != path_of(&line.dossier.slug))
        {
            links.push(Link::new(path_of(&line.dossier.slug), text.title.as_ref()));
        }
    }
    Ok(links)
}

/// What stands above the stories of a dossier. `None` for one that nobody described by then.
pub(super) fn head(
    state: &SiteState,
    slug: &DossierSlug,
    language: UiLanguage,
    at: Option<WireSeq>,
) -> Result<Option<DossierHead>, Refused> {
    let lang = lang_of(language);
    let Some(line) = read(state, slug, at)? else { return Ok(None) };
    let Some(text) = line.dossier.text(&lang) else { return Ok(None) };
    let links = |slugs: &[DossierSlug]| slugs.iter().map(|slug| title(state, slug, &lang)).collect::<Result<Vec<_>, _>>();
    let one = |slug: &Option<DossierSlug>| slug.as_ref().map(|slug| title(state, slug, &lang)).transpose();
    let mut entries = state.site.dossier_entries(slug)?;
    entries.retain(|entry| entry.seq <= line.seq);
    let summary_at = {
        let summary = |text: Option<&DossierText>| text.and_then(|text| text.summary.clone());
        let since = entries.iter().rev().take_while(|entry| summary(entry.dossier.text(&lang)) == text.summary).last();
        since.filter(|_| text.summary.is_some()).map(|entry| entry.moved_at)
    };
    let mut absorbed = Vec::new();
    for merged in &line.absorbed {
        absorbed.push(Absorbed {
            title: title(state, &merged.slug, &lang)?.label.into(),
            merged_at: merged.moved_at,
            reason: merged.reason.as_str().into(),
        });
    }
    let newest = match at {
        // Who and where is asked of the stories as they are; of a past moment only the editors' own words are shown.
        Some(_) => Vec::new(),
        None => newest(state, &line)?,
    };
    // Names are those of the page's language; where it has no stories, the editors' own stand alone.
    let own: Vec<&NewsItem> = newest.iter().filter(|item| UiLanguage::of(&item.lang) == language).collect();
    Ok(Some(DossierHead {
        lang: text.lang.clone(),
        title: text.title.clone(),
        summary: text.summary.clone(),
        summary_at,
        versions: (1 < entries.len()).then(|| format!("{}/versions{}", path_of(slug), common::in_language(language))),
        state: Some(line.dossier.state),
        started_on: line.dossier.started_on,
        absorbed,
        key_events: key_events(state, &line, &lang)?,
        people: people(&line, &own),
        places: places(&line, &own),
        part_of: one(&line.dossier.parent)?,
        parts: links(&line.parts)?,
        split_from: one(&line.dossier.split_from)?,
        split_off: links(&line.split_off)?,
        related: links(&line.dossier.related)?,
        press: PressBox::default(),
        since: None,
        keep: None,
    }))
}

/// What other media report of it.
pub(super) fn press(
    state: &SiteState,
    slug: &DossierSlug,
    language: UiLanguage,
    at: Option<(Timestamp, WireSeq)>,
) -> Result<PressBox, Refused> {
    let Some(line) = read(state, slug, at.map(|(_, entry)| entry))? else { return Ok(PressBox::default()) };
    let slugs: Vec<DossierSlug> = line.all_slugs().cloned().collect();
    let shown = super::press::beside(state, PressAbout::Dossier(&slugs), &path_of(slug), at)?;
    let all = common::with_language(&shown.all, language);
    Ok(PressBox { all, ..shown })
}

/// The newest stories that readers may see.
fn newest(state: &SiteState, line: &DossierLine) -> Result<Vec<NewsItem>, Refused> {
    let mut filter = Filter::default();
    filter.any_of.insert(Facet::Dossier, line.all_slugs().map(ToString::to_string).collect());
    let lines = state.site.list(ListQuery { filter: &filter, cursor: Cursor::Newest, first_moved: None, limit: STORIES_ASKED })?;
    let stories: Vec<StoryId> = lines.iter().map(|line| line.story).collect();
    Ok(state.site.items(&stories)?.into_iter().map(|(_, item)| item).collect())
}

fn key_events(state: &SiteState, line: &DossierLine, lang: &Lang) -> Result<Vec<KeyEventLine>, Refused> {
    let stories: Vec<StoryId> = line.dossier.key_events.iter().filter_map(|event| Some(event.story.as_ref()?.story_id())).collect();
    // A story that was withdrawn is not led to; what the editors say of the day stands.
    let mut lines = state.site.lines(&stories)?;
    lines.retain(|line| line.pub_status == PubStatus::Usable);
    let path = |id: StoryId| lines.iter().find(|line| line.story == id).map(Line::path);
    let told = line.dossier.key_events.iter().filter_map(|event| {
        let sentence = event.sentence(lang)?;
        Some(KeyEventLine {
            on: event.on,
            lang: sentence.lang.clone(),
            words: sentence.words.clone(),
            story: event.story.as_ref().and_then(|guid| path(guid.story_id())),
        })
    });
    Ok(told.collect())
}

/// Those the editors name, then those its stories are about, the most frequent first. Each leads to the stories that name them.
fn people(line: &DossierLine, newest: &[&NewsItem]) -> Vec<Link> {
    let mut names: Vec<&str> = line.dossier.people.iter().map(|person| &*person.name).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for person in newest.iter().flat_map(|item| &item.people) {
        *counts.entry(&*person.name).or_default() += 1;
    }
    let mut others: Vec<_> = counts.into_iter().filter(|(name, _)| !names.contains(name)).collect();
    others.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    names.extend(others.into_iter().map(|(name, _)| name));
    let path = path_of(&line.dossier.slug);
    let linked = |name: &&str| Link::new(format!("{path}?q={}", address::segment(&format!("\"{name}\""))), *name);
    names.iter().take(NAMED_MAX).map(linked).collect()
}

/// Those the editors name, then those of its stories, the most frequent first. What a story prints of a place goes before what the editors
/// call it, since it is in the language of the page.
fn places(line: &DossierLine, newest: &[&NewsItem]) -> Vec<Place> {
    let mut found: Vec<(&Place, usize)> = Vec::new();
    for place in newest.iter().flat_map(|item| item.all_places()) {
        match found.iter_mut().find(|(known, _)| known.slug == place.slug) {
            Some((_, count)) => *count += 1,
            None => found.push((place, 1)),
        }
    }
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let printed = |named: &Place| found.iter().map(|(place, _)| *place).find(|place| place.slug == named.slug);
    let mut places: Vec<Place> = line
        .dossier
        .places
        .iter()
        .map(|named| match printed(named) {
            Some(place) => Place { point: named.point.or(place.point), ..place.clone() },
            None => named.clone(),
        })
        .collect();
    let is_named = |place: &Place| line.dossier.places.iter().any(|named| named.slug == place.slug);
    places.extend(found.iter().filter(|(place, _)| !is_named(place)).map(|(place, _)| (*place).clone()));
    places.truncate(NAMED_MAX);
    places
}

/// The number that a reader last looked at.
pub(super) fn since_asked(query: &str) -> Result<Option<WireSeq>, Refused> {
    let Some(value) = query.split('&').find_map(|pair| pair.strip_prefix("since=")) else {
        return Ok(None);
    };
    let bad = || Refused::Fault(Fault::BadCursor { parameter: SINCE.to_owned(), value: value.chars().take(100).collect() });
    value.parse().map(|seq| Some(WireSeq(seq))).map_err(|_| bad())
}

/// What has happened in a dossier after an entry.
pub(super) fn since(state: &SiteState, slug: &DossierSlug, language: UiLanguage, since: WireSeq) -> Result<Since, Refused> {
    let lang = lang_of(language);
    let Some(line) = state.site.dossier(slug)? else { return Ok(Since::default()) };
    let slugs: Vec<DossierSlug> = line.all_slugs().cloned().collect();
    let news = state.site.dossier_news(&slugs, since, NEWS_MAX)?;
    let before = state.site.dossier_at(slug, since)?;
    let summary = |line: &DossierLine| line.dossier.summary(&lang).map(str::to_owned);
    let mut told = Since { is_summary_new: before.is_none_or(|before| summary(&before) != summary(&line)), ..Since::default() };
    // A description before the reader's first look is no news of it.
    told.is_summary_new &= since < line.seq;
    let mut stories: Vec<(SinceWhat, &Line)> = Vec::new();
    for (line, entry) in &news {
        let Some(what) = what_happened(entry, line) else { continue };
        match stories.iter_mut().find(|(_, known)| known.story == line.story) {
            Some((known, _)) => *known = weightier(*known, what),
            None => stories.push((what, line)),
        }
    }
    for (what, _) in &stories {
        *match what {
            SinceWhat::New => &mut told.n_new,
            SinceWhat::Updated => &mut told.n_updated,
            SinceWhat::Corrected => &mut told.n_corrected,
            SinceWhat::Withdrawn => &mut told.n_withdrawn,
        } += 1;
    }
    told.stories = stories.into_iter().take(NEWS_SHOWN).map(|(what, line)| (what, common::row(line, false))).collect();
    Ok(told)
}

/// What an act means to a reader who was away; `None` for one that changes nothing for them.
fn what_happened(entry: &VersionLine, line: &Line) -> Option<SinceWhat> {
    if line.pub_status != PubStatus::Usable {
        return Some(SinceWhat::Withdrawn);
    }
    match entry.kind {
        EventKind::Move | EventKind::LiftEmbargo => Some(SinceWhat::New),
        EventKind::Update | EventKind::Release => Some(SinceWhat::Updated),
        EventKind::Correct => Some(SinceWhat::Corrected),
        EventKind::Refile
        | EventKind::Repeat
        | EventKind::Withhold
        | EventKind::Kill
        | EventKind::TakeDown
        | EventKind::Advise
        | EventKind::DescribeDossier
        | EventKind::MergeDossier
        | EventKind::Fix
        | EventKind::DescribePhoto
        | EventKind::KillPhoto
        | EventKind::RankFront
        | EventKind::DescribeSource
        | EventKind::MatchReport
        | EventKind::WithdrawReport
        | EventKind::DescribePartner
        | EventKind::Tease => None,
    }
}

/// A story that is new to the reader is new, whatever was done to it since; of what they have seen a correction counts most.
fn weightier(one: SinceWhat, other: SinceWhat) -> SinceWhat {
    let weight = |what: SinceWhat| match what {
        SinceWhat::Withdrawn => 3,
        SinceWhat::New => 2,
        SinceWhat::Corrected => 1,
        SinceWhat::Updated => 0,
    };
    if weight(one) < weight(other) { other } else { one }
}

/// `/dossiers`: all of them, by state.
pub(super) fn index(state: &SiteState, query: &str) -> Result<Response, Refused> {
    let Parsed { filter, problems } = Filter::parse(query, &[]);
    let language = common::list_language(&filter);
    let edition = if filter.any_of.contains_key(&Facet::Lang) { common::edition(language) } else { Filter::default() };
    let here = common::target("/dossiers", &edition, &[]);
    // The list of all knows no other filter.
    if filter != edition || !problems.is_empty() {
        return Err(Refused::Found(here));
    }
    let lang = lang_of(language);
    let entry = |line: DossierLine| {
        let text = line.dossier.text(&lang)?;
        Some(DossierEntryLine {
            link: Link::new(common::target(&path_of(&line.dossier.slug), &edition, &[]), text.title.as_ref()),
            lang: text.lang.clone(),
            summary: text.summary.clone(),
            state: line.dossier.state,
            n_stories: line.n_stories,
        })
    };
    let page = DossiersPage {
        chrome: common::chrome(state, language, here.clone()),
        dossiers: state.site.dossiers(LISTED_MAX)?.into_iter().filter_map(entry).collect(),
    };
    Ok(answer::html(page.render()).until([Tag::of(DOSSIERS), Tag::of(ALL)]).canonical(here).into_response())
}

/// `/dossiers/SLUG/versions`: how it was described. Those of a dossier that was merged can still be read.
pub(super) fn versions(state: &SiteState, slug: &DossierSlug, query: &str) -> Result<Response, Refused> {
    let language = common::list_language(&Filter::parse(query, &[]).filter);
    let lang = lang_of(language);
    let entries = state.site.dossier_entries(slug)?;
    if entries.is_empty() {
        return Err(Refused::Fault(Fault::NotFound));
    }
    let path = path_of(slug);
    let here = format!("{path}/versions{}", common::in_language(language));
    let words_of = |text: &DossierText| (text.title.clone(), text.summary.clone().unwrap_or_default());
    let mut described = Vec::with_capacity(entries.len());
    for (idx, entry) in entries.iter().enumerate() {
        let Some(text) = entry.dossier.text(&lang) else { continue };
        let before = idx.checked_sub(1).and_then(|before| entries[before].dossier.text(&lang));
        described.push(DossierDescription {
            number: idx + 1,
            moved_at: entry.moved_at,
            note: entry.dossier.note.as_ref().map(|note| note.as_str().into()),
            state: entry.dossier.state,
            lang: text.lang.clone(),
            text: words_of(text),
            before: before.map(words_of),
            then: common::target(&path, &common::edition_of(language), &[(super::moment::AT, entry.moved_at.to_string())]),
        });
    }
    described.reverse();
    let page = DossierVersionsPage {
        chrome: common::chrome(state, language, here.clone()),
        dossier: format!("{path}{}", common::in_language(language)),
        title: title(state, slug, &lang)?.label.into(),
        entries: described,
    };
    let answer = answer::html(page.render()).until([Tag::pair("dossier", slug.as_str()), Tag::of(DOSSIERS)]);
    Ok(answer.canonical(here).into_response())
}
