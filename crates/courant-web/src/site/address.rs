//! What an address asks for.

use courant_news::filter::{Facet, Term};
use courant_news::{CurrencyCode, DossierSlug, StoryId, Version, address, slugify};
use jiff::civil::Date;
use percent_encoding::percent_decode_str;

use super::discovery::Discovery;
use super::policies::PolicyKind;
use super::rates::RateForm;
use crate::pages::MapView;

/// Everything a path on the site can ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// `/`
    Front,
    /// `/all`, `/economy`, `/topics/…`, with `.rss` or `.json` for the feed.
    List { list: ListAddress, form: ListForm },
    /// `/topics`: the tree of subjects.
    Topics,
    /// `/dossiers`: all of them.
    Dossiers,
    /// `/dossiers/eclipses/versions`: how it was described.
    DossierVersions(DossierSlug),
    /// `/2026/11/23`.
    Day { date: Date, form: ListForm },
    /// `/2026/11`: the calendar of a month, by its first day.
    Month(Date),
    /// `/2026`: the months of a year, by its first day.
    Year(Date),
    /// It looks like a day or a month, but the calendar has no such day.
    NoSuchDay,
    /// `/all/events`.
    Events(ListAddress),
    /// `/search`.
    Search(ListForm),
    /// `/filter`: the form that makes a filter.
    Filter,
    /// `/today`: the edition of the day.
    Today(ListForm),
    /// `/suggest`: what a search may mean.
    Suggest,
    /// `/economy/4n7k0wq2rv5c/fed-holds-rates`; the words are checked by the handler, against the whole path.
    Story { id: StoryId, form: StoryAddressForm },
    /// `/economy/4n7k0wq2rv5c/fed-holds-rates/versions` and its like.
    StoryPast { id: StoryId, past: StoryPast },
    /// `/economy/4n7k0wq2rv5c/fed-holds-rates/press`, with `.json`, `.rss` or `.atom`: what other media report of it.
    StoryPress { id: StoryId, form: ListForm },
    /// `/dossiers/rates/press`, in the same forms.
    DossierPress { dossier: DossierSlug, form: ListForm },
    /// `/press`: the outlets that are followed.
    PressSources(ListForm),
    /// `/partners`.
    Partners(ListForm),
    /// `/corrections`.
    Register(ListForm),
    /// `/4n7k0wq2rv5c`.
    ShortStory(StoryId),
    /// `/media/NAME`.
    Media(String),
    /// `/cards/4n7k0wq2rv5c/0123456789abcdef.png`, of a story; `/cards/0123456789abcdef.png`, the agency's.
    Card { story: Option<StoryId>, name: String },
    /// `/oembed?url=…`.
    Oembed,
    /// `/maps/30.05,31.25.svg`; several points with `_` between them.
    Map(MapView),
    /// `/assets/NAME`.
    Asset(String),
    /// `/icon.svg`.
    Icon,
    /// `/robots.txt` and other fixed addresses.
    Discovery(Discovery),
    /// `/about`.
    About,
    /// `/about/corrections`.
    Policy(PolicyKind),
    /// `/convert`, with `.json`, `.csv` or `.txt`.
    Convert(RateForm),
    /// `/rates`, in the same forms.
    Rates(RateForm),
    /// `/rates.rss`, `/rates.atom`.
    RatesFeed(ListForm),
    /// `/rates/USD`.
    Rate { code: CurrencyCode, form: RateForm },
    /// `/v1/latest` and the like: what stands after `/v1/`.
    RatesV1(String),
    /// `/api/v1/openapi.json`.
    OpenApi,
}

/// What is asked of a story's past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoryPast {
    /// `/versions`: its entries.
    Versions,
    /// `/versions/2`.
    Version(Version),
    /// `/versions/1..2`: what changed.
    Diff(Version, Version),
    /// `/timemap`: RFC 7089.
    TimeMap,
    /// `/timegate`: RFC 7089.
    TimeGate,
    /// `/cite`: how to cite it.
    Cite,
    /// `/cite.bib`: the same as BibTeX.
    CiteBib,
}

impl StoryPast {
    fn read(words: &[&str]) -> Option<Self> {
        match *words {
            ["versions"] => Some(Self::Versions),
            ["timemap"] => Some(Self::TimeMap),
            ["timegate"] => Some(Self::TimeGate),
            ["cite"] => Some(Self::Cite),
            ["cite.bib"] => Some(Self::CiteBib),
            ["versions", asked] => match asked.split_once("..") {
                Some((from, to)) => Some(Self::Diff(version(from)?, version(to)?)),
                None => Some(Self::Version(version(asked)?)),
            },
            _ => None,
        }
    }

