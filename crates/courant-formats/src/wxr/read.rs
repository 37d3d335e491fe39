//! The elements of an export, in order.

use super::item::{Item, Term};
use super::{EXPORT_LEN_BYTES_MAX, Export, ITEMS_MAX};
use crate::encoding;
use crate::feed_in::lex::{Piece, Pieces, attributes};
use crate::feed_in::references::{decoded, push_decoded};
use crate::refused::{Problem, Refused, Repair};

/// How deep elements may lie in each other.
const DEPTH_MAX: usize = 32;
/// The versions that there are.
const VERSIONS: [&str; 3] = ["1.0", "1.1", "1.2"];
const REMEDY: &str = "export it again (Tools, Export) with a WordPress of today";

/// Reads an export.
///
/// # Errors
/// [`Refused`] when it is too long, not well formed, or does not say which version of WXR it is.
pub fn read(bytes: &[u8]) -> Result<Export, Refused> {
    if EXPORT_LEN_BYTES_MAX < bytes.len() {
        let reason = format!("has {} bytes, and at most {EXPORT_LEN_BYTES_MAX} are read", bytes.len());
        return Err(refused("", reason, "export it in several parts, by year"));
    }
    let decoded = encoding::decode(bytes, None);
    let mut reader = Reader { source: &decoded.text, ..Reader::default() };
    reader.read()?;
    let version = reader.version.trim();
    if !VERSIONS.contains(&version) {
        let reason = if version.is_empty() { "has no wp:wxr_version, so it is no WordPress export" } else { "is no version of WXR" };
        return Err(refused(version, reason.to_owned(), REMEDY));
    }
    let mut export = reader.export;
    export.repairs.extend(decoded.repair.map(|repair| Repair::new("the export", "", repair)));
    Ok(export)
}

fn refused(value: &str, reason: String, remedy: &str) -> Refused {
    Refused::of(Problem::new("the export", value, reason, remedy))
}

/// Whose name a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Space {
    Rss,
    /// WordPress's own, of any version.
    Export,
    Excerpt,
    Content,
    DublinCore,
    Other,
}

impl Space {
    fn of_address(address: &str) -> Self {
        match address.trim_end_matches('/') {
            "" => Self::Rss,
            "http://purl.org/dc/elements/1.1" => Self::DublinCore,
            "http://purl.org/rss/1.0/modules/content" => Self::Content,
            address if !address.contains("wordpress.org/export/") => Self::Other,
            address if address.ends_with("/excerpt") => Self::Excerpt,
            _ => Self::Export,
        }
    }
}

#[derive(Default)]
struct Reader<'s> {
    source: &'s str,
    export: Export,
    version: String,
    /// The names of the elements that are open.
    open: Vec<&'s str>,
    /// What prefixes stand for, with the number of elements that were open where each was bound.
    bindings: Vec<(&'s str, Space, usize)>,
    /// The login and the printed name of a person that is being read.
    login: Box<str>,
    printed: Box<str>,
    meta_key: String,
    counted: (usize, u64),
}

impl<'s> Reader<'s> {
    fn read(&mut self) -> Result<(), Refused> {
        let mut pieces = Pieces::of(self.source);
        let mut text = String::new();
        let mut terms: Option<Term> = None;
        loop {
            let at = pieces.position();
            let Some(piece) = pieces.next() else { break };
            match piece {
                Piece::Text(words) => push_decoded(words, &mut text),
                Piece::Data(words) => text.push_str(words),
                Piece::Aside => {}
                Piece::Start { name, attributes: given, is_empty } => {
                    text.clear();
                    self.declare(given);
                    let line = self.line(at);
                    if DEPTH_MAX <= self.open.len() {
                        return Err(refused(name, format!("lies more than {DEPTH_MAX} elements deep on line {line}"), REMEDY));
                    }
                    if name == "item" && self.export.items.len() < ITEMS_MAX {
                        self.export.items.push(Item { line, ..Item::default() });
                    } else if name == "item" {
                        return Err(refused("", format!("has more than {ITEMS_MAX} items"), "export it in several parts, by year"));
                    }
                    if name == "category" {
                        let value = |wanted: &str| attributes(given).find(|(name, _)| *name == wanted).map(|(_, value)| decoded(value));
                        let (domain, slug) =
                            (value("domain").unwrap_or_else(|| "category".to_owned()), value("nicename").unwrap_or_default());
                        terms = Some(Term { domain: domain.into(), slug: slug.into(), name: "".into() });
                    }
                    if is_empty {
                        self.unbind();
                    } else {
                        self.open.push(name);
                    }
                }
                Piece::End { name } => {
                    if self.open.last() != Some(&name) {
                        let line = self.line(at);
                        let reason = format!("is not well formed: on line {line} </{name}> ends what is not open");
                        return Err(refused("", reason, REMEDY));
                    }
                    if name == "category"
                        && let (Some(mut term), Some(item)) = (terms.take(), self.item())
                    {
                        term.name = text.trim().into();
                        item.terms.push(term);
                    }
                    self.take(name, text.trim());
                    self.open.pop();
                    self.unbind();
                    text.clear();
                }
            }
        }
        match self.open.last() {
            Some(name) => Err(refused(name, "is open at the end: the export was cut".to_owned(), REMEDY)),
            None => Ok(()),
        }
    }

