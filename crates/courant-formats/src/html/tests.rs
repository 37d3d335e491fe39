use courant_news::{Block, Figure, Inline, List, Money, Picture, Quote, Rendition, Table, plain_text};
use proptest::prelude::*;

use super::*;

fn texts(html: &str) -> Vec<String> {
    let (blocks, _) = to_blocks(html);
    blocks.iter().map(|block| plain_text(std::slice::from_ref(block))).collect()
}

fn cleaned(html: &str) -> Vec<String> {
    to_blocks(html).1.iter().map(ToString::to_string).collect()
}

/// What reading gives, as our own markup.
fn again(html: &str) -> String {
    from_blocks(&to_blocks(html).0)
}

fn long_way(html: &str) -> (Vec<Block>, Vec<Cleaned>) {
    the_long_way(html, &Context::default())
}

#[test]
fn marks_are_kept() {
    for html in [
        "<p>One <em>two</em> <strong>three</strong></p>\n<h2>Head</h2>",
        "<p>Paid <data class=\"money\" value=\"100.50 EUR\">100.50 euros</data> on <time datetime=\"2026-11-24T08:00:00Z\">Tuesday</time>.</p>",
        "<p><a href=\"https://a.example/x?y=1&amp;z=2\">There</a> and <a href=\"/economy/x\">here</a></p>",
        "<blockquote><p>It is.</p><p>It was.</p><footer>Ann Lee</footer></blockquote>",
        "<ol><li>One</li><li>Two</li></ol>\n<ul><li>Three</li></ul>",
        "<p class=\"correction\">An earlier version said 5.</p>",
        "<table><caption>Prices</caption><thead><tr><th>Good</th><th>Price</th></tr></thead><tbody><tr><td>Tea</td><td>5</td></tr></tbody></table>",
        "<p>Roses<br/>are red</p>",
    ] {
        assert_eq!(again(html), html);
    }
}

#[test]
fn scripts_and_their_like_are_removed_and_reported() {
    let html = "<p onclick=\"x()\">One</p><script>alert('<p>no</p>')</script><style>p{}</style>\
        <iframe src=\"https://x.example\">no</iframe><p><a href=\"javascript:alert(1)\">Two</a></p>\
        <form action=\"/x\"><input name=\"a\"/>Three</form><img src=\"data:image/png;base64,AA\"/>";
    assert_eq!(texts(html), ["One", "Two", "Three"]);
    let report = cleaned(html).join(", ");
    for what in [
        "<script>",
        "<style>",
        "<iframe>",
        "handler onclick of <p>",
        "javascript: address of <a>",
        "<form>",
        "<input>",
        "data: address of <img>",
    ] {
        assert!(report.contains(what), "{what} in {report}");
    }
}

#[test]
fn no_attack_survives() {
    for html in [
        "<p>x</p><SCRIPT>alert(1)</SCRIPT>",
        "<svg><script>alert(1)</script></svg>",
        "<svg/onload=alert(1)>",
        "<img src=x onerror=alert(1)>",
        "<a href=\"jav\tascript:alert(1)\">x</a>",
        "<a href=\" &#14; javascript:alert(1)\">x</a>",
        "<a href='vbscript:x'>x</a>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<p><a href=\"//evil.example\">x</a></p>",
        "<scr<script>ipt>alert(1)</script>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<p>a</p><!--<script>--><b>x</b>",
    ] {
        let out = again(html).to_ascii_lowercase();
        for bad in ["<script", "<svg", "<iframe", "<img", "onerror=", "href=\"j", "href=\"v", "href=\"//", "href=\" "] {
            assert!(!out.contains(bad), "{html} gave {out}");
        }
    }
}

