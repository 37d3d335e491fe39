//! How readers find and choose: filters with their counts, searches with their facets, the edition of a day, suggestions; and that
//! nothing in an address is ignored or breaks a page.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

mod support;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use support::{Server, done, file, head, story};

/// Thirty-six stories of one day that differ in section, urgency, place, byline and words.
fn agency(folder: &std::path::Path, data: &std::path::Path) -> Server {
    let sections = ["economy", "world", "sport"];
    let words = ["gold", "silver", "oil", "wheat"];
    let places = [("São Paulo", "sao-paulo"), ("Paris", "paris"), ("東京", "tokyo")];
    let mut lines = String::new();
    for number in 0..36 {
        let headline = format!("{} and {} number {number}", words[number % 4], words[number / 4 % 4]);
        let mut document = story(&format!("urn:{number}"), &headline, sections[number % 3]);
        document["urgency"] = (1 + number % 6).into();
        let (name, code) = places[number / 2 % 3];
        document["places"] = json!([{ "name": name, "uri": format!("courant:place/{code}") }]);
        document["by"] = "Cornelia Desk".into();
        lines.push_str(&document.to_string());
        lines.push('\n');
    }
    done(data, &["import", "ninjs", &file(folder, "many.jsonl", &lines)]);
    Server::start(data)
}

/// The titles of a JSON Feed.
fn titles(server: &Server, target: &str) -> BTreeSet<String> {
    let feed = server.json(target);
    feed["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

fn location(server: &Server, target: &str) -> Option<String> {
    let head = head(&server.addr, target);
    head.lines().find_map(|line| line.strip_prefix("location:")).map(|value| value.trim().to_owned())
}

fn between<'a>(page: &'a str, open: &str, close: &str) -> &'a str {
    let rest = page.split_once(open).unwrap_or_else(|| panic!("no {open} in {page}")).1;
    rest.split_once(close).unwrap_or_else(|| panic!("no {close}")).0
}

/// `keeps 12, hides 24` beside a choice.
fn kept_by(page: &str, name: &str, value: &str) -> usize {
    let choice = between(page, &format!("name=\"{name}\" value=\"{value}\""), "</label>");
    between(choice, "keeps ", ",").parse().unwrap()
}

#[test]
fn what_a_choice_is_said_to_keep_is_what_the_list_then_has() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let server = agency(folder.path(), &data);
    let all = titles(&server, "/all.json");
    assert_eq!(all.len(), 36);
    for filter in [
        "",
        "section=economy",
        "section=economy,sport",
        "not.section=world",
        "not.topic=nothing&section=economy",
        "place=paris",
        "urgency=2",
        "not.urgency=3",
        "q=gold",
        "q=gold,silver",
        "not.q=oil",
        "mute=wheat",
        "mute=%22gold%20and%22,silver",
        "mute=wheat&section=world",
        "mute=wheat&q=gold&urgency=4",
        "mute=wheat&until=2020-01-01",
        "lang=ru",
        "section=nowhere",
    ] {
        let canonical = location(&server, &format!("/filter?x=&{filter}")).unwrap_or_else(|| panic!("{filter} is not made canonical"));
        let (status, page) = server.get(&canonical);
        assert_eq!(status, 200, "{canonical}");
        let shown = titles(&server, &format!("/all.json?{filter}"));
        if filter == "lang=ru" {
            assert!(page.contains("Остаётся 0 из 36"), "{page}");
        } else {
            assert!(page.contains(&format!("Keeps {} of 36", shown.len())), "{filter}: {} in the list", shown.len());
        }
        // The other ways to the same stories.
        assert_eq!(titles(&server, &format!("/today.json?{filter}")), shown, "the edition differs for {filter}");
        let (search, rest): (Vec<&str>, Vec<&str>) = filter.split('&').partition(|pair| pair.starts_with("q="));
        let words = search.first().map_or("number", |pair| &pair[2..]).replace(',', "&q=");
        let found = titles(&server, &format!("/search.json?q={words}&{}", rest.join("&")));
        assert_eq!(found, shown, "the search differs for {filter}");
    }

    let (_, page) = server.get("/filter?mute=wheat&section=economy&urgency=4");
    for (parameter, value, filter) in [
        ("section", "world", "mute=wheat&section=world&urgency=4"),
        ("section", "economy", "mute=wheat&section=economy&urgency=4"),
        ("place", "paris", "mute=wheat&section=economy&urgency=4&place=paris"),
        ("lang", "en", "mute=wheat&section=economy&urgency=4&lang=en"),
        ("lang", "ja", "mute=wheat&section=economy&urgency=4&lang=ja"),
        ("urgency", "2", "mute=wheat&section=economy&urgency=2"),
        ("urgency", "", "mute=wheat&section=economy"),
        ("not.section", "sport", "mute=wheat&section=economy&urgency=4&not.section=sport"),
    ] {
        assert_eq!(kept_by(&page, parameter, value), titles(&server, &format!("/all.json?{filter}")).len(), "{parameter}={value}");
    }
    let n_muted = titles(&server, "/all.json?section=economy&urgency=4").len()
        - titles(&server, "/all.json?mute=wheat&section=economy&urgency=4").len();
    assert!(page.contains(&format!("“wheat” hides {n_muted} stories")), "{page}");
    let examples = between(&page, "“wheat” hides", "</ul>");
    assert_eq!(examples.matches("<li>").count(), n_muted.min(3), "{examples}");
    assert!(examples.matches("wheat").count() >= n_muted.min(3), "{examples}");
}

