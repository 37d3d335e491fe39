use super::*;

fn parse(text: &str) -> Result<String, String> {
    let findings = Findings::default();
    let tree = Tree::parse(text, &findings).map_err(|refused| refused.to_string())?;
    let (_, repairs) = findings.into_parts();
    let root = tree.root();
    let notes: Vec<String> = repairs.iter().map(ToString::to_string).collect();
    Ok(format!("{}|{}|{}", root.name(), root.text().trim(), notes.join("; ")))
}

fn refused(text: &str) -> String {
    parse(text).unwrap_err()
}

#[test]
fn a_tree_is_walked_by_names_without_prefixes() {
    let findings = Findings::default();
    let text = "<?pi?><n:item xml:lang=' de '>\n<n:a/><b><c k=\"1\">x</c></b><c>y</c></n:item><!-- end -->";
    let tree = Tree::parse(text, &findings).unwrap();
    let root = tree.root();
    assert_eq!((root.name(), root.attribute("lang")), ("item", Some("de")));
    assert_eq!(root.children().map(Element::name).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(root.at(&["b", "c"]).and_then(|c| c.attribute("k")), Some("1"));
    assert_eq!(root.find("c").and_then(Element::line_of_text).as_deref(), Some("x"));
    let mut lines = tree.lines();
    assert_eq!(root.children().map(|child| lines.of(child)).collect::<Vec<_>>(), [2, 2, 2]);
}

#[test]
fn references_are_resolved_and_damage_is_noted() {
    assert_eq!(parse("<a>x &amp; &#233;t&#xe9;&nbsp;<![CDATA[<b>]]></a>").unwrap(), "a|x & été\u{a0}<b>|");
    assert_eq!(parse("<a k='&lt;&mdash;'>x</a>").unwrap(), "a|x|");
    assert!(parse("<a>Marks & Spencer</a>").unwrap().contains("Marks & Spencer|the document “&” is bare at line 1"));
    assert!(parse("<a>&nosuch; x</a>").unwrap().contains("&nosuch; x|the document “&nosuch;” is an entity nobody declared at line 1"));
}

#[test]
fn what_is_no_xml_is_refused_where_it_breaks() {
    for (text, expected) in [
        ("", "holds no element"),
        ("no markup", "holds no element"),
        ("<a>\n <b></c></a>", "closes <b> with </c> at line 2"),
        ("<a><b>", "ends in the middle: <b> is never closed"),
        ("<a></a></b>", "closes <b>, which is not open"),
        ("<a/><b/>", "has a second root at line 1, column 5"),
        ("<a k=1/>", "has an attribute that cannot be read at line 1"),
    ] {
        let sentence = refused(text);
        assert!(sentence.contains(expected), "{sentence}");
    }
}

#[test]
fn entities_of_the_document_are_never_expanded() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;\">]><a>&c;</a>";
    let sentence = refused(bomb);
    assert!(sentence.contains("“&c;” is an entity that the document declares itself, used at line 1"), "{sentence}");
    assert_eq!(parse("<!DOCTYPE a [<!ENTITY b \"x\">]><a>y</a>").unwrap(), "a|y|", "declared and never used does no harm");
}

#[test]
fn every_limit_has_its_sentence() {
    let deep = format!("{}{}", "<a>".repeat(DEPTH_MAX + 1), "</a>".repeat(DEPTH_MAX + 1));
    assert!(refused(&deep).contains("nests deeper than 128 levels at line 1"), "{}", refused(&deep));
    assert!(refused(&"<a>".repeat(1_000_000)).contains("nests deeper"));
    let attributes = " k=''".repeat(ATTRIBUTES_MAX + 1);
    assert!(refused(&format!("<a{attributes}/>")).contains("more than 256 attributes"));
    let long = format!("<a k='{}'/>", "x".repeat(ATTRIBUTE_LEN_BYTES_MAX + 1));
    assert!(refused(&long).contains("an attribute of 262145 bytes"), "{}", &refused(&long)[..200]);
    assert!(refused(&format!("<a>{}</a>", "<b/>".repeat(NODES_MAX))).contains("more than 1000000 elements"));
    assert!(refused(&" ".repeat(DOCUMENT_LEN_BYTES_MAX + 1)).contains("at most 33554432 are read"));
}

#[test]
fn damage_without_end_is_noted_a_few_times_and_kept_whole() {
    let findings = Findings::default();
    let words = "& &x; ".repeat(200_000);
    let text = format!("<a>{words}</a>");
    let tree = Tree::parse(&text, &findings).unwrap();
    assert_eq!(tree.root().text(), words);
    let (_, repairs) = findings.into_parts();
    // The same damage on the same line is one note.
    assert!((1..=NOTED_MAX).contains(&repairs.len()), "{repairs:?}");
}
