//! What a derivative says of itself: the merged answer as XMP, and as IIM for receivers that know nothing newer.
//!
//! Exif is not written: what it said of maker, time and rights is in the merged answer, the turning has been done, and the
//! rest is the camera's and the photographer's business.

use quick_xml::escape::escape;

use super::iim::IimField;
use super::merge::PhotoSays;
use super::xmp::ns;

/// The most bytes of properties: with what is around them they fit into one segment of a JPEG (64 KiB). What comes first is
/// what the standard asks for first.
const PROPERTIES_BYTES_MAX: usize = 60_000;
/// The longest text that is written, in characters.
const TEXT_CHARS_MAX: usize = 2_000;
/// The most values of a list that are written.
const LIST_MAX: usize = 50;

/// The XMP packet (ISO 16684-1, 7), without padding: nobody changes it in place.
pub(crate) fn xmp_packet(says: &PhotoSays) -> Vec<u8> {
    let mut fields = Fields::default();
    fields.alternative("dc:description", says.caption.as_deref());
    fields.alternative("dc:title", says.title.as_deref());
    fields.alternative("dc:rights", says.copyright_notice.as_deref());
    fields.list("dc:creator", "Seq", &says.creators);
    fields.list("dc:subject", "Bag", &says.keywords);
    fields.simple("photoshop:Headline", says.headline.as_deref());
    fields.simple("photoshop:CaptionWriter", says.caption_writer.as_deref());
    fields.simple("photoshop:AuthorsPosition", says.creator_title.as_deref());
    fields.simple("photoshop:Credit", says.credit.as_deref());
    fields.simple("photoshop:Source", says.source.as_deref());
    fields.simple("photoshop:Instructions", says.instructions.as_deref());
    fields.simple("photoshop:TransmissionReference", says.job_id.as_deref());
    fields.simple("photoshop:DateCreated", says.created.as_deref());
    fields.simple("photoshop:City", says.city.as_deref());
    fields.simple("photoshop:State", says.state.as_deref());
    fields.simple("photoshop:Country", says.country.as_deref());
    fields.simple("c:Location", says.sublocation.as_deref());
    fields.simple("c:CountryCode", says.country_code.as_deref());
    fields.alternative("c:AltTextAccessibility", says.alt.as_deref());
    fields.alternative("c:ExtDescrAccessibility", says.extended_description.as_deref());
    fields.list("e:PersonInImage", "Bag", &says.people);
    fields.alternative("e:Event", says.event.as_deref());
    fields.simple("e:DigitalSourceType", says.digital_source_type.as_deref());
    fields.alternative("r:UsageTerms", says.usage_terms.as_deref());
    fields.simple("r:WebStatement", says.web_statement.as_deref());
    fields.simple("p:DataMining", says.data_mining.as_deref());
    fields.licensor(says.licensor_name.as_deref(), says.licensor_url.as_deref());
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" xmlns:dc=\"{}\" \
         xmlns:photoshop=\"{}\" xmlns:c=\"{}\" xmlns:e=\"{}\" xmlns:r=\"{}\" xmlns:p=\"{}\">{}</rdf:Description></rdf:RDF>\
         </x:xmpmeta><?xpacket end=\"r\"?>",
        ns::DC,
        ns::PHOTOSHOP,
        ns::CORE,
        ns::EXT,
        ns::RIGHTS,
        ns::PLUS,
        fields.xml
    )
    .into_bytes()
}

/// Property elements, as XML.
#[derive(Default)]
struct Fields {
    xml: String,
}

impl Fields {
    /// Adds a property that fits.
    fn put(&mut self, property: &str) {
        if self.xml.len() + property.len() <= PROPERTIES_BYTES_MAX {
            self.xml.push_str(property);
        }
    }

