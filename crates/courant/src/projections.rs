//! `courant rebuild` and `courant verify`: projections can be dropped, and answer the same when made anew.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use courant_projections::index::IndexFollower;
use courant_projections::site::{SiteFollower, SiteStore, Touched};
use courant_search::{Query, SearchIndex};
use courant_store_sqlite::SiteDb;
use courant_wire::pump::Projection;
use jiff::tz::TimeZone;

use crate::cli::{DataOptions, ProjectionName, RebuildOptions};
use crate::data_dir::{DataDir, PumpLock};
use crate::photo::PhotoFiles;
use crate::pumps;

/// What two indexes must answer alike. Words that news has in every language, and every facet.
const QUERIES: &[&str] = &[
    "the",
    "of",
    "bank",
    "rates",
    "price",
    "world",
    "new OR old",
    "\"per cent\"",
    "title:oil",
    "lang:en",
    "lang:ru",
    "lang:ja",
    "lang:ar",
    "urgency:3",
    "corrected:yes",
    "price near/10 rates",
    "after:1987-06-01",
    "before:2000",
    "-the",
    "и",
    "в",
    "の",
    "في",
    "section:economy",
    "section:world",
    "type:text",
];

/// The followers that a command runs itself.
pub(crate) fn followers(data: &DataDir, lock: &PumpLock) -> anyhow::Result<Vec<Box<dyn Projection>>> {
    let site: Arc<dyn SiteStore> = data.site()?;
    let index = data.index_for_writing(lock)?;
    Ok(vec![site_follower(site, PhotoFiles::of(data)), index_follower(index, data.zone()?)])
}

/// Removes what killed photos have left. A file that cannot be removed does not stop the site: it answers for none of them.
pub(crate) fn remove_killed(files: &PhotoFiles, touched: &Touched) {
    let names = touched.killed_files.iter().map(String::as_str);
    if let Err(error) = files.forget(names, touched.killed_photos.iter().copied()) {
        tracing::error!("a killed photo is still on the disk: {error:#}");
    }
}

fn site_follower(site: Arc<dyn SiteStore>, files: PhotoFiles) -> Box<dyn Projection> {
    Box::new(SiteFollower::new(site, Box::new(move |touched, _| remove_killed(&files, touched))))
}

fn index_follower(index: Arc<SearchIndex>, zone: TimeZone) -> Box<dyn Projection> {
    Box::new(IndexFollower::new(index, zone, Box::new(|| ())))
}

/// `courant rebuild`.
pub(crate) fn rebuild(options: &RebuildOptions) -> anyhow::Result<ExitCode> {
    let data = DataDir::open(&options.agency.data)?;
    let lock = data.try_lock_pumps()?.context("a server runs on this data directory; end it before a rebuild")?;
    let mut chosen: Vec<Box<dyn Projection>> = followers(&data, &lock)?;
    chosen.retain(|projection| match options.projection {
        ProjectionName::Site => projection.name() == pumps::SITE,
        ProjectionName::Search => projection.name() == pumps::SEARCH,
        ProjectionName::All => true,
    });
    for projection in &mut chosen {
        projection.clear()?;
    }
    let cursor = pumps::catch_up_once(data.wire.as_ref(), &mut chosen)?;
    for projection in chosen {
        println!("{} rebuilt up to entry {cursor}", projection.name());
    }
    Ok(ExitCode::SUCCESS)
}

/// `courant verify`: the chain, then each projection against its rebuild.
pub(crate) fn verify(options: &DataOptions) -> anyhow::Result<ExitCode> {
    let data = DataDir::open(&options.data)?;
    let lock =
        data.try_lock_pumps()?.context("a server runs on this data directory; end it before a verify, or use `courant wire verify`")?;
    let verified = courant_wire::verify(data.wire.as_ref(), |_| ())?;
    if let Some(fault) = verified.fault {
        anyhow::bail!("the wire does not hold: {fault}");
    }
    println!("wire: {} entries hold, head {}", verified.n_entries, verified.head);

    let site = data.site()?;
    let index = data.index_for_writing(&lock)?;
    let zone = data.zone()?;
    pumps::catch_up_once(
        data.wire.as_ref(),
        &mut [site_follower(site.clone(), PhotoFiles::of(&data)), index_follower(Arc::clone(&index), zone.clone())],
    )?;

    let scratch = Scratch::beside(&options.data)?;
    let site_anew = Arc::new(SiteDb::open(&scratch.0.join(SiteDb::FILE_NAME))?);
    let index_anew = Arc::new(SearchIndex::open(&scratch.0.join("index"))?);
    pumps::catch_up_once(
        data.wire.as_ref(),
        &mut [site_follower(site_anew.clone(), PhotoFiles::of(&data)), index_follower(Arc::clone(&index_anew), zone)],
    )?;

    let n_rows = same_rows(site.as_ref(), site_anew.as_ref())?;
    println!("site: {n_rows} rows are as a rebuild makes them");
    for query in QUERIES {
        let parsed = Query::parse(query).with_context(|| format!("the query {query}"))?;
        let (mut here, mut anew) = (index.all(&parsed)?, index_anew.all(&parsed)?);
        here.sort_unstable();
        anew.sort_unstable();
        anyhow::ensure!(
            here == anew,
            "search: {query} finds {} stories, and {} after a rebuild; run `courant rebuild search`",
            here.len(),
            anew.len()
        );
    }
    println!("search: {} queries are answered as a rebuild answers them", QUERIES.len());
    Ok(ExitCode::SUCCESS)
}

/// Compares two read models row by row.
fn same_rows(here: &dyn SiteStore, anew: &dyn SiteStore) -> anyhow::Result<usize> {
    let rows = |site: &dyn SiteStore| -> anyhow::Result<Vec<[u8; 32]>> {
        use sha2::Digest as _;
        let mut digests = Vec::new();
        site.dump(&mut |row| digests.push(sha2::Sha256::digest(row.as_bytes()).into()))?;
        Ok(digests)
    };
    let (here, anew) = (rows(here)?, rows(anew)?);
    let n_different = here.iter().zip(&anew).filter(|(one, other)| one != other).count() + here.len().abs_diff(anew.len());
    anyhow::ensure!(n_different == 0, "site: {n_different} rows differ from a rebuild; run `courant rebuild site`");
    Ok(here.len())
}

/// A folder that is removed at the end.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn beside(data: &std::path::Path) -> anyhow::Result<Self> {
        let path = data.join(format!("verify-{}", std::process::id()));
        std::fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!("cannot remove {}: {error}", self.0.display());
        }
    }
}
