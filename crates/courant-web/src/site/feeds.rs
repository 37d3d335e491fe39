//! Lists as feeds: RSS, Atom, JSON Feed and a newsMessage of NewsML-G2, all of the same stories.

use axum::response::{IntoResponse, Response};
use courant_formats::feed::{Feed, FeedEntry, FeedHistory, Tombstone, write_atom, write_json_feed, write_rss};
use courant_formats::newsml_g2::{self, Entry, Package};
use courant_formats::ninjs::{Audience, Writing};
use courant_news::{Filter, NewsItem, PubStatus};
use courant_projections::site::{Cursor, Line};
use courant_wire::WireSeq;
use http::header::{self, HeaderValue};
use jiff::Timestamp;

use super::SiteState;
use super::address::ListForm;
use super::answer::{self, Refused};
use super::archives::History;
use super::common;
use super::story::notice_of;
use super::websub;
use crate::pages::Fault;
use crate::serve::{Answer, Tag};
use crate::words::{UiLanguage, Words};

/// How many stories a feed has.
pub(super) const ENTRIES: usize = 50;
/// How long a reader may keep a feed, in minutes.
const TTL_MINUTES: u32 = 1;

/// The parameter that names an archive of a feed: the position of its newest story.
pub(super) const ARCHIVE: &str = "archive";
/// How long others may keep an archive. It changes only when a story in it is corrected, moves on with more news or is
/// withdrawn; a kill has left every cache five minutes later.
const ARCHIVE_AGE: &str = "public, max-age=300";

/// The media type of a NewsML-G2 newsMessage.
const NEWS_MESSAGE: &str = "application/vnd.iptc.g2.newsmessage+xml; charset=utf-8";
/// The media type of a NewsML-G2 packageItem.
const PACKAGE: &str = "application/vnd.iptc.g2.packageitem+xml; charset=utf-8";

/// A list that is asked for as a feed.
pub(super) struct FeedOf<'a> {
    /// What the list is called.
    pub(super) title: String,
    /// The list's path, without an ending.
    pub(super) path: String,
    /// The filter as the address says it.
    pub(super) filter: &'a Filter,
    /// The language of the feed's own words.
    pub(super) language: UiLanguage,
    /// Parameters of the address that are not of the filter.
    pub(super) more: Vec<(&'static str, String)>,
    /// The cursor of older stories, when there are any.
    pub(super) next: Option<WireSeq>,
    /// Its place in the list's whole history.
    pub(super) history: History,
}

impl<'a> FeedOf<'a> {
    /// A feed without further parameters or pages.
    pub(super) fn of(title: String, path: String, filter: &'a Filter, language: UiLanguage) -> Self {
        Self { title, path, filter, language, more: Vec::new(), next: None, history: History::default() }
    }
}

/// Where one subscribes to feeds.
pub(super) fn hub_url(state: &SiteState) -> Option<Box<str>> {
    state.feed_hub.as_ref().map(|_| format!("{}{}", state.agency.origin, websub::PATH).into())
}

/// What a feed says of itself in the head of its answer: its address, and the hub if there is one (WebSub, 4).
pub(super) fn links(state: &SiteState, self_url: &str) -> Result<HeaderValue, Refused> {
    let mut links = format!("<{self_url}>; rel=\"self\"");
    if let Some(hub) = hub_url(state) {
        links.push_str(&format!(", <{hub}>; rel=\"hub\""));
    }
    HeaderValue::try_from(links).map_err(|error| Refused::Broken(error.into()))
}

/// The feed of these lines. It hangs on the same tags as the page of the list.
pub(super) fn answer(
    state: &SiteState,
    of: &FeedOf<'_>,
    form: ListForm,
    cursor: Cursor,
    lines: &[Line],
    tags: Vec<Tag>,
) -> Result<Response, Refused> {
    let usable: Vec<_> = lines.iter().filter(|line| line.pub_status == PubStatus::Usable).map(|line| line.story).collect();
    let stories = state.site.items(&usable)?;
    let updated_at = lines.iter().map(|line| line.latest_at).max();
    if form == ListForm::NewsMessage {
        let withdrawn = lines.iter().filter(|line| line.pub_status != PubStatus::Usable);
        let notices = withdrawn.map(|line| Ok((notice_of(line)?, line.latest_at))).collect::<Result<Vec<_>, Refused>>()?;
        let stories = stories.iter().map(|(_, item)| Entry::Story(item));
        let entries = stories.chain(notices.iter().map(|(notice, moved_at)| Entry::Notice(notice, *moved_at)));
        return Ok(message(state, entries, updated_at).until(tags).into_response());
    }
    if form == ListForm::Package {
        let target = common::target(&format!("{}{}", of.path, form.ending()), of.filter, &of.more);
        let newest = lines.iter().map(|line| line.seq).max().unwrap_or(WireSeq(1));
        let made_at = updated_at.unwrap_or(Timestamp::UNIX_EPOCH);
        let answer = package(state, &target, &of.title, of.language, newest, made_at, stories.iter().map(|(_, item)| item));
        return Ok(answer.until(tags).into_response());
    }
    let withdrawn = lines.iter().filter(|line| line.pub_status == PubStatus::Canceled).map(|line| Tombstone {
        id: line.guid.as_str().into(),
        withdrawn_at: line.latest_at,
        reason: line.reason.as_deref().unwrap_or_default().into(),
    });
    let entries = Entries {
        stories: stories.iter().filter_map(|(line, item)| FeedEntry::of(item, line.seq.0, &state.agency.origin)).collect(),
        withdrawn: withdrawn.collect(),
        updated_at,
    };
    finish(state, of, form, cursor, entries, tags)
}

