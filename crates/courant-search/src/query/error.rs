//! What is wrong with a query, where, and what to do about it.

use super::Span;

/// A query that cannot be understood.
///
/// The four parts are for a page that marks the place; [`Display`](std::fmt::Display) is the
/// whole as one sentence for a shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// Where it is, in characters of what was typed.
    pub span: Span,
    /// Which rule was broken, stable for programs and message catalogues.
    pub problem: QueryProblem,
    /// What stands there, at most 60 characters of it.
    pub found: String,
    /// What should stand there.
    pub expected: String,
    /// What to do.
    pub remedy: String,
}

/// The rules a query can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum QueryProblem {
    /// Nothing to search for.
    Empty,
    /// More characters than a query may have.
    TooLong,
    /// More clauses than a query may have.
    TooManyClauses,
    /// Parentheses too deep.
    TooDeep,
    /// A quotation that is not closed.
    OpenQuote,
    /// A quotation without a word in it.
    EmptyQuote,
    /// A parenthesis without its partner.
    UnmatchedParenthesis,
    /// Parentheses around nothing.
    EmptyParentheses,
    /// `OR`, `AND` or `-` without what it applies to.
    MissingOperand,
    /// A field without a value.
    MissingValue,
    /// A field that does not exist.
    UnknownField,
    /// A date that is none.
    BadDate,
    /// An urgency that is none.
    BadUrgency,
    /// A distance that `near` cannot have.
    BadDistance,
    /// Something beside `near` that is neither a word nor a phrase, or a headline beside a text.
    BadNeighbour,
    /// Neither yes nor no.
    BadYesNo,
}

impl std::fmt::Display for QueryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "character {}: ", self.span.start + 1)?;
        if self.found.is_empty() {
            write!(f, "{} is missing", self.expected)?;
        } else {
            write!(f, "\u{201c}{}\u{201d} stands where {} is expected", self.found, self.expected)?;
        }
        write!(f, "; {}", self.remedy)
    }
}

impl std::error::Error for QueryError {}
