//! Many readers of one event stream: memory a reader, the time until the last one has a story, and what it costs.
//!
//! Ours, nchan and a server that only sends, in turn, under the same crowd of readers.

mod crowd;
pub(crate) mod floor;
mod frames;
mod services;

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::mover::{Moved, new_word};
use super::stats::{median, ms, per, quantile};
use super::table::{begin, left_out, ratio, row};
use super::{Bench, Peer};
use crowd::{Crowd, Faults, MESSAGES_MAX};
use services::Kind;

/// All in turn, this often.
const ROUNDS: usize = 3;
/// Messages in each turn.
const N_MESSAGES: u32 = 10;
const _: () = assert!(N_MESSAGES <= MESSAGES_MAX);
/// A reader who has no message after this has lost it.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Before memory is read, and before the first message.
const SETTLE: Duration = Duration::from_secs(1);
/// Between two messages.
const PAUSE: Duration = Duration::from_millis(100);
/// Files this process has open beside its readers.
const FILES_RESERVED: usize = 64;

/// What one kind of server came to, in one turn or in all.
#[derive(Default)]
struct Outcome {
    /// Memory a reader, a value a turn.
    bytes: Vec<f64>,
    /// Processor time of the server for a reader and message, a value a turn.
    cpu_us: Vec<f64>,
    messages: Vec<Message>,
    faults: Faults,
}

/// One message, in milliseconds.
struct Message {
    /// From the start of what sends it to the last reader.
    from_start: f64,
    /// From its being durable to the last reader.
    from_durable: f64,
    /// From the first reader to the last.
    from_first: f64,
    /// From its being durable to half of the readers, and to 99 of 100.
    half: f64,
    most: f64,
}

pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    let n_readers = bench.options.readers;
    let limit = raise_limit_of_open_files()?;
    let n_readers_max = limit.saturating_sub(FILES_RESERVED);
    ensure!(
        0 < n_readers && n_readers <= n_readers_max,
        "--readers {n_readers}: a process may hold 1 to {n_readers_max} here (ulimit -Hn)"
    );
    let data = bench.reuters()?.data;
    let missing = bench.options.left_out(Peer::Nchan).or_else(services::nchan_is_missing);
    let mut kinds = vec![Kind::Courant, Kind::Floor { threads: 1 }, Kind::Floor { threads: 2 }];
    if missing.is_none() {
        kinds.extend([Kind::Nchan { workers: 1 }, Kind::Nchan { workers: 2 }]);
    }

    let mut outcomes: Vec<(Kind, Outcome)> = kinds.into_iter().map(|kind| (kind, Outcome::default())).collect();
    // Ours comes first and decides how large an event is.
    let mut event_bytes = 0;
    for _ in 0..ROUNDS {
        for (kind, outcome) in &mut outcomes {
            let service = kind.start(bench, &data)?;
            let turn = turn(&service, n_readers, &mut event_bytes).with_context(|| kind.name())?;
            outcome.add(turn);
        }
    }
    print(n_readers, event_bytes, &outcomes);
    if let Some(why) = missing {
        left_out("nchan", &why);
    }
    Ok(())
}

/// Lets this process, and those it starts, open as many files as it may. Says how many.
fn raise_limit_of_open_files() -> anyhow::Result<usize> {
    let files = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: files.maximum, maximum: files.maximum })
        .context("cannot raise the limit of open files")?;
    Ok(files.maximum.map_or(usize::MAX, |files| usize::try_from(files).unwrap_or(usize::MAX)))
}

/// One server, from its first reader to its last message.
fn turn(service: &services::Service, n_readers: usize, event_bytes: &mut usize) -> anyhow::Result<Outcome> {
    std::thread::sleep(SETTLE);
    let before = service.process().pss();
    let mark = new_word();
    let (addr, path) = service.stream();
    let mut crowd = Crowd::connect(addr, path, n_readers, &mark)?;
    crowd.linger(SETTLE)?;
    let bytes = per(service.process().pss().saturating_sub(before), n_readers as u64);

    let spent = service.process().cpu_us();
    let mut messages = Vec::new();
    for number in 0..N_MESSAGES {
        messages.push(send(service, &mut crowd, &mark, number, *event_bytes)?);
        crowd.linger(PAUSE)?;
    }
    let spent = service.process().cpu_us() - spent;
    if *event_bytes == 0 {
        *event_bytes = crowd.event_bytes();
    }
    let cpu_us = per(spent, n_readers as u64 * u64::from(N_MESSAGES));
    Ok(Outcome { bytes: vec![bytes], cpu_us: vec![cpu_us], messages, faults: crowd.faults() })
}

