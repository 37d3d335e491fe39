//! The configuration file: TOML, every key optional, an unknown one refused.

mod press;
mod push;
mod rates;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use courant_card::FontSource;
use courant_news::Lang;
use courant_web::site::{Agency, Policy, PolicyKind, Rights, TrustAttribute, TrustRelation};
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::cli::ConfigCommand;

pub(crate) use press::Press;
pub(crate) use push::{IndexNowTo, Pushing};
pub(crate) use rates::{Fetching, source_named};

/// The longest policy, in bytes.
const POLICY_BYTES_MAX: usize = 256 << 10;

/// The shortest key that is accepted.
const TIMING_KEY_LEN_MIN: usize = 16;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    /// The agency's name as readers know it.
    name: Option<String>,
    /// Scheme and host of the site: `https://news.example`.
    origin: Option<String>,
    /// The IANA zone all times are printed in.
    zone: Option<String>,
    /// The sections in their order, by slug.
    sections: Option<Vec<String>>,
    /// What machines may do with the service.
    #[serde(default)]
    rights: TypedRights,
    /// Where a security fault can be told.
    security_contact: Option<String>,
    /// Where an outlet that is followed asks to be removed.
    press_contact: Option<String>,
    /// Relations for `trust.txt`, by attribute.
    #[serde(default)]
    trust: BTreeMap<String, Vec<String>>,
    /// What the agency says of its own work.
    #[serde(default)]
    policies: TypedPolicies,
    /// Accounts in the fediverse, by the slug of a byline.
    #[serde(default)]
    fediverse: BTreeMap<String, String>,
    /// Files and folders of fonts that cards of stories are drawn with; those of the machine when there are none.
    #[serde(default)]
    fonts: Vec<PathBuf>,
    /// What the operator sends to be told how long answers take.
    timing_key: Option<String>,
    /// Whether feeds are sent to those who subscribe.
    websub: Option<push::TypedWebSub>,
    /// Whether search engines are told of changes.
    indexnow: Option<push::TypedIndexNow>,
    /// Whose exchange rates are fetched.
    rates: Option<rates::Typed>,
    /// How other media are fetched.
    press: Option<press::Typed>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TypedRights {
    search: Option<bool>,
    train_ai: Option<bool>,
    licence: Option<String>,
}

/// HTML files by kind of policy, and the language they are written in.
#[derive(Debug, Default, Deserialize)]
struct TypedPolicies {
    lang: Option<String>,
    #[serde(flatten)]
    files: BTreeMap<String, String>,
}

/// What the file means. `origin` is the site's own address when the file names none.
pub(crate) fn agency(file: Option<&Path>, origin: &str) -> anyhow::Result<Agency> {
    let Some(file) = file else {
        return meant(Typed::default(), origin, &|name| anyhow::bail!("there is no file {name}"));
    };
    let folder = file.parent().unwrap_or(Path::new(""));
    let beside = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read the configuration {}", file.display()))?;
    agency_of(&text, origin, &beside).with_context(|| format!("the configuration {} cannot be understood", file.display()))
}

/// What the text of a configuration means; files it names are read by `read`.
pub(crate) fn agency_of(text: &str, origin: &str, read: &dyn Fn(&str) -> anyhow::Result<String>) -> anyhow::Result<Agency> {
    meant(toml::from_str(text)?, origin, read)
}

fn meant(typed: Typed, origin: &str, read: &dyn Fn(&str) -> anyhow::Result<String>) -> anyhow::Result<Agency> {
    let origin = match typed.origin {
        Some(given) => checked_origin(&given)?,
        None => origin.to_owned(),
    };
    let zone = match typed.zone {
        Some(name) => TimeZone::get(&name)
            .with_context(|| format!("zone “{name}” is not in the IANA time zone database; use a name such as Europe/Berlin"))?,
        None => TimeZone::UTC,
    };
    let mut sections = Vec::new();
    for given in typed.sections.unwrap_or_default() {
        let section = courant_news::SectionSlug::parse(&given)?;
        anyhow::ensure!(section.as_str() == given, "section “{given}” is not a slug; write it as “{section}”");
        sections.push(section.as_str().into());
    }
    Ok(Agency {
        name: typed.name.unwrap_or_else(|| "Courant".to_owned()).into(),
        origin: origin.into(),
        zone,
        sections,
        rights: rights(typed.rights)?,
        security_contact: typed.security_contact.map(|given| checked_contact("security_contact", &given)).transpose()?,
        press_contact: typed.press_contact.map(|given| checked_contact("press_contact", &given)).transpose()?,
        trust: trust(&typed.trust)?,
        policies: policies(&typed.policies, read)?,
        fediverse: fediverse(typed.fediverse)?,
        indexnow_key: typed.indexnow.as_ref().map(|typed| typed.key().into()),
    })
}

