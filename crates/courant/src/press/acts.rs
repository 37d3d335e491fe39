//! What editors do: follow a source, let one go, say whether a report belongs to a story, and have sources asked.

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use courant_news::press::{
    DecidedBy, DifferenceState, FeedForm, Outlet, PressLicence, PressMatch, PressSource, PressSubject, ReportNotice, SourceId, SourceState,
    WebAddress,
};
use courant_news::{Lang, Offer, Reason, WireEvent, plain_text};
use courant_press::fetching::Health;
use serde_json::json;

use super::book::Book;
use super::fetcher::{PressDesk, fetch_once, forget_removed};
use super::ledger::{Ledger, Pair};
use super::matching::{Matching, act};
use super::once::Fetching;
use super::show::{health_as_json, line_of};
use crate::cli::{
    ConfirmOptions, DataOptions, DiffersAct, DiffersOptions, EndSourceOptions, PressFetchOptions, PressSourceOptions, RejectOptions,
    TypedSource,
};
use crate::clock;
use crate::config::{self, Press};
use crate::data_dir::DataDir;
use crate::{projections, pumps, serve};

/// How long a command waits for a server to ask a source.
const SERVER_WAIT: Duration = Duration::from_mins(2);
const SERVER_LOOK: Duration = Duration::from_millis(50);
/// Bytes of a list of sources.
const LIST_BYTES_MAX: u64 = 16 << 20;
/// Bytes of copy that are kept of a decided pair.
const LESSON_BYTES_MAX: usize = 4 << 10;

/// The agency's wire and what is known of other media.
pub(super) struct Desk {
    pub(super) data: DataDir,
    pub(super) book: Book,
}

impl Desk {
    pub(super) fn open(agency: &DataOptions) -> anyhow::Result<Self> {
        let data = DataDir::open(&agency.data)?;
        let book = Book::of(&data.press())?;
        Ok(Self { data, book })
    }

    pub(super) fn ledger(&self) -> anyhow::Result<Ledger> {
        Matching::ledger_of(self.data.wire.as_ref(), &self.book)
    }

    /// Matching itself, brought to the head; `None` when another process does it.
    pub(super) fn matching(&self, agency: &str) -> anyhow::Result<Option<Matching>> {
        let Some(_lock) = self.book.try_lock()? else { return Ok(None) };
        let mut matching = Matching::open(Arc::clone(&self.data.wire), self.book.clone(), agency)?;
        matching.catch_up()?;
        forget_removed(&matching, &self.book);
        matching.keep()?;
        self.show()?;
        Ok(Some(matching))
    }

    /// Brings the pages to the head when no server does.
    pub(super) fn show(&self) -> anyhow::Result<()> {
        if let Some(lock) = self.data.try_lock_pumps()? {
            pumps::catch_up_once(self.data.wire.as_ref(), &mut projections::followers(&self.data, &lock)?)?;
        }
        Ok(())
    }

    fn source(&self, name: &str) -> anyhow::Result<Arc<PressSource>> {
        let ledger = self.ledger()?;
        ledger.sources.get(name).cloned().with_context(|| unknown(&ledger, name))
    }
}

fn unknown(ledger: &Ledger, name: &str) -> String {
    let near: Vec<&str> = ledger.sources.keys().map(String::as_str).filter(|id| id.contains(name) || name.contains(id)).take(5).collect();
    let hint = if near.is_empty() { "`courant press list` names all".to_owned() } else { format!("did you mean {}?", near.join(", ")) };
    format!("there is no source “{name}”; {hint}")
}

/// `courant press add`.
pub(super) fn add(options: &PressSourceOptions) -> anyhow::Result<ExitCode> {
    let typed = match &options.list {
        Some(path) => listed(path)?,
        None => vec![options.source.clone()],
    };
    let sources: Vec<PressSource> = typed.iter().map(source_of).collect::<anyhow::Result<_>>()?;
    let data = DataDir::open_or_create(&options.agency.data)?;
    let book = Book::of(&data.press())?;
    let desk = Desk { data, book };
    let mut ledger = desk.ledger()?;
    let (mut events, mut told) = (Vec::new(), Vec::new());
    for source in sources {
        if let Some(other) = ledger.sources.values().find(|other| other.id != source.id && other.feed == source.feed && other.is_shown()) {
            anyhow::bail!("{} is followed already as {}; give its --id to describe it anew", source.feed, other.id);
        }
        let source = Arc::new(source);
        let known = ledger.sources.insert(source.id.as_str().to_owned(), Arc::clone(&source));
        told.push(format!("{} is {}", source.id, if known.is_some() { "described anew" } else { "followed" }));
        events.push((WireEvent::DescribeSource(source), Offer::Next));
    }
    for (outcome, told) in desk.data.wire.append_all(events, clock::now())?.into_iter().zip(told) {
        println!("entry {}: {told}", outcome?.seq);
    }
    desk.show()?;
    Ok(ExitCode::SUCCESS)
}

