//! The converter.

use askama::Template;
use courant_news::CurrencyCode;
use courant_rates::convert::{Conversion, NoRate, Reason, Step, StepKind};
use courant_rates::typed::BadAmount;
use courant_rates::{Decimal, Source};
use jiff::civil::Date;

use super::assets::Sheet;
use super::chart;
use super::chrome::{Chrome, ChromeView, Link};
use super::head::{Head, page_title};
use crate::words::{Arg, Words};

/// `/convert`: an amount in another currency, by which rate, of which day, and why.
#[derive(Clone, Debug)]
pub struct ConvertPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The amount as it was typed.
    pub typed: String,
    /// From this currency.
    pub from: CurrencyCode,
    /// To that one.
    pub to: CurrencyCode,
    /// On this day; `None` for the latest rate.
    pub on: Option<Date>,
    /// The day it is.
    pub today: Date,
    /// By whose rates.
    pub source: Source,
    /// The currencies of the form, by code.
    pub codes: Vec<CurrencyCode>,
    /// What the amount would be if its one sign meant the other thing.
    pub otherwise: Option<Decimal>,
    /// Whether the amount was typed in another way than it was read.
    pub was_rewritten: bool,
    /// The rates of the days before, oldest first.
    pub spark: Vec<f64>,
    /// Usual amounts, both ways.
    pub usual: Vec<SameAmounts>,
    /// The answer.
    pub answer: Option<Conversion>,
    /// Why there is none.
    pub problem: Option<ConvertProblem>,
}

/// An amount, and what it is in the other currency, each way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameAmounts {
    /// The amount.
    pub amount: Decimal,
    /// So much of the first currency in the second.
    pub forth: Decimal,
    /// So much of the second in the first.
    pub back: Option<Decimal>,
}

/// Why nothing could be converted.
#[derive(Clone, Debug, PartialEq)]
pub enum ConvertProblem {
    /// The amount cannot be read.
    Amount(BadAmount),
    /// Another parameter cannot be read.
    Parameter {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: String,
        /// What is wrong, for machines.
        problem: String,
    },
    /// There is no such rate.
    NoRate(NoRate),
}

#[derive(Template)]
#[template(path = "convert.html")]
struct ConvertTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: String,
    typed: &'a str,
    options: Vec<OptionView>,
    from: &'a str,
    to: &'a str,
    on: String,
    first_day: String,
    today: String,
    kept: Vec<(&'static str, String)>,
    problem: Option<String>,
    result: Option<ResultView>,
}

struct OptionView {
    code: String,
    name: String,
}

struct ResultView {
    read_as: Option<String>,
    otherwise: Option<Link>,
    forth: String,
    back: Option<String>,
    why: String,
    spark: String,
    history: Link,
    swap: Link,
    usual: Vec<UsualView>,
    heads: (String, String),
    path: Vec<String>,
    source: Link,
    disclaimer: &'static str,
    forms: Vec<Link>,
}

struct UsualView {
    amount: String,
    forth: String,
    back: String,
}

