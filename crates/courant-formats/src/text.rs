//! A story as text: wire copy and Markdown.

use courant_news::{Block, Inline, NewsItem, Table};

/// How wide wire copy is set, in columns. A letter of Chinese, Japanese or Korean takes two.
const COLUMNS: usize = 72;

/// A story as wire copy: slugline, headline, byline, dateline and copy, wrapped at 72 columns, with the corrections
/// before the copy and the rights and `url` after it. Ends with a line end.
pub fn wire_copy(item: &NewsItem, url: &str) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    if let Some(slugline) = &item.slugline {
        paragraphs.push(wrapped(slugline.as_str(), ""));
    }
    paragraphs.push(wrapped(item.headline.as_str(), ""));
    if !item.bylines.is_empty() {
        paragraphs.push(wrapped(&names(item), ""));
    }
    for correction in &item.corrections {
        paragraphs.push(wrapped(&format!("[{}]", correction.reason), ""));
    }
    let mut dateline = item.dateline.as_ref().map(|dateline| dateline.in_house_style(&item.lang));
    if !matches!(item.body.first(), Some(Block::Paragraph(_))) {
        // The dateline runs into the first paragraph; where none is, it stands alone.
        paragraphs.extend(dateline.take().map(|dateline| wrapped(&dateline, "")));
    }
    for block in &item.body {
        let text = match block {
            Block::Paragraph(run) => {
                let opening = dateline.take().map(|dateline| dateline + " ").unwrap_or_default();
                wrapped(&(opening + &words(run)), "")
            }
            Block::SubHead(run) => wrapped(&words(run), ""),
            Block::Correction(run) => wrapped(&format!("[{}]", words(run)), ""),
            Block::Quote(quote) => {
                let mut lines: Vec<String> = quote.paragraphs.iter().map(|run| wrapped(&words(run), "    ")).collect();
                lines.extend(quote.speaker.as_deref().map(|speaker| wrapped(&format!("— {speaker}"), "    ")));
                lines.join("\n")
            }
            Block::List(list) => {
                let numbered = |line_idx: usize| if list.numbered { format!("{}. ", line_idx + 1) } else { "- ".to_owned() };
                let lines = list.lines.iter().enumerate().map(|(line_idx, run)| wrapped(&(numbered(line_idx) + &words(run)), ""));
                lines.collect::<Vec<_>>().join("\n")
            }
            Block::Table(table) => columns(table),
            Block::Figure(figure) => wrapped(&format!("[{} / {}]", figure.picture.caption, figure.picture.credit), ""),
        };
        paragraphs.push(text);
    }
    paragraphs.extend(item.rights.copyright_notice.as_deref().map(|notice| wrapped(notice, "")));
    paragraphs.push(url.to_owned());
    let mut copy = paragraphs.join("\n\n");
    copy.push('\n');
    copy
}

/// A story as Markdown (`CommonMark`, tables as GitHub writes them). Ends with a line end.
pub fn markdown(item: &NewsItem, url: &str) -> String {
    let mut paragraphs = vec![format!("# {}", escaped(item.headline.as_str()))];
    if let Some(lead) = &item.lead {
        paragraphs.push(format!("**{}**", escaped(lead.as_str())));
    }
    if !item.bylines.is_empty() {
        paragraphs.push(escaped(&names(item)));
    }
    for correction in &item.corrections {
        paragraphs.push(format!("> {}", escaped(correction.reason.as_str())));
    }
    let mut dateline = item.dateline.as_ref().map(|dateline| escaped(&dateline.in_house_style(&item.lang)));
    if !matches!(item.body.first(), Some(Block::Paragraph(_))) {
        paragraphs.extend(dateline.take());
    }
    for block in &item.body {
        let text = match block {
            Block::Paragraph(run) => dateline.take().map(|dateline| dateline + " ").unwrap_or_default() + &marked(run),
            Block::SubHead(run) => format!("## {}", marked(run)),
            Block::Correction(run) => format!("> {}", marked(run)),
            Block::Quote(quote) => {
                let mut lines: Vec<String> = quote.paragraphs.iter().map(|run| format!("> {}", marked(run))).collect();
                lines.extend(quote.speaker.as_deref().map(|speaker| format!("> — {}", escaped(speaker))));
                lines.join("\n>\n")
            }
            Block::List(list) => {
                let bullet = |line_idx: usize| if list.numbered { format!("{}. ", line_idx + 1) } else { "- ".to_owned() };
                let lines = list.lines.iter().enumerate().map(|(line_idx, run)| bullet(line_idx) + &marked(run).replace("\\\n", " "));
                lines.collect::<Vec<_>>().join("\n")
            }
            Block::Table(table) => markdown_table(table),
            Block::Figure(figure) => {
                let picture = &figure.picture;
                let file = picture.renditions.first().map(|file| format!("![{}]({})\n", escaped(&picture.alt), destination(&file.href)));
                format!("{}*{} / {}*", file.unwrap_or_default(), escaped(&picture.caption), escaped(&picture.credit))
            }
        };
        paragraphs.push(text);
    }
    paragraphs.push(format!("<{url}>"));
    let mut text = paragraphs.join("\n\n");
    text.push('\n');
    text
}

