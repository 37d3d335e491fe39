//! The page that makes a filter: every choice with what it keeps of a day.

use askama::Template;
use courant_news::filter::{Facet, Problem, ProblemKind};
use courant_news::{Filter, Lang, Urgency};
use jiff::civil::Date;

use super::assets::{Script, Sheet};
use super::chrome::{Chrome, ChromeView, Link};
use super::filter_form::{self, address_of, in_force, quoted, sentences, unreadable};
use super::head::{Head, absolute, page_title};
use crate::words::{Arg, Words};

/// How much of a mute that is too long stands in its field, to be shortened there.
const TYPED_CHARS_MAX: usize = 2_000;
/// Choices of a group that are not folded away.
const OPEN_CHOICES: usize = 10;

/// `/filter`: a plain form. Whatever is chosen in it, the address of this page says.
#[derive(Clone, Debug)]
pub struct FilterPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The filter as the address has it, mutes that are over among it.
    pub filter: Filter,
    /// What could not be read, as `Filter::parse` gave it.
    pub problems: Vec<Problem>,
    /// The last day of mutes that are over.
    pub ended: Option<Date>,
    /// What is counted; `None` while nothing has moved.
    pub day: Option<CountedDay>,
    /// Choices of which any may be enough, by facet.
    pub any_of: Vec<ChoiceGroup>,
    /// Choices to be left out.
    pub none_of: Vec<ChoiceGroup>,
    /// How many stories an urgency of at most 1 to 9 keeps, and how many pass everything else.
    pub urgency: (u64, [u64; 9]),
    /// What each word in force finds.
    pub words: Vec<WordsFound>,
}

/// The day whose stories are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedDay {
    /// The day, in the page's zone.
    pub date: Date,
    /// Whether it is the day of the site; else it is the newest with stories.
    pub is_today: bool,
    /// Its stories.
    pub n_stories: u64,
    /// Those the filter shows.
    pub n_kept: u64,
    /// Those that only a mute hides.
    pub n_muted: u64,
}

/// The choices of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceGroup {
    /// The facet.
    pub facet: Facet,
    /// How many stories of the day pass every other condition.
    pub of: u64,
    /// Its choices in order; an empty group is left out.
    pub choices: Vec<Choice>,
}

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value in the address.
    pub value: String,
    /// Its name as printed.
    pub label: String,
    /// The language of the name, when it is not that of the page.
    pub lang: Option<Lang>,
    /// How many of the group's stories have it.
    pub n_stories: u64,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// What a word, a phrase or an expression finds on the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordsFound {
    /// The parameter it belongs to: `q`, `not.q` or `mute`.
    pub parameter: &'static str,
    /// The expression.
    pub expression: String,
    /// How many stories it finds.
    pub n_stories: u64,
    /// The newest of them, by headline.
    pub examples: Vec<Example>,
}

/// A story as an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its address, with its headline as words.
    pub link: Link,
    /// The language of the headline.
    pub lang: Lang,
}

