//! Copy inside XML: NITF and XHTML as the plain HTML that [`html`](crate::html) reads.
//!
//! Both are a tree already, so most of it goes the short way around the sanitiser: what only arranges (blocks, sections, marks of
//! people and places) is unwrapped here, and whatever nobody knows is passed on for the sanitiser to judge.

use courant_news::Block;
use jiff::Timestamp;

use crate::findings::Findings;
use crate::html::{self, Context, escape};
use crate::xml::{Child, Element};

/// The shortest line of wrapped copy, in characters.
const WRAPPED_LINE_CHARS_MIN: usize = 40;

/// The blocks of the copy inside an element. What was taken away is reported.
pub(crate) fn copy_of(element: Element<'_, '_>, context: &Context<'_>, findings: &Findings) -> Vec<Block> {
    let mut markup = String::with_capacity(4_096);
    push_blocks(element, &mut markup);
    let (blocks, cleaned) = html::to_blocks_in(&markup, context);
    for cleaned in cleaned {
        findings.mended(&"the copy", "", format!("held {cleaned}; removed"));
    }
    blocks
}

/// What an element is to the copy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Is no copy.
    Apart,
    /// Arranges blocks and means nothing else.
    Container,
    Paragraph,
    Heading,
    List,
    Quote,
    /// The one who is quoted.
    Speaker,
    /// Passed on as it stands, with everything inside it.
    Whole,
    /// Words inside a line, passed on under this name.
    Inline(&'static str),
    Break,
    /// Words inside a line whose mark means nothing to us.
    Unwrapped,
}

impl Kind {
    fn of(element: Element<'_, '_>) -> Self {
        match element.name() {
            "p" => Self::Paragraph,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hl1" | "hl2" => Self::Heading,
            "ul" | "ol" => Self::List,
            "blockquote" | "bq" => Self::Quote,
            "footer" | "credit" => Self::Speaker,
            "br" => Self::Break,
            "em" | "i" | "dfn" => Self::Inline("em"),
            "strong" | "b" => Self::Inline("strong"),
            "a" => Self::Inline("a"),
            "q" => Self::Inline("q"),
            "cite" => Self::Inline("cite"),
            "time" | "chron" => Self::Inline("time"),
            "data" => Self::Inline("data"),
            "head" | "media" | "alt-code" | "hr" | "col" | "colgroup" | "media-metadata" => Self::Apart,
            // The head of a page repeats what the item says of itself.
            "header" => Self::Apart,
            "html" | "body" | "body.content" | "block" | "div" | "section" | "article" | "main" | "aside" | "center" | "address" | "dl"
            | "dt" | "dd" | "note" | "nitf-table" | "fn" | "ad" => Self::Container,
            "table" | "pre" | "figure" | "picture" | "img" | "script" | "style" | "iframe" | "object" | "embed" | "form" | "svg"
            | "video" | "audio" | "noscript" | "template" | "math" | "canvas" | "applet" | "textarea" | "select" | "button" => Self::Whole,
            _ => Self::Unwrapped,
        }
    }

    fn is_inline(self) -> bool {
        matches!(self, Self::Inline(_) | Self::Break | Self::Unwrapped)
    }
}

fn is_block(element: Element<'_, '_>) -> bool {
    let kind = Kind::of(element);
    !kind.is_inline() || (kind == Kind::Unwrapped && element.children().any(is_block))
}

/// The blocks inside an element; words between them become paragraphs.
fn push_blocks(element: Element<'_, '_>, out: &mut String) {
    let mut is_open = false;
    let mut open = |out: &mut String, wanted: bool| {
        if is_open != wanted {
            out.push_str(if wanted { "<p>" } else { "</p>" });
            is_open = wanted;
        }
        wanted
    };
    let mut in_paragraph = false;
    for node in element.nodes() {
        match node {
            Child::Text(text) if !in_paragraph && text.bytes().all(|byte| byte.is_ascii_whitespace()) => {}
            Child::Text(text) => {
                in_paragraph = open(out, true);
                push_words(text, out);
            }
            Child::Element(child) if is_block(child) => {
                in_paragraph = open(out, false);
                push_block(child, out);
            }
            Child::Element(child) => {
                in_paragraph = open(out, true);
                push_inline(child, out);
            }
        }
    }
    open(out, false);
}

