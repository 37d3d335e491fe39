//! Counters of the serving threads, and their Prometheus text.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use super::cache::PageCache;
use super::hub::Hub;

/// What one serving thread counted. Only that thread writes, so cores do not share the line.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// Answers by class: 1xx to 5xx.
    pub(super) answers: [AtomicU64; 5],
    pub(super) hits: AtomicU64,
    pub(super) misses: AtomicU64,
    pub(super) bypassed: AtomicU64,
    pub(super) body_bytes: AtomicU64,
    pub(super) refused_connections: AtomicU64,
    pub(super) dropped_slow: AtomicU64,
    pub(super) frames_sent: AtomicU64,
    pub(super) connections_open: AtomicI64,
    pub(super) streams_open: AtomicI64,
}

impl Counters {
    pub(super) fn answered(&self, status: http::StatusCode, body_len: u64) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(1).min(self.answers.len() - 1);
        self.answers[class].fetch_add(1, Ordering::Relaxed);
        self.body_bytes.fetch_add(body_len, Ordering::Relaxed);
    }
}

/// Everything the serving layer counts, for the operator's listener and for tests.
#[derive(Clone)]
pub struct Metrics {
    pub(super) threads: Vec<Arc<Counters>>,
    pub(super) rendering: Arc<AtomicI64>,
    pub(super) cache: Arc<PageCache>,
    pub(super) hub: Arc<Hub>,
}

impl Metrics {
    fn sum(&self, of: impl Fn(&Counters) -> &AtomicU64) -> u64 {
        self.threads.iter().map(|counters| of(counters).load(Ordering::Relaxed)).sum()
    }

    fn sum_open(&self, of: impl Fn(&Counters) -> &AtomicI64) -> i64 {
        self.threads.iter().map(|counters| of(counters).load(Ordering::Relaxed)).sum()
    }

    /// Event streams open now.
    pub fn streams_open(&self) -> i64 {
        self.sum_open(|counters| &counters.streams_open)
    }

    /// Connections open now, streams included.
    pub fn connections_open(&self) -> i64 {
        self.sum_open(|counters| &counters.connections_open)
    }

    /// Requests answered from the page cache, and pages that had to be rendered.
    pub fn cache_hits_and_misses(&self) -> (u64, u64) {
        (self.sum(|counters| &counters.hits), self.sum(|counters| &counters.misses))
    }

    /// The counters in Prometheus text exposition format.
    pub fn render(&self) -> String {
        let mut text = String::with_capacity(4096);
        let name = "courant_http_answers_total";
        head(&mut text, name, "counter", "Answers by status class and serving thread.");
        for (thread, counters) in self.threads.iter().enumerate() {
            for (class, count) in (1..).zip(&counters.answers) {
                let count = count.load(Ordering::Relaxed);
                line(&mut text, &format!("{name}{{thread=\"{thread}\",class=\"{class}xx\"}}"), count);
            }
        }
        for (name, help, value) in self.totals() {
            head(&mut text, name, "counter", help);
            line(&mut text, name, value);
        }
        for (name, help, value) in self.gauges() {
            head(&mut text, name, "gauge", help);
            line(&mut text, name, value);
        }
        text
    }

    fn totals(&self) -> [(&'static str, &'static str, u64); 12] {
        let counts = self.cache.counts();
        let load = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let (_, published) = self.hub.size();
        [
            ("courant_http_body_bytes_total", "Bytes of whole bodies sent.", self.sum(|c| &c.body_bytes)),
            ("courant_cache_hits_total", "Requests answered from the page cache.", self.sum(|c| &c.hits)),
            ("courant_cache_misses_total", "Requests that found no valid page.", self.sum(|c| &c.misses)),
            ("courant_cache_bypassed_total", "Requests that may not be cached.", self.sum(|c| &c.bypassed)),
            ("courant_cache_stored_total", "Pages put into the cache.", load(&counts.stored)),
            ("courant_cache_invalidations_total", "Calls that dropped pages.", load(&counts.invalidations)),
            ("courant_cache_refused_stale_total", "Pages overtaken while rendered.", load(&counts.refused_stale)),
            ("courant_cache_refused_size_total", "Pages too big for the cache.", load(&counts.refused_size)),
            ("courant_stream_frames_published_total", "Frames put into the live log.", published),
            ("courant_stream_frames_sent_total", "Frames given to readers.", self.sum(|c| &c.frames_sent)),
            ("courant_connections_refused_total", "Connections beyond the limit.", self.sum(|c| &c.refused_connections)),
            ("courant_connections_dropped_total", "Connections too slow for us.", self.sum(|c| &c.dropped_slow)),
        ]
    }

    fn gauges(&self) -> [(&'static str, &'static str, i64); 6] {
        let (filters, _) = self.hub.size();
        let (pages, page_bytes) = self.cache.size();
        [
            ("courant_connections_open", "Connections open now.", self.connections_open()),
            ("courant_streams_open", "Event streams open now.", self.streams_open()),
            ("courant_stream_filters", "Distinct filters with readers.", signed(filters as u64)),
            ("courant_renders_running", "Requests being rendered.", self.rendering.load(Ordering::Relaxed)),
            ("courant_cache_pages", "Pages in the cache.", signed(pages as u64)),
            ("courant_cache_bytes", "Bytes the pages are counted as.", signed(page_bytes)),
        ]
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}").expect("a string takes every write");
}

fn line(text: &mut String, series: &str, value: impl std::fmt::Display) {
    writeln!(text, "{series} {value}").expect("a string takes every write");
}
