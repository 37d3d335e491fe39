//! What the readers of single forms share: collecting quotes by day, and reading XML into elements.

use std::collections::BTreeMap;

use courant_news::{CurrencyCode, FieldError, Fixing, FixingScope, RateQuote, RateText};
use jiff::civil::Date;
use quick_xml::events::Event;

use super::document::Document;
use super::{FIXINGS_MAX, Refused};
use crate::Source;

/// How deep elements may be nested.
const DEPTH_MAX: usize = 32;
/// The most elements of one document.
const ELEMENTS_MAX: usize = 2_000_000;

/// Quotes by the day they are dated.
#[derive(Default)]
pub(super) struct Table {
    days: BTreeMap<Date, Vec<RateQuote>>,
}

impl Table {
    /// Adds a quote; its fields are given as printed.
    pub(super) fn add(&mut self, dated: Date, code: &str, nominal: &str, rate: &str) -> Result<(), Refused> {
        let quote = quote(code, nominal, rate).map_err(at(format_args!("{dated}, {code}")))?;
        self.put(dated, quote)
    }

    /// Adds a quote of a gram.
    pub(super) fn add_per_gram(&mut self, dated: Date, code: &str, rate: &str) -> Result<(), Refused> {
        let quote = quote(code, "1", rate).map_err(at(format_args!("{dated}, {code}")))?;
        self.put(dated, quote.per_gram())
    }

    fn put(&mut self, dated: Date, quote: RateQuote) -> Result<(), Refused> {
        self.days.entry(dated).or_default().push(quote);
        if FIXINGS_MAX < self.days.len() { Err(Refused::TooMany) } else { Ok(()) }
    }

    /// A fixing for each day.
    pub(super) fn fixings(self, source: Source, scope: FixingScope, document: &Document<'_>) -> Result<Vec<Fixing>, Refused> {
        let facts = source.facts();
        let fixing = |(dated, quotes)| {
            Fixing::of(source.name(), facts.base, facts.quotation, facts.date_kind, dated, document.read(scope))
                .with_quotes(quotes)
                .map_err(at(dated))
        };
        self.days.into_iter().map(fixing).collect()
    }
}

fn quote(code: &str, nominal: &str, rate: &str) -> Result<RateQuote, FieldError> {
    let nominal = nominal.trim();
    let number = nominal.parse().map_err(|_| FieldError::new("nominal", nominal, "is not a whole number; look what the source says"))?;
    RateQuote::new(CurrencyCode::parse(code)?, number, RateText::parse(rate)?)
}

/// Says where in the document a field is.
pub(super) fn at(place: impl ToString) -> impl FnOnce(FieldError) -> Refused {
    move |error| Refused::Field { place: place.to_string(), error }
}

/// A day written `2026-04-13`, with anything behind it when it is an instant.
pub(super) fn iso_day(text: &str) -> Result<Date, Refused> {
    let day = text.trim().split('T').next().unwrap_or_default();
    day.parse().map_err(|_| bad_day(text, "2026-04-13"))
}

/// A day written `13.04.2026`.
pub(super) fn dotted_day(text: &str) -> Result<Date, Refused> {
    Date::strptime("%d.%m.%Y", text.trim()).map_err(|_| bad_day(text, "13.04.2026"))
}

pub(super) fn bad_day(text: &str, like: &str) -> Refused {
    let error = FieldError::new("date", text, format!("is no day of the calendar written like {like}; look what the source says"));
    Refused::Field { place: "the document".to_owned(), error }
}

/// An element of an XML document.
#[derive(Default)]
pub(super) struct Element {
    /// Its name without a prefix.
    pub(super) name: Box<str>,
    /// Its attributes, without prefixes.
    attributes: Vec<(Box<str>, Box<str>)>,
    /// The text directly in it.
    pub(super) text: String,
    /// The elements directly in it.
    pub(super) children: Vec<Element>,
}

impl Element {
    /// The root of a document.
    pub(super) fn root(document: &Document<'_>) -> Result<Self, Refused> {
        let mut reader = quick_xml::Reader::from_str(&document.text);
        let mut open = vec![Self::default()];
        let mut n_elements = 0;
        loop {
            let position = reader.buffer_position();
            let broken = |problem: &dyn std::fmt::Display| Refused::Broken { problem: format!("at byte {position}, {problem}") };
            match reader.read_event().map_err(|error| broken(&error))? {
                Event::Start(start) => {
                    if DEPTH_MAX < open.len() {
                        return Err(broken(&format_args!("elements are nested deeper than {DEPTH_MAX}")));
                    }
                    open.push(Self::opened(&start).map_err(|error| broken(&error))?);
                    n_elements += 1;
                }
                Event::Empty(start) => {
                    let element = Self::opened(&start).map_err(|error| broken(&error))?;
                    innermost(&mut open).children.push(element);
                    n_elements += 1;
                }
                Event::End(_) => {
                    let closed = open.pop().unwrap_or_default();
                    innermost(&mut open).children.push(closed);
                }
                Event::Text(text) => innermost(&mut open).text.push_str(text.trim()),
                Event::CData(text) => innermost(&mut open).text.push_str(text.trim()),
                // Kept as it stands: no number and no code has one, so it is refused where it stands for either.
                Event::GeneralRef(name) => innermost(&mut open).text.push_str(&name),
                Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => {}
                Event::Eof => break,
            }
            if ELEMENTS_MAX < n_elements {
                return Err(broken(&format_args!("there are more than {ELEMENTS_MAX} elements")));
            }
        }
        if open.len() != 1 {
            let name = open.pop().unwrap_or_default().name;
            return Err(Refused::Broken { problem: format!("it ends inside of <{name}>") });
        }
        open.pop().and_then(|document| document.children.into_iter().next()).ok_or(Refused::Empty)
    }

    fn opened(start: &quick_xml::events::BytesStart<'_>) -> Result<Self, Box<dyn std::error::Error>> {
        let mut element = Self { name: start.local_name().as_ref().into(), ..Self::default() };
        for attribute in start.attributes() {
            let attribute = attribute?;
            let name = attribute.key.local_name().as_ref().into();
            element.attributes.push((name, attribute.value.as_ref().into()));
        }
        Ok(element)
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &'static str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| **found == *name).map(|(_, value)| value.as_ref())
    }

    /// The value of an attribute that has to be there.
    pub(super) fn wanted_attribute(&self, name: &'static str) -> Result<&str, Refused> {
        self.attribute(name).ok_or_else(|| self.lacks(name))
    }

    /// The text of a child that has to be there.
    pub(super) fn wanted(&self, name: &'static str) -> Result<&str, Refused> {
        self.child(name).map(|child| child.text.as_str()).ok_or_else(|| self.lacks(name))
    }

    /// The first child with this name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| *child.name == *name)
    }

    /// The children with this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| *child.name == *name)
    }

    /// The first element with this name, at any depth.
    pub(super) fn find(&self, name: &str) -> Option<&Self> {
        if *self.name == *name { Some(self) } else { self.children.iter().find_map(|child| child.find(name)) }
    }

    fn lacks(&self, name: &'static str) -> Refused {
        let error = FieldError::new(name, "", "is missing; look whether the source changed its form");
        Refused::Field { place: format!("<{}>", self.name), error }
    }
}

fn innermost(open: &mut [Element]) -> &mut Element {
    open.last_mut().expect("the document itself is never closed")
}
