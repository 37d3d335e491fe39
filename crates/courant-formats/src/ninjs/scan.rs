//! From bytes to a JSON object, within limits.

use serde_json::{Map, Value};

use crate::refused::{Problem, Refused};

/// The longest document, in bytes.
pub const DOCUMENT_LEN_BYTES_MAX: usize = 32 << 20;
/// How deep objects and arrays may nest.
pub const DEPTH_MAX: usize = 64;
/// How many entries an array may have.
pub const ENTRIES_MAX: usize = 10_000;
/// The longest text of one field, the copy included, in bytes.
pub const BODY_LEN_BYTES_MAX: usize = 10 << 20;

const DOCUMENT: &str = "the document";

/// The object that some bytes spell.
pub(super) fn object(bytes: &[u8]) -> Result<Map<String, Value>, Refused> {
    let refused = |value: &str, reason: String, remedy: &str| Refused::of(Problem::new(DOCUMENT, value, reason, remedy));
    if DOCUMENT_LEN_BYTES_MAX < bytes.len() {
        let reason = format!("has {} bytes, and at most {DOCUMENT_LEN_BYTES_MAX} are read", bytes.len());
        return Err(refused("", reason, "send pictures and long data as renditions, not inside the document"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(refused("", "is empty".to_owned(), "send one JSON object"));
    }
    if matches!(bytes.get(..2), Some(b"\xff\xfe" | b"\xfe\xff")) {
        return Err(refused("", "is UTF-16".to_owned(), "send it as UTF-8"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let reason = format!("is not UTF-8 at byte {at}, {}", line_and_column(bytes, at));
        refused("", reason, "send it as UTF-8")
    })?;
    if let Some(at) = too_deep_at(bytes) {
        let reason = format!("nests deeper than {DEPTH_MAX} levels at byte {at}, {}", line_and_column(bytes, at));
        return Err(refused("", reason, "flatten it"));
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(other) => Err(refused(&other.to_string(), format!("is {}, not an object", kind_of(&other)), "send one JSON object a story")),
        Err(error) => {
            let at = offset_of(bytes, error.line(), error.column());
            let place = format!("at byte {at}, line {}, column {}", error.line(), error.column());
            if error.is_eof() {
                return Err(refused("", format!("ends in the middle, {place}"), "send it again, complete"));
            }
            let full = error.to_string();
            let what = full.split(" at line ").next().unwrap_or(&full);
            Err(refused("", format!("is not JSON {place}: {what}"), "mend it there"))
        }
    }
}

/// What a value is, as a sentence names it.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Where nesting first exceeds the limit.
fn too_deep_at(bytes: &[u8]) -> Option<usize> {
    // Few documents open so many objects and arrays at all.
    memchr::memchr2_iter(b'{', b'[', bytes).nth(DEPTH_MAX)?;
    let mut depth = 0_usize;
    let mut in_text = false;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if in_text => at += 1,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                depth += 1;
                if DEPTH_MAX < depth {
                    return Some(at);
                }
            }
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    None
}

fn line_and_column(bytes: &[u8], at: usize) -> String {
    let before = &bytes[..at.min(bytes.len())];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let n_lines = before.split(|byte| *byte == b'\n').count();
    format!("line {n_lines}, column {}", before.len() - line_start + 1)
}

fn offset_of(bytes: &[u8], line: usize, column: usize) -> usize {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let before: usize = lines.by_ref().take(line.saturating_sub(1)).map(|line| line.len() + 1).sum();
    (before + column.saturating_sub(1)).min(bytes.len())
}
