//! `/today`: the edition of the day, which has an end.
//!
//! The stories an editor ranks come first, then the most urgent; the others stand by section. Of a large section the first are shown and
//! the rest is linked, so that a day of three thousand stories has an edition that can be read to its end. `?at=` is the edition as it
//! was: the stories of that day as they stood, the most urgent first, since what an editor ranked then is not kept.

use std::cmp::Reverse;
use std::collections::HashSet;

use axum::response::{IntoResponse, Response};
use courant_formats::feed::FeedEntry;
use courant_formats::newsml_g2::Entry;
use courant_news::filter::{Parsed, Problem, Show, Verdict};
use courant_news::{Filter, NewsItem, StoryId, Urgency};
use courant_projections::index::{AskedStory, DayWords};
use courant_projections::site::{Cursor, Line, PastStory, Span};
use courant_wire::WireSeq;
use jiff::Timestamp;

use super::SiteState;
use super::address::ListForm;
use super::answer::{self, Refused};
use super::common::{self, ALL, INDEX};
use super::day::{self, Day};
use super::feeds::{self, Entries, FeedOf};
use super::lists::{self, day_path, kept_under, lang_of, today};
use super::{moment, sift};
use crate::pages::{EditionSection, FilterForm, Moment, Row, Teaser, TodayPage};
use crate::serve::Tag;
use crate::words::{UiLanguage, Words};

/// How many stories lead.
const LEADS: usize = 6;
/// A day of so many stories is shown whole.
const WHOLE_MAX: usize = 60;
/// Of a longer one, so many of a section.
const OF_A_SECTION: usize = 8;
/// How many entries of the past are read at a time.
const READ_AT_ONCE: usize = 500;

/// A story of an edition.
struct Told {
    row: Row,
    section: Box<str>,
    urgency: Urgency,
    position: WireSeq,
    /// Where an editor ranked it.
    rank: Option<usize>,
    is_usable: bool,
    /// As it stood, in an edition of the past.
    past: Option<PastStory>,
    /// Its line, in today's.
    line: Option<Line>,
}

/// The stories of a day that pass a filter, and how many more its mutes hide.
struct Edition {
    /// The leading ones.
    leads: Vec<Told>,
    /// The others by section: those that are shown, and how many more there are.
    sections: Vec<(Box<str>, Vec<Told>, u64)>,
    n_stories: u64,
    n_hidden: u64,
}

/// The edition, as a page or a feed.
pub(super) fn page(state: &SiteState, form: ListForm, query: &str) -> Result<Response, Refused> {
    let at = moment::asked(state, query)?;
    let Parsed { filter, problems } = Filter::parse(query, &[moment::AT]);
    let ended = filter.ended(today(state));
    let filter = filter.on(today(state));
    let language = common::list_language(&filter);
    let Some(day) = day::newest(state, at.unwrap_or_else(|| (state.now)()))? else {
        return nothing(state, form, &filter, problems, at);
    };
    let shown = lists::shown_in(form, filter.clone());
    let told = match at {
        None => present(state, day, &shown, language)?,
        Some(at) => past(state, day, &shown, at)?,
    };
    let chrome = common::chrome(state, language, common::target("/today", &filter, &parameters(at)));
    let edition = Edition::of(told, &chrome.sections);
    let tags = [Some(Tag::of(ALL)), Some(Tag::of("front")), filter.has_words().then(|| Tag::of(INDEX))];
    let tags: Vec<Tag> = tags.into_iter().flatten().collect();
    if form != ListForm::Html {
        return edition.feed(state, form, &filter, language, (at, day), tags);
    }
    let previous = previous(state, day)?;
    let day_list = day_path(day.date);
    let of_day = |section: Option<&str>| {
        let filter = match section {
            Some(section) => filter.clone().with(&courant_news::filter::Term::new(courant_news::filter::Facet::Section, section)),
            None => filter.clone(),
        };
        common::target(&day_list, &filter, &[])
    };
    let sections = edition.sections.iter().map(|(section, stories, n_more)| EditionSection {
        section: section.clone(),
        rows: stories.iter().map(|told| told.row.clone()).collect(),
        n_more: *n_more,
        more: of_day(Some(section)),
    });
    let page = TodayPage {
        date: day.date,
        is_today: day.is_today && at.is_none(),
        leads: edition.leads.iter().map(|told| told.teaser(state)).collect::<Result<_, _>>()?,
        sections: sections.collect(),
        n_stories: edition.n_stories,
        n_shown: edition.n_shown(),
        hidden: sift::hidden(&filter, edition.n_hidden, "/today", &parameters(at)),
        whole_day: of_day(None),
        previous: previous.map(|date| (date, common::target("/today", &filter, &[(moment::AT, format!("{date}T23:59:59"))]))),
        feed: common::target("/today.rss", &filter, &parameters(at)),
        filter: at.is_none().then(|| FilterForm { filter: filter.clone(), problems: problems.clone(), ended }),
        moment: at.map(|at| Moment { at, now: common::target("/today", &filter, &[]) }),
        chrome,
    };
    let here = page.chrome.here.clone();
    let answer = answer::html(page.render()).until_or_for(tags, day::age_max(state));
    Ok(kept_under(answer, &problems, ended, here).into_response())
}

