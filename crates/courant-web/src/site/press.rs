//! What other media report, the outlets that are followed, and partners.

use std::time::Duration;

use axum::response::{IntoResponse, Response};
use courant_formats::feed::FeedEntry;
use courant_formats::ninjs::Audience;
use courant_formats::press;
use courant_news::press::MatchKind;
use courant_news::{DossierSlug, Filter, Lang, StoryId};
use courant_projections::site::{Cursor, PartnerLine, PressAbout, PressLine, TeaserLine};
use courant_wire::WireSeq;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::SiteState;
use super::address::{ListForm, StoryAddressForm};
use super::answer::{self, Refused};
use super::common;
use super::feeds::{self, Entries, FeedOf};
use super::{dossiers, lists, moment, story};
use crate::pages::{Fault, LanguageChoice, Moment, PartnersPage, PressBox, PressOf, PressPage, PressSourcesPage};
use crate::serve::{Answer, Tag};
use crate::words::{Arg, UiLanguage, Words};

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

/// What a page of reports is asked for.
struct Asked<'a> {
    of: PressOf,
    about: PressAbout<'a>,
    language: UiLanguage,
    form: ListForm,
    /// The instant as of which it is asked for.
    at: Option<Timestamp>,
    tags: Vec<Tag>,
}

/// `/{section}/{id}/{slug}/press` and its other forms.
pub(super) fn of_story(state: &SiteState, id: StoryId, form: ListForm, path: &str, query: &str) -> Result<Response, Refused> {
    let at = moment::asked(state, query)?;
    let found = state.site.story(id)?.ok_or(Refused::Fault(Fault::NotFound))?;
    let line = &found.line;
    // Beside what was withdrawn nothing stands.
    if found.item.is_none() {
        return story::page(state, id, StoryAddressForm::Html, &line.path(), "");
    }
    let own_path = format!("{}/press{}", line.path(), form.ending());
    if own_path != path {
        return Err(Refused::Moved(format!("{own_path}{}", in_query(at))));
    }
    let of = PressOf {
        title: line.headline.as_str().into(),
        lang: line.lang.clone(),
        path: line.path(),
        first_moved_at: Some(line.first_moved_at),
    };
    let tags = vec![Tag::pair("story", &id.to_string())];
    answered(state, Asked { of, about: PressAbout::Story(&line.guid), language: UiLanguage::of(&line.lang), form, at, tags })
}

/// `/dossiers/{slug}/press` and its other forms. `lang=` chooses the language of the furniture.
pub(super) fn of_dossier(state: &SiteState, slug: &DossierSlug, form: ListForm, query: &str) -> Result<Response, Refused> {
    let at = moment::asked(state, query)?;
    let described = state.site.dossier(slug)?.ok_or(Refused::Fault(Fault::NotFound))?;
    if let Some(merged) = &described.merged_into {
        let path = format!("{}/press{}", dossiers::path_of(&merged.slug), form.ending());
        return Err(Refused::Moved(if query.is_empty() { path } else { format!("{path}?{query}") }));
    }
    let language = common::list_language(&Filter::parse(query, &[moment::AT]).filter);
    let text = described.dossier.text(&lists::lang_of(language)).ok_or(Refused::Fault(Fault::NotFound))?;
    let of = PressOf { title: text.title.clone(), lang: text.lang.clone(), path: dossiers::path_of(slug), first_moved_at: None };
    let slugs: Vec<DossierSlug> = described.all_slugs().cloned().collect();
    let mut tags: Vec<Tag> = slugs.iter().map(|slug| Tag::pair("dossier", slug.as_str())).collect();
    tags.push(Tag::of(dossiers::DOSSIERS));
    answered(state, Asked { of, about: PressAbout::Dossier(&slugs), language, form, at, tags })
}

/// The instant as the query of an address.
fn in_query(at: Option<Timestamp>) -> String {
    at.map(|at| format!("?{}={at}", moment::AT)).unwrap_or_default()
}

