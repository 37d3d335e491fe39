//! `courant wire`: the wire from a shell. ninjs in, JSON lines out.

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use courant_formats::ninjs::{self, Audience, Content, Reading, Writing};
use courant_formats::press;
use courant_news::{CorrectionKind, DateKind, EdNote, Fixing, Guid, NewsItem, Offer, Reason, Version, WireEvent, act};
use courant_wire::{Appended, StoryOnWire, WireEntry, WireSeq};
use serde_json::{Value, json};

use crate::cli::{DataOptions, EditOptions, StoryOptions, WireCommand, WithdrawOptions};
use crate::clock;
use crate::data_dir::DataDir;
use crate::{dossier, photo, projections, pumps};

/// How many entries are printed from one read.
const TAIL_BATCH: usize = 256;
/// How often a following tail looks for more.
const TAIL_POLL: Duration = Duration::from_millis(50);
/// The most entries of one story that are shown.
const STORY_ENTRIES_MAX: usize = 10_000;
/// The largest document an act takes.
const DOCUMENT_BYTES_MAX: u64 = 32 << 20;
/// Addresses in printed ninjs are relative to the site: a shell does not know its host.
const NO_HOST: &str = "";

pub(crate) fn run(command: WireCommand) -> anyhow::Result<ExitCode> {
    match command {
        WireCommand::Tail { agency, after, follow, json } => tail(&agency, WireSeq(after), follow, json),
        WireCommand::Show { what, agency } => show(&agency, &what),
        WireCommand::Verify { agency, json } => verify(&agency, json),
        WireCommand::Move(edit) => {
            let data = DataDir::open_or_create(&edit.agency.data)?;
            let document = Document::read(&edit.file, &data)?;
            append(&data, act::move_story(document.item, clock::now()))
        }
        WireCommand::Update(noted) => {
            let note = noted.reason.as_deref().map(Reason::parse).transpose()?;
            edited(&noted.edit, |story, document| {
                act::update(&story.latest, story.standing, document.item, document.offered, note, clock::now())
            })
        }
        WireCommand::Correct { edit, reason, corrective } => {
            let reason = Reason::parse(&reason)?;
            let kind = if corrective { CorrectionKind::Corrective } else { CorrectionKind::Correction };
            edited(&edit, |story, document| {
                act::correct(&story.latest, story.standing, document.item, document.offered, kind, reason, clock::now())
            })
        }
        WireCommand::Refile(noted) => {
            let note = noted.reason.as_deref().map(Reason::parse).transpose()?;
            edited(&noted.edit, |story, document| {
                act::refile(&story.latest, story.standing, document.item, document.offered, note, clock::now())
            })
        }
        WireCommand::Repeat(story) => acted(&story, |story| act::repeat(&story.latest)),
        WireCommand::Release { story, reason } => {
            let note = reason.as_deref().map(Reason::parse).transpose()?;
            acted(&story, |story| act::release(&story.latest, story.standing, note, clock::now()))
        }
        WireCommand::Hold(withdraw) => withdrawn(&withdraw, act::withhold),
        WireCommand::Kill(withdraw) => withdrawn(&withdraw, act::kill),
        WireCommand::Takedown(withdraw) => withdrawn(&withdraw, act::take_down),
    }
}

/// A document an editor offers.
struct Document {
    item: NewsItem,
    /// The version it names; without one it takes what comes next.
    offered: Option<Version>,
}

