//! `courant dossier`: the running coverage of one affair, from a shell. Each act is an entry on the wire.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use courant_news::{
    Dossier, DossierBook, DossierMerge, DossierSlug, DossierState, DossierText, Entity, Guid, KeyEvent, Lang, Offer, Place, Point,
    PubStatus, Reason, Sentence, WireEvent, act,
};
use courant_wire::StoryOnWire;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::cli::{DossierCommand, DossierSaid};
use crate::clock;
use crate::data_dir::DataDir;
use crate::wire::{append, say_all};

/// The largest file a summary is read from; it may have 4,000 characters.
const SUMMARY_BYTES_MAX: u64 = 64 << 10;

pub(crate) fn run(command: &DossierCommand) -> anyhow::Result<ExitCode> {
    match command {
        DossierCommand::Create { slug, title, said } => {
            let data = DataDir::open_or_create(&said.agency.data)?;
            let (slug, lang) = (DossierSlug::parse(slug)?, Lang::parse(&said.lang)?);
            let mut dossier = Dossier::new(slug, DossierText::new(lang, title, None)?);
            // The first description of its slug, or none: the wire refuses one that is taken.
            dossier.version = Some(courant_news::Version::FIRST);
            told(&mut dossier, None, said)?;
            append(&data, described(dossier)?)
        }
        DossierCommand::Describe { slug, title, said } => {
            let data = DataDir::open(&said.agency.data)?;
            let mut dossier = Dossiers::of(&data)?.next(&DossierSlug::parse(slug)?)?;
            told(&mut dossier, title.as_deref(), said)?;
            append(&data, described(dossier)?)
        }
        DossierCommand::Add { slug, guids, key, public, agency } => {
            add(&DataDir::open(&agency.data)?, &DossierSlug::parse(slug)?, guids, key.as_deref(), public.reason.as_deref())
        }
        DossierCommand::Drop { slug, guids, public, agency } => {
            let (data, slug) = (DataDir::open(&agency.data)?, DossierSlug::parse(slug)?);
            let refiled = guids.iter().map(|guid| {
                let story = editable(&data, guid)?;
                anyhow::ensure!(
                    story.latest.dossiers.contains(&slug),
                    "{guid} is not filed under the dossier {slug}, so it cannot be taken out"
                );
                let others = story.latest.dossiers.iter().filter(|filed| **filed != slug).cloned().collect();
                refiled(&story, others, public.reason.as_deref())
            });
            append_all(&data, refiled.collect::<anyhow::Result<_>>()?)
        }
        DossierCommand::Merge { from, into, reason, agency } => {
            let data = DataDir::open(&agency.data)?;
            let (from, into, reason) = (DossierSlug::parse(from)?, DossierSlug::parse(into)?, Reason::parse(reason)?);
            append(&data, WireEvent::MergeDossier(Arc::new(DossierMerge { from, into, reason })))
        }
        DossierCommand::Split { from, into, title, guids, summary, lang, public, agency } => {
            let data = DataDir::open(&agency.data)?;
            let summary = summary.as_deref().map(read_summary).transpose()?;
            let text = DossierText::new(Lang::parse(lang)?, title, summary.as_deref())?;
            split(&data, &DossierSlug::parse(from)?, &DossierSlug::parse(into)?, text, guids, public.reason.as_deref())
        }
        DossierCommand::Close { slug, public, agency } => {
            let data = DataDir::open(&agency.data)?;
            let mut dossier = Dossiers::of(&data)?.next(&DossierSlug::parse(slug)?)?;
            anyhow::ensure!(dossier.state != DossierState::Closed, "the dossier {slug} is closed already");
            dossier.state = DossierState::Closed;
            dossier.note = public.reason.as_deref().map(Reason::parse).transpose()?;
            append(&data, described(dossier)?)
        }
        DossierCommand::List { agency, json } => list(&DataDir::open(&agency.data)?, *json),
        DossierCommand::Show { slug, agency, json } => show(&DataDir::open(&agency.data)?, &DossierSlug::parse(slug)?, *json),
    }
}

