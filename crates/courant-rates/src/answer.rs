//! A conversion as machines, spreadsheets and shells take it.

use serde_json::{Value, json};

use crate::convert::{Conversion, Step, StepKind};

/// Places of the result in answers to machines; the amount in the minor units of its currency stands beside it.
const RESULT_PLACES: u32 = 10;
/// Significant figures of the rate in answers to machines.
const RATE_FIGURES: u32 = 10;

/// The columns of [`csv()`].
pub const CSV_HEAD: &str = "amount,from,to,result,rounded,rate,requested,observed,reason,source\r\n";

/// One object. Numbers are strings of decimal digits, so that no reader makes binary fractions of them unasked.
///
/// `result` has ten places, `rounded` is the result in the minor units of its currency, half-up; `rate` has ten significant figures.
/// `requested` is the day asked for, `observed` the day the rate is from, `reason` why that day; `path` is how it was calculated, each
/// step with what was published, as it was printed.
pub fn json(answer: &Conversion) -> Value {
    let facts = answer.source.facts();
    let path: Vec<Value> = answer.path.iter().map(step).collect();
    json!({
        "amount": answer.amount.to_string(),
        "from": answer.from.as_str(),
        "to": answer.to.as_str(),
        "result": answer.result.round(RESULT_PLACES).to_string(),
        "rounded": answer.rounded().to_string(),
        "rate": answer.rate.round_to_figures(RATE_FIGURES).trimmed().to_string(),
        "requested": answer.requested.to_string(),
        "observed": answer.observed.to_string(),
        "reason": answer.reason.as_str(),
        "next_expected": answer.next_expected.map(|at| at.to_string()),
        "source": facts.slug,
        "source_name": facts.bank,
        "path": path,
    })
}

fn step(step: &Step) -> Value {
    let (kind, day) = match step.kind {
        StepKind::Quoted(dated) => ("quoted", dated),
        StepKind::Irrevocable(since) => ("irrevocable", since),
        StepKind::Peg(since) => ("peg", since),
    };
    json!({ "from": step.from.as_str(), "to": step.to.as_str(), "kind": kind, "date": day.to_string(), "published": step.printed })
}

/// One line of comma-separated values (RFC 4180), to stand under [`CSV_HEAD`].
pub fn csv(answer: &Conversion) -> String {
    let cells = [
        answer.amount.to_string(),
        answer.from.to_string(),
        answer.to.to_string(),
        answer.result.round(RESULT_PLACES).to_string(),
        answer.rounded().to_string(),
        answer.rate.round_to_figures(RATE_FIGURES).trimmed().to_string(),
        answer.requested.to_string(),
        answer.observed.to_string(),
        answer.reason.as_str().to_owned(),
        answer.source.facts().slug.to_owned(),
    ];
    format!("{}\r\n", cells.join(","))
}

/// A few lines of plain text.
pub fn text(answer: &Conversion) -> String {
    let mut text = format!("{} {} = {} {}\n", answer.amount, answer.from, answer.rounded(), answer.to);
    text.push_str(&format!("1 {} = {} {}\n", answer.from, answer.rate_shown(), answer.to));
    text.push_str(&format!("asked for {}, rate of {} ({})\n", answer.requested, answer.observed, answer.reason.as_str()));
    if let Some(at) = answer.next_expected {
        text.push_str(&format!("next rates expected {at}\n"));
    }
    for step in &answer.path {
        text.push_str(&format!("{} to {}: {}\n", step.from, step.to, step.printed));
    }
    let facts = answer.source.facts();
    text.push_str(&format!("source: {} ({})\n", facts.bank, facts.home));
    text
}
