//! Pages: markup, accessibility, what they tell machines, and that they load nothing from elsewhere.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use url::{Origin, Url};

use super::markup::{self, Piece, What};
use super::rules::{self, Rule};
use super::{Asked, Finding, values};

/// Where the encoding must be said, in bytes.
const CHARSET_WITHIN_BYTES: usize = 1_024;
/// How many tags and texts inside an element its words are gathered from: one that is never closed reaches to the end.
const INSIDE_MAX: usize = 200;
/// How many links of a page are kept.
const LINKS_MAX: usize = 2_000;
/// Elements that have no end.
const VOID: [&str; 14] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements whose end may be left out.
const OPTIONAL_END: [&str; 18] = [
    "li", "dt", "dd", "p", "rt", "rp", "optgroup", "option", "colgroup", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "body",
    "html",
];
/// Elements that end a paragraph where they begin.
const BLOCKS: [&str; 32] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "dialog",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "table",
    "ul",
];
/// Elements whose text nobody sees.
const UNSEEN: [&str; 6] = ["script", "style", "template", "noscript", "title", "head"];
/// Kinds of fields that need no label.
const UNLABELLED: [&str; 5] = ["hidden", "submit", "button", "reset", "image"];

/// What a page says of itself and of others: for whoever walks a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its language.
    pub lang: Option<String>,
    /// Its canonical address.
    pub canonical: Option<String>,
    /// Its addresses in other languages, as (language, address).
    pub editions: Vec<(String, String)>,
    /// Its other forms, feeds among them, as (media type, address).
    pub alternates: Vec<(String, String)>,
    /// The addresses its links lead to, in order, without fragments.
    pub links: Vec<String>,
    /// The kinds of things its JSON-LD describes: `NewsArticle`.
    pub types: Vec<String>,
}

/// What a page says of itself; `address` is where it was fetched from.
pub fn page_of(html: &str, address: &str) -> Page {
    let mut page = Page::default();
    let base = Url::parse(address).ok();
    let whole = |href: &str| {
        let mut url = base.as_ref()?.join(href.trim()).ok()?;
        url.set_fragment(None);
        Some(String::from(url))
    };
    let mut in_json_ld = false;
    for piece in markup::pieces(html) {
        match (&piece.what, piece.opens()) {
            (What::Text(text), _) if in_json_ld => {
                if let Ok(value) = serde_json::from_str(text) {
                    types_of(&value, &mut page.types);
                }
            }
            (_, Some("html")) => page.lang = piece.attribute("lang").map(str::to_owned),
            (_, Some("script")) => in_json_ld = piece.attribute("type") == Some("application/ld+json"),
            (_, Some("link")) => {
                let Some(href) = piece.attribute("href").and_then(whole) else { continue };
                let rels: Vec<&str> = piece.attribute("rel").unwrap_or_default().split_ascii_whitespace().collect();
                if rels.contains(&"canonical") {
                    page.canonical.get_or_insert(href);
                } else if rels.contains(&"alternate") {
                    match (piece.attribute("hreflang"), piece.attribute("type")) {
                        (Some(lang), None) => page.editions.push((lang.to_owned(), href)),
                        (_, Some(media_type)) => page.alternates.push((media_type.to_owned(), href)),
                        (None, None) => {}
                    }
                }
            }
            (_, Some("a")) if page.links.len() < LINKS_MAX => page.links.extend(piece.attribute("href").and_then(whole)),
            (What::Close { name }, _) if name == "script" => in_json_ld = false,
            _ => {}
        }
    }
    page
}

/// Pages that another of these names as its edition in another language and that do not name it in return.
pub fn unreturned(pages: &[(&str, &Page)]) -> Vec<(String, Finding)> {
    let mut findings = Vec::new();
    for (address, page) in pages {
        for (_, edition) in page.editions.iter().filter(|(_, edition)| edition != address) {
            let Some((named, other)) = pages.iter().find(|(known, _)| known == edition) else { continue };
            if !other.editions.iter().any(|(_, back)| back == address) {
                findings.push(((*named).to_owned(), Finding::of(rules::HREFLANG_RETURN, "link[hreflang]", address, None)));
            }
        }
    }
    findings
}

