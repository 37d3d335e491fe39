//! The page cache: ready answers by request target, dropped by tag.
//!
//! # Why a stale page cannot be served
//!
//! Generations count invalidations. Each tag owns a slot in a fixed table that holds the generation
//! of its last invalidation; a page remembers the generation at which its rendering *began*, and is
//! valid while none of its tags has a later one. The pump commits the read model and then calls
//! [`PageCache::invalidate`]; a rendering that began before the call may have read the old rows, so
//! it stays invalid for ever, whenever it is stored. Tags that share a slot cost a rendering, never
//! correctness, and the table does not grow.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use parking_lot::Mutex;
use quick_cache::sync::Cache;
use quick_cache::{OptionsBuilder, Weighter};
use tokio::sync::watch;

use super::answer::Tag;
use super::page::Page;

/// What the cache may hold unless told otherwise.
pub const CACHE_BYTES_DEFAULT: u64 = 64 << 20;

/// Slots of the generation table. With 65,536, a story's ten tags touch one unrelated page in 6,000 per tag.
const SLOTS: usize = 1 << 16;

/// Other spellings of a target that are remembered.
const ALIASES_MAX: usize = 4096;

/// Pages waiting for a better compression. More than these are left as they are.
const BUSY_PAGES_MAX: usize = 256;

/// A rough size of an entry, from which the cache sizes its tables.
const PAGE_BYTES_TYPICAL: u64 = 64 << 10;

/// Shards, so that two cores seldom wait for each other, yet a big page fits into one.
const SHARDS: usize = 8;

/// Ready answers, shared by all serving threads.
pub struct PageCache {
    pages: Cache<Arc<str>, Arc<Page>, ByWeight>,
    aliases: Cache<Arc<str>, Arc<str>>,
    generation: AtomicU64,
    /// Pages rendered before this generation are invalid whatever their tags.
    floor: AtomicU64,
    slots: Box<[AtomicU64]>,
    invalidating: Mutex<()>,
    flights: Mutex<HashMap<Arc<str>, Flight>>,
    busy_pages: Mutex<Vec<Arc<Page>>>,
    counts: CacheCounts,
}

/// Since the start of the process.
#[derive(Debug, Default)]
pub(super) struct CacheCounts {
    pub(super) invalidations: AtomicU64,
    pub(super) stored: AtomicU64,
    pub(super) refused_stale: AtomicU64,
    pub(super) refused_size: AtomicU64,
}

#[derive(Clone)]
struct ByWeight;

impl Weighter<Arc<str>, Arc<Page>> for ByWeight {
    fn weight(&self, target: &Arc<str>, page: &Arc<Page>) -> u64 {
        target.len() as u64 + page.weight()
    }
}

/// A rendering under way, for those who come meanwhile.
struct Flight {
    generation: u64,
    landed: watch::Receiver<Landed>,
}

/// How a rendering ended.
#[derive(Clone)]
pub(super) enum Landed {
    NotYet,
    Page(Arc<Page>),
    /// The answer was for its own reader only; the others ask for themselves.
    Private,
}

/// Who renders a page that is not there.
pub(super) enum Boarding {
    Lead(Lead),
    Follow { began: u64, landed: watch::Receiver<Landed> },
}

/// The duty to render one target. Dropping it without [`Lead::land`] sends the followers off to try themselves.
pub(super) struct Lead {
    cache: Arc<PageCache>,
    target: Arc<str>,
    /// Taken before anything is read.
    pub(super) generation: u64,
    tell: watch::Sender<Landed>,
}

impl PageCache {
    /// A cache of at most `bytes_max` bytes, counting a page with all its encodings.
    pub fn new(bytes_max: u64) -> Arc<Self> {
        let options = OptionsBuilder::new()
            .shards(SHARDS)
            .estimated_items_capacity(usize::try_from(bytes_max / PAGE_BYTES_TYPICAL).unwrap_or(usize::MAX).max(64))
            .weight_capacity(bytes_max)
            .build()
            .expect("both capacities are set");
        Arc::new(Self {
            pages: Cache::with_options(
                options,
                ByWeight,
                quick_cache::DefaultHashBuilder::default(),
                quick_cache::sync::DefaultLifecycle::default(),
            ),
            aliases: Cache::new(ALIASES_MAX),
            generation: AtomicU64::new(1),
            floor: AtomicU64::new(0),
            slots: (0..SLOTS).map(|_| AtomicU64::new(0)).collect(),
            invalidating: Mutex::new(()),
            flights: Mutex::new(HashMap::new()),
            busy_pages: Mutex::new(Vec::new()),
            counts: CacheCounts::default(),
        })
    }

