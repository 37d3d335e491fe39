//! `cargo xtask test`: everything that must hold, in order, stopping at the first thing that does not.

mod browser;
mod clients;
mod demo;
mod tools;

use std::time::{Duration, Instant};

use anyhow::bail;
use clap::Args;

use crate::{directions, fuzz, licences, run, tidy};

/// How much to test.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Leave out what needs a browser, Java or Node: for use while writing.
    #[arg(long, conflicts_with = "long")]
    quick: bool,
    /// Run one step alone, by its name, e.g. "house rules".
    #[arg(long, value_name = "STEP", conflicts_with = "quick")]
    only: Option<String>,
    /// Also run the tests marked `#[ignore]`, which take minutes, and fuzz every reader for half a minute.
    #[arg(long)]
    long: bool,
}

/// One thing that must hold.
struct Step {
    name: &'static str,
    run: fn(&Options) -> anyhow::Result<()>,
    /// Said when it does not hold.
    remedy: &'static str,
    is_quick: bool,
}

const STEPS: &[Step] = &[
    Step { name: "tools", run: |_| tools::ensure(), remedy: "install what is named above and run this again", is_quick: false },
    Step { name: "format", run: |_| format(), remedy: "run: cargo fmt --all", is_quick: true },
    Step {
        name: "directions",
        run: |_| directions::check(),
        remedy: "each line above says which manifest to change, and how",
        is_quick: true,
    },
    Step { name: "house rules", run: |_| tidy::check(), remedy: "each line above says what to write instead", is_quick: true },
    Step { name: "licences", run: |_| licences::check(), remedy: "replace the dependencies named above", is_quick: true },
    Step {
        name: "clippy",
        run: |_| clippy(),
        remedy: "mend what is named above; run: cargo clippy --workspace --all-targets",
        is_quick: true,
    },
    Step { name: "tests", run: tests, remedy: "run the failed test alone: cargo test -p CRATE NAME", is_quick: true },
    Step {
        name: "documentation",
        run: |_| documentation(),
        remedy: "mend the doc comments named above; run: cargo doc --workspace --no-deps",
        is_quick: false,
    },
    Step {
        name: "browser packages",
        run: |_| browser::install(),
        remedy: "run npm ci in tests/browser and read what it says",
        is_quick: false,
    },
    Step {
        name: "the site in a browser",
        run: |_| browser::test(),
        remedy: "start `cargo run -- demo`, set COURANT_SITE to its address, then run: node --test FILE in tests/browser",
        is_quick: false,
    },
    Step {
        name: "clients of others",
        run: |_| clients::test(),
        remedy: "start `cargo run -- demo`, set COURANT_SITE to its address, then run a program of tests/clients with python3",
        is_quick: false,
    },
    Step {
        name: "fuzz",
        run: fuzzed,
        remedy: "run the target with the input below fuzz/artifacts as its argument; mend the reader and make the input a test",
        is_quick: false,
    },
];

/// Takes pictures of every kind of page.
///
/// # Errors
/// When a tool or a package cannot be had, or a page cannot be shown.
pub(crate) fn shots() -> anyhow::Result<()> {
    tools::ensure()?;
    browser::install()?;
    browser::shots()
}

/// Runs the steps and prints how long each took.
///
/// # Errors
/// When a step fails; those after it are not run.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let is_wanted = |step: &&Step| match &options.only {
        Some(only) => step.name == only,
        None => step.is_quick || !options.quick,
    };
    let steps: Vec<&Step> = STEPS.iter().filter(is_wanted).collect();
    if steps.is_empty() {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        bail!("no step is called {:?}; there are: {}", options.only.as_deref().unwrap_or_default(), names.join(", "));
    }
    let mut done: Vec<(&str, Duration)> = Vec::new();
    for (idx, step) in steps.iter().enumerate() {
        println!("\n==> {} of {}: {}", idx + 1, steps.len(), step.name);
        let started = Instant::now();
        let outcome = (step.run)(options);
        let took = started.elapsed();
        if let Err(error) = outcome {
            eprintln!("\n{error:#}\n");
            println!("==> {} failed after {:.1} s\n    what to do: {}", step.name, took.as_secs_f64(), step.remedy);
            print_summary(&done, Some(step.name), steps.len() - idx - 1);
            bail!("{} failed", step.name);
        }
        println!("==> {} holds, {:.1} s", step.name, took.as_secs_f64());
        done.push((step.name, took));
    }
    print_summary(&done, None, 0);
    Ok(())
}

fn print_summary(done: &[(&str, Duration)], failed: Option<&str>, n_left: usize) {
    println!("\n{:<24} {:>8}", "step", "seconds");
    for (name, took) in done {
        println!("{name:<24} {:>8.1}", took.as_secs_f64());
    }
    if let Some(name) = failed {
        println!("{name:<24} {:>8}", "failed");
    }
    let total: Duration = done.iter().map(|(_, took)| *took).sum();
    println!("{:<24} {:>8.1}\n", "together", total.as_secs_f64());
    println!("steps: {} passed, {} failed, {n_left} skipped", done.len(), usize::from(failed.is_some()));
}

fn format() -> anyhow::Result<()> {
    run::run(run::cargo().args(["fmt", "--all", "--check"]))
}

fn clippy() -> anyhow::Result<()> {
    run::run(run::cargo().args(["clippy", "--quiet", "--keep-going", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn tests(options: &Options) -> anyhow::Result<()> {
    let mut tests = run::cargo();
    // A snapshot that differs is a failure here, never a new file.
    tests.args(["test", "--workspace", "--no-fail-fast"]).env("INSTA_UPDATE", "no");
    if options.long {
        tests.args(["--", "--include-ignored"]);
    }
    run::run(&mut tests)
}

fn fuzzed(options: &Options) -> anyhow::Result<()> {
    if !options.long && options.only.is_none() {
        println!("    left out without --long");
        return Ok(());
    }
    fuzz::run(&fuzz::Options::all())
}

fn documentation() -> anyhow::Result<()> {
    run::run(run::cargo().args(["doc", "--quiet", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}
