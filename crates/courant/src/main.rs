//! Courant: a news agency's whole service in one binary.
//!
//! This crate wires the others: it reads the command line and the configuration, opens the data directory, starts the
//! pumps and the server. It alone asks what time it is.

mod check;
mod cli;
mod clock;
mod config;
mod data_dir;
mod demo;
mod dossier;
mod fetch;
mod front;
mod import;
mod partner;
mod photo;
mod press;
mod projections;
mod pumps;
mod push;
mod rates;
mod search;
mod secret;
mod serve;
mod wire;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 0 done, 1 refused or failed with a sentence on stderr, 2 bad usage (clap's own).
fn main() -> ExitCode {
    let cli = Cli::parse();
    start_logging();
    match run(cli) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("courant: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Demo(options) => demo::run(&options),
        Command::Serve(options) => serve::run(&options),
        Command::Import(options) => import::run(&options),
        Command::Wire(command) => wire::run(command),
        Command::Front(command) => front::run(&command),
        Command::Dossier(command) => dossier::run(&command),
        Command::Search(options) => search::run(&options),
        Command::Photo(command) => photo::run(command),
        Command::Rates(command) => rates::run(&command),
        Command::Press(command) => press::run(&command),
        Command::Partner(command) => partner::run(&command),
        Command::Rebuild(options) => projections::rebuild(&options),
        Command::Verify(options) => projections::verify(&options),
        Command::Config(command) => config::run(&command),
        Command::Check(options) => check::run(&options),
    }
}

/// Logs go to stderr, so that stdout is only what a command answers. `COURANT_LOG` chooses: `debug`, `courant_web=debug`.
fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("COURANT_LOG").unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
}

/// Whoever read our output has seen enough: `courant wire tail | head`.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>()).any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
