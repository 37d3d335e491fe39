//! What an item is filed under.

use crate::NewsItem;

/// A way stories are filed. Each is a filter parameter and a list of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// A subject's slug; a story is filed under every broader subject too.
    Topic,
    /// A dossier's slug.
    Dossier,
    /// A section's slug.
    Section,
    /// A place's slug: of the dateline or what the story is about.
    Place,
    /// A byline's slug.
    By,
    /// A language tag, whole or its first part.
    Lang,
    /// An item type.
    Type,
    /// A source's slug.
    Source,
}

impl Facet {
    /// All facets, in the order of the contract.
    pub const ALL: [Self; 8] = [Self::Topic, Self::Dossier, Self::Section, Self::Place, Self::By, Self::Lang, Self::Type, Self::Source];

    /// The name of the filter parameter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Dossier => "dossier",
            Self::Section => "section",
            Self::Place => "place",
            Self::By => "by",
            Self::Lang => "lang",
            Self::Type => "type",
            Self::Source => "source",
        }
    }

    /// Reads the name. `None` when it is no facet.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.as_str() == name)
    }

    /// A small number for stores, 1 to 8; it never changes.
    pub fn number(self) -> u8 {
        match self {
            Self::Topic => 1,
            Self::Dossier => 2,
            Self::Section => 3,
            Self::Place => 4,
            Self::By => 5,
            Self::Lang => 6,
            Self::Type => 7,
            Self::Source => 8,
        }
    }
}

/// One thing an item is filed under: a facet, its value as filters write it, and its name as printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// The facet.
    pub facet: Facet,
    /// The value in filters and addresses.
    pub value: String,
    /// The name as the item prints it.
    pub label: String,
}

impl Term {
    /// A term whose label is its value.
    pub fn new(facet: Facet, value: &str) -> Self {
        Self { facet, value: value.to_owned(), label: value.to_owned() }
    }
}

/// Everything an item is filed under, each (facet, value) once.
///
/// This is the only place that decides it: lists, the index and streams all ask here.
pub fn terms(item: &NewsItem) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::with_capacity(16);
    let mut file = |facet: Facet, value: String, label: &str| {
        if !terms.iter().any(|term| term.facet == facet && term.value == value) {
            terms.push(Term { facet, value, label: label.to_owned() });
        }
    };
    file(Facet::Section, item.section.as_str().to_owned(), item.section.as_str());
    for subject in &item.subjects {
        // What is about a subject is about every broader one. A topic has one name whatever the language of the story, since all
        // stories of it share one page.
        let Some(topic) = subject.media_topic() else {
            file(Facet::Topic, subject.slug(), subject.name());
            continue;
        };
        for topic in std::iter::once(topic).chain(topic.all_broader()) {
            file(Facet::Topic, topic.slug.clone(), topic.name);
        }
    }
    for dossier in &item.dossiers {
        file(Facet::Dossier, dossier.as_str().to_owned(), dossier.as_str());
    }
    for place in item.all_places() {
        file(Facet::Place, place.slug.to_string(), &place.name);
    }
    for byline in &item.bylines {
        file(Facet::By, byline.slug(), &byline.name);
    }
    file(Facet::Lang, item.lang.as_str().to_owned(), item.lang.as_str());
    file(Facet::Lang, item.lang.primary().to_owned(), item.lang.primary());
    file(Facet::Type, item.item_type.as_str().to_owned(), item.item_type.as_str());
    if let Some(source) = &item.source {
        file(Facet::Source, source.slug(), source.as_str());
    }
    terms
}
