//! One answer out of three: the IPTC Photo Metadata Standard says which property each field of IIM and Exif is, the
//! Metadata Working Group's guidelines (2.0, chapter 3 and 5) which of them to believe.
//!
//! XMP is believed first, then IIM, then Exif. When the IIM was changed by software that left the XMP alone, which a
//! digest beside it shows, IIM comes first, but not where it is only the beginning of what XMP says: IIM has room for 32
//! bytes of a credit.

use super::iim::IimField;
use super::xmp::{Value, ns};
use super::{Iim, Metadata, Xmp};

/// The longest text that is kept, in characters.
const TEXT_CHARS_MAX: usize = 10_000;
/// The longest line that is kept, in characters.
const LINE_CHARS_MAX: usize = 2_000;
/// The most values of a list that are kept.
const LIST_MAX: usize = 200;

/// What a picture says of itself, merged. Names are those of the IPTC Photo Metadata Standard; every text is trimmed, and
/// none is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhotoSays {
    /// Title: a short name, often a number of the archive.
    pub title: Option<Box<str>>,
    /// Headline.
    pub headline: Option<Box<str>>,
    /// Description, which newsrooms call the caption.
    pub caption: Option<Box<str>>,
    /// Description Writer.
    pub caption_writer: Option<Box<str>>,
    /// Alt Text (Accessibility).
    pub alt: Option<Box<str>>,
    /// Extended Description (Accessibility).
    pub extended_description: Option<Box<str>>,
    /// Creator.
    pub creators: Vec<Box<str>>,
    /// Creator's Jobtitle.
    pub creator_title: Option<Box<str>>,
    /// Credit Line.
    pub credit: Option<Box<str>>,
    /// Source.
    pub source: Option<Box<str>>,
    /// Copyright Notice.
    pub copyright_notice: Option<Box<str>>,
    /// Rights Usage Terms.
    pub usage_terms: Option<Box<str>>,
    /// Web Statement of Rights, an address.
    pub web_statement: Option<Box<str>>,
    /// Licensor URL: where a licence can be had.
    pub licensor_url: Option<Box<str>>,
    /// Licensor Name.
    pub licensor_name: Option<Box<str>>,
    /// Instructions.
    pub instructions: Option<Box<str>>,
    /// Job Id.
    pub job_id: Option<Box<str>>,
    /// Date Created, ISO 8601 as precisely as it is known.
    pub created: Option<Box<str>>,
    /// City.
    pub city: Option<Box<str>>,
    /// Sublocation.
    pub sublocation: Option<Box<str>>,
    /// Province or State.
    pub state: Option<Box<str>>,
    /// Country.
    pub country: Option<Box<str>>,
    /// Country Code.
    pub country_code: Option<Box<str>>,
    /// Keywords.
    pub keywords: Vec<Box<str>>,
    /// Person Shown in the Image.
    pub people: Vec<Box<str>>,
    /// Event Name.
    pub event: Option<Box<str>>,
    /// Digital Source Type, an address of the IPTC vocabulary: a photograph, a drawing, made by a model.
    pub digital_source_type: Option<Box<str>>,
    /// Data Mining, an address of the PLUS vocabulary.
    pub data_mining: Option<Box<str>>,
    /// What an editor should look at.
    pub notes: Vec<Note>,
}

/// Something of a picture's metadata that an editor should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// IIM and XMP have different captions.
    CaptionsDiffer,
    /// IIM and XMP have different credits.
    CreditsDiffer,
    /// IIM was changed after XMP.
    IimIsNewer,
    /// A program drew it, or had a part in it.
    MadeByMachine,
    /// It carries content credentials, whose signature was not checked.
    CredentialsNotChecked,
}

impl Note {
    /// The note as a sentence.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CaptionsDiffer => "IIM and XMP have different captions; the one shown is the one to be believed first",
            Self::CreditsDiffer => "IIM and XMP have different credits; the one shown is the one to be believed first",
            Self::IimIsNewer => "the IIM was changed after the XMP, so it is believed first",
            Self::MadeByMachine => "by its digital source type a program made the picture or a part of it",
            Self::CredentialsNotChecked => "it carries content credentials (C2PA); their signature was not checked",
        }
    }
}

