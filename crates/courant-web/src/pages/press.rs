//! What other media report, whom the newsroom follows, and partners. Headlines of others stand in their own language and lead straight
//! to the outlet.

use askama::Template;
use courant_news::Lang;
use courant_news::press::{Balance, DecidedBy, DifferenceKind, MatchKind, PressLicence, PressMatch, PressSource, SharedKind, TeaserUse};
use courant_projections::site::{PartnerLine, PressLine, TeaserLine};
use jiff::Timestamp;

use super::assets::Sheet;
use super::chrome::{Chrome, ChromeView, Link};
use super::head::{Head, page_title};
use super::list::Moment;
use super::rows::foreign;
use crate::words::{Arg, Words, dates};

/// What other media report of a story or a dossier.
#[derive(Clone, Debug)]
pub struct PressPage {
    /// What is around it.
    pub chrome: Chrome,
    /// What they report of.
    pub of: PressOf,
    /// Their reports, the earliest first.
    pub reports: Vec<PressLine>,
    /// The same as RSS.
    pub feed: String,
    /// The same as JSON.
    pub json: String,
    /// The instant as of which it is shown; `None` for now.
    pub moment: Option<Moment>,
}

/// What other media report of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PressOf {
    /// The headline of the story or the title of the dossier.
    pub title: Box<str>,
    /// Its language.
    pub lang: Lang,
    /// Its path.
    pub path: String,
    /// When we had it; `None` for a dossier.
    pub first_moved_at: Option<Timestamp>,
}

/// The first reports of others, for the page of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PressBox {
    /// The first of them.
    pub reports: Vec<PressLine>,
    /// How many there are.
    pub n_reports: u64,
    /// Where all of them stand.
    pub all: String,
}

/// The outlets the newsroom follows.
#[derive(Clone, Debug)]
pub struct PressSourcesPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The outlets in the chosen language.
    pub sources: Vec<PressSource>,
    /// The languages there are, each a link that keeps to it; the first keeps to none.
    pub languages: Vec<LanguageChoice>,
    /// Where an outlet asks to be removed: `mailto:` or `https:`.
    pub contact: Option<Box<str>>,
}

/// A language whose outlets can be listed alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageChoice {
    /// The language; `None` for all.
    pub lang: Option<Lang>,
    /// Where it leads.
    pub href: String,
    /// Whether it is what the page lists.
    pub is_current: bool,
}

/// The partners, and what goes each way.
#[derive(Clone, Debug)]
pub struct PartnersPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The partners whose agreements are in force.
    pub partners: Vec<PartnerLine>,
    /// What they report, the latest shown first.
    pub teasers: Vec<TeaserLine>,
}

#[derive(Template)]
#[template(path = "press.html")]
struct PressTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: String,
    of: &'a PressOf,
    of_lang: String,
    of_dir: &'static str,
    feed: &'a str,
    json: &'a str,
    moment: Option<Link>,
    first: Vec<FirstView>,
    groups: Vec<GroupView<'a>>,
    differs: Vec<DiffersView<'a>>,
}

/// Who had it when.
struct FirstView {
    name: &'static str,
    who: Option<String>,
    rfc3339: String,
    at: String,
}

struct GroupView<'a> {
    title: &'static str,
    reports: Vec<ReportView<'a>>,
}

/// A report of another outlet, ready to print.
pub(super) struct ReportView<'a> {
    pub(super) outlet: &'a str,
    pub(super) outlet_lang: String,
    pub(super) headline: &'a str,
    pub(super) link: &'a str,
    pub(super) lang: String,
    pub(super) dir: &'static str,
    pub(super) language: String,
    pub(super) rfc3339: String,
    pub(super) at: String,
    pub(super) is_paywalled: bool,
    pub(super) decided: &'static str,
    pub(super) score: String,
    pub(super) shared: Vec<SharedView<'a>>,
}

/// What both have, of one kind.
pub(super) struct SharedView<'a> {
    pub(super) name: &'static str,
    pub(super) pieces: Vec<PieceView<'a>>,
}

pub(super) struct PieceView<'a> {
    pub(super) ours: &'a str,
    /// Empty when both write it alike.
    pub(super) theirs: &'a str,
}

