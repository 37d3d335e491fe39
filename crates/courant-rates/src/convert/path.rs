//! The steps of a calculation.

use courant_news::{CurrencyCode, Quotation, QuoteUnit, RateQuote};
use jiff::civil::Date;

use super::Reason;
use crate::ledger::Day;
use crate::{Anchor, AnchorKind, Exact};

/// One step from a currency to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// From what.
    pub from: CurrencyCode,
    /// To what.
    pub to: CurrencyCode,
    /// What it rests on.
    pub kind: StepKind,
    /// What an amount is multiplied by, exactly.
    pub factor: Exact,
    /// What was published or made law, as it was printed: `1 EUR = 1.1684 USD`.
    pub printed: String,
}

/// What a step rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// A quote of the source on that day.
    Quoted(Date),
    /// The rate at which the euro replaced the currency, since that day.
    Irrevocable(Date),
    /// A peg, since that day.
    Peg(Date),
}

/// One end of the way: a currency, and the steps that lead from it to one that is to be found in a day's quotes.
pub(super) struct End {
    pub(super) code: CurrencyCode,
    anchors: Vec<&'static Anchor>,
}

impl End {
    /// Begins at `code`, or at the euro when it had replaced the currency.
    pub(super) fn of(code: CurrencyCode, on: Date) -> Self {
        match Anchor::irrevocable(code, on) {
            Some(anchor) => Self { code: anchor.on, anchors: vec![anchor] },
            None => Self { code, anchors: Vec::new() },
        }
    }

    /// Goes on to what the currency is pegged to; false when it is not.
    pub(super) fn follow_peg(&mut self, on: Date) -> bool {
        match Anchor::peg(self.code, on) {
            // A band is no rate: where nobody observed one there is none.
            Some(anchor) if anchor.kind == AnchorKind::Peg => {
                self.anchors.push(anchor);
                self.code = anchor.on;
                true
            }
            _ => false,
        }
    }
}

/// The whole way: down one end, across the day's quotes through its base, up the other.
pub(super) fn joined(from: &End, day: Option<&Day>, to: &End) -> Vec<Step> {
    let mut path: Vec<Step> = from.anchors.iter().map(|anchor| down(anchor)).collect();
    if let Some(day) = day {
        path.extend(to_base(day, from.code));
        path.extend(to_base(day, to.code).map(inverse));
    }
    path.extend(to.anchors.iter().rev().map(|anchor| inverse(down(anchor))));
    path
}

/// What an amount is multiplied by along the way.
pub(super) fn product(path: &[Step]) -> Exact {
    path.iter().fold(Exact::one(), |product, step| &product * &step.factor)
}

/// Since when the way has held that uses no quote.
pub(super) fn since(path: &[Step]) -> Option<Date> {
    path.iter()
        .map(|step| match step.kind {
            StepKind::Quoted(day) | StepKind::Irrevocable(day) | StepKind::Peg(day) => day,
        })
        .max()
}

/// Why the way that uses no quote has a rate.
pub(super) fn reason(path: &[Step]) -> Reason {
    let is_peg = path.iter().any(|step| matches!(step.kind, StepKind::Peg(_)));
    match path {
        [] => Reason::Identity,
        _ if is_peg => Reason::Peg,
        _ => Reason::Irrevocable,
    }
}

fn down(anchor: &Anchor) -> Step {
    let kind = match anchor.kind {
        AnchorKind::Irrevocable => StepKind::Irrevocable(anchor.since),
        AnchorKind::Peg | AnchorKind::Band => StepKind::Peg(anchor.since),
    };
    let printed = format!("1 {} = {} {}", anchor.on, anchor.rate, anchor.code);
    Step { from: anchor.code, to: anchor.on, kind, factor: &Exact::one() / &anchor.exact(), printed }
}

fn to_base(day: &Day, code: CurrencyCode) -> Option<Step> {
    let quote = day.quote(code)?;
    let factor = day.worth(code)?;
    Some(Step { from: code, to: day.base, kind: StepKind::Quoted(day.dated), factor, printed: printed(day, quote) })
}

fn printed(day: &Day, quote: &RateQuote) -> String {
    let unit = match quote.unit {
        QuoteUnit::Code => "",
        QuoteUnit::Gram => " g",
    };
    match day.quotation {
        Quotation::PerBase => format!("{} {} = {} {}", quote.nominal, day.base, quote.rate, quote.currency),
        Quotation::InBase => format!("{}{unit} {} = {} {}", quote.nominal, quote.currency, quote.rate, day.base),
    }
}

fn inverse(step: Step) -> Step {
    let factor = step.factor.inverse().expect("neither a rate nor a peg is zero");
    Step { from: step.to, to: step.from, factor, ..step }
}
