//! Fetching other media politely, decided: when a source is asked, by whose leave, what of its answer is news. The asking itself is
//! done by the binary, which alone knows the network and the clock.

mod agenda;
mod arriving;
mod clean;
mod health;
mod ours;
mod plan;
mod robots;
mod when;

pub use agenda::Agenda;
pub use arriving::{Arriving, KNOWN_MAX, Known, Taken, Verdict};
pub use clean::{HEADLINE_CHARS_MAX, headline};
pub use health::{FAULTS_MAX, Health, Hints, Outcome, Subscription, Validators};
pub use ours::{is_near_copy, names_us};
pub use plan::{Bounds, is_late, next_at};
pub use robots::{PRODUCT, Preferences, Robots, preferences};
