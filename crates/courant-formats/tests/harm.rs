//! Documents that are made to harm, against every reader of XML and JSON: entities that grow, nesting without end, huge attributes,
//! one piece again and again. Each is refused in a sentence, or read into no more than its own length allows.

use courant_formats::feed_in::{self, Origin};
use courant_formats::incoming::Reading;
use courant_formats::{ghost, iptc7901, newsml_g2, newsml1, ninjs, nitf, wxr};

/// How much more may come of a document than it is long: what is read of it is shown with the names of all its parts.
const GROWTH_MAX: usize = 40;
/// What may be said of any document, however short.
const SAID_LEN_BYTES: usize = 20_000;

fn reading() -> Reading<'static> {
    let now = "2026-11-28T09:00:00Z".parse().expect("the instant is one");
    Reading { now, base_url: None }
}

/// A reader: its name, what it makes of a document, and a document with a place for harm inside it.
struct Reader {
    name: &'static str,
    read: fn(&[u8]) -> String,
    before: &'static str,
    behind: &'static str,
    /// Whether damage is mended, as feeds need it, rather than refused.
    is_kind: bool,
}

const XML: [Reader; 5] = [
    Reader {
        name: "newsml_g2",
        read: |document| format!("{:?}", newsml_g2::read(document, &reading())),
        before: "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"urn:a:b\"><contentMeta><headline>",
        behind: "</headline></contentMeta></newsItem>",
        is_kind: false,
    },
    Reader {
        name: "newsml1",
        read: |document| format!("{:?}", newsml1::read(document, &reading())),
        before: "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>",
        behind: "</HeadLine></NewsLines></NewsComponent></NewsItem></NewsML>",
        is_kind: false,
    },
    Reader {
        name: "nitf",
        read: |document| format!("{:?}", nitf::read(document, &reading())),
        before: "<nitf><body><body.head><hedline><hl1>Words</hl1></hedline></body.head><body.content><p>",
        behind: "</p></body.content></body></nitf>",
        is_kind: false,
    },
    Reader {
        name: "feed_in",
        read: |document| format!("{:?}", feed_in::read(document, &Origin::default())),
        before: "<rss version=\"2.0\"><channel><item><title>Words</title><description>",
        behind: "</description></item></channel></rss>",
        is_kind: true,
    },
    Reader {
        name: "wxr",
        read: |document| format!("{:?}", wxr::arrivals(document, &reading())),
        before: "<rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><wp:wxr_version>1.2</wp:wxr_version><item>\
                 <wp:status>publish</wp:status><wp:post_type>post</wp:post_type><title>",
        behind: "</title></item></channel></rss>",
        is_kind: true,
    },
];

const JSON: [Reader; 3] = [
    Reader {
        name: "ninjs",
        read: |document| format!("{:?}", ninjs::read(document, &reading())),
        before: "{\"uri\":\"urn:a:b\",\"headline\":\"Words\",\"x\":",
        behind: "}",
        is_kind: false,
    },
    Reader {
        name: "ghost",
        read: |document| format!("{:?}", ghost::arrivals(document, &reading())),
        before: "{\"db\":[{\"data\":{\"posts\":[{\"id\":\"1\",\"title\":\"Words\",\"status\":\"published\",\"x\":",
        behind: "}]}}]}",
        is_kind: false,
    },
    Reader {
        name: "JSON Feed",
        read: |document| format!("{:?}", feed_in::read(document, &Origin::default())),
        before: "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Words\",\"items\":[{\"id\":\"1\",\"content_text\":\"a\",\"x\":",
        behind: "}]}",
        is_kind: false,
    },
];

impl Reader {
    fn document(&self, start: &str, inside: &str) -> String {
        format!("{start}{}{inside}{}", self.before, self.behind)
    }

    /// What comes of a document; it is bounded whatever it is.
    fn said(&self, document: &str) -> String {
        let said = (self.read)(document.as_bytes());
        let allowed = SAID_LEN_BYTES + GROWTH_MAX * document.len();
        assert!(said.len() <= allowed, "{}: {} bytes came of {}", self.name, said.len(), document.len());
        said
    }

