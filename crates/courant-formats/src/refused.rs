//! The sentences about bad input.

use std::fmt;

/// How much of an offending value a sentence repeats, in characters.
const SHOWN_CHARS_MAX: usize = 60;

/// Why a document is not a story. It names every problem that was found, not only the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The story's uri, if that could be read, so that a report can name it.
    pub guid: Option<Box<str>>,
    /// What is wrong; at least one.
    pub problems: Vec<Problem>,
}

/// One thing that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: `headlines[0].value`, or `the document`.
    pub field: Box<str>,
    /// What stands there, shortened; empty when nothing does.
    pub value: Box<str>,
    /// What is wrong with it.
    pub reason: Box<str>,
    /// What to do.
    pub remedy: Box<str>,
}

/// Something that was mended or left out while reading, so that the rest could be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Where.
    pub field: Box<str>,
    /// What stands there, shortened; empty when nothing does.
    pub value: Box<str>,
    /// What is wrong and what was done instead.
    pub done: Box<str>,
}

impl Problem {
    /// A problem with `value` in `field`.
    pub(crate) fn new(field: impl Into<String>, value: &str, reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { field: boxed(field), value: shortened(value), reason: boxed(reason), remedy: boxed(remedy) }
    }
}

impl Repair {
    pub(crate) fn new(field: impl Into<String>, value: &str, done: impl Into<String>) -> Self {
        Self { field: boxed(field), value: shortened(value), done: boxed(done) }
    }
}

impl Refused {
    /// A document refused for one reason.
    pub(crate) fn of(problem: Problem) -> Self {
        Self { guid: None, problems: vec![problem] }
    }
}

fn boxed(text: impl Into<String>) -> Box<str> {
    text.into().into_boxed_str()
}

/// The beginning of a value, safe to print on one line.
pub(crate) fn shortened(value: &str) -> Box<str> {
    let mut shown = String::new();
    for (letter_idx, letter) in value.chars().enumerate() {
        if letter_idx == SHOWN_CHARS_MAX {
            shown.push('…');
            break;
        }
        shown.push(if letter.is_control() { ' ' } else { letter });
    }
    shown.into()
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.field)?;
        if !self.value.is_empty() {
            write!(f, " “{}”", self.value)?;
        }
        write!(f, " {}; {}", self.reason, self.remedy)
    }
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.field)?;
        if !self.value.is_empty() {
            write!(f, " “{}”", self.value)?;
        }
        write!(f, " {}", self.done)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (problem_idx, problem) in self.problems.iter().enumerate() {
            if problem_idx != 0 {
                f.write_str("; ")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}