/// Files stories under a dossier, and names them among its key events when a sentence is given.
fn add(data: &DataDir, slug: &DossierSlug, guids: &[String], key: Option<&str>, reason: Option<&str>) -> anyhow::Result<ExitCode> {
    let dossiers = Dossiers::of(data)?;
    dossiers.book.takes_stories(slug)?;
    let mut dossier = dossiers.next(slug)?;
    let mut events = Vec::with_capacity(guids.len() + 1);
    for guid in guids {
        let story = editable(data, guid)?;
        let is_filed = story.latest.dossiers.contains(slug);
        anyhow::ensure!(!is_filed || key.is_some(), "{guid} is filed under the dossier {slug} already");
        if !is_filed {
            let filed = story.latest.dossiers.iter().chain([slug]).cloned().collect();
            events.push(refiled(&story, filed, reason)?);
        }
        if let Some(words) = key {
            let item = &story.latest;
            // The day of the place, where the story has one: it is what its dateline prints.
            let on = match &item.dateline {
                Some(dateline) => dateline.date(),
                None => item.times.first_moved_at.to_zoned_datetime(data.zone()?).date(),
            };
            dossier.tell(KeyEvent { on, sentences: vec![Sentence::new(item.lang.clone(), words)?], story: Some(item.guid.clone()) });
        }
    }
    if key.is_some() {
        events.push(described(dossier)?);
    }
    append_all(data, events)
}

/// A new dossier that says where it comes from, and its stories, refiled, in one transaction.
fn split(
    data: &DataDir,
    from: &DossierSlug,
    into: &DossierSlug,
    text: DossierText,
    guids: &[String],
    reason: Option<&str>,
) -> anyhow::Result<ExitCode> {
    let dossiers = Dossiers::of(data)?;
    dossiers.next(from)?;
    anyhow::ensure!(from != into, "a dossier is split into a new one; --into {into} names the same");
    let mut new = Dossier::new(into.clone(), text);
    new.version = Some(courant_news::Version::FIRST);
    new.split_from = Some(from.clone());
    new.note = reason.map(Reason::parse).transpose()?;
    let new = described(new)?;
    // Before anything is written: a slug that is taken must not leave stories under another dossier.
    dossiers.book.admit(&new)?;
    let mut events = vec![new];
    for guid in guids {
        let story = editable(data, guid)?;
        let was = dossiers.all_slugs(from);
        anyhow::ensure!(
            story.latest.dossiers.iter().any(|filed| was.contains(filed)),
            "{guid} is not filed under the dossier {from}; add it to {into} afterwards with `courant dossier add {into} {guid}`"
        );
        let others = story.latest.dossiers.iter().filter(|filed| !was.contains(filed) && *filed != into);
        events.push(refiled(&story, others.chain([into]).cloned().collect(), reason)?);
    }
    append_all(data, events)
}

/// What the wire says of its dossiers.
struct Dossiers {
    book: DossierBook,
    /// As last described, by slug.
    described: Vec<Dossier>,
    merges: Vec<DossierMerge>,
}

impl Dossiers {
    fn of(data: &DataDir) -> anyhow::Result<Self> {
        let mut all = Self { book: DossierBook::default(), described: Vec::new(), merges: Vec::new() };
        for entry in data.wire.dossier_entries()? {
            let event = entry.decode()?.event;
            all.book.note(&event);
            match event {
                WireEvent::DescribeDossier(dossier) => {
                    all.described.retain(|known| known.slug != dossier.slug);
                    all.described.push(Arc::unwrap_or_clone(dossier));
                }
                WireEvent::MergeDossier(merge) => all.merges.push(Arc::unwrap_or_clone(merge)),
                _ => {}
            }
        }
        all.described.sort_by(|one, other| one.slug.cmp(&other.slug));
        Ok(all)
    }

    fn find(&self, slug: &DossierSlug) -> Option<&Dossier> {
        self.described.iter().find(|known| known.slug == *slug)
    }

