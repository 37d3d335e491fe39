//! Real pictures of agencies, cameras and test suites: every field that other software reads is read here.
//!
//! The collection is no part of the repository; see CONTRIBUTING.md.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::allow_attributes, reason = "a helper of tests is a test")]

use std::path::PathBuf;

use courant_photo::{Container, IimField, Metadata, Value, Xmp};
use serde_json::Value as Json;

/// Where collections lie: `COURANT_DATA`, or beside the repository.
fn collection() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = std::env::var_os("COURANT_DATA").map_or(beside, PathBuf::from);
    let photos = data.join("photos");
    photos.join("metadata.jsonl").is_file().then_some(photos)
}

/// How many of the expected values of one kind were found.
#[derive(Default)]
struct Recall {
    n_expected: usize,
    missed: Vec<String>,
}

impl Recall {
    fn expect(&mut self, file: &str, name: &str, expected: &str, found: Option<&str>) {
        self.n_expected += 1;
        if found != Some(expected) {
            self.missed.push(format!("{file}: {name} is {expected:?}, read as {found:?}"));
        }
    }
}

#[test]
fn every_expected_field_is_read() {
    let Some(folder) = collection() else {
        println!("skipped: the photo collection is not here; set COURANT_DATA to the folder that has it");
        return;
    };
    let (mut iim, mut xmp, mut merged) = (Recall::default(), Recall::default(), Recall::default());
    let mut n_files = 0;
    for line in std::fs::read_to_string(folder.join("metadata.jsonl")).unwrap().lines() {
        let expected: Json = serde_json::from_str(line).unwrap();
        let name = expected["file"].as_str().unwrap();
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let metadata = Metadata::read(&Container::read(&bytes).unwrap());
        n_files += 1;
        assert_eq!(metadata.has_exif, expected["has_exif"].as_bool().unwrap(), "{name}: Exif");
        assert_eq!(metadata.has_c2pa, expected["has_c2pa"].as_bool().unwrap(), "{name}: C2PA");
        let declares_utf8 = metadata.iim.as_ref().is_some_and(|iim| iim.declares_utf8);
        assert_eq!(declares_utf8, expected["iim_declares_utf8"].as_bool().unwrap(), "{name}: 1:90");
        iim_fields(&mut iim, name, &expected["iptc_iim"], &metadata);
        xmp_fields(&mut xmp, name, &expected["xmp"], metadata.xmp.as_ref());
        merged_fields(&mut merged, name, &expected, &metadata);
    }
    for (kind, recall) in [("IIM", &iim), ("XMP", &xmp), ("merged", &merged)] {
        println!("{kind}: {} of {} values in {n_files} files", recall.n_expected - recall.missed.len(), recall.n_expected);
        recall.missed.iter().for_each(|missed| println!("  {missed}"));
    }
    assert!(0 < iim.n_expected && 0 < xmp.n_expected && 0 < merged.n_expected, "the collection expects something");
    assert_eq!(iim.missed.len() + xmp.missed.len() + merged.missed.len(), 0, "recall is not complete");
}

fn iim_fields(recall: &mut Recall, file: &str, expected: &Json, metadata: &Metadata) {
    for (name, expected) in expected.as_object().unwrap() {
        let found: Vec<&str> =
            metadata.iim.iter().flat_map(|iim| &iim.said).filter(|said| said.field.name() == name).map(|said| said.text.as_ref()).collect();
        match expected {
            Json::Array(texts) => texts.iter().enumerate().for_each(|(idx, text)| {
                recall.expect(file, name, text.as_str().unwrap(), found.get(idx).copied());
            }),
            text => recall.expect(file, name, text.as_str().unwrap(), found.first().copied()),
        }
    }
}

fn xmp_fields(recall: &mut Recall, file: &str, expected: &Json, xmp: Option<&Xmp>) {
    const DC: &str = "http://purl.org/dc/elements/1.1/";
    const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
    const EXT: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
    for (name, expected) in expected.as_object().unwrap() {
        let property = match name.as_str() {
            "headline" => (PHOTOSHOP, "Headline"),
            "credit" => (PHOTOSHOP, "Credit"),
            "city" => (PHOTOSHOP, "City"),
            "digital_source_type" => (EXT, "DigitalSourceType"),
            name => (DC, name),
        };
        let found = xmp.and_then(|xmp| xmp.value(property.0, property.1));
        let texts: Vec<&str> = match found {
            Some(Value::Simple(text)) => vec![text],
            Some(Value::Array(values)) => {
                values.iter().filter_map(|value| if let Value::Simple(text) = value { Some(&**text) } else { None }).collect()
            }
            _ => Vec::new(),
        };
        match expected {
            Json::Array(expected) => expected.iter().enumerate().for_each(|(idx, text)| {
                recall.expect(file, name, text.as_str().unwrap(), texts.get(idx).copied());
            }),
            text => recall.expect(file, name, text.as_str().unwrap(), texts.first().copied()),
        }
    }
}

/// What an editor sees: where XMP says it, that, else what IIM says, without the spaces around it.
fn merged_fields(recall: &mut Recall, file: &str, expected: &Json, metadata: &Metadata) {
    let says = metadata.says();
    let first = |value: &Json| value.as_array().map_or(value.clone(), |values| values.first().cloned().unwrap_or_default());
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fields = [
        ("description", "caption", says.caption.as_deref()),
        ("title", "object_name", says.title.as_deref()),
        ("headline", "headline", says.headline.as_deref()),
        ("credit", "credit", says.credit.as_deref()),
        ("rights", "copyright", says.copyright_notice.as_deref()),
        ("creator", "byline", says.creators.first().map(|creator| &**creator)),
        ("city", "city", says.city.as_deref()),
        ("", "country", says.country.as_deref()),
        ("", "source", says.source.as_deref()),
        ("", "keywords", says.keywords.first().map(|keyword| &**keyword)),
        ("digital_source_type", "", says.digital_source_type.as_deref()),
    ];
    for (of_xmp, of_iim, found) in fields {
        let said = [first(&expected["xmp"][of_xmp]), first(&expected["iptc_iim"][of_iim])];
        let believed = said.iter().filter_map(Json::as_str).map(plain).find(|text| !text.is_empty());
        if let Some(believed) = believed {
            recall.expect(file, of_iim, &believed, found.map(plain).as_deref());
        }
    }
}

#[test]
fn a_latin_1_caption_keeps_its_letters() {
    let Some(folder) = collection() else {
        println!("skipped: the photo collection is not here; set COURANT_DATA to the folder that has it");
        return;
    };
    let bytes = std::fs::read(folder.join("nikon-e995-latin1.jpg")).unwrap();
    let metadata = Metadata::read(&Container::read(&bytes).unwrap());
    let iim = metadata.iim.unwrap();
    assert_eq!(iim.charset, "windows-1252");
    assert!(iim.first(IimField::Caption).unwrap().contains("Dateigröße"), "a German camera's word for the size of a file");
}
