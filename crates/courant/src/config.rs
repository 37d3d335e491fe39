//! The configuration file: TOML, every key optional, an unknown one refused.

mod rates;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use courant_web::site::Agency;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::cli::ConfigCommand;

pub(crate) use rates::{Fetching, source_named};

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    /// The agency's name as readers know it.
    name: Option<String>,
    /// Scheme and host of the site: `https://news.example`.
    origin: Option<String>,
    /// The IANA zone all times are printed in.
    zone: Option<String>,
    /// The sections in their order, by slug.
    sections: Option<Vec<String>>,
    /// Whose exchange rates are fetched.
    rates: Option<rates::Typed>,
}

/// What it means. `origin` is the site's own address when the file names none.
pub(crate) fn agency(file: Option<&Path>, origin: &str) -> anyhow::Result<Agency> {
    let typed = match file {
        Some(file) => read(file)?,
        None => Typed::default(),
    };
    let origin = match typed.origin {
        Some(given) => checked_origin(&given)?,
        None => origin.to_owned(),
    };
    let zone = match typed.zone {
        Some(name) => TimeZone::get(&name)
            .with_context(|| format!("zone “{name}” is not in the IANA time zone database; use a name such as Europe/Berlin"))?,
        None => TimeZone::UTC,
    };
    let mut sections = Vec::new();
    for given in typed.sections.unwrap_or_default() {
        let section = courant_news::SectionSlug::parse(&given)?;
        anyhow::ensure!(section.as_str() == given, "section “{given}” is not a slug; write it as “{section}”");
        sections.push(section.as_str().into());
    }
    Ok(Agency { name: typed.name.unwrap_or_else(|| "Courant".to_owned()).into(), origin: origin.into(), zone, sections })
}

/// Whose exchange rates are fetched, and how; nobody's when the file does not say.
pub(crate) fn fetching(file: Option<&Path>) -> anyhow::Result<Fetching> {
    let typed = match file {
        Some(file) => read(file)?.rates.unwrap_or_default(),
        None => rates::Typed::default(),
    };
    Fetching::of(typed)
}

fn read(file: &Path) -> anyhow::Result<Typed> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read the configuration {}", file.display()))?;
    toml::from_str(&text).with_context(|| format!("the configuration {} cannot be understood", file.display()))
}

fn checked_origin(given: &str) -> anyhow::Result<String> {
    let origin = given.trim_end_matches('/');
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    let is_bare = host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', ' ']));
    anyhow::ensure!(is_bare, "origin “{given}” is not a scheme and a host; write it like https://news.example");
    Ok(origin.to_owned())
}

/// `courant config check`.
pub(crate) fn run(command: &ConfigCommand) -> anyhow::Result<ExitCode> {
    let ConfigCommand::Check { file } = command;
    let agency = agency(Some(file), "(the address it listens on)")?;
    let sections: Vec<&str> = agency.sections.iter().map(AsRef::as_ref).collect();
    println!("name      {}", agency.name);
    println!("origin    {}", agency.origin);
    println!("zone      {}", agency.zone.iana_name().unwrap_or("UTC"));
    let fetching = fetching(Some(file))?;
    let sources: Vec<&str> = fetching.sources.iter().map(|source| source.facts().slug).collect();
    println!("rates     {}", if sources.is_empty() { "not fetched".to_owned() } else { sources.join(", ") });
    println!("sections  {}", if sections.is_empty() { "those with most stories".to_owned() } else { sections.join(", ") });
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agency_of(text: &str) -> anyhow::Result<Agency> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("courant.toml");
        std::fs::write(&file, text).unwrap();
        agency(Some(&file), "http://127.0.0.1:8080")
    }

    #[test]
    fn every_key_may_be_left_out() {
        let agency = agency_of("").unwrap();
        assert_eq!((agency.name.as_ref(), agency.origin.as_ref()), ("Courant", "http://127.0.0.1:8080"));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, named) in [
            ("colour = \"red\"", "colour"),
            ("zone = \"Sea/Atlantis\"", "Sea/Atlantis"),
            ("origin = \"news.example\"", "news.example"),
            ("sections = [\"World News\"]", "world-news"),
            ("name = ", "courant.toml"),
        ] {
            let refused = format!("{:#}", agency_of(text).unwrap_err());
            assert!(refused.contains(named), "{refused}");
        }
    }
}
