//! What time it is. Nothing outside this binary asks.

use jiff::Timestamp;

/// Now, to the microsecond, which is what the wire keeps.
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}
