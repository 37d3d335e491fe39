//! Languages by their primary subtag.

use courant_search::analysis::Analysis;

/// Two- and three-letter codes of the languages that feeds write in more than one way (ISO 639-2/B, 639-2/T and 639-3).
const THREE_LETTERS: &[(&str, &str)] = &[
    ("ara", "ar"),
    ("arb", "ar"),
    ("bel", "be"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cze", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("ger", "de"),
    ("ell", "el"),
    ("gre", "el"),
    ("eng", "en"),
    ("spa", "es"),
    ("est", "et"),
    ("fas", "fa"),
    ("per", "fa"),
    ("pes", "fa"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("ind", "id"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("mkd", "mk"),
    ("nld", "nl"),
    ("dut", "nl"),
    ("nor", "no"),
    ("nob", "no"),
    ("nno", "no"),
    ("nb", "no"),
    ("nn", "no"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("rus", "ru"),
    ("slk", "sk"),
    ("slo", "sk"),
    ("slv", "sl"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("vie", "vi"),
    ("zho", "zh"),
    ("chi", "zh"),
    ("cmn", "zh"),
];

/// The primary language of a report: two letters, or three where there are no two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang([u8; 3]);

impl Lang {
    /// Nobody said.
    pub const UNKNOWN: Self = Self([0; 3]);
    /// English.
    pub const ENGLISH: Self = Self(*b"en\0");

    /// Reads a BCP 47 tag or an ISO 639 code of three letters; only the primary language counts. What is neither is unknown.
    pub fn parse(tag: &str) -> Self {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let code = THREE_LETTERS.iter().find(|(long, _)| *long == primary).map_or(primary.as_str(), |(_, short)| short);
        match code.as_bytes() {
            [b'u', b'n', b'd'] => Self::UNKNOWN,
            &[a, b] if [a, b].iter().all(u8::is_ascii_lowercase) => Self([a, b, 0]),
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_lowercase) => Self([a, b, c]),
            _ => Self::UNKNOWN,
        }
    }

    /// The language of a text, as far as it can be told; texts of a few words often cannot.
    pub(crate) fn guess(text: &str) -> Guess {
        let Some(found) = whatlang::detect(text) else { return Guess::OneOf(vec![Self::ENGLISH]) };
        if found.is_reliable() {
            return Guess::Sure(Self::parse(found.lang().code()));
        }
        let mut possible: Vec<Self> = found.script().langs().iter().map(|lang| Self::parse(lang.code())).collect();
        // Where nothing is known, English is the likeliest of its script.
        possible.sort_by_key(|lang| *lang != Self::ENGLISH);
        Guess::OneOf(possible)
    }

    /// The code, empty when unknown.
    pub fn code(&self) -> &str {
        let len = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        std::str::from_utf8(&self.0[..len]).unwrap_or_default()
    }

    pub(crate) fn is_known(self) -> bool {
        self != Self::UNKNOWN
    }

    pub(crate) fn analysis(self) -> Analysis {
        Analysis::for_tag(self.code())
    }

    /// A number of its own, for keys of words.
    pub(crate) fn number(self) -> u64 {
        u64::from(u32::from_be_bytes([0, self.0[0], self.0[1], self.0[2]]))
    }
}

/// What the words of a text say about its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Guess {
    /// No doubt.
    Sure(Lang),
    /// One of those written in its script, the likeliest first.
    OneOf(Vec<Lang>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_two_and_three_letters_are_one_language() {
        for (tag, code) in
            [("eng", "en"), ("en-GB", "en"), ("SLV", "sl"), ("zh_Hans", "zh"), ("ger", "de"), ("sw", "sw"), ("und", ""), ("", "")]
        {
            assert_eq!(Lang::parse(tag).code(), code, "{tag}");
        }
        for bad in ["e", "english", "12", "ру"] {
            assert_eq!(Lang::parse(bad), Lang::UNKNOWN, "{bad}");
        }
    }

    #[test]
    fn a_language_is_guessed_from_enough_words() {
        let sure = |tag| Guess::Sure(Lang::parse(tag));
        assert_eq!(Lang::guess("Землетрясение магнитудой шесть произошло у берегов Японии в понедельник, сообщили власти"), sure("ru"));
        assert_eq!(Lang::guess("The government said on Monday that it would raise the rates again, and the markets fell"), sure("en"));
        assert_eq!(Lang::guess("7.1"), Guess::OneOf(vec![Lang::ENGLISH]));
    }
}
