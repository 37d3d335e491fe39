//! Dossiers: the running coverage of one affair.
//!
//! An affair grows, is told apart from another, or turns out to be the same. A dossier is described as often as the editors like; each
//! description is complete, like a version of a story. Merging is an act of its own ([`DossierMerge`]), since it concerns two dossiers
//! and is final. A split is a new dossier that says what it was split from, and the stories that go with it are refiled.

mod book;

use jiff::civil::Date;

pub use book::DossierBook;

use crate::{DossierSlug, Entity, FieldError, Guid, Lang, Place, Reason, Version, field};

/// The most key events of a dossier.
const KEY_EVENTS_MAX: usize = 200;
/// The most people, and the most places, that its editors name.
const NAMED_MAX: usize = 50;
/// The most related dossiers.
const RELATED_MAX: usize = 20;
/// The longest sentence on a key event, in characters.
const SENTENCE_CHARS_MAX: usize = 300;

/// A dossier as the editors last described it. Stories join it by naming its slug.
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    /// Its name in addresses.
    pub slug: DossierSlug,
    /// The number of this description among those of the dossier, from 1. `None`: whatever comes next, as entries of releases that did
    /// not count them.
    pub version: Option<Version>,
    /// Whether it still runs.
    pub state: DossierState,
    /// Its title and summary in each language it is kept in; at least one.
    pub texts: Vec<DossierText>,
    /// The day the affair began. `None`: it has no day that can be named.
    pub started_on: Option<Date>,
    /// What happened that matters most, in the order of their days.
    pub key_events: Vec<KeyEvent>,
    /// The people its editors name; pages add those of its stories.
    pub people: Vec<Entity>,
    /// The places its editors name; pages add those of its stories.
    pub places: Vec<Place>,
    /// The dossier it is part of.
    pub parent: Option<DossierSlug>,
    /// Other dossiers worth knowing beside it.
    pub related: Vec<DossierSlug>,
    /// The dossier it was split from. `None`: it began by itself.
    pub split_from: Option<DossierSlug>,
    /// What changed with this description, for the public.
    pub note: Option<Reason>,
}

/// A dossier in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierText {
    /// The language.
    pub lang: Lang,
    /// The title, 1 to 200 characters.
    pub title: Box<str>,
    /// The story so far, up to 4,000 characters.
    pub summary: Option<Box<str>>,
}

/// Something that happened in the affair: a day, a sentence, and the story that tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyEvent {
    /// The day.
    pub on: Date,
    /// The sentence, in each language it was written in; at least one.
    pub sentences: Vec<Sentence>,
    /// The story.
    pub story: Option<Guid>,
}

/// A sentence and its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The language.
    pub lang: Lang,
    /// The sentence, 1 to 300 characters.
    pub words: Box<str>,
}

/// One dossier is continued in another, for good. What was filed under either is found under `into` from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierMerge {
    /// The dossier that ends.
    pub from: DossierSlug,
    /// The dossier that goes on.
    pub into: DossierSlug,
    /// Why, for the public.
    pub reason: Reason,
}

/// Whether a dossier still runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DossierState {
    /// News is expected.
    #[default]
    Open,
    /// Nothing for a while.
    Dormant,
    /// The affair is over.
    Closed,
}

impl DossierText {
    /// A title and a summary.
    ///
    /// # Errors
    /// A [`FieldError`] when either is too long or the title is empty.
    pub fn new(lang: Lang, title: &str, summary: Option<&str>) -> Result<Self, FieldError> {
        let summary = summary.map(str::trim).filter(|summary| !summary.is_empty());
        Ok(Self {
            lang,
            title: field::line("dossier title", title, 200)?,
            summary: summary.map(|summary| field::line("dossier summary", summary, 4_000)).transpose()?,
        })
    }
}

impl Sentence {
    /// A sentence.
    ///
    /// # Errors
    /// A [`FieldError`] when it is empty or too long.
    pub fn new(lang: Lang, words: &str) -> Result<Self, FieldError> {
        Ok(Self { lang, words: field::line("key event", words, SENTENCE_CHARS_MAX)? })
    }
}

impl KeyEvent {
    /// Its sentence in `lang`, else in English, else the first.
    pub fn sentence(&self, lang: &Lang) -> Option<&Sentence> {
        of_language(&self.sentences, lang, |sentence| &sentence.lang)
    }
}

