//! `courant import`: stories in, one by one, whatever is wrong with the others.
//!
//! A thread reads and parses; this one decides what each story is to the wire and appends in groups. If nobody else runs
//! the pumps they run here meanwhile. An import can be broken off at any moment and repeated: what the wire has already
//! is known by guid and version.

mod amounts;
mod decide;
mod format;
mod progress;
mod report;
mod sources;
mod subjects;

use std::collections::HashSet;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use courant_formats::incoming::{Content, Reading};
use courant_formats::ninjs::{self, Audience, Writing};
use courant_news::{Guid, Offer, WireEvent};
use courant_wire::WireStore;

use crate::cli::ImportOptions;
use crate::clock;
use crate::data_dir::DataDir;
use crate::projections;
use crate::pumps::Pumps;

use amounts::Amounts;
use decide::{Decision, decide, numbered};
use format::{Format, Parsed};
use progress::Bar;
use report::{Report, Summary, Where};
use subjects::Subjects;

/// How many stories are appended in one transaction.
const GROUP: usize = 2_048;
/// How many parsed stories may wait to be appended.
const PARSED_AHEAD: usize = 2 * GROUP;

pub(crate) fn run(options: &ImportOptions) -> anyhow::Result<ExitCode> {
    let format = Format::of(options.format);
    if options.dry_run { dry_run(options, format) } else { import(options, format) }
}

fn import(options: &ImportOptions, format: Format) -> anyhow::Result<ExitCode> {
    let sources = sources::find(&options.paths, format.endings)?;
    let data = DataDir::open_or_create(&options.agency.data)?;
    let mut report = Report::new(options.report.clone(), &data.reports(), clock::now());
    let began = Instant::now();
    let lock = data.try_lock_pumps()?;
    let pumps = match &lock {
        Some(lock) => Some(Pumps::start(&data.wire, projections::followers(&data, lock)?)?),
        None => None,
    };

    let bar = Bar::of_bytes(sources::n_bytes(&sources));
    let n_bytes_read = Arc::new(AtomicU64::new(0));
    let amounts = Amounts::of(options);
    let mut subjects = options.propose_subjects.then(|| Subjects::learn(data.wire.as_ref())).transpose()?;
    let (sender, parsed) = mpsc::sync_channel::<Parsed>(PARSED_AHEAD);
    let parser = {
        let n_bytes_read = Arc::clone(&n_bytes_read);
        std::thread::spawn(move || parse_all(sources, format, amounts, &sender, &n_bytes_read))
    };
    let mut group = Group::default();
    for document in parsed {
        take(&data, document, &mut group, &mut report, subjects.as_mut())?;
        if let Some(pumps) = &pumps {
            pumps.head.announce(group.head);
        }
        bar.show(n_bytes_read.load(Ordering::Relaxed), report.summary.read);
    }
    group.append(data.wire.as_ref(), &mut report)?;
    parser.join().map_err(|_| anyhow::anyhow!("the reading thread panicked"))?;
    bar.done();

    if let Some(pumps) = pumps {
        pumps.head.announce(group.head);
        follow_up(&pumps)?;
    }
    finish(report, began.elapsed(), options.json)
}