fn types_of(value: &serde_json::Value, types: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(entries) => entries.iter().for_each(|entry| types_of(entry, types)),
        serde_json::Value::Object(map) => {
            if let Some(graph) = map.get("@graph") {
                types_of(graph, types);
            }
            match map.get("@type") {
                Some(serde_json::Value::String(name)) => types.push(name.clone()),
                Some(serde_json::Value::Array(names)) => types.extend(names.iter().filter_map(|name| name.as_str()).map(str::to_owned)),
                _ => {}
            }
        }
        _ => {}
    }
}

/// Checks a page.
pub(super) fn check(html: &str, asked: &Asked<'_>) -> Vec<Finding> {
    let pieces = markup::pieces(html);
    let own = asked.address.and_then(|address| Url::parse(address).ok()).map(|url| url.origin());
    let mut examiner = Examiner { asked, own, findings: Vec::new() };
    examiner.structure(&pieces);
    examiner.head(html, &pieces);
    examiner.parts(&pieces);
    examiner.machines(&pieces);
    examiner.findings
}

struct Examiner<'d> {
    asked: &'d Asked<'d>,
    /// Where the page itself is from.
    own: Option<Origin>,
    findings: Vec<Finding>,
}

/// The elements that are open, and how many there are of each name: to ask for one that is not there takes no walk over all others.
#[derive(Default)]
struct Open<'p> {
    /// Each with the line it began on.
    elements: Vec<(&'p str, u64)>,
    n_of: HashMap<&'p str, usize>,
}

impl<'p> Open<'p> {
    fn push(&mut self, name: &'p str, line: u64) {
        self.elements.push((name, line));
        *self.n_of.entry(name).or_default() += 1;
    }

    fn pop(&mut self) {
        if let Some((name, _)) = self.elements.pop() {
            self.forget(name);
        }
    }

    fn has(&self, name: &str) -> bool {
        self.n_of.get(name).is_some_and(|n| *n != 0)
    }

    /// Closes the innermost element of a name; answers with those that were open inside it, or `None` when there is no such element.
    fn close(&mut self, name: &str) -> Option<Vec<(&'p str, u64)>> {
        if !self.has(name) {
            return None;
        }
        let idx = self.elements.iter().rposition(|(open, _)| *open == name)?;
        let inside = self.elements.split_off(idx + 1);
        self.pop();
        for (name, _) in &inside {
            self.forget(name);
        }
        Some(inside)
    }

    fn forget(&mut self, name: &str) {
        if let Some(n) = self.n_of.get_mut(name) {
            *n -= 1;
        }
    }
}

