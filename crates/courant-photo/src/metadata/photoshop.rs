//! Photoshop's image resources, of which one holds the IIM and one says whether it was changed since.

use md5::{Digest, Md5};

/// The most resources that are walked.
const RESOURCES_MAX: usize = 2_000;
/// IPTC-NAA record.
const IIM: u16 = 0x0404;
/// MD5 of the IIM when software that knows XMP last wrote it.
const IIM_DIGEST: u16 = 0x0425;

/// What the resources say of the IIM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Resources<'a> {
    pub(super) iim: Option<&'a [u8]>,
    digest: Option<&'a [u8]>,
}

impl<'a> Resources<'a> {
    /// Reads as far as the bytes make sense.
    pub(super) fn read(mut bytes: &'a [u8]) -> Self {
        let mut found = Self::default();
        for _ in 0..RESOURCES_MAX {
            let Some((id, resource, rest)) = resource(bytes) else { break };
            match id {
                IIM => found.iim = found.iim.or(Some(resource)),
                IIM_DIGEST => found.digest = found.digest.or(Some(resource)),
                _ => {}
            }
            bytes = rest;
        }
        found
    }

    /// Whether the IIM was changed by software that left the XMP as it was (MWG Guidelines 2.0, 3.3): its values are then
    /// the newer ones.
    pub(super) fn iim_is_newer(&self) -> bool {
        match (self.iim, self.digest) {
            (Some(iim), Some(digest)) if digest.len() == 16 => Md5::digest(iim).as_slice() != digest,
            _ => false,
        }
    }
}

/// Signature, number, name (a length and letters, padded to even), size, content padded to even.
fn resource(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let rest = bytes.strip_prefix(b"8BIM").or_else(|| bytes.strip_prefix(b"MeSa"))?;
    let id = u16::from_be_bytes(rest.get(..2)?.try_into().ok()?);
    let name = usize::from(*rest.get(2)?) + 1;
    let at = 2 + name + (name & 1);
    let size = u32::from_be_bytes(rest.get(at..at + 4)?.try_into().ok()?) as usize;
    let start = at + 4;
    let end = start.checked_add(size)?;
    let content = rest.get(start..end)?;
    // The last one is not always padded.
    Some((id, content, rest.get(end + (size & 1)..).unwrap_or_default()))
}
