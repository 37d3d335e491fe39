//! Search.

use axum::response::{IntoResponse, Response};
use courant_news::filter::{Facet as FilterFacet, Parsed, Problem, ProblemKind, Show, decoded};
use courant_news::{FieldError, Filter};
use courant_projections::index::{self, Asked, FindError, FoundStory};
use courant_projections::site::Cursor;
use courant_search::{Facet, Order, Piece};
use http::StatusCode;

use super::SiteState;
use super::address::ListForm;
use super::answer::{self, Refused};
use super::archives::History;
use super::common::{self, ALL, INDEX};
use super::dossiers;
use super::feeds::{self, FeedOf};
use super::lists::{kept_under, shown_in, today};
use super::narrow::{self, Dated};
use super::sift;
use crate::pages::{Facet as PageFacet, FacetValue, Hit, Link, Row, SearchOrder, SearchPage, value_name};
use crate::serve::Tag;
use crate::words::{UiLanguage, Words};

/// How many results a page has.
const PAGE_HITS: usize = 20;
/// The furthest result a page can begin at.
const START_MAX: usize = 10_000;
/// How many values of a facet are offered.
const FACET_VALUES: usize = 6;
/// The facets offered, with the message that names them.
const FACETS: [(Facet, FilterFacet, &str); 6] = [
    (Facet::Section, FilterFacet::Section, "facet-section"),
    (Facet::Topic, FilterFacet::Topic, "facet-topic"),
    (Facet::Dossier, FilterFacet::Dossier, "facet-dossier"),
    (Facet::Place, FilterFacet::Place, "facet-place"),
    (Facet::Byline, FilterFacet::By, "facet-by"),
    (Facet::Language, FilterFacet::Lang, "facet-lang"),
];

/// The parameters of the search itself; all others are its filter.
pub(super) struct Typed {
    pub(super) query: String,
    order: SearchOrder,
    start: usize,
}

/// `/search`, as a page or a feed. What cannot be read is answered with 400 and the place of the error.
pub(super) fn page(state: &SiteState, form: ListForm, query: &str) -> Result<Response, Refused> {
    let (typed, of_search) = Typed::read(query);
    let Parsed { filter, mut problems } = Filter::parse(query, &["q", "order", "start"]);
    problems.extend(of_search);
    let ended = filter.ended(today(state));
    let filter = dossiers::settled(state, filter.on(today(state)), None)?;
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
        in_force: in_force(state, language, &typed, &filter)?,
        months: None,
        as_filter: as_filter(&typed, &filter),
        ended,
    };
    if typed.query.is_empty() && filter.is_empty() {
        return Ok(kept_under(answer::html(page.render()).until([Tag::of(ALL)]), &problems, ended, here).into_response());
    }
    let asked = Asked {
        query: &typed.query,
        filter: &shown_in(form, dossiers::widened(state, filter.clone(), None)?),
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
            history: History::default(),
        };
        return feeds::answer(state, &feed, form, Cursor::Newest, &lines, vec![Tag::of(ALL), Tag::of(INDEX)]);
    }
    page.total = answer.total;
    page.hidden = sift::hidden(&filter, answer.n_hidden, "/search", &typed.starting(0).parameters());
    page.previous = (typed.start != 0).then(|| typed.starting(typed.start.saturating_sub(PAGE_HITS)).target("/search", &filter));
    let next = typed.start + PAGE_HITS;
    page.next = (answer.has_more && next <= START_MAX).then(|| typed.starting(next).target("/search", &filter));
    page.months = narrow::histogram(&answer, |dated| typed.dated(Some(dated)).target("/search", &filter));
    page.facets = facets(state, language, &typed, &filter, &answer)?;
    page.hits = answer.hits.iter().map(hit).collect();
    Ok(kept_under(answer::html(page.render()).until([Tag::of(ALL), Tag::of(INDEX)]), &problems, ended, here).into_response())
}

