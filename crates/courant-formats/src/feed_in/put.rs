//! How elements that are no plain words are written again: Atom's texts, categories, dates, links and files.

use std::fmt::Write as _;
use std::rc::Rc;

use url::Url;

use super::dates;
use super::inner::{Inner, attribute, from_base64, is_media_type, push_attribute, push_number};
use super::mend::Mender;
use super::names::{Around, Date, Kind, Rank, Sign, Words};
use super::references::{decoded, printable, push_escaped};
use crate::html::media_type_of;

/// The two kinds of text in Atom that are written.
const TEXT: &str = " type=\"text\"";
const HTML: &str = " type=\"html\"";

impl<'s> Mender<'s> {
    pub(super) fn atom_words(&mut self, name: &str, attributes: &'s str, inner: &Inner<'s>) {
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
            let kind = if is_text && !kind.is_empty() { TEXT } else { HTML };
            self.text(name, kind, printable(words.into()));
            return;
        }
        self.text(name, if is_html { HTML } else { TEXT }, inner.text());
    }

    pub(super) fn category(&mut self, attributes: &'s str, term: &str) {
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

    pub(super) fn date(&mut self, date: Date, around: Around, given: &str) {
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

    pub(super) fn sign(&mut self, sign: Sign, attributes: &'s str) {
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

    pub(super) fn open_group(&mut self, written: &'static str, attributes: &'s str) {
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
}
