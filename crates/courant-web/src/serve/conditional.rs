//! Conditional requests (RFC 9110, 13): has the reader this version already?

use http::header::{HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use jiff::Timestamp;
use jiff::fmt::{rfc2822, strtime};

/// When a page last changed, in the two forms a request is compared with.
#[derive(Clone, Debug)]
pub(super) struct LastModified {
    at_second: i64,
    pub(super) header: HeaderValue,
}

impl LastModified {
    /// None for instants an HTTP date cannot say (before the year 1 or after 9999).
    pub(super) fn new(at: Timestamp) -> Option<Self> {
        let text = rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&at).ok()?;
        Some(Self { at_second: at.as_second(), header: HeaderValue::from_str(&text).ok()? })
    }
}

/// Which of the page's entity tags the reader has already, by `If-None-Match`, else by
/// `If-Modified-Since`; none if the page is to be sent.
///
/// The first of `etags` is the one a 200 would carry.
pub(super) fn held<'a>(headers: &HeaderMap, etags: &[&'a HeaderValue], last_modified: Option<&LastModified>) -> Option<&'a HeaderValue> {
    if headers.contains_key(IF_NONE_MATCH) {
        return headers.get_all(IF_NONE_MATCH).iter().find_map(|list| named(list.as_bytes(), etags));
    }
    let since = headers.get(IF_MODIFIED_SINCE)?;
    let changed = last_modified?;
    let unchanged = *since == changed.header || parse_date(since.to_str().ok()?)? >= changed.at_second;
    unchanged.then(|| etags.first().copied()).flatten()
}

/// The first of `etags` that a list such as `"a", W/"b"` or `*` names, by weak comparison.
fn named<'a>(mut list: &[u8], etags: &[&'a HeaderValue]) -> Option<&'a HeaderValue> {
    if list.trim_ascii() == b"*" {
        return etags.first().copied();
    }
    // An opaque tag may hold commas, so the list is cut at the quotes.
    while let Some(open) = list.iter().position(|byte| *byte == b'"') {
        let len = list[open + 1..].iter().position(|byte| *byte == b'"')?;
        let quoted = &list[open..open + len + 2];
        if let Some(etag) = etags.iter().find(|etag| etag.as_bytes() == quoted) {
            return Some(etag);
        }
        list = &list[open + len + 2..];
    }
    None
}

/// Seconds since 1970 of an HTTP date in any of the three forms a recipient must read (RFC 9110, 5.6.7).
fn parse_date(text: &str) -> Option<i64> {
    if let Ok(at) = rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_timestamp(text) {
        return Some(at.as_second());
    }
    ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"].iter().find_map(|form| {
        let civil = strtime::parse(form, text).ok()?.to_datetime().ok()?;
        Some(jiff::tz::TimeZone::UTC.to_timestamp(civil).ok()?.as_second())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(name: http::HeaderName, value: &str) -> bool {
        let etags = [HeaderValue::from_static("\"a-br\""), HeaderValue::from_static("\"a-bb\"")];
        let changed = LastModified::new("1994-11-06T08:49:37.5Z".parse().unwrap()).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        held(&headers, &[&etags[0], &etags[1]], Some(&changed)).is_some()
    }

    #[test]
    fn an_entity_tag_is_found_in_any_spelling_of_the_list() {
        for list in ["\"a-br\"", "W/\"a-br\"", "\"x\", \"a-br\"", "\"x,y\",W/\"a-bb\"", "*", " * "] {
            assert!(answer(IF_NONE_MATCH, list), "{list}");
        }
        for list in ["\"b-br\"", "", "a-br", "\"a-br", "\"*\"", "\"a\""] {
            assert!(!answer(IF_NONE_MATCH, list), "{list}");
        }
    }

    #[test]
    fn all_three_forms_of_a_date_are_read() {
        for (since, unchanged) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", true),
            ("Sunday, 06-Nov-94 08:49:37 GMT", true),
            ("Sun Nov  6 08:49:37 1994", true),
            ("Sun, 06 Nov 1994 08:49:36 GMT", false),
            ("Mon, 07 Nov 1994 08:49:36 GMT", true),
            ("yesterday", false),
        ] {
            assert_eq!(answer(IF_MODIFIED_SINCE, since), unchanged, "{since}");
        }
    }

    #[test]
    fn a_date_counts_only_without_an_entity_tag() {
        let etag = HeaderValue::from_static("\"a\"");
        let changed = LastModified::new(Timestamp::UNIX_EPOCH).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(IF_MODIFIED_SINCE, changed.header.clone());
        assert!(held(&headers, &[&etag], Some(&changed)).is_some());
        headers.insert(IF_NONE_MATCH, HeaderValue::from_static("\"b\""));
        assert!(held(&headers, &[&etag], Some(&changed)).is_none());
    }
}
