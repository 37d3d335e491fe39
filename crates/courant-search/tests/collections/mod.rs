//! The collections that tests and benches measure with. They lie beside the repository, not in
//! it: their texts may be measured with, never shipped.

use std::path::PathBuf;

use courant_search::{Document, Facet};
use jiff::civil::date;

/// The folder of a collection, or `None` with a line that says so.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let data = std::env::var_os("COURANT_DATA")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")), PathBuf::from);
    let folder = data.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: ../shared/data is absent ({name}); COURANT_DATA names another place");
    None
}

/// A compressed Latin-1 file as text.
pub(crate) fn latin1(path: &std::path::Path) -> String {
    let bytes = zstd::decode_all(std::fs::File::open(path).expect("a readable file")).expect("zstd");
    bytes.into_iter().map(char::from).collect()
}

/// The Reuters-21578 stories with a headline, numbered from 1 in the order of the files.
pub(crate) fn reuters() -> Option<Vec<Document>> {
    let folder = folder("news-reuters21578")?;
    let mut stories = Vec::new();
    for file in 0..20 {
        let text = latin1(&folder.join(format!("reut2-{file:03}.sgm.zst")));
        for story in text.split("<REUTERS ").skip(1) {
            let Some(title) = between(story, "<TITLE>", "</TITLE>") else { continue };
            let title = plain(title);
            if title.is_empty() {
                continue;
            }
            let number = stories.len() as u64 + 1;
            let body = between(story, "<BODY>", "</BODY>").map(plain).unwrap_or_default();
            let mut facets = vec![(Facet::Section, "economy".to_owned())];
            for (tag, facet) in [("TOPICS", Facet::Topic), ("PLACES", Facet::Place)] {
                let values = between(story, &format!("<{tag}>"), &format!("</{tag}>")).unwrap_or_default();
                facets.extend(values.split("<D>").skip(1).filter_map(|value| Some((facet, value.split_once("</D>")?.0.to_owned()))));
            }
            stories.push(Document {
                story: number,
                position: number,
                moved_on: date(1987, 2, 26) + jiff::Span::new().days(number.cast_signed() / 90),
                lang: "en".to_owned(),
                title,
                body,
                urgency: 5,
                is_corrected: false,
                facets,
            });
        }
    }
    Some(stories)
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let start = text.find(open)? + open.len();
    Some(&text[start..start + text[start..].find(close)?])
}

fn plain(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&#3;", "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
