//! Every page, rendered with sample data.

use super::*;
use crate::words::UiLanguage;

/// Every page in every language, by name.
fn pages() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for language in UiLanguage::ALL {
        let mut put = |name: &str, html: String| pages.push((format!("{name}-{}", language.tag()), html));
        put("story", sample::story_page(language).render());
        put("all", sample::list_page(language).render());
        put("front", sample::front_page(language).render());
        put("search", sample::search_page(language, "mars").render());
        put("search-problem", sample::search_with_problem(language).render());
        put("killed", sample::notice_page(language, NoticeKind::Killed).render());
        put("withheld", sample::notice_page(language, NoticeKind::Withheld).render());
        put("taken-down", sample::notice_page(language, NoticeKind::TakenDown).render());
        put("not-found", sample::fault_page(language, Fault::NotFound).render());
    }
    pages.push(("all-problems-en".into(), sample::list_with_problems().render()));
    pages
}

/// `COURANT_PAGES=folder cargo test -p courant-web pages_can_be_looked_at` writes every sample page there.
#[test]
fn pages_can_be_looked_at() {
    let Some(folder) = std::env::var_os("COURANT_PAGES") else {
        println!("skipped: COURANT_PAGES names no folder to write the pages to");
        return;
    };
    let folder = std::path::PathBuf::from(folder);
    std::fs::create_dir_all(folder.join("assets")).unwrap();
    for (name, html) in pages() {
        std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
    }
    std::fs::write(folder.join(live_js_path().trim_start_matches('/')), live_js()).unwrap();
}
