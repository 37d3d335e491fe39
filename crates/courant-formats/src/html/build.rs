//! From the tree of clean markup to blocks.

use courant_news::{Block, Figure, Inline, List, Money, Picture, Quote, Rendition, Table};
use jiff::Timestamp;

use super::token::{Element, Node, Tag, is_as_joined};
use super::{Cleaned, Context};

/// How many lines a list and rows a table may have, and cells a row.
const ENTRIES_MAX: usize = 10_000;

/// Turns trees into blocks, and notes what could not be kept.
pub(super) struct Builder<'c> {
    context: &'c Context<'c>,
    pub(super) cleaned: Vec<Cleaned>,
}

impl<'c> Builder<'c> {
    pub(super) fn new(context: &'c Context<'c>) -> Self {
        Self { context, cleaned: Vec::new() }
    }

    fn note(&mut self, what: &str) {
        match self.cleaned.iter_mut().find(|cleaned| *cleaned.what == *what) {
            Some(known) => known.n_times += 1,
            None => self.cleaned.push(Cleaned { what: what.into(), n_times: 1 }),
        }
    }

    /// The blocks of some nodes; words between them become paragraphs.
    pub(super) fn blocks(&mut self, nodes: &[Node<'_>], out: &mut Vec<Block>) {
        self.blocks_of(&mut nodes.iter(), out);
    }

    fn blocks_of<'n, 'h: 'n>(&mut self, nodes: &mut dyn Iterator<Item = &'n Node<'h>>, out: &mut Vec<Block>) {
        let mut loose: Vec<Inline> = Vec::new();
        for node in nodes {
            match node {
                // White space between blocks is no paragraph.
                Node::Text(text) if loose.is_empty() && text.bytes().all(|byte| byte.is_ascii_whitespace()) => {}
                Node::Text(text) => loose.push(Inline::Text(text.as_ref().into())),
                Node::Element(element) if element.tag.is_inline() && !holds_block(element) => self.inline(element, &mut loose),
                Node::Element(element) => {
                    flush(&mut loose, out);
                    self.block(element, out);
                }
            }
        }
        flush(&mut loose, out);
    }

    fn block(&mut self, element: &Element<'_>, out: &mut Vec<Block>) {
        match element.tag {
            Tag::Paragraph if element.has_class("correction") => out.push(Block::Correction(self.words(&element.children))),
            Tag::Container if element.has_class("correction") => {
                for paragraph in self.paragraphs(&element.children) {
                    out.push(Block::Correction(paragraph));
                }
            }
            Tag::Paragraph if !element.children.iter().any(is_block) => out.push(Block::Paragraph(self.words(&element.children))),
            Tag::Heading => out.push(Block::SubHead(self.words(&element.children))),
            Tag::Quote => out.push(Block::Quote(self.quote(element))),
            Tag::List | Tag::NumberedList => {
                let mut lines = Vec::new();
                self.lines(&element.children, &mut lines);
                out.push(Block::List(List { numbered: element.tag == Tag::NumberedList, lines }));
            }
            Tag::Table => out.push(Block::Table(self.table(element))),
            Tag::Figure => self.figure(element, out),
            Tag::Preformatted => preformatted(element, out),
            Tag::Rule => {}
            Tag::Image | Tag::Picture | Tag::Source => self.figure(element, out),
            _ => self.blocks(&element.children, out),
        }
    }

