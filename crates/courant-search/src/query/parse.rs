//! Reads a query, one character at a time, keeping the place of everything.

use jiff::civil::Date;

use super::error::QueryProblem;
use super::{Moved, Near, Node, NodeKind, QueryError, Scope, Span, When};
use crate::document::{Facet, fold_value};
use crate::limits::{MAX_FACET_CHARS, MAX_NEAR, MAX_QUERY_CHARS, MAX_QUERY_CLAUSES, MAX_QUERY_DEPTH};

/// Characters of the query an error repeats.
const FOUND_CHARS: usize = 60;

const FIELDS: &str = "title, section, topic, dossier, place, by, lang, type, source, urgency, corrected, on, after, before";

/// What opens the sign between two words that are to stand close; the number of words follows.
const NEAR: &str = "near/";

/// What may stand before a colon.
#[derive(Clone, Copy)]
enum Field {
    Title,
    Facet(Facet),
    Urgency,
    Corrected,
    Moved(When),
}

impl Field {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "title" => Self::Title,
            "section" => Self::Facet(Facet::Section),
            "topic" => Self::Facet(Facet::Topic),
            "dossier" => Self::Facet(Facet::Dossier),
            "place" => Self::Facet(Facet::Place),
            "by" => Self::Facet(Facet::Byline),
            "lang" => Self::Facet(Facet::Language),
            "type" => Self::Facet(Facet::Type),
            "source" => Self::Facet(Facet::Source),
            "urgency" => Self::Urgency,
            "corrected" => Self::Corrected,
            "on" => Self::Moved(When::On),
            "after" => Self::Moved(When::After),
            "before" => Self::Moved(When::Before),
            _ => return None,
        })
    }

    /// What it needs after the colon, for errors.
    fn needs(self) -> (&'static str, &'static str) {
        match self {
            Self::Title => ("a word", "title:budget or title:\"state budget\""),
            Self::Facet(Facet::Language) => ("a language code", "lang:en"),
            Self::Facet(_) => ("a value", "section:world or place:\"New York\""),
            Self::Urgency => ("a number from 1 to 9", "urgency:3"),
            Self::Corrected => ("yes or no", "corrected:yes"),
            Self::Moved(_) => ("a date", "on:2017-03-20, on:2017-03 or on:2017"),
        }
    }
}

pub(super) fn parse(typed: &str) -> Result<Node, QueryError> {
    let mut parser = Parser::new(typed)?;
    let root = parser.all_of(0)?;
    if let Some(&')') = parser.chars.get(parser.at) {
        return Err(parser.error(
            QueryProblem::UnmatchedParenthesis,
            parser.at..parser.at + 1,
            "a word or the end",
            "remove the parenthesis, or open one before it",
        ));
    }
    root.ok_or_else(|| parser.empty())
}

pub(super) fn words(text: &str) -> Result<Node, QueryError> {
    let parser = Parser::new(text)?;
    let mut found = Vec::new();
    let mut start = 0;
    for (place, &c) in parser.chars.iter().chain([&' ']).enumerate() {
        if c.is_whitespace() || matches!(c, '(' | ')' | ':') || is_quote(c) {
            if let Some(word) = trimmed(&parser.chars[start..place]) {
                found.push(Node { kind: word_or_phrase(word), span: span(start..place) });
            }
            start = place + 1;
        }
    }
    found.truncate(MAX_QUERY_CLAUSES);
    one_or(found, NodeKind::And).ok_or_else(|| parser.empty())
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    clauses: usize,
}

type Range = std::ops::Range<usize>;

fn span(range: Range) -> Span {
    Span { start: range.start, length: range.end - range.start }
}

impl Parser {
    fn new(typed: &str) -> Result<Self, QueryError> {
        let chars: Vec<char> = typed.chars().take(MAX_QUERY_CHARS + 1).collect();
        let parser = Self { chars, at: 0, clauses: 0 };
        if parser.chars.len() > MAX_QUERY_CHARS {
            return Err(parser.error(
                QueryProblem::TooLong,
                MAX_QUERY_CHARS..MAX_QUERY_CHARS + 1,
                &format!("the end of the query, at most {MAX_QUERY_CHARS} characters"),
                "search for fewer words",
            ));
        }
        Ok(parser)
    }