fn source_of(typed: &TypedSource) -> anyhow::Result<PressSource> {
    let (url, name) = (typed.url.as_deref().unwrap_or_default(), typed.name.as_deref().unwrap_or_default());
    let feed = WebAddress::parse(url)?;
    let home = match &typed.home {
        Some(home) => WebAddress::parse(home)?,
        None => WebAddress::parse(&url[..origin_len(url)])?,
    };
    let id = SourceId::parse(typed.id.as_deref().unwrap_or(name))?;
    let lang = typed.lang.as_deref().map_or_else(|| Ok(Lang::english()), Lang::parse)?;
    let licence = typed
        .licence
        .as_deref()
        .map(|word| PressLicence::from_word(word).with_context(|| format!("licence “{word}” is none; write headline, summary or full")));
    let form = typed
        .form
        .as_deref()
        .map(|word| FeedForm::from_word(word).with_context(|| format!("form “{word}” is none; write rss, atom, json or ninjs")));
    let source = PressSource::new(id, name, home, feed, lang)?.weighing(typed.weight.unwrap_or(PressSource::WEIGHT))?.under(
        licence.transpose()?.unwrap_or_default(),
        typed.terms.as_deref(),
        typed.contact.as_deref(),
    )?;
    Ok(PressSource { form: form.transpose()?, is_paywalled: typed.paywall, ..source })
}

/// The sources of a list, all or none.
fn listed(path: &Path) -> anyhow::Result<Vec<TypedSource>> {
    let mut text = String::new();
    let mut take = |reader: &mut dyn Read| reader.take(LIST_BYTES_MAX).read_to_string(&mut text);
    let read = if path == Path::new("-") {
        take(&mut std::io::stdin().lock())
    } else {
        std::fs::File::open(path).and_then(|mut file| take(&mut file))
    };
    read.with_context(|| format!("cannot read {}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(idx, line)| serde_json::from_str(line).with_context(|| format!("{} line {}", path.display(), idx + 1))).collect()
}

fn origin_len(url: &str) -> usize {
    let rest = url.find("://").map_or(0, |at| at + "://".len());
    url[rest..].find(['/', '?', '#']).map_or(url.len(), |at| rest + at)
}

/// `courant press remove` and `courant press block`.
pub(super) fn end(options: &EndSourceOptions, state: SourceState) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.agency)?;
    let source = desk.source(&options.source)?;
    ensure!(source.state != state, "{} is {} already", source.id, state.as_str());
    let reason = options.reason.as_deref().map(Reason::parse).transpose()?;
    let ended = PressSource { state, reason, ..PressSource::clone(&source) };
    let seq = act(desk.data.wire.as_ref(), WireEvent::DescribeSource(Arc::new(ended)))?;
    desk.show()?;
    // With a server it forgets by itself; without one nobody else would.
    if state == SourceState::Removed && desk.book.try_lock()?.is_some() {
        desk.book.forget(source.id.as_str())?;
        super::queue::Queue::of(desk.book.path("reports")).forget_source(source.id.as_str())?;
    }
    println!("entry {seq}: {} is {}, and nothing of it is shown", source.id, state.as_str());
    Ok(ExitCode::SUCCESS)
}

/// `courant press confirm`.
pub(super) fn confirm(options: &ConfirmOptions) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.agency)?;
    let (pair, found) = desk.ledger()?.named(&options.name)?;
    let confirmed = PressMatch { decided_by: DecidedBy::Editor, ..PressMatch::clone(&found) };
    let seq = act(desk.data.wire.as_ref(), WireEvent::MatchReport(Arc::new(confirmed)))?;
    learn(&desk, &pair, &found, true)?;
    desk.show()?;
    println!("entry {seq}: {} is confirmed: {}", pair.name(), found.headline);
    Ok(ExitCode::SUCCESS)
}

