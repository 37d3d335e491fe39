//! Our engine without a page: an example program of `courant-search`, as this one may not know the crate.

use std::time::Duration;

use anyhow::Context;

use super::Times;
use super::queries::Queries;
use crate::bench::corpora::Corpus;
use crate::bench::process::read_within;
use crate::run;

/// All queries, four times.
const TIMEOUT: Duration = Duration::from_mins(10);

/// What the engine took.
#[derive(Default)]
pub(super) struct Answers {
    /// For the ten best or newest.
    pub(super) ten: Times,
    /// For what our page shows.
    pub(super) as_page: Times,
}

pub(super) fn build() -> anyhow::Result<()> {
    run::run(run::cargo().args(["build", "--quiet", "--release", "-p", "courant-search", "--example", "ask"]))
}

pub(super) fn ask(corpus: &Corpus, queries: &Queries) -> anyhow::Result<Answers> {
    build()?;
    let mut command = run::command(run::root().join("target/release/examples/ask"));
    command.arg(corpus.data.join("index")).arg(&queries.file).arg(queries.warm.len().to_string());
    let said = read_within(&mut command, TIMEOUT)?;
    let mut answers = Answers::default();
    for line in said.lines() {
        let [order, what, took] = line.split(' ').collect::<Vec<_>>()[..] else { anyhow::bail!("the example said {line:?}") };
        let times = if what == "ten" { &mut answers.ten } else { &mut answers.as_page };
        let times = if order == "relevance" { &mut times.relevance } else { &mut times.newest };
        times.push(took.parse().with_context(|| format!("the example said {line:?}"))?);
    }
    Ok(answers)
}
