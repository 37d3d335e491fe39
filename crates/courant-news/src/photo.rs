//! Photos: pictures with a life of their own on the wire, which stories name.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::{EdNote, FieldError, Guid, Picture, Reason, Version, field};

/// Bytes of the SHA-256 of a photo's original that name it.
const ID_BYTES: usize = 12;

/// What names a photo: the first 96 bits of the SHA-256 of its original file, so that the same picture is the same photo
/// whoever adds it, and one that was killed cannot come back under another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhotoId([u8; ID_BYTES]);

/// A photo, as the agency last described it.
#[derive(Clone, Debug, PartialEq)]
pub struct Photo {
    /// Its name.
    pub id: PhotoId,
    /// The edition of its description; the wire gives it.
    pub version: Version,
    /// What is printed beside it, its rights and its files. It names this photo.
    pub picture: Picture,
    /// The point of it that no cut may lose.
    pub focus: Focus,
    /// When it was taken, ISO 8601 as precisely as it is known.
    pub taken: Option<Box<str>>,
    /// Where it was taken, as the picture says.
    pub place: Option<Box<str>>,
    /// Its keywords.
    pub keywords: Vec<Box<str>>,
}

/// What is said of a photo that was killed. It repeats nothing of the photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoNotice {
    /// The photo.
    pub id: PhotoId,
    /// The version this notice is; the wire gives it, so that a kill never loses a race.
    pub version: Version,
    /// Why, for the public.
    pub reason: Reason,
    /// Why, for editors at receiving media.
    pub ednote: Option<EdNote>,
}

/// A point of a picture: from 0, its left and upper edge, to 1, its right and lower edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Focus {
    x: f64,
    y: f64,
}

impl PhotoId {
    /// What the guid of every photo begins with: a hash in human-speakable form (RFC 6920, 7), cut to 96 bits.
    const GUID_PREFIX: &str = "nih:sha-256-96;";

    /// The name of the photo whose original file has these bytes.
    pub fn of(original: &[u8]) -> Self {
        let digest = Sha256::digest(original);
        Self(std::array::from_fn(|idx| digest[idx]))
    }

    /// Reads 24 hexadecimal digits, with or without what the guid begins with. `None` when it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(Self::GUID_PREFIX).unwrap_or(text);
        if digits.len() != 2 * ID_BYTES || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let mut id = [0; ID_BYTES];
        for (byte, at) in id.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(&digits[at..at + 2], 16).ok()?;
        }
        Some(Self(id))
    }

    /// The photo that a guid names. `None` when it names no photo.
    pub fn of_guid(guid: &str) -> Option<Self> {
        guid.starts_with(Self::GUID_PREFIX).then(|| Self::parse(guid)).flatten()
    }

    /// Its name on the wire and in ninjs.
    pub fn guid(self) -> Guid {
        Guid::parse(&format!("{}{self}", Self::GUID_PREFIX)).expect("letters, digits and signs")
    }
}

impl fmt::Display for PhotoId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Focus {
    /// The middle.
    pub const CENTRE: Self = Self { x: 0.5, y: 0.5 };

    /// A point, if both numbers are from 0 to 1.
    ///
    /// # Errors
    /// A [`FieldError`] when one is not.
    pub fn new(x: f64, y: f64) -> Result<Self, FieldError> {
        if [x, y].iter().all(|part| (0.0..=1.0).contains(part)) {
            Ok(Self { x, y })
        } else {
            Err(FieldError::new(
                "focus",
                &format!("{x},{y}"),
                "is outside the picture; both numbers go from 0 to 1, from left to right and from top to bottom",
            ))
        }
    }

    /// Reads `0.3,0.6`.
    ///
    /// # Errors
    /// A [`FieldError`] when it is not two numbers from 0 to 1.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let numbers = text.split_once(',').and_then(|(x, y)| Some((x.trim().parse().ok()?, y.trim().parse().ok()?)));
        let (x, y) = numbers.ok_or_else(|| FieldError::new("focus", text, "is not two numbers; write it as 0.5,0.3"))?;
        Self::new(x, y)
    }

    /// From the left, 0 to 1.
    pub fn x(self) -> f64 {
        self.x
    }

    /// From the top, 0 to 1.
    pub fn y(self) -> f64 {
        self.y
    }
}

impl Photo {
    /// The most keywords.
    pub const KEYWORDS_MAX: usize = 200;

    /// A photo with what must be printed beside it, in its first version.
    #[must_use]
    pub fn new(id: PhotoId, picture: Picture, focus: Focus) -> Self {
        let picture = Picture { photo: Some(id), ..picture };
        Self { id, version: Version::FIRST, picture, focus, taken: None, place: None, keywords: Vec::new() }
    }

    /// With what the picture says of when and where it was taken and what it is about.
    ///
    /// # Errors
    /// A [`FieldError`] when a text is longer than 300 characters.
    pub fn taken(mut self, at: Option<&str>, place: Option<&str>, keywords: &[Box<str>]) -> Result<Self, FieldError> {
        let line = |name, text: Option<&str>| text.map(|text| field::line(name, text, 300)).transpose();
        self.taken = line("time of the picture", at)?;
        self.place = line("place of the picture", place)?;
        self.keywords = keywords
            .iter()
            .take(Self::KEYWORDS_MAX)
            .map(|keyword| field::line("keyword of the picture", keyword, 300))
            .collect::<Result<_, _>>()?;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_named_by_its_file() {
        let id = PhotoId::of(b"a");
        assert_eq!(id.to_string(), "ca978112ca1bbdcafac231b3");
        assert_eq!(id.guid().as_str(), "nih:sha-256-96;ca978112ca1bbdcafac231b3");
        assert_eq!(PhotoId::parse("CA978112CA1BBDCAFAC231B3"), Some(id));
        assert_eq!(PhotoId::of_guid(id.guid().as_str()), Some(id));
        for wrong in ["", "ca97", "nih:sha-256-96;ca97", "zz978112ca1bbdcafac231b3", "ü978112ca1bbdcafac231b3"] {
            assert_eq!(PhotoId::parse(wrong), None, "{wrong}");
        }
        assert_eq!(PhotoId::of_guid("ca978112ca1bbdcafac231b3"), None, "a story may be called anything");
    }

    #[test]
    fn a_focus_is_inside_the_picture() {
        assert_eq!(Focus::parse("0.25, 1"), Focus::new(0.25, 1.0));
        for wrong in ["", "0.5", "1.1,0", "NaN,0", "a,b", "-0.1,0.5"] {
            assert!(Focus::parse(wrong).is_err(), "{wrong}");
        }
    }
}