/// `courant press reject`.
pub(super) fn reject(options: &RejectOptions) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.agency)?;
    let (pair, found) = desk.ledger()?.named(&options.name)?;
    let notice = ReportNotice {
        outlet: Outlet::Source(found.source.clone()),
        report: found.report.clone(),
        about: Some(found.about.clone()),
        reason: Reason::parse(&options.reason)?,
    };
    let seq = act(desk.data.wire.as_ref(), WireEvent::WithdrawReport(Arc::new(notice)))?;
    learn(&desk, &pair, &found, false)?;
    desk.show()?;
    println!("entry {seq}: {} is rejected: {}", pair.name(), found.headline);
    Ok(ExitCode::SUCCESS)
}

/// Keeps what an editor decided, for training, unless the source prefers that nobody learns from it.
fn learn(desk: &Desk, pair: &Pair, found: &PressMatch, is_same: bool) -> anyhow::Result<()> {
    let PressSubject::Story(guid) = &found.about else { return Ok(()) };
    let queue = super::queue::Queue::of(desk.book.path("reports"));
    let (mut at, mut theirs) = (super::queue::Position::default(), None);
    loop {
        let arrived = queue.read_after(&at, 512)?;
        let Some((_, behind)) = arrived.last() else { break };
        at = behind.clone();
        theirs =
            arrived.into_iter().map(|(arrived, _)| arrived).find(|one| one.source == pair.source && one.report == pair.report).or(theirs);
    }
    if theirs.as_ref().is_some_and(|theirs| !theirs.may_teach) {
        eprintln!("courant: {} prefers that nobody learns from it, so this decision is not kept for training", found.source);
        return Ok(());
    }
    let story = desk.data.wire.story(guid)?.context("the story of a match is on the wire")?.latest;
    let mut text = plain_text(&story.body);
    text.truncate(text.floor_char_boundary(LESSON_BYTES_MAX));
    desk.book.append(
        "pairs.jsonl",
        &json!({
            "lang": found.lang.as_str(),
            "same_story": is_same,
            "first_url": guid.as_str(), "first_title": story.headline.as_str(), "first_text": text, "first_lang": story.lang.as_str(),
            "second_url": found.link.as_str(), "second_title": found.headline.as_str(),
            "second_text": theirs.map(|theirs| format!("{} {}", theirs.summary, theirs.text)).unwrap_or_default().trim(),
            "decided_at": clock::now().to_string(),
        }),
    )
}

/// `courant press differs`.
pub(super) fn differs(options: &DiffersOptions) -> anyhow::Result<ExitCode> {
    match &options.act {
        None => list_differences(options),
        Some(DiffersAct::Approve { name, number, agency }) => judge(agency, name, *number, DifferenceState::Approved),
        Some(DiffersAct::Dismiss { name, number, agency }) => judge(agency, name, *number, DifferenceState::Dismissed),
    }
}

fn list_differences(options: &DiffersOptions) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.agency)?;
    let ledger = desk.ledger()?;
    let mut out = std::io::stdout().lock();
    let mut n_waiting = 0;
    for (pair, found) in &ledger.matches {
        for (idx, difference) in found.differs.iter().enumerate().filter(|(_, difference)| difference.state == DifferenceState::Waiting) {
            n_waiting += 1;
            let number = idx + 1;
            if options.json {
                let object = json!({
                    "match": pair.name(), "number": number, "kind": difference.kind.as_str(), "ours": difference.ours, "theirs": difference.theirs,
                    "story": pair.story, "source": pair.source, "headline": found.headline.as_str(), "link": found.link.as_str(),
                });
                writeln!(out, "{object}")?;
            } else {
                let kind = difference.kind.as_str();
                writeln!(out, "{} {number}  {kind}: ours “{}”, {} “{}”", pair.name(), difference.ours, pair.source, difference.theirs)?;
                writeln!(out, "              {} — {}", pair.story, found.headline)?;
            }
        }
    }
    if n_waiting == 0 && !options.json {
        writeln!(out, "nothing waits for an editor")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn judge(agency: &DataOptions, name: &str, number: Option<usize>, state: DifferenceState) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(agency)?;
    let (pair, found) = desk.ledger()?.named(name)?;
    let mut judged = PressMatch::clone(&found);
    let n_differs = judged.differs.len();
    ensure!(n_differs != 0, "match {} differs in nothing", pair.name());
    if let Some(number) = number {
        ensure!((1..=n_differs).contains(&number), "difference {number} of match {} is not there; it has {n_differs}", pair.name());
    }
    for (idx, difference) in judged.differs.iter_mut().enumerate() {
        if number.is_none_or(|number| number == idx + 1) {
            difference.state = state;
        }
    }
    let seq = act(desk.data.wire.as_ref(), WireEvent::MatchReport(Arc::new(judged)))?;
    desk.show()?;
    println!("entry {seq}: {}", if state == DifferenceState::Approved { "readers see it" } else { "dismissed" });
    Ok(ExitCode::SUCCESS)
}