struct DiffersView<'a> {
    kind: &'static str,
    ours: &'a str,
    theirs: &'a str,
    outlet: &'a str,
    link: &'a str,
    lang: String,
    dir: &'static str,
    rfc3339: String,
    at: String,
}

/// What a page of a story says of other media.
pub(super) struct BoxView<'a> {
    pub(super) reports: Vec<ReportView<'a>>,
    pub(super) all: Link,
}

#[derive(Template)]
#[template(path = "press_sources.html")]
struct SourcesTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: &'a str,
    languages: Vec<ChoiceView>,
    sources: Vec<SourceView<'a>>,
    contact: Option<&'a str>,
    contact_words: &'a str,
}

struct ChoiceView {
    href: String,
    label: String,
    is_current: bool,
}

struct SourceView<'a> {
    outlet: &'a str,
    home: &'a str,
    lang: &'a str,
    language: String,
    licence: &'static str,
    terms: Option<&'a str>,
    terms_link: bool,
    is_paywalled: bool,
}

#[derive(Template)]
#[template(path = "partners.html")]
struct PartnersTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: &'a str,
    partners: Vec<PartnerView<'a>>,
    teasers: Vec<TeaserView<'a>>,
}

struct PartnerView<'a> {
    name: &'a str,
    home: &'a str,
    label: Option<&'a str>,
    facts: Vec<(&'static str, String)>,
}

/// A report of a partner, ready to print.
pub(super) struct TeaserView<'a> {
    pub(super) partner: &'a str,
    pub(super) home: &'a str,
    pub(super) label: Option<&'a str>,
    pub(super) headline: &'a str,
    pub(super) summary: Option<&'a str>,
    pub(super) link: &'a str,
    pub(super) lang: String,
    pub(super) dir: &'static str,
    pub(super) rfc3339: String,
    pub(super) at: String,
}

impl PressPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let title = words.t("press");
        let name = words.say("press-title", &[("name", Arg::Text(&self.of.title))]);
        let (of_lang, of_dir) = foreign(&self.of.lang, chrome);
        let mut head = Head::of_list(chrome, &name, page_title(chrome, &name), &self.feed);
        // Words of others are not what machines should find here.
        head.canonical = None;
        let template = PressTemplate {
            c: ChromeView::of(chrome, self.reports.first().map(|line| line.found.reported_at())),
            h: head,
            w: words,
            css: Sheet::Story.css(),
            title: title.to_owned(),
            of: &self.of,
            of_lang,
            of_dir,
            feed: &self.feed,
            json: &self.json,
            moment: self.moment.as_ref().map(|moment| moment.link(chrome)),
            first: self.first(),
            groups: [(MatchKind::SameStory, "press-same"), (MatchKind::Background, "press-background")]
                .into_iter()
                .map(|(kind, name)| GroupView {
                    title: words.t(name),
                    reports: self.reports.iter().filter(|line| line.found.kind == kind).map(|line| ReportView::of(line, chrome)).collect(),
                })
                .filter(|group| !group.reports.is_empty())
                .collect(),
            differs: self.reports.iter().flat_map(|line| differs(line, chrome)).collect(),
        };
        template.render().expect("writing a template to a String cannot fail")
    }

    /// Who had it first, and when the other side did.
    fn first(&self) -> Vec<FirstView> {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let theirs = self.reports.iter().filter(|line| line.found.kind == MatchKind::SameStory).min_by_key(|line| line.found.reported_at());
        let (Some(ours), Some(theirs)) = (self.of.first_moved_at, theirs) else {
            return Vec::new();
        };
        let view = |name, who, at| FirstView {
            name: words.t(name),
            who,
            rfc3339: dates::rfc3339(at, &chrome.zone),
            at: words.date_time(at, &chrome.zone),
        };
        let outlet = Some(theirs.source.outlet.to_string());
        let at = theirs.found.reported_at();
        if at < ours {
            vec![view("press-first", outlet, at), view("press-here", None, ours)]
        } else {
            vec![view("press-first", Some(chrome.agency.to_string()), ours), view("press-first-elsewhere", outlet, at)]
        }
    }
}

