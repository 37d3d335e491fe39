//! A photo through its life: added from a shell, named by a story, shown, killed.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

mod support;

use std::path::Path;

use serde_json::{Value, json};
use support::{Server, done, file, refused, run, story};

/// A photograph of our own making: 700 x 500 pixels in two colours, as PNG without compression.
fn picture(folder: &Path, red: u8) -> String {
    let (width, height) = (700_u32, 500_u32);
    let mut rows = Vec::new();
    for y in 0..height {
        rows.push(0);
        rows.extend((0..width).flat_map(|x| if x + y < 600 { [red, 40, 40] } else { [40, 40, 200] }));
    }
    let mut zlib = vec![0x78, 0x01];
    let mut blocks = rows.chunks(0xffff).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap();
        zlib.push(u8::from(blocks.peek().is_none()));
        zlib.extend(length.to_le_bytes());
        zlib.extend((!length).to_le_bytes());
        zlib.extend(block);
    }
    let (low, high) = rows.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    zlib.extend((high << 16 | low).to_be_bytes());
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in [(b"IHDR", header), (b"IDAT", zlib), (b"IEND", Vec::new())] {
        png.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        let chunk = [&kind[..], &content].concat();
        png.extend(&chunk);
        png.extend(crc32(&chunk).to_be_bytes());
    }
    let path = folder.join(format!("picture-{red}.png"));
    std::fs::write(&path, png).unwrap();
    path.to_str().unwrap().to_owned()
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

fn added(data: &Path, picture: &str) -> Value {
    let said = [
        "photo",
        "add",
        picture,
        "--caption",
        "The harbour at noon.",
        "--credit",
        "Photo desk",
        "--alt",
        "Boats at a quay.",
        "--focus",
        "0.2,0.5",
    ];
    serde_json::from_str(&done(data, &said)).unwrap()
}

fn n_files(folder: &Path) -> usize {
    folder.read_dir().map_or(0, Iterator::count)
}

#[test]
fn a_photo_is_added_named_shown_and_killed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let picture = picture(folder.path(), 220);
    let photo = added(&data, &picture);
    assert_eq!((photo["kind"].as_str(), photo["version"].as_u64()), (Some("photo"), Some(1)));
    let (id, uri) = (photo["photo"].as_str().unwrap(), photo["uri"].as_str().unwrap());
    let n_made = usize::try_from(photo["files"].as_u64().unwrap()).unwrap();
    assert_eq!((n_files(&data.join("media")), n_files(&data.join("originals"))), (n_made, 1));

    let mut named = story("urn:a", "Harbour opens", "world");
    named["associations"] = json!([{ "name": "feature", "rel": "feature", "uri": uri }]);
    done(&data, &["wire", "move", &file(folder.path(), "a.json", &named.to_string())]);
    let server = Server::start(&data);
    let feed: Value = serde_json::from_str(&server.wait_for("/all.json", |_, body| body.contains("Harbour opens"))).unwrap();
    let path = feed["items"][0]["url"].as_str().unwrap().split_once(&server.addr).unwrap().1.to_owned();
    let page = server.get(&path).1;
    for part in [
        "The harbour at noon.",
        "Photo desk",
        "alt=\"Boats at a quay.\"",
        "<source type=\"image/webp\"",
        " 640w",
        "width=\"700\" height=\"500\"",
    ] {
        assert!(page.contains(part), "{part} is missing: {page}");
    }
    let shown = page.split("src=\"/media/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let ninjs = server.json(&format!("{path}.json"));
    assert_eq!(ninjs["associations"][0]["uri"], uri);
    let media = format!("/media/{shown}");
    assert_eq!(status(&server, &media), 200);

    let killed = done(&data, &["photo", "kill", id, "--reason", "It shows another harbour."]);
    assert!(killed.contains("\"kind\":\"kill-photo\""), "{killed}");
    let page = server.wait_for(&path, |status, body| status == 200 && body.contains("It shows another harbour."));
    assert!(!page.contains("/media/") && !page.contains("The harbour at noon."), "{page}");
    assert_eq!(status(&server, &media), 410);
    assert!(server.json(&format!("{path}.json")).get("associations").is_none_or(|left| left.as_array().is_some_and(Vec::is_empty)));
    assert_eq!((n_files(&data.join("media")), n_files(&data.join("originals"))), (0, 0));

    // Neither the same bytes nor a story that names them bring it back.
    assert!(refused(&data, &["photo", "add", &picture, "--caption", "c", "--credit", "c", "--alt", "a"]).contains("a kill is final"));
    assert!(refused(&data, &["photo", "kill", id, "--reason", "again"]).contains("a kill is final"));
    named["uri"] = json!("urn:b");
    assert!(refused(&data, &["wire", "move", &file(folder.path(), "b.json", &named.to_string())]).contains("was killed"));
    drop(server);
    let verified = done(&data, &["verify"]);
    assert!(verified.contains("rows are as a rebuild makes them"), "{verified}");
}

#[test]
fn without_a_server_a_kill_removes_everything_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let photo = added(&data, &picture(folder.path(), 200));
    assert!(0 < n_files(&data.join("media")));
    done(&data, &["photo", "kill", photo["uri"].as_str().unwrap(), "--reason", "Wrong."]);
    assert_eq!((n_files(&data.join("media")), n_files(&data.join("originals"))), (0, 0));
}

#[test]
fn what_is_missing_or_no_picture_is_refused_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let picture = picture(folder.path(), 210);
    assert!(refused(&data, &["photo", "add", &picture, "--caption", "c", "--credit", "c"]).contains("give --alt TEXT"));
    assert!(refused(&data, &["photo", "add", &picture, "--caption", " ", "--credit", "c", "--alt", "a"]).contains("give --caption TEXT"));
    assert!(
        refused(&data, &["photo", "add", &picture, "--caption", "c", "--credit", "c", "--alt", "a", "--focus", "2,0"]).contains("focus")
    );
    let text = file(folder.path(), "text.jpg", "not a picture");
    assert!(refused(&data, &["photo", "add", &text, "--caption", "c", "--credit", "c", "--alt", "a"]).contains("save the picture as"));
    assert!(refused(&data, &["photo", "kill", "feature", "--reason", "r"]).contains("no photo's name"));
    assert!(!data.join("media").exists(), "a refusal leaves nothing behind");
}

#[test]
fn a_picture_is_shown_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let picture = picture(folder.path(), 190);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_courant")).args(["photo", "show", &picture, "--json"]).output().unwrap();
    let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((shown["format"].as_str(), shown["width"].as_u64(), shown["height"].as_u64()), (Some("image/png"), Some(700), Some(500)));
    assert_eq!((shown["has_exif"].as_bool(), shown["iptc_iim"].as_object().map(serde_json::Map::len)), (Some(false), Some(0)));
    assert_eq!(run(folder.path(), &["photo", "kill", "x"]).status.code(), Some(2), "a kill needs its reason");
}

/// The status of an answer that is no text.
fn status(server: &Server, target: &str) -> u16 {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(&server.addr).unwrap();
    write!(stream, "GET {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.addr).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    std::str::from_utf8(&answer[9..12]).unwrap().parse().unwrap()
}
