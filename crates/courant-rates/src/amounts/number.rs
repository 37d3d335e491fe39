//! Numbers in copy: digits of several scripts, grouped and with decimals as the language does it, fractions, small words.

use std::ops::Range;

use super::phrase;
use super::printed::Printed;

/// The most numbers looked at in one text.
const NUMERALS_MAX: usize = 20_000;

/// A number and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numeral {
    pub(super) bytes: Range<usize>,
    pub(super) value: Printed,
    pub(super) shape: Shape,
    /// Letters stand directly before it, as in `US$5`, `EUR5` and `MD11`.
    pub(super) is_attached: bool,
    /// It is one side of a dealing quote, as in `1.8215/25 marks`, or of another pair: a rate, not an amount.
    pub(super) is_side_of_quote: bool,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `1,234,567`
    Grouped,
    /// Four digits that may be a year.
    Year,
    /// Other digits.
    Plain,
    /// With its magnitude inside: `1億2000万`.
    Scaled,
    /// `nine`, `half a`.
    Word,
    /// `a`, which counts only before a magnitude.
    Article,
}

/// Every number of `text`, in order, none inside another.
pub(super) fn numerals(text: &str, lang: &str) -> Vec<Numeral> {
    let style = Style::of(lang);
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = None;
    while let Some(letter) = text[at..].chars().next() {
        let numeral = match digit(letter) {
            Some(_) => digits_at(text, at, style),
            None if letter.is_alphabetic() && !before.is_some_and(char::is_alphanumeric) => word_at(text, at, lang),
            None => None,
        };
        match numeral {
            Some(numeral) => {
                at = numeral.bytes.end;
                before = text[..at].chars().next_back();
                found.push(numeral);
                if found.len() == NUMERALS_MAX {
                    return found;
                }
            }
            // A number that cannot be read is passed over whole: its tail is no number of its own.
            None if digit(letter).is_some() => {
                at += text[at..].find(|letter: char| digit(letter).is_none() && letter != '.' && letter != ',').unwrap_or(text.len() - at);
                before = text[..at].chars().next_back();
            }
            None => {
                at += letter.len_utf8();
                before = Some(letter);
            }
        }
    }
    found
}

/// Which signs group digits and which one begins the decimals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `1,234.56`
    Point,
    /// `1.234,56`, and a space may group too
    Comma,
}

impl Style {
    fn of(lang: &str) -> Self {
        match lang {
            "de" | "fr" | "es" | "ru" | "it" | "pt" | "nl" | "pl" | "cs" | "sv" | "da" | "nb" | "no" | "fi" | "tr" | "uk" | "id" | "el" => {
                Self::Comma
            }
            _ => Self::Point,
        }
    }
}

fn digits_at(text: &str, start: usize, style: Style) -> Option<Numeral> {
    let is_attached = is_attached(&text[..start]);
    let (mut end, value, shape) = printed_number(text, start, style)?;
    let mut numeral = Numeral { bytes: start..end, value, shape, is_attached, is_side_of_quote: false };
    if begins_with_its_point(&text[..start]) {
        // `.125 dlrs`
        numeral.value = value.moved(-i32::try_from(end - start).ok()?)?;
        numeral.bytes.start = start - 1;
        return (shape != Shape::Grouped).then_some(numeral);
    }
    if let Some((fraction, len)) = fraction_at(&text[end..]) {
        numeral.value = value.plus(fraction)?;
        end += len;
    } else if let Some((fraction, len)) = fraction_at(&text[start..]).filter(|_| text[end..].starts_with('/')) {
        (numeral.value, end) = (fraction, start + len);
    }
    if let Some((scaled, len)) = scaled_at(&text[end..], numeral.value, style) {
        (numeral.value, numeral.shape) = (scaled, Shape::Scaled);
        end += len;
    }
    numeral.bytes.end = end;
    let begins_with_digit = |after: &str| after.starts_with(|next| digit(next).is_some());
    let is_second = text[..start].strip_suffix('/').is_some_and(|before| before.ends_with(|last| digit(last).is_some()));
    numeral.is_side_of_quote = is_second || text[end..].strip_prefix('/').is_some_and(begins_with_digit);
    Some(numeral)
}

/// Whether a point stands directly before a number and nothing directly before the point.
fn begins_with_its_point(before: &str) -> bool {
    before.strip_suffix('.').is_some_and(|before| !before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '.'))
}

/// Whether letters make a number part of a name: `MD-11`, `A12`.
fn is_attached(before: &str) -> bool {
    let mut letters = before.chars().rev();
    let (last, one_before) = (letters.next(), letters.next());
    match last {
        // Arabic writes *and*, *by* and *for* as one letter before the word.
        Some('و' | 'ب' | 'ل' | 'ف' | 'ك') => one_before.is_some_and(char::is_alphanumeric),
        Some('-') => one_before.is_some_and(char::is_alphabetic),
        Some(last) => last.is_alphanumeric() && !phrase::is_unparted(last),
        None => false,
    }
}

