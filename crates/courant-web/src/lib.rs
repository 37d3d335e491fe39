//! The reader's site over HTTP.
//!
//! - [`serve`]: connections, the page cache, event streams
//! - [`site`]: from an address to a page
//! - [`pages`]: from a page's matter to its HTML
//! - [`words`]: what the site says, in four languages

pub mod serve;
pub mod site;

pub mod pages;
pub mod words;
