//! What the script of a search field reads from the page.

use super::assets::Script;
use super::chrome::Chrome;
use super::list::plural_json;

/// The script that suggests names while a search is typed.
pub(super) struct SuggestView {
    pub(super) script: &'static str,
    /// `{"one":"{n} suggestion",…}`
    pub(super) forms: String,
}

impl SuggestView {
    pub(super) fn of(chrome: &Chrome) -> Self {
        Self { script: Script::Suggest.path(), forms: plural_json("suggestions", chrome) }
    }
}
