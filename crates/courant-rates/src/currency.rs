//! The currencies of ISO 4217, those that are gone included.

use std::sync::LazyLock;

use courant_news::CurrencyCode;
use jiff::civil::Date;

/// List one and list three, and their sources; see the file.
const ISO_4217: &str = include_str!("../data/iso4217.tsv");
/// Births, deaths and successors to the day, and their sources; see the file.
const LIVES: &str = include_str!("../data/lives.tsv");
/// Withdrawn currencies whose smallest unit was the unit itself (ISO 4217:2001); the others had hundredths.
const WITHDRAWN_WITHOUT_CENTS: [&str; 14] =
    ["ADP", "BEF", "BYB", "BYR", "ESP", "GRD", "ITL", "LUF", "MGF", "PTE", "TPE", "TRL", "XEU", "ROK"];
/// The places of what has no minor unit: metals and drawing rights are traded in fractions.
const PLACES_WITHOUT_MINOR_UNIT: u32 = 4;

/// A currency, living or gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency {
    /// Its code.
    pub code: CurrencyCode,
    /// Its number.
    pub number: &'static str,
    /// Its English name, as ISO writes it.
    pub name: &'static str,
    /// The decimal exponent of its minor unit: 2 for cents, 0 for none; `None` for what has no such unit, as gold.
    pub minor_units: Option<u32>,
    /// Its first day, where it is known to the day.
    pub born_on: Option<Date>,
    /// The first day on which it was gone; `None` for a living one.
    pub gone_from: Option<Date>,
    /// What came after it.
    pub successor: Option<Successor>,
}

/// What came after a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Successor {
    /// Its code.
    pub code: CurrencyCode,
    /// How many of the old one made one of it.
    pub old_for_one: &'static str,
}

static TABLE: LazyLock<Vec<Currency>> = LazyLock::new(read_tables);

impl Currency {
    /// Every currency, in the order of the codes.
    pub fn all() -> &'static [Self] {
        &TABLE
    }

    /// The currency with this code; `None` when ISO 4217 never had it.
    pub fn find(code: CurrencyCode) -> Option<&'static Self> {
        TABLE.binary_search_by_key(&code, |currency| currency.code).ok().map(|at| &TABLE[at])
    }

    /// Whether money of it could be had on that day.
    pub fn lives_on(&self, day: Date) -> bool {
        self.born_on.is_none_or(|born| born <= day) && self.gone_from.is_none_or(|gone| day < gone)
    }

    /// How many places an amount of it is rounded to.
    pub fn places(&self) -> u32 {
        self.minor_units.unwrap_or(PLACES_WITHOUT_MINOR_UNIT)
    }
}

fn read_tables() -> Vec<Currency> {
    let mut table: Vec<Currency> = rows(ISO_4217).map(|row| currency(&row)).collect();
    table.sort_by_key(|currency| currency.code);
    for row in rows(LIVES) {
        let &[code, born, gone, successor, old_for_one] = row.as_slice() else {
            panic!("a life has five columns: {row:?}");
        };
        let at = table.binary_search_by_key(&literal(code), |currency| currency.code).expect("every life is of a code of ISO 4217");
        let currency = &mut table[at];
        currency.born_on = day(born);
        currency.gone_from = day(gone);
        currency.successor = (successor != "-").then(|| Successor { code: literal(successor), old_for_one });
    }
    table
}

fn currency(row: &[&'static str]) -> Currency {
    let &[code, number, units, withdrawn, name] = row else {
        panic!("a currency has five columns: {row:?}");
    };
    let gone_from = (withdrawn != "-").then(|| format!("{withdrawn}-01").parse().expect("a month of withdrawal is a month"));
    let minor_units = match (units, gone_from) {
        ("-", None) => None,
        ("-", Some(_)) if WITHDRAWN_WITHOUT_CENTS.contains(&code) => Some(0),
        ("-", Some(_)) => Some(2),
        (units, _) => Some(units.parse().expect("minor units are a number")),
    };
    Currency { code: literal(code), number, name, minor_units, born_on: None, gone_from, successor: None }
}

fn day(cell: &str) -> Option<Date> {
    (cell != "-").then(|| cell.parse().expect("a day of the table is a day"))
}

fn literal(code: &str) -> CurrencyCode {
    CurrencyCode::parse(code).expect("a code of the table is three letters")
}

/// The rows of a table of this crate, without its comments.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn find(code: &str) -> &'static Currency {
        Currency::find(literal(code)).unwrap()
    }

    #[test]
    fn rule_03_amounts_have_the_minor_units_of_iso_4217() {
        for (codes, units) in [
            (&["JPY", "KRW", "VND", "XOF", "CLP"][..], Some(0)),
            (&["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], Some(3)),
            (&["CLF"], Some(4)),
            (&["EUR", "USD", "HUF", "TRY"], Some(2)),
            (&["XAU", "XDR"], None),
            (&["ITL", "ESP", "TRL"], Some(0)),
            (&["DEM", "FRF"], Some(2)),
        ] {
            for code in codes {
                assert_eq!(find(code).minor_units, units, "{code}");
            }
        }
    }

    #[test]
    fn rule_07_a_redenominated_currency_is_another_one() {
        for (old, new) in [
            ("TRL", "TRY"),
            ("BYR", "BYN"),
            ("RUR", "RUB"),
            ("VEF", "VES"),
            ("SLL", "SLE"),
            ("ZWL", "ZWG"),
            ("ANG", "XCG"),
            ("MRO", "MRU"),
            ("STD", "STN"),
        ] {
            let gone = find(old);
            assert_eq!(gone.successor.unwrap().code.as_str(), new);
            assert!(!gone.lives_on(gone.gone_from.unwrap()) && !find(new).lives_on(date(1990, 1, 1)), "{old}");
            assert!(find(new).lives_on(gone.gone_from.unwrap()), "{new}");
        }
    }

    #[test]
    fn the_table_has_each_code_once() {
        assert!(Currency::all().windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(300 < Currency::all().len());
    }
}