#[derive(Template)]
#[template(path = "choose.html")]
struct ChooseTemplate {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    problems: Vec<String>,
    problems_title: String,
    ended: Option<String>,
    in_force: String,
    kept: Option<String>,
    counted: Option<String>,
    muted: Option<String>,
    show: Link,
    forms: Vec<(Link, &'static str)>,
    /// Printed and not linked: it never ends.
    stream: String,
    groups: Vec<GroupView>,
    without: Vec<GroupView>,
    has_without: bool,
    urgency: GroupView,
    query: FieldView,
    mute: FieldView,
    until: String,
    until_errors: Vec<String>,
    shows: Vec<filter_form::Choice>,
    also: Vec<(String, String)>,
    clear: Option<Link>,
    canonical: String,
    keep: &'static str,
}

struct GroupView {
    name: String,
    parameter: String,
    /// The choices in sight, and those folded away.
    open: Vec<ChoiceView>,
    folded: Vec<ChoiceView>,
    more: String,
    more_open: bool,
}

struct ChoiceView {
    value: String,
    label: String,
    lang: String,
    dir: &'static str,
    chosen: bool,
    /// `12 / 28`, and the same in words.
    numbers: String,
    says: String,
}

/// A field of words, with what is wrong with it and what it finds.
struct FieldView {
    value: String,
    errors: Vec<String>,
    found: Vec<FoundView>,
}

struct FoundView {
    says: String,
    examples: Vec<(Link, String, &'static str)>,
}

impl FilterPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let problems = sentences(&self.filter, &self.problems, words);
        let kept = self.day.map(|day| {
            let (shown, of) = (words.number(day.n_kept), words.number(day.n_stories));
            words.say("filter-keeps", &[("kept", Arg::Text(&shown)), ("of", Arg::Text(&of))])
        });
        let template = ChooseTemplate {
            c: ChromeView::of(chrome, None),
            h: Head::unlisted(page_title(chrome, words.t("filter-title"))),
            w: words,
            css: Sheet::Filter.css(),
            problems_title: words.count("filter-problems", problems.len() as u64),
            problems,
            ended: self.ended.map(|day| words.with("filter-ended", "day", &words.date(day))),
            in_force: in_force(&self.filter, words),
            kept,
            counted: self.day.map(|day| self.counted(day)),
            muted: self.day.filter(|day| day.n_muted != 0).map(|day| words.count("hidden-by-filter", day.n_muted)),
            show: Link::new(address_of("/all", &self.filter), words.t("filter-show-all")),
            forms: self.forms(),
            stream: absolute(chrome, &address_of("/all/events", &self.filter)),
            groups: self.any_of.iter().filter(|group| !group.choices.is_empty()).map(|group| self.group(group, "")).collect(),
            has_without: self.none_of.iter().any(|group| group.choices.iter().any(|choice| choice.chosen)),
            without: self.none_of.iter().filter(|group| !group.choices.is_empty()).map(|group| self.group(group, "not.")).collect(),
            urgency: self.urgencies(),
            query: self.queries(),
            mute: self.mutes(),
            until: self.filter.until.map(|day| day.to_string()).unwrap_or_default(),
            until_errors: self.errors_of("until"),
            shows: filter_form::shows(self.filter.show, words, chrome.language.tag()),
            also: self.also(),
            clear: (!self.filter.is_empty()).then(|| Link::new(format!("/filter{}", chrome.edition()), words.t("filter-start-over"))),
            canonical: self.filter.canonical(),
            keep: Script::Keep.path(),
        };
        template.render().expect("writing a template to a String cannot fail")
    }

    /// What is counted, named: `Counted are the 40 stories of Saturday, November 28, 2026.`
    fn counted(&self, day: CountedDay) -> String {
        let words = self.chrome.words();
        let name = words.day(day.date);
        let message = if day.is_today { "filter-counted" } else { "filter-counted-newest" };
        words.say(message, &[("n", Arg::Count(day.n_stories)), ("day", Arg::Text(&name))])
    }

    /// The same filter in every form that can be subscribed to.
    fn forms(&self) -> Vec<(Link, &'static str)> {
        [
            ("/all.rss", "RSS", "application/rss+xml"),
            ("/all.atom", "Atom", "application/atom+xml"),
            ("/all.json", "JSON Feed", "application/feed+json"),
        ]
        .map(|(path, name, media_type)| (Link::new(address_of(path, &self.filter), name), media_type))
        .to_vec()
    }

    fn group(&self, group: &ChoiceGroup, sign: &str) -> GroupView {
        let words = self.chrome.words();
        let leaves_out = !sign.is_empty();
        let view = |choice: &Choice| {
            // What a choice lets through; left out, it lets through the others.
            let n_kept = if leaves_out { group.of.saturating_sub(choice.n_stories) } else { choice.n_stories };
            let (lang, dir) = choice.lang.as_ref().map_or((String::new(), ""), |lang| super::rows::foreign(lang, &self.chrome));
            self.choice(&choice.value, &choice.label, (lang, dir), choice.chosen, (n_kept, group.of))
        };
        let mut open: Vec<ChoiceView> = group.choices.iter().map(view).collect();
        let folded = if OPEN_CHOICES + 2 < open.len() { open.split_off(OPEN_CHOICES) } else { Vec::new() };
        GroupView {
            name: words.t(facet_name(group.facet)).to_owned(),
            parameter: format!("{sign}{}", group.facet.as_str()),
            more: words.count("filter-more", folded.len() as u64),
            more_open: folded.iter().any(|choice| choice.chosen),
            open,
            folded,
        }
    }

