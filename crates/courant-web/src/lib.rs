//! The reader's site over HTTP.
//!
//! - [`serve`]: connections, the page cache, event streams
//! - [`site`]: from an address to a page
//! - [`pages`]: from a page's matter to its HTML
//! - [`press`]: where hubs announce what other media report
//! - [`SiteLedger`]: the exchange rates of the read model
//! - [`words`]: what the site says, in four languages

mod ledger;
pub mod press;
pub mod serve;
pub mod site;

pub mod pages;
pub mod words;

pub use ledger::SiteLedger;