/// `courant press fetch`.
pub(super) fn fetch(options: &PressFetchOptions) -> anyhow::Result<ExitCode> {
    let press = config::press(options.config.as_deref())?;
    let desk = Desk::open(&options.agency)?;
    let ledger = desk.ledger()?;
    let active = ledger.active();
    let sources: Vec<Arc<PressSource>> = match options.sources.as_slice() {
        [] => active.values().cloned().collect(),
        named => {
            let one = |name: &String| active.get(name).cloned().with_context(|| unknown(&ledger, name));
            named.iter().map(one).collect::<anyhow::Result<_>>()?
        }
    };
    ensure!(!sources.is_empty(), "no source is followed; `courant press add URL --name NAME` follows one");
    if !options.once && options.sources.is_empty() {
        return follow(&desk, press);
    }
    let answered = match desk.book.try_lock()? {
        Some(_lock) => {
            let fetching = Arc::new(Fetching::new(press.clone(), desk.book.clone(), None)?);
            fetch_once(&fetching, sources)?
        }
        None => by_the_server(&desk.book, sources)?,
    };
    desk.matching(&press.agency)?;
    let mut is_well = true;
    let mut out = std::io::stdout().lock();
    for (source, health) in &answered {
        match health {
            Ok(health) => {
                is_well &= health.problem.is_none();
                if options.json {
                    writeln!(out, "{}", health_as_json(source, health))?;
                } else {
                    writeln!(out, "{}", line_of(source, health, clock::now()))?;
                }
            }
            Err(error) => {
                is_well = false;
                eprintln!("courant: {}: {error:#}", source.id);
            }
        }
    }
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Fetches and matches until it is told to stop, in a server's stead.
fn follow(desk: &Desk, press: Press) -> anyhow::Result<ExitCode> {
    let press = Press { is_on: true, ..press };
    let running = PressDesk::start(&desk.data.wire, &desk.data.press(), &press)?;
    let running = running.context("another process fetches for this data directory; use --once to have a source asked now")?;
    println!("Fetching; end it with Ctrl-C");
    serve::until_told_to_stop()?;
    drop(running);
    desk.show()?;
    Ok(ExitCode::SUCCESS)
}

/// Has the server ask, and waits until it has.
fn by_the_server(book: &Book, sources: Vec<Arc<PressSource>>) -> anyhow::Result<Vec<(Arc<PressSource>, anyhow::Result<Health>)>> {
    let asked_at = clock::now();
    for source in &sources {
        book.want(source.id.as_str())?;
    }
    let began = Instant::now();
    let mut answered = Vec::new();
    for source in sources {
        let health = loop {
            let health = book.health(source.id.as_str());
            if health.asked_at.is_some_and(|at| asked_at <= at) {
                break Ok(health);
            }
            if SERVER_WAIT < began.elapsed() {
                break Err(anyhow::anyhow!("the server has not asked it within two minutes; `courant press list` says how it is"));
            }
            std::thread::sleep(SERVER_LOOK);
        };
        answered.push((source, health));
    }
    Ok(answered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_of_a_feed_is_its_site() {
        for (url, origin) in [("https://a.example/feed?x", "https://a.example"), ("http://a.example:80", "http://a.example:80"), ("x", "x")]
        {
            assert_eq!(&url[..origin_len(url)], origin);
        }
    }
}
