//! Holding a document against the IPTC's own schemas.
//!
//! [`read`](super::read) takes what a newsroom can use, whatever a schema says; this answers whether a document is ninjs.

use std::sync::OnceLock;

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Map, Value};

use super::read::{Edition, edition_of};
use super::scan;
use crate::findings::cut;
use crate::incoming::Problem;

/// How many problems one document reports.
const REPORTED_MAX: usize = 50;
/// The longest explanation of a problem, in characters: it may repeat the value.
const REASON_CHARS_MAX: usize = 240;

/// The editions and their schemas, oldest first.
const SCHEMAS: [(&str, &str); 12] = [
    ("1.0", include_str!("../../schemas/ninjs/ninjs-schema_1.0.json")),
    ("1.1", include_str!("../../schemas/ninjs/ninjs-schema_1.1.json")),
    ("1.2", include_str!("../../schemas/ninjs/ninjs-schema_1.2.json")),
    ("1.3", include_str!("../../schemas/ninjs/ninjs-schema_1.3.json")),
    ("1.4", include_str!("../../schemas/ninjs/ninjs-schema_1.4.json")),
    ("1.5", include_str!("../../schemas/ninjs/ninjs-schema_1.5.json")),
    ("1.6", include_str!("../../schemas/ninjs/ninjs-schema_1.6.json")),
    ("2.0", include_str!("../../schemas/ninjs/ninjs-schema_2.0.json")),
    ("2.1", include_str!("../../schemas/ninjs/ninjs-schema_2.1.json")),
    ("2.2", include_str!("../../schemas/ninjs/ninjs-schema_2.2.json")),
    ("3.0", include_str!("../../schemas/ninjs/ninjs-schema_3.0.json")),
    ("3.1", include_str!("../../schemas/ninjs/ninjs-schema_3.1.json")),
];
const GEOJSON: &str = include_str!("../../schemas/ninjs/GeoJSON-schema.json");
const GEOJSON_ADDRESS: &str = "https://geojson.org/schema/GeoJSON.json";

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The edition the document was held against: `3.1`.
    pub version: &'static str,
    /// What is wrong with it; nothing when it is valid.
    pub problems: Vec<Problem>,
}

/// Checks a document against the schema of the edition it says it is of, or else of the newest whose names it uses.
pub fn check(document: impl AsRef<[u8]>) -> Checked {
    match scan::object(document.as_ref()) {
        Ok(map) => against(schema_of(&map), map),
        Err(refused) => Checked { version: "3.1", problems: refused.problems },
    }
}

/// Checks a document against the schema of one edition, such as `2.1`. `None` when there is no such edition.
pub fn check_by(document: impl AsRef<[u8]>, version: &str) -> Option<Checked> {
    let schema_idx = SCHEMAS.iter().position(|(known, _)| *known == version)?;
    Some(match scan::object(document.as_ref()) {
        Ok(map) => against(schema_idx, map),
        Err(refused) => Checked { version: SCHEMAS[schema_idx].0, problems: refused.problems },
    })
}

fn schema_of(map: &Map<String, Value>) -> usize {
    let standard = map.get("standard").or_else(|| map.get("$standard"));
    let said = standard.and_then(|standard| standard.get("version")).and_then(Value::as_str);
    let newest = match edition_of(map) {
        Edition::V1 => "1.6",
        Edition::V2 => "2.2",
        Edition::V3 => "3.1",
    };
    let of = |wanted: &str| SCHEMAS.iter().position(|(known, _)| *known == wanted);
    said.and_then(of).or_else(|| of(newest)).unwrap_or(SCHEMAS.len() - 1)
}

fn against(schema_idx: usize, map: Map<String, Value>) -> Checked {
    let version = SCHEMAS[schema_idx].0;
    let document = Value::Object(map);
    let problem = |error: jsonschema::ValidationError<'_>| {
        let field = field_of(error.instance_path().as_str());
        let reason = cut(&error.to_string(), REASON_CHARS_MAX);
        Problem::new(field, "", format!("is not as ninjs {version} has it: {reason}"), "mend it by the schema")
    };
    Checked { version, problems: validator(schema_idx).iter_errors(&document).take(REPORTED_MAX).map(problem).collect() }
}

/// `/bodies/0/value` as a sentence names it: `bodies[0].value`.
fn field_of(pointer: &str) -> String {
    let mut field = String::new();
    for part in pointer.split('/').skip(1) {
        if part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty() {
            field.push('[');
            field.push_str(part);
            field.push(']');
        } else {
            field.push_str(if field.is_empty() { "" } else { "." });
            field.push_str(&part.replace("~1", "/").replace("~0", "~"));
        }
    }
    if field.is_empty() { "the document".to_owned() } else { field }
}

fn validator(schema_idx: usize) -> &'static Validator {
    static VALIDATORS: [OnceLock<Validator>; SCHEMAS.len()] = [const { OnceLock::new() }; SCHEMAS.len()];
    let (version, schema) = SCHEMAS[schema_idx];
    // The suites of 1.x and 2.x hold names that are no URIs and dates that are none, and pass them.
    let validates_formats = version.starts_with('3');
    VALIDATORS[schema_idx].get_or_init(|| built(schema, validates_formats))
}

fn built(schema: &str, validates_formats: bool) -> Validator {
    const SHIPPED: &str = "the schemas are part of the program and tests build each";
    let mut schema: Value = serde_json::from_str(schema).expect(SHIPPED);
    let geojson: Value = serde_json::from_str(GEOJSON).expect(SHIPPED);
    let registry = Registry::new().add(GEOJSON_ADDRESS, geojson).and_then(jsonschema::RegistryBuilder::prepare).expect(SHIPPED);
    let mut options =
        jsonschema::options().with_registry(&registry).should_validate_formats(validates_formats).should_ignore_unknown_formats(true);
    if schema["$schema"].as_str().is_some_and(|draft| draft.contains("draft-03")) {
        schema = from_draft_3(schema);
        options = options.with_draft(Draft::Draft4);
    }
    options.build(&schema).expect(SHIPPED)
}

/// A schema of draft 3 in the words of draft 4, as far as ninjs 1.0 uses them: there, each property says itself whether it is
/// required, and `any` is a type.
fn from_draft_3(schema: Value) -> Value {
    match schema {
        Value::Object(map) => {
            let mut map: Map<String, Value> =
                map.into_iter().filter(|(key, _)| key != "$schema").map(|(key, value)| (key, from_draft_3(value))).collect();
            let mut required = Vec::new();
            if let Some(Value::Object(properties)) = map.get_mut("properties") {
                for (name, property) in properties {
                    if let Value::Object(property) = property
                        && property.get("required").is_some_and(Value::is_boolean)
                        && property.remove("required") == Some(Value::Bool(true))
                    {
                        required.push(Value::String(name.clone()));
                    }
                }
            }
            if map.get("required").is_some_and(Value::is_boolean) && map.contains_key("additionalProperties") && !required.is_empty() {
                map.remove("required");
            }
            if !required.is_empty() {
                map.insert("required".to_owned(), required.into());
            }
            if map.get("type").and_then(Value::as_str) == Some("any") {
                map.remove("type");
            }
            Value::Object(map)
        }
        Value::Array(entries) => Value::Array(entries.into_iter().map(from_draft_3).collect()),
        other => other,
    }
}
