//! The ports of Courant on SQLite files: the wire in `newsroom.db`, the read model in `site.db`.
//!
//! `newsroom.db` is the truth and is backed up; `site.db` can be dropped and rebuilt from it at any time. Readers of the
//! site never touch the truth. SQL is written by hand: fixed statements are files under `sql/`, and only a filter,
//! whose shape the reader chooses, is put together in code ([`site`]), with every value bound.

mod database;
mod newsroom;
mod packing;
pub mod site;

pub use newsroom::NewsroomDb;
pub use site::SiteDb;
