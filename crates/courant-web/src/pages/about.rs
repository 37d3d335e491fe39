//! What the agency says of itself.

use askama::Template;
use courant_news::{Block, Lang};

use super::assets::Sheet;
use super::body::body_html;
use super::chrome::{Chrome, ChromeView, Link};
use super::head::{Head, page_title};
use crate::words::Words;

/// The list of policies.
#[derive(Clone, Debug)]
pub struct AboutPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The policies, named in the page's language.
    pub policies: Vec<Link>,
    /// The files that tell machines what they may do.
    pub rights: Vec<Link>,
}

/// A policy.
#[derive(Clone, Debug)]
pub struct PolicyPage {
    /// What is around it.
    pub chrome: Chrome,
    /// What it is called.
    pub title: Box<str>,
    /// The language of its text.
    pub lang: Lang,
    /// Its text.
    pub text: Vec<Block>,
}

#[derive(Template)]
#[template(path = "about.html")]
struct AboutTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: String,
    policies: &'a [Link],
    rights: &'a [Link],
}

#[derive(Template)]
#[template(path = "policy.html")]
struct PolicyTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: &'a str,
    lang: &'a str,
    dir: &'static str,
    text: String,
}

impl AboutPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let title = words.with("about", "agency", &chrome.agency);
        let template = AboutTemplate {
            c: ChromeView::of(chrome, None),
            h: Head::plain(chrome, page_title(chrome, &title)),
            w: words,
            css: Sheet::Story.css(),
            title,
            policies: &self.policies,
            rights: &self.rights,
        };
        template.render().expect("writing a template to a String cannot fail")
    }
}

impl PolicyPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let template = PolicyTemplate {
            c: ChromeView::of(chrome, None),
            h: Head::plain(chrome, page_title(chrome, &self.title)),
            w: words,
            css: Sheet::Story.css(),
            title: &self.title,
            lang: self.lang.as_str(),
            dir: self.lang.direction().as_str(),
            text: body_html(&self.text, None, words, &chrome.zone),
        };
        template.render().expect("writing a template to a String cannot fail")
    }
}
