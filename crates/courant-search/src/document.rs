//! What the index knows of a story.

use jiff::civil::Date;

use crate::limits::MAX_FACET_CHARS;

/// One story, in the form the index takes it. Only what a reader may find belongs here: nothing
/// under embargo, withheld or killed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The story's identity; a later document of the same story replaces this one.
    pub story: u64,
    /// Where it stands in lists: the wire number of the entry that last carried news. Results in
    /// newest order are sorted by it, and it is the cursor of their pages.
    pub position: u64,
    /// The day it first moved, in the zone of the site. Date conditions mean this day.
    pub moved_on: Date,
    /// BCP 47 tag of the copy; empty when unknown.
    pub lang: String,
    /// The headline as shown.
    pub title: String,
    /// Everything else a reader would search by, as plain text: lead, copy, captions.
    pub body: String,
    /// 1 (flash) to 9; 0 when the story has none, which no `urgency:` condition matches.
    pub urgency: u8,
    /// Whether it has ever been corrected: the `corrected:` condition.
    pub is_corrected: bool,
    /// What it can be narrowed by. Values are compared without regard to case; give every form a
    /// reader may use, such as the slug and the name of a place, or a subject and its ancestors.
    /// [`Facet::Language`] and [`Facet::Month`] are derived; they are ignored here.
    pub facets: Vec<(Facet, String)>,
}

/// A property by which stories are narrowed and counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// `section:`
    Section,
    /// `topic:`
    Topic,
    /// `dossier:`
    Dossier,
    /// `place:`
    Place,
    /// `by:`
    Byline,
    /// `lang:`, derived from the language tag: both the tag and its primary language.
    Language,
    /// `type:`, such as text or picture.
    Type,
    /// `source:`
    Source,
    /// Year and month of the first move, derived: `2017-03`. Counted, never queried.
    Month,
}

impl Facet {
    /// All facets, in the order they are described.
    pub const ALL: [Self; 9] =
        [Self::Section, Self::Topic, Self::Dossier, Self::Place, Self::Byline, Self::Language, Self::Type, Self::Source, Self::Month];

    /// The word before the colon in a query.
    pub fn name(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Topic => "topic",
            Self::Dossier => "dossier",
            Self::Place => "place",
            Self::Byline => "by",
            Self::Language => "lang",
            Self::Type => "type",
            Self::Source => "source",
            Self::Month => "month",
        }
    }

    /// The character that opens this facet's terms in the index.
    pub(crate) fn mark(self) -> char {
        match self {
            Self::Section => 's',
            Self::Topic => 't',
            Self::Dossier => 'd',
            Self::Place => 'p',
            Self::Byline => 'b',
            Self::Language => 'l',
            Self::Type => 'y',
            Self::Source => 'o',
            Self::Month => 'm',
        }
    }

    pub(crate) fn from_mark(mark: char) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.mark() == mark)
    }

    /// The term under which a value is indexed.
    pub(crate) fn term(self, value: &str) -> String {
        let mut term = String::with_capacity(value.len() + 1);
        term.push(self.mark());
        term.push_str(&fold_value(value));
        term
    }
}

/// The term, among those of its facets, of a story that has been corrected. Its mark is that of no facet, so nobody counts it.
pub(crate) const CORRECTED: &str = "\u{2}";

/// A facet value as it is compared: trimmed, inner spaces single, lower case, bounded.
pub(crate) fn fold_value(value: &str) -> String {
    let words: Vec<&str> = value.split_whitespace().collect();
    words.join(" ").to_lowercase().chars().take(MAX_FACET_CHARS).collect()
}

impl Document {
    /// The terms of all its facets, derived ones included, sorted and without repetition.
    pub(crate) fn facet_terms(&self) -> Vec<String> {
        use crate::limits::MAX_FACETS_PER_KIND;
        let mut terms = Vec::with_capacity(self.facets.len() + 3);
        for kind in Facet::ALL.into_iter().filter(|kind| !matches!(kind, Facet::Language | Facet::Month)) {
            let values = self.facets.iter().filter(|(facet, value)| *facet == kind && !value.trim().is_empty());
            terms.extend(values.take(MAX_FACETS_PER_KIND).map(|(facet, value)| facet.term(value)));
        }
        if !self.lang.is_empty() {
            terms.push(Facet::Language.term(&self.lang));
            let primary = self.lang.split(['-', '_']).next().unwrap_or_default();
            terms.push(Facet::Language.term(primary));
        }
        if self.is_corrected {
            terms.push(CORRECTED.to_owned());
        }
        terms.push(Facet::Month.term(&self.moved_on.strftime("%Y-%m").to_string()));
        terms.sort_unstable();
        terms.dedup();
        terms
    }
}

/// Days since 1970-01-01, the form dates have in the index.
pub(crate) fn day_number(date: Date) -> i32 {
    const EPOCH: Date = jiff::civil::date(1970, 1, 1);
    // The span of two civil dates in days is at most 7.3 million, and always computable.
    EPOCH.until(date).map(|span| span.get_days()).expect("two civil dates have a distance in days")
}