/// Digits with their separators: where they end, what they mean and how they look.
fn printed_number(text: &str, start: usize, style: Style) -> Option<(usize, Printed, Shape)> {
    let mut runs = vec![String::new()];
    let mut separators = Vec::new();
    let mut at = start;
    while let Some(letter) = text[at..].chars().next() {
        if let Some(digit) = digit(letter) {
            runs.last_mut()?.push(digit);
        } else if is_separator(letter, style) && text[at + letter.len_utf8()..].starts_with(|next| digit(next).is_some()) {
            // A space groups only three digits at a time, so that `2016 500` stays two numbers.
            let n_next = text[at + letter.len_utf8()..].chars().take_while(|&next| digit(next).is_some()).count();
            if letter.is_whitespace() && (n_next != 3 || 3 < runs.last()?.len()) {
                break;
            }
            separators.push(letter);
            runs.push(String::new());
        } else {
            break;
        }
        at += letter.len_utf8();
    }
    let (n_decimals, is_grouped) = read_separators(&runs, &separators, style)?;
    let digits = runs.concat();
    let is_year = !is_grouped && n_decimals == 0 && digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    let shape = if is_grouped {
        Shape::Grouped
    } else if is_year {
        Shape::Year
    } else {
        Shape::Plain
    };
    Some((at, Printed::parse(&digits, n_decimals)?, shape))
}

/// How many digits are decimals and whether others are grouped; `None` when the separators contradict each other.
fn read_separators(runs: &[String], separators: &[char], style: Style) -> Option<(usize, bool)> {
    let Some(&last) = separators.last() else { return Some((0, false)) };
    let decimals = runs.last()?.len();
    let is_threes = |runs: &[String]| runs.iter().skip(1).all(|run| run.len() == 3) && (1..=3).contains(&runs[0].len());
    let n_same = separators.iter().filter(|&&separator| separator == last).count();
    // Two different signs: the last one begins the decimals, whatever the language.
    let begins_decimals = if n_same == separators.len() {
        match last {
            '.' | '٫' => n_same == 1 && (style == Style::Point || decimals != 3 || runs[0] == "0"),
            ',' => n_same == 1 && (style == Style::Comma && (decimals != 3 || runs[0] == "0")),
            _ => false,
        }
    } else {
        n_same == 1
    };
    match begins_decimals {
        true => is_threes(&runs[..runs.len() - 1])
            .then_some((decimals, 1 < separators.len()))
            .or((separators.len() == 1).then_some((decimals, false))),
        false => is_threes(runs).then_some((0, true)),
    }
}

fn is_separator(letter: char, style: Style) -> bool {
    match letter {
        '.' | ',' | '\'' | '’' | '٫' | '٬' | '،' => true,
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => style == Style::Comma,
        _ => false,
    }
}

/// The ASCII digit that a digit of ASCII, of Arabic, of Persian or of full width stands for.
fn digit(letter: char) -> Option<char> {
    let zero = match letter {
        '0'..='9' => return Some(letter),
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        '\u{ff10}'..='\u{ff19}' => 0xff10,
        _ => return None,
    };
    char::from_digit(u32::from(letter) - zero, 10)
}

/// `-1/2` or ` 1/2` after whole digits, or `1/2` by itself: its value and length.
fn fraction_at(text: &str) -> Option<(Printed, usize)> {
    let rest = text.strip_prefix(['-', ' ']).unwrap_or(text);
    let n_top = rest.bytes().take_while(u8::is_ascii_digit).count();
    let under = rest[n_top..].strip_prefix('/')?;
    let n_under = under.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&n_top) || !(1..=2).contains(&n_under) {
        return None;
    }
    let value = Printed::fraction(rest[..n_top].parse().ok()?, under[..n_under].parse().ok()?)?;
    Some((value, text.len() - under.len() + n_under))
}

/// The magnitudes of Chinese and Japanese, which stand inside a number: `億2000万` after `1`.
fn scaled_at(text: &str, first: Printed, style: Style) -> Option<(Printed, usize)> {
    let (mut sum, mut at) = magnitudes(text, first)?;
    // A trailing part without magnitude, as in `3万5000`, counts as it stands.
    while let Some((end, value, _)) =
        text[at..].starts_with(|letter| digit(letter).is_some()).then(|| printed_number(text, at, style)).flatten()
    {
        let (part, len) = magnitudes(&text[end..], value).unwrap_or((value, 0));
        if !part.is_below(sum) {
            return None;
        }
        sum = sum.plus(part)?;
        at = end + len;
    }
    Some((sum, at))
}

