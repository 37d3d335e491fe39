//! What arrives on the wire: framing, limits, refusals, and readers who dawdle.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::{get, post};
use courant_web::serve::{Answer, Hub, Options, ServeError, Server, Tag};

use crate::harness::{Client, Served, serve, serve_with};

fn router() -> Router {
    Router::new()
        .route("/a", get(async || Answer::html("page a").until([Tag::of("all")])))
        .route("/big", get(async || Answer::new("image/png", vec![7; 4 << 20]).until([Tag::of("all")])))
        .route("/echo", post(async |body: String| body))
}

fn send(served: &Served, raw: &str) -> (u16, String) {
    let mut client = served.client();
    client.send(raw);
    let reply = client.reply();
    (reply.status, reply.text())
}

#[test]
fn two_hundred_requests_in_one_segment_are_answered_in_order() {
    let served = serve(router());
    let mut client = served.client();
    let targets: Vec<_> = (0..200).map(|n| format!("/a?n={}", n % 7)).collect();
    let requests = targets.iter().map(|t| format!("GET {t} HTTP/1.1\r\nHost: h\r\n\r\n"));
    client.send(requests.collect::<Vec<_>>().concat());
    for target in &targets {
        let reply = client.reply();
        assert_eq!((reply.status, reply.text().as_str()), (200, "page a"), "{target}");
    }
}

#[test]
fn methods_may_be_mixed_in_one_segment() {
    let served = serve(router());
    let etag = served.get("/a", "").header("etag").to_owned();
    let mut client = served.client();
    client.send(format!(
        "GET /a HTTP/1.1\r\nHost: h\r\n\r\n\
         POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi\
         HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n\
         GET /a HTTP/1.1\r\nHost: h\r\nIf-None-Match: {etag}\r\n\r\n\
         GET /none HTTP/1.1\r\nHost: h\r\n\r\n\
         GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
    ));
    assert_eq!(client.reply().text(), "page a");
    assert_eq!(client.reply().text(), "hi");
    assert_eq!(client.reply_to_head().header("content-length"), "6");
    assert_eq!(client.reply().status, 304);
    assert_eq!(client.reply().status, 404);
    assert_eq!(client.reply().text(), "page a");
}

#[test]
fn a_request_may_arrive_byte_by_byte() {
    let served = serve(router());
    let mut client = served.client();
    for byte in b"GET /a HTTP/1.1\r\nHost: h\r\n\r\n" {
        client.send([*byte]);
    }
    assert_eq!(client.reply().text(), "page a");
}

#[test]
fn a_request_does_not_wait_for_the_half_behind_it() {
    let served = serve(router());
    let mut client = served.client();
    client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /a HTT");
    let began = Instant::now();
    assert_eq!(client.reply().text(), "page a");
    assert!(began.elapsed() < Duration::from_secs(1));
    client.send("P/1.1\r\nHost: h\r\n\r\n");
    assert_eq!(client.reply().text(), "page a");
}

#[test]
fn a_reader_who_sleeps_first_gets_every_answer() {
    let served = serve(router());
    let mut client = served.client();
    client.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n".repeat(8));
    std::thread::sleep(Duration::from_millis(200));
    for _ in 0..8 {
        assert_eq!(client.reply().body.len(), 4 << 20);
    }
}

#[test]
fn a_request_names_exactly_one_host() {
    let served = serve(router());
    for (hosts, status) in [
        ("Host: example.org\r\n", 200),
        ("Host: [::1]:8080\r\n", 200),
        ("", 400),
        ("Host: a\r\nHost: a\r\n", 400),
        ("Host: a\r\nHost: b\r\n", 400),
        ("Host: \r\n", 400),
        ("Host: a,b\r\n", 400),
        ("Host: user@a\r\n", 400),
        ("Host: a b\r\n", 400),
    ] {
        let (answered, text) = send(&served, &format!("GET /a HTTP/1.1\r\n{hosts}\r\n"));
        assert_eq!(answered, status, "{hosts:?}: {text}");
        if status == 400 {
            assert!(text.contains("Host"), "the refusal says what is wrong: {text}");
        }
    }
    assert_eq!(send(&served, "GET /a HTTP/1.0\r\n\r\n").0, 400);
    assert_eq!(send(&served, "GET http://h/a HTTP/1.1\r\nHost: h\r\n\r\n").1, "page a");
}

