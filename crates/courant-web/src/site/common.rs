//! What several pages need: what is around them, lines, cursors.

use std::cmp::Reverse;

use courant_news::filter::Facet;
use courant_news::{EventKind, Filter, Lang, PubStatus};
use courant_projections::index;
use courant_projections::site::{Cursor, Line, ListQuery};
use courant_wire::WireSeq;

use super::SiteState;
use super::answer::Refused;
use super::{policies, register};
use crate::pages::{Chrome, Fault, Link, Row, RowState};
use crate::serve::{TAGS_MAX, Tag};
use crate::words::{UiLanguage, Words};

/// The tag of everything that any new story changes.
pub(super) const ALL: &str = "all";
/// The tag of every page the index answered: the index may be a moment behind the read model.
pub(super) const INDEX: &str = "index";
/// How many sections the menu has when the agency names none.
const SECTIONS_SHOWN: usize = 9;

/// What is around a page; `here` is its canonical address.
pub(super) fn chrome(state: &SiteState, language: UiLanguage, here: String) -> Chrome {
    let sections = match state.agency.sections.as_slice() {
        [] => {
            let terms = state.site.terms(Facet::Section, SECTIONS_SHOWN).unwrap_or_default();
            terms.into_iter().map(|term| term.value.into()).collect()
        }
        named => named.to_vec(),
    };
    Chrome {
        language,
        agency: state.agency.name.clone(),
        origin: state.agency.origin.clone(),
        zone: state.agency.zone.clone(),
        sections,
        here,
        foot: foot(state, language),
    }
}

/// The links below every page.
fn foot(state: &SiteState, language: UiLanguage) -> Vec<Link> {
    let words = Words::of(language);
    let topics = target("/topics", &if language == UiLanguage::English { Filter::default() } else { edition(language) }, &[]);
    let dossiers = target("/dossiers", &edition_of(language), &[]);
    let mut links = vec![
        Link::new(dossiers, words.t("dossiers")),
        Link::new(topics, words.t("subjects")),
        Link::new(register::address(language), words.t("corrections")),
    ];
    if !state.agency.policies.is_empty() {
        links.push(Link::new(policies::PATH, words.with("about", "agency", &state.agency.name)));
    }
    links
}

/// The language of a list's furniture: the filter's, when it asks for exactly one that the interface speaks.
pub(super) fn list_language(filter: &Filter) -> UiLanguage {
    let lang = only_language(filter).and_then(|language| Lang::parse(&language).ok());
    lang.map_or(UiLanguage::English, |lang| UiLanguage::of(&lang))
}

/// A line of a list. `in_section`: whether the list is of one section, which need not be repeated.
pub(super) fn row(line: &Line, in_section: bool) -> Row {
    let state = match (line.pub_status, line.kind) {
        (PubStatus::Withheld, _) => RowState::Withheld,
        (PubStatus::Canceled, EventKind::TakeDown) => RowState::TakenDown,
        (PubStatus::Canceled, _) => RowState::Killed { reason: line.reason.as_deref().unwrap_or_default().into() },
        (PubStatus::Usable, _) if line.corrected_at.is_some() => RowState::Corrected,
        (PubStatus::Usable, _) if line.updated_at.is_some() => RowState::Updated,
        (PubStatus::Usable, _) => RowState::Moved,
    };
    let at = match line.kind {
        // It was never public before: its release was the news.
        EventKind::Release if line.position == line.seq => line.latest_at,
        _ => line.updated_at.unwrap_or(line.first_moved_at),
    };
    Row {
        id: line.story,
        path: line.path(),
        headline: (!line.headline.is_empty()).then(|| line.headline.as_str().into()),
        lang: line.lang.clone(),
        at,
        urgency: line.urgency,
        section: (!in_section).then(|| line.section.as_str().into()),
        state,
        muted_by: None,
    }
}

/// The newest stories in a language of the interface, or of all when it has none.
pub(super) fn latest(state: &SiteState, language: UiLanguage, limit: usize) -> Result<Vec<Row>, Refused> {
    let lines = latest_lines(state, language, limit)?;
    Ok(lines.iter().map(|line| row(line, false)).collect())
}

pub(super) fn latest_lines(state: &SiteState, language: UiLanguage, limit: usize) -> Result<Vec<Line>, Refused> {
    let filter = edition(language);
    let lines = state.site.list(ListQuery { filter: &filter, cursor: Cursor::Newest, first_moved: None, limit })?;
    if !lines.is_empty() {
        return Ok(lines);
    }
    Ok(state.site.list(ListQuery { filter: &Filter::default(), cursor: Cursor::Newest, first_moved: None, limit })?)
}

/// The filter that keeps a page to one language.
pub(super) fn edition(language: UiLanguage) -> Filter {
    Filter::parse(&format!("lang={}", language.tag()), &[]).filter
}

/// The language of a page's furniture as a filter; English needs none.
pub(super) fn edition_of(language: UiLanguage) -> Filter {
    if language == UiLanguage::English { Filter::default() } else { edition(language) }
}

/// The same as the query of an address.
pub(super) fn in_language(language: UiLanguage) -> String {
    if language == UiLanguage::English { String::new() } else { format!("?lang={}", language.tag()) }
}

