//! The drawing, as SVG, and the SVG as PNG.

use std::fmt::Write as _;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Node, Options, Tree};

use super::fonts::{BOLD, Face, Fonts};
use super::wrap::{self, MEASURED_PX};
use super::{Card, HEIGHT_PX, Undrawn, WIDTH_PX};

const PAPER: &str = "#fcfbf7";
const INK: &str = "#17181a";
const MUTED: &str = "#5c5f64";
const RULE: &str = "#d8d5cc";
const SIGNAL: &str = "#b0201b";

/// From the edge to the texts, in pixels.
const MARGIN_PX: f32 = 72.0;
/// Where the headline begins and the space it has.
const HEADLINE_TOP_PX: f32 = 138.0;
const LINE_HEIGHT: f32 = 1.2;
const NAME_PX: f32 = 38.0;
const FACTS_PX: f32 = 30.0;
const BANNER_HEIGHT_PX: f32 = 76.0;
/// What stands between two facts.
const BETWEEN: &str = " · ";

pub(super) fn png(card: &Card, fonts: &Fonts) -> Result<Vec<u8>, Undrawn> {
    let options = fonts.options(&card.lang);
    let svg = Drawing { card, options: &options }.svg();
    let failed = |why: &dyn std::fmt::Display| Undrawn::Failed(why.to_string());
    let tree = Tree::from_str(&svg, &options).map_err(|error| failed(&error))?;
    let mut pixels = Pixmap::new(WIDTH_PX, HEIGHT_PX).ok_or_else(|| failed(&"no memory for its pixels"))?;
    resvg::render(&tree, Transform::default(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| failed(&error))
}

struct Drawing<'a> {
    card: &'a Card,
    options: &'a Options<'static>,
}

impl Drawing<'_> {
    #[expect(clippy::cast_precision_loss, reason = "the sides are small whole numbers")]
    fn svg(&self) -> String {
        let card = self.card;
        let (width, height) = (WIDTH_PX as f32, HEIGHT_PX as f32);
        let column = width - 2.0 * MARGIN_PX;
        let mut svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="{width}" height="{height}" fill="{PAPER}"/><rect width="{width}" height="14" fill="{INK}"/>"#
        );
        let name_width = self.width(&card.agency, Face::Serif).map_or(0.0, |wide| wide * NAME_PX / MEASURED_PX);
        self.text(&mut svg, &card.agency, Face::Serif, NAME_PX, INK, 90.0, Side::Start);
        if let Some(wide) = self.width(&card.section, Face::Sans)
            && name_width + wide * FACTS_PX / MEASURED_PX + MARGIN_PX <= column
        {
            self.text(&mut svg, &card.section, Face::Sans, FACTS_PX, MUTED, 88.0, Side::End);
        }
        if let Some(set) = wrap::headline(&card.headline, column, |text| self.width(text, Face::Serif)) {
            let mut baseline = HEADLINE_TOP_PX;
            for line in &set.lines {
                baseline += set.size_px * LINE_HEIGHT;
                self.text(&mut svg, line, Face::Serif, set.size_px, INK, baseline, Side::Start);
            }
        }
        let foot = if card.banner.is_some() { height - BANNER_HEIGHT_PX } else { height };
        let _ = write!(svg, r#"<rect x="{MARGIN_PX}" y="{}" width="{column}" height="2" fill="{RULE}"/>"#, foot - 84.0);
        if let Some(facts) = self.facts(column) {
            self.text(&mut svg, &facts, Face::Sans, FACTS_PX, MUTED, foot - 34.0, Side::Start);
        }
        if let Some(banner) = &card.banner {
            let _ = write!(svg, r#"<rect y="{foot}" width="{width}" height="{BANNER_HEIGHT_PX}" fill="{SIGNAL}"/>"#);
            self.text(&mut svg, banner, Face::Serif, NAME_PX - 4.0, PAPER, foot + 51.0, Side::Start);
        }
        svg.push_str("</svg>");
        svg
    }

    /// As many facts as there is room for; one that no font covers is left out.
    fn facts(&self, column: f32) -> Option<String> {
        let room = column * MEASURED_PX / FACTS_PX;
        let mut said = String::new();
        for fact in &self.card.facts {
            let longer = if said.is_empty() { fact.to_string() } else { format!("{said}{BETWEEN}{fact}") };
            if self.width(&longer, Face::Sans).is_some_and(|wide| wide <= room) {
                said = longer;
            }
        }
        (!said.is_empty()).then_some(said)
    }

    /// Adds a text, if fonts cover all of it.
    #[expect(clippy::too_many_arguments, clippy::cast_precision_loss, reason = "what a line of text is")]
    fn text(&self, svg: &mut String, text: &str, face: Face, size: f32, fill: &str, baseline: f32, edge: Side) {
        if text.is_empty() || self.width(text, face).is_none() {
            return;
        }
        let at_left = (edge == Side::Start) != self.card.right_to_left;
        let (x, anchor) = if at_left { (MARGIN_PX, "start") } else { (WIDTH_PX as f32 - MARGIN_PX, "end") };
        let _ = write!(
            svg,
            r#"<text x="{x}" y="{baseline}" text-anchor="{anchor}" font-size="{size}" font-weight="{}" fill="{fill}" xml:space="preserve">{}</text>"#,
            weight(face),
            self.escaped(text)
        );
    }

    /// How wide a text is at [`MEASURED_PX`]; `None` when a letter has no glyph.
    fn width(&self, text: &str, face: Face) -> Option<f32> {
        if text.is_empty() {
            return Some(0.0);
        }
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="1" font-size="{MEASURED_PX}" font-weight="{}" xml:space="preserve">{}</text></svg>"#,
            weight(face),
            self.escaped(text)
        );
        let tree = Tree::from_str(&svg, self.options).ok()?;
        let text = tree.root().children().iter().find_map(|node| match node {
            Node::Text(text) => Some(text),
            Node::Group(_) | Node::Path(_) | Node::Image(_) => None,
        })?;
        let mut glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs).peekable();
        glyphs.peek()?;
        glyphs.all(|glyph| glyph.id.0 != 0).then(|| text.bounding_box().width())
    }

    /// The text as it stands in markup, in its own direction: what draws it takes every line for one from the left.
    fn escaped(&self, text: &str) -> String {
        let mut escaped = String::with_capacity(text.len() + 8);
        if self.card.right_to_left {
            escaped.push(RIGHT_TO_LEFT);
        }
        for letter in text.chars() {
            match letter {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                letter if letter.is_control() => escaped.push(' '),
                letter => escaped.push(letter),
            }
        }
        if self.card.right_to_left {
            escaped.push(DIRECTION_ENDS);
        }
        escaped
    }
}

/// RIGHT-TO-LEFT EMBEDDING and what ends it.
const RIGHT_TO_LEFT: char = '\u{202b}';
const DIRECTION_ENDS: char = '\u{202c}';

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

fn weight(face: Face) -> u16 {
    match face {
        Face::Serif => BOLD,
        Face::Sans => 400,
    }
}