/// Stories and notices as a NewsML-G2 newsMessage.
pub(super) fn message<'i>(state: &SiteState, entries: impl IntoIterator<Item = Entry<'i>>, updated_at: Option<Timestamp>) -> Answer {
    let writing = Writing { base_url: &state.agency.origin, audience: Audience::Public };
    answer::form(NEWS_MESSAGE, newsml_g2::write_message(entries, updated_at.unwrap_or(Timestamp::UNIX_EPOCH), &writing))
}

/// Stories as a NewsML-G2 packageItem, which is named by its address and numbered by the newest entry in it.
pub(super) fn package<'i>(
    state: &SiteState,
    target: &str,
    title: &str,
    language: UiLanguage,
    newest: WireSeq,
    made_at: Timestamp,
    stories: impl IntoIterator<Item = &'i NewsItem>,
) -> Answer {
    let writing = Writing { base_url: &state.agency.origin, audience: Audience::Public };
    let guid = format!("{}{target}", state.agency.origin);
    let version = u32::try_from(newest.0).unwrap_or(u32::MAX);
    let package = Package { guid: &guid, version, headline: title, lang: language.tag(), made_at };
    answer::form(PACKAGE, newsml_g2::write_package(&package, stories, &writing))
}

/// What a feed holds.
pub(super) struct Entries {
    /// Its entries, in the list's order.
    pub(super) stories: Vec<FeedEntry>,
    /// What was withdrawn.
    pub(super) withdrawn: Vec<Tombstone>,
    /// When anything in it last changed.
    pub(super) updated_at: Option<Timestamp>,
}

/// The feed of these entries.
pub(super) fn finish(
    state: &SiteState,
    of: &FeedOf<'_>,
    form: ListForm,
    cursor: Cursor,
    entries: Entries,
    tags: Vec<Tag>,
) -> Result<Response, Refused> {
    let origin = &state.agency.origin;
    let path = format!("{}{}", of.path, form.ending());
    let mut parameters = of.more.clone();
    parameters.extend(common::cursor_parameter(cursor));
    parameters.extend(of.history.shown.map(|seq| (ARCHIVE, seq.to_string())));
    let own = common::target(&path, of.filter, &parameters);
    let next = of.next.map(|seq| {
        let mut parameters = of.more.clone();
        parameters.push(("before", seq.to_string()));
        format!("{origin}{}", common::target(&path, of.filter, &parameters)).into()
    });
    let archive_url = |seq: WireSeq| -> Box<str> {
        let mut parameters = of.more.clone();
        parameters.push((ARCHIVE, seq.to_string()));
        format!("{origin}{}", common::target(&path, of.filter, &parameters)).into()
    };
    let History { shown, older, newer } = of.history;
    let feed_url: Box<str> = format!("{origin}{}", common::target(&path, of.filter, &of.more)).into();
    let feed = Feed {
        title: of.title.as_str().into(),
        description: Words::of(of.language).with("feed-description", "agency", &state.agency.name).into(),
        lang: common::only_language(of.filter),
        home_url: format!("{origin}{}", common::target(&of.path, of.filter, &of.more)).into(),
        self_url: format!("{origin}{own}").into(),
        next_url: next,
        history: FeedHistory {
            current_url: shown.map(|_| feed_url),
            prev_archive_url: older.map(archive_url),
            next_archive_url: newer.map(archive_url),
        },
        licence_url: state.agency.rights.licence.clone(),
        hub_url: hub_url(state),
        copyright: None,
        ttl_minutes: TTL_MINUTES,
        updated_at: entries.updated_at.unwrap_or(Timestamp::UNIX_EPOCH),
        entries: entries.stories,
        withdrawn: entries.withdrawn,
    };
    let answer = match form {
        ListForm::Rss => answer::form("application/rss+xml; charset=utf-8", write_rss(&feed)),
        ListForm::Atom => answer::form("application/atom+xml; charset=utf-8", write_atom(&feed)),
        ListForm::JsonFeed => answer::form("application/feed+json; charset=utf-8", format!("{:#}\n", write_json_feed(&feed))),
        // What is no list of stories has no message of them.
        ListForm::NewsMessage | ListForm::Package => return Err(Refused::Fault(Fault::NotFound)),
        ListForm::Html => return Err(Refused::Broken("a page is no feed".into())),
    };
    let answer = answer.header(header::LINK, links(state, &feed.self_url)?);
    let answer = if shown.is_some() { answer.cache_control(ARCHIVE_AGE) } else { answer };
    Ok(answer.until(tags).canonical(own).into_response())
}
