//! A feed as it came, made into one that the parser takes.
//!
//! The parser stops at the first tag that is not closed, knows fewer dialects than there are, and keeps less than we need. So
//! the document is rewritten on its way in: well-formed, in the names of RSS 2.0 or Atom 1.0, addresses absolute, markup inside
//! words escaped, and nothing in it that is of no use. What the parser has no place for stands in [`Notes`].

use std::fmt::Write as _;
use std::rc::Rc;

use url::Url;

use super::dates::{self, Given};
use super::lex::{Piece, Pieces, attributes};
use super::names::{Around, Date, Kind, Rank, Role, Sign, Space, Words, role};
use super::references::{decoded, push_escaped, push_mended};
use super::{Dialect, ENTRIES_MAX, WORDS_LEN_BYTES_MAX};
use crate::html::media_type_of;
use crate::refused::{Problem, Refused, Repair};

/// How many elements may be open at once.
const OPEN_MAX: usize = 256;
/// How many repairs of a whole feed are reported.
const REPAIRS_MAX: usize = 100;
/// Stands for `@` on the way through the parser, which looks for mail addresses in a way that can fail.
pub(super) const AT_SIGN: char = '\u{e000}';

/// A feed made fit.
pub(super) struct Mended {
    pub(super) xml: String,
    pub(super) dialect: Dialect,
    pub(super) feed: Notes,
    /// Of each item, in order.
    pub(super) items: Vec<Notes>,
    pub(super) repairs: Vec<Repair>,
    /// Whether tags were not closed or closed that were not open.
    pub(super) is_broken: bool,
}

/// What is known of a feed or an item beside what the parser tells.
#[derive(Default)]
pub(super) struct Notes {
    /// The line it begins on, from 1.
    pub(super) line: u64,
    pub(super) lang: Option<Box<str>>,
    /// What relative addresses in its words are relative to.
    pub(super) base: Option<Rc<Url>>,
    pub(super) published: Option<Given>,
    pub(super) created: Option<Given>,
    pub(super) updated: Option<Given>,
    /// Whether the guid is an address where the story can be read.
    pub(super) is_permalink: bool,
    /// What RDF says the item is about, which is its address.
    pub(super) about: Option<Box<str>>,
    pub(super) rights: Option<Box<str>>,
    /// Dates that nobody can read.
    pub(super) unread_dates: Vec<Box<str>>,
    pub(super) seen: Vec<(&'static str, Rank)>,
}

struct Open<'s> {
    name: &'s str,
    role: Role,
    around: Around,
    lang: Option<&'s str>,
    base: Option<Rc<Url>>,
    n_bindings: usize,
}

struct Mender<'s> {
    source: &'s str,
    pieces: Pieces<'s>,
    mended: Mended,
    is_atom: bool,
    open: Vec<Open<'s>>,
    bindings: Vec<(&'s str, Space)>,
    /// Up to where lines were counted, and how many there were.
    counted: (usize, u64),
    /// The address of the channel, which stands in for a base that nobody gave.
    home: Option<Rc<Url>>,
}

/// Makes the XML of a feed fit. `feed_url` is the address it was fetched from.
pub(super) fn mend(source: &str, feed_url: Option<&Url>) -> Result<Mended, Refused> {
    let mut mender = Mender {
        source,
        pieces: Pieces::of(source),
        mended: Mended {
            xml: String::with_capacity(source.len() + source.len() / 8),
            dialect: Dialect::Rss,
            feed: Notes { line: 1, ..Notes::default() },
            items: Vec::new(),
            repairs: Vec::new(),
            is_broken: false,
        },
        is_atom: false,
        open: Vec::new(),
        bindings: Vec::new(),
        counted: (0, 1),
        home: None,
    };
    mender.find_root(feed_url)?;
    mender.go_on()?;
    mender.end();
    Ok(mender.mended)
}

