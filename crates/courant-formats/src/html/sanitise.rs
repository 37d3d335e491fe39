//! The maintained sanitiser with our lists, and the report of what it takes away.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::Cleaned;
use super::token::{TAGS, named};

/// How many elements may be open at once, paragraphs and the like not counted. Text nested deeper is kept without any
/// markup, since building its tree could take time that grows with the square of its length.
const OPEN_MAX: usize = 512;
/// Longer markup is [reduced](reduced) before the sanitiser reads it, in bytes.
const REDUCED_FROM_BYTES: usize = 16 << 10;
/// How many attributes an element keeps then, and how long a name of an element may be, in bytes.
const ATTRIBUTES_MAX: usize = 8;
const NAME_LEN_BYTES_MAX: usize = 32;
/// How many character references it leaves to the parser, which copies what is left of the markup at each. Those that
/// newsrooms write are replaced before; of others, later ones stay as they are.
const REFERENCES_MAX: usize = 200;
/// Stand for `&` and `<` on the way through the sanitiser. Neither may be in any text.
const AMPERSAND: char = '\u{fdd0}';
const LESS_THAN: char = '\u{fdd1}';
/// How many kinds of removed things one report names.
const KINDS_MAX: usize = 50;

/// Elements that are removed with all they hold: it is code, or it is not copy.
const REMOVED: [&str; 20] = [
    "script", "style", "iframe", "object", "embed", "applet", "noscript", "template", "svg", "math", "canvas", "audio", "video", "title",
    "textarea", "select", "button", "frameset", "noframes", "noembed",
];
/// Of those, the ones an HTML parser reads as text up to their end tag.
const RAW: [&str; 10] = ["script", "style", "iframe", "noscript", "template", "title", "textarea", "noframes", "noembed", "svg"];
/// Elements that are removed with their meaning, though words inside them are kept.
const UNWRAPPED_AND_REPORTED: [&str; 6] = ["form", "input", "link", "meta", "base", "frame"];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let attributes: HashMap<&str, HashSet<&str>> = [
        ("a", &["href"][..]),
        ("img", &["src", "alt", "width", "height", "class"]),
        ("source", &["srcset", "type", "width", "height"]),
        ("time", &["datetime"]),
        ("data", &["value", "class"]),
        ("p", &["class"]),
        ("aside", &["class"]),
        ("div", &["class"]),
        ("span", &["class"]),
        ("small", &["class"]),
        ("footer", &["class"]),
    ]
    .into_iter()
    .map(|(tag, names)| (tag, names.iter().copied().collect()))
    .collect();
    builder
        .tags(TAGS.iter().map(|(name, _)| *name).collect())
        .clean_content_tags(REMOVED.into_iter().collect())
        .tag_attributes(attributes)
        .url_schemes(["http", "https", "mailto"].into_iter().collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    builder
});

/// Markup of which only harmless elements and attributes are left, well formed.
pub(super) fn sanitise(html: &str) -> String {
    if html.len() < REDUCED_FROM_BYTES {
        return SANITISER.clean(html).to_string();
    }
    SANITISER.clean(&reduced(html)).to_string().replace(AMPERSAND, "&amp;").replace(LESS_THAN, "&lt;")
}

/// The attributes that the sanitiser keeps on any element.
const ATTRIBUTES: [&str; 10] = ["href", "src", "alt", "width", "height", "class", "srcset", "type", "datetime", "value"];

/// The same markup in the plainest form: tags with few attributes, all quoted, and nothing between them that could be
/// taken for one. An HTML parser compares each attribute with all before it, so a tag with very many of them could
/// keep it busy for hours.
fn reduced(html: &str) -> String {
    let mut plain = String::with_capacity(html.len() + html.len() / 16);
    let mut n_references = 0;
    let mut from = 0;
    for tag in Tags::of(html) {
        push_reduced(&html[from..tag.start], &mut plain, &mut n_references);
        from = tag.end;
        let name = tag.name.to_ascii_lowercase();
        let is_name = name.len() <= NAME_LEN_BYTES_MAX
            && name.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
        if !is_name || RAW.contains(&name.as_str()) {
            continue;
        }
        plain.push_str(if tag.is_end { "</" } else { "<" });
        plain.push_str(&name);
        let mut kept: Vec<&str> = Vec::new();
        attributes(tag.attributes, &mut |attribute, value| {
            let Some(known) = ATTRIBUTES.into_iter().find(|known| known.eq_ignore_ascii_case(attribute)) else { return };
            if tag.is_end || ATTRIBUTES_MAX <= kept.len() || kept.contains(&known) {
                return;
            }
            kept.push(known);
            plain.push(' ');
            plain.push_str(known);
            plain.push_str("=\"");
            plain.push_str(&value.replace('"', "&quot;"));
            plain.push('"');
        });
        plain.push('>');
    }
    push_reduced(&html[from..], &mut plain, &mut n_references);
    plain
}

