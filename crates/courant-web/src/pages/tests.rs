//! Every page, rendered with sample data.

use super::*;
use crate::words::UiLanguage;

/// Every page in every language, by name.
fn pages() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for language in UiLanguage::ALL {
        let mut put = |name: &str, html: String| pages.push((format!("{name}-{}", language.tag()), html));
        put("story", sample::story_page(language).render());
        put("story-past", sample::past_story_page(language).render());
        put("versions", sample::versions_page(language).render());
        put("diff", sample::diff_page(language).render());
        put("about", sample::about_page(language).render());
        put("policy", sample::policy_page(language).render());
        put("register", sample::register_page(language).render());
        put("press", sample::press::press_page(language).render());
        put("press-sources", sample::press::sources_page(language).render());
        put("partners", sample::press::partners_page(language).render());
        put("all", sample::list_page(language).render());
        put("topics", sample::topics_page(language).render());
        put("dossier", sample::dossier::dossier_list(language).render());
        put("dossiers", sample::dossier::dossiers_page(language).render());
        put("dossier-versions", sample::dossier::dossier_versions(language).render());
        put("cite", CitePage { chrome: sample::chrome(language, "/"), item: sample::story() }.render());
        put("topic", sample::topic_list(language).render());
        put("month", sample::month_page(language).render());
        put("year", sample::year_page(language).render());
        put("front", sample::front_page(language).render());
        put("search", sample::search_page(language, "mars").render());
        put("filter", sample::filter_page(language, "section=economy&mute=mars&until=2012-12-31").render());
        put("today", sample::today_page(language).render());
        put("search-problem", sample::search_with_problem(language).render());
        put("killed", sample::notice_page(language, NoticeKind::Killed).render());
        put("withheld", sample::notice_page(language, NoticeKind::Withheld).render());
        put("taken-down", sample::notice_page(language, NoticeKind::TakenDown).render());
        put("not-found", sample::fault_page(language, Fault::NotFound).render());
        let monday = Some(jiff::civil::date(2026, 4, 13));
        put("convert", sample::rates::convert_page(language, ("1 234,56", "1234.56"), "USD", "JPY", monday).render());
        put("convert-problem", sample::rates::convert_page(language, ("1", "1"), "TRL", "EUR", monday).render());
        put("rates", sample::rates::rates_page(language).render());
        put("history", sample::rates::history_page(language, None).render());
        put("compare", sample::rates::history_page(language, Some("JPY")).render());
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
    for script in Script::ALL {
        std::fs::write(folder.join(script.path().trim_start_matches('/')), script.text()).unwrap();
    }
}

/// The text between the first `open` and the next `close`.
fn between<'a>(html: &'a str, open: &str, close: &str) -> &'a str {
    let rest = html.split_once(open).unwrap_or_else(|| panic!("no {open} in {html}")).1;
    rest.split_once(close).unwrap_or_else(|| panic!("no {close} after {open}")).0
}

#[test]
fn every_page_keeps_the_security_policy() {
    for (name, html) in pages() {
        assert!(!html.contains(" style=") && !html.contains("javascript:"), "{name}");
        for handler in [" onclick", " onload", " onerror", " onfocus"] {
            assert!(!html.contains(handler), "{name}: {handler}");
        }
        let sheet = between(&html, "<style>", "</style>");
        assert!(Sheet::ALL.iter().any(|known| known.css() == sheet), "{name} has a sheet the policy does not name");
        assert_eq!(html.matches("<style").count(), 1, "{name}");
        for script in html.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            // What a script needs to know of the page stands in its own attributes.
            let is_ours = Script::ALL.into_iter().any(|script| {
                let rest = tag.strip_prefix(&format!(r#" src="{}" defer"#, script.path()));
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" data-"))
            });
            assert!(is_ours || tag == r#" type="application/ld+json""#, "{name}: {tag}");
        }
        for address in ["src=\"http", "href=\"http://", "srcset=\"http", "action=\"http"] {
            assert!(!html.contains(address), "{name}: {address}");
        }
    }
}

#[test]
fn every_page_has_one_heading_and_its_landmarks() {
    for (name, html) in pages() {
        for once in ["<h1", "<main ", "<header ", "<title>", "class=\"skip\"", "<footer>"] {
            assert_eq!(html.matches(once).count(), 1, "{name}: {once}");
        }
        let lang = name.rsplit('-').next().unwrap();
        let dir = if lang == "ar" { "rtl" } else { "ltr" };
        assert!(html.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{lang}\" dir=\"{dir}\">")), "{name}");
        assert!(!between(&html, "<title>", "</title>").is_empty(), "{name}");
    }
}

#[test]
fn headings_never_skip_a_level() {
    for (name, html) in pages() {
        let levels: Vec<u8> = html
            .match_indices("<h")
            .filter_map(|(at, _)| html.as_bytes().get(at + 2))
            .filter(|byte| byte.is_ascii_digit())
            .map(|byte| byte - b'0')
            .collect();
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name}: {levels:?}");
        assert_eq!(levels.first(), Some(&1), "{name}");
    }
}

