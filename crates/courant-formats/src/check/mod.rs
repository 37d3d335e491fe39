//! Conformance of documents with the standards they are of: which rule is broken, where, and what to do.
//!
//! [`check`] is a function from bytes to [`Finding`]s: no network, no clock. Each rule is a row of [`RULES`]; each standard is a
//! module beside this one. The readers of this crate take what a newsroom can use; this says what a document should have been.

mod app;
mod atom;
mod extensions;
mod feed;
mod http;
mod json;
mod markup;
mod model;
mod newsml_g2;
mod nitf;
mod opensearch;
mod opml;
mod page;
mod plain;
mod rss;
mod rules;
mod sitemap;
#[cfg(test)]
mod tests;
mod tree;
mod values;

use std::borrow::Cow;

use jiff::Timestamp;

pub use http::{Exchange, check_exchange, redirected, unanswered};
pub use page::{Page, page_of, unreturned};
pub use rules::{RULES, Rule, Severity};

use crate::encoding;
use tree::Document;

/// The most findings of one document.
pub const FINDINGS_MAX: usize = 1_000;
/// The longest document that is checked, in bytes: the largest sitemap there may be.
pub const DOCUMENT_LEN_BYTES_MAX: usize = 52_428_800;
/// How much of a value a finding shows, in characters.
const SHOWN_CHARS_MAX: usize = 120;

/// What a document can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// RSS, Atom, OPML, OpenSearch, or a document of the Atom Publishing Protocol.
    Feed,
    /// JSON Feed.
    JsonFeed,
    /// IPTC ninjs.
    Ninjs,
    /// IPTC NewsML-G2.
    NewsmlG2,
    /// IPTC NITF.
    Nitf,
    /// A sitemap, an index of sitemaps, or a news sitemap.
    Sitemap,
    /// A page of HTML.
    Page,
    /// robots.txt.
    Robots,
    /// security.txt.
    Security,
    /// trust.txt.
    Trust,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Feed,
        Self::JsonFeed,
        Self::Ninjs,
        Self::NewsmlG2,
        Self::Nitf,
        Self::Sitemap,
        Self::Page,
        Self::Robots,
        Self::Security,
        Self::Trust,
    ];

    /// The word for it on a command line and in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::JsonFeed => "json-feed",
            Self::Ninjs => "ninjs",
            Self::NewsmlG2 => "newsml-g2",
            Self::Nitf => "nitf",
            Self::Sitemap => "sitemap",
            Self::Page => "page",
            Self::Robots => "robots.txt",
            Self::Security => "security.txt",
            Self::Trust => "trust.txt",
        }
    }

    /// The media types such a document may be sent with.
    pub const fn media_types(self) -> &'static [&'static str] {
        match self {
            Self::Feed => &[
                "application/rss+xml",
                "application/atom+xml",
                "application/rdf+xml",
                "application/xml",
                "text/xml",
                "text/x-opml",
                "text/x-opml+xml",
                "application/opensearchdescription+xml",
                "application/atomsvc+xml",
                "application/atomcat+xml",
            ],
            Self::JsonFeed => &["application/feed+json", "application/json"],
            Self::Ninjs => &["application/json", "application/ninjs+json", "application/vnd.iptc.ninjs+json"],
            Self::NewsmlG2 => &[
                "application/vnd.iptc.g2.newsitem+xml",
                "application/vnd.iptc.g2.packageitem+xml",
                "application/vnd.iptc.g2.newsmessage+xml",
                "application/vnd.iptc.g2.conceptitem+xml",
                "application/vnd.iptc.g2.knowledgeitem+xml",
                "application/vnd.iptc.g2.planningitem+xml",
                "application/xml",
                "text/xml",
            ],
            Self::Nitf => &["application/nitf+xml", "application/xml", "text/xml"],
            Self::Sitemap => &["application/xml", "text/xml"],
            Self::Page => &["text/html", "application/xhtml+xml"],
            Self::Robots | Self::Security | Self::Trust => &["text/plain"],
        }
    }
}