#[test]
fn a_form_leads_to_the_one_way_to_write_a_filter() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let server = agency(folder.path(), &data);
    let form = "section=world&section=economy&q=&mute=Royal+Family%2C+crypto&until=2030-01-01&show=&urgency=";
    let canonical = "mute=crypto,%22royal%20family%22&section=economy,world&until=2030-01-01";
    assert_eq!(location(&server, &format!("/filter?{form}")), Some(format!("/filter?{canonical}")));
    assert_eq!(location(&server, &format!("/filter?{form}&go=all")), Some(format!("/all?{canonical}")));
    assert_eq!(location(&server, &format!("/filter?{canonical}")), None);
    assert_eq!(location(&server, "/filter?section="), Some("/filter".to_owned()));
    let (status, page) = server.get("/filter?mute=coffee&until=2020-01-01");
    assert_eq!(status, 200);
    assert!(page.contains("The words left out were left out until January 1, 2020.") && page.contains("name=\"mute\" value=\"coffee\""));
    assert!(server.get("/all?mute=wheat&until=2020-01-01").1.contains("left out until January 1, 2020"));
    assert!(!server.get("/all").1.contains("left out until"), "only the address that says so is told");
    // What cannot be read stays where it is, and says so.
    for (query, says) in [
        ("section=economy&colour=red&go=all", "colour=red: there is no such parameter."),
        ("q=nofield:x&go=all", "q=nofield:x cannot be read and finds nothing. “nofield:” is no field."),
        ("until=soon", "until=soon is not a date."),
        ("mute=!", "mute=! cannot be read."),
    ] {
        let target = location(&server, &format!("/filter?{query}")).unwrap_or_else(|| format!("/filter?{query}"));
        assert!(target.starts_with("/filter?"), "{target}");
        let (status, page) = server.get(&target);
        assert!(status == 200 && page.contains(says), "{query}: {status}");
    }
    assert!(server.get("/all?q=nofield:x").1.contains("q=nofield:x cannot be read and finds nothing."));
}

#[test]
fn a_search_is_narrowed_by_links_that_lead_back() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let mut lines = String::new();
    for (number, at) in ["2025-11-02", "2025-11-03", "2026-02-01"].into_iter().enumerate() {
        let mut document = story(&format!("urn:{number}"), &format!("Copper number {number}"), ["economy", "world"][number % 2]);
        document["versionCreated"] = format!("{at}T10:00:00Z").into();
        document["firstCreated"] = format!("{at}T10:00:00Z").into();
        document["contentCreated"] = format!("{at}T10:00:00Z").into();
        lines.push_str(&document.to_string());
        lines.push('\n');
    }
    done(&data, &["import", "ninjs", &file(folder.path(), "few.jsonl", &lines)]);
    let server = Server::start(&data);
    let (_, page) = server.get("/search?q=copper");
    let months = between(&page, ">By month</h2>", "</section>");
    assert!(months.contains("<a href=\"/search?q=copper%20on%3A2025-11\">November 2025</a> <span class=\"n quiet\">2</span>"), "{months}");
    assert!(months.contains("<span class=\"quiet\">December 2025</span> <span class=\"n quiet\">0</span>"), "{months}");
    let (_, page) = server.get("/search?q=copper%20on%3A2025-11");
    assert!(page.contains("2 stories found") && !page.contains(">By month</h2>"));
    let chips = between(&page, "<div class=\"chips\">", "</div>");
    assert!(chips.contains("<a href=\"/search?q=copper\" aria-label=\"Take out: November 2025\">"), "{chips}");
    assert!(page.contains("<a href=\"/search?section=world&#38;q=copper%20on%3A2025-11\">World</a>"));
    let (_, page) = server.get("/search?section=world&q=copper%20on%3A2025-11");
    assert!(page.contains("1 story found"));
    let chips = between(&page, "<div class=\"chips\">", "</div>");
    assert!(chips.contains("<a href=\"/search?q=copper%20on%3A2025-11\" aria-label=\"Take out: World\">"), "{chips}");
    assert!(page.contains("<a href=\"/filter?q=copper%20on%3A2025-11&#38;section=world\">Use as a filter</a>"));
}

