//! Every rule, each broken by a document of its own; and documents that break none.

use super::*;

const NOW: &str = "2026-11-25T12:00:00Z";

fn asked() -> Asked<'static> {
    Asked { address: Some("https://news.example/page"), now: NOW.parse().ok(), ..Asked::default() }
}

fn found(kind: Kind, document: impl AsRef<[u8]>) -> Vec<Finding> {
    check(document.as_ref(), Some(kind), &asked()).findings
}

fn ids(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule.id).collect()
}

const NAMESPACES: &str = r#"xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:georss="http://www.georss.org/georss" xmlns:sx="http://feedsync.org/2007/feedsync" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:access="http://www.bloglines.com/about/specs/fac-1.0" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#" xmlns:annotate="http://purl.org/rss/1.0/modules/annotate/" xmlns:ev="http://purl.org/rss/1.0/modules/event/" xmlns:foo="http://example.com/foo#""#;

/// A feed of RSS with more in its channel and in its item.
fn rss(channel: &str, item: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" {NAMESPACES}><channel><title>News</title><link>https://news.example/</link>\
         <description>All of it</description><language>en</language><atom:link rel=\"self\" type=\"application/rss+xml\" href=\"https://news.example/page\"/>{channel}\
         <item><title>Rates held</title><guid isPermaLink=\"false\">tag:news.example,2026:1</guid>{item}</item></channel></rss>"
    )
}

/// A feed of Atom with more in the feed and in its entry.
fn atom(feed: &str, entry: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\" xmlns:app=\"http://www.w3.org/2007/app\" \
         xmlns:fh=\"http://purl.org/syndication/history/1.0\" xmlns:at=\"http://purl.org/atompub/tombstones/1.0\" xmlns:thr=\"http://purl.org/syndication/thread/1.0\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <title>News</title><id>tag:news.example,2026:all</id><updated>2026-11-25T10:00:00Z</updated><author><name>Desk</name></author>\
         <link rel=\"self\" href=\"https://news.example/page\"/>{feed}\
         <entry><title>Rates held</title><id>tag:news.example,2026:1</id><updated>2026-11-25T09:00:00Z</updated>{entry}</entry></feed>"
    )
}

const CONTENT: &str = "<content>The bank held its rate.</content>";

fn rdf(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">{inner}</rdf:RDF>"
    )
}

fn opml(version: &str, head: &str, outline: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><opml version=\"{version}\"><head>{head}</head><body>{outline}</body></opml>")
}

fn search(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\"><ShortName>News</ShortName>\
         <Description>News</Description><Url type=\"text/html\" template=\"https://news.example/search?q={{searchTerms}}\"/>{inner}</OpenSearchDescription>"
    )
}

fn service(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><app:service xmlns:app=\"http://www.w3.org/2007/app\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\
         <app:workspace><atom:title>A</atom:title><app:collection href=\"https://news.example/c\"><atom:title>C</atom:title>{inner}</app:collection></app:workspace></app:service>"
    )
}

fn json_feed(feed: &str, item: &str) -> String {
    format!(
        r#"{{"version":"https://jsonfeed.org/version/1.1","title":"News","feed_url":"https://news.example/page",{feed}"items":[{{"id":"1","content_text":"Words"{item}}}]}}"#
    )
}

fn g2(attributes: &str, catalog: &str, meta: &str, more: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" {attributes}>{catalog}<itemMeta>{meta}</itemMeta>{more}</newsItem>"
    )
}
const G2: &str =
    "guid=\"tag:news.example,2026:1\" version=\"1\" standard=\"NewsML-G2\" standardversion=\"2.35\" conformance=\"power\" xml:lang=\"en\"";
const CATALOG: &str = "<catalogRef href=\"http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml\"/>";
const META: &str = "<itemClass qcode=\"ninat:text\"/><provider><name>Desk</name></provider><versionCreated>2026-11-25T10:00:00Z</versionCreated><pubStatus qcode=\"stat:usable\"/>";

fn nitf(head: &str, body: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><nitf><head>{head}</head><body>{body}</body></nitf>")
}

fn sitemap(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">{inner}</urlset>"
    )
}

fn news(language: &str, date: &str) -> String {
    sitemap(&format!(
        "<url><loc>https://news.example/a</loc><news:news><news:publication><news:name>N</news:name><news:language>{language}</news:language>\
         </news:publication><news:publication_date>{date}</news:publication_date><news:title>T</news:title></news:news></url>"
    ))
}

fn page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\" dir=\"ltr\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Rates held</title><link rel=\"canonical\" href=\"https://news.example/page\">{head}</head><body><main><h1>Rates held</h1>{body}</main></body></html>"
    )
}

fn article(more: &str) -> String {
    page(
        &format!(
            "<script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"Rates held\",\
             \"datePublished\":\"2026-11-25T10:00:00Z\",\"dateModified\":\"2026-11-25T10:00:00Z\",\"mainEntityOfPage\":\"https://news.example/page\",\
             \"inLanguage\":\"en\",\"description\":\"Rates held\",\"image\":\"https://news.example/a.png\",\"author\":{{\"name\":\"Desk\"}},\"publisher\":{{\"name\":\"News\"}}{more}}}</script>"
        ),
        "<p>Desk <time datetime=\"2026-11-25T10:00:00Z\">10:00</time></p>",
    )
}

const PERSON: &str = "<author><name>Desk</name>";