#[test]
fn no_page_shows_the_name_of_a_message() {
    let names = [
        "why-",
        "step-",
        "no-rate",
        "rates-",
        "range-",
        "disclaimer",
        "currency-",
        "amount-",
        "not-found",
        "query-",
        "filter-",
        "op-",
        "killed-",
        "withheld-",
        "row-",
        "live-",
        "month-",
        "weekday-",
        "section-",
    ];
    for (name, html) in pages() {
        let shown = html.split("</head>").nth(1).unwrap();
        let texts = shown.split('<').filter_map(|part| part.split_once('>')).flat_map(|(_, text)| text.lines());
        let texts: Vec<&str> = texts.collect();
        for message in names {
            assert!(!texts.iter().any(|line| line.starts_with(message)), "{name} shows {message}");
        }
    }
}

#[test]
fn a_story_says_its_times_its_place_and_its_corrections() {
    let html = sample::story_page(UiLanguage::English).render();
    assert!(html.contains("<dt>Moved</dt><dd><time datetime=\"2012-07-04T12:44:00+04:00\">July 4, 2012, 12:44 UTC+4</time></dd>"));
    assert!(
        html.contains("<dt>Updated</dt><dd><time datetime=\"2012-07-04T13:20:00+04:00\">13:20 UTC+4</time></dd>"),
        "the same day is not repeated"
    );
    assert!(html.contains("<dt>Corrected</dt>") && html.contains("It is 27 kilometres."));
    assert!(html.contains("<a href=\"/places/geneva\">Geneva, Switzerland</a>"));
    assert!(html.contains("there: July 4, 2012, 10:44 UTC+2"));
    assert!(html.contains("<p><b class=\"dateline\">GENEVA, July 4. /COURANT/.</b> The two largest"));
    let order = ["<h1>", "class=\"sum\"", "class=\"facts\"", "class=\"note\"", "<figure>", "class=\"copy\"", "class=\"about\"", "<aside>"];
    let places: Vec<usize> = order.iter().map(|part| html.find(part).unwrap_or_else(|| panic!("no {part}"))).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_story_tells_machines_what_it_tells_readers() {
    let html = sample::story_page(UiLanguage::English).render();
    let article = article_in(&html);
    assert_eq!(article["@type"], "NewsArticle");
    assert_eq!(article["dateline"], "GENEVA, July 4. /COURANT/.");
    assert_eq!(article["datePublished"], "2012-07-04T12:44:00+04:00");
    assert_eq!(article["dateModified"], "2012-07-04T15:05:00+04:00");
    assert_eq!(article["correction"][0]["@type"], "CorrectionComment");
    assert_eq!(article["image"][0]["creditText"], "Courant graphics");
    assert_eq!(article["author"][0]["name"], "Science desk");
    let canonical = between(&html, "<link rel=\"canonical\" href=\"", "\"");
    assert_eq!(article["mainEntityOfPage"], canonical);
    assert!(canonical.starts_with("https://courant.example/science/"));
    let pictures: Vec<&str> =
        html.split("<meta property=\"og:image\" content=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(pictures.len(), 2, "{pictures:?}");
    assert!(pictures[0].starts_with("https://courant.example/cards/") && pictures[0].contains(".png"), "{pictures:?}");
    assert_eq!(pictures[1], "https://courant.example/media/chart-640.svg");
    assert!(html.contains("<meta name=\"robots\" content=\"max-image-preview:large,max-snippet:-1\">"));
    assert!(
        html.contains(
            "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"/oembed?url=https%3A%2F%2Fcourant%2Eexample%2Fscience"
        )
    );
    assert!(html.contains("type=\"application/json\" href=\"/science/"));
}

#[test]
fn what_a_desk_wrote_cannot_leave_its_place() {
    let nasty = "</script><script>alert(1)</script>\"'><!--";
    let mut page = sample::story_page(UiLanguage::English);
    page.item.headline = courant_news::Headline::parse(nasty).unwrap();
    page.item.lead = Some(courant_news::Lead::parse(nasty).unwrap());
    page.item.slugline = Some(courant_news::Slugline::parse(nasty).unwrap());
    page.dossiers = vec![Link::new("/dossiers/x\"onclick=\"y", nasty)];
    page.latest[0].headline = Some(nasty.into());
    let html = page.render();
    assert!(!html.contains("<script>alert") && !html.contains("\"onclick") && !html.contains("<!--"));
    let article = article_in(&html);
    assert_eq!(article["headline"], nasty);

    let mut search = sample::search_page(UiLanguage::English, nasty);
    search.hits[0].headline = vec![(nasty.into(), true)];
    search.hits[0].snippet = vec![(nasty.into(), false)];
    let html = search.render();
    assert!(!html.contains("<script>alert") && !html.contains("<!--"));
}

#[test]
fn a_lead_that_repeats_the_copy_is_not_printed_twice() {
    let mut page = sample::story_page(UiLanguage::English);
    page.item.lead = Some(courant_news::Lead::parse("The two largest experiments at the Large Hadron Collider have each…").unwrap());
    assert!(!page.render().contains("class=\"sum\""));
}

#[test]
fn a_list_has_days_marks_and_the_languages_of_its_headlines() {
    let html = sample::list_page(UiLanguage::English).render();
    let days: Vec<&str> = html.split("class=\"day\"><a href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(days, ["/2012/08/06", "/2012/08/05"], "days of the page's zone");
    assert!(
        html.contains("<b class=\"tag sig\">Flash</b>") && html.contains("<b class=\"tag\">Bulletin</b>"),
        "only a flash is in the signal colour"
    );
    assert!(html.contains("<b class=\"tag sig\">Corrected</b>"));
    assert!(html.contains("<b class=\"tag sig\">Killed</b> <s class=\"ttl\">Kernel 3.5"), "a killed headline is struck and leads nowhere");
    assert!(html.contains("<b class=\"tag sig\">On hold</b>  <span class=\"quiet\">Held by the editors."), "a story on hold is not quoted");
    assert!(html.contains(" lang=\"ar\" dir=\"rtl\">المركبة") && html.contains(" lang=\"ru\" dir=\"ltr\">Марсоход"));
    let older = between(&html, "<a id=\"older\" ", "</a>");
    assert!(older.starts_with("rel=\"next\" href=\"/all?before=1200\" data-forms=\"{") && older.ends_with(">Older"), "{older}");
    assert!(older.contains("{n} more stories shown"), "{older}");
    assert!(html.contains(&format!("<script src=\"{}\" defer>", Script::More.path())));
    assert!(html.contains("title=\"All news\"") && html.contains("<a href=\"/all.rss\">This list as RSS</a>"));
}

#[test]
fn a_filter_says_what_is_in_force_and_what_was_not_understood() {
    let html = sample::list_with_problems().render();
    assert!(html.contains("<details id=\"filter\" open>"));
    assert!(html.contains("<span class=\"quiet\">Economy, not: football</span>"));
    assert!(html.contains("2 parts of the filter were not understood"));
    assert!(html.contains("<p>urgency=12: urgency is a number from 1 (most urgent) to 9.</p>"));
    assert!(html.contains("<p>colour=red: there is no such parameter."));
    assert!(html.contains("name=\"section\" value=\"economy\" checked"));
    assert!(html.contains("name=\"mute\" value=\"football\""));
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "a mistaken address is not indexed");
    assert!(sample::list_page(UiLanguage::English).render().contains("<details id=\"filter\"><summary>Filter</summary>"));
}

#[test]
fn the_form_keeps_conditions_it_has_no_field_for() {
    let mut page = sample::list_page(UiLanguage::English);
    page.filter = Some(FilterForm {
        filter: courant_news::Filter::parse(
            "place=tokyo&not.topic=sport&not.urgency=4&q=a&q=b&mute=x&until=2026-12-31&show=collapse&lang=de",
            &[],
        )
        .filter,
        problems: Vec::new(),
        ended: None,
    });
    let html = page.render();
    for kept in ["place=tokyo", "not.topic=sport", "not.urgency=4", "q=a", "q=b", "until=2026-12-31", "lang=de"] {
        let (name, value) = kept.split_once('=').unwrap();
        assert!(html.contains(&format!("<input type=\"checkbox\" name=\"{name}\" value=\"{value}\" checked>")), "{kept}");
    }
    assert!(
        html.contains("<select name=\"show\"><option value=\"\">leave out, and count</option><option value=\"collapse\" selected>fold")
    );
}

#[test]
fn a_muted_line_is_folded_and_says_why() {
    for (language, says) in [
        (UiLanguage::English, "Muted: “mars”"),
        (UiLanguage::Russian, "Скрыто по слову «mars»"),
        (UiLanguage::Japanese, "除く言葉「mars」を含む記事"),
        (UiLanguage::Arabic, "مخفي بسبب «mars»"),
    ] {
        let mut page = sample::list_page(language);
        page.rows[0].muted_by = Some("mars".into());
        let html = page.render();
        assert_eq!(html.matches(" class=\"fold\"").count(), 1, "only the muted one");
        let fold = between(&html, " class=\"fold\"><details>", "</details></li>");
        assert!(fold.starts_with(&format!("<summary>{says}</summary><div><time")), "{fold}");
        assert!(fold.contains("<a class=\"ttl\"") && fold.ends_with("</p></div>"), "the line itself is in it: {fold}");

        let mut search = sample::search_page(language, "mars");
        search.hits[0].row.muted_by = Some("mars".into());
        let html = search.render();
        assert_eq!(html.matches(&format!("<li class=\"fold\"><details><summary>{says}</summary>")).count(), 1);
    }
}

#[test]
fn a_page_says_how_much_its_filter_hides_and_where_it_is_shown() {
    let mut page = sample::list_page(UiLanguage::English);
    let hidden = |n_stories| Some(Hidden { n_stories, folded: "/all?mute=mars&show=collapse".into() });
    page.hidden = hidden(3);
    let html = page.render();
    let said = between(&html, "<p id=\"hid\"", "</p>");
    assert!(
        said.contains("<span>3 stories hidden by your filter</span> <a class=\"plain\" href=\"/all?mute=mars&#38;show=collapse\">Show</a>"),
        "{said}"
    );
    assert!(said.contains(" data-n=\"3\" data-forms=\"{"), "the script goes on counting: {said}");
    page.hidden = hidden(1);
    assert!(page.render().contains("<span>1 story hidden by your filter</span>"));
    page.hidden = hidden(0);
    assert!(page.render().contains("<p id=\"hid\" class=\"quiet\" hidden"), "it waits for what arrives");
    page.stream = None;
    assert!(!page.render().contains("id=\"hid\""), "nothing arrives, nothing is said");
    for (n, says) in [(1, "أخفت التصفية خبراً واحداً"), (2, "أخفت التصفية خبرين"), (3, "أخفت التصفية 3 أخبار"), (11, "أخفت التصفية 11 خبراً")]
    {
        let mut page = sample::list_page(UiLanguage::Arabic);
        page.hidden = hidden(n);
        assert!(page.render().contains(&format!("<span>{says}</span>")), "{n}");
    }
    for (n, says) in [(1, "Фильтр скрыл 1 новость"), (3, "Фильтр скрыл 3 новости"), (5, "Фильтр скрыл 5 новостей")]
    {
        let mut search = sample::search_page(UiLanguage::Russian, "mars");
        search.hidden = hidden(n);
        assert!(search.render().contains(&format!("<span>{says}</span>")), "{n}");
    }
}

#[test]
fn a_day_leads_to_the_days_beside_it() {
    let mut page = sample::list_page(UiLanguage::English);
    page.of = ListOf::Day { date: jiff::civil::date(2012, 8, 6), previous: Some(jiff::civil::date(2012, 8, 5)), next: None };
    page.filter = None;
    let html = page.render();
    assert!(html.contains("<h1>Monday, August 6, 2012</h1>"));
    assert!(html.contains("<a rel=\"next\" href=\"/2012/08/05\">August 5, 2012</a>") && !html.contains("rel=\"prev\""));
    page.rows.clear();
    assert!(page.render().contains("No story moved on this day."));
}

#[test]
fn a_calendar_begins_its_weeks_as_the_language_does_and_links_the_days_with_news() {
    let html = sample::month_page(UiLanguage::English).render();
    assert!(html.contains("<h1>August 2012</h1>") && html.contains("<caption class=\"quiet\">1,207 stories</caption>"));
    let day = between(&html, "<a href=\"/2012/08/06\">", "</a>");
    assert_eq!(
        day,
        "<time datetime=\"2012-08-06\">6</time> <span class=\"n quiet\" aria-hidden=\"true\">1,204</span><span class=\"out\">1,204 stories</span>"
    );
    assert!(!html.contains("href=\"/2012/08/07\""), "a day without news leads nowhere");
    assert!(html.contains("<a rel=\"next\" href=\"/2012/07\">July 2012</a>") && !html.contains("rel=\"prev\""));
    assert!(html.contains("<a href=\"/2012\">The year 2012</a>"));
    // The first of August 2012 was a Wednesday.
    for (language, first, n_before) in [
        (UiLanguage::English, "Monday", 2),
        (UiLanguage::Russian, "Понедельник", 2),
        (UiLanguage::Japanese, "日", 3),
        (UiLanguage::Arabic, "السبت", 4),
    ] {
        let html = sample::month_page(language).render();
        assert_eq!(between(&html, "<th scope=\"col\"><abbr title=\"", "\""), first);
        let week = between(&html, "<tbody>\n<tr>", "</tr>");
        assert_eq!(week.matches("<td></td>").count(), n_before, "{first}: {week}");
        assert_eq!(html.matches("<td").count() % 7, 0, "every week has seven days");
        assert_eq!(html.matches("<time ").count(), 31);
    }
    let ru = sample::month_page(UiLanguage::Russian).render();
    assert!(ru.contains("<h1>Август 2012</h1>") && ru.contains("href=\"/2012/08/06?lang=ru\""), "a calendar stays in its language");
}

#[test]
fn a_subject_leads_to_broader_and_narrower_ones_with_their_counts() {
    let html = sample::topic_list(UiLanguage::Russian).render();
    let tree = between(&html, "<nav class=\"quiet\" aria-label=\"", "</nav>");
    assert!(tree.contains("<a href=\"/topics/science-and-technology\" lang=\"en\" dir=\"ltr\">science and technology</a>"), "{tree}");
    assert!(tree.contains(">astronomy <b class=\"n\">1\u{a0}204</b></a>"), "{tree}");
    assert!(tree.contains(">geology</a>"), "no count is said for none: {tree}");
    let mut empty = sample::topic_list(UiLanguage::English);
    empty.rows.clear();
    assert!(empty.render().contains("content=\"noindex\""));
    let html = sample::topics_page(UiLanguage::English).render();
    assert!(
        html.contains(
            "<h2><a href=\"/topics/science-and-technology\">science and technology</a> <span class=\"n quiet\">1,204</span></h2>"
        )
    );
    assert!(html.contains("CC BY 4.0"));
}

#[test]
fn a_year_has_its_months_with_their_counts() {
    let html = sample::year_page(UiLanguage::English).render();
    assert!(html.contains("<h1>The year 2012</h1>"));
    assert!(html.contains("<th scope=\"row\"><a href=\"/2012/08\">August 2012</a></th><td class=\"n quiet\">1,207</td>"));
    assert!(html.contains("<th scope=\"row\"><span class=\"quiet\">May 2012</span></th><td class=\"n quiet\">0</td>"));
    assert!(html.contains("<a rel=\"prev\" href=\"/2017\">The year 2017</a>"));
    assert_eq!(html.matches("<tr>").count(), 13);
    let mut empty = sample::year_page(UiLanguage::English);
    empty.counts = vec![0; 12];
    assert!(empty.render().contains("content=\"noindex\""));
}

#[test]
fn a_query_that_cannot_be_read_is_shown_with_the_place() {
    let html = sample::search_with_problem(UiLanguage::English).render();
    assert!(html.contains("<code>title:<mark>&#34;fed rates</mark></code>"), "{html}");
    assert!(html.contains("At character 7: A quotation mark is not closed. Close it, or take it out."));
    assert!(html.contains("aria-invalid=\"true\" aria-describedby=\"problem\""));
}

#[test]
fn a_withdrawn_story_is_not_repeated() {
    let killed = sample::notice_page(UiLanguage::English, NoticeKind::Killed).render();
    assert!(killed.contains("<h1>This story was killed</h1>") && killed.contains("The figure of the first paragraph"));
    assert!(killed.contains("<s lang=\"en\" dir=\"ltr\">CERN experiments"));
    for kind in [NoticeKind::Withheld, NoticeKind::TakenDown] {
        let html = sample::notice_page(UiLanguage::English, kind).render();
        assert!(!html.contains("CERN") && !html.contains("HIGGS"), "{kind:?}");
        assert!(html.contains("content=\"noindex\"") && !html.contains("canonical"));
    }
}

#[test]
fn a_fault_names_the_value_and_the_remedy() {
    let said = |fault| sample::fault_page(UiLanguage::English, fault).render();
    assert!(said(Fault::NotFound).contains("the address /economy/nothing&#60;here&#62;."));
    assert!(said(Fault::TooLong { limit: 8_192 }).contains("at most 8,192 bytes"));
    assert!(said(Fault::BadCursor { parameter: "before".into(), value: "x".into() }).contains("before=x"));
    assert!(said(Fault::NoSuchDay { typed: "/2017/02/30".into() }).contains("/2017/02/30 is not a day of the calendar."));
    assert!(said(Fault::NoSuchDay { typed: "x".repeat(500) }).contains(&format!("{}…", "x".repeat(200))));
}

#[test]
fn a_story_of_500_words_fits_its_budget() {
    let html = sample::story_page(UiLanguage::English).render();
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut html.as_bytes(), &mut packed, &parameters).unwrap();
    assert!(packed.len() <= 8_000, "{} bytes with brotli 11 of {}", packed.len(), html.len());
}

#[test]
fn a_narrowed_search_says_so_and_keeps_it() {
    let mut page = sample::search_page(UiLanguage::English, "mars");
    page.chrome.here = "/search?section=science&not.lang=ru&mute=moon&q=mars&order=newest".into();
    page.in_force = vec![Link::new("/search?not.lang=ru&q=mars", "Science")];
    let html = page.render();
    let chips = between(&html, "Narrowed down to:</span>", "</ul>");
    assert!(chips.contains("<a href=\"/search?not.lang=ru&#38;q=mars\" aria-label=\"Take out: Science\"><bdi>Science</bdi>"), "{chips}");
    for (name, value) in [("section", "science"), ("not.lang", "ru"), ("mute", "moon"), ("order", "newest")] {
        assert!(html.contains(&format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">")), "{name}");
    }
    assert!(html.contains("<a class=\"plain\" href=\"/search?q=mars\">Search everything</a>"));
}

