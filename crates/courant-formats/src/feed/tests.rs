use courant_news::{
    Association, AssociationRole, Block, Byline, Correction, CorrectionKind, Guid, Headline, Inline, Lang, Lead, NewsItem, Picture, Reason,
    Rendition, Subject, Version,
};

use super::*;

const HOME: &str = "https://news.example";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn story() -> NewsItem {
    let headline = Headline::parse("Fish & chips: prices < 5 euros").unwrap();
    let mut item = NewsItem::new(Guid::parse("tag:a.example,2026:1").unwrap(), headline, Lang::english(), at("2026-11-24T08:00:00Z"));
    item.times.updated_at = Some(at("2026-11-24T09:00:00Z"));
    item.lead = Some(Lead::parse("It is ]]> cheap.").unwrap());
    item.bylines = vec![Byline::new("Ann Lee", None).unwrap()];
    item.subjects = vec![Subject::new("medtop:04000000", None).unwrap(), Subject::new("x:fish", Some("Fish")).unwrap()];
    let words = vec![Inline::Link { href: "/economy/x".into(), words: vec![Inline::Text("Chips ]]> & more".into())] }];
    item.body = vec![Block::Paragraph(words)];
    let file = Rendition::new("/media/fish.svg", "image/svg+xml", 1_600, 900).unwrap();
    let picture = Picture::new("A fish", "Ann & Lee", "A fish", vec![file]).unwrap();
    item.associations = vec![Association { role: AssociationRole::Feature, picture }];
    item
}

fn feed(items: &[NewsItem]) -> Feed {
    Feed {
        title: "Courant: R&D".into(),
        description: "The latest.".into(),
        lang: Some("en".into()),
        home_url: "https://news.example/all?x=1&y=2".into(),
        self_url: "https://news.example/all.rss".into(),
        next_url: Some("https://news.example/all.rss?before=3".into()),
        history: FeedHistory::default(),
        licence_url: None,
        hub_url: Some("https://news.example/websub".into()),
        copyright: Some("© Courant".into()),
        ttl_minutes: 1,
        updated_at: at("2026-11-24T09:00:00Z"),
        entries: items.iter().filter_map(|item| FeedEntry::of(item, 7, HOME)).collect(),
        withdrawn: vec![Tombstone {
            id: "tag:a.example,2026:9".into(),
            withdrawn_at: at("2026-11-24T09:00:00Z"),
            reason: "It was <wrong>.".into(),
        }],
    }
}

#[test]
fn rss_keeps_the_profile() {
    let xml = write_rss(&feed(&[story()]));
    let channel = ::rss::Channel::read_from(xml.as_bytes()).unwrap();
    assert_eq!((channel.title.as_str(), channel.ttl.as_deref()), ("Courant: R&D", Some("1")));
    let links = &channel.extensions["atom"]["link"];
    assert_eq!(links[0].attrs["href"], "https://news.example/all.rss");
    assert!(links.iter().any(|link| link.attrs["rel"] == "hub" && link.attrs["href"] == "https://news.example/websub"));
    let item = &channel.items[0];
    assert_eq!(item.title.as_deref(), Some("Fish & chips: prices < 5 euros"));
    assert_eq!(item.description.as_deref(), Some("It is ]]> cheap."));
    assert_eq!(item.guid.as_ref().map(|guid| (guid.value.as_str(), guid.permalink)), Some(("tag:a.example,2026:1", false)));
    assert_eq!(item.pub_date.as_deref(), Some("Tue, 24 Nov 2026 08:00:00 GMT"));
    assert_eq!(item.extensions["dcterms"]["modified"][0].value.as_deref(), Some("2026-11-24T09:00:00Z"));
    assert_eq!(item.extensions["atom"]["updated"][0].value.as_deref(), Some("2026-11-24T09:00:00Z"));
    assert_eq!(item.categories[1].domain.as_deref(), Some("http://cv.iptc.org/newscodes/mediatopic/04000000"));
    assert_eq!(item.dublin_core_ext.as_ref().unwrap().creators, ["Ann Lee"]);
    let media = &item.extensions["media"]["content"][0];
    assert_eq!(
        (media.attrs["url"].as_str(), media.children["credit"][0].value.as_deref()),
        ("https://news.example/media/fish.svg", Some("Ann & Lee"))
    );
    assert!(item.content.as_deref().unwrap().contains("<a href=\"https://news.example/economy/x\">Chips ]]&gt; &amp; more</a>"));
    assert!(xml.contains("<title>Fish &#x26; chips: prices &#x3C; 5 euros</title>"), "{xml}");
    assert!(xml.find("<description>").unwrap() < xml.find("<content:encoded>").unwrap());
}