impl<'a> BoxView<'a> {
    /// `None` when there is nothing to show.
    pub(super) fn of(shown: &'a PressBox, chrome: &Chrome) -> Option<Self> {
        let all = Link::new(shown.all.as_str(), chrome.words().count("press-reports", shown.n_reports));
        let reports = shown.reports.iter().map(|line| ReportView::of(line, chrome)).collect();
        (shown.n_reports != 0).then_some(Self { reports, all })
    }
}

impl<'a> ReportView<'a> {
    fn of(line: &'a PressLine, chrome: &Chrome) -> Self {
        let (found, words) = (&line.found, chrome.words());
        let at = found.reported_at();
        let percent = words.decimal(f64::from(found.evidence.score()) / 10.0);
        Self {
            outlet: &line.source.outlet,
            outlet_lang: line.source.lang.to_string(),
            headline: found.headline.as_str(),
            link: found.link.as_str(),
            lang: found.lang.to_string(),
            dir: found.lang.direction().as_str(),
            language: words.language_name(&found.lang).into_owned(),
            rfc3339: dates::rfc3339(at, &chrome.zone),
            at: words.date_time(at, &chrome.zone),
            is_paywalled: found.is_paywalled,
            decided: match found.decided_by {
                DecidedBy::Machine => words.t("press-by-machine"),
                DecidedBy::Editor => words.t("press-by-editor"),
            },
            score: words.with("press-score", "percent", &percent),
            shared: shared(found, words),
        }
    }
}

fn shared<'a>(found: &'a PressMatch, words: &'static Words) -> Vec<SharedView<'a>> {
    let pieces = |kind| {
        let of_kind = found.evidence.shared().iter().filter(move |shared| shared.kind == kind);
        of_kind
            .map(|shared| PieceView { ours: &shared.ours, theirs: if shared.ours == shared.theirs { "" } else { &shared.theirs } })
            .collect()
    };
    SharedKind::ALL
        .iter()
        .map(|kind| {
            let name = match kind {
                SharedKind::Name => "press-names",
                SharedKind::Place => "press-places",
                SharedKind::Number => "press-numbers",
                SharedKind::Word => "press-words",
            };
            SharedView { name: words.t(name), pieces: pieces(*kind) }
        })
        .filter(|shared| !shared.pieces.is_empty())
        .collect()
}

/// The differences an editor approved.
fn differs<'a>(line: &'a PressLine, chrome: &'a Chrome) -> impl Iterator<Item = DiffersView<'a>> {
    let words = chrome.words();
    line.found.approved().map(move |difference| DiffersView {
        kind: match difference.kind {
            DifferenceKind::Number => words.t("press-number"),
            DifferenceKind::Name => words.t("press-name"),
            DifferenceKind::Date => words.t("press-date"),
        },
        ours: &difference.ours,
        theirs: &difference.theirs,
        outlet: &line.source.outlet,
        link: line.found.link.as_str(),
        lang: line.found.lang.to_string(),
        dir: line.found.lang.direction().as_str(),
        rfc3339: dates::rfc3339(line.found.reported_at(), &chrome.zone),
        at: words.date_time(line.found.reported_at(), &chrome.zone),
    })
}

impl PressSourcesPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let title = words.t("press-sources");
        let template = SourcesTemplate {
            c: ChromeView::of(chrome, None),
            h: Head::plain(chrome, page_title(chrome, title)),
            w: words,
            css: Sheet::Story.css(),
            title,
            languages: self
                .languages
                .iter()
                .map(|choice| ChoiceView {
                    href: choice.href.clone(),
                    label: match &choice.lang {
                        Some(lang) => words.language_name(lang).into_owned(),
                        None => words.t("press-any-language").to_owned(),
                    },
                    is_current: choice.is_current,
                })
                .collect(),
            sources: self.sources.iter().map(|source| SourceView::of(source, words)).collect(),
            contact: self.contact.as_deref(),
            contact_words: self.contact.as_deref().map_or("", |contact| contact.strip_prefix("mailto:").unwrap_or(contact)),
        };
        template.render().expect("writing a template to a String cannot fail")
    }
}

