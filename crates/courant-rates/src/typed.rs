//! Amounts as people type them: `1,234.56`, `1 234,56`, `١٬٢٣٤٫٥٦`.

use crate::Decimal;

/// The longest text that is looked at, in characters.
const CHARS_MAX: usize = 100;
/// How much of an offending text a message repeats, in characters.
const SHOWN_CHARS_MAX: usize = 60;
/// Digits of one group of thousands.
const GROUP: usize = 3;

/// Which sign a single one of `.` and `,` is when three digits follow, as in `1,234`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// A point before the fraction, commas between thousands: English, Japanese, Arabic.
    Point,
    /// A comma before the fraction: Russian.
    Comma,
}

/// An amount as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The number.
    pub amount: Decimal,
    /// The number it would be by the other habit, where the text can mean either.
    pub otherwise: Option<Decimal>,
}

/// Why what was typed is no amount. The message is shown as it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAmount {
    /// Nothing was typed.
    #[error("amount “” is empty; give a number such as 1234.56")]
    Empty,
    /// It cannot be read.
    #[error("amount “{typed}” is not a number; write it like 1234.56, 1,234.56 or 1 234,56")]
    Unreadable {
        /// What was typed, shortened.
        typed: String,
    },
    /// It is below zero.
    #[error("amount “{typed}” is below zero; give it without the sign and turn the currencies round")]
    Negative {
        /// What was typed, shortened.
        typed: String,
    },
    /// It has too many digits.
    #[error("amount “{typed}” has more than {} digits; give at most {} digits", Decimal::DIGITS_MAX, Decimal::DIGITS_MAX)]
    TooLong {
        /// What was typed, shortened.
        typed: String,
    },
}

/// Reads what was typed. Digits of any script that people type amounts in; spaces, apostrophes, points and commas between thousands.
///
/// # Errors
/// [`BadAmount`] when it is no amount, is below zero, or has more than [`Decimal::DIGITS_MAX`] digits.
pub fn read(typed: &str, habit: Habit) -> Result<Typed, BadAmount> {
    if CHARS_MAX < typed.chars().count() {
        return Err(BadAmount::TooLong { typed: shortened(typed) });
    }
    let unreadable = || BadAmount::Unreadable { typed: shortened(typed) };
    let text: String = typed.trim().chars().map(plain).collect::<Option<_>>().ok_or_else(unreadable)?;
    if text.is_empty() {
        return Err(BadAmount::Empty);
    }
    if text.starts_with('-') {
        return Err(BadAmount::Negative { typed: shortened(typed) });
    }
    let text = text.strip_prefix('+').unwrap_or(&text);
    let reading = |point| number(text, point).ok_or_else(unreadable);
    match point_of(text) {
        Point::At(at) => Ok(Typed { amount: decimal(&reading(Some(at))?, typed)?, otherwise: None }),
        Point::Nowhere => Ok(Typed { amount: decimal(&reading(None)?, typed)?, otherwise: None }),
        Point::Either(at) => {
            let is_fraction = match habit {
                Habit::Point => text[at..].starts_with('.'),
                Habit::Comma => true,
            };
            let (amount, other) = (Some(at), None);
            let (amount, other) = if is_fraction { (amount, other) } else { (other, amount) };
            let otherwise = number(text, other).and_then(|text| decimal(&text, typed).ok());
            Ok(Typed { amount: decimal(&reading(amount)?, typed)?, otherwise })
        }
    }
}

/// Where the fraction begins.
enum Point {
    At(usize),
    Nowhere,
    /// It is the only sign, with three digits after it: a fraction or a group.
    Either(usize),
}

fn point_of(text: &str) -> Point {
    if let Some(at) = text.find('٫') {
        return Point::At(at);
    }
    let signs: Vec<(usize, char)> = text.char_indices().filter(|(_, letter)| matches!(letter, '.' | ',')).collect();
    let Some((last, sign)) = signs.last().copied() else {
        return Point::Nowhere;
    };
    let n_same = signs.iter().filter(|(_, other)| *other == sign).count();
    if n_same < signs.len() {
        return Point::At(last);
    }
    if 1 < n_same {
        return Point::Nowhere;
    }
    let (before, after) = (&text[..last], &text[last + 1..]);
    let could_be_group = after.len() == GROUP && (1..=GROUP).contains(&before.len()) && !before.starts_with('0') && !before.contains(' ');
    if could_be_group { Point::Either(last) } else { Point::At(last) }
}

