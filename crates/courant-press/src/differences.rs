//! What two reports of one story say otherwise.
//!
//! A number alone proves nothing: reports count different things. So a number or a name differs only where both reports put it beside the
//! same word: "kills 12" and "kills 15", "President Vega" and "President Ruiz".

use rustc_hash::FxHashSet;

use crate::Report;
use crate::fingerprint::{Kind, Reader};

/// Differences that are named.
const DIFFERENCES_MAX: usize = 12;
/// Beginnings of the names of months in the languages of the site and some more, in small letters.
const MONTHS: &[&str] = &[
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
    "январ",
    "феврал",
    "март",
    "апрел",
    "мая",
    "май",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
    "enero",
    "abril",
    "mayo",
    "agosto",
    "dic",
    "janv",
    "févr",
    "avr",
    "mai",
    "juin",
    "juil",
    "août",
    "okt",
    "dez",
    "märz",
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
/// The longest word that is the name of a month.
const MONTH_CHARS_MAX: usize = 10;

/// Something one report says otherwise than another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is.
    pub kind: DifferenceKind,
    /// What the first report says, with the word beside it.
    pub here: String,
    /// What the second says.
    pub there: String,
}

/// What kind of thing differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// A number.
    Number,
    /// A name.
    Name,
    /// A day of a month.
    Date,
}

/// A word of a report with all that is known of it.
struct Token {
    written: String,
    /// What it is beside others: its stem, or its concept in any language.
    context: Vec<u64>,
    number: Option<u64>,
    name: Option<u64>,
}

pub(crate) fn differences(reader: &mut Reader, one: &Report, other: &Report) -> Vec<Difference> {
    let (here, there) = (tokens(reader, one), tokens(reader, other));
    let mut found: Vec<Difference> = Vec::new();
    for (kind, key) in [(Kind::Number, Token::number as fn(&Token) -> Option<u64>), (Kind::Name, Token::name)] {
        let (ours, theirs): (FxHashSet<u64>, FxHashSet<u64>) =
            (here.iter().filter_map(key).collect(), there.iter().filter_map(key).collect());
        for (at, token) in alone(&here, key, &theirs) {
            for (other_at, other_token) in alone(&there, key, &ours) {
                let Some(beside) = beside(&here, at, &there, other_at) else { continue };
                let is_date = kind == Kind::Number && is_month(&beside.0);
                let kind = match kind {
                    Kind::Number if is_date => DifferenceKind::Date,
                    Kind::Number => DifferenceKind::Number,
                    Kind::Name | Kind::Word | Kind::Concept => DifferenceKind::Name,
                };
                let written = |token: &Token, (word, is_before): (&str, bool)| {
                    if is_before { format!("{word} {}", token.written) } else { format!("{} {word}", token.written) }
                };
                let difference =
                    Difference { kind, here: written(token, (&beside.0, beside.2)), there: written(other_token, (&beside.1, beside.2)) };
                if found.len() < DIFFERENCES_MAX && !found.contains(&difference) {
                    found.push(difference);
                }
            }
        }
    }
    // A number that is told in several ways in one report differs from none of them.
    let n_of = |side: &dyn Fn(&Difference) -> &str, text: &str| found.iter().filter(|found| side(found) == text).count();
    let kept: Vec<bool> =
        found.iter().map(|found| n_of(&|d| &d.here, &found.here) == 1 && n_of(&|d| &d.there, &found.there) == 1).collect();
    let mut kept = kept.into_iter();
    found.retain(|_| kept.next().unwrap_or(false));
    found
}

impl Token {
    fn number(&self) -> Option<u64> {
        self.number
    }

    fn name(&self) -> Option<u64> {
        // A number beside a name is no name.
        self.name.filter(|_| self.number.is_none())
    }
}

/// The tokens that have a key the other report does not have.
fn alone<'t>(tokens: &'t [Token], key: fn(&Token) -> Option<u64>, theirs: &'t FxHashSet<u64>) -> impl Iterator<Item = (usize, &'t Token)> {
    tokens.iter().enumerate().filter(move |(_, token)| key(token).is_some_and(|key| !theirs.contains(&key)))
}

/// The word both stand beside, as each report writes it, and whether it stands before them.
fn beside(here: &[Token], at: usize, there: &[Token], other_at: usize) -> Option<(String, String, bool)> {
    for is_before in [false, true] {
        let neighbour =
            |tokens: &'_ [Token], at: usize| if is_before { at.checked_sub(1) } else { Some(at + 1) }.filter(|at| *at < tokens.len());
        let (Some(ours), Some(theirs)) = (neighbour(here, at), neighbour(there, other_at)) else { continue };
        let (ours, theirs) = (&here[ours], &there[theirs]);
        // A number beside a number tells nothing of what is counted.
        if ours.number.is_none() && theirs.number.is_none() && ours.context.iter().any(|key| theirs.context.contains(key)) {
            return Some((ours.written.clone(), theirs.written.clone(), is_before));
        }
    }
    None
}

fn is_month(word: &str) -> bool {
    let word = word.to_lowercase();
    word.chars().count() <= MONTH_CHARS_MAX && MONTHS.iter().any(|month| word.starts_with(month))
}

fn tokens(reader: &mut Reader, report: &Report) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    reader.spell(report, &mut |piece| match piece.kind {
        Kind::Number => {
            tokens.push(Token { written: piece.written.to_owned(), context: Vec::new(), number: Some(piece.key), name: None });
        }
        Kind::Word => {
            tokens.push(Token { written: piece.written.to_owned(), context: vec![piece.key], number: None, name: None });
        }
        Kind::Concept => tokens.last_mut().into_iter().for_each(|token| token.context.push(piece.key)),
        Kind::Name => tokens.last_mut().into_iter().for_each(|token| token.name = Some(piece.key)),
    });
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    fn told(one: (&str, &str), other: (&str, &str)) -> Vec<(DifferenceKind, String, String)> {
        let report = |(lang, title): (&str, &str)| Report { lang: Lang::parse(lang), title: title.into(), ..Report::default() };
        let found = differences(&mut Reader::default(), &report(one), &report(other));
        found.into_iter().map(|found| (found.kind, found.here, found.there)).collect()
    }

    #[test]
    fn numbers_differ_where_they_count_the_same() {
        let (one, other) = (("en", "Earthquake kills 12 in Sendai, magnitude 6.5"), ("en", "Sendai: magnitude 6.7, quake kills 12"));
        assert_eq!(told(one, other), [(DifferenceKind::Number, "magnitude 6.5".to_owned(), "magnitude 6.7".to_owned())]);
        assert_eq!(told(("en", "12 dead in Sendai"), ("en", "Sendai quake at 6.7")), [], "other things are counted");
    }

    #[test]
    fn a_day_and_a_name_differ_too() {
        assert_eq!(told(("en", "Talks begin on March 20"), ("en", "Talks open March 21"))[0].0, DifferenceKind::Date);
        let names = told(("en", "President Vega resigns"), ("en", "President Ruiz resigns"));
        assert_eq!(names, [(DifferenceKind::Name, "Vega resigns".to_owned(), "Ruiz resigns".to_owned())]);
    }

    #[test]
    fn languages_count_alike() {
        let found = told(("en", "Earthquake of magnitude 6.5"), ("ru", "Землетрясение магнитудой 6,7"));
        assert!(found.iter().all(|(kind, ..)| *kind == DifferenceKind::Number), "{found:?}");
    }
}
