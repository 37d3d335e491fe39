//! Other media and partners, from their entries on the wire to what readers see.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

mod support;

use std::path::Path;
use std::sync::Arc;

use courant_news::press::{
    DecidedBy, Difference, DifferenceKind, DifferenceState, Evidence, MatchKind, PartnerId, PressMatch, PressSource, PressSubject,
    ReportId, Shared, SharedKind, SourceId, SourceState, Teaser, WebAddress,
};
use courant_news::{Guid, Headline, Lang, Offer, WireEvent};
use courant_store_sqlite::NewsroomDb;
use courant_wire::WireStore;
use jiff::Timestamp;
use serde_json::Value;
use support::{Server, done, file, refused, story};

/// Appends as another process beside the server does.
fn append(data: &Path, event: WireEvent) {
    let wire = NewsroomDb::open(&data.join(NewsroomDb::FILE_NAME)).unwrap();
    wire.append(event, Offer::Next, Timestamp::now()).unwrap();
}

fn web(address: &str) -> WebAddress {
    WebAddress::parse(address).unwrap()
}

fn source(state: SourceState) -> WireEvent {
    let id = SourceId::parse("gazette").unwrap();
    let source =
        PressSource::new(id, "Sample Gazette", web("https://gazette.example/"), web("https://gazette.example/feed"), Lang::english());
    WireEvent::DescribeSource(Arc::new(PressSource { state, ..source.unwrap() }))
}

fn report() -> WireEvent {
    let differs = |ours, state| Difference::new(DifferenceKind::Number, ours, "7.5").unwrap().judged(state);
    WireEvent::MatchReport(Arc::new(PressMatch {
        about: PressSubject::Story(Guid::parse("urn:a").unwrap()),
        source: SourceId::parse("gazette").unwrap(),
        report: ReportId::parse("1").unwrap(),
        headline: Headline::parse("البنك يبقي الفائدة").unwrap(),
        link: web("https://gazette.example/1"),
        published_at: Some("2026-11-20T09:00:00Z".parse().unwrap()),
        seen_at: "2026-11-20T09:05:00Z".parse().unwrap(),
        lang: Lang::parse("ar").unwrap(),
        is_paywalled: true,
        kind: MatchKind::SameStory,
        evidence: Evidence::new(875, vec![Shared::new(SharedKind::Name, "Rates", "الفائدة").unwrap()]).unwrap(),
        differs: vec![differs("3.5", DifferenceState::Approved), differs("4.5", DifferenceState::Waiting)],
        decided_by: DecidedBy::Machine,
    }))
}

#[test]
fn a_report_stands_beside_its_story_and_is_gone_with_its_source() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let first = file(folder.path(), "first.json", &story("urn:a", "Rates held", "economy").to_string());
    done(&data, &["wire", "move", &first]);
    append(&data, source(SourceState::Active));
    append(&data, report());
    let server = Server::start(&data);
    let feed: Value = serde_json::from_str(&server.wait_for("/all.json", |_, body| body.contains("Rates held"))).unwrap();
    let path = feed["items"][0]["url"].as_str().unwrap().split_once(&server.addr).unwrap().1.to_owned();

    let page = server.wait_for(&path, |_, body| body.contains("Sample Gazette"));
    let link = r#"rel="noopener external" href="https://gazette.example/1" lang="ar" dir="rtl">البنك يبقي الفائدة"#;
    assert!(page.contains(link), "{page}");
    let press = server.get(&format!("{path}/press")).1;
    assert!(press.contains(link) && press.contains("87.5") && press.contains("Paywall") && press.contains("Arabic"), "{press}");
    assert!(press.contains("3.5") && !press.contains("4.5"), "only what an editor approved: {press}");
    let json = server.json(&format!("{path}/press.json"));
    assert_eq!(json["reports"][0]["outlet"], "Sample Gazette");
    assert_eq!(json["reports"][0]["differs"], serde_json::json!([{ "kind": "number", "ours": "3.5", "theirs": "7.5" }]));
    for ending in ["rss", "atom"] {
        let feed = server.get(&format!("{path}/press.{ending}")).1;
        assert!(feed.contains("https://gazette.example/1") && feed.contains("البنك"), "{feed}");
    }
    assert!(server.get("/press").1.contains("https://gazette.example/"));
    let lists = ["/", "/all", "/all.rss", "/economy", "/search?q=rates"].map(|target| server.get(target).1);
    assert!(lists.iter().all(|list| !list.contains("البنك")), "never among the news");

    // Each of these has been served and is kept ready; the entry drops them all.
    append(&data, source(SourceState::Removed));
    server.wait_for("/press", |_, body| !body.contains("gazette.example"));
    for target in [path.clone(), format!("{path}/press"), format!("{path}/press.json"), format!("{path}/press.rss")] {
        let (status, body) = server.get(&target);
        assert!(status == 200 && !body.contains("gazette.example") && !body.contains("Sample Gazette"), "{target}: {body}");
    }
    let other_words = server.get(&format!("/news/{}/x/press", path.split('/').nth(2).unwrap())).0;
    assert_eq!(other_words, 301, "the words of the address lead on");

    append(&data, source(SourceState::Active));
    append(&data, report());
    server.wait_for(&path, |_, body| body.contains("Sample Gazette"));
    done(&data, &["wire", "kill", "urn:a", "--reason", "It was wrong."]);
    server.wait_for(&path, |status, _| status == 410);
    for target in [format!("{path}/press"), format!("{path}/press.json"), path] {
        let (status, body) = server.get(&target);
        assert!(status == 410 && !body.contains("gazette.example"), "{target}: {body}");
    }
    drop(server);
    assert!(done(&data, &["verify"]).contains("site:"));
}

