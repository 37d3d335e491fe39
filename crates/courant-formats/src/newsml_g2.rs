//! IPTC NewsML-G2 2.x: news as a newsItem, a packageItem, or many of both in a newsMessage.
//!
//! # Conventions
//! What NewsML-G2 has no place for stands under one scheme of our own, `courant:`, which every document we write declares in
//! its catalogue:
//!
//! | what | where |
//! | --- | --- |
//! | section, dossier | `subject` with `courant:section/SLUG`, `courant:dossier/SLUG` |
//! | place, dateline | `subject` of type `cpnat:geoArea` and `located` with `courant:place/SLUG`; time zone and point as `facet` `courant:timeZone` and `courant:point` |
//! | source | `infoSource` with role `courant:source` |
//! | short headline | `headline` with role `courant:headline/short` |
//! | what a person who signs is | `note` with role `courant:byline/role` in `creator` |
//! | agency's mark, last update, last correction, sign-off, earlier story | `itemMetaExtProperty` with `courant:mark`, `courant:updated`, `courant:corrected`, `courant:signOff`, `courant:evolvedFrom` |
//! | correction | `edNote` with role `courant:correction/VERSION/INSTANT` or `courant:corrective/…` |
//! | public reason of a withdrawal | `edNote` with role `courant:reason` |
//! | pictures | `figure` elements before and after the copy, in `aside` elements of class `feature` and `gallery` |
//!
//! A document of others is read by the names and codes of the IPTC and, where they are in wide use, of its sender.

mod concept;
mod item;
mod package;
mod read;
#[cfg(test)]
pub(crate) mod tests;
mod write;

pub use read::read;
pub use write::{Entry, Package, write, write_message, write_notice, write_package};

/// The scheme of our own codes.
const OWN: &str = "courant:";
const SECTION: &str = "courant:section/";
const DOSSIER: &str = "courant:dossier/";
const PLACE: &str = "courant:place/";
const CORRECTION: &str = "courant:correction/";
const CORRECTIVE: &str = "courant:corrective/";
