//! Event streams: resuming, filters, scrubbing, slow readers, and many at once.

use std::collections::HashMap;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use courant_web::serve::{EventStream, FRAMES_MAX, Frame, Hub, NewFrame, Telling};
use http::StatusCode;
use http::header::HeaderMap;
use tokio::net::TcpStream;

use crate::harness::{Client, Served, serve_as};

/// `/events?after=N&multiple=N`: a stream of all numbers, or of the multiples of one.
fn events(hub: &Arc<Hub>, matched: &Arc<AtomicU64>) -> Router {
    let (hub, matched) = (hub.clone(), matched.clone());
    let handler = async move |Query(query): Query<HashMap<String, u64>>, headers: HeaderMap| -> Response {
        let multiple = query.get("multiple").copied().unwrap_or(1);
        let matched = matched.clone();
        let muted = query.get("muted").copied().unwrap_or(u64::MAX);
        let group = hub.group(&format!("multiple={multiple}&muted={muted}"), move |frame| {
            matched.fetch_add(1, Ordering::Relaxed);
            telling(frame, multiple, muted)
        });
        match group.and_then(|group| EventStream::resuming(group, &headers, query.get("after").copied())) {
            Ok(stream) => match query.get("wait") {
                Some(seconds) => stream.until_news(Duration::from_secs(*seconds)).into_response(),
                None => stream.into_response(),
            },
            Err(error) => (StatusCode::BAD_REQUEST, error.to_string()).into_response(),
        }
    };
    Router::new().route("/events", get(handler))
}

/// Multiples of the one are let through; of these, multiples of the other are muted.
fn telling(frame: &Frame, multiple: u64, muted: u64) -> Telling {
    match frame.subject::<u64>() {
        Some(n) if n % multiple != 0 => Telling::Nothing,
        Some(n) if n % muted == 0 => Telling::Muted,
        Some(_) => Telling::Whole,
        None => Telling::Nothing,
    }
}

/// Every test here holds for streams inside hyper and for those taken out of it.
macro_rules! both_ways {
    ($($test:ident)*) => {
        mod inside_hyper {
            $(#[test] fn $test() { super::$test(false); })*
        }
        mod taken_out {
            $(#[test] fn $test() { super::$test(true); })*
        }
    };
}

both_ways! {
    a_filter_that_panics_stops_nobody
    a_stream_behind_a_big_answer_waits_for_it
    a_reader_who_talks_on_a_stream_is_not_answered
    a_stream_sends_what_is_published_from_now_on
    a_reader_resumes_where_it_left_off
    a_long_poll_ends_with_the_first_news_or_after_its_wait
    a_reader_who_missed_too_much_is_told_to_reload_and_goes_on
    a_filter_is_asked_once_for_all_its_readers
    a_scrubbed_story_keeps_its_places_and_says_nothing
    what_a_filter_mutes_is_told_without_a_word
    a_silent_stream_shows_that_it_lives_and_how_far_it_is
    a_reader_who_stops_reading_delays_nobody_and_catches_up
    streams_beyond_the_limit_are_told_to_come_back
    two_thousand_streams_get_every_frame_once_in_order
}

fn served(lean: bool) -> Served {
    served_with(lean, Hub::new(0), Duration::from_secs(15))
}

fn served_with(lean: bool, hub: Arc<Hub>, heartbeat: Duration) -> Served {
    serve_as(events(&hub, &Arc::default()), hub, |options| {
        options.hand_over_streams = lean;
        options.limits.heartbeat = heartbeat;
    })
}

fn publish(hub: &Hub, seq: u64) {
    publish_text(hub, seq, &seq.to_string());
}

fn publish_text(hub: &Hub, seq: u64, text: &str) {
    let bare = format!("bare {seq}");
    let frame = NewFrame { seq, event: "move", data: text, bare: &bare, story: seq % 10, subject: Arc::new(seq) };
    assert!(hub.publish(frame));
}

/// An open stream, read block by block.
struct Stream {
    client: Client,
    text: String,
    chunked: bool,
}

impl Stream {
    fn open(served: &Served, query: &str, headers: &str) -> Self {
        let mut client = served.client();
        client.send(format!("GET /events{query} HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\n{headers}\r\n"));
        let head = client.read_head().unwrap();
        assert_eq!(head.status, 200);
        assert_eq!(head.header("content-type"), "text/event-stream");
        assert_eq!(head.header("cache-control"), "no-store");
        assert_eq!(head.header("x-accel-buffering"), "no");
        let chunked = head.header("transfer-encoding") == "chunked";
        assert_ne!(chunked, head.header("connection") == "close", "a stream without chunks ends with its connection");
        Self { client, text: String::new(), chunked }
    }

    /// The next block, without its empty line.
    fn block(&mut self) -> String {
        self.try_block().unwrap()
    }

    fn try_block(&mut self) -> io::Result<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                return Ok(block);
            }
            if !self.chunked {
                self.text.push_str(std::str::from_utf8(&self.client.read_until(b"\n\n")?).unwrap());
                continue;
            }
            let line = self.client.read_until(b"\r\n")?;
            let len = usize::from_str_radix(std::str::from_utf8(&line).unwrap().trim(), 16).unwrap();
            let chunk = self.client.read_exact(len + 2)?;
            if len == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.text.push_str(std::str::from_utf8(&chunk[..len]).unwrap());
        }
    }

    /// The ids of the next `n` frames.
    fn ids(&mut self, n: usize) -> Vec<u64> {
        (0..n).map(|_| id(&self.block()).unwrap()).collect()
    }
}

