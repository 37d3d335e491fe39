//! `courant rates`: exchange rates from a shell.

mod import;
mod show;

use std::process::ExitCode;

use crate::cli::RatesCommand;

pub(crate) fn run(command: &RatesCommand) -> anyhow::Result<ExitCode> {
    match command {
        RatesCommand::Import(options) => import::run(options),
        RatesCommand::Show(options) => show::run(options),
    }
}
