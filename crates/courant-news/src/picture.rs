//! Pictures that go with a story.

use crate::{FieldError, PhotoId, field};

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
    /// Who made it and on what terms it may be used.
    pub terms: PictureTerms,
    /// The photo on this wire that it is. `None` for a picture that came with its story.
    pub photo: Option<PhotoId>,
    /// Its files, at least one, in the sender's order.
    pub renditions: Vec<Rendition>,
}

/// Who made a picture and on what terms it may be used. Every field as the IPTC Photo Metadata Standard names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PictureTerms {
    /// Creator.
    pub creator: Option<Box<str>>,
    /// Rights Usage Terms.
    pub usage_terms: Option<Box<str>>,
    /// Web Statement of Rights: an address, schema.org `license`.
    pub web_statement: Option<Box<str>>,
    /// Licensor URL: an address, schema.org `acquireLicensePage`.
    pub licensor_url: Option<Box<str>>,
    /// Digital Source Type: an address of the IPTC vocabulary.
    pub digital_source_type: Option<Box<str>>,
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
            terms: PictureTerms::default(),
            photo: None,
            renditions,
        })
    }

    /// The rendition pages show: the first that this site serves itself, since a page calls no other host.
    pub fn local_rendition(&self) -> Option<&Rendition> {
        self.renditions.iter().find(|rendition| rendition.is_local())
    }

    /// The local rendition for a place of about `width` pixels: of the files that show the same as the first, the narrowest
    /// that fills it, else the widest.
    pub fn local_rendition_near(&self, width: u32) -> Option<&Rendition> {
        let first = self.local_rendition()?;
        let same = || self.renditions.iter().filter(|other| other.is_local() && other.is_like(first));
        same().filter(|file| width <= file.width).min_by_key(|file| file.width).or_else(|| same().max_by_key(|file| file.width))
    }
}

impl PictureTerms {
    /// The longest of its texts, in characters.
    pub const TEXT_CHARS_MAX: usize = 2_000;

    /// The terms with every text as one line.
    ///
    /// # Errors
    /// A [`FieldError`] when a text is too long, or an address is not one of the web.
    pub fn checked(self) -> Result<Self, FieldError> {
        let line = |name, text: Option<Box<str>>| text.map(|text| field::line(name, &text, Self::TEXT_CHARS_MAX)).transpose();
        let web = |name, text: Option<Box<str>>| match line(name, text)? {
            Some(href) if !href.starts_with("http://") && !href.starts_with("https://") => {
                Err(FieldError::new(name, &href, "is no address of the web; begin it with https://"))
            }
            href => Ok(href),
        };
        Ok(Self {
            creator: line("creator", self.creator)?,
            usage_terms: line("usage terms", self.usage_terms)?,
            web_statement: web("web statement of rights", self.web_statement)?,
            licensor_url: web("licensor url", self.licensor_url)?,
            digital_source_type: web("digital source type", self.digital_source_type)?,
        })
    }
}

impl Rendition {
    /// Whether this site serves it.
    pub fn is_local(&self) -> bool {
        self.href.starts_with("/media/")
    }

    /// Whether it is of the same kind and shows the same part as `other`, at another size perhaps.
    pub fn is_like(&self, other: &Self) -> bool {
        self.media_type == other.media_type && self.has_shape_of(other)
    }

    /// Whether it has the proportions of `other`, but for rounding to whole pixels.
    pub fn has_shape_of(&self, other: &Self) -> bool {
        let ratio = |file: &Self| f64::from(file.width) / f64::from(file.height);
        (ratio(self) - ratio(other)).abs() < 0.02
    }

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
