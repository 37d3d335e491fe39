//! Amounts of money in copy: found, valued and explained, never changed.
//!
//! [`propose`] reads a text and answers proposals; it decides nothing. What to do with them is up to a desk or an import:
//! [`mark`](fn@mark) turns proposals into marked inlines and leaves every byte of the text as it was.
//!
//! An amount is a number with a currency beside it (a code, a sign or a name), the other end of a range with one, or, in
//! English, a number that is compared with an amount earlier in the sentence. Percentages, weights and plain figures are not.
//! A name that several currencies share is resolved for a stated [`Reason`] or left [open](Verdict::Open).

mod mark;
mod read;
mod resolve;
mod shown;

mod nearby;

mod family;
mod magnitude;
mod names;
mod number;
mod phrase;
mod places;
mod printed;

use std::ops::Range;

use courant_news::CurrencyCode;

pub use family::Country;
pub use mark::{InStory, in_story, mark, unmarked};
pub use resolve::{Confidence, Context, Reason};
pub use shown::shown;

use read::Amount;

/// The longest text that is read, in bytes; a longer one gets no proposals.
pub const TEXT_BYTES_MAX: usize = 4 << 20;

/// An amount of money that a text seems to name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Where it stands: number, magnitude and currency.
    pub bytes: Range<usize>,
    /// What it comes to in units of its currency, exactly: `4500000`, `0.25`.
    pub amount: Box<str>,
    /// The power of ten of its magnitude: 6 for a million, 0 for none.
    pub magnitude: i32,
    /// In which currency, or why that cannot be said.
    pub verdict: Verdict,
}

/// The currency of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is this one.
    Known {
        /// Which.
        currency: CurrencyCode,
        /// Why.
        reason: Reason,
    },
    /// Several have that name, and nothing in the story says which.
    Open {
        /// Those it may be.
        candidates: Vec<CurrencyCode>,
    },
}

/// The amounts that `text` names, in order, none inside another. Takes time in proportion to its length.
pub fn propose(text: &str, context: &Context) -> Vec<Proposal> {
    if TEXT_BYTES_MAX < text.len() {
        return Vec::new();
    }
    let numerals = number::numerals(text, &context.lang);
    let mut amounts: Vec<Option<Amount>> = numerals.iter().map(|numeral| read::amount_at(text, numeral, context)).collect();
    nearby::complete_ranges(text, &numerals, &context.lang, &mut amounts);
    nearby::complete_comparisons(text, &numerals, &context.lang, &mut amounts);
    let mut amounts: Vec<Amount> = amounts.into_iter().flatten().filter(|amount| !amount.value.is_zero()).collect();
    amounts.extend(bare_magnitudes(text, context));
    amounts.sort_by_key(|amount| amount.bytes.start);
    let mut proposals: Vec<Proposal> = Vec::with_capacity(amounts.len());
    for amount in amounts {
        if proposals.last().is_none_or(|last| last.bytes.end <= amount.bytes.start) {
            proposals.push(proposal(amount));
        }
    }
    proposals
}

fn proposal(amount: Amount) -> Proposal {
    let verdict = match amount.currency {
        Ok((currency, reason)) => Verdict::Known { currency, reason },
        Err(candidates) => Verdict::Open { candidates },
    };
    Proposal { bytes: amount.bytes, amount: amount.value.to_string().into(), magnitude: amount.power, verdict }
}

fn bare_magnitudes(text: &str, context: &Context) -> Vec<Amount> {
    let starts = text
        .char_indices()
        .filter(|&(at, letter)| letter.is_alphabetic() && !text[..at].chars().next_back().is_some_and(char::is_alphanumeric));
    starts.filter_map(|(at, _)| read::bare_magnitude_at(text, at, context)).collect()
}

#[cfg(test)]
mod tests;
