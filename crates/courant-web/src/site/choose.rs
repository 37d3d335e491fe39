//! The form that makes a filter, with what each choice keeps of today.

use std::collections::BTreeSet;

use axum::response::{IntoResponse, Response};
use courant_news::filter::{Facet, Parsed};
use courant_news::{DossierSlug, Filter, Lang, MediaTopic};
use courant_projections::index::{self, Choices, WordsKind};

use super::SiteState;
use super::answer::{self, Refused};
use super::common::{self, ALL, INDEX};
use super::day;
use super::lists::{lang_of, today};
use crate::pages::{Choice, ChoiceGroup, CountedDay, Example, FilterPage, Link, WordsFound, is_readable};
use crate::serve::Tag;
use crate::words::{UiLanguage, Words};

/// Says that the reader wants the stories and not the form: `go=all`.
const GO: &str = "go";
/// How many of today's places, bylines and sources are offered.
const OF_TODAY: usize = 24;
/// How many subjects are offered beside the broadest ones.
const NARROWER: usize = 16;
/// How many dossiers are offered.
const DOSSIERS: usize = 40;
/// The facets offered to be left out.
const LEFT_OUT: [Facet; 3] = [Facet::Section, Facet::Topic, Facet::Lang];

/// `/filter`. Whatever a form sends leads to the one way to write it; `go=all` to the stories. Only what cannot be read stays.
pub(super) fn page(state: &SiteState, query: &str) -> Result<Response, Refused> {
    let Parsed { filter, problems } = Filter::parse(query, &[GO]);
    let goes_on = query.split('&').any(|pair| pair.split('=').next() == Some(GO));
    let here = common::target("/filter", &filter, &[]);
    let is_read = problems.is_empty() && is_readable(&filter);
    if is_read && goes_on {
        return Err(Refused::Found(common::target("/all", &filter, &[])));
    }
    if problems.is_empty() && query != filter.canonical() {
        return Err(Refused::Found(here));
    }
    let language = common::list_language(&filter);
    let ended = filter.ended(today(state));
    let in_force = filter.clone().on(today(state));
    let day = day::newest(state, (state.now)())?;
    let counted = match day {
        Some(day) => index::choices(&state.index, &in_force, day.date)?,
        None => Choices::default(),
    };
    let chrome = common::chrome(state, language, here.clone());
    let offer = Offer { state, filter: &filter, counted: &counted, language, sections: &chrome.sections };
    let page = FilterPage {
        day: day.map(|day| CountedDay {
            date: day.date,
            is_today: day.is_today,
            n_stories: counted.n_stories,
            n_kept: counted.n_kept,
            n_muted: counted.n_muted,
        }),
        any_of: Facet::ALL.into_iter().map(|facet| offer.group(facet, false)).collect::<Result<_, _>>()?,
        none_of: Facet::ALL.into_iter().map(|facet| offer.group(facet, true)).collect::<Result<_, _>>()?,
        urgency: (
            counted.urgency.of,
            std::array::from_fn(|idx| u8::try_from(idx + 1).ok().and_then(|most| counted.urgency.values.get(&most)).copied().unwrap_or(0)),
        ),
        words: words_found(state, &counted)?,
        filter: filter.clone(),
        problems: problems.clone(),
        ended,
        chrome,
    };
    let answer = answer::html(page.render()).until_or_for([Tag::of(ALL), Tag::of("dossiers"), Tag::of(INDEX)], day::age_max(state));
    Ok(if problems.is_empty() { answer.canonical(here) } else { answer }.into_response())
}

/// What the words in force find, with headlines.
fn words_found(state: &SiteState, counted: &Choices) -> Result<Vec<WordsFound>, Refused> {
    let mut found = Vec::with_capacity(counted.words.len());
    for words in &counted.words {
        let examples = state.site.lines(&words.examples)?.into_iter().filter(day::is_usable);
        found.push(WordsFound {
            parameter: match words.kind {
                WordsKind::Query => "q",
                WordsKind::NotQuery => "not.q",
                WordsKind::Mute => "mute",
            },
            expression: words.expression.clone(),
            n_stories: words.n_stories,
            examples: examples.map(|line| Example { link: Link::new(line.path(), line.headline.as_str()), lang: line.lang }).collect(),
        });
    }
    Ok(found)
}

