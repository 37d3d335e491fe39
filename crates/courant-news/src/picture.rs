//! Pictures that go with a story.

use crate::{FieldError, field};

/// A picture with what must be printed beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The caption, 1 to 2,000 characters.
    pub caption: Box<str>,
    /// The credit, 1 to 300 characters.
    pub credit: Box<str>,
    /// What it shows, for those who do not see it, 1 to 2,000 characters. IPTC Alt Text.
    pub alt: Box<str>,
    /// The copyright notice.
    pub copyright_notice: Option<Box<str>>,
    /// Its files, at least one, in the sender's order.
    pub renditions: Vec<Rendition>,
}

/// One file of a picture. ninjs `renditions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendition {
    /// Its address: absolute, or a path under `/media/` of this site.
    pub href: Box<str>,
    /// Its media type, such as `image/svg+xml`.
    pub media_type: Box<str>,
    /// Width in pixels, 1 or more.
    pub width: u32,
    /// Height in pixels, 1 or more.
    pub height: u32,
}

/// How a picture goes with a story. ninjs `associations`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssociationRole {
    /// The picture that opens the story.
    Feature,
    /// A numbered picture of the story's gallery.
    Gallery,
}

/// A picture and its part in the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Association {
    /// Its part.
    pub role: AssociationRole,
    /// The picture.
    pub picture: Picture,
}

impl Picture {
    /// A picture; caption, credit and alternative text are required, and so is one rendition.
    ///
    /// # Errors
    /// A [`FieldError`] naming what is missing or too long.
    pub fn new(caption: &str, credit: &str, alt: &str, renditions: Vec<Rendition>) -> Result<Self, FieldError> {
        if renditions.is_empty() {
            return Err(FieldError::new("renditions", "", "are missing; a picture needs at least one file"));
        }
        Ok(Self {
            caption: field::line("caption", caption, 2_000)?,
            credit: field::line("credit", credit, 300)?,
            alt: field::line("alt text", alt, 2_000)?,
            copyright_notice: None,
            renditions,
        })
    }

    /// The rendition pages show: the first that this site serves itself, since a page calls no other host.
    pub fn local_rendition(&self) -> Option<&Rendition> {
        self.renditions.iter().find(|rendition| rendition.href.starts_with("/media/"))
    }
}

impl Rendition {
    /// The largest side accepted, in pixels.
    pub const SIDE_MAX_PX: u32 = 100_000;

    /// A file of a picture.
    ///
    /// # Errors
    /// A [`FieldError`] when the address is empty, or a side is zero or beyond [`Rendition::SIDE_MAX_PX`].
    pub fn new(href: &str, media_type: &str, width: u32, height: u32) -> Result<Self, FieldError> {
        let href = field::line("rendition href", href, 2_000)?;
        let media_type = field::line("rendition content type", media_type, 100)?;
        for (name, side) in [("rendition width", width), ("rendition height", height)] {
            if !(1..=Self::SIDE_MAX_PX).contains(&side) {
                return Err(FieldError::new(name, &side.to_string(), format!("is outside 1 to {} pixels", Self::SIDE_MAX_PX)));
            }
        }
        Ok(Self { href, media_type, width, height })
    }
}