    /// Drops every page made from one of `tags`. Call it after the read model has committed and
    /// before the act counts as visible: once this returns, no reader gets an older page.
    pub fn invalidate(&self, tags: &[Tag]) {
        self.advance(|next| {
            for tag in tags {
                self.slot(*tag).store(next, Ordering::SeqCst);
            }
        });
    }

    /// Drops every page, for changes that no tag describes (a rebuild, a new configuration).
    pub fn invalidate_all(&self) {
        self.advance(|next| self.floor.store(next, Ordering::SeqCst));
        self.pages.clear();
        self.aliases.clear();
    }

    /// Slots first, then the generation: who sees the new generation sees the new slots.
    fn advance(&self, mark: impl FnOnce(u64)) {
        let _one_at_a_time = self.invalidating.lock();
        let next = self.generation.load(Ordering::SeqCst) + 1;
        mark(next);
        self.generation.store(next, Ordering::SeqCst);
        self.counts.invalidations.fetch_add(1, Ordering::Relaxed);
    }

    /// The current generation. Read it before rendering, or when a request arrives.
    pub(super) fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    /// The valid page for a target.
    pub(super) fn get(&self, target: &str) -> Option<Arc<Page>> {
        if let Some(page) = self.get_exact(target) {
            return Some(page);
        }
        let canonical = self.aliases.get(target)?;
        self.get_exact(&canonical)
    }

    fn get_exact(&self, target: &str) -> Option<Arc<Page>> {
        let page = self.pages.get(target)?;
        if self.is_valid(&page) {
            return Some(page);
        }
        self.pages.remove_if(target, |held| Arc::ptr_eq(held, &page));
        None
    }

    /// True while nothing the page was made from has changed since its rendering began.
    pub(super) fn is_valid(&self, page: &Page) -> bool {
        if page.expires.is_some_and(|at| at <= Instant::now()) {
            return false;
        }
        let now = self.generation();
        if page.checked.load(Ordering::Acquire) == now {
            return true;
        }
        let unchanged = match page.tags() {
            Some(tags) => tags.iter().all(|tag| self.slot(*tag).load(Ordering::SeqCst) <= page.generation),
            None => now <= page.generation,
        };
        let valid = unchanged && self.floor.load(Ordering::SeqCst) <= page.generation;
        if valid {
            // `now` was read before the slots, so it vouches for no invalidation they did not show.
            page.checked.fetch_max(now, Ordering::AcqRel);
        }
        valid
    }

    /// Joins the rendering of a target, or begins it.
    pub(super) fn board(self: &Arc<Self>, target: &str) -> Boarding {
        let mut flights = self.flights.lock();
        if let Some(flight) = flights.get(target) {
            return Boarding::Follow { began: flight.generation, landed: flight.landed.clone() };
        }
        let target: Arc<str> = target.into();
        let (tell, landed) = watch::channel(Landed::NotYet);
        let generation = self.generation();
        flights.insert(target.clone(), Flight { generation, landed });
        Boarding::Lead(Lead { cache: self.clone(), target, generation, tell })
    }

