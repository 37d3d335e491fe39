//! SQLite FTS5 with stemming, in process, through Python.

use std::time::Duration;

use anyhow::Context;
use serde_json::Value;

use super::queries::Queries;
use super::{MARKED, Missing, Row, TEN, Times};
use crate::bench::corpora::Corpus;
use crate::bench::process::{have, read_within};
use crate::bench::{Bench, Peer};
use crate::run;

/// Loading a million stories takes some minutes.
const TIMEOUT: Duration = Duration::from_mins(30);

/// `load DATABASE TABLE`.
const LOAD: &str = r#"
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.executescript("pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-262144; drop table if exists story;"
                 "create virtual table story using fts5(headline, body, tokenize='porter unicode61');"
                 "insert into story(story, rank) values('rank', 'bm25(5.0, 1.0)');")
rows = (line.rstrip("\n").split("\t") for line in open(sys.argv[2], encoding="utf-8", newline="\n"))
db.executemany("insert into story values (?, ?)", rows)
db.execute("insert into story(story) values('optimize')")
db.commit()
"#;

/// `ask DATABASE QUERIES N_WARM`: all words, ten rows.
const ASK: &str = r#"
import json, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1])
db.executescript("pragma cache_size=-262144; pragma mmap_size=4000000000;")
queries = [" ".join('"%s"' % word for word in line.split()) for line in open(sys.argv[2], encoding="utf-8")]
n_warm = int(sys.argv[3])
marked = "headline, snippet(story, 1, '<b>', '</b>', '...', 30)"
out = {}
for what, columns in (("ten", "rowid"), ("marked", marked)):
    for order, key in (("relevance", "rank"), ("newest", "rowid desc")):
        times = []
        for query in queries:
            began = time.perf_counter()
            db.execute(f"select {columns} from story where story match ? order by {key} limit 10", (query,)).fetchall()
            times.append((time.perf_counter() - began) * 1e3)
        out[f"{what} {order}"] = times[n_warm:]
json.dump(out, sys.stdout)
"#;

/// Loads the stories, unless an earlier run did.
pub(super) fn load(bench: &Bench, corpus: &Corpus, queries: &Queries) -> anyhow::Result<Result<(), Missing>> {
    if let Some(why) = bench.options.left_out(Peer::Sqlite) {
        return Ok(Err(Missing(why)));
    }
    if !have("python3", "python3") {
        return Ok(Err(Missing("python3 is missing and could not be installed: `apt-get install python3`".to_owned())));
    }
    let database = database(bench, corpus);
    if !database.exists() {
        let partial = bench.folder.join("partial.fts5");
        if partial.exists() {
            std::fs::remove_file(&partial)?;
        }
        read_within(run::command("python3").args(["-c", LOAD]).arg(&partial).arg(&queries.table), TIMEOUT)?;
        std::fs::rename(&partial, &database)?;
    }
    Ok(Ok(()))
}

fn database(bench: &Bench, corpus: &Corpus) -> std::path::PathBuf {
    bench.folder.join(format!("{}.fts5", corpus.slug))
}

pub(super) fn ask(bench: &Bench, corpus: &Corpus, queries: &Queries) -> anyhow::Result<Result<Vec<Row>, Missing>> {
    if let Err(missing) = load(bench, corpus, queries)? {
        return Ok(Err(missing));
    }
    let mut command = run::command("python3");
    command.args(["-c", ASK]).arg(database(bench, corpus)).arg(&queries.file).arg(queries.warm.len().to_string());
    let said: Value = serde_json::from_str(&read_within(&mut command, TIMEOUT)?).context("the SQLite script printed no JSON")?;
    let times = |case: &str| -> Vec<f64> { said[case].as_array().into_iter().flatten().filter_map(Value::as_f64).collect() };
    let of = |what: &str| Times { relevance: times(&format!("{what} relevance")), newest: times(&format!("{what} newest")) };
    Ok(Ok(vec![(format!("SQLite FTS5, {TEN}"), of("ten")), (format!("SQLite FTS5, {MARKED}"), of("marked"))]))
}
