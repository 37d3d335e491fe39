//! The serving layer: how pages and event streams leave the machine.
//!
//! One OS thread per core, each with its own listener on the shared port, its own single-threaded
//! runtime and its own hyper connections. A request is answered on its thread when the page lies
//! ready in the [`PageCache`]; everything else goes to the axum router, which runs on separate
//! rendering threads and may block there. Event streams are bodies over one shared log, the [`Hub`].
//!
//! # How a handler answers
//!
//! * [`Answer`]: a whole page. The server adds entity tags, encodings, 304 and HEAD, and keeps it
//!   for other readers if it names the [`Tag`]s it was made from.
//! * [`EventStream`]: a place in the live log and a filter.
//! * Anything else axum can turn into a response passes through untouched, never shared.
//!
//! # How a change becomes visible
//!
//! The pump commits the read model, calls [`PageCache::invalidate`] with the tags of what changed,
//! then [`Hub::publish`]. When `invalidate` returns, no reader gets an older page any more.

mod addresses;
mod answer;
mod body;
mod cache;
mod coding;
mod conditional;
mod conn;
mod event_stream;
mod group;
mod hub;
mod lean;
mod log_copy;
mod metrics;
mod operator;
mod options;
mod page;
mod render;
mod request;
mod server;
mod service;
mod stream;
mod thread;

pub use answer::{Answer, Keep, TAGS_MAX, Tag};
pub use cache::{CACHE_BYTES_DEFAULT, PageCache};
pub use event_stream::{EventStream, POLL_WAIT_MAX};
pub use group::Group;
pub use hub::{FRAMES_MAX, Frame, GROUPS_MAX, Hub, HubError, MUTED, NewFrame, Subject, Telling, WAIT_MAX};
pub use metrics::Metrics;
pub use operator::{Operation, Readiness};
pub use options::{Limits, Options};
pub use render::Peer;
pub use server::{Running, ServeError, Server, Site};
