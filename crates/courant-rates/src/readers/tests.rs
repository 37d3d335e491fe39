//! Each form in small, and what is wrong with each.

use courant_news::{DateKind, Fixing, FixingScope, QuoteUnit};

use super::*;

fn at() -> Timestamp {
    "2026-04-14T09:00:00Z".parse().unwrap()
}

/// A fixing on one line.
fn said(fixing: &Fixing) -> String {
    let quotes: Vec<String> = fixing
        .quotes()
        .iter()
        .map(|quote| {
            let unit = if quote.unit == QuoteUnit::Gram { " g" } else { "" };
            format!("{}{unit} {} {}", quote.nominal, quote.currency, quote.rate)
        })
        .collect();
    let date_kind = if fixing.date_kind == DateKind::InForce { "from " } else { "" };
    let scope = if fixing.scope == FixingScope::Excerpt { " (excerpt)" } else { "" };
    format!("{} {date_kind}{} in {}{scope}: {}", fixing.source, fixing.dated, fixing.base, quotes.join(", "))
}

fn read_all(text: &str) -> Vec<String> {
    read(text.as_bytes(), at()).unwrap().iter().map(said).collect()
}

const ECB_XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject><gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
<Cube><Cube time='2026-04-13'><Cube currency='USD' rate='1.1684'/><Cube currency='JPY' rate='186.75'/></Cube>
<Cube time="2026-04-10"><Cube currency="USD" rate="1.1711"/></Cube></Cube></gesmes:Envelope>"#;
const CBR_DAILY: &str = r#"<?xml version="1.0" encoding="windows-1251"?><ValCurs Date="25.04.2026" name="Foreign Currency Market"><Valute ID="R01820"><NumCode>392</NumCode><CharCode>JPY</CharCode><Nominal>100</Nominal><Name>Иен</Name><Value>47,2636</Value><VunitRate>0,472636</VunitRate></Valute></ValCurs>"#;

