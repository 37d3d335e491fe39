//! A fixed set of queries, beside the full-text search of SQLite and PostgreSQL over the same stories.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use serde_json::Value;

use super::process::{Server, have};
use super::stats::{ms, quantile, spread};
use super::{Bench, left_out, row};
use crate::run;

const N_QUERIES: usize = 300;
/// Words this short are left out by some engines.
const WORD_CHARS_MIN: usize = 4;
/// Lists by filter, each asked for once.
const LISTS: [&str; 8] = [
    "/all?lang=en",
    "/all?q=oil",
    "/all?q=bank&lang=en",
    "/all?mute=dollar",
    "/all?q=trade&mute=japan",
    "/all?q=wheat",
    "/all?before=10000",
    "/all?before=500",
];

/// SQLite FTS5 with stemming: all words, best first, ten with marked fragments.
const SQLITE: &str = r#"
import json, sqlite3, sys, time
db = sqlite3.connect(":memory:" if len(sys.argv) < 4 else sys.argv[3])
db.execute("drop table if exists story")
db.execute("create virtual table story using fts5(headline, body, tokenize='porter unicode61')")
rows = (line.rstrip("\n").split("\t") for line in open(sys.argv[1], encoding="utf-8"))
began = time.perf_counter()
db.executemany("insert into story values (?, ?)", rows)
db.commit()
loaded = time.perf_counter() - began
times = []
for query in open(sys.argv[2], encoding="utf-8"):
    began = time.perf_counter()
    db.execute("select headline, snippet(story, 1, '<b>', '</b>', '...', 30), bm25(story, 5.0, 1.0) as rank from story"
               " where story match ? order by rank limit 10", (" ".join('"%s"' % word for word in query.split()),)).fetchall()
    times.append((time.perf_counter() - began) * 1e3)
json.dump({"loaded": loaded, "times": times}, sys.stdout)
"#;

pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    let corpus = bench.corpus()?;
    let server = Server::start(bench, &bench.reuters()?)?;
    let table = bench.folder.join("stories.tsv");
    let queries = prepare(&corpus, &table)?;
    let list = bench.folder.join("queries.txt");
    fs::write(&list, queries.join("\n"))?;

    let mut client = server.client()?;
    let mut first = Vec::new();
    for (order, parameter) in [("relevance", ""), ("newest", "&order=newest")] {
        let mut times = Vec::new();
        for query in &queries {
            let path = format!("/search?q={}{parameter}", query.replace(' ', "+"));
            let began = Instant::now();
            let answer = client.get(&path, "Accept-Encoding: gzip\r\n")?;
            times.push(ms(began.elapsed()));
            anyhow::ensure!(answer.status == 200, "{path} answered {}", answer.status);
        }
        row(&format!("/search by {order}: the whole page over HTTP, first visit"), "", &spread(&times));
        if first.is_empty() {
            first = times;
        }
    }
    let mut times = Vec::new();
    for path in LISTS {
        let began = Instant::now();
        let answer = client.get(path, "Accept-Encoding: gzip\r\n")?;
        times.push(ms(began.elapsed()));
        anyhow::ensure!(answer.status == 200, "{path} answered {}", answer.status);
    }
    let measured = format!("median {:.2} ms, slowest {:.2} ms (n = {})", quantile(&times, 0.5), quantile(&times, 1.0), times.len());
    row("/all by filter: the whole page over HTTP, first visit", "", &measured);
    drop(server);

    sqlite(bench, &table, &list, &first)?;
    match &bench.options.postgres {
        Some(uri) if have("psql", "postgresql-client") => postgres(bench, uri, &table, &queries, &first)?,
        Some(_) => left_out("PostgreSQL", "psql is missing and could not be installed"),
        None => left_out("PostgreSQL", "no --postgres URI"),
    }
    Ok(())
}

fn compared(name: &str, ours: &[f64], theirs: &[f64]) {
    let ratio = |q| quantile(ours, q) / quantile(theirs, q);
    let measured = format!("{}; our page takes {:.2}x (p50), {:.2}x (p99)", spread(theirs), ratio(0.5), ratio(0.99));
    row(name, "", &measured);
}

