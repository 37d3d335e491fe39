//! HTML as a stream of tags that knows its lines, and what of it a feed reader would take out.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use markup5ever::TokenizerResult;

use super::rules::{self, Rule};

/// How many tokens of a page are looked at.
const TOKENS_MAX: usize = 500_000;

/// A part of a page.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) line: u64,
    pub(super) what: What,
}

#[derive(Debug)]
pub(super) enum What {
    Open { name: String, attributes: Vec<(String, String)>, has_twice: bool, closes_itself: bool },
    Close { name: String },
    Text(String),
    Doctype { is_html: bool },
    Fault(String),
}

impl Piece {
    /// An attribute of an opening tag.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        match &self.what {
            What::Open { attributes, .. } => attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()),
            What::Close { .. } | What::Text(_) | What::Doctype { .. } | What::Fault(_) => None,
        }
    }

    /// The name of an opening tag.
    pub(super) fn opens(&self) -> Option<&str> {
        match &self.what {
            What::Open { name, .. } => Some(name),
            What::Close { .. } | What::Text(_) | What::Doctype { .. } | What::Fault(_) => None,
        }
    }
}

struct Sink(RefCell<Vec<Piece>>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut pieces = self.0.borrow_mut();
        if TOKENS_MAX <= pieces.len() {
            return TokenSinkResult::Continue;
        }
        match token {
            Token::TagToken(tag) => {
                let name = tag.name.to_string();
                let raw = match (&*name, tag.kind) {
                    ("script", TagKind::StartTag) => Some(RawKind::ScriptData),
                    ("style" | "xmp" | "iframe" | "noembed" | "noframes", TagKind::StartTag) => Some(RawKind::Rawtext),
                    ("title" | "textarea", TagKind::StartTag) => Some(RawKind::Rcdata),
                    _ => None,
                };
                let what = match tag.kind {
                    TagKind::StartTag => {
                        let attributes = tag.attrs.iter().map(|one| (one.name.local.to_string(), one.value.to_string())).collect();
                        What::Open { name, attributes, has_twice: tag.had_duplicate_attributes, closes_itself: tag.self_closing }
                    }
                    TagKind::EndTag => What::Close { name },
                };
                pieces.push(Piece { line, what });
                if let Some(raw) = raw {
                    return TokenSinkResult::RawData(raw);
                }
            }
            Token::CharacterTokens(text) => match pieces.last_mut() {
                Some(Piece { what: What::Text(before), .. }) => before.push_str(&text),
                _ => pieces.push(Piece { line, what: What::Text(text.to_string()) }),
            },
            Token::DoctypeToken(doctype) => {
                let is_html = doctype.name.as_deref() == Some("html") && !doctype.force_quirks;
                pieces.push(Piece { line, what: What::Doctype { is_html } });
            }
            Token::ParseError(fault) => pieces.push(Piece { line, what: What::Fault(fault.into_owned()) }),
            Token::CommentToken(_) | Token::NullCharacterToken | Token::EOFToken => {}
        }
        TokenSinkResult::Continue
    }
}

/// The parts of a page or of a fragment, in order.
pub(super) fn pieces(html: &str) -> Vec<Piece> {
    let tokenizer = Tokenizer::new(Sink(RefCell::default()), TokenizerOpts { exact_errors: false, ..TokenizerOpts::default() });
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    while let TokenizerResult::Script(()) = tokenizer.feed(&input) {}
    tokenizer.end();
    tokenizer.sink.0.take()
}

/// Elements of HTML.
const ELEMENTS: &str = " a abbr acronym address applet area article aside audio b base basefont bdi bdo big blockquote body br button canvas \
    caption center cite code col colgroup command data datagrid datalist dd del details dfn dialog dir div dl dt em eventsource fieldset \
    figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins isindex kbd label \
    legend li link m main mark map menu meta meter nav noframes noscript object ol optgroup option output p param picture pre progress q rp rt \
    ruby s samp script section select slot small source span strike strong style sub summary sup search table tbody td template textarea tfoot \
    th thead time title tr track tt u ul var xmp plaintext embed comment listing video wbr ";
/// Those of them that readers of feeds keep.
const KEPT: &str = " a abbr acronym address area article aside audio b bdi bdo big blockquote br button canvas caption center cite code col \
    colgroup command data datagrid datalist dd del details dfn dialog dir div dl dt em eventsource fieldset figcaption figure footer font form \
    header h1 h2 h3 h4 h5 h6 hgroup hr i img input ins keygen kbd label legend li m main map mark menu meter multicol nav nextid ol output \
    optgroup option p picture pre progress q rp rt ruby s samp section select small sound source spacer span strike strong sub summary sup table \
    tbody td template textarea time tfoot th thead tr track tt u ul var video noscript wbr ";