#[test]
fn rule_01_every_form_of_every_bank_is_read_as_it_was_printed() {
    assert_eq!(read_all(ECB_XML), ["ecb 2026-04-10 in EUR: 1 USD 1.1711", "ecb 2026-04-13 in EUR: 1 JPY 186.75, 1 USD 1.1684"]);
    assert_eq!(read_all("Date, USD, HUF, \n13 April 2026, 1.1684, 366.90, \n"), ["ecb 2026-04-13 in EUR: 1 HUF 366.90, 1 USD 1.1684"]);
    assert_eq!(read_all("Date,USD,BGN,\n2026-04-13,1.1684,N/A,\n"), ["ecb 2026-04-13 in EUR: 1 USD 1.1684"]);
    assert_eq!(
        read_all(
            "KEY,CURRENCY,CURRENCY_DENOM,TIME_PERIOD,OBS_VALUE,TITLE\nA,USD,EUR,2026-04-13,1.1684,\"US dollar, euro\"\nB,RUB,EUR,2026-04-13,,x\n"
        ),
        ["ecb 2026-04-13 in EUR: 1 USD 1.1684"]
    );
    assert_eq!(
        read_all("FREQ,CURRENCY,TIME_PERIOD,OBS_VALUE\nD,USD,2026-04-13,1.1684\n"),
        ["ecb 2026-04-13 in EUR (excerpt): 1 USD 1.1684"]
    );
    let (windows_1251, _, _) = encoding_rs::WINDOWS_1251.encode(CBR_DAILY);
    let fixings: Vec<String> = read(&windows_1251, at()).unwrap().iter().map(said).collect();
    assert_eq!(fixings, ["cbr from 2026-04-25 in RUB: 100 JPY 47,2636"]);
    assert_eq!(
        read_all(
            r#"<ValCurs ID="R01010" DateRange1="01.03.2026" DateRange2="05.03.2026"><Record Date="03.03.2026" Id="R01010"><Nominal>1</Nominal><Value>54,7468</Value></Record></ValCurs>"#
        ),
        ["cbr from 2026-03-03 in RUB (excerpt): 1 AUD 54,7468"]
    );
    assert_eq!(
        read_all(
            r#"<Metall FromDate="20260301"><Record Date="03.03.2026" Code="1"><Buy>12957,47</Buy><Sell>12957,47</Sell></Record></Metall>"#
        ),
        ["cbr-metals from 2026-03-03 in RUB: 1 g XAU 12957,47"]
    );
    assert_eq!(
        read_all(r#"[{"table":"A","no":"041","effectiveDate":"2026-03-02","rates":[{"currency":"dolar","code":"USD","mid":3.6050}]}]"#),
        ["nbp-a 2026-03-02 in PLN: 1 USD 3.6050"],
        "the last zero is kept"
    );
    assert_eq!(read_all(r#"[{"data":"2026-03-02","cena":595.71}]"#), ["nbp-gold 2026-03-02 in PLN: 1 g XAU 595.71"]);
    assert_eq!(
        read_all(
            "<rates><title>Official exchange rates of National Bank of Republic Kazakhstan</title><date>01.04.2026</date><item><title>AMD</title><description>12.72</description><quant>10</quant></item></rates>"
        ),
        ["nbk from 2026-04-01 in KZT: 10 AMD 12.72"]
    );
    assert_eq!(
        read_all(r#"[{"exchangedate":"01.03.2026","r030":764,"cc":"THB","rate":13.9116,"units":10,"rate_per_unit":1.39116}]"#),
        ["nbu from 2026-03-01 in UAH: 10 THB 13.9116"]
    );
    let latest = "<Envelope><Body><ExchangeRatesLatestResponse><ExchangeRatesLatestResult><CurrentDate>2026-03-18T00:00:00</CurrentDate><Rates><ExchangeRate><ISO>USD</ISO><Amount>1</Amount><Rate>377.39</Rate></ExchangeRate><ExchangeRate><ISO>XAU</ISO><Amount>1</Amount><Rate>60871</Rate></ExchangeRate></Rates></ExchangeRatesLatestResult></ExchangeRatesLatestResponse></Body></Envelope>";
    assert_eq!(read_all(latest), ["cba 2026-03-18 in AMD: 1 USD 377.39, 1 g XAU 60871"]);
}

#[test]
fn what_is_broken_is_refused_whole_with_the_remedy() {
    let refused = |bytes: &[u8]| read(bytes, at()).unwrap_err().to_string();
    let says = |text: &str, words: &str| {
        let refused = refused(text.as_bytes());
        assert!(refused.contains(words), "{words}: {refused}");
    };
    says("<!DOCTYPE html><html><body>503</body></html>", "look whether the source sent an error page");
    says("", "no form that is known");
    says(&ECB_XML[..ECB_XML.len() - 30], "the document is broken");
    says(&ECB_XML[..250], "fetch it again");
    says("Date,USD,\n2026-04-13,1.16", "ends inside of a line");
    says("Date,USD,JPY,\n2026-04-13,1.1684,\n", "fetch it again");
    says("Date,USD,\n2026-02-30,1.1684,\n", "date “2026-02-30” is no day of the calendar");
    says("Date,USD,\n2026-04-13,N/A,\n", "no rates at all");
    says("Date,USD,\n2026-04-13,0,\n", "2026-04-13, USD: rate “0” is zero, and no currency costs nothing");
    says("Date,USD,\n2026-04-13,-1.1684,\n", "rate “-1.1684” is no decimal number greater than zero");
    says("Date,USD,\n2026-04-13,inf,\n", "rate “inf”");
    says("Date,USD,\n2026-04-13,1.1684e300,\n", "rate “1.1684e300”");
    says("Date,USD,USD,\n2026-04-13,1.1684,1.1685,\n", "name this currency twice");
    says("Date,EUR,\n2026-04-13,1,\n", "quote the base itself");
    says("FREQ,CURRENCY,TIME_PERIOD,OBS_VALUE\nD,USDT,2026-04-13,1\n", "currency “USDT” is not a code of ISO 4217");
    says("CURRENCY,CURRENCY_DENOM,TIME_PERIOD,OBS_VALUE\nJPY,USD,2026-04-13,1\n", "ask for the series");
    says(r#"[{"table":"A","effectiveDate":"2026-03-02","rates":[{"code":"USD","mid":3.6"#, "EOF");
    says(r#"[{"table":"C","effectiveDate":"2026-03-02","rates":[]}]"#, "table “C”");
    says(
        r#"<ValCurs Date="25.04.2026"><Valute><CharCode>JPY</CharCode><Nominal>0</Nominal><Value>47,2</Value></Valute></ValCurs>"#,
        "nominal “0”",
    );
    says(
        r#"<ValCurs Date="25.04.2026"><Valute><CharCode>JPY</CharCode><Value>47,2</Value></Valute></ValCurs>"#,
        "<Valute>: Nominal “” is missing",
    );
    says(&"<a>".repeat(100_000), "no form that is known");
    says(&format!("<ValCurs Date=\"25.04.2026\">{}", "<a>".repeat(100_000)), "nested deeper");
    let utf_16: Vec<u8> = "Date,USD,\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(refused(&utf_16).contains("not in UTF-8 from byte 1 on"), "{}", refused(&utf_16));
    let (windows_1251, _, _) = encoding_rs::WINDOWS_1251.encode(CBR_DAILY);
    let mislabelled = [&windows_1251[..30], b"utf-8", &windows_1251[42..]].concat();
    assert!(refused(&mislabelled).contains("not in UTF-8"), "{}", refused(&mislabelled));
    assert!(matches!(read(&vec![b' '; BYTES_MAX + 1], at()), Err(Refused::TooLarge { .. })));
}

proptest::proptest! {
    /// No bytes make a reader panic, and a document that is cut off anywhere is never read as a shorter one with other days.
    #[test]
    fn rule_12_no_bytes_break_a_reader(start in 0_usize..6, cut in 0_usize..600, noise in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..40)) {
        let begins = [ECB_XML, CBR_DAILY, "Date,USD,\n2026-04-13,1.1684,\n", "[{\"effectiveDate\":1}]", "[{\"cena\":", "<Metall a="];
        let mut bytes = begins[start].as_bytes()[..cut.min(begins[start].len())].to_vec();
        bytes.extend(noise);
        let _ = read(&bytes, at());
    }

    #[test]
    fn a_document_of_xml_that_is_cut_off_is_refused(cut in 0_usize..600) {
        let end = cut.min(ECB_XML.len() - 1);
        proptest::prop_assert!(read(&ECB_XML.as_bytes()[..end], at()).is_err());
    }
}