impl Examiner<'_> {
    fn note(&mut self, rule: &'static Rule, part: &str, value: impl AsRef<str>, line: u64) {
        if self.findings.len() < super::FINDINGS_MAX {
            let line = if line == 0 { None } else { Some(line) };
            self.findings.push(Finding::of(rule, part, value.as_ref(), line));
        }
    }

    /// Doctype, nesting, ids, attributes.
    fn structure(&mut self, pieces: &[Piece]) {
        let first = pieces.iter().find(|piece| !matches!(&piece.what, What::Text(text) if text.trim().is_empty()));
        if !first.is_some_and(|piece| matches!(piece.what, What::Doctype { is_html: true })) {
            self.note(rules::HTML_DOCTYPE, "doctype", "", 1);
        }
        let mut open = Open::default();
        let mut ids = HashSet::new();
        for piece in pieces {
            match &piece.what {
                What::Fault(fault) => self.note(rules::HTML_PARSE, "markup", fault, piece.line),
                What::Text(_) | What::Doctype { .. } => {}
                What::Open { name, has_twice, closes_itself, .. } => {
                    if *has_twice {
                        self.note(rules::HTML_DUPLICATE_ATTRIBUTE, name, "", piece.line);
                    }
                    if let Some(id) = piece.attribute("id")
                        && !ids.insert(id)
                    {
                        self.note(rules::HTML_DUPLICATE_ID, name, id, piece.line);
                    }
                    let is_foreign = open.has("svg") || open.has("math") || matches!(&**name, "svg" | "math");
                    implied_ends(&mut open, name);
                    if !(VOID.contains(&&**name) && !is_foreign || is_foreign && *closes_itself) {
                        open.push(name, piece.line);
                    }
                }
                What::Close { name } => {
                    let Some(inside) = open.close(name) else {
                        self.note(rules::HTML_NESTING, name, format!("</{name}> closes nothing"), piece.line);
                        continue;
                    };
                    let left_open = inside.iter().find(|(open, _)| !OPTIONAL_END.contains(open));
                    if let Some((left, line)) = left_open {
                        self.note(rules::HTML_NESTING, left, format!("is open where </{name}> stands"), *line);
                    }
                }
            }
        }
        for (name, line) in open.elements.iter().filter(|(name, _)| !OPTIONAL_END.contains(name)) {
            self.note(rules::HTML_NESTING, name, "is never closed", *line);
        }
    }

    /// Language, title, encoding, canonical address, editions.
    fn head(&mut self, html: &str, pieces: &[Piece]) {
        let all = |name: &'static str| pieces.iter().filter(move |piece| piece.opens() == Some(name));
        let root = all("html").next();
        let lang = root.and_then(|root| root.attribute("lang")).unwrap_or_default();
        if !values::is_language(lang) {
            self.note(rules::HTML_LANG, "html@lang", lang, root.map_or(1, |root| root.line));
        }
        match root.and_then(|root| root.attribute("dir")) {
            Some("rtl") if !values::is_rtl(lang) => self.note(rules::HTML_DIR, "html@dir", "rtl", 1),
            Some("ltr") if values::is_rtl(lang) => self.note(rules::HTML_DIR, "html@dir", "ltr", 1),
            Some(_) => {}
            None if values::is_rtl(lang) => self.note(rules::HTML_DIR, "html@dir", lang, 1),
            None => self.note(rules::HTML_DIR_MISSING, "html@dir", "", 1),
        }
        let title = pieces.iter().position(|piece| piece.opens() == Some("title"));
        let is_titled = title
            .and_then(|idx| pieces.get(idx + 1))
            .is_some_and(|piece| matches!(&piece.what, What::Text(text) if !text.trim().is_empty()));
        if !is_titled {
            self.note(rules::HTML_TITLE, "title", "", 1);
        }
        let start = &html.as_bytes()[..html.len().min(CHARSET_WITHIN_BYTES)];
        let start = String::from_utf8_lossy(start).to_ascii_lowercase();
        if !start.contains("charset=utf-8") && !start.contains("charset=\"utf-8") {
            self.note(rules::HTML_CHARSET, "meta@charset", "", 1);
        }
        let metas = |wanted: &'static str| {
            all("meta").filter(move |meta| meta.attribute("name").is_some_and(|name| name.eq_ignore_ascii_case(wanted)))
        };
        match metas("viewport").next().and_then(|meta| meta.attribute("content")) {
            Some(content) if !content.contains("user-scalable=no") && !content.contains("maximum-scale=1") => {}
            content => self.note(rules::HTML_VIEWPORT, "meta[viewport]", content.unwrap_or_default(), 1),
        }
        let is_unlisted = metas("robots").any(|meta| meta.attribute("content").is_some_and(|content| content.contains("noindex")));
        let links = |wanted: &'static str| {
            all("link").filter(move |link| link.attribute("rel").is_some_and(|rel| rel.split_ascii_whitespace().any(|rel| rel == wanted)))
        };
        let canonical: Vec<&Piece> = links("canonical").collect();
        match *canonical {
            [] if !is_unlisted => self.note(rules::CANONICAL_MISSING, "link[canonical]", "", 1),
            [] => {}
            [one] => {
                let href = one.attribute("href").unwrap_or_default();
                match Url::parse(href).ok().filter(Url::has_host) {
                    None => self.note(rules::CANONICAL_RELATIVE, "link[canonical]", href, one.line),
                    Some(url) => {
                        let own = self.asked.address.and_then(|address| Url::parse(address).ok());
                        if own.is_some_and(|own| own != url) {
                            self.note(rules::CANONICAL_ELSEWHERE, "link[canonical]", href, one.line);
                        }
                    }
                }
            }
            [_, second, ..] => self.note(rules::CANONICAL_TWICE, "link[canonical]", "", second.line),
        }
        self.editions(links("alternate"), &canonical);
    }

    fn editions<'p>(&mut self, alternates: impl Iterator<Item = &'p Piece>, canonical: &[&Piece]) {
        let editions: Vec<(&str, &str, u64)> = alternates
            .filter(|link| link.attribute("type").is_none())
            .filter_map(|link| Some((link.attribute("hreflang")?, link.attribute("href").unwrap_or_default(), link.line)))
            .collect();
        if editions.is_empty() {
            return;
        }
        for (lang, _, line) in editions.iter().filter(|(lang, ..)| *lang != "x-default" && !values::is_language(lang)) {
            self.note(rules::HREFLANG_LANGUAGE, "link[hreflang]", lang, *line);
        }
        if !editions.iter().any(|(lang, ..)| *lang == "x-default") {
            self.note(rules::HREFLANG_DEFAULT, "link[hreflang]", "", editions[0].2);
        }
        let own = canonical.first().and_then(|link| link.attribute("href")).or(self.asked.address);
        if let Some(own) = own
            && !editions.iter().any(|(lang, href, _)| *href == own && *lang != "x-default")
        {
            self.note(rules::HREFLANG_SELF, "link[hreflang]", own, editions[0].2);
        }
    }

    /// Headings, images, times, links, fields, and what is loaded.
    fn parts(&mut self, pieces: &[Piece]) {
        let count = |name: &str| pieces.iter().filter(|piece| piece.opens() == Some(name)).count();
        for (name, rule) in [("h1", rules::HTML_H1), ("main", rules::HTML_MAIN)] {
            if count(name) != 1 {
                self.note(rule, name, format!("{} of them", count(name)), 0);
            }
        }
        let labelled: HashSet<&str> =
            pieces.iter().filter(|piece| piece.opens() == Some("label")).filter_map(|label| label.attribute("for")).collect();
        let mut level = 0;
        let mut open = Open::default();
        for (idx, piece) in pieces.iter().enumerate() {
            if let What::Close { name } = &piece.what {
                open.close(name);
                continue;
            }
            let What::Open { name, attributes, .. } = &piece.what else { continue };
            if !VOID.contains(&&**name) {
                open.push(name, piece.line);
            }
            if let Some((handler, _)) = attributes.iter().find(|(name, _)| name.starts_with("on") && name.len() > 2) {
                self.note(rules::HTML_INLINE_HANDLER, name, handler, piece.line);
            }
            match &**name {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                    let own = usize::from(name.as_bytes()[1] - b'0');
                    if level != 0 && level + 1 < own {
                        self.note(rules::HTML_HEADING_SKIPPED, name, format!("after h{level}"), piece.line);
                    }
                    level = own;
                }
                "img" => {
                    let src = piece.attribute("src").unwrap_or_default();
                    if piece.attribute("alt").is_none() {
                        self.note(rules::HTML_IMAGE_ALT, "img", src, piece.line);
                    }
                    let has = |name: &str| piece.attribute(name).is_some_and(|size| size.parse::<u32>().is_ok_and(|size| 0 < size));
                    if !has("width") || !has("height") {
                        self.note(rules::HTML_IMAGE_SIZE, "img", src, piece.line);
                    }
                }
                "time" => {
                    let written = piece.attribute("datetime").map_or_else(|| words_in(pieces, idx, "time"), str::to_owned);
                    if !is_machine_time(written.trim()) {
                        self.note(rules::HTML_TIME, "time", &written, piece.line);
                    }
                }
                "a" if piece.attribute("href").is_some() => {
                    let is_named = ["aria-label", "aria-labelledby", "title"]
                        .iter()
                        .any(|name| piece.attribute(name).is_some_and(|words| !words.trim().is_empty()));
                    if !is_named && words_in(pieces, idx, "a").trim().is_empty() {
                        self.note(rules::HTML_LINK_EMPTY, "a", piece.attribute("href").unwrap_or_default(), piece.line);
                    }
                }
                "input" | "select" | "textarea" => {
                    let is_exempt = UNLABELLED.contains(&piece.attribute("type").unwrap_or_default());
                    let is_named = ["aria-label", "aria-labelledby", "title"].iter().any(|name| piece.attribute(name).is_some())
                        || piece.attribute("id").is_some_and(|id| labelled.contains(id))
                        || open.has("label");
                    if !is_exempt && !is_named {
                        self.note(rules::HTML_LABEL, name, piece.attribute("name").unwrap_or_default(), piece.line);
                    }
                }
                _ => {}
            }
            self.loads(piece, name);
        }
    }

    /// Everything comes from the site itself.
    fn loads(&mut self, piece: &Piece, name: &str) {
        let attributes: &[&str] = match name {
            "script" | "iframe" | "embed" | "audio" | "track" => &["src"],
            "img" | "source" => &["src", "srcset"],
            "video" => &["src", "poster"],
            "object" => &["data"],
            "use" | "image" => &["href", "xlink:href"],
            "link" => {
                let rel = piece.attribute("rel").unwrap_or_default();
                let loads = ["stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest", "preconnect", "dns-prefetch"];
                if rel.split_ascii_whitespace().any(|rel| loads.contains(&rel)) { &["href"] } else { &[] }
            }
            _ => &[],
        };
        for attribute in attributes {
            let Some(value) = piece.attribute(attribute) else { continue };
            let addresses =
                value.split(',').filter(|_| *attribute == "srcset").chain(std::iter::once(value).filter(|_| *attribute != "srcset"));
            for address in addresses.filter_map(|part| part.split_ascii_whitespace().next()) {
                let address = if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() };
                let Ok(url) = Url::parse(&address) else { continue };
                if url.has_host() && self.own.as_ref() != Some(&url.origin()) {
                    self.note(rules::HTML_FOREIGN, name, &address, piece.line);
                }
            }
        }
    }

    /// Open Graph and JSON-LD.
    fn machines(&mut self, pieces: &[Piece]) {
        let mut properties: HashMap<&str, (&str, u64)> = HashMap::new();
        for meta in pieces.iter().filter(|piece| piece.opens() == Some("meta")) {
            if let (Some(property), Some(content)) = (meta.attribute("property"), meta.attribute("content")) {
                properties.entry(property).or_insert((content, meta.line));
            }
        }
        if properties.keys().any(|name| name.starts_with("og:")) {
            for needed in ["og:title", "og:type", "og:image", "og:url"] {
                if properties.get(needed).is_none_or(|(content, _)| content.trim().is_empty()) {
                    self.note(rules::OG_REQUIRED, needed, "", 1);
                }
            }
            for name in ["og:url", "og:image"] {
                if let Some((content, line)) = properties.get(name).filter(|(content, _)| Url::parse(content).is_err()) {
                    self.note(rules::OG_URL, name, content, *line);
                }
            }
            if properties.contains_key("og:image") && !properties.contains_key("og:image:alt") {
                self.note(rules::OG_IMAGE_ALT, "og:image:alt", "", 1);
            }
        }
        let seen = Seen::of(pieces);
        for (idx, piece) in pieces.iter().enumerate() {
            let is_json_ld = piece.opens() == Some("script") && piece.attribute("type") == Some("application/ld+json");
            let Some(Piece { what: What::Text(text), .. }) = pieces.get(idx + 1).filter(|_| is_json_ld) else { continue };
            match serde_json::from_str(text) {
                Ok(value) => self.described(&value, &seen, piece.line),
                Err(error) => self.note(rules::JSON_LD_SYNTAX, "script", error.to_string(), piece.line),
            }
        }
    }

    fn described(&mut self, value: &serde_json::Value, seen: &Seen, line: u64) {
        if let Some(entries) = value.as_array().or_else(|| value["@graph"].as_array()) {
            for entry in entries {
                self.described(entry, seen, line);
            }
            return;
        }
        if !value.is_object() || value["@type"].is_null() {
            self.note(rules::JSON_LD_SYNTAX, "@type", "", line);
            return;
        }
        let kinds: Vec<&str> = match &value["@type"] {
            serde_json::Value::Array(kinds) => kinds.iter().filter_map(|kind| kind.as_str()).collect(),
            kind => kind.as_str().into_iter().collect(),
        };
        if kinds.iter().any(|kind| kind.ends_with("Article") || *kind == "LiveBlogPosting") {
            self.article(value, seen, line);
        }
    }

    fn article(&mut self, article: &serde_json::Value, seen: &Seen, line: u64) {
        for needed in ["@context", "headline", "datePublished", "author", "publisher"] {
            if is_blank(&article[needed]) {
                self.note(rules::JSON_LD_REQUIRED, needed, "", line);
            }
        }
        for wanted in ["image", "dateModified", "mainEntityOfPage", "inLanguage", "description"] {
            if is_blank(&article[wanted]) {
                self.note(rules::JSON_LD_RECOMMENDED, wanted, "", line);
            }
        }
        for name in ["author", "publisher"] {
            for one in many(&article[name]) {
                if is_blank(&one["name"]) {
                    self.note(rules::JSON_LD_REQUIRED, &format!("{name}.name"), "", line);
                }
                if let Some(url) = one["url"].as_str().filter(|url| Url::parse(url).is_err()) {
                    self.note(rules::JSON_LD_URL, &format!("{name}.url"), url, line);
                }
            }
        }
        for name in ["datePublished", "dateModified"] {
            let Some(date) = article[name].as_str() else { continue };
            match date.parse::<Timestamp>() {
                // What changed is shown where it changed; that it was first published is always shown.
                Ok(at) if name == "datePublished" && !seen.times.contains(&at.as_second()) => {
                    self.note(rules::JSON_LD_HIDDEN, name, date, line);
                }
                Ok(_) => {}
                Err(_) => self.note(rules::JSON_LD_DATE, name, date, line),
            }
        }
        let mut shown: Vec<(String, &str)> = Vec::new();
        for name in ["headline", "description", "dateline", "articleSection"] {
            shown.extend(article[name].as_str().map(|text| (name.to_owned(), text)));
        }
        for (list, part) in [("author", "name"), ("correction", "text"), ("image", "caption"), ("image", "creditText")] {
            shown.extend(many(&article[list]).filter_map(|one| Some((format!("{list}.{part}"), one[part].as_str()?))));
        }
        for (name, text) in shown {
            if !text.trim().is_empty() && !seen.has(text) {
                self.note(rules::JSON_LD_HIDDEN, &name, text, line);
            }
        }
        for image in many(&article["image"]) {
            let url = image.as_str().or_else(|| image["contentUrl"].as_str()).or_else(|| image["url"].as_str()).unwrap_or_default();
            if Url::parse(url).is_err() {
                self.note(rules::JSON_LD_URL, "image.url", url, line);
            }
        }
    }
}