impl Dossier {
    /// A dossier with a title, open, with nothing else said of it.
    pub fn new(slug: DossierSlug, text: DossierText) -> Self {
        Self {
            slug,
            version: None,
            state: DossierState::Open,
            texts: vec![text],
            started_on: None,
            key_events: Vec::new(),
            people: Vec::new(),
            places: Vec::new(),
            parent: None,
            related: Vec::new(),
            split_from: None,
            note: None,
        }
    }

    /// Its text in `lang`, else in English, else the first.
    pub fn text(&self, lang: &Lang) -> Option<&DossierText> {
        of_language(&self.texts, lang, |text| &text.lang)
    }

    /// The summary that a reader of `lang` is shown.
    pub fn summary(&self, lang: &Lang) -> Option<&str> {
        self.text(lang)?.summary.as_deref()
    }

    /// Adds a key event where its day stands. One of the same day and story is replaced in the languages it is told in again.
    pub fn tell(&mut self, event: KeyEvent) {
        let same = |known: &&mut KeyEvent| known.on == event.on && known.story == event.story && event.story.is_some();
        if let Some(known) = self.key_events.iter_mut().find(same) {
            known.sentences.retain(|sentence| event.sentences.iter().all(|told| told.lang != sentence.lang));
            known.sentences.extend(event.sentences);
            return;
        }
        let place = self.key_events.partition_point(|known| known.on <= event.on);
        self.key_events.insert(place, event);
    }

    /// Whether it is within its limits and says everything it must.
    ///
    /// # Errors
    /// A [`FieldError`] that names the field.
    pub fn check(&self) -> Result<(), FieldError> {
        if self.texts.is_empty() {
            return Err(FieldError::new("dossier title", "", "is missing; a dossier has a title in at least one language"));
        }
        if let Some(event) = self.key_events.iter().find(|event| event.sentences.is_empty()) {
            return Err(FieldError::new("key event", &event.on.to_string(), "says nothing; give it a sentence"));
        }
        for (name, count, most) in [
            ("key events", self.key_events.len(), KEY_EVENTS_MAX),
            ("people", self.people.len(), NAMED_MAX),
            ("places", self.places.len(), NAMED_MAX),
            ("related dossiers", self.related.len(), RELATED_MAX),
        ] {
            if most < count {
                return Err(FieldError::new(name, &count.to_string(), format!("are too many; a dossier has at most {most}")));
            }
        }
        Ok(())
    }
}

/// What is in `lang`, else in English, else the first.
fn of_language<'t, T>(all: &'t [T], lang: &Lang, lang_of: impl Fn(&T) -> &Lang) -> Option<&'t T> {
    let of = |wanted: &str| all.iter().find(|one| lang_of(one).primary() == wanted);
    of(lang.primary()).or_else(|| of("en")).or_else(|| all.first())
}

impl DossierState {
    /// All of them, those with news first.
    pub const ALL: [Self; 3] = [Self::Open, Self::Dormant, Self::Closed];

    /// The word that stands for it in stored and sent forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Dormant => "dormant",
            Self::Closed => "closed",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    /// A [`FieldError`] naming the words.
    pub fn parse(given: &str) -> Result<Self, FieldError> {
        let found = Self::ALL.into_iter().find(|state| state.as_str() == given);
        found.ok_or_else(|| FieldError::new("state", given, "is unknown; use open, dormant or closed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(day: i8, words: &str, story: Option<&str>) -> KeyEvent {
        KeyEvent {
            on: jiff::civil::date(2026, 8, day),
            sentences: vec![Sentence::new(Lang::english(), words).unwrap()],
            story: story.map(|guid| Guid::parse(guid).unwrap()),
        }
    }

    #[test]
    fn key_events_stand_in_the_order_of_their_days_and_once_for_a_story() {
        let text = DossierText::new(Lang::english(), "Eclipses", None).unwrap();
        let mut dossier = Dossier::new(DossierSlug::parse("eclipses").unwrap(), text);
        dossier.tell(event(12, "The shadow crosses Spain.", Some("urn:a")));
        dossier.tell(event(2, "Tables are out.", None));
        dossier.tell(event(12, "The shadow crosses Iceland and Spain.", Some("urn:a")));
        let told: Vec<String> =
            dossier.key_events.iter().map(|event| format!("{} {}", event.on, event.sentence(&Lang::english()).unwrap().words)).collect();
        assert_eq!(told, ["2026-08-02 Tables are out.", "2026-08-12 The shadow crosses Iceland and Spain."]);
        assert!(dossier.check().is_ok());
        dossier.key_events = vec![event(1, "Again.", None); KEY_EVENTS_MAX + 1];
        assert!(dossier.check().unwrap_err().to_string().contains("at most 200"));
    }
}
