//! Reading one amount: a number with its magnitude and the currency beside it.

use std::ops::Range;

use courant_news::CurrencyCode;

use super::family::{Country, Family};
use super::magnitude;
use super::names::{self, Meaning};
use super::number::{Numeral, Shape};
use super::phrase;
use super::printed::Printed;
use super::resolve::{Context, Reason, resolve};

/// On which side of the number the currency stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// An amount as read.
#[derive(Clone, Debug)]
pub(super) struct Amount {
    pub(super) bytes: Range<usize>,
    /// The number without its magnitude.
    pub(super) number: Printed,
    /// What it comes to in units of the currency.
    pub(super) value: Printed,
    /// The power of ten of its magnitude.
    pub(super) power: i32,
    /// -2 for cents.
    pub(super) unit_power: i32,
    pub(super) shape: Shape,
    pub(super) side: Side,
    pub(super) currency: Result<(CurrencyCode, Reason), Vec<CurrencyCode>>,
}

impl Amount {
    /// It takes its currency from another amount.
    pub(super) fn imply(&mut self, reason: Reason) {
        if let Ok((_, own)) = &mut self.currency {
            *own = reason;
        }
    }
}

/// The amount that `numeral` is the number of, when a currency stands with it.
pub(super) fn amount_at(text: &str, numeral: &Numeral, context: &Context) -> Option<Amount> {
    let (power, magnitude_len) = magnitude::at_head(&text[numeral.bytes.end..], &context.lang);
    if numeral.is_side_of_quote || (numeral.shape == Shape::Article && power == 0) {
        return None;
    }
    let number_end = numeral.bytes.end + magnitude_len;
    let named = currency_after(text, number_end, context);
    let signed = currency_before(text, numeral.bytes.start);
    // Letters directly before a number make it part of a name, unless they are the currency.
    let found = match (named, signed) {
        (_, None) if numeral.is_attached => return None,
        (None, None) => return None,
        // `$5 million USD`: the code says which dollar.
        (Some(after), Some((_, start))) if matches!(after.meaning, Meaning::One(..)) => Beside { start, side: Side::Before, ..after },
        (_, Some((meaning, start))) => Beside { meaning, owner: None, start, end: number_end, side: Side::Before },
        (Some(after), None) => Beside { start: numeral.bytes.start, ..after },
    };
    let unit_power = match found.meaning {
        Meaning::One(_, power) | Meaning::Shared(_, power) => power,
    };
    Some(Amount {
        bytes: found.start..found.end,
        number: numeral.value,
        value: numeral.value.moved(power + unit_power)?,
        power,
        unit_power,
        shape: numeral.shape,
        side: found.side,
        currency: resolve(found.meaning, found.owner, context),
    })
}

/// `trillion dollar` in *a trillion dollar budget* after a word that is no number: one of it.
pub(super) fn bare_magnitude_at(text: &str, start: usize, context: &Context) -> Option<Amount> {
    let is_word = !text[..start].ends_with(|before: char| before.is_alphanumeric() || matches!(before, '-' | '.' | ','));
    let (power, len) = magnitude::one_at_head(&text[start..], &context.lang).filter(|&(power, len)| is_word && 6 <= power && 6 <= len)?;
    let last = text[..start].split_whitespace().next_back().unwrap_or_default().to_lowercase();
    if VAGUE.contains(&last.as_str()) || last.ends_with(|letter: char| letter.is_ascii_digit()) || text[..start + len].ends_with('s') {
        return None;
    }
    let found = currency_after(text, start + len, context)?;
    Some(Amount {
        bytes: start..found.end,
        number: Printed::ONE,
        value: Printed::ONE.moved(power)?,
        power,
        unit_power: 0,
        shape: Shape::Word,
        side: Side::After,
        currency: resolve(found.meaning, found.owner, context),
    })
}

/// What makes a magnitude an unknown number of them.
const VAGUE: [&str; 8] = ["multi", "several", "few", "many", "some", "hundred", "thousand", "per"];

/// A currency beside a number, and how far the amount reaches.
struct Beside {
    meaning: Meaning,
    owner: Option<Country>,
    start: usize,
    end: usize,
    side: Side,
}

fn currency_after(text: &str, at: usize, context: &Context) -> Option<Beside> {
    if let Some(pence) = attached_pence(text, at, context) {
        return Some(pence);
    }
    let mut here = at + phrase::gap(&text[at..])?;
    // `3 millions d'euros`, `3 millones de dólares`
    for joint in ["d'", "de "] {
        if matches!(&*context.lang, "fr" | "es") && text[here..].to_lowercase().replace('’', "'").starts_with(joint) {
            here += text[here..].char_indices().nth(joint.len()).map_or(0, |(idx, _)| idx);
        }
    }
    let mut owner = None;
    let named = match names::at_head(&text[here..]) {
        Some(named) => named,
        None => {
            let (country, len) = names::owner_at_head(&text[here..])?;
            owner = Some(country);
            here += len + phrase::gap(&text[here + len..])?;
            names::at_head(&text[here..]).filter(|named| !matches!(named.meaning, Meaning::One(..)) || named.len != 3)?
        }
    };
    let mut end = here + named.len;
    // The sign of the next amount, as in `5 $10 bills`, and `500 dollar-denominated bonds` are no amounts.
    if text[end..].starts_with(|next: char| next.is_ascii_digit()) || text[end..].starts_with("-denominated") {
        return None;
    }
    if owner.is_none()
        && &*context.lang != "en"
        && let Some((country, len)) = phrase::gap(&text[end..]).and_then(|gap| {
            let (country, len) = names::owner_at_head(&text[end + gap..])?;
            Some((country, gap + len))
        })
    {
        owner = Some(country);
        end += len;
    }
    Some(Beside { meaning: named.meaning, owner, start: at, end, side: Side::After })
}

/// `499p`: only directly after digits, and only where pence are counted.
fn attached_pence(text: &str, at: usize, context: &Context) -> Option<Beside> {
    let counts_pence = context.filed_from.is_some_and(|country| matches!(country.as_str(), "GB" | "IE"));
    let is_whole = text[at..].starts_with('p') && !text[at + 1..].starts_with(char::is_alphanumeric);
    let follows_digit = text[..at].ends_with(|before: char| before.is_ascii_digit());
    (counts_pence && is_whole && follows_digit).then_some(Beside {
        meaning: Meaning::Shared(Family::Pence, -2),
        owner: None,
        start: at,
        end: at + 1,
        side: Side::After,
    })
}

fn currency_before(text: &str, number_start: usize) -> Option<(Meaning, usize)> {
    let before = &text[..number_start];
    let trimmed = before.strip_suffix([' ', '\u{a0}', '\u{202f}']).unwrap_or(before);
    let named = names::at_tail(trimmed)?;
    Some((named.meaning, trimmed.len() - named.len))
}
