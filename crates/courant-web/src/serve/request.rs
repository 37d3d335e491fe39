//! The request checks hyper leaves out.

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, COOKIE, HOST, HeaderMap, RANGE, TRANSFER_ENCODING, UPGRADE};
use http::{Method, StatusCode, Uri};

/// Why a request is turned away before anybody looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) message: &'static str,
}

const fn refuse(status: StatusCode, message: &'static str) -> Result<(), Refusal> {
    Err(Refusal { status, message })
}

/// Turns away what no handler should see: ambiguous hosts, targets without a path, bodies where none belongs.
pub(super) fn check(method: &Method, uri: &Uri, headers: &HeaderMap, target_bytes_max: usize) -> Result<(), Refusal> {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if is_host(host.as_bytes()) => {}
        (Some(_), None) => {
            return refuse(StatusCode::BAD_REQUEST, "the Host header is not a host name with an optional port");
        }
        (Some(_), Some(_)) => {
            return refuse(StatusCode::BAD_REQUEST, "send exactly one Host header, not several");
        }
        (None, _) => {
            return refuse(StatusCode::BAD_REQUEST, "the Host header is missing; send exactly one");
        }
    }
    let Some(target) = uri.path_and_query() else {
        return refuse(StatusCode::NOT_IMPLEMENTED, "this server is no proxy; ask for a path");
    };
    if target_bytes_max < target.as_str().len() {
        return refuse(StatusCode::URI_TOO_LONG, "the address is too long (at most 16,384 bytes); shorten the query");
    }
    if is_read(method) && has_body(headers) {
        return refuse(StatusCode::BAD_REQUEST, "GET and HEAD take no body; leave out Content-Length and the body");
    }
    Ok(())
}

/// `name`, `name:port`, `[v6]`, `[v6]:port`. Narrower than RFC 3986, whose names may hold commas:
/// a comma is how two Host headers look after somebody has joined them.
fn is_host(host: &[u8]) -> bool {
    let (name, rest) = if let Some(inner) = host.strip_prefix(b"[") {
        let Some(end) = inner.iter().position(|byte| *byte == b']') else {
            return false;
        };
        let (v6, rest) = (&inner[..end], &inner[end + 1..]);
        if !v6.iter().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.')) {
            return false;
        }
        (v6, rest)
    } else {
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        host.split_at(host.iter().position(|byte| !plain(byte)).unwrap_or(host.len()))
    };
    !name.is_empty()
        && match rest {
            [] | [b':'] => true,
            [b':', port @ ..] => {
                port.iter().all(u8::is_ascii_digit) && std::str::from_utf8(port).is_ok_and(|port| port.parse::<u16>().is_ok())
            }
            _ => false,
        }
}

pub(super) fn is_read(method: &Method) -> bool {
    *method == Method::GET || *method == Method::HEAD
}

fn has_body(headers: &HeaderMap) -> bool {
    headers.contains_key(TRANSFER_ENCODING) || headers.get(CONTENT_LENGTH).is_some_and(|len| len != "0")
}

/// True when the answer may come from, and go into, the page cache: nothing in the request says
/// that it is one reader's own business.
pub(super) fn is_shareable(method: &Method, headers: &HeaderMap) -> bool {
    is_read(method)
        && !headers.contains_key(COOKIE)
        && !headers.contains_key(AUTHORIZATION)
        && !headers.contains_key(RANGE)
        && !headers.contains_key(UPGRADE)
        && headers.get(ACCEPT).is_none_or(|accept| !accept.as_bytes().starts_with(b"text/event-stream"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_and_perhaps_a_port() {
        for host in ["example.org", "example.org:8080", "[::1]", "[::1]:80", "127.0.0.1:1", "xn--e1afmkfd.xn--p1ai", "a:"] {
            assert!(is_host(host.as_bytes()), "{host}");
        }
        for host in ["", "a b", "user@example.org", "a/b", "a,b", "a:b", "a:99999", ":80", "http://a", "a?b", "\u{e9}"] {
            assert!(!is_host(host.as_bytes()), "{host}");
        }
    }
}