    /// A dossier with a life of its own, ready to be described anew.
    fn next(&self, slug: &DossierSlug) -> anyhow::Result<Dossier> {
        let known = self.find(slug).ok_or_else(|| courant_news::Refusal::NoSuchDossier { slug: slug.clone() })?;
        if let Some(into) = self.merged_into(slug) {
            return Err(courant_news::Refusal::DossierMerged { slug: slug.clone(), into }.into());
        }
        Ok(Dossier { version: Some(self.book.next_version(slug)), note: None, ..known.clone() })
    }

    /// Where a merged dossier goes on.
    fn merged_into(&self, slug: &DossierSlug) -> Option<DossierSlug> {
        let next = |slug: &DossierSlug| self.merges.iter().find(|merge| merge.from == *slug).map(|merge| merge.into.clone());
        // As many steps as there are merges: nobody can make it walk for ever.
        let chain = std::iter::successors(next(slug), next).take(self.merges.len());
        chain.last()
    }

    /// Every slug under which stories of a dossier may be filed.
    fn all_slugs(&self, slug: &DossierSlug) -> Vec<DossierSlug> {
        let absorbed = self.merges.iter().map(|merge| &merge.from).filter(|from| self.merged_into(from).as_ref() == Some(slug));
        std::iter::once(slug).chain(absorbed).cloned().collect()
    }
}

/// Puts what is said into a description; what is not said stays as it is.
fn told(dossier: &mut Dossier, title: Option<&str>, said: &DossierSaid) -> anyhow::Result<()> {
    let lang = Lang::parse(&said.lang)?;
    let summary = said.summary.as_deref().map(read_summary).transpose()?;
    let at = dossier.texts.iter().position(|text| text.lang == lang);
    if title.is_some() || summary.is_some() {
        let known = at.map(|at| dossier.texts[at].clone());
        let title = title.or(known.as_ref().map(|text| &*text.title));
        let title = title.with_context(|| format!("the dossier {} has no title in {lang} yet; give one with --title", dossier.slug))?;
        let summary = summary.as_deref().or(known.as_ref().and_then(|text| text.summary.as_deref()));
        let text = DossierText::new(lang.clone(), title, summary)?;
        match at {
            Some(at) => dossier.texts[at] = text,
            None => dossier.texts.push(text),
        }
    }
    if let Some(state) = &said.state {
        dossier.state = DossierState::parse(state)?;
    }
    if let Some(day) = &said.start {
        dossier.started_on = Some(parse_day("--start", day)?);
    }
    for day in &said.drop_key_event {
        let day = parse_day("--drop-key-event", day)?;
        let n_before = dossier.key_events.len();
        dossier.key_events.retain(|event| event.on != day);
        anyhow::ensure!(dossier.key_events.len() < n_before, "the dossier {} has no key event of {day}", dossier.slug);
    }
    for typed in &said.key_event {
        dossier.tell(key_event(typed, &lang)?);
    }
    if !said.person.is_empty() {
        dossier.people = said.person.iter().map(|name| Entity::new(name, None)).collect::<Result<_, _>>()?;
    }
    if !said.place.is_empty() {
        dossier.places = said.place.iter().map(|typed| place(typed)).collect::<anyhow::Result<_>>()?;
    }
    match said.parent.as_deref() {
        Some("-") => dossier.parent = None,
        Some(slug) => dossier.parent = Some(DossierSlug::parse(slug)?),
        None => {}
    }
    if !said.related.is_empty() {
        dossier.related = said.related.iter().map(|slug| DossierSlug::parse(slug)).collect::<Result<_, _>>()?;
    }
    dossier.note = said.public.reason.as_deref().map(Reason::parse).transpose()?;
    Ok(())
}