fn answered(state: &SiteState, asked: Asked<'_>) -> Result<Response, Refused> {
    let Asked { of, about, language, form, at, tags } = asked;
    let reports = match at.map(|at| state.site.entry_at(at)).transpose()? {
        None => state.site.press(about, None, REPORTS_MAX)?,
        Some(Some(entry)) => state.site.press(about, Some(entry), REPORTS_MAX)?,
        // Before the first entry nobody knew anything.
        Some(None) => Vec::new(),
    };
    let path = format!("{}/press", of.path);
    // A story's page is in the language of the story; the address of a dossier's names another one.
    let edition = if of.first_moved_at.is_some() { Filter::default() } else { common::edition_of(language) };
    let at_query: Vec<(&str, String)> = at.iter().map(|at| (moment::AT, at.to_string())).collect();
    let here = |form: ListForm| common::target(&format!("{path}{}", form.ending()), &edition, &at_query);
    let answer = match form {
        ListForm::Html => {
            let page = PressPage {
                chrome: common::chrome(state, language, here(form)),
                of,
                reports,
                feed: here(ListForm::Rss),
                json: here(ListForm::JsonFeed),
                moment: at.map(|at| Moment { at, now: common::target(&path, &edition, &[]) }),
            };
            answer::html(page.render()).canonical(here(form))
        }
        ListForm::JsonFeed => {
            let origin = &state.agency.origin;
            let document = json!({
                "url": format!("{origin}{}", of.path),
                "title": of.title,
                "language": of.lang.as_str(),
                "first_moved_at": of.first_moved_at.map(|at| at.to_string()),
                "at": at.map(|at| at.to_string()),
                "reports": reports.iter().map(report).collect::<Vec<_>>(),
            });
            answer::form("application/json; charset=utf-8", format!("{document:#}\n")).canonical(here(form))
        }
        ListForm::Rss | ListForm::Atom => {
            let title = Words::of(language).say("press-title", &[("name", Arg::Text(&of.title))]);
            let feed = FeedOf { more: at_query, ..FeedOf::of(title, path, &edition, language) };
            let entries = Entries {
                updated_at: reports.iter().map(|line| line.moved_at).max(),
                stories: reports.iter().rev().map(feed_entry).collect(),
                withdrawn: Vec::new(),
            };
            return feeds::finish(state, &feed, form, Cursor::Newest, entries, tags);
        }
        ListForm::NewsMessage | ListForm::Package => return Err(Refused::Fault(Fault::NotFound)),
    };
    Ok(answer.until(tags).into_response())
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

/// What stands beside the story or the dossier itself, whose path it is; of a moment before, what was known after an entry.
pub(super) fn beside(state: &SiteState, about: PressAbout<'_>, path: &str, at: Option<(Timestamp, WireSeq)>) -> Result<PressBox, Refused> {
    let mut reports = state.site.press(about, at.map(|(_, entry)| entry), REPORTS_MAX)?;
    let n_reports = reports.len() as u64;
    // Those that tell the same before background; among each, in the order of their times.
    reports.sort_by_key(|line| line.found.kind != MatchKind::SameStory);
    reports.truncate(IN_BOX);
    Ok(PressBox { reports, n_reports, all: format!("{path}/press{}", in_query(at.map(|(at, _)| at))) })
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
        ListForm::Rss | ListForm::Atom | ListForm::NewsMessage | ListForm::Package => return Err(Refused::Fault(Fault::NotFound)),
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
            let here = common::target(PARTNERS_PATH, &common::edition_of(language), &[]);
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
        ListForm::Rss | ListForm::Atom | ListForm::NewsMessage | ListForm::Package => return Err(Refused::Fault(Fault::NotFound)),
    };
    Ok(kept_until_agreements(answer, [Tag::of(PARTNERS)]).into_response())
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
