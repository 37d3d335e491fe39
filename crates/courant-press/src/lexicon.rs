//! Concepts of the news that have a word in each language: ours, the territories of CLDR, the labels of the Media Topics.

use std::sync::LazyLock;

use courant_search::analysis::Analysers;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::key::{key, within};
use crate::lang::Lang;
use crate::{endings, territories};

/// Words of one language to a column, one concept to a line.
static CONCEPTS: &str = include_str!("../data/concepts.txt");
/// The languages of its columns.
const COLUMNS: [&str; 10] = ["en", "es", "pt", "fr", "de", "it", "ru", "sl", "ar", "zh"];
/// Words that make one concept together.
const WORDS_MAX: usize = 4;
/// A part of a compound shorter than this is chance.
const PART_CHARS_MIN: usize = 4;
/// Salt of the keys of concepts.
const CONCEPT: u64 = 0x43;
/// Salt of the keys of stems in here.
const STEM: u64 = 0x53;

/// A thing that languages have different words for.
pub(crate) type Concept = u64;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);

/// Which concepts a run of stems stands for.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// Language and joined stems to the concept.
    entries: FxHashMap<u64, Concept>,
    /// Concepts that are territories.
    territories: FxHashSet<Concept>,
}

impl Lexicon {
    /// The one that ships, made at first use in some tens of milliseconds.
    pub(crate) fn shipped() -> &'static Self {
        &LEXICON
    }

    fn build() -> Self {
        let mut lexicon = Self::default();
        let mut analysers = Analysers::default();
        for line in CONCEPTS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut columns = line.split('|');
            let Some(first) = columns.next() else { continue };
            match first.strip_prefix('@') {
                Some(territory) => lexicon.add_line(&mut analysers, key(CONCEPT, territory), columns),
                None => lexicon.add_line(&mut analysers, key(CONCEPT, first), std::iter::once(first).chain(columns)),
            }
        }
        for lang in territories::LANGS {
            territories::each(lang, |code, name| {
                lexicon.territories.insert(key(CONCEPT, code));
                lexicon.add(&mut analysers, key(CONCEPT, code), Lang::parse(lang), name);
            });
        }
        lexicon
    }

    fn add_line<'l>(&mut self, analysers: &mut Analysers, concept: Concept, columns: impl Iterator<Item = &'l str>) {
        for (lang, words) in COLUMNS.iter().zip(columns) {
            for word in words.split(',') {
                self.add(analysers, concept, Lang::parse(lang), word.trim());
            }
        }
    }

    /// Whether a concept is a territory.
    pub(crate) fn is_territory(&self, concept: Concept) -> bool {
        self.territories.contains(&concept)
    }

    /// The first to claim a word keeps it.
    fn add(&mut self, analysers: &mut Analysers, concept: Concept, lang: Lang, word: &str) {
        let stems: Vec<String> = stems(analysers, lang, word);
        if !stems.is_empty() && stems.len() <= WORDS_MAX {
            self.entries.entry(entry(lang, &stems.join(" "))).or_insert(concept);
        }
    }

    /// The concept that begins at the first of `stems`, the longest one, and how many stems it takes.
    pub(crate) fn at(&self, lang: Lang, stems: &[&str]) -> Option<(Concept, usize)> {
        (1..=stems.len().min(WORDS_MAX)).rev().find_map(|n_words| {
            let found = match n_words {
                1 => self.entries.get(&entry(lang, stems[0])),
                _ => self.entries.get(&entry(lang, &stems[..n_words].join(" "))),
            };
            found.map(|concept| (*concept, n_words))
        })
    }

    /// The concepts of the first and the last part of a compound, for languages that write them as one word.
    pub(crate) fn parts(&self, lang: Lang, stem: &str) -> [Option<Concept>; 2] {
        let cuts: Vec<usize> = stem.char_indices().map(|(at, _)| at).collect();
        if !matches!(lang.code(), "de" | "nl" | "sv" | "no" | "da" | "fi" | "hu") || cuts.len() < 2 * PART_CHARS_MIN {
            return [None; 2];
        }
        let known = |part: &str| self.entries.get(&entry(lang, part)).copied();
        let first = cuts[PART_CHARS_MIN..].iter().rev().find_map(|at| known(&stem[..*at]));
        let last = cuts[1..=cuts.len() - PART_CHARS_MIN].iter().find_map(|at| known(&stem[*at..]));
        [first, last]
    }
}

fn entry(lang: Lang, stems: &str) -> u64 {
    within(lang.number(), key(STEM, stems))
}

/// The stems of a text in its language, as [`Lexicon`] keys them.
fn stems(analysers: &mut Analysers, lang: Lang, text: &str) -> Vec<String> {
    let mut stems = Vec::new();
    analysers.of(lang.analysis()).each(text, |token| stems.push(endings::strip(lang, token.text).to_owned()));
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concept(lang: &str, words: &str) -> Option<Concept> {
        let lang = Lang::parse(lang);
        let stems = stems(&mut Analysers::default(), lang, words);
        let stems: Vec<&str> = stems.iter().map(String::as_str).collect();
        Lexicon::shipped().at(lang, &stems).map(|(concept, _)| concept)
    }

    #[test]
    fn words_of_all_languages_meet_in_a_concept() {
        let earthquake = concept("en", "earthquakes").unwrap();
        for (lang, word) in
            [("es", "terremotos"), ("de", "Erdbeben"), ("ru", "землетрясения"), ("sl", "potres"), ("ar", "الزلزال"), ("zh", "地震")]
        {
            assert_eq!(concept(lang, word), Some(earthquake), "{lang} {word}");
        }
        assert_ne!(concept("en", "flood"), Some(earthquake));
        assert_eq!(concept("en", "chrysanthemum"), None);
    }

    #[test]
    fn territories_and_what_belongs_to_them_are_one_concept() {
        let japan = concept("en", "Japan").unwrap();
        for (lang, word) in [("fr", "Japon"), ("ru", "Японии"), ("fr", "japonaise"), ("ja", "日本"), ("tr", "Japonya")] {
            assert_eq!(concept(lang, word), Some(japan), "{lang} {word}");
        }
        assert_eq!(concept("en", "New Zealand"), concept("de", "Neuseeland"));
    }

    #[test]
    fn several_words_are_one_concept_when_they_stand_together() {
        let tennis = concept("de", "Tischtennis").unwrap();
        assert_eq!(concept("en", "table tennis"), Some(tennis));
        assert_ne!(concept("en", "tennis"), Some(tennis));
    }

    #[test]
    fn compounds_are_taken_apart() {
        let german = Lang::parse("de");
        let [first, last] = Lexicon::shipped().parts(german, "tenniskris");
        assert_eq!((first, last), (concept("de", "Tennis"), concept("de", "Krise")));
        assert_eq!(Lexicon::shipped().parts(Lang::ENGLISH, "tenniskris"), [None, None]);
    }
}
