//! One question to a source, by leave of its robots.txt, and of that of every site it sends us to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use courant_formats::feed_in::FEED_LEN_BYTES_MAX;
use courant_press::fetching::{Preferences, Robots, Validators, preferences};
use jiff::{SignedDuration, Timestamp};

use crate::clock;
use crate::config::Press;
use crate::fetch::{self, Answer, Client, Limits, Reach, StatusCode, Step, Unanswered, Url};

/// How often a source may send us elsewhere.
const REDIRECTS_MAX: usize = 5;
/// The longest feed that is read, in bytes, unpacked. The reader takes more; no feed of news needs it.
const FEED_BYTES_MAX: usize = FEED_LEN_BYTES_MAX / 2;
/// How long a robots.txt holds (RFC 9309, 2.4: not more than a day), and how long it is not asked for again when it cannot be had.
const ROBOTS_HOLD: SignedDuration = SignedDuration::from_hours(24);
const ROBOTS_AGAIN: SignedDuration = SignedDuration::from_mins(10);
/// Sites whose robots.txt is remembered.
const SITES_MAX: usize = 20_000;
/// What we like best; anything else is taken too.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/ninjs+json, \
                      application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1";

/// Asks sources.
pub(super) struct Asker {
    pub(super) client: Client,
    robots: Mutex<HashMap<String, (Timestamp, Arc<Site>)>>,
}

/// What a site allows, or why nobody knows.
struct Site {
    robots: Robots,
    problem: Option<String>,
}

/// What came of asking.
pub(super) struct Asked {
    pub(super) got: Result<Got, Unanswered>,
    /// Where the source has moved to for good.
    pub(super) moved_to: Option<String>,
}

/// What a source answered.
pub(super) enum Got {
    /// What it said last time still holds.
    NotModified,
    /// It is gone for good.
    Gone,
    /// A document.
    Document {
        bytes: Vec<u8>,
        url: String,
        charset: Option<String>,
        validators: Validators,
        keeps: Option<SignedDuration>,
        preferences: Preferences,
    },
}

impl Asker {
    pub(super) fn new(press: &Press) -> anyhow::Result<Self> {
        let client = Client::new(Limits {
            user_agent: press.user_agent.clone(),
            timeout: press.timeout,
            bytes_max: FEED_BYTES_MAX,
            too_long: "which is no feed of news",
            redirects_max: REDIRECTS_MAX,
            reach: Reach {
                all: false,
                networks: press.networks.clone(),
                remedy: "name it in private_addresses under [press] of the configuration",
            },
        })?;
        Ok(Self { client, robots: Mutex::default() })
    }

    /// Asks once, within the time an answer may take in all.
    pub(super) async fn ask(&self, address: &str, known: &Validators) -> Asked {
        let mut moved_to = None;
        let known = fetch::Validators { etag: known.etag.clone(), last_modified: known.last_modified.clone() };
        let got = self.client.within_time(address, self.follow(address, &known, &mut moved_to)).await;
        // An answer that is no document says nothing about where the document is.
        let moved_to = moved_to.filter(|_| matches!(got, Ok(Got::Document { .. } | Got::NotModified)));
        Asked { got, moved_to }
    }

    async fn follow(&self, address: &str, known: &fetch::Validators, moved_to: &mut Option<String>) -> Result<Got, Unanswered> {
        let mut url = self.client.begin(address)?;
        let mut trail = self.client.trail(&url);
        loop {
            let preferred = self.leave(&url).await?;
            match self.client.step(&url, known, Some(ACCEPT)).await? {
                Step::Answer(answer) => {
                    *moved_to = trail.moved_to().map(ToString::to_string);
                    return self.read(answer, &url, known, preferred).await;
                }
                Step::Elsewhere { to, status } => {
                    let refused = |problem| Unanswered {
                        status: Some(status),
                        ..Unanswered::because(format!("{address} cannot be asked: {problem}"))
                    };
                    url = trail.follow(to, status, self.client.reach()).map_err(refused)?;
                }
            }
        }
    }

