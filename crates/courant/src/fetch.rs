//! Asking others over HTTP: conditional, bounded in time and size, and not in a private network unless that is wanted. Banks and other
//! media are asked through here.

mod private;

use std::error::Error as _;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{
    ACCEPT, CACHE_CONTROL, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER,
};
use reqwest::redirect::Policy;
pub(crate) use reqwest::{StatusCode, Url};

/// How long a connection may take to stand.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a connection is kept for the next ask of the same host.
const KEPT: Duration = Duration::from_secs(15);
/// The longest entity tag that is kept, in bytes.
const VALIDATOR_LEN_MAX: usize = 512;

/// What a value of a form does not spell as it stands.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// How far asking goes.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// Who we say we are.
    pub(crate) user_agent: String,
    /// How long an answer may take, with all its redirects.
    pub(crate) timeout: Duration,
    /// The longest document, in bytes, unpacked.
    pub(crate) bytes_max: usize,
    /// What is longer than that, in a sentence: "which is no table of rates".
    pub(crate) too_long: &'static str,
    /// How often somebody may send us elsewhere.
    pub(crate) redirects_max: usize,
    /// Where we go.
    pub(crate) reach: Reach,
}

/// Which addresses may be asked beside those of the open network.
#[derive(Clone, Debug)]
pub(crate) struct Reach {
    /// All of them.
    pub(crate) all: bool,
    /// Those in these networks.
    pub(crate) networks: Vec<Network>,
    /// What to set in the configuration to allow more, for a sentence.
    pub(crate) remedy: &'static str,
}

/// A network: `10.1.0.0/16`, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Network {
    first: IpAddr,
    n_bits: u32,
}

/// What was asked for last time, so that what has not changed is not sent again. RFC 9110, sections 8.8.2 and 8.8.3.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Validators {
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
}

/// Asks.
pub(crate) struct Client {
    client: reqwest::Client,
    limits: Limits,
}

/// One answer, its document not yet read.
pub(crate) struct Answer {
    response: reqwest::Response,
    address: String,
}

/// What a single request came to.
pub(crate) enum Step {
    /// It sends us elsewhere.
    Elsewhere { to: Url, status: StatusCode },
    /// It answers.
    Answer(Answer),
}

/// Why there is no answer, for the operator.
#[derive(Debug)]
pub(crate) struct Unanswered {
    pub(crate) problem: String,
    pub(crate) retry_after: Option<SignedDuration>,
    /// The status, if there was one.
    pub(crate) status: Option<StatusCode>,
}

/// Where we were sent so far.
pub(crate) struct Trail {
    visited: Vec<Url>,
    redirects_max: usize,
    /// Whether each step so far was for good.
    is_for_good: bool,
    moved_to: Option<Url>,
}

impl Unanswered {
    pub(crate) fn because(problem: String) -> Self {
        Self { problem, retry_after: None, status: None }
    }
}

impl Network {
    /// Reads an address, or one with a number of bits.
    pub(crate) fn parse(given: &str) -> anyhow::Result<Self> {
        let (first, n_bits) = given.split_once('/').map_or((given, None), |(first, n_bits)| (first, Some(n_bits)));
        let wrong = || format!("“{given}” is no address or network; write it like 10.1.0.0/16 or 127.0.0.1");
        let first: IpAddr = first.parse().with_context(wrong)?;
        let all = if first.is_ipv4() { 32 } else { 128 };
        let n_bits = n_bits.map_or(Ok(all), str::parse).with_context(wrong)?;
        anyhow::ensure!(n_bits <= all, wrong());
        Ok(Self { first, n_bits })
    }

    fn holds(&self, ip: IpAddr) -> bool {
        let shifted = |bits: u128, n_all: u32| bits.checked_shr(n_all - self.n_bits).unwrap_or(0);
        match (self.first, ip.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => shifted(ours.to_bits().into(), 32) == shifted(theirs.to_bits().into(), 32),
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => shifted(ours.to_bits(), 128) == shifted(theirs.to_bits(), 128),
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

impl Reach {
    fn allows(&self, ip: IpAddr) -> bool {
        self.all || !private::is_private(ip) || self.networks.iter().any(|network| network.holds(ip))
    }

    fn refusal(&self, host: &str) -> String {
        format!("{host} lies in a private network; if that is meant, {}", self.remedy)
    }

    /// A name is looked at when it is resolved; an address that stands in a URL never is, so it is looked at here.
    pub(crate) fn permits(&self, url: &Url) -> Result<(), String> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("“{url}” is neither http nor https"));
        }
        let literal = url.host_str().map(|host| host.trim_start_matches('[').trim_end_matches(']')).and_then(|host| host.parse().ok());
        match literal {
            Some(ip) if !self.allows(ip) => Err(self.refusal(&ip.to_string())),
            _ => Ok(()),
        }
    }
}

