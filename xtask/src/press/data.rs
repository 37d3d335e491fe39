//! Reading the labelled sets.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::Context;
use courant_press::{Lang, Report};
use flate2::read::GzDecoder;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::run;

/// Sets without times are taken at this pace.
pub(crate) const PACE_SECS: i64 = 60;
/// Where their time begins: 2021-01-01T00:00Z.
const START_SECS: i64 = 1_609_459_200;

/// A report and the story it belongs to, by a judgment of people.
#[derive(Clone, Debug)]
pub(crate) struct Labelled {
    pub(crate) report: Report,
    pub(crate) story: String,
    pub(crate) half: Half,
}

/// Two reports and whether they tell one story.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) one: Report,
    pub(crate) other: Report,
    pub(crate) is_same: bool,
    pub(crate) half: Half,
}

/// One half of a set: whole stories, by a fixed rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Half {
    A,
    B,
}

impl Half {
    /// The other one.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// The half a story is in: FNV-1a of its name, lowest bit of the upper half.
    pub(crate) fn of(story: &str) -> Self {
        let hash = story.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        if hash >> 40 & 1 == 0 { Self::A } else { Self::B }
    }
}

/// The folder of all sets: `COURANT_DATA`, or `../shared/data` beside the repository.
pub(crate) fn folder() -> PathBuf {
    std::env::var_os("COURANT_DATA").map_or_else(|| run::root().join("../shared/data"), PathBuf::from)
}

fn lines(path: &Path) -> anyhow::Result<Vec<Value>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let lines = BufReader::new(GzDecoder::new(file)).lines();
    lines
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect::<anyhow::Result<_>>()
        .with_context(|| format!("cannot read {}", path.display()))
}

fn text(value: &Value, name: &str) -> String {
    match &value[name] {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Headlines of the Olympic summer of 2021 in nine languages, in order of time.
pub(crate) fn og2021() -> anyhow::Result<Vec<Labelled>> {
    let lines = lines(&folder().join("clusters-og2021/articles.jsonl.gz"))?;
    let labelled = |line: &Value| {
        let report = Report {
            id: text(line, "id"),
            title: text(line, "title"),
            lang: Lang::parse(&text(line, "lang")),
            published_at: text(line, "published_at").parse()?,
            ..Report::default()
        };
        let story = text(line, "cluster");
        Ok(Labelled { report, half: Half::of(&story), story })
    };
    lines.iter().map(labelled).collect()
}

/// Headlines and snippets in English, lower case, without times.
pub(crate) fn googlenews(pace_secs: i64) -> anyhow::Result<Vec<Labelled>> {
    let lines = lines(&folder().join("clusters-googlenews/articles.jsonl.gz"))?;
    let labelled = |(idx, line): (usize, &Value)| {
        let report = Report {
            id: text(line, "id"),
            title: text(line, "title"),
            summary: text(line, "snippet"),
            lang: Lang::ENGLISH,
            published_at: paced(idx, pace_secs),
            ..Report::default()
        };
        let story = text(line, "cluster");
        Labelled { report, half: Half::of(&story), story }
    };
    Ok(lines.iter().enumerate().map(labelled).collect())
}

/// Short documents about pairs of look-alike events, without times.
pub(crate) fn ecbplus(pace_secs: i64) -> anyhow::Result<Vec<Labelled>> {
    let lines = lines(&folder().join("clusters-ecbplus/documents.jsonl.gz"))?;
    let labelled = |(idx, line): (usize, &Value)| {
        let sentences: Vec<&str> = line["sentences"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let (title, rest) = sentences.split_first().map_or(("", &[][..]), |(title, rest)| (*title, rest));
        let report = Report {
            id: text(line, "id"),
            title: title.to_owned(),
            text: rest.join(" "),
            lang: Lang::ENGLISH,
            published_at: paced(idx, pace_secs),
            ..Report::default()
        };
        // Two subtopics of a topic are look-alikes, so a topic stays whole.
        Labelled { report, half: Half::of(&text(line, "topic")), story: text(line, "subtopic") }
    };
    Ok(lines.iter().enumerate().map(labelled).collect())
}

fn paced(idx: usize, pace_secs: i64) -> Timestamp {
    let start = Timestamp::from_second(START_SECS).expect("a time of this century");
    start + SignedDuration::from_secs(pace_secs * i64::try_from(idx).unwrap_or(i64::MAX))
}

/// Pairs of whole texts in Russian and English.
pub(crate) fn telegram() -> anyhow::Result<Vec<Pair>> {
    let lines = lines(&folder().join("clusters-telegram-pairs/pairs.jsonl.gz"))?;
    Ok(lines.iter().map(whole_pair).collect())
}

/// Pairs that editors decided: `press/pairs.jsonl` of a data directory, not packed. The later decision about a pair counts.
pub(crate) fn decided(path: &Path) -> anyhow::Result<Vec<Pair>> {
    let file = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut pairs: Vec<Pair> = Vec::new();
    for line in file.lines().filter(|line| !line.trim().is_empty()) {
        let line: Value = serde_json::from_str(line).with_context(|| format!("cannot read {}", path.display()))?;
        let mut pair = whole_pair(&line);
        let first_lang = text(&line, "first_lang");
        if !first_lang.is_empty() {
            pair.one.lang = Lang::parse(&first_lang);
        }
        pairs.retain(|known| (&known.one.id, &known.other.id) != (&pair.one.id, &pair.other.id));
        pairs.push(pair);
    }
    Ok(pairs)
}

fn whole_pair(line: &Value) -> Pair {
    let report = |side: &str| Report {
        id: text(line, &format!("{side}_url")),
        title: text(line, &format!("{side}_title")),
        text: text(line, &format!("{side}_text")),
        lang: Lang::parse(&text(line, "lang")),
        ..Report::default()
    };
    let (one, other) = (report("first"), report("second"));
    Pair { half: Half::of(&one.id), one, other, is_same: line["same_story"] == true }
}

/// Headlines and bodies, and whether they belong together in any way.
pub(crate) fn fnc1() -> anyhow::Result<Vec<Pair>> {
    let folder = folder().join("pairs-fnc1");
    let bodies: std::collections::HashMap<String, String> =
        lines(&folder.join("bodies.jsonl.gz"))?.iter().map(|line| (text(line, "body_id"), text(line, "text"))).collect();
    let pair = |line: &Value| {
        let body_id = text(line, "body_id");
        let headline = Report { title: text(line, "headline"), lang: Lang::ENGLISH, ..Report::default() };
        let body = bodies.get(&body_id).with_context(|| format!("no body {body_id}"))?;
        let body = Report { id: body_id.clone(), text: body.clone(), lang: Lang::ENGLISH, ..Report::default() };
        Ok(Pair { one: headline, other: body, is_same: text(line, "stance") != "unrelated", half: Half::of(&body_id) })
    };
    lines(&folder.join("pairs.jsonl.gz"))?.iter().map(pair).collect()
}
