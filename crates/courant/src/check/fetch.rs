//! Asking an address, within limits of time, size and redirects. Whoever types an address may ask it, so private ones are no matter here.

use std::error::Error as _;
use std::time::Duration;

use anyhow::Context;
use courant_formats::check::DOCUMENT_LEN_BYTES_MAX;
use reqwest::header::{ACCEPT_ENCODING, HeaderName, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Method, StatusCode, Url};

/// How long a connection may take to stand.
const CONNECT: Duration = Duration::from_secs(10);
/// How long one answer may take, whole.
const ANSWER: Duration = Duration::from_secs(30);
/// How often an address may send us elsewhere.
const REDIRECTS_MAX: usize = 5;
const USER_AGENT: &str = concat!("courant/", env!("CARGO_PKG_VERSION"), " (check)");

/// Asks addresses.
pub(super) struct Client {
    runtime: tokio::runtime::Runtime,
    /// Takes bodies as they come.
    plain: reqwest::Client,
    /// Asks for gzip and takes it out.
    unpacking: reqwest::Client,
}

/// An answer.
pub(super) struct Got {
    /// Where it came from in the end.
    pub(super) address: String,
    pub(super) status: u16,
    /// The headers, names in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// Why there is no answer.
pub(super) enum Unanswered {
    /// It is sent from one address to the next.
    Redirects(String),
    /// It fails otherwise.
    Fails(String),
}

impl Client {
    pub(super) fn new() -> anyhow::Result<Self> {
        // Another part of the process may have chosen it already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = || {
            reqwest::Client::builder().user_agent(USER_AGENT).connect_timeout(CONNECT).timeout(ANSWER).redirect(Policy::none()).no_proxy()
        };
        Ok(Self {
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot wait for the network")?,
            plain: builder().no_gzip().build().context("cannot make an HTTP client")?,
            unpacking: builder().gzip(true).build().context("cannot make an HTTP client")?,
        })
    }

    /// Asks an address and goes where it sends us.
    pub(super) fn get(&self, address: &str) -> Result<Got, Unanswered> {
        let mut url = Url::parse(address).map_err(|error| Unanswered::Fails(format!("{address} is no address: {error}")))?;
        let mut been = vec![url.clone()];
        loop {
            let got = self.ask(&self.plain, Method::GET, url.as_str(), &[])?;
            let is_redirect = matches!(got.status, 301 | 302 | 303 | 307 | 308);
            let to = got.headers.iter().find(|(name, _)| name == LOCATION.as_str()).map(|(_, to)| to.clone());
            let Some(to) = to.filter(|_| is_redirect) else { return Ok(got) };
            let next = url.join(&to).map_err(|_| Unanswered::Redirects(format!("{url} sends us to “{to}”, which is no address")))?;
            if !matches!(next.scheme(), "http" | "https") || (url.scheme() == "https" && next.scheme() == "http") {
                return Err(Unanswered::Redirects(format!("{url} sends us to {next}")));
            }
            if been.contains(&next) {
                return Err(Unanswered::Redirects(format!("{url} sends us back to {next}")));
            }
            if REDIRECTS_MAX < been.len() {
                return Err(Unanswered::Redirects(format!("{address} sends us elsewhere more than {REDIRECTS_MAX} times")));
            }
            been.push(next.clone());
            url = next;
        }
    }

    /// The head of an answer.
    pub(super) fn head(&self, address: &str) -> Option<Got> {
        self.ask(&self.plain, Method::HEAD, address, &[]).ok()
    }

    /// The status of a conditional request.
    pub(super) fn conditional(&self, address: &str, tag: &str) -> Option<u16> {
        self.ask(&self.plain, Method::GET, address, &[(reqwest::header::IF_NONE_MATCH, tag)]).ok().map(|got| got.status)
    }

    /// The coding of an answer that may be compressed, and its body with that taken out.
    pub(super) fn coded(&self, address: &str) -> Option<(Option<String>, Vec<u8>)> {
        let packed = self.ask(&self.plain, Method::GET, address, &[(ACCEPT_ENCODING, "gzip")]).ok()?;
        let coding = packed.headers.into_iter().find(|(name, _)| name == "content-encoding").map(|(_, coding)| coding);
        let body = self.ask(&self.unpacking, Method::GET, address, &[]).ok()?.body;
        Some((coding, body))
    }

    fn ask(&self, client: &reqwest::Client, method: Method, address: &str, more: &[(HeaderName, &str)]) -> Result<Got, Unanswered> {
        let fails = |error: &reqwest::Error| Unanswered::Fails(format!("{address} cannot be asked: {}", in_full(error)));
        self.runtime.block_on(async {
            let mut request = client.request(method, address);
            for (name, value) in more {
                request = request.header(name, *value);
            }
            let mut response = request.send().await.map_err(|error| fails(&error))?;
            let status: StatusCode = response.status();
            let headers = response.headers().iter();
            let headers = headers.map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
            let headers = headers.collect();
            let mut body = Vec::new();
            while let Some(chunk) = response.chunk().await.map_err(|error| fails(&error))? {
                body.extend_from_slice(&chunk);
                // What is longer is refused by the check, which says how long it may be.
                if DOCUMENT_LEN_BYTES_MAX < body.len() {
                    break;
                }
            }
            Ok(Got { address: address.to_owned(), status: status.as_u16(), headers, body })
        })
    }
}

impl Got {
    /// A header, by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The charset of the content type.
    pub(super) fn charset(&self) -> Option<&str> {
        let parameters = self.header("content-type")?.split(';').skip(1);
        parameters
            .filter_map(|part| part.trim().split_once('='))
            .find(|(name, _)| name.eq_ignore_ascii_case("charset"))
            .map(|(_, value)| value.trim_matches('"'))
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