fn send(service: &services::Service, crowd: &mut Crowd, mark: &str, number: u32, event_bytes: usize) -> anyhow::Result<Message> {
    std::thread::scope(|scope| {
        let sending = scope.spawn(|| service.send(mark, number, event_bytes));
        let arrivals = crowd.await_message(number, Instant::now() + TIMEOUT)?;
        let moved = sending.join().map_err(|_| anyhow::anyhow!("the sender panicked"))??;
        Message::new(&moved, arrivals).with_context(|| format!("no reader got message {number}"))
    })
}

impl Message {
    /// `None` when nobody got it.
    fn new(moved: &Moved, arrivals: &[Instant]) -> Option<Self> {
        let (first, last) = (arrivals.first()?, arrivals.last()?);
        let since: Vec<f64> = arrivals.iter().map(|arrived| ms(arrived.saturating_duration_since(moved.durable))).collect();
        Some(Self {
            from_start: ms(*last - moved.began),
            from_durable: ms(last.saturating_duration_since(moved.durable)),
            from_first: ms(*last - *first),
            half: median(&since),
            most: quantile(&since, 0.99),
        })
    }
}

impl Outcome {
    fn add(&mut self, turn: Self) {
        self.bytes.extend(turn.bytes);
        self.cpu_us.extend(turn.cpu_us);
        self.messages.extend(turn.messages);
        self.faults = self.faults.and(turn.faults);
    }

    fn middle(&self, field: fn(&Message) -> f64) -> f64 {
        median(&self.messages.iter().map(field).collect::<Vec<_>>())
    }

    fn worst(&self, field: fn(&Message) -> f64) -> f64 {
        self.messages.iter().map(field).fold(0.0, f64::max)
    }
}

fn print(n_readers: usize, event_bytes: usize, outcomes: &[(Kind, Outcome)]) {
    println!("\n{n_readers} readers, {ROUNDS} turns of {N_MESSAGES} messages, {event_bytes} bytes an event.");
    begin(&[
        "server",
        "memory a reader, PSS",
        "to the last reader: median, worst",
        "p50 / p99 of a reader",
        "first reader to last",
        "CPU a reader and message",
        "lost / doubled / out of order",
    ]);
    for (kind, outcome) in outcomes {
        let Faults { lost, doubled, disordered } = outcome.faults;
        row(&[
            &kind.name(),
            &format!("{:.0} bytes", median(&outcome.bytes)),
            &format!("{:.0} ms, {:.0} ms", outcome.middle(|of| of.from_durable), outcome.worst(|of| of.from_durable)),
            &format!("{:.0} / {:.0} ms", outcome.middle(|of| of.half), outcome.middle(|of| of.most)),
            &format!("{:.0} ms", outcome.middle(|of| of.from_first)),
            &format!("{:.1} us", median(&outcome.cpu_us)),
            &format!("{lost} / {doubled} / {disordered}"),
        ]);
    }
    let Some(((_, ours), peers)) = outcomes.split_first() else { return };
    println!(
        "\nOurs counts from the receipt, when the entry is durable; from the start of `courant wire move` it is {:.0} ms to the last reader \
         (worst {:.0} ms). The others store nothing and count from the start of the POST.",
        ours.middle(|of| of.from_start),
        ours.worst(|of| of.from_start)
    );
    begin(&["Courant beside", "to the last reader", "first reader to last", "CPU a reader and message", "memory a reader"]);
    for (kind, peer) in peers {
        row(&[
            &kind.name(),
            &ratio(ours.middle(|of| of.from_durable), peer.middle(|of| of.from_durable)),
            &ratio(ours.middle(|of| of.from_first), peer.middle(|of| of.from_first)),
            &ratio(median(&ours.cpu_us), median(&peer.cpu_us)),
            &ratio(median(&ours.bytes), median(&peer.bytes)),
        ]);
    }
}
