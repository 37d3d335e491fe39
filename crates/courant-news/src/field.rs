//! The sentence that refuses bad input.

use std::fmt;

/// A value that cannot be what its field asks for.
///
/// The message names the field, the value (shortened to [`FieldError::SHOWN_CHARS_MAX`] characters), what is wrong
/// with it and the remedy, so that an editor or an operator can act on it as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field, in the newsroom's word: `headline`, `urgency`.
    pub field: &'static str,
    /// What was given, shortened for display.
    pub value: String,
    /// What is wrong and what to do: `is empty; give at least one word`.
    pub problem: String,
}

impl FieldError {
    /// How much of an offending value a message repeats.
    pub const SHOWN_CHARS_MAX: usize = 60;

    /// An error for `field`, whose `value` has this `problem`.
    pub fn new(field: &'static str, value: &str, problem: impl Into<String>) -> Self {
        let mut shown: String = value.chars().take(Self::SHOWN_CHARS_MAX).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        Self { field, value: shown, problem: problem.into() }
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} “{}” {}", self.field, self.value.escape_debug(), self.problem)
    }
}

impl std::error::Error for FieldError {}

/// Trims `typed` and checks what holds for every line of text: not empty, no longer than `chars_max` characters, no
/// control characters. Runs of white space become one space.
pub(crate) fn line(field: &'static str, typed: &str, chars_max: usize) -> Result<Box<str>, FieldError> {
    let mut text = String::with_capacity(typed.len());
    for word in typed.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    if text.is_empty() {
        return Err(FieldError::new(field, typed, "is empty; give at least one word"));
    }
    if let Some(found) = text.chars().find(|letter| letter.is_control()) {
        let problem = format!("holds the control character U+{:04X}; remove it", u32::from(found));
        return Err(FieldError::new(field, typed, problem));
    }
    let n_chars = if text.len() <= chars_max { 0 } else { text.chars().count() };
    if chars_max < n_chars {
        let problem = format!("has {n_chars} characters, and at most {chars_max} are allowed; shorten it");
        return Err(FieldError::new(field, typed, problem));
    }
    Ok(text.into())
}

/// Declares a newtype over one checked line of text.
macro_rules! line_type {
    ($(#[$doc:meta])* $name:ident, $field:literal, $chars_max:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The most characters it may have.
            pub const CHARS_MAX: usize = $chars_max;

            /// Parses what was typed: outer and repeated white space is dropped.
            ///
            /// # Errors
            /// A [`FieldError`](crate::FieldError) when it is empty, too long or holds control characters.
            pub fn parse(typed: &str) -> Result<Self, crate::FieldError> {
                crate::field::line($field, typed, Self::CHARS_MAX).map(Self)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(crate) use line_type;