#[test]
fn unknown_elements_lose_their_tags_and_keep_their_words() {
    assert_eq!(texts("<p>One <blink>two</blink> <x-y>three</x-y></p><custom>Four</custom>"), ["One two three", "Four"]);
    assert_eq!(texts("<div>One<p>Two</p>Three</div>Four"), ["One", "Two", "Three", "Four"]);
    assert_eq!(texts("One<br><br>Two<br/>Three"), ["One", "Two\nThree"]);
    assert_eq!(texts("<body.content><block><p>One</p><hl2>Two</hl2><p>Three</p></block></body.content>"), ["One", "Two", "Three"]);
    assert_eq!(texts("<html><head><title>No</title></head><body><article><h1>One</h1><p>Two</p></article></body></html>"), ["One", "Two"]);
    assert_eq!(texts("<ul><li>One<ul><li>Two</li></ul></li><li><p>Three</p></li></ul>"), ["One\nTwo\nThree"]);
    assert_eq!(texts("<p>Un <q>mot</q></p>"), ["Un “mot”"]);
    assert_eq!(texts("<pre>Tea   5\nCoffee 7\n\nEnd</pre>"), ["Tea 5\nCoffee 7", "End"]);
    assert_eq!(texts("<p>caf&eacute; &#8212; &amp;lt; &nbsp;x</p>"), ["café — &lt; \u{a0}x"]);
    assert_eq!(texts("5 < 6 & 7 > 3"), ["5 < 6 & 7 > 3"]);
}

#[test]
fn a_figure_is_a_picture_with_its_credit() {
    let html = "<figure><img src=\"https://a.example/1.jpg\" width=\"640\" height=\"480\" alt=\"A cat\"><figcaption>The cat <span class=\"credit\">Ann Lee</span></figcaption></figure>";
    let (blocks, report) = to_blocks(html);
    assert_eq!(report, []);
    let [Block::Figure(Figure { picture })] = blocks.as_slice() else { panic!("{blocks:?}") };
    assert_eq!((&*picture.caption, &*picture.credit, &*picture.alt), ("The cat", "Ann Lee", "A cat"));
    assert_eq!(&*picture.renditions[0].media_type, "image/jpeg");

    let (blocks, report) = to_blocks("<figure><img src=\"x.jpg\"><figcaption>Words stay</figcaption></figure>");
    assert_eq!(plain_text(&blocks), "Words stay");
    assert_eq!(report.len(), 1);
}

#[test]
fn plain_text_has_paragraphs() {
    let lines = |text: &str| plain_to_blocks(text).iter().map(|block| plain_text(std::slice::from_ref(block))).collect::<Vec<_>>();
    assert_eq!(lines("One\ntwo\n\nThree < 4 &amp;\n"), ["One two", "Three < 4 &amp;"]);
    assert_eq!(lines("    One\ntwo\n    Three"), ["One two", "Three"]);
    assert_eq!(lines(&format!("{}\nTwo", "long line ".repeat(12))).len(), 2);
    assert_eq!(lines(" \n \n"), Vec::<String>::new());
}

#[test]
fn what_nests_without_end_costs_no_more_than_its_words() {
    for open in ["<div>", "<b>", "<a href=x>", "<font color=1><table>", "<ul><li>", "<blockquote>", "<svg>", "<p><b>"] {
        let html = format!("<p>Start</p>{}words", open.repeat(20_000));
        let started = std::time::Instant::now();
        let (blocks, _) = to_blocks(&html);
        assert!(plain_text(&blocks).contains("Start"), "{open}");
        assert!(started.elapsed().as_secs() < 5, "{open} took {:?}", started.elapsed());
    }
}

#[test]
fn long_markup_reads_as_short_markup_does() {
    let story = "<p>One <a href='https://a.example/?x=1&amp;y=2' onclick=x>two</a> 1 < 2 &eacute; &amp;lt; AT&T<br>three</P><script>no</script><div class=x>Four</div><!-- no -->";
    let (short, _) = long_way(story);
    let (long, report) = long_way(&story.repeat(1_000));
    assert_eq!(long.len(), 1_000 * short.len());
    assert!(long.chunks(short.len()).all(|part| part == short), "{:?}", &long[..4]);
    assert!(report.iter().any(|cleaned| &*cleaned.what == "<script>" && cleaned.n_times == 1_000), "{report:?}");
}

