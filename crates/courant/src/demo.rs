//! `courant demo`: a small agency with sample content, played.
//!
//! What lies in the past when the site opens is appended at once, with its times in the past; the rest is played live by
//! a thread that does what editors do: it appends to the wire. The pumps and the site know nothing of a demonstration.

mod content;
mod player;
mod press;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use courant_web::serve::{ServeError, Server};

use crate::cli::DemoOptions;
use crate::clock;
use crate::config::{self, Press};
use crate::data_dir::DataDir;
use crate::serve::{self, Outward, Service};

use content::Content;
use player::Player;

/// The ports that are tried when none is asked for.
const PORTS: std::ops::Range<u16> = 8080..8100;

pub(crate) fn run(options: &DemoOptions) -> anyhow::Result<ExitCode> {
    let server = bind(options.listen)?;
    let folder = Folder::make(options.data.as_deref())?;
    let data = DataDir::open_or_create(&folder.path)?;
    let start = clock::now();
    let content = Content::read()?;
    content.store_pictures(&data.media())?;
    let mut player = Player::new(content, start, options.speed);
    let n_moved = player.play_past(data.wire.as_ref())?;

    let origin = format!("http://{}", server.addr());
    let agency = config::agency_of(&content::text("courant.toml")?, &origin, &content::text)?;
    // The demonstration asks nobody for anything.
    let press = Press { is_on: false, ..config::press(None)? };
    let service = Service::start(&data, server, agency, Outward { press, ..Outward::of(None)? })?;
    println!("Site  {origin}/");
    println!();
    println!("A sample agency with {n_moved} acts on its wire; {} more follow over the next half hour.", player.n_left());
    println!("  {origin}/all                 all news, live: leave it open and watch stories arrive");
    println!("  {origin}/search?q=eclipse    search");
    println!("  {origin}/convert             currencies, any pair on any day since 1999; /rates has tables and charts");
    println!("  {origin}/?lang=ja            the same agency in Japanese; also ?lang=ru and ?lang=ar");
    println!("  {origin}/all.rss             the list as a feed; /all/events is the event stream");
    println!("The wire in another shell:  courant wire tail --follow --data {}", folder.path.display());
    println!("Stop with Ctrl-C{}.", if folder.is_ours { "; nothing is left behind" } else { "" });

    let stop = Arc::new(AtomicBool::new(false));
    std::thread::scope(|scope| {
        let playing = {
            let (wire, head, stop) = (&data.wire, service.head(), Arc::clone(&stop));
            scope.spawn(move || player.play_live(wire.as_ref(), head, &stop))
        };
        let waited = serve::until_told_to_stop();
        stop.store(true, Ordering::Release);
        playing.thread().unpark();
        playing.join().map_err(|_| anyhow::anyhow!("the player panicked"))??;
        waited
    })?;
    service.stop();
    Ok(ExitCode::SUCCESS)
}

/// The address asked for, or the first free port of a few, or any.
fn bind(listen: Option<SocketAddr>) -> anyhow::Result<Server> {
    if let Some(listen) = listen {
        return serve::bind(listen, None, None);
    }
    for port in PORTS.chain([0]) {
        match Server::bind(serve::options((Ipv4Addr::LOCALHOST, port).into())) {
            Ok(server) => return Ok(server),
            Err(ServeError::PortTaken { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    anyhow::bail!("no port is free on this machine; end another program, or name an address with --listen")
}

/// The data directory of the demonstration; one of our own making is removed at the end.
struct Folder {
    path: PathBuf,
    is_ours: bool,
}

impl Folder {
    fn make(asked: Option<&std::path::Path>) -> anyhow::Result<Self> {
        match asked {
            Some(path) => {
                let is_taken = path.read_dir().is_ok_and(|mut entries| entries.next().is_some());
                anyhow::ensure!(!is_taken, "the directory {} is not empty; the demonstration needs one of its own", path.display());
                Ok(Self { path: path.to_owned(), is_ours: false })
            }
            None => {
                let path = std::env::temp_dir().join(format!("courant-demo-{}", std::process::id()));
                std::fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
                Ok(Self { path, is_ours: true })
            }
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.is_ours
            && let Err(error) = std::fs::remove_dir_all(&self.path)
        {
            eprintln!("courant: cannot remove {}: {error}", self.path.display());
        }
    }
}
