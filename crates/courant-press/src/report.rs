//! What another medium reported, as far as matching goes.

use jiff::Timestamp;

use crate::Lang;

/// Bytes of copy that are read; the news is told at the top.
pub(crate) const TEXT_BYTES_MAX: usize = 16 << 10;

/// One report: a headline, perhaps a summary and the copy, and when it appeared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The source's own name for it.
    pub id: String,
    /// The headline as the source wrote it.
    pub title: String,
    /// What stands below the headline; empty when there is none.
    pub summary: String,
    /// The copy as plain text; empty when there is none. The first 16 KiB count.
    pub text: String,
    /// The language; [`Lang::UNKNOWN`] is guessed from the words.
    pub lang: Lang,
    /// Who reported; empty when it is not known.
    pub source: String,
    /// When it appeared.
    pub published_at: Timestamp,
}

impl Report {
    /// The copy as far as it is read.
    pub(crate) fn opening(&self) -> &str {
        &self.text[..self.text.floor_char_boundary(TEXT_BYTES_MAX)]
    }
}
