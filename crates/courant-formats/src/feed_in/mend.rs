//! A feed as it came, made into one that the parser takes.
//!
//! The parser stops at the first tag that is not closed, knows fewer dialects than there are, and keeps less than we need. So
//! the document is rewritten on its way in: well-formed, in the names of RSS 2.0 or Atom 1.0, addresses absolute, markup inside
//! words escaped, and nothing in it that is of no use. What the parser has no place for stands in [`Notes`].
//!
//! Most of a feed is the texts of its stories, and the parser has no more to do with one than to say which it is. So they stay
//! where they are, and the document that it reads has their numbers in their places.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::rc::Rc;

use url::Url;

use super::dates::Given;
use super::inner::{Inner, absolute, attribute, is_web};
use super::lex::{Piece, Pieces};
use super::names::{Around, Kind, Rank, Role, Space, Words, role};
use super::references::{decoded, push_escaped};
use super::{Dialect, ENTRIES_MAX, WORDS_LEN_BYTES_MAX};
use crate::refused::{Problem, Refused, Repair};

/// How many elements may be open at once.
const OPEN_MAX: usize = 256;
/// How many repairs of a whole feed are reported.
const REPAIRS_MAX: usize = 100;
/// Stands for `@` on the way through the parser, which looks for mail addresses in a way that can fail.
pub(super) const AT_SIGN: char = '\u{e000}';

/// A feed made fit.
pub(super) struct Mended<'s> {
    pub(super) xml: String,
    /// The texts whose numbers stand in the document.
    pub(super) texts: Vec<Cow<'s, str>>,
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

pub(super) struct Open<'s> {
    name: &'s str,
    role: Role,
    pub(super) around: Around,
    lang: Option<&'s str>,
    base: Option<Rc<Url>>,
    n_bindings: usize,
}

pub(super) struct Mender<'s> {
    source: &'s str,
    pieces: Pieces<'s>,
    pub(super) mended: Mended<'s>,
    pub(super) is_atom: bool,
    pub(super) open: Vec<Open<'s>>,
    bindings: Vec<(&'s str, Space)>,
    /// Up to where lines were counted, and how many there were.
    counted: (usize, u64),
    /// The address of the channel, which stands in for a base that nobody gave.
    pub(super) home: Option<Rc<Url>>,
}

/// Makes the XML of a feed fit. `feed_url` is the address it was fetched from.
pub(super) fn mend<'s>(source: &'s str, feed_url: Option<&Url>) -> Result<Mended<'s>, Refused> {
    let mut mender = Mender {
        source,
        pieces: Pieces::of(source),
        mended: Mended {
            xml: String::with_capacity(source.len() / 4),
            texts: Vec::new(),
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
        let n_more = memchr::memchr_iter(b'\n', &self.source.as_bytes()[from..at]).count() as u64;
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

    pub(super) fn notes(&mut self, around: Around) -> &mut Notes {
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
                if name == "language" || name == "media:credit" {
                    self.element(name, &inner.text());
                } else {
                    self.text(name, "", inner.text());
                }
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
    pub(super) fn counts(&mut self, words: Words, around: Around) -> bool {
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

    /// An address in its absolute form; `None` for one that is relative to nobody knows what.
    pub(super) fn address(&mut self, given: &str) -> Option<String> {
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

    /// Puts a text aside, and its number in its place.
    pub(super) fn text(&mut self, name: &str, kind: &str, text: Cow<'s, str>) {
        let number = self.mended.texts.len();
        self.mended.texts.push(text);
        self.write(format_args!("<{name}{kind}>{number}</{name}>"));
    }

    pub(super) fn element(&mut self, name: &str, words: &str) {
        self.write(format_args!("<{name}>"));
        push_escaped(words.trim(), &mut self.mended.xml);
        self.write(format_args!("</{name}>"));
    }

    pub(super) fn write(&mut self, arguments: std::fmt::Arguments<'_>) {
        let _ = self.mended.xml.write_fmt(arguments);
    }

    pub(super) fn repair(&mut self, field: &str, value: &str, done: String) {
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