    fn store(&self, target: &Arc<str>, canonical: Option<&str>, page: &Arc<Page>) {
        if !page.is_keepable() {
            return;
        }
        if !self.is_valid(page) {
            self.counts.refused_stale.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let key = match canonical {
            Some(canonical) if canonical != &**target => {
                let canonical: Arc<str> = canonical.into();
                self.aliases.insert(target.clone(), canonical.clone());
                canonical
            }
            _ => target.clone(),
        };
        // Heavier than a shard's share, the cache would refuse it without a word.
        if self.pages.shard_capacity() / 2 < ByWeight.weight(&key, page) {
            self.counts.refused_size.fetch_add(1, Ordering::Relaxed);
            return;
        }
        self.pages.insert(key, page.clone());
        self.counts.stored.fetch_add(1, Ordering::Relaxed);
    }

    /// Remembers a page that is asked for often.
    pub(super) fn note_busy(&self, page: Arc<Page>) {
        let mut busy = self.busy_pages.lock();
        if busy.len() < BUSY_PAGES_MAX {
            busy.push(page);
        }
    }

    /// The pages remembered since the last call that are still valid.
    pub(super) fn take_busy(&self) -> Vec<Arc<Page>> {
        let mut busy = std::mem::take(&mut *self.busy_pages.lock());
        busy.retain(|page| self.is_valid(page));
        busy
    }

    pub(super) fn counts(&self) -> &CacheCounts {
        &self.counts
    }

    /// Pages held, and the bytes they are counted as.
    pub fn size(&self) -> (usize, u64) {
        (self.pages.len(), self.pages.weight())
    }

    fn slot(&self, tag: Tag) -> &AtomicU64 {
        // The upper half stirs the lower: FNV's low bits alone are weak.
        let mixed = tag.hash ^ (tag.hash >> 32);
        &self.slots[usize::try_from(mixed % SLOTS as u64).expect("a remainder of 65,536 fits")]
    }
}

impl Lead {
    /// Ends the flight: keeps the page if it may be kept, and tells the followers.
    pub(super) fn land(self, canonical: Option<&str>, landed: Landed) {
        if let Landed::Page(page) = &landed {
            self.cache.store(&self.target, canonical, page);
        }
        self.tell.send_replace(landed);
    }
}

impl Drop for Lead {
    fn drop(&mut self) {
        // Only a lead enters a flight, and none can while this one is entered.
        self.cache.flights.lock().remove(&self.target);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;
    use std::time::Duration;

    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    use super::super::answer::{Keep, PageNote};
    use super::super::page::Said;
    use super::*;

    fn page(text: &str, tags: &[Tag], generation: u64) -> Arc<Page> {
        let note = PageNote { keep: Keep::Until(tags.to_vec()), canonical: None, last_modified: None };
        let body = Bytes::copy_from_slice(text.as_bytes());
        let page = Page::new(StatusCode::OK, HeaderMap::new(), body, note, generation);
        page.prepare(super::super::coding::Coding::Identity);
        Arc::new(page)
    }

    fn text(page: &Page) -> String {
        match page.respond(&HeaderMap::new()) {
            Said::Answer(response) => String::from_utf8(response.body().to_vec()).unwrap(),
            Said::Prepare(_) | Said::NotAcceptable => panic!("identity was prepared"),
        }
    }

    fn lead(cache: &Arc<PageCache>, target: &str) -> Lead {
        match cache.board(target) {
            Boarding::Lead(lead) => lead,
            Boarding::Follow { .. } => panic!("somebody renders {target} already"),
        }
    }

    #[test]
    fn a_page_overtaken_by_a_change_is_never_stored() {
        let cache = PageCache::new(1 << 20);
        let [a, b] = [Tag::of("a"), Tag::of("b")];
        let overtaken = lead(&cache, "/overtaken");
        cache.invalidate(&[a]);
        let old = page("old", &[a, b], overtaken.generation);
        overtaken.land(None, Landed::Page(old));
        assert!(cache.get("/overtaken").is_none());
        let apart = lead(&cache, "/apart");
        cache.invalidate(&[a]);
        let other = page("other", &[b], apart.generation);
        apart.land(None, Landed::Page(other));
        assert!(cache.get("/apart").is_some());
        cache.invalidate_all();
        assert!(cache.get("/apart").is_none());
    }

    #[test]
    fn a_page_of_too_many_things_hangs_on_all() {
        let cache = PageCache::new(1 << 20);
        let tags: Vec<_> = (0..=super::super::answer::TAGS_MAX).map(|n| Tag::of(&n.to_string())).collect();
        let flight = lead(&cache, "/");
        let wide = page("wide", &tags, flight.generation);
        flight.land(None, Landed::Page(wide));
        assert!(cache.get("/").is_some());
        cache.invalidate(&[Tag::of("something else")]);
        assert!(cache.get("/").is_none());
    }

    #[test]
    fn a_failed_rendering_lets_the_next_reader_try() {
        let cache = PageCache::new(1 << 20);
        let failed = lead(&cache, "/");
        let Boarding::Follow { landed, .. } = cache.board("/") else { panic!("one renders already") };
        drop(failed);
        assert!(landed.has_changed().is_err(), "the followers are told");
        lead(&cache, "/");
    }

    /// Several values, pages made of some of them, more pages than fit, and readers without the
    /// delays of sockets: nobody sees a value older than one that was visible before.
    #[test]
    fn readers_never_go_back_in_time() {
        const VALUES: usize = 4;
        const TARGETS: usize = 40;
        let cache = PageCache::new(64 << 10);
        let stored: [AtomicU64; VALUES] = Default::default();
        let visible: [AtomicU64; VALUES] = Default::default();
        let over = AtomicBool::new(false);
        let turn = std::sync::atomic::AtomicUsize::new(0);
        let tags: Vec<_> = (0..VALUES).map(|n| Tag::of(&n.to_string())).collect();
        // A target shows the values whose bit its number has.
        let values_of = |target: usize| (0..VALUES).filter(move |n| (target + 1) >> n & 1 == 1);
        let render = |target: usize, generation: u64| {
            let values: Vec<_> = values_of(target).map(|n| stored[n].load(Ordering::SeqCst).to_string()).collect();
            let tags: Vec<_> = values_of(target).map(|n| tags[n]).collect();
            page(&values.join(" "), &tags, generation)
        };
        let read = |target: usize| {
            let name = format!("/{target}");
            let arrived = cache.generation();
            loop {
                if let Some(page) = cache.get(&name) {
                    return page;
                }
                match cache.board(&name) {
                    Boarding::Lead(flight) => {
                        let page = render(target, flight.generation);
                        // Time for changes, and for others to come.
                        std::thread::sleep(Duration::from_micros(50));
                        flight.land(None, Landed::Page(page.clone()));
                        return page;
                    }
                    Boarding::Follow { began, landed } => {
                        // As in the service: wait for this very flight, then look whether it may be used.
                        while matches!(*landed.borrow(), Landed::NotYet) && landed.has_changed().is_ok() {
                            std::thread::yield_now();
                        }
                        if let Landed::Page(page) = landed.borrow().clone()
                            && (arrived <= began || cache.is_valid(&page))
                        {
                            return page;
                        }
                    }
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..3 {
                let (read, values_of, visible, over, turn) = (&read, &values_of, &visible, &over, &turn);
                scope.spawn(move || {
                    while !over.load(Ordering::Relaxed) {
                        // Several ask for the same page, so that they meet in one rendering.
                        let target = turn.fetch_add(1, Ordering::Relaxed) / 6 % TARGETS;
                        let least: Vec<_> = values_of(target).map(|n| visible[n].load(Ordering::SeqCst)).collect();
                        let shown = text(&read(target));
                        for (least, shown) in least.iter().zip(shown.split(' ')) {
                            assert!(*least <= shown.parse().unwrap(), "{shown} after {least} was visible");
                        }
                    }
                });
            }
            for writer in 0..2 {
                let (cache, stored, visible, over, tags) = (&cache, &stored, &visible, &over, &tags);
                scope.spawn(move || {
                    let mut value = 0;
                    while !over.load(Ordering::Relaxed) {
                        value += 1;
                        // Each writer has values of its own.
                        let n = writer * 2 + usize::from(value % 3 == 0);
                        stored[n].store(value, Ordering::SeqCst);
                        cache.invalidate(&[tags[n]]);
                        visible[n].store(value, Ordering::SeqCst);
                        if value % 16 == 0 {
                            std::thread::sleep(Duration::from_micros(200));
                        }
                    }
                });
            }
            std::thread::sleep(Duration::from_millis(600));
            over.store(true, Ordering::Relaxed);
        });
        let stored = cache.counts().stored.load(Ordering::Relaxed);
        assert!(100 < stored, "{stored} pages were stored");
    }
}
