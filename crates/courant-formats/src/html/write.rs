//! From blocks to markup that is valid HTML and well-formed XML.

use courant_news::{Block, Figure, Inline, Table};

/// The blocks as markup, with links and pictures of this site as paths.
///
/// [`to_blocks`](super::to_blocks) reads it back equal, if the blocks are in their [normal form](super::tidy).
pub fn from_blocks(blocks: &[Block]) -> String {
    from_blocks_at(blocks, None)
}

/// As [`from_blocks`], with paths of this site made absolute by `base_url` (`https://news.example`).
pub fn from_blocks_at(blocks: &[Block], base_url: Option<&str>) -> String {
    let mut writer = Writer { html: String::with_capacity(4_096), base_url: base_url.map(|base| base.trim_end_matches('/')) };
    for (block_idx, block) in blocks.iter().enumerate() {
        if block_idx != 0 {
            writer.html.push('\n');
        }
        writer.block(block);
    }
    writer.html
}

struct Writer<'b> {
    html: String,
    base_url: Option<&'b str>,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(run) => self.within("p", run),
            Block::SubHead(run) => self.within("h2", run),
            Block::Correction(run) => {
                self.html.push_str("<p class=\"correction\">");
                self.run(run);
                self.html.push_str("</p>");
            }
            Block::Quote(quote) => {
                self.html.push_str("<blockquote>");
                for paragraph in &quote.paragraphs {
                    self.within("p", paragraph);
                }
                if let Some(speaker) = &quote.speaker {
                    self.html.push_str("<footer>");
                    self.text(speaker);
                    self.html.push_str("</footer>");
                }
                self.html.push_str("</blockquote>");
            }
            Block::List(list) => {
                let name = if list.numbered { "ol" } else { "ul" };
                self.open(name);
                for line in &list.lines {
                    self.within("li", line);
                }
                self.close(name);
            }
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
        }
    }

    fn table(&mut self, table: &Table) {
        self.html.push_str("<table>");
        if let Some(caption) = &table.caption {
            self.html.push_str("<caption>");
            self.text(caption);
            self.html.push_str("</caption>");
        }
        if !table.head.is_empty() {
            self.html.push_str("<thead>");
            self.row("th", &table.head);
            self.html.push_str("</thead>");
        }
        self.html.push_str("<tbody>");
        for row in &table.rows {
            self.row("td", row);
        }
        self.html.push_str("</tbody></table>");
    }

    fn row(&mut self, cell_name: &str, cells: &[Vec<Inline>]) {
        self.html.push_str("<tr>");
        for cell in cells {
            self.within(cell_name, cell);
        }
        self.html.push_str("</tr>");
    }

    fn figure(&mut self, figure: &Figure) {
        let picture = &figure.picture;
        self.html.push_str("<figure><picture>");
        for rendition in picture.renditions.iter().skip(1) {
            self.html.push_str("<source");
            self.address("srcset", &rendition.href);
            self.attribute("type", &rendition.media_type);
            self.attribute("width", &rendition.width.to_string());
            self.attribute("height", &rendition.height.to_string());
            self.html.push_str("/>");
        }
        if let Some(rendition) = picture.renditions.first() {
            self.html.push_str("<img");
            self.address("src", &rendition.href);
            self.attribute("class", &rendition.media_type);
            self.attribute("width", &rendition.width.to_string());
            self.attribute("height", &rendition.height.to_string());
            self.attribute("alt", &picture.alt);
            self.html.push_str("/>");
        }
        self.html.push_str("</picture><figcaption>");
        self.text(&picture.caption);
        self.html.push_str(" <span class=\"credit\">");
        self.text(&picture.credit);
        self.html.push_str("</span>");
        if let Some(notice) = &picture.copyright_notice {
            self.html.push_str(" <span class=\"copyright\">");
            self.text(notice);
            self.html.push_str("</span>");
        }
        self.html.push_str("</figcaption></figure>");
    }

    fn run(&mut self, run: &[Inline]) {
        for inline in run {
            match inline {
                Inline::Text(words) => self.text(words),
                Inline::Emphasis(run) => self.within("em", run),
                Inline::Strong(run) => self.within("strong", run),
                Inline::Link { href, words } => {
                    self.html.push_str("<a");
                    self.address("href", href);
                    self.html.push('>');
                    self.run(words);
                    self.html.push_str("</a>");
                }
                Inline::Money(money) => {
                    self.html.push_str("<data class=\"money\"");
                    self.attribute("value", &format!("{} {}", money.amount, money.currency));
                    self.html.push('>');
                    self.text(&money.words);
                    self.html.push_str("</data>");
                }
                Inline::Time { words, at } => {
                    self.html.push_str("<time");
                    self.attribute("datetime", &at.to_string());
                    self.html.push('>');
                    self.text(words);
                    self.html.push_str("</time>");
                }
                Inline::Break => self.html.push_str("<br/>"),
            }
        }
    }

    fn within(&mut self, name: &str, run: &[Inline]) {
        self.open(name);
        self.run(run);
        self.close(name);
    }

    fn open(&mut self, name: &str) {
        self.html.push('<');
        self.html.push_str(name);
        self.html.push('>');
    }

    fn close(&mut self, name: &str) {
        self.html.push_str("</");
        self.html.push_str(name);
        self.html.push('>');
    }

    fn address(&mut self, name: &str, href: &str) {
        match self.base_url {
            Some(base) if href.starts_with('/') => self.attribute(name, &format!("{base}{href}")),
            _ => self.attribute(name, href),
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        self.text(value);
        self.html.push('"');
    }

    fn text(&mut self, text: &str) {
        escape(text, &mut self.html);
    }
}

/// Appends `text` so that it can stand in an element and in a quoted attribute, of HTML and of XML.
pub(crate) fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let reference = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(reference);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}
