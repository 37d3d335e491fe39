//! IPTC IIM 4.2: the records that agencies have put into pictures since 1991.

use super::charset::{Charset, Raw};

/// The most datasets that are read.
const DATASETS_MAX: usize = 2_000;
/// The longest value that is kept, in bytes: the caption's limit is 2,000.
const VALUE_BYTES_MAX: usize = 32_767;

/// A field of record 2 that newsrooms use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IimField {
    /// 2:05
    ObjectName,
    /// 2:10
    Urgency,
    /// 2:12
    SubjectReference,
    /// 2:15
    Category,
    /// 2:20
    SupplementalCategory,
    /// 2:25
    Keywords,
    /// 2:40
    Instructions,
    /// 2:55
    DateCreated,
    /// 2:60
    TimeCreated,
    /// 2:80
    Byline,
    /// 2:85
    BylineTitle,
    /// 2:90
    City,
    /// 2:92
    Sublocation,
    /// 2:95
    State,
    /// 2:100
    CountryCode,
    /// 2:101
    Country,
    /// 2:103
    JobId,
    /// 2:105
    Headline,
    /// 2:110
    Credit,
    /// 2:115
    Source,
    /// 2:116
    Copyright,
    /// 2:120
    Caption,
    /// 2:122
    CaptionWriter,
}

/// What a picture's IIM says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Iim {
    /// The values in the order of the file, spaces and all.
    pub said: Vec<IimSaid>,
    /// Whether it says by dataset 1:90 that its text is UTF-8.
    pub declares_utf8: bool,
    /// The charset its text was read in.
    pub charset: &'static str,
    /// Whether software that does not know XMP changed it last.
    pub is_newer_than_xmp: bool,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IimSaid {
    /// The field.
    pub field: IimField,
    /// Its text.
    pub text: Box<str>,
}

impl Iim {
    /// Reads the records as far as they make sense. `None` when they hold no field we know.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (mut escape, mut raw) = (None, Vec::new());
        for (record, dataset, value) in datasets(bytes) {
            match (record, dataset) {
                (1, 90) => escape = escape.or(Some(value)),
                (2, number) => raw.extend(IimField::of_number(number).map(|field| (field, Raw { bytes: value, room: field.bytes_max() }))),
                _ => {}
            }
        }
        if raw.is_empty() {
            return None;
        }
        let charset = Charset::of(escape, &raw.iter().map(|(_, value)| *value).collect::<Vec<_>>());
        let said = raw.into_iter().map(|(field, value)| IimSaid { field, text: charset.text(value).into() }).collect();
        Some(Self { said, declares_utf8: charset.is_declared_utf8(), charset: charset.name(), is_newer_than_xmp: false })
    }

    /// The first value of a field, without the spaces around it. `None` when there is nothing else in it.
    pub fn first(&self, field: IimField) -> Option<&str> {
        self.all(field).next()
    }

    /// The values of a field that say something, without the spaces around them.
    pub fn all(&self, field: IimField) -> impl Iterator<Item = &str> {
        self.said.iter().filter(move |said| said.field == field).map(|said| said.text.trim()).filter(|text| !text.is_empty())
    }
}

/// Record, dataset number and value of each dataset: a tag marker 1C, two numbers, a length (IIM 4.2, 1.6).
fn datasets(bytes: &[u8]) -> impl Iterator<Item = (u8, u8, &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let [0x1c, record, dataset, high, low, ..] = *rest else { return None };
        let value = usize::from(u16::from_be_bytes([high, low]));
        // A length with its highest bit set is the length of the length: for values no caption has.
        if VALUE_BYTES_MAX < value {
            return None;
        }
        // A value that was cut off with the file is still worth reading.
        let value = &rest[5..rest.len().min(5 + value)];
        rest = &rest[5 + value.len()..];
        Some((record, dataset, value))
    })
    .take(DATASETS_MAX)
}

impl IimField {
    /// Every field, with the number of its dataset in record 2, its name in our JSON, and the most bytes IIM allows.
    pub(super) const ALL: [(Self, u8, &'static str, usize); 23] = [
        (Self::ObjectName, 5, "object_name", 64),
        (Self::Urgency, 10, "urgency", 1),
        (Self::SubjectReference, 12, "subject_reference", 236),
        (Self::Category, 15, "category", 3),
        (Self::SupplementalCategory, 20, "supplemental_category", 32),
        (Self::Keywords, 25, "keywords", 64),
        (Self::Instructions, 40, "instructions", 256),
        (Self::DateCreated, 55, "date_created", 8),
        (Self::TimeCreated, 60, "time_created", 11),
        (Self::Byline, 80, "byline", 32),
        (Self::BylineTitle, 85, "byline_title", 32),
        (Self::City, 90, "city", 32),
        (Self::Sublocation, 92, "sublocation", 32),
        (Self::State, 95, "state", 32),
        (Self::CountryCode, 100, "country_code", 3),
        (Self::Country, 101, "country", 64),
        (Self::JobId, 103, "job_id", 32),
        (Self::Headline, 105, "headline", 256),
        (Self::Credit, 110, "credit", 32),
        (Self::Source, 115, "source", 32),
        (Self::Copyright, 116, "copyright", 128),
        (Self::Caption, 120, "caption", 2000),
        (Self::CaptionWriter, 122, "caption_writer", 32),
    ];

    fn of_number(number: u8) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, ..)| *known == number).map(|(field, ..)| *field)
    }

    fn row(self) -> &'static (Self, u8, &'static str, usize) {
        Self::ALL.iter().find(|(known, ..)| *known == self).expect("every field has its row")
    }

    /// The number of its dataset in record 2.
    pub(crate) fn number(self) -> u8 {
        self.row().1
    }

    /// Its name in our JSON.
    pub fn name(self) -> &'static str {
        self.row().2
    }

    /// The most bytes IIM 4.2 gives its value.
    pub(crate) fn bytes_max(self) -> usize {
        self.row().3
    }

    /// Whether it may stand several times.
    pub fn is_repeated(self) -> bool {
        matches!(self, Self::Keywords | Self::SupplementalCategory | Self::SubjectReference | Self::Byline)
    }
}
