//! The form that makes a filter, and what is said of the one in force.

use courant_news::filter::{Facet, Problem, ProblemKind, Show};
use courant_news::{Filter, ItemType, Urgency};
use courant_search::Query;
use jiff::civil::Date;

use super::chrome::{Chrome, Link};
use super::search::QueryProblem;
use crate::words::{Arg, UiLanguage, Words};

/// How much of a value that cannot be read is repeated, in characters.
const VALUE_CHARS_SHOWN: usize = 80;

/// The filter of a list page as the reader can see and change it: a plain form that leads by way of `/filter` to `/all?…`.
///
/// Sections and languages are boxes to tick, urgency and what becomes of the muted two choices, words two fields. Every other condition in force is
/// shown as a ticked box that can be unticked, so that the form never loses what the address says.
#[derive(Clone, Debug)]
pub struct FilterForm {
    /// The filter in force, the page's own condition left out.
    pub filter: Filter,
    /// What could not be read, as `Filter::parse` gave it.
    pub problems: Vec<Problem>,
    /// The last day of mutes that are over, and so no more in the filter.
    pub ended: Option<Date>,
}

/// A condition that the form has no field for: a box, ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlsoRule {
    /// The parameter.
    pub name: String,
    /// Its value.
    pub value: String,
}

pub(super) struct FilterView {
    /// Folded open only to show what is wrong; what is in force is said beside the fold.
    pub(super) open: bool,
    pub(super) in_force: String,
    pub(super) sections: Vec<Choice>,
    pub(super) languages: Vec<Choice>,
    pub(super) urgencies: Vec<Choice>,
    pub(super) query: String,
    pub(super) mute: String,
    pub(super) shows: Vec<Choice>,
    pub(super) also: Vec<AlsoRule>,
    pub(super) problems: Vec<String>,
    pub(super) problems_title: String,
    pub(super) clear: Option<String>,
    /// What is said of mutes that are over.
    pub(super) ended: Option<String>,
    /// The page with every choice and its counts.
    pub(super) choices: Link,
}

pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
    pub(super) lang: &'static str,
}

impl FilterForm {
    /// `own_section`: the section the page itself is of, ticked so that the form begins with what is on screen.
    pub(super) fn view(&self, chrome: &Chrome, own_section: Option<&str>) -> FilterView {
        let (filter, words) = (&self.filter, chrome.words());
        let chosen = |facet: Facet, value: &str| filter.any_of.get(&facet).is_some_and(|values| values.contains(value));
        let sections = chrome.sections.iter().map(|slug| Choice {
            value: slug.to_string(),
            label: words.section(slug).into_owned(),
            chosen: chosen(Facet::Section, slug) || own_section == Some(slug),
            lang: chrome.language.tag(),
        });
        let languages = UiLanguage::ALL.into_iter().map(|language| Choice {
            value: language.tag().to_owned(),
            label: language.own_name().to_owned(),
            chosen: chosen(Facet::Lang, language.tag()),
            lang: language.tag(),
        });
        let (sections, languages): (Vec<_>, Vec<_>) = (sections.collect(), languages.collect());
        let problems = sentences(filter, &self.problems, words);
        FilterView {
            open: !problems.is_empty(),
            ended: self.ended.map(|day| words.with("filter-ended", "day", &words.date(day))),
            choices: Link::new(address_of("/filter", filter), words.t("filter-choices")),
            in_force: in_force(filter, words),
            urgencies: urgencies(filter, words, chrome.language.tag()),
            query: match filter.queries.len() {
                1 => filter.queries.iter().cloned().collect(),
                _ => String::new(),
            },
            mute: filter.mutes.iter().map(|mute| quoted(mute)).collect::<Vec<_>>().join(", "),
            shows: shows(filter.show, words, chrome.language.tag()),
            also: also(filter, &sections, &languages),
            problems_title: words.count("filter-problems", problems.len() as u64),
            problems,
            clear: (!filter.is_empty()).then(|| "/all".to_owned()),
            sections,
            languages,
        }
    }
}

/// A path under a filter.
pub(super) fn address_of(path: &str, filter: &Filter) -> String {
    let canonical = filter.canonical();
    if canonical.is_empty() { path.to_owned() } else { format!("{path}?{canonical}") }
}

/// A search expression or a mute of a filter that the search cannot read.
pub(super) struct Unreadable<'a> {
    pub(super) parameter: &'static str,
    pub(super) value: &'a str,
    problem: QueryProblem,
}

