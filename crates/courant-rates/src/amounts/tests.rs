use std::fmt::Write as _;

use jiff::civil::date;

use super::*;

/// A story in `lang`, filed from a country (`-` for none) in 2017.
fn context(lang: &str, filed_from: &str) -> Context {
    Context { lang: lang.into(), filed_from: Country::parse(filed_from), about: Vec::new(), on: date(2017, 3, 20) }
}

/// The proposals as text: `words = CODE amount`, or `words = CODE/CODE? amount` for an open one.
fn read_in(text: &str, context: &Context) -> String {
    let mut shown = String::new();
    for proposal in propose(text, context) {
        let currency = match &proposal.verdict {
            Verdict::Known { currency, .. } => currency.to_string(),
            Verdict::Open { candidates } => format!("{}?", candidates.iter().map(ToString::to_string).collect::<Vec<_>>().join("/")),
        };
        write!(shown, "{}{} = {currency} {}", if shown.is_empty() { "" } else { "; " }, &text[proposal.bytes.clone()], proposal.amount)
            .unwrap();
    }
    shown
}

fn read(lang: &str, filed_from: &str, text: &str) -> String {
    read_in(text, &context(lang, filed_from))
}

#[test]
fn the_wire_has_its_own_habits() {
    assert_eq!(read("en", "US", "It paid 4.5 mln dlrs, or 25 cts a share."), "4.5 mln dlrs = USD 4500000; 25 cts = USD 0.25");
    assert_eq!(read("en", "GB", "Turnover of 1.2 billion stg; shares at 499p."), "1.2 billion stg = GBP 1200000000; 499p = GBP 4.99");
    assert_eq!(read("en", "CA", "a 13.5-mln-dlr loss, 37-1/2 cts"), "13.5-mln-dlr = CAD 13500000; 37-1/2 cts = CAD 0.375");
    assert_eq!(
        read("en", "US", "nine cts, half a billion dlrs, a million dollars"),
        "nine cts = USD 0.09; half a billion dlrs = USD 500000000; a million dollars = USD 1000000"
    );
    assert_eq!(read("en", "US", "a multi-million dlr deal and a trillion dollar budget"), "a trillion dollar = USD 1000000000000");
}

#[test]
fn eight_languages_are_read() {
    assert_eq!(
        read("en", "GB", "$3.2 million, €5bn, US$ 10 and 500,000 euros"),
        "$3.2 million = USD 3200000; €5bn = EUR 5000000000; US$ 10 = USD 10; 500,000 euros = EUR 500000"
    );
    assert_eq!(
        read("de", "DE", "1,5 Mrd. Euro, 3 Milliarden US-Dollar, 20 Schweizer Franken"),
        "1,5 Mrd. Euro = EUR 1500000000; 3 Milliarden US-Dollar = USD 3000000000; 20 Schweizer Franken = CHF 20"
    );
    assert_eq!(
        read("fr", "FR", "3,5 millions d’euros et 2 milliards de dollars canadiens"),
        "3,5 millions d’euros = EUR 3500000; 2 milliards de dollars canadiens = CAD 2000000000"
    );
    assert_eq!(
        read("es", "ES", "2.500 millones de euros y 1,5 millones de pesos mexicanos"),
        "2.500 millones de euros = EUR 2500000000; 1,5 millones de pesos mexicanos = MXN 1500000"
    );
    assert_eq!(
        read("ru", "RU", "12,5 млрд рублей, 3 млн долларов США и 500 тыс. евро"),
        "12,5 млрд рублей = RUB 12500000000; 3 млн долларов США = USD 3000000; 500 тыс. евро = EUR 500000"
    );
    assert_eq!(
        read("ja", "JP", "1億2000万円と5万ドル、30億ユーロ"),
        "1億2000万円 = JPY 120000000; 5万ドル = USD 50000; 30億ユーロ = EUR 3000000000"
    );
    assert_eq!(
        read("zh", "CN", "3.5亿美元和500万元人民币，1万亿元"),
        "3.5亿美元 = USD 350000000; 500万元人民币 = CNY 5000000; 1万亿元 = CNY 1000000000000"
    );
    assert_eq!(
        read("ar", "SA", "٣٫٥ مليار دولار و500 ألف يورو و10 ملايين ريال"),
        "٣٫٥ مليار دولار = USD 3500000000; 500 ألف يورو = EUR 500000; 10 ملايين ريال = SAR 10000000"
    );
}

#[test]
fn a_shared_name_is_resolved_for_a_reason_or_left_open() {
    let reason = |lang, filed_from, text| match propose(text, &context(lang, filed_from)).remove(0).verdict {
        Verdict::Known { currency, reason } => format!("{currency}: {reason}"),
        Verdict::Open { candidates } => format!("open: {}", candidates.len()),
    };
    assert_eq!(reason("en", "AU", "5 dollars"), "AUD: the story is filed from AU, which has a currency of that name");
    assert_eq!(reason("en", "JP", "5 dollars"), "USD: without a word of whose it is, copy from there means the currency of US");
    assert_eq!(reason("en", "JP", "5 Canadian dollars"), "CAD: the words say that it is the currency of CA");
    assert_eq!(reason("en", "-", "5 dollars"), "open: 21");
    assert_eq!(reason("en", "SE", "5 crowns"), "SEK: the story is filed from SE, which has a currency of that name");
    assert_eq!(reason("en", "GB", "5 crowns"), "open: 8");
    assert_eq!(reason("en", "GB", "5 yen"), "JPY: the words name one currency only");
    let mut about_norway = context("en", "GB");
    about_norway.about = vec![Country::parse("NO").unwrap(), Country::parse("GB").unwrap()];
    assert_eq!(read_in("5 crowns", &about_norway), "5 crowns = NOK 5");
}

