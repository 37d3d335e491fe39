//! Which blocks of metadata a picture file has. Nothing in them is read here.

mod jpeg;
mod png;
mod webp;

use std::borrow::Cow;

/// The largest file that is looked at, in bytes. A camera's largest JPEG is near 80 MB.
pub(crate) const FILE_BYTES_MAX: usize = 128 << 20;
/// The most bytes of one kind of metadata, over all its parts.
pub(crate) const BLOCK_BYTES_MAX: usize = 8 << 20;
/// The most segments or chunks of a file that are walked.
const PARTS_MAX: usize = 20_000;

/// The kinds of picture file that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// ISO/IEC 10918-1.
    Jpeg,
    /// ISO/IEC 15948.
    Png,
    /// RFC 9649.
    WebP,
}

/// A picture file taken apart: its size and its blocks of metadata, as they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container<'a> {
    /// What kind of file it is.
    pub format: Format,
    /// Width and height in pixels as the file stores them, before any turning.
    pub size: (u32, u32),
    /// Whether it moves: more than one frame.
    pub is_animated: bool,
    /// How many channels its pixels have, when the container says so: 4 in a JPEG is CMYK.
    pub n_channels: Option<u8>,
    /// The TIFF structure of Exif, without the word `Exif`.
    pub exif: Option<Cow<'a, [u8]>>,
    /// The XMP packet.
    pub xmp: Option<Cow<'a, [u8]>>,
    /// Extended XMP: properties that did not fit into the packet, put together.
    pub extended_xmp: Option<Vec<u8>>,
    /// Photoshop's image resources, of which one holds the IIM.
    pub photoshop: Option<Cow<'a, [u8]>>,
    /// Whether it carries a C2PA manifest (content credentials).
    pub has_c2pa: bool,
    /// Whether the file goes to the end of its picture.
    pub is_whole: bool,
    /// What was wrong but did not stop the reading.
    pub faults: Vec<&'static str>,
}

/// Bytes that are no picture of a kind that is read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPicture {
    /// Too large to look at.
    #[error("the file has {n_bytes} bytes, and at most {FILE_BYTES_MAX} are read; save it smaller")]
    TooLarge {
        /// Its size.
        n_bytes: usize,
    },
    /// No signature that is known.
    #[error("the file begins like {what}; save the picture as JPEG, PNG or WebP")]
    UnknownKind {
        /// What it seems to be.
        what: &'static str,
    },
    /// A known signature, but no picture behind it.
    #[error("the file begins like {kind} but {problem}; it is cut off or damaged, ask for it again")]
    Broken {
        /// The kind its first bytes claim.
        kind: &'static str,
        /// What is missing.
        problem: &'static str,
    },
}

impl<'a> Container<'a> {
    /// Takes a file apart.
    ///
    /// # Errors
    /// [`NotAPicture`] when it is too large, of another kind, or has no size.
    pub fn read(bytes: &'a [u8]) -> Result<Self, NotAPicture> {
        if FILE_BYTES_MAX < bytes.len() {
            return Err(NotAPicture::TooLarge { n_bytes: bytes.len() });
        }
        if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            return jpeg::read(bytes);
        }
        if bytes.starts_with(png::SIGNATURE) {
            return png::read(bytes);
        }
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            return webp::read(bytes);
        }
        Err(NotAPicture::UnknownKind { what: guess(bytes) })
    }

    fn empty(format: Format) -> Self {
        Self {
            format,
            size: (0, 0),
            is_animated: false,
            n_channels: None,
            exif: None,
            xmp: None,
            extended_xmp: None,
            photoshop: None,
            has_c2pa: false,
            is_whole: false,
            faults: Vec::new(),
        }
    }
}

impl Format {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }

    /// The ending of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
        }
    }
}

/// A word for what cannot be read, so that whoever sent it knows what to do.
fn guess(bytes: &[u8]) -> &'static str {
    match bytes {
        [] => "an empty file",
        [b'G', b'I', b'F', b'8', ..] => "a GIF",
        [b'I', b'I', 0x2a, 0, ..] | [b'M', b'M', 0, 0x2a, ..] => "a TIFF or a camera's raw file",
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f', ..] => "an AVIF",
        [_, _, _, _, b'f', b't', b'y', b'p', b'h', b'e' | b'm', ..] => "a HEIF",
        [b'8', b'B', b'P', b'S', ..] => "a Photoshop document",
        [b'%', b'P', b'D', b'F', ..] => "a PDF",
        [b'<', ..] => "an SVG or other markup",
        _ => "no picture",
    }
}

/// A big-endian number of `N` bytes at `at`.
fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..at.checked_add(N)?)?;
    Some(digits.iter().fold(0, |number, digit| number << 8 | u32::from(*digit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_picture_is_named() {
        for (bytes, named) in
            [(&b""[..], "an empty file"), (b"GIF89a", "a GIF"), (b"<svg", "markup"), (b"II*\0", "TIFF"), (b"hello", "no picture")]
        {
            let refused = Container::read(bytes).unwrap_err().to_string();
            assert!(refused.contains(named) && refused.contains("save the picture as"), "{refused}");
        }
        for cut in [&[0xff, 0xd8, 0xff][..], png::SIGNATURE, b"RIFF\x04\0\0\0WEBP"] {
            assert!(matches!(Container::read(cut), Err(NotAPicture::Broken { .. })), "{cut:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(which in 0..3_usize, rest: Vec<u8>) {
            let mut bytes = [&[0xff, 0xd8][..], png::SIGNATURE, b"RIFF\x04\0\0\0WEBP"][which].to_vec();
            bytes.extend(rest);
            let _ = Container::read(&bytes);
        }
    }
}
