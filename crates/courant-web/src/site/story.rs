//! A story, in all its forms.

use std::time::Duration;

use axum::response::{IntoResponse, Response};
use courant_formats::ninjs::{self, Audience, Writing};
use courant_formats::{newsml_g2, nitf, text};
use courant_news::filter::{Facet, Term};
use courant_news::{EventKind, Filter, NewsItem, Notice, PubStatus, Reason, StoryId};
use courant_projections::site::{Cursor, Line, ListQuery, PressAbout, SiteStory};
use http::StatusCode;
use http::header::{self, HeaderValue};

use super::SiteState;
use super::address::StoryAddressForm;
use super::answer::{self, Refused};
use super::common::{self, ALL};
use super::rates::RATES;
use super::{dossiers, money, press};
use crate::pages::{Fault, Link, MoneyChoice, NoticeKind, NoticePage, PastNote, PressBox, Row, StoryForm, StoryPage};
use crate::serve::{Answer, Tag};
use crate::words::UiLanguage;

/// The media type of a NewsML-G2 newsItem (IPTC, registered 2008).
const NEWSML_G2: &str = "application/vnd.iptc.g2.newsitem+xml; charset=utf-8";
const NITF: &str = "application/nitf+xml; charset=utf-8";
/// How many other stories of the same affair are named.
const RELATED: usize = 5;
/// How many of the newest stories stand beside a story.
const LATEST: usize = 4;
/// How long a page with converted amounts is kept.
const CONVERTED_AGE_MAX: Duration = Duration::from_mins(5);

/// `/{section}/{id}/{slug}` and its other forms. Another section or other words lead to the story's own address.
pub(super) fn page(state: &SiteState, id: StoryId, form: StoryAddressForm, path: &str, query: &str) -> Result<Response, Refused> {
    let story = state.site.story(id)?.ok_or(Refused::Fault(Fault::NotFound))?;
    // The words of a withdrawn story's address are gone with the story: any of them leads to its notice.
    let Some(item) = &story.item else {
        return withdrawn(state, &story.line, form);
    };
    let own_path = format!("{}{}", story.line.path(), form.ending());
    if own_path == path {
        return shown(state, &story, item, form, query);
    }
    // The reader's currency goes along.
    Err(Refused::Moved(if query.is_empty() { own_path } else { format!("{own_path}?{query}") }))
}

/// `/{id}`.
pub(super) fn short(state: &SiteState, id: StoryId) -> Result<Response, Refused> {
    match state.site.lines(&[id])?.first() {
        Some(line) => Err(Refused::Moved(line.path())),
        None => Err(Refused::Fault(Fault::NotFound)),
    }
}

fn shown(state: &SiteState, story: &SiteStory, item: &NewsItem, form: StoryAddressForm, query: &str) -> Result<Response, Refused> {
    let own = Tag::pair("story", &item.story_id().to_string());
    let answer = match form {
        StoryAddressForm::Html => return page_shown(state, story, item, own, query),
        StoryAddressForm::Ninjs
        | StoryAddressForm::Ninjs2
        | StoryAddressForm::NewsMlG2
        | StoryAddressForm::Nitf
        | StoryAddressForm::Text
        | StoryAddressForm::Markdown => in_form(state, story, item, form, None)?.until([own]).last_modified(story.line.latest_at),
    };
    Ok(answer.into_response())
}

/// The story as it stands, with its amounts in the currency the reader asks for.
fn page_shown(state: &SiteState, story: &SiteStory, item: &NewsItem, own: Tag, query: &str) -> Result<Response, Refused> {
    let (answer, choice) = html(state, story, item, query, None)?;
    let answer = answer.header(header::LINK, past_link(&story.line)?);
    let answer = match choice {
        // Today's rate may still come, and any rate may be revised.
        MoneyChoice::In(shown) => {
            let here = format!("{}?money={}", story.line.path(), shown.to);
            answer.until_or_for([own, Tag::of(ALL), Tag::of(RATES)], CONVERTED_AGE_MAX).canonical(here)
        }
        MoneyChoice::AsPrinted => answer.until([own, Tag::of(ALL)]).canonical(story.line.path()),
        MoneyChoice::Unknown { .. } | MoneyChoice::NothingMarked => answer,
    };
    Ok(answer.into_response())
}