#[test]
fn a_name_means_what_it_meant_on_the_day() {
    let on = |year, filed_from| Context { on: date(year, 6, 1), ..context("en", filed_from) };
    assert_eq!(read_in("5 roubles", &on(1987, "SU")), "5 roubles = SUR 5");
    assert_eq!(read_in("5 roubles", &on(2017, "RU")), "5 roubles = RUB 5");
    assert_eq!(read_in("5 zlotys", &on(1990, "GB")), "5 zlotys = PLZ 5");
    assert_eq!(read_in("5 zlotys", &on(2000, "GB")), "5 zlotys = PLN 5");
    assert_eq!(read_in("5 marks", &on(1987, "GB")), "5 marks = DEM 5");
}

#[test]
fn both_ends_of_a_range_are_amounts() {
    assert_eq!(
        read("en", "HK", "between 1.1 billion and 1.25 billion dlrs"),
        "1.1 billion = HKD 1100000000; 1.25 billion dlrs = HKD 1250000000"
    );
    assert_eq!(read("en", "US", "10 to 15 mln dlrs"), "10 = USD 10000000; 15 mln dlrs = USD 15000000");
    assert_eq!(read("en", "US", "$5-10 million"), "$5 = USD 5000000; 10 million = USD 10000000");
    assert_eq!(read("en", "US", "$5 to $10 million"), "$5 = USD 5000000; $10 million = USD 10000000");
    assert_eq!(read("en", "US", "on March 9 to 15 mln dlrs"), "15 mln dlrs = USD 15000000");
    assert_eq!(read("ru", "RU", "от 5 до 10 млн рублей"), "5 = RUB 5000000; 10 млн рублей = RUB 10000000");
    assert_eq!(read("en", "US", "in 1986 and 10 mln dlrs"), "10 mln dlrs = USD 10000000");
}

#[test]
fn a_comparison_carries_the_currency_within_its_sentence() {
    assert_eq!(
        read("en", "GB", "rose to 7 billion stg from 6.7 billion in May"),
        "7 billion stg = GBP 7000000000; 6.7 billion = GBP 6700000000"
    );
    assert_eq!(read("en", "GB", "rose to 7 billion stg from 6.7 billion tonnes"), "7 billion stg = GBP 7000000000");
    assert_eq!(read("en", "GB", "It made 7 mln stg. Sales rose from 6 mln."), "7 mln stg = GBP 7000000");
    assert_eq!(read("en", "US", "Shr 34 cts vs 22 cts, Net 807,000 vs 2,858,000"), "34 cts = USD 0.34; 22 cts = USD 0.22");
}

#[test]
fn what_is_no_money_is_left_alone() {
    for text in [
        "It rose 5.5 pct, or 12%, in 1987 on 3 mln tonnes.",
        "Net 3,108,000 vs 3,670,000",
        "61.4 mln pounds of freight",
        "three MD-11s, 20 dollar-denominated bonds, 12 won medals",
        "0 dlrs",
        "The dollar fetched 1.8215/25 marks against 1.8195/8205",
        "Section 5 centered on page 3 marketing",
    ] {
        assert!(
            propose(text, &context("en", "US")).iter().all(|found| matches!(found.verdict, Verdict::Open { .. })),
            "{text}: {}",
            read("en", "US", text)
        );
    }
}

#[test]
fn long_and_strange_texts_take_their_time_and_no_more() {
    for unit in ["1", "1,", "$", "$1 ", "5 to ", "1億", "9 mln dlrs from ", "a ", "½", "\u{660}", "𝟙", "-1/2"] {
        let text = unit.repeat(20_000 / unit.len());
        for proposal in propose(&text, &context("en", "US")) {
            assert!(text.get(proposal.bytes).is_some());
        }
    }
    assert!(propose(&"1 dollar ".repeat(TEXT_BYTES_MAX / 9 + 1), &context("en", "US")).is_empty());
}

proptest::proptest! {
    #[test]
    fn ranges_are_in_order_and_on_character_bounds(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "5", "1,234.5", "mln", " ", "dlrs", "$", "€", "to", "from", "Mrd", "億", "円", "٣", "1/2", "-", "U.S.", "é", "\u{a0}", "p", ".", "A", "Rs",
            ]),
            0..40,
        ),
        lang in proptest::sample::select(vec!["en", "de", "fr", "es", "ru", "ja", "ar", "zh", "xx"]),
    ) {
        let text = parts.concat();
        let mut end = 0;
        for proposal in propose(&text, &context(lang, "GB")) {
            proptest::prop_assert!(end <= proposal.bytes.start && proposal.bytes.start < proposal.bytes.end);
            proptest::prop_assert!(text.get(proposal.bytes.clone()).is_some());
            end = proposal.bytes.end;
        }
    }
}