/// Values of the IPTC vocabulary that say a program made the picture or a part of it.
const BY_MACHINE: [&str; 5] = [
    "trainedAlgorithmicMedia",
    "compositeWithTrainedAlgorithmicMedia",
    "algorithmicMedia",
    "compositeSynthetic",
    "algorithmicallyEnhanced",
];

pub(super) fn merged(metadata: &Metadata) -> PhotoSays {
    let sides = Sides { xmp: metadata.xmp.as_ref(), iim: metadata.iim.as_ref() };
    let exif = metadata.exif.as_ref();
    let of_exif = |text: Option<&Box<str>>| text.map(|text| line(text));
    let creators = Some(sides.list(ns::DC, "creator", Some(IimField::Byline))).filter(|creators| !creators.is_empty());
    let created = sides.xmp_text(ns::PHOTOSHOP, "DateCreated").or_else(|| metadata.iim.as_ref().and_then(created_of_iim));
    let mut says = PhotoSays {
        title: sides.line(ns::DC, "title", Some(IimField::ObjectName)),
        headline: sides.line(ns::PHOTOSHOP, "Headline", Some(IimField::Headline)),
        caption: sides
            .text(ns::DC, "description", Some(IimField::Caption))
            .or_else(|| exif.and_then(|exif| exif.description.as_deref().map(text))),
        caption_writer: sides.line(ns::PHOTOSHOP, "CaptionWriter", Some(IimField::CaptionWriter)),
        alt: sides.text(ns::CORE, "AltTextAccessibility", None),
        extended_description: sides.text(ns::CORE, "ExtDescrAccessibility", None),
        creators: creators.unwrap_or_else(|| of_exif(exif.and_then(|exif| exif.artist.as_ref())).into_iter().collect()),
        creator_title: sides.line(ns::PHOTOSHOP, "AuthorsPosition", Some(IimField::BylineTitle)),
        credit: sides.line(ns::PHOTOSHOP, "Credit", Some(IimField::Credit)),
        source: sides.line(ns::PHOTOSHOP, "Source", Some(IimField::Source)),
        copyright_notice: sides
            .line(ns::DC, "rights", Some(IimField::Copyright))
            .or_else(|| of_exif(exif.and_then(|exif| exif.copyright.as_ref()))),
        usage_terms: sides.text(ns::RIGHTS, "UsageTerms", None),
        web_statement: sides.line(ns::RIGHTS, "WebStatement", None),
        licensor_url: sides.field(ns::PLUS, "Licensor", "LicensorURL"),
        licensor_name: sides.field(ns::PLUS, "Licensor", "LicensorName"),
        instructions: sides.text(ns::PHOTOSHOP, "Instructions", Some(IimField::Instructions)),
        job_id: sides.line(ns::PHOTOSHOP, "TransmissionReference", Some(IimField::JobId)),
        created: created.or_else(|| of_exif(exif.and_then(|exif| exif.taken.as_ref()))),
        city: sides.line(ns::PHOTOSHOP, "City", Some(IimField::City)),
        sublocation: sides.line(ns::CORE, "Location", Some(IimField::Sublocation)),
        state: sides.line(ns::PHOTOSHOP, "State", Some(IimField::State)),
        country: sides.line(ns::PHOTOSHOP, "Country", Some(IimField::Country)),
        country_code: sides.line(ns::CORE, "CountryCode", Some(IimField::CountryCode)),
        keywords: sides.list(ns::DC, "subject", Some(IimField::Keywords)),
        people: sides.list(ns::EXT, "PersonInImage", None),
        event: sides.line(ns::EXT, "Event", None),
        digital_source_type: sides.line(ns::EXT, "DigitalSourceType", None).or_else(|| sides.line(ns::EXT, "DigitalSourcefileType", None)),
        data_mining: sides.line(ns::PLUS, "DataMining", None),
        notes: Vec::new(),
    };
    says.notes = notes(metadata, &sides, &says);
    says
}