/// An address with a query of its own, or without, in a language.
pub(super) fn with_language(address: &str, language: UiLanguage) -> String {
    let own = in_language(language);
    if address.contains('?') { format!("{address}{}", own.replacen('?', "&", 1)) } else { format!("{address}{own}") }
}

/// A page of stories that a filter shows, whether it has words or not. Notices stand in it whatever the words.
pub(super) fn filtered(state: &SiteState, filter: &Filter, cursor: Cursor, limit: usize) -> Result<Vec<Line>, Refused> {
    if !filter.has_words() {
        return Ok(state.site.list(ListQuery { filter, cursor, first_moved: None, limit })?);
    }
    let listed = index::list(&state.index, filter, cursor, limit)?;
    let stories: Vec<_> = listed.iter().filter_map(|listed| courant_news::StoryId::from_number(listed.story)).collect();
    let mut lines = state.site.lines(&stories)?;
    // The index may be a moment behind and still have what was withdrawn.
    let notices = state.site.notices(ListQuery { filter, cursor, first_moved: None, limit })?;
    lines.retain(|line| notices.iter().all(|notice| notice.story != line.story));
    lines.extend(notices);
    lines.sort_by_key(|line| Reverse(line.position));
    match cursor {
        Cursor::Newest | Cursor::Before(_) => lines.truncate(limit),
        Cursor::After(_) => _ = lines.drain(..lines.len().saturating_sub(limit)),
    }
    Ok(lines)
}

/// Where the page begins, from `before` or `after`.
pub(super) fn cursor(query: &str) -> Result<Cursor, Refused> {
    let mut cursor = Cursor::Newest;
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let seq = || match value.parse() {
            Ok(seq) => Ok(WireSeq(seq)),
            Err(_) => Err(Refused::Fault(Fault::BadCursor { parameter: name.to_owned(), value: value.chars().take(100).collect() })),
        };
        match name {
            "before" => cursor = Cursor::Before(seq()?),
            "after" => cursor = Cursor::After(seq()?),
            _ => {}
        }
    }
    Ok(cursor)
}

/// The cursor of a list that only leads back.
pub(super) fn before(cursor: Cursor) -> Option<WireSeq> {
    match cursor {
        Cursor::Before(seq) => Some(seq),
        Cursor::Newest | Cursor::After(_) => None,
    }
}

/// The cursor as a parameter of an address.
pub(super) fn cursor_parameter(cursor: Cursor) -> Vec<(&'static str, String)> {
    match cursor {
        Cursor::Newest => Vec::new(),
        Cursor::Before(seq) => vec![("before", seq.to_string())],
        Cursor::After(seq) => vec![("after", seq.to_string())],
    }
}

/// The address of a list's stream, from the entry the page knows on.
pub(super) fn stream(path: &str, filter: &Filter, known: WireSeq) -> String {
    target(&format!("{path}/events"), filter, &[("after", known.to_string())])
}

/// The one language that a filter asks for.
pub(super) fn only_language(filter: &Filter) -> Option<Box<str>> {
    let asked = filter.any_of.get(&Facet::Lang).filter(|languages| languages.len() == 1)?;
    asked.first().map(|language| language.as_str().into())
}

/// An address with its canonical query.
pub(super) fn target(path: &str, filter: &Filter, more: &[(&str, String)]) -> String {
    let mut query = filter.canonical();
    for (name, value) in more {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        query.push_str(value);
    }
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// What a list hangs on: the terms of its narrowest facet, or every new story.
pub(super) fn tags(filter: &Filter) -> Vec<Tag> {
    let narrowest =
        filter.any_of.iter().filter(|(_, values)| values.len() < TAGS_MAX - 1).min_by_key(|(facet, values)| (values.len(), **facet));
    let mut tags: Vec<Tag> = match narrowest {
        Some((facet, values)) => values.iter().map(|value| Tag::pair(facet.as_str(), value)).collect(),
        None => vec![Tag::of(ALL)],
    };
    if filter.has_words() {
        tags.push(Tag::of(INDEX));
    }
    tags
}

#[cfg(test)]
mod tests {
    use courant_news::{Guid, SectionSlug, Urgency, Version};
    use jiff::Timestamp;

    use super::*;

    fn released(position: u64, seq: u64) -> Line {
        let guid = Guid::parse("urn:a").unwrap();
        let at = |second| Timestamp::from_second(second).unwrap();
        Line {
            position: WireSeq(position),
            seq: WireSeq(seq),
            story: guid.story_id(),
            guid,
            version: Version::new(3).unwrap(),
            kind: EventKind::Release,
            pub_status: PubStatus::Usable,
            urgency: Urgency::ROUTINE,
            lang: Lang::english(),
            section: SectionSlug::parse("news").unwrap(),
            slug: "one".into(),
            headline: "One".into(),
            lead: None,
            place: None,
            picture: None,
            first_moved_at: at(10),
            updated_at: None,
            corrected_at: None,
            latest_at: at(90),
            reason: None,
        }
    }

    #[test]
    fn a_line_has_the_time_of_what_gave_it_its_place() {
        assert_eq!(row(&released(1, 3), false).at.as_second(), 10, "it came back to its place");
        assert_eq!(row(&released(3, 3), false).at.as_second(), 90, "its release was the news");
    }
}
