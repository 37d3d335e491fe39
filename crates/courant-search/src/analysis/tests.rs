use proptest::prelude::*;

use super::*;

/// The terms of a text in a language, joined by spaces.
fn terms(lang: &str, text: &str) -> String {
    let tokens = Analyser::new(Analysis::for_tag(lang)).tokens(text);
    tokens.into_iter().map(|(term, _)| term).collect::<Vec<_>>().join(" ")
}

/// All these spellings and forms are one term.
fn check_same(lang: &str, forms: &[&str]) {
    let first = terms(lang, forms[0]);
    assert!(!first.is_empty() && !first.contains(' '), "{lang}: {first}");
    for form in forms {
        assert_eq!(terms(lang, form), first, "{lang}: {form} and {}", forms[0]);
    }
}

#[test]
fn forms_of_a_word_are_one_term() {
    check_same("en", &["election", "Elections", "ELECTIONS", "election's"]);
    check_same("en", &["rates", "rate", "rates'", "rate’s"]);
    check_same("ru", &["закон", "закона", "законы", "Законами"]);
    check_same("ru", &["выборы", "выборах", "выборов"]);
    check_same("de", &["Häuser", "Haus", "haeuser", "HAUS"]);
    check_same("de", &["München", "Muenchen", "Munchen"]);
    check_same("de", &["Straße", "Strasse", "STRASSE"]);
    check_same("fr", &["économie", "l'économie", "L’économie", "d'économie", "economie", "ÉCONOMIE"]);
    check_same("fr", &["élections", "élection", "elections"]);
    check_same("es", &["elección", "elecciones", "eleccion"]);
    check_same("it", &["economia", "dell'economia", "l’economia"]);
    check_same("ar", &["انتخابات", "الانتخابات", "والانتخابات", "بالانتخابات", "اِنْتِخَابَات"]);
    check_same("ar", &["مدرسة", "المدرسة", "مدرسه", "للمدرسة"]);
    check_same("ar", &["أحمد", "احمد", "إحمد"]);
}

#[test]
fn spellings_of_a_word_are_one_term() {
    check_same("ru", &["ёлка", "елка", "Ёлка"]);
    check_same("ru", &["замо\u{301}к", "замок"]);
    check_same("en", &["café", "cafe", "cafe\u{301}"]);
    check_same("ja", &["ＮＨＫ", "NHK", "nhk"]);
    check_same("ja", &["ﾃﾚﾋﾞ", "テレビ"]);
    check_same("en", &["U.S.", "US", "U.S"]);
    check_same("en", &["1,000", "1000", "1.000"]);
    check_same("de", &["1,5", "1.5"]);
    check_same("ar", &["٢٠١٧", "2017", "۲۰۱۷"]);
    check_same("tr", &["IŞIK", "ışık"]);
    check_same("", &["Łódź", "lodz"]);
}

#[test]
fn different_words_stay_different() {
    assert_ne!(terms("uk", "мой"), terms("uk", "мои"), "й is a letter, not an accent");
    assert_ne!(terms("ja", "が"), terms("ja", "か"));
    assert_ne!(terms("en", "rate"), terms("en", "rat"));
    assert_ne!(terms("zh", "经济"), terms("zh", "经"));
}

#[test]
fn texts_are_cut_where_readers_see_words() {
    assert_eq!(terms("ja", "日経平均が続落"), "日 経 平均 が 続落");
    assert_eq!(terms("ja", "選挙の結果、東京で。"), "選挙 の 結果 東京 で");
    assert_eq!(terms("zh", "中国经济增长，北京大学"), "中国 经济 增长 北京 大学");
    assert_eq!(terms("th", "ภาษาไทย"), "ภาษา ไทย");
    assert_eq!(terms("en", "state-owned AT&T e.g. J.P. Morgan example.com"), "state own at t eg jp morgan exampl com");
    assert_eq!(terms("en", "Smith's don't 3rd A320neo"), "smith dont 3rd a320neo");
    assert_eq!(terms("ru", "Москва—столица «Газпром»"), "москв столиц газпр");
    assert_eq!(terms("en", "Tokyo 東京 rose"), "tokyo 東京 rose");
    assert_eq!(terms("en", " \u{1F600} !? "), "");
}

#[test]
fn offsets_point_at_the_words() {
    let text = "Ёлки и l’économie 日経平均 U.S. 1,000";
    let tokens = Analyser::new(Analysis::French).tokens(text);
    let words: Vec<&str> = tokens.iter().map(|(_, range)| &text[range.clone()]).collect();
    assert_eq!(words, ["Ёлки", "и", "l’économie", "日", "経", "平均", "U.S", "1,000"]);
}

#[test]
fn monsters_are_bounded() {
    let long_word = "a".repeat(1_000_000);
    assert_eq!(terms("", &long_word).len(), crate::MAX_TOKEN_BYTES);
    let many = "word ".repeat(crate::MAX_TOKENS + 10);
    assert_eq!(Analyser::new(Analysis::English).tokens(&many).len(), crate::MAX_TOKENS);
    let unspaced = "漢字".repeat(20_000);
    assert!(Analyser::new(Analysis::Japanese).tokens(&unspaced).len() > 10_000);
}

#[test]
fn language_tags_choose_the_analysis() {
    assert_eq!(Analysis::for_tag("en-GB"), Analysis::English);
    assert_eq!(Analysis::for_tag("zh-Hant-TW"), Analysis::Chinese);
    assert_eq!(Analysis::for_tag("RU"), Analysis::Russian);
    assert_eq!(Analysis::for_tag("nb"), Analysis::Norwegian);
    assert_eq!(Analysis::for_tag("sw"), Analysis::Neutral);
    assert_eq!(Analysis::for_tag(""), Analysis::Neutral);
    for analysis in Analysis::ALL {
        assert_eq!(Analysis::from_mark(analysis.mark()), Some(analysis));
    }
}

proptest! {
    #[test]
    fn any_text_is_analysed_in_any_language(text in "\\PC{0,80}", number in 0..Analysis::ALL.len()) {
        let mut analyser = Analyser::new(Analysis::ALL[number]);
        let mut end = 0;
        for (term, range) in analyser.tokens(&text) {
            prop_assert!(!term.is_empty());
            prop_assert!(end <= range.start && range.start < range.end);
            prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
            end = range.end;
        }
    }

    #[test]
    fn a_remembered_word_is_the_same_word(words in prop::collection::vec("[a-zA-Zéü'.,0-9]{1,12}", 1..20)) {
        let text = words.join(" ");
        let mut analyser = Analyser::new(Analysis::English);
        prop_assert_eq!(analyser.tokens(&text), analyser.tokens(&text));
    }
}
