//! People as feeds name them: `mail (Name)`, `Name <mail>`, or only one of the two.

use super::Author;
use super::mend::AT_SIGN;
use crate::html::one_line;

/// The longest name, in bytes.
const NAME_LEN_BYTES_MAX: usize = 1_000;

/// The person that one text names.
pub(super) fn of_text(text: &str) -> Option<Author> {
    let text = plain(text);
    if text.is_empty() || NAME_LEN_BYTES_MAX < text.len() {
        return None;
    }
    let words = text.split([' ', '(', ')', '<', '>', '[', ']', ',', ';']);
    let Some(email) = words.map(|word| word.trim_start_matches("mailto:")).find(|word| is_mail(word)) else {
        return Some(Author { name: Some(text.trim_matches(['(', ')']).trim().into()), ..Author::default() });
    };
    let name = text.replace("mailto:", "").replacen(email, "", 1).replace("()", "").replace("<>", "").replace("[]", "");
    let name = name.trim().trim_matches(['(', ')', '<', '>', ',', '"']).trim();
    Some(Author { name: (!name.is_empty()).then(|| name.into()), email: Some(email.into()), uri: None })
}

/// The person that the parts of Atom or JSON name.
pub(super) fn of_parts(name: Option<&str>, email: Option<&str>, uri: Option<&str>) -> Option<Author> {
    let said = |part: Option<&str>| part.map(plain).filter(|part| !part.is_empty() && part.len() <= NAME_LEN_BYTES_MAX).map(Into::into);
    let author = Author { name: said(name), email: said(email), uri: said(uri) };
    (author != Author::default()).then_some(author)
}

fn plain(text: &str) -> String {
    one_line(&text.replace(AT_SIGN, "@"))
}

fn is_mail(word: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.chars().all(|letter| letter.is_alphanumeric() || "._%+-'".contains(letter));
    word.split_once('@').is_some_and(|(name, host)| is_part(name) && is_part(host) && host.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_mail_are_told_apart() {
        let check = |text: &str, name: Option<&str>, email: Option<&str>| {
            let author = of_text(text).unwrap();
            assert_eq!((author.name.as_deref(), author.email.as_deref()), (name, email), "{text}");
        };
        check("me@example.com (Ann Lee)", Some("Ann Lee"), Some("me@example.com"));
        check("Ann Lee <me@example.com>", Some("Ann Lee"), Some("me@example.com"));
        check("Ann Lee (me@example.com)", Some("Ann Lee"), Some("me@example.com"));
        check("—me@example.com", Some("—me@example.com"), None);
        check("me@example.com", None, Some("me@example.com"));
        check("Ann Lee", Some("Ann Lee"), None);
    }
}
