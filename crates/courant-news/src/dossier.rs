//! Dossiers: the running coverage of one affair.

use crate::{DossierSlug, FieldError, Lang, field};

/// A dossier as the editors last described it. Stories join it by naming its slug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// Its name in addresses.
    pub slug: DossierSlug,
    /// Whether it still runs.
    pub state: DossierState,
    /// Its title and summary in each language it is kept in; at least one.
    pub texts: Vec<DossierText>,
}

/// A dossier in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierText {
    /// The language.
    pub lang: Lang,
    /// The title, 1 to 200 characters.
    pub title: Box<str>,
    /// The story so far, up to 4,000 characters.
    pub summary: Option<Box<str>>,
}

/// Whether a dossier still runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DossierState {
    /// News is expected.
    #[default]
    Open,
    /// Nothing for a while.
    Dormant,
    /// The affair is over.
    Closed,
}

impl DossierText {
    /// A title and a summary.
    ///
    /// # Errors
    /// A [`FieldError`] when either is too long or the title is empty.
    pub fn new(lang: Lang, title: &str, summary: Option<&str>) -> Result<Self, FieldError> {
        let summary = summary.map(str::trim).filter(|summary| !summary.is_empty());
        Ok(Self {
            lang,
            title: field::line("dossier title", title, 200)?,
            summary: summary.map(|summary| field::line("dossier summary", summary, 4_000)).transpose()?,
        })
    }
}

impl Dossier {
    /// Its text in `lang`, else in English, else the first.
    pub fn text(&self, lang: &Lang) -> Option<&DossierText> {
        let of = |wanted: &str| self.texts.iter().find(|text| text.lang.primary() == wanted);
        of(lang.primary()).or_else(|| of("en")).or_else(|| self.texts.first())
    }
}

impl DossierState {
    /// The word that stands for it in stored and sent forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Dormant => "dormant",
            Self::Closed => "closed",
        }
    }
}