/// The id of a block that carries a frame.
fn id(block: &str) -> Option<u64> {
    let id = block.lines().find_map(|line| line.strip_prefix("id: "))?;
    block.contains("event: move\n").then(|| id.parse().unwrap())
}

fn a_stream_sends_what_is_published_from_now_on(lean: bool) {
    let served = served(lean);
    publish(&served.hub, 1);
    let mut stream = Stream::open(&served, "", "");
    assert_eq!(stream.block(), "retry: 2000\nid: 1");
    publish(&served.hub, 2);
    assert_eq!(stream.block(), "id: 2\nevent: move\ndata: 2");
    publish_text(&served.hub, 5, "two\nlines\r\nor three");
    assert_eq!(stream.block(), "id: 5\nevent: move\ndata: two\ndata: lines\ndata: or three");
    let stale = NewFrame { seq: 4, event: "move", data: "", bare: "", story: 0, subject: Arc::new(0_u64) };
    assert!(!served.hub.publish(stale), "a number that was passed is not published again");
    assert_eq!(served.running.metrics().streams_open(), 1);
    drop(stream);
    let began = Instant::now();
    while served.running.metrics().streams_open() != 0 {
        assert!(began.elapsed() < Duration::from_secs(2), "a reader who left is noticed");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(served.hub.size().0, 0, "a filter without readers is forgotten");
}

fn a_reader_resumes_where_it_left_off(lean: bool) {
    let served = served(lean);
    for seq in 1..=10 {
        publish(&served.hub, seq * 2);
    }
    for (query, headers, first) in [
        ("?after=10", "", 12),
        ("?after=11", "", 12),
        ("?after=0", "", 2),
        ("", "Last-Event-ID: 14\r\n", 16),
        // A browser repeats the address it first opened.
        ("?after=2", "Last-Event-ID: 18\r\n", 20),
        ("?after=2", "Last-Event-ID:\r\n", 4),
    ] {
        let mut stream = Stream::open(&served, query, headers);
        assert!(stream.block().starts_with("retry: 2000\nid: "), "{query} {headers}");
        assert_eq!(stream.ids(1), [first], "{query} {headers}");
    }
    assert_eq!(served.get("/events", "Last-Event-ID: x\r\n").status, 400);
    assert_eq!(served.client().head("/events", "").header("content-type"), "text/event-stream");
    assert_eq!(served.client().head("/events", "Accept: text/event-stream\r\n").status, 200);
}

fn a_long_poll_ends_with_the_first_news_or_after_its_wait(lean: bool) {
    let served = served(lean);
    publish(&served.hub, 1);
    publish(&served.hub, 3);
    let ends = |stream: &mut Stream, what: &str| {
        let error = stream.try_block().expect_err(what);
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof, "{what}");
    };
    let mut missed = Stream::open(&served, "?after=1&wait=25", "");
    assert_eq!(missed.block(), "retry: 2000\nid: 1");
    assert_eq!(missed.block(), "id: 3\nevent: move\ndata: 3");
    assert_eq!(missed.block(), ":\nid: 3");
    ends(&mut missed, "there was news");

    let mut waiting = Stream::open(&served, "?after=3&wait=25", "");
    assert_eq!(waiting.block(), "retry: 2000\nid: 3");
    publish(&served.hub, 4);
    assert_eq!(waiting.ids(1), [4]);
    waiting.block();
    ends(&mut waiting, "there is news now");

    let began = Instant::now();
    let mut nothing = Stream::open(&served, "?after=4&wait=1&multiple=5", "");
    nothing.block();
    publish(&served.hub, 6);
    assert_eq!(nothing.block(), ":\nid: 6", "it is told how far the wire has come, and nothing of what it did not ask for");
    ends(&mut nothing, "it has waited");
    assert!(began.elapsed() < Duration::from_secs(10), "a second was asked for");
}