/// What is known of a document beside its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// Where it was fetched from.
    pub address: Option<&'a str>,
    /// The `charset` of its `Content-Type`.
    pub charset: Option<&'a str>,
    /// What time it is; without it no date is implausible.
    pub now: Option<Timestamp>,
    /// The version a ninjs document is held against: `3.1`; without it the one it says, or else any that has its names.
    pub ninjs: Option<&'a str>,
}

/// A rule that is broken, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The standard.
    pub standard: &'static str,
    /// Its clause.
    pub clause: &'static str,
    /// The element or part around the one at fault; empty at the top.
    pub parent: Box<str>,
    /// The element or part at fault.
    pub element: Box<str>,
    /// The attribute at fault.
    pub attribute: Option<Box<str>>,
    /// What stands there, as far as it is short.
    pub value: Box<str>,
    /// Line and column, from 1.
    pub line: Option<u64>,
    /// The column in characters, where it is known.
    pub column: Option<u64>,
}

impl Finding {
    pub(crate) fn at(
        rule: &'static Rule,
        standard: &'static str,
        clause: &'static str,
        (parent, element, attribute): (String, String, Option<&str>),
        value: &str,
        place: Option<(u64, u64)>,
    ) -> Self {
        Self {
            rule,
            standard,
            clause,
            parent: parent.into(),
            element: element.into(),
            attribute: attribute.map(Into::into),
            value: shown(value).into(),
            line: place.map(|(line, _)| line),
            column: place.map(|(_, column)| column).filter(|column| *column != 0),
        }
    }

    /// Of a whole document, or of a part that is no element.
    pub(crate) fn of(rule: &'static Rule, part: &str, value: &str, line: Option<u64>) -> Self {
        let place = line.map(|line| (line, 0));
        Self::at(rule, rule.standard, rule.clause, (String::new(), part.to_owned(), None), value, place)
    }

    /// Where it is, in words: `item/guid@isPermaLink`.
    pub fn place(&self) -> String {
        let mut place = String::new();
        if !self.parent.is_empty() && &*self.parent != "root" {
            place.push_str(&self.parent);
            place.push('/');
        }
        place.push_str(&self.element);
        if let Some(attribute) = &self.attribute {
            place.push('@');
            place.push_str(attribute);
        }
        place
    }
}

