use proptest::prelude::*;

use super::*;
use crate::limits::MAX_NEAR;

fn check(typed: &str, canonical: &str) {
    let query = Query::parse(typed).unwrap_or_else(|error| panic!("{typed}: {error}"));
    assert_eq!(query.to_string(), canonical, "{typed}");
    assert_eq!(Query::parse(canonical).unwrap(), query, "{typed}");
}

fn check_refused(typed: &str, problem: QueryProblem, start: usize, length: usize) {
    let error = Query::parse(typed).expect_err(typed);
    assert_eq!((error.problem, error.span), (problem, Span { start, length }), "{typed}: {error}");
    assert!(!error.expected.is_empty() && !error.remedy.is_empty(), "{typed}");
}

#[test]
fn queries_have_one_canonical_spelling() {
    check("  rate   decision ", "rate decision");
    check("\"rate  decision\"", "\"rate decision\"");
    check("«закон о выборах» “fed rates” „Haus am See“ 「日経平均」", "\"закон о выборах\" \"fed rates\" \"Haus am See\" \"日経平均\"");
    check("rates -fed -\"mr powell\"", "rates -fed -\"mr powell\"");
    check("gold OR silver prices", "(gold OR silver) prices");
    check("gold OR silver", "gold OR silver");
    check("(gold OR (silver OR tin))", "gold OR silver OR tin");
    check("a AND b", "a b");
    check("a (b c) d", "a b c d");
    check("a OR (b c)", "a OR (b c)");
    check("-(a b) -(c OR d)", "-(a b) -(c OR d)");
    check("-(-a)", "a");
    check("title:budget Title:\"state budget\"", "title:budget title:\"state budget\"");
    check("section:World,Economy", "section:world OR section:economy");
    check("place:\"New  York\" topic:medtop:04000000", "place:\"new york\" topic:medtop:04000000");
    check("by:desk lang:en type:picture source:afp dossier:brexit", "by:desk lang:en type:picture source:afp dossier:brexit");
    check("urgency:3 on:2017-03-20 after:2017 before:2017-04", "urgency:3 on:2017-03-20 after:2017 before:2017-04");
    check("-section:sport", "-section:sport");
    check("corrected:YES -corrected:no", "corrected:yes -corrected:no");
    check("gold  NEAR/5 silver", "gold near/5 silver");
    check("\"gold price\" near/50 «fell»  bank", "\"gold price\" near/50 fell bank");
    check("gold near/5 silver OR tin", "gold near/5 silver OR tin");
    check("a near/2 b near/3 c", "a near/2 b b near/3 c");
    check("-(title:gold near/1 title:\"don't\")", "-(title:gold near/1 title:\"don't\")");
    check("a near/3 \"OR\"", "a near/3 \"OR\"");
}

#[test]
fn what_is_written_like_a_sentence_is_words() {
    check("Fed: rates - and -- more — again", "Fed rates and more again");
    check("Place: Moscow", "Place Moscow");
    check("at 10:30 http://example.com", "at 10:30 http://example.com");
    check("SHELL <RD> (CANADA), U.S.!", "SHELL RD CANADA U.S");
    check("don't state-owned", "don't state-owned");
    check("«unclosed quote", "unclosed quote");
    check("either OR, or", "either or or");
    check("near and far, near/far", "near and far near/far");
    check("as near .near/5", "as near \"near/5\"");
}

