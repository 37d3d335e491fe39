use super::*;

/// The text with what is marked in brackets.
fn marked(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| if piece.is_match { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
}

fn check_title(lang: &str, query: &str, title: &str, expected: &str) {
    let pieces = Highlighter::new(&Query::parse(query).unwrap()).title(lang, title);
    assert_eq!(marked(&pieces), expected);
}

#[test]
fn headlines_show_what_was_found_in_any_form() {
    check_title("en", "raise rate", "Fed raises rates; raising doubts", "Fed [raises] [rates]; [raising] doubts");
    check_title("ru", "закона выборы", "Приняты законы о выборах", "Приняты [законы] о [выборах]");
    check_title("fr", "economie", "L’économie ralentit", "[L’économie] ralentit");
    check_title("ar", "انتخابات", "نتائج الانتخابات", "نتائج [الانتخابات]");
    check_title("ja", "日経", "日経平均が続落", "[日][経]平均が続落");
    check_title("en", "the rate", "The rate", "The [rate]");
}

#[test]
fn phrases_are_marked_whole_or_not() {
    check_title("en", "\"interest rates\"", "Interest in interest rates and rates", "Interest in [interest] [rates] and rates");
    check_title("en", "-fed rates", "Fed rates", "Fed [rates]");
    check_title("en", "title:fed", "Fed rates", "[Fed] rates");
    check_title("en", "section:world", "World news", "World news");
}

fn snippet(query: &str, body: &str, chars: usize) -> String {
    let snippet = Highlighter::new(&Query::parse(query).unwrap()).snippet("en", body, chars);
    assert!(snippet.text().chars().count() <= chars, "{}", snippet.text());
    let mut text = marked(&snippet.pieces);
    if snippet.starts_inside {
        text.insert_str(0, "... ");
    }
    if snippet.ends_inside {
        text.push_str(" ...");
    }
    text
}

#[test]
fn the_passage_with_most_of_the_query_is_shown() {
    let body = "The gold market was quiet. Nothing moved for hours in London. \
                Then silver fell as gold rose sharply on the news. Traders went home.";
    assert_eq!(snippet("gold silver", body, 60), "... Then [silver] fell as [gold] rose sharply on the news. Traders ...");
    assert_eq!(snippet("gold", body, 30), "The [gold] market was quiet. ...");
    let all = "The gold market was quiet. Nothing moved for hours in London. \
               Then silver fell as gold rose sharply on the news. [Traders] went home.";
    assert_eq!(snippet("traders", body, 200), all);
    let last = "... Then silver fell as gold rose sharply on the news. [Traders] went home.";
    assert_eq!(snippet("traders", body, 75), last);
}

#[test]
fn without_a_match_the_opening_is_shown() {
    assert_eq!(snippet("tin", "The gold market was quiet.", 12), "The gold ...");
    assert_eq!(snippet("tin", "", 12), "");
    assert_eq!(snippet("title:gold", "The gold market", 50), "The gold market");
}

#[test]
fn long_unspaced_text_is_cut_within_the_limit() {
    let body = "東京市場で日経平均株価が下落した。".repeat(20);
    let snippet = Highlighter::new(&Query::parse("株価").unwrap()).snippet("ja", &body, 20);
    assert!(snippet.has_match());
    assert!(snippet.text().chars().count() <= 20);
}
