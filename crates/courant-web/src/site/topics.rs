//! Subjects: the tree of the IPTC Media Topics, and what stands around one of them.

use std::collections::HashMap;

use axum::response::{IntoResponse, Response};
use courant_news::filter::{Facet, Parsed};
use courant_news::{Filter, MediaTopic};

use super::SiteState;
use super::address::{ListAddress, term_path};
use super::answer::{self, Refused};
use super::common::{self, ALL};
use crate::pages::{Link, Subject, SubjectTree, TopicsPage};
use crate::serve::Tag;

/// More values than there are Media Topics.
const TOPICS_MAX: usize = 2_000;

/// `/topics`: the broadest subjects with those next below them, and how many stories each has.
pub(super) fn page(state: &SiteState, query: &str) -> Result<Response, Refused> {
    let Parsed { filter, problems } = Filter::parse(query, &[]);
    let language = common::list_language(&filter);
    let edition = if filter.any_of.contains_key(&Facet::Lang) { common::edition(language) } else { Filter::default() };
    let here = common::target("/topics", &edition, &[]);
    // The tree knows no other filter.
    if filter != edition || !problems.is_empty() {
        return Err(Refused::Found(here));
    }
    let counts: HashMap<String, u64> =
        state.site.terms(Facet::Topic, TOPICS_MAX)?.into_iter().map(|term| (term.value, term.n_stories)).collect();
    let subject = |topic: &MediaTopic| subject(topic, counts.get(&topic.slug).copied().unwrap_or(0), &edition);
    let page = TopicsPage {
        chrome: common::chrome(state, language, here.clone()),
        subjects: MediaTopic::tops().map(|top| (subject(top), top.narrower().map(subject).collect())).collect(),
    };
    Ok(answer::html(page.render()).until([Tag::of(ALL)]).canonical(here).into_response())
}

/// What is broader and narrower than the subject a list is of; `None` for any other list.
pub(super) fn around(state: &SiteState, list: &ListAddress, filter: &Filter) -> Result<Option<SubjectTree>, Refused> {
    let Some(topic) = topic_of(list) else {
        return Ok(None);
    };
    let edition = match common::only_language(filter) {
        Some(_) => common::edition(common::list_language(filter)),
        None => Filter::default(),
    };
    let mut broader: Vec<Link> = topic.all_broader().map(|topic| link(topic, &edition)).collect();
    broader.reverse();
    let mut narrower = Vec::new();
    for topic in topic.narrower() {
        let n_stories = state.site.term(Facet::Topic, &topic.slug)?.map_or(0, |term| term.n_stories);
        narrower.push(subject(topic, n_stories, &edition));
    }
    Ok(Some(SubjectTree { broader, narrower }))
}

/// Sends whoever asks for a retired subject, or for one by its code, to where it is now.
pub(super) fn moved(list: &ListAddress, ending: &str, query: &str) -> Result<(), Refused> {
    let ListAddress::Of(term) = list else {
        return Ok(());
    };
    if term.facet != Facet::Topic {
        return Ok(());
    }
    let topic = MediaTopic::of_code(&term.value).or_else(|| MediaTopic::of_slug(&term.value)).map(MediaTopic::current);
    match topic {
        Some(topic) if topic.slug != term.value => {
            let path = format!("{}{ending}", term_path(Facet::Topic, &topic.slug));
            Err(Refused::Moved(if query.is_empty() { path } else { format!("{path}?{query}") }))
        }
        Some(_) | None => Ok(()),
    }
}

/// The Media Topic a list is of.
pub(super) fn topic_of(list: &ListAddress) -> Option<&'static MediaTopic> {
    match list {
        ListAddress::Of(term) if term.facet == Facet::Topic => MediaTopic::of_slug(&term.value),
        ListAddress::Of(_) | ListAddress::All => None,
    }
}

fn subject(topic: &MediaTopic, n_stories: u64, edition: &Filter) -> Subject {
    Subject { link: link(topic, edition), n_stories }
}

fn link(topic: &MediaTopic, edition: &Filter) -> Link {
    Link::new(common::target(&term_path(Facet::Topic, &topic.slug), edition, &[]), topic.name)
}
