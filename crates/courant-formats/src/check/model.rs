//! Standards of XML as tables: which elements stand where, how often, and what they hold. [`Walk`] holds a document against them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use url::Url;

use super::markup;
use super::rules::{self, Rule};
use super::tree::{Document, Element, Node, XML_NAMESPACE};
use super::values::{self, Form};
use super::{Asked, FINDINGS_MAX, Finding};

/// The longest base of addresses that is one, in bytes: each address inside is joined to it.
const BASE_LEN_BYTES_MAX: usize = 2_048;
/// The longest name of an element of HTML that is looked for in plain text, in bytes.
const ELEMENT_NAME_LEN_BYTES_MAX: usize = 32;

/// Where a table is from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    pub(super) standard: &'static str,
    pub(super) clause: &'static str,
}

/// What an element may hold.
pub(super) struct Model {
    pub(super) source: Source,
    pub(super) text: Text,
    pub(super) attributes: &'static [Attr],
    pub(super) tables: &'static [&'static Table],
    /// Elements that must be there, and the rule that says so.
    pub(super) needs: &'static [(&'static str, &'static Rule)],
    /// What no table can say.
    pub(super) more: fn(&mut Walk<'_, '_>, &Element<'_>),
}

/// What text an element may hold.
pub(super) enum Text {
    /// None but white space.
    Elements,
    /// Text and elements; `more` looks at them.
    Any,
    /// Text only, all of this.
    Values(&'static [Value]),
}

/// Elements of one standard.
pub(super) struct Table {
    pub(super) source: Source,
    pub(super) rows: &'static [Row],
}

/// One element.
pub(super) struct Row {
    name: &'static str,
    is_once: bool,
    what: What,
}

enum What {
    /// Nothing of it is checked.
    Anything,
    Values(&'static [Value]),
    Model(&'static Model),
}

impl Row {
    /// The element.
    pub(super) fn name(&self) -> &'static str {
        self.name
    }
}

/// One attribute.
pub(super) struct Attr {
    name: &'static str,
    is_required: bool,
    values: &'static [Value],
}

pub(super) const fn one(name: &'static str, values: &'static [Value]) -> Row {
    Row { name, is_once: true, what: What::Values(values) }
}

pub(super) const fn many(name: &'static str, values: &'static [Value]) -> Row {
    Row { name, is_once: false, what: What::Values(values) }
}

pub(super) const fn one_of(name: &'static str, model: &'static Model) -> Row {
    Row { name, is_once: true, what: What::Model(model) }
}

pub(super) const fn many_of(name: &'static str, model: &'static Model) -> Row {
    Row { name, is_once: false, what: What::Model(model) }
}

pub(super) const fn anything(name: &'static str) -> Row {
    Row { name, is_once: false, what: What::Anything }
}

pub(super) const fn required(name: &'static str, values: &'static [Value]) -> Attr {
    Attr { name, is_required: true, values }
}

pub(super) const fn optional(name: &'static str, values: &'static [Value]) -> Attr {
    Attr { name, is_required: false, values }
}

pub(super) const fn source(standard: &'static str, clause: &'static str) -> Source {
    Source { standard, clause }
}

pub(super) fn nothing_more(_: &mut Walk<'_, '_>, _: &Element<'_>) {}

/// A model of an element that holds elements.
pub(super) const fn holds(source: Source, tables: &'static [&'static Table]) -> Model {
    Model { source, text: Text::Elements, attributes: &[], tables, needs: &[], more: nothing_more }
}

/// A model of an element that holds text.
pub(super) const fn text(source: Source, values: &'static [Value]) -> Model {
    Model { source, text: Text::Values(values), attributes: &[], tables: &[], needs: &[], more: nothing_more }
}

/// What a value must be.
#[derive(Clone, Copy)]
pub(super) enum Value {
    /// Any text.
    Free,
    Filled,
    FilledAttribute,
    NoOuterSpace,
    NonHtml,
    NoEmail,
    SafeHtml,
    Uri,
    UriFull,
    Iri,
    IriFull,
    IriCanonical,
    UriOfAttribute,
    HttpUrl,
    Rfc822,
    Rfc3339,
    W3cdtf,
    Iso8601,
    Iso8601Any,
    Language,
    Mime,
    MediaRange,
    Charset,
    NonNegative,
    Positive,
    Uint31,
    Integer,
    Float,
    Decimal,
    Latitude,
    Longitude,
    YesNo,
    TrueFalse,
    TrueFalseStrict,
    Duration,
    AtMost(usize),
    Keywords,
    CommaIntegers,
    FormName,
    Contact,
    ContactWithName,
    AddrSpec,
    /// `rdf:resource` says it.
    Resource,
    OneOf(&'static Rule, &'static [&'static str]),
    /// Not twice below the parent of the parent.
    UniqueInGroup(&'static Rule),
    /// Not twice below the parent.
    UniqueInParent(&'static Rule),
    Position,
    PositionList,
    Nss,
    UrlEncoded,
    FlareAddress,
}

/// The grammar at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// RSS 0.91 to 2.0.
    Rss2,
    /// RSS of RDF: 0.90, 1.0, 1.1.
    Rss1,
    Atom,
    App,
    OpenSearch,
    Opml,
}

/// Namespaces and their customary prefixes.
pub(super) const NAMESPACES: &[(&str, &str)] = &[
    ("http://www.bloglines.com/about/specs/fac-1.0", "access"),
    ("http://webns.net/mvcb/", "admin"),
    ("http://purl.org/rss/1.0/modules/aggregation/", "ag"),
    ("http://purl.org/rss/1.0/modules/annotate/", "annotate"),
    ("http://www.w3.org/2007/app", "app"),
    ("http://purl.org/atompub/tombstones/1.0", "at"),
    ("http://media.tangent.org/rss/1.0/", "audio"),
    ("http://backend.userland.com/blogChannelModule", "blogChannel"),
    ("http://web.resource.org/cc/", "cc"),
    ("http://www.microsoft.com/schemas/rss/core/2005", "cf"),
    ("http://backend.userland.com/creativeCommonsRssModule", "creativeCommons"),
    ("http://purl.org/rss/1.0/modules/company", "company"),
    ("http://purl.org/rss/1.0/modules/content/", "content"),
    ("http://conversationsnetwork.org/rssNamespace-1.0/", "conversationsNetwork"),
    ("http://my.theinfo.org/changed/1.0/rss/", "cp"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("http://purl.org/rss/1.0/modules/email/", "email"),
    ("http://purl.org/rss/1.0/modules/event/", "ev"),
    ("http://purl.org/syndication/history/1.0", "fh"),
    ("http://www.w3.org/2003/01/geo/wgs84_pos#", "geo"),
    ("http://geourl.org/rss/module/", "geourl"),
    ("http://www.georss.org/georss", "georss"),
    ("http://www.opengis.net/gml", "gml"),
    ("http://postneo.com/icbm", "icbm"),
    ("http://purl.org/rss/1.0/modules/image/", "image"),
    ("urn:atom-extension:indexing", "indexing"),
    ("http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("http://rssnamespace.org/feedburner/ext/1.0", "feedburner"),
    ("http://xmlns.com/foaf/0.1/", "foaf"),
    ("http://purl.org/rss/1.0/modules/link/", "l"),
    ("http://search.yahoo.com/mrss/", "media"),
    ("http://www.w3.org/1998/Math/MathML", "mathml"),
    ("http://a9.com/-/spec/opensearchrss/1.0/", "opensearch10"),
    ("http://a9.com/-/spec/opensearch/1.1/", "opensearch"),
    ("http://www.opml.org/spec2", "opml"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"),
    ("http://www.w3.org/2000/01/rdf-schema#", "rdfs"),
    ("http://purl.org/rss/1.0/modules/reference/", "ref"),
    ("http://purl.org/rss/1.0/modules/richequiv/", "reqv"),
    ("http://purl.org/rss/1.0/modules/rss091#", "rss091"),
    ("http://purl.org/rss/1.0/modules/search/", "search"),
    ("http://purl.org/rss/1.0/modules/slash/", "slash"),
    ("http://purl.org/rss/1.0/modules/servicestatus/", "ss"),
    ("http://hacks.benhammersley.com/rss/streaming/", "str"),
    ("http://purl.org/rss/1.0/modules/subscription/", "sub"),
    ("http://feedsync.org/2007/feedsync", "sx"),
    ("http://www.w3.org/2000/svg", "svg"),
    ("http://purl.org/rss/1.0/modules/syndication/", "sy"),
    ("http://purl.org/rss/1.0/modules/taxonomy/", "taxo"),
    ("http://purl.org/rss/1.0/modules/threading/", "thr"),
    ("http://purl.org/syndication/thread/1.0", "thr"),
    ("http://madskills.com/public/xml/rss/module/trackback/", "trackback"),
    ("http://wellformedweb.org/CommentAPI/", "wfw"),
    ("http://purl.org/rss/1.0/modules/wiki/", "wiki"),
    ("http://www.usemod.com/cgi-bin/mb.pl?ModWiki", "wiki"),
    ("http://schemas.xmlsoap.org/soap/envelope/", "soap"),
    (ATOM, "atom"),
    (XHTML, "xhtml"),
    (RSS090, "rss090"),
    (RSS10, "rss1"),
    (RSS11, "rss11"),
    ("http://base.google.com/ns/1.0", "g"),
    (XML_NAMESPACE, "xml"),
    ("http://openid.net/xmlns/1.0", "openid"),
    ("http://www.w3.org/1999/xlink", "xlink"),
    ("https://rslstandard.org/rsl", "rsl"),
];
pub(super) const ATOM: &str = "http://www.w3.org/2005/Atom";
pub(super) const ATOM_OLD: &str = "http://purl.org/atom/ns#";
pub(super) const XHTML: &str = "http://www.w3.org/1999/xhtml";
pub(super) const RSS090: &str = "http://my.netscape.com/rdf/simple/0.9/";
pub(super) const RSS10: &str = "http://purl.org/rss/1.0/";
pub(super) const RSS11: &str = "http://purl.org/net/rss1.1#";
pub(super) const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
/// Attributes that any element of RDF may have.
const RDF_ATTRIBUTES: [&str; 7] = ["rdf:about", "rdf:resource", "rdf:parseType", "rdf:datatype", "rdf:ID", "rdf:nodeID", "rdf:type"];
/// Namespaces that are known and whose words this check leaves alone.
const LEFT_ALONE: [&str; 10] = ["g", "openid", "rsl", "soap", "email", "company", "ss", "str", "sub", "reqv"];

/// The customary prefix of a namespace; small mistakes at its end do not hide it.
pub(super) fn prefix_of(uri: &str) -> Option<&'static str> {
    let plain = |uri: &str| uri.trim_end_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let exact = NAMESPACES.iter().find(|(known, _)| *known == uri);
    exact.or_else(|| NAMESPACES.iter().find(|(known, _)| plain(known) == plain(uri))).map(|(_, prefix)| *prefix)
}

/// A walk through a document.
pub(super) struct Walk<'w, 't> {
    pub(super) doc: &'w Document<'t>,
    pub(super) asked: &'w Asked<'w>,
    pub(super) findings: Vec<Finding>,
    pub(super) format: Format,
    /// Namespaces whose names stand without a prefix in the tables.
    pub(super) core: Vec<String>,
    /// The version of RSS, as it says itself.
    pub(super) version: String,
    /// The encoding of the document.
    pub(super) encoding: &'static str,
    /// The elements that are open, outermost first, as the tables name them.
    pub(super) names: Vec<String>,
    /// The same, each with the names of the elements directly inside it, its base and its language.
    pub(super) open: Vec<Level>,
    pub(super) abouts: HashSet<String>,
    used: HashMap<(usize, String), HashSet<String>>,
    source: Source,
}

/// An element that is open.
pub(super) struct Level {
    pub(super) at: usize,
    /// The names of the elements inside it.
    pub(super) children: HashSet<String>,
    pub(super) base: Option<Rc<str>>,
    pub(super) lang: Option<Rc<str>>,
}

impl<'w, 't> Walk<'w, 't> {
    pub(super) fn new(doc: &'w Document<'t>, asked: &'w Asked<'w>, format: Format, source: Source, encoding: &'static str) -> Self {
        Self {
            doc,
            asked,
            findings: Vec::new(),
            format,
            core: Vec::new(),
            version: String::new(),
            encoding,
            names: vec!["root".to_owned()],
            open: vec![Level { at: 0, children: HashSet::new(), base: asked.address.map(Rc::from), lang: None }],
            abouts: HashSet::new(),
            used: HashMap::new(),
            source,
        }
    }

    /// The name of an element as the tables have it: `dc:title`, `title`. `None` in a namespace nobody knows.
    pub(super) fn name(&self, element: &Element<'_>) -> Option<String> {
        match element.namespace.as_deref() {
            None => Some(element.local.to_owned()),
            Some(uri) if self.core.iter().any(|core| core == uri) => Some(element.local.to_owned()),
            Some(uri) => prefix_of(uri).map(|prefix| format!("{prefix}:{}", element.local)),
        }
    }

    /// A finding at the element that is open.
    pub(super) fn note(&mut self, rule: &'static Rule, at: usize, value: impl AsRef<str>) {
        self.put(rule, at, None, None, value.as_ref());
    }

    /// A finding at an attribute of the element that is open.
    pub(super) fn note_attribute(&mut self, rule: &'static Rule, at: usize, attribute: &str, value: impl AsRef<str>) {
        self.put(rule, at, None, Some(attribute), value.as_ref());
    }

    /// A finding at an element inside the one that is open, which may be missing.
    pub(super) fn note_child(&mut self, rule: &'static Rule, at: usize, child: &str, value: impl AsRef<str>) {
        self.put(rule, at, Some(child), None, value.as_ref());
    }

    fn put(&mut self, rule: &'static Rule, at: usize, child: Option<&str>, attribute: Option<&str>, value: &str) {
        if FINDINGS_MAX <= self.findings.len() {
            return;
        }
        let n = self.names.len();
        let (parent, element) = match child {
            Some(child) => (self.names[n - 1].clone(), child.to_owned()),
            None => (if n > 1 { self.names[n - 2].clone() } else { String::new() }, self.names[n - 1].clone()),
        };
        let (line, column) = self.doc.place(at);
        let source = if rule.standard.is_empty() { self.source } else { Source { standard: rule.standard, clause: rule.clause } };
        self.findings.push(Finding::at(rule, source.standard, source.clause, (parent, element, attribute), value, Some((line, column))));
    }

    /// The language of the element that is open.
    pub(super) fn lang(&self) -> Option<&str> {
        self.open.last().and_then(|level| level.lang.as_deref()).filter(|lang| !lang.is_empty())
    }

    pub(super) fn base(&self) -> Option<&str> {
        self.open.last().and_then(|level| level.base.as_deref())
    }

    /// Whether the open element has a child of this name.
    pub(super) fn has(&self, child: &str) -> bool {
        self.open.last().is_some_and(|level| level.children.contains(child))
    }

    pub(super) fn parent_has(&self, child: &str) -> bool {
        let n = self.open.len();
        n > 1 && self.open[n - 2].children.contains(child)
    }

    /// Looks at an element as a model has it.
    pub(super) fn element(&mut self, element: &Element<'_>, name: &str, model: &'static Model) {
        self.enter(element, name);
        let before = std::mem::replace(&mut self.source, model.source);
        self.attributes(element, Some(model));
        match model.text {
            Text::Elements => {
                for node in &element.nodes {
                    if let Node::Text { text, at } = node
                        && !text.trim().is_empty()
                    {
                        self.note(rules::UNEXPECTED_TEXT, *at, text.trim());
                    }
                }
                self.children(element, model);
            }
            Text::Any => {}
            Text::Values(values) => {
                self.text_only(element);
                self.values(values, element);
            }
        }
        for (needed, rule) in model.needs {
            if !self.has(needed) {
                self.note_child(rule, element.at, needed, "");
            }
        }
        (model.more)(self, element);
        self.source = before;
        self.leave();
    }

    /// An element of which nothing is checked but its letters.
    pub(super) fn anything(&mut self, element: &Element<'_>, name: &str) {
        self.enter(element, name);
        self.letters(element);
        for child in element.children() {
            let name = self.name(child).unwrap_or_else(|| child.local.to_owned());
            self.anything(child, &name);
        }
        self.leave();
    }

    fn enter(&mut self, element: &Element<'_>, name: &str) {
        let outer = self.open.last();
        let own = element.attribute_of(XML_NAMESPACE, "base").filter(|own| own.len() <= BASE_LEN_BYTES_MAX);
        let base = match (own, outer.and_then(|level| level.base.clone())) {
            (None, outer) => outer,
            (Some(own), Some(outer)) => {
                let joined = Url::parse(&outer).and_then(|outer| outer.join(own)).ok();
                Some(joined.map_or_else(|| Rc::from(own), |url| Rc::from(url.as_str())))
            }
            (Some(own), None) => Some(Rc::from(own)),
        };
        let lang = element.attribute_of(XML_NAMESPACE, "lang").map(Rc::from).or_else(|| outer.and_then(|level| level.lang.clone()));
        let children = element.children().map(|child| self.name(child).unwrap_or_else(|| format!("?{}", child.local))).collect();
        self.names.push(name.to_owned());
        self.open.push(Level { at: element.at, children, base, lang });
    }

    fn leave(&mut self) {
        self.names.pop();
        self.open.pop();
    }

    fn attributes(&mut self, element: &Element<'_>, model: Option<&'static Model>) {
        let at = element.at;
        if let Some(base) = element.attribute_of(XML_NAMESPACE, "base")
            && let Some(rule) = values::address(base, Form::Iri, rules::INVALID_IRI)
        {
            self.note_attribute(rule, at, "xml:base", base);
        }
        if let Some(lang) = element.attribute_of(XML_NAMESPACE, "lang")
            && !lang.is_empty()
            && !values::is_language(lang)
        {
            self.note_attribute(rules::INVALID_LANGUAGE, at, "xml:lang", lang);
        }
        let Some(model) = model else { return };
        for attribute in &element.attributes {
            if has_bad_characters(&attribute.value) {
                self.note_attribute(rules::BAD_CHARACTERS, at, attribute.local, &*attribute.value);
            }
            let name = match attribute.namespace.as_deref() {
                None => attribute.local.to_owned(),
                Some(XML_NAMESPACE) => continue,
                Some(uri) => match prefix_of(uri) {
                    Some(prefix) => format!("{prefix}:{}", attribute.local),
                    None => {
                        if self.format == Format::Rss2 && element.namespace.is_none() {
                            self.note_attribute(rules::EXTENSION_ATTRIBUTE, at, attribute.local, uri);
                        }
                        continue;
                    }
                },
            };
            let is_of_rdf = self.format == Format::Rss1 && RDF_ATTRIBUTES.contains(&&*name);
            match model.attributes.iter().find(|known| known.name == name) {
                Some(known) => self.attribute_values(known, &attribute.value, element),
                None if is_of_rdf => {}
                None => self.note_attribute(rules::UNEXPECTED_ATTRIBUTE, at, &name, &*attribute.value),
            }
        }
        for known in model.attributes.iter().filter(|known| known.is_required) {
            let is_there = match known.name.split_once(':') {
                Some((prefix, local)) => element
                    .attributes
                    .iter()
                    .any(|attribute| attribute.local == local && attribute.namespace.as_deref().and_then(prefix_of) == Some(prefix)),
                None => element.attribute(known.name).is_some(),
            };
            if !is_there {
                self.note_attribute(rules::MISSING_ATTRIBUTE, at, known.name, "");
            }
        }
    }

    fn attribute_values(&mut self, known: &Attr, value: &str, element: &Element<'_>) {
        for wanted in known.values {
            if let Some((rule, shown)) = self.broken(*wanted, value, element) {
                self.note_attribute(rule, element.at, known.name, shown);
            }
        }
    }

    /// An element that holds text and no element.
    pub(super) fn text_only(&mut self, element: &Element<'_>) {
        let mut has_words = false;
        let has_many = element.children().nth(1).is_some();
        for node in &element.nodes {
            match node {
                Node::Text { text, .. } => has_words |= !text.trim().is_empty(),
                Node::Element(child) if self.format == Format::Rss1 => {
                    let is_literal = element.attribute_of(RDF, "parseType") == Some("Literal");
                    // An element of RSS itself holds words only.
                    let is_core = self.names.last().is_some_and(|name| !name.contains(':'));
                    if !is_literal && (is_core || has_words || has_many) {
                        self.note(rules::INVALID_RDF, child.at, "");
                    }
                }
                Node::Element(child) => {
                    let name = self.name(child).unwrap_or_else(|| child.local.to_owned());
                    self.note_child(rules::UNDEFINED_ELEMENT, child.at, &name, "");
                }
            }
        }
        self.letters(element);
    }

    /// Letters that show that a text was encoded wrongly.
    pub(super) fn letters(&mut self, element: &Element<'_>) {
        for node in &element.nodes {
            if let Node::Text { text, at } = node
                && has_bad_characters(text)
            {
                self.note(rules::BAD_CHARACTERS, *at, text.trim());
            }
        }
    }

    fn values(&mut self, wanted: &[Value], element: &Element<'_>) {
        let text = element.text();
        for value in wanted {
            // These look at the text as it stands.
            let shown = if matches!(value, Value::NoOuterSpace | Value::YesNo) { &*text } else { text.trim() };
            if let Some((rule, shown)) = self.broken(*value, shown, element) {
                self.note(rule, element.at, shown);
            }
            if matches!(value, Value::SafeHtml) {
                self.safe_html(element, &text);
            }
        }
    }

    /// HTML inside the element that is open.
    pub(super) fn safe_html(&mut self, element: &Element<'_>, html: &str) {
        for (rule, word) in markup::faults_of_fragment(html) {
            self.note(rule, element.at, word);
        }
        // Atom has bases for them.
        if self.format == Format::Rss2 || self.format == Format::Rss1 {
            for address in markup::relative_references(html) {
                self.note(rules::CONTAINS_RELATIVE_REFERENCE, element.at, address);
            }
        }
    }

    /// The rule a plain text breaks by holding HTML.
    pub(super) fn holds_html(&self, element: &Element<'_>, text: &str, rule: &'static Rule) -> Option<(&'static Rule, String)> {
        let mut rest = text;
        while let Some(at) = rest.find("</") {
            rest = &rest[at + 2..];
            let end = rest.bytes().take(ELEMENT_NAME_LEN_BYTES_MAX).position(|byte| byte == b'>');
            if let Some(name) = end.map(|end| &rest[..end])
                && markup::is_html(&name.to_ascii_lowercase())
            {
                return Some((rule, format!("</{name}>")));
            }
        }
        // Whoever writes &#x26; follows the profile and means the character.
        let is_by_profile = self.doc.source(element).contains("&#x");
        let mut rest = text;
        let mut has_reference = false;
        while let Some(at) = rest.find('&') {
            rest = &rest[at + 1..];
            let len = rest.strip_prefix('#').map_or(0, |_| 1)
                + rest
                    .trim_start_matches('#')
                    .find(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
                    .unwrap_or(rest.trim_start_matches('#').len());
            let name = rest.get(..len).unwrap_or_default();
            if name.is_empty() || name == "#" {
                continue;
            }
            has_reference = true;
            let is_known = name == "apos" || is_entity(name) || !name.chars().all(char::is_alphabetic);
            if is_known && !is_by_profile {
                return Some((rule, format!("&{name};")));
            }
        }
        let is_version_2 = self.format == Format::Rss2 && self.version.starts_with("2.");
        let is_tag =
            text.match_indices('<').any(|(at, _)| text[at + 1..].starts_with(|next: char| next == '/' || next.is_ascii_alphabetic()));
        (!has_reference && is_version_2 && is_tag && !is_by_profile).then(|| (rules::CHARACTER_DATA, text.to_owned()))
    }

    /// The rule a value breaks, and what to show of it.
    fn broken<'v>(&mut self, wanted: Value, value: &'v str, element: &Element<'_>) -> Option<(&'static Rule, Cow<'v, str>)> {
        let now = self.asked.now;
        let number = || value.trim().parse::<i64>().ok();
        let or = |is_right: bool, rule: &'static Rule| (!is_right).then_some(rule);
        let rule = match wanted {
            Value::Free | Value::SafeHtml => None,
            Value::Filled => or(!value.trim().is_empty(), rules::NOT_BLANK),
            Value::FilledAttribute => or(!value.trim().is_empty(), rules::ATTRIBUTE_BLANK),
            Value::NoOuterSpace => or(value.trim() == value, rules::UNEXPECTED_WHITESPACE),
            Value::NonHtml => {
                return self.holds_html(element, value, rules::CONTAINS_HTML).map(|(rule, shown)| (rule, Cow::Owned(shown)));
            }
            Value::NoEmail => or(!values::holds_email(value), rules::CONTAINS_EMAIL),
            Value::Uri => values::address(value, Form::Uri, rules::INVALID_LINK),
            Value::UriFull => values::address(value, Form::UriFull, rules::INVALID_FULL_LINK),
            Value::Iri => return self.iri(value).map(|rule| (rule, Cow::Borrowed(value))),
            Value::IriFull => values::address(value, Form::IriFull, rules::INVALID_FULL_LINK),
            Value::IriCanonical => values::address(value, Form::IriFull, rules::INVALID_FULL_LINK)
                .or_else(|| or(values::normal_form(value).as_deref() == Some(value), rules::NON_CANONICAL_URI)),
            Value::UriOfAttribute => values::address(value, Form::Uri, rules::INVALID_URI_ATTRIBUTE),
            Value::HttpUrl => or(values::is_http_url(value), rules::INVALID_URL_ATTRIBUTE),
            Value::Rfc822 => values::rfc822(value, now),
            Value::Rfc3339 => values::rfc3339(value, now),
            Value::W3cdtf => values::w3cdtf(value, now),
            Value::Iso8601 => values::iso8601(value, now),
            Value::Iso8601Any => values::iso8601(value, None),
            Value::Language => or(values::is_language(value) || value == "*", rules::INVALID_LANGUAGE),
            Value::Mime => or(values::is_mime(value), rules::INVALID_MIME_TYPE),
            Value::MediaRange => {
                let is_right = value.trim().is_empty() || value.split(',').all(|range| values::is_mime(range.trim()));
                let has_quality = value.contains(";q=");
                or(is_right, rules::INVALID_MIME_TYPE).or_else(|| or(!has_quality, rules::UNDEFINED_PARAM))
            }
            Value::Charset => or(values::is_charset(value), rules::INVALID_ENCODING),
            Value::NonNegative => or(number().is_some_and(|number| 0 <= number), rules::INVALID_NON_NEGATIVE_INTEGER),
            Value::Positive => or(number().is_some_and(|number| 0 < number), rules::INVALID_POSITIVE_INTEGER),
            Value::Uint31 => match number() {
                Some(number) if number > i64::from(i32::MAX) => Some(rules::INTEGER_OVERFLOW),
                Some(number) if 0 < number => None,
                Some(_) | None => Some(rules::INVALID_POSITIVE_INTEGER),
            },
            Value::Integer => or(value.is_empty() || number().is_some(), rules::INVALID_INTEGER),
            Value::Float => or(values::is_float(value), rules::INVALID_FLOAT),
            Value::Decimal => or(values::is_decimal(value), rules::INVALID_FLOAT),
            Value::Latitude => or(values::is_degrees(value, 90.0), rules::INVALID_LATITUDE),
            Value::Longitude => or(values::is_degrees(value, 180.0), rules::INVALID_LONGITUDE),
            Value::YesNo => or(matches!(value, "yes" | "no"), rules::INVALID_YES_NO),
            Value::TrueFalse => or(matches!(&*value.to_ascii_lowercase(), "true" | "false"), rules::INVALID_TRUE_FALSE),
            Value::TrueFalseStrict => or(matches!(value, "true" | "false"), rules::INVALID_TRUE_FALSE),
            Value::Duration => or(values::is_duration(value), rules::INVALID_DURATION),
            Value::AtMost(most) => or(value.chars().count() <= most, rules::TOO_LONG),
            Value::Keywords => or(!value.contains(' ') || value.contains(','), rules::INVALID_KEYWORDS),
            Value::CommaIntegers => or(values::is_comma_integers(value), rules::INVALID_COMMA_INTEGERS),
            Value::FormName => or(values::is_form_name(value), rules::INVALID_FORM_NAME),
            Value::Contact => or(values::is_email(&values::bare_email(value)), rules::INVALID_CONTACT),
            Value::ContactWithName => return self.contact(value, element).map(|rule| (rule, Cow::Borrowed(value))),
            Value::AddrSpec => or(values::is_email(value), rules::INVALID_ADDR_SPEC),
            Value::Resource => return self.resource(element),
            Value::OneOf(rule, known) => or(known.contains(&value), rule),
            Value::UniqueInGroup(rule) | Value::UniqueInParent(rule) => {
                let up = if matches!(wanted, Value::UniqueInParent(_)) { 2 } else { 3 };
                let scope = self.open.len().checked_sub(up).map_or(0, |idx| self.open[idx].at);
                let is_new = value.is_empty()
                    || self.used.entry((scope, self.names[self.names.len() - 1].clone())).or_default().insert(value.to_owned());
                or(is_new, rule)
            }
            Value::Position => {
                or(values::is_position(value), rules::INVALID_COORD).or_else(|| or(!value.contains(','), rules::COORD_COMMA))
            }
            Value::PositionList => {
                let plain = value.replace(',', " ");
                let numbers: Vec<&str> = plain.split_whitespace().collect();
                let is_right =
                    numbers.len() >= 4 && numbers.len().is_multiple_of(2) && numbers.iter().all(|number| values::is_decimal(number));
                or(is_right, rules::INVALID_COORD_LIST).or_else(|| or(!value.contains(','), rules::COORD_COMMA))
            }
            Value::Nss => or(values::is_nss(value), rules::INVALID_NSS),
            Value::UrlEncoded => or(values::is_url_encoded(value), rules::NOT_URL_ENCODED),
            Value::FlareAddress if self.format == Format::Atom => values::address(value, Form::Iri, rules::INVALID_IRI),
            Value::FlareAddress => or(values::is_full_uri(value), rules::CONTAINS_RELATIVE_REFERENCE),
        };
        rule.map(|rule| (rule, Cow::Borrowed(value)))
    }

    /// An address that may be relative to a base.
    pub(super) fn iri(&self, value: &str) -> Option<&'static Rule> {
        if let Some(rule) = values::address(value, Form::Iri, rules::INVALID_IRI) {
            return Some(rule);
        }
        let (document, own) = (self.asked.address?, self.base()?);
        if document == own {
            return None;
        }
        let plain = |address: &str| {
            Url::parse(address).ok().map(|mut url| {
                url.set_fragment(None);
                String::from(url)
            })
        };
        let resolved = Url::parse(own).ok()?.join(value).ok().map(String::from).and_then(|url| plain(&url));
        (resolved.is_some() && resolved == plain(own) && plain(own) != plain(document)).then_some(rules::SAME_DOCUMENT_REFERENCE)
    }

    /// `name@host (Name)`, as RSS has it.
    fn contact(&self, value: &str, element: &Element<'_>) -> Option<&'static Rule> {
        if let Some((rule, _)) = self.holds_html(element, value, rules::CONTAINS_HTML) {
            return Some(rule);
        }
        let value = value.strip_prefix("mailto:").unwrap_or(value);
        let is_profiled = value.find('@').is_none_or(|at| at == 0) || value.ends_with(')');
        if is_profiled {
            return (!values::is_email(&values::bare_email(value))).then_some(rules::INVALID_CONTACT);
        }
        Some(if value.contains(' ') { rules::EMAIL_FORMAT } else { rules::MISSING_REAL_NAME })
    }

    fn resource<'v>(&self, element: &Element<'_>) -> Option<(&'static Rule, Cow<'v, str>)> {
        match element.attribute_of(RDF, "resource") {
            Some(resource) => {
                let rule = values::address(resource, Form::Uri, rules::INVALID_LINK)?;
                Some((rule, Cow::Owned(resource.to_owned())))
            }
            None => (self.format == Format::Rss1).then_some((rules::MISSING_ATTRIBUTE, Cow::Borrowed("rdf:resource"))),
        }
    }

    /// The elements inside an element, each by its row.
    pub(super) fn children(&mut self, element: &Element<'_>, model: &'static Model) {
        let mut seen: HashSet<&str> = HashSet::new();
        for child in element.children() {
            let Some(name) = self.name(child) else {
                self.extension(child);
                continue;
            };
            let found = model.tables.iter().find_map(|table| Some((table, table.rows.iter().find(|row| row.name == name)?)));
            let Some((table, row)) = found else {
                self.unknown(child, &name);
                continue;
            };
            if row.is_once && !seen.insert(row.name) {
                let rule = if name == "enclosure" { rules::DUPLICATE_ENCLOSURE } else { rules::DUPLICATE_ELEMENT };
                self.note_child(rule, child.at, &name, "");
            }
            match row.what {
                What::Anything => self.anything(child, &name),
                What::Model(model) => self.element(child, &name, model),
                What::Values(values) => {
                    self.enter(child, &name);
                    let before = std::mem::replace(&mut self.source, table.source);
                    self.attributes(child, Some(model_of_text(values)));
                    self.text_only(child);
                    self.values(values, child);
                    self.source = before;
                    self.leave();
                }
            }
        }
    }

    fn unknown(&mut self, child: &Element<'_>, name: &str) {
        let prefix = name.split_once(':').map(|(prefix, _)| prefix);
        if prefix.is_some_and(|prefix| LEFT_ALONE.contains(&prefix)) {
            self.anything(child, name);
            return;
        }
        let is_in_app = self.format == Format::App || self.names.iter().any(|open| open.starts_with("app:"));
        let is_of_atom = child.namespace.as_deref() == Some(ATOM) || prefix.is_some_and(|prefix| matches!(prefix, "app" | "dc"));
        let may_have_none = matches!(self.format, Format::Rss2 | Format::Opml) || self.doc.root.namespace.is_none();
        if child.namespace.is_none() && !may_have_none {
            self.note_child(rules::UNDETERMINABLE_VOCABULARY, child.at, name, "");
        } else if prefix == Some("xhtml") {
            self.note_child(rules::MISPLACED_XHTML, child.at, name, "");
        } else if is_in_app && is_of_atom && name != "app:collection" {
            self.note_child(rules::QUESTIONABLE_USAGE, child.at, name, "");
        } else {
            self.note_child(rules::UNDEFINED_ELEMENT, child.at, name, "");
        }
        self.anything(child, name);
    }

    /// An element of a namespace nobody knows. In RDF it must be RDF all the same.
    fn extension(&mut self, child: &Element<'_>) {
        if self.format != Format::Rss1 {
            self.anything(child, child.local);
            return;
        }
        self.enter(child, child.local);
        self.letters(child);
        let is_literal = child.attribute_of(RDF, "parseType") == Some("Literal");
        let has_words = child.nodes.iter().any(|node| matches!(node, Node::Text { text, .. } if !text.trim().is_empty()));
        if !is_literal {
            if has_words && child.children().next().is_some() {
                self.note(rules::INVALID_RDF, child.at, "");
            }
            if let Some(about) = child.attribute_of(RDF, "about")
                && !self.abouts.insert(about.to_owned())
            {
                self.note_attribute(rules::DUPLICATE_VALUE, child.at, "rdf:about", about);
            }
            for inner in child.children() {
                self.extension(inner);
            }
        }
        self.leave();
    }
}

/// Attributes that elements with nothing but text may have.
fn model_of_text(values: &[Value]) -> &'static Model {
    static PLAIN: Model = holds(source("", ""), &[]);
    static RESOURCE: Model = Model {
        source: source("", ""),
        text: Text::Any,
        attributes: &[optional("rdf:resource", &[]), optional("dc:title", &[])],
        tables: &[],
        needs: &[],
        more: nothing_more,
    };
    if values.iter().any(|value| matches!(value, Value::Resource)) { &RESOURCE } else { &PLAIN }
}

/// Whether HTML knows an entity of this name.
fn is_entity(name: &str) -> bool {
    markup5ever::data::NAMED_ENTITIES.get(&*format!("{name};")).is_some_and(|(first, _)| *first != 0)
}

/// Controls of Latin-1, the replacement character, and UTF-8 that was taken for Latin-1 and encoded again.
pub(super) fn has_bad_characters(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let (mut before, mut is_pair) = (' ', false);
    for letter in text.chars() {
        if matches!(letter, '\u{80}'..='\u{9f}' | '\u{fffd}') {
            return true;
        }
        is_pair |= matches!(letter, '\u{80}'..='\u{bf}') && matches!(before, '\u{c2}' | '\u{c3}');
        before = letter;
    }
    // Asked once, however many pairs there are.
    let bytes = || text.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect::<Option<Vec<u8>>>();
    is_pair && bytes().is_some_and(|bytes| std::str::from_utf8(&bytes).is_ok())
}
