//! Currencies whose worth in another one is fixed by law: the legacies of the euro, and pegs.

use courant_news::CurrencyCode;
use jiff::civil::{Date, date};

use crate::{Decimal, Exact};

/// A currency that is worth so much of another one, by law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The currency.
    pub code: CurrencyCode,
    /// The one it hangs on.
    pub on: CurrencyCode,
    /// How many of it make one of the other, as the law writes it.
    pub rate: &'static str,
    /// The first day it held.
    pub since: Date,
    /// How firmly.
    pub kind: AnchorKind,
}

/// How firmly a currency hangs on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorKind {
    /// For ever: a currency that the euro replaced. Regulation (EC) No 1103/97, article 4: six significant figures, used as they are,
    /// never inverted; from one such currency to another through the euro.
    Irrevocable,
    /// As long as the bank keeps it. It is used only where nobody observed a rate.
    Peg,
    /// Around this rate, within a band that the bank keeps.
    Band,
}

impl Anchor {
    /// How many of the currency make one of the other.
    pub fn exact(&self) -> Exact {
        Exact::from(&Decimal::parse(self.rate).expect("a rate of this table is a decimal number"))
    }

    /// The euro rate of a currency that the euro had replaced on that day.
    pub fn irrevocable(code: CurrencyCode, on: Date) -> Option<&'static Self> {
        IRREVOCABLE.iter().find(|anchor| anchor.code == code && anchor.since <= on)
    }

    /// The peg that held on that day.
    pub fn peg(code: CurrencyCode, on: Date) -> Option<&'static Self> {
        PEGS.iter().find(|anchor| anchor.code == code && anchor.since <= on)
    }

    /// All currencies the euro replaced, in the order they did.
    pub fn legacies() -> &'static [Self] {
        &IRREVOCABLE
    }

    /// All pegs.
    pub fn pegs() -> &'static [Self] {
        &PEGS
    }
}

const fn legacy(code: [u8; 3], rate: &'static str, since: Date) -> Anchor {
    Anchor { code: CurrencyCode::literal(&code), on: CurrencyCode::EUR, rate, since, kind: AnchorKind::Irrevocable }
}

const fn peg(code: [u8; 3], on: [u8; 3], rate: &'static str, since: Date) -> Anchor {
    Anchor { code: CurrencyCode::literal(&code), on: CurrencyCode::literal(&on), rate, since, kind: AnchorKind::Peg }
}

const fn band(code: [u8; 3], on: [u8; 3], rate: &'static str, since: Date) -> Anchor {
    Anchor { code: CurrencyCode::literal(&code), on: CurrencyCode::literal(&on), rate, since, kind: AnchorKind::Band }
}

const FIRST: Date = date(1999, 1, 1);

/// Regulations (EC) No 2866/98, 1478/2000, 1086/2006, 1134/2007, 1135/2007, 694/2008, (EU) No 671/2010, 870/2013, 851/2014,
/// (EU) 2022/1208, and that of 2025 for Bulgaria.
const IRREVOCABLE: [Anchor; 21] = [
    legacy(*b"ATS", "13.7603", FIRST),
    legacy(*b"BEF", "40.3399", FIRST),
    legacy(*b"DEM", "1.95583", FIRST),
    legacy(*b"ESP", "166.386", FIRST),
    legacy(*b"FIM", "5.94573", FIRST),
    legacy(*b"FRF", "6.55957", FIRST),
    legacy(*b"IEP", "0.787564", FIRST),
    legacy(*b"ITL", "1936.27", FIRST),
    legacy(*b"LUF", "40.3399", FIRST),
    legacy(*b"NLG", "2.20371", FIRST),
    legacy(*b"PTE", "200.482", FIRST),
    legacy(*b"GRD", "340.750", date(2001, 1, 1)),
    legacy(*b"SIT", "239.640", date(2007, 1, 1)),
    legacy(*b"CYP", "0.585274", date(2008, 1, 1)),
    legacy(*b"MTL", "0.429300", date(2008, 1, 1)),
    legacy(*b"SKK", "30.1260", date(2009, 1, 1)),
    legacy(*b"EEK", "15.6466", date(2011, 1, 1)),
    legacy(*b"LVL", "0.702804", date(2014, 1, 1)),
    legacy(*b"LTL", "3.45280", date(2015, 1, 1)),
    legacy(*b"HRK", "7.53450", date(2023, 1, 1)),
    legacy(*b"BGN", "1.95583", date(2026, 1, 1)),
];

