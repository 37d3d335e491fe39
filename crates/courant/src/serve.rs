//! `courant serve`, and what the demonstration shares with it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use courant_card::{FontSource, Painter};
use courant_projections::index::IndexFollower;
use courant_projections::site::{SiteFollower, SiteStore};
use courant_search::SearchIndex;
use courant_web::serve::{CACHE_BYTES_DEFAULT, Hub, Operation, Options, PageCache, Readiness, Running, Server, Site, Tag};
use courant_web::site::{self, Agency, FeedHub, SiteState};
use courant_wire::pump::{Progress, Projection};
use courant_wire::{Head, StoreError, WireEntry, WireSeq};

use crate::cli::ServeOptions;
use crate::clock;
use crate::config::{self, Fetching, Press, Pushing};
use crate::data_dir::{DataDir, PumpLock};
use crate::photo::PhotoFiles;
use crate::press::{self, PressDesk};
use crate::projections;
use crate::pumps::Pumps;
use crate::push::{self, Pusher};
use crate::rates::{self, Fetcher};

/// How many entries the event stream can replay after a start.
const REPLAYED_ENTRIES: u64 = courant_web::serve::FRAMES_MAX as u64;
/// How far a projection may be behind before the server counts as not ready.
const BEHIND_ENTRIES_MAX: u64 = 1_000;
/// How long the stream waits for the site to show an entry before it goes on without.
const SITE_FIRST: Duration = Duration::from_secs(2);
/// The tag of every page the index answered.
const INDEX_TAG: &str = "index";

/// What a server has to do with the world outside of its data directory.
pub(crate) struct Outward {
    pub(crate) fetching: Fetching,
    pub(crate) press: Press,
    pub(crate) pushing: Pushing,
    pub(crate) fonts: FontSource,
}

impl Outward {
    /// As the configuration says.
    pub(crate) fn of(file: Option<&Path>) -> anyhow::Result<Self> {
        Ok(Self {
            fetching: config::fetching(file)?,
            press: config::press(file)?,
            pushing: config::pushing(file)?,
            fonts: config::fonts(file)?,
        })
    }
}

/// A running server with its pumps. Dropping it stops both.
pub(crate) struct Service {
    running: Running,
    fetcher: Option<Fetcher>,
    pusher: Option<Pusher>,
    press: Option<PressDesk>,
    pumps: Pumps,
    index: Arc<SearchIndex>,
    _lock: PumpLock,
}

