//! A search as readers ask it, on the site and in a shell: found by the index, told by the read model.

use courant_news::filter::Facet as FilterFacet;
use courant_news::{Filter, StoryId};
use courant_search::{Facet, FacetCount, Found, Highlighter, Order, Piece, Query, QueryError, SearchError, SearchIndex, SearchOptions};
use courant_wire::StoreError;

use super::snippet_text;
use crate::site::{Line, SiteStore};

/// The longest snippet, in characters.
const SNIPPET_CHARS_MAX: usize = 260;

/// What is searched for.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The query as typed.
    pub query: &'a str,
    /// Conditions of the page's filter beside it; its own words are not looked at.
    pub filter: &'a Filter,
    /// Whether any word may match, instead of all.
    pub any: bool,
    /// The order of results.
    pub order: Order,
    /// How many to skip.
    pub offset: usize,
    /// How many to answer.
    pub limit: usize,
    /// How many values of each facet to count.
    pub facet_values: usize,
}

/// A page of results.
#[derive(Clone, Debug)]
pub struct Answer {
    /// How many stories match.
    pub total: u64,
    /// The stories of this page.
    pub hits: Vec<FoundStory>,
    /// How the matches divide.
    pub facets: Vec<(Facet, Vec<FacetCount>)>,
    /// Whether there are more.
    pub has_more: bool,
}

/// A story that was found.
#[derive(Clone, Debug)]
pub struct FoundStory {
    /// Its line.
    pub line: Line,
    /// How well it answers; 0 in newest order.
    pub score: f32,
    /// Its headline, with what matches marked.
    pub headline: Vec<Piece>,
    /// A passage of its copy, with what matches marked.
    pub snippet: Vec<Piece>,
}

/// Why a search has no answer.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// Show it to the reader, with its position.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The index failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The read model failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Searches. Stories that the index knows and the read model does not yet are left out of the page.
///
/// # Errors
/// A [`FindError`]; of a query that cannot be read its position is in the query as typed.
pub fn find(index: &SearchIndex, site: &dyn SiteStore, asked: &Asked<'_>) -> Result<Answer, FindError> {
    let typed = Query::parse(asked.query)?;
    let typed = if asked.any { typed.any() } else { typed };
    let narrowed = narrowed(&typed, asked)?;
    let options =
        SearchOptions { order: asked.order, limit: asked.limit, offset: asked.offset, before: None, facet_values: asked.facet_values };
    let Found { total, hits, facets, has_more } = index.search(&narrowed, &options)?;
    let stories: Vec<StoryId> = hits.iter().filter_map(|hit| StoryId::from_number(hit.story)).collect();
    let mut highlighter = Highlighter::new(&typed);
    let told = site.items(&stories)?.into_iter().map(|(line, item)| {
        let lang = line.lang.as_str();
        let headline = highlighter.title(lang, &line.headline);
        let snippet = highlighter.snippet(lang, &snippet_text(&item), SNIPPET_CHARS_MAX).pieces;
        let score = hits.iter().find(|hit| hit.story == line.story.number()).map_or(0.0, |hit| hit.score);
        FoundStory { line, score, headline, snippet }
    });
    let hits = told.collect();
    Ok(Answer { total, hits, facets: facets.into_iter().collect(), has_more })
}

/// The query with the filter's conditions in its own language.
fn narrowed(typed: &Query, asked: &Asked<'_>) -> Result<Query, QueryError> {
    let mut conditions: Vec<String> = Vec::new();
    for (facet, values) in &asked.filter.any_of {
        let any: Vec<String> = values.iter().map(|value| condition(*facet, value)).collect();
        conditions.push(format!("({})", any.join(" OR ")));
    }
    for (facet, value) in asked.filter.none_of.iter().flat_map(|(facet, values)| values.iter().map(move |value| (*facet, value))) {
        conditions.push(format!("-{}", condition(facet, value)));
    }
    if let Some(most) = asked.filter.urgency_at_most {
        conditions.push(format!("urgency:{}", most.number()));
    }
    if let Some(above) = asked.filter.urgency_above {
        conditions.push(format!("-urgency:{}", above.number()));
    }
    for mute in &asked.filter.mutes {
        conditions.push(format!("-\"{mute}\""));
    }
    if conditions.is_empty() {
        return Ok(typed.clone());
    }
    Query::parse(&format!("({typed}) {}", conditions.join(" ")))
}

fn condition(facet: FilterFacet, value: &str) -> String {
    format!("{}:\"{value}\"", facet.as_str())
}
