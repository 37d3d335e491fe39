//! How a text becomes terms: cut into words, folded, stemmed.
//!
//! Every story is analysed in *its own* language, and so is every word of a query: a query word
//! matches a story when, analysed as the story's language, it is found in it. That one sentence is
//! the meaning of a word in the whole crate; the index and the matcher both follow it.
//!
//! Alphabetic scripts are cut by a scanner of our own (letters, digits and what may join them);
//! runs of Chinese, Japanese, Thai, Lao, Khmer and Burmese go to ICU's dictionary and LSTM models.

mod fold;
mod language;
mod scan;
mod stop;

use std::collections::HashMap;

use frostem::Stemmer;

pub use language::Analysis;
pub(crate) use scan::Scanner;

/// Words remembered with their stems. News has a small working vocabulary, and stemming costs
/// about ten times a look-up; at this size the memory stays under 2 MB an analyser.
const REMEMBERED_WORDS: usize = 16_384;

/// A longer word is not worth remembering: it will not come again.
const REMEMBERED_WORD_BYTES: usize = 32;

/// One word of a text, ready to be indexed or compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// The folded and stemmed form, never empty.
    pub text: &'a str,
    /// Byte offset of its first character in the analysed text.
    pub from: usize,
    /// Byte offset after its last character.
    pub to: usize,
}

/// Turns texts of one language into tokens. Remembers stems, so keep it for many texts.
pub struct Analyser {
    analysis: Analysis,
    stemmer: Option<Stemmer>,
    remembered: HashMap<Box<str>, Box<str>>,
    folded: String,
    spare: String,
}

impl std::fmt::Debug for Analyser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Analyser").field("analysis", &self.analysis).finish_non_exhaustive()
    }
}

impl Analyser {
    /// An analyser for one language.
    pub fn new(analysis: Analysis) -> Self {
        Self {
            analysis,
            stemmer: analysis.algorithm().map(Stemmer::new),
            remembered: HashMap::new(),
            folded: String::new(),
            spare: String::new(),
        }
    }

    /// The language it analyses.
    pub fn analysis(&self) -> Analysis {
        self.analysis
    }

    /// All tokens of a text, in order. Convenience for short texts; long ones stream.
    pub fn tokens(&mut self, text: &str) -> Vec<(String, std::ops::Range<usize>)> {
        let mut found = Vec::new();
        self.each(text, |token| found.push((token.text.to_owned(), token.from..token.to)));
        found
    }

    /// Calls `sink` with every token of `text`, in order, up to
    /// [`MAX_TOKENS`](crate::MAX_TOKENS).
    pub fn each(&mut self, text: &str, mut sink: impl FnMut(Token<'_>)) {
        let mut scanner = Scanner::new(text);
        while let Some(token) = self.next(&mut scanner) {
            sink(token);
        }
    }

    /// The next token of a scanned text.
    pub(crate) fn next<'s>(&'s mut self, scanner: &mut Scanner<'_>) -> Option<Token<'s>> {
        loop {
            let (from, to) = scanner.next()?;
            let word = &scanner.text()[from..to];
            if self.normalise(word) {
                scanner.counted();
                return Some(Token { text: &self.folded, from, to });
            }
        }
    }

    /// Leaves the term of `word` in `self.folded`; false when nothing is left of it.
    fn normalise(&mut self, word: &str) -> bool {
        self.folded.clear();
        if word.len() <= REMEMBERED_WORD_BYTES
            && let Some(known) = self.remembered.get(word)
        {
            self.folded.push_str(known);
            return !known.is_empty();
        }
        fold::before_stemming(self.analysis, word, &mut self.folded, &mut self.spare);
        if let Some(stemmer) = &self.stemmer
            && !self.folded.bytes().any(|byte| byte.is_ascii_digit())
            && let std::borrow::Cow::Owned(stem) = stemmer.stem(&self.folded)
            && !stem.is_empty()
        {
            self.folded = stem;
        }
        fold::after_stemming(self.analysis, &mut self.folded, &mut self.spare);
        if word.len() <= REMEMBERED_WORD_BYTES {
            if self.remembered.len() >= REMEMBERED_WORDS {
                self.remembered.clear();
            }
            self.remembered.insert(word.into(), self.folded.as_str().into());
        }
        !self.folded.is_empty()
    }

    /// Whether the word only holds a sentence together in this language ("the", "и", "の").
    pub fn is_stop_word(&mut self, word: &str) -> bool {
        self.folded.clear();
        fold::before_stemming(self.analysis, word, &mut self.folded, &mut self.spare);
        stop::is_stop_word(self.analysis, &self.folded)
    }
}

/// Analysers for all languages, made when first needed.
#[derive(Debug, Default)]
pub struct Analysers {
    made: Vec<Option<Box<Analyser>>>,
}

impl Clone for Analysers {
    /// A clone starts empty: analysers are cheap to make and not shared between threads.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Analysers {
    /// The analyser of a language.
    pub fn of(&mut self, analysis: Analysis) -> &mut Analyser {
        let place = usize::from(analysis.number());
        if self.made.len() <= place {
            self.made.resize_with(place + 1, || None);
        }
        self.made[place].get_or_insert_with(|| Box::new(Analyser::new(analysis)))
    }
}

thread_local! {
    /// Analysers of this thread's searches, kept for the words they remember.
    static OWN: std::cell::RefCell<Analysers> = std::cell::RefCell::default();
}

/// Lends this thread's analyser of a language. `work` must not borrow it again.
pub(crate) fn with_analyser<R>(analysis: Analysis, work: impl FnOnce(&mut Analyser) -> R) -> R {
    OWN.with_borrow_mut(|analysers| work(analysers.of(analysis)))
}

#[cfg(test)]
mod tests;
