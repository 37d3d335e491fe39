//! From a query string to a filter, and what to tell the reader about the rest.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;

use super::{Facet, Filter, Show};
use crate::{FieldError, ItemType, Lang, MediaTopic, Urgency, slugify};

/// The most parameters one query string may have.
const PARAMETERS_MAX: usize = 64;
/// The most values all parameters of a filter may have together.
const VALUES_MAX: usize = 256;
/// The longest value, in characters.
const VALUE_CHARS_MAX: usize = 1_000;
/// The longest mute, in characters: a word or a phrase, not a paragraph.
pub const MUTE_CHARS_MAX: usize = 200;

/// A filter, and everything in the query string that is not one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The conditions that could be read.
    pub filter: Filter,
    /// What could not, for the page to report.
    pub problems: Vec<Problem>,
}

/// A parameter or a value that no filter has. Pages report it; it is never silently ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The parameter as it was written.
    pub parameter: String,
    /// The value as it was written, decoded.
    pub value: String,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong with a parameter. Pages have a sentence for each in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// There is no such parameter.
    UnknownParameter,
    /// The value is none this parameter can have; the sentence says which it can.
    BadValue(FieldError),
    /// The value has more characters than this one may have.
    TooLong {
        /// How many it may have.
        chars_max: usize,
    },
    /// There are more parameters or values than a filter may have; this one and the rest are left out.
    TooMany,
}

impl Filter {
    /// Reads a filter from the query part of an address, without its `?`.
    ///
    /// `own` names the parameters that belong to the page and not to the filter, such as `before`; they are skipped.
    pub fn parse(query: &str, own: &[&str]) -> Parsed {
        let mut reading = Reading::default();
        for (parameter_idx, pair) in query.split('&').filter(|pair| !pair.is_empty()).enumerate() {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name), decoded(value));
            if own.contains(&name.as_str()) {
                continue;
            }
            if PARAMETERS_MAX <= parameter_idx {
                reading.problem(&name, &value, ProblemKind::TooMany);
                break;
            }
            reading.parameter(&name, &value);
        }
        reading.parsed
    }
}

#[derive(Default)]
struct Reading {
    parsed: Parsed,
    n_values: usize,
}

impl Reading {
    fn problem(&mut self, parameter: &str, value: &str, kind: ProblemKind) {
        self.parsed.problems.push(Problem { parameter: parameter.to_owned(), value: value.to_owned(), kind });
    }

    fn parameter(&mut self, name: &str, values: &str) {
        for value in split_values(values) {
            // A form sends its empty fields too; an empty value asks for nothing.
            if value.is_empty() {
                continue;
            }
            if VALUES_MAX <= self.n_values {
                return self.problem(name, &value, ProblemKind::TooMany);
            }
            self.n_values += 1;
            let chars_max = if name == "mute" { MUTE_CHARS_MAX } else { VALUE_CHARS_MAX };
            if chars_max < value.chars().count() {
                self.problem(name, &value, ProblemKind::TooLong { chars_max });
                continue;
            }
            match self.value(name, &value) {
                Ok(true) => {}
                Ok(false) => return self.problem(name, &value, ProblemKind::UnknownParameter),
                Err(error) => self.problem(name, &value, ProblemKind::BadValue(error)),
            }
        }
    }

    /// Adds one value. `false` when no filter has such a parameter.
    fn value(&mut self, name: &str, value: &str) -> Result<bool, FieldError> {
        let filter = &mut self.parsed.filter;
        let (negative, plain) = match name.strip_prefix("not.") {
            Some(plain) => (true, plain),
            None => (false, name),
        };
        if let Some(facet) = Facet::parse(plain) {
            let term = term_value(facet, value)?;
            let facets = if negative { &mut filter.none_of } else { &mut filter.any_of };
            facets.entry(facet).or_insert_with(BTreeSet::new).insert(term);
            return Ok(true);
        }
        match (plain, negative) {
            ("urgency", false) => filter.urgency_at_most = filter.urgency_at_most.max(Some(urgency(value)?)),
            ("urgency", true) => filter.urgency_above = filter.urgency_above.max(Some(urgency(value)?)),
            ("q", false) => _ = filter.queries.insert(query(value)),
            ("q", true) => _ = filter.not_queries.insert(query(value)),
            ("mute", false) => _ = filter.mutes.insert(mute(value)?),
            ("until", false) => {
                let until = value.parse().map_err(|_| FieldError::new("until", value, "is not a date; write it like 2026-12-31"))?;
                filter.until = filter.until.max(Some(until));
            }
            ("show", false) => {
                filter.show = match value {
                    "hide" => Show::Hide,
                    "collapse" => Show::Collapse,
                    _ => return Err(FieldError::new("show", value, "is unknown; use hide or collapse")),
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// The form of a value under which items are filed.
fn term_value(facet: Facet, value: &str) -> Result<String, FieldError> {
    match facet {
        Facet::Lang => Ok(Lang::parse(value)?.as_str().to_owned()),
        Facet::Type => Ok(ItemType::parse(value)?.as_str().to_owned()),
        Facet::Topic => {
            let code = value.strip_prefix("medtop:").unwrap_or(value);
            if let Some(topic) = MediaTopic::of_code(code) {
                return Ok(topic.current().slug.clone());
            }
            let slug = slug(facet, value)?;
            // A code with something beside it, as in `20001373.`, is a code once that is gone.
            Ok(MediaTopic::of_slug(&slug).or_else(|| MediaTopic::of_code(&slug)).map_or(slug, |topic| topic.current().slug.clone()))
        }
        Facet::Dossier | Facet::Section | Facet::Place | Facet::By | Facet::Source => slug(facet, value),
    }
}

fn slug(facet: Facet, value: &str) -> Result<String, FieldError> {
    slugify(value).ok_or_else(|| FieldError::new(facet.as_str(), value, "has no letter or digit; give a name"))
}

fn urgency(value: &str) -> Result<Urgency, FieldError> {
    let number = value.parse().map_err(|_| FieldError::new("urgency", value, "is not a number from 1 to 9"))?;
    Urgency::new(number)
}

/// A mute as it is compared: lower case, single spaces, without the quotes of a phrase.
fn mute(value: &str) -> Result<String, FieldError> {
    let phrase = tidy(&value.replace('"', " ")).to_lowercase();
    if phrase.chars().any(char::is_alphanumeric) {
        Ok(phrase)
    } else {
        Err(FieldError::new("mute", value, "has no letter or digit; give a word or a \"quoted phrase\""))
    }
}

/// A search expression with single spaces and its last phrase closed, so that a comma after it is outside of quotes.
fn query(value: &str) -> String {
    let mut query = tidy(value);
    if query.matches('"').count() % 2 == 1 {
        query.push('"');
    }
    query
}

fn tidy(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Splits at commas that are not inside double quotes.
fn split_values(values: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for letter in values.chars() {
        match letter {
            ',' if !quoted => parts.push(String::new()),
            _ => {
                quoted ^= letter == '"';
                if let Some(part) = parts.last_mut() {
                    part.push(letter);
                }
            }
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

/// A name or a value of a query string: `application/x-www-form-urlencoded`, where `+` is a space and `%XX` a byte. What is no UTF-8
/// becomes U+FFFD; a control character, which no page can print and no word holds, becomes a space.
pub fn decoded(part: &str) -> String {
    let decoded = percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned();
    if decoded.contains(char::is_control) { decoded.replace(char::is_control, " ") } else { decoded }
}
