//! The copy of a story as HTML. Copy holds no markup of its own, so every word is escaped here and nowhere else.

use courant_news::{Block, Inline, List, Quote, Table};
use jiff::tz::TimeZone;

use super::money::MoneyShown;
use super::picture::{Loading, figure_html};
use crate::words::{Words, dates};

/// The copy as HTML, to stand under the page's `<h1>`: sub-heads are `<h2>`.
///
/// `dateline` opens the first paragraph; copy that begins with something else gets a paragraph of its own for it.
/// `zone` is the one of the page: marked times carry it in `datetime` and spell themselves out in `title`. A marked amount of money keeps
/// its words; in the currency of `money` it stands behind them, in brackets.
pub fn body_html(body: &[Block], dateline: Option<&str>, money: &MoneyShown, words: &Words, zone: &TimeZone) -> String {
    let mut out = Out { html: String::with_capacity(4096), money, words, zone, n_sub_heads: 0 };
    let mut dateline = dateline.filter(|text| !text.is_empty());
    if let Some(text) = dateline.filter(|_| !matches!(body.first(), Some(Block::Paragraph(_)))) {
        out.tagged("p", |out| out.dateline(text));
        dateline = None;
    }
    for block in body {
        out.block(block, dateline.take());
    }
    out.html
}

/// The id of a sub-head, by its number from 1: an address may lead to it.
pub(super) fn sub_head_id(n: usize) -> String {
    format!("s{n}")
}

/// Text for HTML content and for attributes in double quotes.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_escaped(text, &mut html);
    html
}

fn push_escaped(text: &str, html: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(letter),
        }
    }
}

struct Out<'a> {
    html: String,
    money: &'a MoneyShown,
    words: &'a Words,
    zone: &'a TimeZone,
    n_sub_heads: usize,
}

