//! The copy of a story as HTML. Copy holds no markup of its own, so every word is escaped here and nowhere else.

use courant_news::{Block, Inline, List, Quote, Table};
use jiff::tz::TimeZone;

use super::picture::{Loading, figure_html};
use crate::words::{Words, dates};

/// The copy as HTML, to stand under the page's `<h1>`: sub-heads are `<h2>`.
///
/// `dateline` opens the first paragraph; copy that begins with something else gets a paragraph of its own for it.
/// `zone` is the one of the page: marked times carry it in `datetime` and spell themselves out in `title`.
pub fn body_html(body: &[Block], dateline: Option<&str>, words: &Words, zone: &TimeZone) -> String {
    let mut out = Out { html: String::with_capacity(4096), words, zone };
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

/// Text for HTML content and for attributes in double quotes.
pub(super) fn escaped(text: &str) -> String {
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
    words: &'a Words,
    zone: &'a TimeZone,
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
            Block::SubHead(run) => self.tagged("h2", |out| out.run(run)),
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
        let label = table.caption.as_deref().map(|caption| format!(r#" role="region" aria-label="{}""#, escaped(caption))).unwrap_or_default();
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
