//! Who fixes rates, and what is to be known about them.

use courant_news::{CurrencyCode, DateKind, Quotation, RateSource};

/// A series of exchange rates that Courant can read. A bank that publishes tables with different calendars is several sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The euro foreign exchange reference rates of the European Central Bank.
    Ecb,
    /// The official rates of the Bank of Russia.
    Cbr,
    /// The accounting prices of precious metals of the Bank of Russia, by the gram.
    CbrMetals,
    /// Table A of Narodowy Bank Polski: the middle rates of each working day.
    NbpA,
    /// Table B of Narodowy Bank Polski: the middle rates of rarer currencies, on Wednesdays.
    NbpB,
    /// The price of a gram of gold of Narodowy Bank Polski.
    NbpGold,
    /// The official rates of the National Bank of Kazakhstan.
    Nbk,
    /// The rates of the Central Bank of Armenia.
    Cba,
    /// The official rates of the National Bank of Ukraine.
    Nbu,
}

/// What is known of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceFacts {
    /// Its name on the wire and in addresses.
    pub slug: &'static str,
    /// The bank, in its own words.
    pub bank: &'static str,
    /// The currency it quotes against.
    pub base: CurrencyCode,
    /// Which way round.
    pub quotation: Quotation,
    /// What its dates mean.
    pub date_kind: DateKind,
    /// Where a reader finds the original.
    pub home: &'static str,
    /// The zone of its calendar, a name of the IANA database.
    pub zone: &'static str,
    /// The hour and minute, in its zone, by which it has usually published the rates of a working day.
    pub published_by: (i8, i8),
}

impl Source {
    /// All of them; the first is what a conversion uses unless another is asked for.
    pub const ALL: [Self; 9] =
        [Self::Ecb, Self::Cbr, Self::CbrMetals, Self::NbpA, Self::NbpB, Self::NbpGold, Self::Nbk, Self::Cba, Self::Nbu];

    /// What is known of it.
    pub fn facts(self) -> SourceFacts {
        use DateKind::{InForce, Observed};
        use Quotation::{InBase, PerBase};
        let facts = |slug, bank, base, quotation, date_kind, home, zone, published_by| SourceFacts {
            slug,
            bank,
            base: CurrencyCode::literal(base),
            quotation,
            date_kind,
            home,
            zone,
            published_by,
        };
        match self {
            Self::Ecb => facts(
                "ecb",
                "European Central Bank",
                b"EUR",
                PerBase,
                Observed,
                "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/html/index.en.html",
                "Europe/Berlin",
                (16, 0),
            ),
            Self::Cbr => {
                facts("cbr", "Банк России", b"RUB", InBase, InForce, "https://www.cbr.ru/currency_base/daily/", "Europe/Moscow", (18, 0))
            }
            Self::CbrMetals => {
                facts("cbr-metals", "Банк России", b"RUB", InBase, InForce, "https://www.cbr.ru/hd_base/metall/", "Europe/Moscow", (18, 0))
            }
            Self::NbpA => facts(
                "nbp-a",
                "Narodowy Bank Polski",
                b"PLN",
                InBase,
                Observed,
                "https://nbp.pl/statystyka-i-sprawozdawczosc/kursy/tabela-a/",
                "Europe/Warsaw",
                (12, 15),
            ),
            Self::NbpB => facts(
                "nbp-b",
                "Narodowy Bank Polski",
                b"PLN",
                InBase,
                Observed,
                "https://nbp.pl/statystyka-i-sprawozdawczosc/kursy/tabela-b/",
                "Europe/Warsaw",
                (12, 15),
            ),
            Self::NbpGold => {
                facts("nbp-gold", "Narodowy Bank Polski", b"PLN", InBase, Observed, "https://nbp.pl/cena-zlota/", "Europe/Warsaw", (12, 15))
            }
            Self::Nbk => {
                facts("nbk", "Қазақстан Ұлттық Банкі", b"KZT", InBase, InForce, "https://nationalbank.kz/", "Asia/Almaty", (17, 0))
            }
            Self::Cba => {
                facts("cba", "Հայաստանի Կենտրոնական Բանկ", b"AMD", InBase, Observed, "https://www.cba.am/", "Asia/Yerevan", (16, 30))
            }
            Self::Nbu => facts(
                "nbu",
                "Національний банк України",
                b"UAH",
                InBase,
                InForce,
                "https://bank.gov.ua/ua/markets/exchangerates",
                "Europe/Kyiv",
                (16, 0),
            ),
        }
    }

    /// The source with this name; `None` when Courant knows none.
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.facts().slug == slug)
    }

    /// Its name on the wire.
    pub fn name(self) -> RateSource {
        RateSource::parse(self.facts().slug).expect("the slugs of this table are names of sources")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_is_found_by_its_name_and_has_a_calendar() {
        for source in Source::ALL {
            assert_eq!(Source::parse(source.name().as_str()), Some(source));
            jiff::tz::TimeZone::get(source.facts().zone).unwrap();
        }
        assert_eq!(Source::parse("fed"), None);
    }
}
