//! What a page says of the stories that its filter hides.

use super::chrome::Chrome;
use super::list::plural_json;

/// How many stories the mutes of a filter hide on a page, and where they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// How many.
    pub n_stories: u64,
    /// The same page with each of them as a folded line.
    pub folded: String,
}

pub(super) struct HiddenView<'a> {
    pub(super) n_stories: u64,
    pub(super) text: String,
    pub(super) href: &'a str,
    /// For a script that goes on counting: the plural forms as JSON. Empty where nothing arrives.
    pub(super) forms: String,
}

impl<'a> HiddenView<'a> {
    /// `None` when there is nothing to say, now or later.
    pub(super) fn of(hidden: &'a Hidden, is_live: bool, chrome: &Chrome) -> Option<Self> {
        (is_live || hidden.n_stories != 0).then(|| Self {
            n_stories: hidden.n_stories,
            text: chrome.words().count("hidden-by-filter", hidden.n_stories),
            href: &hidden.folded,
            forms: if is_live { plural_json("hidden-by-filter", chrome) } else { String::new() },
        })
    }
}
