//! Lexical, in which Ghost 5 and later keep copy: a tree of nodes.

use serde_json::Value;

use super::cards;
use crate::feed_in::references::push_escaped;
use crate::refused::Repair;

/// How deep nodes may lie in each other; JSON is read to 128.
const DEPTH_MAX: usize = 60;
/// The marks of a text are bits.
const MARKS: [(u64, &str); 6] = [(1, "strong"), (2, "em"), (4, "s"), (8, "u"), (16, "code"), (64, "sup")];

/// The copy as HTML.
pub(super) fn to_html(document: &str, repairs: &mut Vec<Repair>) -> String {
    let mut html = String::with_capacity(document.len() / 2);
    match serde_json::from_str::<Value>(document) {
        Ok(document) => push_all(&document["root"]["children"], 0, &mut html, repairs),
        Err(error) => repairs.push(Repair::new("lexical", "", format!("is no JSON: {error}; the copy is left out"))),
    }
    html
}

fn push_all(nodes: &Value, depth: usize, html: &mut String, repairs: &mut Vec<Repair>) {
    if DEPTH_MAX < depth {
        repairs.push(Repair::new("lexical", "", format!("lies more than {DEPTH_MAX} nodes deep; what is deeper is left out")));
        return;
    }
    for node in nodes.as_array().into_iter().flatten() {
        push(node, depth, html, repairs);
    }
}

fn push(node: &Value, depth: usize, html: &mut String, repairs: &mut Vec<Repair>) {
    let kind = node["type"].as_str().unwrap_or_default();
    let mut around = |tag: &str| {
        html.push_str(&format!("<{tag}>"));
        push_all(&node["children"], depth + 1, html, repairs);
        html.push_str(&format!("</{tag}>"));
    };
    match kind {
        "paragraph" => around("p"),
        "heading" | "extended-heading" => around("h2"),
        "quote" | "extended-quote" | "aside" => around("blockquote"),
        "list" if node["listType"] == "number" || node["tag"] == "ol" => around("ol"),
        "list" => around("ul"),
        "listitem" => around("li"),
        "text" | "extended-text" | "tab" => text(node, html),
        "linebreak" => html.push_str("<br>"),
        "link" | "autolink" => {
            html.push_str("<a href=\"");
            push_escaped(node["url"].as_str().unwrap_or_default(), html);
            html.push_str("\">");
            push_all(&node["children"], depth + 1, html, repairs);
            html.push_str("</a>");
        }
        kind => {
            if !cards::push(kind, node, html) {
                push_all(&node["children"], depth + 1, html, repairs);
                repairs.push(Repair::new("lexical", kind, "is a card nobody knows; its words were kept"));
            }
        }
    }
}

fn text(node: &Value, html: &mut String) {
    let format = node["format"].as_u64().unwrap_or_default();
    let marks: Vec<&str> = MARKS.iter().filter(|(bit, _)| format & bit != 0).map(|(_, tag)| *tag).collect();
    for tag in &marks {
        html.push_str(&format!("<{tag}>"));
    }
    push_escaped(node["text"].as_str().unwrap_or_default(), html);
    for tag in marks.iter().rev() {
        html.push_str(&format!("</{tag}>"));
    }
}
