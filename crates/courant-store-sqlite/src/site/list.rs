//! A filter as SQL.
//!
//! The only SQL put together in code, since the reader chooses its shape. Every value is bound; what is concatenated are
//! the fixed texts below. [`courant_news::Filter::verdict`] says the same of a single item.

use courant_news::Filter;
use courant_news::filter::Facet;
use courant_projections::site::{Cursor, Line, ListQuery};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::lines::{self, COLUMNS};
use crate::newsroom::signed;

/// The most lines of one page.
const LIMIT_MAX: usize = 1_000;
/// Up to this many stories it is cheaper to collect the positions of a facet's terms than to walk the list and ask of
/// each story whether it carries one.
const COLLECTED_MAX: i64 = 20_000;

/// Which lines of a list.
#[derive(Clone, Copy)]
pub(super) enum Lines {
    All,
    /// Those of withdrawn stories.
    Notices,
}

impl Lines {
    /// Where they are, as `s`. Notices are few and have an index of their own, or a list would be walked for them.
    fn source(self) -> &'static str {
        match self {
            Self::All => "story s WHERE 1",
            Self::Notices => "story s INDEXED BY story_notices WHERE s.pub_status <> 'usable'",
        }
    }
}

pub(super) fn list(view: &Connection, query: ListQuery<'_>, which: Lines) -> Result<Vec<Line>, rusqlite::Error> {
    let Some(mut sql) = Compiled::filter(view, query.filter)? else {
        return Ok(Vec::new());
    };
    let order = match query.cursor {
        Cursor::Newest => "DESC",
        Cursor::Before(position) => {
            sql.condition("s.position < ?", [Value::Integer(signed(position.0))]);
            "DESC"
        }
        Cursor::After(position) => {
            sql.condition("s.position > ?", [Value::Integer(signed(position.0))]);
            "ASC"
        }
    };
    if let Some(span) = query.first_moved {
        let bounds = [span.from, span.until].map(|instant| Value::Integer(instant.as_microsecond()));
        sql.condition("s.first_moved_us >= ? AND s.first_moved_us < ?", bounds);
    }
    sql.values.push(Value::Integer(signed(query.limit.min(LIMIT_MAX) as u64)));
    let text = format!("SELECT {COLUMNS} FROM {} {} ORDER BY s.position {order} LIMIT ?", which.source(), sql.conditions);
    let mut statement = view.prepare_cached(&text)?;
    let mut found: Vec<Line> = statement.query_map(params_from_iter(sql.values), lines::line)?.collect::<Result<_, _>>()?;
    if order == "ASC" {
        found.reverse();
    }
    Ok(found)
}

/// Conditions on `story s`, and the values bound to them.
#[derive(Default)]
struct Compiled {
    conditions: String,
    values: Vec<Value>,
}

impl Compiled {
    /// `None` when the filter asks for a term no story ever had.
    fn filter(view: &Connection, filter: &Filter) -> Result<Option<Self>, rusqlite::Error> {
        let mut sql = Self::default();
        for (facet, values) in &filter.any_of {
            let known = known_terms(view, *facet, values)?;
            if known.is_empty() {
                return Ok(None);
            }
            let n_stories: i64 = known.iter().map(|(_, n_stories)| n_stories).sum();
            let marks = marks(known.len());
            let condition = if n_stories <= COLLECTED_MAX {
                format!("s.position IN (SELECT position FROM timeline WHERE term IN ({marks}))")
            } else {
                format!("EXISTS (SELECT 1 FROM timeline t WHERE t.term IN ({marks}) AND t.position = s.position)")
            };
            sql.condition(&condition, known.iter().map(|(no, _)| Value::Integer(*no)));
        }
        for (facet, values) in &filter.none_of {
            let known = known_terms(view, *facet, values)?;
            if !known.is_empty() {
                let marks = marks(known.len());
                let condition = format!("NOT EXISTS (SELECT 1 FROM timeline t WHERE t.term IN ({marks}) AND t.position = s.position)");
                sql.condition(&condition, known.iter().map(|(no, _)| Value::Integer(*no)));
            }
        }
        if let Some(most) = filter.urgency_at_most {
            sql.condition("s.urgency <= ?", [Value::Integer(most.number().into())]);
        }
        if let Some(above) = filter.urgency_above {
            sql.condition("s.urgency > ?", [Value::Integer(above.number().into())]);
        }
        Ok(Some(sql))
    }

    fn condition(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.conditions.push_str(" AND ");
        self.conditions.push_str(condition);
        self.values.extend(values);
    }
}

fn marks(n_marks: usize) -> String {
    vec!["?"; n_marks].join(", ")
}

/// The numbers of the terms that exist, with how many stories each has.
fn known_terms<'a>(
    view: &Connection,
    facet: Facet,
    values: impl IntoIterator<Item = &'a String>,
) -> Result<Vec<(i64, i64)>, rusqlite::Error> {
    let mut find = view.prepare_cached("SELECT no, n_stories FROM term WHERE facet = ?1 AND value = ?2")?;
    let mut known = Vec::new();
    for value in values {
        known.extend(find.query_row(params![facet.number(), value], |row| Ok((row.get(0)?, row.get(1)?))).optional()?);
    }
    Ok(known)
}
