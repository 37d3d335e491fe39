//! Money, exactly: what banks fixed, on which day, and what follows from it by arithmetic.
//!
//! Published numbers are kept as text ([`courant_news::Fixing`]), calculated with as exact fractions ([`Exact`]) and rounded once,
//! half-up, when they are shown ([`Decimal`]). This crate asks no clock, fetches nothing and opens no file.

mod decimal;
mod exact;

pub use courant_news::{CurrencyCode, Fixing};
pub use decimal::Decimal;
pub use exact::Exact;
