//! (skeleton)

pub mod serve;