/// Appends words with few references left for the parser.
fn push_reduced(text: &str, plain: &mut String, n_references: &mut usize) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', AMPERSAND, LESS_THAN]) {
        plain.push_str(&rest[..at]);
        let after = &rest[at..];
        let end = after.bytes().take(12).position(|byte| byte == b';');
        let reference = end.filter(|_| after.starts_with('&')).map(|end| &after[1..end]);
        let mut used = after.chars().next().map_or(1, char::len_utf8);
        if let Some(letter) = reference.and_then(named) {
            plain.push(match letter {
                '&' => AMPERSAND,
                '<' => LESS_THAN,
                other => other,
            });
            used = reference.map_or(0, str::len) + 2;
        } else if after.starts_with('<') {
            plain.push(LESS_THAN);
        } else if after.starts_with('&') {
            *n_references += 1;
            plain.push(if *n_references <= REFERENCES_MAX { '&' } else { AMPERSAND });
        }
        rest = &after[used..];
    }
    plain.push_str(rest);
}

/// What a look over the tags of some markup finds.
pub(super) struct Survey {
    /// What the sanitiser will take away.
    pub(super) cleaned: Vec<Cleaned>,
    /// Whether elements nest so deep that no tree should be built.
    pub(super) too_deep: bool,
}

/// Looks over the tags without building a tree, so it takes time in proportion to the length whatever they are.
pub(super) fn survey(html: &str) -> Survey {
    let mut found: Vec<Cleaned> = Vec::new();
    let mut n_open = 0_usize;
    let mut n_open_max = 0;
    for tag in Tags::of(html) {
        let name = tag.name.to_ascii_lowercase();
        if tag.is_end {
            n_open = n_open.saturating_sub(usize::from(counts_as_open(&name)));
            continue;
        }
        n_open += usize::from(counts_as_open(&name));
        n_open_max = n_open_max.max(n_open);
        if REMOVED.contains(&name.as_str()) || UNWRAPPED_AND_REPORTED.contains(&name.as_str()) {
            report(&mut found, &format!("<{name}>"));
        }
        attributes(tag.attributes, &mut |attribute, value| {
            let attribute = attribute.to_ascii_lowercase();
            if attribute.starts_with("on") && 2 < attribute.len() {
                report(&mut found, &format!("the handler {attribute} of <{name}>"));
            } else if attribute == "style" {
                report(&mut found, "style attributes");
            } else if matches!(attribute.as_str(), "href" | "src" | "action" | "formaction" | "xlink:href" | "srcset" | "poster")
                && let Some(scheme) = bad_scheme(value)
            {
                report(&mut found, &format!("a {scheme}: address of <{name}>"));
            }
        });
    }
    Survey { cleaned: found, too_deep: OPEN_MAX < n_open_max }
}

/// The words of markup that nests too deep, with a blank line for every tag that is no decoration.
pub(super) fn words_only(html: &str) -> String {
    let mut words = String::with_capacity(html.len() / 2);
    let mut from = 0;
    for tag in Tags::of(html) {
        words.push_str(&html[from..tag.start]);
        words.push_str("\n\n");
        from = tag.end;
    }
    words.push_str(&html[from..]);
    // References become letters, and a stray `<` stays one.
    words.replace('<', "&lt;")
}

/// Elements whose end tag is commonly left out are not counted: they do not nest.
fn counts_as_open(name: &str) -> bool {
    !matches!(
        name,
        "p" | "li"
            | "td"
            | "th"
            | "tr"
            | "dt"
            | "dd"
            | "option"
            | "br"
            | "hr"
            | "img"
            | "source"
            | "input"
            | "meta"
            | "link"
            | "wbr"
            | "area"
            | "base"
            | "col"
    )
}

