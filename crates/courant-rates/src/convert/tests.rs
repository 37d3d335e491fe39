//! The rules of dates, paths and rounding, with their numbers.

use courant_news::{FixingScope, Quotation, RateQuote, RateText, RawHash, Read};
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::history::Shipped;
use crate::ledger::InMemory;

const NOW: &str = "2026-04-14T09:00:00Z";

fn code(text: &str) -> CurrencyCode {
    CurrencyCode::parse(text).unwrap()
}

fn moment(now: &str) -> Moment {
    let now: Timestamp = now.parse().unwrap();
    Moment { now, today: Source::Ecb.day_at(now) }
}

fn asked(amount: &str, from: &str, to: &str, on: Option<Date>) -> Asked {
    Asked { amount: Decimal::parse(amount).unwrap(), from: code(from), to: code(to), on, source: Source::Ecb, known_at: None }
}

fn shipped(amount: &str, from: &str, to: &str, on: Date) -> Result<Conversion, ConvertError> {
    convert(Shipped::get(), &asked(amount, from, to, Some(on)), moment(NOW))
}

fn refusal(from: &str, to: &str, on: Date) -> String {
    shipped("1", from, to, on).unwrap_err().to_string()
}

/// What was answered, on one line.
fn said(answer: &Conversion) -> String {
    let path: Vec<&str> = answer.path.iter().map(|step| step.printed.as_str()).collect();
    format!("{} for {}, {} of {}: {}", answer.rounded(), answer.requested, answer.reason.as_str(), answer.observed, path.join("; "))
}

fn fixing(source: Source, dated: Date, scope: FixingScope, fetched: &str, quotes: &[(&str, u32, &str)]) -> courant_news::Fixing {
    let facts = source.facts();
    let read = Read { scope, fetched_at: fetched.parse().unwrap(), raw_hash: RawHash::of(b"test") };
    let quotes =
        quotes.iter().map(|(currency, nominal, rate)| RateQuote::new(code(currency), *nominal, RateText::parse(rate).unwrap()).unwrap());
    courant_news::Fixing::of(source.name(), facts.base, facts.quotation, facts.date_kind, dated, read)
        .with_quotes(quotes.collect())
        .unwrap()
}

#[test]
fn rule_02_everything_is_exact_until_it_is_shown_and_rounded_once() {
    let answer = shipped("1", "EUR", "USD", date(2026, 4, 13)).unwrap();
    assert_eq!(answer.result, Decimal::parse("1.1684").unwrap());
    let there = shipped("1", "USD", "JPY", date(2026, 4, 13)).unwrap();
    assert_eq!(&there.result * &Exact::from(&Decimal::parse("1.1684").unwrap()), Decimal::parse("186.75").unwrap());
}

#[test]
fn rule_03_amounts_are_rounded_half_up_to_the_minor_unit_of_their_currency() {
    let rounded = |amount, from, to| shipped(amount, from, to, date(2026, 4, 13)).unwrap().rounded().to_string();
    assert_eq!(rounded("10", "EUR", "JPY"), "1868", "1867.5 is a tie");
    assert_eq!(rounded("1", "USD", "BHD"), "0.376");
    assert_eq!(rounded("0.015", "EUR", "EUR"), "0.02", "a tie again");
    assert_eq!(rounded("-0.015", "EUR", "EUR"), "-0.02");
}

#[test]
fn rule_04_rates_are_shown_with_six_figures_and_no_invention() {
    let rate = |from, to| shipped("1", from, to, date(2026, 4, 13)).unwrap().rate_shown().to_string();
    assert_eq!(rate("EUR", "USD"), "1.1684", "as printed");
    assert_eq!(rate("IDR", "EUR"), "0.0000497957", "small numbers keep their figures");
    assert_eq!(rate("EUR", "IDR"), "20082.1");
    assert_eq!(rate("USD", "JPY"), "159.834");
}

#[test]
fn rule_05_triangles_go_through_the_pivot_of_one_source_and_are_exact() {
    let rate = |from, to| shipped("1", from, to, date(2026, 4, 13)).unwrap().rate;
    assert_eq!(&rate("EUR", "USD") * &rate("USD", "JPY"), rate("EUR", "JPY"));
    assert_eq!(rate("CHF", "CHF"), Exact::one());
    let answer = shipped("100", "USD", "JPY", date(2026, 4, 13)).unwrap();
    assert_eq!(said(&answer), "15983 for 2026-04-13, published of 2026-04-13: 1 EUR = 1.1684 USD; 1 EUR = 186.75 JPY");
}