fn parameters(at: Option<Timestamp>) -> Vec<(&'static str, String)> {
    at.map(|at| (moment::AT, at.to_string())).into_iter().collect()
}

/// Before the first story there is no day.
fn nothing(state: &SiteState, form: ListForm, filter: &Filter, problems: Vec<Problem>, at: Option<Timestamp>) -> Result<Response, Refused> {
    let date = at.unwrap_or_else(|| (state.now)()).to_zoned_datetime(state.agency.zone.clone()).date();
    let empty = Span { from: Timestamp::MIN, until: Timestamp::MIN };
    let edition = Edition { leads: Vec::new(), sections: Vec::new(), n_stories: 0, n_hidden: 0 };
    let language = common::list_language(filter);
    if form != ListForm::Html {
        return edition.feed(state, form, filter, language, (at, Day { date, span: empty, is_today: true }), vec![Tag::of(ALL)]);
    }
    let page = TodayPage {
        chrome: common::chrome(state, language, common::target("/today", filter, &parameters(at))),
        date,
        is_today: at.is_none(),
        leads: Vec::new(),
        sections: Vec::new(),
        n_stories: 0,
        n_shown: 0,
        hidden: None,
        whole_day: common::target("/all", filter, &[]),
        previous: None,
        feed: common::target("/today.rss", filter, &[]),
        filter: Some(FilterForm { filter: filter.clone(), problems, ended: None }),
        moment: None,
    };
    Ok(answer::html(page.render()).until_or_for([Tag::of(ALL)], day::age_max(state)).into_response())
}

/// The nearest day before with stories.
fn previous(state: &SiteState, day: Day) -> Result<Option<jiff::civil::Date>, Refused> {
    Ok(super::archive::neighbours(state, day.span)?.0)
}

/// The stories of a day as they stand.
fn present(state: &SiteState, day: Day, filter: &Filter, language: UiLanguage) -> Result<(Vec<Told>, u64), Refused> {
    let words = if filter.has_words() { Some(DayWords::ask(&state.index, filter, day.date)?) } else { None };
    let ranked = state.site.front(&lang_of(language))?;
    let (mut told, mut n_hidden) = (Vec::new(), 0);
    for line in day::lines(state, day, filter)? {
        let is_usable = day::is_usable(&line);
        let mut row = common::row(&line, true);
        // A notice has no words left to be asked about.
        if let Some(words) = words.as_ref().filter(|_| is_usable) {
            if !words.lets(line.story) {
                continue;
            }
            match (words.muted_by(line.story), filter.show) {
                (None, _) => {}
                (Some(mute), Show::Collapse) => row.muted_by = Some(mute.into()),
                (Some(_), Show::Hide) => {
                    n_hidden += 1;
                    continue;
                }
            }
        }
        told.push(Told {
            row,
            section: line.section.as_str().into(),
            urgency: line.urgency,
            position: line.position,
            rank: ranked.iter().position(|other| other.story == line.story),
            is_usable,
            past: None,
            line: Some(line),
        });
    }
    Ok((told, n_hidden))
}

