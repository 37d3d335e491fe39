//! A page of stories under a filter: what is shown, what stays folded, and how much is hidden.
//!
//! [`Filter::verdict`] says what a filter makes of a story and [`Show`] what becomes of one it mutes; here, and for searches
//! in [`courant_projections::index::find`], the two meet. A notice is never sifted: what a reader was shown is not taken back
//! in silence, and it has no words left to be muted by.

use courant_news::Filter;
use courant_news::filter::{Show, Verdict};
use courant_projections::index::{self, AskedStory};
use courant_projections::site::{Cursor, Line};

use super::SiteState;
use super::answer::Refused;
use super::common;
use super::lists::Paging;
use crate::pages::{Hidden, Row};

/// A story of a page, as the filter lets it be seen.
pub(super) struct Seen {
    /// Its line.
    pub(super) line: Line,
    /// The mute that folds it.
    pub(super) muted_by: Option<Box<str>>,
}

/// The stories of a page, and how many more the filter's mutes hide within its span.
pub(super) struct Sifted {
    pub(super) seen: Vec<Seen>,
    pub(super) n_hidden: u64,
}

impl Sifted {
    /// All of them shown.
    pub(super) fn whole(lines: Vec<Line>) -> Self {
        Self { seen: lines.into_iter().map(|line| Seen { line, muted_by: None }).collect(), n_hidden: 0 }
    }

    /// What the page says of hidden stories. `None` when its filter hides none, whatever comes.
    pub(super) fn hidden(&self, filter: &Filter, path: &str, parameters: &[(&'static str, String)]) -> Option<Hidden> {
        hidden(filter, self.n_hidden, path, parameters)
    }

    /// The lines as a page prints them; `in_section` as [`common::row`] takes it.
    pub(super) fn rows(&self, in_section: bool) -> Vec<Row> {
        self.seen.iter().map(|seen| Row { muted_by: seen.muted_by.clone(), ..common::row(&seen.line, in_section) }).collect()
    }

    /// The lines alone, for a feed, which has nothing folded.
    pub(super) fn lines(self) -> Vec<Line> {
        self.seen.into_iter().map(|seen| seen.line).collect()
    }
}

/// See [`Sifted::hidden`].
pub(super) fn hidden(filter: &Filter, n_stories: u64, path: &str, parameters: &[(&'static str, String)]) -> Option<Hidden> {
    if filter.mutes.is_empty() || filter.show == Show::Collapse {
        return None;
    }
    let folding = Filter { show: Show::Collapse, ..filter.clone() };
    Some(Hidden { n_stories, folded: common::target(path, &folding, parameters) })
}

/// A page of at most `limit` stories of a list.
pub(super) fn page(state: &SiteState, filter: &Filter, cursor: Cursor, limit: usize) -> Result<(Sifted, Paging), Refused> {
    let folds = filter.show == Show::Collapse && !filter.mutes.is_empty();
    if folds {
        let mut lines = common::filtered(state, &filter.unmuted(), cursor, limit + 1)?;
        let paging = Paging::cut(&mut lines, cursor, limit);
        return Ok((sift(state, filter, lines)?, paging));
    }
    let mut lines = common::filtered(state, filter, cursor, limit + 1)?;
    let paging = Paging::cut(&mut lines, cursor, limit);
    let (above, below) = paging.span(cursor);
    let n_hidden = index::count_muted(&state.index, filter, above, below)?;
    Ok((Sifted { n_hidden, ..Sifted::whole(lines) }, paging))
}

/// Asks the filter of each story of a page.
pub(super) fn sift(state: &SiteState, filter: &Filter, lines: Vec<Line>) -> Result<Sifted, Refused> {
    let stories: Vec<_> = lines.iter().map(|line| line.story).collect();
    let items = state.site.items(&stories)?;
    let mut sifted = Sifted { seen: Vec::with_capacity(lines.len()), n_hidden: 0 };
    for line in lines {
        let verdict = match items.iter().find(|(known, _)| known.story == line.story) {
            Some((_, item)) => filter.verdict(item, &AskedStory::new(item, &state.agency.zone)),
            None => Verdict::Shown,
        };
        match (verdict, filter.show) {
            (Verdict::Shown, _) => sifted.seen.push(Seen { line, muted_by: None }),
            (Verdict::Muted(mute), Show::Collapse) => sifted.seen.push(Seen { line, muted_by: Some(mute.into()) }),
            (Verdict::Muted(_), Show::Hide) => sifted.n_hidden += 1,
            (Verdict::Out, _) => {}
        }
    }
    Ok(sifted)
}