impl<'s> Mender<'s> {
    /// Goes to the root and learns from it which dialect this is.
    fn find_root(&mut self, feed_url: Option<&Url>) -> Result<(), Refused> {
        loop {
            let before = self.pieces.clone();
            let Some(piece) = self.pieces.next() else {
                let reason = "holds no element";
                return Err(Refused::of(Problem::new(
                    "the feed",
                    self.source.trim(),
                    reason,
                    "give the address of an RSS, Atom or JSON feed",
                )));
            };
            let Piece::Start { name, attributes, .. } = piece else { continue };
            let n_bindings = self.bindings.len();
            self.bind(attributes);
            let local = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
            let version = attribute(attributes, "version").unwrap_or_default();
            let is_old_atom = attributes.contains("purl.org/atom/");
            let has_rss_1 = attributes.contains("purl.org/rss/1") || attributes.contains("rss1.1");
            self.mended.dialect = match local.as_str() {
                "rss" | "channel" => Dialect::of_rss(version.trim()),
                "rdf" if has_rss_1 => Dialect::Rss10,
                "rdf" => Dialect::Rss090,
                "feed" | "entry" if is_old_atom => Dialect::Atom03,
                "feed" | "entry" => Dialect::Atom10,
                "html" | "body" | "head" => {
                    let remedy = "give the address of its feed, which the page names in <link rel=\"alternate\">";
                    return Err(Refused::of(Problem::new("the feed", name, "is a web page", remedy)));
                }
                _ => {
                    let remedy = "give an RSS, RDF, Atom or JSON feed";
                    return Err(Refused::of(Problem::new("the feed", name, "is the root of another kind of document", remedy)));
                }
            };
            self.is_atom = matches!(self.mended.dialect, Dialect::Atom03 | Dialect::Atom10);
            // A root in a namespace of its own is meant to be what it is called.
            for (_, space) in self.bindings[n_bindings..].iter_mut().filter(|(prefix, _)| prefix.is_empty()) {
                if *space == Space::Other {
                    *space = Space::Rss;
                }
            }
            let base = feed_url.cloned().map(Rc::new);
            self.mended.feed.base.clone_from(&base);
            self.home = base;
            self.mended.xml.push_str(if self.is_atom { ATOM } else { RSS });
            if local == "entry" || local == "channel" {
                self.pieces = before;
            } else {
                self.push_open(name, Role::Wrapper, Around::Feed, attributes, n_bindings);
                self.mended.feed.lang = self.lang().map(Into::into);
                self.mended.feed.base = self.base();
            }
            return Ok(());
        }
    }

    fn go_on(&mut self) -> Result<(), Refused> {
        loop {
            let at = self.pieces.position();
            match self.pieces.next() {
                None => return Ok(()),
                Some(Piece::Start { name, attributes, is_empty }) => self.start(at, name, attributes, is_empty)?,
                Some(Piece::End { name }) => self.close(name),
                Some(Piece::Text(_) | Piece::Data(_) | Piece::Aside) => {}
            }
        }
    }

