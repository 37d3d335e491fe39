//! The sample content, which the binary carries: see `demo/README.md` of this crate for its form.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::Context;
use courant_news::{Dossier, DossierSlug, DossierState, DossierText, Guid, KeyEvent, Lang, Place, Point, Sentence};
use jiff::civil::Date;
use rust_embed::RustEmbed;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "demo/"]
struct Files;

/// Where the content says its pictures are.
const MEDIA_ADDRESS: &str = "https://courant.example/media/";

/// Everything that can be played.
pub(super) struct Content {
    /// The play, in order.
    pub(super) script: Vec<Step>,
    /// Documents by guid and version.
    pub(super) documents: HashMap<(String, String), Value>,
    dossiers: Vec<DossierFile>,
    /// The name on this site of each picture file.
    pictures: HashMap<String, String>,
}

/// One step of the play.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    /// Seconds relative to the start.
    pub(super) at: i64,
    /// What happens.
    pub(super) act: String,
    pub(super) guid: Option<String>,
    pub(super) slug: Option<String>,
    pub(super) from: Option<String>,
    pub(super) into: Option<String>,
    #[serde(default)]
    pub(super) guids: Vec<String>,
    pub(super) version: Option<String>,
    pub(super) embargo_until: Option<i64>,
    pub(super) reason: Option<String>,
    pub(super) note: Option<String>,
    pub(super) ednote: Option<String>,
    pub(super) text: Option<String>,
    pub(super) document: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DossierFile {
    slug: String,
    /// The number of the description; the first without one.
    version: Option<String>,
    state: String,
    texts: serde_json::Map<String, Value>,
    /// YYYY-MM-DD.
    started_on: Option<String>,
    #[serde(default)]
    key_events: Vec<KeyEventFile>,
    /// Slugs of `places.json`.
    #[serde(default)]
    places: Vec<String>,
    #[serde(default)]
    related: Vec<String>,
    split_from: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyEventFile {
    /// YYYY-MM-DD.
    on: String,
    /// By language.
    sentences: BTreeMap<String, String>,
    story: Option<String>,
}

impl Content {
    /// Reads what the binary carries.
    pub(super) fn read() -> anyhow::Result<Self> {
        let mut documents = HashMap::new();
        let mut pictures = HashMap::new();
        for name in Files::iter() {
            let is_lines = Path::new(&*name).extension().is_some_and(|ending| ending == "jsonl");
            if let Some(picture) = name.strip_prefix("pictures/") {
                pictures.insert(picture.to_owned(), media_name(picture, &bytes(&name)?));
            } else if is_lines {
                for line in text(&name)?.lines() {
                    let document: Value = serde_json::from_str(line).with_context(|| format!("{name} of the sample content"))?;
                    let key = |field: &str| document[field].as_str().unwrap_or_default().to_owned();
                    documents.insert((key("uri"), key("version")), document);
                }
            }
        }
        let script = serde_json::from_str(&text("script.json")?).context("script.json of the sample content")?;
        let dossiers = serde_json::from_str(&text("dossiers.json")?).context("dossiers.json of the sample content")?;
        Ok(Self { script, documents, dossiers, pictures })
    }

    /// Writes the pictures under the names their content gives them.
    pub(super) fn store_pictures(&self, folder: &Path) -> anyhow::Result<()> {
        for (file, name) in &self.pictures {
            let path = folder.join(name);
            std::fs::write(&path, bytes(&format!("pictures/{file}"))?).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }

    /// A file of the content as it stands.
    pub(super) fn file(name: &str) -> anyhow::Result<Vec<u8>> {
        bytes(name)
    }

    /// A document with its pictures where this site has them.
    pub(super) fn document(&self, guid: &str, version: &str) -> anyhow::Result<Value> {
        let key = (guid.to_owned(), version.to_owned());
        let mut document =
            self.documents.get(&key).with_context(|| format!("the sample content has no version {version} of {guid}"))?.clone();
        self.point_to_pictures(&mut document);
        Ok(document)
    }

    fn point_to_pictures(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (key, field) in fields {
                    let file = field.as_str().and_then(|href| href.strip_prefix(MEDIA_ADDRESS)).filter(|_| key == "href");
                    match file.and_then(|file| self.pictures.get(file)) {
                        Some(name) => *field = format!("{MEDIA_ADDRESS}{name}").into(),
                        None => self.point_to_pictures(field),
                    }
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.point_to_pictures(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// A dossier as the file describes it.
    pub(super) fn dossier(&self, slug: &str, version: Option<&str>) -> anyhow::Result<Dossier> {
        let known = |file: &&DossierFile| file.slug == slug && file.version.as_deref().unwrap_or("1") == version.unwrap_or("1");
        let file = self.dossiers.iter().find(known).with_context(|| format!("the sample content has no dossier {slug}"))?;
        let mut texts = Vec::new();
        for (lang, text) in &file.texts {
            let title = text["title"].as_str().unwrap_or_default();
            texts.push(DossierText::new(Lang::parse(lang)?, title, text["summary"].as_str())?);
        }
        let first = texts.first().cloned().with_context(|| format!("the dossier {slug} has no title"))?;
        let mut dossier = Dossier::new(DossierSlug::parse(slug)?, first);
        dossier.texts = texts;
        dossier.state = DossierState::parse(&file.state)?;
        let day = |text: &str| text.parse::<Date>().with_context(|| format!("the day {text} of the dossier {slug}"));
        dossier.started_on = file.started_on.as_deref().map(day).transpose()?;
        dossier.related = file.related.iter().map(|slug| DossierSlug::parse(slug)).collect::<Result<_, _>>()?;
        dossier.split_from = file.split_from.as_deref().map(DossierSlug::parse).transpose()?;
        for event in &file.key_events {
            let sentences = event.sentences.iter().map(|(lang, words)| Ok(Sentence::new(Lang::parse(lang)?, words)?));
            let story = event.story.as_deref().map(Guid::parse).transpose()?;
            dossier.tell(KeyEvent { on: day(&event.on)?, sentences: sentences.collect::<anyhow::Result<_>>()?, story });
        }
        let places: Vec<Value> = serde_json::from_str(&text("places.json")?)?;
        for slug in &file.places {
            let place = places.iter().find(|place| place["slug"] == **slug).with_context(|| format!("places.json has no {slug}"))?;
            let point = Point::new(place["lat"].as_f64().unwrap_or_default(), place["lon"].as_f64().unwrap_or_default())?;
            let name = place["names"]["en"].as_str().unwrap_or(slug);
            dossier.places.push(Place::new(name, Some(slug))?.at(point));
        }
        dossier.check()?;
        Ok(dossier)
    }
}

fn bytes(name: &str) -> anyhow::Result<Vec<u8>> {
    let file = Files::get(name).with_context(|| format!("the sample content has no {name}"))?;
    Ok(file.data.into_owned())
}

/// A file of the sample content.
pub(super) fn text(name: &str) -> anyhow::Result<String> {
    String::from_utf8(bytes(name)?).with_context(|| format!("{name} of the sample content is not UTF-8"))
}

/// The name a picture has on the site: of its content, so that it never changes under its name.
fn media_name(file: &str, bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut name = String::new();
    for byte in Sha256::digest(bytes).iter().take(8) {
        let _ = write!(name, "{byte:02x}");
    }
    let ending = Path::new(file).extension().and_then(|ending| ending.to_str()).unwrap_or("svg");
    format!("{name}.{ending}")
}