#[test]
fn names_are_suggested_by_the_beginnings_of_their_words() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let server = agency(folder.path(), &data);
    let names = |query: &str| -> Vec<String> {
        let answer = server.json(&format!("/suggest?q={query}"));
        let Value::Array(parts) = answer else { panic!("no list") };
        let of = |part: usize| parts[part].as_array().unwrap().clone();
        assert!([2, 3].iter().all(|part| of(*part).len() == of(1).len()), "as many kinds and addresses as names");
        assert!(of(3).iter().all(|href| href.as_str().unwrap().starts_with("http")), "addresses are absolute");
        of(1).iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    assert!(names("sao").contains(&"São Paulo".to_owned()), "marks are folded: {:?}", names("sao"));
    assert!(names("S%C3%83O").contains(&"São Paulo".to_owned()));
    assert!(names("pau").contains(&"São Paulo".to_owned()), "any word may begin so");
    assert!(names("paulo%20sa").contains(&"São Paulo".to_owned()), "in any order");
    assert!(names("corn").contains(&"Cornelia Desk".to_owned()));
    assert!(names("eco").contains(&"Economy".to_owned()));
    assert!(names("%E6%9D%B1%E4%BA%AC").contains(&"東京".to_owned()));
    assert_eq!(names("tokio"), [""; 0], "nothing is carried from one script to another");
    assert_eq!(names(""), [""; 0]);
    assert!(names("p").len() <= 8);
    let answer = server.json("/suggest?q=%D0%AD%D0%BA%D0%BE&lang=ru");
    assert_eq!(answer[1][0], "Экономика");
    assert!(answer[3][0].as_str().unwrap().ends_with("/economy?lang=ru"));
    assert!(head(&server.addr, "/suggest?q=a").contains("content-type: application/x-suggestions+json"));
    let described = server.get("/opensearch.xml").1;
    assert!(
        described.contains("<Url type=\"application/x-suggestions+json\" template=") && described.contains("/suggest?q={searchTerms}\"")
    );
}

