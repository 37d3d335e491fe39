//! Pages: encodings, conditions, the cache and what drops from it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::{get, post};
use courant_web::serve::{Answer, Tag};
use http::StatusCode;
use http::header::{HeaderMap, HeaderName, HeaderValue, LOCATION, SET_COOKIE};

use crate::harness::{Client, Reply, serve, serve_with};

const ALL: Tag = Tag::of("all");

fn long_text() -> String {
    "The wire is what runs. ".repeat(400)
}

fn decoded(reply: &Reply) -> String {
    let len = long_text().len();
    let bytes = match reply.header("content-encoding") {
        "" => reply.body.clone(),
        "gzip" => {
            let mut out = vec![0; len];
            libdeflater::Decompressor::new().gzip_decompress(&reply.body, &mut out).unwrap();
            out
        }
        "zstd" => zstd::bulk::decompress(&reply.body, len).unwrap(),
        "br" => {
            let mut out = Vec::new();
            brotli::BrotliDecompress(&mut &reply.body[..], &mut out).unwrap();
            out
        }
        other => panic!("{other}"),
    };
    String::from_utf8(bytes).unwrap()
}

fn page() -> Router {
    Router::new().route(
        "/",
        get(async || {
            Answer::html(long_text()).until([ALL]).cache_control("public, max-age=5").last_modified("2026-11-23T12:00:00Z".parse().unwrap())
        }),
    )
}

#[test]
fn each_encoding_has_its_bytes_and_its_tag() {
    let served = serve(page());
    let mut client = served.client();
    let mut etags = Vec::new();
    for (accept, coding) in [("gzip, br, zstd", "br"), ("gzip", "gzip"), ("zstd", "zstd"), ("identity", "")] {
        let accept = format!("Accept-Encoding: {accept}\r\n");
        for round in ["rendered", "cached"] {
            let reply = client.get("/", &accept);
            assert_eq!(reply.status, 200, "{coding} {round}");
            assert_eq!(reply.header("content-encoding"), coding, "{round}");
            assert_eq!(decoded(&reply), long_text(), "{coding} {round}");
            assert_eq!(reply.header("vary"), "accept-encoding");
            assert_eq!(reply.header("content-length"), reply.body.len().to_string());
            assert_eq!(reply.header("last-modified"), "Mon, 23 Nov 2026 12:00:00 GMT");
            assert_eq!(reply.header("cache-control"), "public, max-age=5");
            assert_eq!(client.head("/", &accept).headers, reply.headers, "HEAD is GET without a body");
            etags.push(reply.header("etag").to_owned());
        }
    }
    etags.dedup();
    assert_eq!(etags.len(), 4, "other bytes, other tag: {etags:?}");
    assert_eq!(served.running.metrics().cache_hits_and_misses(), (15, 1));
    assert_eq!(client.get("/", "Accept-Encoding: identity;q=0, *;q=0\r\n").status, 406);
}

#[test]
fn a_reader_who_has_the_page_is_told_so() {
    let served = serve(page());
    let mut client = served.client();
    let full = client.get("/", "Accept-Encoding: br\r\n");
    let etag = full.header("etag");
    for (headers, status) in [
        (format!("If-None-Match: {etag}"), 304),
        (format!("If-None-Match: W/{etag}"), 304),
        (format!("If-None-Match: \"other\", {etag}"), 304),
        ("If-None-Match: *".to_owned(), 304),
        ("If-None-Match: \"other\"".to_owned(), 200),
        ("If-Modified-Since: Mon, 23 Nov 2026 12:00:00 GMT".to_owned(), 304),
        ("If-Modified-Since: Mon, 23 Nov 2026 11:59:59 GMT".to_owned(), 200),
        // The date does not count beside an entity tag.
        ("If-None-Match: \"other\"\r\nIf-Modified-Since: Mon, 23 Nov 2026 12:00:00 GMT".to_owned(), 200),
    ] {
        let headers = format!("Accept-Encoding: br\r\n{headers}\r\n");
        for reply in [client.get("/", &headers), client.head("/", &headers)] {
            assert_eq!(reply.status, status, "{headers}");
            for name in ["etag", "cache-control", "vary", "last-modified"] {
                assert_eq!(reply.header(name), full.header(name), "{headers} {name}");
            }
            assert_eq!(reply.headers.contains_key("content-length"), status == 200, "{headers}");
        }
    }
    let gzip = client.get("/", &format!("Accept-Encoding: gzip\r\nIf-None-Match: {etag}\r\n"));
    assert_eq!(gzip.status, 200, "the brotli bytes are not the gzip bytes");
}

#[test]
fn a_rendering_may_answer_304_itself() {
    let served = serve(page());
    let first = served.get("/", "If-None-Match: *\r\n");
    assert_eq!(first.status, 304);
    assert_eq!(first.header("last-modified"), "Mon, 23 Nov 2026 12:00:00 GMT");
}