    /// Parts side by side, up to a closing parenthesis or the end. `None` when there are none.
    fn all_of(&mut self, depth: usize) -> Result<Option<Node>, QueryError> {
        let mut parts: Vec<Node> = Vec::new();
        let mut and_at: Option<Range> = None;
        while self.skip_spaces() {
            if self.chars[self.at] == ')' {
                break;
            }
            if let Some(range) = self.keyword("AND") {
                if parts.is_empty() || and_at.is_some() {
                    return Err(self.lonely(range, "AND"));
                }
                self.at = range.end;
                and_at = Some(range);
                continue;
            }
            if let Some(part) = self.any_of(depth)? {
                and_at = None;
                match part.kind {
                    NodeKind::And(inner) => parts.extend(inner),
                    _ => parts.push(part),
                }
            }
        }
        match and_at {
            Some(range) => Err(self.lonely(range, "AND")),
            None => Ok(one_or(parts, NodeKind::And)),
        }
    }

    /// One part, or several with OR between them.
    fn any_of(&mut self, depth: usize) -> Result<Option<Node>, QueryError> {
        if let Some(range) = self.keyword("OR") {
            return Err(self.lonely(range, "OR"));
        }
        let Some(first) = self.close_together(depth)? else { return Ok(None) };
        let mut parts = vec![first];
        while self.skip_spaces() {
            let Some(or) = self.keyword("OR") else { break };
            self.at = or.end;
            let is_operand = self.skip_spaces() && self.keyword("OR").is_none() && self.chars[self.at] != ')';
            let next = if is_operand { self.close_together(depth)? } else { None };
            parts.push(next.ok_or_else(|| self.lonely(or, "OR"))?);
        }
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part.kind {
                NodeKind::Or(inner) => flat.extend(inner),
                _ => flat.push(part),
            }
        }
        Ok(one_or(flat, NodeKind::Or))
    }

    /// One part, or several with `near/N` between them: each stands close to the next.
    fn close_together(&mut self, depth: usize) -> Result<Option<Node>, QueryError> {
        if let Some((sign, _)) = self.near_sign()? {
            return Err(self.lonely_near(sign));
        }
        let Some(mut left) = self.part(depth)? else { return Ok(None) };
        let mut pairs = Vec::new();
        while self.skip_spaces() {
            let Some((sign, within)) = self.near_sign()? else { break };
            self.at = sign.end;
            let is_operand =
                self.skip_spaces() && self.chars[self.at] != ')' && ["OR", "AND"].iter().all(|word| self.keyword(word).is_none());
            let next = if is_operand && self.near_sign()?.is_none() { self.part(depth)? } else { None };
            let right = next.ok_or_else(|| self.lonely_near(sign))?;
            pairs.push(self.pair(&left, &right, within)?);
            left = right;
        }
        if pairs.is_empty() { Ok(Some(left)) } else { Ok(one_or(pairs, NodeKind::And)) }
    }

    /// Two words or phrases that are looked for in the same place.
    fn pair(&self, left: &Node, right: &Node, within: u8) -> Result<Node, QueryError> {
        let (scope, first) = self.neighbour(left)?;
        let (other, second) = self.neighbour(right)?;
        let range = left.span.start..right.span.start + right.span.length;
        if scope != other {
            return Err(self.error(
                QueryProblem::BadNeighbour,
                range,
                "two words of the headline, or two of the text",
                "write title: before both words, or before neither",
            ));
        }
        let near = Near { scope, first: first.to_owned(), second: second.to_owned(), within };
        Ok(Node { kind: NodeKind::Near(near), span: span(range) })
    }

    fn neighbour<'n>(&self, node: &'n Node) -> Result<(Scope, &'n str), QueryError> {
        match &node.kind {
            NodeKind::Word(scope, text) | NodeKind::Phrase(scope, text) => Ok((*scope, text)),
            NodeKind::And(_)
            | NodeKind::Or(_)
            | NodeKind::Not(_)
            | NodeKind::Near(_)
            | NodeKind::Facet(..)
            | NodeKind::UrgencyAtMost(_)
            | NodeKind::Moved(_)
            | NodeKind::Corrected(_) => Err(self.error(
                QueryProblem::BadNeighbour,
                node.span.start..node.span.start + node.span.length,
                "a word or a phrase beside near",
                "write gold near/5 silver, or \"gold price\" near/5 silver",
            )),
        }
    }

    /// The sign `near/N` at the current place, with its number. `near/far` is two words.
    fn near_sign(&self) -> Result<Option<(Range, u8)>, QueryError> {
        let rest = &self.chars[self.at..];
        let length = rest.iter().position(|c| ends_run(*c)).unwrap_or(rest.len());
        let text: String = rest[..length].iter().collect();
        if !is_near_sign(&text) {
            return Ok(None);
        }
        let range = self.at..self.at + length;
        match text[NEAR.len()..].parse() {
            Ok(within @ 1..=MAX_NEAR) => Ok(Some((range, within))),
            _ => Err(self.error(
                QueryProblem::BadDistance,
                range,
                &format!("near/ and a number from 1 to {MAX_NEAR}"),
                "write gold near/5 silver for the two words at most five words apart",
            )),
        }
    }

    fn lonely_near(&self, sign: Range) -> QueryError {
        self.error(
            QueryProblem::MissingOperand,
            sign,
            "a word on both sides",
            "write gold near/5 silver, or put the sign in quotes to search for it",
        )
    }

    /// A word, a phrase, a field, a group, or the negation of one. `None` for punctuation.
    fn part(&mut self, depth: usize) -> Result<Option<Node>, QueryError> {
        let start = self.at;
        if self.negates() {
            self.at += 1;
            let Some(part) = self.part(depth)? else {
                return Err(self.error(
                    QueryProblem::MissingOperand,
                    start..self.at,
                    "a word after the minus",
                    "write -word to leave stories with that word out, or remove the minus",
                ));
            };
            let range = start..self.at;
            return Ok(Some(match part.kind {
                NodeKind::Not(inner) => *inner,
                _ => Node { kind: NodeKind::Not(Box::new(part)), span: span(range) },
            }));
        }
        match self.chars[self.at] {
            '(' => self.group(depth).map(Some),
            c if closes(c).is_some() => self.phrase(Scope::Anywhere, start),
            c if is_quote(c) => {
                self.at += 1;
                Ok(None)
            }
            _ => self.run(),
        }
    }

    /// A minus directly before something, and not one of several.
    fn negates(&self) -> bool {
        self.chars[self.at] == '-'
            && self.chars.get(self.at + 1).is_some_and(|&c| !c.is_whitespace() && c != '-' && c != ')')
            && (self.at == 0 || self.chars[self.at - 1] != '-')
    }

    fn group(&mut self, depth: usize) -> Result<Node, QueryError> {
        let open = self.at;
        if depth >= MAX_QUERY_DEPTH {
            return Err(self.error(
                QueryProblem::TooDeep,
                open..open + 1,
                &format!("at most {MAX_QUERY_DEPTH} parentheses within each other"),
                "write the query with fewer parentheses",
            ));
        }
        self.at += 1;
        let inner = self.all_of(depth + 1)?;
        if self.chars.get(self.at) != Some(&')') {
            return Err(self.error(
                QueryProblem::UnmatchedParenthesis,
                open..open + 1,
                "a parenthesis that is closed",
                "add ) where the group ends",
            ));
        }
        self.at += 1;
        inner.ok_or_else(|| {
            self.error(QueryProblem::EmptyParentheses, open..self.at, "a word in the parentheses", "write a word in them, or remove them")
        })
    }

    /// Words in quotes. A typographic quote that is not closed is punctuation; a plain one is an
    /// error, since only an operator is written so.
    fn phrase(&mut self, scope: Scope, from: usize) -> Result<Option<Node>, QueryError> {
        let open = self.at;
        let Some(words) = self.quoted()? else { return Ok(None) };
        if !words.chars().any(char::is_alphanumeric) {
            return Err(self.error(
                QueryProblem::EmptyQuote,
                open..self.at,
                "a word in the quotes",
                "write a word between the quotes, or remove them",
            ));
        }
        self.clause(from..self.at, NodeKind::Phrase(scope, words)).map(Some)
    }

    fn quoted(&mut self) -> Result<Option<String>, QueryError> {
        let open = self.at;
        let closing = closes(self.chars[open]).unwrap_or(&['"']);
        let inner = open + 1;
        let Some(length) = self.chars[inner..].iter().position(|c| closing.contains(c)) else {
            if self.chars[open] != '"' {
                self.at += 1;
                return Ok(None);
            }
            return Err(self.error(
                QueryProblem::OpenQuote,
                open..self.chars.len(),
                "a quote that is closed",
                "add \" where the phrase ends",
            ));
        };
        self.at = inner + length + 1;
        let text: String = self.chars[inner..inner + length].iter().map(|&c| if c == '"' { ' ' } else { c }).collect();
        Ok(Some(text.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    /// Characters up to a space, a parenthesis or a quote: a word, or a field and its value.
    fn run(&mut self) -> Result<Option<Node>, QueryError> {
        let start = self.skip_punctuation();
        let length = self.chars[start..].iter().position(|c| ends_run(*c));
        let end = length.map_or(self.chars.len(), |length| start + length);
        self.at = end;
        if let Some(colon) = self.chars[start..end].iter().position(|&c| c == ':').map(|at| start + at) {
            let name: String = self.chars[start..colon].iter().collect();
            if let Some(field) = Field::named(&name.to_lowercase()) {
                let has_value = colon + 1 < end || self.chars.get(end).is_some_and(|&c| closes(c).is_some());
                // "Place: Moscow" is how a sentence is written, "place: " how a field is mistyped.
                if has_value || name.chars().all(char::is_lowercase) {
                    return self.field(field, &name, start, colon + 1, end);
                }
            } else if looks_like_field(&name, &self.chars[colon + 1..end]) {
                return Err(self.unknown_field(&name, start..colon + 1));
            }
        }
        let Some(word) = trimmed(&self.chars[start..end]) else { return Ok(None) };
        self.clause(start..end, word_or_phrase(word)).map(Some)
    }

    /// The place of the first letter or digit of a run, which may open with punctuation.
    fn skip_punctuation(&self) -> usize {
        let rest = &self.chars[self.at..];
        let is_inside = |c: &&char| !c.is_whitespace() && !matches!(c, '(' | ')') && !is_quote(**c);
        let skipped = rest.iter().take_while(|c| is_inside(c) && !c.is_alphanumeric()).count();
        self.at + skipped
    }

    fn field(&mut self, field: Field, name: &str, start: usize, value: usize, end: usize) -> Result<Option<Node>, QueryError> {
        let is_quoted = value == end && self.chars.get(end).is_some_and(|&c| closes(c).is_some());
        if let (Field::Title, true) = (field, is_quoted) {
            self.at = end;
            return match self.phrase(Scope::Title, start)? {
                Some(phrase) => Ok(Some(phrase)),
                None => Err(self.missing_value(field, name, start..end)),
            };
        }
        let text = if is_quoted {
            self.at = end;
            self.quoted()?.ok_or_else(|| self.missing_value(field, name, start..end))?
        } else {
            self.chars[value..end].iter().collect()
        };
        let range = start..self.at;
        if !text.chars().any(char::is_alphanumeric) {
            return Err(self.missing_value(field, name, range));
        }
        let kind = match field {
            Field::Title => {
                let word = trimmed(&self.chars[value..end]);
                NodeKind::Word(Scope::Title, word.ok_or_else(|| self.missing_value(field, name, range.clone()))?)
            }
            Field::Facet(facet) => return self.facet(facet, name, &text, is_quoted, range).map(Some),
            Field::Urgency => NodeKind::UrgencyAtMost(self.urgency(&text, value..end)?),
            Field::Corrected => NodeKind::Corrected(self.yes_or_no(&text, value..self.at)?),
            Field::Moved(when) => NodeKind::Moved(self.moved(when, &text, value..self.at)?),
        };
        self.clause(range, kind).map(Some)
    }

    fn facet(&mut self, facet: Facet, name: &str, text: &str, is_quoted: bool, range: Range) -> Result<Node, QueryError> {
        let values: Vec<String> = if is_quoted { vec![fold_value(text)] } else { text.split(',').map(fold_value).collect() };
        let mut parts = Vec::with_capacity(values.len());
        for value in values {
            if !value.chars().any(char::is_alphanumeric) || value.chars().count() >= MAX_FACET_CHARS {
                return Err(self.missing_value(Field::Facet(facet), name, range));
            }
            parts.push(self.clause(range.clone(), NodeKind::Facet(facet, value))?);
        }
        one_or(parts, NodeKind::Or).ok_or_else(|| self.missing_value(Field::Facet(facet), name, range))
    }

    fn urgency(&self, text: &str, range: Range) -> Result<u8, QueryError> {
        match text.parse() {
            Ok(urgency @ 1..=9) => Ok(urgency),
            _ => Err(self.error(
                QueryProblem::BadUrgency,
                range,
                "a number from 1 to 9",
                "write urgency:3 for stories of urgency 1, 2 and 3",
            )),
        }
    }

    fn yes_or_no(&self, text: &str, range: Range) -> Result<bool, QueryError> {
        match text.to_lowercase().as_str() {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(self.error(
                QueryProblem::BadYesNo,
                range,
                "yes or no",
                "write corrected:yes for stories that were corrected, corrected:no for those that were not",
            )),
        }
    }

    fn moved(&self, when: When, text: &str, range: Range) -> Result<Moved, QueryError> {
        match period(text) {
            Some((first, last)) => Ok(Moved { when, first, last }),
            None => Err(self.error(
                QueryProblem::BadDate,
                range,
                "a date",
                &format!(
                    "{} is not a date; write the year, month and day as 2017-03-20, or 2017-03, or 2017",
                    text.chars().take(FOUND_CHARS).collect::<String>()
                ),
            )),
        }
    }

    fn clause(&mut self, range: Range, kind: NodeKind) -> Result<Node, QueryError> {
        self.clauses += 1;
        if self.clauses > MAX_QUERY_CLAUSES {
            return Err(self.error(
                QueryProblem::TooManyClauses,
                range,
                &format!("the end of the query, at most {MAX_QUERY_CLAUSES} words and conditions"),
                "search for fewer words, or put some of them into one phrase",
            ));
        }
        Ok(Node { kind, span: span(range) })
    }

    /// Whether anything but spaces is left.
    fn skip_spaces(&mut self) -> bool {
        while self.chars.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
        self.at < self.chars.len()
    }

    /// The place of a keyword standing alone at the current place.
    fn keyword(&self, word: &str) -> Option<Range> {
        let end = self.at + word.len();
        let stands = self.chars.get(self.at..end)?.iter().copied().eq(word.chars());
        let alone = self.chars.get(end).is_none_or(|&c| c.is_whitespace() || matches!(c, '(' | ')') || is_quote(c));
        (stands && alone).then_some(self.at..end)
    }

    fn empty(&self) -> QueryError {
        self.error(
            QueryProblem::Empty,
            0..self.chars.len(),
            "something to search for",
            "write a word, a \"phrase\" or a condition such as section:world",
        )
    }

    fn lonely(&self, range: Range, word: &str) -> QueryError {
        self.error(
            QueryProblem::MissingOperand,
            range,
            "a word on both sides",
            &format!("write gold {word} silver, or put the word in quotes to search for it"),
        )
    }

    fn missing_value(&self, field: Field, name: &str, range: Range) -> QueryError {
        let (needed, example) = field.needs();
        self.error(
            QueryProblem::MissingValue,
            range,
            &format!("{needed} directly after {name}:"),
            &format!("{name}: needs {needed} after it, for example {example}"),
        )
    }

    fn unknown_field(&self, name: &str, range: Range) -> QueryError {
        let remedy = match intended(name) {
            Some(field) => format!("write {field}: if you mean that, or put it in quotes to search for the words"),
            None => "put it in quotes to search for the words".to_owned(),
        };
        self.error(QueryProblem::UnknownField, range, &format!("one of {FIELDS}"), &remedy)
    }

    fn error(&self, problem: QueryProblem, range: Range, expected: &str, remedy: &str) -> QueryError {
        let end = range.end.min(self.chars.len());
        let start = range.start.min(end);
        QueryError {
            span: span(start..end),
            problem,
            found: self.chars[start..end].iter().take(FOUND_CHARS).collect(),
            expected: expected.to_owned(),
            remedy: remedy.to_owned(),
        }
    }
}

fn one_or(mut parts: Vec<Node>, several: impl Fn(Vec<Node>) -> NodeKind) -> Option<Node> {
    if parts.len() <= 1 {
        return parts.pop();
    }
    let start = parts.first()?.span.start;
    let last = parts.last()?.span;
    let end = last.start + last.length;
    Some(Node { kind: several(parts), span: span(start..end.max(start)) })
}

/// What ends a run of characters: a space, a parenthesis or a quote.
fn ends_run(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')') || is_quote(c)
}

/// Whether a run is the sign `near/` with a number or without one.
fn is_near_sign(run: &str) -> bool {
    let (Some(name), Some(rest)) = (run.get(..NEAR.len()), run.get(NEAR.len()..)) else { return false };
    name.eq_ignore_ascii_case(NEAR) && rest.chars().next().is_none_or(|c| c.is_ascii_digit())
}

/// A word. One that would be read as a sign if it stood alone is a phrase of the same words, so that it can be printed.
fn word_or_phrase(word: String) -> NodeKind {
    if is_near_sign(&word) { NodeKind::Phrase(Scope::Anywhere, word) } else { NodeKind::Word(Scope::Anywhere, word) }
}

/// A word without the punctuation around it; `None` when it was only that.
fn trimmed(chars: &[char]) -> Option<String> {
    let first = chars.iter().position(|c| c.is_alphanumeric())?;
    let is_end = |c: &char| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(*c);
    let last = chars.iter().rposition(is_end)?;
    let word: String = chars[first..=last].iter().collect();
    // Written with punctuation it was a word, and must stay one when printed without.
    Some(if matches!(word.as_str(), "OR" | "AND") { word.to_lowercase() } else { word })
}

/// The characters that close a quotation opened by this one.
fn closes(open: char) -> Option<&'static [char]> {
    Some(match open {
        '"' => &['"'],
        '\u{201c}' => &['\u{201d}'],
        '\u{201e}' => &['\u{201c}', '\u{201d}'],
        '«' => &['»'],
        '「' => &['」'],
        '『' => &['』'],
        _ => return None,
    })
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '«' | '»' | '「' | '」' | '『' | '』')
}

