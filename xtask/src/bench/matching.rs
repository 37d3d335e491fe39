//! How fast reports are matched when the window is full.

use std::fmt::Write as _;
use std::time::Instant;

use anyhow::Context;
use courant_press::{Clusters, Lang, Report, Shipped, WINDOW_SECS};
use jiff::Timestamp;

use super::{Bench, table};

/// Reports that are timed, once the window is full.
const TIMED: u32 = 20_000;
/// Words of the invented language, the frequent ones first.
const WORDS: u64 = 60_000;
/// Stories that are told at any time.
const STORIES: u64 = 4_000;
const START_SECS: i64 = 1_600_000_000;

/// Invented reports: a story has words of its own and is told by several sources within some hours.
pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    table::begin_goals();
    let n_full = bench.options.reports;
    let mut clusters = Clusters::new(Shipped);
    let mut random = Random(42);
    let pace_micros = WINDOW_SECS * 1_000_000 / i64::from(n_full.max(1));
    let mut number = 0;
    let mut play = |clusters: &mut Clusters<Shipped>, n_reports: u32| -> anyhow::Result<f64> {
        let begun_secs = processor_secs()?;
        for _ in 0..n_reports {
            clusters.take(&report(number, pace_micros, &mut random));
            clusters.settled();
            number += 1;
        }
        Ok(f64::from(n_reports) / (processor_secs()? - begun_secs))
    };
    let filling = play(&mut clusters, n_full)?;
    let full = play(&mut clusters, TIMED)?;
    let invented = {
        let begun_secs = processor_secs()?;
        (0..TIMED).for_each(|number| drop(report(i64::from(number), pace_micros, &mut random)));
        f64::from(TIMED) / (processor_secs()? - begun_secs)
    };
    let what = format!("reports matched a second of one core, {} in the window", clusters.n_reports());
    table::goal(&what, "2,000", &format!("**{full:.0}** (while filling {filling:.0}; inventing them alone {invented:.0})"));
    table::goal("memory of the whole process", "", &resident()?);
    let begun = Instant::now();
    let snapshot = clusters.snapshot();
    let written = begun.elapsed();
    let begun = Instant::now();
    let restored = Clusters::restored(Shipped, &snapshot)?;
    let read = begun.elapsed();
    let figures =
        format!("{} MB, written in {:.1} s, read in {:.1} s", snapshot.len() / 1_000_000, written.as_secs_f64(), read.as_secs_f64());
    table::goal(&format!("snapshot of the window, {} reports restored", restored.n_reports()), "", &figures);
    Ok(())
}

/// Seconds this process has had a processor: what one core does, whoever else is at work on the machine.
fn processor_secs() -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/schedstat").context("cannot read how long this process ran")?;
    let nanos: f64 = stat.split_ascii_whitespace().next().context("nothing is said of how long this process ran")?.parse()?;
    Ok(nanos / 1e9)
}

fn resident() -> anyhow::Result<String> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    Ok(status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("not told").trim().to_owned())
}

fn report(number: i64, pace_micros: i64, random: &mut Random) -> Report {
    let published_at = Timestamp::from_microsecond(START_SECS * 1_000_000 + number * pace_micros).expect("a time of this century");
    // Stories come and go: the one told is among the latest, the newer the likelier.
    let newest = u64::try_from(number).unwrap_or_default() / 6 + STORIES;
    let story = newest - random.below(STORIES).min(random.below(STORIES));
    let mut own = Random(story.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let own: Vec<u64> = (0..8).map(|_| own.below(WORDS)).collect();
    let mut title = String::new();
    for _ in 0..5 {
        write_word(&mut title, own[usize::try_from(random.below(8)).unwrap_or_default()], true);
    }
    let mut summary = String::new();
    for at in 0..18 {
        // Frequent words are frequent: the square of an even draw, twice.
        let common = random.below(1 << 16) * random.below(1 << 16) % WORDS * random.below(WORDS) / WORDS;
        write_word(&mut summary, if at % 3 == 0 { own[usize::try_from(random.below(8)).unwrap_or_default()] } else { common }, false);
    }
    Report { id: number.to_string(), title, summary, lang: Lang::ENGLISH, published_at, ..Report::default() }
}

/// A word that can be spoken, the same for a number always.
fn write_word(out: &mut String, mut number: u64, is_name: bool) {
    const SYLLABLES: [&str; 16] = ["ba", "ke", "di", "lo", "mu", "ra", "te", "si", "no", "vu", "ga", "pe", "fi", "zo", "ku", "la"];
    let from = out.len();
    for _ in 0..4 {
        out.push_str(SYLLABLES[usize::try_from(number % 16).unwrap_or_default()]);
        number /= 16;
    }
    if is_name {
        out[from..=from].make_ascii_uppercase();
    }
    let _ = write!(out, " ");
}

/// Xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }
}
