//! `courant photo show`: what a picture says of itself.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use courant_photo::{Container, Iim, Metadata, PhotoSays, Property, Value, Xmp};
use serde_json::{Map, Value as Json, json};

use super::Opened;

const DC: &str = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const EXT: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

pub(super) fn run(file: &Path, as_json: bool) -> anyhow::Result<ExitCode> {
    let opened = Opened::read(file)?;
    let container = Container::read(&opened.bytes).with_context(|| file.display().to_string())?;
    let metadata = Metadata::read(&container);
    let says = metadata.says();
    if as_json {
        super::print(&as_object(file, &opened.bytes, &container, &metadata, &says))?;
    } else {
        let mut out = std::io::stdout().lock();
        for (name, text) in lines(&container, &metadata, &says) {
            writeln!(out, "{name:22} {text}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn as_object(file: &Path, bytes: &[u8], container: &Container<'_>, metadata: &Metadata, says: &PhotoSays) -> Json {
    let notes: Vec<&str> = says.notes.iter().map(|note| note.as_str()).collect();
    let exif = metadata.exif.as_ref().map(|exif| {
        json!({
            "description": exif.description, "artist": exif.artist, "copyright": exif.copyright,
            "taken": exif.taken, "orientation": exif.orientation,
        })
    });
    json!({
        "file": file.file_name().map(|name| name.to_string_lossy()),
        "bytes": bytes.len(),
        "photo": courant_news::PhotoId::of(bytes).to_string(),
        "format": container.format.media_type(),
        "width": container.size.0,
        "height": container.size.1,
        "says": merged(says),
        "notes": notes,
        "faults": metadata.faults,
        "iptc_iim": metadata.iim.as_ref().map_or_else(|| json!({}), iim),
        "iim_declares_utf8": metadata.iim.as_ref().is_some_and(|iim| iim.declares_utf8),
        "iim_charset": metadata.iim.as_ref().map(|iim| iim.charset),
        "xmp": metadata.xmp.as_ref().map_or_else(|| json!({}), main_properties),
        "xmp_properties": metadata.xmp.as_ref().map_or_else(|| json!([]), every_property),
        "exif": exif,
        "has_exif": metadata.has_exif,
        "has_c2pa": metadata.has_c2pa,
    })
}

/// What the picture says, merged, under the names of the IPTC Photo Metadata Standard as this crate writes them; what it
/// does not say is left out.
fn merged(says: &PhotoSays) -> Map<String, Json> {
    let one = [
        ("title", &says.title),
        ("headline", &says.headline),
        ("caption", &says.caption),
        ("caption_writer", &says.caption_writer),
        ("alt", &says.alt),
        ("extended_description", &says.extended_description),
        ("creator_title", &says.creator_title),
        ("credit", &says.credit),
        ("source", &says.source),
        ("copyright_notice", &says.copyright_notice),
        ("usage_terms", &says.usage_terms),
        ("web_statement", &says.web_statement),
        ("licensor_url", &says.licensor_url),
        ("licensor_name", &says.licensor_name),
        ("instructions", &says.instructions),
        ("job_id", &says.job_id),
        ("created", &says.created),
        ("city", &says.city),
        ("sublocation", &says.sublocation),
        ("state", &says.state),
        ("country", &says.country),
        ("country_code", &says.country_code),
        ("event", &says.event),
        ("digital_source_type", &says.digital_source_type),
        ("data_mining", &says.data_mining),
    ];
    let many = [("creators", &says.creators), ("keywords", &says.keywords), ("people", &says.people)];
    let one = one.into_iter().filter_map(|(name, text)| Some((name.to_owned(), json!(text.as_ref()?))));
    let many = many.into_iter().filter(|(_, texts)| !texts.is_empty()).map(|(name, texts)| (name.to_owned(), json!(texts)));
    one.chain(many).collect()
}

/// The fields of IIM as they stand, repeated ones as lists.
fn iim(iim: &Iim) -> Json {
    let mut fields = Map::new();
    for said in &iim.said {
        let name = said.field.name();
        if said.field.is_repeated() {
            let list = fields.entry(name).or_insert_with(|| json!([]));
            if let Json::Array(texts) = list {
                texts.push(json!(said.text));
            }
        } else {
            fields.entry(name).or_insert_with(|| json!(said.text));
        }
    }
    Json::Object(fields)
}

/// The properties of XMP that newsrooms look at first, as they stand.
fn main_properties(xmp: &Xmp) -> Json {
    let mut found = Map::new();
    for (key, namespace, name) in [
        ("description", DC, "description"),
        ("title", DC, "title"),
        ("rights", DC, "rights"),
        ("creator", DC, "creator"),
        ("subject", DC, "subject"),
        ("headline", PHOTOSHOP, "Headline"),
        ("credit", PHOTOSHOP, "Credit"),
        ("source", PHOTOSHOP, "Source"),
        ("city", PHOTOSHOP, "City"),
        ("digital_source_type", EXT, "DigitalSourceType"),
    ] {
        if let Some(value) = xmp.value(namespace, name) {
            found.insert(key.to_owned(), plain(value));
        }
    }
    Json::Object(found)
}

fn every_property(xmp: &Xmp) -> Json {
    let property = |property: &Property| json!({ "namespace": property.namespace, "name": property.name, "value": plain(&property.value) });
    xmp.properties.iter().map(property).collect()
}

fn plain(value: &Value) -> Json {
    match value {
        Value::Simple(text) => json!(text),
        Value::Array(values) => values.iter().map(plain).collect(),
        Value::Structure(fields) => fields.iter().map(|field| (field.name.to_string(), plain(&field.value))).collect::<Map<_, _>>().into(),
    }
}

/// The same for a person to read.
fn lines(container: &Container<'_>, metadata: &Metadata, says: &PhotoSays) -> Vec<(String, String)> {
    let mut lines =
        vec![("format".to_owned(), format!("{}, {} x {} pixels", container.format.media_type(), container.size.0, container.size.1))];
    for (name, value) in merged(says) {
        let text = match value {
            Json::Array(texts) => texts.iter().filter_map(Json::as_str).collect::<Vec<_>>().join("; "),
            value => value.as_str().unwrap_or_default().replace('\n', " "),
        };
        lines.push((name.replace('_', " "), text));
    }
    let blocks =
        [("IIM", metadata.iim.is_some()), ("XMP", metadata.xmp.is_some()), ("Exif", metadata.has_exif), ("C2PA", metadata.has_c2pa)];
    let present: Vec<&str> = blocks.into_iter().filter_map(|(name, is_there)| is_there.then_some(name)).collect();
    lines.push(("read from".to_owned(), if present.is_empty() { "no metadata".to_owned() } else { present.join(", ") }));
    lines.extend(says.notes.iter().map(|note| ("note".to_owned(), note.as_str().to_owned())));
    lines.extend(metadata.faults.iter().map(|fault| ("fault".to_owned(), (*fault).to_owned())));
    lines
}