/// `2026-08-12 The shadow crosses Spain.`, with the guid of a story before the sentence when one tells of it.
fn key_event(typed: &str, lang: &Lang) -> anyhow::Result<KeyEvent> {
    let (day, rest) = typed.trim().split_once(char::is_whitespace).with_context(|| {
        format!("--key-event \u{201c}{typed}\u{201d} has no sentence; write a date, then a sentence: 2026-08-12 The shadow crosses Spain.")
    })?;
    let on = parse_day("--key-event", day)?;
    let rest = rest.trim_start();
    let first = rest.split_whitespace().next().unwrap_or_default();
    let is_guid = first.contains(':') && !first.ends_with(':') && Guid::parse(first).is_ok();
    let (story, words) = if is_guid { (Some(Guid::parse(first)?), &rest[first.len()..]) } else { (None, rest) };
    Ok(KeyEvent { on, sentences: vec![Sentence::new(lang.clone(), words)?], story })
}

/// `Luxor`, or `Luxor 25.69,32.64`.
fn place(typed: &str) -> anyhow::Result<Place> {
    let point = typed.rsplit_once(' ').and_then(|(name, point)| {
        let (latitude, longitude) = point.split_once(',')?;
        Some((name, latitude.parse().ok()?, longitude.parse().ok()?))
    });
    Ok(match point {
        Some((name, latitude, longitude)) => Place::new(name, None)?.at(Point::new(latitude, longitude)?),
        None => Place::new(typed, None)?,
    })
}

fn parse_day(option: &str, typed: &str) -> anyhow::Result<Date> {
    typed.parse().with_context(|| format!("{option} {typed} is not a date; write it like 2026-08-12"))
}

/// A summary as typed, or what is in the file of that name.
fn read_summary(typed: &str) -> anyhow::Result<String> {
    let path = Path::new(typed);
    // A text with a space or a line break is no name of a file that anybody means.
    if typed.contains(char::is_whitespace) || !path.is_file() {
        return Ok(typed.to_owned());
    }
    let n_bytes = std::fs::metadata(path).map(|about| about.len()).unwrap_or_default();
    anyhow::ensure!(n_bytes <= SUMMARY_BYTES_MAX, "{typed} is larger than {SUMMARY_BYTES_MAX} bytes; a summary is not");
    std::fs::read_to_string(path).with_context(|| format!("cannot read {typed}"))
}

fn described(dossier: Dossier) -> anyhow::Result<WireEvent> {
    dossier.check()?;
    Ok(WireEvent::DescribeDossier(Arc::new(dossier)))
}

/// A story that can be refiled: one that stands.
fn editable(data: &DataDir, typed: &str) -> anyhow::Result<StoryOnWire> {
    let guid = Guid::parse(typed)?;
    let story = data.wire.story(&guid)?.with_context(|| format!("{guid} has not moved; only what has moved can be filed"))?;
    anyhow::ensure!(
        story.standing.pub_status == PubStatus::Usable,
        "{guid} is withdrawn; release it first, or leave it where readers find its notice"
    );
    Ok(story)
}

fn refiled(story: &StoryOnWire, dossiers: Vec<DossierSlug>, reason: Option<&str>) -> anyhow::Result<WireEvent> {
    let note = reason.map(Reason::parse).transpose()?;
    Ok(act::refile_under(&story.latest, story.standing, dossiers, note, clock::now()))
}

/// Appends everything in one transaction, and prints a receipt of each.
fn append_all(data: &DataDir, events: Vec<WireEvent>) -> anyhow::Result<ExitCode> {
    let events = events.into_iter().map(|event| (event, Offer::Next)).collect();
    let (mut moved, mut refused) = (Vec::new(), None);
    for outcome in data.wire.append_all(events, clock::now())? {
        match outcome {
            Ok(appended) => moved.push(appended),
            // Somebody else was faster with this one; the others stand.
            Err(refusal) => refused = Some(refusal),
        }
    }
    say_all(&moved, data)?;
    match refused {
        Some(refusal) => Err(refusal.into()),
        None => Ok(ExitCode::SUCCESS),
    }
}