impl Service {
    /// Opens the projections of a data directory, starts their pumps and serves. Whoever connects gets pages at once, as
    /// far as the projections are.
    pub(crate) fn start(data: &DataDir, server: Server, agency: Agency, outward: Outward) -> anyhow::Result<Self> {
        let lock = data.try_lock_pumps()?.context("another process serves this data directory; end it, or name another with --data")?;
        let site = data.site()?;
        let index = data.index_for_writing(&lock)?;
        data.settle_zone(&agency.zone, &index)?;
        let (head, _) = data.wire.head()?;
        let hub = Hub::new(head.0.saturating_sub(REPLAYED_ENTRIES));
        let cache = PageCache::new(CACHE_BYTES_DEFAULT);
        let on_site = Arc::new(Head::default());
        on_site.announce(site.cursor()?);
        let on_site_again = Arc::clone(&on_site);

        let site_follower = {
            let (cache, on_site, files) = (Arc::clone(&cache), Arc::clone(&on_site), PhotoFiles::of(data));
            SiteFollower::new(
                site.clone(),
                Box::new(move |touched, cursor| {
                    // Files first: a page or a file asked for after the drop must find nothing.
                    projections::remove_killed(&files, touched);
                    let tags: Vec<Tag> = touched.names.iter().map(|name| Tag::of(name)).collect();
                    cache.invalidate(&tags);
                    on_site.announce(cursor);
                }),
            )
        };
        let index_follower = {
            let cache = Arc::clone(&cache);
            let on_applied = Box::new(move || cache.invalidate(&[Tag::of(INDEX_TAG)]));
            IndexFollower::new(Arc::clone(&index), agency.zone.clone(), on_applied)
        };
        let live_follower = LiveFollower { hub: Arc::clone(&hub), on_site };
        let pumps = Pumps::start(&data.wire, vec![Box::new(site_follower), Box::new(index_follower), Box::new(live_follower)])?;

        let (counter, asked) = if outward.pushing.websub {
            let (counter, asked) = push::counter(outward.pushing.private_addresses);
            (Some(Arc::new(counter) as Arc<dyn FeedHub>), Some(asked))
        } else {
            (None, None)
        };
        let (site_again, seen_on_site) = (site.clone(), Arc::clone(&on_site_again));
        let state = SiteState {
            agency,
            site,
            index: Arc::clone(&index),
            hub: Arc::clone(&hub),
            media: data.media(),
            painter: Arc::new(Painter::new(outward.fonts)),
            feed_hub: counter,
            now: Arc::new(clock::now),
        };
        let operation = operation(&pumps, data.rates(), data.press());
        let desk = PressDesk::start(&data.wire, &data.press(), &outward.press)?;
        let mut router = site::router(Arc::new(state));
        if let Some(inbox) = desk.as_ref().and_then(PressDesk::inbox) {
            router = router.merge(courant_web::press::router(inbox));
        }
        let running = server.start(Site { router, cache, hub, private_paths: Vec::new(), operation })?;
        let fetcher = Fetcher::start(data, outward.fetching)?;
        let pusher = Pusher::start(data, &outward.pushing, asked, running.addr(), seen_on_site, site_again)?;
        Ok(Self { running, fetcher, pusher, press: desk, pumps, index, _lock: lock })
    }

    pub(crate) fn addr(&self) -> SocketAddr {
        self.running.addr()
    }

    pub(crate) fn operator_addr(&self) -> Option<SocketAddr> {
        self.running.operator_addr()
    }

    /// Tells the pumps that this process has appended, so that they need not find out.
    pub(crate) fn head(&self) -> &Head {
        &self.pumps.head
    }

    /// Lets answers under way end, then stops fetching and the pumps and brings the index to the disk.
    pub(crate) fn stop(self) {
        drop(self.pusher);
        self.running.stop();
        drop(self.fetcher);
        drop(self.press);
        drop(self.pumps);
        if let Err(error) = self.index.sync() {
            tracing::error!("the search index is not on the disk: {error}; the next start checks it");
        }
    }
}

/// `courant serve`.
pub(crate) fn run(options: &ServeOptions) -> anyhow::Result<ExitCode> {
    let data = DataDir::open_or_create(&options.agency.data)?;
    let server = bind(options.listen, options.ops, config::timing_key(options.config.as_deref())?)?;
    let agency = config::agency(options.config.as_deref(), &format!("http://{}", server.addr()))?;
    let service = Service::start(&data, server, agency, Outward::of(options.config.as_deref())?)?;
    println!("Site  http://{}/", service.addr());
    if let Some(operator) = service.operator_addr() {
        println!("Ops   http://{operator}/readyz");
    }
    println!("Data  {}", display(&options.agency.data));
    until_told_to_stop()?;
    service.stop();
    Ok(ExitCode::SUCCESS)
}

/// Takes the port, so that a taken one is known before anything is opened.
pub(crate) fn bind(listen: SocketAddr, ops: Option<SocketAddr>, timing_key: Option<Box<str>>) -> anyhow::Result<Server> {
    let mut options = options(listen);
    options.operator = ops;
    options.timing_key = timing_key;
    Ok(Server::bind(options)?)
}

/// How every server of ours serves. Streams leave hyper once they are open, which costs a reader an eighth of the memory.
pub(crate) fn options(listen: SocketAddr) -> Options {
    let mut options = Options::new(listen);
    options.hand_over_streams = true;
    options.clock = Some(clock::now);
    options
}

