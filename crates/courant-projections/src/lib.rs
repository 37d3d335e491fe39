//! What the world sees of the wire, one module each. A projection can be dropped and rebuilt from entry 1.
//!
//! Each has a pure function from an entry to changes (`changes`, `frame`), which never asks a clock, a desk or another
//! projection, and a follower that the pump drives ([`courant_wire::pump::Projection`]).
//!
//! - [`site`]: the read model behind every page and feed
//! - [`index`]: the search index
//! - [`live`]: the frames of the event stream

pub mod index;
pub mod live;
pub mod site;