fn magnitudes(text: &str, value: Printed) -> Option<(Printed, usize)> {
    let (mut power, mut len) = (0, 0);
    for letter in text.chars() {
        power += match letter {
            '百' => 2,
            '千' => 3,
            '万' | '萬' => 4,
            '億' | '亿' => 8,
            '兆' => 12,
            _ => break,
        };
        len += letter.len_utf8();
    }
    (len != 0).then_some((value.moved(power)?, len))
}

fn word_at(text: &str, start: usize, lang: &str) -> Option<Numeral> {
    let (words, article): (&[&[&str]], &str) = match lang {
        "en" => (&EN, "a"),
        "de" => (&DE, "eine"),
        "fr" => (&FR, "un"),
        "es" => (&ES, "un"),
        "ru" => (&RU, ""),
        _ => return None,
    };
    let rest = &text[start..];
    let numeral =
        |len: usize, value, shape| Numeral { bytes: start..start + len, value, shape, is_attached: false, is_side_of_quote: false };
    if lang == "en"
        && let Some(len) = phrase::at_head(rest, "half a")
    {
        return Some(numeral(len, Printed::HALF, Shape::Word));
    }
    for (value, forms) in (1..).zip(words) {
        if let Some(len) = forms.iter().find_map(|form| phrase::at_head(rest, form)) {
            return Some(numeral(len, Printed::whole(value), Shape::Word));
        }
    }
    let len = (!article.is_empty()).then(|| phrase::at_head(rest, article)).flatten()?;
    Some(numeral(len, Printed::ONE, Shape::Article))
}

const EN: [&[&str]; 12] =
    [&["one"], &["two"], &["three"], &["four"], &["five"], &["six"], &["seven"], &["eight"], &["nine"], &["ten"], &["eleven"], &["twelve"]];
const DE: [&[&str]; 12] = [
    &["ein", "einen", "einer", "einem"],
    &["zwei"],
    &["drei"],
    &["vier"],
    &["fünf"],
    &["sechs"],
    &["sieben"],
    &["acht"],
    &["neun"],
    &["zehn"],
    &["elf"],
    &["zwölf"],
];
const FR: [&[&str]; 10] = [&["une"], &["deux"], &["trois"], &["quatre"], &["cinq"], &["six"], &["sept"], &["huit"], &["neuf"], &["dix"]];
const ES: [&[&str]; 10] =
    [&["uno", "una"], &["dos"], &["tres"], &["cuatro"], &["cinco"], &["seis"], &["siete"], &["ocho"], &["nueve"], &["diez"]];
const RU: [&[&str]; 10] = [
    &["один", "одна", "одного", "одной"],
    &["два", "две", "двух"],
    &["три", "трех", "трёх"],
    &["четыре", "четырех"],
    &["пять", "пяти"],
    &["шесть", "шести"],
    &["семь", "семи"],
    &["восемь", "восьми"],
    &["девять", "девяти"],
    &["десять", "десяти"],
];

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, lang: &str) -> String {
        numerals(text, lang).iter().map(|numeral| numeral.value.to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_language_writes_numbers_its_way() {
        assert_eq!(read("1,234.56 and 1,234,567 and 0.5", "en"), "1234.56 1234567 0.5");
        assert_eq!(read("1.234,56 und 1.234.567 und 1,5 und 1.234", "de"), "1234.56 1234567 1.5 1234");
        assert_eq!(read("1 234,56 et 12 345 678", "fr"), "1234.56 12345678");
        assert_eq!(read("1\u{a0}234,5 и 3,75", "ru"), "1234.5 3.75");
        assert_eq!(read("в 2016 500 штук", "ru"), "2016 500");
        assert_eq!(read("١٬٢٣٤٫٥٦ و ۱۲۳", "ar"), "1234.56 123");
        assert_eq!(read("１２３円", "ja"), "123");
        assert_eq!(read("1'234'567.50", "de"), "1234567.5");
    }

    #[test]
    fn fractions_words_and_inner_magnitudes_count() {
        assert_eq!(read("37-1/2 cts, 8 1/4, 1/8", "en"), "37.5 8.25 0.125");
        assert_eq!(read("nine and half a million", "en"), "9 0.5");
        assert_eq!(read("1億2000万円と3兆円と30万と3万5000", "ja"), "120000000 3000000000000 300000 35000");
        assert_eq!(read("1万亿", "zh"), "1000000000000");
        assert_eq!(read(".125 and .059, No.5 ..6", "en"), "0.125 0.059 5 6");
    }

    #[test]
    fn what_contradicts_itself_is_no_number() {
        assert_eq!(read("1,23 and 1,2345", "en"), "");
        assert_eq!(read("1.2.3", "en"), "");
        assert_eq!(read(&"9".repeat(400), "en"), "");
    }
}