impl Document {
    /// Reads a document and looks up the photos it names.
    fn read(file: &Path, data: &DataDir) -> anyhow::Result<Self> {
        let mut bytes = Vec::new();
        let name = file.display();
        let mut take = |reader: &mut dyn Read| reader.take(DOCUMENT_BYTES_MAX + 1).read_to_end(&mut bytes);
        if file == Path::new("-") {
            take(&mut std::io::stdin().lock())
        } else {
            std::fs::File::open(file).and_then(|mut file| take(&mut file))
        }
        .with_context(|| format!("cannot read {name}"))?;
        anyhow::ensure!(bytes.len() as u64 <= DOCUMENT_BYTES_MAX, "{name} is larger than {DOCUMENT_BYTES_MAX} bytes; a story is not");
        let bytes = photo::complete(bytes, data.wire.as_ref()).with_context(|| name.to_string())?;
        let read =
            ninjs::read(&bytes, &Reading { now: clock::now(), base_url: None }).map_err(|refused| anyhow::anyhow!("{name}: {refused}"))?;
        for repair in &read.repairs {
            eprintln!("courant: {name}: {repair}");
        }
        let names_version = serde_json::from_slice::<Value>(&bytes).is_ok_and(|document| document.get("version").is_some());
        match read.content {
            Content::Story(item) => {
                Ok(Self { offered: names_version.then_some(item.version), item: photo::settle(*item, data.wire.as_ref())? })
            }
            Content::Withdrawal(withdrawal) => {
                anyhow::bail!("{name} is a withdrawal of {}; use `courant wire hold` or `courant wire kill`", withdrawal.guid)
            }
        }
    }
}

fn edited(edit: &EditOptions, event: impl FnOnce(&StoryOnWire, Document) -> WireEvent) -> anyhow::Result<ExitCode> {
    let data = DataDir::open(&edit.agency.data)?;
    let document = Document::read(&edit.file, &data)?;
    let story = on_wire(&data, &document.item.guid)?;
    append(&data, event(&story, document))
}

fn acted(options: &StoryOptions, event: impl FnOnce(&StoryOnWire) -> WireEvent) -> anyhow::Result<ExitCode> {
    let data = DataDir::open(&options.agency.data)?;
    let story = on_wire(&data, &Guid::parse(&options.guid)?)?;
    append(&data, event(&story))
}

fn withdrawn(options: &WithdrawOptions, act: impl FnOnce(&NewsItem, Reason, Option<EdNote>) -> WireEvent) -> anyhow::Result<ExitCode> {
    let reason = Reason::parse(&options.reason)?;
    let ednote = options.ednote.as_deref().map(EdNote::parse).transpose()?;
    acted(&options.story, |story| act(&story.latest, reason, ednote))
}

fn on_wire(data: &DataDir, guid: &Guid) -> anyhow::Result<StoryOnWire> {
    data.wire.story(guid)?.with_context(|| format!("{guid} has not moved yet; move it first, or look it up with `courant search`"))
}

/// Appends, says so, and brings the projections along unless a server does.
pub(crate) fn append(data: &DataDir, event: WireEvent) -> anyhow::Result<ExitCode> {
    say(&append_event(data, event)?, &json!({}), data)
}

/// Appends what an editor does.
pub(crate) fn append_event(data: &DataDir, event: WireEvent) -> anyhow::Result<Appended> {
    Ok(data.wire.append(event, Offer::Next, clock::now())?)
}

/// Prints the receipt of an entry, with `more` in it, and brings the projections along unless a server does.
pub(crate) fn say(appended: &Appended, more: &Value, data: &DataDir) -> anyhow::Result<ExitCode> {
    // The entry is durable from here on: whatever happens next, the answer is that it moved.
    let mut receipt = receipt(appended);
    more.as_object().into_iter().flatten().for_each(|(name, value)| receipt[name] = value.clone());
    writeln!(std::io::stdout(), "{receipt}")?;
    bring_along(data)
}

/// Prints the receipts of several entries, and brings the projections along unless a server does.
pub(crate) fn say_all(appended: &[Appended], data: &DataDir) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    for appended in appended {
        writeln!(out, "{}", receipt(appended))?;
    }
    bring_along(data)
}

