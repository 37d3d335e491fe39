use std::sync::Arc;

use courant_news::{Offer, WireEvent};
use courant_projections::site::{SiteFollower, SiteStore};
use courant_wire::pump::{self, Progress};
use courant_wire::{WireStore, conformance};
use jiff::civil::date;

use super::*;
use crate::NewsroomDb;

fn fixing(dated: Date, scope: FixingScope, quotes: &[(&str, &str)]) -> Fixing {
    let read = Read { scope, fetched_at: conformance::at(5), raw_hash: RawHash::of(b"sent") };
    let quotes = quotes
        .iter()
        .map(|(code, rate)| RateQuote::new(CurrencyCode::parse(code).unwrap(), 1, RateText::parse(rate).unwrap()).unwrap())
        .collect();
    Fixing::of(RateSource::parse("ecb").unwrap(), CurrencyCode::EUR, Quotation::PerBase, DateKind::Observed, dated, read)
        .with_quotes(quotes)
        .unwrap()
}

/// A site after these fixings moved, each a minute after the other.
fn site(fixings: Vec<Fixing>) -> (tempfile::TempDir, Arc<SiteDb>) {
    let folder = tempfile::tempdir().unwrap();
    let wire = NewsroomDb::open(&folder.path().join("newsroom.db")).unwrap();
    for (minute, fixing) in (0_i64..).zip(fixings) {
        wire.append(WireEvent::Fix(Arc::new(fixing)), Offer::Next, conformance::at(60 * minute)).unwrap();
    }
    let site = Arc::new(SiteDb::open(&folder.path().join("site.db")).unwrap());
    let store: Arc<dyn SiteStore> = site.clone();
    let mut follower = SiteFollower::new(store, Box::new(|_, _| ()));
    pump::catch_up(&wire, &mut follower, &Progress::default(), &false.into()).unwrap();
    (folder, site)
}

fn said(site: &SiteDb, currencies: Option<&[CurrencyCode]>, known_at: Option<Timestamp>, limit: usize) -> Vec<String> {
    let source = RateSource::parse("ecb").unwrap();
    let query = FixedDaysQuery { source: &source, currencies, first: date(2026, 4, 1), last: date(2026, 4, 30), known_at, limit };
    let days = site.fixed_days(query).unwrap();
    days.iter()
        .map(|day| {
            let quotes: Vec<String> = day.quotes.iter().map(|quote| format!("{} {}", quote.currency, quote.rate)).collect();
            format!("{} {}: {}", day.dated, day.scope.as_str(), quotes.join(", "))
        })
        .collect()
}

#[test]
fn rule_11_a_revision_is_a_row_of_its_own_and_the_past_is_still_answered() {
    let (_folder, site) = site(vec![
        fixing(date(2026, 4, 13), FixingScope::Whole, &[("USD", "1.17"), ("JPY", "186.75")]),
        fixing(date(2026, 4, 14), FixingScope::Whole, &[("USD", "1.18"), ("JPY", "187")]),
        fixing(date(2026, 4, 13), FixingScope::Excerpt, &[("USD", "1.1684")]),
    ]);
    assert_eq!(said(&site, None, None, 9), ["2026-04-13 whole: JPY 186.75, USD 1.1684", "2026-04-14 whole: JPY 187, USD 1.18"]);
    let usd = [CurrencyCode::parse("USD").unwrap()];
    assert_eq!(said(&site, Some(&usd), Some(conformance::at(90)), 9), ["2026-04-13 whole: USD 1.17", "2026-04-14 whole: USD 1.18"]);
    assert_eq!(said(&site, Some(&usd), Some(conformance::at(30)), 9), ["2026-04-13 whole: USD 1.17"]);
    assert_eq!(said(&site, Some(&usd), None, 1), ["2026-04-14 whole: USD 1.18"], "the latest days");
    let ecb = RateSource::parse("ecb").unwrap();
    assert_eq!(site.quoted(&ecb, usd[0]).unwrap(), Some((date(2026, 4, 13), date(2026, 4, 14))));
    assert_eq!(site.quoted(&ecb, CurrencyCode::parse("CHF").unwrap()).unwrap(), None);
}

#[test]
fn fixings_are_read_back_as_they_moved() {
    let moved = fixing(date(2026, 4, 13), FixingScope::Whole, &[("USD", "1.1684"), ("JPY", "186.75")]);
    let (_folder, site) = site(vec![moved.clone()]);
    let lines = site.fixings(None, 10).unwrap();
    assert_eq!(lines, [FixingLine { seq: WireSeq(1), moved_at: conformance::at(0), fixing: moved }]);
    assert!(site.fixings(Some(&RateSource::parse("cbr").unwrap()), 10).unwrap().is_empty());
    let sources = site.rate_sources().unwrap();
    assert_eq!((sources.len(), sources[0].n_days, sources[0].last), (1, 1, date(2026, 4, 13)));
}
