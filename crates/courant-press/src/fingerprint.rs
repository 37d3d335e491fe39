//! What of a report can be compared: its words, names, concepts and numbers.

use courant_search::analysis::{Analysers, Analysis};
use rustc_hash::FxHashMap;

use crate::bag::Bag;
use crate::key::key;
use crate::lang::Guess;
use crate::lexicon::Lexicon;
use crate::{Lang, Report, endings, romanise};

/// Words below the headline that are read.
const COPY_WORDS_MAX: usize = 400;
/// Bytes of copy that a language is guessed from.
const GUESS_BYTES_MAX: usize = 1_000;
/// What a word in the headline weighs.
const TITLE_WEIGHT: f32 = 1.0;
/// What a word below it weighs, times the logarithm of how often it stands there.
const COPY_WEIGHT: f32 = 0.5;

/// A kind of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A word by its stem.
    Word,
    /// A name by its sound, in any script.
    Name,
    /// A concept of the news or a territory, in any language.
    Concept,
    /// A number.
    Number,
}

impl Kind {
    /// All, in the order of [`Fingerprint::bags`].
    pub(crate) const ALL: [Self; 4] = [Self::Word, Self::Name, Self::Concept, Self::Number];

    pub(crate) fn idx(self) -> usize {
        self as usize
    }
}

/// The comparable part of a report.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fingerprint {
    pub(crate) lang: Lang,
    /// One for each [`Kind`].
    pub(crate) bags: [Bag; 4],
    /// Seconds since 1970.
    pub(crate) published_for_secs: i64,
}

impl Fingerprint {
    pub(crate) fn bag(&self, kind: Kind) -> &Bag {
        &self.bags[kind.idx()]
    }
}

/// Reads reports. Remembers stems, so keep it for many.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    analysers: Analysers,
    /// How often each language was recognised, for reports whose own words do not tell.
    recognised: Vec<(Lang, u32)>,
}

/// One piece of evidence as it stands in a report.
#[derive(Debug)]
pub(crate) struct Piece<'t> {
    pub(crate) kind: Kind,
    pub(crate) key: u64,
    /// As it is written there.
    pub(crate) written: &'t str,
}

/// A word of a text: as written, and its stem.
struct Word<'t> {
    written: &'t str,
    stem: String,
}

impl Reader {
    /// The fingerprint of a report.
    pub(crate) fn read(&mut self, report: &Report) -> Fingerprint {
        let lang = self.language_of(report);
        let mut title: FxHashMap<(Kind, u64), f32> = FxHashMap::default();
        self.pieces(lang, &report.title, usize::MAX, &mut |piece| {
            title.insert((piece.kind, piece.key), TITLE_WEIGHT);
        });
        let mut copy: FxHashMap<(Kind, u64), f32> = FxHashMap::default();
        for text in [report.summary.as_str(), report.opening()] {
            self.pieces(lang, text, COPY_WORDS_MAX, &mut |piece| *copy.entry((piece.kind, piece.key)).or_default() += 1.0);
        }
        let mut bags: [Bag; 4] = Default::default();
        for (piece, weight) in title {
            bags[piece.0.idx()].add(piece.1, weight);
        }
        for (piece, n_times) in copy {
            bags[piece.0.idx()].add(piece.1, COPY_WEIGHT * n_times.ln_1p());
        }
        bags.iter_mut().for_each(Bag::keep_within);
        Fingerprint { lang, bags, published_for_secs: report.published_at.as_second() }
    }

    /// Every piece of evidence in a report with the words it is written in.
    pub(crate) fn spell(&mut self, report: &Report, sink: &mut dyn FnMut(Piece<'_>)) {
        let lang = self.language_of(report);
        for text in [report.title.as_str(), report.summary.as_str(), report.opening()] {
            self.pieces(lang, text, COPY_WORDS_MAX, sink);
        }
    }

    /// What the report says, or else what its words say, or else what those before it said.
    fn language_of(&mut self, report: &Report) -> Lang {
        if report.lang.is_known() {
            return report.lang;
        }
        let opening = &report.text[..report.text.floor_char_boundary(GUESS_BYTES_MAX)];
        let sample = format!("{} {} {opening}", report.title, report.summary);
        match Lang::guess(&sample) {
            Guess::Sure(lang) => {
                match self.recognised.iter_mut().find(|(known, _)| *known == lang) {
                    Some((_, n_times)) => *n_times += 1,
                    None => self.recognised.push((lang, 1)),
                }
                lang
            }
            Guess::OneOf(possible) => {
                let usual = self.recognised.iter().filter(|(lang, _)| possible.contains(lang)).max_by_key(|(_, n_times)| *n_times);
                usual.map_or_else(|| possible.first().copied().unwrap_or_default(), |(lang, _)| *lang)
            }
        }
    }

    fn pieces(&mut self, lang: Lang, text: &str, n_words_max: usize, sink: &mut dyn FnMut(Piece<'_>)) {
        let words = self.words(lang, text, n_words_max);
        let stems: Vec<&str> = words.iter().map(|word| word.stem.as_str()).collect();
        let lexicon = Lexicon::shipped();
        let mut concept_until = 0;
        for (idx, word) in words.iter().enumerate() {
            let written = word.written;
            if let Some(number) = number(&word.stem) {
                sink(Piece { kind: Kind::Number, key: key(Kind::Number as u64, number), written });
                continue;
            }
            sink(Piece { kind: Kind::Word, key: key(Kind::Word as u64, &word.stem), written });
            if let Some((concept, n_words)) = lexicon.at(lang, &stems[idx..])
                && concept_until <= idx
            {
                let last = words[idx + n_words - 1].written;
                sink(Piece { kind: Kind::Concept, key: concept, written: spanning(text, written, last) });
                concept_until = idx + n_words;
            }
            if concept_until <= idx {
                for concept in lexicon.parts(lang, &word.stem).into_iter().flatten() {
                    sink(Piece { kind: Kind::Concept, key: concept, written });
                }
                if may_be_name(lang, written)
                    && let Some(sound) = romanise::skeleton(name_part(lang, written, &word.stem))
                {
                    sink(Piece { kind: Kind::Name, key: key(Kind::Name as u64, &sound), written });
                }
            }
        }
    }

    fn words<'t>(&mut self, lang: Lang, text: &'t str, n_words_max: usize) -> Vec<Word<'t>> {
        let analyser = self.analysers.of(lang.analysis());
        let mut words = Vec::new();
        analyser.each(text, |token| {
            if words.len() < n_words_max {
                let written = &text[token.from..token.to];
                words.push(Word { written, stem: endings::strip(lang, token.text).to_owned() });
            }
        });
        words.retain(|word| !analyser.is_stop_word(word.written));
        words
    }
}