#[test]
fn a_photo_comes_at_every_width_with_its_rights() {
    let file = |name: &str, kind: &str, width: u32, height: u32| {
        courant_news::Rendition::new(&format!("/media/{name}"), kind, width, height).unwrap()
    };
    let files = vec![
        file("a.jpg", "image/jpeg", 1280, 853),
        file("b.webp", "image/webp", 1280, 853),
        file("c.webp", "image/webp", 320, 213),
        file("d.jpg", "image/jpeg", 320, 213),
        file("square.webp", "image/webp", 640, 640),
    ];
    let mut picture = courant_news::Picture::new("The harbour.", "Photo desk", "Boats \"at\" a quay.", files).unwrap();
    picture.copyright_notice = Some("© 2026 Courant".into());
    picture.terms.web_statement = Some("https://courant.example/rights".into());
    picture.terms.digital_source_type = Some("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia".into());
    let mut page = sample::story_page(UiLanguage::English);
    let role = courant_news::AssociationRole::Feature;
    page.item.associations = vec![courant_news::Association { role, picture }];
    let html = page.render();
    assert!(html.contains("<source type=\"image/webp\" srcset=\"/media/c.webp 320w, /media/b.webp 1280w\""), "{html}");
    assert!(html.contains("<img src=\"/media/a.jpg\" width=\"1280\" height=\"853\" alt=\"Boats &quot;at&quot; a quay.\""));
    assert!(html.contains("srcset=\"/media/d.jpg 320w, /media/a.jpg 1280w\""));
    assert!(!html.contains("square"), "a cut is no smaller picture of the whole");
    let caption = between(&html, "<figcaption>", "</figcaption>");
    for part in [
        "The harbour.",
        "Photo desk",
        "© 2026 Courant",
        "<a rel=\"license\" href=\"https://courant.example/rights\">Terms of use</a>",
        "<b>Made by a program</b>",
    ] {
        assert!(caption.contains(part), "{part}: {caption}");
    }
    let article = article_in(&html);
    assert_eq!(article["image"][0]["license"], "https://courant.example/rights");
}