fn a_reader_who_missed_too_much_is_told_to_reload_and_goes_on(lean: bool) {
    let served = served(lean);
    let frames = FRAMES_MAX as u64;
    for seq in 1..=frames + 10 {
        publish(&served.hub, seq);
    }
    let head = frames + 10;
    for (after, lost) in [(9, true), (10, false), (head + 5000, true)] {
        let mut stream = Stream::open(&served, &format!("?after={after}"), "");
        stream.block();
        if lost {
            assert_eq!(stream.block(), format!("id: {head}\nevent: reload\ndata: {{\"seq\":{head}}}"));
        } else {
            assert_eq!(stream.ids(FRAMES_MAX), (11..=head).collect::<Vec<_>>());
        }
    }
    let mut reloaded = Stream::open(&served, "?after=1", "");
    reloaded.block();
    reloaded.block();
    publish(&served.hub, head + 1);
    assert_eq!(reloaded.ids(1), [head + 1]);
    // A page that was quicker than the log is not sent back.
    let mut ahead = Stream::open(&served, &format!("?after={}", head + 3), "");
    ahead.block();
    for seq in head + 2..=head + 4 {
        publish(&served.hub, seq);
    }
    assert_eq!(ahead.ids(1), [head + 4]);
}

fn a_filter_is_asked_once_for_all_its_readers(lean: bool) {
    let matched = Arc::new(AtomicU64::new(0));
    let hub = Hub::new(0);
    let served = serve_as(events(&hub, &matched), hub, |options| options.hand_over_streams = lean);
    let mut streams: Vec<_> = (0..60).map(|n| Stream::open(&served, &format!("?multiple={}", n % 3 + 2), "")).collect();
    assert_eq!(served.hub.size().0, 3);
    for stream in &mut streams {
        stream.block();
    }
    for seq in 1..=36 {
        publish(&served.hub, seq);
    }
    for (n, stream) in streams.iter_mut().enumerate() {
        let multiple = n as u64 % 3 + 2;
        let expected: Vec<u64> = (1..=36).filter(|n| n % multiple == 0).collect();
        assert_eq!(stream.ids(expected.len()), expected);
    }
    assert_eq!(matched.load(Ordering::Relaxed), 3 * 36);
}

fn a_scrubbed_story_keeps_its_places_and_says_nothing(lean: bool) {
    let served = served(lean);
    for seq in 1..=20 {
        publish_text(&served.hub, seq, &format!("words {seq}"));
    }
    served.hub.scrub(3);
    publish_text(&served.hub, 21, "words 21");
    // What comes later of the same story (the kill itself) is sent whole.
    publish_text(&served.hub, 23, "words 23");
    let mut stream = Stream::open(&served, "?after=0", "");
    stream.block();
    for seq in (1..=21).chain([23]) {
        let said = if seq < 21 && seq % 10 == 3 { "bare" } else { "words" };
        assert_eq!(stream.block(), format!("id: {seq}\nevent: move\ndata: {said} {seq}"));
    }
}

fn what_a_filter_mutes_is_told_without_a_word(lean: bool) {
    let served = served(lean);
    let mut stream = Stream::open(&served, "?multiple=2&muted=3", "");
    stream.block();
    for seq in 1..=8 {
        publish_text(&served.hub, seq, &format!("words {seq}"));
    }
    served.hub.scrub(6);
    let mut late = Stream::open(&served, "?multiple=2&muted=3&after=0", "");
    late.block();
    for stream in [&mut stream, &mut late] {
        let blocks: Vec<String> = (0..4).map(|_| stream.block()).collect();
        let whole = |seq| format!("id: {seq}\nevent: move\ndata: words {seq}");
        assert_eq!(blocks, [whole(2), whole(4), "id: 6\nevent: muted\ndata: bare 6".to_owned(), whole(8)]);
    }
}

