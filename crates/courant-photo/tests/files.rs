//! Pictures made here: what a derivative says is what the picture said, and what is no honest picture is refused.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

use std::io::Cursor;

use courant_news::Focus;
use courant_photo::{Container, Format, Metadata, NotAPicture, PhotoSays, Refused, RenditionFile, Shape, Still, renditions};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// A picture whose left half is red and whose right half is blue.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) })
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn says() -> PhotoSays {
    PhotoSays {
        caption: Some("Zürich & Москва <in rain>".into()),
        alt: Some("Two halves.".into()),
        credit: Some("Photo desk / Courant".into()),
        copyright_notice: Some("© 2026 Courant".into()),
        creators: vec!["東京 desk".into(), "Another".into()],
        keywords: vec!["rain".into(), "дождь".into()],
        created: Some("2026-11-25T12:00:00+01:00".into()),
        city: Some("Zürich".into()),
        usage_terms: Some("Editorial use only.".into()),
        web_statement: Some("https://courant.example/rights".into()),
        licensor_url: Some("https://courant.example/licence".into()),
        digital_source_type: Some("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture".into()),
        ..PhotoSays::default()
    }
}

fn still(bytes: &[u8]) -> Result<Still, Refused> {
    let container = Container::read(bytes).unwrap();
    let metadata = Metadata::read(&container);
    Still::decode(bytes, &container, &metadata)
}

fn made() -> Vec<RenditionFile> {
    static MADE: std::sync::LazyLock<Vec<RenditionFile>> = std::sync::LazyLock::new(make);
    MADE.clone()
}

fn make() -> Vec<RenditionFile> {
    let original = encoded(&DynamicImage::ImageRgb8(halves(2000, 1000)), ImageFormat::Png);
    renditions(&still(&original).unwrap(), Focus::new(1.0, 0.5).unwrap(), &says()).unwrap()
}

#[test]
fn every_derivative_says_what_the_picture_said() {
    let files = made();
    let n_of = |format| files.iter().filter(|file| file.format == format).count();
    assert_eq!((n_of(Format::Jpeg), n_of(Format::WebP)), (9, 9), "four widths, two of 16:9, two of 4:3, one square");
    for file in &files {
        let container = Container::read(&file.bytes).unwrap();
        assert_eq!((container.format, container.size), (file.format, (file.width, file.height)), "{}", file.name);
        let metadata = Metadata::read(&container);
        assert_eq!(metadata.says(), says(), "{}", file.name);
        assert_eq!(metadata.faults, Vec::<&str>::new());
        if file.format == Format::Jpeg {
            let iim = metadata.iim.unwrap();
            assert!(iim.declares_utf8 && !iim.is_newer_than_xmp);
            assert_eq!(iim.first(courant_photo::IimField::Caption), says().caption.as_deref());
        }
        still(&file.bytes).unwrap();
    }
}

#[test]
fn the_first_file_is_what_a_page_shows_that_cannot_choose() {
    let first = &made()[0];
    assert_eq!((first.shape, first.format, first.width, first.height), (Shape::Whole, Format::Jpeg, 1280, 640));
}

#[test]
fn a_cut_shows_the_focus() {
    let square = made().into_iter().find(|file| file.shape == Shape::Square && file.format == Format::Jpeg).unwrap();
    let shown = image::load_from_memory(&square.bytes).unwrap().to_rgb8();
    assert!(150 < shown.get_pixel(shown.width() / 2, shown.height() / 2)[2], "the focus was on the blue side");
}

#[test]
fn the_same_picture_gives_the_same_names() {
    let names = |files: Vec<RenditionFile>| files.into_iter().map(|file| file.name).collect::<Vec<_>>();
    assert_eq!(names(make()), names(made()));
}

#[test]
fn a_picture_is_turned_the_right_way_up() {
    // Exif with one field: orientation 6, to be turned a quarter clockwise.
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let jpeg = encoded(&DynamicImage::ImageRgb8(halves(200, 100)), ImageFormat::Jpeg);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let turned = [&jpeg[..2], &[0xff, 0xe1], &length, exif, &jpeg[2..]].concat();
    assert_eq!(still(&turned).unwrap().size(), (100, 200));
}

#[test]
fn sixteen_bits_and_transparency_are_brought_to_what_a_page_shows() {
    let deep = encoded(&DynamicImage::ImageRgb8(halves(64, 64)).into_rgb16().into(), ImageFormat::Png);
    let read = still(&deep).unwrap();
    assert!(read.notes.iter().any(|note| note.contains("16 bits")), "{:?}", read.notes);
    let clear = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(64, 64, image::Rgba([0, 0, 0, 0])));
    let files = renditions(&still(&encoded(&clear, ImageFormat::Png)).unwrap(), Focus::CENTRE, &PhotoSays::default()).unwrap();
    let shown = image::load_from_memory(&files[0].bytes).unwrap().to_rgb8();
    assert!(250 < shown.get_pixel(32, 32)[0], "what shines through is paper");
}