fn bring_along(data: &DataDir) -> anyhow::Result<ExitCode> {
    if let Some(lock) = data.try_lock_pumps()? {
        pumps::catch_up_once(data.wire.as_ref(), &mut projections::followers(data, &lock)?)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn receipt(appended: &Appended) -> Value {
    json!({
        "seq": appended.seq.0,
        "kind": appended.event.kind().as_str(),
        "guid": appended.event.guid().as_deref().map(Guid::as_str),
        "version": appended.event.version().map(Version::number),
        "moved_at": appended.moved_at.to_string(),
        "hash": appended.hash.to_string(),
    })
}

fn tail(agency: &DataOptions, mut cursor: WireSeq, follow: bool, as_json: bool) -> anyhow::Result<ExitCode> {
    let data = DataDir::open(&agency.data)?;
    let mut out = std::io::stdout().lock();
    loop {
        let entries = data.wire.read_after(cursor, TAIL_BATCH)?;
        match entries.last() {
            Some(last) => cursor = last.seq,
            None if follow => std::thread::sleep(TAIL_POLL),
            None => return Ok(ExitCode::SUCCESS),
        }
        for entry in &entries {
            let entry = entry.decode()?;
            if as_json {
                writeln!(out, "{}", described(&entry))?;
            } else {
                writeln!(out, "{}", one_line(&entry))?;
            }
        }
        out.flush()?;
    }
}

fn show(agency: &DataOptions, what: &str) -> anyhow::Result<ExitCode> {
    let data = DataDir::open(&agency.data)?;
    let entries = match what.parse::<u64>() {
        Ok(seq) => {
            let mut found = data.wire.read_after(WireSeq(seq.saturating_sub(1)), 1)?;
            found.retain(|entry| entry.seq == WireSeq(seq));
            found
        }
        Err(_) => data.wire.entries_of(&Guid::parse(what)?, STORY_ENTRIES_MAX)?,
    };
    anyhow::ensure!(!entries.is_empty(), "there is no entry or story {what} on this wire; its head is entry {}", data.wire.head()?.0);
    let mut out = std::io::stdout().lock();
    for entry in &entries {
        writeln!(out, "{}", described(&entry.decode()?))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn verify(agency: &DataOptions, as_json: bool) -> anyhow::Result<ExitCode> {
    let data = DataDir::open(&agency.data)?;
    let verified = courant_wire::verify(data.wire.as_ref(), |_| ())?;
    if as_json {
        let fault = verified.fault.as_ref().map(ToString::to_string);
        println!(
            "{}",
            json!({ "entries": verified.n_entries, "head": verified.head.to_string(), "holds": fault.is_none(), "fault": fault })
        );
    } else if verified.fault.is_none() {
        println!("{} entries hold, head {}", verified.n_entries, verified.head);
    }
    match verified.fault {
        None => Ok(ExitCode::SUCCESS),
        Some(_) if as_json => Ok(ExitCode::FAILURE),
        Some(fault) => anyhow::bail!("the wire does not hold: {fault}"),
    }
}

/// An entry as a JSON object: what the wire says of it, and the item or the notice as ninjs 3.1 for clients.
fn described(entry: &WireEntry) -> Value {
    let writing = Writing { base_url: NO_HOST, audience: Audience::Client };
    let event = &entry.event;
    let mut object = json!({
        "seq": entry.seq.0,
        "moved_at": entry.moved_at.to_string(),
        "kind": event.kind().as_str(),
        "guid": event.guid().as_deref().map(Guid::as_str),
        "version": event.version().map(Version::number),
        "pubStatus": pub_status(event),
        "reason": event.reason().map(Reason::as_str),
        "previous": entry.previous.to_string(),
        "hash": entry.hash.to_string(),
    });
    let item = match event {
        WireEvent::Advise(advisory) => json!({ "text": advisory.text.as_str() }),
        WireEvent::DescribeDossier(described) => dossier::as_json(described),
        WireEvent::MergeDossier(merge) => {
            json!({ "from": merge.from.as_str(), "into": merge.into.as_str(), "reason": merge.reason.as_str() })
        }
        WireEvent::Fix(fixing) => described_fixing(fixing),
        WireEvent::DescribePhoto(photo) => photo::as_json(photo),
        WireEvent::KillPhoto(notice) => json!({ "photo": notice.id.to_string(), "reason": notice.reason.as_str() }),
        WireEvent::RankFront(rank) => {
            json!({ "edition": rank.edition.as_str(), "stories": rank.stories().iter().map(Guid::as_str).collect::<Vec<_>>() })
        }
        WireEvent::DescribeSource(source) => press::source(source, Audience::Client),
        WireEvent::MatchReport(found) => press::matched(found, Audience::Client),
        WireEvent::WithdrawReport(notice) => press::notice(notice),
        WireEvent::DescribePartner(agreed) => press::agreement(agreed),
        WireEvent::Tease(teaser) => press::teaser(teaser),
        _ => match (event.item(), event.notice()) {
            (Some(item), _) => ninjs::write(item, &writing),
            (None, Some(notice)) => ninjs::write_notice(notice, entry.moved_at, &writing),
            (None, None) => Value::Null,
        },
    };
    object["item"] = item;
    object
}

/// A fixing with every number as it was published.
fn described_fixing(fixing: &Fixing) -> Value {
    let quotes: Vec<Value> = fixing
        .quotes()
        .iter()
        .map(|quote| {
            json!({ "currency": quote.currency.as_str(), "nominal": quote.nominal, "rate": quote.rate.as_str(), "unit": quote.unit.as_str() })
        })
        .collect();
    json!({
        "source": fixing.source.as_str(),
        "base": fixing.base.as_str(),
        "quotation": fixing.quotation.as_str(),
        "date_kind": fixing.date_kind.as_str(),
        "dated": fixing.dated.to_string(),
        "scope": fixing.scope.as_str(),
        "fetched_at": fixing.fetched_at.to_string(),
        "raw_sha256": fixing.raw_hash.to_string(),
        "quotes": quotes,
    })
}

fn pub_status(event: &WireEvent) -> Option<&'static str> {
    let of_item = event.item().map(|item| item.pub_status);
    let of_notice = event.notice().map(|notice| notice.pub_status);
    of_item.or(of_notice).map(courant_news::PubStatus::as_str)
}

fn one_line(entry: &WireEntry) -> String {
    let event = &entry.event;
    let words = match event {
        WireEvent::Advise(advisory) => advisory.text.to_string(),
        WireEvent::DescribeDossier(dossier) => dossier.texts.first().map(|text| text.title.to_string()).unwrap_or_default(),
        WireEvent::MergeDossier(merge) => format!("{} goes on in {}: {}", merge.from, merge.into, merge.reason),
        WireEvent::RankFront(rank) => format!("{} stories lead the front page in {}", rank.stories().len(), rank.edition),
        WireEvent::Fix(fixing) => {
            let date_kind = match fixing.date_kind {
                DateKind::Observed => "observed",
                DateKind::InForce => "in force from",
            };
            format!("{} {} {}, {} quotes in {}", fixing.source, date_kind, fixing.dated, fixing.quotes().len(), fixing.base)
        }
        WireEvent::DescribePhoto(photo) => format!("{} {}", photo.id, photo.picture.caption),
        WireEvent::KillPhoto(notice) => format!("{} {}", notice.id, notice.reason),
        WireEvent::DescribeSource(source) => format!("{} {} ({})", source.id, source.outlet, source.state.as_str()),
        WireEvent::MatchReport(found) => format!("{}: {}", found.source, found.headline),
        WireEvent::WithdrawReport(notice) => format!("{} {}: {}", notice.outlet.name(), notice.report, notice.reason),
        WireEvent::DescribePartner(agreed) => format!("{} {} ({})", agreed.partner, agreed.name, agreed.state.as_str()),
        WireEvent::Tease(teaser) => format!("{}: {}", teaser.partner, teaser.headline),
        _ => match (event.item(), event.notice()) {
            (Some(item), _) => item.headline.to_string(),
            (None, Some(notice)) => notice.reason.to_string(),
            (None, None) => String::new(),
        },
    };
    let version = event.version().map(|version| format!("v{version}")).unwrap_or_default();
    format!("{:>8}  {}  {:12} {version:4} {words}", entry.seq.0, entry.moved_at.strftime("%Y-%m-%d %H:%M:%S"), event.kind().as_str())
}