#[test]
fn what_may_not_be_shown_is_no_entry() {
    let mut held = story();
    held.pub_status = PubStatus::Withheld;
    let mut embargoed = story();
    embargoed.embargo = Some(at("2026-12-01T00:00:00Z"));
    let feed = feed(&[held, embargoed]);
    assert_eq!(feed.entries, []);
    assert!(
        !write_rss(&feed).contains("Fish") && !write_json_feed(&feed).to_string().contains("Fish") && !write_atom(&feed).contains("Fish")
    );
}

#[test]
fn json_feed_tells_the_place_on_the_wire() {
    let document = write_json_feed(&feed(&[story()]));
    assert_eq!(document["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(document["hubs"], serde_json::json!([{ "type": "WebSub", "url": "https://news.example/websub" }]));
    let item = &document["items"][0];
    assert_eq!(item["_courant"], serde_json::json!({ "seq": 7, "version": 1, "pubStatus": "usable" }));
    assert!(item["url"].as_str().unwrap().starts_with("https://news.example/news/"));
    assert_eq!(item["date_modified"], "2026-11-24T09:00:00Z");
}

#[test]
fn atom_tells_what_was_withdrawn() {
    let xml = write_atom(&feed(&[story()]));
    let document = atom_syndication::Feed::read_from(xml.as_bytes()).unwrap();
    assert_eq!(document.entries[0].title.value, "Fish & chips: prices < 5 euros");
    assert_eq!(document.extensions["at"]["deleted-entry"][0].attrs["ref"], "tag:a.example,2026:9");
    assert_eq!(document.extensions["at"]["deleted-entry"][0].children["comment"][0].value.as_deref(), Some("It was <wrong>."));
}

#[test]
fn a_correction_is_told_first_and_moves_the_change_date() {
    let mut item = story();
    let corrected_at = at("2026-11-24T10:00:00Z");
    item.times.corrected_at = Some(corrected_at);
    item.corrections = vec![Correction {
        version: Version::FIRST,
        corrected_at,
        kind: CorrectionKind::Correction,
        reason: Reason::parse("Not 6 & 5.").unwrap(),
    }];
    let entry = FeedEntry::of(&item, 1, HOME).unwrap();
    assert_eq!(entry.updated_at, corrected_at);
    assert!(entry.content_html.starts_with("<p class=\"correction\">Not 6 &amp; 5.</p>"), "{}", entry.content_html);
}

#[test]
fn an_archive_names_what_is_older_newer_and_current() {
    let current = "https://news.example/all.rss";
    let archive = Feed {
        self_url: format!("{current}?archive=30").into(),
        next_url: None,
        history: FeedHistory {
            current_url: Some(current.into()),
            prev_archive_url: Some(format!("{current}?archive=10").into()),
            next_archive_url: Some(format!("{current}?archive=50").into()),
        },
        licence_url: Some("https://news.example/terms".into()),
        ..feed(&[story()])
    };
    let channel = ::rss::Channel::read_from(write_rss(&archive).as_bytes()).unwrap();
    let links: Vec<_> =
        channel.extensions["atom"]["link"].iter().map(|link| (link.attrs["rel"].as_str(), link.attrs["href"].as_str())).collect();
    assert_eq!(
        links,
        [
            ("self", "https://news.example/all.rss?archive=30"),
            ("current", current),
            ("prev-archive", "https://news.example/all.rss?archive=10"),
            ("next-archive", "https://news.example/all.rss?archive=50"),
            ("hub", "https://news.example/websub"),
        ]
    );
    assert!(channel.extensions["fh"].contains_key("archive"));
    let document = atom_syndication::Feed::read_from(write_atom(&archive).as_bytes()).unwrap();
    assert_eq!(document.id, current, "all documents of a feed have its name");
    assert!(document.extensions["fh"].contains_key("archive"));
    assert!(document.links.iter().any(|link| link.rel == "license" && link.href == "https://news.example/terms"));
    assert_eq!(write_json_feed(&archive)["next_url"], "https://news.example/all.rss?archive=10");
    assert!(!write_rss(&feed(&[])).contains("fh:archive"));
}
