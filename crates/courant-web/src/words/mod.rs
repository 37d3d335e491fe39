//! What the site says to a reader: messages, plural forms, numbers, dates and zones in the languages of the interface.
//!
//! Every word a reader sees that is not a story's own comes from a Fluent catalogue under `locales/`. The four
//! catalogues hold the same messages with the same arguments; a test compares them, and checks that each plural
//! selector answers for every category its language has (CLDR).

pub mod dates;
mod language;
mod money;
pub(crate) mod reading;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

pub use language::UiLanguage;

/// The catalogue of one interface language, ready to speak. There is one of each for the life of the process.
pub struct Words {
    /// The language it speaks.
    pub language: UiLanguage,
    /// Messages without arguments, resolved once, since every page says a few dozen of them.
    fixed: HashMap<Box<str>, Box<str>>,
    bundle: FluentBundle<FluentResource>,
}

/// An argument of a message.
pub enum Arg<'a> {
    /// A count: chooses the plural form as `$n`, and is printed as `$shown`.
    Count(u64),
    /// Words, put in as they are.
    Text(&'a str),
}

static CATALOGUES: LazyLock<[Words; UiLanguage::ALL.len()]> = LazyLock::new(|| UiLanguage::ALL.map(Words::load));

impl Words {
    /// The words of `language`. The first call reads all four catalogues (a few milliseconds).
    pub fn of(language: UiLanguage) -> &'static Self {
        &CATALOGUES[language as usize]
    }

    /// A message that takes no argument. A name that no catalogue has is answered with the name itself; a test reads the
    /// templates and the code for such names, so that readers never see one.
    pub fn t<'a>(&'a self, name: &'a str) -> &'a str {
        self.fixed.get(name).map_or(name, |text| text)
    }

    /// A message with arguments, by name. `Arg::Count` under the name `n` also gives `$shown`, the number as printed.
    pub fn say(&self, name: &str, given: &[(&'static str, Arg<'_>)]) -> String {
        let mut args = FluentArgs::new();
        for (key, arg) in given {
            match arg {
                Arg::Count(n) => {
                    // Plural rules look at the number; what is printed is grouped by this language's house style.
                    args.set(*key, FluentValue::from(self.language.plural_operand(*n)));
                    args.set("shown", FluentValue::from(self.number(*n)));
                }
                Arg::Text(text) => args.set(*key, FluentValue::from(Cow::Borrowed(*text))),
            }
        }
        self.format(name, Some(&args)).unwrap_or_else(|| name.to_owned())
    }

    /// A message that takes one count.
    pub fn count(&self, name: &str, n: u64) -> String {
        self.say(name, &[("n", Arg::Count(n))])
    }

    /// A message that takes one text under `key`.
    pub fn with(&self, name: &str, key: &'static str, text: &str) -> String {
        self.say(name, &[(key, Arg::Text(text))])
    }

    /// A whole number as printed: `12,345`, `12 345` with no-break spaces in Russian. Digits are 0 to 9 in every language.
    pub fn number(&self, n: u64) -> String {
        let digits = n.to_string();
        let separator = match self.language {
            UiLanguage::Russian => '\u{a0}',
            UiLanguage::English | UiLanguage::Japanese | UiLanguage::Arabic => ',',
        };
        let mut printed = String::with_capacity(digits.len() + digits.len() / 3 * 2);
        for (idx, digit) in digits.chars().enumerate() {
            if idx != 0 && (digits.len() - idx).is_multiple_of(3) {
                printed.push(separator);
            }
            printed.push(digit);
        }
        printed
    }

    /// A number with one digit after the mark, with the mark of this language.
    pub fn decimal(&self, number: f64) -> String {
        let printed = format!("{number:.1}");
        match self.language {
            UiLanguage::Russian => printed.replace('.', ","),
            UiLanguage::English | UiLanguage::Japanese | UiLanguage::Arabic => printed,
        }
    }

    /// The name of a section in this language: from the catalogue when it is one a service usually has, else its slug
    /// with hyphens as spaces and a capital.
    pub fn section<'a>(&'a self, slug: &'a str) -> Cow<'a, str> {
        if let Some(name) = self.fixed.get(format!("section-{slug}").as_str()) {
            return Cow::Borrowed(name);
        }
        let mut letters = slug.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
        Cow::Owned(first + &letters.as_str().replace('-', " "))
    }

    /// The name of a language in this language: from the catalogue when it is one that news is often in, else its tag.
    pub fn language_name<'a>(&'a self, lang: &'a courant_news::Lang) -> Cow<'a, str> {
        let name = self.fixed.get(format!("language-{}", lang.primary()).as_str());
        Cow::Borrowed(name.map_or(lang.as_str(), |name| name))
    }

    /// The name of an urgency with one of its own: 1 flash, 2 bulletin, 3 urgent.
    pub fn urgency(&self, number: u8) -> Option<&str> {
        match number {
            1 => Some(self.t("flash")),
            2 => Some(self.t("bulletin")),
            3 => Some(self.t("urgent")),
            _ => None,
        }
    }

    /// The plural forms of a message that takes one count, as `[(category, text with {n} for the number)]` in the order
    /// zero, one, two, few, many, other; only those the language has. For a script that counts on the page itself.
    pub fn plural_forms(&self, name: &str) -> Vec<(&'static str, String)> {
        self.language
            .plural_examples()
            .iter()
            .map(|(category, example)| {
                let mut args = FluentArgs::new();
                args.set("n", FluentValue::from(*example));
                args.set("shown", FluentValue::from("{n}"));
                (*category, self.format(name, Some(&args)).unwrap_or_default())
            })
            .collect()
    }

    fn format(&self, name: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(name)?.value()?;
        let mut errors = Vec::new();
        Some(self.bundle.format_pattern(pattern, args, &mut errors).into_owned())
    }

    fn load(language: UiLanguage) -> Self {
        let resource = FluentResource::try_new(language.catalogue().to_owned());
        let resource = resource.unwrap_or_else(|(resource, _)| resource); // A test refuses a catalogue with errors.
        let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
        // Directions are isolated by the page's own markup (bdi, dir); the marks would also reach titles and attributes.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        let mut words = Self { language, fixed: HashMap::new(), bundle };
        for name in message_names(language.catalogue()) {
            let mut errors = Vec::new();
            let pattern = words.bundle.get_message(name).and_then(|message| message.value());
            let Some(pattern) = pattern else { continue };
            let text = words.bundle.format_pattern(pattern, None, &mut errors).into_owned();
            if errors.is_empty() {
                words.fixed.insert(name.into(), text.into());
            }
        }
        words
    }
}

/// The names of a catalogue's messages, in its order: what stands before ` = ` at the start of a line.
fn message_names(catalogue: &str) -> impl Iterator<Item = &str> {
    let starts_message = |line: &&str| line.starts_with(|first: char| first.is_ascii_lowercase());
    catalogue.lines().filter(starts_message).filter_map(|line| line.split_once(" = ").map(|(name, _)| name))
}

#[cfg(test)]
mod cldr_tests;
#[cfg(test)]
mod tests;
