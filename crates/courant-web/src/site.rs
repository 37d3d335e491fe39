//! The reader's site: from an address to a page.
//!
//! Every address is read once into a value that says what is asked; a handler asks the read model or
//! the index and fills a struct of [`crate::pages`]. Nothing here writes, and nothing here knows SQL or markup.

mod address;
mod answer;
mod archive;
mod archives;
mod cards;
mod choose;
mod cite;
mod common;
mod day;
mod discovery;
mod dossiers;
mod feeds;
mod files;
mod front;
mod lists;
mod live;
mod moment;
mod money;
mod narrow;
mod oembed;
mod policies;
mod press;
mod rates;
mod register;
mod rights;
mod search;
mod sift;
mod story;
mod suggest;
mod today;
mod topics;
mod versions;
mod websub;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use courant_card::Painter;
use courant_projections::site::SiteStore;
use courant_search::SearchIndex;
use courant_wire::WireSeq;
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, header};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::pages::Fault;
use crate::serve::Hub;

use address::{Address, ListAddress, ListForm};
use answer::Refused;

pub use live::{publish, replay};
pub use policies::{Policy, PolicyKind};
pub use rights::Rights;
pub use websub::{FeedHub, FeedMode, FeedRefusal, FeedRequest};

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
    /// What machines may do with the service.
    pub rights: Rights,
    /// Where a security fault can be told: an address of the kind `mailto:` or `https:`.
    pub security_contact: Option<Box<str>>,
    /// Where an outlet that is followed asks to be removed: an address of the kind `mailto:` or `https:`.
    pub press_contact: Option<Box<str>>,
    /// Who the agency belongs to and what it controls, for `trust.txt`.
    pub trust: Vec<TrustRelation>,
    /// What the agency says of its own work.
    pub policies: Vec<Policy>,
    /// Accounts of bylines in the fediverse, `@ann@social.example`, by the slug of the byline.
    pub fediverse: BTreeMap<Box<str>, Box<str>>,
    /// The key that search engines of `IndexNow` look for, if the agency tells them of changes.
    pub indexnow_key: Option<Box<str>>,
}

/// A line of `trust.txt` (draft-org-trust-relationship-protocol-01).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustRelation {
    /// What the other is to us.
    pub attribute: TrustAttribute,
    /// An address.
    pub value: Box<str>,
}

/// What another organisation is to the agency, or where it can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrustAttribute {
    /// A member of ours.
    Member,
    /// An association we belong to.
    BelongTo,
    /// A site we control.
    Control,
    /// Who controls us.
    ControlledBy,
    /// An account of ours elsewhere.
    Social,
    /// Who works for us.
    Vendor,
    /// Who we work for.
    Customer,
    /// A disclosure.
    Disclosure,
    /// A contact.
    Contact,
}

impl TrustAttribute {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Member,
        Self::BelongTo,
        Self::Control,
        Self::ControlledBy,
        Self::Social,
        Self::Vendor,
        Self::Customer,
        Self::Disclosure,
        Self::Contact,
    ];

    /// The word in the file and in the configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::BelongTo => "belongto",
            Self::Control => "control",
            Self::ControlledBy => "controlledby",
            Self::Social => "social",
            Self::Vendor => "vendor",
            Self::Customer => "customer",
            Self::Disclosure => "disclosure",
            Self::Contact => "contact",
        }
    }
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
    /// Draws the cards of stories.
    pub painter: Arc<Painter>,
    /// Who sends feeds to those who subscribed; nobody where the site's address is not configured.
    pub feed_hub: Option<Arc<dyn FeedHub>>,
    /// What time it is: for the day a mute ends, and for what is today's rate.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

/// The site as a service.
pub fn router(state: Arc<SiteState>) -> Router {
    Router::new().fallback(answer_request).with_state(state)
}

async fn answer_request(State(state): State<Arc<SiteState>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if let Some(hub) = state.feed_hub.as_ref().filter(|_| parts.method == Method::POST && parts.uri.path() == websub::PATH) {
        return websub::answer(&state, hub.as_ref(), &parts.headers, body).await;
    }
    if parts.method != Method::GET && parts.method != Method::HEAD {
        return answer::fault(&state, parts.uri.path(), Fault::ReadOnly).into_response();
    }
    let (path, length) = (parts.uri.path(), parts.uri.path_and_query().map_or(0, |target| target.as_str().len()));
    let mut response = if TARGET_LEN_BYTES_MAX < length {
        answer::fault(&state, "/", Fault::TooLong { limit: TARGET_LEN_BYTES_MAX as u64 }).into_response()
    } else {
        page(&state, &parts).unwrap_or_else(|refused| refused.into_response(&state, path))
    };
    if let Ok(usage) = HeaderValue::try_from(state.agency.rights.content_usage()) {
        response.headers_mut().insert(CONTENT_USAGE, usage);
    }
    if state.agency.origin.starts_with("https:") {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, ONLY_SECURE);
    }
    response
}