fn notes(metadata: &Metadata, sides: &Sides<'_>, says: &PhotoSays) -> Vec<Note> {
    let by_machine =
        says.digital_source_type.as_deref().and_then(|kind| kind.rsplit('/').next()).is_some_and(|kind| BY_MACHINE.contains(&kind));
    [
        (Note::CaptionsDiffer, sides.differ(ns::DC, "description", IimField::Caption)),
        (Note::CreditsDiffer, sides.differ(ns::PHOTOSHOP, "Credit", IimField::Credit)),
        (Note::IimIsNewer, metadata.xmp.is_some() && metadata.iim.as_ref().is_some_and(|iim| iim.is_newer_than_xmp)),
        (Note::MadeByMachine, by_machine),
        (Note::CredentialsNotChecked, metadata.has_c2pa),
    ]
    .into_iter()
    .filter_map(|(note, holds)| holds.then_some(note))
    .collect()
}

/// XMP and IIM of one picture.
struct Sides<'m> {
    xmp: Option<&'m Xmp>,
    iim: Option<&'m Iim>,
}

impl Sides<'_> {
    fn xmp_text(&self, namespace: &str, name: &str) -> Option<Box<str>> {
        self.xmp?.text(namespace, name).map(line)
    }

    /// Several lines.
    fn text(&self, namespace: &str, name: &str, field: Option<IimField>) -> Option<Box<str>> {
        self.believed(namespace, name, field).map(text)
    }

    /// One line.
    fn line(&self, namespace: &str, name: &str, field: Option<IimField>) -> Option<Box<str>> {
        self.believed(namespace, name, field).map(line)
    }

    fn believed(&self, namespace: &str, name: &str, field: Option<IimField>) -> Option<&str> {
        let of_xmp = self.xmp.and_then(|xmp| xmp.text(namespace, name));
        let of_iim = self.iim.zip(field).and_then(|(iim, field)| iim.first(field));
        match (of_xmp, of_iim) {
            (Some(of_xmp), Some(of_iim)) if self.iim_first() && !is_cut_from(of_iim, of_xmp) => Some(of_iim),
            (of_xmp, of_iim) => of_xmp.or(of_iim),
        }
    }

    fn list(&self, namespace: &str, name: &str, field: Option<IimField>) -> Vec<Box<str>> {
        let of_xmp: Vec<&str> = self.xmp.map(|xmp| xmp.texts(namespace, name)).unwrap_or_default();
        let of_iim: Vec<&str> = self.iim.zip(field).map(|(iim, field)| iim.all(field).collect()).unwrap_or_default();
        let are_cut = || of_iim.len() <= of_xmp.len() && of_iim.iter().zip(&of_xmp).all(|(iim, xmp)| is_cut_from(iim, xmp));
        let believed = if of_xmp.is_empty() || (self.iim_first() && !of_iim.is_empty() && !are_cut()) { of_iim } else { of_xmp };
        believed.into_iter().take(LIST_MAX).map(line).collect()
    }

    /// A field of a structure.
    fn field(&self, namespace: &str, name: &str, field: &str) -> Option<Box<str>> {
        self.xmp?.value(namespace, name)?.field(namespace, field).and_then(Value::text).map(line)
    }

    fn iim_first(&self) -> bool {
        self.iim.is_some_and(|iim| iim.is_newer_than_xmp)
    }

    fn differ(&self, namespace: &str, name: &str, field: IimField) -> bool {
        let of_xmp = self.xmp.and_then(|xmp| xmp.text(namespace, name));
        let of_iim = self.iim.and_then(|iim| iim.first(field));
        of_xmp.zip(of_iim).is_some_and(|(xmp, iim)| !is_cut_from(iim, xmp))
    }
}

/// Whether IIM says the same, as far as it has room. Line ends do not count.
fn is_cut_from(of_iim: &str, of_xmp: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    plain(of_xmp).starts_with(&plain(of_iim))
}

/// `20040621` and `180434-0500` as `2004-06-21T18:04:34-05:00`. A month or day of `00` is not known (IIM 4.2, 2:55).
fn created_of_iim(iim: &Iim) -> Option<Box<str>> {
    let date = iim.first(IimField::DateCreated)?;
    if date.len() != 8 || !date.bytes().all(|byte| byte.is_ascii_digit()) || date.starts_with("0000") {
        return None;
    }
    let (year, month, day) = (&date[..4], &date[4..6], &date[6..]);
    if month == "00" {
        return Some(year.into());
    }
    if day == "00" {
        return Some(format!("{year}-{month}").into());
    }
    let time = iim.first(IimField::TimeCreated).and_then(time_of_iim).unwrap_or_default();
    Some(format!("{year}-{month}-{day}{time}").into())
}