#[test]
fn rule_06_a_currency_that_the_euro_replaced_keeps_its_irrevocable_rate() {
    let answer = shipped("195.583", "DEM", "EUR", date(2010, 5, 5)).unwrap();
    assert_eq!(said(&answer), "100.00 for 2010-05-05, irrevocable of 1999-01-01: 1 EUR = 1.95583 DEM");
    let answer = shipped("100", "DEM", "FRF", date(2001, 5, 5)).unwrap();
    assert_eq!(said(&answer), "335.39 for 2001-05-05, irrevocable of 1999-01-01: 1 EUR = 1.95583 DEM; 1 EUR = 6.55957 FRF");
    let answer = shipped("1000", "ITL", "USD", date(2010, 5, 5)).unwrap();
    assert_eq!(said(&answer), "0.67 for 2010-05-05, published of 2010-05-05: 1 EUR = 1936.27 ITL; 1 EUR = 1.2924 USD");
    let answer = shipped("7.5345", "HRK", "EUR", date(2023, 5, 2)).unwrap();
    assert_eq!(answer.rounded().to_string(), "1.00");
    assert_eq!(shipped("1", "HRK", "EUR", date(2022, 12, 30)).unwrap().reason, Reason::Published);
    assert_eq!(shipped("1", "BGN", "EUR", date(2026, 1, 2)).unwrap().reason, Reason::Irrevocable);
}

#[test]
fn rule_07_a_date_before_birth_or_after_death_names_the_other_currency() {
    assert_eq!(
        refusal("TRL", "EUR", date(2010, 1, 4)),
        "currency “TRL” is gone, so it has no rate on 2010-01-04: it ended before 2005-01-01; use TRY, of which one replaced 1000000 TRL"
    );
    assert_eq!(
        refusal("EUR", "TRY", date(2004, 6, 1)),
        "currency “TRY” began on 2005-01-01, so it has no rate on 2004-06-01; choose a day from 2005-01-01 on, or TRL, which it replaced"
    );
    assert!(refusal("ROL", "EUR", date(2006, 1, 2)).contains("use RON"));
    assert!(refusal("XYZ", "EUR", date(2006, 1, 2)).contains("no code of ISO 4217"));
}

#[test]
fn rule_08_a_peg_is_used_only_where_nobody_observed_a_rate() {
    let answer = shipped("100", "AED", "EUR", date(2026, 4, 13)).unwrap();
    assert_eq!(said(&answer), "23.30 for 2026-04-13, published of 2026-04-13: 1 USD = 3.6725 AED; 1 EUR = 1.1684 USD");
    assert!(matches!(answer.path[0].kind, StepKind::Peg(_)));
    let answer = shipped("655957", "XOF", "EUR", date(2026, 4, 13)).unwrap();
    assert_eq!(said(&answer), "1000.00 for 2026-04-13, peg of 1999-01-01: 1 EUR = 655.957 XOF");
    let observed = shipped("100", "HKD", "USD", date(2026, 4, 13)).unwrap();
    assert!(observed.path.iter().all(|step| matches!(step.kind, StepKind::Quoted(_))), "{observed:?}");
}

#[test]
fn rule_09_a_date_has_three_fields_and_a_reason() {
    let dated = |on: Date| {
        let answer = shipped("1", "EUR", "USD", on).unwrap();
        format!("{} {} {}", answer.requested, answer.observed, answer.reason.as_str())
    };
    assert_eq!(dated(date(2026, 4, 13)), "2026-04-13 2026-04-13 published");
    assert_eq!(dated(date(2026, 4, 12)), "2026-04-12 2026-04-10 weekend");
    assert_eq!(dated(date(2026, 4, 3)), "2026-04-03 2026-04-02 holiday", "Good Friday");
    assert_eq!(dated(date(2026, 4, 6)), "2026-04-06 2026-04-02 holiday", "Easter Monday");
    for day in 24..=28 {
        let reason = ["published", "holiday", "holiday", "weekend", "weekend"][day - 24];
        let day = i8::try_from(day).unwrap();
        assert_eq!(dated(date(2025, 12, day)), format!("2025-12-{day} 2025-12-24 {reason}"));
    }
    assert_eq!(dated(date(2025, 12, 29)), "2025-12-29 2025-12-29 published");
    assert_eq!(dated(date(1999, 1, 4)), "1999-01-04 1999-01-04 published");
    assert_eq!(dated(date(1999, 1, 10)), "1999-01-10 1999-01-08 weekend");
}

