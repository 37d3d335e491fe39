//! `[press]` of the configuration: how other media are fetched. Whom to fetch is on the wire: `courant press add`.

use std::time::Duration;

use anyhow::{Context, ensure};
use courant_press::fetching::Bounds;
use jiff::SignedDuration;
use serde::Deserialize;

use crate::fetch::Network;

/// How long a source may take to answer whole, in seconds.
const TIMEOUT_SECS_DEFAULT: u64 = 30;
const TIMEOUT_SECS_MAX: u64 = 300;
/// How often a source is asked at most and at least, in seconds.
const SHORTEST_SECS_DEFAULT: i64 = 120;
const LONGEST_SECS_DEFAULT: i64 = 4 * 3_600;
const INTERVAL_SECS_MAX: i64 = 24 * 3_600;
/// The pause between two asks of one host, in milliseconds.
const PAUSE_MS_DEFAULT: i64 = 2_000;
const PAUSE_MS_MAX: i64 = 600_000;
/// How many hosts are asked at once.
const AT_ONCE_DEFAULT: usize = 64;
const AT_ONCE_MAX: usize = 512;
/// The longest contact, in bytes.
const CONTACT_LEN_MAX: usize = 200;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Typed {
    /// Whether the server fetches and matches.
    fetch: Option<bool>,
    /// Where somebody who sees us in a log can ask: an address or a mail address, part of the user agent.
    contact: Option<String>,
    /// Private addresses that may be asked: `10.1.0.0/16`, `127.0.0.1`.
    private_addresses: Option<Vec<String>>,
    /// How long a source may take.
    timeout_secs: Option<u64>,
    /// Not more often than this.
    shortest_secs: Option<i64>,
    /// Not less often than this.
    longest_secs: Option<i64>,
    /// The pause between two asks of one host.
    pause_ms: Option<i64>,
    /// How many hosts are asked at once.
    at_once: Option<usize>,
}

/// What it means.
#[derive(Clone, Debug)]
pub(crate) struct Press {
    /// Whether the server fetches and matches.
    pub(crate) is_on: bool,
    /// Who we say we are.
    pub(crate) user_agent: String,
    /// Private addresses that may be asked.
    pub(crate) networks: Vec<Network>,
    /// How long a source may take to answer whole.
    pub(crate) timeout: Duration,
    /// How often a source is asked.
    pub(crate) bounds: Bounds,
    /// The pause between two asks of one host.
    pub(crate) pause: SignedDuration,
    /// How many hosts are asked at once.
    pub(crate) at_once: usize,
    /// The agency's name, by which copies of its stories are known.
    pub(crate) agency: String,
    /// Scheme and host of the site, if the configuration names it: hubs can reach us there, and links to it are ours.
    pub(crate) origin: Option<String>,
}

impl Press {
    pub(super) fn of(typed: Typed, agency: Option<&str>, origin: Option<&str>) -> anyhow::Result<Self> {
        let timeout_secs = typed.timeout_secs.unwrap_or(TIMEOUT_SECS_DEFAULT);
        within("press.timeout_secs", timeout_secs, 1, TIMEOUT_SECS_MAX, TIMEOUT_SECS_DEFAULT)?;
        let shortest = typed.shortest_secs.unwrap_or(SHORTEST_SECS_DEFAULT);
        let longest = typed.longest_secs.unwrap_or(LONGEST_SECS_DEFAULT.max(shortest));
        within("press.shortest_secs", shortest, 1, INTERVAL_SECS_MAX, SHORTEST_SECS_DEFAULT)?;
        within("press.longest_secs", longest, shortest, INTERVAL_SECS_MAX, LONGEST_SECS_DEFAULT)?;
        let pause_ms = typed.pause_ms.unwrap_or(PAUSE_MS_DEFAULT);
        within("press.pause_ms", pause_ms, 0, PAUSE_MS_MAX, PAUSE_MS_DEFAULT)?;
        let at_once = typed.at_once.unwrap_or(AT_ONCE_DEFAULT);
        within("press.at_once", at_once, 1, AT_ONCE_MAX, AT_ONCE_DEFAULT)?;
        let networks = typed.private_addresses.unwrap_or_default();
        let networks =
            networks.iter().map(|given| Network::parse(given)).collect::<anyhow::Result<_>>().context("press.private_addresses")?;
        let contact = match (typed.contact, origin) {
            (Some(contact), _) => {
                let is_plain = !contact.is_empty()
                    && contact.len() <= CONTACT_LEN_MAX
                    && contact.bytes().all(|byte| byte.is_ascii_graphic() && !b"();".contains(&byte));
                ensure!(is_plain, "press.contact “{contact}” is no address; write it like https://news.example/bot or bot@news.example");
                format!(" (+{contact})")
            }
            (None, Some(origin)) => format!(" (+{origin})"),
            (None, None) => String::new(),
        };
        Ok(Self {
            is_on: typed.fetch.unwrap_or(true),
            user_agent: format!("{}/{}{contact}", courant_press::fetching::PRODUCT, env!("CARGO_PKG_VERSION")),
            networks,
            timeout: Duration::from_secs(timeout_secs),
            bounds: Bounds { shortest: SignedDuration::from_secs(shortest), longest: SignedDuration::from_secs(longest) },
            pause: SignedDuration::from_millis(pause_ms),
            at_once,
            agency: agency.unwrap_or("Courant").to_owned(),
            origin: origin.map(str::to_owned),
        })
    }
}

fn within<N: Copy + PartialOrd + std::fmt::Display>(name: &str, given: N, least: N, most: N, usual: N) -> anyhow::Result<()> {
    ensure!(least <= given && given <= most, "{name} “{given}” is outside {least} to {most}; {usual} is usual");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(text: &str) -> anyhow::Result<Press> {
        Press::of(toml::from_str(text)?, Some("Sample"), Some("https://sample.example"))
    }

    #[test]
    fn every_key_may_be_left_out() {
        let press = press("").unwrap();
        assert!(press.is_on && press.networks.is_empty());
        assert_eq!((press.bounds.clone(), press.at_once), (Bounds::default(), 64));
        assert!(
            press.user_agent.starts_with("courant/") && press.user_agent.ends_with(" (+https://sample.example)"),
            "{}",
            press.user_agent
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_the_remedy() {
        for (text, named) in [
            ("timeout_secs = 0", "outside 1 to 300"),
            ("shortest_secs = 600\nlongest_secs = 60", "press.longest_secs “60” is outside 600"),
            ("private_addresses = [\"here\"]", "write it like 10.1.0.0/16"),
            ("contact = \"a (b)\"", "write it like https://news.example/bot"),
            ("at_once = 0", "64 is usual"),
            ("sources = []", "sources"),
        ] {
            let refused = format!("{:#}", press(text).unwrap_err());
            assert!(refused.contains(named), "{refused}");
        }
    }
}
