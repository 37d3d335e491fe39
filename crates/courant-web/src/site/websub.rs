//! `POST /websub`: the hub's counter (WebSub, W3C Recommendation of 23 January 2018). It takes requests; who keeps and serves
//! subscriptions is behind [`FeedHub`].

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{HeaderName, HeaderValue, RETRY_AFTER};
use http::{HeaderMap, StatusCode, header};

use super::SiteState;
use super::address::{Address, ListForm};
use super::answer;
use super::rates::{Query, VALUE_CHARS_MAX};
use crate::serve::Answer;

/// The path of the hub.
pub(super) const PATH: &str = "/websub";
/// The largest request, in bytes.
const BODY_BYTES_MAX: usize = 8 << 10;
/// The longest secret, in bytes: "less than 200" (5.1).
const SECRET_BYTES_MAX: usize = 199;

/// What a subscriber asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedRequest {
    /// Whether it is to begin or to end.
    pub mode: FeedMode,
    /// Where the feed is to be sent: a whole address.
    pub callback: Box<str>,
    /// The feed: its path on this site with its query.
    pub topic: Box<str>,
    /// For how long, if it says so.
    pub lease_seconds: Option<u32>,
    /// What deliveries are signed with.
    pub secret: Option<Box<str>>,
}

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedMode {
    /// To be sent the feed whenever it changes.
    Subscribe,
    /// Not any more.
    Unsubscribe,
}

impl FeedMode {
    /// The word in requests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Subscribe => "subscribe",
            Self::Unsubscribe => "unsubscribe",
        }
    }
}

/// Why a request is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedRefusal {
    /// What is wrong with it and what to do.
    Wrong(String),
    /// Too many are waiting; later.
    Busy,
}

/// Who keeps subscriptions and serves them.
pub trait FeedHub: Send + Sync {
    /// Takes a request; its intent is verified later.
    ///
    /// # Errors
    /// A [`FeedRefusal`] when it cannot be meant, or cannot be taken now.
    fn ask(&self, request: FeedRequest) -> Result<(), FeedRefusal>;
}

/// The answer to a request: 202, and the intent is verified afterwards.
pub(super) async fn answer(state: &SiteState, hub: &dyn FeedHub, headers: &HeaderMap, body: Body) -> Response {
    let is_form = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case(FORM)));
    if !is_form {
        return said(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("send the parameters as {FORM}\n"));
    }
    let Ok(bytes) = axum::body::to_bytes(body, BODY_BYTES_MAX).await else {
        return said(StatusCode::PAYLOAD_TOO_LARGE, format!("a request has at most {BODY_BYTES_MAX} bytes\n"));
    };
    let taken = match read(&state.agency.origin, &String::from_utf8_lossy(&bytes)) {
        Ok(request) => hub.ask(request),
        Err(problem) => Err(FeedRefusal::Wrong(problem)),
    };
    match taken {
        Ok(()) => said(StatusCode::ACCEPTED, "taken; the callback will be asked whether it is meant\n".to_owned()),
        Err(FeedRefusal::Wrong(problem)) => said(StatusCode::BAD_REQUEST, format!("{problem}\n")),
        Err(FeedRefusal::Busy) => {
            let mut response = said(StatusCode::SERVICE_UNAVAILABLE, "too many requests are waiting; ask again in a minute\n".to_owned());
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("60"));
            response
        }
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