/// Waits until site and search have every story.
fn follow_up(pumps: &Pumps) -> anyhow::Result<()> {
    let head = pumps.head.seq();
    let bar = Bar::of_entries(head.0);
    loop {
        let mut slowest = head;
        for (name, progress) in pumps.progress() {
            if let Some(failure) = progress.failure() {
                anyhow::bail!("the stories are on the wire, but {name} stopped: {failure}; run `courant rebuild {name}`");
            }
            slowest = slowest.min(progress.cursor());
        }
        bar.show(slowest.0, slowest.0);
        if slowest == head {
            bar.done();
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn finish(report: Report, took: Duration, as_json: bool) -> anyhow::Result<ExitCode> {
    let Summary { read, moved, updated, withdrawn, known, refused, mended, proposed, marked, subjects } = report.summary;
    let seconds = took.as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = read as f64 / seconds.max(0.001);
    let path = report.close()?;
    let shown = path.as_ref().map(|path| path.display().to_string());
    if as_json {
        let summary = serde_json::json!({
            "read": read, "moved": moved, "updated": updated, "withdrawn": withdrawn, "known": known, "refused": refused,
            "mended": mended, "amounts_proposed": proposed, "amounts_marked": marked, "subjects_proposed": subjects, "seconds": seconds, "per_second": rate, "report": shown,
        });
        println!("{summary}");
    } else {
        println!(
            "{read} read in {seconds:.1} s ({rate:.0} a second): {moved} moved, {updated} updated, {withdrawn} withdrawn, \
             {known} known already, {mended} mended, {refused} refused"
        );
        if proposed != 0 {
            println!("{proposed} amounts of money proposed, {marked} of them marked");
        }
        if subjects != 0 {
            println!("{subjects} subjects proposed for stories that carry none");
        }
        if let Some(shown) = &shown {
            println!("What was refused, mended or proposed, and why: {shown}");
        }
    }
    Ok(if refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Reads every source to its end; what cannot be read is passed on as a refusal.
fn parse_all(
    sources: Vec<sources::Source>,
    format: Format,
    amounts: Amounts,
    sender: &mpsc::SyncSender<Parsed>,
    n_bytes_read: &Arc<AtomicU64>,
) {
    let reading = Reading { now: clock::now(), base_url: None };
    for source in sources {
        for document in source.documents(format.cut, Arc::clone(n_bytes_read)) {
            for mut parsed in format.parse(document, &reading) {
                parsed.propose(amounts);
                // The other end is gone when appending failed, which is reported there.
                if sender.send(parsed).is_err() {
                    return;
                }
            }
        }
    }
}

/// What will be appended together.
#[derive(Default)]
struct Group {
    events: Vec<(WireEvent, Offer)>,
    places: Vec<Where>,
    guids: HashSet<Guid>,
    head: courant_wire::WireSeq,
}

fn take(data: &DataDir, document: Parsed, group: &mut Group, report: &mut Report, subjects: Option<&mut Subjects>) -> anyhow::Result<()> {
    report.summary.read += 1;
    let read = match document.read {
        Ok(read) => read,
        Err(problem) => {
            report.refused(&document.place, None, &problem);
            return Ok(());
        }
    };
    for repair in &read.repairs {
        report.mended(&document.place, repair);
    }
    let guid = match &read.content {
        Content::Story(item) => item.guid.clone(),
        Content::Withdrawal(withdrawal) => withdrawal.guid.clone(),
    };
    report.proposed(&document.place, &guid, &document.proposals, document.n_marked);
    if let Some(subjects) = subjects {
        report.filed(&document.place, &guid, &subjects.propose(&read.content));
    }
    // What is decided about a story depends on what of it is on the wire.
    if group.guids.contains(&guid) || GROUP <= group.events.len() {
        group.append(data.wire.as_ref(), report)?;
    }
    let known = data.wire.story(&guid)?;
    match decide(data.wire.as_ref(), known.as_ref(), numbered(read, known.as_ref()), clock::now())? {
        Decision::Append(event) => {
            group.events.push((*event, Offer::Later));
            group.places.push(document.place);
            group.guids.insert(guid);
        }
        Decision::Known => report.summary.known += 1,
        Decision::Refuse(problem) => report.refused(&document.place, Some(&guid), &problem),
    }
    Ok(())
}

impl Group {
    fn append(&mut self, wire: &dyn WireStore, report: &mut Report) -> anyhow::Result<()> {
        if self.events.is_empty() {
            return Ok(());
        }
        let events = std::mem::take(&mut self.events);
        let guids: Vec<_> = events.iter().map(|(event, _)| event.guid().map(std::borrow::Cow::into_owned)).collect();
        let outcomes = wire.append_all(events, clock::now())?;
        for ((outcome, place), guid) in outcomes.into_iter().zip(self.places.drain(..)).zip(guids) {
            match outcome {
                Ok(appended) => {
                    self.head = self.head.max(appended.seq);
                    report.summary.appended(appended.event.kind());
                }
                Err(refusal) => report.refused(&place, guid.as_ref(), &refusal.to_string()),
            }
        }
        self.guids.clear();
        Ok(())
    }
}

/// Reads and checks, prints what would move, and touches no agency.
fn dry_run(options: &ImportOptions, format: Format) -> anyhow::Result<ExitCode> {
    use std::io::Write as _;
    let sources = sources::find(&options.paths, format.endings)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let writing = Writing { base_url: "", audience: Audience::Client };
    let (mut n_read, mut n_refused) = (0_u64, 0_u64);
    let n_bytes_read = Arc::new(AtomicU64::new(0));
    let reading = Reading { now: clock::now(), base_url: None };
    let documents = sources.into_iter().flat_map(|source| source.documents(format.cut, Arc::clone(&n_bytes_read)));
    let amounts = Amounts::of(options);
    for mut parsed in documents.flat_map(|document| format.parse(document, &reading)) {
        n_read += 1;
        parsed.propose(amounts);
        let Parsed { place, read, proposals, .. } = parsed;
        match read {
            Ok(read) => {
                for repair in &read.repairs {
                    eprintln!("{place}: {repair}");
                }
                for proposal in &proposals {
                    eprintln!("{place}: {}", report::proposal_in_words(proposal));
                }
                match read.content {
                    Content::Story(item) if options.json => writeln!(out, "{}", ninjs::write(&item, &writing))?,
                    Content::Withdrawal(withdrawal) => {
                        eprintln!("{place}: withdraws {} ({})", withdrawal.guid, withdrawal.pub_status.as_str());
                    }
                    Content::Story(_) => {}
                }
            }
            Err(problem) => {
                n_refused += 1;
                eprintln!("{place}: {problem}");
            }
        }
    }
    out.flush()?;
    if !options.json {
        println!("{n_read} read, {} would move, {n_refused} refused", n_read - n_refused);
    }
    Ok(if n_refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
