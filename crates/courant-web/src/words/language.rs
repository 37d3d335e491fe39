//! The languages the interface speaks.

use courant_news::Lang;
use jiff::civil::Weekday;
use unic_langid::LanguageIdentifier;

/// A language of the interface. The order is that of [`UiLanguage::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UiLanguage {
    /// English; what a page speaks when nothing says otherwise.
    #[default]
    English,
    /// Russian.
    Russian,
    /// Japanese.
    Japanese,
    /// Arabic, written from the right.
    Arabic,
}

impl UiLanguage {
    /// All of them, in the order pages offer them.
    pub const ALL: [Self; 4] = [Self::English, Self::Russian, Self::Japanese, Self::Arabic];

    /// The language of a page that shows a story in `lang`: the same if the interface speaks it, else English.
    pub fn of(lang: &Lang) -> Self {
        Self::ALL.into_iter().find(|language| language.tag() == lang.primary()).unwrap_or_default()
    }

    /// Its BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
            Self::Japanese => "ja",
            Self::Arabic => "ar",
        }
    }

    /// HTML's `dir`.
    pub const fn dir(self) -> &'static str {
        match self {
            Self::Arabic => "rtl",
            Self::English | Self::Russian | Self::Japanese => "ltr",
        }
    }

    /// Its name in itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Russian => "Русский",
            Self::Japanese => "日本語",
            Self::Arabic => "العربية",
        }
    }

    /// The locale of Open Graph.
    pub const fn open_graph(self) -> &'static str {
        match self {
            Self::English => "en_GB",
            Self::Russian => "ru_RU",
            Self::Japanese => "ja_JP",
            Self::Arabic => "ar_AR",
        }
    }

    /// The day a calendar's week begins with (CLDR weekData, `firstDay`): for English that of Britain, whose dates and spelling
    /// the interface uses; for Arabic that of Egypt, the likely region of the language.
    pub const fn first_weekday(self) -> Weekday {
        match self {
            Self::English | Self::Russian => Weekday::Monday,
            Self::Japanese => Weekday::Sunday,
            Self::Arabic => Weekday::Saturday,
        }
    }

    pub(super) const fn catalogue(self) -> &'static str {
        match self {
            Self::English => include_str!("../../locales/en.ftl"),
            Self::Russian => include_str!("../../locales/ru.ftl"),
            Self::Japanese => include_str!("../../locales/ja.ftl"),
            Self::Arabic => include_str!("../../locales/ar.ftl"),
        }
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        self.tag().parse().expect("the four tags are well-formed language identifiers")
    }

    /// The cardinal plural categories of the language (CLDR) with a whole number of each. `other` is the last.
    pub(super) const fn plural_examples(self) -> &'static [(&'static str, u64)] {
        match self {
            Self::English => &[("one", 1), ("other", 2)],
            // Whole numbers never take `other` in Russian; fractions do. 5 stands in, so that the form reads well.
            Self::Russian => &[("one", 1), ("few", 2), ("many", 5), ("other", 5)],
            Self::Japanese => &[("other", 1)],
            Self::Arabic => &[("zero", 0), ("one", 1), ("two", 2), ("few", 3), ("many", 11), ("other", 100)],
        }
    }

    /// A number with the same plural form that Fluent finds right. Its rules of Arabic look at the whole number where those of the CLDR
    /// look at what is left of it after the hundreds: 103 goes as 3 does.
    pub(super) const fn plural_operand(self, n: u64) -> u64 {
        match (self, n % 100) {
            (Self::Arabic, 0..=2) if 100 <= n => 100,
            (Self::Arabic, rest) => rest,
            (Self::English | Self::Russian | Self::Japanese, _) => n,
        }
    }
}