/// From the laws of the banks that keep them; a peg that began before 1999 has that year, since no history goes further back.
const PEGS: [Anchor; 35] = [
    peg(*b"AED", *b"USD", "3.6725", FIRST),
    peg(*b"AWG", *b"USD", "1.79", FIRST),
    peg(*b"ANG", *b"USD", "1.79", FIRST),
    peg(*b"BAM", *b"EUR", "1.95583", FIRST),
    peg(*b"BBD", *b"USD", "2", FIRST),
    peg(*b"BHD", *b"USD", "0.376", FIRST),
    peg(*b"BMD", *b"USD", "1", FIRST),
    peg(*b"BND", *b"SGD", "1", FIRST),
    peg(*b"BSD", *b"USD", "1", FIRST),
    peg(*b"BTN", *b"INR", "1", FIRST),
    peg(*b"BZD", *b"USD", "2", FIRST),
    peg(*b"CVE", *b"EUR", "110.265", FIRST),
    peg(*b"DJF", *b"USD", "177.721", FIRST),
    band(*b"DKK", *b"EUR", "7.46038", FIRST),
    peg(*b"ERN", *b"USD", "15", date(2005, 1, 1)),
    peg(*b"FKP", *b"GBP", "1", FIRST),
    peg(*b"GIP", *b"GBP", "1", FIRST),
    band(*b"HKD", *b"USD", "7.80", date(2005, 5, 18)),
    peg(*b"JOD", *b"USD", "0.709", FIRST),
    peg(*b"KMF", *b"EUR", "491.96775", FIRST),
    peg(*b"LSL", *b"ZAR", "1", FIRST),
    peg(*b"MOP", *b"HKD", "1.03", FIRST),
    peg(*b"NAD", *b"ZAR", "1", FIRST),
    peg(*b"NPR", *b"INR", "1.6", FIRST),
    peg(*b"OMR", *b"USD", "0.3845", FIRST),
    peg(*b"PAB", *b"USD", "1", FIRST),
    peg(*b"QAR", *b"USD", "3.64", FIRST),
    peg(*b"SAR", *b"USD", "3.75", FIRST),
    peg(*b"SHP", *b"GBP", "1", FIRST),
    peg(*b"STN", *b"EUR", "24.5", date(2018, 1, 1)),
    peg(*b"SZL", *b"ZAR", "1", FIRST),
    peg(*b"XAF", *b"EUR", "655.957", FIRST),
    peg(*b"XCD", *b"USD", "2.70", FIRST),
    peg(*b"XCG", *b"USD", "1.79", date(2025, 3, 31)),
    peg(*b"XOF", *b"EUR", "655.957", FIRST),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    #[test]
    fn rule_06_irrevocable_rates_have_six_significant_figures() {
        for anchor in Anchor::legacies() {
            let digits: String = anchor.rate.chars().filter(char::is_ascii_digit).collect();
            assert_eq!(digits.trim_start_matches('0').len(), 6, "{}", anchor.code);
        }
    }

    #[test]
    fn every_anchor_is_of_a_currency_and_on_one_that_hangs_on_nothing_but_a_band() {
        for anchor in Anchor::legacies().iter().chain(Anchor::pegs()) {
            assert!(Currency::find(anchor.code).is_some() && Currency::find(anchor.on).is_some(), "{}", anchor.code);
            let below = Anchor::peg(anchor.on, date(2026, 1, 2));
            assert!(below.is_none_or(|anchor| anchor.kind == AnchorKind::Band), "{} hangs on {}", anchor.code, anchor.on);
        }
    }
}
