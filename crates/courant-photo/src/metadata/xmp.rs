//! XMP: a subset of RDF/XML (ISO 16684-1, 7).

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::charset::repaired;

/// The deepest nesting of elements.
const DEPTH_MAX: usize = 40;
/// The most values of all properties together.
const VALUES_MAX: usize = 5_000;
/// The most bytes of text of one value.
const TEXT_BYTES_MAX: usize = 64 << 10;
/// The most namespaces an element may have open: each makes every name dearer to resolve.
const NAMESPACES_MAX: usize = 256;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Namespaces of the properties that are asked for.
pub(crate) mod ns {
    pub(crate) const DC: &str = "http://purl.org/dc/elements/1.1/";
    pub(crate) const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
    pub(crate) const CORE: &str = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
    pub(crate) const EXT: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
    pub(crate) const RIGHTS: &str = "http://ns.adobe.com/xap/1.0/rights/";
    pub(crate) const PLUS: &str = "http://ns.useplus.org/ldf/xmp/1.0/";
}

/// What a picture's XMP says: its properties in the order of the packet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Xmp {
    /// The properties.
    pub properties: Vec<Property>,
}

/// A named value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// The namespace of its name.
    pub namespace: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// Its value.
    pub value: Value,
}

/// A value of XMP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, a number or an address.
    Simple(Box<str>),
    /// An array, ordered or not; of an alternative, the default comes first.
    Array(Vec<Value>),
    /// A structure.
    Structure(Vec<Property>),
}

impl Xmp {
    /// Reads a packet. `None` when it is no XML or beyond the limits.
    pub(super) fn read(packet: &[u8]) -> Option<Self> {
        // Packets are padded with white space, and some writers end them with NUL.
        let text = std::str::from_utf8(packet).ok()?.trim_end_matches('\0').trim_start_matches('\u{feff}');
        let mut reader = Reader { xml: NsReader::from_str(text), depth: 0, n_values: 0 };
        reader.xml.resolver_mut().set_max_namespace_bindings(NAMESPACES_MAX);
        let mut properties = Vec::new();
        loop {
            match reader.anywhere()? {
                Anywhere::Start(element) if element.is(RDF, "Description") => properties.extend(reader.description(&element)?),
                Anywhere::Start(_) => {}
                Anywhere::End => return Some(Self { properties }),
            }
        }
    }

    /// The value of a property.
    pub fn value(&self, namespace: &str, name: &str) -> Option<&Value> {
        find(&self.properties, namespace, name)
    }

    /// The text of a property: of an array, its first.
    pub fn text(&self, namespace: &str, name: &str) -> Option<&str> {
        self.value(namespace, name)?.text()
    }

    /// Every text of a property that says something.
    pub fn texts(&self, namespace: &str, name: &str) -> Vec<&str> {
        match self.value(namespace, name) {
            Some(Value::Array(values)) => values.iter().filter_map(Value::text).collect(),
            Some(value) => value.text().into_iter().collect(),
            None => Vec::new(),
        }
    }
}

impl Value {
    /// Its text, without the spaces around it; of an array, its first. `None` when there is nothing in it.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Simple(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Self::Array(values) => values.first()?.text(),
            Self::Structure(_) => None,
        }
    }

    /// A field of a structure, or of the first structure of an array.
    pub fn field(&self, namespace: &str, name: &str) -> Option<&Value> {
        match self {
            Self::Simple(_) => None,
            Self::Array(values) => values.first()?.field(namespace, name),
            Self::Structure(fields) => find(fields, namespace, name),
        }
    }
}

fn find<'p>(properties: &'p [Property], namespace: &str, name: &str) -> Option<&'p Value> {
    properties.iter().find(|property| &*property.name == name && &*property.namespace == namespace).map(|property| &property.value)
}

/// A start tag with its names resolved.
struct Element {
    namespace: Box<str>,
    name: Box<str>,
    attributes: Vec<Property>,
    is_empty: bool,
}

impl Element {
    fn is(&self, namespace: &str, name: &str) -> bool {
        &*self.namespace == namespace && &*self.name == name
    }

    fn attribute(&self, namespace: &str, name: &str) -> Option<&str> {
        match find(&self.attributes, namespace, name)? {
            Value::Simple(text) => Some(text),
            Value::Array(_) | Value::Structure(_) => None,
        }
    }

    /// Attributes that are properties: what is not of RDF or XML itself.
    fn properties(&self) -> impl Iterator<Item = Property> + '_ {
        self.attributes.iter().filter(|attribute| !matches!(&*attribute.namespace, RDF | XML | "")).cloned()
    }
}