pub(super) fn report(found: &mut Vec<Cleaned>, what: &str) {
    if let Some(known) = found.iter_mut().find(|cleaned| *cleaned.what == *what) {
        known.n_times += 1;
    } else if found.len() < KINDS_MAX {
        let shown: String = what.chars().filter(|letter| !letter.is_control()).take(80).collect();
        if let Some(known) = found.iter_mut().find(|cleaned| *cleaned.what == *shown) {
            known.n_times += 1;
        } else {
            found.push(Cleaned { what: shown.into(), n_times: 1 });
        }
    }
}

/// The scheme of an address that is neither harmless nor relative. White space and controls inside it, which browsers
/// skip, do not hide it.
pub(super) fn bad_scheme(value: &str) -> Option<String> {
    let plain: String = value.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).take(40).collect();
    let plain = plain.replace("&colon;", ":").replace("&#58;", ":").replace("&#x3a;", ":");
    let (scheme, _) = plain.split_once(':')?;
    let is_scheme = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let scheme = scheme.to_ascii_lowercase();
    (is_scheme && !matches!(scheme.as_str(), "http" | "https" | "mailto")).then_some(scheme)
}

/// The tags of any text, well formed or not.
struct Tags<'h> {
    html: &'h str,
    at: usize,
}

struct FoundTag<'h> {
    name: &'h str,
    is_end: bool,
    attributes: &'h str,
    start: usize,
    end: usize,
}

impl<'h> Tags<'h> {
    fn of(html: &'h str) -> Self {
        Self { html, at: 0 }
    }
}

impl<'h> Iterator for Tags<'h> {
    type Item = FoundTag<'h>;

    fn next(&mut self) -> Option<FoundTag<'h>> {
        loop {
            let start = self.at + self.html[self.at..].find('<')?;
            let after = &self.html[start + 1..];
            if after.starts_with("!--") {
                let end = after.find("-->").map_or(self.html.len(), |len| start + 1 + len + 3);
                self.at = end;
                return Some(FoundTag { name: "!--", is_end: true, attributes: "", start, end });
            }
            let is_end = after.starts_with('/');
            let name_from = start + 1 + usize::from(is_end);
            let rest = &self.html[name_from..];
            let is_tag = rest.as_bytes().first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'!' | b'?'));
            if !is_tag {
                self.at = name_from;
                continue;
            }
            let name_len = rest.find(|letter: char| letter.is_whitespace() || letter == '>' || letter == '/').unwrap_or(rest.len());
            let name = &rest[..name_len];
            let attributes_from = name_from + name_len;
            let len = tag_len(&self.html[attributes_from..]);
            let attributes = &self.html[attributes_from..attributes_from + len];
            let mut end = (attributes_from + len + 1).min(self.html.len());
            if !is_end && RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
                end = raw_end(self.html, end, name);
            }
            self.at = end;
            return Some(FoundTag { name, is_end, attributes, start, end });
        }
    }
}

/// The length up to the `>` that ends a tag; one inside quotes does not.
fn tag_len(text: &str) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    text.len()
}

/// Where the text of a raw element ends: at its end tag, which is left to be found next, or at the end of all.
fn raw_end(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(len) = html[at..].find("</") {
        let found = at + len;
        let rest = html.as_bytes().get(found + 2..found + 2 + name.len());
        if rest.is_some_and(|rest| rest.eq_ignore_ascii_case(name.as_bytes())) {
            return found;
        }
        at = found + 2;
    }
    html.len()
}

fn attributes(text: &str, see: &mut impl FnMut(&str, &str)) {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        if rest.is_empty() {
            return;
        }
        // An equals sign that comes first is part of the name.
        let from = rest.chars().next().map_or(1, char::len_utf8);
        let name_len =
            rest[from..].find(|letter: char| letter.is_whitespace() || letter == '=' || letter == '/').map_or(rest.len(), |len| from + len);
        let (name, after) = rest.split_at(name_len);
        let after_white = after.trim_start();
        let Some(value) = after_white.strip_prefix('=').map(str::trim_start) else {
            see(name, "");
            rest = after;
            continue;
        };
        let (value, after) = match value.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => value[1..].split_once(char::from(*quote)).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        see(name, value);
        rest = after;
    }
}
