//! Files of lines for machines: robots.txt (RFC 9309), security.txt (RFC 9116) and trust.txt.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::rules::{self, Rule};
use super::{Asked, FINDINGS_MAX, Finding, values};

/// What a robot reads of robots.txt at least.
const ROBOTS_LEN_BYTES_MAX: usize = 500 << 10;
/// How far away the end of security.txt should be at most.
const EXPIRES_MAX: SignedDuration = SignedDuration::from_hours(24 * 366);

/// robots.txt.
pub(super) fn robots(bytes: &[u8]) -> Vec<Finding> {
    let mut findings = Vec::new();
    if ROBOTS_LEN_BYTES_MAX < bytes.len() {
        put(&mut findings, rules::ROBOTS_SIZE, "robots.txt", &format!("{} bytes", bytes.len()), None);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        put(&mut findings, rules::ROBOTS_UTF8, "robots.txt", "", None);
        return findings;
    };
    let mut is_in_group = false;
    for (number, line) in lines(text.trim_start_matches('\u{feff}')) {
        let Some((name, value)) = line.split_once(':').map(|(name, value)| (name.trim(), value.trim())) else {
            put(&mut findings, rules::ROBOTS_LINE, "line", line, Some(number));
            continue;
        };
        match &*name.to_ascii_lowercase() {
            "user-agent" => {
                is_in_group = true;
                let is_name = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./ ".contains(&byte));
                if value != "*" && !is_name {
                    put(&mut findings, rules::ROBOTS_AGENT, name, value, Some(number));
                }
            }
            "allow" | "disallow" => {
                if !is_in_group {
                    put(&mut findings, rules::ROBOTS_ORPHAN, name, value, Some(number));
                }
                if !value.is_empty() && !value.starts_with(['/', '*']) {
                    put(&mut findings, rules::ROBOTS_PATH, name, value, Some(number));
                }
            }
            "sitemap" if !is_web(value) => put(&mut findings, rules::ROBOTS_SITEMAP, name, value, Some(number)),
            _ if name.is_empty() => put(&mut findings, rules::ROBOTS_LINE, "line", line, Some(number)),
            // Others may define more (2.2.4).
            _ => {}
        }
    }
    findings
}

/// security.txt.
pub(super) fn security(text: &str, asked: &Asked<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (mut n_contacts, mut n_expires, mut n_languages) = (0, 0, 0);
    let mut canonical: Vec<&str> = Vec::new();
    for (number, line) in lines(text) {
        // A signature around it (2.3).
        if line.starts_with("-----") || line.starts_with("Hash:") {
            if line.starts_with("-----BEGIN PGP SIGNATURE") {
                break;
            }
            continue;
        }
        let Some((name, value)) = line.split_once(':').map(|(name, value)| (name, value.trim())) else {
            put(&mut findings, rules::SECURITY_LINE, "line", line, Some(number));
            continue;
        };
        let is_address = Url::parse(value).is_ok();
        match &*name.to_ascii_lowercase() {
            "contact" => {
                n_contacts += 1;
                if !is_address {
                    put(&mut findings, rules::SECURITY_CONTACT, name, value, Some(number));
                }
            }
            "expires" => {
                n_expires += 1;
                match value.parse::<Timestamp>() {
                    Ok(at) => {
                        let ahead = asked.now.map(|now| at.duration_since(now));
                        if ahead.is_some_and(|ahead| ahead.is_negative()) {
                            put(&mut findings, rules::SECURITY_EXPIRED, name, value, Some(number));
                        } else if ahead.is_some_and(|ahead| EXPIRES_MAX < ahead) {
                            put(&mut findings, rules::SECURITY_EXPIRES_FAR, name, value, Some(number));
                        }
                    }
                    Err(_) => put(&mut findings, rules::SECURITY_EXPIRES, name, value, Some(number)),
                }
            }
            "preferred-languages" => {
                n_languages += 1;
                if 1 < n_languages || !value.split(',').all(|tag| values::is_language(tag.trim())) {
                    put(&mut findings, rules::SECURITY_LANGUAGES, name, value, Some(number));
                }
            }
            "canonical" => canonical.push(value),
            "acknowledgments" | "encryption" | "hiring" | "policy" | "csaf" => {}
            _ => put(&mut findings, rules::SECURITY_FIELD, name, value, Some(number)),
        }
        let is_local = asked.address.is_some_and(|address| address.starts_with("http://"));
        if value.starts_with("http://") && !is_local {
            put(&mut findings, rules::SECURITY_HTTPS, name, value, Some(number));
        }
    }
    if n_contacts == 0 {
        put(&mut findings, rules::SECURITY_CONTACT, "Contact", "", None);
    }
    if n_expires != 1 {
        put(&mut findings, rules::SECURITY_EXPIRES, "Expires", &format!("{n_expires} of them"), None);
    }
    if let Some(address) = asked.address.filter(|address| !canonical.is_empty() && !canonical.contains(address)) {
        put(&mut findings, rules::SECURITY_CANONICAL, "Canonical", address, None);
    }
    findings
}

/// trust.txt.
pub(super) fn trust(text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in lines(text) {
        let Some((name, value)) = line.split_once('=').map(|(name, value)| (name.trim(), value.trim())) else {
            put(&mut findings, rules::TRUST_LINE, "line", line, Some(number));
            continue;
        };
        let is_right = match &*name.to_ascii_lowercase() {
            "datatrainingallowed" => matches!(&*value.to_ascii_lowercase(), "yes" | "no"),
            "member" | "belongto" | "control" | "controlledby" | "social" | "vendor" | "customer" | "disclosure" => is_web(value),
            "contact" => Url::parse(value).is_ok(),
            _ => {
                put(&mut findings, rules::TRUST_ATTRIBUTE, name, value, Some(number));
                continue;
            }
        };
        if !is_right {
            put(&mut findings, rules::TRUST_VALUE, name, value, Some(number));
        }
    }
    findings
}

fn put(findings: &mut Vec<Finding>, rule: &'static Rule, part: &str, value: &str, line: Option<u64>) {
    if findings.len() < FINDINGS_MAX {
        findings.push(Finding::of(rule, part, value, line));
    }
}

/// The lines that say something, each with its number.
fn lines(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let without_comment = |line: &'_ str| line.split('#').next().unwrap_or_default().trim().len();
    (1..).zip(text.lines()).filter_map(move |(number, line)| {
        let len = without_comment(line);
        (len != 0).then(|| (number, if line.trim_start().starts_with('#') { "" } else { comment_cut(line) }))
    })
}

/// A line without a comment: one stands behind white space, so that addresses keep their fragments.
fn comment_cut(line: &str) -> &str {
    line.find(" #").map_or(line, |at| &line[..at]).trim()
}

fn is_web(value: &str) -> bool {
    Url::parse(value).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}
