//! The serving layer over real sockets.
#![expect(clippy::unwrap_used, reason = "a test's helpers fail as loudly as the test itself")]

mod harness;
mod pages;
mod requests;
mod shutdown;
mod streams;
