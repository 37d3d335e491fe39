//! How a story is cited: APA, Chicago, BibTeX, Wikipedia.
//!
//! The forms are those of the styles' English editions whatever the language of the page, since that is what they are defined for. What
//! is cited is a version: its address says the same for ever.

use askama::Template;
use courant_news::NewsItem;
use jiff::civil::Date;

use super::assets::Sheet;
use super::chrome::{Chrome, ChromeView};
use super::head::{Head, page_title};
use crate::words::{UiLanguage, Words};

/// `/{section}/{id}/{slug}/cite`.
#[derive(Clone, Debug)]
pub struct CitePage {
    /// What is around it.
    pub chrome: Chrome,
    /// The story as it stands.
    pub item: NewsItem,
}

#[derive(Template)]
#[template(path = "cite.html")]
struct CiteTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    story: String,
    headline: &'a str,
    lang: &'a str,
    dir: &'static str,
    forms: Vec<(&'static str, String)>,
}

impl CitePage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, item) = (&self.chrome, &self.item);
        let template = CiteTemplate {
            c: ChromeView::of(chrome, Some(item.times.first_moved_at)),
            h: Head::unlisted(page_title(chrome, chrome.words().t("cite-title"))),
            w: chrome.words(),
            css: Sheet::Story.css(),
            story: item.path(),
            headline: item.headline.as_str(),
            lang: item.lang.as_str(),
            dir: item.lang.direction().as_str(),
            forms: vec![("APA", self.apa()), ("Chicago", self.chicago()), ("BibTeX", self.bibtex()), ("Wikipedia", self.wikipedia())],
        };
        template.render().expect("writing a template to a String cannot fail")
    }

    /// Publication Manual of the American Psychological Association, 7th edition, 10.16: a page on a news website.
    fn apa(&self) -> String {
        let day = self.day();
        let month = Words::of(UiLanguage::English).month(day);
        let author = self.authors().unwrap_or_else(|| self.agency().to_owned());
        // The site is not named again when it is the author.
        let site = if self.authors().is_some() { format!(" {}.", self.agency()) } else { String::new() };
        format!("{} ({}, {month} {}). {}{site} {}", ended(&author), day.year(), day.day(), ended(self.headline()), self.url())
    }

    /// The Chicago Manual of Style, 18th edition, 14.87: bibliography.
    fn chicago(&self) -> String {
        let author = self.authors().unwrap_or_else(|| self.agency().to_owned());
        let date = Words::of(UiLanguage::English).date(self.day());
        format!("{} “{}” {}, {date}. {}.", ended(&author), ended(self.headline()), self.agency(), self.url())
    }

    /// BibTeX with the fields of biblatex, in UTF-8.
    pub fn bibtex(&self) -> String {
        let author = self.authors().unwrap_or_else(|| self.agency().to_owned());
        format!(
            "@online{{courant-{},\n  author = {{{{{}}}}},\n  title = {{{{{}}}}},\n  organization = {{{}}},\n  date = {{{}}},\n  version = {{{}}},\n  \
             url = {{{}}},\n}}\n",
            self.item.story_id(),
            for_bibtex(&author),
            for_bibtex(self.headline()),
            for_bibtex(self.agency()),
            self.day(),
            self.item.version,
            self.url()
        )
    }

    /// The template `cite news` of Wikipedia in English.
    fn wikipedia(&self) -> String {
        let mut cited = String::from("{{cite news");
        let mut put = |name: &str, value: &str| cited.push_str(&format!(" |{name}={}", for_wiki(value)));
        if let Some(authors) = self.authors() {
            put("author", &authors);
        }
        put("title", self.headline());
        put("url", &self.url());
        put("agency", self.agency());
        if let Some(dateline) = &self.item.dateline {
            put("location", &dateline.place.name);
        }
        put("date", &self.day().to_string());
        put("language", self.item.lang.primary());
        cited.push_str("}}");
        cited
    }

    fn headline(&self) -> &str {
        self.item.headline.as_str()
    }

    fn agency(&self) -> &str {
        &self.chrome.agency
    }

    /// The bylines. `None` without any: then the agency is the author.
    fn authors(&self) -> Option<String> {
        let names: Vec<&str> = self.item.bylines.iter().map(|byline| &*byline.name).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// The day it first moved, in the zone of the site.
    fn day(&self) -> Date {
        self.item.times.first_moved_at.to_zoned_datetime(self.chrome.zone.clone()).date()
    }

    fn url(&self) -> String {
        format!("{}{}/versions/{}", self.chrome.origin, self.item.path(), self.item.version)
    }
}

/// With a full stop, unless it ends with a mark of its own.
fn ended(text: &str) -> String {
    if text.ends_with(['.', '!', '?', '…', '。', '？', '！', '؟']) { text.to_owned() } else { format!("{text}.") }
}

fn for_bibtex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', letter]),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            _ => out.push(letter),
        }
    }
    out
}

fn for_wiki(text: &str) -> String {
    text.replace('|', "{{!}}").replace('[', "&#91;").replace(']', "&#93;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use courant_news::{Byline, Guid, Headline, Lang};
    use jiff::tz::TimeZone;

    use super::*;

    fn page(headline: &str, by: &[&str]) -> CitePage {
        let at = "2017-03-20T22:30:00Z".parse().unwrap();
        let mut item = NewsItem::new(Guid::parse("urn:a").unwrap(), Headline::parse(headline).unwrap(), Lang::english(), at);
        item.bylines = by.iter().map(|name| Byline::new(name, None).unwrap()).collect();
        let chrome = Chrome {
            language: UiLanguage::English,
            agency: "Courant".into(),
            origin: "https://courant.example".into(),
            zone: TimeZone::get("Asia/Tokyo").unwrap(),
            sections: Vec::new(),
            here: "/".into(),
            foot: Vec::new(),
        };
        CitePage { chrome, item }
    }

    #[test]
    fn each_style_has_its_form() {
        let page = page("Rates held at 3.5% & “watched”", &["Economy desk"]);
        let url = page.url();
        assert_eq!(page.apa(), format!("Economy desk. (2017, March 21). Rates held at 3.5% & “watched”. Courant. {url}"));
        assert_eq!(page.chicago(), format!("Economy desk. “Rates held at 3.5% & “watched”.” Courant, March 21, 2017. {url}."));
        let bibtex = page.bibtex();
        assert!(bibtex.contains("title = {{Rates held at 3.5\\% \\& “watched”}}") && bibtex.contains("date = {2017-03-21}"), "{bibtex}");
        assert!(bibtex.contains(&format!("url = {{{url}}}")) && url.ends_with("/versions/1"), "{bibtex}");
    }

    #[test]
    fn without_a_byline_the_agency_is_the_author_and_named_once() {
        let page = page("Why?", &[]);
        assert_eq!(page.apa(), format!("Courant. (2017, March 21). Why? {}", page.url()));
        assert!(!page.wikipedia().contains("author="));
    }

    #[test]
    fn nothing_in_a_headline_breaks_a_template() {
        let cited = page("A | b [c] <ref>", &[]).wikipedia();
        assert!(cited.contains("|title=A {{!}} b &#91;c&#93; &lt;ref> |url="), "{cited}");
    }
}