#[test]
fn nothing_costs_more_than_its_length() {
    let many = |piece: &str| piece.repeat(200_000 / piece.len());
    let attributes: String = (0..40_000).fold(String::from("<p"), |html, number| html + &format!(" a{number}=x")) + ">words</p>";
    for html in [
        attributes.clone(),
        attributes.replace("<p", "</p"),
        attributes.replace("<p", "<p a= b=\">\"><svg><style></x q=\">\""),
        many("a<span></span>"),
        many("<a"),
        many("&"),
        many("&amp;"),
        many("&eacute;"),
        "&".repeat(16_000),
        many("</p>"),
        many("<p><b>"),
        many("<!--"),
        many("<script>"),
        many("<li>"),
        many("<br>"),
        many("x<!-- -->"),
        many("<td>"),
        many("<b></p>"),
        many("<a href=\"x"),
    ] {
        let started = std::time::Instant::now();
        to_blocks(&html);
        to_line(&html);
        assert!(started.elapsed().as_secs() < 10, "{} took {:?}", html.chars().take(40).collect::<String>(), started.elapsed());
    }
}

#[test]
fn ten_megabytes_are_read() {
    let html = "<p>Words of &lt;no&gt; end &mdash; and <i>more</i>.</p>".repeat(200_000);
    let (blocks, _) = to_blocks(&html);
    assert_eq!(blocks.len(), 200_000);
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z0-9 .,<>&\"'\n\t]{0,12}",
        1 => "[ a-z\u{a0}é—東京русعربي\u{1}\u{85}\u{fffe}]{0,8}",
    ]
}

fn href() -> impl Strategy<Value = Box<str>> {
    prop_oneof![
        Just("https://a.example/x?y=1&z=2".into()),
        Just("/economy/0123456789ab/x".into()),
        Just("mailto:ann@a.example".into()),
        Just("http://b.example".into()),
    ]
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    let leaf = prop_oneof![
        6 => words().prop_map(|text| Inline::Text(text.into())),
        1 => (words(), "-?[0-9]{1,6}(\\.[0-9]{1,3})?", "[A-Z]{3}").prop_map(|(text, amount, code)| Inline::Money(Money::new(&text, &amount, &code).unwrap())),
        1 => (words(), 0..4_000_000_000_i64).prop_map(|(text, second)| Inline::Time { words: text.into(), at: jiff::Timestamp::from_second(second).unwrap() }),
        1 => Just(Inline::Break),
    ];
    let inline = leaf.prop_recursive(3, 12, 4, |inner| {
        let run = prop::collection::vec(inner, 0..4);
        prop_oneof![
            run.clone().prop_map(Inline::Emphasis),
            run.clone().prop_map(Inline::Strong),
            (href(), run).prop_map(|(href, words)| Inline::Link { href, words }),
        ]
    });
    prop::collection::vec(inline, 0..6)
}

fn figure() -> impl Strategy<Value = Block> {
    let rendition = ("/media/[a-z]{4}", prop_oneof![Just("image/jpeg"), Just("image/svg+xml")], 1_u32..5_000, 1_u32..5_000)
        .prop_map(|(href, kind, width, height)| Rendition::new(&href, kind, width, height).unwrap());
    (
        "[a-z<&\"]{1,9}( [a-z]{1,5})?",
        "[A-Za-z&]{1,9}",
        "[a-z\"<]{1,9}",
        prop::option::of("[a-z]{1,5}"),
        prop::collection::vec(rendition, 1..4),
    )
        .prop_map(|(caption, credit, alt, notice, renditions)| {
            let mut picture = Picture::new(&caption, &credit, &alt, renditions).unwrap();
            picture.copyright_notice = notice.map(Into::into);
            Block::Figure(Figure { picture })
        })
}