fn is_blank(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Null => true,
        serde_json::Value::String(text) => text.trim().is_empty(),
        serde_json::Value::Array(entries) => entries.is_empty(),
        _ => false,
    }
}

fn many(value: &serde_json::Value) -> impl Iterator<Item = &serde_json::Value> {
    let (one, entries) = match value {
        serde_json::Value::Array(entries) => (None, entries.as_slice()),
        serde_json::Value::Null => (None, &[][..]),
        one => (Some(one), &[][..]),
    };
    one.into_iter().chain(entries)
}

/// What a reader sees of a page.
struct Seen {
    words: String,
    times: HashSet<i64>,
}

impl Seen {
    fn of(pieces: &[Piece]) -> Self {
        let (mut words, mut times, mut hidden) = (String::new(), HashSet::new(), 0_usize);
        for piece in pieces {
            match &piece.what {
                What::Open { name, .. } => {
                    if UNSEEN.contains(&&**name) && name != "head" {
                        hidden += 1;
                    }
                    if name == "time"
                        && let Some(at) = piece.attribute("datetime").and_then(|at| at.parse::<Timestamp>().ok())
                    {
                        times.insert(at.as_second());
                    }
                    if name == "img"
                        && let Some(alt) = piece.attribute("alt")
                    {
                        words.push_str(alt);
                    }
                    if !markup_is_inline(name) {
                        words.push(' ');
                    }
                }
                What::Close { name } => {
                    if UNSEEN.contains(&&**name) && name != "head" {
                        hidden = hidden.saturating_sub(1);
                    }
                    if !markup_is_inline(name) {
                        words.push(' ');
                    }
                }
                What::Text(text) if hidden == 0 => words.push_str(text),
                What::Text(_) | What::Doctype { .. } | What::Fault(_) => {}
            }
        }
        Self { words: squeezed(&words), times }
    }

