//! One question to a source over HTTP: conditional, bounded in time and size, and not to a private network unless that is wanted.

use std::error::Error as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use courant_rates::fetching::Validators;
use courant_rates::readers;
use jiff::SignedDuration;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, RETRY_AFTER};
use reqwest::redirect::{Attempt, Policy};
use reqwest::{StatusCode, Url};

use super::private;
use crate::clock;
use crate::config::Fetching;

/// How long a connection may take to stand.
const CONNECT: Duration = Duration::from_secs(10);
/// How often a source may send us elsewhere.
const REDIRECTS_MAX: usize = 5;
/// The longest entity tag that is kept, in bytes.
const VALIDATOR_LEN_MAX: usize = 512;
const USER_AGENT: &str = concat!("courant/", env!("CARGO_PKG_VERSION"));

/// Asks sources.
pub(super) struct Asker {
    client: reqwest::Client,
    private_addresses: bool,
}

/// What a source answered.
pub(super) enum Answer {
    /// What it said last time still holds.
    NotModified,
    /// A document.
    Document { bytes: Vec<u8>, validators: Validators },
}

/// Why there is no answer, for the operator.
#[derive(Debug)]
pub(super) struct Unanswered {
    pub(super) problem: String,
    pub(super) retry_after: Option<SignedDuration>,
}

impl Unanswered {
    fn because(problem: String) -> Self {
        Self { problem, retry_after: None }
    }
}

impl Asker {
    pub(super) fn new(fetching: &Fetching) -> anyhow::Result<Self> {
        // Another part of the process may have chosen it already, which is as good.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let private_addresses = fetching.private_addresses;
        let client = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(CONNECT)
            .timeout(fetching.timeout)
            .dns_resolver(Arc::new(Resolver { private_addresses }))
            .redirect(Policy::custom(move |attempt| follow(attempt, private_addresses)))
            // A proxy would resolve names where nobody looks at the addresses.
            .no_proxy()
            .build()
            .context("cannot make an HTTP client")?;
        Ok(Self { client, private_addresses })
    }

    /// Asks once. What was said of the last document is sent along, so that one that has not changed is not sent again.
    pub(super) async fn ask(&self, address: &str, known: &Validators) -> Result<Answer, Unanswered> {
        let url = Url::parse(address).map_err(|error| Unanswered::because(format!("address “{address}” cannot be asked: {error}")))?;
        permitted(&url, self.private_addresses).map_err(Unanswered::because)?;
        let mut request = self.client.get(url);
        for (name, value) in [(IF_NONE_MATCH, &known.etag), (IF_MODIFIED_SINCE, &known.last_modified)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let response =
            request.send().await.map_err(|error| Unanswered::because(format!("{address} cannot be asked: {}", in_full(&error))))?;
        let is_conditional = *known != Validators::default();
        match response.status() {
            StatusCode::OK => read(response, address).await,
            StatusCode::NOT_MODIFIED if is_conditional => Ok(Answer::NotModified),
            status => Err(Unanswered {
                problem: format!("{address} answered {status} instead of a document; look whether the bank has moved it"),
                retry_after: retry_after(response.headers()),
            }),
        }
    }
}

/// The document, as long as it is no larger than a reader takes.
async fn read(mut response: reqwest::Response, address: &str) -> Result<Answer, Unanswered> {
    let validators = Validators { etag: header(response.headers(), &ETAG), last_modified: header(response.headers(), &LAST_MODIFIED) };
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if readers::BYTES_MAX < bytes.len() + chunk.len() => {
                return Err(Unanswered::because(format!(
                    "{address} sends more than {} bytes, which is no table of rates",
                    readers::BYTES_MAX
                )));
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return Ok(Answer::Document { bytes, validators }),
            Err(error) => return Err(Unanswered::because(format!("{address} stopped in the middle of its answer: {}", in_full(&error)))),
        }
    }
}

fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    (value.len() <= VALIDATOR_LEN_MAX).then(|| value.to_owned())
}