fn push_block(element: Element<'_, '_>, out: &mut String) {
    match Kind::of(element) {
        Kind::Apart => {}
        Kind::Container | Kind::Unwrapped => push_blocks(element, out),
        Kind::Paragraph if element.children().any(is_block) => push_blocks(element, out),
        Kind::Paragraph if element.attribute("class") == Some("correction") => within("p class=\"correction\"", element, out),
        Kind::Paragraph => within("p", element, out),
        Kind::Heading => within("h2", element, out),
        Kind::List => push_list(element, out),
        Kind::Quote => push_quote(element, out),
        Kind::Speaker => within("p", element, out),
        Kind::Whole => push_whole(element, out),
        Kind::Inline(_) | Kind::Break => push_inline(element, out),
    }
}

/// The words of an element inside a tag of HTML.
fn within(tag: &str, element: Element<'_, '_>, out: &mut String) {
    out.push('<');
    out.push_str(tag);
    out.push('>');
    push_line(element, out);
    out.push_str("</");
    out.push_str(tag.split(' ').next().unwrap_or(tag));
    out.push('>');
}

fn push_line(element: Element<'_, '_>, out: &mut String) {
    for node in element.nodes() {
        match node {
            Child::Text(text) => push_words(text, out),
            Child::Element(child) if is_block(child) => {
                // A block inside a line is a line of its own.
                out.push_str("<br>");
                push_line(child, out);
                out.push_str("<br>");
            }
            Child::Element(child) => push_inline(child, out),
        }
    }
}

