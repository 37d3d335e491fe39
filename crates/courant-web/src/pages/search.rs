//! The page of a search.

use askama::Template;
use courant_news::filter::Problem;
use courant_news::{Filter, address};
use courant_search::{QueryError, QueryProblem as Rule};
use jiff::civil::Date;

use super::assets::Sheet;
use super::chrome::{Chrome, ChromeView, Link};
use super::filter_form::{parameters, sentences};
use super::head::{Head, page_title};
use super::hidden::{Hidden, HiddenView};
use super::rows::{Row, RowView};
use super::suggest::SuggestView;
use crate::words::{Arg, Words};

/// `/search`: the query, what is wrong with it or what was found, and ways to narrow it down.
#[derive(Clone, Debug)]
pub struct SearchPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The query as typed; empty for the bare page, which explains the operators.
    pub query: String,
    /// Why it cannot be read. Then nothing was found; answer with 400.
    pub problem: Option<QueryProblem>,
    /// Parameters that are of no filter, as `Filter::parse` gave them.
    pub filter_problems: Vec<Problem>,
    /// How many stories match.
    pub total: u64,
    /// What the filter hides of the whole search, when it hides rather than folds what it mutes.
    pub hidden: Option<Hidden>,
    /// The stories of this page.
    pub hits: Vec<Hit>,
    /// Their order.
    pub order: SearchOrder,
    /// The same search in the other order.
    pub other_order: String,
    /// Ways to narrow it down; empty ones are left out.
    pub facets: Vec<Facet>,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// The search as RSS.
    pub feed: String,
    /// The conditions beside the words, each a link to the same search without it.
    pub in_force: Vec<Link>,
    /// How the stories found spread over time.
    pub months: Option<Histogram>,
    /// The search as a filter of all news, in the form that makes filters.
    pub as_filter: String,
    /// The last day of mutes that are over.
    pub ended: Option<Date>,
}

/// How many stories were found in each month or year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    /// Whether its bars are years.
    pub by_year: bool,
    /// Its bars, newest first, without gaps.
    pub bars: Vec<Bar>,
}

/// A month or a year of a histogram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Its first day.
    pub first: Date,
    /// How many stories it has.
    pub n_stories: u64,
    /// The search narrowed down to it.
    pub href: String,
}

/// Why a query cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryProblem {
    /// The first character concerned, from 0.
    pub start: usize,
    /// The first character after it, at least `start`.
    pub end: usize,
    /// The message that says it, in the catalogues under `query-…`.
    message: &'static str,
    /// What stands there.
    found: String,
}

impl From<&QueryError> for QueryProblem {
    fn from(error: &QueryError) -> Self {
        let message = match error.problem {
            Rule::Empty => "query-empty",
            Rule::TooLong => "query-too-long",
            Rule::TooManyClauses => "query-too-many",
            Rule::TooDeep => "query-too-deep",
            Rule::OpenQuote => "query-open-quote",
            Rule::EmptyQuote => "query-empty-quote",
            Rule::UnmatchedParenthesis => "query-parenthesis",
            Rule::EmptyParentheses => "query-empty-parentheses",
            Rule::MissingOperand => "query-missing-operand",
            Rule::MissingValue => "query-missing-value",
            Rule::UnknownField => "query-unknown-field",
            Rule::BadDate => "query-bad-date",
            Rule::BadUrgency => "query-bad-urgency",
            Rule::BadDistance => "query-bad-distance",
            Rule::BadNeighbour => "query-bad-neighbour",
            Rule::BadYesNo => "query-bad-yes-no",
            // The search may learn rules before the catalogues do: this one says where, and no more.
            _ => "query-unreadable",
        };
        Self { start: error.span.start, end: error.span.start + error.span.length, message, found: error.found.clone() }
    }
}

/// A story that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Its line.
    pub row: Row,
    /// The headline in pieces, those that match marked; empty to print the row's.
    pub headline: Vec<(String, bool)>,
    /// A passage of the copy in pieces, those that match marked.
    pub snippet: Vec<(String, bool)>,
}

/// The order of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SearchOrder {
    /// Newest first.
    #[default]
    Newest,
    /// Most relevant first.
    Relevance,
}

/// A way to narrow a search down.
#[derive(Clone, Debug)]
pub struct Facet {
    /// What its values are, printed: a section, a place.
    pub name: String,
    /// Its values, most stories first.
    pub values: Vec<FacetValue>,
}

