//! The way down.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use courant_web::serve::{Answer, EventStream, Hub, Tag, Telling};

use crate::harness::{Client, serve_as, serve_with};

#[test]
fn shutdown_ends_answers_and_streams_inside_hyper() {
    shutdown_ends_answers_and_streams_and_nothing_is_cut_short(false);
}

#[test]
fn shutdown_ends_answers_and_streams_taken_out() {
    shutdown_ends_answers_and_streams_and_nothing_is_cut_short(true);
}

fn shutdown_ends_answers_and_streams_and_nothing_is_cut_short(lean: bool) {
    let hub = Hub::new(0);
    let group = hub.group("", |_| Telling::Whole).unwrap();
    let router = Router::new()
        .route("/page", get(async || Answer::html("page").until([Tag::of("all")])))
        .route("/events", get(async move || EventStream::live(group.clone())))
        .route(
            "/slow",
            get(async || {
                std::thread::sleep(Duration::from_millis(400));
                Answer::html("slow")
            }),
        );
    let served = serve_as(router, hub, |options| options.hand_over_streams = lean);
    let addr = served.addr();

    let mut idle = served.client();
    idle.get("/page", "");
    let mut streams: Vec<_> = (0..10).map(|_| served.client()).collect();
    for stream in &mut streams {
        stream.send("GET /events HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\n\r\n");
        stream.read_until(b"id: 0\n\n").unwrap();
    }
    let mut slow = served.client();
    slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
    std::thread::sleep(Duration::from_millis(100));

    let began = Instant::now();
    let stopping = std::thread::spawn(move || served.running.stop());
    let mut delays = Vec::new();
    for stream in &mut streams {
        let end = String::from_utf8(stream.read_until(if lean { b"\n\n".as_slice() } else { b"0\r\n\r\n" }).unwrap()).unwrap();
        let delay = end.lines().find_map(|line| line.strip_prefix("retry: ")).unwrap();
        delays.push(delay.parse::<u64>().unwrap());
        assert!(stream.is_closed());
    }
    assert!(delays.iter().all(|delay_ms| (1000..5000).contains(delay_ms)), "{delays:?}");
    delays.dedup();
    assert!(1 < delays.len(), "readers come back at different times: {delays:?}");
    assert!(idle.is_closed());
    let reply = slow.reply();
    assert_eq!((reply.text().as_str(), reply.header("connection")), ("slow", "close"));
    stopping.join().unwrap();
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    assert!(std::net::TcpStream::connect(addr).is_err());
}

#[test]
fn shutdown_does_not_wait_for_ever() {
    let hub = Hub::new(0);
    let body = Arc::new(vec![7_u8; 32 << 20]);
    let router = Router::new().route("/big", get(async move || Answer::new("image/png", body.to_vec())));
    let served = serve_with(router, hub, |limits| limits.shutdown_time_max = Duration::from_millis(300));
    let mut stuck = Client::new(served.addr());
    stuck.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n");
    std::thread::sleep(Duration::from_millis(200));
    let began = Instant::now();
    served.running.stop();
    assert!((250..1500).contains(&began.elapsed().as_millis()), "{:?}", began.elapsed());
}