/// A number as it is compared; figures glued to letters are words.
fn number(stem: &str) -> Option<&str> {
    let is_number = stem.starts_with(|c: char| c.is_ascii_digit()) && stem.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_number.then_some(stem)
}

/// Whether a capital, or a script without capitals, lets the word be a name.
fn may_be_name(lang: Lang, written: &str) -> bool {
    let first = written.chars().next().unwrap_or(' ');
    first.is_uppercase() || (!first.is_lowercase() && lang.analysis() != Analysis::Chinese)
}

/// What of a name is heard: in scripts whose languages bend or prefix names, the stem.
fn name_part<'w>(lang: Lang, written: &'w str, stem: &'w str) -> &'w str {
    match lang.analysis() {
        Analysis::Russian | Analysis::Arabic => stem,
        _ => written.strip_suffix("'s").or_else(|| written.strip_suffix("’s")).unwrap_or(written),
    }
}

/// The text from one of its words to another.
fn spanning<'t>(text: &'t str, first: &'t str, last: &'t str) -> &'t str {
    let start = first.as_ptr().addr() - text.as_ptr().addr();
    let end = last.as_ptr().addr() + last.len() - text.as_ptr().addr();
    text.get(start..end).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(lang: &str, title: &str) -> Report {
        Report { lang: Lang::parse(lang), title: title.into(), ..Report::default() }
    }

    fn spelt(lang: &str, title: &str, kind: Kind) -> Vec<String> {
        let mut found = Vec::new();
        Reader::default().spell(&report(lang, title), &mut |piece| {
            if piece.kind == kind {
                found.push(piece.written.to_owned());
            }
        });
        found
    }

    #[test]
    fn a_headline_is_words_names_concepts_and_numbers() {
        let title = "Earthquake of 7.1 shakes Sendai in the north of New Zealand";
        assert_eq!(spelt("en", title, Kind::Number), ["7.1"]);
        assert_eq!(spelt("en", title, Kind::Name), ["Sendai"]);
        assert_eq!(spelt("en", title, Kind::Concept), ["Earthquake", "New Zealand"]);
        assert_eq!(spelt("en", title, Kind::Word), ["Earthquake", "shakes", "Sendai", "north", "New", "Zealand"]);
    }

    #[test]
    fn reports_in_two_languages_share_names_and_concepts() {
        let mut reader = Reader::default();
        let english = reader.read(&report("en", "Biles withdraws from the team final in Tokyo"));
        let russian = reader.read(&report("ru", "Байлз снялась с командного финала в Токио"));
        for (kind, expected) in [(Kind::Word, 0), (Kind::Name, 2), (Kind::Concept, 3)] {
            let mut n_shared = 0;
            english.bag(kind).shared(russian.bag(kind), |_, _, _| n_shared += 1);
            assert_eq!(n_shared, expected, "{kind:?}");
        }
    }

    #[test]
    fn the_headline_weighs_more_than_the_copy() {
        let mut with_copy = report("en", "Volcano erupts");
        with_copy.text = "The volcano sent ash over the harbour".into();
        let fingerprint = Reader::default().read(&with_copy);
        let weight = |stem| fingerprint.bag(Kind::Word).get(key(Kind::Word as u64, stem)).unwrap();
        assert!(weight("ash") < TITLE_WEIGHT && TITLE_WEIGHT < weight("volcano"));
    }

    #[test]
    fn a_report_of_any_size_is_read() {
        let endless = Report { text: "слово ".repeat(1_000_000), title: String::new(), ..Report::default() };
        let fingerprint = Reader::default().read(&endless);
        assert_eq!(fingerprint.lang.analysis(), Analysis::Russian);
    }
}