/// A value of a facet.
#[derive(Clone, Debug)]
pub struct FacetValue {
    /// The search narrowed down to it, with its name as words.
    pub link: Link,
    /// How many stories that leaves.
    pub n_stories: u64,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    query: &'a str,
    newest: bool,
    /// The filter of the search as parameters that a new query keeps, in words, and the search without it.
    kept: Vec<(String, String)>,
    in_force: Vec<(&'a Link, String)>,
    widened: String,
    ended: Option<String>,
    months: Option<MonthsView<'a>>,
    forms: Vec<(Link, &'static str)>,
    as_filter: Link,
    suggest: SuggestView,
    problem: Option<ProblemView>,
    filter_problems: Vec<String>,
    filter_problems_title: String,
    asked: bool,
    count: String,
    hidden: Option<HiddenView<'a>>,
    hits: Vec<HitView<'a>>,
    orders: Vec<(Link, bool)>,
    facets: Vec<(&'a str, Vec<(&'a Link, String)>)>,
    newer: Option<Link>,
    older: Option<Link>,
    operators: Vec<(&'static str, &'a str)>,
}

/// A histogram: the picture, and the same as a list.
struct MonthsView<'a> {
    name: &'a str,
    svg: String,
    /// The months in sight, and those folded away: a link where there are stories.
    bars: Vec<BarView<'a>>,
    folded: Vec<BarView<'a>>,
    more: String,
}

struct BarView<'a> {
    label: String,
    href: Option<&'a str>,
    n_stories: String,
}

struct ProblemView {
    before: String,
    at: String,
    after: String,
    sentence: String,
}

struct HitView<'a> {
    row: RowView,
    time: String,
    headline: Vec<(&'a str, bool)>,
    snippet: &'a [(String, bool)],
}

/// How many months or years are in sight below a histogram.
const BARS_OPEN: usize = 6;

/// The operators in the order they are explained, with an example of each.
const OPERATORS: [(&str, &str); 13] = [
    ("\"interest rates\"", "op-phrase"),
    ("gold near/5 silver", "op-near"),
    ("-football", "op-not"),
    ("title:rates", "op-title"),
    ("topic:economy", "op-topic"),
    ("place:tokyo", "op-place"),
    ("by:\"science desk\"", "op-by"),
    ("lang:ru", "op-lang"),
    ("urgency:3", "op-urgency"),
    ("corrected:yes", "op-corrected"),
    ("on:2017-03-20", "op-on"),
    ("after:2017-03-20", "op-after"),
    ("before:2017-03-20", "op-before"),
];