fn time_of_iim(time: &str) -> Option<String> {
    let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (clock, offset) = (time.get(..6)?, time.get(6..)?);
    if !are_digits(clock) {
        return None;
    }
    let offset = match (offset.get(..1), offset.get(1..)) {
        (Some(sign @ ("+" | "-")), Some(digits)) if digits.len() == 4 && are_digits(digits) => {
            format!("{sign}{}:{}", &digits[..2], &digits[2..])
        }
        _ => String::new(),
    };
    Some(format!("T{}:{}:{}{offset}", &clock[..2], &clock[2..4], &clock[4..]))
}

/// One line, with runs of white space as one space.
fn line(given: &str) -> Box<str> {
    let words: Vec<&str> =
        given.split(|letter: char| letter.is_whitespace() || letter.is_control()).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(LINE_CHARS_MAX).collect::<String>().into()
}

/// Text with its lines kept, without the ends a Mac or Windows gives them.
fn text(given: &str) -> Box<str> {
    let lines = given.replace("\r\n", "\n").replace('\r', "\n");
    let printed: String = lines.trim().chars().filter(|letter| *letter == '\n' || !letter.is_control()).take(TEXT_CHARS_MAX).collect();
    printed.into()
}

#[cfg(test)]
mod tests {
    use super::super::IimSaid;
    use super::super::xmp::Property;
    use super::*;

    fn iim(fields: &[(IimField, &str)], is_newer_than_xmp: bool) -> Iim {
        let said = fields.iter().map(|(field, text)| IimSaid { field: *field, text: (*text).into() }).collect();
        Iim { said, declares_utf8: true, charset: "UTF-8", is_newer_than_xmp }
    }

    fn xmp(fields: &[(&str, &str, &str)]) -> Xmp {
        let property = |(namespace, name, text): &(&str, &str, &str)| Property {
            namespace: (*namespace).into(),
            name: (*name).into(),
            value: Value::Simple((*text).into()),
        };
        Xmp { properties: fields.iter().map(property).collect() }
    }

    #[test]
    fn xmp_is_believed_first() {
        let metadata = Metadata {
            iim: Some(iim(&[(IimField::Caption, "Of IIM"), (IimField::City, "Kiel")], false)),
            xmp: Some(xmp(&[(ns::DC, "description", "Of XMP")])),
            ..Metadata::default()
        };
        let says = metadata.says();
        assert_eq!((says.caption.as_deref(), says.city.as_deref()), (Some("Of XMP"), Some("Kiel")));
        assert_eq!(says.notes, [Note::CaptionsDiffer]);
    }

    #[test]
    fn newer_iim_is_believed_but_not_where_it_was_only_cut() {
        let metadata = Metadata {
            iim: Some(iim(&[(IimField::Caption, "Mended"), (IimField::Credit, "NASA, ESA, Michael Wong (Space T")], true)),
            xmp: Some(xmp(&[(ns::DC, "description", "Wrong"), (ns::PHOTOSHOP, "Credit", "NASA, ESA, Michael Wong (Space Telescope)")])),
            ..Metadata::default()
        };
        let says = metadata.says();
        assert_eq!(says.caption.as_deref(), Some("Mended"));
        assert_eq!(says.credit.as_deref(), Some("NASA, ESA, Michael Wong (Space Telescope)"));
    }

    #[test]
    fn a_date_is_as_precise_as_it_is_known() {
        let created = |date, time| created_of_iim(&iim(&[(IimField::DateCreated, date), (IimField::TimeCreated, time)], false));
        assert_eq!(created("20040621", "180434-0500").as_deref(), Some("2004-06-21T18:04:34-05:00"));
        assert_eq!(created("20040600", "").as_deref(), Some("2004-06"));
        assert_eq!(created("20090909", "170000").as_deref(), Some("2009-09-09T17:00:00"));
        assert_eq!(created("2004", ""), None);
        assert_eq!(created("00000000", ""), None);
    }

    #[test]
    fn what_a_program_made_is_noted() {
        let kind = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
        let metadata = Metadata { xmp: Some(xmp(&[(ns::EXT, "DigitalSourceType", kind)])), ..Metadata::default() };
        assert_eq!(metadata.says().notes, [Note::MadeByMachine]);
    }
}