fn list(data: &DataDir, as_json: bool) -> anyhow::Result<ExitCode> {
    let dossiers = Dossiers::of(data)?;
    let mut out = std::io::stdout().lock();
    for dossier in &dossiers.described {
        let merged = dossiers.merged_into(&dossier.slug);
        if as_json {
            writeln!(out, "{}", whole(dossier, merged.as_ref()))?;
            continue;
        }
        let state = merged.map_or_else(|| dossier.state.as_str().to_owned(), |into| format!("merged into {into}"));
        let title = dossier.text(&Lang::english()).map_or("", |text| &*text.title);
        writeln!(out, "{:30} {state:10} {title}", dossier.slug.as_str())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn show(data: &DataDir, slug: &DossierSlug, as_json: bool) -> anyhow::Result<ExitCode> {
    let dossiers = Dossiers::of(data)?;
    let dossier = dossiers.find(slug).ok_or_else(|| courant_news::Refusal::NoSuchDossier { slug: slug.clone() })?;
    let merged = dossiers.merged_into(slug);
    let mut out = std::io::stdout().lock();
    if as_json {
        writeln!(out, "{}", whole(dossier, merged.as_ref()))?;
        return Ok(ExitCode::SUCCESS);
    }
    match &merged {
        Some(into) => writeln!(out, "{slug}: merged into {into}")?,
        None => writeln!(out, "{slug}: {}", dossier.state.as_str())?,
    }
    for text in &dossier.texts {
        writeln!(out, "{:6} {}", text.lang.as_str(), text.title)?;
        if let Some(summary) = &text.summary {
            writeln!(out, "       {summary}")?;
        }
    }
    for event in &dossier.key_events {
        for sentence in &event.sentences {
            writeln!(out, "{} {:3} {}", event.on, sentence.lang.as_str(), sentence.words)?;
        }
    }
    let slugs = |slugs: &[DossierSlug]| slugs.iter().map(DossierSlug::as_str).collect::<Vec<_>>().join(", ");
    for (name, value) in [
        ("part of", dossier.parent.as_ref().map(ToString::to_string)),
        ("split from", dossier.split_from.as_ref().map(ToString::to_string)),
        ("related", (!dossier.related.is_empty()).then(|| slugs(&dossier.related))),
    ] {
        if let Some(value) = value {
            writeln!(out, "{name}: {value}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn whole(dossier: &Dossier, merged_into: Option<&DossierSlug>) -> Value {
    let mut object = as_json(dossier);
    object["merged_into"] = json!(merged_into.map(DossierSlug::as_str));
    object
}

/// A dossier as a JSON object.
pub(crate) fn as_json(dossier: &Dossier) -> Value {
    let texts: Vec<Value> =
        dossier.texts.iter().map(|text| json!({ "language": text.lang.as_str(), "title": text.title, "summary": text.summary })).collect();
    let sentences = |event: &KeyEvent| -> Vec<Value> {
        event.sentences.iter().map(|sentence| json!({ "language": sentence.lang.as_str(), "text": sentence.words })).collect()
    };
    let events: Vec<Value> = dossier
        .key_events
        .iter()
        .map(|event| json!({ "on": event.on.to_string(), "sentences": sentences(event), "story": event.story.as_ref().map(Guid::as_str) }))
        .collect();
    let places: Vec<Value> = dossier
        .places
        .iter()
        .map(|place| json!({ "name": place.name, "slug": place.slug, "point": place.point.map(|point| [point.latitude, point.longitude]) }))
        .collect();
    json!({
        "slug": dossier.slug.as_str(),
        "version": dossier.version.map(courant_news::Version::number),
        "state": dossier.state.as_str(),
        "texts": texts,
        "started_on": dossier.started_on.map(|day| day.to_string()),
        "key_events": events,
        "people": dossier.people.iter().map(|person| json!({ "name": person.name, "uri": person.uri })).collect::<Vec<_>>(),
        "places": places,
        "parent": dossier.parent.as_ref().map(DossierSlug::as_str),
        "related": dossier.related.iter().map(DossierSlug::as_str).collect::<Vec<_>>(),
        "split_from": dossier.split_from.as_ref().map(DossierSlug::as_str),
        "note": dossier.note.as_ref().map(Reason::as_str),
    })
}