/// A value as a finding shows it.
fn shown(value: &str) -> String {
    let mut line = String::new();
    let mut n_chars = 0;
    for word in value.split_whitespace() {
        if SHOWN_CHARS_MAX < n_chars {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        // One more than is shown tells that there is more.
        line.extend(word.chars().take(SHOWN_CHARS_MAX + 1));
        n_chars = line.chars().count();
    }
    crate::findings::cut(&line, SHOWN_CHARS_MAX)
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What the document was taken for; `None` when it is nothing that can be checked.
    pub kind: Option<Kind>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// Checks a document, as `kind` or as what it looks like.
///
/// Time and memory grow with its length, which may be [`DOCUMENT_LEN_BYTES_MAX`].
pub fn check(bytes: &[u8], kind: Option<Kind>, asked: &Asked<'_>) -> Report {
    let whole = |rule, value: &str| Report { kind, findings: vec![Finding::of(rule, "document", value, None)] };
    if DOCUMENT_LEN_BYTES_MAX < bytes.len() {
        let rule = if kind == Some(Kind::Sitemap) { rules::SITEMAP_TOO_LARGE } else { rules::TOO_LARGE };
        return whole(rule, &format!("{} bytes, and at most {DOCUMENT_LEN_BYTES_MAX} are read", bytes.len()));
    }
    if bytes.trim_ascii().is_empty() {
        return whole(rules::EMPTY_DOCUMENT, "");
    }
    if is_binary(bytes) {
        return whole(rules::BINARY_DOCUMENT, "");
    }
    let Some(kind) = kind.or_else(|| kind_of(bytes, asked)) else {
        return whole(rules::NOT_A_DOCUMENT, &String::from_utf8_lossy(&bytes[..bytes.len().min(SHOWN_CHARS_MAX)]));
    };
    let text = || encoding::decode(bytes, asked.charset).text;
    let mut findings = match kind {
        Kind::Feed | Kind::NewsmlG2 | Kind::Nitf | Kind::Sitemap => xml(bytes, kind, asked),
        Kind::JsonFeed => json::feed(without_mark(bytes)),
        Kind::Ninjs => json::ninjs(without_mark(bytes), asked.ninjs),
        Kind::Page => page::check(&text(), asked),
        Kind::Robots => plain::robots(bytes),
        Kind::Security => plain::security(&text(), asked),
        Kind::Trust => plain::trust(&text()),
    };
    // What is wrong with the bytes comes before what is wrong inside.
    findings.truncate(FINDINGS_MAX);
    Report { kind: Some(kind), findings }
}

/// What a document looks like, by its content; its address tells files of lines apart.
pub fn kind_of(bytes: &[u8], asked: &Asked<'_>) -> Option<Kind> {
    let start = &bytes[..bytes.len().min(KIND_WITHIN_BYTES)];
    let start = encoding::decode(start, asked.charset).text;
    let start = start.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('{') || start.starts_with('[') {
        let is_feed = start.contains("jsonfeed.org/version");
        return Some(if is_feed { Kind::JsonFeed } else { Kind::Ninjs });
    }
    if start.starts_with('<') {
        return Some(match root_of(start) {
            Some("newsItem" | "packageItem" | "newsMessage" | "conceptItem" | "knowledgeItem" | "planningItem" | "catalogItem") => {
                Kind::NewsmlG2
            }
            Some("nitf") => Kind::Nitf,
            Some("urlset" | "sitemapindex") => Kind::Sitemap,
            Some(name) if name.eq_ignore_ascii_case("html") => Kind::Page,
            Some(_)
                if start.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"))
                    && start.to_ascii_lowercase().starts_with("<!doctype html") =>
            {
                Kind::Page
            }
            Some(_) | None => Kind::Feed,
        });
    }
    let name = asked.address.and_then(|address| address.split(['?', '#']).next()).and_then(|path| path.rsplit('/').next());
    match name {
        Some("robots.txt") => return Some(Kind::Robots),
        Some("security.txt") => return Some(Kind::Security),
        Some("trust.txt") => return Some(Kind::Trust),
        Some(_) | None => {}
    }
    let has_field = |name: &str| start.lines().any(|line| line.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name)));
    if has_field("user-agent:") || has_field("disallow:") {
        return Some(Kind::Robots);
    }
    if has_field("contact:") && has_field("expires:") {
        return Some(Kind::Security);
    }
    let attributes = ["member=", "belongto=", "control=", "controlledby=", "social=", "datatrainingallowed="];
    attributes.iter().any(|name| has_field(name)).then_some(Kind::Trust)
}

/// How far into a document its kind is looked for, in bytes.
const KIND_WITHIN_BYTES: usize = 16 << 10;

/// The local name of the first element.
fn root_of(start: &str) -> Option<&str> {
    let mut rest = start;
    loop {
        let at = rest.find('<')?;
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->")?.1;
        } else if rest.starts_with('?') || rest.starts_with('!') {
            // A document type may declare entities.
            let end = match (rest.find('['), rest.find('>')) {
                (Some(inner), Some(end)) if inner < end => rest.find("]>").map(|at| at + 1)?,
                (_, Some(end)) => end,
                (_, None) => return None,
            };
            rest = &rest[end + 1..];
        } else {
            let name = rest.split(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '/')).next()?;
            return Some(name.rsplit(':').next().unwrap_or(name));
        }
    }
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// Whether these are the bytes of a picture, an archive and the like: they hold zeros where UTF-16 has none.
fn is_binary(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(KIND_WITHIN_BYTES)];
    let is_utf_16 = encoding_rs::Encoding::for_bom(bytes).is_some() || matches!(start, [0, _, 0, _, ..] | [_, 0, _, 0, ..]);
    let known = [&b"\x89PNG"[..], b"\xFF\xD8\xFF", b"GIF8", b"RIFF", b"PK\x03\x04", b"%PDF", b"\x1F\x8B", b"\x28\xB5\x2F\xFD", b"\x7FELF"];
    known.iter().any(|magic| start.starts_with(magic)) || (!is_utf_16 && start.contains(&0))
}

