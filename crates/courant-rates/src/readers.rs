//! From the bytes of a bank to fixings.
//!
//! A reader takes a whole document or refuses it: a document that is cut off, in another encoding, an error page or of an unknown
//! form gives a [`Refused`] that names the field, the value and what to look at, and nothing of it is kept.

mod cba;
mod cbr;
mod document;
mod ecb;
mod nbk;
mod nbp;
mod nbu;
mod table;

use courant_news::{FieldError, Fixing};
use jiff::Timestamp;

use document::Document;

/// The largest document, in bytes: the whole history of the ECB as XML has about 8 MB.
pub const BYTES_MAX: usize = 32 << 20;
/// The most fixings of one document: a hundred years of days.
pub const FIXINGS_MAX: usize = 36_600;

/// The form of a document, one for each thing a bank sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// ECB `eurofxref-daily.xml`, `-hist-90d.xml`, `-hist.xml`.
    EcbXml,
    /// ECB `eurofxref.csv` and `eurofxref-hist.csv`.
    EcbCsv,
    /// ECB data portal, series `EXR/D..EUR.SP00.A` as SDMX-CSV.
    EcbSdmxCsv,
    /// Bank of Russia `XML_daily.asp`.
    CbrDaily,
    /// Bank of Russia `XML_dynamic.asp`: one currency over many days.
    CbrDynamic,
    /// Bank of Russia `xml_metall.asp`.
    CbrMetals,
    /// NBP tables A and B as JSON.
    NbpTable,
    /// NBP gold price as JSON.
    NbpGold,
    /// NBK `get_rates.cfm`.
    Nbk,
    /// CBA `ExchangeRatesLatest`.
    CbaLatest,
    /// CBA `ExchangeRatesByDateRangeByISO`.
    CbaRange,
    /// NBU `exchange_site`.
    Nbu,
}

/// Why a document was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is too large.
    #[error("the document has {n_bytes} bytes, and at most {BYTES_MAX} are read; ask the source for a shorter span")]
    TooLarge {
        /// How large it is.
        n_bytes: usize,
    },
    /// It is in no encoding that can be read.
    #[error("the document is not in {expected} from byte {at} on; fetch it again, and look whether something on the way changed it")]
    Encoding {
        /// What it says it is in, or has to be in.
        expected: &'static str,
        /// The first byte that does not fit.
        at: usize,
    },
    /// It is none of the forms.
    #[error("the document is of no form that is known; it begins with “{begins}”; look whether the source sent an error page")]
    UnknownForm {
        /// Its first characters.
        begins: String,
    },
    /// It ends before it should, or is not well formed.
    #[error("the document is broken: {problem}; fetch it again")]
    Broken {
        /// How.
        problem: String,
    },
    /// It has no rates.
    #[error("the document holds no rates at all; look whether the source has any for that span")]
    Empty,
    /// It has too many.
    #[error("the document holds more than {FIXINGS_MAX} days; ask the source for a shorter span")]
    TooMany,
    /// A value cannot be what it has to be.
    #[error("{place}: {error}")]
    Field {
        /// The day or line it belongs to.
        place: String,
        /// The field, the value and the remedy.
        error: FieldError,
    },
}

/// Reads a document of any known form; `fetched_at` is noted in what it holds. Fixings come oldest first.
///
/// # Errors
/// [`Refused`]; nothing of the document is used then.
pub fn read(bytes: &[u8], fetched_at: Timestamp) -> Result<Vec<Fixing>, Refused> {
    let document = Document::of(bytes, fetched_at)?;
    let form = document.form().ok_or_else(|| Refused::UnknownForm { begins: document.text.trim().chars().take(60).collect() })?;
    let mut fixings = match form {
        Form::EcbXml => ecb::xml(&document),
        Form::EcbCsv => ecb::csv(&document),
        Form::EcbSdmxCsv => ecb::sdmx_csv(&document),
        Form::CbrDaily => cbr::daily(&document),
        Form::CbrDynamic => cbr::dynamic(&document),
        Form::CbrMetals => cbr::metals(&document),
        Form::NbpTable => nbp::table(&document),
        Form::NbpGold => nbp::gold(&document),
        Form::Nbk => nbk::rates(&document),
        Form::CbaLatest => cba::latest(&document),
        Form::CbaRange => cba::range(&document),
        Form::Nbu => nbu::rates(&document),
    }?;
    if fixings.is_empty() {
        return Err(Refused::Empty);
    }
    if FIXINGS_MAX < fixings.len() {
        return Err(Refused::TooMany);
    }
    fixings.sort_by(|one, other| (one.dated, &one.source).cmp(&(other.dated, &other.source)));
    Ok(fixings)
}

/// The form of a document; `None` when it has none that is known.
///
/// # Errors
/// [`Refused`] when its bytes cannot be read as text at all.
pub fn form(bytes: &[u8]) -> Result<Option<Form>, Refused> {
    Ok(Document::of(bytes, Timestamp::UNIX_EPOCH)?.form())
}

#[cfg(test)]
mod tests;