    fn start(&mut self, at: usize, name: &'s str, attributes: &'s str, is_empty: bool) -> Result<(), Refused> {
        if OPEN_MAX <= self.open.len() {
            let reason = format!("lies more than {OPEN_MAX} elements deep");
            return Err(Refused::of(Problem::new("the feed", name, reason, "send a feed whose elements are closed")));
        }
        if name == if self.is_atom { "entry" } else { "item" } {
            self.end_story();
        }
        let n_bindings = self.bindings.len();
        self.bind(attributes);
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let (parent, around) = self.open.last().map_or((Role::Wrapper, Around::Feed), |open| (open.role, open.around));
        let role = if parent == Role::Nothing {
            Role::Nothing
        } else {
            let mut lowered = [0; LOCAL_LEN_BYTES_MAX];
            lower(local, &mut lowered).map_or(Role::Nothing, |local| role(self.is_atom, around, self.space(prefix), local))
        };
        match role {
            Role::Item if ENTRIES_MAX <= self.mended.items.len() => {
                if self.mended.items.len() == ENTRIES_MAX {
                    self.repair(name, "", format!("stands for more than {ENTRIES_MAX} stories; those after were left out"));
                }
                self.push_or_forget(name, Role::Nothing, around, attributes, n_bindings, is_empty);
            }
            Role::Item => {
                let line = self.line(at);
                self.push_open(name, role, Around::Item, attributes, n_bindings);
                let (lang, base) = (self.lang().map(Into::into), self.base());
                let about = (!self.is_atom).then(|| self.attribute_of_rdf(attributes)).flatten();
                self.mended.items.push(Notes { line, lang, base, about, ..Notes::default() });
                self.mended.xml.push_str(if self.is_atom { "<entry>" } else { "<item>" });
                if is_empty {
                    self.pop();
                }
            }
            Role::Wrapper | Role::Nothing => self.push_or_forget(name, role, around, attributes, n_bindings, is_empty),
            Role::Group(written, inside) => {
                self.push_open(name, role, inside, attributes, n_bindings);
                self.open_group(written, attributes);
                if is_empty {
                    self.pop();
                }
            }
            Role::Words(words) => {
                self.push_open(name, role, around, attributes, n_bindings);
                let inner = if is_empty { Inner::default() } else { self.capture(name) };
                self.words(words, around, attributes, inner);
                self.forget();
            }
            Role::Date(date) => {
                self.push_open(name, role, around, attributes, n_bindings);
                let inner = if is_empty { Inner::default() } else { self.capture(name) };
                self.date(date, around, &inner.words());
                self.forget();
            }
            Role::Sign(sign) => {
                self.sign(sign, attributes);
                self.push_or_forget(name, Role::Nothing, around, attributes, n_bindings, is_empty);
            }
        }
        Ok(())
    }

    fn push_or_forget(&mut self, name: &'s str, role: Role, around: Around, attributes: &'s str, n_bindings: usize, is_empty: bool) {
        if is_empty {
            self.bindings.truncate(n_bindings);
        } else {
            self.push_open(name, role, around, attributes, n_bindings);
        }
    }

    fn push_open(&mut self, name: &'s str, role: Role, around: Around, attributes: &'s str, n_bindings: usize) {
        let (mut lang, mut base) = (self.lang(), self.base());
        if attributes.contains("xml:") {
            lang = attribute(attributes, "xml:lang").or(lang);
            if let Some(given) = attribute(attributes, "xml:base") {
                base = absolute(&decoded(given), base.as_deref()).map(Rc::new).or(base);
            }
        }
        self.open.push(Open { name, role, around, lang, base, n_bindings });
    }

