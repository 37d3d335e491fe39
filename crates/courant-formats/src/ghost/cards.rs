//! Cards: what an editor of Ghost puts between paragraphs. Lexical and Mobiledoc share them.

use serde_json::Value;

use crate::feed_in::references::push_escaped;

/// Appends a card as HTML; `false` for one that nobody knows, of which only words were kept.
pub(super) fn push(name: &str, card: &Value, html: &mut String) -> bool {
    let text = |key: &str| card[key].as_str().unwrap_or_default();
    match name {
        "image" => picture(card, html),
        "gallery" => {
            for image in card["images"].as_array().into_iter().flatten() {
                picture(image, html);
            }
            caption(text("caption"), html);
        }
        "html" => html.push_str(text("html")),
        // Markdown is words with marks, and people read it as it stands.
        "markdown" | "card-markdown" => {
            for paragraph in text("markdown").split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
                element("p", paragraph.trim(), html);
            }
        }
        "codeblock" | "code" => element("pre", text("code"), html),
        "hr" | "horizontalrule" => html.push_str("<hr>"),
        "embed" => {
            link(text("url"), &card["metadata"]["title"], html);
            caption(text("caption"), html);
        }
        "bookmark" => {
            link(text("url"), &card["metadata"]["title"], html);
            element("p", card["metadata"]["description"].as_str().unwrap_or_default(), html);
            caption(text("caption"), html);
        }
        "callout" => paragraph_of(text("calloutText"), html),
        "toggle" => {
            heading(text("heading"), html);
            html.push_str(text("content"));
        }
        "button" => link(text("buttonUrl"), &card["buttonText"], html),
        "header" => {
            heading(text("header"), html);
            paragraph_of(text("subheader"), html);
        }
        "product" => {
            heading(text("productTitle"), html);
            html.push_str(text("productDescription"));
        }
        "file" => link(text("src"), if card["fileTitle"].is_string() { &card["fileTitle"] } else { &card["fileName"] }, html),
        "audio" | "video" => {
            link(text("src"), &card["title"], html);
            caption(text("caption"), html);
        }
        "email" | "email-cta" | "signup" | "paywall" => {}
        _ => {
            for key in ["html", "text", "content", "caption"] {
                html.push_str(text(key));
            }
            return false;
        }
    }
    true
}

fn picture(card: &Value, html: &mut String) {
    let text = |key: &str| card[key].as_str().unwrap_or_default();
    html.push_str("<figure><img src=\"");
    push_escaped(text("src"), html);
    html.push_str("\" alt=\"");
    push_escaped(text("alt"), html);
    html.push('"');
    for side in ["width", "height"] {
        if let Some(pixels) = card[side].as_u64() {
            html.push_str(&format!(" {side}=\"{pixels}\""));
        }
    }
    html.push('>');
    if !text("caption").is_empty() {
        // A caption is HTML.
        html.push_str("<figcaption>");
        html.push_str(text("caption"));
        html.push_str("</figcaption>");
    }
    html.push_str("</figure>");
}

fn link(address: &str, words: &Value, html: &mut String) {
    if address.is_empty() {
        return;
    }
    html.push_str("<p><a href=\"");
    push_escaped(address, html);
    html.push_str("\">");
    push_escaped(words.as_str().filter(|words| !words.is_empty()).unwrap_or(address), html);
    html.push_str("</a></p>");
}

/// Appends an element of words, if there are any.
pub(super) fn element(tag: &str, words: &str, html: &mut String) {
    if words.is_empty() {
        return;
    }
    html.push_str(&format!("<{tag}>"));
    push_escaped(words, html);
    html.push_str(&format!("</{tag}>"));
}

/// What is HTML already.
fn paragraph_of(inner: &str, html: &mut String) {
    if !inner.is_empty() {
        html.push_str("<p>");
        html.push_str(inner);
        html.push_str("</p>");
    }
}

fn heading(inner: &str, html: &mut String) {
    if !inner.is_empty() {
        html.push_str("<h4>");
        html.push_str(inner);
        html.push_str("</h4>");
    }
}

fn caption(inner: &str, html: &mut String) {
    paragraph_of(inner, html);
}