fn said(status: StatusCode, text: String) -> Response {
    let answer = Answer::new("text/plain; charset=utf-8", text).status(status).cache_control("no-store");
    answer::secured(answer).header(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")).into_response()
}

fn read(origin: &str, body: &str) -> Result<FeedRequest, String> {
    let form = Query::read(body);
    let needed = |name: &str| {
        let value = form.get(name).ok_or_else(|| format!("{name} is missing"))?;
        // The form is read so far and no further.
        if value.chars().count() < VALUE_CHARS_MAX { Ok(value) } else { Err(format!("{name} has {VALUE_CHARS_MAX} characters or more")) }
    };
    let mode = match needed("hub.mode")? {
        "subscribe" => FeedMode::Subscribe,
        "unsubscribe" => FeedMode::Unsubscribe,
        other => return Err(format!("hub.mode “{other}” is unknown; use subscribe or unsubscribe")),
    };
    let topic = needed("hub.topic")?;
    let path = topic.strip_prefix(origin).filter(|path| is_feed(path));
    let path = path.ok_or_else(|| format!("hub.topic “{topic}” is no feed of this site; use what its rel=self says"))?;
    let lease_seconds = match form.get("hub.lease_seconds") {
        Some(given) => {
            Some(given.parse().map_err(|_| format!("hub.lease_seconds “{given}” is no number of seconds; leave it out, or give one"))?)
        }
        None => None,
    };
    let secret = form.get("hub.secret");
    if secret.is_some_and(|secret| SECRET_BYTES_MAX < secret.len()) {
        return Err(format!("hub.secret has more than {SECRET_BYTES_MAX} bytes"));
    }
    Ok(FeedRequest { mode, callback: needed("hub.callback")?.into(), topic: path.into(), lease_seconds, secret: secret.map(Into::into) })
}

/// Whether a path with its query is of a list in a form that is sent to subscribers.
fn is_feed(target: &str) -> bool {
    let Some(
        Address::List { form, .. } | Address::Day { form, .. } | Address::Search(form) | Address::Register(form) | Address::RatesFeed(form),
    ) = Address::read(target.split('?').next().unwrap_or_default())
    else {
        return false;
    };
    match form {
        ListForm::Rss | ListForm::Atom | ListForm::JsonFeed => true,
        ListForm::Html | ListForm::NewsMessage | ListForm::Package => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://news.example";

    #[test]
    fn a_request_is_read_or_told_what_is_wrong() {
        let whole = "hub.mode=subscribe&hub.callback=https%3A%2F%2Fr.example%2Fcb%3Fx%3D1&hub.topic=https%3A%2F%2Fnews.example%2Fall.rss%3Flang%3Dja\
            &hub.lease_seconds=86400&hub.secret=s3cret";
        let request = read(ORIGIN, whole).unwrap();
        assert_eq!(
            (request.mode, &*request.callback, &*request.topic),
            (FeedMode::Subscribe, "https://r.example/cb?x=1", "/all.rss?lang=ja")
        );
        assert_eq!((request.lease_seconds, request.secret.as_deref()), (Some(86_400), Some("s3cret")));
        let wrong = |from: &str, to: &str| read(ORIGIN, &whole.replace(from, to)).unwrap_err();
        assert!(wrong("hub.mode=subscribe", "hub.mode=publish").contains("publish"));
        assert!(wrong("hub.callback", "callback").contains("hub.callback is missing"));
        assert!(wrong("x%3D1", &"x".repeat(600)).contains("500 characters"));
        assert!(wrong("86400", "soon").contains("soon"));
        assert!(wrong("s3cret", &"x".repeat(200)).contains("199"));
        assert!(wrong("news.example%2Fall.rss", "other.example%2Fall.rss").contains("no feed"));
        assert!(wrong("all.rss", "all").contains("no feed"));
    }

    #[test]
    fn every_feed_is_a_topic_and_nothing_else() {
        for topic in [
            "/all.rss",
            "/science.atom",
            "/topics/astronomy.json?lang=ja",
            "/2026/11/24.rss",
            "/search.rss?q=a",
            "/rates.atom",
            "/corrections.rss",
        ] {
            assert!(is_feed(topic), "{topic}");
        }
        for topic in
            ["/", "/all", "/all.xml", "/science/4n7k0wq2rv5c/x", "/science/4n7k0wq2rv5c/x.json", "/robots.txt", "", ".evil.example/all.rss"]
        {
            assert!(!is_feed(topic), "{topic}");
        }
    }
}