/// Seconds, or the date until when. RFC 9110, section 10.2.3.
fn retry_after(headers: &HeaderMap) -> Option<SignedDuration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse::<u32>() {
        return Some(SignedDuration::from_secs(seconds.into()));
    }
    let until = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
    Some(until.duration_since(clock::now()).max(SignedDuration::ZERO))
}

/// Follows a few steps, never from https to http, never to where a first request could not go.
fn follow(attempt: Attempt<'_>, private_addresses: bool) -> reqwest::redirect::Action {
    let is_downgrade = attempt.previous().last().is_some_and(|from| from.scheme() == "https") && attempt.url().scheme() != "https";
    if REDIRECTS_MAX < attempt.previous().len() {
        return attempt.error(format!("it sends us elsewhere more than {REDIRECTS_MAX} times"));
    }
    if is_downgrade {
        return attempt.error("it sends us from https to http");
    }
    match permitted(attempt.url(), private_addresses) {
        Ok(()) => attempt.follow(),
        Err(problem) => attempt.error(problem),
    }
}

/// A client for addresses of strangers: it goes to private networks only where that is wanted, and is led nowhere else. Addresses that
/// stand in a URL are the caller's to look at, by [`permitted`].
pub(crate) fn guarded(timeout: Duration, private_addresses: bool) -> anyhow::Result<reqwest::Client> {
    // Another part of the process may have chosen it already, which is as good.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(CONNECT)
        .timeout(timeout)
        .dns_resolver(Arc::new(Resolver { private_addresses }))
        .redirect(Policy::none())
        .no_proxy()
        .build()
        .context("cannot make an HTTP client")
}

/// A name is looked at when it is resolved; an address that stands in a URL never is, so it is looked at here.
pub(crate) fn permitted(url: &Url, private_addresses: bool) -> Result<(), String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("“{url}” is neither http nor https"));
    }
    let literal = url.host_str().map(|host| host.trim_start_matches('[').trim_end_matches(']')).and_then(|host| host.parse().ok());
    match literal {
        Some(ip) if !private_addresses && private::is_private(ip) => Err(private::refusal(&ip.to_string())),
        _ => Ok(()),
    }
}

/// Resolves names, and leaves out addresses that may not be asked: whoever rules a name cannot lead us into our own network.
struct Resolver {
    private_addresses: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let private_addresses = self.private_addresses;
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let allowed: Vec<SocketAddr> = found.into_iter().filter(|addr| private_addresses || !private::is_private(addr.ip())).collect();
            if allowed.is_empty() {
                return Err(private::refusal(&host).into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// An error with its causes: the outermost one alone says little.
fn in_full(error: &reqwest::Error) -> String {
    let mut text = if error.is_timeout() { "it takes too long".to_owned() } else { error.to_string() };
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_stands_in_a_url_is_looked_at() {
        let refused = |address: &str| permitted(&Url::parse(address).unwrap(), false).unwrap_err();
        for address in [
            "http://127.0.0.1:8080/x",
            "http://[::1]/",
            "https://10.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::ffff:10.1.2.3]/",
        ] {
            assert!(refused(address).contains("private_addresses"), "{address}");
        }
        assert!(refused("ftp://bank.example/").contains("neither"));
        assert_eq!(permitted(&Url::parse("http://127.0.0.1/").unwrap(), true), Ok(()));
        assert_eq!(permitted(&Url::parse("https://bank.example/").unwrap(), false), Ok(()));
    }

    #[test]
    fn patience_is_asked_for_in_seconds_or_until_a_date() {
        let after = |value: &str| retry_after(&HeaderMap::from_iter([(RETRY_AFTER, value.parse().unwrap())]));
        assert_eq!(after("120"), Some(SignedDuration::from_secs(120)));
        assert_eq!(after("Wed, 21 Oct 2015 07:28:00 GMT"), Some(SignedDuration::ZERO));
        assert_eq!(after("soon"), None);
    }
}
