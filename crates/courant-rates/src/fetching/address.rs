//! Where a source is asked.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::Source;

/// How many days back a source is asked that wants to know from when on: two weeks of pauses and failures are caught up with.
const BACK_DAYS: i32 = 14;
/// How many days ahead: what is in force tomorrow, or after a weekend.
const AHEAD_DAYS: i32 = 4;
/// The longest address, in bytes.
const LEN_MAX_BYTES: usize = 2_048;

/// The address of a source, with places for days: `{first:%d/%m/%Y}`, `{last:%Y%m%d}`, `{next:%d.%m.%Y}`, in the letters of `strftime`.
///
/// `first` is two weeks ago, `last` four days ahead, `next` tomorrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Box<str>);

/// Why a text is no address of a source.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("address “{given}” {problem}")]
pub struct AddressError {
    given: String,
    problem: &'static str,
}

impl Address {
    /// Takes an address as configured.
    ///
    /// # Errors
    /// An [`AddressError`] when it is not http or https, is longer than 2,048 bytes, or has a place that is none of the three.
    pub fn parse(given: &str) -> Result<Self, AddressError> {
        let refused = |problem| AddressError { given: given.to_owned(), problem };
        if LEN_MAX_BYTES < given.len() {
            return Err(refused("is longer than 2,048 bytes; use a shorter one"));
        }
        if !given.starts_with("https://") && !given.starts_with("http://") {
            return Err(refused("is not http or https; write it like https://bank.example/rates.xml"));
        }
        let address = Self(given.into());
        match address.on(jiff::civil::date(2017, 3, 20)) {
            Some(filled) if !filled.contains(['{', '}', ' ', '\n']) => Ok(address),
            _ => Err(refused("has a place that cannot be filled; use {first:…}, {last:…} and {next:…} with the letters of strftime")),
        }
    }

    /// The address to ask on that day.
    pub fn of_day(&self, today: Date) -> String {
        self.on(today).unwrap_or_else(|| self.0.to_string())
    }

    fn on(&self, today: Date) -> Option<String> {
        let mut filled = String::with_capacity(self.0.len());
        let mut rest = &*self.0;
        while let Some((before, after)) = rest.split_once('{') {
            let (place, after) = after.split_once('}')?;
            let (name, format) = place.split_once(':')?;
            let day = match name {
                "first" => today.saturating_sub(BACK_DAYS.days()),
                "last" => today.saturating_add(AHEAD_DAYS.days()),
                "next" => today.saturating_add(1.day()),
                _ => return None,
            };
            filled.push_str(before);
            filled.push_str(&jiff::fmt::strtime::format(format, day).ok()?);
            rest = after;
        }
        Some(filled + rest)
    }
}

/// Where the source itself publishes; `None` for one that cannot be asked with a plain request.
///
/// The ECB is asked for ninety days, so that a pause is made up for; what has not changed is not sent again.
pub fn standard_address(source: Source) -> Option<Address> {
    let address = match source {
        Source::Ecb => "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml",
        Source::Cbr => "https://www.cbr.ru/scripts/XML_daily.asp?date_req={next:%d/%m/%Y}",
        Source::CbrMetals => "https://www.cbr.ru/scripts/xml_metall.asp?date_req1={first:%d/%m/%Y}&date_req2={last:%d/%m/%Y}",
        Source::NbpA => "https://api.nbp.pl/api/exchangerates/tables/A/last/10/?format=json",
        Source::NbpB => "https://api.nbp.pl/api/exchangerates/tables/B/last/3/?format=json",
        Source::NbpGold => "https://api.nbp.pl/api/cenyzlota/last/10/?format=json",
        Source::Nbk => "https://nationalbank.kz/rss/get_rates.cfm?fdate={next:%d.%m.%Y}",
        Source::Nbu => {
            "https://bank.gov.ua/NBU_Exchange/exchange_site?start={first:%Y%m%d}&end={last:%Y%m%d}&sort=exchangedate&order=asc&json="
        }
        // It answers to SOAP only.
        Source::Cba => return None,
    };
    Some(Address::parse(address).expect("the addresses of this table are in order"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_source_that_answers_plain_requests_has_an_address() {
        let on = |source| standard_address(source).unwrap().of_day(date(2026, 3, 5));
        assert_eq!(on(Source::Cbr), "https://www.cbr.ru/scripts/XML_daily.asp?date_req=06/03/2026");
        assert_eq!(on(Source::CbrMetals), "https://www.cbr.ru/scripts/xml_metall.asp?date_req1=19/02/2026&date_req2=09/03/2026");
        let without: Vec<Source> = Source::ALL.into_iter().filter(|&source| standard_address(source).is_none()).collect();
        assert_eq!(without, [Source::Cba]);
    }

    #[test]
    fn what_is_no_address_is_refused_with_the_remedy() {
        for (given, named) in [
            ("ftp://bank.example", "not http"),
            ("https://bank.example/{today:%Y}", "cannot be filled"),
            ("https://bank.example/{first}", "cannot be filled"),
            ("https://bank.example/{first:%Q}", "cannot be filled"),
            ("https://bank.example/{first:%d %m}", "cannot be filled"),
            ("https://bank.example/{", "cannot be filled"),
            (&format!("https://bank.example/{}", "x".repeat(3_000)), "longer"),
        ] {
            let refused = Address::parse(given).unwrap_err().to_string();
            assert!(refused.contains(named), "{refused}");
        }
    }
}