    /// The end of the address, without a slash before it.
    pub(super) fn ending(self) -> String {
        match self {
            Self::Versions => "versions".to_owned(),
            Self::Version(version) => format!("versions/{version}"),
            Self::Diff(from, to) => format!("versions/{from}..{to}"),
            Self::TimeMap => "timemap".to_owned(),
            Self::TimeGate => "timegate".to_owned(),
            Self::Cite => "cite".to_owned(),
            Self::CiteBib => "cite.bib".to_owned(),
        }
    }
}

/// Only `3` is a version, not `03` or `+3`.
fn version(typed: &str) -> Option<Version> {
    let number: u32 = typed.parse().ok()?;
    if number.to_string() == typed { Version::new(number) } else { None }
}

/// Which list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ListAddress {
    /// All news.
    All,
    /// What is filed under one term.
    Of(Term),
}

/// The form a list is asked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListForm {
    Html,
    Rss,
    Atom,
    JsonFeed,
    /// A newsMessage of NewsML-G2.
    NewsMessage,
    /// A packageItem of NewsML-G2.
    Package,
}

/// The form a story is asked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoryAddressForm {
    Html,
    Ninjs,
    /// ninjs 2.2.
    Ninjs2,
    NewsMlG2,
    Nitf,
    Text,
    Markdown,
}

impl StoryAddressForm {
    /// The ending of the address.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Html => "",
            Self::Ninjs => ".json",
            Self::Ninjs2 => ".ninjs2.json",
            Self::NewsMlG2 => ".xml",
            Self::Nitf => ".nitf",
            Self::Text => ".txt",
            Self::Markdown => ".md",
        }
    }
}

impl ListForm {
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Html => "",
            Self::Rss => ".rss",
            Self::Atom => ".atom",
            Self::JsonFeed => ".json",
            Self::NewsMessage => ".xml",
            Self::Package => ".package.xml",
        }
    }
}

/// First segments that are never a section.
const NOT_SECTIONS: [&str; 23] = [
    "filter",
    "today",
    "suggest",
    "cards",
    "websub",
    "oembed",
    "maps",
    "all",
    "corrections",
    "search",
    "topics",
    "dossiers",
    "places",
    "by",
    "media",
    "assets",
    "api",
    "v1",
    "desk",
    "rates",
    "convert",
    "press",
    "partners",
];