impl SearchPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let asked = !self.query.trim().is_empty();
        let title = if asked { words.with("search-title-for", "query", &self.query) } else { words.t("search-title").to_owned() };
        let mut head = Head::unlisted(page_title(chrome, &title));
        if asked && self.problem.is_none() {
            let list = Head::of_list(chrome, &title, String::new(), &self.feed);
            (head.alternates, head.description) = (list.alternates, list.description);
        }
        let order = |order: SearchOrder, name: &str| {
            let href = if self.order == order { chrome.here.clone() } else { self.other_order.clone() };
            (Link::new(href, words.t(name)), self.order == order)
        };
        // The canonical address of the page carries the filter; what is not its own is the filter's.
        let filter = Filter::parse(chrome.here.split_once('?').map_or("", |(_, query)| query), &["q", "order", "start"]).filter;
        let filter_problems = sentences(&filter, &self.filter_problems, words);
        let template = SearchTemplate {
            c: ChromeView::of(chrome, self.hits.first().map(|hit| hit.row.at)),
            h: head,
            w: words,
            css: Sheet::Search.css(),
            query: &self.query,
            newest: self.order == SearchOrder::Newest,
            kept: parameters(&filter),
            in_force: self.in_force.iter().map(|link| (link, words.with("narrow-remove", "name", &link.label))).collect(),
            ended: self.ended.map(|day| words.with("filter-ended", "day", &words.date(day))),
            months: self.months.as_ref().map(|months| months.view(words)),
            forms: self.forms(),
            as_filter: Link::new(self.as_filter.as_str(), words.t("search-as-filter")),
            suggest: SuggestView::of(chrome),
            widened: format!("/search?q={}", address::segment(&self.query)),
            problem: self.problem.as_ref().map(|problem| problem.view(&self.query, words)),
            filter_problems_title: words.count("filter-problems", filter_problems.len() as u64),
            filter_problems,
            asked: asked && self.problem.is_none(),
            count: words.count("results", self.total),
            hidden: self.hidden.as_ref().and_then(|hidden| HiddenView::of(hidden, false, chrome)),
            hits: self.hits.iter().map(|hit| self.hit(hit)).collect(),
            orders: vec![order(SearchOrder::Newest, "order-newest"), order(SearchOrder::Relevance, "order-relevance")],
            facets: self
                .facets
                .iter()
                .filter(|facet| !facet.values.is_empty())
                .map(|facet| {
                    let values = facet.values.iter().map(|value| (&value.link, words.number(value.n_stories)));
                    (facet.name.as_str(), values.collect())
                })
                .collect(),
            newer: self.previous.as_ref().map(|href| Link::new(href.as_str(), words.t("previous-page"))),
            older: self.next.as_ref().map(|href| Link::new(href.as_str(), words.t("next-page"))),
            operators: OPERATORS.map(|(example, name)| (example, words.t(name))).to_vec(),
        };
        template.render().expect("writing a template to a String cannot fail")
    }

    /// The search in the forms it can be subscribed to.
    fn forms(&self) -> Vec<(Link, &'static str)> {
        let form = |ending: &str| self.feed.replacen("/search.rss", &format!("/search{ending}"), 1);
        [(".rss", "RSS", "application/rss+xml"), (".atom", "Atom", "application/atom+xml"), (".json", "JSON Feed", "application/feed+json")]
            .map(|(ending, name, media_type)| (Link::new(form(ending), name), media_type))
            .to_vec()
    }

    fn hit<'a>(&self, hit: &'a Hit) -> HitView<'a> {
        HitView {
            row: RowView::of(&hit.row, &self.chrome),
            time: self.chrome.words().date_time(hit.row.at, &self.chrome.zone),
            headline: match (hit.headline.as_slice(), &hit.row.headline) {
                ([], Some(headline)) => vec![(headline, false)],
                (pieces, _) => pieces.iter().map(|(text, marked)| (text.as_str(), *marked)).collect(),
            },
            snippet: &hit.snippet,
        }
    }
}

impl Histogram {
    fn view(&self, words: &'static Words) -> MonthsView<'_> {
        let mut bars: Vec<BarView<'_>> = self
            .bars
            .iter()
            .map(|bar| BarView {
                label: match self.by_year {
                    true => format!("{:04}", bar.first.year()),
                    false => words.month_of(bar.first),
                },
                href: (bar.n_stories != 0).then_some(bar.href.as_str()),
                n_stories: words.number(bar.n_stories),
            })
            .collect();
        let folded = if BARS_OPEN + 2 < bars.len() { bars.split_off(BARS_OPEN) } else { Vec::new() };
        MonthsView {
            name: words.t(if self.by_year { "facet-year" } else { "facet-month" }),
            svg: super::chart::bars(&self.bars.iter().rev().map(|bar| (bar.n_stories, bar.href.as_str())).collect::<Vec<_>>()),
            more: words.count("filter-more", folded.len() as u64),
            bars,
            folded,
        }
    }
}

impl QueryProblem {
    /// What is wrong and what to do, without the place.
    pub(super) fn sentence(&self, words: &Words) -> String {
        words.with(self.message, "found", &self.found)
    }

    /// The query in three parts around the place, and the sentence with the place as readers count: from 1.
    fn view(&self, query: &str, words: &Words) -> ProblemView {
        let byte = |chars: usize| query.char_indices().nth(chars).map_or(query.len(), |(byte, _)| byte);
        let (start, end) = (byte(self.start), byte(self.end.max(self.start)));
        let problem = self.sentence(words);
        let at = words.number(self.start as u64 + 1);
        ProblemView {
            before: query[..start].to_owned(),
            // A place at the very end has nothing to mark: a blank stands for what is missing.
            at: if start == end { "\u{a0}".to_owned() } else { query[start..end].to_owned() },
            after: query[end..].to_owned(),
            sentence: words.say("query-problem-at", &[("at", Arg::Text(&at)), ("problem", Arg::Text(&problem))]),
        }
    }
}
