//! From what a handler found to an answer.

use axum::response::{IntoResponse, Response};
use courant_projections::index::FindError;
use courant_search::SearchError;
use courant_wire::StoreError;
use http::StatusCode;
use http::header::{self, HeaderName, HeaderValue};

use super::SiteState;
use super::common::{self, ALL};
use crate::pages::{Fault, FaultPage, content_security_policy};
use crate::serve::{Answer, HubError, Tag};
use crate::words::UiLanguage;

/// Why a handler has no page.
#[derive(Debug)]
pub(super) enum Refused {
    /// Say so on a page.
    Fault(Fault),
    /// The page is elsewhere, for good.
    Moved(String),
    /// Another page answers this.
    Found(String),
    /// A cursor of a stream that is no number, or too many streams.
    Stream(HubError),
    /// Something broke.
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<SearchError> for Refused {
    fn from(error: SearchError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<FindError> for Refused {
    fn from(error: FindError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<HubError> for Refused {
    fn from(error: HubError) -> Self {
        Self::Stream(error)
    }
}

impl Refused {
    /// The one place where what went wrong becomes HTTP.
    pub(super) fn into_response(self, state: &SiteState, path: &str) -> Response {
        match self {
            Self::Fault(reason) => fault(state, path, reason).into_response(),
            Self::Moved(path) => redirect(StatusCode::MOVED_PERMANENTLY, &path),
            Self::Found(path) => redirect(StatusCode::FOUND, &path),
            Self::Stream(error) => {
                let status = match error {
                    HubError::BadCursor => StatusCode::BAD_REQUEST,
                    HubError::TooManyGroups => StatusCode::SERVICE_UNAVAILABLE,
                };
                Answer::new("text/plain; charset=utf-8", format!("{error}\n")).status(status).into_response()
            }
            Self::Broken(error) => {
                tracing::error!(error = error.as_ref() as &dyn std::error::Error, "a page could not be made: {error}");
                fault(state, path, Fault::Unavailable).into_response()
            }
        }
    }
}

/// A page with what every page carries. Browsers keep it and ask each time ([`Answer`]'s own rule): its entity tag makes that
/// cheap, and a kill is seen by the very next request.
pub(super) fn html(body: String) -> Answer {
    // The page says itself which language it is in; caches and clients that do not read it learn the same.
    let lang = body.split_once("lang=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(lang, _)| lang);
    let lang = lang.and_then(|lang| HeaderValue::from_str(lang).ok());
    let policy = content_security_policy(&body);
    let answer = secured_by(Answer::html(body), policy);
    match lang {
        Some(lang) => answer.header(header::CONTENT_LANGUAGE, lang),
        None => answer,
    }
}

/// Another form of a page, under the same rule.
pub(super) fn form(content_type: &'static str, body: String) -> Answer {
    secured(Answer::new(content_type, body))
}

pub(super) fn secured(answer: Answer) -> Answer {
    secured_by(answer, content_security_policy(""))
}

fn secured_by(answer: Answer, policy: &'static str) -> Answer {
    answer
        .header(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy))
        .header(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"))
        .header(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"))
        .header(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"))
        .header(
            HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static("camera=(), geolocation=(), microphone=(), browsing-topics=()"),
        )
}

/// A page that says what is wrong, with the newest stories to go on with.
pub(super) fn fault(state: &SiteState, path: &str, fault: Fault) -> Answer {
    let status = match fault {
        Fault::NotFound | Fault::NoSuchDay { .. } | Fault::NotYetMoved { .. } | Fault::NoSuchVersion { .. } => StatusCode::NOT_FOUND,
        Fault::BadCursor { .. } | Fault::BadParameter { .. } | Fault::BadMoment { .. } => StatusCode::BAD_REQUEST,
        Fault::ReadOnly => StatusCode::METHOD_NOT_ALLOWED,
        Fault::TooLong { .. } => StatusCode::URI_TOO_LONG,
        Fault::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    };
    let latest = match fault {
        // The store is what broke.
        Fault::Unavailable => Vec::new(),
        _ => common::latest(state, UiLanguage::English, 10).unwrap_or_default(),
    };
    let chrome = common::chrome(state, UiLanguage::English, path.to_owned());
    let answer = html(FaultPage { chrome, fault, latest }.render()).status(status);
    match status {
        StatusCode::NOT_FOUND => answer.until([Tag::of(ALL)]),
        StatusCode::METHOD_NOT_ALLOWED => answer.header(header::ALLOW, HeaderValue::from_static("GET, HEAD")),
        _ => answer,
    }
}

fn redirect(status: StatusCode, path: &str) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (status, [(header::LOCATION, location), (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))]).into_response()
}
