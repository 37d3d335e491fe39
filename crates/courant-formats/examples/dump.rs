use courant_formats::feed_in::{self, Origin};
use courant_formats::html;
fn main() {
    let mut stack: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
    let mut files = Vec::new();
    while let Some(path) = stack.pop() {
        if path.is_dir() { stack.extend(std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path())); } else { files.push(path); }
    }
    files.sort();
    for f in files {
        if f.to_string_lossy().ends_with(".zst") || f.to_string_lossy().ends_with(".jsonl") { continue; }
        let bytes = std::fs::read(&f).unwrap();
        println!("=== {}", f.display());
        if f.to_string_lossy().contains("html-") { println!("{:#?}", html::to_blocks(&String::from_utf8_lossy(&bytes))); continue; }
        println!("{:#?}", feed_in::read(&bytes, &Origin { url: Some("https://example.com/feed"), charset: None }));
        println!("{:?}", feed_in::read(&bytes, &Origin::default()).map(|f| (f.link, f.entries.into_iter().map(|e| (e.link, e.text)).collect::<Vec<_>>())));
    }
}