/// A client for addresses of strangers: it resolves no name into a private network but where that is wanted, and is led nowhere else.
/// Addresses that stand in a URL are the caller's to look at, by [`Reach::permits`].
pub(crate) fn guarded(user_agent: &str, timeout: Duration, reach: Reach) -> anyhow::Result<reqwest::Client> {
    // Another part of the process may have chosen it already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .user_agent(user_agent)
        .connect_timeout(CONNECT)
        .timeout(timeout)
        .pool_idle_timeout(KEPT)
        .dns_resolver(Arc::new(Resolver { reach }))
        // We go elsewhere ourselves, so that each step is looked at and remembered.
        .redirect(Policy::none())
        // A proxy would resolve names where nobody looks at the addresses.
        .no_proxy()
        .build()
        .context("cannot make an HTTP client")
}

impl Client {
    pub(crate) fn new(limits: Limits) -> anyhow::Result<Self> {
        let client = guarded(&limits.user_agent, limits.timeout, limits.reach.clone())?;
        Ok(Self { client, limits })
    }

    /// Asks, and follows where we are sent. Answers with the document and where it was found.
    pub(crate) async fn get(&self, address: &str, known: &Validators) -> Result<Answer, Unanswered> {
        let work = async {
            let mut url = self.begin(address)?;
            let mut trail = self.trail(&url);
            loop {
                match self.step(&url, known, None).await? {
                    Step::Answer(answer) => return Ok(answer),
                    Step::Elsewhere { to, status } => url = trail.follow(to, status, &self.limits.reach).map_err(refused_at(address))?,
                }
            }
        };
        self.within_time(address, work).await
    }

    /// The address as one that may be asked.
    pub(crate) fn begin(&self, address: &str) -> Result<Url, Unanswered> {
        let url = Url::parse(address).map_err(|error| Unanswered::because(format!("address “{address}” cannot be asked: {error}")))?;
        self.limits.reach.permits(&url).map_err(Unanswered::because)?;
        Ok(url)
    }

    pub(crate) fn trail(&self, url: &Url) -> Trail {
        Trail { visited: vec![url.clone()], redirects_max: self.limits.redirects_max, is_for_good: true, moved_to: None }
    }

    pub(crate) fn reach(&self) -> &Reach {
        &self.limits.reach
    }

    /// Ends work that takes longer than an answer may, however it drips.
    pub(crate) async fn within_time<T>(&self, address: &str, work: impl Future<Output = Result<T, Unanswered>>) -> Result<T, Unanswered> {
        match tokio::time::timeout(self.limits.timeout, work).await {
            Ok(done) => done,
            Err(_) => Err(Unanswered::because(format!(
                "{address} cannot be asked: it takes too long; {} s is the limit",
                self.limits.timeout.as_secs()
            ))),
        }
    }

    /// One request. What was said of the last document is sent along.
    pub(crate) async fn step(&self, url: &Url, known: &Validators, accept: Option<&'static str>) -> Result<Step, Unanswered> {
        let mut request = self.client.get(url.clone());
        for (name, value) in [(IF_NONE_MATCH, &known.etag), (IF_MODIFIED_SINCE, &known.last_modified)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        if let Some(accept) = accept {
            request = request.header(ACCEPT, HeaderValue::from_static(accept));
        }
        let response = request.send().await.map_err(|error| Unanswered::because(format!("{url} cannot be asked: {}", in_full(&error))))?;
        let status = response.status();
        let is_redirect = matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308);
        let location =
            response.headers().get(LOCATION).filter(|_| is_redirect).map(|to| String::from_utf8_lossy(to.as_bytes()).into_owned());
        match location {
            Some(location) => {
                let to = url.join(&location);
                let to =
                    to.map_err(|error| Unanswered::because(format!("{url} sends us to “{location}”, which is no address: {error}")))?;
                Ok(Step::Elsewhere { to, status })
            }
            None => Ok(Step::Answer(Answer { response, address: url.to_string() })),
        }
    }

