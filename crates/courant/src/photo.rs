//! `courant photo`: what a picture says of itself, and its life on the wire.

mod files;
mod named;
mod show;

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use courant_news::{EdNote, Focus, Photo, PhotoId, PhotoNotice, Picture, PictureTerms, Reason, Rendition, Version, WireEvent};
use courant_photo::{Container, Metadata, PhotoSays, RenditionFile, Still, renditions};
use courant_wire::WireStore;
use serde_json::json;

use crate::cli::{AddPhotoOptions, PhotoCommand};
use crate::data_dir::DataDir;
use crate::wire;

pub(crate) use files::PhotoFiles;
pub(crate) use named::{complete, settle};

/// The largest picture file that is read, in bytes.
const FILE_BYTES_MAX: u64 = 128 << 20;
/// The most entries of one photo that are looked at.
const ENTRIES_MAX: usize = 10_000;

pub(crate) fn run(command: PhotoCommand) -> anyhow::Result<ExitCode> {
    match command {
        PhotoCommand::Show { file, json } => show::run(&file, json),
        PhotoCommand::Add(options) => add(&options),
        PhotoCommand::Kill { id, agency, reason, ednote } => {
            let id = PhotoId::parse(&id)
                .with_context(|| format!("{id} is no photo's name; `courant photo add` prints it, 24 digits from 0 to f"))?;
            let notice = PhotoNotice {
                id,
                // The wire gives the true number when it admits the notice.
                version: Version::FIRST,
                reason: Reason::parse(&reason)?,
                ednote: ednote.as_deref().map(EdNote::parse).transpose()?,
            };
            kill(&DataDir::open(&agency.data)?, notice)
        }
    }
}

/// A file that was read, before anything is decided about it.
struct Opened {
    bytes: Vec<u8>,
}

impl Opened {
    fn read(file: &Path) -> anyhow::Result<Self> {
        let mut bytes = Vec::new();
        let opened = std::fs::File::open(file).with_context(|| format!("cannot open {}", file.display()))?;
        opened.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(Self { bytes })
    }
}

/// Makes the files, keeps them, and puts the photo on the wire. Files nobody names do no harm, so they come first: no entry
/// ever names a file that is not there.
fn add(options: &AddPhotoOptions) -> anyhow::Result<ExitCode> {
    let name = options.file.display();
    let opened = Opened::read(&options.file)?;
    let container = Container::read(&opened.bytes).with_context(|| format!("{name}"))?;
    let metadata = Metadata::read(&container);
    let focus = options.focus.as_deref().map_or(Ok(Focus::CENTRE), Focus::parse)?;
    let says = described(metadata.says(), options)?;
    let id = PhotoId::of(&opened.bytes);
    let data = DataDir::open_or_create(&options.agency.data)?;
    anyhow::ensure!(!is_killed(data.wire.as_ref(), id)?, "the photo {id} was killed, and a kill is final; use another photo");

    let still = Still::decode(&opened.bytes, &container, &metadata).with_context(|| format!("{name}"))?;
    for note in still.notes.iter().copied().chain(metadata.faults.iter().copied()).chain(says.notes.iter().map(|note| note.as_str())) {
        eprintln!("courant: {name}: {note}");
    }
    let made = renditions(&still, focus, &says)?;
    let photo = record(id, focus, &says, &made)?;

    let files = PhotoFiles::of(&data);
    for file in &made {
        files.keep(&file.name, &file.bytes)?;
    }
    files.keep_original(id, container.format.ending(), &opened.bytes)?;
    let appended = wire::append_event(&data, WireEvent::DescribePhoto(photo.into()));
    if appended.is_err() && is_killed(data.wire.as_ref(), id)? {
        // Somebody killed it meanwhile; nothing of it may stay.
        files.forget(made.iter().map(|file| file.name.as_str()), [id])?;
    }
    let receipt = json!({ "photo": id.to_string(), "uri": id.guid().as_str(), "files": made.len() });
    wire::say(&appended?, &receipt, &data)
}

/// What the picture says with what the editor says over it. Caption, credit and alt text must come from one of them.
fn described(mut says: PhotoSays, options: &AddPhotoOptions) -> anyhow::Result<PhotoSays> {
    let given = [
        (&options.caption, &mut says.caption, "caption", "--caption TEXT"),
        (&options.credit, &mut says.credit, "credit", "--credit TEXT"),
        (&options.alt, &mut says.alt, "alt text", "--alt TEXT, what the picture shows for those who do not see it"),
    ];
    for (given, said, field, remedy) in given {
        if let Some(given) = given {
            let given = given.trim();
            *said = (!given.is_empty()).then(|| given.into());
        }
        anyhow::ensure!(said.is_some(), "the {field} is missing, and the picture does not say it; give {remedy}");
    }
    Ok(says)
}

