//! Search.

use axum::response::{IntoResponse, Response};
use courant_news::Filter;
use courant_news::filter::{Facet as FilterFacet, Parsed};
use courant_projections::index::{self, Asked, FindError, FoundStory};
use courant_projections::site::Cursor;
use courant_search::{Facet, Order, Piece};
use http::StatusCode;

use super::SiteState;
use super::address::ListForm;
use super::answer::{self, Refused};
use super::common::{self, ALL, INDEX};
use super::feeds::{self, FeedOf};
use super::lists::{kept_under, shown_in, today};
use super::sift;
use crate::pages::{Facet as PageFacet, FacetValue, Hit, Link, Row, SearchOrder, SearchPage};
use crate::serve::Tag;
use crate::words::UiLanguage;

/// How many results a page has.
const PAGE_HITS: usize = 20;
/// The furthest result a page can begin at.
const START_MAX: usize = 10_000;
/// How many values of a facet are offered.
const FACET_VALUES: usize = 6;
/// The facets offered, with the message that names them.
const FACETS: [(Facet, FilterFacet, &str); 4] = [
    (Facet::Section, FilterFacet::Section, "facet-section"),
    (Facet::Topic, FilterFacet::Topic, "facet-topic"),
    (Facet::Place, FilterFacet::Place, "facet-place"),
    (Facet::Language, FilterFacet::Lang, "facet-lang"),
];

/// The parameters of the search itself; all others are its filter.
struct Typed {
    query: String,
    order: SearchOrder,
    start: usize,
}

/// `/search`, as a page or a feed. What cannot be read is answered with 400 and the place of the error.
pub(super) fn page(state: &SiteState, form: ListForm, query: &str) -> Result<Response, Refused> {
    let typed = Typed::read(query);
    let Parsed { filter, problems } = Filter::parse(query, &["q", "order", "start"]);
    let filter = filter.on(today(state));
    let language = common::list_language(&filter);
    let here = typed.target("/search", &filter);
    let mut page = SearchPage {
        chrome: common::chrome(state, language, here.clone()),
        query: typed.query.clone(),
        problem: None,
        filter_problems: problems.clone(),
        total: 0,
        hidden: None,
        hits: Vec::new(),
        order: typed.order,
        other_order: typed.ordered(typed.other_order()).target("/search", &filter),
        facets: Vec::new(),
        previous: None,
        next: None,
        feed: typed.ordered(SearchOrder::Newest).starting(0).target("/search.rss", &filter),
    };
    if typed.query.is_empty() && filter.is_empty() {
        return Ok(kept_under(answer::html(page.render()).until([Tag::of(ALL)]), &problems, here).into_response());
    }
    let asked = Asked {
        query: &typed.query,
        filter: &shown_in(form, filter.clone()),
        zone: &state.agency.zone,
        any: false,
        order: match (form, typed.order) {
            (ListForm::Html, SearchOrder::Relevance) => Order::Relevance,
            // A feed is read for what is new.
            (ListForm::Rss | ListForm::Atom | ListForm::JsonFeed | ListForm::NewsMessage | ListForm::Package, _)
            | (_, SearchOrder::Newest) => Order::Newest,
        },
        offset: typed.start,
        limit: if form == ListForm::Html { PAGE_HITS } else { feeds::ENTRIES },
        facet_values: if form == ListForm::Html { FACET_VALUES } else { 0 },
    };
    let answer = match index::find(&state.index, state.site.as_ref(), &asked) {
        Ok(answer) => answer,
        Err(FindError::Query(error)) => {
            page.problem = Some((&error).into());
            return Ok(answer::html(page.render()).status(StatusCode::BAD_REQUEST).into_response());
        }
        Err(error) => return Err(error.into()),
    };
    if form != ListForm::Html {
        let lines: Vec<_> = answer.hits.iter().map(|hit| hit.line.clone()).collect();
        let feed = FeedOf {
            title: format!("{} · {}", typed.query, state.agency.name),
            path: "/search".to_owned(),
            filter: &filter,
            language,
            more: typed.parameters(),
            next: None,
        };
        return feeds::answer(state, &feed, form, Cursor::Newest, &lines, vec![Tag::of(ALL), Tag::of(INDEX)]);
    }
    page.total = answer.total;
    page.hidden = sift::hidden(&filter, answer.n_hidden, "/search", &typed.starting(0).parameters());
    page.previous = (typed.start != 0).then(|| typed.starting(typed.start.saturating_sub(PAGE_HITS)).target("/search", &filter));
    let next = typed.start + PAGE_HITS;
    page.next = (answer.has_more && next <= START_MAX).then(|| typed.starting(next).target("/search", &filter));
    page.facets = facets(state, language, &typed, &filter, &answer)?;
    page.hits = answer.hits.iter().map(hit).collect();
    Ok(kept_under(answer::html(page.render()).until([Tag::of(ALL), Tag::of(INDEX)]), &problems, here).into_response())
}