#[test]
fn a_page_stays_until_what_it_was_made_from_changes() {
    let rendered = Arc::new(AtomicU64::new(0));
    let count = rendered.clone();
    let story = async move || {
        let n = count.fetch_add(1, Ordering::Relaxed) + 1;
        Answer::html(format!("rendering {n}")).until([Tag::of("story:a"), Tag::of("section:b")])
    };
    let served = serve(Router::new().route("/story", get(story)));
    let mut client = served.client();
    let mut text = || client.get("/story", "").text();
    assert_eq!(text(), "rendering 1");
    assert_eq!(text(), "rendering 1");
    served.cache.invalidate(&[Tag::of("story:other")]);
    assert_eq!(text(), "rendering 1");
    served.cache.invalidate(&[Tag::pair("story", "a")]);
    assert_eq!(text(), "rendering 2");
    served.cache.invalidate(&[ALL, Tag::pair("section", "b")]);
    assert_eq!(text(), "rendering 3");
    served.cache.invalidate_all();
    assert_eq!(text(), "rendering 4");
    assert_eq!(text(), "rendering 4");
    // A query is another page.
    assert_eq!(served.get("/story?a=1", "").text(), "rendering 5");
}

#[test]
fn an_ageing_page_is_made_anew() {
    let rendered = Arc::new(AtomicU64::new(0));
    let clock = async move || {
        let n = rendered.fetch_add(1, Ordering::Relaxed);
        Answer::html(n.to_string()).until_or_for([ALL], Duration::from_millis(80))
    };
    let served = serve(Router::new().route("/clock", get(clock)));
    assert_eq!(served.get("/clock", "").text(), "0");
    assert_eq!(served.get("/clock", "").text(), "0");
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(served.get("/clock", "").text(), "1");
}

#[test]
fn one_readers_business_is_never_anothers() {
    let rendered = Arc::new(AtomicU64::new(0));
    let page = async move |headers: HeaderMap| {
        let n = rendered.fetch_add(1, Ordering::Relaxed);
        let cookie = headers.get("cookie").map_or("", |value| value.to_str().unwrap());
        Answer::html(format!("{n} {cookie}")).until([ALL])
    };
    let served = serve(Router::new().route("/", get(page.clone())).route("/private/x", get(page)));
    assert_eq!(served.get("/", "Cookie: a\r\n").text(), "0 a");
    assert_eq!(served.get("/", "").text(), "1 ");
    assert_eq!(served.get("/", "").text(), "1 ");
    assert_eq!(served.get("/", "Cookie: b\r\n").text(), "2 b");
    assert_eq!(served.get("/", "Authorization: Basic YTpi\r\n").text(), "3 ");
    assert_eq!(served.get("/", "Range: bytes=0-1\r\n").text(), "4 ");
    assert_eq!(served.get("/", "").text(), "1 ");
    assert_eq!(served.get("/private/x", "").text(), "5 ");
    assert_eq!(served.get("/private/x", "").text(), "6 ");
    let head = served.client().head("/private/x", "");
    assert_eq!((head.header("content-length"), head.header("etag").len()), ("2", 26));
}

#[test]
fn a_page_that_sets_a_cookie_is_not_kept() {
    let page = async || Answer::html("a").until([ALL]).header(SET_COOKIE, HeaderValue::from_static("a=b"));
    let served = serve(Router::new().route("/", get(page)));
    assert_eq!(served.get("/", "").header("set-cookie"), "a=b");
    assert_eq!(served.cache.size().0, 0);
}

#[test]
fn many_readers_wait_for_one_rendering() {
    let rendered = Arc::new(AtomicU64::new(0));
    let count = rendered.clone();
    let slow = async move || {
        count.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep(Duration::from_millis(150));
        Answer::html(long_text()).until([ALL])
    };
    let served = serve(Router::new().route("/slow", get(slow)));
    let codings = ["br", "gzip", "zstd", "identity"];
    std::thread::scope(|scope| {
        for idx in 0..40 {
            let served = &served;
            scope.spawn(move || {
                let reply = served.get("/slow", &format!("Accept-Encoding: {}\r\n", codings[idx % 4]));
                assert_eq!(decoded(&reply), long_text());
            });
        }
    });
    assert_eq!(rendered.load(Ordering::Relaxed), 1);
}

