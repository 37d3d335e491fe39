//! The formats Courant reads and writes.
//!
//! Each module is one format. Reading never trusts: everything from outside has a named limit, and what is refused is
//! refused with the field, the value, the reason and a remedy. Writing never invents: an item written and read again
//! is equal.

pub mod check;
pub mod encoding;
pub mod feed;
pub mod feed_in;
mod filing;
mod findings;
pub mod ghost;
pub mod html;
pub mod incoming;
mod instant;
pub mod iptc7901;
mod markup;
pub mod newsml1;
pub mod newsml_g2;
pub mod ninjs;
pub mod nitf;
pub mod opml;
mod picture;
pub mod press;
mod refused;
pub mod sitemap;
pub mod source;
pub mod text;
mod told;
pub mod wxr;
pub mod xml;