    fn lang(&self) -> Option<&'s str> {
        self.open.last().and_then(|open| open.lang)
    }

    fn base(&self) -> Option<Rc<Url>> {
        self.open.last().and_then(|open| open.base.clone()).or_else(|| self.home.clone())
    }

    /// Takes an end tag: it closes what was forgotten inside, and nothing if it was never open.
    fn close(&mut self, name: &str) {
        let Some(found) = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name)) else {
            self.mended.is_broken = true;
            return;
        };
        self.mended.is_broken |= found + 1 != self.open.len();
        while found < self.open.len() {
            self.pop();
        }
    }

    /// A story does not stand inside another: the end of the one before was forgotten.
    fn end_story(&mut self) {
        let Some(found) = self.open.iter().rposition(|open| open.role == Role::Item) else { return };
        if self.open[found..].iter().any(|open| open.role == Role::Nothing) {
            return;
        }
        self.mended.is_broken = true;
        while found < self.open.len() {
            self.pop();
        }
    }

    /// Closes the innermost element, on paper too.
    fn pop(&mut self) {
        let Some(open) = self.open.pop() else { return };
        self.bindings.truncate(open.n_bindings);
        match open.role {
            Role::Item => self.mended.xml.push_str(if self.is_atom { "</entry>" } else { "</item>" }),
            Role::Group("", _) | Role::Wrapper | Role::Nothing | Role::Words(_) | Role::Date(_) | Role::Sign(_) => {}
            Role::Group(written, _) => self.write(format_args!("</{written}>")),
        }
    }

    /// Closes the innermost element of which nothing is on paper.
    fn forget(&mut self) {
        if let Some(open) = self.open.pop() {
            self.bindings.truncate(open.n_bindings);
        }
    }

    fn end(&mut self) {
        self.mended.is_broken |= !self.open.is_empty();
        while !self.open.is_empty() {
            self.pop();
        }
        self.mended.xml.push_str(if self.is_atom { "</feed>" } else { "</channel></rss>" });
    }

    fn bind(&mut self, attributes: &'s str) {
        if !attributes.contains("xmlns") {
            return;
        }
        for (name, value) in super::lex::attributes(attributes) {
            if name == "xmlns" {
                self.bindings.push(("", Space::of_address(value)));
            } else if let Some(prefix) = name.strip_prefix("xmlns:") {
                self.bindings.push((prefix, Space::of_address(value)));
            }
        }
    }

    fn space(&self, prefix: &str) -> Space {
        let bound = self.bindings.iter().rev().find(|(bound, _)| *bound == prefix).map(|(_, space)| *space);
        match bound {
            Some(Space::Other) | None if prefix.is_empty() && bound.is_none() => Space::Rss,
            Some(Space::Other) | None => Space::of_prefix(prefix),
            Some(space) => space,
        }
    }

    fn attribute_of_rdf(&self, attributes: &str) -> Option<Box<str>> {
        let about = super::lex::attributes(attributes)
            .find(|(name, _)| name.split_once(':').is_some_and(|(prefix, local)| local == "about" && self.space(prefix) == Space::Rdf));
        about.map(|(_, value)| decoded(value).trim().into())
    }

    fn line(&mut self, at: usize) -> u64 {
        let (from, n_lines) = self.counted;
        let n_more = self.source[from..at].matches('\n').count() as u64;
        self.counted = (at, n_lines + n_more);
        self.counted.1
    }

    /// What stands inside an element of words, up to its end.
    fn capture(&mut self, name: &'s str) -> Inner<'s> {
        let from = self.pieces.position();
        let mut inner = Inner::default();
        let mut n_inside = 0_usize;
        loop {
            let before = self.pieces.clone();
            let at = before.position();
            inner.raw = &self.source[from..at];
            match self.pieces.next() {
                None => {
                    self.mended.is_broken = true;
                    return inner;
                }
                Some(Piece::End { name: ended }) if ended == name => {
                    if n_inside == 0 {
                        return inner;
                    }
                    n_inside -= 1;
                }
                // Its end was forgotten.
                Some(Piece::End { name: ended }) if self.is_story_or_more(ended) => {
                    self.mended.is_broken = true;
                    self.pieces = before;
                    return inner;
                }
                Some(Piece::Start { name: begun, .. }) if matches!(begun, "item" | "entry") && begun != name => {
                    self.mended.is_broken = true;
                    self.pieces = before;
                    return inner;
                }
                Some(Piece::Start { name: begun, is_empty, .. }) => {
                    n_inside += usize::from(begun == name && !is_empty);
                    inner.has_markup = true;
                }
                Some(Piece::End { .. }) => inner.has_markup = true,
                Some(Piece::Text(_) | Piece::Data(_) | Piece::Aside) => {}
            }
        }
    }

    fn is_story_or_more(&self, name: &str) -> bool {
        let is_it = |open: &&Open<'_>| matches!(open.role, Role::Item | Role::Wrapper) && open.name == name;
        self.open.iter().find(is_it).is_some()
    }

    fn notes(&mut self, around: Around) -> &mut Notes {
        match around {
            Around::Feed | Around::Image | Around::Person if self.mended.items.is_empty() => &mut self.mended.feed,
            Around::Feed => &mut self.mended.feed,
            Around::Item | Around::Image | Around::Person | Around::Media => match self.mended.items.last_mut() {
                Some(item) => item,
                None => &mut self.mended.feed,
            },
        }
    }

    fn words(&mut self, words: Words, around: Around, attributes: &'s str, inner: Inner<'s>) {
        if inner.is_blank() && words.kind != Kind::Category {
            return;
        }
        if WORDS_LEN_BYTES_MAX < inner.raw.len() {
            self.repair(words.name, "", format!("has {} bytes, and at most {WORDS_LEN_BYTES_MAX} are read; left out", inner.raw.len()));
            return;
        }
        if !self.counts(words, around) {
            return;
        }
        let (lang, base) = (self.lang(), self.base());
        if around == Around::Item && matches!(words.kind, Kind::Loose | Kind::Atom) {
            let is_copy = matches!(words.name, "content" | "content:encoded");
            let notes = self.notes(around);
            if let Some(lang) = lang
                && (is_copy || notes.lang.is_none())
            {
                notes.lang = Some(lang.into());
            }
            if is_copy || matches!(words.name, "summary" | "description") {
                notes.base = base;
            }
        }
        let name = words.name;
        match words.kind {
            Kind::Loose => {
                self.write(format_args!("<{name}>"));
                inner.push(&mut self.mended.xml);
                self.write(format_args!("</{name}>"));
            }
            Kind::Atom => self.atom_words(name, attributes, &inner),
            Kind::Address => {
                let given = inner.words();
                let Some(address) = self.address(&given) else { return };
                if around == Around::Feed && name == "link" && self.home.is_none() {
                    self.home = Url::parse(&address).ok().map(Rc::new);
                }
                self.element(name, &address);
            }
            Kind::Person => {
                let person = inner.words().replace('@', AT_SIGN.encode_utf8(&mut [0; 4]));
                if self.is_atom && name == "author" {
                    self.mended.xml.push_str("<author>");
                    self.element("name", &person);
                    self.mended.xml.push_str("</author>");
                } else {
                    self.element(name, &person);
                }
            }
            Kind::Guid => {
                let mut guid = inner.words();
                // Some give their paths for ids, which others do too.
                if guid.starts_with('/')
                    && let Some(whole) = absolute(&guid, self.base().as_deref())
                {
                    guid = whole.into();
                }
                let says_no = attributes.contains("ermalink") || attributes.contains("ermaLink");
                let is_permalink = !says_no || !attributes.to_ascii_lowercase().contains("false");
                if around == Around::Item && !self.is_atom {
                    self.notes(around).is_permalink = is_permalink && is_web(&guid);
                }
                self.element(name, &guid);
            }
            Kind::Category => self.category(attributes, &inner.words()),
            Kind::Lang => self.notes(around).lang = Some(inner.words().into()),
            Kind::Rights => self.notes(around).rights = Some(inner.words().into()),
        }
    }

    /// Whether an element counts beside those of the same name that came before.
    fn counts(&mut self, words: Words, around: Around) -> bool {
        if words.rank == Rank::Each || !matches!(around, Around::Feed | Around::Item) {
            return true;
        }
        let seen = &mut self.notes(around).seen;
        match seen.iter_mut().find(|(name, _)| *name == words.name) {
            Some((_, rank)) if words.rank <= *rank => false,
            Some((_, rank)) => {
                *rank = words.rank;
                true
            }
            None => {
                seen.push((words.name, words.rank));
                true
            }
        }
    }

    fn atom_words(&mut self, name: &str, attributes: &'s str, inner: &Inner<'s>) {
        let kind = attribute(attributes, "type").unwrap_or_default().trim().to_ascii_lowercase();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let is_xml = kind.ends_with("/xml") || kind.ends_with("+xml");
        let is_html = matches!(kind, "html" | "text/html" | "xhtml") || is_xml || inner.has_markup;
        let is_text = matches!(kind, "" | "text" | "plain" | "text/plain" | "escaped");
        let is_said_base64 = attribute(attributes, "mode").is_some_and(|mode| mode.eq_ignore_ascii_case("base64"));
        // Whatever has a media type of its own is in base64 (RFC 4287, section 4.1.3.3).
        if is_said_base64 || (!is_html && !is_text && !kind.starts_with("text/")) {
            let Some(words) = from_base64(inner.raw) else {
                self.repair(name, kind, "is a kind of content that is not kept; left out".to_owned());
                return;
            };
            self.write(format_args!("<{name} type=\"{}\">", if is_text && !kind.is_empty() { "text" } else { "html" }));
            push_escaped(&words, &mut self.mended.xml);
            self.write(format_args!("</{name}>"));
            return;
        }
        self.write(format_args!("<{name} type=\"{}\">", if is_html { "html" } else { "text" }));
        inner.push(&mut self.mended.xml);
        self.write(format_args!("</{name}>"));
    }

    fn category(&mut self, attributes: &'s str, term: &str) {
        let given = attribute(attributes, "term").or_else(|| attribute(attributes, "label")).map(decoded);
        let term = if term.trim().is_empty() { given.unwrap_or_default() } else { term.trim().to_owned() };
        if term.trim().is_empty() {
            return;
        }
        let scheme = attribute(attributes, "domain").or_else(|| attribute(attributes, "scheme")).map(decoded).unwrap_or_default();
        let is_atom = self.is_atom;
        let xml = &mut self.mended.xml;
        xml.push_str(if is_atom { "<category term=\"" } else { "<category domain=\"" });
        push_escaped(if is_atom { &term } else { &scheme }, xml);
        xml.push('"');
        if is_atom {
            push_attribute("scheme", &scheme, xml);
            push_attribute("label", &attribute(attributes, "label").map(decoded).unwrap_or_default(), xml);
            xml.push_str("/>");
        } else {
            xml.push('>');
            push_escaped(&term, xml);
            xml.push_str("</category>");
        }
    }

    fn date(&mut self, date: Date, around: Around, given: &str) {
        let given = given.trim();
        if given.is_empty() {
            return;
        }
        let parsed = dates::parse(given);
        let notes = self.notes(around);
        let Some(parsed) = parsed else {
            if notes.unread_dates.len() < 3 {
                notes.unread_dates.push(given.chars().take(100).collect::<String>().into());
            }
            return;
        };
        let place = match date {
            Date::Published => &mut notes.published,
            Date::Created => &mut notes.created,
            Date::Updated => &mut notes.updated,
        };
        place.get_or_insert(parsed);
    }

    fn sign(&mut self, sign: Sign, attributes: &'s str) {
        let value = |name: &str| attribute(attributes, name).map(decoded);
        match sign {
            Sign::Link => {
                let Some(address) = value("href").and_then(|href| self.address(&href)) else { return };
                let rel = value("rel").unwrap_or_default();
                if self.home.is_none() && matches!(rel.as_str(), "" | "alternate" | "self") {
                    self.home = Url::parse(&address).ok().map(Rc::new);
                }
                let name = if self.is_atom { "<link" } else { "<atom:link" };
                let xml = &mut self.mended.xml;
                xml.push_str(name);
                push_attribute("href", &address, xml);
                for name in ["rel", "type", "hreflang", "title"] {
                    push_attribute(name, &value(name).unwrap_or_default(), xml);
                }
                push_number("length", attributes, "length", xml);
                xml.push_str("/>");
            }
            Sign::Category => self.category(attributes, ""),
            Sign::Enclosure => {
                let Some(address) = value("url").or_else(|| value("href")).and_then(|url| self.address(&url)) else { return };
                match value("rel").as_deref() {
                    Some("alternate") => {
                        if self.counts(Words { name: "link", rank: Rank::Instead, kind: Kind::Address }, Around::Item) {
                            self.element("link", &address);
                        }
                    }
                    None | Some("enclosure") => self.media("media:content", &address, attributes, true),
                    Some(_) => {}
                }
            }
            Sign::Thumbnail => {
                let Some(address) = value("url").and_then(|url| self.address(&url)) else { return };
                // The parser drops a small picture that stands alone, which for many is the only one.
                let is_alone = self.open.last().is_some_and(|open| open.around == Around::Item);
                self.media(if is_alone { "media:content" } else { "media:thumbnail" }, &address, attributes, true);
            }
            Sign::Picture => {
                let Some(address) = value("href").or_else(|| value("url")).and_then(|url| self.address(&url)) else { return };
                self.media("media:content", &address, attributes, true);
            }
        }
    }

    fn open_group(&mut self, written: &'static str, attributes: &'s str) {
        match written {
            "" => {}
            "media:content" => {
                let address = attribute(attributes, "url").map(decoded).and_then(|url| self.address(&url)).unwrap_or_default();
                self.media(written, &address, attributes, false);
            }
            written => self.write(format_args!("<{written}>")),
        }
    }

    /// A file that goes with a story.
    fn media(&mut self, name: &str, address: &str, attributes: &'s str, is_whole: bool) {
        let given = attribute(attributes, "type").map(str::trim).filter(|given| is_media_type(given));
        let is_picture = attribute(attributes, "medium").is_some_and(|medium| medium.eq_ignore_ascii_case("image"));
        let guessed = media_type_of(address).or_else(|| (is_picture || name == "media:thumbnail").then_some("image/jpeg"));
        let xml = &mut self.mended.xml;
        let _ = write!(xml, "<{name}");
        push_attribute("url", address, xml);
        push_attribute("type", given.or(guessed).unwrap_or_default(), xml);
        for side in ["width", "height"] {
            push_number(side, attributes, side, xml);
        }
        push_number("fileSize", attributes, "length", xml);
        push_number("fileSize", attributes, "fileSize", xml);
        xml.push_str(if is_whole { "/>" } else { ">" });
    }

    /// An address in its absolute form; `None` for one that is relative to nobody knows what.
    fn address(&mut self, given: &str) -> Option<String> {
        let given = given.trim();
        if is_web(given) && !given.contains(char::is_whitespace) {
            return Some(given.to_owned());
        }
        let joined = absolute(given, self.base().as_deref());
        if joined.is_none() && !given.is_empty() {
            self.repair("link", given, "is relative, and nothing says to what; left out".to_owned());
        }
        joined.map(Into::into)
    }

    fn element(&mut self, name: &str, words: &str) {
        self.write(format_args!("<{name}>"));
        push_escaped(words.trim(), &mut self.mended.xml);
        self.write(format_args!("</{name}>"));
    }

    fn write(&mut self, arguments: std::fmt::Arguments<'_>) {
        let _ = self.mended.xml.write_fmt(arguments);
    }

    fn repair(&mut self, field: &str, value: &str, done: String) {
        if self.mended.repairs.len() < REPAIRS_MAX {
            self.mended.repairs.push(Repair::new(field, value, done));
        }
    }
}