fn push_list(element: Element<'_, '_>, out: &mut String) {
    let name = if element.name() == "ol" { "ol" } else { "ul" };
    out.push('<');
    out.push_str(name);
    out.push('>');
    for child in element.children() {
        match Kind::of(child) {
            Kind::List => push_list(child, out),
            _ => push_list_line(child, out),
        }
    }
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn push_list_line(element: Element<'_, '_>, out: &mut String) {
    out.push_str("<li>");
    let is_list = |child: &Child<'_, '_>| matches!(child, Child::Element(element) if Kind::of(*element) == Kind::List);
    let mut is_after_block = false;
    for node in element.nodes().filter(|node| !is_list(node)) {
        match node {
            Child::Text(text) => push_words(text, out),
            Child::Element(child) if is_block(child) => {
                out.push_str(if is_after_block { "<br>" } else { "" });
                push_line(child, out);
                is_after_block = true;
            }
            Child::Element(child) => push_inline(child, out),
        }
    }
    for list in element.children().filter(|child| Kind::of(*child) == Kind::List) {
        push_list(list, out);
    }
    out.push_str("</li>");
}

fn push_quote(element: Element<'_, '_>, out: &mut String) {
    let is_speaker = |child: Element<'_, '_>| Kind::of(child) == Kind::Speaker;
    out.push_str("<blockquote>");
    if element.children().any(is_block) {
        for child in element.children().filter(|child| !is_speaker(*child)) {
            push_block(child, out);
        }
    } else {
        within("p", element, out);
    }
    if let Some(speaker) = element.children().find(|child| is_speaker(*child)) {
        within("footer", speaker, out);
    }
    out.push_str("</blockquote>");
}

fn push_inline(element: Element<'_, '_>, out: &mut String) {
    match Kind::of(element) {
        Kind::Break if is_wrapped(out) => {}
        Kind::Break => out.push_str("<br>"),
        Kind::Inline("a") => match element.attribute("href") {
            Some(href) => marked("a", &[("href", href)], element, out),
            None => push_line(element, out),
        },
        Kind::Inline("time") => {
            let given = element.attribute("datetime").or_else(|| element.attribute("norm"));
            match given.and_then(|at| at.parse::<Timestamp>().ok()) {
                Some(at) => marked("time", &[("datetime", &at.to_string())], element, out),
                None => push_line(element, out),
            }
        }
        Kind::Inline("data") => {
            let (class, value) = (element.attribute("class").unwrap_or_default(), element.attribute("value").unwrap_or_default());
            marked("data", &[("class", class), ("value", value)], element, out);
        }
        Kind::Inline(name) => marked(name, &[], element, out),
        Kind::Apart => {}
        Kind::Whole => push_whole(element, out),
        Kind::Container | Kind::Paragraph | Kind::Heading | Kind::List | Kind::Quote | Kind::Speaker | Kind::Unwrapped => {
            push_line(element, out);
        }
    }
}

/// Whether the line before a break was broken only to fit: a teleprinter's lines are long and end with the space between words.
fn is_wrapped(before: &str) -> bool {
    let line = &before[before.rfind('>').map_or(0, |end| end + 1)..];
    before.ends_with(' ') && WRAPPED_LINE_CHARS_MIN <= line.trim_end().chars().count()
}

fn marked(name: &str, attributes: &[(&str, &str)], element: Element<'_, '_>, out: &mut String) {
    out.push('<');
    out.push_str(name);
    for (attribute, value) in attributes {
        push_attribute(attribute, value, out);
    }
    out.push('>');
    push_line(element, out);
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn push_attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(value, out);
    out.push('"');
}

/// The attributes that mean something in what is passed on whole.
const PASSED: [&str; 10] = ["href", "src", "alt", "width", "height", "class", "srcset", "type", "datetime", "value"];

/// An element as it stands, for the sanitiser to judge.
fn push_whole(element: Element<'_, '_>, out: &mut String) {
    let name = element.name();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_name || Kind::of(element) == Kind::Apart {
        return;
    }
    out.push('<');
    out.push_str(name);
    for attribute in PASSED {
        if let Some(value) = element.attribute(attribute) {
            push_attribute(attribute, value, out);
        }
    }
    out.push('>');
    if matches!(name, "img" | "source" | "br" | "hr" | "input" | "embed") {
        return;
    }
    for node in element.nodes() {
        match node {
            Child::Text(text) => push_words(text, out),
            Child::Element(child) => match Kind::of(child) {
                Kind::Inline(_) | Kind::Break => push_inline(child, out),
                Kind::Apart
                | Kind::Container
                | Kind::Paragraph
                | Kind::Heading
                | Kind::List
                | Kind::Quote
                | Kind::Speaker
                | Kind::Whole
                | Kind::Unwrapped => push_whole(child, out),
            },
        }
    }
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn push_words(text: &str, out: &mut String) {
    if text.contains('\r') {
        escape(&text.replace('\r', ""), out);
    } else {
        escape(text, out);
    }
}

#[cfg(test)]
mod tests {
    use courant_news::plain_text;

    use super::*;
    use crate::xml::Tree;

    fn check(markup: &str) -> (String, usize) {
        let findings = Findings::default();
        let tree = Tree::parse(markup, &findings).unwrap();
        let blocks = copy_of(tree.root(), &Context::default(), &findings);
        (plain_text(&blocks), blocks.len())
    }

    #[test]
    fn nitf_is_read_as_copy() {
        assert_eq!(
            check(
                "<body.content><block><p><person>Ann Lee</person> of <org>Acme</org> paid <money unit='usd'>$5</money>.</p>\r\n\
                 <hl2>More</hl2><ul><li>One</li><li><p>Two</p></li></ul></block>loose <em>words</em>\
                 <bq><block><p>So be it.</p></block><credit>Ann Lee</credit></bq><media><media-caption>no</media-caption></media></body.content>"
            ),
            ("Ann Lee of Acme paid $5.\n\nMore\n\nOne\nTwo\n\nloose words\n\nSo be it.\nAnn Lee".to_owned(), 5)
        );
    }

    #[test]
    fn lines_that_were_broken_to_fit_are_joined_and_others_are_not() {
        let wrapped = "<p>More extreme weather forecast over the next few days the <br />fire situation is likely.</p>";
        assert_eq!(check(wrapped).0, "More extreme weather forecast over the next few days the fire situation is likely.");
        assert_eq!(check("<p>Roses are red, <br/>violets are blue.</p>").0, "Roses are red,\nviolets are blue.");
    }

    #[test]
    fn xhtml_is_read_as_copy_without_the_head_of_its_page() {
        let page = "<html><head><title>T</title></head><body><header><h1>T</h1></header><section><p>One</p><div>Two<br/>lines</div>\
                    <table><tr><th>A</th></tr><tr><td>1</td></tr></table></section><script>alert(1)</script></body></html>";
        assert_eq!(check(page), ("One\n\nTwo\nlines\n\nA\n1".to_owned(), 3));
    }
}