#[test]
fn rule_09_what_is_out_of_reach_is_refused_with_the_remedy() {
    assert_eq!(
        refusal("EUR", "USD", date(2026, 4, 15)),
        "date “2026-04-15” is in the future, today is 2026-04-14; leave the date out for the latest rate"
    );
    assert!(refusal("EUR", "USD", date(1999, 1, 3)).contains("before the first rates, which are of 1999-01-04"));
    let late = convert(Shipped::get(), &asked("1", "EUR", "USD", Some(date(2026, 4, 28))), moment("2026-05-20T12:00:00Z")).unwrap_err();
    assert!(late.to_string().contains("no rates within 14 days before 2026-04-28"), "{late}");
    assert!(convert(Shipped::get(), &asked("1", "EUR", "USD", Some(date(2026, 4, 27))), moment("2026-05-20T12:00:00Z")).is_ok());
}

#[test]
fn rule_09_roubles_end_with_the_last_fixing_that_had_them() {
    assert_eq!(shipped("1", "EUR", "RUB", date(2022, 2, 28)).unwrap().observed, date(2022, 2, 28));
    assert_eq!(shipped("1", "EUR", "RUB", date(2022, 3, 1)).unwrap().observed, date(2022, 3, 1));
    let refused = refusal("EUR", "RUB", date(2022, 3, 2));
    assert!(
        refused.contains("is not among the rates of European Central Bank on 2022-03-02") && refused.contains("to 2022-03-01"),
        "{refused}"
    );
}

#[test]
fn rule_09_before_the_hour_of_the_bank_the_latest_rate_is_yesterdays_and_says_so() {
    let latest = |now| convert(Shipped::get(), &asked("1", "EUR", "USD", None), moment(now)).unwrap();
    let early = latest(NOW);
    assert_eq!((early.observed, early.reason), (date(2026, 4, 13), Reason::NotYetPublished));
    assert_eq!(early.next_expected.unwrap().to_string(), "2026-04-14T14:00:00Z", "16:00 in Frankfurt");
    let late = latest("2026-04-14T15:00:00Z");
    assert_eq!((late.reason, late.next_expected), (Reason::CarriedBack, None));
    assert_eq!(latest("2026-11-23T12:00:00Z").reason, Reason::LatestKnown);
}

#[test]
fn rule_09_a_friday_fixing_of_the_bank_of_russia_is_in_force_over_the_weekend_and_on_monday() {
    let quotes = [("USD", 1, "80,0000"), ("JPY", 100, "47,2636")];
    let ledger = InMemory::of(vec![
        fixing(Source::Cbr, date(2026, 4, 24), FixingScope::Whole, NOW, &[("USD", 1, "79,0000"), ("JPY", 100, "47")]),
        fixing(Source::Cbr, date(2026, 4, 25), FixingScope::Whole, NOW, &quotes),
        fixing(Source::Cbr, date(2026, 4, 28), FixingScope::Whole, NOW, &[("USD", 1, "81,0000"), ("JPY", 100, "48")]),
    ]);
    let on = |day| {
        let asked = Asked { source: Source::Cbr, ..asked("100", "JPY", "RUB", Some(day)) };
        said(&convert(&ledger, &asked, moment("2026-05-20T12:00:00Z")).unwrap())
    };
    assert_eq!(on(date(2026, 4, 25)), "47.26 for 2026-04-25, in-force of 2026-04-25: 100 JPY = 47,2636 RUB");
    assert_eq!(on(date(2026, 4, 27)), "47.26 for 2026-04-27, in-force of 2026-04-25: 100 JPY = 47,2636 RUB");
    assert_eq!(on(date(2026, 4, 28)), "48.00 for 2026-04-28, in-force of 2026-04-28: 100 JPY = 48 RUB");
}

fn rows(first: Date, last: Date, fill: Fill) -> Vec<String> {
    let asked = SeriesAsked { from: code("EUR"), to: code("USD"), first, last, fill, source: Source::Ecb, known_at: None };
    let rows = series(Shipped::get(), &asked, moment(NOW)).unwrap();
    rows.iter().map(|row| format!("{} {} {}", row.requested, row.observed, shown(&row.rate))).collect()
}

