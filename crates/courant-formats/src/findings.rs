//! What reading found wrong, gathered instead of stopping at the first.

use std::cell::RefCell;
use std::fmt::Display;

use courant_news::FieldError;

use crate::html::is_unprintable;
use crate::refused::{Problem, Repair};

/// How many problems and repairs one document reports.
const REPORTED_MAX: usize = 50;

/// What reading found wrong so far. Fields are named when there is something to say, so naming one costs nothing until then.
#[derive(Default)]
pub(crate) struct Findings {
    problems: RefCell<Vec<Problem>>,
    repairs: RefCell<Vec<Repair>>,
}

impl Findings {
    /// The document cannot be a story, for this reason.
    pub(crate) fn refuse(&self, problem: Problem) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < REPORTED_MAX && !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// Something was mended or left out.
    pub(crate) fn repair(&self, repair: Repair) {
        let mut repairs = self.repairs.borrow_mut();
        if repairs.len() < REPORTED_MAX && !repairs.contains(&repair) {
            repairs.push(repair);
        }
    }

    /// As [`Findings::repair`], of `value` in `field`.
    pub(crate) fn mended(&self, field: &dyn Display, value: &str, done: impl Into<String>) {
        self.repair(Repair::new(field.to_string(), value, done));
    }

    pub(crate) fn into_parts(self) -> (Vec<Problem>, Vec<Repair>) {
        (self.problems.into_inner(), self.repairs.into_inner())
    }

    /// What `parsed` holds; an error is reported as something left out.
    pub(crate) fn keep<T>(&self, field: &dyn Display, parsed: Result<T, FieldError>) -> Option<T> {
        parsed.map_err(|error| self.mended(field, &error.value, format!("{}; left out", error.problem))).ok()
    }

    /// A line, shortened or cleaned to what its type takes.
    pub(crate) fn fitted<T>(
        &self,
        field: &dyn Display,
        text: &str,
        parse: fn(&str) -> Result<T, FieldError>,
        chars_max: usize,
    ) -> Option<T> {
        // No feed may hold what cannot be printed, though a type may take it.
        if !text.contains(is_unprintable)
            && let Ok(parsed) = parse(text)
        {
            return Some(parsed);
        }
        let printable: String = text.chars().map(|letter| if is_unprintable(letter) { ' ' } else { letter }).collect();
        let shorter = cut(printable.trim(), chars_max);
        match parse(&shorter) {
            Ok(parsed) => {
                let done = if printable.trim() == shorter {
                    "held control characters; removed".to_owned()
                } else {
                    format!("is longer than {chars_max} characters; shortened")
                };
                self.mended(field, text, done);
                Some(parsed)
            }
            Err(error) => {
                self.mended(field, text, format!("{}; left out", error.problem));
                None
            }
        }
    }
}

/// A text cut between words to what its field takes.
pub(crate) fn cut(text: &str, chars_max: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(chars_max) else { return text.to_owned() };
    let (room, _) = text.char_indices().nth(chars_max - 1).unwrap_or((end, ' '));
    let kept = &text[..room];
    let kept = kept.rfind(char::is_whitespace).filter(|at| room / 2 < *at).map_or(kept, |at| &kept[..at]);
    format!("{}…", kept.trim_end())
}
