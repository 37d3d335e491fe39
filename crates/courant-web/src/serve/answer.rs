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
#[derive(Clone, Copy)]
pub struct Tag {
    pub(super) hash: u64,
    /// Its name, for caches of others; cut where it is too long, and not to be shown then.
    name: [u8; NAME_BYTES_MAX],
    name_len: usize,
}

/// The longest name that caches of others are told (RFC 9875, 2.1: they take 32 characters at least).
const NAME_BYTES_MAX: usize = 32;
/// The most tags that caches of others are told of one page (RFC 9875, 2.1).
const GROUPS_MAX: usize = 32;
/// What is dropped with every change of any story.
const EVERYTHING: &str = "all";

impl Tag {
    /// The tag of a name. Pure and stable: the page and the pump may compute it apart.
    pub const fn of(name: &str) -> Self {
        Self::START.with(name.as_bytes())
    }

    /// The tag of `kind:value`, without building the string.
    pub const fn pair(kind: &str, value: &str) -> Self {
        Self::START.with(kind.as_bytes()).with(b":").with(value.as_bytes())
    }

    const START: Self = Self { hash: 0xcbf2_9ce4_8422_2325, name: [0; NAME_BYTES_MAX], name_len: 0 };

    /// FNV-1a: short, constant, and good enough for names we write ourselves.
    const fn with(mut self, bytes: &[u8]) -> Self {
        let mut idx = 0;
        while idx < bytes.len() {
            self.hash = (self.hash ^ bytes[idx] as u64).wrapping_mul(0x0000_0100_0000_01b3);
            if self.name_len < NAME_BYTES_MAX {
                self.name[self.name_len] = bytes[idx];
            }
            self.name_len += 1;
            idx += 1;
        }
        self
    }

    /// What caches of others call it: its name, or its hash where the name is long or in letters that headers do not take.
    fn group(&self) -> String {
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b":-_.".contains(byte);
        match self.name.get(..self.name_len) {
            Some(name) if name.iter().all(is_plain) => String::from_utf8_lossy(name).into_owned(),
            _ => format!("{:016x}", self.hash),
        }
    }

    /// What caches of others call these tags; nothing for a page that hangs on none. A page of very many tags is told to hang
    /// on everything.
    pub(super) fn groups(tags: &[Self]) -> Vec<String> {
        if GROUPS_MAX < tags.len() { vec![EVERYTHING.to_owned()] } else { tags.iter().map(Self::group).collect() }
    }
}

impl PartialEq for Tag {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl Eq for Tag {}

impl std::hash::Hash for Tag {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

impl std::fmt::Debug for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Tag").field(&self.group()).finish()
    }
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

    #[test]
    fn caches_of_others_are_told_the_name_if_a_header_takes_it() {
        let groups = |tags: &[Tag]| Tag::groups(tags).join(" ");
        assert_eq!(groups(&[Tag::pair("story", "4n7k0wq2rv5c"), Tag::of("all")]), "story:4n7k0wq2rv5c all");
        let hash = groups(&[Tag::pair("place", "токио")]);
        assert!(hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{hash}");
        assert_ne!(hash, groups(&[Tag::pair("place", "осака")]));
        assert_eq!(groups(&[Tag::of(&"a".repeat(NAME_BYTES_MAX))]), "a".repeat(NAME_BYTES_MAX));
        assert_eq!(groups(&[Tag::of(&"a".repeat(NAME_BYTES_MAX + 1))]).len(), 16);
        assert_eq!(groups(&[]), "");
        let many: Vec<Tag> = (0..=GROUPS_MAX).map(|n| Tag::of(&n.to_string())).collect();
        assert_eq!(groups(&many), "all");
    }
}
