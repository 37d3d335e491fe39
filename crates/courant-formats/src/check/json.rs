//! JSON Feed 1.1, and ninjs by the IPTC's schemas.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::rules::{self, Rule};
use super::{Finding, values};

const VERSIONS: [&str; 2] = ["https://jsonfeed.org/version/1.1", "https://jsonfeed.org/version/1"];
/// What members hold.
#[derive(Clone, Copy)]
enum Holds {
    Text,
    Url,
    Date,
    Truth,
    Number,
    Language,
    Texts,
    Authors,
    Author,
    Hubs,
    Items,
    Attachments,
}

const FEED: [(&str, Holds); 14] = [
    ("version", Holds::Url),
    ("title", Holds::Text),
    ("home_page_url", Holds::Url),
    ("feed_url", Holds::Url),
    ("description", Holds::Text),
    ("user_comment", Holds::Text),
    ("next_url", Holds::Url),
    ("icon", Holds::Url),
    ("favicon", Holds::Url),
    ("authors", Holds::Authors),
    ("language", Holds::Language),
    ("expired", Holds::Truth),
    ("hubs", Holds::Hubs),
    ("items", Holds::Items),
];
const ITEM: [(&str, Holds); 15] = [
    ("id", Holds::Text),
    ("url", Holds::Url),
    ("external_url", Holds::Url),
    ("title", Holds::Text),
    ("content_html", Holds::Text),
    ("content_text", Holds::Text),
    ("summary", Holds::Text),
    ("image", Holds::Url),
    ("banner_image", Holds::Url),
    ("date_published", Holds::Date),
    ("date_modified", Holds::Date),
    ("authors", Holds::Authors),
    ("tags", Holds::Texts),
    ("language", Holds::Language),
    ("attachments", Holds::Attachments),
];
const AUTHOR: [(&str, Holds); 3] = [("name", Holds::Text), ("url", Holds::Url), ("avatar", Holds::Url)];
const HUB: [(&str, Holds); 2] = [("type", Holds::Text), ("url", Holds::Url)];
const ATTACHMENT: [(&str, Holds); 5] = [
    ("url", Holds::Url),
    ("mime_type", Holds::Text),
    ("title", Holds::Text),
    ("size_in_bytes", Holds::Number),
    ("duration_in_seconds", Holds::Number),
];

/// Checks a JSON Feed.
pub(super) fn feed(bytes: &[u8]) -> Vec<Finding> {
    let map = match read(bytes) {
        Ok(map) => map,
        Err(finding) => return vec![*finding],
    };
    let mut findings = Vec::new();
    match map.get("version").and_then(Value::as_str) {
        Some(version) if VERSIONS.contains(&version) => {}
        version => put(&mut findings, rules::JSON_FEED_VERSION, "version", version.unwrap_or_default()),
    }
    for needed in ["title", "items"] {
        if !map.contains_key(needed) {
            put(&mut findings, rules::JSON_FEED_MISSING, needed, "");
        }
    }
    if !map.contains_key("feed_url") {
        put(&mut findings, rules::JSON_FEED_SELF, "feed_url", "");
    }
    members(&mut findings, &map, "", &FEED);
    let mut ids = HashSet::new();
    for (idx, item) in map.get("items").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let place = format!("items[{idx}]");
        let Some(item) = item.as_object() else { continue };
        match item.get("id") {
            Some(Value::String(id)) if id.is_empty() => put(&mut findings, rules::JSON_FEED_MISSING, &format!("{place}.id"), ""),
            Some(Value::String(id)) if !ids.insert(id.clone()) => {
                put(&mut findings, rules::JSON_FEED_DUPLICATE, &format!("{place}.id"), id);
            }
            Some(_) => {}
            None => put(&mut findings, rules::JSON_FEED_MISSING, &format!("{place}.id"), ""),
        }
        if !item.contains_key("content_html") && !item.contains_key("content_text") {
            put(&mut findings, rules::JSON_FEED_CONTENT, &place, "");
        }
    }
    findings
}

fn put(findings: &mut Vec<Finding>, rule: &'static Rule, place: &str, value: &str) {
    if findings.len() < super::FINDINGS_MAX {
        findings.push(Finding::of(rule, place, value, None));
    }
}

/// The members of one object, each by its type.
fn members(findings: &mut Vec<Finding>, map: &Map<String, Value>, place: &str, known: &[(&str, Holds)]) {
    let under = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
    for (name, value) in map {
        let here = under(name);
        if name.starts_with('_') {
            continue;
        }
        match known.iter().find(|(known, _)| known == name) {
            Some((_, holds)) => held(findings, value, &here, *holds),
            None if name == "author" => {
                put(findings, rules::JSON_FEED_DEPRECATED, &here, "");
                held(findings, value, &here, Holds::Author);
            }
            None => put(findings, rules::JSON_FEED_UNKNOWN, &here, ""),
        }
    }
}

