//! What was refused or mended, and why: one JSON object a line.

use std::fmt;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use courant_formats::incoming::Repair;
use courant_news::{CurrencyCode, EventKind, Guid};
use courant_press::topics::Proposal;
use courant_rates::amounts::{InStory, Verdict};
use jiff::Timestamp;
use serde_json::{Value, json};

/// How many refusals are also printed.
const PRINTED_MAX: u64 = 20;
/// How many of the currencies that an amount may be in are printed.
const CANDIDATES_PRINTED_MAX: usize = 4;

/// Where a document stood.
#[derive(Clone)]
pub(super) struct Where {
    pub(super) name: Arc<str>,
    pub(super) line: Option<u64>,
    /// The path in a document, where that says more than a line.
    pub(super) path: Option<Box<str>>,
}

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.path, self.line) {
            (Some(path), _) => write!(f, "{} {path}", self.name),
            (None, Some(line)) => write!(f, "{} line {line}", self.name),
            (None, None) => f.write_str(&self.name),
        }
    }
}

impl Where {
    /// What the report says of something that stood here.
    fn with(&self, said: Value) -> Value {
        let mut line = json!({ "file": &*self.name, "line": self.line });
        if let Some(path) = &self.path {
            line["path"] = path.as_ref().into();
        }
        if let (Value::Object(line), Value::Object(said)) = (&mut line, said) {
            line.extend(said);
        }
        line
    }
}

/// What an import did, in numbers.
#[derive(Clone, Copy, Default)]
pub(super) struct Summary {
    pub(super) read: u64,
    pub(super) moved: u64,
    pub(super) updated: u64,
    pub(super) withdrawn: u64,
    pub(super) known: u64,
    pub(super) refused: u64,
    pub(super) mended: u64,
    /// Amounts of money found in copy, and those of them that were marked.
    pub(super) proposed: u64,
    pub(super) marked: u64,
    /// Subjects proposed for stories that carry none.
    pub(super) subjects: u64,
}

impl Summary {
    pub(super) fn appended(&mut self, kind: EventKind) {
        match kind {
            EventKind::Move => self.moved += 1,
            EventKind::Withhold | EventKind::Kill | EventKind::TakeDown => self.withdrawn += 1,
            _ => self.updated += 1,
        }
    }
}

/// The report; its file is made with the first line.
pub(super) struct Report {
    pub(super) summary: Summary,
    path: PathBuf,
    file: Option<BufWriter<File>>,
    failure: Option<std::io::Error>,
}

impl Report {
    pub(super) fn new(path: Option<PathBuf>, folder: &Path, now: Timestamp) -> Self {
        let path = path.unwrap_or_else(|| folder.join(format!("import-{}.jsonl", now.strftime("%Y%m%dT%H%M%S%fZ"))));
        Self { summary: Summary::default(), path, file: None, failure: None }
    }

    /// A document that will not move.
    pub(super) fn refused(&mut self, place: &Where, guid: Option<&Guid>, problem: &str) {
        self.summary.refused += 1;
        if self.summary.refused <= PRINTED_MAX {
            eprintln!("{place}: {problem}");
        } else if self.summary.refused == PRINTED_MAX + 1 {
            eprintln!("more refusals are in {}", self.path.display());
        }
        self.write(&place.with(json!({ "guid": guid.map(Guid::as_str), "refused": problem })));
    }

    /// A document that moves with a field mended.
    pub(super) fn mended(&mut self, place: &Where, repair: &Repair) {
        self.summary.mended += 1;
        self.write(&place.with(json!({ "mended": repair.to_string() })));
    }

    /// Amounts of money found in a story, each with what it would be marked as and why.
    pub(super) fn proposed(&mut self, place: &Where, guid: &Guid, proposals: &[InStory], n_marked: usize) {
        self.summary.proposed += proposals.len() as u64;
        self.summary.marked += n_marked as u64;
        for found in proposals {
            self.write(&place.with(json!({ "guid": guid.as_str(), "amount": proposal_as_json(found) })));
        }
    }

    /// Subjects proposed for a story that carries none; the story stays as it came.
    pub(super) fn filed(&mut self, place: &Where, guid: &Guid, proposals: &[Proposal]) {
        self.summary.subjects += proposals.len() as u64;
        for proposal in proposals {
            let confidence = (f64::from(proposal.confidence) * 1_000.0).round() / 1_000.0;
            self.write(&place.with(json!({ "guid": guid.as_str(), "subject": { "uri": proposal.subject, "confidence": confidence } })));
        }
    }

    /// A report that cannot be written does not stop an import; it is said at the end.
    fn write(&mut self, object: &Value) {
        if self.failure.is_some() {
            return;
        }
        if self.file.is_none() {
            match File::create(&self.path) {
                Ok(file) => self.file = Some(BufWriter::new(file)),
                Err(error) => self.failure = Some(error),
            }
        }
        if let Some(file) = &mut self.file
            && let Err(error) = writeln!(file, "{object}")
        {
            self.failure = Some(error);
        }
    }

    /// Brings the report to its file; answers its path, if there is anything in it.
    pub(super) fn close(self) -> anyhow::Result<Option<PathBuf>> {
        let cannot = || format!("the stories are in, but the report {} could not be written", self.path.display());
        if let Some(failure) = self.failure {
            return Err(failure).with_context(cannot);
        }
        match self.file {
            Some(mut file) => {
                file.flush().with_context(cannot)?;
                Ok(Some(self.path))
            }
            None => Ok(None),
        }
    }
}

fn proposal_as_json(found: &InStory) -> Value {
    let proposal = &found.proposal;
    let mut object = json!({
        "words": &*found.words,
        "run": found.run_idx,
        "bytes": [proposal.bytes.start, proposal.bytes.end],
        "amount": &*proposal.amount,
        "magnitude": proposal.magnitude,
    });
    match &proposal.verdict {
        Verdict::Known { currency, reason } => {
            object["currency"] = currency.as_str().into();
            object["confidence"] = reason.confidence().as_str().into();
            object["reason"] = reason.to_string().into();
        }
        Verdict::Open { candidates } => {
            object["candidates"] = candidates.iter().map(ToString::to_string).collect();
        }
    }
    object
}

/// A proposal for people: `“25 cts” is 0.25 USD (likely: …)`.
pub(super) fn proposal_in_words(found: &InStory) -> String {
    let (words, amount) = (&found.words, &found.proposal.amount);
    match &found.proposal.verdict {
        Verdict::Known { currency, reason } => format!("“{words}” is {amount} {currency} ({}: {reason})", reason.confidence().as_str()),
        Verdict::Open { candidates } => {
            let codes: Vec<&str> = candidates.iter().take(CANDIDATES_PRINTED_MAX).map(CurrencyCode::as_str).collect();
            let more = if CANDIDATES_PRINTED_MAX < candidates.len() { " or another" } else { "" };
            let codes = codes.join(", ");
            format!("“{words}” is {amount} of {codes}{more}, nothing in the story says which; write the code or the country beside it")
        }
    }
}
