//! The words a story is filed by, as numbers.

use courant_search::analysis::Analysers;
use rustc_hash::FxHashMap;

use super::Lesson;
use super::linear::Row;
use crate::endings;
use crate::key::{key, within};
use crate::report::TEXT_BYTES_MAX;

/// A term in fewer stories says nothing about the next one.
const STORIES_OF_TERM_MIN: u32 = 2;
/// Terms that are kept, the most frequent.
const TERMS_MAX: usize = 1 << 20;
/// Salts: a word anywhere, two words in a row, a word of the headline.
const WORD: u64 = 1;
const TWO_WORDS: u64 = 2;
const TITLE_WORD: u64 = 3;
/// What a figure is called: its value says nothing about the subject.
const FIGURE: &str = "0";

/// Terms of one story with how often each stands there, sorted.
pub(super) type Terms = Vec<(u64, f32)>;

/// Every term of a story.
pub(super) fn of(analysers: &mut Analysers, story: &Lesson) -> Terms {
    let mut counts: FxHashMap<u64, f32> = FxHashMap::default();
    let text = &story.text[..story.text.floor_char_boundary(TEXT_BYTES_MAX)];
    for (copy, is_title) in [(story.title.as_str(), true), (text, false)] {
        let mut previous: Option<u64> = None;
        let mut stop_words = Vec::new();
        let analyser = analysers.of(story.lang.analysis());
        let mut stems: Vec<(String, (usize, usize))> = Vec::new();
        analyser.each(copy, |token| stems.push((endings::strip(story.lang, token.text).to_owned(), (token.from, token.to))));
        stop_words.extend(stems.iter().map(|(_, (from, to))| analyser.is_stop_word(&copy[*from..*to])));
        for ((stem, _), is_stop_word) in stems.iter().zip(stop_words) {
            if is_stop_word {
                continue;
            }
            let is_figure = stem.starts_with(|c: char| c.is_ascii_digit());
            let word = key(WORD, if is_figure { FIGURE } else { stem });
            *counts.entry(word).or_default() += 1.0;
            if is_title {
                *counts.entry(within(TITLE_WORD, word)).or_default() += 1.0;
            }
            if let Some(previous) = previous.replace(word) {
                *counts.entry(within(TWO_WORDS, within(previous, word))).or_default() += 1.0;
            }
        }
    }
    let mut terms: Terms = counts.into_iter().collect();
    terms.sort_unstable_by_key(|(term, _)| *term);
    terms
}

/// The terms an archive is filed by, each with its place and its rarity.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    terms: FxHashMap<u64, (u32, f32)>,
}

impl Vocabulary {
    pub(super) fn of(stories: &[Terms]) -> Self {
        let mut n_stories: FxHashMap<u64, u32> = FxHashMap::default();
        for (term, _) in stories.iter().flatten() {
            *n_stories.entry(*term).or_default() += 1;
        }
        let mut kept: Vec<(u64, u32)> = n_stories.into_iter().filter(|(_, n)| STORIES_OF_TERM_MIN <= *n).collect();
        kept.sort_unstable_by(|(a, na), (b, nb)| nb.cmp(na).then(a.cmp(b)));
        kept.truncate(TERMS_MAX);
        #[expect(clippy::cast_precision_loss, reason = "numbers of stories")]
        let rarity = |n: u32| ((stories.len() as f32 + 1.0) / (n as f32 + 0.5)).ln();
        let terms = (0_u32..).zip(kept).map(|(place, (term, n))| (term, (place, rarity(n)))).collect();
        Self { terms }
    }

    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    /// The story as a vector of length 1.
    pub(super) fn row(&self, terms: &Terms) -> Row {
        let known = terms.iter().filter_map(|(term, n)| self.terms.get(term).map(|(place, rarity)| (*place, n.ln_1p() * rarity)));
        let mut row: Row = known.collect();
        let length = row.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        row.iter_mut().for_each(|(_, weight)| *weight /= length);
        row.sort_unstable_by_key(|(place, _)| *place);
        row
    }
}