#[test]
fn slow_pages_do_not_delay_ready_ones() {
    let slow = async |uri: http::Uri| {
        std::thread::sleep(Duration::from_millis(400));
        Answer::html(uri.path().to_owned())
    };
    let served = serve(page().fallback(slow));
    let mut client = served.client();
    client.get("/", "");
    std::thread::scope(|scope| {
        for n in 0..16 {
            let served = &served;
            scope.spawn(move || assert_eq!(served.get(&format!("/slow/{n}"), "").text(), format!("/slow/{n}")));
        }
        std::thread::sleep(Duration::from_millis(50));
        let mut times: Vec<_> = (0..100)
            .map(|_| {
                let began = Instant::now();
                client.get("/", "");
                began.elapsed()
            })
            .collect();
        times.sort_unstable();
        assert!(times[90] < Duration::from_millis(100), "{times:?}");
    });
}

#[test]
fn readers_who_waited_for_a_private_answer_get_their_own() {
    let rendered = Arc::new(AtomicU64::new(0));
    let count = rendered.clone();
    let slow = async move || {
        std::thread::sleep(Duration::from_millis(30));
        Answer::html(count.fetch_add(1, Ordering::Relaxed).to_string())
    };
    let served = serve(Router::new().route("/slow", get(slow)));
    let mut texts: Vec<u64> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| served.get("/slow", "").text().parse().unwrap())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    texts.sort_unstable();
    assert_eq!(texts, (0..8).collect::<Vec<_>>());
}

/// Writers change a value, then invalidate; whoever asks after that never sees an older value.
#[test]
fn no_reader_sees_a_value_older_than_the_last_invalidation() {
    const ROUNDS: Duration = Duration::from_millis(1500);
    let stored = Arc::new(AtomicU64::new(0));
    let read = stored.clone();
    let page = async move || {
        let value = read.load(Ordering::SeqCst);
        // Long enough to be overtaken now and then.
        std::thread::sleep(Duration::from_micros(value % 7 * 100));
        Answer::html(value.to_string()).until([Tag::of("value")])
    };
    let served = serve(Router::new().route("/value", get(page)));
    let visible = AtomicU64::new(0);
    let over = AtomicBool::new(false);
    let reads = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                let mut client = served.client();
                while !over.load(Ordering::Relaxed) {
                    let least = visible.load(Ordering::SeqCst);
                    let seen: u64 = client.get("/value", "").text().parse().unwrap();
                    assert!(least <= seen, "saw {seen} after {least} was visible");
                    reads.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let began = Instant::now();
        let mut value = 0;
        while began.elapsed() < ROUNDS {
            value += 1;
            stored.store(value, Ordering::SeqCst);
            served.cache.invalidate(&[Tag::of("value")]);
            visible.store(value, Ordering::SeqCst);
            std::thread::sleep(Duration::from_micros(value % 5 * 300));
        }
        over.store(true, Ordering::Relaxed);
    });
    let (hits, misses) = served.running.metrics().cache_hits_and_misses();
    assert!(100 < reads.load(Ordering::Relaxed) && 20 < hits && 20 < misses, "{reads:?} {hits} {misses}");
}