/// Where a machine finds the story's past (RFC 5829 and RFC 7089). The page itself names its other forms.
fn past_link(line: &Line) -> Result<HeaderValue, Refused> {
    let path = line.path();
    let history = format!("<{path}/versions>; rel=\"version-history\", <{path}/timegate>; rel=\"timegate\"");
    HeaderValue::from_str(&history).map_err(|error| Refused::Broken(error.into()))
}

/// A version of a story in one of its forms; `past` says that it is not the story as it stands.
pub(super) fn in_form(
    state: &SiteState,
    story: &SiteStory,
    item: &NewsItem,
    form: StoryAddressForm,
    past: Option<PastNote>,
) -> Result<Answer, Refused> {
    let writing = Writing { base_url: &state.agency.origin, audience: Audience::Public };
    let url = format!("{}{}", state.agency.origin, story.line.path());
    Ok(match form {
        StoryAddressForm::Html => html(state, story, item, "", past)?.0,
        StoryAddressForm::Ninjs => answer::form("application/json; charset=utf-8", pretty(&ninjs::write(item, &writing))),
        StoryAddressForm::Ninjs2 => answer::form("application/json; charset=utf-8", pretty(&ninjs::write_2_2(item, &writing))),
        StoryAddressForm::NewsMlG2 => answer::form(NEWSML_G2, newsml_g2::write(item, &writing)),
        StoryAddressForm::Nitf => answer::form(NITF, nitf::write(item, &writing)),
        StoryAddressForm::Text => answer::form("text/plain; charset=utf-8", text::wire_copy(item, &url)),
        StoryAddressForm::Markdown => answer::form("text/markdown; charset=utf-8", text::markdown(item, &url)),
    })
}

/// The page of a story, and what it makes of the reader's wish for a currency.
fn html(
    state: &SiteState,
    story: &SiteStory,
    item: &NewsItem,
    query: &str,
    past: Option<PastNote>,
) -> Result<(Answer, MoneyChoice), Refused> {
    let language = UiLanguage::of(&item.lang);
    let money = money::shown_for(state, item, query)?;
    let related = related(state, item)?;
    // None stands there twice.
    let mut latest = common::latest(state, language, LATEST + 1 + RELATED)?;
    latest.retain(|row| row.id != item.story_id() && related.iter().all(|other| other.id != row.id));
    latest.truncate(LATEST);
    let page = StoryPage {
        chrome: common::chrome(state, language, story.line.path()),
        item: item.clone(),
        money: money.clone(),
        dossiers: dossiers::of_story(state, item)?,
        follows: story.evolved_from.iter().chain(&story.origins).filter_map(headline_link).collect(),
        followed_by: story.followed_by.iter().filter_map(headline_link).collect(),
        forms: vec![StoryForm::Ninjs, StoryForm::Ninjs2, StoryForm::NewsMlG2, StoryForm::Nitf, StoryForm::Text, StoryForm::Markdown],
        killed_photos: story.killed_photos.clone(),
        related,
        latest,
        press: match past.as_ref().map(|past| past.asked_at) {
            None => press::beside(state, PressAbout::Story(&item.guid), &story.line.path(), None)?,
            Some(Some(at)) => press::beside(state, PressAbout::Story(&item.guid), &story.line.path(), Some(at))?,
            // A version that is asked for by its number says nothing of when.
            Some(None) => PressBox::default(),
        },
        past,
        policies: state.agency.policies.iter().map(|policy| (policy.kind.property(), policy.kind.path())).collect(),
        creators: item
            .bylines
            .iter()
            .filter_map(|byline| state.agency.fediverse.get(byline.slug().as_str()))
            .map(ToString::to_string)
            .collect(),
    };
    Ok((answer::html(page.render()), money.choice))
}

