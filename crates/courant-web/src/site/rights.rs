//! What machines may do with the service: one record, said in every language machines have for it.
//!
//! Auditors find contradictions between these files more often than anything else, so each is written from the same
//! [`Rights`], and a test reads them all back.

use crate::pages::escaped;

/// What the agency allows machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    /// Whether search engines may index the service and answer searches with it.
    pub search: bool,
    /// Whether models may be trained with it.
    pub train_ai: bool,
    /// Where a licence can be had: an absolute address.
    pub licence: Option<Box<str>>,
}

impl Default for Rights {
    /// Search, yes; training, not without asking.
    fn default() -> Self {
        Self { search: true, train_ai: false, licence: None }
    }
}

impl Rights {
    /// The preferences as a structured field (RFC 9651) of the vocabulary of the IETF's AI preferences (draft-ietf-aipref-vocab-08),
    /// for the header `Content-Usage` and the rule of the same name in `robots.txt`.
    pub fn content_usage(&self) -> String {
        format!("search={}, train-ai={}", yes_no(self.search, "y", "n"), yes_no(self.train_ai, "y", "n"))
    }

    /// `robots.txt` (RFC 9309), with the rule of draft-ietf-aipref-attach-05, Cloudflare's content signals and the licence of RSL 1.0.
    /// `origin` is the site's.
    pub fn robots(&self, origin: &str) -> String {
        let signals = format!("search={}, ai-train={}", yes_no(self.search, "yes", "no"), yes_no(self.train_ai, "yes", "no"));
        let paths = if self.search { "Allow: /\nDisallow: /search\n" } else { "Disallow: /\n" };
        format!(
            "User-agent: *\n{paths}Content-Usage: {}\nContent-Signal: {signals}\n\n\
             License: {origin}/rights.xml\n\
             Sitemap: {origin}/sitemap.xml\nSitemap: {origin}/news-sitemap.xml\n",
            self.content_usage()
        )
    }

    /// TDM Reservation Protocol (W3C community group report of 2024): `/.well-known/tdmrep.json`.
    pub fn tdmrep(&self) -> serde_json::Value {
        let mut rule = serde_json::json!({ "location": "/", "tdm-reservation": u8::from(!self.train_ai) });
        if let Some(licence) = self.licence.as_deref().filter(|_| !self.train_ai) {
            rule["tdm-policy"] = licence.into();
        }
        serde_json::json!([rule])
    }

    /// Really Simple Licensing 1.0.
    pub fn rsl(&self, origin: &str) -> String {
        let usage = |name: &str, allowed: bool| {
            let element = yes_no(allowed, "permits", "prohibits");
            format!("<{element} type=\"usage\">{name}</{element}>\n")
        };
        let licence = self
            .licence
            .as_deref()
            .map_or_else(String::new, |url| format!("<payment type=\"contact\"><custom>{}</custom></payment>\n", escaped(url)));
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rsl xmlns=\"https://rslstandard.org/rsl\">\n<content url=\"{origin}/\">\n<license>\n{}{}{licence}</license>\n</content>\n</rsl>\n",
            usage("search", self.search),
            usage("ai-train", self.train_ai),
        )
    }

    /// The line of `trust.txt` that says the same.
    pub fn trust_line(&self) -> String {
        format!("datatrainingallowed={}", yes_no(self.train_ai, "yes", "no"))
    }
}

fn yes_no<'a>(allowed: bool, yes: &'a str, no: &'a str) -> &'a str {
    match allowed {
        true => yes,
        false => no,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each output says of search and of training, read from its own text.
    fn said(rights: &Rights) -> Vec<(&'static str, Option<bool>, bool)> {
        let robots = rights.robots("https://news.example");
        let signal = robots.lines().find_map(|line| line.strip_prefix("Content-Signal: ")).unwrap();
        let usage = robots.lines().find_map(|line| line.strip_prefix("Content-Usage: ")).unwrap();
        let rsl = rights.rsl("https://news.example");
        let permits = |name: &str| rsl.contains(&format!("<permits type=\"usage\">{name}</permits>"));
        vec![
            ("robots paths", Some(robots.contains("Allow: /\n")), rights.train_ai),
            ("content signal", Some(signal.contains("search=yes")), signal.contains("ai-train=yes")),
            ("content usage", Some(usage.contains("search=y")), usage.contains("train-ai=y")),
            ("header", Some(rights.content_usage().contains("search=y")), rights.content_usage().contains("train-ai=y")),
            ("rsl", Some(permits("search")), permits("ai-train")),
            ("tdmrep", None, rights.tdmrep()[0]["tdm-reservation"] == 0),
            ("trust.txt", None, rights.trust_line() == "datatrainingallowed=yes"),
        ]
    }

    #[test]
    fn no_two_outputs_contradict_each_other() {
        for (search, train_ai) in [(true, true), (true, false), (false, true), (false, false)] {
            for licence in [None, Some("https://news.example/licence?a&b".into())] {
                let rights = Rights { search, train_ai, licence };
                for (output, says_search, says_training) in said(&rights) {
                    assert!(says_search.is_none_or(|said| said == search), "{output} of {rights:?}");
                    assert_eq!(says_training, train_ai, "{output} of {rights:?}");
                }
            }
        }
    }

    #[test]
    fn a_licence_is_named_where_training_is_reserved() {
        let rights = Rights { licence: Some("https://news.example/licence".into()), ..Rights::default() };
        assert_eq!(rights.tdmrep()[0]["tdm-policy"], "https://news.example/licence");
        assert!(rights.rsl("https://news.example").contains("https://news.example/licence"));
    }
}