    fn choice(&self, value: &str, label: &str, (lang, dir): (String, &'static str), chosen: bool, (n_kept, of): (u64, u64)) -> ChoiceView {
        let words = self.chrome.words();
        let (kept, hidden) = (words.number(n_kept), words.number(of.saturating_sub(n_kept)));
        ChoiceView {
            value: value.to_owned(),
            label: label.to_owned(),
            lang,
            dir,
            chosen,
            says: words.say("filter-choice", &[("kept", Arg::Text(&kept)), ("hidden", Arg::Text(&hidden))]),
            numbers: format!("{kept} / {hidden}"),
        }
    }

    fn urgencies(&self) -> GroupView {
        let words = self.chrome.words();
        let (of, kept) = self.urgency;
        let at_most = |value: &str| {
            value.parse().ok().and_then(|number| Urgency::new(number).ok()).map_or(of, |most| kept[usize::from(most.number()) - 1])
        };
        let choices = filter_form::urgencies(&self.filter, words, self.chrome.language.tag());
        let choices = choices.into_iter().map(|choice| {
            let n_kept = at_most(&choice.value);
            self.choice(&choice.value, &choice.label, (String::new(), ""), choice.chosen, (n_kept, of))
        });
        GroupView {
            name: words.t("filter-urgency").to_owned(),
            parameter: "urgency".to_owned(),
            open: choices.collect(),
            folded: Vec::new(),
            more: String::new(),
            more_open: false,
        }
    }

    fn queries(&self) -> FieldView {
        let value = match self.filter.queries.len() {
            1 => self.filter.queries.iter().cloned().collect(),
            _ => self.typed("q"),
        };
        FieldView { value, errors: self.errors_of("q"), found: self.found("q", "filter-word-keeps") }
    }

    fn mutes(&self) -> FieldView {
        let mut typed: Vec<String> = self.filter.mutes.iter().map(|mute| quoted(mute)).collect();
        typed.extend(Some(self.typed("mute")).filter(|typed| !typed.is_empty()));
        FieldView { value: typed.join(", "), errors: self.errors_of("mute"), found: self.found("mute", "filter-word-hides") }
    }

    /// What was typed into a field and is no part of the filter, to be mended where it stands.
    fn typed(&self, parameter: &str) -> String {
        let bad = self.problems.iter().filter(|problem| problem.parameter == parameter && problem.kind != ProblemKind::TooMany);
        let bad = bad.map(|problem| problem.value.chars().take(TYPED_CHARS_MAX).collect::<String>());
        bad.collect::<Vec<_>>().join(", ")
    }

    fn errors_of(&self, parameter: &str) -> Vec<String> {
        let words = self.chrome.words();
        let bad = self.problems.iter().filter(|problem| problem.parameter == parameter);
        let bad = bad.map(|problem| filter_form::sentence(problem, words));
        let unreadable = unreadable(&self.filter);
        let unreadable = unreadable.iter().filter(|expression| expression.parameter == parameter);
        bad.chain(unreadable.map(|expression| expression.sentence(words))).collect()
    }

    fn found(&self, parameter: &str, message: &str) -> Vec<FoundView> {
        let words = self.chrome.words();
        let found = self.words.iter().filter(|found| found.parameter == parameter);
        found
            .map(|found| FoundView {
                says: words.say(message, &[("words", Arg::Text(&found.expression)), ("n", Arg::Count(found.n_stories))]),
                examples: found
                    .examples
                    .iter()
                    .map(|example| {
                        let (lang, dir) = super::rows::foreign(&example.lang, &self.chrome);
                        (example.link.clone(), lang, dir)
                    })
                    .collect(),
            })
            .collect()
    }

    /// What the form has no field for: boxes, ticked, so that it never loses what the address says.
    fn also(&self) -> Vec<(String, String)> {
        let mut also: Vec<(String, String)> = Vec::new();
        if let Some(above) = self.filter.urgency_above {
            also.push(("not.urgency".to_owned(), above.number().to_string()));
        }
        if 1 < self.filter.queries.len() {
            also.extend(self.filter.queries.iter().map(|query| ("q".to_owned(), query.clone())));
        }
        also.extend(self.filter.not_queries.iter().map(|query| ("not.q".to_owned(), query.clone())));
        also
    }
}

/// The message that names a facet.
pub(super) fn facet_name(facet: Facet) -> &'static str {
    match facet {
        Facet::Topic => "facet-topic",
        Facet::Dossier => "facet-dossier",
        Facet::Section => "facet-section",
        Facet::Place => "facet-place",
        Facet::By => "facet-by",
        Facet::Lang => "facet-lang",
        Facet::Type => "facet-type",
        Facet::Source => "facet-source",
    }
}
