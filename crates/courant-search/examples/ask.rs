//! Asks an index on disk a file of queries, one a line, and prints what each took in milliseconds: the engine without a page.
//!
//! `cargo run --release -p courant-search --example ask -- INDEX QUERIES N_WARM`. The first `N_WARM` queries are not timed. The index
//! is opened for reading only, so a server may go on writing it.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use courant_search::{Order, Query, SearchIndex, SearchOptions};

/// As many facet values and stories as a page of results shows.
const PAGE: (usize, usize) = (6, 20);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [index, queries, n_warm] = arguments.as_slice() else {
        return Err("which index, which queries, and how many to warm up with? ask INDEX QUERIES N_WARM".into());
    };
    let index = SearchIndex::open_read_only(Path::new(index))?;
    let queries = std::fs::read_to_string(queries)?.lines().map(Query::parse).collect::<Result<Vec<_>, _>>()?;
    let n_warm: usize = n_warm.parse()?;
    for (order, name) in [(Order::Relevance, "relevance"), (Order::Newest, "newest")] {
        let ten = SearchOptions { order, ..SearchOptions::default() };
        let page = SearchOptions { order, facet_values: PAGE.0, limit: PAGE.1, ..SearchOptions::default() };
        for (options, what) in [(ten, "ten"), (page, "page")] {
            for (number, query) in queries.iter().enumerate() {
                let began = Instant::now();
                let found = index.search(query, &options)?;
                let took = began.elapsed();
                std::hint::black_box(found);
                if n_warm <= number {
                    println!("{name} {what} {:.4}", took.as_secs_f64() * 1e3);
                }
            }
        }
    }
    Ok(())
}