/// Whether an unknown name before a colon was meant as a field: `tilte:x`, not `10:30`, `http://`
/// or `Fed: rates`.
fn looks_like_field(name: &str, value: &[char]) -> bool {
    name.len() >= 2 && name.bytes().all(|byte| byte.is_ascii_lowercase()) && value.first().is_some_and(|&c| c.is_alphanumeric())
}

/// The field someone probably meant.
fn intended(name: &str) -> Option<&'static str> {
    match name {
        "intitle" | "headline" | "head" => return Some("title"),
        "author" | "byline" | "from" => return Some("by"),
        "subject" | "tag" | "category" | "label" => return Some("topic"),
        "language" => return Some("lang"),
        "location" | "city" | "country" | "where" => return Some("place"),
        "date" | "day" | "pubdate" => return Some("on"),
        "since" => return Some("after"),
        "until" => return Some("before"),
        "priority" => return Some("urgency"),
        "correction" | "corrections" => return Some("corrected"),
        "site" => return Some("source"),
        _ => {}
    }
    FIELDS.split(", ").find(|field| is_one_slip_away(name, field))
}

/// Whether two words have the same letters, or differ by one.
fn is_one_slip_away(typed: &str, meant: &str) -> bool {
    let sorted = |word: &str| {
        let mut bytes = word.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    if meant.len() < 4 {
        return false;
    }
    let (a, b) = (sorted(typed), sorted(meant));
    if a == b {
        return true;
    }
    let without = |word: &[u8], left_out: usize| {
        let mut rest = word.to_vec();
        rest.remove(left_out);
        rest
    };
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Less => (0..b.len()).any(|at| without(&b, at) == a),
        std::cmp::Ordering::Greater => (0..a.len()).any(|at| without(&a, at) == b),
        std::cmp::Ordering::Equal => (0..a.len()).any(|at| (0..b.len()).any(|bt| without(&a, at) == without(&b, bt))),
    }
}

/// The first and last day of `2017`, `2017-03` or `2017-03-20`.
fn period(text: &str) -> Option<(Date, Date)> {
    let number = |text: &str, digits: usize| {
        let proper = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        proper.then(|| text.parse::<i16>().ok()).flatten()
    };
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4)?;
    let month = match parts.next() {
        Some(month) => Some(i8::try_from(number(month, 2)?).ok()?),
        None => None,
    };
    let day = match parts.next() {
        Some(day) => Some(i8::try_from(number(day, 2)?).ok()?),
        None => None,
    };
    if parts.next().is_some() {
        return None;
    }
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let last = match (month, day) {
        (_, Some(_)) => first,
        (Some(_), None) => first.last_of_month(),
        (None, None) => Date::new(year, 12, 31).ok()?,
    };
    Some((first, last))
}