#[test]
fn cmyk_is_shown_in_rgb_with_a_word_about_it() {
    let mut jpeg = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut jpeg, 90);
    encoder.encode(&[10; 64 * 64 * 4], 64, 64, jpeg_encoder::ColorType::Cmyk).unwrap();
    let read = still(&jpeg).unwrap();
    assert!(read.notes.iter().any(|note| note.contains("CMYK")), "{:?}", read.notes);
}

/// A PNG that claims a size, with two bytes of pixels behind it: a bomb of 70 bytes.
fn claim(width: u32, height: u32) -> Vec<u8> {
    claim_of(width, height, [8, 2])
}

/// The same with a depth and a kind of colour.
fn claim_of(width: u32, height: u32, depth_and_kind: [u8; 2]) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &depth_and_kind, &[0, 0, 0]].concat();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in [(b"IHDR", &header[..]), (b"IDAT", &[0x78, 0x01]), (b"IEND", &[])] {
        png.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        let chunk = [&kind[..], content].concat();
        png.extend(&chunk);
        png.extend(crc32(&chunk).to_be_bytes());
    }
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

#[test]
fn a_bomb_is_refused_before_room_is_made_for_it() {
    for (width, height) in [(30_000, 30_000), (20_000, 20_000), (u32::MAX >> 1, 1), (20_001, 16)] {
        assert_eq!(still(&claim(width, height)), Err(Refused::TooLarge { width, height }));
    }
    assert!(matches!(still(&claim(8_000, 8_000)), Err(Refused::Damaged { .. })), "what only claims to be large has no pixels");
    assert_eq!(still(&claim_of(20_000, 5_000, [16, 6])), Err(Refused::TooDeep { n_bytes: 800_000_000 }));
    assert!(matches!(still(&claim(3, 3)), Err(Refused::TooSmall { .. })));
}

#[test]
fn what_is_cut_off_or_animated_is_refused() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(&DynamicImage::ImageRgb8(halves(400, 300)), format);
        still(&whole).unwrap();
        let cut = &whole[..whole.len() - whole.len() / 3];
        let refused = Container::read(cut).map_err(|refused| refused.to_string());
        let refused = refused.and_then(|container| {
            let metadata = Metadata::read(&container);
            Still::decode(cut, &container, &metadata).map_err(|refused| refused.to_string())
        });
        assert!(refused.unwrap_err().contains("cut off or damaged"), "{format:?}");
    }
    let png = encoded(&DynamicImage::ImageRgb8(halves(64, 64)), ImageFormat::Png);
    let control = [&8_u32.to_be_bytes()[..], b"acTL", &2_u32.to_be_bytes(), &0_u32.to_be_bytes(), &[0; 4]].concat();
    let animated = [&png[..33], &control, &png[33..]].concat();
    assert_eq!(still(&animated), Err(Refused::Animated));
    let moving = b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x3f\0\0\x3f\0\0";
    assert_eq!(still(moving), Err(Refused::Animated));
    assert!(matches!(Container::read(b"GIF89a"), Err(NotAPicture::UnknownKind { .. })));
}

#[test]
fn a_header_that_lies_about_its_size_is_refused() {
    let jpeg = encoded(&DynamicImage::ImageRgb8(halves(64, 64)), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    let mut lying = jpeg;
    lying[frame + 5..frame + 9].copy_from_slice(&[0x75, 0x30, 0x75, 0x30]);
    assert_eq!(still(&lying), Err(Refused::TooLarge { width: 30_000, height: 30_000 }));
}

#[test]
fn a_long_description_still_fits_into_a_file() {
    let long: Box<str> = "&".repeat(20_000).into();
    let says = PhotoSays {
        caption: Some(long.clone()),
        alt: Some(long.clone()),
        instructions: Some(long.clone()),
        keywords: vec![long.clone(); 200],
        ..PhotoSays::default()
    };
    let original = encoded(&DynamicImage::ImageRgb8(halves(64, 64)), ImageFormat::Png);
    let files = renditions(&still(&original).unwrap(), Focus::CENTRE, &says).unwrap();
    let read = Metadata::read(&Container::read(&files[0].bytes).unwrap()).says();
    assert_eq!(read.caption.unwrap().len(), 2_000);
}
