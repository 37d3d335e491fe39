//! Who decides whether two belong together.

use std::sync::LazyLock;

use crate::Report;
use crate::likeness::Likeness;
use crate::trees::Trees;

/// What is asked about two groups of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// Does a report that just arrived belong to a cluster?
    Join,
    /// Do two clusters tell one story?
    Merge,
    /// Do the two halves of a cluster?
    Part,
}

/// One question with all that is known.
#[derive(Debug)]
pub struct Asked<'a> {
    /// What is asked.
    pub question: Question,
    /// What was measured.
    pub likeness: &'a Likeness,
    /// Arrival numbers, from 0, of the reports on one side.
    pub one: &'a [u64],
    /// And on the other.
    pub other: &'a [u64],
}

/// Decides. Training puts a judge here that knows the right answers and takes notes.
pub trait Judge {
    /// Above 0: they belong together, the more the surer.
    fn margin(&mut self, asked: &Asked<'_>) -> f32;
}

static JOIN: LazyLock<Trees> = LazyLock::new(|| shipped(include_str!("../data/join.trees")));
static MERGE: LazyLock<Trees> = LazyLock::new(|| shipped(include_str!("../data/merge.trees")));
static HEADLINE: LazyLock<Trees> = LazyLock::new(|| shipped(include_str!("../data/headline.trees")));
static WHOLE: LazyLock<Trees> = LazyLock::new(|| shipped(include_str!("../data/whole.trees")));

fn shipped(text: &str) -> Trees {
    Trees::parse(text).expect("a test reads every file of trees that ships")
}

/// The trees that ship for two single reports: whether they tell the same story. Two whole reports are judged otherwise than a
/// headline and copy without one.
pub fn pair_trees(one: &Report, other: &Report) -> &'static Trees {
    if one.is_whole() && other.is_whole() { &WHOLE } else { &HEADLINE }
}

/// Decides by the trees that ship.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shipped;

impl Judge for Shipped {
    fn margin(&mut self, asked: &Asked<'_>) -> f32 {
        margin(asked, &JOIN, &MERGE)
    }
}

/// A cluster is parted only when its halves are clearly two: the evidence that brought them together was better once.
const PART_SLACK: f32 = 0.3;

/// What trees say to a question.
pub fn margin(asked: &Asked<'_>, join: &Trees, merge: &Trees) -> f32 {
    match asked.question {
        Question::Join => join.probability(asked.likeness) - join.accept,
        Question::Merge => merge.probability(asked.likeness) - merge.accept,
        Question::Part => merge.probability(asked.likeness) - merge.accept + PART_SLACK,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn every_file_of_trees_is_read() {
        for trees in [&*JOIN, &*MERGE, &*HEADLINE, &*WHOLE] {
            assert!(10 < trees.all.len() || 1 < trees.weights.len());
            assert!(0.0 < trees.accept && trees.accept < 1.0);
        }
    }
}
