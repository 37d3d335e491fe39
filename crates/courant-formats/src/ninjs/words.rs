//! The words of a document: headlines, lead, copy, bylines.

use courant_news::{Block, Byline, FieldError, Headline, Inline, Slugline, plain_text};

use super::read::Reader;
use super::tree::Object;
use crate::findings::cut;
use crate::html::{self, Context, one_line, to_line};

/// How many words of the lead or the copy stand in for a missing headline.
const HEADLINE_WORDS_MAX: usize = 12;

impl<'v> Reader<'_, 'v, '_> {
    /// A line behind one of these keys, shortened or cleaned to what its type takes.
    pub(super) fn line<T>(&self, names: &[&'static str], parse: fn(&str) -> Result<T, FieldError>, chars_max: usize) -> Option<T> {
        let text = self.top.text(names)?;
        self.fitted(names[0], text, parse, chars_max)
    }

    pub(super) fn fitted<T>(&self, field: &str, text: &str, parse: fn(&str) -> Result<T, FieldError>, chars_max: usize) -> Option<T> {
        self.top.fitted(field, text, parse, chars_max)
    }

    /// The headline and the short one. Of several, the one with role `main` or none.
    pub(super) fn headlines(&self) -> (Option<Headline>, Option<Headline>) {
        let entries = self.top.objects(&["headlines"], &["value"]);
        let mut found: Vec<(&str, String)> = entries.iter().filter_map(|(_, entry)| said(entry)).collect();
        if let Some(headline) = self.top.text(&["headline"]) {
            found.push(("", to_line(headline)));
        }
        found.extend(self.top.texts_of_family("headline_").into_iter().map(|(key, text)| (&key["headline_".len()..], to_line(text))));
        let of_role = |role: &str| found.iter().find(|(known, _)| known.eq_ignore_ascii_case(role)).map(|(_, text)| text.as_str());
        let main = of_role("main")
            .or_else(|| of_role(""))
            .or_else(|| found.iter().find(|(role, _)| *role != "short").map(|(_, text)| text.as_str()));
        let parsed = |text: &str| self.fitted("headlines", text, Headline::parse, Headline::CHARS_MAX);
        let short = of_role("short");
        (main.or_else(|| short.filter(|_| main.is_none())).or_else(|| self.top.text(&["title"])).and_then(parsed), short.and_then(parsed))
    }

    /// A headline for a document that has none.
    pub(super) fn headline_from(
        &self,
        slugline: Option<&Slugline>,
        lead: Option<&str>,
        body: &[Block],
        may_lack_words: bool,
    ) -> Option<Headline> {
        let first_words = |text: &str| {
            let mut words = text.split_whitespace();
            let mut headline = words.by_ref().take(HEADLINE_WORDS_MAX).collect::<Vec<_>>().join(" ");
            if words.next().is_some() {
                headline.push('…');
            }
            headline
        };
        let body_text = || plain_text(&body[..body.len().min(1)]);
        let planned = || {
            let plans = self.top.objects(&["plannedCoverage"], &["uri"]);
            plans.first().and_then(|(_, plan)| plan.text(&["title"])).map(str::to_owned)
        };
        let named = || {
            let lists = [
                ["events", "event"],
                ["objects", "object"],
                ["people", "person"],
                ["organisations", "organisation"],
                ["subjects", "subject"],
                ["places", "place"],
            ];
            let first_name = |names: &[&'static str; 2]| {
                let entries = self.top.objects(names, &["name", "code", "uri", "literal"]);
                entries.iter().find_map(|(_, entry)| entry.text(&["name"]))
            };
            lists.iter().find_map(first_name).or_else(|| self.top.text(&["located"])).map(str::to_owned)
        };
        let (text, from) = if let Some(slugline) = slugline {
            (slugline.as_str().to_owned(), "the slugline")
        } else if let Some(lead) = lead {
            (first_words(lead), "the first words of the lead")
        } else if !body.is_empty() {
            (first_words(&body_text()), "the first words of the copy")
        } else if let Some(plan) = planned() {
            (plan, "the planned coverage")
        } else if let Some(name) = named() {
            (name, "what it is about")
        } else {
            if !may_lack_words {
                self.top.refuse(
                    "headlines",
                    "",
                    "are missing, and there is no slugline, description or body to make one of",
                    "give a headline",
                );
            }
            return None;
        };
        if !may_lack_words {
            self.top.repair("headlines", &text, format!("are missing; taken from {from}"));
        }
        Headline::parse(&cut(&to_line(&text), Headline::CHARS_MAX)).ok()
    }

    /// The first description with one of these roles, as one line. `""` stands for no role.
    pub(super) fn description(&self, roles: &[&str]) -> Option<String> {
        let entries = self.top.objects(&["descriptions"], &["value"]);
        let mut found: Vec<(&str, String)> = entries.iter().filter_map(|(_, entry)| said(entry)).collect();
        found.extend(self.top.texts_of_family("description_").into_iter().map(|(key, text)| (&key["description_".len()..], to_line(text))));
        let named = roles.iter().find_map(|role| found.iter().position(|(known, _)| known.eq_ignore_ascii_case(role)));
        let wants_any = roles.contains(&"");
        let any = || found.iter().position(|(role, _)| wants_any && !matches!(*role, "reason" | "caption" | "alt" | "creditline"));
        let chosen = named.or_else(any)?;
        Some(found.swap_remove(chosen).1).filter(|line| !line.is_empty())
    }

    /// The copy: of several bodies the richest that can be read.
    pub(super) fn body(&self, credit: Option<&str>) -> Vec<Block> {
        let entries = self.top.objects(&["bodies"], &["value"]);
        let mut found: Vec<Body<'v>> = entries
            .iter()
            .filter_map(|(_, entry)| {
                let kind = entry.text(&["contentType", "contenttype"]).unwrap_or_default();
                Some(Body::new(entry.text(&["value"])?, kind, entry.text(&["role"]).unwrap_or_default()))
            })
            .collect();
        found.extend(self.top.texts_of_family("body_").into_iter().map(|(key, text)| Body::new(text, "", &key["body_".len()..])));
        let Some(best) = found.into_iter().min_by_key(|body| body.rank) else { return Vec::new() };
        if !best.is_markup {
            return html::plain_to_blocks(best.text);
        }
        let context = Context { base_url: self.reading.base_url, credit, page_url: None };
        let (blocks, cleaned) = html::to_blocks_in(best.text, &context);
        for cleaned in cleaned {
            self.top.repair("bodies", "", format!("held {cleaned}; removed"));
        }
        blocks
    }

    pub(super) fn bylines(&self) -> Vec<Byline> {
        let entries = self.top.objects(&["infoSources", "infosources"], &["name"]);
        let authors = entries.iter().filter(|(_, entry)| entry.text(&["role"]) == Some("author"));
        let signed: Vec<Byline> = authors
            .filter_map(|(_, entry)| {
                let role = entry.text(&["literal"]);
                entry.keep("name", Byline::new(entry.text(&["name"])?, role))
            })
            .collect();
        if !signed.is_empty() {
            return signed;
        }
        let printed = self.top.text(&["by"]).map(one_line).or_else(|| self.top.text(&["byline"]).map(to_line));
        if let Some(printed) = printed {
            return printed_bylines(&printed).into_iter().filter_map(|name| self.top.keep("by", Byline::new(name, None))).collect();
        }
        let authors = self.top.objects(&["authors"], &["name"]);
        authors.iter().filter_map(|(_, author)| author.keep("name", Byline::new(author.text(&["name"])?, author.text(&["role"])))).collect()
    }
}

/// The role and the words of a headline or a description. Plain text is taken as it stands; what does not say may hold
/// markup.
pub(super) fn said<'v>(entry: &Object<'_, 'v>) -> Option<(&'v str, String)> {
    let value = entry.text(&["value"])?;
    let is_plain = entry.text(&["contentType", "contenttype"]).is_some_and(|kind| kind.starts_with("text/plain"));
    let line = if is_plain { one_line(value) } else { to_line(value) };
    Some((entry.text(&["role"]).unwrap_or_default(), line))
}

