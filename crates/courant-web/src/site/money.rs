//! The reader's choice of a currency for the marked amounts of a story: `?money=EUR`.

use std::collections::BTreeMap;

use courant_news::{Block, CurrencyCode, Inline, Money, NewsItem};
use courant_rates::amounts::shown;
use courant_rates::convert::{Asked, HISTORY_BEGINS, LOOK_BACK_DAYS, convert};
use courant_rates::ledger::{DayQuery, Ledger};
use courant_rates::{Currency, Decimal, Source};
use jiff::ToSpan;
use jiff::civil::Date;

use super::SiteState;
use super::answer::Refused;
use super::rates::{Query, moment, rate_or_why, with_ledger};
use crate::pages::{InCurrency, MoneyChoice, MoneyShown, RateUsed};

/// How many different amounts of a story are converted; further ones stay as printed.
const AMOUNTS_MAX: usize = 500;

/// What is shown of the marked amounts of a story. The rates are those of the day it first moved, in the zone of the site.
pub(super) fn shown_for(state: &SiteState, item: &NewsItem, query: &str) -> Result<MoneyShown, Refused> {
    let amounts = marked(&item.body);
    let query = Query::read(query);
    let typed = query.get("money");
    if amounts.is_empty() {
        let choice = typed.map_or(MoneyChoice::AsPrinted, |_| MoneyChoice::NothingMarked);
        return Ok(MoneyShown { offered: Vec::new(), choice });
    }
    let on = item.times.first_moved_at.to_zoned_datetime(state.agency.zone.clone()).date();
    with_ledger(state, |ledger| {
        let mut offered = if on < HISTORY_BEGINS { Vec::new() } else { quoted(ledger, on)? };
        let choice = match typed.map(|text| (text, CurrencyCode::parse(text))) {
            None => MoneyChoice::AsPrinted,
            Some((_, Ok(code))) if Currency::find(code).is_some() => MoneyChoice::In(converted(state, ledger, &amounts, code, on)?),
            Some((text, _)) => MoneyChoice::Unknown { typed: text.to_owned() },
        };
        if let MoneyChoice::In(shown) = &choice
            && !offered.is_empty()
            && !offered.contains(&shown.to)
        {
            offered.push(shown.to);
        }
        Ok(MoneyShown { offered, choice })
    })
}

/// What the source quotes for the day, and the euro. Any other currency with a rate can be asked for by its code.
fn quoted(ledger: &dyn Ledger, on: Date) -> Result<Vec<CurrencyCode>, Refused> {
    let earliest = on.saturating_sub(LOOK_BACK_DAYS.days());
    let day = ledger.day(&DayQuery { source: Source::Ecb, currencies: None, on, earliest, known_at: None })?;
    let mut codes: Vec<CurrencyCode> = day.iter().flat_map(|day| day.quotes.iter().map(|quote| quote.currency)).collect();
    codes.push(CurrencyCode::EUR);
    codes.sort_unstable();
    Ok(codes)
}

fn converted(state: &SiteState, ledger: &dyn Ledger, amounts: &[&Money], to: CurrencyCode, on: Date) -> Result<InCurrency, Refused> {
    let mut shown_in = InCurrency { to, on, source: Source::Ecb, amounts: BTreeMap::new(), rates: Vec::new(), lacking: Vec::new() };
    for money in amounts {
        let (Ok(from), Ok(amount)) = (CurrencyCode::parse(&money.currency), Decimal::parse(&money.amount)) else { continue };
        let is_lacking = shown_in.lacking.contains(&from);
        if from == to || is_lacking || AMOUNTS_MAX <= shown_in.amounts.len() {
            continue;
        }
        let asked = Asked { amount, from, to, on: Some(on), source: Source::Ecb, known_at: None };
        match rate_or_why(convert(ledger, &asked, moment(state)))? {
            Ok(answer) => {
                let text = shown(&answer.result, &money.amount, to);
                shown_in.amounts.insert((from, money.amount.to_string()), text);
                if shown_in.rates.iter().all(|used| used.from != from) {
                    shown_in.rates.push(RateUsed { from, rate: answer.rate_shown(), observed: answer.observed });
                }
            }
            Err(_) => shown_in.lacking.push(from),
        }
    }
    Ok(shown_in)
}

/// Every marked amount of the copy, in its order.
fn marked(body: &[Block]) -> Vec<&Money> {
    let mut found = Vec::new();
    for block in body {
        match block {
            Block::Paragraph(run) | Block::SubHead(run) | Block::Correction(run) => marked_in(run, &mut found),
            Block::Quote(quote) => quote.paragraphs.iter().for_each(|run| marked_in(run, &mut found)),
            Block::List(list) => list.lines.iter().for_each(|run| marked_in(run, &mut found)),
            Block::Table(table) => table.head.iter().chain(table.rows.iter().flatten()).for_each(|run| marked_in(run, &mut found)),
            Block::Figure(_) => {}
        }
    }
    found
}

fn marked_in<'a>(run: &'a [Inline], found: &mut Vec<&'a Money>) {
    for inline in run {
        match inline {
            Inline::Money(money) => found.push(money),
            Inline::Emphasis(run) | Inline::Strong(run) | Inline::Link { words: run, .. } => marked_in(run, found),
            Inline::Text(_) | Inline::Time { .. } | Inline::Break => {}
        }
    }
}