/// Properties of style that are kept.
const PROPERTIES: &str = " azimuth background background-color border border-bottom border-bottom-color border-bottom-style \
    border-bottom-width border-collapse border-color border-left border-left-color border-left-style border-left-width border-right \
    border-right-color border-right-style border-right-width border-spacing border-style border-top border-top-color border-top-style \
    border-top-width border-width clear color cursor direction display elevation float font font-family font-size font-style font-variant \
    font-weight height letter-spacing line-height list-style-type margin margin-bottom margin-left margin-right margin-top overflow padding \
    padding-bottom padding-left padding-right padding-top pause pause-after pause-before pitch pitch-range richness speak speak-header \
    speak-numeral speak-punctuation speech-rate stress text-align text-decoration text-indent unicode-bidi vertical-align voice-family volume \
    white-space width ";
/// Words in the values of backgrounds, borders, margins and paddings that are kept.
const KEYWORDS: &str = " aqua auto black block blue bold both bottom brown center collapse dashed dotted fuchsia gray green !important italic \
    left lime maroon medium none navy normal nowrap olive pointer purple red right solid silver teal top transparent underline white yellow ";
/// Elements and attributes of `MathML` and SVG that are kept.
const MATH_ELEMENTS: &str = " annotation annotation-xml maction math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts \
    mroot mrow mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics ";
const MATH_ATTRIBUTES: &str = " actiontype align columnalign columnlines columnspacing columnspan depth display displaystyle encoding \
    equalcolumns equalrows fence fontstyle fontweight frame height linethickness lspace mathbackground mathcolor mathvariant maxsize minsize \
    other rowalign rowlines rowspacing rowspan rspace scriptlevel selection separator stretchy width ";
const SVG_ELEMENTS: &str = " a animate animateColor animateMotion animateTransform circle defs desc ellipse font-face font-face-name \
    font-face-src g glyph hkern linearGradient line marker metadata missing-glyph mpath path polygon polyline radialGradient rect set stop svg \
    switch text title tspan use ";
const SVG_ATTRIBUTES: &str = " accent-height accumulate additive alphabetic arabic-form ascent attributeName attributeType baseProfile bbox \
    begin by calcMode cap-height class color color-rendering content cx cy d dx dy descent display dur end fill fill-opacity fill-rule \
    font-family font-size font-stretch font-style font-variant font-weight from fx fy g1 g2 glyph-name gradientUnits hanging height horiz-adv-x \
    horiz-origin-x id ideographic k keyPoints keySplines keyTimes lang mathematical marker-end marker-mid marker-start markerHeight markerUnits \
    markerWidth max min name offset opacity orient origin overline-position overline-thickness panose-1 path pathLength points \
    preserveAspectRatio r refX refY repeatCount repeatDur requiredExtensions requiredFeatures restart rotate rx ry slope stemh stemv stop-color \
    stop-opacity strikethrough-position strikethrough-thickness stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin \
    stroke-miterlimit stroke-opacity stroke-width style systemLanguage target text-anchor to transform type u1 u2 underline-position \
    underline-thickness unicode unicode-range units-per-em values version viewBox visibility width widths x x-height x1 x2 y y1 y2 zoomAndPan ";

/// Whether a list of words has this one.
fn has(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// Whether HTML has such an element.
pub(super) fn is_html(name: &str) -> bool {
    has(ELEMENTS, name)
}

/// The vocabularies of markup in a feed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Vocabulary {
    Html,
    Svg,
    MathMl,
}

/// What a reader takes out of an element: the rule and the word it breaks it with.
pub(super) fn taken_out<'a>(
    vocabulary: Vocabulary,
    name: &str,
    attributes: impl Iterator<Item = (&'a str, &'a str)>,
) -> Vec<(&'static Rule, String)> {
    let mut found = Vec::new();
    match vocabulary {
        Vocabulary::Html => {
            if !is_html(name) {
                found.push((rules::NOT_HTML, name.to_owned()));
                return found;
            }
            if !has(KEPT, name) {
                found.push((rules::SECURITY_RISK, name.to_owned()));
                return found;
            }
            for (attribute, value) in attributes {
                let attribute = attribute.to_ascii_lowercase();
                if attribute == "style" {
                    found.extend(dangerous_style(value).into_iter().map(|word| (rules::DANGEROUS_STYLE, word)));
                } else if attribute.starts_with("on") {
                    found.push((rules::SECURITY_RISK_ATTR, attribute));
                }
            }
        }
        Vocabulary::Svg | Vocabulary::MathMl => {
            let (elements, known) =
                if vocabulary == Vocabulary::Svg { (SVG_ELEMENTS, SVG_ATTRIBUTES) } else { (MATH_ELEMENTS, MATH_ATTRIBUTES) };
            if !has(elements, name) {
                found.push((rules::SECURITY_RISK, name.to_owned()));
            }
            let strange = attributes.filter(|(attribute, _)| !has(known, attribute));
            found.extend(strange.map(|(attribute, _)| (rules::SECURITY_RISK_ATTR, attribute.to_owned())));
        }
    }
    found
}