impl Out<'_> {
    fn text(&mut self, text: &str) {
        push_escaped(text, &mut self.html);
    }

    fn tagged(&mut self, tag: &str, inside: impl FnOnce(&mut Self)) {
        self.html.push('<');
        self.html.push_str(tag);
        self.html.push('>');
        inside(self);
        self.html.push_str("</");
        self.html.push_str(tag.split(' ').next().unwrap_or(tag));
        self.html.push('>');
    }

    fn dateline(&mut self, text: &str) {
        self.tagged(r#"b class="dateline""#, |out| out.text(text));
    }

    fn block(&mut self, block: &Block, dateline: Option<&str>) {
        match block {
            Block::Paragraph(run) => self.tagged("p", |out| {
                if let Some(text) = dateline {
                    out.dateline(text);
                    // A Japanese dateline stands in brackets and needs no space after it.
                    if !text.ends_with('】') {
                        out.html.push(' ');
                    }
                }
                out.run(run);
            }),
            Block::SubHead(run) => {
                self.n_sub_heads += 1;
                let tag = format!(r#"h2 id="{}""#, sub_head_id(self.n_sub_heads));
                self.tagged(&tag, |out| out.run(run));
            }
            Block::Quote(quote) => self.quote(quote),
            Block::List(list) => self.list(list),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => {
                if let Some(html) = figure_html(&figure.picture, Loading::Lazy, None, self.words) {
                    self.html.push_str(&html);
                }
            }
            Block::Correction(run) => self.tagged(r#"p class="note""#, |out| {
                let title = out.words.t("corrected").to_owned();
                out.tagged(r#"b class="tag sig""#, |out| out.text(&title));
                out.html.push(' ');
                out.run(run);
            }),
        }
        self.html.push('\n');
    }

    fn quote(&mut self, quote: &Quote) {
        self.tagged("blockquote", |out| {
            for paragraph in &quote.paragraphs {
                out.tagged("p", |out| out.run(paragraph));
            }
            if let Some(speaker) = &quote.speaker {
                out.tagged(r#"p class="quiet""#, |out| {
                    out.html.push_str("— ");
                    out.text(speaker);
                });
            }
        });
    }

    fn list(&mut self, list: &List) {
        self.tagged(if list.numbered { "ol" } else { "ul" }, |out| {
            for line in &list.lines {
                out.tagged("li", |out| out.run(line));
            }
        });
    }

    /// A table may be wider than a phone: it scrolls in its own box, which the keyboard can reach.
    fn table(&mut self, table: &Table) {
        let n_columns = table.rows.iter().map(Vec::len).chain([table.head.len()]).max().unwrap_or(0);
        if n_columns == 0 {
            return;
        }
        let label =
            table.caption.as_deref().map(|caption| format!(r#" role="region" aria-label="{}""#, escaped(caption))).unwrap_or_default();
        self.tagged(&format!(r#"div class="rows" tabindex="0"{label}"#), |out| {
            out.tagged("table", |out| {
                if let Some(caption) = &table.caption {
                    out.tagged("caption", |out| out.text(caption));
                }
                if !table.head.is_empty() {
                    out.tagged("thead", |out| out.cells(&table.head, "th scope=\"col\"", n_columns));
                }
                out.tagged("tbody", |out| {
                    for row in &table.rows {
                        out.cells(row, "td", n_columns);
                    }
                });
            });
        });
    }

    fn cells(&mut self, cells: &[Vec<Inline>], tag: &str, n_columns: usize) {
        self.tagged("tr", |out| {
            for cell_idx in 0..n_columns {
                let cell = cells.get(cell_idx).map(Vec::as_slice).unwrap_or_default();
                // A heading cell without words would be an empty heading.
                out.tagged(if cell.is_empty() { "td" } else { tag }, |out| out.run(cell));
            }
        });
    }

    fn run(&mut self, run: &[Inline]) {
        for inline in run {
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::Emphasis(run) => self.tagged("em", |out| out.run(run)),
                Inline::Strong(run) => self.tagged("strong", |out| out.run(run)),
                Inline::Link { href, words } => self.link(href, words),
                Inline::Money(money) => {
                    let value = format!(r#"data value="{} {}""#, escaped(&money.currency), escaped(&money.amount));
                    self.tagged(&value, |out| out.text(&money.words));
                    if let Some(html) = self.money.beside(money, self.words) {
                        self.html.push_str(&html);
                    }
                }
                Inline::Time { words, at } => {
                    let (exact, printed) = (dates::rfc3339(*at, self.zone), self.words.date_time(*at, self.zone));
                    let tag = format!(r#"time datetime="{exact}" title="{}""#, escaped(&printed));
                    self.tagged(&tag, |out| out.text(words));
                }
                Inline::Break => self.html.push_str("<br>"),
            }
        }
    }

    /// The domain promises the scheme; a page is the last place to look, so anything else loses its link and keeps its words.
    fn link(&mut self, href: &str, words: &[Inline]) {
        let lower = href.to_ascii_lowercase();
        let outside = lower.starts_with("https://") || lower.starts_with("http://");
        let inside = (href.starts_with('/') && !href.starts_with("//") && !href.starts_with("/\\")) || lower.starts_with("mailto:");
        if !outside && !inside {
            return self.run(words);
        }
        let rel = if outside { r#" rel="noopener""# } else { "" };
        self.tagged(&format!(r#"a href="{}"{rel}"#, escaped(href)), |out| out.run(words));
    }
}

#[cfg(test)]
mod tests {
    use courant_news::{Figure, Money, Picture, Rendition};

    use super::*;
    use crate::words::UiLanguage;

    fn html(body: &[Block], dateline: Option<&str>) -> String {
        body_html(body, dateline, &MoneyShown::default(), Words::of(UiLanguage::English), &TimeZone::UTC)
    }

    fn text(words: &str) -> Vec<Inline> {
        vec![Inline::Text(words.into())]
    }

    #[test]
    fn every_word_is_escaped_once() {
        let nasty = "<script>alert(\"1\")</script> & <b>&amp;</b>";
        let safe = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &lt;b&gt;&amp;amp;&lt;/b&gt;";
        let picture = Picture::new(nasty, nasty, nasty, vec![Rendition::new("/media/a\"b.svg", "image/svg+xml", 3, 2).unwrap()]).unwrap();
        let blocks = [
            Block::Paragraph(text(nasty)),
            Block::SubHead(text(nasty)),
            Block::Quote(Quote { paragraphs: vec![text(nasty)], speaker: Some(nasty.into()) }),
            Block::List(List { numbered: true, lines: vec![text(nasty)] }),
            Block::Table(Table { caption: Some(nasty.into()), head: vec![text(nasty)], rows: vec![vec![text(nasty)]] }),
            Block::Figure(Figure { picture }),
            Block::Correction(vec![Inline::Time { words: nasty.into(), at: "2017-03-20T08:44:00Z".parse().unwrap() }]),
            Block::Paragraph(vec![Inline::Link { href: "https://a.example/\"onclick=\"x".into(), words: text(nasty) }]),
        ];
        for block in blocks {
            let made = html(std::slice::from_ref(&block), Some(nasty));
            assert!(made.contains(safe), "{made}");
            assert!(!made.contains("<script") && !made.contains("<b>") && !made.contains("\"onclick"), "{made}");
        }
    }

    #[test]
    fn the_dateline_opens_the_first_paragraph() {
        let body = [Block::Paragraph(text("One.")), Block::Paragraph(text("Two."))];
        assert_eq!(html(&body, Some("TOKYO, March 20.")), "<p><b class=\"dateline\">TOKYO, March 20.</b> One.</p>\n<p>Two.</p>\n");
        assert_eq!(html(&body[..1], Some("【東京3月20日】")), "<p><b class=\"dateline\">【東京3月20日】</b>One.</p>\n");
        let opened = html(&[Block::SubHead(text("Head"))], Some("TOKYO."));
        assert!(opened.starts_with("<p><b class=\"dateline\">TOKYO.</b></p><h2 "), "{opened}");
        assert_eq!(html(&[], None), "");
    }

    #[test]
    fn only_links_that_can_be_followed_safely_are_links() {
        let link = |href: &str| html(&[Block::Paragraph(vec![Inline::Link { href: href.into(), words: text("x") }])], None);
        assert_eq!(link("https://a.example/?a&b"), "<p><a href=\"https://a.example/?a&amp;b\" rel=\"noopener\">x</a></p>\n");
        assert_eq!(link("/economy"), "<p><a href=\"/economy\">x</a></p>\n");
        assert_eq!(link("mailto:desk@a.example"), "<p><a href=\"mailto:desk@a.example\">x</a></p>\n");
        for href in
            ["javascript:alert(1)", "JaVaScRiPt:x", "//evil.example", "/\\evil.example", "data:text/html,x", "", " https://a.example"]
        {
            assert_eq!(link(href), "<p>x</p>\n", "{href}");
        }
    }

    #[test]
    fn money_and_times_say_what_they_mean() {
        let money = Inline::Money(Money::new("$3.2 million", "3200000", "usd").unwrap());
        let time = Inline::Time { words: "Monday".into(), at: "2017-03-20T08:44:00Z".parse().unwrap() };
        assert_eq!(
            html(&[Block::Paragraph(vec![money, Inline::Break, time])], None),
            "<p><data value=\"USD 3200000\">$3.2 million</data><br>\
             <time datetime=\"2017-03-20T08:44:00+00:00\" title=\"March 20, 2017, 08:44 UTC\">Monday</time></p>\n"
        );
    }

    #[test]
    fn a_short_row_is_filled() {
        let table = Table {
            caption: Some("C".into()),
            head: vec![text("A"), vec![]],
            rows: vec![vec![text("1")], vec![text("2"), text("3"), text("4")]],
        };
        let made = html(&[Block::Table(table)], None);
        assert!(made.contains("<thead><tr><th scope=\"col\">A</th><td></td><td></td></tr></thead>"), "{made}");
        assert!(made.contains("<tr><td>1</td><td></td><td></td></tr>"), "{made}");
        assert!(
            made.starts_with("<div class=\"rows\" tabindex=\"0\" role=\"region\" aria-label=\"C\"><table><caption>C</caption>"),
            "{made}"
        );
        assert_eq!(html(&[Block::Table(Table { caption: None, head: vec![], rows: vec![vec![]] })], None), "\n");
    }

    #[test]
    fn a_picture_of_another_host_is_not_shown() {
        let picture = |href: &str| {
            let picture = Picture::new("Cap", "Cred", "Alt", vec![Rendition::new(href, "image/png", 30, 20).unwrap()]).unwrap();
            html(&[Block::Figure(Figure { picture })], None)
        };
        assert_eq!(picture("https://elsewhere.example/a.png"), "\n");
        assert_eq!(
            picture("/media/a.png"),
            "<figure><img src=\"/media/a.png\" width=\"30\" height=\"20\" alt=\"Alt\" loading=\"lazy\">\
             <figcaption>Cap <cite>Picture: Cred</cite></figcaption></figure>\n"
        );
    }
}
