//! `/suggest?q=`: what a search that is being typed may mean, in the form that browsers ask of search engines and that the search field
//! of the site shows: dossiers, sections, subjects, places and bylines.
//!
//! A word typed is the beginning of a word of a name, both folded as the index folds them; nothing is carried from one script to another.

use std::time::Duration;

use axum::response::{IntoResponse, Response};
use courant_news::filter::{Facet, decoded};
use courant_news::{Lang, MediaTopic};
use courant_search::analysis::{Analyser, Analysis};

use super::SiteState;
use super::address::term_path;
use super::answer::{self, Refused};
use super::common;
use super::lists::lang_of;
use crate::pages::Fault;
use crate::words::{UiLanguage, Words};

/// How many names are suggested.
const SUGGESTIONS_MAX: usize = 8;
/// The longest beginning that is looked up, in characters.
const TYPED_CHARS_MAX: usize = 100;
/// How many values of a facet are looked through: those with most stories.
const VALUES_MAX: usize = 3_000;
/// How many dossiers are.
const DOSSIERS_MAX: usize = 1_000;
/// How long an answer is kept. A name that is new to the site is suggested so much later; names never leave it.
const AGE_MAX: Duration = Duration::from_mins(1);

/// The media type of the OpenSearch suggestions extension.
const SUGGESTIONS: &str = "application/x-suggestions+json; charset=utf-8";

/// A name that may be meant.
struct Named {
    label: String,
    kind: &'static str,
    path: String,
    n_stories: u64,
}

/// The answer: `[typed, [names], [what each is], [addresses]]`.
pub(super) fn answer(state: &SiteState, query: &str) -> Result<Response, Refused> {
    let (typed, language) = asked(query)?;
    let mut analyser = Analyser::new(Analysis::Neutral);
    let wanted = words_of(&mut analyser, &typed);
    let mut found: Vec<(bool, Named)> = Vec::new();
    if !wanted.is_empty() {
        for named in names(state, language)? {
            let words = words_of(&mut analyser, &named.label);
            if wanted.iter().all(|wanted| words.iter().any(|word| word.starts_with(wanted.as_str()))) {
                let begins = words.first().zip(wanted.first()).is_some_and(|(word, wanted)| word.starts_with(wanted.as_str()));
                found.push((begins, named));
            }
        }
    }
    // The names come in the order of their kinds, so that of equals a dossier is before a place.
    found.sort_by_key(|(begins, _)| !begins);
    let found: Vec<&Named> = found.iter().take(SUGGESTIONS_MAX).map(|(_, named)| named).collect();
    let words = Words::of(language);
    let describe = |named: &&Named| match named.n_stories {
        0 => words.t(named.kind).to_owned(),
        n_stories => format!("{} · {}", words.t(named.kind), words.count("stories", n_stories)),
    };
    let body = serde_json::json!([
        typed,
        found.iter().map(|named| named.label.as_str()).collect::<Vec<_>>(),
        found.iter().map(describe).collect::<Vec<_>>(),
        found.iter().map(|named| format!("{}{}", state.agency.origin, named.path)).collect::<Vec<_>>(),
    ]);
    Ok(answer::form(SUGGESTIONS, format!("{body}\n")).until_or_for([], AGE_MAX).cache_control("public, max-age=60").into_response())
}

/// What is typed and in which language the names are wanted. Anything else in the address is refused.
fn asked(query: &str) -> Result<(String, UiLanguage), Refused> {
    let bad = |parameter: &str, value: &str| {
        let shown = |text: &str| text.chars().take(TYPED_CHARS_MAX).collect::<String>();
        Refused::Fault(Fault::BadParameter { parameter: shown(parameter), value: shown(value) })
    };
    let (mut typed, mut language) = (None, None);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decoded(name), decoded(value));
        match name.as_str() {
            "q" if typed.is_none() && value.chars().count() <= TYPED_CHARS_MAX => typed = Some(value.trim().to_owned()),
            "lang" if language.is_none() => {
                let lang = Lang::parse(&value).map_err(|_| bad(&name, &value))?;
                language = Some(UiLanguage::of(&lang));
            }
            _ => return Err(bad(&name, &value)),
        }
    }
    Ok((typed.unwrap_or_default(), language.unwrap_or_default()))
}

fn words_of(analyser: &mut Analyser, text: &str) -> Vec<String> {
    analyser.tokens(text).into_iter().map(|(word, _)| word).collect()
}

/// Everything that has a name, the dossiers first; of a kind those with most stories first.
fn names(state: &SiteState, language: UiLanguage) -> Result<Vec<Named>, Refused> {
    let (words, lang) = (Words::of(language), lang_of(language));
    let edition = if language == UiLanguage::English { courant_news::Filter::default() } else { common::edition(language) };
    let told = |label: &str, kind: &'static str, facet: Facet, value: &str, n_stories: u64| Named {
        label: label.to_owned(),
        kind,
        path: common::target(&term_path(facet, value), &edition, &[]),
        n_stories,
    };
    let mut names = Vec::new();
    for line in state.site.dossiers(DOSSIERS_MAX)? {
        if let Some(text) = line.dossier.text(&lang) {
            names.push(Named {
                path: term_path(Facet::Dossier, line.dossier.slug.as_str()),
                ..told(&text.title, "facet-dossier", Facet::Dossier, line.dossier.slug.as_str(), line.n_stories)
            });
        }
    }
    for term in state.site.terms(Facet::Section, VALUES_MAX)? {
        names.push(told(&words.section(&term.value), "facet-section", Facet::Section, &term.value, term.n_stories));
    }
    for term in state.site.terms(Facet::Topic, VALUES_MAX)? {
        let label = MediaTopic::of_slug(&term.value).map_or(term.label.as_str(), |topic| topic.name);
        names.push(told(label, "facet-topic", Facet::Topic, &term.value, term.n_stories));
    }
    for term in state.site.terms(Facet::Place, VALUES_MAX)? {
        names.push(told(&term.label, "facet-place", Facet::Place, &term.value, term.n_stories));
    }
    for term in state.site.terms(Facet::By, VALUES_MAX)? {
        names.push(told(&term.label, "facet-by", Facet::By, &term.value, term.n_stories));
    }
    Ok(names)
}