/// The digits with a point before the fraction; `None` when groups are not of three digits or anything else is in the way.
fn number(text: &str, point: Option<usize>) -> Option<String> {
    let (whole, fraction) = match point {
        Some(at) => (&text[..at], &text[at..].chars().as_str()[text[at..].chars().next()?.len_utf8()..]),
        None => (text, "0"),
    };
    if !is_digits(fraction) {
        return None;
    }
    let groups: Vec<&str> = whole.split([' ', '\'', ',', '.', '٬']).collect();
    let grouped = groups.len() == 1 || (groups[0].len() <= GROUP && groups[1..].iter().all(|group| group.len() == GROUP));
    let one_sign = {
        let mut signs = whole.chars().filter(|letter| !letter.is_ascii_digit());
        let first = signs.next();
        signs.all(|sign| Some(sign) == first)
    };
    if !grouped || !one_sign || !groups.iter().all(|group| is_digits(group)) {
        return None;
    }
    let whole = groups.concat();
    Some(if point.is_some() { format!("{whole}.{fraction}") } else { whole })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn decimal(text: &str, typed: &str) -> Result<Decimal, BadAmount> {
    Decimal::parse(text).map_err(|_| BadAmount::TooLong { typed: shortened(typed) })
}

fn shortened(typed: &str) -> String {
    let mut shown: String = typed.chars().take(SHOWN_CHARS_MAX).collect();
    if shown.len() < typed.len() {
        shown.push('…');
    }
    shown
}

/// A digit of any script as ASCII, a sign as its plain form; `None` for anything that no amount has.
fn plain(letter: char) -> Option<char> {
    let digit = |zero: u32| char::from_digit(u32::from(letter).wrapping_sub(zero), 10);
    match letter {
        '0'..='9' | '.' | ',' | '-' | '+' | '٫' | '٬' => Some(letter),
        ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' => Some(' '),
        '\'' | '’' | '`' => Some('\''),
        '−' | '–' => Some('-'),
        '٠'..='٩' => digit(0x660),
        '۰'..='۹' => digit(0x6f0),
        '०'..='९' => digit(0x966),
        '０'..='９' => digit(0xff10),
        '．' => Some('.'),
        '，' | '、' | '،' => Some(','),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(typed: &str, habit: Habit) -> String {
        match read(typed, habit) {
            Ok(Typed { amount, otherwise: None }) => amount.to_string(),
            Ok(Typed { amount, otherwise: Some(other) }) => format!("{amount} or {other}"),
            Err(refused) => refused.to_string(),
        }
    }

    #[test]
    fn rule_15_amounts_are_read_as_people_type_them() {
        for (typed, english, russian) in [
            ("100", "100", "100"),
            ("1,234.56", "1234.56", "1234.56"),
            ("1.234,56", "1234.56", "1234.56"),
            ("1 234,56", "1234.56", "1234.56"),
            ("1\u{202f}234\u{a0}567,8", "1234567.8", "1234567.8"),
            ("1,234,567", "1234567", "1234567"),
            ("1.234.567", "1234567", "1234567"),
            ("12,5", "12.5", "12.5"),
            ("0,125", "0.125", "0.125"),
            ("1,234", "1234 or 1.234", "1.234 or 1234"),
            ("1.234", "1.234 or 1234", "1.234 or 1234"),
            ("1’234.5", "1234.5", "1234.5"),
            ("١٬٢٣٤٫٥٦", "1234.56", "1234.56"),
            ("١٢٣٤", "1234", "1234"),
            ("۱۲۳", "123", "123"),
            ("１，２３４．５", "1234.5", "1234.5"),
            ("+5", "5", "5"),
        ] {
            assert_eq!(said(typed, Habit::Point), english, "{typed}");
            assert_eq!(said(typed, Habit::Comma), russian, "{typed}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_with_the_remedy() {
        for typed in ["", "ten", "1,23,456.0", "12 34", "1,234 567", "1.2.3,4,5", ".", ",5", "5.", "1e5", "0x10", "1,234.56.7"] {
            let refused = said(typed, Habit::Point);
            assert!(
                refused.starts_with("amount") && (refused.contains("write it like") || refused.contains("give a number")),
                "{typed}: {refused}"
            );
        }
        assert!(said("-5", Habit::Point).contains("below zero"));
        assert!(said("−5", Habit::Point).contains("below zero"));
        assert!(said(&"9".repeat(400), Habit::Point).contains("at most 40 digits"));
        assert!(said(&"9".repeat(50), Habit::Point).contains("more than 40 digits"));
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_is_typed_breaks_the_reader(typed in "\\PC{0,120}") {
            let _ = read(&typed, Habit::Point);
            let _ = read(&typed, Habit::Comma);
        }
    }
}
