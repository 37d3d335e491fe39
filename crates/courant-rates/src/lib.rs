//! Money, exactly: what banks fixed, on which day, and what follows from it by arithmetic.
//!
//! Published numbers are kept as text ([`courant_news::Fixing`]), calculated with as exact fractions ([`Exact`]) and rounded once,
//! half-up, when they are shown ([`Decimal`]). This crate asks no clock, fetches nothing and opens no file.
//!
//! Reading order: [`readers`] (from the bytes of a bank to fixings), [`ledger`] (fixings as they are asked for), [`convert`] (the answer
//! and its reasons), [`history`] (what is built in), [`fetching`] (when a bank is asked, and how it is), [`amounts`] (money in copy),
//! [`Currency`] and [`Anchor`] (the facts of ISO 4217, of the euro and of pegs).

mod anchor;
mod apart;
mod calendar;
mod currency;
mod decimal;
mod exact;
mod layered;
mod source;

pub mod amounts;
pub mod answer;
pub mod convert;
pub mod fetching;
pub mod history;
pub mod hold;
pub mod ledger;
pub mod readers;
pub mod typed;

pub use anchor::{Anchor, AnchorKind};
pub use apart::{Apart, apart};
pub use calendar::Closed;
pub use courant_news::{CurrencyCode, Fixing};
pub use currency::{Currency, Successor};
pub use decimal::Decimal;
pub use exact::Exact;
pub use layered::Layered;
pub use source::{Source, SourceFacts};