/// Accounts as Mastodon reads them in `fediverse:creator`.
fn fediverse(typed: BTreeMap<String, String>) -> anyhow::Result<BTreeMap<Box<str>, Box<str>>> {
    for (byline, account) in &typed {
        let is_account = account.strip_prefix('@').and_then(|account| account.split_once('@')).is_some_and(|(name, host)| {
            let is_plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
            is_plain(name) && is_plain(host) && host.contains('.')
        });
        anyhow::ensure!(is_account, "fediverse.{byline} “{account}” is no account; write it like @ann-lee@social.example");
    }
    Ok(typed.into_iter().map(|(byline, account)| (byline.into(), account.into())).collect())
}

/// What the operator sends to be told how long answers take; nobody is told without.
pub(crate) fn timing_key(file: Option<&Path>) -> anyhow::Result<Option<Box<str>>> {
    let Some(key) = file.map(read).transpose()?.and_then(|typed| typed.timing_key) else {
        return Ok(None);
    };
    let is_key = TIMING_KEY_LEN_MIN <= key.len() && key.bytes().all(|byte| byte.is_ascii_graphic());
    anyhow::ensure!(
        is_key,
        "timing_key has to be at least {TIMING_KEY_LEN_MIN} letters, digits or signs of ASCII, or anybody would guess it"
    );
    Ok(Some(key.into()))
}

/// Who is told of changes; nobody when the file names no address of the site.
pub(crate) fn pushing(file: Option<&Path>) -> anyhow::Result<Pushing> {
    let Some(file) = file else {
        return Ok(Pushing::none());
    };
    let typed = read(file)?;
    let origin = typed.origin.as_deref().map(checked_origin).transpose()?;
    Pushing::of(origin.as_deref(), typed.websub, typed.indexnow)
        .with_context(|| format!("the configuration {} cannot be understood", file.display()))
}

/// The fonts of cards. A path is looked for beside the configuration.
pub(crate) fn fonts(file: Option<&Path>) -> anyhow::Result<FontSource> {
    let Some(file) = file else {
        return Ok(FontSource::Machine);
    };
    let folder = file.parent().unwrap_or(Path::new(""));
    let paths: Vec<PathBuf> = read(file)?.fonts.iter().map(|path| folder.join(path)).collect();
    for path in &paths {
        anyhow::ensure!(path.exists(), "fonts names {}, which is not there; name a font file or a folder of them", path.display());
    }
    Ok(if paths.is_empty() { FontSource::Machine } else { FontSource::Paths(paths) })
}

/// Whose exchange rates are fetched, and how; nobody's when the file does not say.
pub(crate) fn fetching(file: Option<&Path>) -> anyhow::Result<Fetching> {
    let typed = match file {
        Some(file) => read(file)?.rates.unwrap_or_default(),
        None => rates::Typed::default(),
    };
    Fetching::of(typed)
}

/// How other media are fetched.
pub(crate) fn press(file: Option<&Path>) -> anyhow::Result<Press> {
    let typed = file.map(read).transpose()?.unwrap_or_default();
    let origin = typed.origin.as_deref().map(checked_origin).transpose()?;
    Press::of(typed.press.unwrap_or_default(), typed.name.as_deref(), origin.as_deref())
}

fn read(file: &Path) -> anyhow::Result<Typed> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read the configuration {}", file.display()))?;
    toml::from_str(&text).with_context(|| format!("the configuration {} cannot be understood", file.display()))
}

fn rights(typed: TypedRights) -> anyhow::Result<Rights> {
    let usual = Rights::default();
    if let Some(licence) = &typed.licence {
        anyhow::ensure!(
            is_web_address(licence),
            "rights.licence “{licence}” is no address of a page; write it like https://news.example/licence"
        );
    }
    Ok(Rights {
        search: typed.search.unwrap_or(usual.search),
        train_ai: typed.train_ai.unwrap_or(usual.train_ai),
        licence: typed.licence.map(Into::into),
    })
}

