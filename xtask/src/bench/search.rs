//! A fixed set of queries, beside the full-text search of SQLite and PostgreSQL over the same stories.
//!
//! Ours is measured twice: the whole page over HTTP, and the engine alone, which is what the others are.

mod engine;
mod postgres;
pub(super) mod queries;
mod sqlite;

use std::time::Instant;

use super::Bench;
use super::corpora::Corpus;
use super::http::Client;
use super::mover::{MOVES_PER_SECOND, Newsroom};
use super::process::Server;
use super::stats::{median, ms, quantile};
use super::table::{begin, left_out, ratio, row};
use queries::Queries;

/// The goals for a million stories, with stories moving, in milliseconds.
const GOAL_P50_MS: f64 = 5.0;
const GOAL_P99_MS: f64 = 25.0;

/// Milliseconds of each query, in both orders.
#[derive(Default)]
struct Times {
    relevance: Vec<f64>,
    newest: Vec<f64>,
}

/// An engine as the tables name it.
type Row = (String, Times);

/// The words of the tables.
const TEN: &str = "ten rows";
const MARKED: &str = "ten rows with marked fragments";

pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    for corpus in bench.corpora()? {
        let queries = queries::prepare(bench, &corpus)?;
        let (page, moving) = pages(bench, &corpus, &queries)?;
        let engine = engine::ask(&corpus, &queries)?;
        let sqlite = sqlite::ask(bench, &corpus, &queries)?;
        let postgres = postgres::ask(bench, &corpus, &queries)?;
        let missing: Vec<(&str, String)> = [("SQLite FTS5", sqlite.as_ref().err()), ("PostgreSQL", postgres.as_ref().err())]
            .into_iter()
            .filter_map(|(name, missing)| Some((name, missing?.0.clone())))
            .collect();
        let peers: Vec<Row> = sqlite.into_iter().chain(postgres).flatten().collect();
        print(&corpus, &page, &moving, &engine, &peers);
        for (name, why) in missing {
            left_out(name, &why);
        }
    }
    Ok(())
}

/// Why an engine is left out, and what to do about it.
struct Missing(String);

/// Makes everything that takes long, so that a later run only measures.
pub(super) fn prepare(bench: &Bench) -> anyhow::Result<()> {
    for corpus in bench.corpora()? {
        let queries = queries::prepare(bench, &corpus)?;
        engine::build()?;
        if let Err(Missing(why)) = sqlite::load(bench, &corpus, &queries)? {
            left_out("SQLite FTS5", &why);
        }
        if let Err(Missing(why)) = postgres::load(bench, &corpus, &queries)? {
            left_out("PostgreSQL", &why);
        }
    }
    Ok(())
}

/// Pages nobody has asked for yet, while the newsroom rests and while it works.
fn pages(bench: &Bench, corpus: &Corpus, queries: &Queries) -> anyhow::Result<(Times, Times)> {
    let server = Server::start(bench, &corpus.data)?;
    let mut client = server.client()?;
    for query in &queries.warm {
        visit(&mut client, query, "")?;
    }
    let resting = both_orders(&mut client, &queries.timed)?;
    let newsroom = Newsroom::at_work(bench, &corpus.data);
    // The first move ends what is kept of the pages, so the same addresses are first visits again.
    std::thread::sleep(std::time::Duration::from_secs(1));
    let moving = both_orders(&mut client, &queries.timed)?;
    let rate = newsroom.rest()?;
    anyhow::ensure!(0.8 * f64::from(MOVES_PER_SECOND) < rate, "only {rate:.1} stories a second moved");
    Ok((resting, moving))
}

fn both_orders(client: &mut Client, queries: &[String]) -> anyhow::Result<Times> {
    let mut all = |parameter| queries.iter().map(|query| visit(client, query, parameter)).collect::<anyhow::Result<Vec<f64>>>();
    Ok(Times { relevance: all("")?, newest: all("&order=newest")? })
}

fn visit(client: &mut Client, query: &str, parameter: &str) -> anyhow::Result<f64> {
    let path = format!("/search?q={}{parameter}", query.replace(' ', "+"));
    let began = Instant::now();
    let answer = client.get(&path, "Accept-Encoding: gzip\r\n")?;
    let took = ms(began.elapsed());
    anyhow::ensure!(answer.status == 200, "{path} answered {}", answer.status);
    Ok(took)
}

fn print(corpus: &Corpus, page: &Times, moving: &Times, engine: &engine::Answers, peers: &[Row]) {
    println!("\n{} stories, {} queries.", corpus.name, page.relevance.len());
    begin(&["engine", "relevance: p50 ms", "p99 ms", "newest: p50 ms", "p99 ms"]);
    line("Courant, the whole page over HTTP, first visit", page);
    line(&format!("the same, {MOVES_PER_SECOND} stories a second moving"), moving);
    line("Courant, the engine alone, as the page asks (twenty rows, facets counted)", &engine.as_page);
    line(&format!("Courant, the engine alone, {TEN}"), &engine.ten);
    for (name, times) in peers {
        line(name, times);
    }
    // The goal is set for a million.
    if corpus.is_synthetic {
        println!(
            "\nThe page by relevance while stories move, of the goal for a million: p50 {}, p99 {}.",
            ratio(median(&moving.relevance), GOAL_P50_MS),
            ratio(quantile(&moving.relevance, 0.99), GOAL_P99_MS)
        );
    }
    begin(&["ours beside", "relevance: p50", "p99", "newest: p50", "p99"]);
    for (name, peer) in peers {
        // Fragments are part of our page, not of our engine.
        let (what, ours) = if name.ends_with(MARKED) { ("our page", page) } else { ("our engine", &engine.ten) };
        let compared = |of: fn(&Times) -> &[f64], q| ratio(quantile(of(ours), q), quantile(of(peer), q));
        row(&[
            &format!("{name} ({what})"),
            &compared(|times| &times.relevance, 0.5),
            &compared(|times| &times.relevance, 0.99),
            &compared(|times| &times.newest, 0.5),
            &compared(|times| &times.newest, 0.99),
        ]);
    }
}

fn line(name: &str, times: &Times) {
    let figure = |times: &[f64], q| format!("{:.2}", quantile(times, q));
    let Times { relevance, newest } = times;
    row(&[name, &figure(relevance, 0.5), &figure(relevance, 0.99), &figure(newest, 0.5), &figure(newest, 0.99)]);
}
