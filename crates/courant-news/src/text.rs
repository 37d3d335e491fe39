//! The lines of text a story has.

use crate::field::line_type;

line_type! {
    /// A headline as printed. ninjs 3.1 `headlines`; NewsML-G2 `headline`.
    Headline, "headline", 400
}
line_type! {
    /// The lead: one or two sentences that stand for the whole story in lists and descriptions. ninjs `descriptions`
    /// with role `summary`.
    Lead, "lead", 2000
}
line_type! {
    /// The short working name that ties every version of one story together, such as `FED-RATES`. Corrections and
    /// kills repeat it unchanged. ninjs and NewsML-G2 `slugline`.
    Slugline, "slugline", 200
}
line_type! {
    /// A note to editors at the receiving media, never shown to readers. ninjs `edNote`; NewsML-G2 `edNote`.
    EdNote, "ednote", 4000
}
line_type! {
    /// The public reason of a correction, a hold, a kill or a takedown.
    Reason, "reason", 1000
}
line_type! {
    /// A free keyword. ninjs `keywords`.
    Keyword, "keyword", 120
}
line_type! {
    /// The initials of the people who handled a story, as a chain: `ab/cd`.
    SignOff, "sign-off", 120
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_tidied() {
        assert_eq!(Headline::parse("  Fed \n holds\trates ").unwrap().as_str(), "Fed holds rates");
    }

    #[test]
    fn an_empty_headline_is_refused_by_name() {
        let refused = Headline::parse(" \n ").unwrap_err().to_string();
        assert!(refused.starts_with("headline “"), "{refused}");
        assert!(refused.ends_with("give at least one word"), "{refused}");
    }

    #[test]
    fn a_long_headline_is_refused_with_both_numbers() {
        let refused = Headline::parse(&"x".repeat(401)).unwrap_err().to_string();
        assert!(refused.contains("401") && refused.contains("400"), "{refused}");
    }

    #[test]
    fn control_characters_are_refused() {
        assert!(Slugline::parse("FED\u{3}RATES").unwrap_err().to_string().contains("U+0003"));
    }
}