#[test]
fn oversized_heads_are_refused() {
    let served = serve(router());
    let long = "x".repeat(40 << 10);
    assert_eq!(send_status(&served, &format!("GET /a HTTP/1.1\r\nHost: h\r\nX-Long: {long}\r\n\r\n")), 431);
    let many = "X-Many: y\r\n".repeat(120);
    assert_eq!(send_status(&served, &format!("GET /a HTTP/1.1\r\nHost: h\r\n{many}\r\n")), 431);
    let query = "q".repeat(16 << 10);
    assert_eq!(send(&served, &format!("GET /a?{query} HTTP/1.1\r\nHost: h\r\n\r\n")).0, 414);
    let query = "q".repeat((16 << 10) - 3);
    assert_eq!(send(&served, &format!("GET /a?{query} HTTP/1.1\r\nHost: h\r\n\r\n")).0, 200);
}

/// Sends a head that the server may refuse before it has read it all.
fn send_status(served: &Served, raw: &str) -> u16 {
    use std::io::Write;
    let mut client = served.client();
    // The rest may meet a closed connection.
    let _ = client.socket.write_all(raw.as_bytes());
    client.read_head().unwrap().status
}

/// What hyper does with doubtful requests, pinned so that an update cannot change it unseen.
#[test]
fn doubtful_requests_are_refused_or_harmless() {
    let served = serve(router());
    for (raw, status) in [
        ("GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc", 400),
        ("GET /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", 200),
        ("GET /a HTTP/1.1\r\nHost : h\r\n\r\n", 400),
        ("GET /a HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n", 400),
        ("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
        ("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\na", 400),
        ("nonsense\r\n\r\n", 400),
        // Lenient: a proxy in front must normalise line ends.
        ("GET /a HTTP/1.1\nHost: h\n\n", 200),
        ("CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n", 501),
        ("BREW /a HTTP/1.1\r\nHost: h\r\n\r\n", 405),
    ] {
        assert_eq!(send_status(&served, raw), status, "{raw:?}");
    }
}

#[test]
fn a_request_hidden_behind_two_lengths_is_not_answered() {
    let served = serve(router());
    let mut client = served.client();
    client.send(
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\
         Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n",
    );
    assert_eq!(client.reply().status, 200);
    assert!(client.is_closed());
}

#[test]
fn slow_and_idle_connections_are_ended() {
    let served = serve_with(router(), Hub::new(0), |limits| {
        limits.head_time_max = Duration::from_millis(200);
        limits.idle_time_max = Duration::from_secs(2);
    });
    let closes_after = |client: &mut Client| {
        let began = Instant::now();
        assert!(client.is_closed());
        began.elapsed()
    };
    // Says nothing; says half a head; says half a head after a whole request.
    let mut silent = served.client();
    assert!((150..1500).contains(&closes_after(&mut silent).as_millis()));
    let mut half = served.client();
    half.send("GET /a HT");
    assert!((150..1500).contains(&closes_after(&mut half).as_millis()));
    let mut later = served.client();
    later.get("/a", "");
    later.send("GET /a HT");
    assert!((150..1500).contains(&closes_after(&mut later).as_millis()));
    // Drip by drip does not help.
    let mut drip = served.client();
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(2) {
        use std::io::Write;
        if drip.socket.write_all(b"G").is_err() {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(began.elapsed() < Duration::from_millis(1500));
    // Kept alive, and idle.
    let mut idle = served.client();
    idle.get("/a", "");
    assert!((1900..4500).contains(&closes_after(&mut idle).as_millis()));
}

#[test]
fn a_reader_who_takes_nothing_is_cut() {
    let served = serve_with(router(), Hub::new(0), |limits| {
        limits.write_time_max = Duration::from_millis(300);
    });
    let mut client = served.client();
    client.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n".repeat(8));
    let began = Instant::now();
    while 0 < served.running.metrics().connections_open() || began.elapsed() < Duration::from_millis(100) {
        assert!(began.elapsed() < Duration::from_secs(3), "it is still open");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(Duration::from_millis(250) < began.elapsed());
    assert!(served.running.metrics().render().contains("courant_connections_dropped_total 1\n"));
}

#[test]
fn connections_beyond_the_limit_are_turned_away() {
    let served = serve_with(router(), Hub::new(0), |limits| limits.connections_max = 3);
    let mut kept: Vec<_> = (0..3).map(|_| served.client()).collect();
    for client in &mut kept {
        client.get("/a", "");
    }
    let mut fourth = served.client();
    let text = String::from_utf8(fourth.read_until(b"in some seconds").unwrap()).unwrap();
    assert!(text.starts_with("HTTP/1.1 503 ") && text.contains("Retry-After: 5\r\n"), "{text}");
    assert!(fourth.is_closed());
    kept.pop();
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(served.get("/a", "").status, 200);
}

#[test]
fn an_address_beyond_its_share_is_turned_away() {
    let served = serve_with(router(), Hub::new(0), |limits| limits.connections_per_address_max = 1);
    let mut first = served.client();
    first.get("/a", "");
    let mut second = served.client();
    second.read_until(b"in some seconds").unwrap();
    assert!(second.is_closed());
    assert_eq!(first.get("/a", "").status, 200);
}

/// Where the segments end must not matter.
#[test]
fn requests_may_be_cut_anywhere() {
    let served = serve(router());
    let requests = [
        ("GET /a HTTP/1.1\r\nHost: h\r\n\r\n", 200, "page a"),
        ("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello", 200, "hello"),
        ("GET /a?q=1 HTTP/1.1\r\nHost: h\r\nAccept-Encoding: br\r\n\r\n", 200, "page a"),
        (
            "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n",
            200,
            "abcde",
        ),
        ("GET /none HTTP/1.1\r\nHost: h\r\n\r\n", 404, ""),
    ];
    let whole: String = requests.map(|(request, ..)| request).concat();
    let mut seed = 1_u64;
    for _ in 0..30 {
        let mut client = served.client();
        let mut rest = whole.as_bytes();
        while !rest.is_empty() {
            // A plain linear congruence: the cuts differ, but are the same in every run.
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let len = usize::try_from(seed >> 58).unwrap().clamp(1, rest.len());
            client.send(&rest[..len]);
            rest = &rest[len..];
        }
        for (request, status, body) in requests {
            let reply = client.reply();
            assert_eq!((reply.status, reply.text().as_str()), (status, body), "{request:?}");
        }
    }
}

#[test]
fn a_taken_port_is_named() {
    let first = Server::bind(Options::new("127.0.0.1:0".parse().unwrap())).unwrap();
    let foreign = TcpListener::bind("127.0.0.1:0").unwrap();
    for addr in [first.addr(), foreign.local_addr().unwrap()] {
        let Err(error) = Server::bind(Options::new(addr)) else { panic!("two servers share {addr}") };
        assert!(matches!(error, ServeError::PortTaken { .. }), "{error}");
        assert!(error.to_string().contains(&format!("port {}", addr.port())), "{error}");
    }
}

#[test]
fn the_operator_has_a_listener_of_its_own() {
    let served = serve(router());
    served.get("/a", "");
    served.get("/a", "");
    let operator = served.running.operator_addr().unwrap();
    let mut client = Client::new(operator);
    assert_eq!(client.get("/healthz", "").text(), "ok\n");
    assert_eq!(client.get("/readyz", "").text(), "ready\n");
    let metrics = client.get("/metrics", "").text();
    for line in ["courant_cache_hits_total 1", "courant_cache_misses_total 1", "courant_cache_pages 1"] {
        assert!(metrics.lines().any(|l| l == line), "{line} in {metrics}");
    }
    assert_eq!(client.get("/a", "").status, 404);
    // The public sees only that we live.
    assert_eq!(served.get("/healthz", "").text(), "ok\n");
    assert_eq!(served.get("/metrics", "").status, 404);
    assert_eq!(served.get("/readyz", "").status, 404);
}