    fn has(&self, text: &str) -> bool {
        self.words.contains(&squeezed(text))
    }
}

/// Words as they are compared: without case, white space, and the marks that only guide a line break.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|letter| {
            !letter.is_whitespace() && !matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{2066}'..='\u{2069}')
        })
        .flat_map(char::to_lowercase)
        .collect()
}

fn markup_is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "b" | "i" | "em" | "strong" | "span" | "bdi" | "bdo" | "sub" | "sup" | "u" | "q" | "mark" | "abbr" | "wbr" | "time" | "data"
    )
}

/// The words up to the end of an element, images by what they show.
fn words_in(pieces: &[Piece], from: usize, name: &str) -> String {
    let mut words = String::new();
    for piece in pieces[from + 1..].iter().take(INSIDE_MAX) {
        match &piece.what {
            What::Text(text) => words.push_str(text),
            What::Close { name: closed } if closed == name => break,
            What::Open { .. } => {
                if let Some(said) = piece.attribute("alt").or_else(|| piece.attribute("aria-label")) {
                    words.push_str(said);
                }
            }
            What::Close { .. } | What::Doctype { .. } | What::Fault(_) => {}
        }
    }
    words
}

/// What HTML takes as a time: an instant with an offset, a day, a month, a year, a clock, a duration.
fn is_machine_time(text: &str) -> bool {
    let is_duration = text.starts_with('P') && text.len() > 2;
    let is_clock = text.len() <= 8 && text.contains(':') && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let has_date = values::iso8601(text, None).is_none();
    let is_without_offset = text.contains('T') && values::w3cdtf(text, None).is_some();
    is_duration || is_clock || (has_date && !is_without_offset)
}

/// Ends that HTML implies where an element begins.
fn implied_ends(open: &mut Open<'_>, name: &str) {
    let ends: &[&str] = match name {
        "li" => &["li"],
        "dt" | "dd" => &["dt", "dd"],
        "tr" => &["tr", "td", "th", "caption", "colgroup"],
        "td" | "th" => &["td", "th"],
        "tbody" | "tfoot" | "thead" => &["tr", "td", "th", "tbody", "thead", "caption", "colgroup"],
        "option" => &["option"],
        "optgroup" => &["option", "optgroup"],
        name if BLOCKS.contains(&name) => &["p"],
        _ => return,
    };
    while open.elements.last().is_some_and(|(last, _)| ends.contains(last)) {
        open.pop();
    }
}
