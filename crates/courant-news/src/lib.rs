//! What a story is and what may happen to it.
//!
//! This crate is the centre of Courant: the words of the newsroom as types, the rules of what may follow what,
//! and the filter. It does no I/O, asks no clock and serialises nothing: a serialised type is a promise to
//! strangers, and those are made in `courant-wire::codec` and `courant-formats`.
//!
//! Reading order: [`NewsItem`] (one version of a story), [`WireEvent`] (what can happen to it, with the rule table
//! [`WireEvent::admit`]), [`act`] (how an editor's act becomes an event), [`Filter`] (what a reader chooses).

mod field;

mod body;
mod currency;
mod dateline;
mod dossier;
mod event;
mod fixing;
mod front;
mod identity;
mod item;
mod language;
mod notice;
mod photo;
mod picture;
mod place;
mod slug;
mod status;
mod subject;
mod text;
mod topics;

pub mod act;
pub mod address;
pub mod filter;
pub mod press;

pub use body::{Block, Figure, Inline, List, Money, Quote, Table, plain_text};
pub use currency::CurrencyCode;
pub use dateline::{AgencyMark, Dateline};
pub use dossier::{Dossier, DossierBook, DossierMerge, DossierState, DossierText, KeyEvent, Sentence};
pub use event::{Admission, EventKind, Offer, Refusal, Standing, WireEvent};
pub use field::FieldError;
pub use filter::Filter;
pub use fixing::{DateKind, Fixing, FixingScope, Quotation, QuoteUnit, RateQuote, RateSource, RateText, RawHash, Read};
pub use front::FrontRank;
pub use identity::{Guid, StoryId, Version};
pub use item::{Correction, CorrectionKind, ItemType, NewsItem, Rights, Times};
pub use language::{Direction, Lang};
pub use notice::{Advisory, Notice};
pub use photo::{Focus, Photo, PhotoId, PhotoNotice};
pub use picture::{Association, AssociationRole, Picture, PictureTerms, Rendition};
pub use place::{Place, Point};
pub use slug::slugify;
pub use status::{PubStatus, Signal, Urgency};
pub use subject::{Byline, DossierSlug, Entity, SectionSlug, SourceName, Subject};
pub use text::{EdNote, Headline, Keyword, Lead, Reason, SignOff, Slugline};
pub use topics::{MediaTopic, media_topic_name};
