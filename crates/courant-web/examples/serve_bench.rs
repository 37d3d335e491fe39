//! The serving layer alone, for measuring: one page from a file, kept in the cache and dropped
//! five times a second; and one event stream, inside hyper or (`lean`) taken out of it.
//!
//! ```text
//! cargo run --release -p courant-web --example serve_bench -- 127.0.0.1:18070 PAGE.html [lean]
//! wrk -t 1 -c 64 -d 4s -H 'Accept-Encoding: br' http://127.0.0.1:18070/story/1.html
//! curl -N http://127.0.0.1:18070/live & curl -d 'text' http://127.0.0.1:18070/publish
//! ```

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use courant_web::serve::{
    Answer, CACHE_BYTES_DEFAULT, EventStream, Hub, NewFrame, Operation, Options, PageCache, Server, Site, Tag, Telling,
};
use http::header::HeaderMap;

const PAGE: Tag = Tag::of("page");

/// As often as the goal for pages wants stories to be published meanwhile.
const PUBLISH_EVERY: Duration = Duration::from_millis(200);

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(listen), Some(page)) = (args.next(), args.next()) else {
        return Err("usage: serve_bench ADDRESS:PORT PAGE.html [lean]".into());
    };
    let lean = args.next().as_deref() == Some("lean");
    let listen: SocketAddr = listen.parse()?;
    let page: bytes::Bytes = std::fs::read(page)?.into();

    let cache = PageCache::new(CACHE_BYTES_DEFAULT);
    let hub = Hub::new(0);
    let story = async move || Answer::html(page.clone()).until([PAGE]).cache_control("public, max-age=30");
    let live_hub = hub.clone();
    let live = async move |headers: HeaderMap| {
        let group = live_hub.group("", |_| Telling::Whole);
        group.and_then(|group| EventStream::resuming(group, &headers, None)).map_err(|e| e.to_string())
    };
    let publish_hub = hub.clone();
    let publish = async move |text: String| {
        let seq = publish_hub.head_seq() + 1;
        let subject = Arc::new(());
        publish_hub.publish(NewFrame { seq, event: "move", data: &text, bare: "", story: seq, subject });
    };
    let router = Router::new().route("/story/{name}", get(story)).route("/live", get(live)).route("/publish", post(publish));

    let site = Site { router, cache: cache.clone(), hub, private_paths: vec!["/live"], operation: Operation::default() };
    let mut options = Options::new(listen);
    options.hand_over_streams = lean;
    let running = Server::bind(options)?.start(site)?;
    println!("http://{}/story/1.html, http://{}/live", running.addr(), running.addr());
    loop {
        std::thread::sleep(PUBLISH_EVERY);
        cache.invalidate(&[PAGE]);
    }
}
