//! The picture that stands for a story where its address is shared: 1,200 by 630 pixels, as Open Graph is read by those who
//! show it.
//!
//! A [`Card`] is all that is drawn, and its [`fingerprint`](Card::fingerprint) goes into its address: another headline, another
//! version or a correction is another card. The same card drawn with the same fonts is the same file to the byte.

mod draw;
mod fonts;
mod wrap;

use std::fmt::Write as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::Mutex;
use sha2::{Digest, Sha256};

pub use fonts::FontSource;

use fonts::Fonts;

/// Width in pixels.
pub const WIDTH_PX: u32 = 1_200;
/// Height in pixels.
pub const HEIGHT_PX: u32 = 630;
/// Raised when the same card looks different, so that its address changes too.
const REVISION: &str = "1";
/// Bytes of the hash that stand in an address.
const FINGERPRINT_BYTES: usize = 8;
/// How many may ask at once: one is drawn, the others wait. It keeps a crowd from taking every thread that renders pages.
const ASKING_MAX: usize = 3;

/// What stands on a card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// The agency.
    pub agency: Box<str>,
    /// The section; empty for a card that is no story's.
    pub section: Box<str>,
    /// The headline.
    pub headline: Box<str>,
    /// Place, time with its zone, version: what fits, from the first on.
    pub facts: Vec<Box<str>>,
    /// What stands on the coloured bar: that it was corrected, and when.
    pub banner: Option<Box<str>>,
    /// The first part of its language tag: `ja`.
    pub lang: Box<str>,
    /// Whether it is read from the right.
    pub right_to_left: bool,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum Undrawn {
    /// Others are being drawn; ask again in a second.
    #[error("other cards are being drawn; ask again in a second")]
    Busy,
    /// The drawing failed.
    #[error("the card cannot be drawn: {0}")]
    Failed(String),
}

/// Draws cards, one at a time. Fonts are looked for when the first is asked for.
pub struct Painter {
    source: FontSource,
    fonts: OnceLock<Fonts>,
    drawing: Mutex<()>,
    n_asking: AtomicUsize,
}

impl Card {
    /// Sixteen hexadecimal digits that are others when anything on the card is.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        let direction = if self.right_to_left { "rtl" } else { "ltr" };
        let banner = self.banner.as_deref().unwrap_or_default();
        let fixed = [REVISION, &self.agency, &self.section, &self.headline, banner, &self.lang, direction];
        for part in fixed.into_iter().chain(self.facts.iter().map(AsRef::as_ref)) {
            // With its length, or two parts could trade letters.
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize().iter().take(FINGERPRINT_BYTES).fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").expect("a string takes every write");
            text
        })
    }
}

impl Painter {
    /// A painter with the fonts of `source`.
    pub fn new(source: FontSource) -> Self {
        Self { source, fonts: OnceLock::new(), drawing: Mutex::new(()), n_asking: AtomicUsize::new(0) }
    }

    /// The card as a PNG. What no font covers is left out: nobody is shown boxes. Takes tens of milliseconds.
    ///
    /// # Errors
    /// [`Undrawn::Busy`] when too many ask at once.
    pub fn png(&self, card: &Card) -> Result<Vec<u8>, Undrawn> {
        let _asking = Asking::begin(&self.n_asking)?;
        let _drawing = self.drawing.lock();
        let fonts = self.fonts.get_or_init(|| Fonts::of(&self.source));
        draw::png(card, fonts)
    }
}

impl std::fmt::Debug for Painter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Painter").field("source", &self.source).finish_non_exhaustive()
    }
}

/// Counts one who asks.
struct Asking<'a>(&'a AtomicUsize);

impl<'a> Asking<'a> {
    fn begin(n_asking: &'a AtomicUsize) -> Result<Self, Undrawn> {
        let asking = Self(n_asking);
        if n_asking.fetch_add(1, Ordering::Relaxed) < ASKING_MAX { Ok(asking) } else { Err(Undrawn::Busy) }
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
