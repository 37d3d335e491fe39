//! Subjects: the tree of all, and what stands around one.

use askama::Template;

use super::assets::Sheet;
use super::chrome::{Chrome, ChromeView, Link};
use super::head::{Head, page_title};
use crate::words::Words;

/// A subject, by its English name, and how many stories are filed under it or a narrower one.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Its page.
    pub link: Link,
    /// How many stories.
    pub n_stories: u64,
}

/// What stands around a subject.
#[derive(Clone, Debug)]
pub struct SubjectTree {
    /// The subjects it is part of, the broadest first.
    pub broader: Vec<Link>,
    /// The subjects that are part of it.
    pub narrower: Vec<Subject>,
}

/// `/topics`: the broadest subjects, each with those next below it.
#[derive(Clone, Debug)]
pub struct TopicsPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The subjects.
    pub subjects: Vec<(Subject, Vec<Subject>)>,
}

#[derive(Template)]
#[template(path = "topics.html")]
struct TopicsTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    subjects: Vec<(SubjectView<'a>, Vec<SubjectView<'a>>)>,
}

pub(super) struct SubjectView<'a> {
    pub(super) link: &'a Link,
    pub(super) n_stories: String,
}

pub(super) struct TreeView<'a> {
    pub(super) broader: &'a [Link],
    pub(super) narrower: Vec<SubjectView<'a>>,
}

impl TopicsPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let template = TopicsTemplate {
            c: ChromeView::of(chrome, None),
            h: Head::plain(chrome, page_title(chrome, words.t("subjects"))),
            w: words,
            css: Sheet::List.css(),
            subjects: self
                .subjects
                .iter()
                .map(|(subject, narrower)| (subject.view(chrome), narrower.iter().map(|subject| subject.view(chrome)).collect()))
                .collect(),
        };
        template.render().expect("writing a template to a String cannot fail")
    }
}

impl Subject {
    fn view(&self, chrome: &Chrome) -> SubjectView<'_> {
        let n_stories = if self.n_stories == 0 { String::new() } else { chrome.words().number(self.n_stories) };
        SubjectView { link: &self.link, n_stories }
    }
}

impl<'a> TreeView<'a> {
    pub(super) fn of(tree: &'a SubjectTree, chrome: &Chrome) -> Self {
        Self { broader: &tree.broader, narrower: tree.narrower.iter().map(|subject| subject.view(chrome)).collect() }
    }
}