#[test]
fn a_gallery_is_numbered_and_a_killed_photo_leaves_its_reason() {
    let mut page = sample::story_page(UiLanguage::English);
    let gallery = courant_news::Association { role: courant_news::AssociationRole::Gallery, picture: sample::picture() };
    page.item.associations.retain(|shown| shown.role == courant_news::AssociationRole::Feature);
    page.item.associations.extend([gallery.clone(), gallery.clone(), gallery]);
    let reason = "it shows another ring".to_owned();
    page.killed_photos = vec![courant_projections::site::KilledPhoto { reason, killed_at: sample::at("2012-07-05T08:00:00Z") }];
    let html = page.render();
    for n in 1..=3 {
        assert!(html.contains(&format!("<a href=\"#g{n}\">{n}</a>")) && html.contains(&format!("<div id=\"g{n}\"><figure>")), "{n}");
        assert!(html.contains(&format!("{n} of 3")));
    }
    assert!(html.contains("A picture was withdrawn on July 5, 2012, 12:00 UTC+4: it shows another ring"), "{html}");
}

/// The article of a page, as machines read it.
fn article_in(html: &str) -> serde_json::Value {
    let described: serde_json::Value = serde_json::from_str(between(html, "<script type=\"application/ld+json\">", "</script>")).unwrap();
    described[0].clone()
}