fn headline_link(line: &Line) -> Option<Link> {
    (!line.headline.is_empty()).then(|| Link::new(line.path(), line.headline.as_str()))
}

/// Others of the first dossier, or else of the section, in the same language.
fn related(state: &SiteState, item: &NewsItem) -> Result<Vec<Row>, Refused> {
    let term = match item.dossiers.first() {
        Some(dossier) => Term::new(Facet::Dossier, dossier.as_str()),
        None => Term::new(Facet::Section, item.section.as_str()),
    };
    let filter = dossiers::settled(state, Filter::default().with(&term), None)?;
    let filter = dossiers::widened(state, filter, None)?.with(&Term::new(Facet::Lang, item.lang.primary()));
    let lines = state.site.list(ListQuery { filter: &filter, cursor: Cursor::Newest, first_moved: None, limit: 2 * RELATED })?;
    let others = lines.iter().filter(|line| line.story != item.story_id() && line.pub_status == PubStatus::Usable);
    Ok(others.take(RELATED).map(|line| common::row(line, false)).collect())
}

/// A story on hold is promised back (200); one killed or taken down is gone (410).
fn withdrawn(state: &SiteState, line: &Line, form: StoryAddressForm) -> Result<Response, Refused> {
    let (kind, status) = match (line.pub_status, line.kind) {
        (PubStatus::Withheld, _) => (NoticeKind::Withheld, StatusCode::OK),
        (_, EventKind::TakeDown) => (NoticeKind::TakenDown, StatusCode::GONE),
        _ => (NoticeKind::Killed, StatusCode::GONE),
    };
    let notice = notice_of(line)?;
    let tags = [Tag::pair("story", &line.story.to_string()), Tag::of(ALL)];
    let writing = Writing { base_url: &state.agency.origin, audience: Audience::Public };
    let answer = match form {
        StoryAddressForm::Html | StoryAddressForm::Text | StoryAddressForm::Markdown => {
            let language = UiLanguage::of(&line.lang);
            let chrome = common::chrome(state, language, line.path());
            let latest = common::latest(state, language, LATEST)?;
            answer::html(NoticePage { chrome, kind, at: line.latest_at, notice, latest }.render())
        }
        StoryAddressForm::Ninjs => {
            answer::form("application/json; charset=utf-8", pretty(&ninjs::write_notice(&notice, line.latest_at, &writing)))
        }
        StoryAddressForm::Ninjs2 => {
            answer::form("application/json; charset=utf-8", pretty(&ninjs::write_notice_2_2(&notice, line.latest_at, &writing)))
        }
        StoryAddressForm::NewsMlG2 => answer::form(NEWSML_G2, newsml_g2::write_notice(&notice, line.latest_at, &writing)),
        StoryAddressForm::Nitf => answer::form(NITF, nitf::write_notice(&notice, line.latest_at, &writing)),
    };
    Ok(answer.status(status).until(tags).into_response())
}

/// The notice as far as the read model keeps one: not a word of the story.
pub(super) fn notice_of(line: &Line) -> Result<Notice, Refused> {
    let reason = line.reason.as_deref().unwrap_or_default();
    Ok(Notice {
        guid: line.guid.clone(),
        version: line.version,
        pub_status: line.pub_status,
        reason: Reason::parse(reason).map_err(|error| Refused::Broken(error.into()))?,
        ednote: None,
        slugline: None,
        headline: None,
        slug: line.slug.as_str().into(),
        section: line.section.clone(),
        lang: line.lang.clone(),
        dateline_place: None,
        first_moved_at: line.first_moved_at,
        was_embargoed: false,
    })
}

fn pretty(document: &serde_json::Value) -> String {
    format!("{document:#}\n")
}
