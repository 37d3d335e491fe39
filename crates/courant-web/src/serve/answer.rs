//! What a page handler returns, and what the page cache needs to know about it.

use std::time::Duration;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Extensions, StatusCode};
use jiff::Timestamp;

/// A page names at most this many tags; with more it hangs on every invalidation instead.
pub const TAGS_MAX: usize = 256;

/// Something a page was made from, such as `story:ID`, `section:economy` or `all`.
///
/// When it changes, every page that named it is dropped. Two names may share a tag (a 64-bit
/// hash); the price is a page rendered once too often, never a stale one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag(pub(super) u64);

impl Tag {
    /// The tag of a name. Pure and stable: the page and the pump may compute it apart.
    pub const fn of(name: &str) -> Self {
        Self(fnv(FNV_START, name.as_bytes()))
    }

    /// The tag of `kind:value`, without building the string.
    pub const fn pair(kind: &str, value: &str) -> Self {
        Self(fnv(fnv(fnv(FNV_START, kind.as_bytes()), b":"), value.as_bytes()))
    }
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: short, constant, and good enough for names we write ourselves.
const fn fnv(mut hash: u64, bytes: &[u8]) -> u64 {
    let mut idx = 0;
    while idx < bytes.len() {
        hash = (hash ^ bytes[idx] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        idx += 1;
    }
    hash
}

/// How long an answer may be kept in memory for other readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Made for this request alone.
    Never,
    /// Until one of these tags is invalidated.
    Until(Vec<Tag>),
    /// Until one of these tags is invalidated, but no longer than this: for pages that age by themselves.
    UntilOrFor(Vec<Tag>, Duration),
}

/// A whole page, feed or picture, as a handler returns it.
///
/// The server adds what every such answer shares: a strong `ETag` per encoding, `Vary`,
/// `Content-Length`, compression, 304 for a reader that has it already, no body for HEAD.
///
/// An answer that is kept must depend on the request target alone: it is given to every reader
/// who asks for that target, whatever their headers. Requests with `Cookie`, `Authorization` or
/// `Range` are never answered from the cache and what they render is never kept.
#[derive(Clone, Debug)]
#[must_use]
pub struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    note: PageNote,
}

/// What the server learns about an answer beside its bytes. Travels as a response extension, so
/// that middleware may still add headers.
#[derive(Clone, Debug)]
pub(super) struct PageNote {
    pub(super) keep: Keep,
    pub(super) canonical: Option<String>,
    pub(super) last_modified: Option<Timestamp>,
}

impl Answer {
    /// A 200 answer, kept for nobody and revalidated by every reader until said otherwise.
    pub fn new(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        let note = PageNote { keep: Keep::Never, canonical: None, last_modified: None };
        Self { status: StatusCode::OK, headers, body: body.into(), note }
    }

    /// A 200 HTML page.
    pub fn html(body: impl Into<Bytes>) -> Self {
        Self::new("text/html; charset=utf-8", body)
    }

    /// Another status. Of the errors only 404 and 410 may be kept in memory, and all of them
    /// leave with `Cache-Control: no-store`.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Keeps the answer in memory until one of `tags` is invalidated. Name everything the page was made from.
    pub fn until(mut self, tags: impl IntoIterator<Item = Tag>) -> Self {
        self.note.keep = Keep::Until(tags.into_iter().collect());
        self
    }

    /// As [`Answer::until`], and no longer than `age_max`.
    pub fn until_or_for(mut self, tags: impl IntoIterator<Item = Tag>, age_max: Duration) -> Self {
        self.note.keep = Keep::UntilOrFor(tags.into_iter().collect(), age_max);
        self
    }

    /// What browsers and proxies may do with it. The default is `no-cache`: keep it, but ask each time.
    pub fn cache_control(mut self, value: &'static str) -> Self {
        self.headers.insert(CACHE_CONTROL, HeaderValue::from_static(value));
        self
    }

    /// When the page last changed, to the second. It must move forward with every change a reader
    /// could see (the last entry applied, not the newest story shown), or `If-Modified-Since` would
    /// hide the change.
    pub fn last_modified(mut self, at: Timestamp) -> Self {
        self.note.last_modified = Some(at);
        self
    }

    /// The target (`/path?query`) this answer is kept under, when the request spelled it otherwise.
    /// Must be a pure function of the request target, as the pair is remembered.
    pub fn canonical(mut self, target: impl Into<String>) -> Self {
        self.note.canonical = Some(target.into());
        self
    }

    /// One more header. Replaces what was there under that name.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut extensions = Extensions::new();
        extensions.insert(self.note);
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        *response.extensions_mut() = extensions;
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_the_tag_of_its_spelling() {
        assert_eq!(Tag::pair("story", "0abc"), Tag::of("story:0abc"));
        assert_ne!(Tag::of("story:0abc"), Tag::of("story:0abd"));
    }
}
