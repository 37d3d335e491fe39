//! Mobiledoc, in which Ghost 1 to 4 keep copy: sections of markers, with marks and cards in tables beside them.

use serde_json::Value;

use super::cards;
use crate::feed_in::references::push_escaped;
use crate::refused::Repair;

/// The tags a section or a mark may have; any other loses its tag and keeps its words.
const TAGS: [&str; 18] =
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "a", "b", "strong", "i", "em", "code", "s", "u"];

/// The copy as HTML.
pub(super) fn to_html(document: &str, repairs: &mut Vec<Repair>) -> String {
    let mut html = String::with_capacity(document.len() / 2);
    match serde_json::from_str::<Value>(document) {
        Ok(document) => {
            for section in document["sections"].as_array().into_iter().flatten() {
                push_section(section, &document, &mut html, repairs);
            }
        }
        Err(error) => repairs.push(Repair::new("mobiledoc", "", format!("is no JSON: {error}; the copy is left out"))),
    }
    html
}

fn push_section(section: &Value, document: &Value, html: &mut String, repairs: &mut Vec<Repair>) {
    let tag = section[1].as_str().filter(|tag| TAGS.contains(tag)).unwrap_or("p");
    match section[0].as_u64() {
        Some(1) => around(tag, html, |html| push_markers(&section[2], document, html)),
        Some(2) => {
            cards::push("image", &serde_json::json!({ "src": section[1] }), html);
        }
        Some(3) => around(tag, html, |html| {
            for line in section[2].as_array().into_iter().flatten() {
                around("li", html, |html| push_markers(line, document, html));
            }
        }),
        Some(10) => {
            let card = section[1].as_u64().and_then(|number| document["cards"].get(usize::try_from(number).ok()?));
            let Some(card) = card else {
                repairs.push(Repair::new("mobiledoc", &section.to_string(), "names a card that is not there; left out"));
                return;
            };
            let name = card[0].as_str().unwrap_or_default();
            if !cards::push(name, &card[1], html) {
                repairs.push(Repair::new("mobiledoc", name, "is a card nobody knows; its words were kept"));
            }
        }
        Some(_) | None => repairs.push(Repair::new("mobiledoc", &section.to_string(), "is a kind of section nobody knows; left out")),
    }
}

fn around(tag: &str, html: &mut String, inside: impl FnOnce(&mut String)) {
    html.push_str(&format!("<{tag}>"));
    inside(html);
    html.push_str(&format!("</{tag}>"));
}

/// Markers open marks, say words, and close marks: `[0, [1, 2], 1, "words"]`.
fn push_markers(markers: &Value, document: &Value, html: &mut String) {
    let mut open: Vec<&str> = Vec::new();
    for marker in markers.as_array().into_iter().flatten() {
        for number in marker[1].as_array().into_iter().flatten() {
            let markup = number.as_u64().and_then(|number| document["markups"].get(usize::try_from(number).ok()?)).unwrap_or(&Value::Null);
            let tag = markup[0].as_str().filter(|tag| TAGS.contains(tag)).unwrap_or("span");
            html.push_str(&format!("<{tag}"));
            if let Some(address) = href(&markup[1]) {
                html.push_str(" href=\"");
                push_escaped(address, html);
                html.push('"');
            }
            html.push('>');
            open.push(tag);
        }
        match marker[0].as_u64() {
            Some(0) => push_escaped(marker[3].as_str().unwrap_or_default(), html),
            // An atom: a line end, or something that has words.
            _ => {
                let atom =
                    marker[3].as_u64().and_then(|number| document["atoms"].get(usize::try_from(number).ok()?)).unwrap_or(&Value::Null);
                match atom[0].as_str() {
                    Some("soft-return") => html.push_str("<br>"),
                    Some(_) | None => push_escaped(atom[1].as_str().unwrap_or_default(), html),
                }
            }
        }
        for _ in 0..marker[2].as_u64().unwrap_or_default() {
            let Some(tag) = open.pop() else { break };
            html.push_str(&format!("</{tag}>"));
        }
    }
    while let Some(tag) = open.pop() {
        html.push_str(&format!("</{tag}>"));
    }
}

/// The address among attributes, which are a list: name, value, name, value.
fn href(attributes: &Value) -> Option<&str> {
    let list = attributes.as_array()?;
    list.chunks(2).find(|pair| pair[0] == "href")?.get(1)?.as_str()
}