    fn simple(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.put(&format!("<{name}>{}</{name}>", printed(text)));
        }
    }

    fn alternative(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.put(&format!("<{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></{name}>", printed(text)));
        }
    }

    fn list(&mut self, name: &str, kind: &str, texts: &[Box<str>]) {
        if texts.is_empty() {
            return;
        }
        let lines: Vec<String> = texts.iter().take(LIST_MAX).map(|text| format!("<rdf:li>{}</rdf:li>", printed(text))).collect();
        self.put(&format!("<{name}><rdf:{kind}>{}</rdf:{kind}></{name}>", lines.concat()));
    }

    fn licensor(&mut self, name: Option<&str>, url: Option<&str>) {
        if name.is_none() && url.is_none() {
            return;
        }
        let mut inside = Self::default();
        inside.simple("p:LicensorName", name);
        inside.simple("p:LicensorURL", url);
        self.put(&format!("<p:Licensor><rdf:Seq><rdf:li rdf:parseType=\"Resource\">{}</rdf:li></rdf:Seq></p:Licensor>", inside.xml));
    }
}

/// Text for XML 1.0, which has no control characters but three.
fn printed(text: &str) -> String {
    let allowed: String = text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).take(TEXT_CHARS_MAX).collect();
    escape(allowed.as_str()).into_owned()
}

/// Photoshop's resource block with the IIM, in UTF-8 and saying so (IIM 4.2, 1:90).
pub(crate) fn iim_block(says: &PhotoSays) -> Vec<u8> {
    let mut iim = vec![0x1c, 1, 90, 0, 3, 0x1b, b'%', b'G', 0x1c, 2, 0, 0, 2, 0, 4];
    let one = [
        (IimField::ObjectName, &says.title),
        (IimField::Instructions, &says.instructions),
        (IimField::BylineTitle, &says.creator_title),
        (IimField::City, &says.city),
        (IimField::Sublocation, &says.sublocation),
        (IimField::State, &says.state),
        (IimField::CountryCode, &says.country_code),
        (IimField::Country, &says.country),
        (IimField::JobId, &says.job_id),
        (IimField::Headline, &says.headline),
        (IimField::Credit, &says.credit),
        (IimField::Source, &says.source),
        (IimField::Copyright, &says.copyright_notice),
        (IimField::Caption, &says.caption),
        (IimField::CaptionWriter, &says.caption_writer),
    ];
    for (field, text) in one {
        put(&mut iim, field, text.as_deref());
    }
    says.creators.iter().take(LIST_MAX).for_each(|creator| put(&mut iim, IimField::Byline, Some(creator)));
    says.keywords.iter().take(LIST_MAX).for_each(|keyword| put(&mut iim, IimField::Keywords, Some(keyword)));
    let (date, time) = says.created.as_deref().map(split_moment).unwrap_or_default();
    put(&mut iim, IimField::DateCreated, date.as_deref());
    put(&mut iim, IimField::TimeCreated, time.as_deref());
    let mut block = b"Photoshop 3.0\08BIM\x04\x04\0\0".to_vec();
    block.extend(u32::try_from(iim.len()).expect("fields of limited length").to_be_bytes());
    let is_odd = iim.len() & 1 == 1;
    block.extend(iim);
    block.extend(is_odd.then_some(0));
    block
}

fn put(iim: &mut Vec<u8>, field: IimField, text: Option<&str>) {
    let Some(text) = text else { return };
    // Cut between letters, as IIM counts bytes.
    let mut end = text.len().min(field.bytes_max());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let length = u16::try_from(end).expect("no field has more than 2,000 bytes");
    iim.extend([0x1c, 2, field.number()]);
    iim.extend(length.to_be_bytes());
    iim.extend(&text.as_bytes()[..end]);
}

/// `2004-06-21T18:04:34-05:00` as `20040621` and `180434-0500`; `None` for what is not known so precisely.
fn split_moment(created: &str) -> (Option<String>, Option<String>) {
    let (day, clock) = created.split_once('T').unwrap_or((created, ""));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let date = digits(day);
    let date = (date.len() == 8).then_some(date);
    let time =
        clock.get(..8).map(digits).filter(|time| time.len() == 6).zip(Some(clock.get(8..).unwrap_or_default())).map(|(time, offset)| {
            let sign = offset.chars().next().filter(|sign| matches!(sign, '+' | '-'));
            match (sign, digits(offset)) {
                (Some(sign), zone) if zone.len() == 4 => format!("{time}{sign}{zone}"),
                _ => time,
            }
        });
    (date.clone(), date.and(time))
}
