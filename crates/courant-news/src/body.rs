//! The copy of a story as typed blocks.

use jiff::Timestamp;

use crate::Picture;

/// One block of copy. HTML from outside becomes blocks once, at the edge; nothing inside Courant holds markup.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading inside the story.
    SubHead(Vec<Inline>),
    /// Words of someone, set apart.
    Quote(Quote),
    /// A list.
    List(List),
    /// A table.
    Table(Table),
    /// A picture between paragraphs.
    Figure(Figure),
    /// The note of a correction, where the corrected words stand.
    Correction(Vec<Inline>),
}

/// Words set apart, and who said or wrote them.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Its paragraphs.
    pub paragraphs: Vec<Vec<Inline>>,
    /// The speaker or the document, as printed.
    pub speaker: Option<Box<str>>,
}

/// A list of lines, numbered or not.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Whether the order of the lines means something.
    pub numbered: bool,
    /// Its lines.
    pub lines: Vec<Vec<Inline>>,
}

/// A table. Rows may have different lengths; a short one is filled with empty cells when rendered.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What it shows.
    pub caption: Option<Box<str>>,
    /// The names of the columns; empty when the sender gave none.
    pub head: Vec<Vec<Inline>>,
    /// The rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// A picture between paragraphs.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The picture with its caption and credit.
    pub picture: Picture,
}

/// A run of copy inside a block.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Words.
    Text(Box<str>),
    /// Words with stress.
    Emphasis(Vec<Inline>),
    /// Words with strong stress.
    Strong(Vec<Inline>),
    /// A link; `href` is `http`, `https` or `mailto`, or a path on this site.
    Link {
        /// Where it leads.
        href: Box<str>,
        /// Its words.
        words: Vec<Inline>,
    },
    /// An amount of money a desk has marked.
    Money(Money),
    /// A time a desk has marked.
    Time {
        /// The words as printed: `Monday`, `17:00`.
        words: Box<str>,
        /// The instant they mean.
        at: Timestamp,
    },
    /// The end of a line inside a paragraph, as in verse or an address.
    Break,
}

/// A marked amount of money. The text is never changed; the amount is what a converter works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// The words as printed: `$3.2 million`.
    pub words: Box<str>,
    /// The amount as a decimal text: `3200000`.
    pub amount: Box<str>,
    /// ISO 4217, upper case.
    pub currency: Box<str>,
}

impl Money {
    /// Checks the amount (digits, one point, an optional sign; at most 40 characters) and the currency (three letters).
    ///
    /// # Errors
    /// A [`FieldError`](crate::FieldError) naming the amount or the currency.
    pub fn new(words: &str, amount: &str, currency: &str) -> Result<Self, crate::FieldError> {
        let digits = amount.strip_prefix('-').unwrap_or(amount);
        let decimal = !digits.is_empty()
            && digits.len() <= 40
            && digits.split('.').count() <= 2
            && digits.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        if !decimal {
            return Err(crate::FieldError::new("amount", amount, "is not a decimal number; write it like 1234.56"));
        }
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return Err(crate::FieldError::new("currency", currency, "is not a code of ISO 4217; use one such as EUR"));
        }
        Ok(Self { words: words.into(), amount: amount.into(), currency: currency.to_ascii_uppercase().into() })
    }
}

/// The words of the copy, blocks separated by a blank line: what is searched, counted and read aloud.
pub fn plain_text(body: &[Block]) -> String {
    let mut text = String::new();
    for block in body {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        block.push_text(&mut text);
    }
    text
}

impl Block {
    fn push_text(&self, text: &mut String) {
        match self {
            Self::Paragraph(words) | Self::SubHead(words) | Self::Correction(words) => push_words(words, text),
            Self::Quote(quote) => {
                push_lines(&quote.paragraphs, text);
                if let Some(speaker) = &quote.speaker {
                    text.push('\n');
                    text.push_str(speaker);
                }
            }
            Self::List(list) => push_lines(&list.lines, text),
            Self::Table(table) => {
                text.push_str(table.caption.as_deref().unwrap_or_default());
                for row in std::iter::once(&table.head).chain(&table.rows).filter(|row| !row.is_empty()) {
                    if !text.is_empty() && !text.ends_with('\n') {
                        text.push('\n');
                    }
                    for (cell_idx, cell) in row.iter().enumerate() {
                        if cell_idx != 0 {
                            text.push('\t');
                        }
                        push_words(cell, text);
                    }
                }
            }
            Self::Figure(figure) => text.push_str(&figure.picture.caption),
        }
    }
}

fn push_lines(lines: &[Vec<Inline>], text: &mut String) {
    for (line_idx, line) in lines.iter().enumerate() {
        if line_idx != 0 {
            text.push('\n');
        }
        push_words(line, text);
    }
}

/// Appends the words of a run of copy, without its marks.
pub(crate) fn push_words(run: &[Inline], text: &mut String) {
    for inline in run {
        match inline {
            Inline::Text(words) | Inline::Time { words, .. } => text.push_str(words),
            Inline::Emphasis(run) | Inline::Strong(run) | Inline::Link { words: run, .. } => push_words(run, text),
            Inline::Money(money) => text.push_str(&money.words),
            Inline::Break => text.push('\n'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_keeps_every_word() {
        let body = [
            Block::Paragraph(vec![
                Inline::Text("It cost ".into()),
                Inline::Money(Money::new("$3.2 million", "3200000", "usd").unwrap()),
                Inline::Emphasis(vec![Inline::Text(" then".into())]),
            ]),
            Block::List(List { numbered: false, lines: vec![vec![Inline::Text("one".into())], vec![Inline::Text("two".into())]] }),
        ];
        assert_eq!(plain_text(&body), "It cost $3.2 million then\n\none\ntwo");
    }

    #[test]
    fn amounts_are_decimal() {
        for wrong in ["", "1,000", "1.", ".5", "1.2.3", "1e5", &"9".repeat(41)] {
            assert!(Money::new("x", wrong, "EUR").is_err(), "{wrong}");
        }
        assert_eq!(Money::new("x", "-5.25", "eur").unwrap().currency.as_ref(), "EUR");
        assert!(Money::new("x", "5", "euro").is_err());
    }
}
