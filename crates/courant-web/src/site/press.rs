//! What other media report, the outlets that are followed, and partners.

use std::time::Duration;

use axum::response::{IntoResponse, Response};
use courant_formats::feed::FeedEntry;
use courant_formats::ninjs::Audience;
use courant_formats::press;
use courant_news::filter::Facet;
use courant_news::press::PressSubject;
use courant_news::{DossierSlug, Filter, Lang, StoryId};
use courant_projections::site::{PartnerLine, PressLine, TeaserLine};
use serde_json::{Value, json};

use super::SiteState;
use super::address::{ListForm, StoryAddressForm, term_path};
use super::answer::{self, Refused};
use super::common;
use super::feeds::{self, Entries, FeedOf};
use super::{lists, story};
use crate::pages::{Fault, LanguageChoice, PartnersPage, PressBox, PressOf, PressPage, PressSourcesPage};
use crate::serve::{Answer, Tag};
use crate::words::{UiLanguage, Words};

/// The most reports of one story that are shown.
const REPORTS_MAX: usize = 200;
/// How many stand beside the story itself.
const IN_BOX: usize = 3;
/// How many headlines of partners a page shows.
const TEASERS: usize = 4;
/// How many are looked at for them: those of agreements that have ended by the clock are left out.
const TEASERS_ASKED: usize = 40;
/// How many headlines the page of the partners shows.
const TEASERS_ON_PAGE: usize = 20;
/// The tag of the outlets that are followed.
const SOURCES: &str = "press";
/// The tag of everything partners are shown on.
pub(super) const PARTNERS: &str = "partners";
/// The paths.
const SOURCES_PATH: &str = "/press";
const PARTNERS_PATH: &str = "/partners";
/// How long a page of partners is kept: an agreement ends by the clock too, and no entry says so.
const PARTNERS_AGE_MAX: Duration = Duration::from_mins(1);

/// `/{section}/{id}/{slug}/press` and its other forms.
pub(super) fn of_story(state: &SiteState, id: StoryId, form: ListForm, path: &str) -> Result<Response, Refused> {
    let found = state.site.story(id)?.ok_or(Refused::Fault(Fault::NotFound))?;
    let line = &found.line;
    // Beside what was withdrawn nothing stands.
    if found.item.is_none() {
        return story::page(state, id, StoryAddressForm::Html, &line.path(), "");
    }
    let own_path = format!("{}/press", line.path());
    if format!("{own_path}{}", form.ending()) != path {
        return Err(Refused::Moved(format!("{own_path}{}", form.ending())));
    }
    let of = PressOf {
        title: line.headline.as_str().into(),
        lang: line.lang.clone(),
        path: line.path(),
        first_moved_at: Some(line.first_moved_at),
    };
    answered(state, &PressSubject::Story(line.guid.clone()), of, form, Tag::pair("story", &id.to_string()))
}

/// `/dossiers/{slug}/press` and its other forms. `lang=` chooses the language of the furniture.
pub(super) fn of_dossier(state: &SiteState, slug: &DossierSlug, form: ListForm, query: &str) -> Result<Response, Refused> {
    let described = state.site.dossier(slug)?.ok_or(Refused::Fault(Fault::NotFound))?;
    let language = common::list_language(&Filter::parse(query, &[]).filter);
    let text = described.dossier.text(&lists::lang_of(language)).ok_or(Refused::Fault(Fault::NotFound))?;
    let of = PressOf {
        title: text.title.clone(),
        lang: text.lang.clone(),
        path: term_path(Facet::Dossier, slug.as_str()),
        first_moved_at: None,
    };
    answered(state, &PressSubject::Dossier(slug.clone()), of, form, Tag::pair("dossier", slug.as_str()))
}