/// One of several bodies.
struct Body<'v> {
    text: &'v str,
    is_markup: bool,
    /// The lower the better.
    rank: u8,
}

impl<'v> Body<'v> {
    fn new(text: &'v str, content_type: &str, role: &str) -> Self {
        let is_html = content_type.contains("html") || role.contains("html");
        let is_xml = content_type.contains("xml") || role.contains("nitf");
        let is_said_plain = content_type.starts_with("text/plain") || (content_type.is_empty() && role == "text");
        let is_markup = !is_said_plain && (is_html || is_xml || html::looks_like_markup(text));
        let rank = match (is_markup, is_html, role) {
            (true, true, "main") => 0,
            (true, true, _) => 1,
            (true, false, _) if !is_xml => 2,
            (false, ..) => 3,
            _ => 4,
        };
        Self { text, is_markup, rank }
    }
}

/// The names in a printed byline. `and` parts two names only if both look like names of people: two to four words.
pub(crate) fn printed_bylines(printed: &str) -> Vec<&str> {
    let printed = ["By ", "BY ", "by "].iter().find_map(|by| printed.strip_prefix(by)).unwrap_or(printed);
    let is_person = |name: &str| (2..=4).contains(&name.split_whitespace().count());
    let mut names = Vec::new();
    for part in printed.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let people: Vec<&str> = part.split(" and ").map(str::trim).collect();
        if people.iter().all(|name| is_person(name)) {
            names.extend(people);
        } else {
            names.push(part);
        }
    }
    names
}

/// Some bodies repeat the headline as their first heading.
pub(crate) fn drop_repeated_headline(body: &mut Vec<Block>, headline: &Headline) {
    let repeats =
        matches!(body.first(), Some(Block::SubHead(run)) if matches!(run.as_slice(), [Inline::Text(text)] if **text == *headline.as_str()));
    if repeats {
        body.remove(0);
    }
}
