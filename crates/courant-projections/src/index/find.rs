//! A search as readers ask it, on the site and in a shell: found by the index, told by the read model.

use std::collections::BTreeSet;

use courant_news::filter::{Facet as FilterFacet, Show, Verdict};
use courant_news::{Filter, StoryId};
use courant_search::{Facet, FacetCount, Found, Highlighter, Order, Piece, Query, QueryError, SearchError, SearchIndex, SearchOptions};
use courant_wire::StoreError;
use jiff::tz::TimeZone;

use super::snippet_text;
use super::words::{AskedStory, mutes};
use crate::site::{Line, SiteStore};

/// The longest snippet, in characters.
const SNIPPET_CHARS_MAX: usize = 260;

/// What is searched for.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The query as typed.
    pub query: &'a str,
    /// The page's filter beside it; its own `q` is not looked at. What it mutes is left out and counted, or answered as
    /// muted, as its `show` says.
    pub filter: &'a Filter,
    /// The zone of the days that conditions name.
    pub zone: &'a TimeZone,
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
    /// How many stories match, those that are answered as muted counted in.
    pub total: u64,
    /// How many more would, but for the mutes of the filter.
    pub n_hidden: u64,
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
    /// The mute that hides it, when the filter wants what it mutes to stay, folded.
    pub muted_by: Option<Box<str>>,
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
    let unmuted = narrowed(&typed, asked.filter)?;
    let has_mutes = !asked.filter.mutes.is_empty();
    let (hides, folds) = match asked.filter.show {
        Show::Hide => (has_mutes, false),
        Show::Collapse => (false, has_mutes),
    };
    let narrowed = if hides { mutes(asked.filter).fold(unmuted.clone(), |query, mute| query.and(!mute)) } else { unmuted.clone() };
    let options =
        SearchOptions { order: asked.order, limit: asked.limit, offset: asked.offset, before: None, facet_values: asked.facet_values };
    let Found { total, hits, facets, has_more } = index.search(&narrowed, &options)?;
    let stories: Vec<StoryId> = hits.iter().filter_map(|hit| StoryId::from_number(hit.story)).collect();
    let mut highlighter = Highlighter::new(&typed);
    let folding = folds.then(|| Filter { queries: BTreeSet::new(), ..asked.filter.clone() });
    let n_hidden = if hides { index.count(&unmuted)?.saturating_sub(total) } else { 0 };
    let told = site.items(&stories)?.into_iter().filter_map(|(line, item)| {
        let muted_by = match &folding {
            None => None,
            Some(filter) => match filter.verdict(&item, &AskedStory::new(&item, asked.zone)) {
                Verdict::Shown => None,
                Verdict::Muted(mute) => Some(mute.into()),
                // The read model is ahead of the index: the story has changed.
                Verdict::Out => return None,
            },
        };
        let lang = line.lang.as_str();
        let headline = highlighter.title(lang, &line.headline);
        let snippet = highlighter.snippet(lang, &snippet_text(&item), SNIPPET_CHARS_MAX).pieces;
        let score = hits.iter().find(|hit| hit.story == line.story.number()).map_or(0.0, |hit| hit.score);
        Some(FoundStory { line, score, headline, snippet, muted_by })
    });
    let hits = told.collect();
    Ok(Answer { total, n_hidden, hits, facets: facets.into_iter().collect(), has_more })
}

/// The query with the filter's conditions, its mutes left out, in the query language.
fn narrowed(typed: &Query, filter: &Filter) -> Result<Query, QueryError> {
    let mut conditions: Vec<Query> = Vec::new();
    for (facet, values) in &filter.any_of {
        let any: Vec<Query> = values.iter().map(|value| condition(*facet, value)).collect::<Result<_, _>>()?;
        conditions.extend(Query::any_of(any));
    }
    for (facet, values) in &filter.none_of {
        for value in values {
            conditions.push(!condition(*facet, value)?);
        }
    }
    if let Some(most) = filter.urgency_at_most {
        conditions.push(Query::parse(&format!("urgency:{}", most.number()))?);
    }
    if let Some(above) = filter.urgency_above {
        conditions.push(!Query::parse(&format!("urgency:{}", above.number()))?);
    }
    // What cannot be read excludes nothing.
    conditions.extend(filter.not_queries.iter().filter_map(|query| Query::parse(query).ok()).map(|query| !query));
    Ok(conditions.into_iter().fold(typed.clone(), Query::and))
}

fn condition(facet: FilterFacet, value: &str) -> Result<Query, QueryError> {
    Query::parse(&format!("{}:\"{value}\"", facet.as_str()))
}