#[test]
fn a_busy_page_gets_smaller_and_its_former_tag_still_counts() {
    let router = Router::new().route("/", get(async || Answer::html(long_text()).until([ALL])));
    let served = serve_with(router, courant_web::serve::Hub::new(0), |limits| {
        limits.settle_time = Duration::from_millis(50);
    });
    let mut client = served.client();
    let first = client.get("/", "Accept-Encoding: br\r\n");
    for _ in 0..100 {
        client.get("/", "Accept-Encoding: gzip\r\n");
    }
    let began = Instant::now();
    let better = loop {
        let reply = client.get("/", "Accept-Encoding: br\r\n");
        if reply.header("etag") != first.header("etag") {
            break reply;
        }
        assert!(began.elapsed() < Duration::from_secs(4), "it is never compressed again");
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(better.body.len() <= first.body.len());
    assert_eq!(decoded(&better), long_text());
    let held = format!("Accept-Encoding: br\r\nIf-None-Match: {}\r\n", first.header("etag"));
    let reply = client.get("/", &held);
    assert_eq!((reply.status, reply.header("etag")), (304, first.header("etag")));
}

#[test]
fn another_spelling_shares_the_canonical_page() {
    let rendered = Arc::new(AtomicU64::new(0));
    let list = async move || {
        let n = rendered.fetch_add(1, Ordering::Relaxed);
        Answer::html(n.to_string()).until([ALL]).canonical("/all?place=jp&topic=x")
    };
    let served = serve(Router::new().route("/all", get(list)));
    assert_eq!(served.get("/all?topic=x&place=jp", "").text(), "0");
    assert_eq!(served.get("/all?place=jp&topic=x", "").text(), "0");
    assert_eq!(served.get("/all?topic=x&place=jp", "").text(), "0");
    assert_eq!(served.cache.size().0, 1);
    served.cache.invalidate(&[ALL]);
    assert_eq!(served.get("/all?topic=x&place=jp", "").text(), "1");
}

#[test]
fn errors_are_not_stored_by_readers_and_only_lasting_ones_by_us() {
    let rendered = Arc::new(AtomicU64::new(0));
    let status = async move |uri: http::Uri| {
        let n = rendered.fetch_add(1, Ordering::Relaxed);
        let status = StatusCode::from_bytes(&uri.path().as_bytes()[1..]).unwrap();
        let place = HeaderValue::from_static("/there");
        Answer::html(n.to_string()).status(status).until([ALL]).cache_control("max-age=60").header(LOCATION, place)
    };
    let served = serve(Router::new().fallback(status));
    for (path, cache_control, kept) in [
        ("/410", "no-store", true),
        ("/404", "no-store", true),
        ("/400", "no-store", false),
        ("/500", "no-store", false),
        ("/308", "max-age=60", true),
    ] {
        let (first, second) = (served.get(path, ""), served.get(path, "If-None-Match: *\r\n"));
        assert_eq!(first.status.to_string(), path[1..], "{path}");
        assert_eq!(first.header("cache-control"), cache_control, "{path}");
        assert_eq!(first.header("etag"), "", "{path}");
        assert_eq!(first.header("location"), "/there", "{path}");
        assert_eq!(second.status, first.status, "only a 200 has a version a reader can hold: {path}");
        assert_eq!(first.body == second.body, kept, "{path}");
    }
}

#[test]
fn what_is_not_a_page_passes_through() {
    let slow = async || {
        tokio::time::sleep(Duration::from_millis(1500)).await;
        "late"
    };
    let router = Router::new()
        .route("/plain", get(async || ([("x-own", "1")], "plain")))
        .route("/echo", post(async |body: String| body))
        .route("/panic", get(async || -> &'static str { panic!("a handler's own fault") }))
        .route("/slow", get(slow))
        .route("/private/slow", get(slow))
        .route("/refused", get(async || StatusCode::FORBIDDEN));
    let served = serve_with(router, courant_web::serve::Hub::new(0), |limits| {
        limits.render_time_max = Duration::from_millis(900);
        limits.body_pause_max = Duration::from_millis(200);
    });
    let mut client = served.client();
    let plain = client.get("/plain", "");
    assert_eq!((plain.header("x-own"), plain.text().as_str()), ("1", "plain"));
    assert_eq!(client.head("/plain", "").header("content-length"), "5");
    client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello");
    assert_eq!(client.reply().text(), "hello");
    let panicked = client.get("/panic", "");
    assert_eq!((panicked.status, panicked.header("cache-control")), (500, "no-store"));
    let late = client.get("/slow", "");
    assert_eq!((late.status, late.header("retry-after")), (503, "5"));
    assert_eq!(client.get("/private/slow", "").text(), "late", "a long poll takes its time");
    let refused = client.get("/refused", "");
    assert_eq!((refused.status, refused.header("cache-control")), (403, "no-store"));
    assert_eq!(client.get("/nowhere", "").status, 404);

    // A body that stops arriving.
    client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhe");
    assert_eq!(client.reply().status, 400);
}

#[test]
fn a_page_too_big_for_the_cache_is_served_all_the_same() {
    let big = async || Answer::new("image/png", vec![7; 12 << 20]).until([ALL]);
    let served = serve(Router::new().route("/big.png", get(big)));
    for _ in 0..2 {
        let reply = served.get("/big.png", "Accept-Encoding: br\r\n");
        assert_eq!((reply.body.len(), reply.header("vary"), reply.header("content-encoding")), (12 << 20, "", ""));
    }
    assert_eq!(served.cache.size().0, 0);
    assert!(served.running.metrics().render().contains("courant_cache_refused_size_total 2\n"));
}

#[test]
fn the_peer_is_known_to_handlers() {
    use axum::extract::Extension;
    use courant_web::serve::Peer;
    let peer = async |Extension(Peer(addr)): Extension<Peer>| addr.ip().to_string();
    let served = serve(Router::new().route("/peer", get(peer)));
    assert_eq!(served.get("/peer", "").text(), "127.0.0.1");
}

#[test]
fn headers_of_the_handler_and_of_middleware_leave_with_the_page() {
    let page = async || Answer::html("a").until([ALL]).header(HeaderName::from_static("x-page"), HeaderValue::from_static("1"));
    let add = async |mut response: axum::response::Response| {
        response.headers_mut().insert("content-security-policy", HeaderValue::from_static("default-src 'none'"));
        response
    };
    let router = Router::new().route("/", get(page)).layer(axum::middleware::map_response(add));
    let served = serve(router);
    let mut client = Client::new(served.addr());
    for _ in 0..2 {
        let reply = client.get("/", "");
        assert_eq!(reply.header("x-page"), "1");
        assert_eq!(reply.header("content-security-policy"), "default-src 'none'");
    }
}