fn with_brotli(html: &str) -> usize {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut html.as_bytes(), &mut packed, &parameters).unwrap();
    packed.len()
}

#[test]
fn the_pages_of_rates_fit_the_budget_of_a_story() {
    for (name, html) in
        pages().into_iter().filter(|(name, _)| ["convert", "rates", "history", "compare"].iter().any(|page| name.starts_with(page)))
    {
        let packed = with_brotli(&html);
        assert!(packed <= 8_000, "{name}: {packed} bytes with brotli 11 of {}", html.len());
    }
}

#[test]
fn rule_15_a_conversion_says_both_ways_the_day_the_way_and_the_source() {
    let monday = Some(jiff::civil::date(2026, 4, 13));
    let html = sample::rates::convert_page(UiLanguage::English, ("1 234,56", "1234.56"), "USD", "JPY", monday).render();
    for said in [
        "<h1><bdi>1,234.56\u{a0}USD = 197,325\u{a0}JPY</bdi></h1>",
        "Read as 1,234.56.",
        "1\u{a0}USD = 159.834\u{a0}JPY",
        "1\u{a0}JPY = 0.00625649\u{a0}USD",
        "1 EUR = 1.1684 USD",
        "inputmode=\"decimal\"",
        "strongly discourages",
        "from=JPY&#38;to=USD&#38;on=2026-04-13",
        "European Central Bank",
    ] {
        assert!(html.contains(said), "{said}: {html}");
    }
    assert!(html.matches("action=\"/convert\"").count() == 2, "the small form is on the page of the converter too");
}

