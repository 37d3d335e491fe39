//! What a picture says of itself.

mod charset;
mod exif;
mod iim;
mod merge;
mod photoshop;
mod write;
mod xmp;

pub use exif::Exif;
pub use iim::{Iim, IimField, IimSaid};
pub use merge::{Note, PhotoSays};
pub use xmp::{Property, Value, Xmp};

pub(crate) use write::{iim_block, xmp_packet};

use crate::Container;

/// The three kinds of metadata of a picture, each as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// IPTC IIM.
    pub iim: Option<Iim>,
    /// XMP, extended XMP included.
    pub xmp: Option<Xmp>,
    /// Exif.
    pub exif: Option<Exif>,
    /// Whether an Exif block is there, readable or not.
    pub has_exif: bool,
    /// Whether content credentials (C2PA) are there. Their signature is not checked, so nothing is said of whether they hold.
    pub has_c2pa: bool,
    /// What could not be read, for whoever sent the picture.
    pub faults: Vec<&'static str>,
}

impl Metadata {
    /// Reads the blocks of a file. What cannot be read is left out and named in [`Metadata::faults`].
    pub fn read(container: &Container<'_>) -> Self {
        let mut faults = container.faults.clone();
        let resources = container.photoshop.as_deref().map(photoshop::Resources::read).unwrap_or_default();
        let iim = resources.iim.and_then(Iim::read).map(|iim| Iim { is_newer_than_xmp: resources.iim_is_newer(), ..iim });
        let xmp = container.xmp.as_deref().and_then(|packet| {
            let read = Xmp::read(packet);
            if read.is_none() {
                faults.push("the XMP packet cannot be read");
            }
            read
        });
        let xmp = match (xmp, container.extended_xmp.as_deref()) {
            (Some(mut xmp), Some(extended)) => {
                match Xmp::read(extended) {
                    Some(more) => xmp.properties.extend(more.properties),
                    None => faults.push("the extended XMP cannot be read"),
                }
                Some(xmp)
            }
            (xmp, _) => xmp,
        };
        let exif = container.exif.as_deref().and_then(|block| {
            let read = Exif::read(block);
            if read.is_none() {
                faults.push("the Exif block cannot be read");
            }
            read
        });
        Self { iim, xmp, exif, has_exif: container.exif.is_some(), has_c2pa: container.has_c2pa, faults }
    }

    /// The three merged into one answer.
    pub fn says(&self) -> PhotoSays {
        merge::merged(self)
    }
}