    /// Sends a form, as a subscriber does to a hub.
    pub(crate) async fn post_form(&self, address: &str, form: &[(&str, &str)]) -> Result<StatusCode, Unanswered> {
        let url = self.begin(address)?;
        let mut body = String::new();
        for (key, value) in form {
            if !body.is_empty() {
                body.push('&');
            }
            body.push_str(key);
            body.push('=');
            body.extend(utf8_percent_encode(value, ENCODED));
        }
        let request = self.client.post(url).header(reqwest::header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
        let response =
            request.send().await.map_err(|error| Unanswered::because(format!("{address} cannot be asked: {}", in_full(&error))))?;
        Ok(response.status())
    }
}

impl Answer {
    pub(crate) fn status(&self) -> StatusCode {
        self.response.status()
    }

    pub(crate) fn header(&self, name: &HeaderName) -> Option<String> {
        header(self.response.headers(), name)
    }

    /// All values of a header that may stand several times, joined as RFC 9110 (5.3) says.
    pub(crate) fn joined(&self, name: &'static str) -> String {
        let values = self.response.headers().get_all(name).iter().filter_map(|value| value.to_str().ok());
        values.collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn validators(&self) -> Validators {
        Validators { etag: self.header(&ETAG), last_modified: self.header(&LAST_MODIFIED) }
    }

    /// How long it asks to be left alone.
    pub(crate) fn retry_after(&self, now: Timestamp) -> Option<SignedDuration> {
        retry_after(self.response.headers(), now)
    }

    /// For how long the document may be kept without asking (`Cache-Control: max-age`).
    pub(crate) fn max_age(&self) -> Option<SignedDuration> {
        let said = self.header(&CACHE_CONTROL)?.to_ascii_lowercase();
        let secs = said.split(',').find_map(|part| part.trim().strip_prefix("max-age=")?.trim_matches('"').parse::<u32>().ok())?;
        Some(SignedDuration::from_secs(secs.into()))
    }

    pub(crate) fn charset(&self) -> Option<String> {
        let kind = self.header(&reqwest::header::CONTENT_TYPE)?;
        let (_, charset) = kind.to_ascii_lowercase().split_once("charset=").map(|(kind, charset)| (kind.len(), charset.to_owned()))?;
        Some(charset.split(';').next().unwrap_or_default().trim().trim_matches('"').to_owned())
    }

    /// The document, as long as it is no larger than what is read. Packed ones are counted unpacked, so that no small one becomes endless.
    pub(crate) async fn read(mut self, client: &Client) -> Result<Vec<u8>, Unanswered> {
        let Limits { bytes_max, too_long, .. } = client.limits;
        let address = &self.address;
        let mut bytes = Vec::new();
        loop {
            match self.response.chunk().await {
                Ok(Some(chunk)) if bytes_max < bytes.len() + chunk.len() => {
                    return Err(Unanswered::because(format!("{address} sends more than {bytes_max} bytes, {too_long}")));
                }
                Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                Ok(None) => return Ok(bytes),
                Err(error) => {
                    return Err(Unanswered::because(format!("{address} stopped in the middle of its answer: {}", in_full(&error))));
                }
            }
        }
    }
}

impl Trail {
    /// Takes a step: never in a circle, never too many, never from https to http, never to where a first request could not go.
    pub(crate) fn follow(&mut self, to: Url, status: StatusCode, reach: &Reach) -> Result<Url, String> {
        let from = self.visited.last().map_or("", |from| from.scheme());
        if self.redirects_max < self.visited.len() {
            return Err(format!("it sends us elsewhere more than {} times", self.redirects_max));
        }
        if from == "https" && to.scheme() != "https" {
            return Err("it sends us from https to http".to_owned());
        }
        if self.visited.contains(&to) {
            return Err(format!("it sends us in a circle, back to {to}"));
        }
        reach.permits(&to)?;
        self.is_for_good &= matches!(status.as_u16(), 301 | 308);
        if self.is_for_good {
            self.moved_to = Some(to.clone());
        }
        self.visited.push(to.clone());
        Ok(to)
    }

    /// Where the first address has moved to for good: as far as each step was for good.
    pub(crate) fn moved_to(&self) -> Option<&Url> {
        self.moved_to.as_ref()
    }
}

fn refused_at(address: &str) -> impl Fn(String) -> Unanswered {
    move |problem| Unanswered::because(format!("{address} cannot be asked: {problem}"))
}

fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    (value.len() <= VALIDATOR_LEN_MAX).then(|| value.to_owned())
}

/// Seconds, or the date until when. RFC 9110, section 10.2.3.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<SignedDuration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse::<u32>() {
        return Some(SignedDuration::from_secs(seconds.into()));
    }
    let until = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
    Some(until.duration_since(now).max(SignedDuration::ZERO))
}

