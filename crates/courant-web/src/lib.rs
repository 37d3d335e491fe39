//! (skeleton)

pub mod serve;

pub mod pages;
pub mod words;
