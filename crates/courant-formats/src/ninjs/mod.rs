//! IPTC ninjs: news in JSON. Reads 1.x, 2.x and 3.x; writes 3.1, and 2.2 for older partners.
//!
//! # Conventions
//! ninjs 3.1 refuses keys it does not know, so what it has no key for is written in its own terms:
//!
//! | what | where |
//! | --- | --- |
//! | section | `subjects[].uri` `courant:section/SLUG`, `rel` `section` |
//! | dossier | `subjects[].uri` `courant:dossier/SLUG`, `rel` `dossier` |
//! | keyword | `subjects[]` with `rel` `keyword` and a name only |
//! | lead | `descriptions[]` with role `summary` |
//! | short headline | `headlines[]` with role `short` |
//! | byline | `by` as printed, and `infoSources[]` with role `author`, what the person is in `literal` |
//! | source | `infoSources[]` with role `source` |
//! | place | `places[]` with `uri` `courant:place/SLUG`, the rest in `geoJSON`: a GeoJSON Feature with `country`, `countryCode` and `timeZone` among its properties |
//! | dateline | `located` as printed, the place with `rel` `located`, its filing instant in `contentCreated`, the agency's mark in the Feature's property `mark` |
//! | signal, last update, last correction, sign-off, earlier story | `altIds[]` with role `signal`, `updated`, `corrected`, `signOff`, `evolvedFrom` |
//! | correction | `trustIndicators[]` with role `courant:correction/VERSION/INSTANT` or `courant:corrective/…` and the reason as title |
//! | picture | `associations[]` named `feature` or `gallery-1`…, caption and alternative text as descriptions with role `caption` and `alt`, the credit as `by` |
//! | public reason of a notice | `descriptions[]` with role `reason` |
//! | guid that is no IRI | `uri` `courant:guid/ENCODED` |
//!
//! Notes to editors (`edNote`) and the sign-off go to clients only.

mod check;
mod filed;
mod known;
mod older;
mod picture;
mod place;
mod read;
mod scan;
mod tree;
mod words;
mod write;

pub use crate::incoming::{Content, Problem, Reading, Refused, Repair, Withdrawal};
pub use check::{Checked, check, check_by};
pub use older::{write_2_2, write_notice_2_2};
pub use read::{Edition, Read, read};
pub use scan::{BODY_LEN_BYTES_MAX, DEPTH_MAX, DOCUMENT_LEN_BYTES_MAX, ENTRIES_MAX};
pub(crate) use words::{drop_repeated_headline, printed_bylines};
pub use write::{Audience, Writing, uri_of, write, write_notice};
pub(crate) use write::{advisory, is_uri};

/// The scheme of our own codes.
const SECTION: &str = "courant:section/";
const DOSSIER: &str = "courant:dossier/";
const PLACE: &str = "courant:place/";
const GUID: &str = "courant:guid/";
const CORRECTION: &str = "courant:correction/";
const CORRECTIVE: &str = "courant:corrective/";

#[cfg(test)]
pub(crate) mod tests;