#[test]
fn rule_10_a_range_follows_the_rule_of_single_dates() {
    assert_eq!(rows(date(2026, 4, 10), date(2026, 4, 13), Fill::None), ["2026-04-10 2026-04-10 1.1711", "2026-04-13 2026-04-13 1.1684"]);
    assert_eq!(
        rows(date(2026, 4, 11), date(2026, 4, 13), Fill::Previous),
        ["2026-04-11 2026-04-10 1.1711", "2026-04-12 2026-04-10 1.1711", "2026-04-13 2026-04-13 1.1684"],
        "a range that begins on a weekend has the row that is carried"
    );
    assert!(rows(date(2026, 4, 11), date(2026, 4, 12), Fill::None).is_empty(), "nothing but a weekend is no error");
    assert_eq!(rows(date(1998, 1, 1), date(2026, 4, 13), Fill::None).len(), 6_983);
}

#[test]
fn rule_10_a_range_that_cannot_be_is_refused() {
    let refused = |first, last| {
        let asked = SeriesAsked { from: code("EUR"), to: code("USD"), first, last, fill: Fill::None, source: Source::Ecb, known_at: None };
        series(Shipped::get(), &asked, moment(NOW)).unwrap_err().to_string()
    };
    assert!(refused(date(2026, 4, 13), date(2026, 4, 10)).contains("runs backwards"));
    assert!(refused(date(1980, 4, 13), date(2026, 4, 10)).contains("longer than thirty years"));
    assert!(refused(date(1990, 1, 1), date(1990, 2, 1)).contains("before the first rates"));
    assert!(refused(date(2027, 1, 1), date(2027, 2, 1)).contains("in the future"));
}

#[test]
fn rule_11_a_revision_is_a_new_row_and_the_past_answer_stays() {
    let day = date(2026, 4, 13);
    let ledger = InMemory::of(vec![
        fixing(Source::Ecb, day, FixingScope::Whole, "2026-04-13T14:10:00Z", &[("USD", 1, "1.17"), ("JPY", 1, "186.75")]),
        fixing(Source::Ecb, day, FixingScope::Excerpt, "2026-04-13T16:00:00Z", &[("USD", 1, "1.1684")]),
    ]);
    let known_at = |known_at: Option<&str>| {
        let known_at = known_at.map(|text| text.parse().unwrap());
        convert(&ledger, &Asked { known_at, ..asked("1", "EUR", "USD", Some(day)) }, moment(NOW))
            .map(|answer| answer.rate_shown().to_string())
    };
    assert_eq!(known_at(None).unwrap(), "1.1684");
    assert_eq!(known_at(Some("2026-04-13T15:00:00Z")).unwrap(), "1.17");
    assert!(known_at(Some("2026-04-13T12:00:00Z")).is_err(), "nothing was known yet");
}

#[test]
fn rule_01_a_gram_is_a_gram_and_a_quote_is_never_inverted_on_the_way_in() {
    let gold = RateQuote::new(code("XAU"), 1, RateText::parse("12957,47").unwrap()).unwrap().per_gram();
    let mut day = Day::from(&fixing(Source::CbrMetals, date(2026, 3, 3), FixingScope::Whole, NOW, &[("XAG", 1, "223,24")]));
    day.quotes = vec![gold];
    assert_eq!(day.quotation, Quotation::InBase);
    assert_eq!(day.worth(code("XAU")).unwrap().round(4).to_string(), "403022.3675", "an ounce is 31.1034768 g");
}

static DAYS: std::sync::LazyLock<Vec<Day>> = std::sync::LazyLock::new(|| Shipped::get().last_days(usize::MAX));

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Identity, inverse and triangle, exactly, for any currencies of any day.
    #[test]
    fn rule_05_identity_inverse_and_triangle_are_exact(line in 0_usize..6_983, one in 0_usize..64, two in 0_usize..64, three in 0_usize..64, cents in 1_u64..10_000_000_000) {
        let shipped = Shipped::get();
        let day = &DAYS[line];
        let living: Vec<CurrencyCode> = day.quotes.iter().map(|quote| quote.currency).chain([CurrencyCode::EUR]).collect();
        let (one, two, three) = (living[one % living.len()], living[two % living.len()], living[three % living.len()]);
        let amount = Decimal::new(cents.into(), 2);
        let go = |amount: &Exact, from: CurrencyCode, to: CurrencyCode| {
            let asked = Asked { amount: Decimal::parse("1").unwrap(), from, to, on: Some(day.dated), source: Source::Ecb, known_at: None };
            amount * &convert(shipped, &asked, moment(NOW)).unwrap().rate
        };
        let amount = Exact::from(&amount);
        prop_assert_eq!(go(&amount, one, one), amount.clone());
        prop_assert_eq!(go(&go(&amount, one, two), two, one), amount.clone());
        prop_assert_eq!(go(&go(&amount, one, two), two, three), go(&amount, one, three));
    }
}