pub(crate) fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let runs = || prop::collection::vec(inlines(), 0..4);
    let block = prop_oneof![
        5 => inlines().prop_map(Block::Paragraph),
        1 => inlines().prop_map(Block::SubHead),
        1 => inlines().prop_map(Block::Correction),
        1 => (runs(), prop::option::of(words())).prop_map(|(paragraphs, speaker)| Block::Quote(Quote { paragraphs, speaker: speaker.map(Into::into) })),
        1 => (any::<bool>(), runs()).prop_map(|(numbered, lines)| Block::List(List { numbered, lines })),
        1 => (prop::option::of(words()), runs(), prop::collection::vec(runs(), 0..3))
            .prop_map(|(caption, head, rows)| Block::Table(Table { caption: caption.map(Into::into), head, rows })),
        1 => figure(),
    ];
    prop::collection::vec(block, 0..6)
}

const MARKUP_TAGS: [&str; 58] = [
    "a",
    "dl",
    "dt",
    "dd",
    "form",
    "fieldset",
    "legend",
    "script",
    "style",
    "iframe",
    "noscript",
    "textarea",
    "title",
    "svg",
    "video",
    "audio",
    "button",
    "select",
    "caption",
    "thead",
    "tbody",
    "th",
    "colgroup",
    "o:p",
    "label",
    "P",
    "p",
    "em",
    "strong",
    "b",
    "i",
    "h2",
    "ul",
    "ol",
    "li",
    "blockquote",
    "footer",
    "span",
    "u",
    "s",
    "small",
    "sub",
    "div",
    "q",
    "cite",
    "pre",
    "table",
    "tr",
    "td",
    "font",
    "section",
    "figure",
    "figcaption",
    "code",
    "del",
    "h3",
    "aside",
    "details",
];
const MARKUP_ADDRESSES: [&str; 20] = [
    "",
    "tel:1",
    "https://[::1]/x",
    "https://A.example:8080/a b?c",
    "https://a.example/b",
    "/x",
    "//x",
    "javascript:x",
    "https://xn--a/",
    "mailto:x@y",
    "http://1/",
    "HTTP://A",
    "x y",
    "https://a.example:80/%zz",
    "https://a1.example/?a=1&b=2&lt=3#é",
    "#x",
    "x/y?z",
    "https://1.2.3.4.5/",
    "https://a.1/",
    "https://a..example/",
];
const MARKUP_ATTRIBUTES: [&str; 16] = [
    "class = 'correction'",
    "class=correction",
    "class=correction/",
    "/ class='correction'/",
    "CLASS=\"x&notit;&lt &amp\"",
    "title='>' class=\"correction\"",
    "class=\"correction\"",
    "class=\"x\"",
    "style=\"x\"",
    "onclick=\"x\"",
    "id='x'",
    "lang=\"en\" dir=\"ltr\"",
    "align=left",
    "class='x' data-a='1' hidden",
    "class=\"x\" class=\"correction\"",
    "style='x' CLASS=\"correction\"",
];