impl Address {
    /// Reads a path. `None` when nothing has such an address.
    pub(super) fn read(path: &str) -> Option<Self> {
        let path = path.strip_prefix('/')?;
        let segments: Vec<String> = path.split('/').map(decoded).collect::<Option<_>>()?;
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        if let Some(asked) = Discovery::read(&segments) {
            return Some(Self::Discovery(asked));
        }
        match *segments.as_slice() {
            [""] => Some(Self::Front),
            ["icon.svg"] => Some(Self::Icon),
            ["oembed"] => Some(Self::Oembed),
            [year] if is_number(year) && year.len() == 4 => Some(read_date(year, "01", "01").map_or(Self::NoSuchDay, Self::Year)),
            [year, month] if [year, month].iter().all(|part| is_number(part)) => {
                Some(read_date(year, month, "01").map_or(Self::NoSuchDay, Self::Month))
            }
            ["rates.rss"] => Some(Self::RatesFeed(ListForm::Rss)),
            ["rates.atom"] => Some(Self::RatesFeed(ListForm::Atom)),
            ["v1", what] => Some(Self::RatesV1(what.to_owned())),
            ["api", "v1", "openapi.json"] => Some(Self::OpenApi),
            ["rates", code] => {
                let (code, form) = RateForm::of(code);
                // Only the one way to write a code is its address.
                let read = CurrencyCode::parse(code).ok().filter(|read| read.as_str() == code)?;
                Some(Self::Rate { code: read, form })
            }
            [only] if matches!(RateForm::of(only).0, "convert" | "rates") => {
                let (name, form) = RateForm::of(only);
                Some(if name == "convert" { Self::Convert(form) } else { Self::Rates(form) })
            }
            [only] => {
                if let Some(id) = StoryId::parse(only) {
                    return Some(Self::ShortStory(id));
                }
                let (name, form) = list_form(only);
                match name {
                    "all" => Some(Self::List { list: ListAddress::All, form }),
                    "search" => Some(Self::Search(form)),
                    "filter" if form == ListForm::Html => Some(Self::Filter),
                    "today" => Some(Self::Today(form)),
                    "suggest" if form == ListForm::Html => Some(Self::Suggest),
                    "corrections" => Some(Self::Register(form)),
                    "press" => Some(Self::PressSources(form)),
                    "partners" => Some(Self::Partners(form)),
                    "about" if form == ListForm::Html => Some(Self::About),
                    "topics" if form == ListForm::Html => Some(Self::Topics),
                    "dossiers" if form == ListForm::Html => Some(Self::Dossiers),
                    _ => Some(Self::List { list: ListAddress::section(name)?, form }),
                }
            }
            ["cards", name] => Some(Self::Card { story: None, name: name.to_owned() }),
            ["cards", id, name] => Some(Self::Card { story: Some(StoryId::parse(id)?), name: name.to_owned() }),
            ["media", name] => Some(Self::Media(name.to_owned())),
            ["maps", name] => Some(Self::Map(MapView::parse(name.strip_suffix(".svg")?)?)),
            ["about", name] => PolicyKind::of_slug(name).map(Self::Policy),
            ["assets", name] => Some(Self::Asset(name.to_owned())),
            ["all", "events"] => Some(Self::Events(ListAddress::All)),
            [folder @ ("topics" | "dossiers" | "places" | "by"), name, "events"] => {
                Some(Self::Events(ListAddress::of(folder_facet(folder)?, name)?))
            }
            ["dossiers", name, "versions"] => {
                // Only the one way to write a slug is its address.
                Some(Self::DossierVersions(DossierSlug::parse(name).ok().filter(|slug| slug.as_str() == name)?))
            }
            [section, "events"] => Some(Self::Events(ListAddress::section(section)?)),
            [folder, name] => {
                let (name, form) = list_form(name);
                Some(Self::List { list: ListAddress::of(folder_facet(folder)?, name)?, form })
            }
            [year, month, day] if [year, month].iter().all(|part| is_number(part)) => {
                let (day, form) = list_form(day);
                match is_number(day) {
                    true => Some(read_date(year, month, day).map_or(Self::NoSuchDay, |date| Self::Day { date, form })),
                    false => None,
                }
            }
            ["dossiers", dossier, last] if list_form(last).0 == "press" => {
                let known = DossierSlug::parse(dossier).ok().filter(|known| known.as_str() == dossier)?;
                Some(Self::DossierPress { dossier: known, form: list_form(last).1 })
            }
            [section, id, slug] => {
                ListAddress::section(section)?;
                let id = StoryId::parse(id)?;
                Some(Self::Story { id, form: story_form(slug) })
            }
            [section, id, _, last] if list_form(last).0 == "press" => {
                ListAddress::section(section)?;
                Some(Self::StoryPress { id: StoryId::parse(id)?, form: list_form(last).1 })
            }
            [section, id, _, ref past @ ..] => {
                ListAddress::section(section)?;
                Some(Self::StoryPast { id: StoryId::parse(id)?, past: StoryPast::read(past)? })
            }
            _ => None,
        }
    }
}

impl ListAddress {
    fn section(name: &str) -> Option<Self> {
        if NOT_SECTIONS.contains(&name) { None } else { Self::of(Facet::Section, name) }
    }

    /// Only the one way to write a term is its address.
    fn of(facet: Facet, name: &str) -> Option<Self> {
        (slugify(name).as_deref() == Some(name)).then(|| Self::Of(Term::new(facet, name)))
    }

    /// Its path from the root, without an ending.
    pub(super) fn path(&self) -> String {
        match self {
            Self::All => "/all".to_owned(),
            Self::Of(term) => term_path(term.facet, &term.value),
        }
    }

    pub(super) fn term(&self) -> Option<&Term> {
        match self {
            Self::All => None,
            Self::Of(term) => Some(term),
        }
    }
}

/// The address of the list of a term: its own page where the contract gives one, else all news with the filter.
pub(super) fn term_path(facet: Facet, value: &str) -> String {
    let value = address::segment(value);
    match facet {
        Facet::Section => format!("/{value}"),
        Facet::Topic => format!("/topics/{value}"),
        Facet::Dossier => format!("/dossiers/{value}"),
        Facet::Place => format!("/places/{value}"),
        Facet::By => format!("/by/{value}"),
        Facet::Lang | Facet::Type | Facet::Source => format!("/all?{}={value}", facet.as_str()),
    }
}