    fn refuses(&self, document: &str, sentence: &str) {
        let said = self.said(document);
        if !self.is_kind {
            let shown: String = said.chars().take(600).collect();
            assert!(said.contains("Err(") || said.contains("Refused"), "{}: {shown}", self.name);
            assert!(said.contains(sentence), "{}: {sentence} is not in {shown}", self.name);
        }
    }
}

#[test]
fn entities_that_grow_are_never_expanded() {
    let mut start = "<!DOCTYPE x [<!ENTITY a \"growing\">".to_owned();
    for name in b'b'..=b'j' {
        let (name, inner) = (char::from(name), char::from(name - 1));
        start.push_str(&format!("<!ENTITY {name} \"{}\">", format!("&{inner};").repeat(10)));
    }
    start.push_str("]>");
    for reader in &XML {
        let document = reader.document(&start, "&j;&j;");
        reader.refuses(&document, "is an entity that the document declares itself");
        assert!(!reader.said(&document).contains("growinggrowing"), "{}", reader.name);
        // One that is long by itself, used again and again.
        let long = format!("<!DOCTYPE x [<!ENTITY a \"{}\">]>", "growing".repeat(10_000));
        assert!(!reader.said(&reader.document(&long, &"&a;".repeat(10_000))).contains("growinggrowing"), "{}", reader.name);
    }
}

#[test]
fn files_outside_are_never_asked_for() {
    for reader in &XML {
        let start = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\"><!ENTITY % b SYSTEM \"https://other.example/b\"> %b;]>";
        reader.refuses(&reader.document(start, "&a;"), "is an entity that the document declares itself");
    }
}

#[test]
fn nesting_without_end_is_refused_or_cut() {
    for reader in &XML {
        let closed = format!("{}x{}", "<b>".repeat(50_000), "</b>".repeat(50_000));
        reader.refuses(&reader.document("", &closed), "nests deeper than");
        reader.refuses(&reader.document("", &"<b>".repeat(50_000)), "nests deeper than");
    }
    for reader in &JSON {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let closed = format!("{}1{}", open.repeat(50_000), close.repeat(50_000));
            reader.refuses(&reader.document("", &closed), "");
            reader.refuses(&reader.document("", &open.repeat(50_000)), "");
        }
    }
}

#[test]
fn many_and_huge_attributes_are_refused_or_passed_over() {
    for reader in &XML {
        let many = (0..20_000).map(|number| format!("a{number}='x'")).collect::<Vec<_>>().join(" ");
        reader.refuses(&reader.document("", &format!("<b {many}>x</b>")), "attributes");
        reader.refuses(&reader.document("", &format!("<b a='{}'>x</b>", "x".repeat(1 << 20))), "has an attribute of");
    }
}

#[test]
fn one_piece_again_and_again_takes_time_and_memory_of_its_length() {
    for reader in XML.iter().chain(&JSON) {
        for piece in [
            "<",
            "&",
            "<b>",
            "</b>",
            "<![CDATA[",
            "]]>",
            "<!--",
            "&amp;",
            "<b a=",
            "&lt;p&gt;",
            "<?a",
            "\\u0041",
            "\u{feff}",
            "\"",
            "{",
            ",1",
        ] {
            let document = reader.document("", &piece.repeat(200_000 / piece.len()));
            reader.said(&document);
            reader.said(&piece.repeat(200_000 / piece.len()));
        }
    }
    for piece in ["\u{1}", "\u{2}", "\u{1}a 1 b 2\n", "\u{3}\u{1}", "\n", "x "] {
        let document = piece.repeat(200_000 / piece.len());
        let said = format!("{:?}", iptc7901::read(document.as_bytes(), &reading()));
        assert!(said.len() <= 2 * SAID_LEN_BYTES + 400 * document.len(), "{piece:?}: {} bytes", said.len());
    }
}