    /// All words below some nodes as one run; block boundaries become line breaks.
    fn words(&mut self, nodes: &[Node<'_>]) -> Vec<Inline> {
        let mut run = Vec::with_capacity(nodes.len());
        self.push_words(nodes, &mut run);
        run
    }

    fn push_words(&mut self, nodes: &[Node<'_>], run: &mut Vec<Inline>) {
        for node in nodes {
            match node {
                Node::Text(text) => run.push(Inline::Text(text.as_ref().into())),
                Node::Element(element) => self.inline(element, run),
            }
        }
    }

    fn inline(&mut self, element: &Element<'_>, run: &mut Vec<Inline>) {
        match element.tag {
            Tag::Emphasis | Tag::Cite => run.push(Inline::Emphasis(self.words(&element.children))),
            Tag::Strong => run.push(Inline::Strong(self.words(&element.children))),
            Tag::Link => {
                let words = self.words(&element.children);
                match element.attribute("href").map(|href| self.address(href)) {
                    Some(Some(href)) => run.push(Inline::Link { href: href.into(), words }),
                    Some(None) => {
                        self.note("a link that leads to no page");
                        run.extend(words);
                    }
                    None => run.extend(words),
                }
            }
            Tag::Break => run.push(Inline::Break),
            Tag::Time => match element.attribute("datetime").and_then(|at| at.trim().parse::<Timestamp>().ok()) {
                Some(at) => run.push(Inline::Time { words: plain(&element.children).into(), at }),
                None => self.push_words(&element.children, run),
            },
            Tag::Data if element.has_class("money") => {
                let words = plain(&element.children);
                let value = element.attribute("value").unwrap_or_default();
                let money = value.trim().split_once(' ').and_then(|(amount, code)| Money::new(&words, amount, code.trim()).ok());
                if let Some(money) = money {
                    run.push(Inline::Money(money));
                } else {
                    self.note("a mark of money whose value is not like “100.50 EUR”");
                    self.push_words(&element.children, run);
                }
            }
            Tag::Marks => {
                run.push(Inline::Text("“".into()));
                self.push_words(&element.children, run);
                run.push(Inline::Text("”".into()));
            }
            Tag::Image => {
                if let Some(alt) = element.attribute("alt").filter(|alt| !alt.trim().is_empty()) {
                    run.push(Inline::Text(format!(" {alt} ").into()));
                }
                self.note("a picture inside a line");
            }
            tag if tag.is_inline() => self.push_words(&element.children, run),
            _ => {
                run.push(Inline::Break);
                self.push_words(&element.children, run);
                run.push(Inline::Break);
            }
        }
    }

    /// An address that may stand in copy. `None` for one that may not.
    fn address(&self, href: &str) -> Option<String> {
        let href: String = href.trim().chars().filter(|letter| !letter.is_control()).collect();
        if let Some(base) = self.context.base_url
            && let Some(path) = href.strip_prefix(base.trim_end_matches('/')).filter(|path| path.starts_with('/'))
        {
            return Some(path.to_owned());
        }
        if let Some(page) = self.context.page_url {
            if is_as_joined(&href) {
                return Some(href);
            }
            let joined = page.join(&href).ok().filter(|joined| matches!(joined.scheme(), "http" | "https" | "mailto"));
            return joined.map(Into::into);
        }
        let is_path = href.starts_with('/') && !href.starts_with("//") && !href.starts_with("/\\");
        let scheme = href.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        let is_link = matches!(scheme.as_deref(), Some("http" | "https" | "mailto"));
        ((is_path || is_link) && !href.contains(char::is_whitespace)).then_some(href)
    }

    fn paragraphs(&mut self, nodes: &[Node<'_>]) -> Vec<Vec<Inline>> {
        let mut blocks = Vec::new();
        self.blocks(nodes, &mut blocks);
        blocks.into_iter().flat_map(lines_of).collect()
    }

    fn quote(&mut self, element: &Element<'_>) -> Quote {
        let mut speaker = None;
        let mut kept: Vec<&Node<'_>> = Vec::new();
        for node in &element.children {
            match node {
                Node::Element(child) if matches!(child.tag, Tag::Footer | Tag::Cite) && speaker.is_none() => {
                    speaker = Some(plain(&child.children));
                }
                other => kept.push(other),
            }
        }
        let mut blocks = Vec::new();
        self.blocks_of(&mut kept.into_iter(), &mut blocks);
        Quote { paragraphs: blocks.into_iter().flat_map(lines_of).collect(), speaker: speaker.map(Into::into) }
    }

    /// The lines of a list; those of a list inside it follow the line that holds it.
    fn lines(&mut self, nodes: &[Node<'_>], lines: &mut Vec<Vec<Inline>>) {
        for node in nodes {
            if ENTRIES_MAX <= lines.len() {
                self.note("lines of a list after the 10,000th");
                return;
            }
            match node {
                Node::Text(text) => lines.push(vec![Inline::Text(text.as_ref().into())]),
                Node::Element(element) if matches!(element.tag, Tag::List | Tag::NumberedList) => self.lines(&element.children, lines),
                Node::Element(element) if element.tag == Tag::Line => {
                    let inner_list =
                        |node: &&Node<'_>| matches!(node, Node::Element(element) if matches!(element.tag, Tag::List | Tag::NumberedList));
                    let mut run = Vec::new();
                    for child in element.children.iter().filter(|child| !inner_list(child)) {
                        self.push_words(std::slice::from_ref(child), &mut run);
                    }
                    lines.push(run);
                    for child in element.children.iter().filter(inner_list) {
                        self.lines(std::slice::from_ref(child), lines);
                    }
                }
                Node::Element(element) => {
                    let mut run = Vec::new();
                    self.inline(element, &mut run);
                    lines.push(run);
                }
            }
        }
    }

    fn table(&mut self, element: &Element<'_>) -> Table {
        let mut table = Table { caption: None, head: Vec::new(), rows: Vec::new() };
        self.rows(&element.children, false, &mut table);
        table
    }

    fn rows(&mut self, nodes: &[Node<'_>], is_in_head: bool, table: &mut Table) {
        for node in nodes {
            let Node::Element(element) = node else { continue };
            match element.tag {
                Tag::TableCaption => table.caption = Some(plain(&element.children).into()),
                Tag::TableHead => self.rows(&element.children, true, table),
                Tag::Row => {
                    if ENTRIES_MAX <= table.rows.len() {
                        self.note("rows of a table after the 10,000th");
                        return;
                    }
                    let cells = cells_of(element);
                    let all_heads = !cells.is_empty() && cells.iter().all(|cell| cell.tag == Tag::HeadCell);
                    let is_head = is_in_head || (all_heads && table.rows.is_empty());
                    let row = cells.into_iter().map(|cell| self.words(&cell.children)).collect();
                    if is_head && table.head.is_empty() {
                        table.head = row;
                    } else {
                        table.rows.push(row);
                    }
                }
                _ => self.rows(&element.children, is_in_head, table),
            }
        }
    }

    /// A picture with its caption. What lacks a size or an address is no picture, but its words are kept.
    fn figure(&mut self, element: &Element<'_>, out: &mut Vec<Block>) {
        let mut found = Found::default();
        found.look_at(element);
        let renditions: Vec<Rendition> = found
            .files
            .iter()
            .filter_map(|file| {
                let href = self.address(&file.href)?;
                let media_type = file.media_type.clone().or_else(|| media_type_of(&href).map(str::to_owned))?;
                Rendition::new(&href, &media_type, file.width?, file.height?).ok()
            })
            .collect();
        let n_files = found.files.len();
        let caption = tidy_line(&found.caption);
        let alt = tidy_line(&found.alt);
        let credit = tidy_line(&found.credit);
        let credit = if credit.is_empty() { self.context.credit.unwrap_or_default() } else { &credit };
        let first = |one: &str, other: &str| if one.is_empty() { other.to_owned() } else { one.to_owned() };
        if let Ok(mut picture) = Picture::new(&first(&caption, &alt), credit, &first(&alt, &caption), renditions) {
            let notice = tidy_line(&found.notice);
            picture.copyright_notice = (!notice.is_empty()).then(|| notice.into());
            out.push(Block::Figure(Figure { picture }));
        } else {
            if n_files != 0 {
                self.note("a picture without address, size, caption or credit");
            }
            let mut inner: Vec<Block> = Vec::new();
            // What a figure holds besides a picture (a table, a quotation) stands on its own.
            let is_picture =
                |node: &&Node<'_>| matches!(node, Node::Element(element) if matches!(element.tag, Tag::Image | Tag::Picture | Tag::Source));
            self.blocks_of(&mut element.children.iter().filter(|node| !is_picture(node)), &mut inner);
            if inner.is_empty() && !alt.is_empty() {
                inner.push(Block::Paragraph(vec![Inline::Text(alt.into())]));
            }
            out.append(&mut inner);
        }
    }
}

/// What a figure holds.
#[derive(Default)]
struct Found {
    files: Vec<File>,
    caption: String,
    credit: String,
    notice: String,
    alt: String,
}

struct File {
    href: String,
    media_type: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
}

impl Found {
    fn look_at(&mut self, element: &Element<'_>) {
        let side = |name: &str| element.attribute(name).and_then(|side| side.trim().trim_end_matches("px").parse().ok());
        match element.tag {
            Tag::Image => {
                let class = element.attribute("class").unwrap_or_default();
                let media_type = class.contains('/').then(|| class.to_owned());
                if let Some(href) = element.attribute("src") {
                    // The picture itself comes first, whatever sources stand before it.
                    let file = File { href: href.to_owned(), media_type, width: side("width"), height: side("height") };
                    self.files.insert(0, file);
                }
                self.alt.push_str(element.attribute("alt").unwrap_or_default());
            }
            Tag::Source => {
                if let Some(href) = element.attribute("srcset").filter(|set| !set.contains(',')) {
                    let href = href.split_whitespace().next().unwrap_or_default().to_owned();
                    let media_type = element.attribute("type").map(str::to_owned);
                    self.files.push(File { href, media_type, width: side("width"), height: side("height") });
                }
            }
            Tag::FigureCaption => self.caption_of(&element.children),
            _ => {
                for node in &element.children {
                    if let Node::Element(child) = node {
                        self.look_at(child);
                    }
                }
            }
        }
    }

    fn caption_of(&mut self, nodes: &[Node<'_>]) {
        for node in nodes {
            match node {
                Node::Text(text) => self.caption.push_str(text),
                Node::Element(element) if element.has_class("credit") => collect(&element.children, &mut self.credit),
                Node::Element(element) if element.has_class("copyright") => collect(&element.children, &mut self.notice),
                Node::Element(element) => {
                    let is_apart = !element.tag.is_inline() || element.tag == Tag::Break;
                    self.caption.push_str(if is_apart { " " } else { "" });
                    self.caption_of(&element.children);
                    self.caption.push_str(if is_apart { " " } else { "" });
                }
            }
        }
    }
}

/// The media type that the end of an address stands for.
pub(crate) fn media_type_of(href: &str) -> Option<&'static str> {
    let path = href.split(['?', '#']).next().unwrap_or(href);
    let (_, ending) = path.rsplit_once('.')?;
    Some(match ending.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "tif" | "tiff" => "image/tiff",
        _ => return None,
    })
}

fn cells_of<'e, 'h>(line: &'e Element<'h>) -> Vec<&'e Element<'h>> {
    let cells = line.children.iter().filter_map(|node| match node {
        Node::Element(cell) if matches!(cell.tag, Tag::Cell | Tag::HeadCell) => Some(cell),
        _ => None,
    });
    cells.take(ENTRIES_MAX).collect()
}

fn tidy_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|letter| !letter.is_control()));
    }
    line
}