impl<'a> SourceView<'a> {
    fn of(source: &'a PressSource, words: &'static Words) -> Self {
        Self {
            outlet: &source.outlet,
            home: source.home.as_str(),
            lang: source.lang.as_str(),
            language: words.language_name(&source.lang).into_owned(),
            licence: match source.licence {
                PressLicence::Headline => words.t("press-licence-headline"),
                PressLicence::Summary => words.t("press-licence-summary"),
                PressLicence::Full => words.t("press-licence-full"),
            },
            terms: source.terms.as_deref(),
            terms_link: source.terms.as_deref().is_some_and(|terms| courant_news::press::WebAddress::parse(terms).is_ok()),
            is_paywalled: source.is_paywalled,
        }
    }
}

impl PartnersPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let title = words.t("partners");
        let template = PartnersTemplate {
            c: ChromeView::of(chrome, self.teasers.first().map(|line| line.teaser.reported_at())),
            h: Head::plain(chrome, page_title(chrome, title)),
            w: words,
            css: Sheet::Story.css(),
            title,
            partners: self.partners.iter().map(|line| PartnerView::of(line, chrome)).collect(),
            teasers: TeaserView::all(&self.teasers, chrome),
        };
        template.render().expect("writing a template to a String cannot fail")
    }
}

impl<'a> PartnerView<'a> {
    fn of(line: &'a PartnerLine, chrome: &Chrome) -> Self {
        let (agreed, words) = (&line.agreed, chrome.words());
        let Balance { n_given, n_taken } = line.balance;
        let mut facts = vec![
            (words.t("partner-given"), words.count("stories", n_given)),
            (words.t("partner-taken"), words.count("partner-headlines", n_taken)),
            (words.t("partner-topics"), or_all(agreed.topics().iter().map(|topic| words.section(topic).into_owned()), words)),
            (words.t("partner-languages"), or_all(agreed.languages().iter().map(|lang| words.language_name(lang).into_owned()), words)),
            (words.t("partner-per-day"), words.number(u64::from(agreed.per_day))),
        ];
        if agreed.embargo_minutes != 0 {
            facts.push((words.t("partner-embargo"), words.count("minutes", u64::from(agreed.embargo_minutes))));
        }
        let uses = match agreed.uses {
            TeaserUse::Teaser => "press-licence-headline",
            TeaserUse::Full => "press-licence-summary",
        };
        facts.push((words.t("press-licence"), words.t(uses).to_owned()));
        facts.push((words.t("partner-since"), words.date_time(agreed.since, &chrome.zone)));
        if let Some(until) = agreed.until {
            facts.push((words.t("partner-until"), words.date_time(until, &chrome.zone)));
        }
        Self { name: &agreed.name, home: agreed.home.as_str(), label: agreed.label.as_deref(), facts }
    }
}

fn or_all(names: impl Iterator<Item = String>, words: &Words) -> String {
    let names: Vec<String> = names.collect();
    if names.is_empty() { words.t("partner-all").to_owned() } else { names.join(" · ") }
}

impl<'a> TeaserView<'a> {
    pub(super) fn all(lines: &'a [TeaserLine], chrome: &Chrome) -> Vec<Self> {
        lines.iter().map(|line| Self::of(line, chrome)).collect()
    }

    fn of(line: &'a TeaserLine, chrome: &Chrome) -> Self {
        let (teaser, words) = (&line.teaser, chrome.words());
        let at = teaser.reported_at();
        Self {
            partner: &line.agreed.name,
            home: line.agreed.home.as_str(),
            label: line.agreed.label.as_deref(),
            headline: teaser.headline.as_str(),
            summary: match line.agreed.uses {
                TeaserUse::Teaser => None,
                TeaserUse::Full => teaser.summary.as_ref().map(courant_news::Lead::as_str),
            },
            link: teaser.link.as_str(),
            lang: teaser.lang.to_string(),
            dir: teaser.lang.direction().as_str(),
            rfc3339: dates::rfc3339(at, &chrome.zone),
            at: words.date_time(at, &chrome.zone),
        }
    }
}