fn names(item: &NewsItem) -> String {
    let names = item.bylines.iter().map(|byline| match &byline.role {
        Some(role) => format!("{}, {role}", byline.name),
        None => byline.name.to_string(),
    });
    names.collect::<Vec<_>>().join("; ")
}

fn words(run: &[Inline]) -> String {
    courant_news::plain_text(&[Block::Paragraph(run.to_vec())])
}

/// A table in columns of equal width, each as wide as its widest cell.
fn columns(table: &Table) -> String {
    let rows: Vec<Vec<String>> = std::iter::once(&table.head)
        .chain(&table.rows)
        .filter(|row| !row.is_empty())
        .map(|row| row.iter().map(|cell| words(cell).replace('\n', " ")).collect())
        .collect();
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widths: Vec<usize> = (0..n_columns)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or_default())
        .collect();
    let mut lines: Vec<String> = table.caption.iter().map(|caption| wrapped(caption, "")).collect();
    for row in &rows {
        let mut line = String::new();
        for (cell, column_width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', column_width - width(cell) + 2));
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}

/// Text set to the measure, every line after `indent`. Its own line ends stay.
fn wrapped(text: &str, indent: &str) -> String {
    let mut set = String::with_capacity(text.len() + text.len() / 20);
    for (line_idx, line) in text.lines().enumerate() {
        if line_idx != 0 {
            set.push('\n');
        }
        set.push_str(indent);
        let mut column = indent.len();
        let mut has_word = false;
        for piece in pieces(line) {
            let piece_width = width(piece);
            let needed = width(piece.trim_end_matches(' '));
            if has_word && COLUMNS < column + needed {
                set.truncate(set.trim_end_matches(' ').len());
                set.push('\n');
                set.push_str(indent);
                column = indent.len();
            }
            set.push_str(piece);
            column += piece_width;
            has_word = true;
        }
        set.truncate(set.trim_end_matches(' ').len());
    }
    set
}

/// The pieces between which a line may end: after spaces, and between two wide letters, unless the second is a mark
/// that must not begin a line or the first one that must not end it.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut before: Option<char> = None;
    for (at, letter) in line.char_indices() {
        let is_after_space = before == Some(' ') && letter != ' ';
        let is_between_wide =
            before.is_some_and(|before| (is_wide(before) || is_wide(letter)) && before != ' ' && letter != ' ' && !OPENS.contains(before));
        if at != 0 && (is_after_space || (is_between_wide && !CLOSES.contains(letter))) {
            pieces.push(&line[from..at]);
            from = at;
        }
        before = Some(letter);
    }
    pieces.push(&line[from..]);
    pieces
}

/// Marks that must not begin a line, and marks that must not end one (JIS X 4051).
const CLOSES: &str = "、。，．・：；？！）］｝」』】〉》〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ%％,.;:!?)]}”’";
const OPENS: &str = "（［｛「『【〈《〔([{“‘";

/// The columns a text takes.
fn width(text: &str) -> usize {
    text.chars().map(|letter| if is_mark(letter) { 0 } else { 1 + usize::from(is_wide(letter)) }).sum()
}

/// Letters two columns wide (Unicode Standard Annex 11, the blocks that matter for news).
fn is_wide(letter: char) -> bool {
    matches!(letter,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{33ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}')
}

/// Combining marks, which take no column.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{591}'..='\u{5bd}' | '\u{200b}'..='\u{200f}')
}

fn marked(run: &[Inline]) -> String {
    let mut text = String::new();
    for inline in run {
        match inline {
            Inline::Text(words) | Inline::Time { words, .. } => text.push_str(&escaped(words)),
            Inline::Emphasis(run) => text.push_str(&within("*", &marked(run))),
            Inline::Strong(run) => text.push_str(&within("**", &marked(run))),
            Inline::Link { href, words } => {
                text.push('[');
                text.push_str(&marked(words));
                text.push_str("](");
                text.push_str(&destination(href));
                text.push(')');
            }
            Inline::Money(money) => text.push_str(&escaped(&money.words)),
            Inline::Break => text.push_str("\\\n"),
        }
    }
    text
}