    fn declare(&mut self, given: &'s str) {
        for (name, value) in attributes(given).filter(|(name, _)| name.starts_with("xmlns")) {
            let prefix = name.strip_prefix("xmlns:").unwrap_or_default();
            self.bindings.push((prefix, Space::of_address(value), self.open.len()));
        }
    }

    fn space(&self, prefix: &str) -> Space {
        let bound = self.bindings.iter().rev().find(|(bound, ..)| *bound == prefix).map(|(_, space, _)| *space);
        bound.unwrap_or(if prefix.is_empty() { Space::Rss } else { Space::Other })
    }

    /// Forgets what was bound in the element that ended.
    fn unbind(&mut self) {
        let n_open = self.open.len();
        self.bindings.retain(|(_, _, n_open_then)| *n_open_then < n_open);
    }

    fn line(&mut self, at: usize) -> u64 {
        let (from, n_lines) = self.counted;
        self.counted = (at, n_lines + self.source[from..at].matches('\n').count() as u64);
        self.counted.1 + 1
    }

    fn item(&mut self) -> Option<&mut Item> {
        let is_inside = self.open.contains(&"item");
        self.export.items.last_mut().filter(|_| is_inside)
    }

    /// Takes an element that ends.
    fn take(&mut self, name: &'s str, text: &str) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let space = self.space(prefix);
        let is_field = space == Space::Export && self.open.iter().any(|open| open.ends_with(":postmeta"));
        if local == "meta_key" && is_field {
            text.clone_into(&mut self.meta_key);
            return;
        }
        let meta_key = self.meta_key.clone();
        let Some(item) = self.item() else {
            self.take_of_channel(space, local, text);
            return;
        };
        match (space, local) {
            (Space::Rss, "title") => item.title = text.into(),
            (Space::Rss, "link") => item.link = text.into(),
            (Space::Rss, "guid") => item.guid = text.into(),
            (Space::Rss, "pubDate") => item.pub_date = text.into(),
            (Space::DublinCore, "creator") => item.login = text.into(),
            (Space::Excerpt, "encoded") => item.excerpt = text.into(),
            (Space::Content, "encoded") => item.content = text.into(),
            (Space::Export, local) => match local {
                "post_id" => item.id = text.parse().unwrap_or_default(),
                "post_parent" => item.parent = text.parse().unwrap_or_default(),
                "post_date" => item.date = text.into(),
                "post_date_gmt" => item.date_gmt = text.into(),
                "post_modified_gmt" => item.modified_gmt = text.into(),
                "status" => item.status = text.into(),
                "post_type" => item.post_type = text.into(),
                "post_password" => item.is_protected = !text.is_empty(),
                "attachment_url" => item.attachment_url = text.into(),
                "comment_id" => item.n_comments += 1,
                "meta_value" if is_field => item.meta(&meta_key, text),
                _ => {}
            },
            _ => {}
        }
    }

    fn take_of_channel(&mut self, space: Space, local: &str, text: &str) {
        match (space, local) {
            (Space::Rss, "title") => self.export.title = text.into(),
            (Space::Rss, "link") => self.export.link = text.into(),
            (Space::Rss, "language") => self.export.language = text.into(),
            (Space::Export, "wxr_version") => text.clone_into(&mut self.version),
            (Space::Export, "author_login") => self.login = text.into(),
            (Space::Export, "author_display_name") => self.printed = text.into(),
            (Space::Export, "author") => {
                let (login, printed) = (std::mem::take(&mut self.login), std::mem::take(&mut self.printed));
                if !login.is_empty() {
                    let name = if printed.is_empty() { login.clone() } else { printed };
                    self.export.authors.push((login, name));
                }
            }
            _ => {}
        }
    }
}