    async fn read(&self, answer: Answer, url: &Url, known: &fetch::Validators, preferred: Preferences) -> Result<Got, Unanswered> {
        let status = answer.status();
        match status {
            StatusCode::OK => {
                let preferences = preferences(&answer.joined("content-usage")).or(preferred);
                if !preferences.allow_listing() {
                    return Err(Unanswered::because(format!(
                        "{url} says by Content-Usage that it is not to be listed by machines; ask its publisher, or remove it"
                    )));
                }
                let (charset, keeps) = (answer.charset(), answer.max_age());
                let fetch::Validators { etag, last_modified } = answer.validators();
                let bytes = answer.read(&self.client).await?;
                Ok(Got::Document {
                    bytes,
                    url: url.to_string(),
                    charset,
                    validators: Validators { etag, last_modified },
                    keeps,
                    preferences,
                })
            }
            StatusCode::NOT_MODIFIED if *known != fetch::Validators::default() => Ok(Got::NotModified),
            StatusCode::GONE => Ok(Got::Gone),
            status => Err(Unanswered {
                problem: format!("{url} answered {status} instead of a feed; look whether it has moved"),
                retry_after: answer.retry_after(clock::now()),
                status: Some(status),
            }),
        }
    }

    /// Whether the site lets us ask for this; what it prefers its words be used for.
    async fn leave(&self, url: &Url) -> Result<Preferences, Unanswered> {
        let site = self.site(url).await;
        if let Some(problem) = &site.problem {
            return Err(Unanswered::because(problem.clone()));
        }
        let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        if !site.robots.allows(&path) {
            return Err(Unanswered::because(format!(
                "robots.txt of {} does not allow {path}; ask its publisher, or remove the source",
                host(url)
            )));
        }
        Ok(site.robots.preferences(&path))
    }

    async fn site(&self, url: &Url) -> Arc<Site> {
        let origin = url.origin().ascii_serialization();
        let now = clock::now();
        if let Some((until, site)) = self.remembered().get(&origin)
            && now < *until
        {
            return Arc::clone(site);
        }
        let site = Arc::new(self.robots_of(&origin).await);
        let hold = if site.problem.is_none() { ROBOTS_HOLD } else { ROBOTS_AGAIN };
        let mut remembered = self.remembered();
        if SITES_MAX <= remembered.len() {
            remembered.retain(|_, (until, _)| now < *until);
        }
        if remembered.len() < SITES_MAX {
            remembered.insert(origin, (now.checked_add(hold).unwrap_or(now), Arc::clone(&site)));
        }
        site
    }

    async fn robots_of(&self, origin: &str) -> Site {
        let address = format!("{origin}/robots.txt");
        let closed = |problem: String| Site { robots: Robots::closed(), problem: Some(problem) };
        let answer = match self.client.get(&address, &fetch::Validators::default()).await {
            Ok(answer) => answer,
            Err(unanswered) => return closed(unanswered.problem),
        };
        let status = answer.status();
        if status.is_success() {
            return match answer.read(&self.client).await {
                Ok(bytes) => Site { robots: Robots::parse(&String::from_utf8_lossy(&bytes)), problem: None },
                Err(unanswered) => closed(unanswered.problem),
            };
        }
        // RFC 9309, 2.3.1.3 and 2.3.1.4: what is not there forbids nothing, a server in trouble forbids everything.
        if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS {
            return Site { robots: Robots::default(), problem: None };
        }
        closed(format!("{address} answered {status}; until it can be had, nothing there is asked for"))
    }

    fn remembered(&self) -> std::sync::MutexGuard<'_, HashMap<String, (Timestamp, Arc<Site>)>> {
        self.robots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The host of an address with its port: what is asked one thing at a time.
pub(super) fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
