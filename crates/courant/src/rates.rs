//! `courant rates`: exchange rates from a shell.

mod fetch;
mod import;
mod show;
mod take;

use std::process::ExitCode;

use crate::cli::RatesCommand;

pub(crate) use fetch::{Fetcher, metrics};

pub(crate) fn run(command: &RatesCommand) -> anyhow::Result<ExitCode> {
    match command {
        RatesCommand::Import(options) => import::run(options),
        RatesCommand::Fetch(options) => fetch::run(options),
        RatesCommand::Show(options) if options.health => fetch::show_health(options),
        RatesCommand::Show(options) => show::run(options),
    }
}
