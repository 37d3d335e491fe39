//! NewsML 1.x (2000 to 2008), which some agencies send to this day.
//!
//! # What stands where
//!
//! | what | where |
//! | --- | --- |
//! | guid | `urn:newsml:ProviderId:DateId:NewsItemId`, the public identifier without its revision (RFC 3085) |
//! | version | `RevisionId` |
//! | what may be done with it | `Status`: `Usable`, `Embargoed` until the `DateAndTime` of `StatusWillChange`, `Withheld`, `Canceled`; `Instruction`: `Kill`, `Correction` |
//! | headline, byline, dateline, slugline | `NewsLines` |
//! | subjects | `SubjectCode`: IPTC Subject Codes |
//! | copy | the first `ContentItem` with text: NITF, XHTML or plain |
//! | pictures | `ContentItem`s of media type `Photo` or `Graphic` with an address, and the component with role `Caption` |

mod read;
#[cfg(test)]
mod tests;

pub use read::read;