/// What is wrong with HTML inside a feed.
pub(super) fn faults_of_fragment(html: &str) -> Vec<(&'static Rule, String)> {
    let mut found = Vec::new();
    if html.to_ascii_lowercase().contains("<?import ") {
        found.push((rules::SECURITY_RISK, "?import".to_owned()));
    }
    for piece in pieces(html) {
        match &piece.what {
            What::Open { name, attributes, .. } => {
                let attributes = attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()));
                found.extend(taken_out(Vocabulary::Html, name, attributes));
            }
            // Others, such as a bare &, every browser reads alike.
            What::Fault(fault) if fault.contains("EOF") => found.push((rules::NOT_HTML, "it ends inside a tag".to_owned())),
            What::Fault(_) | What::Close { .. } | What::Text(_) | What::Doctype { .. } => {}
        }
    }
    found
}

/// Addresses of images and links in HTML inside a feed that are not absolute.
pub(super) fn relative_references(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in pieces(html) {
        let address = match piece.opens() {
            Some("img") => piece.attribute("src"),
            Some("a") => piece.attribute("href"),
            Some(_) | None => None,
        };
        if let Some(address) = address.map(str::trim) {
            let scheme = address.split(':').next().unwrap_or_default();
            let is_absolute = address.contains(':')
                && !scheme.is_empty()
                && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+-.".contains(&byte));
            if !is_absolute {
                found.push(address.to_owned());
            }
        }
    }
    found
}

/// The words of a style that readers take out.
pub(super) fn dangerous_style(style: &str) -> Vec<String> {
    let is_plain =
        style.chars().all(|letter| letter.is_ascii_alphanumeric() || letter.is_whitespace() || ":,;#%.!-'\"()_".contains(letter));
    let parts: Vec<&str> = style.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_declarations = parts.iter().all(|part| part.split_once(':').is_some_and(|(_, value)| !value.contains(':')));
    // Functions other than rgb() may load something.
    let has_function = style.char_indices().any(|(at, letter)| {
        letter == '(' && !ends_with_rgb(style[..at].trim_end()) && style[..at].ends_with(|before: char| before.is_ascii_alphanumeric())
    });
    if !is_plain || !is_declarations || has_function {
        return vec![style.to_owned()];
    }
    let mut unsafe_words = Vec::new();
    for part in parts {
        let lower = part.to_ascii_lowercase();
        let Some((property, value)) = lower.split_once(':') else { continue };
        let property = property.trim();
        if !has(PROPERTIES, property) {
            unsafe_words.push(property.to_owned());
            continue;
        }
        let group = property.split('-').next().unwrap_or_default();
        if matches!(group, "background" | "border" | "margin" | "padding") {
            // A colour in brackets is one word.
            let value = value.replace(", ", ",");
            let strange = value.split_whitespace().filter(|word| !has(KEYWORDS, word) && !is_measure(word));
            unsafe_words.extend(strange.map(str::to_owned));
        }
    }
    unsafe_words.dedup();
    unsafe_words
}

/// Whether a name that a bracket follows is that of a colour.
fn ends_with_rgb(before: &str) -> bool {
    let start = before.len().saturating_sub("rgb".len());
    before.as_bytes()[start..].eq_ignore_ascii_case(b"rgb")
}

/// `#ccc`, `rgb(0,0,0)`, `2px`, `0`.
fn is_measure(word: &str) -> bool {
    if let Some(hex) = word.strip_prefix('#') {
        return !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    if let Some(rgb) = word.strip_prefix("rgb(") {
        return rgb.bytes().all(|byte| byte.is_ascii_digit() || b"%,)".contains(&byte));
    }
    let number = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic() || ",%)".contains(letter));
    let unit = &word[number.len()..];
    !number.is_empty()
        && number.len() <= 6
        && number.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && matches!(unit, "" | "cm" | "em" | "rem" | "ex" | "in" | "mm" | "pc" | "pt" | "px" | "%" | "," | ")")
}
