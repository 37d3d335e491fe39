//! `courant search`: the site's search in a shell.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use courant_news::Filter;
use courant_projections::index::{self, Asked, FindError};
use courant_search::Order;
use serde_json::json;

use crate::cli::SearchOptions;
use crate::data_dir::DataDir;
use crate::{projections, pumps};

pub(crate) fn run(options: &SearchOptions) -> anyhow::Result<ExitCode> {
    let data = DataDir::open(&options.agency.data)?;
    // Nobody may be running the pumps: then what was appended since is brought in first.
    if let Some(lock) = data.try_lock_pumps()? {
        pumps::catch_up_once(data.wire.as_ref(), &mut projections::followers(&data, &lock)?)?;
    }
    let site = data.site()?;
    let index = data.index_for_reading()?.context("there is no search index yet; start the server, or run `courant rebuild search`")?;
    let zone = data.zone()?;
    let asked = Asked {
        query: &options.query,
        filter: &Filter::default(),
        zone: &zone,
        any: options.any,
        order: if options.newest { Order::Newest } else { Order::Relevance },
        offset: 0,
        limit: usize::from(options.limit),
        facet_values: 0,
    };
    let answer = match index::find(&index, site.as_ref(), &asked) {
        Ok(answer) => answer,
        Err(FindError::Query(error)) => {
            let (start, n_marked) = (error.span.start, error.span.length.max(1));
            eprintln!("courant: {error}\n  {}\n  {}{}", options.query, " ".repeat(start), "^".repeat(n_marked));
            return Ok(ExitCode::FAILURE);
        }
        Err(error) => return Err(error.into()),
    };
    let mut out = std::io::stdout().lock();
    for found in &answer.hits {
        let line = &found.line;
        if options.json {
            let object = json!({
                "guid": line.guid.as_str(), "score": found.score, "headline": line.headline, "version": line.version.number(),
                "seq": line.seq.0, "position": line.position.0, "path": line.path(), "first_moved_at": line.first_moved_at.to_string(),
                "snippet": found.snippet.iter().map(|piece| piece.text.as_str()).collect::<String>(),
            });
            writeln!(out, "{object}")?;
        } else {
            writeln!(out, "{}  {}\n    {}", line.first_moved_at.strftime("%Y-%m-%d %H:%M"), line.headline, line.guid)?;
        }
    }
    if !options.json {
        writeln!(out, "{} found", answer.total)?;
    }
    Ok(ExitCode::SUCCESS)
}