impl ConvertPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let title = match &self.answer {
            Some(answer) => format!("{} = {}", self.money(&answer.amount, self.from), self.money(&answer.rounded(), self.to)),
            None => words.t("convert").to_owned(),
        };
        let template = ConvertTemplate {
            c: ChromeView::of(chrome, None),
            // Any amount is a page of its own; only the empty form is to be found.
            h: Head::unlisted(page_title(chrome, &title)),
            w: words,
            css: Sheet::Rates.css(),
            title,
            typed: &self.typed,
            options: self
                .codes
                .iter()
                .map(|code| OptionView { code: code.to_string(), name: words.currency(*code).into_owned() })
                .collect(),
            from: self.from.as_str(),
            to: self.to.as_str(),
            on: self.on.map(|on| on.to_string()).unwrap_or_default(),
            first_day: courant_rates::convert::HISTORY_BEGINS.to_string(),
            today: self.today.to_string(),
            kept: self.kept(),
            problem: self.problem.as_ref().map(|problem| sentence(problem, words)),
            result: self.answer.as_ref().map(|answer| self.result(answer)),
        };
        template.render().expect("writing a template to a String cannot fail")
    }

    fn result(&self, answer: &Conversion) -> ResultView {
        let words = self.chrome.words();
        let one = |from, rate: &Decimal, to| format!("{} = {}", self.money(&Decimal::new(1.into(), 0), from), self.money(rate, to));
        let rate = answer.rate_shown();
        let backwards = answer.rate.inverse().map(|rate| chart::shown(&rate));
        let facts = self.source.facts();
        ResultView {
            read_as: self.was_rewritten.then(|| words.with("read-as", "amount", &words.exact(&answer.amount))),
            otherwise: self.otherwise.as_ref().map(|other| {
                let href = self.address(&other.to_string(), self.from, self.to);
                Link::new(href, words.with("read-otherwise", "amount", &words.exact(other)))
            }),
            forth: one(self.from, &rate, self.to),
            back: backwards.as_ref().filter(|_| self.from != self.to).map(|rate| one(self.to, rate, self.from)),
            why: why(answer, words),
            spark: chart::spark(&self.spark, &format!("{}/{}", self.from, self.to)),
            history: Link::new(self.history(), words.t("history")),
            swap: Link::new(self.address(&self.typed, self.to, self.from), words.t("swap")),
            usual: self.usual.iter().map(|same| self.usual_row(same)).collect(),
            heads: (format!("{} → {}", self.from, self.to), format!("{} → {}", self.to, self.from)),
            path: answer.path.iter().map(|step| said(step, words)).collect(),
            source: Link::new(facts.home, facts.bank),
            disclaimer: words.t(if self.source == Source::Ecb { "disclaimer-ecb" } else { "disclaimer" }),
            forms: [(".json", "JSON"), (".csv", "CSV"), (".txt", "text")]
                .into_iter()
                .map(|(ending, name)| Link::new(self.chrome.here.replacen("/convert", &format!("/convert{ending}"), 1), name))
                .collect(),
        }
    }

    fn usual_row(&self, same: &SameAmounts) -> UsualView {
        let words = self.chrome.words();
        UsualView {
            amount: words.exact(&same.amount),
            forth: words.exact(&same.forth),
            back: same.back.as_ref().map(|back| words.exact(back)).unwrap_or_default(),
        }
    }

    fn money(&self, amount: &Decimal, code: CurrencyCode) -> String {
        format!("{}\u{a0}{code}", self.chrome.words().exact(amount))
    }

    /// What the form carries along without showing it.
    fn kept(&self) -> Vec<(&'static str, String)> {
        let mut kept = Vec::new();
        if self.source != Source::Ecb {
            kept.push(("source", self.source.facts().slug.to_owned()));
        }
        kept.extend(self.chrome.lang_parameter().map(|tag| ("lang", tag.to_owned())));
        kept
    }

    fn address(&self, amount: &str, from: CurrencyCode, to: CurrencyCode) -> String {
        let mut address = format!("/convert?amount={}&from={from}&to={to}", courant_news::address::segment(amount));
        if let Some(on) = self.on {
            address.push_str(&format!("&on={on}"));
        }
        for (name, value) in self.kept() {
            address.push_str(&format!("&{name}={value}"));
        }
        address
    }

    fn history(&self) -> String {
        let mut address = format!("/rates/{}?base={}", self.to, self.from);
        for (name, value) in self.kept() {
            address.push_str(&format!("&{name}={value}"));
        }
        address
    }
}

/// Why the rate is of the day it is of.
fn why(answer: &Conversion, words: &Words) -> String {
    let (requested, observed) = (words.date(answer.requested), words.date(answer.observed));
    let dates = [("requested", Arg::Text(&requested)), ("observed", Arg::Text(&observed))];
    let bank = answer.source.facts().bank;
    match answer.reason {
        Reason::Published => words.say("why-published", &[("observed", Arg::Text(&observed)), ("bank", Arg::Text(bank))]),
        Reason::InForce => words.say("why-in-force", &dates),
        Reason::Weekend => words.say("why-weekend", &dates),
        Reason::Holiday => words.say("why-holiday", &dates),
        Reason::NotYetPublished => {
            let zone = answer.source.time_zone();
            let next = answer.next_expected.map(|at| words.date_time(at, &zone)).unwrap_or_default();
            words
                .say("why-not-yet", &[("requested", Arg::Text(&requested)), ("observed", Arg::Text(&observed)), ("next", Arg::Text(&next))])
        }
        Reason::CarriedBack => words.say("why-carried", &dates),
        Reason::LatestKnown => words.with("why-latest", "observed", &observed),
        Reason::Identity => words.t("why-identity").to_owned(),
        Reason::Irrevocable => words.with("why-irrevocable", "observed", &observed),
        Reason::Peg => words.with("why-peg", "observed", &observed),
    }
}