/// A rule, and a document that breaks it.
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn cases() -> Vec<(&'static str, Kind, Vec<u8>)> {
    let mut cases: Vec<(&'static str, Kind, Vec<u8>)> = Vec::new();
    let mut put = |id: &'static str, kind: Kind, document: String| cases.push((id, kind, document.into_bytes()));
    let feed = Kind::Feed;
    // Any document.
    put("empty-document", feed, "  ".to_owned());
    put("binary-document", feed, "a\0b".to_owned());
    put("unknown-encoding", feed, "<?xml version=\"1.0\" encoding=\"klingon\"?><rss/>".to_owned());
    put("missing-encoding", feed, "<rss version=\"2.0\"/>".to_owned());
    put("nonstandard-encoding", feed, "<?xml version=\"1.0\" encoding=\"koi8-r\"?><rss/>".to_owned());
    put("bad-xml-version", feed, "<?xml version=\"1.1\"?><rss/>".to_owned());
    put("not-well-formed", feed, "<rss><channel></rss>".to_owned());
    put("undeclared-prefix", feed, "<rss><a:b/></rss>".to_owned());
    put("undefined-named-entity", feed, "<rss>&nbsp;</rss>".to_owned());
    put("entity-not-expanded", feed, "<!DOCTYPE rss [<!ENTITY a \"b\">]><rss>&a;</rss>".to_owned());
    put("contains-system-entity", feed, "<!DOCTYPE rss SYSTEM \"http://a.example/\"><rss/>".to_owned());
    put("bad-characters", feed, rss("", "<description>caf\u{c3}\u{a9}</description>"));
    put("invalid-namespace", feed, "<rss xmlns=\"http://a.example/\" version=\"2.0\"/>".to_owned());
    put("obsolete-namespace", feed, "<feed xmlns=\"http://purl.org/atom/ns#\"/>".to_owned());
    put("missing-namespace", feed, "<feed/>".to_owned());
    put("unknown-namespace", feed, rss("", ""));
    put("nonstd-prefix", feed, "<rss version=\"2.0\" xmlns:dublin=\"http://purl.org/dc/elements/1.1/\"/>".to_owned());
    put("reserved-prefix", feed, "<rss version=\"2.0\" xmlns:dc=\"http://a.example/\"/>".to_owned());
    put("avoid-namespace-prefix", feed, "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"/>".to_owned());
    put("obsolete-wiki-namespace", feed, "<rss version=\"2.0\" xmlns:wiki=\"http://www.usemod.com/cgi-bin/mb.pl?ModWiki\"/>".to_owned());
    put("undeterminable-vocabulary", feed, atom("<x xmlns=\"\"/>", CONTENT));
    // Elements.
    put("missing-element", feed, "<rss version=\"2.0\"/>".to_owned());
    for (id, without) in [("missing-description", "description"), ("missing-link", "link"), ("missing-title", "title")] {
        let all = ["<title>A</title>", "<link>https://a.example/</link>", "<description>A</description>"];
        let kept: String = all.into_iter().filter(|part| !part.starts_with(&format!("<{without}>"))).collect();
        put(id, feed, format!("<rss version=\"2.0\"><channel>{kept}</channel></rss>"));
    }
    put("undefined-element", feed, rss("<nothing/>", ""));
    put("questionable-usage", feed, service("<atom:id>a</atom:id>"));
    put("duplicate-element", feed, rss("<ttl>1</ttl><ttl>2</ttl>", ""));
    put("missing-attribute", feed, rss("", "<source>A</source>"));
    put("unexpected-attribute", feed, rss("<ttl x=\"1\">1</ttl>", ""));
    put("use-of-extension-attr", feed, rss("<ttl foo:x=\"1\">1</ttl>", ""));
    put("unexpected-text", feed, rss("words", ""));
    put("unexpected-whitespace", feed, atom("<icon> https://news.example/i</icon>", CONTENT));
    put("not-blank", feed, atom("<icon></icon>", CONTENT));
    put("attr-not-blank", feed, atom("<link href=\"https://news.example/\" title=\"\"/>", CONTENT));
    // Addresses.
    put("invalid-link", feed, atom("<icon>http:/x</icon>", CONTENT));
    put("invalid-full-link", feed, rss("<docs>/docs</docs>", ""));
    put("invalid-iri", feed, atom("<link href=\"http:///\"/>", CONTENT));
    put("invalid-uri-char", feed, rss("<docs>https://a.example/{x}</docs>", ""));
    put("invalid-uri-attribute", feed, atom("<generator uri=\"http:/x\">A</generator>", CONTENT));
    put("invalid-url-attribute", feed, rss("", "<enclosure url=\"/a.mp3\" length=\"1\" type=\"audio/mpeg\"/>"));
    put("uri-not-iri", feed, rss("<docs>https://a.example/ж</docs>", ""));
    put("invalid-tag", feed, rss("<docs>tag:x</docs>", ""));
    put("invalid-urn", feed, rss("<docs>urn:x</docs>", ""));
    put("invalid-uuid", feed, rss("<docs>urn:uuid:1</docs>", ""));
    put("scheme-not-iana-registered", feed, rss("<docs>hppt://a.example/</docs>", ""));
    put("non-canonical-uri", feed, atom("", "<id>HTTP://a.example/</id>"));
    let based = format!("<summary>A</summary><author xml:base=\"https://a.example/b\">{}<uri>b</uri></author>", &PERSON[8..]);
    put("same-document-reference", feed, atom("", &based));
    put("contains-rel-ref", feed, rss("", "<description>&lt;a href=\"/x\">a&lt;/a></description>"));
    put("relative-self", feed, atom("<link rel=\"self\" href=\"/page\"/>", CONTENT));
    // Dates.
    put("invalid-rfc3339-date", feed, atom("", "<published>yesterday</published>"));
    put("invalid-rfc2822-date", feed, rss("<pubDate>yesterday</pubDate>", ""));
    put("incorrect-dow", feed, rss("<pubDate>Mon, 25 Nov 2026 10:00:00 GMT</pubDate>", ""));
    put("problematical-rfc822-date", feed, rss("<pubDate>25 Nov 26 10:00 GMT</pubDate>", ""));
    put("invalid-w3cdtf-date", feed, rss("<dc:date>2026-13-01</dc:date>", ""));
    put("invalid-iso8601-date-time", feed, rss("", "<ev:startdate>soon</ev:startdate>"));
    put("implausible-date", feed, atom("", "<published>2103-01-01T00:00:00Z</published>"));
    // Values.
    put("invalid-contact", feed, rss("<webMaster>nobody</webMaster>", ""));
    put("invalid-addr-spec", feed, atom("", &format!("{PERSON}<email>Desk a@b.example</email></author>")));
    put("email-format", feed, rss("<webMaster>Desk a@b.example</webMaster>", ""));
    put("missing-real-name", feed, rss("<webMaster>a@b.example</webMaster>", ""));
    put("contains-email", feed, atom("", "<author><name>Desk &lt;a@b.example></name></author>"));
    put("invalid-language", feed, rss("<item><dc:language>klingon</dc:language></item>", ""));
    put("invalid-mime-type", feed, atom("<link href=\"https://a.example/\" type=\"text\"/>", CONTENT));
    put("invalid-mime-attribute", feed, rss("", "<enclosure url=\"https://a.example/a\" length=\"1\" type=\"mp3\"/>"));
    put("invalid-encoding", feed, search("<InputEncoding>klingon</InputEncoding>"));
    put("invalid-integer", feed, search("<Url type=\"a/b\" template=\"https://a.example/\" indexOffset=\"x\"/>"));
    put("invalid-non-negative-integer", feed, rss("", "<slash:comments>-1</slash:comments>"));
    put("invalid-positive-integer", feed, rss("<ttl>0</ttl>", ""));
    put(
        "integer-overflow",
        feed,
        rss("", "<sx:sync id=\"a\" updates=\"9999999999\"><sx:history sequence=\"1\" by=\"a\" when=\"2026-11-25T10:00:00Z\"/></sx:sync>"),
    );
    put("invalid-integer-attribute", feed, rss("", "<enclosure url=\"https://a.example/a\" length=\"x\" type=\"a/b\"/>"));
    put("invalid-boolean-attribute", feed, rss("<item><title>A</title><guid isPermaLink=\"no\">a</guid></item>", ""));
    put("invalid-float", feed, rss("", "<media:content url=\"https://a.example/a\" bitrate=\"x\"/>"));
    put("invalid-latitude", feed, rss("", "<geo:lat>91</geo:lat>"));
    put("invalid-longitude", feed, rss("", "<geo:long>181</geo:long>"));
    put("invalid-coord", feed, rss("", "<georss:point>here</georss:point>"));
    put("invalid-coord-list", feed, rss("", "<georss:line>1 2 3</georss:line>"));
    put("coord-comma", feed, rss("", "<georss:point>1,2</georss:point>"));
    put("invalid-yes-no", feed, atom("", "<app:control><app:draft>maybe</app:draft></app:control>"));
    put("invalid-yes-no-clean", feed, rss("", "<itunes:block>maybe</itunes:block>"));
    put("invalid-true-false", feed, rss("", "<itunes:explicit>maybe</itunes:explicit>"));
    put("invalid-duration", feed, rss("", "<itunes:duration>long</itunes:duration>"));
    put("too-long", feed, rss("", &format!("<itunes:subtitle>{}</itunes:subtitle>", "a".repeat(256))));
    put("invalid-keywords", feed, rss("", "<itunes:keywords>a b</itunes:keywords>"));
    put("invalid-comma-separated-integers", feed, rss("", "<slash:hit_parade>a</slash:hit_parade>"));
    let input = |name: &str| {
        format!("<textInput><title>A</title><link>https://a.example/</link><description>A</description><name>{name}</name></textInput>")
    };
    put("invalid-form-component-name", feed, rss(&input("1"), ""));
    put("avoid-text-input", feed, rss(&input("a"), ""));
    put("not-sufficiently-unique", feed, rss("<item><title>A</title><guid isPermaLink=\"false\">12</guid></item>", ""));
    put("duplicate-value", feed, rss("<item><title>A</title><guid isPermaLink=\"false\">tag:news.example,2026:1</guid></item>", ""));
    put("invalid-npt-time", feed, rss("", "<media:thumbnail url=\"https://a.example/a\" time=\"noon\"/>"));
    // Text.
    put("contains-html", feed, rss("<copyright>&lt;b>A&lt;/b></copyright>", ""));
    put("character-data", feed, rss("<copyright>A &lt;b</copyright>", ""));
    put("contains-undeclared-html", feed, atom("", "<summary>&lt;b>A&lt;/b></summary>"));
    put("not-inline", feed, atom("", "<summary type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">&lt;b>A&lt;/b></div></summary>"));
    put("not-html", feed, atom("", "<summary type=\"html\">&lt;a</summary>"));
    put("not-escaped", feed, atom("", "<summary type=\"text/html\" mode=\"escaped\"><p>A</p></summary>"));
    put("html-fragment", feed, atom("", "<content type=\"text/html\">&lt;p>A&lt;/p></content>"));
    put("missing-xhtml-div", feed, atom("", "<summary type=\"xhtml\">A</summary>"));
    put("misplaced-xhtml-content", feed, rss("", "<xhtml:p>A</xhtml:p>"));
    put("security-risk", feed, rss("", "<description>&lt;script>a&lt;/script></description>"));
    put("security-risk-attr", feed, rss("", "<description>&lt;p onclick=\"a\">a&lt;/p></description>"));
    put("dangerous-style-attr", feed, rss("", "<description>&lt;p style=\"position:fixed\">a&lt;/p></description>"));
    put("not-base64", feed, atom("", "<summary>A</summary><content type=\"image/png\">*</content>"));
    put("invalid-text-type", feed, atom("", "<summary type=\"text/plain\">A</summary>"));
    put("missing-type-attr", feed, atom("", "<summary>A</summary><content src=\"https://a.example/a\"/>"));
    // Atom.
    put("missing-self", feed, atom("", CONTENT).replace("rel=\"self\"", "rel=\"related\""));
    put("missing-atom-self-link", feed, rss("", "").replace("rel=\"self\"", "rel=\"related\""));
    put("self-doesnt-match-location", feed, atom("", CONTENT).replace("news.example/page", "news.example/other"));
    put("self-not-atom", feed, atom("<link rel=\"self\" type=\"text/html\" href=\"https://news.example/page\"/>", CONTENT));
    put("missing-summary", feed, atom("", "<content type=\"image/png\" src=\"https://a.example/a\"/>"));
    put("missing-content-or-alternate", feed, atom("", ""));
    put("missing-textual-content", feed, atom("", "<link href=\"https://a.example/\"/>"));
    put("misplaced-metadata", feed, atom("", CONTENT).replace("</entry></feed>", "</entry><icon>https://a.example/i</icon></feed>"));
    let twin = "<entry><title>A</title><id>tag:news.example,2026:1</id><updated>2026-11-25T09:00:00Z</updated><content>A</content></entry>";
    put("duplicate-entries", feed, atom("", CONTENT).replace("</feed>", &format!("{twin}</feed>")));
    put("duplicate-updated", feed, atom("", CONTENT).replace("</feed>", &format!("{twin}</feed>")));
    put("duplicate-atom-link", feed, atom("<link href=\"https://a.example/\"/><link href=\"https://b.example/\"/>", CONTENT));
    put("missing-href", feed, atom("<link/>", CONTENT));
    put("atom-link-not-empty", feed, atom("<link href=\"https://a.example/\">A</link>", CONTENT));
    put("unregistered-atom-link-rel", feed, atom("<link rel=\"friend\" href=\"https://a.example/\"/>", CONTENT));
    put("missing-source-element", feed, atom("", "<content>A</content><source/>"));
    put("missing-dc-language", feed, rss("", "").replace("<language>en</language>", ""));
    put("feed-rel-in-complete-feed", feed, atom("<fh:complete/><link rel=\"next\" href=\"https://a.example/\"/>", CONTENT));
    put("current-not-self-in-complete-feed", feed, atom("<fh:complete/><link rel=\"current\" href=\"https://a.example/\"/>", CONTENT));
    put("feed-history-rel-in-entry", feed, atom("", "<content>A</content><link rel=\"next\" href=\"https://a.example/\"/>"));
    put(
        "link-past-end",
        feed,
        atom("<link rel=\"first\" href=\"https://news.example/page\"/><link rel=\"previous\" href=\"https://a.example/\"/>", CONTENT),
    );
    put("archive-incomplete", feed, atom("<fh:archive/>", CONTENT));
    put("missing-current-in-archive", feed, atom("<fh:archive/>", CONTENT));
    put("tombstone-incomplete", feed, atom("<at:deleted-entry/>", CONTENT));
    put("no-thr-when", feed, atom("", "<content>A</content><link rel=\"replies\" thr:when=\"a\" href=\"https://a.example/\"/>"));
    // RSS.
    put("invalid-rss-version", feed, rss("", "").replace("version=\"2.0\"", "version=\"3.0\""));
    put(
        "invalid-doctype",
        feed,
        format!(
            "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://www.rssboard.org/rss-0.91.dtd\">{}",
            &rss("", "")[39..]
        ),
    );
    put("deprecated-dtd", feed, "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://my.netscape.com/publish/formats/rss-0.91.dtd\"><rss version=\"0.91\"/>".to_owned());
    put("item-must-contain-title-or-description", feed, rss("<item><guid isPermaLink=\"false\">tag:news.example,2026:2</guid></item>", ""));
    put("missing-guid", feed, rss("<item><title>A</title></item>", ""));
    put("invalid-http-guid", feed, rss("<item><title>A</title><guid>a b</guid></item>", "").replace("a b", "ab"));
    put("invalid-permalink", feed, rss("<item><title>A</title><guid>tag:news.example,2026:2</guid></item>", ""));
    put("misplaced-item", feed, rss("", "").replace("</channel>", "<ttl>1</ttl></channel>"));
    let enclosure = "<enclosure url=\"https://a.example/a.mp3\" length=\"1\" type=\"audio/mpeg\"/>";
    put("duplicate-enclosure", feed, rss("", &enclosure.repeat(2)));
    put("use-zero-for-unknown", feed, rss("", &enclosure.replace("\"1\"", "\"-1\"")));
    put("use-zero-for-midnight", feed, rss("<skipHours><hour>24</hour></skipHours>", ""));
    put("invalid-hour", feed, rss("<skipHours><hour>25</hour></skipHours>", ""));
    put("invalid-day", feed, rss("<skipDays><day>Someday</day></skipDays>", ""));
    put("not-enough-hours-in-the-day", feed, rss(&format!("<skipHours>{}</skipHours>", "<hour>1</hour>".repeat(25)), ""));
    put("eight-days-a-week", feed, rss(&format!("<skipDays>{}</skipDays>", "<day>Monday</day>".repeat(8)), ""));
    let image = |title: &str, link: &str, more: &str| {
        format!("<image><title>{title}</title><link>{link}</link><url>https://a.example/a.png</url>{more}</image>")
    };
    put("invalid-width", feed, rss(&image("News", "https://news.example/", "<width>145</width>"), ""));
    put("invalid-height", feed, rss(&image("News", "https://news.example/", "<height>401</height>"), ""));
    put("image-title-doesnt-match", feed, rss(&image("Other", "https://news.example/", ""), ""));
    put("image-link-doesnt-match", feed, rss(&image("News", "https://other.example/", ""), ""));
    put("image-url-format", feed, rss(&image("News", "https://news.example/", "").replace("a.png", "a.svg"), ""));
    put("no-blink", feed, rss("<blink>A</blink>", ""));
    put("need-description-before-content", feed, rss("", "<content:encoded>A</content:encoded><description>A</description>"));
    put("duplicate-description-semantics", feed, rss("", "<atom:content>A</atom:content>"));
    put("slash-date", feed, rss("", "<slash:comments>1</slash:comments>"));
    put("duplicate-semantics", feed, rss("<copyright>A</copyright><dc:rights>A</dc:rights>", ""));
    put("duplicate-item-semantics", feed, rss("", "<source url=\"https://a.example/\">A</source><dc:source>A</dc:source>"));
    put("comment-rss", feed, rss("", "<wfw:commentRSS>https://a.example/</wfw:commentRSS>"));
    put("invalid-update-period", feed, rss("<sy:updatePeriod>often</sy:updatePeriod>", ""));
    put(
        "invalid-rdf",
        feed,
        rdf(
            "<channel rdf:about=\"https://a.example/\"><title>A</title><link>https://a.example/</link><description>A <dc:x/></description></channel>",
        ),
    );
    // Media, podcasts and others.
    put("invalid-credit-role", feed, rss("", "<media:credit role=\"boss\">A</media:credit>"));
    put("invalid-media-text-type", feed, rss("", "<media:title type=\"x\">A</media:title>"));
    put("invalid-media-hash", feed, rss("", "<media:hash>x</media:hash>"));
    put("invalid-media-rating", feed, rss("", "<media:rating>x</media:rating>"));
    put("invalid-media-restriction", feed, rss("", "<media:restriction relationship=\"allow\">x</media:restriction>"));
    put("invalid-media-restriction-rel", feed, rss("", "<media:restriction relationship=\"x\">all</media:restriction>"));
    put("invalid-media-restriction-type", feed, rss("", "<media:restriction relationship=\"allow\" type=\"x\">all</media:restriction>"));
    put("invalid-country-code", feed, rss("", "<media:restriction relationship=\"allow\" type=\"country\">xq</media:restriction>"));
    put("invalid-media-medium", feed, rss("", "<media:content url=\"https://a.example/a\" medium=\"x\"/>"));
    put("invalid-media-expression", feed, rss("", "<media:content url=\"https://a.example/a\" expression=\"x\"/>"));
    put("media-group-without-alternatives", feed, rss("", "<media:group/>"));
    put("deprecated-media-adult", feed, rss("", "<media:adult>true</media:adult>"));
    put("missing-itunes-element", feed, rss("", "<itunes:title>A</itunes:title>"));
    put("missing-itunes-email", feed, rss("", "<itunes:title>A</itunes:title>"));
    put("invalid-itunes-category", feed, rss("<itunes:category text=\"x\"/>", ""));
    put("obsolete-itunes-category", feed, rss("<itunes:category text=\"Travel\"/>", ""));
    put("invalid-itunes-episode-type", feed, rss("", "<itunes:episodeType>x</itunes:episodeType>"));
    put("invalid-itunes-channel-type", feed, rss("<itunes:type>x</itunes:type>", ""));
    put("unsupported-itunes-format", feed, rss("", &format!("<itunes:title>A</itunes:title>{}", enclosure.replace("a.mp3", "a.ogg"))));
    put("not-utf8", feed, rss("", "<itunes:title>A</itunes:title>").replace("UTF-8", "windows-1251"));
    put("invalid-access-restriction-rel", feed, rss("", "").replace("<channel>", "<access:restriction relationship=\"x\"/><channel>"));
    put("invalid-meta-name", feed, rss("<xhtml:meta name=\"x\" content=\"noindex\"/>", ""));
    put("invalid-meta-content", feed, rss("<xhtml:meta name=\"robots\" content=\"x\"/>", ""));
    put("invalid-sse-type", feed, rss("<sx:sharing><sx:related link=\"https://a.example/\" type=\"x\"/></sx:sharing>", ""));
    put(
        "invalid-nss",
        feed,
        rss("", "<sx:sync id=\"a b\" updates=\"1\"><sx:history sequence=\"1\" by=\"a\" when=\"2026-11-25T10:00:00Z\"/></sx:sync>"),
    );
    put("since-after-until", feed, rss("<sx:sharing since=\"2026-11-25T10:00:00Z\" until=\"2026-11-24T10:00:00Z\"/>", ""));
    put("missing-by-and-when-attrs", feed, rss("", "<sx:sync id=\"a\" updates=\"1\"><sx:history sequence=\"1\"/></sx:sync>"));
    put("missing-recommended-attribute", feed, rss("", "<sx:sync id=\"a\" updates=\"1\"><sx:history sequence=\"1\" by=\"a\"/></sx:sync>"));
    // OPML, OpenSearch, AtomPub.
    let outline = "<outline text=\"A\"/>";
    put("invalid-opml-version", feed, opml("3.0", "", outline));
    put("obsolete-version", feed, "<outlineDocument><head/><body><outline text=\"A\"/></body></outlineDocument>".to_owned());
    put("missing-xml-url", feed, opml("2.0", "", "<outline text=\"A\" type=\"rss\"/>"));
    put("missing-url-attr", feed, opml("2.0", "", "<outline text=\"A\" type=\"link\"/>"));
    put("missing-title-attr", feed, opml("2.0", "", "<outline text=\"A\" type=\"rss\" xmlUrl=\"https://a.example/\"/>"));
    put("missing-outline-type", feed, opml("2.0", "", "<outline text=\"A\" xmlUrl=\"https://a.example/\"/>"));
    put("invalid-outline-type", feed, opml("1.0", "", "<outline text=\"A\" type=\"x\"/>"));
    put("invalid-outline-version", feed, opml("2.0", "", "<outline text=\"A\" version=\"x\"/>"));
    put("invalid-expansion-state", feed, opml("2.0", "<expansionState>x</expansionState>", outline));
    put("invalid-local-parameter", feed, search("<Url type=\"a/b\" template=\"https://a.example/{x}\"/>"));
    put("invalid-local-role", feed, search("<Query role=\"x\"/>"));
    put("invalid-syndication-right", feed, search("<SyndicationRight>x</SyndicationRight>"));
    put("invalid-adult-content", feed, search("<AdultContent>x</AdultContent>"));
    put("not-url-encoded", feed, search("<Query role=\"example\" searchTerms=\"a&amp;b\"/>"));
    put("should-include-example", feed, search(""));
    put("conflicting-cat-attr", feed, service("<app:categories href=\"https://a.example/\" fixed=\"yes\"/>"));
    put(
        "conflicting-cat-children",
        feed,
        service("<app:categories href=\"https://a.example/\"><atom:category term=\"a\"/></app:categories>"),
    );
    put("undefined-param", feed, service("<app:accept>image/png;q=1</app:accept>"));
    // JSON.
    put("not-json", Kind::Ninjs, "{".to_owned());
    put("json-feed-version", Kind::JsonFeed, json_feed("", "").replace("1.1", "9"));
    put("json-feed-missing", Kind::JsonFeed, json_feed("", "").replace("\"title\":\"News\",", ""));
    put("json-feed-type", Kind::JsonFeed, json_feed("\"description\":1,", ""));
    put("json-feed-url", Kind::JsonFeed, json_feed("\"icon\":\"/icon\",", ""));
    put("json-feed-date", Kind::JsonFeed, json_feed("", ",\"date_published\":\"now\""));
    put("json-feed-duplicate-id", Kind::JsonFeed, json_feed("", "},{\"id\":\"1\",\"content_text\":\"A\""));
    put("json-feed-content", Kind::JsonFeed, json_feed("", "").replace(",\"content_text\":\"Words\"", ""));
    put("json-feed-unknown", Kind::JsonFeed, json_feed("\"colour\":\"red\",", ""));
    put("json-feed-deprecated", Kind::JsonFeed, json_feed("\"author\":{\"name\":\"A\"},", ""));
    put("json-feed-self", Kind::JsonFeed, json_feed("", "").replace("\"feed_url\":\"https://news.example/page\",", ""));
    put("json-feed-language", Kind::JsonFeed, json_feed("\"language\":\"English\",", ""));
    put("ninjs-schema", Kind::Ninjs, "{\"uri\":1}".to_owned());
    // NewsML-G2 and NITF.
    let g2_kind = Kind::NewsmlG2;
    let item = |meta: &str, more: &str| g2(G2, CATALOG, meta, more);
    put("g2-namespace", g2_kind, "<newsItem/>".to_owned());
    put("g2-standard", g2_kind, g2(&G2.replace("NewsML-G2", "G3"), CATALOG, META, ""));
    put("g2-conformance", g2_kind, g2(&G2.replace("power", "weak"), CATALOG, META, ""));
    put("g2-missing-attribute", g2_kind, g2(&G2.replace("guid=\"tag:news.example,2026:1\"", ""), CATALOG, META, ""));
    put("g2-missing-element", g2_kind, item("", ""));
    put("g2-order", g2_kind, item("<provider/><itemClass qcode=\"ninat:text\"/><versionCreated>2026-11-25T10:00:00Z</versionCreated>", ""));
    put("g2-unknown-element", g2_kind, item(META, "<nothing/>"));
    put("g2-version", g2_kind, g2(&G2.replace("version=\"1\"", "version=\"0\""), CATALOG, META, ""));
    put("g2-date", g2_kind, item(&META.replace("2026-11-25T10:00:00Z", "yesterday"), ""));
    put("g2-qcode", g2_kind, item(&META.replace("ninat:text", "text"), ""));
    put("g2-alias", g2_kind, item(&META.replace("ninat:text", "mine:text"), ""));
    put("g2-catalog", g2_kind, g2(&G2.replace("2.35", "2.29"), "", META, ""));
    put("g2-unidentified", g2_kind, item(&META.replace(" qcode=\"ninat:text\"", ""), ""));
    put("g2-empty", g2_kind, item(META, "").replace("newsItem", "conceptItem"));
    put("g2-pub-status", g2_kind, item(&META.replace("stat:usable", "stat:maybe"), ""));
    put("g2-language", g2_kind, g2(&G2.replace("xml:lang=\"en\"", ""), CATALOG, META, ""));
    put("g2-id-reference", g2_kind, item(META, "<groupSet root=\"a\"><group id=\"b\" role=\"ninat:text\"/></groupSet>"));
    put(
        "g2-duplicate-id",
        g2_kind,
        item(META, "<contentMeta><headline id=\"a\">A</headline><headline id=\"a\">A</headline></contentMeta>"),
    );
    put("nitf-missing", Kind::Nitf, "<nitf/>".to_owned());
    put("nitf-unknown", Kind::Nitf, nitf("<nothing/>", ""));
    put("nitf-value", Kind::Nitf, nitf("<docdata><urgency ed-urg=\"x\"/></docdata>", ""));
    put("nitf-date", Kind::Nitf, nitf("<docdata><date.issue norm=\"x\"/></docdata>", ""));
    // Sitemaps.
    let map = Kind::Sitemap;
    put("sitemap-namespace", map, "<urlset><url><loc>https://news.example/</loc></url></urlset>".to_owned());
    put("sitemap-element", map, sitemap("<nothing/>"));
    put("sitemap-loc", map, sitemap("<url><loc>/a</loc></url>"));
    put("sitemap-host", map, sitemap("<url><loc>https://other.example/</loc></url>"));
    put("sitemap-lastmod", map, sitemap("<url><loc>https://news.example/</loc><lastmod>now</lastmod></url>"));
    put("sitemap-future", map, sitemap("<url><loc>https://news.example/</loc><lastmod>2103-01-01</lastmod></url>"));
    put("sitemap-changefreq", map, sitemap("<url><loc>https://news.example/</loc><changefreq>often</changefreq></url>"));
    put("sitemap-priority", map, sitemap("<url><loc>https://news.example/</loc><priority>2</priority></url>"));
    put("sitemap-too-many", map, sitemap(&"<url/>".repeat(50_001)));
    put("sitemap-duplicate", map, sitemap(&"<url><loc>https://news.example/</loc></url>".repeat(2)));
    put("sitemap-empty", map, sitemap("").replace(" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\"", ""));
    put("news-sitemap-too-many", map, sitemap(&"<url><news:news/></url>".repeat(1_001)));
    put("news-sitemap-too-old", map, news("en", "2026-11-20T10:00:00Z"));
    put("news-sitemap-missing", map, sitemap("<url><loc>https://news.example/</loc><news:news/></url>"));
    put("news-sitemap-language", map, news("en-GB", "2026-11-25T10:00:00Z"));
    put("news-sitemap-date", map, news("en", "today"));
    // Pages.
    let html = Kind::Page;
    put("html-doctype", html, page("", "").replace("<!doctype html>\n", ""));
    put("html-parse", html, page("", "<a <b>"));
    put("html-nesting", html, page("", "<b><i></b></i>"));
    put("html-duplicate-id", html, page("", "<p id=\"a\"><p id=\"a\">"));
    put("html-duplicate-attribute", html, page("", "<p id=\"a\" id=\"b\">"));
    put("html-lang", html, page("", "").replace(" lang=\"en\"", ""));
    put("html-dir", html, page("", "").replace("lang=\"en\"", "lang=\"ar\""));
    put("html-dir-missing", html, page("", "").replace(" dir=\"ltr\"", ""));
    put("html-title", html, page("", "").replace("<title>Rates held</title>", ""));
    put("html-h1", html, page("", "<h1>Another</h1>"));
    put("html-heading-skipped", html, page("", "<h3>Third</h3>"));
    put("html-main", html, page("", "").replace("main>", "div>"));
    put("html-charset", html, page("", "").replace("<meta charset=\"utf-8\">", ""));
    put("html-viewport", html, page("", "").replace("width=device-width", "width=device-width,user-scalable=no"));
    put("html-image-alt", html, page("", "<img src=\"/a\" width=\"1\" height=\"1\">"));
    put("html-image-size", html, page("", "<img src=\"/a\" alt=\"A\">"));
    put("html-time", html, page("", "<time>yesterday</time>"));
    put("html-link-empty", html, page("", "<a href=\"/a\"></a>"));
    put("html-label", html, page("", "<input name=\"q\">"));
    put("html-foreign", html, page("", "<img src=\"https://other.example/a\" alt=\"\" width=\"1\" height=\"1\">"));
    put("html-inline-handler", html, page("", "<p onclick=\"a()\">A</p>"));
    put("canonical-missing", html, page("", "").replace("rel=\"canonical\"", "rel=\"x\""));
    put("canonical-relative", html, page("", "").replace("https://news.example/page", "/page"));
    put("canonical-elsewhere", html, page("", "").replace("https://news.example/page", "https://news.example/other"));
    put("canonical-twice", html, page("<link rel=\"canonical\" href=\"https://news.example/page\">", ""));
    let editions = |lang: &str, href: &str| page(&format!("<link rel=\"alternate\" hreflang=\"{lang}\" href=\"{href}\">"), "");
    put("hreflang-self", html, editions("ru", "https://news.example/ru"));
    put("hreflang-default", html, editions("en", "https://news.example/page"));
    put("hreflang-language", html, editions("english", "https://news.example/page"));
    let og = |properties: &str| page(properties, "");
    put("og-required", html, og("<meta property=\"og:title\" content=\"A\">"));
    put("og-url", html, og("<meta property=\"og:url\" content=\"/a\">"));
    put("og-image-alt", html, og("<meta property=\"og:image\" content=\"https://a.example/a\">"));
    put("json-ld-syntax", html, page("<script type=\"application/ld+json\">{</script>", ""));
    put("json-ld-required", html, article("").replace("\"headline\":\"Rates held\",", ""));
    put("json-ld-recommended", html, article("").replace("\"image\":\"https://news.example/a.png\",", ""));
    put(
        "json-ld-date",
        html,
        article("").replace("\"datePublished\":\"2026-11-25T10:00:00Z\"", "\"datePublished\":\"2026-11-25T10:00:00\""),
    );
    put("json-ld-hidden", html, article(",\"dateline\":\"TOKYO, Nov 25\""));
    put("json-ld-url", html, article("").replace("\"image\":\"https://news.example/a.png\"", "\"image\":\"/a.png\""));
    // Files of lines.
    put("robots-size", Kind::Robots, "#\n".repeat(300_000));
    put("robots-line", Kind::Robots, "hello".to_owned());
    put("robots-orphan", Kind::Robots, "Disallow: /".to_owned());
    put("robots-path", Kind::Robots, "User-agent: *\nDisallow: private".to_owned());
    put("robots-sitemap", Kind::Robots, "Sitemap: /sitemap.xml".to_owned());
    put("robots-agent", Kind::Robots, "User-agent: bot(1)".to_owned());
    let security = "Contact: mailto:a@b.example\nExpires: 2027-05-01T00:00:00Z\n";
    put("security-contact", Kind::Security, security.replace("mailto:a@b.example", "desk"));
    put("security-expires", Kind::Security, security.replace("2027-05-01T00:00:00Z", "soon"));
    put("security-expired", Kind::Security, security.replace("2027", "2025"));
    put("security-expires-far", Kind::Security, security.replace("2027", "2037"));
    put("security-https", Kind::Security, format!("{security}Policy: http://a.example/"));
    put("security-canonical", Kind::Security, format!("{security}Canonical: https://a.example/security.txt"));
    put("security-languages", Kind::Security, format!("{security}Preferred-Languages: English"));
    put("security-line", Kind::Security, format!("{security}hello"));
    put("security-field", Kind::Security, format!("{security}Kontakt: https://a.example/"));
    put("trust-line", Kind::Trust, "hello".to_owned());
    put("trust-attribute", Kind::Trust, "friend=https://a.example/".to_owned());
    put("trust-value", Kind::Trust, "member=a.example".to_owned());
    cases.push(("unicode-error", feed, b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss>\xFF</rss>".to_vec()));
    cases.push(("robots-utf8", Kind::Robots, b"User-agent: \xFF".to_vec()));
    cases.push(("sitemap-too-large", map, vec![b' '; DOCUMENT_LEN_BYTES_MAX + 1]));
    cases.push(("too-large", feed, vec![b' '; DOCUMENT_LEN_BYTES_MAX + 1]));
    cases
}

/// Rules that no document alone breaks: they have tests of their own below.
const ASKED_OTHERWISE: [&str; 3] = ["not-a-document", "encoding-mismatch", "hreflang-return"];

#[test]
fn every_rule_is_raised_by_a_document_that_breaks_it() {
    let cases = cases();
    let mut silent = Vec::new();
    for (id, kind, document) in &cases {
        let findings = found(*kind, document);
        if !ids(&findings).contains(id) {
            let shown = String::from_utf8_lossy(&document[..document.len().min(600)]).into_owned();
            let said: Vec<_> = ids(&findings).into_iter().take(10).collect();
            silent.push(format!("{id} is not among {said:?}\n{shown}"));
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n\n"));
    for rule in RULES {
        let is_tested = cases.iter().any(|(id, ..)| *id == rule.id) || ASKED_OTHERWISE.contains(&rule.id) || rule.id.starts_with("http-");
        assert!(is_tested, "no document breaks {}", rule.id);
        assert!(!rule.says.is_empty() && !rule.remedy.is_empty(), "{}", rule.id);
    }
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len(), "each name is of one rule");
}

#[test]
fn documents_that_are_as_they_should_be_break_nothing() {
    let map = sitemap("<url><loc>https://news.example/a</loc><lastmod>2026-11-25</lastmod></url>");
    let robots = "# ours\nUser-agent: *\nDisallow: /private # not this\n\nSitemap: https://news.example/sitemap.xml\n".to_owned();
    let security = "Contact: mailto:a@b.example\nExpires: 2027-05-01T00:00:00Z\nPreferred-Languages: en, ru\n".to_owned();
    for (kind, document) in [
        (Kind::Feed, rss("<ttl>1</ttl>", "<pubDate>Wed, 25 Nov 2026 10:00:00 GMT</pubDate><description>&lt;p>Held.&lt;/p></description>")),
        (
            Kind::Feed,
            atom(
                "<fh:archive/><link rel=\"current\" href=\"https://news.example/all\"/><link rel=\"prev-archive\" href=\"https://news.example/1\"/>",
                CONTENT,
            ),
        ),
        (Kind::Feed, opml("2.0", "<title>A</title>", "<outline text=\"A\" title=\"A\" type=\"rss\" xmlUrl=\"https://a.example/\"/>")),
        (Kind::Feed, search("<Query role=\"example\" searchTerms=\"rates\"/>")),
        (Kind::JsonFeed, json_feed("\"language\":\"en\",\"_own\":1,", ",\"date_published\":\"2026-11-25T10:00:00Z\"")),
        (Kind::NewsmlG2, g2(G2, CATALOG, META, "<contentMeta><urgency>4</urgency><headline>A</headline></contentMeta>")),
        (
            Kind::Nitf,
            nitf("<title>A</title>", "<body.head><hedline><hl1>A</hl1></hedline></body.head><body.content><p>A</p></body.content>"),
        ),
        (Kind::Sitemap, map),
        (Kind::Sitemap, news("en", "2026-11-25T10:00:00Z")),
        (Kind::Page, article("")),
        (Kind::Robots, robots),
        (Kind::Security, security),
        (Kind::Trust, "# ours\nbelongto=https://a.example/\ndatatrainingallowed=no\n".to_owned()),
    ] {
        let findings = found(kind, &document);
        // The sample of RSS declares a namespace of its own.
        let wrong: Vec<_> = findings
            .iter()
            .filter(|finding| finding.rule.id != "unknown-namespace")
            .map(|finding| (finding.rule.id, finding.place()))
            .collect();
        assert_eq!(wrong, Vec::new(), "{document}");
    }
}

#[test]
fn the_kind_is_told_by_the_content() {
    let at = |address| Asked { address: Some(address), ..Asked::default() };
    for (document, kind) in [
        (rss("", ""), Kind::Feed),
        (atom("", ""), Kind::Feed),
        (json_feed("", ""), Kind::JsonFeed),
        ("{\"uri\":\"urn:a\"}".to_owned(), Kind::Ninjs),
        (g2(G2, CATALOG, META, ""), Kind::NewsmlG2),
        ("<!DOCTYPE nitf SYSTEM \"nitf.dtd\" [<!ENTITY a \"b>c\">]><nitf/>".to_owned(), Kind::Nitf),
        (sitemap(""), Kind::Sitemap),
        (page("", ""), Kind::Page),
        ("<!-- a --><HTML></HTML>".to_owned(), Kind::Page),
        ("User-agent: *".to_owned(), Kind::Robots),
        ("Contact: a\nExpires: b".to_owned(), Kind::Security),
        ("member=https://a.example/".to_owned(), Kind::Trust),
    ] {
        assert_eq!(kind_of(document.as_bytes(), &Asked::default()), Some(kind), "{document}");
    }
    assert_eq!(kind_of(b"Sitemap: https://a.example/", &at("https://a.example/robots.txt")), Some(Kind::Robots));
    let report = check(b"Dear editors, good morning.", None, &Asked::default());
    assert_eq!((report.kind, ids(&report.findings)), (None, vec!["not-a-document"]));
}

#[test]
fn a_finding_says_where_it_is() {
    let document =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\">\n<channel>\n  <ttl>ж</ttl><docs>/x</docs>\n</channel></rss>";
    let findings = found(Kind::Feed, document);
    let docs = findings.iter().find(|finding| &*finding.element == "docs").unwrap();
    assert_eq!((docs.line, docs.column), (Some(4), Some(15)), "columns are counted in characters");
    assert_eq!((docs.place().as_str(), docs.standard, &*docs.value), ("channel/docs", "RFC 3986", "/x"));
    let broken = found(Kind::Feed, "<rss>\n<channel>\n</rss>");
    assert_eq!(broken.last().unwrap().line, Some(3));
    assert!(broken.last().unwrap().value.contains("closes <channel> with </rss>"));
}

#[test]
fn what_is_meant_to_harm_is_refused_in_a_sentence() {
    let mut bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\">".to_owned();
    for name in b'b'..=b'j' {
        let (name, inner) = (char::from(name), char::from(name - 1));
        bomb.push_str(&format!("<!ENTITY {name} \"{}\">", format!("&{inner};").repeat(10)));
    }
    bomb.push_str("]><rss>&j;</rss>");
    assert!(ids(&found(Kind::Feed, bomb)).contains(&"entity-not-expanded"));
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let findings = found(Kind::Feed, deep);
    assert!(findings.iter().any(|finding| finding.value.contains("nests deeper than")), "{findings:?}");
    let wide = format!("<rss {}/>", (0..100_000).map(|n| format!("a{n}=\"\"")).collect::<Vec<_>>().join(" "));
    assert!(found(Kind::Feed, wide).iter().any(|finding| finding.value.contains("attributes")));
    let many = format!("<rss>{}</rss>", "<a/>".repeat(1_000_001));
    assert!(ids(&found(Kind::Feed, many)).contains(&"too-large"));
    assert!(ids(&found(Kind::Feed, b"\x89PNG\r\n\x1a\n")).contains(&"binary-document"));
    let faults = rss("", &"<nothing/>".repeat(5_000));
    assert_eq!(found(Kind::Feed, faults).len(), FINDINGS_MAX, "no report is endless");
}

#[test]
fn no_report_of_a_file_of_lines_is_endless() {
    for kind in [Kind::Robots, Kind::Security, Kind::Trust] {
        assert_eq!(found(kind, "x\n".repeat(5_000)).len(), FINDINGS_MAX, "{kind:?}");
    }
    let findings = found(Kind::Trust, format!("x={}", "y ".repeat(1_000_000)));
    assert!(findings[0].value.chars().count() <= 120, "{:?}", findings[0].value);
}

/// Each took time that grew with the square of the number of tags.
#[test]
fn a_page_of_one_tag_without_end_is_checked_in_its_length() {
    for (open, close) in [("<b>", "</i>"), ("<a href=x>", ""), ("<time>", ""), ("<p>x<b>", "</p>")] {
        let page = format!("<!doctype html>{}{}", open.repeat(80_000), close.repeat(80_000));
        assert_eq!(found(Kind::Page, page).len(), FINDINGS_MAX, "{open}");
    }
}

#[test]
fn what_the_server_says_of_encoding_is_held_against_the_document() {
    let asked = Asked { charset: Some("windows-1251"), ..asked() };
    let findings = check(rss("", "").as_bytes(), None, &asked).findings;
    assert!(ids(&findings).contains(&"encoding-mismatch"));
}

#[test]
fn pages_in_two_languages_name_each_other() {
    let page = |editions: &[&str]| Page {
        editions: editions.iter().map(|href| ("en".to_owned(), (*href).to_owned())).collect(),
        ..Page::default()
    };
    let (one, other) = (page(&["https://a.example/1", "https://a.example/2"]), page(&["https://a.example/2"]));
    let findings = unreturned(&[("https://a.example/1", &one), ("https://a.example/2", &other)]);
    assert_eq!(
        findings.iter().map(|(address, finding)| (address.as_str(), finding.rule.id)).collect::<Vec<_>>(),
        [("https://a.example/2", "hreflang-return")]
    );
    assert_eq!(unreturned(&[("https://a.example/1", &one), ("https://a.example/2", &one)]), []);
}

#[test]
fn an_answer_is_held_against_what_pages_promise() {
    let headers = |changed: &str| -> Vec<(String, String)> {
        [
            ("content-type", "text/html; charset=utf-8"),
            ("content-security-policy", "default-src 'none'; script-src 'self'"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("content-language", "en"),
            ("cache-control", "no-cache"),
            ("etag", "\"1\""),
            ("vary", "accept-encoding"),
        ]
        .into_iter()
        .filter(|(name, _)| *name != changed)
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
    };
    let good = |without: &str| Exchange {
        status: 200,
        headers: headers(without),
        len_bytes: 5_000,
        head: Some((200, headers(without))),
        conditional: Some(304),
        coded: Some((Some("gzip".to_owned()), true)),
        lang: Some("en".to_owned()),
    };
    let ids_of = |exchange: &Exchange| ids(&check_exchange(exchange, Some(Kind::Page)));
    assert_eq!(ids_of(&good("")), Vec::<&str>::new());
    for (without, id) in [
        ("content-type", "http-content-type"),
        ("content-security-policy", "http-csp"),
        ("x-content-type-options", "http-nosniff"),
        ("referrer-policy", "http-referrer"),
        ("content-language", "http-language"),
        ("cache-control", "http-cache"),
        ("etag", "http-etag"),
        ("vary", "http-vary"),
    ] {
        assert_eq!(ids_of(&good(without)), [id]);
    }
    let with = |change: &dyn Fn(&mut Exchange)| {
        let mut exchange = good("");
        change(&mut exchange);
        ids_of(&exchange)
    };
    assert_eq!(with(&|exchange| exchange.headers.push(("set-cookie".to_owned(), "a=b".to_owned()))), ["http-cookie"]);
    assert_eq!(with(&|exchange| exchange.conditional = Some(200)), ["http-conditional"]);
    assert_eq!(with(&|exchange| exchange.coded = Some((None, true))), ["http-coding"]);
    assert_eq!(with(&|exchange| exchange.coded = Some((Some("gzip".to_owned()), false))), ["http-coding-differs"]);
    assert_eq!(with(&|exchange| exchange.lang = Some("ru".to_owned())), ["http-language-differs"]);
    assert_eq!(with(&|exchange| exchange.head = Some((200, Vec::new()))), ["http-head"; 4]);
    assert_eq!(with(&|exchange| exchange.status = 500), ["http-status", "http-head"]);
    assert_eq!(ids(&[redirected("a"), unanswered("b")]), ["http-redirects", "http-unanswered"]);
}
