//! A document as text, and what it is.

use courant_news::FixingScope;
use courant_news::{RawHash, Read};
use encoding_rs::{Encoding, UTF_8};
use jiff::Timestamp;

use super::{BYTES_MAX, Form, Refused};

/// How far into a document its form and its encoding are looked for, in bytes.
const HEAD: usize = 2_000;

/// A document that could be read as text.
pub(super) struct Document<'a> {
    pub(super) text: std::borrow::Cow<'a, str>,
    fetched_at: Timestamp,
    raw_hash: RawHash,
}

impl<'a> Document<'a> {
    /// Decodes the document by what its XML declaration says, else as UTF-8. No byte is ever replaced.
    pub(super) fn of(bytes: &'a [u8], fetched_at: Timestamp) -> Result<Self, Refused> {
        if BYTES_MAX < bytes.len() {
            return Err(Refused::TooLarge { n_bytes: bytes.len() });
        }
        let encoding = declared(bytes).unwrap_or(UTF_8);
        let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let refused = |at| Refused::Encoding { expected: encoding.name(), at };
        // Every encoding of these banks keeps ASCII as it is and never uses the byte 0.
        if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
            return Err(refused(at));
        }
        let text = encoding.decode_without_bom_handling_and_without_replacement(body).ok_or_else(|| {
            let at = std::str::from_utf8(body).err().map_or(0, |error| error.valid_up_to());
            refused(at)
        })?;
        Ok(Self { text, fetched_at, raw_hash: RawHash::of(bytes) })
    }

    /// Where its fixings were read from.
    pub(super) fn read(&self, scope: FixingScope) -> Read {
        Read { scope, fetched_at: self.fetched_at, raw_hash: self.raw_hash }
    }

    /// What it is, by the words that only this form begins with.
    pub(super) fn form(&self) -> Option<Form> {
        let mut end = HEAD.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let head = self.text[..end].trim_start();
        let has = |word: &str| head.contains(word);
        match head.as_bytes().first()? {
            b'<' if has("eurofxref") => Some(Form::EcbXml),
            b'<' if has("<ValCurs") && has("DateRange1=") => Some(Form::CbrDynamic),
            b'<' if has("<ValCurs") => Some(Form::CbrDaily),
            b'<' if has("<Metall") => Some(Form::CbrMetals),
            b'<' if has("National Bank of Republic Kazakhstan") => Some(Form::Nbk),
            b'<' if has("ExchangeRatesLatestResponse") => Some(Form::CbaLatest),
            b'<' if has("ExchangeRatesByDateRangeByISOResponse") => Some(Form::CbaRange),
            b'[' if has("\"effectiveDate\"") => Some(Form::NbpTable),
            b'[' if has("\"cena\"") => Some(Form::NbpGold),
            b'[' if has("\"exchangedate\"") => Some(Form::Nbu),
            b'D' if head.starts_with("Date,") => Some(Form::EcbCsv),
            _ => {
                let first_line = head.lines().next()?;
                let is_sdmx = ["CURRENCY", "TIME_PERIOD", "OBS_VALUE"].iter().all(|column| first_line.contains(column));
                is_sdmx.then_some(Form::EcbSdmxCsv)
            }
        }
    }
}

/// The encoding an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..HEAD.min(bytes.len())];
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let declaration = std::str::from_utf8(&head[..end]).ok()?;
    let (_, rest) = declaration.split_once("encoding=")?;
    let quote = rest.chars().next()?;
    Encoding::for_label(rest[1..].split(quote).next()?.as_bytes())
}