fn folder_facet(folder: &str) -> Option<Facet> {
    match folder {
        "topics" => Some(Facet::Topic),
        "dossiers" => Some(Facet::Dossier),
        "places" => Some(Facet::Place),
        "by" => Some(Facet::By),
        _ => None,
    }
}

fn list_form(name: &str) -> (&str, ListForm) {
    // The longer ending first: a package ends as a message does.
    for form in [ListForm::Rss, ListForm::Atom, ListForm::JsonFeed, ListForm::Package, ListForm::NewsMessage] {
        if let Some(name) = name.strip_suffix(form.ending()) {
            return (name, form);
        }
    }
    (name, ListForm::Html)
}

fn story_form(slug: &str) -> StoryAddressForm {
    // The longer ending first: ninjs 2.2 ends as 3.1 does.
    let forms = [
        StoryAddressForm::Ninjs2,
        StoryAddressForm::Ninjs,
        StoryAddressForm::NewsMlG2,
        StoryAddressForm::Nitf,
        StoryAddressForm::Text,
        StoryAddressForm::Markdown,
    ];
    forms.into_iter().find(|form| slug.ends_with(form.ending())).unwrap_or(StoryAddressForm::Html)
}

fn decoded(segment: &str) -> Option<String> {
    Some(percent_decode_str(segment).decode_utf8().ok()?.into_owned())
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// Only `2026/11/03` is an address, not `2026/11/3`.
fn read_date(year: &str, month: &str, day: &str) -> Option<Date> {
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_of_the_contract_is_read() {
        let list = |facet, name, form| Some(Address::List { list: ListAddress::of(facet, name).unwrap(), form });
        assert_eq!(Address::read("/"), Some(Address::Front));
        assert_eq!(Address::read("/all"), Some(Address::List { list: ListAddress::All, form: ListForm::Html }));
        assert_eq!(Address::read("/all.rss"), Some(Address::List { list: ListAddress::All, form: ListForm::Rss }));
        assert_eq!(Address::read("/all.xml"), Some(Address::List { list: ListAddress::All, form: ListForm::NewsMessage }));
        assert_eq!(Address::read("/all.package.xml"), Some(Address::List { list: ListAddress::All, form: ListForm::Package }));
        assert_eq!(Address::read("/dossiers/tides.package.xml"), list(Facet::Dossier, "tides", ListForm::Package));
        assert_eq!(Address::read("/all/events"), Some(Address::Events(ListAddress::All)));
        assert_eq!(Address::read("/topics"), Some(Address::Topics));
        assert_eq!(Address::read("/dossiers"), Some(Address::Dossiers));
        assert_eq!(Address::read("/dossiers/war/versions"), Some(Address::DossierVersions(DossierSlug::parse("war").unwrap())));
        assert_eq!(Address::read("/dossiers/War/versions"), None);
        assert_eq!(Address::read("/filter"), Some(Address::Filter));
        assert_eq!(Address::read("/today"), Some(Address::Today(ListForm::Html)));
        assert_eq!(Address::read("/today.atom"), Some(Address::Today(ListForm::Atom)));
        assert_eq!(Address::read("/suggest"), Some(Address::Suggest));
        assert_eq!(["/filter.rss", "/suggest.json", "/today/events"].map(Address::read), [None, None, None]);
        assert_eq!(Address::read("/economy"), list(Facet::Section, "economy", ListForm::Html));
        assert_eq!(Address::read("/topics/economy.json"), list(Facet::Topic, "economy", ListForm::JsonFeed));
        assert_eq!(Address::read("/places/%D1%82%D0%BE%D0%BA%D0%B8%D0%BE"), list(Facet::Place, "токио", ListForm::Html));
        assert_eq!(Address::read("/2026/11/23"), Some(Address::Day { date: jiff::civil::date(2026, 11, 23), form: ListForm::Html }));
        assert_eq!(Address::read("/2026/02/30"), Some(Address::NoSuchDay));
        assert_eq!(Address::read("/2026/11"), Some(Address::Month(jiff::civil::date(2026, 11, 1))));
        assert_eq!(Address::read("/2026"), Some(Address::Year(jiff::civil::date(2026, 1, 1))));
        assert_eq!(Address::read("/2026/13"), Some(Address::NoSuchDay));
        assert_eq!(Address::read("/2026/1"), Some(Address::NoSuchDay), "only 2026/01 is a month");
        let id = StoryId::parse("4n7k0wq2rv5c").unwrap();
        assert_eq!(Address::read("/economy/4n7k0wq2rv5c/fed.json"), Some(Address::Story { id, form: StoryAddressForm::Ninjs }));
        assert_eq!(Address::read("/economy/4n7k0wq2rv5c/fed.ninjs2.json"), Some(Address::Story { id, form: StoryAddressForm::Ninjs2 }));
        assert_eq!(Address::read("/economy/4n7k0wq2rv5c/fed.xml"), Some(Address::Story { id, form: StoryAddressForm::NewsMlG2 }));
        assert_eq!(Address::read("/4n7k0wq2rv5c"), Some(Address::ShortStory(id)));
        assert_eq!(Address::read("/convert"), Some(Address::Convert(RateForm::Html)));
        assert_eq!(Address::read("/convert.csv"), Some(Address::Convert(RateForm::Csv)));
        assert_eq!(Address::read("/rates.json"), Some(Address::Rates(RateForm::Json)));
        assert_eq!(Address::read("/rates.atom"), Some(Address::RatesFeed(ListForm::Atom)));
        let usd = CurrencyCode::literal(b"USD");
        assert_eq!(Address::read("/rates/USD.txt"), Some(Address::Rate { code: usd, form: RateForm::Text }));
        assert_eq!(Address::read("/v1/2017-03-01..2017-03-20"), Some(Address::RatesV1("2017-03-01..2017-03-20".to_owned())));
        assert_eq!(Address::read("/api/v1/openapi.json"), Some(Address::OpenApi));
        assert_eq!(Address::read("/oembed"), Some(Address::Oembed));
        assert_eq!(Address::read("/cards/4n7k0wq2rv5c/0a.png"), Some(Address::Card { story: Some(id), name: "0a.png".to_owned() }));
        assert_eq!(Address::read("/cards/0a.png"), Some(Address::Card { story: None, name: "0a.png".to_owned() }));
        assert_eq!(Address::read("/ads.txt"), Some(Address::Discovery(Discovery::Ads)));
        assert_eq!(Address::read("/sitemaps/3.xml"), Some(Address::Discovery(Discovery::SitemapFile(3))));
        assert_eq!(Address::read("/.well-known/security.txt"), Some(Address::Discovery(Discovery::Security)));
        assert_eq!(Address::read("/about/corrections"), Some(Address::Policy(PolicyKind::Corrections)));
        assert_eq!(Address::read("/corrections.atom"), Some(Address::Register(ListForm::Atom)));
        for (ending, form) in [("", ListForm::Html), (".json", ListForm::JsonFeed), (".rss", ListForm::Rss), (".atom", ListForm::Atom)] {
            let read = Address::read(&format!("/economy/4n7k0wq2rv5c/fed/press{ending}"));
            assert_eq!(read, Some(Address::StoryPress { id, form }));
            let dossier = DossierSlug::parse("rates").unwrap();
            assert_eq!(Address::read(&format!("/dossiers/rates/press{ending}")), Some(Address::DossierPress { dossier, form }));
        }
        assert_eq!(Address::read("/press.json"), Some(Address::PressSources(ListForm::JsonFeed)));
        assert_eq!(Address::read("/partners"), Some(Address::Partners(ListForm::Html)));
        let version = |number| Version::new(number).unwrap();
        for (ending, past) in [
            ("versions", StoryPast::Versions),
            ("versions/3", StoryPast::Version(version(3))),
            ("versions/1..3", StoryPast::Diff(version(1), version(3))),
            ("timemap", StoryPast::TimeMap),
            ("timegate", StoryPast::TimeGate),
        ] {
            assert_eq!(Address::read(&format!("/economy/4n7k0wq2rv5c/fed/{ending}")), Some(Address::StoryPast { id, past }), "{ending}");
            assert_eq!(past.ending(), ending);
        }
    }

    #[test]
    fn what_is_no_address_is_none() {
        for path in [
            "/Economy",
            "/economy/",
            "/a/b/c/d",
            "/%ff",
            "/topics.rss",
            "/economy/short/slug",
            "/api/4n7k0wq2rv5c/x",
            "/topics/a b",
            "/rates/usd",
            "/rates/euro",
            "/convert.rss",
            "/cards",
            "/cards/4n7k0wq2rv5c/a/b",
            "/economy/4n7k0wq2rv5c/fed/versions/0",
            "/economy/4n7k0wq2rv5c/fed/versions/01",
            "/press/4n7k0wq2rv5c/fed",
            "/dossiers/Rates/press",
            "/topics/rates/press",
        ] {
            assert_eq!(Address::read(path), None, "{path}");
        }
    }
}