/// What stands at an address.
fn page(state: &SiteState, parts: &Parts) -> Result<Response, Refused> {
    let query = parts.uri.query().unwrap_or_default();
    let Some(address) = Address::read(parts.uri.path()) else { return Err(Refused::Fault(Fault::NotFound)) };
    match address {
        Address::Front => match moment::asked(state, query) {
            // The front page of a day that is over is its list.
            Ok(Some(_)) => Err(Refused::Found(format!("/all?{query}"))),
            Ok(None) => front::page(state, query),
            Err(refused) => Err(refused),
        },
        Address::Topics => topics::page(state, query),
        Address::Dossiers => dossiers::index(state, query),
        Address::DossierVersions(slug) => dossiers::versions(state, &slug, query),
        Address::List { list, form } => list_as_asked(state, &list, form, query),
        Address::Day { date, form } => lists::day(state, date, form, query),
        Address::Month(first) => archive::month(state, first, query),
        Address::Year(first) => archive::year(state, first, query),
        Address::NoSuchDay => Err(Refused::Fault(Fault::NoSuchDay { typed: parts.uri.path().to_owned() })),
        Address::Events(list) => {
            let moved = topics::moved(&list, "/events", query).and_then(|()| dossiers::moved_stream(state, &list, query));
            moved.and_then(|()| live::stream(state, &list, query, &parts.headers))
        }
        Address::Search(form) => search::page(state, form, query),
        Address::Filter => choose::page(state, query),
        Address::Today(form) => today::page(state, form, query),
        Address::Suggest => suggest::answer(state, query),
        Address::Story { id, form } => match moment::asked(state, query) {
            Ok(Some(at)) => moment::story(state, id, form, parts.uri.path(), at),
            Ok(None) => story::page(state, id, form, parts.uri.path(), query),
            Err(refused) => Err(refused),
        },
        Address::StoryPast { id, past } => versions::page(state, id, &past, parts.uri.path(), &parts.headers),
        Address::StoryPress { id, form } => press::of_story(state, id, form, parts.uri.path(), query),
        Address::DossierPress { dossier, form } => press::of_dossier(state, &dossier, form, query),
        Address::PressSources(form) => press::sources(state, form, query),
        Address::Partners(form) => press::partners(state, form, query),
        Address::Register(form) => register::page(state, form, query),
        Address::ShortStory(id) => story::short(state, id),
        Address::Media(name) => files::media(state, &name),
        Address::Card { story, name } => cards::page(state, story, &name),
        Address::Oembed => oembed::answer(state, query),
        Address::Map(view) => Ok(files::map(&view)),
        Address::Asset(name) => files::asset(&name),
        Address::Icon => Ok(files::icon()),
        Address::Discovery(asked) => discovery::answer(state, asked),
        Address::About => policies::about(state, query),
        Address::Policy(kind) => policies::page(state, kind),
        Address::Convert(form) => rates::converter_page(state, form, query),
        Address::Rates(form) => rates::table_page(state, form, query),
        Address::RatesFeed(form) => rates::feed_page(state, form, query),
        Address::Rate { code, form } => rates::code_page(state, code, form, query),
        Address::RatesV1(what) => rates::api_page(state, &what, query),
        Address::OpenApi => Ok(rates::openapi(state)),
    }
}

/// The longest path and query that is answered, in bytes. What is longer yet is turned away before it comes here.
const TARGET_LEN_BYTES_MAX: usize = 8 << 10;
/// A site that is reached by TLS is not to be asked without for a year (RFC 6797).
const ONLY_SECURE: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// A list as it is, or as it was; one that is elsewhere now leads there.
fn list_as_asked(state: &SiteState, list: &ListAddress, form: ListForm, query: &str) -> Result<Response, Refused> {
    topics::moved(list, form.ending(), query)?;
    let at = moment::asked(state, query)?;
    let entry = match at {
        // Before the first entry nothing was merged.
        Some(at) => Some(state.site.entry_at(at)?.unwrap_or(WireSeq::START)),
        None => None,
    };
    if let Some(elsewhere) = dossiers::moved(state, list, form, query, entry)? {
        return Ok(elsewhere);
    }
    match at {
        Some(at) => moment::list(state, list, form, query, at),
        None => lists::page(state, list, form, query),
    }
}

/// What may be done with an answer: draft-ietf-aipref-attach-05.
const CONTENT_USAGE: HeaderName = HeaderName::from_static("content-usage");