fn held(findings: &mut Vec<Finding>, value: &Value, place: &str, holds: Holds) {
    let text = value.as_str();
    let list = |findings: &mut Vec<Finding>, known: &[(&str, Holds)], needed: &[&str]| {
        let Some(entries) = value.as_array() else {
            put(findings, rules::JSON_FEED_TYPE, place, "not an array");
            return;
        };
        for (idx, entry) in entries.iter().enumerate() {
            let here = format!("{place}[{idx}]");
            let Some(map) = entry.as_object() else {
                put(findings, rules::JSON_FEED_TYPE, &here, "not an object");
                continue;
            };
            for needed in needed.iter().filter(|needed| !map.contains_key(**needed)) {
                put(findings, rules::JSON_FEED_MISSING, &format!("{here}.{needed}"), "");
            }
            members(findings, map, &here, known);
        }
    };
    match holds {
        Holds::Items => list(findings, &ITEM, &[]),
        Holds::Authors => list(findings, &AUTHOR, &[]),
        Holds::Hubs => list(findings, &HUB, &["type", "url"]),
        Holds::Attachments => list(findings, &ATTACHMENT, &["url", "mime_type"]),
        Holds::Author => match value.as_object() {
            Some(map) => members(findings, map, place, &AUTHOR),
            None => put(findings, rules::JSON_FEED_TYPE, place, "not an object"),
        },
        Holds::Texts => {
            if !value.as_array().is_some_and(|texts| texts.iter().all(Value::is_string)) {
                put(findings, rules::JSON_FEED_TYPE, place, "not an array of strings");
            }
        }
        Holds::Truth if !value.is_boolean() => put(findings, rules::JSON_FEED_TYPE, place, "not true or false"),
        Holds::Number if !value.is_number() => put(findings, rules::JSON_FEED_TYPE, place, "not a number"),
        Holds::Truth | Holds::Number => {}
        Holds::Text | Holds::Url | Holds::Date | Holds::Language => match (text, holds) {
            (None, _) => put(findings, rules::JSON_FEED_TYPE, place, "not a string"),
            (Some(url), Holds::Url) if !values::is_full_uri(url) => put(findings, rules::JSON_FEED_URL, place, url),
            (Some(date), Holds::Date) if values::rfc3339(date, None).is_some() => put(findings, rules::JSON_FEED_DATE, place, date),
            (Some(tag), Holds::Language) if !values::is_language(tag) => put(findings, rules::JSON_FEED_LANGUAGE, place, tag),
            (Some(_), _) => {}
        },
    }
}

/// The newest edition of each generation of ninjs.
const NEWEST: [&str; 3] = ["3.1", "2.2", "1.6"];

/// Checks a ninjs document by the schema of a version, of the version it says, or of the one it comes nearest to.
pub(super) fn ninjs(bytes: &[u8], version: Option<&str>) -> Vec<Finding> {
    let map = match read(bytes) {
        Ok(map) => map,
        Err(finding) => return vec![*finding],
    };
    let standard = map.get("standard").or_else(|| map.get("$standard"));
    let says_version = standard.is_some_and(|standard| standard["version"].is_string());
    let checked = match version {
        Some(version) => match crate::ninjs::check_by(bytes, version) {
            Some(checked) => checked,
            None => return vec![Finding::of(rules::NINJS_SCHEMA, "version", &format!("there is no ninjs {version}"), None)],
        },
        None => crate::ninjs::check(bytes),
    };
    // Names alone do not always tell the generation.
    if version.is_none() && !says_version && !checked.problems.is_empty() {
        let is_valid = |version: &&str| crate::ninjs::check_by(bytes, version).is_some_and(|checked| checked.problems.is_empty());
        if NEWEST.iter().any(is_valid) {
            return Vec::new();
        }
    }
    let finding = |problem: &crate::incoming::Problem| {
        let mut finding = Finding::of(rules::NINJS_SCHEMA, &problem.field, &problem.reason, None);
        finding.clause = checked.version;
        finding
    };
    checked.problems.iter().map(finding).collect()
}

/// An object, or what is wrong with the JSON and where.
fn read(bytes: &[u8]) -> Result<Map<String, Value>, Box<Finding>> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(Box::new(Finding::of(rules::NOT_JSON, "document", "is no object", Some(1)))),
        Err(error) => {
            let mut finding = Finding::of(rules::NOT_JSON, "document", &error.to_string(), Some(error.line() as u64));
            finding.column = Some(error.column() as u64);
            Err(Box::new(finding))
        }
    }
}
