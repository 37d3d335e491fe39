//! The pictures of a document.

use courant_news::{Association, AssociationRole, Picture, Rendition};

use super::Desk;
use crate::findings::cut;
use crate::html::{media_type_of, one_line};
use crate::picture::{CAPTION_CHARS_MAX, CREDIT_CHARS_MAX, home_path, placed};

/// A picture as a document gives it.
#[derive(Clone, Debug, Default)]
pub(crate) struct ToldPicture {
    pub(crate) field: &'static str,
    /// `None` when the sender leaves its part in the story open.
    pub(crate) role: Option<AssociationRole>,
    pub(crate) caption: Option<String>,
    pub(crate) credit: Option<String>,
    pub(crate) alt: Option<String>,
    pub(crate) copyright_notice: Option<String>,
    pub(crate) files: Vec<ToldFile>,
}

/// A file of a picture.
#[derive(Clone, Debug, Default)]
pub(crate) struct ToldFile {
    pub(crate) href: String,
    pub(crate) media_type: Option<String>,
    pub(crate) width: Option<u32>,
    pub(crate) height: Option<u32>,
}

/// The pictures that can be printed: those with a file, its size, a caption and somebody to credit.
pub(super) fn settle(told: Vec<ToldPicture>, credit: Option<&str>, desk: Desk<'_>) -> Vec<Association> {
    let found = told.into_iter().filter_map(|told| Some((told.role, told.settle(credit, desk)?))).collect();
    placed(found)
}

impl ToldPicture {
    fn settle(self, credit: Option<&str>, desk: Desk<'_>) -> Option<Picture> {
        let findings = desk.findings;
        let files: Vec<Rendition> = self.files.iter().filter_map(|file| file.settle(self.field, desk)).collect();
        if files.is_empty() {
            findings.mended(&self.field, "", "is a picture without a file of which address, size and kind are known; left out");
            return None;
        }
        let line = |text: Option<&str>, chars_max| text.map(one_line).filter(|line| !line.is_empty()).map(|line| cut(&line, chars_max));
        let alt = line(self.alt.as_deref(), CAPTION_CHARS_MAX);
        let Some(caption) = line(self.caption.as_deref(), CAPTION_CHARS_MAX).or_else(|| alt.clone()) else {
            findings.mended(&self.field, "", "is a picture without a caption; left out");
            return None;
        };
        let Some(credit) = line(self.credit.as_deref().or(credit), CREDIT_CHARS_MAX) else {
            findings.mended(&self.field, "", "is a picture that credits nobody; left out");
            return None;
        };
        let alt = alt.unwrap_or_else(|| caption.clone());
        let mut picture = findings.keep(&self.field, Picture::new(&caption, &credit, &alt, files))?;
        picture.copyright_notice =
            self.copyright_notice.map(|notice| one_line(&notice)).filter(|notice| !notice.is_empty()).map(Into::into);
        Some(picture)
    }
}

impl ToldFile {
    fn settle(&self, field: &'static str, desk: Desk<'_>) -> Option<Rendition> {
        let href = home_path(self.href.trim(), desk.reading.base_url);
        let scheme = href.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        let is_path = scheme.is_none() && href.starts_with('/');
        if !(is_path || matches!(scheme.as_deref(), Some("http" | "https"))) || href.contains(char::is_whitespace) {
            desk.findings.mended(&field, href, "is no address of a file on the web; left out");
            return None;
        }
        let media_type = self.media_type.as_deref().or_else(|| media_type_of(href)).unwrap_or("image/jpeg");
        if !media_type.starts_with("image/") {
            return None;
        }
        let (Some(width), Some(height)) = (self.width, self.height) else {
            desk.findings.mended(&field, href, "gives no width and height, so a page cannot keep room for it; left out");
            return None;
        };
        desk.findings.keep(&field, Rendition::new(href, media_type, width, height))
    }
}
