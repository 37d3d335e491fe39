//! The reader's site: from an address to a page.
//!
//! Every address is read once into a value that says what is asked; a handler asks the read model or
//! the index and fills a struct of [`crate::pages`]. Nothing here writes, and nothing here knows SQL or markup.

mod address;
mod answer;
mod common;
mod feeds;
mod files;
mod front;
mod lists;
mod live;
mod money;
mod rates;
mod search;
mod story;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use courant_projections::site::SiteStore;
use courant_search::SearchIndex;
use http::Method;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::pages::Fault;
use crate::serve::Hub;

use address::Address;
use answer::Refused;

pub use live::{publish, replay};

/// The agency as readers know it.
#[derive(Clone, Debug)]
pub struct Agency {
    /// Its name.
    pub name: Box<str>,
    /// Scheme and host of the site without a slash at the end.
    pub origin: Box<str>,
    /// The zone all times are printed in.
    pub zone: TimeZone,
    /// The sections in their order, by slug; empty to show those with most stories.
    pub sections: Vec<Box<str>>,
}

/// What the handlers share.
pub struct SiteState {
    /// Who we are.
    pub agency: Agency,
    /// The read model.
    pub site: Arc<dyn SiteStore>,
    /// The search index.
    pub index: Arc<SearchIndex>,
    /// The event stream.
    pub hub: Arc<Hub>,
    /// The folder of picture files.
    pub media: PathBuf,
    /// What time it is: for the day a mute ends, and for what is today's rate.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

/// The site as a service.
pub fn router(state: Arc<SiteState>) -> Router {
    Router::new().fallback(answer_request).with_state(state)
}

async fn answer_request(State(state): State<Arc<SiteState>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    if parts.method != Method::GET && parts.method != Method::HEAD {
        return answer::fault(&state, parts.uri.path(), Fault::ReadOnly).into_response();
    }
    let query = parts.uri.query().unwrap_or_default();
    let answered = match Address::read(parts.uri.path()) {
        Some(address) => match address {
            Address::Front => front::page(&state, query),
            Address::List { list, form } => lists::page(&state, &list, form, query),
            Address::Day { date, form } => lists::day(&state, date, form, query),
            Address::NoSuchDay => Err(Refused::Fault(Fault::NoSuchDay { typed: parts.uri.path().to_owned() })),
            Address::Events(list) => live::stream(&state, &list, query, &parts.headers),
            Address::Search(form) => search::page(&state, form, query),
            Address::Story { id, form } => story::page(&state, id, form, parts.uri.path(), query),
            Address::ShortStory(id) => story::short(&state, id),
            Address::Media(name) => files::media(&state, &name),
            Address::Asset(name) => files::asset(&name),
            Address::Icon => Ok(files::icon()),
            Address::Robots => Ok(files::robots()),
            Address::Convert(form) => rates::converter_page(&state, form, query),
            Address::Rates(form) => rates::table_page(&state, form, query),
            Address::RatesFeed(form) => rates::feed_page(&state, form, query),
            Address::Rate { code, form } => rates::code_page(&state, code, form, query),
            Address::RatesV1(what) => rates::api_page(&state, &what, query),
            Address::OpenApi => Ok(rates::openapi(&state)),
        },
        None => Err(Refused::Fault(Fault::NotFound)),
    };
    answered.unwrap_or_else(|refused| refused.into_response(&state, parts.uri.path()))
}