fn answered(state: &SiteState, about: &PressSubject, of: PressOf, form: ListForm, own: Tag) -> Result<Response, Refused> {
    let language = UiLanguage::of(&of.lang);
    let reports = state.site.press(about, REPORTS_MAX)?;
    let path = format!("{}/press", of.path);
    let answer = match form {
        ListForm::Html => {
            let page = PressPage { chrome: common::chrome(state, language, path.clone()), of, reports, feed: format!("{path}.rss") };
            answer::html(page.render()).canonical(path)
        }
        ListForm::JsonFeed => {
            let origin = &state.agency.origin;
            let document = json!({
                "url": format!("{origin}{}", of.path),
                "title": of.title,
                "language": of.lang.as_str(),
                "first_moved_at": of.first_moved_at.map(|at| at.to_string()),
                "reports": reports.iter().map(report).collect::<Vec<_>>(),
            });
            answer::form("application/json; charset=utf-8", format!("{document:#}\n")).canonical(format!("{path}.json"))
        }
        ListForm::Rss | ListForm::Atom => {
            let filter = Filter::default();
            let title = Words::of(language).with("press-title", "name", &of.title);
            let feed = FeedOf { title, path, filter: &filter, language, more: Vec::new(), next: None };
            let entries = Entries {
                updated_at: reports.iter().map(|line| line.moved_at).max(),
                stories: reports.iter().rev().map(feed_entry).collect(),
                withdrawn: Vec::new(),
            };
            return feeds::finish(state, &feed, form, courant_projections::site::Cursor::Newest, entries, vec![own]);
        }
        ListForm::NewsMessage => return Err(Refused::Fault(Fault::NotFound)),
    };
    Ok(answer.until([own]).into_response())
}

/// A report with the outlet's name.
fn report(line: &PressLine) -> Value {
    let mut object = press::matched(&line.found, Audience::Public);
    object["outlet"] = json!(line.source.outlet);
    object
}

fn feed_entry(line: &PressLine) -> FeedEntry {
    let found = &line.found;
    FeedEntry {
        id: found.link.as_str().into(),
        url: found.link.as_str().into(),
        title: format!("{}: {}", line.source.outlet, found.headline).into(),
        summary: None,
        content_html: String::new(),
        authors: vec![line.source.outlet.clone()],
        published_at: found.reported_at(),
        updated_at: found.reported_at(),
        categories: Vec::new(),
        picture: None,
        lang: found.lang.as_str().into(),
        rights: None,
        seq: line.seq.0,
        version: 1,
    }
}

/// What stands beside the story itself.
pub(super) fn beside(state: &SiteState, about: &PressSubject) -> Result<PressBox, Refused> {
    let n_reports = state.site.n_press(about)?;
    let reports = if n_reports == 0 { Vec::new() } else { state.site.press(about, IN_BOX)? };
    Ok(PressBox { reports, n_reports })
}

/// `/press`: the outlets, all or those in one language.
pub(super) fn sources(state: &SiteState, form: ListForm, query: &str) -> Result<Response, Refused> {
    let asked = Filter::parse(query, &[]).filter;
    let only = common::only_language(&asked).and_then(|lang| Lang::parse(&lang).ok());
    let all = state.site.press_sources()?;
    let is_asked = |lang: &Lang| only.as_ref().is_none_or(|only| only.primary() == lang.primary());
    let shown: Vec<_> = all.iter().filter(|source| is_asked(&source.lang)).cloned().collect();
    let at = |lang: Option<&Lang>| lang.map_or_else(|| SOURCES_PATH.to_owned(), |lang| format!("{SOURCES_PATH}?lang={}", lang.primary()));
    let answer = match form {
        ListForm::Html => {
            let mut langs: Vec<Lang> = Vec::new();
            for source in &all {
                if !langs.iter().any(|known| known.primary() == source.lang.primary()) {
                    langs.push(source.lang.clone());
                }
            }
            langs.sort();
            let choice = |lang: Option<Lang>| LanguageChoice {
                href: at(lang.as_ref()),
                is_current: only.as_ref().map(Lang::primary) == lang.as_ref().map(Lang::primary),
                lang,
            };
            let here = at(only.as_ref());
            let page = PressSourcesPage {
                chrome: common::chrome(state, common::list_language(&asked), here.clone()),
                sources: shown,
                languages: std::iter::once(None).chain(langs.into_iter().map(Some)).map(choice).collect(),
                contact: state.agency.press_contact.clone(),
            };
            answer::html(page.render()).canonical(here)
        }
        ListForm::JsonFeed => {
            let document = json!({
                "removal": state.agency.press_contact,
                "sources": shown.iter().map(|source| press::source(source, Audience::Public)).collect::<Vec<_>>(),
            });
            answer::form("application/json; charset=utf-8", format!("{document:#}\n"))
        }
        ListForm::Rss | ListForm::Atom | ListForm::NewsMessage => return Err(Refused::Fault(Fault::NotFound)),
    };
    Ok(answer.until([Tag::of(SOURCES)]).into_response())
}

