//! Which section a subject of the IPTC's belongs to.

use courant_news::SectionSlug;

/// The section of a subject at the top of its tree: of a Media Topic, or of the older Subject Codes, whose seventeen top
/// entries have the same numbers.
pub(crate) fn root_section(uri: &str) -> Option<SectionSlug> {
    let code = uri.strip_prefix("medtop:").or_else(|| uri.strip_prefix("subj:"))?;
    section(code.strip_suffix("000000")?)
}

/// The section of any Subject Code, whose first two digits name its top entry; agencies that extend the codes name their scheme
/// after it (`sttsubj:`). Media Topics below the top say nothing of it.
pub(crate) fn branch_section(uri: &str) -> Option<SectionSlug> {
    let (scheme, code) = uri.split_once(':')?;
    let is_code = code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit());
    (scheme.ends_with("subj") && is_code).then(|| section(&code[..2])).flatten()
}

/// The subject that a code of eight digits names, as NITF, IPTC 7901 and NewsML 1.2 give them. The top entries of the Subject
/// Codes live on as Media Topics.
pub(crate) fn subject_code(code: &str) -> Option<String> {
    let code = code.trim();
    let is_code = code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit());
    let is_top = code.ends_with("000000") && section(code.get(..2)?).is_some();
    is_code.then(|| if is_top { format!("medtop:{code}") } else { format!("subj:{code}") })
}

fn section(number: &str) -> Option<SectionSlug> {
    let slug = match number {
        "01" => "culture",
        "02" => "crime",
        "03" => "disasters",
        "04" => "economy",
        "05" => "education",
        "06" => "environment",
        "07" => "health",
        "08" => "people",
        "09" => "labour",
        "10" => "lifestyle",
        "11" => "politics",
        "12" => "religion",
        "13" => "science",
        "14" => "society",
        "15" => "sport",
        "16" => "conflict",
        "17" => "weather",
        _ => return None,
    };
    SectionSlug::parse(slug).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_trees_of_the_iptc_lead_to_sections() {
        let slug = |section: Option<SectionSlug>| section.map(|section| section.to_string());
        assert_eq!(slug(root_section("medtop:15000000")).as_deref(), Some("sport"));
        assert_eq!(slug(root_section("subj:15000000")).as_deref(), Some("sport"));
        assert_eq!(slug(root_section("medtop:20000344")), None);
        assert_eq!(slug(branch_section("subj:02003001")).as_deref(), Some("crime"));
        assert_eq!(slug(branch_section("sttsubj:04016028")).as_deref(), Some("economy"));
        assert_eq!(slug(branch_section("medtop:20000344")), None);
        assert_eq!(subject_code("15054000").as_deref(), Some("subj:15054000"));
        assert_eq!(subject_code("15000000").as_deref(), Some("medtop:15000000"));
        assert_eq!(subject_code("99000000").as_deref(), Some("subj:99000000"));
        assert_eq!(subject_code("1505400"), None);
        assert_eq!(subject_code("１５０５４０００"), None);
    }
}
