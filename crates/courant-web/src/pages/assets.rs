//! The style sheets and the scripts, minified once, with the hashes that the security policy names.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

/// The style sheet of a kind of page. Each page carries its own inline, and nothing it does not use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// The front page.
    Front,
    /// Lists.
    List,
    /// The page that makes a filter.
    Filter,
    /// Stories, notices and faults.
    Story,
    /// Searches.
    Search,
    /// Months and years.
    Archive,
    /// The converter, tables and histories of rates.
    Rates,
}

const ARCHIVE: &str = include_str!("../../templates/css/archive.css");
const BASE: &str = include_str!("../../templates/css/base.css");
const CHOOSE: &str = include_str!("../../templates/css/choose.css");
const FILTER: &str = include_str!("../../templates/css/filter.css");
const FRONT: &str = include_str!("../../templates/css/front.css");
const LIST: &str = include_str!("../../templates/css/list.css");
const RATES: &str = include_str!("../../templates/css/rates.css");
const SEARCH: &str = include_str!("../../templates/css/search.css");
const STORY: &str = include_str!("../../templates/css/story.css");

/// A script that enhances one element of a page. Every page is complete without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Follows the wire on a list.
    Live,
    /// Stands in for the event stream where none comes through; loaded by [`Live`](Self::Live) alone.
    Poll,
    /// Appends older stories to a list.
    More,
    /// Remembers how far a dossier was read, when the reader wants it.
    Since,
    /// Hands a story's address on, by the means of the device.
    Share,
    /// Keeps a filter on the reader's device, and offers it on lists.
    Keep,
    /// Suggests dossiers, places and people while a search is typed.
    Suggest,
}

static SHEETS: LazyLock<[String; Sheet::ALL.len()]> =
    LazyLock::new(|| Sheet::ALL.map(|sheet| sheet.parts().iter().map(|part| minified_css(part)).collect()));
static SCRIPTS: LazyLock<[Served; Script::ALL.len()]> = LazyLock::new(|| Script::ALL.map(Served::of));
static POLICIES: LazyLock<[String; Sheet::ALL.len()]> = LazyLock::new(|| Sheet::ALL.map(|sheet| policy(&csp_hash(sheet.css()))));
static POLICY_WITHOUT_STYLE: LazyLock<String> = LazyLock::new(|| policy("'none'"));

fn policy(style: &str) -> String {
    format!(
        "default-src 'none'; img-src 'self'; style-src {style}; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    )
}

impl Sheet {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Front, Self::List, Self::Filter, Self::Story, Self::Search, Self::Archive, Self::Rates];

    /// The minified sheet, as it stands between `<style>` and `</style>`.
    pub fn css(self) -> &'static str {
        &SHEETS[self as usize]
    }

    fn parts(self) -> &'static [&'static str] {
        match self {
            Self::Front => &[BASE, LIST, FRONT],
            Self::List => &[BASE, LIST, FILTER],
            Self::Filter => &[BASE, CHOOSE],
            Self::Story => &[BASE, STORY],
            Self::Search => &[BASE, LIST, SEARCH],
            Self::Archive => &[BASE, ARCHIVE],
            Self::Rates => &[BASE, RATES],
        }
    }
}

/// A script as it is served.
struct Served {
    text: String,
    path: String,
}

impl Served {
    fn of(script: Script) -> Self {
        let text = without_indents(script.written());
        let digest = Sha256::digest(text.as_bytes());
        let hash = digest.iter().take(8).fold(String::new(), |mut hash, byte| {
            let _ = write!(hash, "{byte:02x}");
            hash
        });
        Self { path: format!("/assets/{}.{hash}.js", script.name()), text }
    }
}

impl Script {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Live, Self::Poll, Self::More, Self::Since, Self::Share, Self::Keep, Self::Suggest];

    /// The script, to be served at its [`path`](Self::path) as `text/javascript`, immutable.
    pub fn text(self) -> &'static str {
        &SCRIPTS[self as usize].text
    }

    /// The address of the script. It names the content, so it may be kept for a year.
    pub fn path(self) -> &'static str {
        &SCRIPTS[self as usize].path
    }

    fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Poll => "poll",
            Self::More => "more",
            Self::Since => "since",
            Self::Share => "share",
            Self::Keep => "keep",
            Self::Suggest => "suggest",
        }
    }

    fn written(self) -> &'static str {
        match self {
            Self::Live => include_str!("../../islands/live.js"),
            Self::Poll => include_str!("../../islands/poll.js"),
            Self::More => include_str!("../../islands/more.js"),
            Self::Since => include_str!("../../islands/since.js"),
            Self::Share => include_str!("../../islands/share.js"),
            Self::Keep => include_str!("../../islands/keep.js"),
            Self::Suggest => include_str!("../../islands/suggest.js"),
        }
    }
}

