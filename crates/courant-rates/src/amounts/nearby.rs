//! Amounts whose currency stands with another: the other end of a range, and what an amount is compared with.

use super::magnitude;
use super::number::{Numeral, Shape};
use super::phrase;
use super::read::{Amount, Side};
use super::resolve::Reason;

/// How many bytes may lie between an amount and one that is compared with it.
const COMPARED_BYTES_MAX: usize = 240;
/// How many words may stand between `from` and its number: `from a budgeted`, `against a net outflow of`.
const FILLER_WORDS_MAX: usize = 4;

/// What joins the two ends of a range, in lower case.
const RANGE_JOINTS: &str = "- – — ~ ～ 〜 to and or bis und oder à et ou a y o до и или から 至 到 إلى و";
/// Those of them that may join a number written as a word: *one and* begins another thought, *one to* does not.
const RANGE_JOINTS_OF_WORDS: &str = "- – to bis à a до";
/// What says that a number is compared with an amount before it. Only English copy leaves the currency out there.
const COMPARES: &str = "from to vs vs. versus against with than and or at";
/// Those of them after which a number without a magnitude counts too.
const COMPARES_PLAIN: &str = "from vs vs. versus against";
/// Those of them that any few words may follow before the number comes.
const COMPARES_WIDELY: &str = "from against with than";
/// Words that may stand between any of them and the number.
const FILLERS: &str = "a an the some about around only just nearly almost loss profit peak record of";
/// Words after a number that are not what it counts.
const AFTER_MONEY: &str = "in a an the on at last this for from to by year years previously earlier forecast vs versus and or when while but is was as \
    after before respectively yesterday today per if due which with prior recorded deficit surplus package inflow outflow profit loss gain rise fall \
    increase decrease shortfall budget total";

/// Whether `list` holds `word`.
fn holds(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_whitespace().any(|known| known == word)
}

/// Gives the ends of ranges to `amounts`, which holds one place for each numeral.
pub(super) fn complete_ranges(text: &str, numerals: &[Numeral], lang: &str, amounts: &mut [Option<Amount>]) {
    for second in 1..numerals.len() {
        let first = second - 1;
        let between = &text[numerals[first].bytes.end..numerals[second].bytes.start];
        if amounts[first].is_none() && (numerals[first].is_attached || numerals[first].is_side_of_quote) {
            continue;
        }
        match (&amounts[first], &amounts[second]) {
            // `1.1 billion and 1.25 billion dlrs`, `10 to 15 mln dlrs`
            (None, Some(amount)) if amount.side == Side::After => {
                amounts[first] = lower_end(text, &numerals[first], amount, between, lang);
            }
            // `€5-10 million`: the second number follows the sign of the first.
            (Some(amount), None) if amount.side == Side::Before && joins(between) => {
                let (power, len) = magnitude::at_head(&text[numerals[second].bytes.end..], lang);
                let upper = power != 0 || amount.power == 0;
                if !upper {
                    continue;
                }
                let Some(value) = numerals[second].value.moved(power) else { continue };
                let end = numerals[second].bytes.end + if power == 0 { 0 } else { len };
                let mut upper =
                    Amount { bytes: numerals[second].bytes.start..end, number: numerals[second].value, value, power, ..amount.clone() };
                upper.imply(Reason::Range);
                amounts[second] = Some(upper);
                raise_lower(numerals, amounts, first, second);
            }
            // `$5 to $10 million`
            (Some(_), Some(amount))
                if amount.side == Side::Before && joins(between.trim_end_matches(|sign: char| !sign.is_whitespace())) =>
            {
                raise_lower(numerals, amounts, first, second);
            }
            _ => {}
        }
    }
}

/// The lower end of a range whose magnitude only the upper end names takes it: `5` of `5-10 million` is five million.
fn raise_lower(numerals: &[Numeral], amounts: &mut [Option<Amount>], first: usize, second: usize) {
    let Some(power) = amounts[second].as_ref().map(|upper| upper.power) else { return };
    let is_below = numerals[first].value.is_below(numerals[second].value);
    if let Some(lower) = &mut amounts[first]
        && lower.power == 0
        && power != 0
        && is_below
        && let Some(value) = lower.value.moved(power)
    {
        (lower.value, lower.power) = (value, power);
    }
}

fn lower_end(text: &str, first: &Numeral, upper: &Amount, between: &str, lang: &str) -> Option<Amount> {
    let (own_power, len) = magnitude::at_head(between, lang);
    let joint = if own_power == 0 { between } else { &between[len..] };
    // In `a net of 139,000 or four cts a share` the first number is no cents.
    let is_countable = match first.shape {
        Shape::Grouped => upper.unit_power == 0,
        Shape::Plain | Shape::Scaled => true,
        Shape::Word => holds(RANGE_JOINTS_OF_WORDS, &joint.trim().to_lowercase()),
        Shape::Year | Shape::Article => false,
    };
    if follows_a_month(&text[..first.bytes.start]) || !is_countable || !joins(joint) {
        return None;
    }
    let power = if own_power != 0 { own_power } else { upper.power };
    if own_power == 0 && upper.power != 0 && !first.value.is_below(upper.number) {
        return None;
    }
    let value = first.value.moved(power + upper.unit_power)?;
    let end = first.bytes.end + if own_power == 0 { 0 } else { len };
    let mut lower = Amount { bytes: first.bytes.start..end, number: first.value, value, power, ..upper.clone() };
    lower.imply(Reason::Range);
    Some(lower)
}

