//! The front page.

use std::cmp::Reverse;

use axum::response::{IntoResponse, Response};
use courant_news::filter::{Facet, Parsed, Term};
use courant_news::{Filter, PubStatus, Urgency};
use courant_projections::site::{Cursor, Line, ListQuery};

use super::SiteState;
use super::answer::{self, Refused};
use super::common::{self, ALL};
use super::day;
use super::lists::lang_of;
use crate::pages::{DossierBox, FrontPage, Link, PICTURED, SectionBox, Teaser};
use crate::serve::Tag;

/// How many of the newest stories are looked at for the leading ones.
const CANDIDATES: usize = 80;
/// How many stories lead.
const LEADS: usize = 6;
/// How many lines the news column has.
const LATEST: usize = 30;
/// How many stories a section or a dossier shows.
const IN_A_BOX: usize = 4;
/// How many dossiers are shown.
const DOSSIERS: usize = 4;
/// How many of the most important stories of the day are shown below those that lead.
const IMPORTANT: usize = 6;
/// How many pictures are shown.
const PHOTOS: usize = 4;

/// `/`, in the language the filter asks for, else in English.
pub(super) fn page(state: &SiteState, query: &str) -> Result<Response, Refused> {
    let Parsed { filter, .. } = Filter::parse(query, &[]);
    let language = common::list_language(&filter);
    let known = state.site.cursor()?;
    let lines = common::latest_lines(state, language, CANDIDATES)?;
    let edition =
        if lines.iter().any(|line| line.lang.primary() != language.tag()) { Filter::default() } else { common::edition(language) };
    let here = match filter.any_of.get(&Facet::Lang) {
        Some(_) if language.tag() != "en" => format!("/?lang={}", language.tag()),
        _ => "/".to_owned(),
    };
    let chrome = common::chrome(state, language, here.clone());
    let ranked = state.site.front(&lang_of(language))?;
    let leading = leading(&ranked, &lines);
    let photos: Vec<&Line> = lines
        .iter()
        .filter(|line| line.picture.is_some() && day::is_usable(line))
        .filter(|line| !leading.iter().take(PICTURED).any(|lead| lead.story == line.story))
        .take(PHOTOS)
        .collect();
    let important = important(state, &edition, &lines, &leading)?;
    let mut sections = Vec::new();
    for section in &chrome.sections {
        let filter = edition.clone().with(&Term::new(Facet::Section, section));
        let lines = state.site.list(ListQuery { filter: &filter, cursor: Cursor::Newest, first_moved: None, limit: IN_A_BOX })?;
        if !lines.is_empty() {
            let rows = lines.iter().map(|line| common::row(line, true)).collect();
            sections.push(SectionBox { section: section.clone(), rows });
        }
    }
    let page = FrontPage {
        leads: teasers(state, &leading)?,
        important: important.iter().map(|line| common::row(line, false)).collect(),
        edition: common::target("/today", &edition, &[]),
        photos: teasers(state, &photos)?,
        latest: lines.iter().take(LATEST).map(|line| common::row(line, false)).collect(),
        dossiers: dossiers(state, &lang_of(language), &edition)?,
        sections,
        partners: super::press::front_teasers(state, language)?,
        strip: super::rates::strip(state, language)?,
        stream: Some(common::stream("/all", &edition, known)),
        feed: common::target("/all.rss", &edition, &[]),
        policies: state.agency.policies.iter().map(|policy| (policy.kind.property(), policy.kind.path())).collect(),
        chrome,
    };
    let tags = [Tag::of(ALL), Tag::of("dossiers"), Tag::of("front"), Tag::of(super::rates::RATES), Tag::of(super::press::PARTNERS)];
    let has_partners = !page.partners.is_empty();
    let answer = answer::html(page.render()).canonical(here);
    let answer = if has_partners {
        super::press::kept_until_agreements(answer, tags)
    } else {
        answer.until_or_for(tags, super::lists::STREAMING_PAGE_AGE_MAX)
    };
    Ok(answer.into_response())
}

/// The stories that lead: those an editor has ranked, in that order; then the most urgent of the newest, and of these the newest.
/// Nothing hides in this rule: there is no score. The first with a picture is set large, unless an editor has chosen the first.
fn leading<'a>(ranked: &'a [Line], lines: &'a [Line]) -> Vec<&'a Line> {
    let is_ranked = |line: &Line| ranked.iter().any(|other| other.story == line.story);
    let mut others: Vec<&Line> = lines.iter().filter(|line| line.pub_status == PubStatus::Usable && !is_ranked(line)).collect();
    others.sort_by_key(|line| (line.urgency, Reverse(line.position)));
    let mut leading: Vec<&Line> = ranked.iter().chain(others).take(LEADS.max(ranked.len())).collect();
    if ranked.is_empty()
        && let Some(pictured) = leading.iter().position(|line| line.picture.is_some())
    {
        leading[..=pictured].rotate_right(1);
    }
    leading
}

/// The most urgent stories of the day that do not lead, the newest first of equals.
fn important(state: &SiteState, edition: &Filter, newest: &[Line], leading: &[&Line]) -> Result<Vec<Line>, Refused> {
    let Some(day) = day::newest(state, (state.now)())? else {
        return Ok(Vec::new());
    };
    let urgent = Filter { urgency_at_most: Some(Urgency::URGENT), ..edition.clone() };
    let mut lines = day::lines(state, day, &urgent)?;
    // A day may have few urgent stories: then the newest of it fill the place.
    let of_day = |line: &&Line| day.span.from <= line.first_moved_at && line.first_moved_at < day.span.until;
    lines.extend(newest.iter().filter(of_day).filter(|line| Urgency::URGENT < line.urgency).cloned());
    lines.retain(|line| day::is_usable(line) && !leading.iter().any(|lead| lead.story == line.story));
    lines.sort_by_key(|line| (line.urgency, Reverse(line.position)));
    lines.truncate(IMPORTANT);
    Ok(lines)
}

fn teasers(state: &SiteState, leading: &[&Line]) -> Result<Vec<Teaser>, Refused> {
    let stories: Vec<_> = leading.iter().map(|line| line.story).collect();
    let items = state.site.items(&stories)?;
    Ok(items
        .into_iter()
        .map(|(line, item)| {
            let picture = item.feature().map(|association| association.picture.clone());
            Teaser { row: common::row(&line, false), lead: line.lead.as_deref().map(Into::into), picture }
        })
        .collect())
}

fn dossiers(state: &SiteState, lang: &courant_news::Lang, edition: &Filter) -> Result<Vec<DossierBox>, Refused> {
    let mut boxes = Vec::new();
    for described in state.site.dossiers(DOSSIERS)? {
        let Some(text) = described.dossier.text(lang) else {
            continue;
        };
        let mut filter = edition.clone();
        filter.any_of.insert(Facet::Dossier, described.all_slugs().map(ToString::to_string).collect());
        let lines = state.site.list(ListQuery { filter: &filter, cursor: Cursor::Newest, first_moved: None, limit: IN_A_BOX })?;
        boxes.push(DossierBox {
            link: Link::new(super::address::term_path(Facet::Dossier, described.dossier.slug.as_str()), text.title.as_ref()),
            lang: text.lang.clone(),
            summary: text.summary.clone(),
            rows: lines.iter().map(|line| common::row(line, false)).collect(),
        });
    }
    Ok(boxes)
}