fn xml(bytes: &[u8], kind: Kind, asked: &Asked<'_>) -> Vec<Finding> {
    let (text, encoding, mut findings) = xml_text(bytes, asked);
    match Document::parse(&text) {
        Ok(doc) => findings.extend(match kind {
            Kind::NewsmlG2 => newsml_g2::check(&doc),
            Kind::Nitf => nitf::check(&doc),
            Kind::Sitemap => sitemap::check(&doc, bytes.len(), asked),
            Kind::Feed | Kind::JsonFeed | Kind::Ninjs | Kind::Page | Kind::Robots | Kind::Security | Kind::Trust => {
                feed::check(&doc, asked, encoding)
            }
        }),
        Err(broken) => {
            let place = broken.lines.place(&text, broken.at);
            let document = (String::new(), "document".to_owned(), None);
            findings.push(Finding::at(broken.rule, broken.rule.standard, broken.rule.clause, document, &broken.reason, Some(place)));
            // Two things can be said of what cannot be read.
            if broken.rule == rules::ENTITY_NOT_EXPANDED && text.contains("SYSTEM") {
                findings.push(Finding::of(rules::SYSTEM_ENTITY, "document", "", None));
            }
            if let Some(root) = root_of(&text).filter(|root| kind == Kind::Feed && !feed::ROOTS.contains(root)) {
                let at = ("root".to_owned(), root.to_owned(), None);
                findings.push(Finding::at(rules::UNDEFINED_ELEMENT, "", "", at, "", None));
            }
        }
    }
    findings
}

/// The text of a document of XML, and what is wrong with its encoding.
fn xml_text<'b>(bytes: &'b [u8], asked: &Asked<'_>) -> (Cow<'b, str>, &'static str, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut note = |rule: &'static Rule, value: &str, place: (u64, u64)| {
        let at = (String::new(), "document".to_owned(), Some("encoding"));
        findings.push(Finding::at(rule, rule.standard, rule.clause, at, value, Some(place)));
    };
    let declared = encoding::declared_at(bytes);
    let known = |label: &str| encoding_rs::Encoding::for_label(label.trim().as_bytes());
    let mark = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    if let Some((label, column)) = &declared {
        let place = (1, *column);
        match known(label) {
            None => note(rules::UNKNOWN_ENCODING, label, place),
            Some(encoding) => {
                let is_ascii = label.eq_ignore_ascii_case("us-ascii") || label.eq_ignore_ascii_case("ascii");
                let is_lie = mark.is_some_and(|mark| mark != encoding) || (is_ascii && !bytes.is_ascii());
                if is_lie || (mark.is_none() && encoding.decode_without_bom_handling(bytes).1) {
                    note(rules::UNICODE_ERROR, label, place);
                }
                if asked.charset.and_then(known).is_some_and(|said| said != encoding) {
                    note(rules::ENCODING_MISMATCH, label, place);
                }
                if !matches!(encoding.name(), "UTF-8" | "UTF-16LE" | "UTF-16BE" | "windows-1252") {
                    note(rules::NONSTANDARD_ENCODING, label, place);
                }
            }
        }
    } else if mark.is_none() && asked.charset.is_none() {
        note(rules::MISSING_ENCODING, "", (1, 1));
        if std::str::from_utf8(bytes).is_err() {
            note(rules::UNICODE_ERROR, "UTF-8", (1, 1));
        }
    }
    let version = encoding::declared_version(bytes);
    if let Some(version) = version.filter(|version| version != "1.0") {
        note(rules::BAD_XML_VERSION, &version, (1, 1));
    }
    // As it says itself, not as it most likely is: what is wrong shows.
    let label = declared.as_ref().and_then(|(label, _)| known(label)).or_else(|| asked.charset.and_then(known));
    let encoding = mark.or(label).unwrap_or(encoding_rs::UTF_8);
    // Browsers take Latin-1 for windows-1252; XML does not, and controls in it show that somebody mixed them up.
    let is_latin_1 = |label: &str| matches!(&*label.to_ascii_lowercase(), "iso-8859-1" | "latin1" | "latin-1");
    if mark.is_none() && declared.as_ref().is_some_and(|(label, _)| is_latin_1(label)) {
        return (encoding_rs::mem::decode_latin1(bytes), "ISO-8859-1", findings);
    }
    let (text, _, _) = encoding.decode(bytes);
    (text, encoding.name(), findings)
}