/// Resolves names, and leaves out addresses that may not be asked: whoever rules a name cannot lead us into our own network.
struct Resolver {
    reach: Reach,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.reach.clone();
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let allowed: Vec<SocketAddr> = found.into_iter().filter(|addr| reach.allows(addr.ip())).collect();
            if allowed.is_empty() {
                return Err(reach.refusal(&host).into());
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

    const REMEDY: &str = "set private_addresses = true under [rates] in the configuration";

    fn reach(all: bool, networks: &[&str]) -> Reach {
        Reach { all, networks: networks.iter().map(|network| Network::parse(network).unwrap()).collect(), remedy: REMEDY }
    }

    fn url(address: &str) -> Url {
        Url::parse(address).unwrap()
    }

    #[test]
    fn an_address_that_stands_in_a_url_is_looked_at() {
        let refused = |address: &str| reach(false, &[]).permits(&url(address)).unwrap_err();
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
        assert_eq!(reach(true, &[]).permits(&url("http://127.0.0.1/")), Ok(()));
        assert_eq!(reach(false, &[]).permits(&url("https://bank.example/")), Ok(()));
    }

    #[test]
    fn networks_that_are_meant_are_let_through_and_no_others() {
        let reach = reach(false, &["10.1.0.0/16", "127.0.0.1", "fd00::/8"]);
        for (address, allowed) in [
            ("http://10.1.200.3/", true),
            ("http://10.2.0.1/", false),
            ("http://127.0.0.1/", true),
            ("http://127.0.0.2/", false),
            ("http://[fd12::1]/", true),
            ("http://[::ffff:10.1.2.3]/", true),
            ("http://[fe80::1]/", false),
        ] {
            assert_eq!(reach.permits(&url(address)).is_ok(), allowed, "{address}");
        }
        for wrong in ["10.1/16", "10.1.0.0/33", "here", "10.0.0.0/x"] {
            assert!(Network::parse(wrong).unwrap_err().to_string().contains("write it like"), "{wrong}");
        }
        assert!(Network::parse("0.0.0.0/0").unwrap().holds("10.0.0.1".parse().unwrap()));
    }

    #[test]
    fn patience_is_asked_for_in_seconds_or_until_a_date() {
        let now = "2015-10-21T07:28:00Z".parse().unwrap();
        let after = |value: &str| retry_after(&HeaderMap::from_iter([(RETRY_AFTER, value.parse().unwrap())]), now);
        assert_eq!(after("120"), Some(SignedDuration::from_secs(120)));
        assert_eq!(after("Wed, 21 Oct 2015 07:38:00 GMT"), Some(SignedDuration::from_mins(10)));
        assert_eq!(after("Wed, 21 Oct 2009 07:28:00 GMT"), Some(SignedDuration::ZERO));
        assert_eq!(after("soon"), None);
    }

    #[test]
    fn a_move_is_for_good_as_far_as_every_step_was() {
        let followed = |steps: &[(&str, u16)]| {
            let first = url("http://a.example/");
            let mut trail = Trail { visited: vec![first], redirects_max: 5, is_for_good: true, moved_to: None };
            for (to, status) in steps {
                trail.follow(url(to), StatusCode::from_u16(*status).unwrap(), &reach(false, &[]))?;
            }
            Ok::<_, String>(trail.moved_to().map(ToString::to_string))
        };
        let (b, c) = ("https://b.example/", "https://c.example/");
        assert_eq!(followed(&[(b, 301), (c, 308)]), Ok(Some(c.to_owned())));
        assert_eq!(followed(&[(b, 301), (c, 302)]), Ok(Some(b.to_owned())));
        assert_eq!(followed(&[(b, 307), (c, 301)]), Ok(None));
        assert!(followed(&[(b, 301), ("https://b.example/", 301)]).unwrap_err().contains("circle"));
        assert!(followed(&[(b, 301), ("http://c.example/", 301)]).unwrap_err().contains("from https to http"));
        assert!(followed(&[("http://10.0.0.1/", 301)]).unwrap_err().contains("private network"));
        let long: Vec<String> = (0..9).map(|n| format!("http://{n}.example/")).collect();
        let long: Vec<(&str, u16)> = long.iter().map(|to| (to.as_str(), 302)).collect();
        assert!(followed(&long).unwrap_err().contains("more than 5 times"));
    }

    #[test]
    fn a_form_is_encoded() {
        let encoded = utf8_percent_encode("https://a.example/?x=1&y=é", ENCODED).to_string();
        assert_eq!(encoded, "https%3A%2F%2Fa.example%2F%3Fx%3D1%26y%3D%C3%A9");
    }
}