fn said(step: &Step, words: &Words) -> String {
    let (name, day) = match step.kind {
        StepKind::Quoted(day) => ("step-quoted", day),
        StepKind::Irrevocable(day) => ("step-irrevocable", day),
        StepKind::Peg(day) => ("step-peg", day),
    };
    let (from, to) = (step.from.to_string(), step.to.to_string());
    let day = words.date(day);
    // An equation reads from the left also inside of Arabic: left-to-right isolate.
    let printed = format!("\u{2066}{}\u{2069}", step.printed);
    words.say(name, &[("from", Arg::Text(&from)), ("to", Arg::Text(&to)), ("printed", Arg::Text(&printed)), ("day", Arg::Text(&day))])
}

/// What is wrong and what to do, in the reader's language.
fn sentence(problem: &ConvertProblem, words: &Words) -> String {
    match problem {
        ConvertProblem::Amount(bad) => match bad {
            BadAmount::Empty => words.t("amount-empty").to_owned(),
            BadAmount::Unreadable { typed } => words.with("amount-unreadable", "typed", typed),
            BadAmount::Negative { typed } => words.with("amount-negative", "typed", typed),
            BadAmount::TooLong { typed } => words.with("amount-too-long", "typed", typed),
        },
        ConvertProblem::Parameter { name, value, .. } => {
            words.say("bad-parameter", &[("parameter", Arg::Text(name)), ("value", Arg::Text(value))])
        }
        ConvertProblem::NoRate(no_rate) => no_rate_sentence(no_rate, words),
    }
}

/// Why there is no rate, in the reader's language.
fn no_rate_sentence(no_rate: &NoRate, words: &Words) -> String {
    let say = |name: &str, args: &[(&'static str, &str)]| {
        let args: Vec<_> = args.iter().map(|(name, text)| (*name, Arg::Text(text))).collect();
        words.say(name, &args)
    };
    match no_rate {
        NoRate::Unknown { code } => say("no-rate-unknown", &[("code", code.as_str())]),
        NoRate::NotYetBorn { code, born_on, .. } => say("no-rate-not-yet", &[("code", code.as_str()), ("day", &words.date(*born_on))]),
        NoRate::Gone { currency, on } => {
            let code = currency.code.as_str();
            match (&currency.successor, currency.gone_from) {
                (Some(successor), Some(gone)) => say(
                    "no-rate-gone",
                    &[
                        ("code", code),
                        ("day", &words.date(gone)),
                        ("next", successor.code.as_str()),
                        ("number", &words.printed(successor.old_for_one)),
                    ],
                ),
                (_, gone) => say("no-rate-ended", &[("code", code), ("day", &words.date(gone.unwrap_or(*on)))]),
            }
        }
        NoRate::Future { on, today } => say("no-rate-future", &[("day", &words.date(*on)), ("today", &words.date(*today))]),
        NoRate::BeforeHistory { on } => {
            say("no-rate-before", &[("day", &words.date(*on)), ("first", &words.date(courant_rates::convert::HISTORY_BEGINS))])
        }
        NoRate::NotQuoted { by, code, on, quoted } => {
            let (bank, on) = (by.facts().bank, words.date(*on));
            match quoted {
                Some((first, last)) => say(
                    "no-rate-not-quoted-then",
                    &[("code", code.as_str()), ("bank", bank), ("day", &on), ("first", &words.date(*first)), ("last", &words.date(*last))],
                ),
                None => say("no-rate-not-quoted", &[("code", code.as_str()), ("bank", bank)]),
            }
        }
        NoRate::TooLongAgo { by, on } => say("no-rate-near", &[("bank", by.facts().bank), ("day", &words.date(*on))]),
        NoRate::Range { first, last, .. } => say("no-rate-range", &[("first", &words.date(*first)), ("last", &words.date(*last))]),
    }
}
