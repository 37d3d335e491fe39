use courant_news::{Inline, NewsItem};

use super::*;
use crate::incoming::{Content, Reading};

fn feed(text: &str) -> Feed {
    read(text.as_bytes(), &Origin { url: Some("https://other.example/feed.xml"), charset: None }).unwrap()
}

fn rss(items: &str) -> Feed {
    feed(&format!("<rss version='2.0'><channel><title>Other</title><link>https://other.example/</link>{items}</channel></rss>"))
}

fn items(feed: Feed) -> Vec<NewsItem> {
    let reading = Reading { now: "2026-11-24T12:00:00Z".parse().unwrap(), base_url: None };
    let story = |arrival: crate::incoming::Arrival| match arrival.read.unwrap().content {
        Content::Story(item) => *item,
        Content::Withdrawal(withdrawal) => unreachable!("{withdrawal:?}"),
    };
    stories(feed, &reading).into_iter().map(story).collect()
}

#[test]
fn an_entry_has_what_its_dialect_says() {
    let feed = rss("<item><title>Prices &amp; wages</title><guid isPermaLink='false'>a-1</guid><link>/news/1</link>\
        <pubDate>Tue, 24 Nov 2026 08:30:00 +0300</pubDate><dc:creator>Ann Lee</dc:creator><category domain='x'>Money</category>\
        <description>Short.</description><content:encoded><![CDATA[<p onclick='x()'>All of it, <a href='more'>here</a>.</p><script>y()</script>]]></content:encoded>\
        <enclosure url='/a.mp3' length='9' type='audio/mpeg'/></item>");
    let entry = &feed.entries[0];
    assert_eq!(
        (entry.title.as_deref(), &*entry.id, entry.link.as_deref()),
        (Some("Prices & wages"), "a-1", Some("https://other.example/news/1"))
    );
    assert_eq!(entry.published.unwrap().to_string(), "2026-11-24T05:30:00Z");
    assert_eq!(
        (entry.authors[0].name.as_deref(), &*entry.categories[0].term, entry.summary.as_deref()),
        (Some("Ann Lee"), "Money", Some("Short."))
    );
    assert_eq!((&*entry.media[0].url, entry.media[0].media_type.as_deref()), ("https://other.example/a.mp3", Some("audio/mpeg")));
    let Block::Paragraph(words) = &entry.text[0] else { panic!("{:?}", entry.text) };
    assert!(matches!(&words[1], Inline::Link { href, .. } if &**href == "https://other.example/more"), "{words:?}");
    assert_eq!(entry.text.len(), 1, "the script is gone");
    assert!(entry.repairs.iter().any(|repair| repair.done.contains("onclick")), "{:?}", entry.repairs);
}

#[test]
fn a_guid_is_an_address_an_id_or_made() {
    let guid = |item: &str| items(rss(&format!("<item><title>T</title>{item}</item>")))[0].guid.to_string();
    assert_eq!(guid("<guid>http://other.example/1</guid>"), "https://other.example/1");
    assert_eq!(guid("<guid isPermaLink='false'>tag:other.example,2026:1</guid>"), "tag:other.example,2026:1");
    assert_eq!(guid("<guid isPermaLink='false'>12 3</guid>"), "urn:x-feed:other.example:12%203");
    assert_eq!(guid("<guid>/2014/x</guid>"), "https://other.example/2014/x");
    assert_eq!(guid("<link>https://other.example/2</link>"), "https://other.example/2");
    assert_eq!(guid("<description>words</description>"), guid("<description>words</description>"));
    let feed =
        rss("<item><guid>https://other.example/3</guid></item><item><guid isPermaLink='false'>https://other.example/4</guid></item>");
    assert_eq!((feed.entries[0].link.as_deref(), feed.entries[1].link.as_deref()), (Some("https://other.example/3"), None));
}

#[test]
fn each_story_is_in_a_feed_once() {
    let ids = |items: &str| rss(items).entries.iter().map(|entry| entry.id.to_string()).collect::<Vec<_>>();
    let item = |guid: &str, link: &str, title: &str| {
        format!("<item><guid isPermaLink='false'>{guid}</guid><link>{link}</link><title>{title}</title></item>")
    };
    assert_eq!(ids(&(item("1", "/a", "A") + &item("1", "/a", "A, longer"))), ["1"], "repeated");
    assert_eq!(
        ids(&(item("1", "/a", "A") + &item("1", "/b", "B"))),
        ["https://other.example/a", "https://other.example/b"],
        "one guid for all"
    );
    assert_eq!(ids(&(item("1", "/a", "A") + &item("2", "/a", "A"))), ["1"], "the guid was changed");
    assert_eq!(ids(&(item("1", "/a", "A") + &item("2", "/b", "A"))), ["1", "2"], "the same headline is no proof");
}

