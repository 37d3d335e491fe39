//! The languages with an analysis of their own.

use frostem::Algorithm;

/// How the texts of one language are analysed. [`Analysis::Neutral`] serves every language not
/// listed: words are cut and folded, not stemmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Analysis {
    /// Any other language, and texts that do not say theirs.
    Neutral,
    /// Arabic.
    Arabic,
    /// Catalan.
    Catalan,
    /// Czech.
    Czech,
    /// Danish.
    Danish,
    /// German.
    German,
    /// Greek.
    Greek,
    /// English.
    English,
    /// Spanish.
    Spanish,
    /// Estonian.
    Estonian,
    /// Persian.
    Persian,
    /// Finnish.
    Finnish,
    /// French.
    French,
    /// Hindi.
    Hindi,
    /// Hungarian.
    Hungarian,
    /// Indonesian.
    Indonesian,
    /// Italian.
    Italian,
    /// Japanese.
    Japanese,
    /// Lithuanian.
    Lithuanian,
    /// Dutch.
    Dutch,
    /// Norwegian.
    Norwegian,
    /// Polish.
    Polish,
    /// Portuguese.
    Portuguese,
    /// Romanian.
    Romanian,
    /// Russian.
    Russian,
    /// Swedish.
    Swedish,
    /// Turkish.
    Turkish,
    /// Chinese.
    Chinese,
}

impl Analysis {
    /// Every analysis, the neutral one first.
    pub const ALL: [Self; 28] = [
        Self::Neutral,
        Self::Arabic,
        Self::Catalan,
        Self::Czech,
        Self::Danish,
        Self::German,
        Self::Greek,
        Self::English,
        Self::Spanish,
        Self::Estonian,
        Self::Persian,
        Self::Finnish,
        Self::French,
        Self::Hindi,
        Self::Hungarian,
        Self::Indonesian,
        Self::Italian,
        Self::Japanese,
        Self::Lithuanian,
        Self::Dutch,
        Self::Norwegian,
        Self::Polish,
        Self::Portuguese,
        Self::Romanian,
        Self::Russian,
        Self::Swedish,
        Self::Turkish,
        Self::Chinese,
    ];

    /// The analysis for a BCP 47 tag; only its primary language counts.
    pub fn for_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let is = |code: &str| primary.eq_ignore_ascii_case(code);
        let known = |analysis: &&Self| analysis.codes().iter().any(|code| is(code));
        Self::ALL.iter().find(known).copied().unwrap_or(Self::Neutral)
    }

    /// The primary language subtags served.
    fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Neutral => &[],
            Self::Arabic => &["ar"],
            Self::Catalan => &["ca"],
            Self::Czech => &["cs"],
            Self::Danish => &["da"],
            Self::German => &["de"],
            Self::Greek => &["el"],
            Self::English => &["en"],
            Self::Spanish => &["es"],
            Self::Estonian => &["et"],
            Self::Persian => &["fa"],
            Self::Finnish => &["fi"],
            Self::French => &["fr"],
            Self::Hindi => &["hi"],
            Self::Hungarian => &["hu"],
            Self::Indonesian => &["id"],
            Self::Italian => &["it"],
            Self::Japanese => &["ja"],
            Self::Lithuanian => &["lt"],
            Self::Dutch => &["nl"],
            Self::Norwegian => &["no", "nb", "nn"],
            Self::Polish => &["pl"],
            Self::Portuguese => &["pt"],
            Self::Romanian => &["ro"],
            Self::Russian => &["ru"],
            Self::Swedish => &["sv"],
            Self::Turkish => &["tr"],
            Self::Chinese => &["zh"],
        }
    }

    pub(super) fn algorithm(self) -> Option<Algorithm> {
        Some(match self {
            Self::Neutral | Self::Japanese | Self::Chinese => return None,
            Self::Arabic => Algorithm::Arabic,
            Self::Catalan => Algorithm::Catalan,
            Self::Czech => Algorithm::Czech,
            Self::Danish => Algorithm::Danish,
            Self::German => Algorithm::German,
            Self::Greek => Algorithm::Greek,
            Self::English => Algorithm::English,
            Self::Spanish => Algorithm::Spanish,
            Self::Estonian => Algorithm::Estonian,
            Self::Persian => Algorithm::Persian,
            Self::Finnish => Algorithm::Finnish,
            Self::French => Algorithm::French,
            Self::Hindi => Algorithm::Hindi,
            Self::Hungarian => Algorithm::Hungarian,
            Self::Indonesian => Algorithm::Indonesian,
            Self::Italian => Algorithm::Italian,
            Self::Lithuanian => Algorithm::Lithuanian,
            Self::Dutch => Algorithm::Dutch,
            Self::Norwegian => Algorithm::Norwegian,
            Self::Polish => Algorithm::Polish,
            Self::Portuguese => Algorithm::Portuguese,
            Self::Romanian => Algorithm::Romanian,
            Self::Russian => Algorithm::Russian,
            Self::Swedish => Algorithm::Swedish,
            Self::Turkish => Algorithm::Turkish,
        })
    }

    pub(crate) fn number(self) -> u8 {
        self as u8
    }

    /// The character that opens every term of this language in the index, so that one field
    /// holds all languages and a German "die" is never an English one.
    pub(crate) fn mark(self) -> char {
        char::from(b'A' + self.number())
    }

    pub(crate) fn from_mark(mark: char) -> Option<Self> {
        let number = u8::try_from(mark).ok()?.checked_sub(b'A')?;
        Self::ALL.get(usize::from(number)).copied()
    }
}
