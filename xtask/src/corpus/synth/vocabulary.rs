//! Words to write with: the commonest of English, then words made of syllables.

use super::chance::{Chance, Zipf};

/// How many made-up words there are; Reuters-21578 has about 40,000 different ones.
const N_MADE_WORDS: usize = 40_000;

/// The commonest words of English news, most frequent first.
const COMMON: &str = "the of to in said and a it for from on is that by at with its be was year as were has would will not he had \
    which an but this are have last up market company more one or about bank also new who after they than pct price trade been \
    government share if could other some first all two into over out quarter month week against there between under no when since \
    rate oil three exchange down do most before because only";

/// The syllables of made-up words.
const SYLLABLES: &[&str] = &[
    "ba", "bel", "bro", "ca", "cor", "da", "den", "di", "dor", "e", "fa", "fen", "fi", "ga", "gor", "ha", "hel", "i", "ja", "jor", "ka",
    "kel", "ki", "la", "len", "lo", "ma", "mer", "mi", "na", "nel", "no", "o", "pa", "per", "po", "ra", "ren", "ri", "ro", "sa", "sel",
    "si", "sta", "ta", "ter", "ti", "to", "tra", "u", "va", "ver", "vi", "vo", "wa", "wen", "ya", "za", "zen", "zo",
];

/// All words in one string, each with a space behind it, so that writing one is one copy.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    text: String,
    /// Where each word starts, by rank, and the end.
    starts: Vec<usize>,
    zipf: Zipf,
    n_common: usize,
}

impl Vocabulary {
    pub(crate) fn new() -> Self {
        let mut text = String::new();
        let mut starts = Vec::new();
        for word in COMMON.split_whitespace() {
            starts.push(text.len());
            text.push_str(word);
            text.push(' ');
        }
        let n_common = starts.len();
        for number in 0..N_MADE_WORDS {
            starts.push(text.len());
            push_made_word(&mut text, number);
            text.push(' ');
        }
        let n_words = u32::try_from(starts.len()).expect("a constant below 2^32");
        starts.push(text.len());
        Self { text, starts, zipf: Zipf::new(n_words), n_common }
    }

    /// The next two words of a text, each with a space behind it.
    pub(crate) fn two_words(&self, chance: &mut Chance) -> [&str; 2] {
        let bits = chance.next();
        #[expect(clippy::cast_possible_truncation, reason = "each word takes one half of the bits")]
        let halves = [(bits >> 32) as u32, bits as u32];
        halves.map(|bits| self.spaced(self.zipf.rank(bits)))
    }

    /// A word that is not among the commonest, without a space.
    pub(crate) fn telling_word(&self, chance: &mut Chance) -> &str {
        #[expect(clippy::cast_possible_truncation, reason = "half of the bits are enough")]
        let rank = self.zipf.rank(chance.next() as u32);
        let rank = if rank < self.n_common { rank + self.n_common } else { rank };
        self.spaced(rank).trim_end()
    }

    fn spaced(&self, rank: usize) -> &str {
        &self.text[self.starts[rank]..self.starts[rank + 1]]
    }
}

/// Each number has its own word of two to four syllables; frequent ones are short.
fn push_made_word(text: &mut String, number: usize) {
    let n_syllables = SYLLABLES.len();
    let mut rest = number;
    loop {
        text.push_str(SYLLABLES[rest % n_syllables]);
        rest /= n_syllables;
        if rest < n_syllables {
            // Shifted, so that a word is not its first syllable twice.
            text.push_str(SYLLABLES[(rest + number + 7) % n_syllables]);
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn words_are_many_and_plain() {
        let vocabulary = Vocabulary::new();
        let words: HashSet<&str> = vocabulary.text.split_whitespace().collect();
        assert!(30_000 < words.len(), "{} different words", words.len());
        assert!(words.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())));
    }
}
