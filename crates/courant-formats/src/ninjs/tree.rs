//! Walking a JSON tree with its path, gathering every problem instead of stopping at the first.

use std::fmt;

use courant_news::FieldError;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::scan::{BODY_LEN_BYTES_MAX, ENTRIES_MAX, kind_of};
use crate::findings::Findings;
use crate::instant;
use crate::refused::{Problem, Repair};

/// An object, where it stands, and where to report.
#[derive(Clone, Copy)]
pub(super) struct Object<'p, 'v> {
    map: &'v Map<String, Value>,
    path: Path<'p>,
    findings: &'p Findings,
}

/// Where an object stands. Written out only when there is something to report.
#[derive(Clone, Copy)]
enum Path<'p> {
    Top,
    Key { parent: &'p Path<'p>, key: &'p str },
    Entry { parent: &'p Path<'p>, key: &'p str, entry_idx: usize },
}

/// The path of a key, written out only when there is something to report.
struct Key<'p> {
    path: &'p Path<'p>,
    key: &'p str,
}

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.path, self.key)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => Ok(()),
            Self::Key { parent, key } => write!(f, "{parent}{key}."),
            Self::Entry { parent, key, entry_idx } => write!(f, "{parent}{key}[{entry_idx}]."),
        }
    }
}

impl<'p, 'v: 'p> Object<'p, 'v> {
    pub(super) fn top(map: &'v Map<String, Value>, findings: &'p Findings) -> Self {
        Self { map, path: Path::Top, findings }
    }

    /// The path of one of its keys.
    pub(super) fn path(&self, key: &str) -> String {
        format!("{}{key}", self.path)
    }

    /// The instant behind one of these keys; see [`instant::past`].
    pub(super) fn past(&self, names: &[&'static str], now: Timestamp) -> Option<Timestamp> {
        let text = self.text(names)?;
        let (key, _) = self.get(names)?;
        instant::past(self.findings, &Key { path: &self.path, key }, text, now)
    }

    /// The end of an embargo behind one of these keys; see [`instant::embargo`].
    pub(super) fn embargo(&self, names: &[&'static str], now: Timestamp) -> Option<Timestamp> {
        let text = self.text(names)?;
        let (key, _) = self.get(names)?;
        instant::embargo(self.findings, &Key { path: &self.path, key }, text, now)
    }

    /// A line shortened or cleaned to what its type takes; see [`Findings::fitted`].
    pub(super) fn fitted<T>(&self, key: &str, text: &str, parse: fn(&str) -> Result<T, FieldError>, chars_max: usize) -> Option<T> {
        self.findings.fitted(&Key { path: &self.path, key }, text, parse, chars_max)
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &'v str> {
        self.map.keys().map(String::as_str)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    /// The first of these keys that is there and not null. ninjs 1.x and 2.x write in small letters what 3.x writes in
    /// camel case, so most fields have several names.
    pub(super) fn get(&self, names: &[&'static str]) -> Option<(&'static str, &'v Value)> {
        names.iter().find_map(|name| self.map.get(*name).filter(|value| !value.is_null()).map(|value| (*name, value)))
    }

    /// A text. What is no text is a problem; an empty one is none.
    pub(super) fn text(&self, names: &[&'static str]) -> Option<&'v str> {
        let (name, value) = self.get(names)?;
        self.as_text(name, value)
    }

    fn as_text(&self, name: &str, value: &'v Value) -> Option<&'v str> {
        match value {
            Value::String(text) if BODY_LEN_BYTES_MAX < text.len() => {
                let reason = format!("has {} bytes, and at most {BODY_LEN_BYTES_MAX} are read", text.len());
                self.findings.refuse(Problem::new(self.path(name), text, reason, "split the story"));
                None
            }
            Value::String(text) => Some(text.as_str()).filter(|text| !text.trim().is_empty()),
            other => {
                self.refuse(name, &other.to_string(), &format!("is {}", kind_of(other)), "give a text");
                None
            }
        }
    }

    /// Every key that begins with `prefix`, with its text: the open-ended families of ninjs 1.x such as `body_*`.
    pub(super) fn texts_of_family(&self, prefix: &str) -> Vec<(&'v str, &'v str)> {
        let family = self.map.iter().filter(|(key, _)| is_of_family(key, prefix));
        family.filter_map(|(key, value)| Some((key.as_str(), self.as_text(key, value).filter(|_| !value.is_null())?))).collect()
    }

    /// A whole number; one written as a text counts.
    pub(super) fn integer(&self, names: &[&'static str]) -> Option<i64> {
        let (name, value) = self.get(names)?;
        let number = match value {
            Value::Number(number) => number.as_i64().or_else(|| number.as_f64().filter(|float| float.fract() == 0.0).map(whole)),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.refuse(name, &value.to_string(), "is not a whole number", "give one without quotes and fraction");
        }
        number
    }

    /// The object behind a key.
    pub(super) fn object<'a>(&'a self, names: &[&'static str]) -> Option<Object<'a, 'v>> {
        let (name, value) = self.get(names)?;
        let parent = &self.path;
        match value {
            Value::Object(map) => Some(Object { map, path: Path::Key { parent, key: name }, findings: self.findings }),
            other => {
                self.refuse(name, &other.to_string(), &format!("is {}", kind_of(other)), "give an object");
                None
            }
        }
    }

    /// The objects of an array, or of a map, whose keys are then given too: ninjs 1.x has maps where later editions
    /// have arrays. A single object counts as an array of one if it holds one of the keys in `own`.
    pub(super) fn objects<'a>(&'a self, names: &[&'static str], own: &[&str]) -> Vec<(Option<&'v str>, Object<'a, 'v>)> {
        let Some((name, value)) = self.get(names) else { return Vec::new() };
        let parent = &self.path;
        match value {
            Value::Array(entries) => {
                if ENTRIES_MAX < entries.len() {
                    let reason = format!("has {} entries, and at most {ENTRIES_MAX} are read", entries.len());
                    self.refuse(name, "", &reason, "split the document");
                    return Vec::new();
                }
                let entry = |(entry_idx, value): (usize, &'v Value)| match value {
                    Value::Object(map) => {
                        Some((None, Object { map, path: Path::Entry { parent, key: name, entry_idx }, findings: self.findings }))
                    }
                    Value::Null => None,
                    other => {
                        let field = self.path(&format!("{name}[{entry_idx}]"));
                        let reason = format!("is {}", kind_of(other));
                        self.findings.refuse(Problem::new(field, &other.to_string(), reason, "give an object"));
                        None
                    }
                };
                entries.iter().enumerate().filter_map(entry).collect()
            }
            Value::Object(map) if own.iter().any(|key| map.contains_key(*key)) => {
                vec![(None, Object { map, path: Path::Key { parent, key: name }, findings: self.findings })]
            }
            Value::Object(map) => {
                if ENTRIES_MAX < map.len() {
                    let reason = format!("has {} entries, and at most {ENTRIES_MAX} are read", map.len());
                    self.refuse(name, "", &reason, "split the document");
                    return Vec::new();
                }
                let entry = |(key, value): (&'v String, &'v Value)| match value {
                    Value::Object(map) => {
                        Some((Some(key.as_str()), Object { map, path: Path::Key { parent, key }, findings: self.findings }))
                    }
                    Value::Null => None,
                    other => {
                        let field = self.path(&format!("{name}.{key}"));
                        let reason = format!("is {}", kind_of(other));
                        self.findings.refuse(Problem::new(field, &other.to_string(), reason, "give an object"));
                        None
                    }
                };
                map.iter().filter_map(entry).collect()
            }
            other => {
                self.refuse(name, &other.to_string(), &format!("is {}", kind_of(other)), "give an array of objects");
                Vec::new()
            }
        }
    }

    /// The texts of an array of texts; a single text counts, and an object's name does.
    pub(super) fn texts(&self, names: &[&'static str]) -> Vec<&'v str> {
        let Some((name, value)) = self.get(names) else { return Vec::new() };
        let text_of = |value: &'v Value| match value {
            Value::String(text) => Some(text.as_str()),
            Value::Object(map) => map.get("name").and_then(Value::as_str),
            _ => None,
        };
        match value {
            Value::Array(entries) if ENTRIES_MAX < entries.len() => {
                let reason = format!("has {} entries, and at most {ENTRIES_MAX} are read", entries.len());
                self.refuse(name, "", &reason, "split the document");
                Vec::new()
            }
            Value::Array(entries) => entries.iter().filter_map(text_of).filter(|text| !text.trim().is_empty()).collect(),
            Value::String(text) => text.split([',', ';']).map(str::trim).filter(|text| !text.is_empty()).collect(),
            other => {
                self.refuse(name, &other.to_string(), &format!("is {}", kind_of(other)), "give an array of texts");
                Vec::new()
            }
        }
    }

    /// Reports a problem with one of its keys: the document cannot be read.
    pub(super) fn refuse(&self, key: &str, value: &str, reason: &str, remedy: &str) {
        self.findings.refuse(Problem::new(self.path(key), value, reason, remedy));
    }

    /// Reports what was done about one of its keys.
    pub(super) fn repair(&self, key: &str, value: &str, done: impl Into<String>) {
        self.findings.repair(Repair::new(self.path(key), value, done));
    }

    /// What `parsed` holds; an error is reported as something left out.
    pub(super) fn keep<T>(&self, key: &str, parsed: Result<T, FieldError>) -> Option<T> {
        self.findings.keep(&Key { path: &self.path, key }, parsed)
    }
}

/// Whether a key is one of an open-ended family of ninjs 1.x: the prefix, then letters, digits and underscores.
pub(super) fn is_of_family(key: &str, prefix: &str) -> bool {
    let rest = key.strip_prefix(prefix).unwrap_or_default();
    !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[expect(clippy::cast_possible_truncation, reason = "a float without fraction; the cast saturates, and no field takes such numbers")]
fn whole(float: f64) -> i64 {
    float as i64
}