impl Unreadable<'_> {
    /// What is wrong with it and what to do.
    pub(super) fn sentence(&self, words: &Words) -> String {
        let value = shortened(self.value);
        let problem = self.problem.sentence(words);
        let given = [("parameter", Arg::Text(self.parameter)), ("value", Arg::Text(&value)), ("problem", Arg::Text(&problem))];
        words.say("filter-bad-words", &given)
    }
}

/// The expressions of a filter that cannot be read. Such a one finds nothing, which nobody should have to guess.
pub(super) fn unreadable(filter: &Filter) -> Vec<Unreadable<'_>> {
    let asked = filter.queries.iter().map(|query| ("q", query, query.clone()));
    let left_out = filter.not_queries.iter().map(|query| ("not.q", query, query.clone()));
    let muted = filter.mutes.iter().map(|mute| ("mute", mute, format!("\"{mute}\"")));
    let all = asked.chain(left_out).chain(muted);
    all.filter_map(|(parameter, value, typed)| {
        let error = Query::parse(&typed).err()?;
        Some(Unreadable { parameter, value, problem: QueryProblem::from(&error) })
    })
    .collect()
}

/// Whether every expression of a filter can be read.
pub(crate) fn is_readable(filter: &Filter) -> bool {
    unreadable(filter).is_empty()
}

/// Everything that is to be said of a filter that was not understood, or not wholly.
pub(super) fn sentences(filter: &Filter, problems: &[Problem], words: &Words) -> Vec<String> {
    let unreadable = unreadable(filter);
    let unreadable = unreadable.iter().map(|expression| expression.sentence(words));
    problems.iter().map(|problem| sentence(problem, words)).chain(unreadable).collect()
}

fn shortened(value: &str) -> String {
    let mut shown: String = value.chars().take(VALUE_CHARS_SHOWN).collect();
    if shown.len() < value.len() {
        shown.push('…');
    }
    shown
}

/// Every condition as a parameter of its own, for a form that keeps the filter it does not show.
pub(super) fn parameters(filter: &Filter) -> Vec<(String, String)> {
    let mut parameters: Vec<(String, String)> = also(filter, &[], &[]).into_iter().map(|rule| (rule.name, rule.value)).collect();
    parameters.extend(filter.urgency_at_most.map(|most| ("urgency".to_owned(), most.number().to_string())));
    parameters.extend(filter.mutes.iter().map(|mute| ("mute".to_owned(), quoted(mute))));
    if filter.show == Show::Collapse {
        parameters.push(("show".to_owned(), "collapse".to_owned()));
    }
    parameters
}

/// A value of a facet as it can be named without asking anybody.
pub(crate) fn value_name(facet: Facet, value: &str, words: &Words) -> String {
    match facet {
        Facet::Section => words.section(value).into_owned(),
        Facet::Lang => match UiLanguage::ALL.into_iter().find(|language| language.tag() == value) {
            Some(language) => language.own_name().to_owned(),
            None => value.to_owned(),
        },
        Facet::Type => type_name(value, words).to_owned(),
        Facet::Topic | Facet::Dossier | Facet::Place | Facet::By | Facet::Source => value.replace('-', " "),
    }
}

/// The name of an item type.
fn type_name<'a>(value: &'a str, words: &'a Words) -> &'a str {
    match ItemType::parse(value) {
        Ok(ItemType::Text) => words.t("type-text"),
        Ok(ItemType::Picture) => words.t("type-picture"),
        Ok(ItemType::Graphic) => words.t("type-graphic"),
        Ok(ItemType::Video) => words.t("type-video"),
        Ok(ItemType::Audio) => words.t("type-audio"),
        Ok(ItemType::Composite) => words.t("type-composite"),
        Ok(ItemType::Event) => words.t("type-event"),
        Ok(ItemType::Planning) => words.t("type-planning"),
        Err(_) => value,
    }
}

/// The conditions in force as a line: `Economy, Русский, Urgent and higher, “fed rates”, not: football`.
pub(super) fn in_force(filter: &Filter, words: &Words) -> String {
    let mut parts = Vec::new();
    let value_name = |facet: Facet, value: &str| value_name(facet, value, words);
    for (facet, values) in &filter.any_of {
        parts.extend(values.iter().map(|value| value_name(*facet, value)));
    }
    if let Some(most) = filter.urgency_at_most {
        let name = words.urgency(most.number()).map_or_else(|| most.number().to_string(), str::to_owned);
        parts.push(words.with("filter-urgency-most", "name", &name));
    }
    parts.extend(filter.queries.iter().cloned());
    let mut without: Vec<String> = Vec::new();
    for (facet, values) in &filter.none_of {
        without.extend(values.iter().map(|value| value_name(*facet, value)));
    }
    without.extend(filter.not_queries.iter().cloned());
    without.extend(filter.mutes.iter().map(|mute| quoted(mute)));
    if !without.is_empty() {
        parts.push(words.with("filter-without", "list", &without.join(", ")));
    }
    parts.join(", ")
}