impl Typed {
    fn read(query: &str) -> Self {
        let mut typed = Self { query: String::new(), order: SearchOrder::Relevance, start: 0 };
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let spaced = value.replace('+', " ");
            let value = percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy();
            match name {
                "q" => value.trim().clone_into(&mut typed.query),
                "order" if value == "newest" => typed.order = SearchOrder::Newest,
                "start" => typed.start = value.parse().unwrap_or(0).min(START_MAX),
                _ => {}
            }
        }
        typed
    }

    fn other_order(&self) -> SearchOrder {
        match self.order {
            SearchOrder::Newest => SearchOrder::Relevance,
            SearchOrder::Relevance => SearchOrder::Newest,
        }
    }

    fn ordered(&self, order: SearchOrder) -> Self {
        Self { query: self.query.clone(), order, start: 0 }
    }

    fn starting(&self, start: usize) -> Self {
        Self { query: self.query.clone(), order: self.order, start }
    }

    /// The parameters of its address that are not of the filter.
    fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut parameters = Vec::new();
        if !self.query.is_empty() {
            parameters.push(("q", courant_news::address::segment(&self.query)));
        }
        if self.order == SearchOrder::Newest {
            parameters.push(("order", "newest".to_owned()));
        }
        if self.start != 0 {
            parameters.push(("start", self.start.to_string()));
        }
        parameters
    }

    fn target(&self, path: &str, filter: &Filter) -> String {
        common::target(path, filter, &self.parameters())
    }
}

fn hit(found: &FoundStory) -> Hit {
    let pieces = |pieces: &[Piece]| pieces.iter().map(|piece| (piece.text.clone(), piece.is_match)).collect();
    let row = Row { muted_by: found.muted_by.clone(), ..common::row(&found.line, false) };
    Hit { row, headline: pieces(&found.headline), snippet: pieces(&found.snippet) }
}

fn facets(
    state: &SiteState,
    language: UiLanguage,
    typed: &Typed,
    filter: &Filter,
    answer: &index::Answer,
) -> Result<Vec<PageFacet>, Refused> {
    let words = crate::words::Words::of(language);
    let mut facets = Vec::new();
    for (counted, facet, message) in FACETS {
        let Some((_, values)) = answer.facets.iter().find(|(found, _)| *found == counted) else {
            continue;
        };
        // One value narrows nothing, and one that is in force is no choice.
        if values.len() < 2 || filter.any_of.contains_key(&facet) {
            continue;
        }
        let mut choices = Vec::with_capacity(values.len());
        for count in values {
            let label = match facet {
                FilterFacet::Section => words.section(&count.value).into_owned(),
                _ => state.site.term(facet, &count.value)?.map_or_else(|| count.value.clone(), |term| term.label),
            };
            let narrowed = filter.clone().with(&courant_news::filter::Term::new(facet, &count.value));
            choices.push(FacetValue { link: Link::new(typed.starting(0).target("/search", &narrowed), label), n_stories: count.count });
        }
        facets.push(PageFacet { name: words.t(message).to_owned(), values: choices });
    }
    Ok(facets)
}