#[test]
fn an_edition_has_an_order_and_an_end() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let server = agency(folder.path(), &data);
    let order = || -> Vec<String> {
        let feed = server.json("/today.json");
        feed["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    let (status, page) = server.get("/today");
    assert_eq!(status, 200);
    assert!(page.contains("You have read it all: the 36 stories of Friday, November 20, 2026."), "{page}");
    assert!(
        page.contains("<h1>The edition of Friday, November 20, 2026</h1>") || page.contains("<h1>Today: Friday, November 20, 2026</h1>")
    );
    assert_eq!(order()[..3], ["urn:30", "urn:24", "urn:18"], "the most urgent lead, the newest of them first");
    done(&data, &["front", "rank", "urn:5", "urn:8"]);
    server.wait_for("/today.json", |_, body| body.find("urn:5\"") < body.find("urn:30\""));
    assert_eq!(order()[..3], ["urn:5", "urn:8", "urn:30"], "what an editor ranks is first");
    let in_edition: BTreeSet<String> = order().into_iter().collect();
    assert_eq!(in_edition.len(), 36, "each story stands once");
    done(&data, &["wire", "kill", "urn:8", "--reason", "It was no gold."]);
    let page = server.wait_for("/today", |_, body| body.contains("It was no gold."));
    assert!(!between(&page, "<section class=\"lead\"", "</section>").contains("It was no gold."), "what is killed does not lead");
    for form in ["rss", "atom", "json", "xml"] {
        assert_eq!(server.get(&format!("/today.{form}")).0, 200, "{form}");
    }
    // As it was at an instant: the import moved all of them, and the day is that of the stories.
    let (status, page) = server.get("/today?at=2026-11-20T23:00:00Z");
    assert!(status == 200 || status == 400, "{status}");
    assert!(page.contains("2026"));
    assert_eq!(server.get("/today?at=2001-01-01T00:00:00Z").0, 200, "before the first story an edition is empty");
    assert!(server.get("/").1.contains("Most important of the day"));
}

#[test]
fn nothing_in_an_address_is_ignored_or_breaks_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let server = agency(folder.path(), &data);
    let long = |n: usize| "a".repeat(n);
    for (target, status, says) in [
        // Too long, for a value and for an address.
        (format!("/filter?mute={}", long(201)), 200, "is too long: at most 200 characters. Shorten it."),
        (format!("/all?mute={}", long(201)), 200, "is too long: at most 200 characters. Shorten it."),
        (format!("/all?q={}", long(1_001)), 200, "is too long: at most 1,000 characters. Shorten it."),
        (format!("/search?q={}", long(1_001)), 400, "The query is too long. Shorten it."),
        (format!("/filter?mute={}", long(10_000)), 414, "This address is too long"),
        (format!("/suggest?q={}", long(101)), 400, "that cannot be read. Mend it, or take it out."),
        // Unknown names and values.
        ("/all?colour=red".to_owned(), 200, "colour=red: there is no such parameter."),
        ("/filter?type=poem".to_owned(), 200, "type=poem is not known."),
        ("/filter?lang=english%20language".to_owned(), 200, "is not a language tag."),
        ("/filter?urgency=0".to_owned(), 200, "urgency is a number from 1"),
        ("/filter?show=maybe".to_owned(), 200, "show=maybe is not known."),
        ("/filter?section=nowhere".to_owned(), 200, "Keeps 0 of 36"),
        ("/today?colour=red".to_owned(), 200, "colour=red: there is no such parameter."),
        ("/today?at=soon".to_owned(), 400, "at=soon, and that is no instant."),
        ("/today?at=2999-01-01T00:00:00Z".to_owned(), 400, "still to come"),
        ("/search?q=gold&start=many".to_owned(), 200, "start=many, and that cannot be read."),
        ("/search?q=gold&start=99999999".to_owned(), 200, "start=99999999, and that cannot be read."),
        ("/search?q=gold&order=oldest".to_owned(), 200, "order=oldest, and that cannot be read."),
        ("/search?q=gold&section=nowhere".to_owned(), 200, "Nothing found"),
        ("/search?q=gold&mute=!".to_owned(), 200, "mute=! cannot be read."),
        ("/suggest?q=a&colour=red".to_owned(), 400, "colour=red"),
        ("/suggest?q=a&lang=english+language".to_owned(), 400, "lang=english language"),
        ("/suggest?q=a&q=b".to_owned(), 400, "q=b"),
        ("/all?before=soon".to_owned(), 400, "before=soon, and that is not a number of the wire."),
        ("/filter/x".to_owned(), 404, "Nothing at this address"),
        ("/filter.rss".to_owned(), 404, "Nothing at this address"),
        ("/today/events".to_owned(), 404, "Nothing at this address"),
        ("/2026/02/30".to_owned(), 404, "is not a day of the calendar"),
        // Given more than once.
        ("/search?q=silver&q=wheat".to_owned(), 200, "value=\"(silver) OR (wheat)\""),
        ("/search?q=gold&q=gold&order=newest&order=newest".to_owned(), 200, "stories found"),
        ("/filter?section=world&section=economy,world&colour=".to_owned(), 302, ""),
        // Bytes that are no text, and characters that no page can print.
        ("/search?q=%00gold%07".to_owned(), 200, "value=\"gold\""),
        ("/search?q=%FF".to_owned(), 400, "The query cannot be read"),
        ("/all?mute=%00".to_owned(), 200, "All news"),
        ("/filter?mute=a%00b&colour=%00".to_owned(), 302, ""),
        ("/filter?colour=%1Bx".to_owned(), 200, "there is no such parameter"),
        ("/suggest?q=%FF%00".to_owned(), 200, "["),
        ("/%00".to_owned(), 404, "Nothing at this address"),
        ("/topics/%FF".to_owned(), 404, "Nothing at this address"),
        ("/all?section=%C3%28".to_owned(), 200, "It needs at least one letter or digit"),
        // Markup in a value stays text.
        ("/filter?colour=%3Cscript%3Ealert(1)%3C/script%3E".to_owned(), 200, "colour=&#60;script&#62;"),
        ("/search?q=%3Cscript%3E".to_owned(), 200, "value=\"&#60;script&#62;\""),
        ("/search?q=%22open".to_owned(), 400, "A quotation mark is not closed."),
        ("/search?q=gold%20AND".to_owned(), 400, "needs a word beside it"),
        ("/search".to_owned(), 200, "What the search understands"),
        (format!("/all?{}", "&".repeat(1_000)), 200, "All news"),
        (format!("/all?{}", "section=a&".repeat(70)), 200, "the filter is too long, and the rest was left out"),
    ] {
        let (got, page) = server.get(&target);
        let short: String = target.chars().take(80).collect();
        assert_eq!(got, status, "{short}: {}", page.chars().take(2_000).collect::<String>());
        assert!(page.contains(says), "{short} does not say {says:?}");
        assert!(!page.contains('\0') && !page.contains('\u{1b}') && !page.contains('\u{7}'), "{short} prints a control character");
    }
}