/// Any, then the three that have a name; a number in force without a name is offered too.
pub(super) fn urgencies(filter: &Filter, words: &Words, lang: &'static str) -> Vec<Choice> {
    let most = filter.urgency_at_most.map(Urgency::number);
    let mut numbers: Vec<u8> = vec![1, 2, 3];
    numbers.extend(most.filter(|most| 3 < *most));
    let any = Choice { value: String::new(), label: words.t("filter-urgency-any").to_owned(), chosen: most.is_none(), lang };
    let named = numbers.into_iter().map(|number| {
        let name = words.urgency(number).map_or_else(|| number.to_string(), str::to_owned);
        let label = if number == 1 { name } else { words.with("filter-urgency-most", "name", &name) };
        Choice { value: number.to_string(), label, chosen: most == Some(number), lang }
    });
    std::iter::once(any).chain(named).collect()
}

/// What may become of muted stories. The default is sent as nothing, like every field left empty.
pub(super) fn shows(chosen: Show, words: &Words, lang: &'static str) -> Vec<Choice> {
    let choice =
        |show: Show, value: &str, label: &str| Choice { value: value.to_owned(), label: label.to_owned(), chosen: show == chosen, lang };
    vec![choice(Show::Hide, "", words.t("filter-show-hide")), choice(Show::Collapse, "collapse", words.t("filter-show-collapse"))]
}

pub(super) fn quoted(mute: &str) -> String {
    if mute.contains([' ', ',']) { format!("\"{mute}\"") } else { mute.to_owned() }
}

fn also(filter: &Filter, sections: &[Choice], languages: &[Choice]) -> Vec<AlsoRule> {
    let offered = |facet: Facet, value: &str| match facet {
        Facet::Section => sections.iter().any(|choice| choice.value == value),
        Facet::Lang => languages.iter().any(|choice| choice.value == value),
        _ => false,
    };
    let mut rules = Vec::new();
    let mut put = |name: &str, value: &str| rules.push(AlsoRule { name: name.to_owned(), value: value.to_owned() });
    for (facet, values) in &filter.any_of {
        for value in values.iter().filter(|value| !offered(*facet, value)) {
            put(facet.as_str(), value);
        }
    }
    for (facet, values) in &filter.none_of {
        for value in values {
            put(&format!("not.{}", facet.as_str()), value);
        }
    }
    if let Some(above) = filter.urgency_above {
        put("not.urgency", &above.number().to_string());
    }
    if 1 < filter.queries.len() {
        for query in &filter.queries {
            put("q", query);
        }
    }
    for query in &filter.not_queries {
        put("not.q", query);
    }
    if let Some(until) = filter.until {
        put("until", &until.to_string());
    }
    rules
}

pub(super) fn sentence(problem: &Problem, words: &Words) -> String {
    let value = shortened(&problem.value);
    if let ProblemKind::TooLong { chars_max } = problem.kind {
        let most = words.number(chars_max as u64);
        let given = [("parameter", Arg::Text(&problem.parameter)), ("value", Arg::Text(&value)), ("most", Arg::Text(&most))];
        return words.say("filter-too-long", &given);
    }
    let message = match (&problem.kind, problem.parameter.trim_start_matches("not.")) {
        (ProblemKind::UnknownParameter, _) => "filter-unknown",
        (ProblemKind::TooMany | ProblemKind::TooLong { .. }, _) => "filter-too-many",
        (ProblemKind::BadValue(_), "urgency") => "filter-bad-urgency",
        (ProblemKind::BadValue(_), "until") => "filter-bad-date",
        (ProblemKind::BadValue(_), "lang") => "filter-bad-lang",
        (ProblemKind::BadValue(_), "show") => "filter-bad-show",
        (ProblemKind::BadValue(_), "type") => "filter-bad-type",
        // What belongs to the page and not to the filter.
        (ProblemKind::BadValue(_), "order" | "start") => "bad-parameter",
        (ProblemKind::BadValue(_), _) => "filter-bad-value",
    };
    words.say(message, &[("parameter", Arg::Text(&shortened(&problem.parameter))), ("value", Arg::Text(&value))])
}