/// The stories of a day as they stood at an instant. What is not kept any more is left out.
fn past(state: &SiteState, day: Day, filter: &Filter, at: Timestamp) -> Result<(Vec<Told>, u64), Refused> {
    let Some(entry) = state.site.entry_at(at)? else {
        return Ok((Vec::new(), 0));
    };
    let (mut told, mut n_hidden) = (Vec::new(), 0);
    let (mut below, mut n_read) = (None, 0);
    let mut seen: HashSet<StoryId> = HashSet::new();
    while n_read < day::STORIES_MAX {
        let read = state.site.list_at(entry, below, READ_AT_ONCE)?;
        let Some(last) = read.last() else { break };
        (below, n_read) = (Some(last.position), n_read + read.len());
        let is_of_day = |item: &NewsItem| day.span.from <= item.times.first_moved_at && item.times.first_moved_at < day.span.until;
        // Older stories stand among them where they were updated; a whole page of them is the end of the day.
        let mut n_of_day = 0;
        for past in read {
            let Some(item) = past.item.as_ref().filter(|item| is_of_day(item)) else { continue };
            n_of_day += 1;
            if !seen.insert(past.line.story) {
                continue;
            }
            let mut row = moment::row(&past, true, at);
            match (filter.verdict(item, &LazyWords { item, state, asked: std::cell::OnceCell::new() }), filter.show) {
                (Verdict::Shown, _) => {}
                (Verdict::Muted(mute), Show::Collapse) => row.muted_by = Some(mute.into()),
                (Verdict::Muted(_), Show::Hide) => {
                    n_hidden += 1;
                    continue;
                }
                (Verdict::Out, _) => continue,
            }
            told.push(Told {
                row,
                section: item.section.as_str().into(),
                urgency: item.urgency,
                position: past.position,
                rank: None,
                is_usable: true,
                line: None,
                past: Some(past),
            });
        }
        if n_of_day == 0 {
            break;
        }
    }
    Ok((told, n_hidden))
}

/// The words of a story, analysed when a filter first asks for them.
struct LazyWords<'a> {
    item: &'a NewsItem,
    state: &'a SiteState,
    asked: std::cell::OnceCell<AskedStory>,
}

impl LazyWords<'_> {
    fn story(&self) -> &AskedStory {
        self.asked.get_or_init(|| AskedStory::new(self.item, &self.state.agency.zone))
    }
}

impl courant_news::filter::Words for LazyWords<'_> {
    fn contains(&self, item: &NewsItem, phrase: &str) -> bool {
        self.story().contains(item, phrase)
    }

    fn satisfies(&self, item: &NewsItem, query: &str) -> bool {
        self.story().satisfies(item, query)
    }
}

impl Told {
    /// Ranked ones first, then the most urgent, and of these the newest.
    fn order(&self) -> impl Ord + use<> {
        (self.rank.is_none(), self.rank, self.urgency, Reverse(self.position))
    }

    fn teaser(&self, state: &SiteState) -> Result<Teaser, Refused> {
        let (lead, picture) = match (&self.line, &self.past) {
            (Some(line), _) => {
                let items = if line.picture.is_some() { state.site.items(&[line.story])? } else { Vec::new() };
                (line.lead.clone(), items.first().and_then(|(_, item)| picture_of(item)))
            }
            (None, Some(PastStory { item: Some(item), .. })) => (item.lead.as_ref().map(|lead| lead.as_str().to_owned()), picture_of(item)),
            (None, _) => (None, None),
        };
        // The section stands above a leading story, and not beside one in its section.
        let row = Row { section: Some(self.section.clone()), ..self.row.clone() };
        Ok(Teaser { row, lead: lead.map(Into::into), picture })
    }
}