/// The site's icon: the first letter of a running hand, in ink on paper. To be served at [`ICON_PATH`] as `image/svg+xml`.
pub const ICON_SVG: &str = include_str!("../../templates/icon.svg");

/// The address of the icon, named on every page.
pub const ICON_PATH: &str = "/icon.svg";

/// The value of `Content-Security-Policy` for a document: the sheet it holds by hash, scripts, pictures and streams from this site,
/// nothing else.
pub fn content_security_policy(document: &str) -> &'static str {
    let style = document.split_once("<style>").map(|(_, rest)| rest);
    let sheet = style.and_then(|style| Sheet::ALL.into_iter().find(|sheet| style.starts_with(sheet.css())));
    match sheet {
        Some(sheet) => &POLICIES[sheet as usize],
        None => &POLICY_WITHOUT_STYLE,
    }
}

/// A source expression of Content Security Policy level 3, section 2.3.1: `'sha256-BASE64'`.
fn csp_hash(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
}

/// RFC 4648 section 4.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_usize, |group, byte| group << 8 | usize::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            if place <= chunk.len() {
                text.push(char::from(ALPHABET[group >> (18 - 6 * place) & 63]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

/// Drops comments and the white space that our own style sheet has; strings in it hold no braces, semicolons or
/// double spaces. Spaces around `+`, `-` and `*` stay, because `calc` and `clamp` need them.
fn minified_css(css: &str) -> String {
    let mut tight = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        tight.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    tight.push_str(rest);
    let words = tight.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut min = String::with_capacity(words.len());
    let mut letters = words.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            ' ' => {
                let after = letters.peek().copied().unwrap_or(' ');
                let before = min.chars().last().unwrap_or(' ');
                // A space before a colon may stand for a descendant (`.a :is(b)`), so only the one after it goes.
                let needless = matches!(before, '{' | '}' | ';' | ',' | '>') || matches!(after, '{' | '}' | ';' | ',' | '>');
                if !needless && before != ':' {
                    min.push(' ');
                }
            }
            '}' => {
                if min.ends_with(';') {
                    min.pop();
                }
                min.push('}');
            }
            _ => min.push(letter),
        }
    }
    min
}

/// Drops indentation, empty lines and whole-line comments.
fn without_indents(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        // RFC 4648 section 10.
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn the_sheet_loses_only_what_means_nothing() {
        let min = minified_css(
            "/* a */ a:hover, .b > *::before { margin: 0 calc(1rem + 2px); color: red; }\n@media (min-width: 1px) { .a :is(b) { x: y } }",
        );
        assert_eq!(min, "a:hover,.b>*::before{margin:0 calc(1rem + 2px);color:red}@media (min-width:1px){.a :is(b){x:y}}");
    }

    fn with_brotli(text: &str) -> usize {
        let mut packed = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
        brotli::BrotliCompress(&mut text.as_bytes(), &mut packed, &parameters).unwrap();
        packed.len()
    }

    /// The gates of a page: 3 kB of style, 2 kB a script, 1.5 kB that of a filter.
    #[test]
    fn the_sheets_and_the_scripts_stay_small() {
        for sheet in Sheet::ALL {
            let css = sheet.css();
            assert!(with_brotli(css) <= 3_000, "{sheet:?}: {} bytes with brotli 11 of {}", with_brotli(css), css.len());
            assert!(!css.contains("</") && !css.contains("url(") && css.matches('{').count() == css.matches('}').count(), "{sheet:?}");
            assert!(content_security_policy(&format!("<style>{css}</style>")).contains(&csp_hash(css)));
        }
        for script in Script::ALL {
            let n_bytes = with_brotli(script.text());
            let n_bytes_max = if script == Script::Keep { 1_536 } else { 2_048 };
            assert!(n_bytes <= n_bytes_max, "{script:?}: {n_bytes} bytes with brotli 11 of {}", script.text().len());
            let name = script.name();
            assert!(script.path().starts_with(&format!("/assets/{name}.")));
            assert_eq!(script.path().len(), format!("/assets/{name}.0123456789abcdef.js").len());
        }
    }
}
