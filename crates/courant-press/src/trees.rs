//! A judgment as a sum of small decision trees, or of weighed figures: parameters of ours, read from a text file.

use std::fmt::{self, Write as _};

/// Trees of one file.
const TREES_MAX: usize = 2_000;
/// Nodes of one tree.
const NODES_MAX: usize = 255;

/// Trees whose leaves add up to log-odds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trees {
    /// Log-odds before any question is asked.
    pub(crate) bias: f32,
    /// Figures that count by their size, and how much.
    pub(crate) weights: Vec<(usize, f32)>,
    pub(crate) all: Vec<Vec<Node>>,
    /// From this probability on the answer is yes.
    pub accept: f32,
}

/// A question, or what follows from the answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Node {
    /// Below `at` go on with node `below`, else with node `above`.
    Split { feature: usize, at: f32, below: usize, above: usize },
    /// Log-odds to add.
    Leaf(f32),
}

/// A file of trees that cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the trees says {text:?}; make the file anew with `cargo xtask train`")]
pub struct TreesError {
    /// From 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
}

impl Trees {
    /// The probability of yes, 0 to 1.
    pub fn probability(&self, features: &[f32]) -> f32 {
        1.0 / (1.0 + (-self.log_odds(features)).exp())
    }

    pub(crate) fn log_odds(&self, features: &[f32]) -> f32 {
        let weighed = self.weights.iter().map(|(feature, weight)| weight * features.get(*feature).copied().unwrap_or_default());
        self.bias + weighed.sum::<f32>() + self.all.iter().map(|nodes| leaf(nodes, features)).sum::<f32>()
    }

    /// Reads what [`fmt::Display`] writes.
    ///
    /// # Errors
    /// The first line that does not fit.
    pub fn parse(text: &str) -> Result<Self, TreesError> {
        let mut trees = Self::default();
        for (idx, line) in text.lines().enumerate() {
            let words: Vec<&str> = line.split_ascii_whitespace().collect();
            trees.take(&words).ok_or_else(|| TreesError { line: idx + 1, text: line.to_owned() })?;
        }
        match trees.all.iter().position(|nodes| !is_sound(nodes)) {
            None => Ok(trees),
            Some(idx) => Err(TreesError { line: 0, text: format!("tree {idx} leads nowhere") }),
        }
    }

    fn take(&mut self, words: &[&str]) -> Option<()> {
        match words {
            [] | ["#", ..] => {}
            ["bias", bias] => self.bias = bias.parse().ok()?,
            ["accept", accept] => self.accept = accept.parse().ok()?,
            ["weight", feature, weight] if self.weights.len() < NODES_MAX => {
                self.weights.push((feature.parse().ok()?, weight.parse().ok()?));
            }
            ["tree"] if self.all.len() < TREES_MAX => self.all.push(Vec::new()),
            ["leaf", value] => self.push(Node::Leaf(value.parse().ok()?))?,
            ["split", feature, at, below, above] => self.push(Node::Split {
                feature: feature.parse().ok()?,
                at: at.parse().ok()?,
                below: below.parse().ok()?,
                above: above.parse().ok()?,
            })?,
            _ => return None,
        }
        Some(())
    }

    fn push(&mut self, node: Node) -> Option<()> {
        let tree = self.all.last_mut().filter(|tree| tree.len() < NODES_MAX)?;
        tree.push(node);
        Some(())
    }
}

/// What a tree adds.
pub(crate) fn leaf(nodes: &[Node], features: &[f32]) -> f32 {
    let mut at_node = 0;
    loop {
        match nodes[at_node] {
            Node::Leaf(value) => return value,
            Node::Split { feature, at, below, above } => {
                at_node = if features.get(feature).is_some_and(|value| *value < at) { below } else { above };
            }
        }
    }
}

/// Every branch leads forward, so that a walk ends.
fn is_sound(nodes: &[Node]) -> bool {
    !nodes.is_empty()
        && nodes.iter().enumerate().all(|(idx, node)| match node {
            Node::Leaf(_) => true,
            Node::Split { below, above, .. } => [below, above].iter().all(|next| idx < **next && **next < nodes.len()),
        })
}

impl fmt::Display for Trees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!("bias {}\naccept {}\n", self.bias, self.accept);
        for (feature, weight) in &self.weights {
            writeln!(text, "weight {feature} {weight}")?;
        }
        for nodes in &self.all {
            text.push_str("tree\n");
            for node in nodes {
                match node {
                    Node::Leaf(value) => writeln!(text, "leaf {value}")?,
                    Node::Split { feature, at, below, above } => writeln!(text, "split {feature} {at} {below} {above}")?,
                }
            }
        }
        f.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "bias -0.5\naccept 0.6\ntree\nsplit 1 0.25 1 2\nleaf -1.5\nleaf 2\n";

    #[test]
    fn trees_are_read_as_they_are_written() {
        let trees = Trees::parse(TEXT).unwrap();
        assert_eq!(trees.to_string(), TEXT);
        assert!(trees.probability(&[0.0, 0.1]) < 0.2 && 0.8 < trees.probability(&[0.0, 0.9]));
    }

    #[test]
    fn figures_that_are_weighed_are_read_as_they_are_written() {
        let text = "bias -1\naccept 0.5\nweight 1 4\n";
        let trees = Trees::parse(text).unwrap();
        assert_eq!(trees.to_string(), text);
        assert!(trees.probability(&[9.0, 0.0]) < 0.3 && 0.7 < trees.probability(&[0.0, 0.6]));
        assert!(trees.probability(&[]) < 0.3, "a figure that is missing is 0");
    }

    #[test]
    fn a_damaged_file_is_refused_with_its_line() {
        let error = Trees::parse("bias 0\nlaef 1\n").unwrap_err();
        assert_eq!((error.line, error.text.as_str()), (2, "laef 1"));
        for endless in ["tree\nsplit 0 0 0 0\n", "tree\n", "tree\nsplit 0 0 7 8\n"] {
            assert!(Trees::parse(endless).is_err(), "{endless}");
        }
    }
}