#[test]
fn broken_markup_costs_little() {
    let feed =
        rss("<item><title>One<item><title>Two & three &nbsp;&copy;</title><description>a < b <p>c</description></item><item><title>Four");
    let titles: Vec<_> = feed.entries.iter().map(|entry| entry.title.as_deref().unwrap_or_default()).collect();
    assert!(feed.is_broken && titles.contains(&"Two & three \u{a0}©") && titles.contains(&"Four"), "{titles:?}");
    let bomb = format!("<!DOCTYPE rss [{}]><rss><channel><title>&b;</title></channel></rss>", "<!ENTITY b \"&b;&b;\">".repeat(1_000));
    assert_eq!(super::read(bomb.as_bytes(), &Origin::default()).unwrap().title.as_deref(), Some("&b;"));
    let deep = format!("<rss><channel>{}", "<x>".repeat(100_000));
    assert!(super::read(deep.as_bytes(), &Origin::default()).unwrap_err().to_string().contains("elements deep"));
    for text in ["", "nonsense", "<html><body>x", "{\"a\": 1}", "<", "<rss", "<![CDATA["] {
        let refused = super::read(text.as_bytes(), &Origin::default());
        assert!(refused.is_err() || text == "<rss", "{text}");
    }
}

#[test]
fn mail_addresses_beside_any_letter_are_read() {
    for author in ["—me@other.example", "é ✉me@other.example (A)", "@", "@@@", "x@y"] {
        assert_eq!(rss(&format!("<item><title>T</title><author>{author}</author></item>")).entries.len(), 1);
    }
}

#[test]
fn json_feeds_are_mended() {
    let feed = feed(
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":null,\"home_page_url\":\"https://other.example\",\
         \"items\":[{\"id\":7,\"url\":\"/7\",\"title\":\"T <b>\",\"content_html\":\"<p>W <a href='x'>y</a></p>\",\
         \"date_published\":\"2026-11-24\",\"author\":{\"name\":\"Ann @ work\"},\"tags\":[\"a\",null],\"image\":\"/i.png\"},3]}",
    );
    let entry = &feed.entries[0];
    assert_eq!((feed.entries.len(), &*entry.id, entry.link.as_deref()), (1, "7", Some("https://other.example/7")));
    assert_eq!((entry.title.as_deref(), entry.authors[0].name.as_deref()), (Some("T <b>"), Some("Ann @ work")));
    assert_eq!((&*entry.media[0].url, entry.categories.len()), ("https://other.example/i.png", 1));
}

#[test]
fn our_own_feeds_come_back() {
    use courant_news::{Guid, Headline};
    let guid = Guid::parse("tag:a.example,2026:1").unwrap();
    let mut item =
        NewsItem::new(guid, Headline::parse("Fish & chips < 5").unwrap(), Lang::english(), "2026-11-24T08:00:00Z".parse().unwrap());
    item.body = vec![Block::Paragraph(vec![Inline::Text("Words ]]> & more.".into())])];
    let out = crate::feed::Feed {
        title: "Courant".into(),
        description: "The latest.".into(),
        lang: Some("en".into()),
        home_url: "https://news.example/".into(),
        self_url: "https://news.example/all.rss".into(),
        next_url: None,
        history: crate::feed::FeedHistory::default(),
        licence_url: None,
        hub_url: None,
        copyright: Some("© Courant".into()),
        ttl_minutes: 1,
        updated_at: "2026-11-24T09:00:00Z".parse().unwrap(),
        entries: crate::feed::FeedEntry::of(&item, 7, "https://news.example").into_iter().collect(),
        withdrawn: Vec::new(),
    };
    for text in [crate::feed::write_rss(&out), crate::feed::write_atom(&out), crate::feed::write_json_feed(&out).to_string()] {
        let back = items(feed(&text)).remove(0);
        assert_eq!((&back.guid, &back.headline, &back.body), (&item.guid, &item.headline, &item.body), "{text}");
        assert_eq!(back.times.first_moved_at, item.times.first_moved_at);
    }
}