/// `/partners`: the agreements in force, what went each way, and what partners report.
pub(super) fn partners(state: &SiteState, form: ListForm, query: &str) -> Result<Response, Refused> {
    let language = common::list_language(&Filter::parse(query, &[]).filter);
    let now = (state.now)();
    let mut in_force = state.site.partners()?;
    in_force.retain(|line| line.agreed.is_in_force(now));
    let answer = match form {
        ListForm::Html => {
            let here = common::target(PARTNERS_PATH, &register_edition(language), &[]);
            let page = PartnersPage {
                chrome: common::chrome(state, language, here.clone()),
                partners: in_force,
                teasers: teasers(state, language, TEASERS_ON_PAGE)?,
            };
            answer::html(page.render()).canonical(here)
        }
        ListForm::JsonFeed => {
            let partners: Vec<Value> = in_force.iter().map(partner).collect();
            answer::form("application/json; charset=utf-8", format!("{:#}\n", json!({ "partners": partners })))
        }
        ListForm::Rss | ListForm::Atom | ListForm::NewsMessage => return Err(Refused::Fault(Fault::NotFound)),
    };
    Ok(kept_until_agreements(answer, [Tag::of(PARTNERS)]).into_response())
}

fn register_edition(language: UiLanguage) -> Filter {
    if language == UiLanguage::English { Filter::default() } else { common::edition(language) }
}

fn partner(line: &PartnerLine) -> Value {
    let mut object = press::agreement(&line.agreed);
    object["given"] = json!(line.balance.n_given);
    object["taken"] = json!(line.balance.n_taken);
    object
}

/// What partners report in a language, under agreements that are in force now.
fn teasers(state: &SiteState, language: UiLanguage, limit: usize) -> Result<Vec<TeaserLine>, Refused> {
    let now = (state.now)();
    let mut lines = state.site.teasers(&lists::lang_of(language), TEASERS_ASKED)?;
    lines.retain(|line| line.agreed.is_in_force(now));
    lines.truncate(limit);
    Ok(lines)
}

/// The labelled block of the front page.
pub(super) fn front_teasers(state: &SiteState, language: UiLanguage) -> Result<Vec<TeaserLine>, Refused> {
    teasers(state, language, TEASERS)
}

/// The lines of `trust.txt` that agreements in force give.
pub(super) fn trust_lines(state: &SiteState) -> Result<Vec<String>, Refused> {
    let now = (state.now)();
    let in_force = state.site.partners()?.into_iter().filter(|line| line.agreed.is_in_force(now));
    Ok(in_force.filter_map(|line| line.agreed.trust.map(|trust| format!("{}={}", trust.as_str(), line.agreed.home))).collect())
}

/// The answer, kept no longer than an agreement may have ended by the clock.
pub(super) fn kept_until_agreements(answer: Answer, tags: impl IntoIterator<Item = Tag>) -> Answer {
    answer.until_or_for(tags, PARTNERS_AGE_MAX)
}