fn picture_of(item: &NewsItem) -> Option<courant_news::Picture> {
    item.feature().map(|association| association.picture.clone())
}

impl Edition {
    fn of((mut told, n_hidden): (Vec<Told>, u64), order: &[Box<str>]) -> Self {
        let n_stories = told.len() as u64;
        let is_whole = told.len() <= WHOLE_MAX;
        told.sort_by_key(Told::order);
        let mut leads: Vec<Told> = Vec::new();
        let mut rest: Vec<Told> = Vec::new();
        for one in told {
            let may_lead = one.is_usable && one.row.muted_by.is_none();
            if may_lead && leads.len() < LEADS { leads.push(one) } else { rest.push(one) }
        }
        let place = |section: &str| order.iter().position(|known| **known == *section).unwrap_or(usize::MAX);
        rest.sort_by_cached_key(|told| (place(&told.section), told.section.clone()));
        let mut sections: Vec<(Box<str>, Vec<Told>, u64)> = Vec::new();
        for one in rest {
            if sections.last().is_none_or(|(section, ..)| *section != one.section) {
                sections.push((one.section.clone(), Vec::new(), 0));
            }
            if let Some((_, shown, n_more)) = sections.last_mut() {
                if is_whole || shown.len() < OF_A_SECTION { shown.push(one) } else { *n_more += 1 }
            }
        }
        Self { leads, sections, n_stories, n_hidden }
    }

    fn stories(&self) -> impl Iterator<Item = &Told> {
        self.leads.iter().chain(self.sections.iter().flat_map(|(_, stories, _)| stories))
    }

    fn n_shown(&self) -> u64 {
        self.stories().count() as u64
    }

    /// The edition as a feed, in its own order.
    fn feed(
        &self,
        state: &SiteState,
        form: ListForm,
        filter: &Filter,
        language: UiLanguage,
        (at, day): (Option<Timestamp>, Day),
        tags: Vec<Tag>,
    ) -> Result<Response, Refused> {
        let words = Words::of(language);
        let title = words.with("edition-of", "day", &words.day(day.date));
        let feed = FeedOf {
            title: format!("{title} · {}", state.agency.name),
            path: "/today".to_owned(),
            filter,
            language,
            more: parameters(at),
            next: None,
            history: super::archives::History::default(),
        };
        if at.is_none() {
            let lines: Vec<Line> = self.stories().filter_map(|told| told.line.clone()).collect();
            return feeds::answer(state, &feed, form, Cursor::Newest, &lines, tags);
        }
        let items = || self.stories().filter_map(|told| told.past.as_ref().and_then(|past| Some((past, past.item.as_ref()?))));
        if form == ListForm::NewsMessage {
            return Ok(feeds::message(state, items().map(|(_, item)| Entry::Story(item)), at).until(tags).into_response());
        }
        if let (ListForm::Package, Some(at)) = (form, at) {
            let newest = items().map(|(past, _)| past.entry.seq).max().unwrap_or(WireSeq(1));
            let target = common::target(&format!("{}{}", feed.path, form.ending()), filter, &feed.more);
            let stories = items().map(|(_, item)| item);
            return Ok(feeds::package(state, &target, &feed.title, language, newest, at, stories).until(tags).into_response());
        }
        let entries = Entries {
            stories: items().filter_map(|(past, item)| FeedEntry::of(item, past.entry.seq.0, &state.agency.origin)).collect(),
            withdrawn: Vec::new(),
            updated_at: items().map(|(past, _)| past.entry.moved_at).max(),
        };
        feeds::finish(state, &feed, form, Cursor::Newest, entries, tags)
    }
}