fn record(id: PhotoId, focus: Focus, says: &PhotoSays, made: &[RenditionFile]) -> anyhow::Result<Photo> {
    let files = made
        .iter()
        .map(|file| Rendition::new(&format!("/media/{}", file.name), file.format.media_type(), file.width, file.height))
        .collect::<Result<Vec<_>, _>>()?;
    let text = |text: &Option<Box<str>>| text.as_deref().unwrap_or_default().to_owned();
    let mut picture = Picture::new(&text(&says.caption), &text(&says.credit), &text(&says.alt), files)?;
    picture.copyright_notice.clone_from(&says.copyright_notice);
    let web =
        |address: &Option<Box<str>>| address.clone().filter(|address| address.starts_with("https://") || address.starts_with("http://"));
    picture.terms = PictureTerms {
        creator: (!says.creators.is_empty()).then(|| says.creators.join(", ").into()),
        usage_terms: says.usage_terms.clone(),
        web_statement: web(&says.web_statement),
        licensor_url: web(&says.licensor_url),
        digital_source_type: web(&says.digital_source_type),
    }
    .checked()?;
    let place: Vec<&str> = [&says.sublocation, &says.city, &says.state, &says.country].into_iter().flatten().map(|part| &**part).collect();
    let place = (!place.is_empty()).then(|| place.join(", "));
    Ok(Photo::new(id, picture, focus).taken(says.created.as_deref(), place.as_deref(), &says.keywords)?)
}

/// The entry first; then every file goes, here and, when it applies the entry, in the server.
fn kill(data: &DataDir, notice: PhotoNotice) -> anyhow::Result<ExitCode> {
    let id = notice.id;
    let appended = wire::append_event(data, WireEvent::KillPhoto(notice.into()))?;
    let names = file_names(data.wire.as_ref(), id)?;
    let n_removed = PhotoFiles::of(data).forget(names.iter().map(String::as_str), [id])?;
    wire::say(&appended, &json!({ "photo": id.to_string(), "removed": n_removed }), data)
}

/// Every file the photo ever had, over all its descriptions.
fn file_names(wire: &dyn WireStore, id: PhotoId) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in wire.entries_of(&id.guid(), ENTRIES_MAX)? {
        if let WireEvent::DescribePhoto(photo) = entry.decode()?.event {
            names.extend(photo.picture.renditions.iter().filter_map(|file| file.href.strip_prefix("/media/").map(str::to_owned)));
        }
    }
    Ok(names)
}

fn is_killed(wire: &dyn WireStore, id: PhotoId) -> anyhow::Result<bool> {
    Ok(wire.entries_of(&id.guid(), 1)?.first().is_some_and(|latest| latest.kind == courant_news::EventKind::KillPhoto.as_str()))
}

/// A photo as the wire last described it.
///
/// # Errors
/// When it was never added, or was killed.
fn on_wire(wire: &dyn WireStore, id: PhotoId) -> anyhow::Result<Photo> {
    let latest = wire.entries_of(&id.guid(), 1)?.pop();
    let latest = latest.with_context(|| format!("the photo {id} is not on this wire; add it with `courant photo add`"))?;
    match latest.decode()?.event {
        WireEvent::DescribePhoto(photo) => Ok(std::sync::Arc::unwrap_or_clone(photo)),
        WireEvent::KillPhoto(notice) => anyhow::bail!("the photo {id} was killed ({}); leave it out, or use another", notice.reason),
        _ => anyhow::bail!("entry {} is no description of the photo {id}", latest.seq),
    }
}

/// The photo as an object of JSON.
pub(crate) fn as_json(photo: &Photo) -> serde_json::Value {
    let picture = &photo.picture;
    let files: Vec<_> = picture
        .renditions
        .iter()
        .map(|file| json!({ "href": file.href, "contentType": file.media_type, "width": file.width, "height": file.height }))
        .collect();
    json!({
        "photo": photo.id.to_string(),
        "caption": picture.caption,
        "credit": picture.credit,
        "alt": picture.alt,
        "copyright_notice": picture.copyright_notice,
        "creator": picture.terms.creator,
        "usage_terms": picture.terms.usage_terms,
        "web_statement": picture.terms.web_statement,
        "licensor_url": picture.terms.licensor_url,
        "digital_source_type": picture.terms.digital_source_type,
        "focus": [photo.focus.x(), photo.focus.y()],
        "taken": photo.taken,
        "place": photo.place,
        "keywords": photo.keywords,
        "renditions": files,
    })
}

/// Writes a line of JSON.
fn print(line: &serde_json::Value) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
