//! IPTC NITF 3.x: a story with its mark-up, as many agencies sent it for twenty years and as NewsML-G2 carries it inline.
//!
//! # What stands where
//!
//! | what | where |
//! | --- | --- |
//! | guid | `doc-id/@id-string`; when it is missing, made of sender, time and headline |
//! | version | `du-key/@version` |
//! | what may be done with it | `docdata/@management-status`: `usable`, `embargoed` until `date.release`, `withheld`, `canceled`; of another document: `@management-doc-idref` with `@management-idref-status` |
//! | slugline | `meta` `slugline` or `anpa-keyword`, the only `keyword`, or `du-key/@key` |
//! | urgency | `urgency/@ed-urg` |
//! | time of the version | `date.issue/@norm` |
//! | headline, lead | `hl1` or `title`; `abstract` |
//! | dateline | `dateline/location`, `story.date`; a dateline printed in the copy is taken out |
//! | subjects | `tobject.subject/@tobject.subject.refnum`: IPTC Subject Codes |
//! | notes to editors | `ed-msg/@info`, `body.head/note` |
//! | correction | `correction/@info` |
//! | pictures | `media` with `media-type` `image` |
//! | signature at the end | `body.end/tagline`, the last paragraph |

mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::read;
pub(crate) use read::story as tell;
pub use write::{write, write_notice};