fn a_silent_stream_shows_that_it_lives_and_how_far_it_is(lean: bool) {
    let served = served_with(lean, Hub::new(0), Duration::from_millis(200));
    let mut stream = Stream::open(&served, "?multiple=7", "");
    assert_eq!(stream.block(), "retry: 2000\nid: 0");
    publish(&served.hub, 1);
    publish(&served.hub, 2);
    let began = Instant::now();
    assert_eq!(stream.block(), ":\nid: 2");
    served.hub.pass(3);
    assert_eq!(stream.block(), ":\nid: 3");
    assert!((250..3000).contains(&began.elapsed().as_millis()), "{:?}", began.elapsed());
    publish(&served.hub, 7);
    assert_eq!(stream.ids(1), [7]);
}

fn a_reader_who_stops_reading_delays_nobody_and_catches_up(lean: bool) {
    let served = served(lean);
    let mut stuck = Stream::open(&served, "", "");
    let mut good = Stream::open(&served, "", "");
    stuck.block();
    good.block();
    let text = "x".repeat(40 << 10);
    for seq in 1..=500 {
        publish_text(&served.hub, seq, &text);
        assert_eq!(good.ids(1), [seq]);
    }
    // 20 MB are more than any socket holds; the frames wait in the log.
    assert_eq!(stuck.ids(500), (1..=500).collect::<Vec<_>>());
    // Once more, beyond the log.
    let last = 500 + 2 * FRAMES_MAX as u64;
    for seq in 501..=last {
        publish_text(&served.hub, seq, &text);
    }
    let mut seen = 500;
    let reload = loop {
        let block = stuck.block();
        let Some(seq) = id(&block) else { break block };
        assert_eq!(seq, seen + 1);
        seen = seq;
    };
    assert_eq!(reload, format!("id: {last}\nevent: reload\ndata: {{\"seq\":{last}}}"));
}

fn streams_beyond_the_limit_are_told_to_come_back(lean: bool) {
    let hub = Hub::new(0);
    let served = serve_as(events(&hub, &Arc::default()), hub, |options| {
        options.hand_over_streams = lean;
        options.limits.streams_max = 2;
    });
    let _kept = [Stream::open(&served, "", ""), Stream::open(&served, "", "")];
    let refused = served.get("/events", "Accept: text/event-stream\r\n");
    assert_eq!((refused.status, refused.header("retry-after")), (503, "30"));
}

#[test]
fn a_long_poll_waits_for_the_next_number() {
    let hub = Hub::new(4);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        assert_eq!(hub.wait_after(3, Duration::from_secs(9)).await, 4);
        let began = Instant::now();
        assert_eq!(hub.wait_after(4, Duration::from_millis(50)).await, 4);
        assert!(Duration::from_millis(50) <= began.elapsed());
        let (seq, ()) = tokio::join!(hub.wait_after(4, Duration::from_secs(9)), async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            publish(&hub, 6);
        });
        assert_eq!(seq, 6);
        hub.pass(8);
        assert_eq!(hub.wait_after(6, Duration::from_secs(9)).await, 8);
        assert!(began.elapsed() < Duration::from_secs(2));
    });
}

const STREAMS: usize = 2000;
const FRAMES: u64 = 100;

/// Every stream is cut once somewhere on the way and resumes; none loses, repeats or reorders a frame.
fn two_thousand_streams_get_every_frame_once_in_order(lean: bool) {
    let served = served(lean);
    let addr = served.addr();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let ready = Arc::new(AtomicU64::new(0));
        let mut readers = tokio::task::JoinSet::new();
        for n in 0..STREAMS {
            readers.spawn(read_all(addr, 10 + n as u64 % 80, ready.clone()));
        }
        while ready.load(Ordering::Relaxed) < STREAMS as u64 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let hub = served.hub.clone();
        let publisher = std::thread::spawn(move || {
            for seq in 1..=FRAMES {
                publish(&hub, seq);
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
        while let Some(seen) = tokio::time::timeout_at(deadline, readers.join_next()).await.expect("readers end") {
            assert_eq!(seen.unwrap().unwrap(), (1..=FRAMES).collect::<Vec<_>>());
        }
        publisher.join().unwrap();
    });
}

async fn read_all(addr: SocketAddr, cut_at: u64, ready: Arc<AtomicU64>) -> io::Result<Vec<u64>> {
    let mut seen = Vec::new();
    let mut cut = false;
    while seen.last() != Some(&FRAMES) {
        let socket = TcpStream::connect(addr).await?;
        let last = seen.last().map_or(String::new(), |last| format!("Last-Event-ID: {last}\r\n"));
        let request = format!("GET /events?after=0 HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\n{last}\r\n");
        let mut socket = socket.into_std()?;
        socket.write_all(request.as_bytes())?;
        let socket = TcpStream::from_std(socket)?;
        let mut text = String::new();
        while seen.last() != Some(&FRAMES) && (cut || seen.last().is_none_or(|last| *last < cut_at)) {
            socket.readable().await?;
            let mut bytes = [0; 16 << 10];
            match socket.try_read(&mut bytes) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(len) => text.push_str(std::str::from_utf8(&bytes[..len]).map_err(io::Error::other)?),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
                Err(error) => return Err(error),
            }
            if seen.is_empty() && !cut && text.contains("retry: ") {
                text.clear();
                ready.fetch_add(1, Ordering::Relaxed);
            }
            // Chunk sizes stand between blocks, on lines of their own; a frame never spans two chunks.
            while let Some(end) = text.find("\n\n") {
                let block: String = text.drain(..end + 2).collect();
                seen.extend(id(&block));
            }
        }
        cut = true;
    }
    Ok(seen)
}