/// What comes next in a packet.
enum Anywhere {
    Start(Element),
    End,
}

/// What stands next inside an element.
enum Inside {
    Start(Element),
    Text(String),
    End,
}

/// Every method answers `None` when the packet is not well-formed or beyond the limits; nothing more is read then.
struct Reader<'x> {
    xml: NsReader<&'x [u8]>,
    depth: usize,
    n_values: usize,
}

impl Reader<'_> {
    /// The next start tag, however deep, or the end of the packet.
    fn anywhere(&mut self) -> Option<Anywhere> {
        loop {
            match self.xml.read_event().ok()? {
                Event::Start(start) => return Some(Anywhere::Start(self.element(&start, false)?)),
                Event::Empty(start) => return Some(Anywhere::Start(self.element(&start, true)?)),
                Event::Eof => return Some(Anywhere::End),
                Event::End(_)
                | Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_)
                | Event::GeneralRef(_) => {}
            }
        }
    }

    fn inside(&mut self) -> Option<Inside> {
        loop {
            return Some(match self.xml.read_event().ok()? {
                Event::Start(start) => Inside::Start(self.element(&start, false)?),
                Event::Empty(start) => Inside::Start(self.element(&start, true)?),
                Event::End(_) => Inside::End,
                Event::Text(text) => Inside::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Inside::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => {
                    Inside::Text(quick_xml::escape::unescape(&format!("&{};", reference.xml10_content())).ok()?.into_owned())
                }
                Event::Comment(_) | Event::PI(_) => continue,
                Event::Eof | Event::Decl(_) | Event::DocType(_) => return None,
            });
        }
    }

    fn element(&self, start: &BytesStart<'_>, is_empty: bool) -> Option<Element> {
        let resolver = self.xml.resolver();
        let (namespace, name) = resolver.resolve_element(start.name());
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.ok()?;
            let (namespace, name) = resolver.resolve_attribute(attribute.key);
            let text = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
            if TEXT_BYTES_MAX < text.len() || VALUES_MAX < attributes.len() {
                return None;
            }
            attributes.push(Property { namespace: bound(&namespace), name: name.as_ref().into(), value: simple(&text) });
        }
        Some(Element { namespace: bound(&namespace), name: name.as_ref().into(), attributes, is_empty })
    }

    /// The properties of an `rdf:Description`: its attributes and the elements inside it.
    fn description(&mut self, element: &Element) -> Option<Vec<Property>> {
        let mut properties: Vec<Property> = element.properties().collect();
        self.count(properties.len())?;
        if !element.is_empty {
            self.fields(&mut properties)?;
        }
        Some(properties)
    }

    /// Property elements up to the end of the element they stand in.
    fn fields(&mut self, properties: &mut Vec<Property>) -> Option<()> {
        loop {
            match self.inside()? {
                Inside::Start(element) => {
                    let value = self.nested(|reader| reader.property(&element))?;
                    properties.push(Property { namespace: element.namespace, name: element.name, value });
                }
                Inside::Text(_) => {}
                Inside::End => return Some(()),
            }
        }
    }

    /// The value of a property element or of an item of an array.
    fn property(&mut self, element: &Element) -> Option<Value> {
        self.count(1)?;
        let mut fields: Vec<Property> = element.properties().collect();
        let resource = element.attribute(RDF, "resource").map(simple);
        let short = resource.or_else(|| (!fields.is_empty()).then(|| Value::Structure(std::mem::take(&mut fields))));
        if element.is_empty {
            return Some(short.unwrap_or_else(|| simple("")));
        }
        if element.attribute(RDF, "parseType") == Some("Resource") {
            self.fields(&mut fields)?;
            return Some(Value::Structure(fields));
        }
        let mut text = String::new();
        let mut nested = None;
        loop {
            match self.inside()? {
                Inside::Text(part) => {
                    if TEXT_BYTES_MAX < text.len() + part.len() {
                        return None;
                    }
                    text.push_str(&part);
                }
                Inside::Start(inner) => {
                    let value = self.nested(|reader| reader.node(&inner))?;
                    nested = nested.or(Some(value));
                }
                Inside::End => return Some(nested.or(short).unwrap_or_else(|| simple(&text))),
            }
        }
    }

    /// What stands inside a property element: an array, or a structure.
    fn node(&mut self, element: &Element) -> Option<Value> {
        let is_array = ["Seq", "Bag", "Alt"].iter().any(|kind| element.is(RDF, kind));
        if !is_array {
            return Some(Value::Structure(self.description(element)?));
        }
        let mut values = Vec::new();
        if element.is_empty {
            return Some(Value::Array(values));
        }
        loop {
            match self.inside()? {
                Inside::Start(item) => {
                    let value = self.nested(|reader| reader.property(&item))?;
                    // Of an alternative, `x-default` is what software shows first, wherever it stands.
                    let is_default = item.attribute(XML, "lang").is_some_and(|lang| lang.eq_ignore_ascii_case("x-default"));
                    if is_default { values.insert(0, value) } else { values.push(value) }
                }
                Inside::Text(_) => {}
                Inside::End => return Some(Value::Array(values)),
            }
        }
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth == DEPTH_MAX {
            return None;
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    fn count(&mut self, n_values: usize) -> Option<()> {
        self.n_values += n_values;
        (self.n_values <= VALUES_MAX).then_some(())
    }
}

fn bound(namespace: &ResolveResult<'_>) -> Box<str> {
    match namespace {
        ResolveResult::Bound(namespace) => namespace.as_ref().into(),
        ResolveResult::Unbound | ResolveResult::Unknown(_) => "".into(),
    }
}

fn simple(text: &str) -> Value {
    Value::Simple(repaired(text).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(inside: &str) -> String {
        format!(
            "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='{RDF}' \
             xmlns:dc='{}' xmlns:photoshop='{}' xmlns:e='{}'>{inside}</rdf:RDF></x:xmpmeta><?xpacket end='w'?>",
            ns::DC,
            ns::PHOTOSHOP,
            ns::EXT
        )
    }

    #[test]
    fn every_way_to_write_a_property_is_read() {
        let xmp = Xmp::read(
            packet(
                "<rdf:Description photoshop:City='Rostov &amp; Kiel'><dc:creator><rdf:Seq><rdf:li>A</rdf:li><rdf:li>B</rdf:li></rdf:Seq></dc:creator>\
                 <dc:title><rdf:Alt><rdf:li xml:lang='de'>Titel</rdf:li><rdf:li xml:lang='x-default'>Ti&#x74;le</rdf:li></rdf:Alt></dc:title>\
                 <e:LocationCreated><rdf:Bag><rdf:li rdf:parseType='Resource'><e:City>Kiel</e:City></rdf:li></rdf:Bag></e:LocationCreated>\
                 <e:LocationShown><rdf:Bag><rdf:li e:City='Bonn'/></rdf:Bag></e:LocationShown>\
                 <e:DigitalSourceType rdf:resource='http://x'/></rdf:Description><rdf:Description><photoshop:Credit>C</photoshop:Credit></rdf:Description>",
            )
            .as_bytes(),
        )
        .unwrap();
        assert_eq!(xmp.text(ns::PHOTOSHOP, "City"), Some("Rostov & Kiel"));
        assert_eq!(xmp.texts(ns::DC, "creator"), ["A", "B"]);
        assert_eq!(xmp.text(ns::DC, "title"), Some("Title"));
        assert_eq!(xmp.value(ns::EXT, "LocationCreated").and_then(|place| place.field(ns::EXT, "City")?.text()), Some("Kiel"));
        assert_eq!(xmp.value(ns::EXT, "LocationShown").and_then(|place| place.field(ns::EXT, "City")?.text()), Some("Bonn"));
        assert_eq!(xmp.text(ns::EXT, "DigitalSourceType"), Some("http://x"));
        assert_eq!(xmp.text(ns::PHOTOSHOP, "Credit"), Some("C"));
    }

    #[test]
    fn what_is_too_deep_or_no_xml_is_none() {
        let deep = format!(
            "<rdf:Description>{}{}</rdf:Description>",
            "<dc:a><rdf:Bag><rdf:li>".repeat(2_000),
            "</rdf:li></rdf:Bag></dc:a>".repeat(2_000)
        );
        assert_eq!(Xmp::read(packet(&deep).as_bytes()), None);
        assert_eq!(Xmp::read(packet("<rdf:Description><dc:a>").as_bytes()), None);
        assert_eq!(Xmp::read(b"\xff\xfe"), None);
        // Entities of a packet's own would be a bomb; none is known.
        assert_eq!(Xmp::read(packet("<rdf:Description><dc:a>&lol;</dc:a></rdf:Description>").as_bytes()), None);
    }
}