fn display(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}

/// Waits for an interrupt or a termination.
pub(crate) fn until_told_to_stop() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot wait for signals")?;
    runtime.block_on(async {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = terminate.recv() => Ok(()),
        }
    })?;
    Ok(())
}

/// The event stream as a projection: nothing is stored, and a start begins with the last entries of the wire.
struct LiveFollower {
    hub: Arc<Hub>,
    on_site: Arc<Head>,
}

impl Projection for LiveFollower {
    fn name(&self) -> &'static str {
        "live"
    }

    fn cursor(&mut self) -> Result<WireSeq, StoreError> {
        Ok(WireSeq(self.hub.head_seq()))
    }

    /// A reader who follows the link in a frame must find the story, so the site goes first.
    fn apply(&mut self, entries: &[WireEntry]) -> Result<(), StoreError> {
        for entry in entries {
            self.on_site.wait_beyond(WireSeq(entry.seq.0 - 1), SITE_FIRST);
            site::publish(&self.hub, entry);
        }
        Ok(())
    }

    fn clear(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}

/// What the operator's listener answers.
fn operation(pumps: &Pumps, rates_folder: PathBuf, press_folder: PathBuf) -> Operation {
    let head = Arc::clone(&pumps.head);
    let progress = pumps.progress();
    let (head_again, progress_again) = (Arc::clone(&head), progress.clone());
    Operation {
        readiness: Arc::new(move || readiness(&head, &progress)),
        metrics: Arc::new(move |text| {
            metrics(text, &head_again, &progress_again);
            rates::metrics(text, &rates_folder, clock::now());
            press::metrics(text, &press_folder, clock::now());
        }),
    }
}

/// Entries and seconds behind; an entry's age counts only while it is not applied.
fn behind(head: &Head, progress: &Progress) -> (u64, f64) {
    let n_entries = head.seq().0.saturating_sub(progress.cursor().0);
    let seconds = match progress.moved_at() {
        Some(moved_at) if n_entries != 0 => clock::now().duration_since(moved_at).as_secs_f64().max(0.0),
        _ => 0.0,
    };
    (n_entries, seconds)
}

fn readiness(head: &Head, progress: &[(&'static str, Arc<Progress>)]) -> Readiness {
    let mut ready = true;
    let mut report = format!("wire: entry {}\n", head.seq());
    for (name, progress) in progress {
        let (n_entries, seconds) = behind(head, progress);
        match progress.failure() {
            Some(failure) => {
                ready = false;
                report.push_str(&format!("{name}: stopped at entry {}, {n_entries} entries behind: {failure}\n", progress.cursor()));
            }
            None => {
                ready &= n_entries <= BEHIND_ENTRIES_MAX;
                report.push_str(&format!("{name}: entry {}, {n_entries} entries and {seconds:.1} s behind\n", progress.cursor()));
            }
        }
    }
    report.insert_str(0, if ready { "ready\n" } else { "not ready\n" });
    Readiness { ready, report }
}

fn metrics(text: &mut String, head: &Head, progress: &[(&'static str, Arc<Progress>)]) {
    use std::fmt::Write as _;
    let _ = writeln!(text, "# TYPE courant_wire_seq gauge\ncourant_wire_seq {}", head.seq());
    let _ = writeln!(text, "# TYPE courant_projection_entries_behind gauge");
    for (name, progress) in progress {
        let _ = writeln!(text, "courant_projection_entries_behind{{projection=\"{name}\"}} {}", behind(head, progress).0);
    }
    let _ = writeln!(text, "# TYPE courant_projection_failed gauge");
    for (name, progress) in progress {
        let _ = writeln!(text, "courant_projection_failed{{projection=\"{name}\"}} {}", u8::from(progress.failure().is_some()));
    }
}