#[test]
fn errors_name_their_place() {
    use QueryProblem as P;
    check_refused("", P::Empty, 0, 0);
    check_refused(" ?! ", P::Empty, 0, 4);
    check_refused("fed title:", P::MissingValue, 4, 6);
    check_refused("title: fed", P::MissingValue, 0, 6);
    check_refused("title:\"\"", P::EmptyQuote, 6, 2);
    check_refused("section:!", P::MissingValue, 0, 9);
    check_refused("section:a,,b", P::MissingValue, 0, 12);
    check_refused("on:2017-13-01", P::BadDate, 3, 10);
    check_refused("on:2017-02-30", P::BadDate, 3, 10);
    check_refused("x after:tomorrow", P::BadDate, 8, 8);
    check_refused("urgency:0", P::BadUrgency, 8, 1);
    check_refused("urgency:high", P::BadUrgency, 8, 4);
    check_refused("ёлка \"rate decision", P::OpenQuote, 5, 14);
    check_refused("rate \"\" x", P::EmptyQuote, 5, 2);
    check_refused("(a b", P::UnmatchedParenthesis, 0, 1);
    check_refused("a b)", P::UnmatchedParenthesis, 3, 1);
    check_refused("a ()", P::EmptyParentheses, 2, 2);
    check_refused("OR a", P::MissingOperand, 0, 2);
    check_refused("a OR", P::MissingOperand, 2, 2);
    check_refused("a OR OR b", P::MissingOperand, 2, 2);
    check_refused("a AND", P::MissingOperand, 2, 3);
    check_refused("a -! b", P::MissingOperand, 2, 2);
    check_refused("x near/0 y", P::BadDistance, 2, 6);
    check_refused("x near/51 y", P::BadDistance, 2, 7);
    check_refused("x near/ y", P::BadDistance, 2, 5);
    check_refused("x near/5x y", P::BadDistance, 2, 7);
    check_refused("near/5 y", P::MissingOperand, 0, 6);
    check_refused("x near/5", P::MissingOperand, 2, 6);
    check_refused("x near/5 OR y", P::MissingOperand, 2, 6);
    check_refused("x near/5 near/5 y", P::MissingOperand, 2, 6);
    check_refused("(x near/5) y", P::MissingOperand, 3, 6);
    check_refused("x near/5 (y z)", P::BadNeighbour, 10, 3);
    check_refused("x near/5 -y", P::BadNeighbour, 9, 2);
    check_refused("x near/5 place:y", P::BadNeighbour, 9, 7);
    check_refused("title:x near/5 y", P::BadNeighbour, 0, 16);
    check_refused("corrected:", P::MissingValue, 0, 10);
    check_refused("x corrected:maybe", P::BadYesNo, 12, 5);
    check_refused("tilte:budget", P::UnknownField, 0, 6);
    check_refused("author:smith", P::UnknownField, 0, 7);
    check_refused(&"a".repeat(1_001), P::TooLong, 1_000, 1);
    check_refused(&"a ".repeat(65), P::TooManyClauses, 128, 1);
    check_refused(&format!("{}a{}", "(".repeat(17), ")".repeat(17)), P::TooDeep, 16, 1);
}

#[test]
fn errors_read_as_sentences() {
    let error = |typed: &str| Query::parse(typed).unwrap_err().to_string();
    assert_eq!(
        error("x title:"),
        "character 3: “title:” stands where a word directly after title: is expected; \
         title: needs a word after it, for example title:budget or title:\"state budget\""
    );
    assert_eq!(
        error("on:2017-13-01"),
        "character 4: “2017-13-01” stands where a date is expected; 2017-13-01 is not a date; \
         write the year, month and day as 2017-03-20, or 2017-03, or 2017"
    );
    assert!(error("tilte:x").ends_with("write title: if you mean that, or put it in quotes to search for the words"));
    assert!(error("correction:yes").contains("write corrected: if you mean that"));
    assert!(error("author:x").contains("write by: if you mean that"));
    assert_eq!(
        error(""),
        "character 1: something to search for is missing; write a word, a \"phrase\" or a condition such as section:world"
    );
}

#[test]
fn any_loosens_words_and_keeps_conditions() {
    let any = |typed: &str| Query::parse(typed).unwrap().any().to_string();
    assert_eq!(any("gold silver section:economy -tin"), "(gold OR silver) section:economy -tin");
    assert_eq!(any("gold"), "gold");
    assert_eq!(any("gold section:economy"), "section:economy gold");
    assert_eq!(any("gold near/5 silver tin corrected:yes"), "(gold near/5 silver OR tin) corrected:yes");
    assert_eq!(any("gold (silver OR \"base metal\")"), "gold OR silver OR \"base metal\"");
}

#[test]
fn queries_are_narrowed_by_others() {
    let query = |typed: &str| Query::parse(typed).unwrap();
    let both = query("gold OR silver").and(query("section:economy -tin"));
    assert_eq!(both, query("(gold OR silver) section:economy -tin"));
    assert_eq!(both.typed(), "gold OR silver");
    let any = Query::any_of(["gold OR silver", "tin", "a b"].map(query)).unwrap();
    assert_eq!(any, query("gold OR silver OR tin OR (a b)"));
    assert_eq!(Query::any_of(["tin"].map(query)), Some(query("tin")));
    assert_eq!(Query::any_of([]), None);
    assert_eq!(!any, query("-(gold OR silver OR tin OR (a b))"));
    assert_eq!(!query("-tin"), query("tin"));
}

#[test]
fn words_takes_everything_literally() {
    let words = |text: &str| Query::words(text).unwrap().to_string();
    assert_eq!(words("title:x -y \"z OR w\" (on:2017"), "title x y z or w on 2017");
    assert!(Query::words(" ?! ").is_err());
}