/// All words below some nodes.
fn plain(nodes: &[Node<'_>]) -> String {
    let mut words = String::new();
    collect(nodes, &mut words);
    words
}

fn collect(nodes: &[Node<'_>], words: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => words.push_str(text),
            Node::Element(element) if element.tag == Tag::Break => words.push(' '),
            Node::Element(element) => {
                let is_apart = !element.tag.is_inline();
                words.push_str(if is_apart { " " } else { "" });
                collect(&element.children, words);
                words.push_str(if is_apart { " " } else { "" });
            }
        }
    }
}

fn is_block(node: &Node<'_>) -> bool {
    matches!(node, Node::Element(element) if !element.tag.is_inline() || holds_block(element))
}

/// Whether an inline element holds what stands apart from the line: a block, or a picture with its size.
fn holds_block(element: &Element<'_>) -> bool {
    let is_sized_picture = matches!(element.tag, Tag::Picture) || (element.tag == Tag::Image && element.attribute("width").is_some());
    is_sized_picture || element.children.iter().any(is_block)
}

fn flush(loose: &mut Vec<Inline>, out: &mut Vec<Block>) {
    if !loose.is_empty() {
        out.push(Block::Paragraph(std::mem::take(loose)));
    }
}

/// The runs of any block, for places that hold only lines.
fn lines_of(block: Block) -> Vec<Vec<Inline>> {
    match block {
        Block::Paragraph(run) | Block::SubHead(run) | Block::Correction(run) => vec![run],
        Block::Quote(quote) => {
            let speaker = quote.speaker.map(|speaker| vec![Inline::Text(speaker)]);
            quote.paragraphs.into_iter().chain(speaker).collect()
        }
        Block::List(list) => list.lines,
        Block::Table(table) => {
            let caption = table.caption.map(|caption| vec![Inline::Text(caption)]);
            let rows = std::iter::once(table.head).chain(table.rows).filter(|row| !row.is_empty());
            caption.into_iter().chain(rows.map(join_cells)).collect()
        }
        Block::Figure(figure) => vec![vec![Inline::Text(figure.picture.caption)]],
    }
}

fn join_cells(row: Vec<Vec<Inline>>) -> Vec<Inline> {
    let mut run = Vec::new();
    for cell in row {
        if !run.is_empty() {
            run.push(Inline::Text(" ".into()));
        }
        run.extend(cell);
    }
    run
}

/// Lines as they stand: what a sender sets in columns or verse. A blank line ends a paragraph.
fn preformatted(element: &Element<'_>, out: &mut Vec<Block>) {
    let mut words = String::new();
    collect_lines(&element.children, &mut words);
    let mut run: Vec<Inline> = Vec::new();
    for line in words.lines() {
        if line.trim().is_empty() {
            flush(&mut run, out);
            continue;
        }
        if !run.is_empty() {
            run.push(Inline::Break);
        }
        run.push(Inline::Text(line.into()));
    }
    flush(&mut run, out);
}

fn collect_lines(nodes: &[Node<'_>], words: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => words.push_str(text),
            Node::Element(element) if element.tag == Tag::Break => words.push('\n'),
            Node::Element(element) => collect_lines(&element.children, words),
        }
    }
}
