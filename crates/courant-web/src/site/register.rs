//! `/corrections`: the public register, as a page and as a feed.

use axum::response::{IntoResponse, Response};
use courant_formats::feed::FeedEntry;
use courant_news::{EventKind, Filter, Guid};
use courant_projections::site::{Cursor, Line, VersionLine};

use super::SiteState;
use super::address::ListForm;
use super::answer::{self, Refused};
use super::archives::History;
use super::common::{self, ALL};
use super::feeds::{self, Entries, FeedOf};
use crate::pages::{RegisterEntry, RegisterPage};
use crate::serve::Tag;
use crate::words::{UiLanguage, Words};

/// The register's path.
const PATH: &str = "/corrections";
/// How many acts a page has.
const PAGE_ENTRIES: usize = 50;

/// The register's address in a language of the interface.
pub(super) fn address(language: UiLanguage) -> String {
    common::target(PATH, &edition(language), &[])
}

fn edition(language: UiLanguage) -> Filter {
    match language {
        UiLanguage::English => Filter::default(),
        other => common::edition(other),
    }
}

/// The register. `lang=` chooses the language of its furniture.
pub(super) fn page(state: &SiteState, form: ListForm, query: &str) -> Result<Response, Refused> {
    let language = common::list_language(&Filter::parse(query, &["before", "after"]).filter);
    let cursor = common::cursor(query)?;
    let mut found = state.site.register(common::before(cursor), PAGE_ENTRIES + 1)?;
    let older = (PAGE_ENTRIES < found.len()).then(|| found.truncate(PAGE_ENTRIES)).and_then(|()| found.last().map(|(_, entry)| entry.seq));
    let edition = edition(language);
    if form != ListForm::Html {
        let title = format!("{} · {}", Words::of(language).t("corrections"), state.agency.name);
        let feed =
            FeedOf { title, path: PATH.to_owned(), filter: &edition, language, more: Vec::new(), next: older, history: History::default() };
        let entries = Entries {
            stories: found.iter().map(|(line, entry)| feed_entry(state, language, line, entry)).collect(),
            withdrawn: Vec::new(),
            updated_at: found.first().map(|(_, entry)| entry.moved_at),
        };
        return feeds::finish(state, &feed, form, cursor, entries, vec![Tag::of(ALL)]);
    }
    let here = common::target(PATH, &edition, &common::cursor_parameter(cursor));
    let page = RegisterPage {
        chrome: common::chrome(state, language, here),
        entries: found.iter().map(register_entry).collect(),
        older: older.map(|seq| common::target(PATH, &edition, &common::cursor_parameter(Cursor::Before(seq)))),
        feed: common::target(&format!("{PATH}.rss"), &edition, &[]),
    };
    Ok(answer::html(page.render()).until([Tag::of(ALL)]).into_response())
}

fn register_entry((line, entry): &(Line, VersionLine)) -> RegisterEntry {
    RegisterEntry {
        kind: entry.kind,
        moved_at: entry.moved_at,
        headline: (!line.headline.is_empty()).then(|| line.headline.as_str().into()),
        lang: line.lang.clone(),
        path: line.path(),
        reason: entry.note.as_deref().map(Into::into),
    }
}

/// An act as an entry of a feed. Its name is that of the story and the number of the act, so that a reader shows every act once.
fn feed_entry(state: &SiteState, language: UiLanguage, line: &Line, entry: &VersionLine) -> FeedEntry {
    let words = Words::of(language);
    let kind = words.t(match entry.kind {
        EventKind::Correct => "corrected",
        EventKind::Withhold => "withheld",
        EventKind::Release => "released",
        EventKind::Kill => "killed",
        EventKind::TakeDown => "taken-down",
        // The register has no others.
        EventKind::Move
        | EventKind::Update
        | EventKind::Refile
        | EventKind::Repeat
        | EventKind::LiftEmbargo
        | EventKind::Advise
        | EventKind::DescribeDossier
        | EventKind::Fix
        | EventKind::RankFront
        | EventKind::MergeDossier
        | EventKind::DescribeSource
        | EventKind::MatchReport
        | EventKind::WithdrawReport
        | EventKind::DescribePartner
        | EventKind::Tease
        | EventKind::DescribePhoto
        | EventKind::KillPhoto => "updated",
    });
    let headline = if line.headline.is_empty() { words.t("to-notice") } else { &line.headline };
    FeedEntry {
        id: act_id(&line.guid, entry).into(),
        url: format!("{}{}", state.agency.origin, line.path()).into(),
        title: format!("{kind}: {headline}").into(),
        summary: entry.note.as_deref().map(Into::into),
        content_html: String::new(),
        authors: vec![state.agency.name.clone()],
        published_at: entry.moved_at,
        updated_at: entry.moved_at,
        categories: Vec::new(),
        picture: None,
        lang: line.lang.as_str().into(),
        rights: None,
        seq: entry.seq.0,
        version: entry.version.number(),
    }
}

fn act_id(guid: &Guid, entry: &VersionLine) -> String {
    format!("{}#{}-{}", courant_formats::ninjs::uri_of(guid.as_str()), entry.kind.as_str(), entry.seq)
}
