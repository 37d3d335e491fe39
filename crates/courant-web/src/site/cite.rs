//! How a story is cited.

use axum::response::{IntoResponse, Response};
use courant_news::NewsItem;
use courant_projections::site::SiteStory;

use super::SiteState;
use super::answer;
use super::common;
use crate::pages::CitePage;
use crate::serve::Tag;
use crate::words::UiLanguage;

/// `/cite`, and `/cite.bib` for programs that keep references.
pub(super) fn page(state: &SiteState, story: &SiteStory, item: &NewsItem, as_bibtex: bool) -> Response {
    let chrome = common::chrome(state, UiLanguage::of(&item.lang), format!("{}/cite", story.line.path()));
    let page = CitePage { chrome, item: item.clone() };
    let answer = match as_bibtex {
        true => answer::form("application/x-bibtex; charset=utf-8", page.bibtex()),
        false => answer::html(page.render()),
    };
    answer.until([Tag::pair("story", &item.story_id().to_string())]).into_response()
}