impl Typed {
    /// What is typed, and what of it cannot be read. A query that is given more than once asks for any of them, as in a filter.
    fn read(query: &str) -> (Self, Vec<Problem>) {
        let mut typed = Self { query: String::new(), order: SearchOrder::Relevance, start: 0 };
        let (mut queries, mut problems) = (Vec::new(), Vec::new());
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name), decoded(value));
            match (name.as_str(), value.as_str()) {
                ("q", value) => queries.extend(Some(value.trim().to_owned()).filter(|query| !query.is_empty())),
                ("order", "newest") => typed.order = SearchOrder::Newest,
                ("order", "relevance" | "") | ("start", "") => {}
                ("start", value) if value.parse::<usize>().is_ok_and(|start| start <= START_MAX) => {
                    typed.start = value.parse().unwrap_or_default();
                }
                ("order" | "start", value) => {
                    let kind = ProblemKind::BadValue(FieldError::new("search", value, "is unknown; take it out"));
                    problems.push(Problem { parameter: name.clone(), value: value.to_owned(), kind });
                }
                _ => {}
            }
        }
        queries.dedup();
        typed.query = match queries.as_slice() {
            [] => String::new(),
            [only] => only.clone(),
            several => several.iter().map(|query| format!("({query})")).collect::<Vec<_>>().join(" OR "),
        };
        (typed, problems)
    }

    /// The same search with its condition on the day replaced, or taken out.
    fn dated(&self, dated: Option<&Dated>) -> Self {
        let mut query = narrow::undated(&self.query);
        if let Some(dated) = dated {
            let several = if query.is_empty() { "" } else { " " };
            query = format!("{query}{several}{dated}");
        }
        Self { query, order: self.order, start: 0 }
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

/// The conditions beside the words, each with the same search without it.
fn in_force(state: &SiteState, language: UiLanguage, typed: &Typed, filter: &Filter) -> Result<Vec<Link>, Refused> {
    let words = Words::of(language);
    let without = |filter: &Filter| typed.starting(0).target("/search", filter);
    let mut links = Vec::new();
    for dated in narrow::dated(&typed.query) {
        links.push(Link::new(typed.dated(None).target("/search", filter), dated.label(words)));
    }
    for (leaves_out, facets) in [(false, &filter.any_of), (true, &filter.none_of)] {
        for (facet, values) in facets {
            for value in values {
                let mut rest = filter.clone();
                let of_rest = if leaves_out { &mut rest.none_of } else { &mut rest.any_of };
                if let Some(values) = of_rest.get_mut(facet) {
                    values.remove(value);
                    if values.is_empty() {
                        of_rest.remove(facet);
                    }
                }
                let label = label(state, words, *facet, value)?;
                links.push(Link::new(without(&rest), if leaves_out { words.with("filter-without", "list", &label) } else { label }));
            }
        }
    }
    if let Some(most) = filter.urgency_at_most {
        let name = words.urgency(most.number()).map_or_else(|| most.number().to_string(), str::to_owned);
        links.push(Link::new(
            without(&Filter { urgency_at_most: None, ..filter.clone() }),
            words.with("filter-urgency-most", "name", &name),
        ));
    }
    if let Some(above) = filter.urgency_above {
        let name = words.with("filter-urgency-most", "name", &above.number().to_string());
        links.push(Link::new(without(&Filter { urgency_above: None, ..filter.clone() }), words.with("filter-without", "list", &name)));
    }
    for (of_rest, typed) in [(false, &filter.not_queries), (true, &filter.mutes)] {
        for one in typed {
            let mut rest = filter.clone();
            if of_rest { &mut rest.mutes } else { &mut rest.not_queries }.remove(one);
            links.push(Link::new(without(&rest), words.with("filter-without", "list", one)));
        }
    }
    Ok(links)
}

/// The search as a filter, which a list, a feed and the stream can be asked by.
fn as_filter(typed: &Typed, filter: &Filter) -> String {
    let mut filter = Filter { show: Show::default(), ..filter.clone() };
    filter.queries.extend(Some(typed.query.clone()).filter(|query| !query.is_empty()));
    common::target("/filter", &filter, &[])
}

/// The name of a value.
fn label(state: &SiteState, words: &Words, facet: FilterFacet, value: &str) -> Result<String, Refused> {
    Ok(match facet {
        FilterFacet::Section | FilterFacet::Lang | FilterFacet::Type => value_name(facet, value, words),
        FilterFacet::Dossier => match courant_news::DossierSlug::parse(value) {
            Ok(slug) => {
                let lang = super::lists::lang_of(words.language);
                let described = state.site.dossier(&slug)?;
                let title = described.as_ref().and_then(|line| line.dossier.text(&lang)).map(|text| text.title.to_string());
                title.unwrap_or_else(|| value_name(facet, value, words))
            }
            Err(_) => value_name(facet, value, words),
        },
        FilterFacet::Topic | FilterFacet::Place | FilterFacet::By | FilterFacet::Source => {
            state.site.term(facet, value)?.map_or_else(|| value_name(facet, value, words), |term| term.label)
        }
    })
}

/// Whether a dossier goes on in another one, which is the choice then.
fn is_merged(state: &SiteState, slug: &str) -> Result<bool, Refused> {
    let Ok(slug) = courant_news::DossierSlug::parse(slug) else { return Ok(false) };
    Ok(state.site.dossier(&slug)?.is_some_and(|line| line.merged_into.is_some()))
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
        // One value narrows nothing; one that is in force is no choice, and stands above the results.
        if values.len() < 2 || filter.any_of.contains_key(&facet) {
            continue;
        }
        let mut choices = Vec::with_capacity(values.len());
        for count in values {
            // A language is counted by its whole tag too, which its first part stands for.
            if facet == FilterFacet::Lang && count.value.contains('-') {
                continue;
            }
            if facet == FilterFacet::Dossier && is_merged(state, &count.value)? {
                continue;
            }
            let label = label(state, words, facet, &count.value)?;
            let narrowed = filter.clone().with(&courant_news::filter::Term::new(facet, &count.value));
            choices.push(FacetValue { link: Link::new(typed.starting(0).target("/search", &narrowed), label), n_stories: count.count });
        }
        facets.push(PageFacet { name: words.t(message).to_owned(), values: choices });
    }
    Ok(facets)
}