const RSS: &str = "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
                   xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:media=\"http://search.yahoo.com/mrss/\"><channel>";
const ATOM: &str = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:media=\"http://search.yahoo.com/mrss/\">";

/// The longest name of an element that is known, in bytes.
const LOCAL_LEN_BYTES_MAX: usize = 24;

fn lower<'b>(local: &str, buffer: &'b mut [u8; LOCAL_LEN_BYTES_MAX]) -> Option<&'b str> {
    let lowered = buffer.get_mut(..local.len())?;
    lowered.copy_from_slice(local.as_bytes());
    lowered.make_ascii_lowercase();
    std::str::from_utf8(lowered).ok()
}

/// What stands inside an element.
#[derive(Clone, Copy, Default)]
struct Inner<'s> {
    raw: &'s str,
    has_markup: bool,
}

impl Inner<'_> {
    fn is_blank(&self) -> bool {
        self.raw.trim().is_empty() || (!self.has_markup && self.words().is_empty())
    }

    /// Its words, decoded; those between tags are joined.
    fn words(&self) -> String {
        let mut words = String::new();
        for piece in Pieces::of(self.raw) {
            match piece {
                Piece::Text(text) => super::references::push_decoded(text, &mut words),
                Piece::Data(data) => words.push_str(data),
                Piece::Start { .. } | Piece::End { .. } | Piece::Aside => {}
            }
        }
        let trimmed = words.trim();
        if trimmed.len() == words.len() { words } else { trimmed.to_owned() }
    }

    /// Appends it as words of XML; markup becomes words that are markup.
    fn push(&self, out: &mut String) {
        if self.has_markup {
            push_escaped(&self.as_markup(), out);
            return;
        }
        for piece in Pieces::of(self.raw) {
            match piece {
                Piece::Text(text) => push_mended(text, out),
                Piece::Data(data) => push_escaped(data, out),
                Piece::Start { .. } | Piece::End { .. } | Piece::Aside => {}
            }
        }
    }

    /// It as HTML: tags lose their prefix, character data is escaped.
    fn as_markup(&self) -> String {
        let mut markup = String::with_capacity(self.raw.len());
        for piece in Pieces::of(self.raw) {
            match piece {
                Piece::Text(text) => markup.push_str(text),
                Piece::Data(data) => push_escaped(data, &mut markup),
                Piece::Start { name, attributes, is_empty } => {
                    let local = name.rsplit(':').next().unwrap_or(name);
                    markup.push('<');
                    markup.push_str(local);
                    markup.push_str(attributes);
                    // HTML knows only some elements that end where they begin.
                    if is_empty && !matches!(local, "br" | "img" | "hr" | "source" | "wbr" | "input" | "meta" | "link") {
                        let _ = write!(markup, "></{local}");
                    }
                    markup.push('>');
                }
                Piece::End { name } => {
                    let _ = write!(markup, "</{}>", name.rsplit(':').next().unwrap_or(name));
                }
                Piece::Aside => {}
            }
        }
        markup
    }
}

