//! What a picture says of itself, and the files a page shows of it.
//!
//! Bytes in, typed values out: no I/O, no clock. Every picture comes from a stranger, so each reader has limits named at
//! the top of its file, and none panics.
//!
//! Reading order: [`Container`] (which blocks of metadata a file has), [`Metadata`] (IIM, XMP and Exif read with the
//! right charset and merged), [`Still`] (its pixels, within limits), [`renditions`] (the files a page shows, which keep
//! what the picture says of itself).

mod container;
mod metadata;
mod rendition;
mod still;

pub use container::{Container, Format, NotAPicture};
pub use metadata::{Exif, Iim, IimField, IimSaid, Metadata, Note, PhotoSays, Property, Value, Xmp};
pub use rendition::{RenditionFile, Shape, renditions};
pub use still::{Refused, Still};