fn sqlite(bench: &Bench, table: &Path, queries: &Path, ours: &[f64]) -> anyhow::Result<()> {
    if !have("python3", "python3") {
        left_out("SQLite FTS5", "python3 is missing and could not be installed");
        return Ok(());
    }
    let said = run::read(run::command("python3").args(["-c", SQLITE]).arg(table).arg(queries).arg(bench.folder.join("fts5.db")))?;
    let said: Value = serde_json::from_str(&said).context("the SQLite script printed no JSON")?;
    let times: Vec<f64> = said["times"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    compared("SQLite FTS5 by relevance: in process, ten rows, no page", ours, &times);
    row("SQLite FTS5, loading", "", &format!("{:.1} s", said["loaded"].as_f64().unwrap_or(0.0)));
    Ok(())
}

/// In one session with a temporary table, so that nothing stays behind.
fn postgres(bench: &Bench, uri: &str, table: &Path, queries: &[String], ours: &[f64]) -> anyhow::Result<()> {
    let script = bench.folder.join("postgres.sql");
    let mut out = BufWriter::new(File::create(&script)?);
    writeln!(out, "create temporary table story (headline text, body text, tsv tsvector);")?;
    writeln!(out, "\\copy story (headline, body) from '{}'", table.display())?;
    writeln!(out, "update story set tsv = setweight(to_tsvector('english', headline), 'A') || to_tsvector('english', body);")?;
    writeln!(out, "create index on story using gin (tsv);\nanalyze story;\n\\o /dev/null\n\\timing on")?;
    for query in queries {
        writeln!(
            out,
            "select headline, ts_headline('english', body, q) from (select headline, body, q from story, \
             plainto_tsquery('english', '{query}') q where tsv @@ q order by ts_rank(tsv, q) desc limit 10) best;"
        )?;
    }
    out.flush()?;
    let said = run::read(run::command("psql").args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f"]).arg(&script).arg(uri))?;
    let times: Vec<f64> =
        said.lines().filter_map(|line| line.strip_prefix("Time: ")).filter_map(|rest| rest.split(' ').next()?.parse().ok()).collect();
    anyhow::ensure!(times.len() == queries.len(), "psql timed {} of {} queries", times.len(), queries.len());
    compared("PostgreSQL by relevance: ten rows, no page", ours, &times);
    Ok(())
}

/// The stories as a table for the others, and the queries: one to three words of a headline, the same ones every time.
fn prepare(corpus: &Path, table: &Path) -> anyhow::Result<Vec<String>> {
    let mut out = BufWriter::new(File::create(table)?);
    let mut headlines = Vec::new();
    for line in BufReader::new(File::open(corpus)?).lines() {
        let item: Value = serde_json::from_str(&line?).context("the corpus holds a line that is not JSON")?;
        let headline = item["headlines"][0]["value"].as_str().unwrap_or_default();
        let body = item["bodies"][0]["value"].as_str().unwrap_or_default();
        writeln!(out, "{}\t{}", plain(headline), plain(body))?;
        headlines.push(headline.to_lowercase());
    }
    out.flush()?;
    let mut queries = Vec::new();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    while queries.len() < N_QUERIES {
        let headline = &headlines[pick(&mut state, headlines.len())];
        let words: Vec<&str> =
            headline.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| word.len() >= WORD_CHARS_MIN).collect();
        let n_words = 1 + queries.len() % 3;
        if words.len() >= n_words {
            let from = pick(&mut state, words.len() - n_words + 1);
            let query = words[from..from + n_words].join(" ");
            // The second time it would come from the page cache.
            if !queries.contains(&query) {
                queries.push(query);
            }
        }
    }
    Ok(queries)
}

/// The next of a fixed row of numbers below `n` (Knuth's MMIX generator).
fn pick(state: &mut u64, n: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).map_or(0, |number| number % n)
}

/// Text without marks, tabs and backslashes, which COPY reads as its own.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut in_mark = false;
    for letter in text.chars() {
        match letter {
            '<' => in_mark = true,
            '>' if in_mark => {
                in_mark = false;
                plain.push(' ');
            }
            _ if in_mark => (),
            '\t' | '\n' | '\r' | '\\' => plain.push(' '),
            letter => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_row_of_the_table_is_one_line() {
        assert_eq!(plain("<p>One\ttwo</p>\n<p>a > b</p>"), " One two   a > b ");
    }
}