#[test]
fn a_partner_is_shown_under_its_agreement_and_no_longer() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let home = ["--name", "Harbour Wire", "--home", "https://harbour.example/"];
    let add = [&["partner", "add", "harbour"][..], &home, &["--topic", "economy", "--trust", "member", "--since", "2026-01-01"]].concat();
    done(&data, &add);
    let first = file(folder.path(), "first.json", &story("urn:a", "Rates held", "economy").to_string());
    let second = file(folder.path(), "second.json", &story("urn:b", "A match", "sport").to_string());
    done(&data, &["wire", "move", &first]);
    done(&data, &["wire", "move", &second]);
    let (partner, id) = (PartnerId::parse("harbour").unwrap(), ReportId::parse("1").unwrap());
    let headline = Headline::parse("Ships wait").unwrap();
    let teaser = Teaser::new(partner, id, headline, web("https://harbour.example/1"), Lang::english(), Timestamp::now());
    append(&data, WireEvent::Tease(Arc::new(teaser)));

    let server = Server::start(&data);
    let front = server.wait_for("/", |_, body| body.contains("Ships wait"));
    assert!(front.contains(">Partner</b>") && front.contains("Harbour Wire"), "{front}");
    assert!(!server.get("/all").1.contains("Ships wait") && !server.get("/all.rss").1.contains("Ships wait"));
    assert!(server.get("/partners").1.contains("Ships wait"));
    let books = &server.json("/partners.json")["partners"][0];
    assert_eq!((books["given"].as_u64(), books["taken"].as_u64()), (Some(1), Some(1)), "sport is not covered");
    assert!(server.get("/trust.txt").1.contains("member=https://harbour.example/\n"));
    let line: Value = serde_json::from_str(&done(&data, &["partner", "list", "--json"])).unwrap();
    assert_eq!((&line["given"], &line["in_force"]), (&1.into(), &true.into()));

    done(&data, &["partner", "end", "harbour"]);
    server.wait_for("/", |_, body| !body.contains("Ships wait"));
    for target in ["/partners", "/partners.json", "/trust.txt"] {
        assert!(!server.get(target).1.contains("harbour.example"), "{target}");
    }
    assert!(refused(&data, &["partner", "pause", "harbour"]).contains("has ended"));
    assert!(refused(&data, &["partner", "end", "quay"]).contains("the partners are harbour"));
    assert!(done(&data, &["partner", "list"]).contains("ended"));
}

#[test]
fn another_courant_is_a_partner() {
    let folder = tempfile::tempdir().unwrap();
    let theirs = folder.path().join("harbour");
    for (guid, headline) in [("urn:1", "Ships wait"), ("urn:2", "Ships sail"), ("urn:3", "Cranes rest")] {
        let file = file(folder.path(), "theirs.json", &story(guid, headline, "economy").to_string());
        done(&theirs, &["wire", "move", &file]);
    }
    let config = file(folder.path(), "theirs.toml", "[trust]\nbelongto = [\"https://ours.example/\"]\n");
    let partner = Server::start_with(&theirs, &["--config", &config]);
    partner.wait_for("/all.rss", |_, body| body.contains("Cranes rest"));

    let data = folder.path().join("agency");
    let (home, feed) = (format!("http://{}/", partner.addr), format!("http://{}/all.rss", partner.addr));
    let config = "origin = \"https://ours.example\"\n[press]\nprivate_addresses = [\"127.0.0.0/8\"]\n";
    let config = file(folder.path(), "ours.toml", config);
    let add = ["partner", "add", "harbour", "--name", "Harbour Wire", "--home", &home, "--feed", &feed, "--trust", "member"];
    done(&data, &[&add[..], &["--per-day", "2", "--since", "2026-01-01"]].concat());
    done(&data, &["partner", "fetch", "--config", &config]);
    let taken = |data: &Path| serde_json::from_str::<Value>(&done(data, &["partner", "list", "--json"])).unwrap()["taken"].clone();
    assert_eq!(taken(&data), 2, "two a day");
    done(&data, &["partner", "fetch", "--config", &config]);
    assert_eq!(taken(&data), 2, "and nothing twice");
    assert!(done(&data, &["partner", "check", "--config", &config]).contains("names us as agreed"));

    let ours = Server::start(&data);
    let front = ours.wait_for("/", |_, body| body.contains("Harbour Wire"));
    let link = front.split(&format!("class=\"ttl\" rel=\"noopener external\" href=\"{home}")).nth(1).unwrap().split('"').next().unwrap();
    let link = format!("{home}{link}");
    done(&data, &["partner", "withdraw", "harbour", &link, "--reason", "It is ours."]);
    ours.wait_for("/", |_, body| !body.contains(&link));
    done(&data, &["partner", "fetch", "--config", &config]);
    assert!(!ours.get("/partners").1.contains(&link), "it does not come back by itself");
    assert_eq!(ours.get("/all").1.matches("Ships").count(), 0);

    let add: Vec<&str> = add.iter().map(|word| if *word == "member" { "belongto" } else { word }).collect();
    done(&data, &[&add[..], &["--since", "2026-01-01"]].concat());
    let checked = support::run(&data, &["partner", "check", "harbour", "--config", &config]);
    assert!(!checked.status.success() && String::from_utf8_lossy(&checked.stdout).contains("not what the agreement says"));
}