fn checked_contact(name: &str, given: &str) -> anyhow::Result<Box<str>> {
    let is_address = is_web_address(given)
        || given.strip_prefix("mailto:").is_some_and(|mail| mail.contains('@') && !mail.contains(char::is_whitespace));
    anyhow::ensure!(is_address, "{name} “{given}” is no address; write it like mailto:desk@news.example or https://news.example/contact");
    Ok(given.into())
}

fn is_web_address(given: &str) -> bool {
    given
        .strip_prefix("https://")
        .is_some_and(|rest| !rest.is_empty() && !rest.contains(|letter: char| letter.is_whitespace() || letter.is_control()))
}

fn trust(typed: &BTreeMap<String, Vec<String>>) -> anyhow::Result<Vec<TrustRelation>> {
    let mut relations = Vec::new();
    for (name, values) in typed {
        let known = TrustAttribute::ALL.into_iter().find(|attribute| attribute.as_str() == name);
        let attribute = known.with_context(|| {
            let names: Vec<_> = TrustAttribute::ALL.iter().map(|attribute| attribute.as_str()).collect();
            format!("trust.{name} is no relation of trust.txt; use one of {}", names.join(", "))
        })?;
        for value in values {
            anyhow::ensure!(
                !value.is_empty() && !value.contains(char::is_control),
                "trust.{name} “{value}” is no address; write each on one line"
            );
            relations.push(TrustRelation { attribute, value: value.as_str().into() });
        }
    }
    Ok(relations)
}

fn policies(typed: &TypedPolicies, read: &dyn Fn(&str) -> anyhow::Result<String>) -> anyhow::Result<Vec<Policy>> {
    let lang = match &typed.lang {
        Some(lang) => Lang::parse(lang)?,
        None => Lang::english(),
    };
    let mut policies = Vec::new();
    for (name, file) in &typed.files {
        let kind = PolicyKind::of_slug(name).with_context(|| {
            let names: Vec<_> = PolicyKind::ALL.iter().map(|kind| kind.slug()).collect();
            format!("policies.{name} is no kind of policy; use one of {}", names.join(", "))
        })?;
        let text = read(file)?;
        anyhow::ensure!(text.len() <= POLICY_BYTES_MAX, "the policy {file} has {} bytes; at most {POLICY_BYTES_MAX} are read", text.len());
        let (text, _) = courant_formats::html::to_blocks(&text);
        anyhow::ensure!(!text.is_empty(), "the policy {file} holds no words; write it as paragraphs of HTML, or take it out");
        policies.push(Policy { kind, lang: lang.clone(), text });
    }
    policies.sort_by_key(|policy| policy.kind);
    Ok(policies)
}

fn checked_origin(given: &str) -> anyhow::Result<String> {
    let origin = given.trim_end_matches('/');
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    let is_bare = host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', ' ']));
    anyhow::ensure!(is_bare, "origin “{given}” is not a scheme and a host; write it like https://news.example");
    Ok(origin.to_owned())
}