#[test]
fn what_cannot_be_converted_is_said_in_every_language_with_the_remedy() {
    let refused = |language| {
        let html = sample::rates::convert_page(language, ("1", "1"), "TRL", "EUR", Some(jiff::civil::date(2026, 4, 13))).render();
        between(&html, "role=\"alert\">", "</p>").to_owned()
    };
    for language in UiLanguage::ALL {
        let said = refused(language);
        assert!(said.contains("TRL") && said.contains("TRY") && said.contains("2005"), "{said}");
    }
}

#[test]
fn a_chart_has_its_table_and_a_comparison_two_lines() {
    let html = sample::rates::history_page(UiLanguage::English, Some("JPY")).render();
    assert!(html.contains("<svg class=\"chart\"") && html.contains("class=\"l1\"") && html.contains("<details><summary>"));
    let rows = html.matches("<th scope=\"row\">").count();
    assert!((40..=61).contains(&rows), "{rows} rows");
}

#[test]
fn a_dossier_says_what_it_is_before_its_stories() {
    let html = sample::dossier::dossier_list(UiLanguage::English).render();
    let head = between(&html, "<section id=\"dossier\">", "<div class=\"bar\">");
    for said in
        ["Closed", "Began on September 10, 2008", "Two experiments", "/dossiers/collider/versions", "Physics", "Magnets", "Peter Higgs"]
    {
        assert!(head.contains(said), "{said}: {head}");
    }
    assert!(head.contains("“The ring” was merged into this one: It is the same machine &#60;b&#62;."), "{head}");
    assert!(head.contains("1 new story · 2 updated · 11 corrected · 1 withdrawn · The summary was rewritten"), "{head}");
    assert!(head.contains(r#"<li lang="fr" dir="ltr">"#) && head.contains("/maps/35.70,139.70_46.20,6.15.svg"), "{head}");
    assert!(head.find("Key events").unwrap() < html.find("id=\"list\"").unwrap(), "key events come first");
    let versions = sample::dossier::dossier_versions(UiLanguage::English).render();
    assert!(
        versions.contains("It is <del>17</del><ins>27</ins> km.") && versions.contains("Title and summary are as before."),
        "{versions}"
    );
}

#[test]
fn a_long_story_lists_its_sub_heads_and_a_short_one_does_not() {
    let mut page = sample::story_page(UiLanguage::English);
    assert!(!page.render().contains("In this story"));
    let sub_head = |text: &str| courant_news::Block::SubHead(vec![courant_news::Inline::Text(text.into())]);
    let long = courant_news::Block::Paragraph(vec![courant_news::Inline::Text("word ".repeat(500).into())]);
    page.item.body = vec![long.clone(), sub_head("The ring"), long, sub_head("The <boson>")];
    let html = page.render();
    let contents = between(&html, "aria-labelledby=\"in\"", "</nav>");
    assert!(
        contents.contains("<a href=\"#s1\">The ring</a>") && contents.contains("<a href=\"#s2\">The &#60;boson&#62;</a>"),
        "{contents}"
    );
    assert!(html.contains("<h2 id=\"s2\">The &lt;boson&gt;</h2>"));
    assert!(html.contains("1,004 words · 4 minutes to read"), "{}", between(&html, "<dl class=\"about\">", "</dl>"));
    page.item.body.truncate(2);
    assert!(!page.render().contains("In this story"), "one sub-head is no list");
}

#[test]
fn a_story_is_handed_on_without_anybody_else() {
    let page = sample::story_page(UiLanguage::English);
    let html = page.render();
    let id = page.item.story_id();
    assert!(html.contains(&format!(r#"<a id="share" href="/{id}""#)) && html.contains(&format!(">courant.example/{id}</a>")));
    let mail = between(&html, "href=\"mailto:", "\"");
    assert!(
        mail.starts_with("?subject=CERN%20experiments") && mail.ends_with(&format!("body=https%3A%2F%2Fcourant.example%2F{id}")),
        "{mail}"
    );
    assert!(html.contains("/cite\">Cite</a>"));
}

/// What the clocks of the place showed is a fold away, without script; where nobody knows, nothing is guessed.
#[test]
fn the_time_of_the_place_is_told_on_demand() {
    let mut page = sample::story_page(UiLanguage::English);
    page.item.times.first_moved_at = "2012-07-04T08:44:00Z".parse().unwrap();
    for (country, zone, shown) in [
        (Some("JP"), None, Some("there: July 4, 2012, 17:44 UTC+9")),
        (Some("US"), None, None),
        (Some("US"), Some("America/New_York"), Some("there: July 4, 2012, 04:44 UTC−4")),
        // Moscow itself, where the page's own time says it all; it stood at +4 then.
        (Some("RU"), Some("Europe/Moscow"), None),
        (None, None, None),
    ] {
        let mut place = courant_news::Place::new("Somewhere", None).unwrap().in_country(None, country).unwrap();
        place.zone = zone.map(Into::into);
        page.item.dateline = Some(courant_news::Dateline { place, filed_at: page.item.times.first_moved_at, mark: None });
        let html = page.render();
        let facts = between(&html, "<dl class=\"facts\">", "</dl>");
        assert!(facts.contains("July 4, 2012, 12:44 UTC+4") && facts.contains("2012-07-04T12:44:00+04:00"), "{facts}");
        let there = facts.contains("<details>").then(|| between(facts, "</summary>", "</details>"));
        assert_eq!(there, shown, "{country:?} {zone:?}");
    }
}

#[test]
fn the_page_of_a_filter_says_what_each_choice_keeps_and_hides() {
    let html = sample::filter_page(UiLanguage::English, "section=economy&mute=mars&until=2012-12-31").render();
    assert!(
        html.contains("<h2 id=\"kept\">Keeps 7 of 22</h2>") && html.contains("Counted on the 22 stories of today, Monday, August 6, 2012.")
    );
    let economy = between(&html, "name=\"section\" value=\"economy\"", "</label>");
    assert!(economy.starts_with(" checked>"), "{economy}");
    assert!(economy.contains("aria-hidden=\"true\">7 / 15</span><span class=\"out\">keeps 7, hides 15</span>"), "{economy}");
    let left_out = between(&html, "name=\"not.section\" value=\"economy\"", "</label>");
    assert!(left_out.contains("keeps 15, hides 7"), "what is left out lets the others through: {left_out}");
    assert!(html.contains("<summary>4 more</summary>"), "of fourteen places ten are in sight");
    assert!(!html.contains("Byline"), "a group without a choice is left out");
    assert!(html.contains("“mars” hides 2 stories") && html.contains(">A headline with the word</a>"));
    let canonical = "mute=mars&#38;section=economy&#38;until=2012-12-31";
    assert!(html.contains(&format!("/all/events?{canonical}</code>")));
    for form in ["/all", "/all.rss", "/all.atom", "/all.json"] {
        assert!(html.contains(&format!("<a href=\"{form}?{canonical}\"")), "{form}");
    }
    assert!(html.contains(&format!("data-filter=\"{canonical}\"")));
    assert!(html.contains("<div id=\"keep\" hidden></div>"), "without script nothing is promised");
}

#[test]
fn what_a_filter_cannot_read_stands_beside_its_field_with_the_remedy() {
    let long = "a".repeat(201);
    let html = sample::filter_page(UiLanguage::English, &format!("mute={long}&until=soon&q=colour:red&urgency=x")).render();
    let beside = |field: &str| between(&html, &format!("<div id=\"err-{field}\""), "</div>").to_owned();
    assert!(beside("mute").contains("too long: at most 200 characters. Shorten it."), "{}", beside("mute"));
    assert!(html.contains(&format!("name=\"mute\" value=\"{long}\"")), "it stays in its field, to be mended there");
    assert!(beside("until").contains("until=soon is not a date. Write it like 2026-12-31."));
    assert!(beside("q").contains("q=colour:red cannot be read and finds nothing. “colour:” is no field."), "{}", beside("q"));
    assert!(html.contains("4 parts of the filter were not understood"));
    let mut page = sample::filter_page(UiLanguage::Russian, "mute=mars&until=2012-08-01");
    page.ended = Some(jiff::civil::date(2012, 8, 1));
    assert!(page.render().contains("Слова были исключены до 1 августа 2012"), "a mute that is over is said to be");
}

#[test]
fn an_edition_has_an_end_and_says_what_is_not_in_it() {
    let mut page = sample::today_page(UiLanguage::English);
    let html = page.render();
    assert!(html.contains("<h1>Today: Monday, August 6, 2012</h1>"));
    assert!(html.contains("<a href=\"/2012/08/06?section=world\">5 more stories</a>"));
    let end = between(&html, "<section id=\"end\"", "</section>");
    assert!(end.contains("You have read it all: 22 of the 27 stories of Monday, August 6, 2012."), "{end}");
    assert!(end.contains("<a rel=\"prev\" href=\"/today?at=2012-08-05T23:59:59\">The edition of Sunday, August 5, 2012</a>"), "{end}");
    page.n_stories = 22;
    assert!(page.render().contains("You have read it all: the 22 stories of Monday"));
}

#[test]
fn a_histogram_is_a_picture_and_a_list_of_links() {
    let html = sample::search_page(UiLanguage::English, "mars").render();
    let months = between(&html, "<h2 class=\"day\">By month</h2>", "</section>");
    assert!(months.contains("<svg class=\"bars\"") && months.contains("aria-hidden=\"true\""), "{months}");
    assert_eq!(months.matches("<rect").count(), 8, "a month without stories has no column");
    assert!(months.contains("<a href=\"/search?q=mars%20on%3A2012-09\">September 2012</a> <span class=\"n quiet\">320</span>"), "{months}");
    assert!(months.contains("<span class=\"quiet\">January 2012</span> <span class=\"n quiet\">0</span>"), "{months}");
    assert!(html.contains("<a href=\"/search.atom?q=mars\" type=\"application/atom+xml\">Atom</a>"), "a search is kept by its feeds");
}

#[test]
fn reports_of_others_lead_straight_to_them_in_their_own_language() {
    let mut n_elsewhere = 0;
    for (name, html) in pages() {
        for link in html.split("<a ").skip(1).map(|rest| rest.split('>').next().unwrap()) {
            let is_elsewhere = link.contains("href=\"https://") && !link.contains("courant.example");
            if is_elsewhere && (name.starts_with("press") || name.starts_with("partners")) {
                assert!(link.contains("rel=\"noopener external\""), "{name}: {link}");
                n_elsewhere += 1;
            }
        }
    }
    assert!(UiLanguage::ALL.len() <= n_elsewhere, "{n_elsewhere} links lead to others");
    let page = sample::press::press_page(UiLanguage::Japanese).render();
    assert!(page.contains(r#"lang="ar" dir="rtl">رصد جسيم جديد في جنيف"#), "{page}");
    assert!(page.contains("В ЦЕРНе &#60;увидели&#62; новый бозон"), "{page}");
    assert!(page.contains("アラビア語") && page.contains("91.2%"), "{page}");
    assert!(page.contains("<bdi>CERN</bdi> = <bdi lang=\"ru\">ЦЕРН</bdi>"), "{page}");
    assert_eq!(page.matches("126 GeV").count(), 3, "one for each report, since the other waits for an editor: {page}");
}

#[test]
fn a_page_says_who_had_it_first() {
    let mut page = sample::press::press_page(UiLanguage::English);
    let moved_at = page.of.first_moved_at.unwrap();
    let order = |page: &PressPage| -> Vec<String> {
        let html = page.render();
        let facts = between(&html, "<dl class=\"facts\">", "</dl>").to_owned();
        facts.split("<dt>").skip(1).map(|rest| rest.split("</dt>").next().unwrap().to_owned()).collect()
    };
    page.reports[0].found.published_at = Some(moved_at - std::time::Duration::from_mins(1));
    assert_eq!(order(&page), ["First reported by", "Here"]);
    page.reports.remove(0);
    page.reports[0].found.published_at = Some(moved_at + std::time::Duration::from_mins(1));
    assert_eq!(order(&page), ["First reported by", "First elsewhere"]);
    page.reports.retain(|line| line.found.kind == courant_news::press::MatchKind::Background);
    assert!(!page.render().contains("<dl class=\"facts\">"), "background is no race");
}
