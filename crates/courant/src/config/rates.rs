//! `[rates]` of the configuration: whose exchange rates the server fetches, and how.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, ensure};
use courant_rates::Source;
use courant_rates::fetching::{Address, standard_address};
use serde::Deserialize;

/// How long a source may take to answer whole, in seconds.
const TIMEOUT_SECS_DEFAULT: u64 = 30;
const TIMEOUT_SECS_MAX: u64 = 300;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Typed {
    /// The sources the server asks, by name.
    fetch: Option<Vec<String>>,
    /// Other addresses than those of the banks, by name of the source.
    addresses: Option<BTreeMap<String, String>>,
    /// Whether a source may lie at an address of a private network or of this machine.
    private_addresses: Option<bool>,
    /// How long a source may take.
    timeout_secs: Option<u64>,
}

/// What it means.
#[derive(Clone, Debug)]
pub(crate) struct Fetching {
    /// The sources the server asks by itself, in the order given; none by default.
    pub(crate) sources: Vec<Source>,
    addresses: BTreeMap<Source, Address>,
    /// Whether addresses of private networks and of this machine may be asked.
    pub(crate) private_addresses: bool,
    /// How long a source may take to answer whole.
    pub(crate) timeout: Duration,
}

impl Fetching {
    pub(super) fn of(typed: Typed) -> anyhow::Result<Self> {
        let mut sources = Vec::new();
        for name in typed.fetch.unwrap_or_default() {
            let source = source_named(&name).context("rates.fetch")?;
            ensure!(!sources.contains(&source), "rates.fetch names “{name}” twice; name it once");
            sources.push(source);
        }
        let mut addresses = BTreeMap::new();
        for (name, address) in typed.addresses.unwrap_or_default() {
            let source = source_named(&name).context("rates.addresses")?;
            addresses.insert(source, Address::parse(&address).with_context(|| format!("rates.addresses.{name}"))?);
        }
        let timeout_secs = typed.timeout_secs.unwrap_or(TIMEOUT_SECS_DEFAULT);
        ensure!(
            (1..=TIMEOUT_SECS_MAX).contains(&timeout_secs),
            "rates.timeout_secs “{timeout_secs}” is outside 1 to {TIMEOUT_SECS_MAX}; {TIMEOUT_SECS_DEFAULT} is usual"
        );
        let fetching = Self {
            sources,
            addresses,
            private_addresses: typed.private_addresses.unwrap_or(false),
            timeout: Duration::from_secs(timeout_secs),
        };
        for source in &fetching.sources {
            fetching.address(*source).context("rates.fetch")?;
        }
        Ok(fetching)
    }

    /// Where a source is asked: as configured, or where the bank itself publishes.
    pub(crate) fn address(&self, source: Source) -> anyhow::Result<Address> {
        let configured = self.addresses.get(&source).cloned();
        configured.or_else(|| standard_address(source)).with_context(|| {
            let slug = source.facts().slug;
            format!("source “{slug}” answers no plain request; bring its documents in with `courant rates import`, or name an address under [rates.addresses]")
        })
    }
}

/// The source of that name, or a sentence with all names.
pub(crate) fn source_named(name: &str) -> anyhow::Result<Source> {
    Source::parse(name).with_context(|| {
        let known: Vec<&str> = Source::ALL.iter().map(|source| source.facts().slug).collect();
        format!("source “{name}” is not known; use one of {}", known.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fetching(text: &str) -> anyhow::Result<Fetching> {
        Fetching::of(toml::from_str(text)?)
    }

    #[test]
    fn nothing_is_fetched_unless_it_is_asked_for() {
        let fetching = fetching("").unwrap();
        assert_eq!((fetching.sources.len(), fetching.private_addresses, fetching.timeout.as_secs()), (0, false, 30));
    }

    #[test]
    fn a_configured_address_goes_before_that_of_the_bank() {
        let fetching = fetching("fetch = [\"ecb\", \"cba\"]\n[addresses]\ncba = \"https://mirror.example/cba.xml\"").unwrap();
        let today = jiff::civil::date(2026, 4, 13);
        assert_eq!(fetching.address(Source::Cba).unwrap().of_day(today), "https://mirror.example/cba.xml");
        assert!(fetching.address(Source::Ecb).unwrap().of_day(today).starts_with("https://www.ecb.europa.eu/"));
    }

    #[test]
    fn what_is_wrong_is_named_with_the_remedy() {
        for (text, named) in [
            ("fetch = [\"fed\"]", "use one of ecb, cbr"),
            ("fetch = [\"ecb\", \"ecb\"]", "twice"),
            ("fetch = [\"cba\"]", "courant rates import"),
            ("timeout_secs = 0", "outside 1 to 300"),
            ("[addresses]\necb = \"ftp://x\"", "not http"),
            ("[addresses]\nfed = \"https://x\"", "not known"),
            ("fetched = []", "fetched"),
        ] {
            let refused = format!("{:#}", fetching(text).unwrap_err());
            assert!(refused.contains(named), "{refused}");
        }
    }
}
