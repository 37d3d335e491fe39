//! What is done to this repository, rather than by the product: tests, corpora, measurements.

mod bench;
mod corpus;
mod directions;
mod fuzz;
mod licences;
mod outlines;
mod press;
mod rates;
mod run;
mod test;
mod tidy;

use std::process::ExitCode;

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
    /// Install what tests need and run everything that must hold, stopping at the first failure.
    Test(test::Options),
    /// Take pictures of every kind of page of the demonstration, in every language, on a phone and on a desk, into the target folder.
    Shots,
    /// Measure the product, beside nginx, SQLite and PostgreSQL where they can be had, and print tables.
    Bench(bench::Options),
    /// Feed the readers what no test thought of, and stop at what they cannot take.
    Fuzz(fuzz::Options),
    /// Make a corpus to import and measure with.
    #[command(subcommand)]
    Corpus(corpus::Command),
    /// Make the outlines that locator maps are drawn from, out of the unpacked npm package world-atlas.
    Outlines(outlines::Options),
    /// Pack the history of exchange rates that the product carries anew.
    RatesHistory(rates::Options),
    /// Serve event streams and do nothing else, for `bench streams`.
    #[command(hide = true)]
    Floor(bench::floor::Options),
    /// Grow the parameters that ship with `courant-press` from the labelled sets beside the repository.
    Train(press::train::Options),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().task {
        Task::Test(options) => test::run(&options),
        Task::Shots => test::shots(),
        Task::Bench(options) => bench::run(&options),
        Task::Fuzz(options) => fuzz::run(&options),
        Task::Corpus(command) => corpus::run(&command),
        Task::Outlines(options) => outlines::run(&options),
        Task::RatesHistory(options) => rates::pack_history(&options),
        Task::Floor(options) => bench::floor::run(&options),
        Task::Train(options) => press::train::run(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