/// The value of an attribute, with its references.
fn attribute<'s>(text: &'s str, name: &str) -> Option<&'s str> {
    if !text.contains(name) {
        return None;
    }
    attributes(text).find(|(found, _)| *found == name).map(|(_, value)| value)
}

fn push_attribute(name: &str, value: &str, xml: &mut String) {
    if !value.trim().is_empty() {
        let _ = write!(xml, " {name}=\"");
        push_escaped(value.trim(), xml);
        xml.push('"');
    }
}

fn push_number(written: &str, attributes: &str, name: &str, xml: &mut String) {
    if let Some(number) = attribute(attributes, name).and_then(|number| number.trim().trim_end_matches("px").parse::<u64>().ok()) {
        let _ = write!(xml, " {written}=\"{number}\"");
    }
}

fn is_media_type(given: &str) -> bool {
    let is_token = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-._".contains(&byte));
    given.split_once('/').is_some_and(|(kind, part)| is_token(kind) && is_token(part))
}

/// Whether an address begins as one of the web does.
pub(super) fn is_web(address: &str) -> bool {
    let begins = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    begins("http://") || begins("https://")
}

/// An address joined to its base.
fn absolute(given: &str, base: Option<&Url>) -> Option<Url> {
    let given = given.trim();
    match base {
        Some(base) => base.join(given).ok(),
        None => Url::parse(given).ok(),
    }
}

/// The text that some base64 spells (RFC 4648, section 4), white space apart.
fn from_base64(raw: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len() / 4 * 3);
    let (mut bits, mut n_bits) = (0_u32, 0_u32);
    for letter in raw.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xff_ffff;
        n_bits += 6;
        if 8 <= n_bits {
            n_bits -= 8;
            bytes.push(u8::try_from(bits >> n_bits & 0xff).ok()?);
        }
    }
    String::from_utf8(bytes).ok()
}
