//! What a server says of an answer: its headers, and how it answers when it is asked again in other ways.

use super::rules::{self, Rule};
use super::{Finding, Kind};

/// Answers shorter than this are not worth compressing, in bytes.
const CODED_LEN_BYTES_MIN: usize = 1_024;

/// An answer, and the same address asked in three other ways.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    /// The status of GET.
    pub status: u16,
    /// The headers of GET, names in lower case. It was asked without a coding.
    pub headers: Vec<(String, String)>,
    /// How long the body was, in bytes.
    pub len_bytes: usize,
    /// Status and headers of HEAD.
    pub head: Option<(u16, Vec<(String, String)>)>,
    /// The status of GET with the entity tag of the first answer.
    pub conditional: Option<u16>,
    /// The `Content-Encoding` of GET with `Accept-Encoding: gzip`, and whether the body was the same once it was taken out.
    pub coded: Option<(Option<String>, bool)>,
    /// The language the page says it is in.
    pub lang: Option<String>,
}

impl Exchange {
    /// A header of GET.
    pub fn header(&self, name: &str) -> Option<&str> {
        value(&self.headers, name)
    }
}

fn value<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// Checks an answer with a document of this kind.
pub fn check_exchange(exchange: &Exchange, kind: Option<Kind>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut note = |rule: &'static Rule, header: &str, value: &str| findings.push(Finding::of(rule, header, value, None));
    let header = |name: &str| exchange.header(name);
    if exchange.status != 200 {
        note(rules::HTTP_STATUS, "status", &exchange.status.to_string());
    }
    if let Some(kind) = kind {
        let said = header("content-type").unwrap_or_default();
        let plain = said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if !kind.media_types().contains(&&*plain) {
            note(rules::HTTP_CONTENT_TYPE, "content-type", said);
        }
    }
    if header("set-cookie").is_some() {
        note(rules::HTTP_COOKIE, "set-cookie", header("set-cookie").unwrap_or_default());
    }
    if header("x-content-type-options").is_none_or(|said| !said.eq_ignore_ascii_case("nosniff")) {
        note(rules::HTTP_NOSNIFF, "x-content-type-options", header("x-content-type-options").unwrap_or_default());
    }
    if kind == Some(Kind::Page) {
        let policy = header("content-security-policy").unwrap_or_default();
        let is_closed = policy.contains("default-src 'none'") || policy.contains("default-src 'self'");
        if !is_closed || policy.contains("unsafe-inline") || policy.contains("unsafe-eval") {
            note(rules::HTTP_CSP, "content-security-policy", policy);
        }
        if header("referrer-policy").is_none() {
            note(rules::HTTP_REFERRER, "referrer-policy", "");
        }
        match (header("content-language"), &exchange.lang) {
            (None, _) => note(rules::HTTP_LANGUAGE, "content-language", ""),
            (Some(said), Some(lang)) if !said.split(',').any(|said| said.trim().eq_ignore_ascii_case(lang)) => {
                note(rules::HTTP_LANGUAGE_DIFFERS, "content-language", said);
            }
            (Some(_), _) => {}
        }
    }
    if header("cache-control").is_none() {
        note(rules::HTTP_CACHE, "cache-control", "");
    }
    match (header("etag"), exchange.conditional) {
        (None, _) => note(rules::HTTP_ETAG, "etag", ""),
        (Some(tag), Some(status)) if status != 304 => note(rules::HTTP_CONDITIONAL, "if-none-match", &format!("{tag} answers {status}")),
        (Some(_), _) => {}
    }
    if let Some((coding, is_same)) = &exchange.coded {
        let varies = header("vary").is_some_and(|vary| vary.to_ascii_lowercase().contains("accept-encoding") || vary.contains('*'));
        match coding {
            Some(_) if !varies => note(rules::HTTP_VARY, "vary", header("vary").unwrap_or_default()),
            None if CODED_LEN_BYTES_MIN < exchange.len_bytes => note(rules::HTTP_CODING, "content-encoding", ""),
            Some(_) | None => {}
        }
        if !is_same {
            note(rules::HTTP_CODING_DIFFERS, "content-encoding", coding.as_deref().unwrap_or_default());
        }
    }
    if let Some((status, headers)) = &exchange.head {
        if *status != exchange.status {
            note(rules::HTTP_HEAD, "status", &format!("HEAD {status}, GET {}", exchange.status));
        }
        for name in ["content-type", "etag", "content-language", "cache-control", "content-length", "last-modified", "link"] {
            let (of_head, of_get) = (value(headers, name), header(name));
            // The length may be left out of either.
            let is_length = name == "content-length" && (of_head.is_none() || of_get.is_none());
            if of_head != of_get && !is_length {
                note(rules::HTTP_HEAD, name, &format!("HEAD {}, GET {}", of_head.unwrap_or("none"), of_get.unwrap_or("none")));
            }
        }
    }
    findings
}

/// An address that does not answer, and why.
pub fn unanswered(reason: &str) -> Finding {
    Finding::of(rules::HTTP_UNANSWERED, "address", reason, None)
}

/// An address that sends whoever asks from one to the next.
pub fn redirected(reason: &str) -> Finding {
    Finding::of(rules::HTTP_REDIRECTS, "address", reason, None)
}