/// Marks do not hold if a space stands inside them.
fn within(mark: &str, words: &str) -> String {
    let inner = words.trim();
    if inner.is_empty() {
        return words.to_owned();
    }
    let (before, rest) = words.split_at(words.len() - words.trim_start().len());
    format!("{before}{mark}{inner}{mark}{}", &rest[inner.len()..])
}

fn destination(href: &str) -> String {
    href.replace('\\', "%5C").replace('(', "%28").replace(')', "%29").replace('<', "%3C").replace('>', "%3E").replace(' ', "%20")
}

fn markdown_table(table: &Table) -> String {
    let n_columns = std::iter::once(&table.head).chain(&table.rows).map(Vec::len).max().unwrap_or_default();
    let line = |row: &[Vec<Inline>]| {
        let cells = (0..n_columns)
            .map(|column| row.get(column).map(|cell| marked(cell).replace("\\\n", " ").replace('|', "\\|")).unwrap_or_default());
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut lines: Vec<String> = table.caption.iter().map(|caption| format!("*{}*\n", escaped(caption))).collect();
    lines.push(line(&table.head));
    lines.push(format!("|{}", " --- |".repeat(n_columns)));
    lines.extend(table.rows.iter().map(|row| line(row)));
    lines.join("\n")
}

/// Text in which Markdown sees no marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_line_start = true;
    let mut is_number = false;
    for letter in text.chars() {
        let is_mark = matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~');
        let is_start_mark = is_line_start && matches!(letter, '#' | '+' | '-' | '=');
        let ends_number = is_number && matches!(letter, '.' | ')');
        if is_mark || is_start_mark || ends_number {
            out.push('\\');
        }
        is_number = letter.is_ascii_digit() && (is_line_start || is_number);
        is_line_start = false;
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use courant_news::{AgencyMark, Byline, Dateline, Guid, Headline, Lang, List, Place, Quote, Slugline};
    use jiff::Timestamp;

    use super::*;

    fn text(words: &str) -> Vec<Inline> {
        vec![Inline::Text(words.into())]
    }

    fn story() -> NewsItem {
        let at: Timestamp = "2026-11-24T08:00:00Z".parse().unwrap();
        let mut item = NewsItem::new(Guid::parse("urn:a").unwrap(), Headline::parse("Fed *holds* rates").unwrap(), Lang::english(), at);
        item.slugline = Some(Slugline::parse("FED-RATES").unwrap());
        item.bylines = vec![Byline::new("Ann Lee", Some("correspondent")).unwrap()];
        item.dateline =
            Some(Dateline { place: Place::new("Washington", None).unwrap(), filed_at: at, mark: Some(AgencyMark("COURANT".into())) });
        item.body = vec![
            Block::Paragraph(vec![
                Inline::Text("The rate ".into()),
                Inline::Strong(text("stays")),
                Inline::Text(" where it has been since the spring, the bank said on Tuesday.".into()),
            ]),
            Block::SubHead(text("Why")),
            Block::Quote(Quote { paragraphs: vec![text("It is enough.")], speaker: Some("The bank".into()) }),
            Block::List(List { numbered: true, lines: vec![text("one"), text("two")] }),
            Block::Table(Table { caption: None, head: vec![text("Good"), text("Price")], rows: vec![vec![text("Tea|x"), text("5")]] }),
        ];
        item
    }

    #[test]
    fn wire_copy_is_set_in_seventy_two_columns() {
        let copy = wire_copy(&story(), "https://news.example/x");
        let expected = "FED-RATES\n\nFed *holds* rates\n\nAnn Lee, correspondent\n\nWASHINGTON, November 24. /COURANT/. The rate stays where it has been\nsince the spring, the bank said on Tuesday.\n\nWhy\n\n    It is enough.\n    — The bank\n\n1. one\n2. two\n\nGood   Price\nTea|x  5\n\nhttps://news.example/x\n";
        assert_eq!(copy, expected);
    }

    #[test]
    fn markdown_holds_its_marks_and_no_others() {
        let expected = "# Fed \\*holds\\* rates\n\nAnn Lee, correspondent\n\nWASHINGTON, November 24. /COURANT/. The rate **stays** where it has been since the spring, the bank said on Tuesday.\n\n## Why\n\n> It is enough.\n>\n> — The bank\n\n1. one\n2. two\n\n| Good | Price |\n| --- | --- |\n| Tea\\|x | 5 |\n\n<https://news.example/x>\n";
        assert_eq!(markdown(&story(), "https://news.example/x"), expected);
    }

    #[test]
    fn wide_letters_take_two_columns_and_no_stop_begins_a_line() {
        let set = wrapped(&"東京は、".repeat(20), "");
        assert!(set.lines().all(|line| width(line) <= COLUMNS + 2 && !line.starts_with('、')), "{set}");
        assert!(2 <= set.lines().count());
    }
}
