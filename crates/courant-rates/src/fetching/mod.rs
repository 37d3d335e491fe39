//! Fetching, decided: which address, when next, whether a source is late or ill. The asking itself is done by the binary.

mod address;
mod health;
mod plan;

pub use address::{Address, AddressError, standard_address};
pub use health::{HELD_MAX, Health, Outcome, Validators};
pub use plan::{expected, is_late, next_at};
