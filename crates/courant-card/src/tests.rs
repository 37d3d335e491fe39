use std::path::{Path, PathBuf};

use super::*;

/// Where Debian keeps the fonts that the test command installs.
const LATIN: &str = "/usr/share/fonts/truetype/noto/NotoSerif-Bold.ttf";
const ARABIC: &str = "/usr/share/fonts/truetype/noto/NotoNaskhArabic-Bold.ttf";
const JAPANESE: &str = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc";

/// A painter with these fonts; `None`, and a line that says so, where they are not installed.
fn painter(files: &[&str]) -> Option<Painter> {
    if let Some(missing) = files.iter().find(|file| !Path::new(file).is_file()) {
        eprintln!("not tested: there is no font {missing}; it is in fonts-noto-core or fonts-noto-cjk");
        return None;
    }
    Some(Painter::new(FontSource::Paths(files.iter().map(PathBuf::from).collect())))
}

fn card(headline: &str) -> Card {
    Card {
        agency: "Courant".into(),
        section: "Science".into(),
        headline: headline.into(),
        facts: vec!["Tokyo".into(), "20 March 2017, 11:44 UTC+3".into(), "Version 1".into()],
        banner: None,
        lang: "en".into(),
        right_to_left: false,
    }
}

fn pixels(png: &[u8]) -> image::RgbaImage {
    image::load_from_memory(png).unwrap().to_rgba8()
}

/// Pixels in the part of the headline that are not paper.
fn n_inked(png: &[u8]) -> usize {
    let paper = image::Rgba([0xfc, 0xfb, 0xf7, 0xff]);
    pixels(png).enumerate_pixels().filter(|(_, y, pixel)| (130..440).contains(y) && **pixel != paper).count()
}

#[test]
fn a_card_is_the_same_file_twice_and_of_the_right_size() {
    let Some(first) = painter(&[LATIN]) else { return };
    let Some(second) = painter(&[LATIN]) else { return };
    let card = card("A & B < C");
    let png = first.png(&card).unwrap();
    assert_eq!(png, second.png(&card).unwrap());
    assert_eq!(pixels(&png).dimensions(), (WIDTH_PX, HEIGHT_PX));
    assert!(2_000 < n_inked(&png), "{}", n_inked(&png));
    assert!(png.len() < 200_000, "{} bytes", png.len());
}

#[test]
fn what_no_font_covers_is_left_out() {
    let Some(latin) = painter(&[LATIN]) else { return };
    for headline in ["زلزال يضرب اليابان", "日本で地震", "Quake عاجل"] {
        assert_eq!(n_inked(&latin.png(&card(headline)).unwrap()), 0, "{headline}");
    }
    let without = Painter::new(FontSource::Paths(Vec::new()));
    let blank = without.png(&card("A headline")).unwrap();
    assert_eq!(n_inked(&blank), 0, "a machine without fonts draws what is no letter");
    assert_ne!(pixels(&blank).get_pixel(600, 5), pixels(&blank).get_pixel(600, 300));
}

#[test]
fn arabic_begins_at_the_right() {
    let Some(painter) = painter(&[LATIN, ARABIC]) else { return };
    let arabic = Card { lang: "ar".into(), right_to_left: true, ..card("زلزال قوي.") };
    let png = painter.png(&arabic).unwrap();
    assert!(1_000 < n_inked(&png));
    let paper = image::Rgba([0xfc, 0xfb, 0xf7, 0xff]);
    let leftmost =
        pixels(&png).enumerate_pixels().filter(|(_, y, pixel)| (130..440).contains(y) && **pixel != paper).map(|(x, ..)| x).min();
    assert!(leftmost.is_some_and(|x| 600 < x), "{leftmost:?}");
}

#[test]
fn japanese_is_drawn_over_several_lines() {
    let Some(painter) = painter(&[LATIN, JAPANESE]) else { return };
    let long = Card {
        lang: "ja".into(), ..card("国際宇宙ステーションの運用を二〇三〇年まで延長する方針を参加する各国の宇宙機関が確認")
    };
    let png = painter.png(&long).unwrap();
    let inked = pixels(&png);
    let paper = image::Rgba([0xfc, 0xfb, 0xf7, 0xff]);
    let is_inked = |y: u32| (72..1_128).any(|x| *inked.get_pixel(x, y) != paper);
    let n_lines = (140..450).filter(|y| is_inked(*y) && !is_inked(*y - 1)).count();
    assert!((2..=8).contains(&n_lines), "{n_lines} lines");
    assert!((0..60).all(|x| (140..450).all(|y| *inked.get_pixel(1_139 + x, y) == paper)), "nothing runs over the edge");
}

#[test]
fn a_correction_is_another_card_and_says_so() {
    let plain = card("One");
    let corrected = Card { banner: Some("Corrected, 12:00 UTC".into()), ..plain.clone() };
    assert_ne!(plain.fingerprint(), corrected.fingerprint());
    let moved = Card { facts: vec!["Tokyo".into(), "20 March 2017, 11:44 UTC+3".into(), "Version 2".into()], ..plain.clone() };
    assert_ne!(plain.fingerprint(), moved.fingerprint());
    assert_eq!(plain.fingerprint(), card("One").fingerprint());
    assert_eq!(plain.fingerprint().len(), 16);
    let painter = Painter::new(FontSource::Paths(Vec::new()));
    let signal = image::Rgba([0xb0, 0x20, 0x1b, 0xff]);
    assert_eq!(*pixels(&painter.png(&corrected).unwrap()).get_pixel(1_190, 620), signal);
    assert_ne!(*pixels(&painter.png(&plain).unwrap()).get_pixel(1_190, 620), signal);
}

#[test]
fn a_crowd_is_told_to_come_back() {
    let painter = Painter::new(FontSource::Paths(Vec::new()));
    let drawing = painter.drawing.lock();
    std::thread::scope(|scope| {
        let waiting: Vec<_> = (0..ASKING_MAX).map(|_| scope.spawn(|| painter.png(&card("One")))).collect();
        while painter.n_asking.load(Ordering::Relaxed) < ASKING_MAX {
            std::thread::yield_now();
        }
        assert!(matches!(painter.png(&card("One")), Err(Undrawn::Busy)));
        drop(drawing);
        assert!(waiting.into_iter().all(|thread| thread.join().unwrap().is_ok()));
    });
    assert_eq!(painter.n_asking.load(Ordering::Relaxed), 0);
}
