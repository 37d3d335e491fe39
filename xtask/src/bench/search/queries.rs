//! The queries, the same ones every time, and the stories as a table for the other engines.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::Value;

use crate::bench::Bench;
use crate::bench::corpora::Corpus;

/// Queries that are timed.
const N_TIMED: usize = 300;
/// Others that are asked before.
const N_WARM: usize = 40;
/// A corpus that does not give enough different ones after so many tries is too small.
const TRIES_MAX: usize = 100_000;
/// Words this short are left out by some engines.
const WORD_CHARS_MIN: usize = 4;

/// One to three words of a headline each, all different, so that none comes from a cache.
pub(in crate::bench) struct Queries {
    pub(in crate::bench) warm: Vec<String>,
    pub(in crate::bench) timed: Vec<String>,
    /// All of them, those to warm up with first, one a line.
    pub(super) file: PathBuf,
    /// The stories, headline and text with a tab between, one a line, oldest first.
    pub(super) table: PathBuf,
}

impl Queries {
    pub(super) fn all(&self) -> impl Iterator<Item = &String> {
        self.warm.iter().chain(&self.timed)
    }
}

/// The queries of a corpus, made when absent.
pub(in crate::bench) fn prepare(bench: &Bench, corpus: &Corpus) -> anyhow::Result<Queries> {
    let (file, table) = (bench.folder.join(format!("{}.queries", corpus.slug)), bench.folder.join(format!("{}.tsv", corpus.slug)));
    // The queries are written last.
    if !file.exists() {
        let headlines = write_table(corpus, &table)?;
        fs::write(&file, chosen(&headlines)?.join("\n"))?;
    }
    let mut warm: Vec<String> = fs::read_to_string(&file)?.lines().map(str::to_owned).collect();
    anyhow::ensure!(N_WARM < warm.len(), "{} holds {} queries; remove it", file.display(), warm.len());
    let timed = warm.split_off(N_WARM);
    Ok(Queries { warm, timed, file, table })
}

/// Gives back the headlines.
fn write_table(corpus: &Corpus, table: &Path) -> anyhow::Result<Vec<String>> {
    let mut out = BufWriter::new(File::create(table)?);
    let mut headlines = Vec::new();
    let lines = File::open(&corpus.lines).with_context(|| format!("cannot open {}", corpus.lines.display()))?;
    for line in BufReader::with_capacity(1 << 20, lines).lines() {
        let item: Value = serde_json::from_str(&line?).context("the corpus holds a line that is not JSON")?;
        let headline = item["headlines"][0]["value"].as_str().unwrap_or_default();
        let body = item["bodies"][0]["value"].as_str().unwrap_or_default();
        writeln!(out, "{}\t{}", plain(headline), plain(body))?;
        headlines.push(headline.to_lowercase());
    }
    out.flush()?;
    Ok(headlines)
}

fn chosen(headlines: &[String]) -> anyhow::Result<Vec<String>> {
    anyhow::ensure!(!headlines.is_empty(), "the corpus is empty");
    let (mut queries, mut known) = (Vec::new(), HashSet::new());
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..TRIES_MAX {
        if queries.len() == N_WARM + N_TIMED {
            return Ok(queries);
        }
        let headline = &headlines[pick(&mut state, headlines.len())];
        let words: Vec<&str> =
            headline.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| word.len() >= WORD_CHARS_MIN).collect();
        let n_words = 1 + queries.len() % 3;
        if words.len() >= n_words {
            let from = pick(&mut state, words.len() - n_words + 1);
            let query = words[from..from + n_words].join(" ");
            if known.insert(query.clone()) {
                queries.push(query);
            }
        }
    }
    anyhow::bail!("the headlines of {} stories do not give {} different queries", headlines.len(), N_WARM + N_TIMED)
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
    use super::*;

    #[test]
    fn a_row_of_the_table_is_one_line() {
        assert_eq!(plain("<p>One\ttwo</p>\n<p>a > b</p>"), " One two   a > b ");
    }

    #[test]
    fn queries_are_the_same_every_time_and_all_different() {
        let headlines: Vec<String> = (0..2000).map(|number| lettered(&format!("alpha{number} beta gamma"))).collect();
        let queries = chosen(&headlines).unwrap();
        assert_eq!(queries, chosen(&headlines).unwrap());
        assert_eq!(queries.iter().collect::<HashSet<_>>().len(), N_WARM + N_TIMED);
        assert!(chosen(&["one headline only".to_owned()]).is_err());
    }

    /// Letters for digits, as words are letters.
    fn lettered(line: &str) -> String {
        line.chars().map(|letter| letter.to_digit(10).map_or(letter, |digit| char::from(b'a' + u8::try_from(digit).unwrap()))).collect()
    }
}