#[test]
fn periods_have_their_days() {
    let NodeKind::Moved(moved) = Query::parse("on:2016-02").unwrap().root().kind.clone() else { panic!() };
    assert_eq!((moved.first.to_string(), moved.last.to_string()), ("2016-02-01".into(), "2016-02-29".into()));
    let day = |text: &str| text.parse::<Date>().unwrap();
    let includes = |typed: &str, date: &str| match Query::parse(typed).unwrap().root().kind {
        NodeKind::Moved(moved) => moved.includes(day(date)),
        _ => panic!(),
    };
    assert!(includes("after:2016", "2017-01-01") && !includes("after:2016", "2016-12-31"));
    assert!(includes("before:2016", "2015-12-31") && !includes("before:2016", "2016-01-01"));
    assert!(includes("on:2016-02-29", "2016-02-29") && !includes("on:2016-02-29", "2016-03-01"));
}

fn node(kind: NodeKind) -> Node {
    Node { kind, span: Span::default() }
}

fn leaf() -> impl Strategy<Value = Node> {
    let scope = prop_oneof![Just(Scope::Anywhere), Just(Scope::Title)];
    let word = "[a-zA-Zа-яё0-9]([a-zA-Zа-я0-9'.:-]{0,6}[a-zA-Zа-я0-9])?";
    let date = (1_i16..=9_999, 1_i8..=12, 1_i8..=28, 0..3);
    prop_oneof![
        (scope.clone(), word.prop_filter("an operator or a field", |word| !matches!(word.as_str(), "OR" | "AND") && !word.contains(':')))
            .prop_map(|(scope, word)| NodeKind::Word(scope, word)),
        (scope.clone(), prop::collection::vec(word, 1..4)).prop_map(|(scope, words)| NodeKind::Phrase(scope, words.join(" "))),
        (scope, prop::collection::vec(word, 1..3), word, 1..=MAX_NEAR)
            .prop_map(|(scope, first, second, within)| { NodeKind::Near(Near { scope, first: first.join(" "), second, within }) }),
        prop::bool::ANY.prop_map(NodeKind::Corrected),
        ((0..8_usize), "[a-z]([a-z0-9, /:-]{0,8}[a-z0-9])?")
            .prop_map(|(at, value)| { NodeKind::Facet(Facet::ALL[at], crate::document::fold_value(&value)) }),
        (1_u8..=9).prop_map(NodeKind::UrgencyAtMost),
        (date, prop_oneof![Just(When::On), Just(When::After), Just(When::Before)]).prop_map(|((year, month, day, kind), when)| {
            let date = Date::new(year, month, day).unwrap();
            NodeKind::Moved(match kind {
                0 => Moved { when, first: date, last: date },
                1 => Moved { when, first: date.first_of_month(), last: date.last_of_month() },
                _ => Moved { when, first: date.first_of_year(), last: date.last_of_year() },
            })
        }),
    ]
    .prop_map(node)
}

/// Trees as the parser makes them: no group of one, no And in And, no Or in Or, no double Not.
fn tree() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| {
                let flat = parts.into_iter().flat_map(|part| match part.kind {
                    NodeKind::And(inner) => inner,
                    _ => vec![part],
                });
                node(NodeKind::And(flat.collect()))
            }),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| {
                let flat = parts.into_iter().flat_map(|part| match part.kind {
                    NodeKind::Or(inner) => inner,
                    _ => vec![part],
                });
                node(NodeKind::Or(flat.collect()))
            }),
            inner.prop_map(|part| match part.kind {
                NodeKind::Not(inner) => *inner,
                _ => node(NodeKind::Not(Box::new(part))),
            }),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(root in tree()) {
        let query = Query { root, typed: String::new() };
        let printed = query.to_string();
        let read = Query::parse(&printed).map_err(|error| TestCaseError::fail(format!("{printed}: {error}")))?;
        prop_assert_eq!(&read, &query, "{}", printed);
    }

    #[test]
    fn anything_typed_is_understood_or_refused_in_place(typed in "(\\PC|[a-z:()\"\\- ]|OR |title:|on:2017| near/5 |corrected:){0,40}") {
        let length = typed.chars().count();
        match Query::parse(&typed) {
            Ok(query) => prop_assert_eq!(Query::parse(&query.to_string()).unwrap(), query),
            Err(error) => prop_assert!(error.span.start + error.span.length <= length, "{:?}", error),
        }
    }
}