/// `courant config check`.
pub(crate) fn run(command: &ConfigCommand) -> anyhow::Result<ExitCode> {
    let ConfigCommand::Check { file } = command;
    let agency = agency(Some(file), "(the address it listens on)")?;
    let sections: Vec<&str> = agency.sections.iter().map(AsRef::as_ref).collect();
    println!("name      {}", agency.name);
    println!("origin    {}", agency.origin);
    println!("zone      {}", agency.zone.iana_name().unwrap_or("UTC"));
    println!("rights    {}", agency.rights.content_usage());
    let policies: Vec<&str> = agency.policies.iter().map(|policy| policy.kind.slug()).collect();
    println!("policies  {}", if policies.is_empty() { "none".to_owned() } else { policies.join(", ") });
    fonts(Some(file))?;
    timing_key(Some(file))?;
    let pushing = pushing(Some(file))?;
    println!("websub    {}", if pushing.websub { "feeds are sent to those who subscribe" } else { "off" });
    println!("indexnow  {}", pushing.indexnow.as_ref().map_or("off", |to| &*to.endpoint));
    let fetching = fetching(Some(file))?;
    let sources: Vec<&str> = fetching.sources.iter().map(|source| source.facts().slug).collect();
    println!("rates     {}", if sources.is_empty() { "not fetched".to_owned() } else { sources.join(", ") });
    let press = press(Some(file))?;
    let (shortest, longest) = (press.bounds.shortest.as_secs(), press.bounds.longest.as_secs());
    let fetched = format!("fetched as “{}”, each source every {shortest} to {longest} s", press.user_agent);
    println!("press     {}", if press.is_on { fetched } else { "not fetched".to_owned() });
    println!("sections  {}", if sections.is_empty() { "those with most stories".to_owned() } else { sections.join(", ") });
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agency_in_file(text: &str) -> anyhow::Result<Agency> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("courant.toml");
        std::fs::write(&file, text).unwrap();
        agency(Some(&file), "http://127.0.0.1:8080")
    }

    #[test]
    fn every_key_may_be_left_out() {
        let agency = agency_in_file("").unwrap();
        assert_eq!((agency.name.as_ref(), agency.origin.as_ref()), ("Courant", "http://127.0.0.1:8080"));
    }

    #[test]
    fn a_policy_is_read_from_the_file_it_names() {
        let text = "[policies]\nlang = \"ru\"\nethics = \"ethics.html\"\n[trust]\nbelongto = [\"https://union.example/\"]";
        let agency = agency_of(text, "http://127.0.0.1", &|name| Ok(format!("<p>{name}</p><script>no</script>"))).unwrap();
        let policy = &agency.policies[0];
        assert_eq!((policy.kind, policy.lang.as_str()), (PolicyKind::Ethics, "ru"));
        assert_eq!(courant_news::plain_text(&policy.text), "ethics.html");
        assert_eq!(agency.trust[0].attribute, TrustAttribute::BelongTo);
        assert!(!agency.rights.train_ai, "not without asking");
    }

    #[test]
    fn others_are_told_only_by_a_site_with_an_address() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("courant.toml");
        let pushing = |text: &str| {
            std::fs::write(&file, text).unwrap();
            pushing(Some(&file))
        };
        assert!(!pushing("").unwrap().websub);
        let with_origin = pushing("origin = \"https://news.example/\"").unwrap();
        assert_eq!((with_origin.websub, with_origin.private_addresses, &*with_origin.origin), (true, false, "https://news.example"));
        assert!(!pushing("origin = \"https://news.example\"\n[websub]\non = false").unwrap().websub);
        assert!(format!("{:#}", pushing("[websub]\non = true").unwrap_err()).contains("origin"));
        let indexnow = "origin = \"https://news.example\"\n[indexnow]\nkey = \"0123456789abcdef\"";
        assert_eq!(&*pushing(indexnow).unwrap().indexnow.unwrap().endpoint, "https://api.indexnow.org/indexnow");
        assert!(format!("{:#}", pushing(&indexnow.replace("0123456789abcdef", "short")).unwrap_err()).contains("indexnow.key"));
    }

    #[test]
    fn fonts_are_beside_the_file_and_must_be_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("courant.toml");
        std::fs::write(&file, "fonts = [\"letters\"]").unwrap();
        assert!(format!("{:#}", fonts(Some(&file)).unwrap_err()).contains("letters"));
        std::fs::create_dir(folder.path().join("letters")).unwrap();
        assert_eq!(fonts(Some(&file)).unwrap(), FontSource::Paths(vec![folder.path().join("letters")]));
        assert_eq!(fonts(None).unwrap(), FontSource::Machine);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, named) in [
            ("colour = \"red\"", "colour"),
            ("zone = \"Sea/Atlantis\"", "Sea/Atlantis"),
            ("origin = \"news.example\"", "news.example"),
            ("sections = [\"World News\"]", "world-news"),
            ("name = ", "courant.toml"),
            ("[rights]\nlicence = \"soon\"", "rights.licence"),
            ("security_contact = \"security\"", "mailto:"),
            ("press_contact = \"press\"", "press_contact"),
            ("[trust]\nfriend = [\"https://a.example\"]", "belongto"),
            ("[policies]\nweather = \"a.html\"", "ethics"),
            ("[policies]\nethics = \"absent.html\"", "absent.html"),
            ("[fediverse]\nann-lee = \"ann@social.example\"", "@ann-lee@social.example"),
        ] {
            let refused = format!("{:#}", agency_in_file(text).unwrap_err());
            assert!(refused.contains(named), "{refused}");
        }
    }
}