/// A stream asked for behind an answer that is still being written begins after its last byte.
fn a_stream_behind_a_big_answer_waits_for_it(lean: bool) {
    let hub = Hub::new(0);
    let big = || async { courant_web::serve::Answer::new("image/png", vec![7; 8 << 20]) };
    let router = events(&hub, &Arc::default()).route("/big", get(big));
    let served = serve_as(router, hub, |options| options.hand_over_streams = lean);
    publish(&served.hub, 1);
    let mut client = served.client();
    client
        .send("GET /big HTTP/1.1\r\nHost: h\r\n\r\nGET /events?after=0 HTTP/1.1\r\nHost: h\r\n\r\nGET /never HTTP/1.1\r\nHost: h\r\n\r\n");
    std::thread::sleep(Duration::from_millis(200));
    publish(&served.hub, 2);
    assert_eq!(client.reply().body.len(), 8 << 20);
    assert_eq!(client.read_head().unwrap().header("content-type"), "text/event-stream");
    client.read_until(b"id: 1\nevent: move\n").unwrap();
    client.read_until(b"id: 2\nevent: move\n").unwrap();
    publish(&served.hub, 3);
    client.read_until(b"id: 3\nevent: move\n").unwrap();
}

/// What a reader says on a stream is nobody's business, up to a limit.
fn a_reader_who_talks_on_a_stream_is_not_answered(lean: bool) {
    let served = served(lean);
    let mut stream = Stream::open(&served, "", "");
    stream.block();
    stream.client.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
    publish(&served.hub, 1);
    assert_eq!(stream.ids(1), [1]);
    let chatter = [b'x'; 4096];
    stream.client.socket.set_write_timeout(Some(Duration::from_millis(300))).unwrap();
    let began = Instant::now();
    while stream.client.socket.write_all(&chatter).is_ok() && began.elapsed() < Duration::from_millis(500) {
        std::thread::sleep(Duration::from_micros(200));
    }
    // Inside hyper the bytes stay in the kernel; outside, the talker is cut. Others go on.
    let mut other = Stream::open(&served, "?after=1", "");
    other.block();
    publish(&served.hub, 2);
    assert_eq!(other.ids(1), [2]);
}

fn a_filter_that_panics_stops_nobody(lean: bool) {
    let hub = Hub::new(0);
    let broken_hub = hub.clone();
    let broken = async move || {
        let group = broken_hub.group("broken", |frame| {
            assert_ne!(frame.seq, 1, "a filter's own fault");
            Telling::Whole
        });
        EventStream::live(group.unwrap())
    };
    let router = events(&hub, &Arc::default()).route("/broken", get(broken));
    let served = serve_as(router, hub, |options| options.hand_over_streams = lean);
    let mut client = served.client();
    client.send("GET /broken HTTP/1.1\r\nHost: h\r\n\r\n");
    client.read_until(b"id: 0\n\n").unwrap();
    let mut stream = Stream::open(&served, "", "");
    stream.block();
    publish(&served.hub, 1);
    publish(&served.hub, 2);
    assert_eq!(stream.ids(2), [1, 2]);
    client.read_until(b"id: 1\n").unwrap();
    client.read_until(b"id: 2\n").unwrap();
}