/// Gives what is compared with an amount before it in the same sentence.
pub(super) fn complete_comparisons(text: &str, numerals: &[Numeral], lang: &str, amounts: &mut [Option<Amount>]) {
    if lang != "en" {
        return;
    }
    let mut last: Option<Amount> = None;
    for (idx, numeral) in numerals.iter().enumerate() {
        if amounts[idx].is_none()
            && let Some(model) = &last
        {
            amounts[idx] = compared(text, numerals, idx, model, lang);
        }
        if let Some(amount) = &amounts[idx] {
            last = Some(amount.clone());
        } else if let Some(model) = &last
            && COMPARED_BYTES_MAX < numeral.bytes.end.saturating_sub(model.bytes.end)
        {
            last = None;
        }
    }
}

fn compared(text: &str, numerals: &[Numeral], idx: usize, model: &Amount, lang: &str) -> Option<Amount> {
    let numeral = &numerals[idx];
    let between = text.get(model.bytes.end..numeral.bytes.start)?;
    if numeral.is_attached || numeral.is_side_of_quote || numeral.shape == Shape::Article || ends_a_sentence(between) {
        return None;
    }
    let word = comparing_word(between)?;
    let (power, len) = magnitude::at_head(&text[numeral.bytes.end..], lang);
    let end = numeral.bytes.end + len;
    let is_alike = match (power, model.power) {
        (0, 0) => numeral.shape == Shape::Plain || numeral.shape == Shape::Grouped,
        (0, _) => numeral.shape == Shape::Grouped,
        (_, 0) => model.unit_power == 0 && Shape::Grouped == model.shape,
        (_, _) => true,
    };
    let word_allows = power != 0 || holds(COMPARES_PLAIN, &word);
    if !is_alike || !word_allows || !is_followed_as_money(&text[end..]) || is_compared_with_another(text, numerals, idx, model) {
        return None;
    }
    // `31 cts a share, vs 271,000`: nobody counts thousands of cents.
    let unit_power = if power == 0 && numeral.shape != Shape::Grouped { model.unit_power } else { 0 };
    let value = numeral.value.moved(power + unit_power)?;
    let mut amount =
        Amount { bytes: numeral.bytes.start..end, number: numeral.value, value, power, unit_power, shape: numeral.shape, ..model.clone() };
    amount.imply(Reason::Compared);
    Some(amount)
}

/// In `Net 807,000 vs 2,858,000` the second number is compared with the first, whatever amount stands before them.
fn is_compared_with_another(text: &str, numerals: &[Numeral], idx: usize, model: &Amount) -> bool {
    let Some(before) = idx.checked_sub(1).map(|before| &numerals[before]) else { return false };
    if before.bytes.end <= model.bytes.end || before.shape == Shape::Year || text[..before.bytes.start].ends_with('/') {
        return false;
    }
    let between = &text[before.bytes.end..numerals[idx].bytes.start];
    let (_, len) = magnitude::at_head(between, "en");
    holds(COMPARES, &between[len..].trim().to_lowercase())
}

/// The comparing word before a number, with at most a few others between.
fn comparing_word(between: &str) -> Option<String> {
    let mut are_fillers = true;
    for word in between.split_whitespace().rev().take(FILLER_WORDS_MAX + 1) {
        let plain = word.trim_start_matches(['(', '"']).to_lowercase();
        if holds(COMPARES, &plain) {
            return (are_fillers || holds(COMPARES_WIDELY, &plain)).then_some(plain);
        }
        if !plain.chars().all(char::is_alphabetic) {
            return None;
        }
        are_fillers &= holds(FILLERS, &plain) || plain.ends_with("ed");
    }
    None
}

fn is_followed_as_money(rest: &str) -> bool {
    let Some(gap) = phrase::gap(rest) else { return true };
    let after = &rest[gap..];
    if after.is_empty() || after.starts_with([',', '.', ';', ':', ')', '"', '-', '\u{3}']) && !rest.starts_with('-') {
        return true;
    }
    let word: String = after.chars().take_while(|letter| letter.is_alphanumeric()).collect();
    gap != 0 && (holds(AFTER_MONEY, &word.to_lowercase()) || after.starts_with(['(', '-']))
}

/// A full stop before a capital, or the indent of a new paragraph.
pub(super) fn ends_a_sentence(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(['.', '!', '?', '\n']) {
        let sign = rest.as_bytes()[at];
        let word = rest[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
        rest = &rest[at + 1..];
        let after = rest.trim_start();
        let n_spaces = rest.len() - after.len();
        let is_abbreviation = word.contains('.') || (1..=2).contains(&word.len());
        let is_stop =
            sign != b'\n' && n_spaces != 0 && !is_abbreviation && after.starts_with(|next: char| next.is_uppercase() || next == '"');
        if is_stop || (sign == b'\n' && 2 <= n_spaces) {
            return true;
        }
    }
    false
}

/// Whether this is nothing but what joins two ends of a range.
fn joins(between: &str) -> bool {
    holds(RANGE_JOINTS, &between.trim().to_lowercase())
}

/// `March 9 to 15 mln dlrs` is no range.
fn follows_a_month(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let word = text.trim_end().rsplit(|letter: char| !letter.is_alphanumeric() && letter != '.').next().unwrap_or_default().to_lowercase();
    text.ends_with(char::is_whitespace) && MONTHS.iter().any(|month| word.starts_with(month))
}
