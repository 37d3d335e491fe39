//! Lists as feeds.
use axum::response::Response;
use courant_news::Filter;
use courant_projections::site::{Cursor, Line};
use courant_wire::WireSeq;

use super::SiteState;
use super::address::ListForm;
use super::answer::Refused;
use crate::pages::Fault;
use crate::serve::Tag;
use crate::words::UiLanguage;

pub(super) const ENTRIES: usize = 50;

pub(super) struct FeedOf<'a> {
    pub(super) title: String,
    pub(super) path: String,
    pub(super) filter: &'a Filter,
    pub(super) language: UiLanguage,
    pub(super) next: Option<WireSeq>,
}

pub(super) fn answer(_: &SiteState, _: &FeedOf<'_>, _: ListForm, _: Cursor, _: &[Line], _: Vec<Tag>) -> Result<Response, Refused> {
    Err(Refused::Fault(Fault::NotFound))
}
pub(super) fn search_answer(_: &SiteState, _: &FeedOf<'_>, _: ListForm, _: &str, _: &str, _: &[Line]) -> Result<Response, Refused> {
    Err(Refused::Fault(Fault::NotFound))
}