/// Markup of the kind that agencies send: some of it takes the short way, some does not.
fn markup() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        words().prop_map(|text| {
            let mut out = String::new();
            escape(&text, &mut out);
            out
        }),
        Just("&nbsp;".to_owned()),
        Just("&#8217;".to_owned()),
        Just("&mdash;".to_owned()),
        Just("&bogus;".to_owned()),
        Just("&amp".to_owned()),
        Just("\r\n".to_owned()),
        Just("<br>".to_owned()),
        Just("<br/>".to_owned()),
        Just("<br />".to_owned()),
        Just("<!-- a comment -->".to_owned()),
        Just("<!-- odd --!> one -->".to_owned()),
        Just(" & ".to_owned()),
        Just("<hr>".to_owned()),
        Just("<img src=\"https://a.example/b.png\" alt='A & b' width=\"3\" height=\"4\" loading=\"lazy\" />".to_owned()),
        Just("<img src=\"x\"y\">".to_owned()),
        Just(" < ".to_owned()),
        Just("</p>".to_owned()),
        Just("</div>".to_owned()),
        Just("</b>".to_owned()),
        Just("</a>".to_owned()),
        Just("</li>".to_owned()),
        Just("</td>".to_owned()),
        Just("</table>".to_owned()),
        Just("</br>".to_owned()),
        Just("</img>".to_owned()),
        Just("</h2>".to_owned()),
        Just("</span >".to_owned()),
        Just("<col span=2>".to_owned()),
        Just("<embed src='x'>".to_owned()),
        Just("<input type=text><link rel=x href='javascript:x'>".to_owned()),
        Just("<script async src='https://a.example/x.js'>if (a < b && '</p>') { x() }</script>".to_owned()),
        Just("<svg viewBox='0 0 1 1'><path d='M0 0'/><g><title>x</title></g></svg>".to_owned()),
        Just("<video controls poster='javascript:x'><source src='a.mp4'><a href='x'>y</a></video>".to_owned()),
        Just("&hearts;&notit;&copy x&NotEqualTilde;".to_owned()),
    ];
    let piece = text.prop_recursive(4, 24, 5, |inner| {
        let inside = prop::collection::vec(inner, 0..5).prop_map(|parts| parts.concat());
        prop_oneof![
            (prop::sample::select(&MARKUP_TAGS[..]), inside.clone()).prop_map(|(tag, inside)| format!("<{tag}>{inside}</{tag}>")),
            (prop::sample::select(&MARKUP_ADDRESSES[..]), inside.clone())
                .prop_map(|(href, inside)| format!("<a href=\"{href}\">{inside}</a>")),
            (prop::sample::select(&MARKUP_ATTRIBUTES[..]), inside.clone())
                .prop_map(|(attribute, inside)| format!("<p {attribute}>{inside}</p>")),
            inside.clone().prop_map(|inside| format!("<data class=\"money\" value=\"5 EUR\">{inside}</data>")),
            inside.clone().prop_map(|inside| format!("<time datetime=\"2026-11-24T08:00:00Z\">{inside}</time>")),
            inside.clone().prop_map(|inside| format!("<li>{inside}")),
            inside.clone().prop_map(|inside| format!("<td>{inside}")),
            inside.clone().prop_map(|inside| format!("<tr>{inside}")),
            inside.clone().prop_map(|inside| format!("<table><tr><td>{inside}</td></tr></table>")),
            inside.clone().prop_map(|inside| format!("<ul>{inside}")),
            inside.clone().prop_map(|inside| format!("<b>{inside}")),
            inside.prop_map(|inside| format!("<p>{inside}")),
        ]
    });
    prop::collection::vec(piece, 0..6).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back_equal(blocks in blocks()) {
        let tidied = tidy(blocks);
        prop_assert_eq!(&tidy(tidied.clone()), &tidied);
        let html = from_blocks(&tidied);
        let (read, cleaned) = to_blocks(&html);
        prop_assert_eq!(&read, &tidied, "{}", html);
        prop_assert_eq!(cleaned, vec![]);
        prop_assert_eq!(long_way(&html).0, tidied);
    }

    #[test]
    fn both_ways_read_alike(html in markup()) {
        let (short, cleaned) = to_blocks(&html);
        let (long, cleaned_long) = long_way(&html);
        prop_assert_eq!(&short, &long, "{}", html);
        prop_assert_eq!(cleaned, cleaned_long, "{}", html);
        prop_assert_eq!(&tidy(short.clone()), &short);
        let (again, cleaned) = to_blocks(&from_blocks(&short));
        prop_assert_eq!(again, short);
        prop_assert_eq!(cleaned, vec![]);
    }

    #[test]
    fn an_address_taken_as_it_stands_is_what_joining_makes_of_it(href in "https?://[a-z.]{1,6}(/[a-zA-Z0-9./?#%=&+:;,@!$()*~_-]{0,12})?") {
        if token::is_as_joined(&href) {
            let base = Url::parse("https://base.example/x/y").unwrap();
            let joined = base.join(&href).unwrap();
            prop_assert_eq!(joined.as_str(), href);
        }
    }

    #[test]
    fn any_text_at_all_is_read(html in "\\PC{0,200}|[<>/a-z=\"' &;!-]{0,200}") {
        let (blocks, _) = to_blocks(&html);
        let (again, _) = to_blocks(&from_blocks(&blocks));
        prop_assert_eq!(again, blocks);
    }
}