/// Which choices are offered: what the site is about, what today has, and whatever is chosen.
struct Offer<'a> {
    state: &'a SiteState,
    filter: &'a Filter,
    counted: &'a Choices,
    language: UiLanguage,
    sections: &'a [Box<str>],
}

impl Offer<'_> {
    fn group(&self, facet: Facet, leaves_out: bool) -> Result<ChoiceGroup, Refused> {
        let (counted, chosen) = match leaves_out {
            false => (self.counted.any_of.get(&facet), self.filter.any_of.get(&facet)),
            true => (self.counted.none_of.get(&facet), self.filter.none_of.get(&facet)),
        };
        let n_of = |value: &str| counted.and_then(|counted| counted.values.get(value)).copied().unwrap_or(0);
        let nothing = BTreeSet::new();
        let chosen = chosen.unwrap_or(&nothing);
        let mut values = if leaves_out && !LEFT_OUT.contains(&facet) { Vec::new() } else { self.values(facet, leaves_out)? };
        // One choice alone is none.
        if values.len() < 2 && matches!(facet, Facet::Type | Facet::By | Facet::Source) {
            values.clear();
        }
        values.extend(chosen.iter().filter(|value| !values.contains(value)).cloned().collect::<Vec<_>>());
        let mut choices = Vec::with_capacity(values.len());
        for value in values {
            let (label, lang) = self.label(facet, &value)?;
            choices.push(Choice { n_stories: n_of(&value), chosen: chosen.contains(&value), label, lang, value });
        }
        Ok(ChoiceGroup { facet, of: counted.map_or(0, |counted| counted.of), choices })
    }

    /// The values of a facet that are offered, in order.
    fn values(&self, facet: Facet, leaves_out: bool) -> Result<Vec<String>, Refused> {
        let mut of_today: Vec<(&String, u64)> = match self.counted.any_of.get(&facet) {
            Some(counted) => counted.values.iter().map(|(value, n_stories)| (value, *n_stories)).collect(),
            None => Vec::new(),
        };
        of_today.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        let mut values: Vec<String> = match facet {
            Facet::Section => self.sections.iter().map(ToString::to_string).collect(),
            Facet::Topic => MediaTopic::tops().map(|topic| topic.slug.clone()).collect(),
            Facet::Lang => UiLanguage::ALL.into_iter().map(|language| language.tag().to_owned()).collect(),
            Facet::Dossier => self.state.site.dossiers(DOSSIERS)?.into_iter().map(|line| line.dossier.slug.as_str().to_owned()).collect(),
            Facet::Place | Facet::By | Facet::Type | Facet::Source => Vec::new(),
        };
        let most = match facet {
            Facet::Topic if leaves_out => 0,
            Facet::Topic => NARROWER,
            Facet::Section | Facet::Dossier | Facet::Place | Facet::By | Facet::Lang | Facet::Type | Facet::Source => OF_TODAY,
        };
        let is_whole = |value: &str| facet != Facet::Lang || !value.contains('-');
        let more: Vec<String> = of_today
            .into_iter()
            .filter(|(value, _)| is_whole(value) && !values.contains(value))
            .take(most)
            .map(|(value, _)| value.clone())
            .collect();
        values.extend(more);
        Ok(values)
    }

    /// The name of a value, and its language when that is not the page's.
    fn label(&self, facet: Facet, value: &str) -> Result<(String, Option<Lang>), Refused> {
        let words = Words::of(self.language);
        let plain = || crate::pages::value_name(facet, value, words);
        Ok(match facet {
            Facet::Section | Facet::Type => (plain(), None),
            Facet::Lang => (plain(), Lang::parse(value).ok()),
            Facet::Topic => match MediaTopic::of_slug(value) {
                Some(topic) => (topic.name.to_owned(), Some(Lang::english())),
                None => (self.state.site.term(facet, value)?.map_or_else(plain, |term| term.label), None),
            },
            Facet::Dossier => {
                let described = match DossierSlug::parse(value) {
                    Ok(slug) => self.state.site.dossier(&slug)?,
                    Err(_) => None,
                };
                match described.as_ref().and_then(|line| line.dossier.text(&lang_of(self.language))) {
                    Some(text) => (text.title.to_string(), Some(text.lang.clone())),
                    None => (plain(), None),
                }
            }
            Facet::Place | Facet::By | Facet::Source => (self.state.site.term(facet, value)?.map_or_else(plain, |term| term.label), None),
        })
    }
}
