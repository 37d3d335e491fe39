//! (skeleton)

pub mod serve;
pub mod site;

pub mod pages;
pub mod words;
