//! What is done to this repository, rather than by the product: tests, corpora, measurements.

mod corpus;

use clap::{Parser, Subcommand};

/// Tasks of the repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Make a corpus to import and measure with.
    #[command(subcommand)]
    Corpus(corpus::Command),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().task {
        Task::Corpus(command) => corpus::run(&command),
    }
}
