//! What values of feeds must look like. Each function answers the rule that a value breaks.

use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use regex::Regex;
use url::Url;

use super::rules::{self, Rule};

/// How far a clock may be ahead of ours.
const AHEAD_MAX: SignedDuration = SignedDuration::from_mins(10);
/// No feed tells of anything earlier.
const YEAR_MIN: i16 = 1990;

/// Schemes of the IANA registry that feeds use.
const SCHEMES: [&str; 96] = [
    "ftp",
    "http",
    "gopher",
    "mailto",
    "news",
    "nntp",
    "telnet",
    "wais",
    "file",
    "prospero",
    "z39.50s",
    "z39.50r",
    "cid",
    "mid",
    "vemmi",
    "service",
    "imap",
    "nfs",
    "acap",
    "rtsp",
    "rtsps",
    "tip",
    "pop",
    "data",
    "dav",
    "opaquelocktoken",
    "sip",
    "sips",
    "tel",
    "fax",
    "modem",
    "ldap",
    "ldaps",
    "https",
    "soap.beep",
    "soap.beeps",
    "xmlrpc.beep",
    "xmlrpc.beeps",
    "urn",
    "go",
    "h323",
    "ipp",
    "ipps",
    "tftp",
    "mupdate",
    "pres",
    "im",
    "mtqp",
    "iris.beep",
    "dict",
    "snmp",
    "crid",
    "tag",
    "dns",
    "info",
    "aaa",
    "aaas",
    "cap",
    "iax",
    "icap",
    "iris",
    "iris.xpc",
    "iris.xpcs",
    "iris.lwz",
    "msrp",
    "msrps",
    "shttp",
    "thismessage",
    "tv",
    "xmpp",
    "about",
    "acct",
    "blob",
    "coap",
    "coaps",
    "doi",
    "example",
    "feed",
    "geo",
    "git",
    "irc",
    "ircs",
    "jabber",
    "magnet",
    "ni",
    "nih",
    "rtmp",
    "rsync",
    "sftp",
    "sms",
    "ssh",
    "stun",
    "svn",
    "view-source",
    "ws",
    "wss",
];

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect("the pattern is part of the program"));
    };
}

pattern!(URI, r"^([a-zA-Z][0-9a-zA-Z+\-.]*:)?/{0,2}(\[[0-9A-Fa-f:]+\])?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]*$");
pattern!(URI_FULL, r"^[a-zA-Z][0-9a-zA-Z+\-.]*:(//)?(\[[0-9A-Fa-f:.]+\])?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+$");
pattern!(URN, r"^[Uu][Rr][Nn]:[a-zA-Z0-9][a-zA-Z0-9-]{1,31}:([a-zA-Z0-9()+,.:=@;$_!*'/?#&~\-]|%[0-9A-Fa-f]{2})+$");
pattern!(UUID, r"^(?i)urn:uuid:[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$");
pattern!(
    TAG,
    r"^tag:([a-z0-9\-._]+?@)?[a-z0-9.\-]+?,\d{4}(-\d{2}(-\d{2})?)?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]*(#[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]*)?$"
);
pattern!(
    MIME,
    r#"^[^\s()<>,;:\\"/\[\]?=]+/[^\s()<>,;:\\"/\[\]?=]+(\s*;\s*[^\s()<>,;:\\"/\[\]?=]+=("(\\"|[^"])*"|[^\s()<>,;:\\"/\[\]?=]+))*$"#
);
pattern!(RFC3339, r"^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d*)?(Z|[+-]\d\d:\d\d)$");
pattern!(W3CDTF, r"^(\d{4})(-(\d\d)(-(\d\d)(T(\d\d):(\d\d)(:(\d\d)(\.\d*)?)?(Z|[+-]\d\d:\d\d))?)?)?$");
pattern!(ISO8601, r"^(\d{4})(-(\d\d)(-(\d\d)(T(\d\d):(\d\d)(:(\d\d)(\.\d*)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$");
pattern!(
    RFC2822,
    r"^((Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d\d):(\d\d)(:(\d\d))? ([+-]?\d\d[03]0|UT|GMT|[ECMP][SD]T|Z)$"
);
pattern!(
    RFC822,
    r"^((mon|tue|wed|thu|fri|sat|sun)\s*,\s*)?\d\d?\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\s+\d\d(\d\d)?\s+\d\d:\d\d(:\d\d)?\s+([+-]\d{4}|ut|gmt|[ecmp][sd]t|[a-ik-z])?$"
);
pattern!(ESCAPED, r"\\.");
pattern!(COMMENT, r"\([^()]*\)");
pattern!(EMAIL, r"(?i)^[A-Z0-9_\-+.'!#$%&*/=?^`{|}~]+@(([0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.)|(([A-Z0-9\-]+\.)+))([A-Z0-9][-A-Z0-9]*)$");
pattern!(EMAIL_IN_BRACKETS, r"(?i)<[A-Z0-9_\-+.'!#$%&*/=?^`{|}~]+@([A-Z0-9\-]+\.)+[A-Z0-9][-A-Z0-9]*>");
pattern!(HTTP_URL, r"(?i)^https?://(([0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.)|(([A-Z0-9\-]+\.)*))([A-Z0-9][-A-Z0-9]*)(:\d+)?(/|$)");
pattern!(DURATION, r"^\d+(:[0-5][0-9](:[0-5][0-9])?)?$");
pattern!(COMMA_INTEGERS, r"^\d+(,\s*\d+)*$");
pattern!(FORM_NAME, r"^[a-zA-Z_][a-zA-Z0-9:._\-]*$");
pattern!(FLOAT, r"^\d+(\.\d*)?$");
pattern!(DECIMAL, r"^[-+]?\d+\.?\d*$");
pattern!(POSITION, r"^[-+]?\d+\.?\d*[ ,]\s*[-+]?\d+\.?\d*$");
pattern!(NPT, r"^(now|\d+(\.\d+)?|\d+:\d\d:\d\d(\.\d+)?)$");
pattern!(NSS, r"^([0-9a-zA-Z()+,\-.:=@;$_!*'/?#]|%[0-9a-fA-F]{2})+$");
pattern!(LANGUAGE, r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$");
pattern!(
    ICRA,
    r"^r \(([nsvlocx]z [01]|(n[a-c]|s[a-f]|v[a-j]|l[a-c]|o[a-h]|c[a-b]|x[a-e]) 1)( ([nsvlocx]z [01]|(n[a-c]|s[a-f]|v[a-j]|l[a-c]|o[a-h]|c[a-b]|x[a-e]) 1))*\)$"
);
pattern!(TEMPLATE, r"\{((?:[-a-zA-Z0-9._~]|%[a-fA-F0-9]{2})+:?(?:[-a-zA-Z0-9._~]|%[a-fA-F0-9]{2})*)\??\}");

/// The languages with a code of two letters: ISO 639-1.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en \
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj \
    kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or \
    os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug \
    uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Countries: ISO 3166-1, with the codes that were withdrawn since feeds name them.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC \
    CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL \
    GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI \
    LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE \
    PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ \
    TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// The letters an address may have.
fn is_uri_char(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || ";/?:@&=+$.-_!~*'()%,#".contains(letter)
}

/// How strict an address is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Absolute or relative, ASCII only: RFC 3986.
    Uri,
    /// Absolute, ASCII only.
    UriFull,
    /// Absolute or relative, any letters: RFC 3987.
    Iri,
    /// Absolute, any letters.
    IriFull,
}

/// An address. `otherwise` is the rule of one that is none and has no more exact fault.
pub(super) fn address(value: &str, form: Form, otherwise: &'static Rule) -> Option<&'static Rule> {
    let scheme = value.split(':').next().unwrap_or_default().to_ascii_lowercase();
    if scheme == "tag" {
        return (!TAG.is_match(value)).then_some(rules::INVALID_TAG);
    }
    let is_iri = matches!(form, Form::Iri | Form::IriFull);
    // Letters beyond ASCII count as letters in an IRI.
    let plain: String = value.chars().map(|letter| if is_iri && !letter.is_ascii() { 'x' } else { letter }).collect();
    if scheme == "urn" {
        if value.to_ascii_lowercase().starts_with("urn:uuid:") && !UUID.is_match(value) {
            return Some(rules::INVALID_UUID);
        }
        return (!URN.is_match(&plain)).then_some(rules::INVALID_URN);
    }
    let pattern = if matches!(form, Form::UriFull | Form::IriFull) { &URI_FULL } else { &URI };
    if !pattern.is_match(&plain) {
        if plain.chars().any(|letter| letter.is_ascii() && !is_uri_char(letter) && !matches!(letter, '[' | ']')) {
            return Some(rules::INVALID_URI_CHAR);
        }
        let as_iri: String = value.chars().map(|letter| if letter.is_ascii() { letter } else { 'x' }).collect();
        return Some(if pattern.is_match(&as_iri) && !value.is_ascii() { rules::URI_NOT_IRI } else { otherwise });
    }
    if matches!(&*scheme, "http" | "https" | "ftp") && plain.contains(':') {
        let rest = plain.split_once("://").map_or("", |(_, rest)| rest);
        return (rest.is_empty() || rest.starts_with('/')).then_some(otherwise);
    }
    let is_scheme = value.contains(':') && scheme.bytes().all(|byte| byte.is_ascii_alphabetic()) && !scheme.is_empty();
    (is_scheme && !SCHEMES.contains(&&*scheme)).then_some(rules::UNREGISTERED_SCHEME)
}

/// Whether a text is an absolute address of http or https.
pub(super) fn is_http_url(value: &str) -> bool {
    HTTP_URL.is_match(value) && URI_FULL.is_match(value) || (!value.is_ascii() && Url::parse(value).is_ok_and(|url| url.has_host()))
}

/// Whether a text is an absolute address at all.
pub(super) fn is_full_uri(value: &str) -> bool {
    URI_FULL.is_match(value)
}

/// The normal form of an address (RFC 3986, 6.2.2 and 6.2.3); `None` where there is none.
pub(super) fn normal_form(value: &str) -> Option<String> {
    let (scheme, rest) = value.split_once(':')?;
    let scheme_lower = scheme.to_ascii_lowercase();
    let (rest, fragment) = rest.split_once('#').map_or((rest, None), |(rest, fragment)| (rest, Some(fragment)));
    let (rest, query) = rest.split_once('?').map_or((rest, None), |(rest, query)| (rest, Some(query)));
    let mut normal = format!("{scheme_lower}:");
    let path = match rest.strip_prefix("//") {
        Some(rest) => {
            let (authority, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
            normal.push_str("//");
            normal.push_str(&normal_authority(authority, &scheme_lower));
            normal_path(if path.is_empty() { "/" } else { path })
        }
        None if rest.starts_with('/') => normal_path(rest),
        None => rest.to_owned(),
    };
    normal.push_str(&percent_normal(&path)?);
    if let Some(query) = query {
        normal.push('?');
        normal.push_str(&percent_normal(query)?);
    }
    if let Some(fragment) = fragment {
        normal.push('#');
        normal.push_str(&percent_normal(fragment)?);
    }
    Some(normal)
}

fn normal_authority(authority: &str, scheme: &str) -> String {
    let (user, host) = authority.rsplit_once('@').map_or(("", authority), |(user, host)| (user, host));
    let mut host = host.to_lowercase();
    let default_port = match scheme {
        "ftp" => "21",
        "http" => "80",
        "https" => "443",
        "gopher" => "70",
        "telnet" => "23",
        "nntp" | "news" => "119",
        _ => "",
    };
    if let Some((name, port)) = host.clone().rsplit_once(':')
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && (port.is_empty() || port == default_port)
    {
        name.clone_into(&mut host);
    }
    if host.matches('.').count() > 1 {
        host.truncate(host.trim_end_matches('.').len());
    }
    if user.is_empty() || user == ":" { host } else { format!("{user}@{host}") }
}

fn normal_path(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.split('/').collect();
    for (idx, segment) in segments.iter().enumerate() {
        let is_last = idx + 1 == segments.len();
        match *segment {
            "." if is_last => kept.push(""),
            "." => {}
            ".." => {
                if kept.len() > 1 {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    kept.join("/")
}

/// Escapes in capitals, and none where the letter may stand itself. `None` for a broken escape.
fn percent_normal(text: &str) -> Option<String> {
    let mut normal = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        normal.push_str(&rest[..at]);
        let digits = rest.get(at + 1..at + 3)?;
        let byte = u8::from_str_radix(digits, 16).ok()?;
        let letter = char::from(byte);
        if byte.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '_' | '~') {
            normal.push(letter);
        } else {
            normal.push_str(&format!("%{byte:02X}"));
        }
        rest = &rest[at + 3..];
    }
    normal.push_str(rest);
    Some(normal)
}

/// RFC 3339.
pub(super) fn rfc3339(value: &str, now: Option<Timestamp>) -> Option<&'static Rule> {
    if !RFC3339.is_match(value) || !is_calendar(value) {
        return Some(rules::INVALID_RFC3339_DATE);
    }
    is_implausible(value, now).then_some(rules::IMPLAUSIBLE_DATE)
}

/// W3C Date and Time Formats: a time has an offset.
pub(super) fn w3cdtf(value: &str, now: Option<Timestamp>) -> Option<&'static Rule> {
    if !W3CDTF.is_match(value) || !is_calendar(value) {
        return Some(rules::INVALID_W3CDTF_DATE);
    }
    is_implausible(value, now).then_some(rules::IMPLAUSIBLE_DATE)
}

/// ISO 8601, as far as feeds use it.
pub(super) fn iso8601(value: &str, now: Option<Timestamp>) -> Option<&'static Rule> {
    if !ISO8601.is_match(value) || !is_calendar(value) {
        return Some(rules::INVALID_ISO8601_DATE_TIME);
    }
    is_implausible(value, now).then_some(rules::IMPLAUSIBLE_DATE)
}

/// Whether the parts of a date of ISO 8601 that is well formed are of a calendar and a clock.
fn is_calendar(value: &str) -> bool {
    let (day, time) = value.split_once('T').unwrap_or((value, ""));
    let mut parts = day.split('-').map(|part| part.parse::<i16>().unwrap_or(-1));
    let (year, month, day) = (parts.next().unwrap_or(-1), parts.next().unwrap_or(1), parts.next().unwrap_or(1));
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { return false };
    if Date::new(year, month, day).is_err() {
        return false;
    }
    let clock = time.split(['Z', '+', '-', '.']).next().unwrap_or_default();
    let mut parts = clock.split(':').map(|part| part.parse::<u8>().unwrap_or(0));
    let (hour, minute, second) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    hour <= 23 && minute <= 59 && second <= 60
}

fn is_implausible(value: &str, now: Option<Timestamp>) -> bool {
    let Some(now) = now else { return false };
    if value.get(..4).and_then(|year| year.parse::<i16>().ok()).is_some_and(|year| year < YEAR_MIN) {
        return true;
    }
    let latest = now.checked_add(AHEAD_MAX).unwrap_or(Timestamp::MAX);
    match instant_of(value) {
        Some(at) => latest < at,
        None => false,
    }
}

/// The instant a date of ISO 8601 with time and offset names.
pub(super) fn instant_of(value: &str) -> Option<Timestamp> {
    if let Ok(at) = value.parse() {
        return Some(at);
    }
    // Without a time it is some time of that day, the earliest of which is taken.
    let (mut text, n_parts) = (value.to_owned(), value.split('-').count());
    if value.contains('T') {
        return None;
    }
    for _ in n_parts..3 {
        text.push_str("-01");
    }
    text.push_str("T00:00:00Z");
    text.parse().ok()
}

/// The dates of RSS: RFC 822 as RFC 2822 writes it.
pub(super) fn rfc822(value: &str, now: Option<Timestamp>) -> Option<&'static Rule> {
    let Some(parts) = RFC2822.captures(value) else {
        let mut plain = ESCAPED.replace_all(value, "").into_owned();
        for _ in 0..8 {
            let without = COMMENT.replace_all(&plain, " ").into_owned();
            if without == plain {
                break;
            }
            plain = without;
        }
        let is_old = RFC822.is_match(&plain.trim().to_lowercase());
        return Some(if is_old { rules::PROBLEMATICAL_RFC822_DATE } else { rules::INVALID_RFC2822_DATE });
    };
    let number = |idx: usize| parts.get(idx).and_then(|part| part.as_str().parse::<i16>().ok()).unwrap_or(0);
    let month = "JanFebMarAprMayJunJulAugSepOctNovDec".find(&parts[4]).map_or(0, |at| at / 3 + 1);
    let (Ok(day), Ok(month)) = (i8::try_from(number(3)), i8::try_from(month)) else { return Some(rules::INVALID_RFC2822_DATE) };
    let Ok(date) = Date::new(number(5), month, day) else { return Some(rules::INVALID_RFC2822_DATE) };
    if number(6) > 23 || number(7) > 59 || number(9) > 60 {
        return Some(rules::INVALID_RFC2822_DATE);
    }
    if let Some(named) = parts.get(2)
        && date.strftime("%a").to_string() != named.as_str()
    {
        return Some(rules::INCORRECT_DAY_OF_WEEK);
    }
    let now = now?;
    let noon = date.at(i8::try_from(number(6)).unwrap_or(0), i8::try_from(number(7)).unwrap_or(0), 0, 0);
    // The zone moves it by less than a day.
    let earliest = jiff::tz::TimeZone::UTC.to_timestamp(noon).ok()?.checked_sub(SignedDuration::from_hours(14)).ok()?;
    (date.year() < YEAR_MIN || now < earliest).then_some(rules::IMPLAUSIBLE_DATE)
}

/// Whether a text is a mail address.
pub(super) fn is_email(value: &str) -> bool {
    EMAIL.is_match(value)
}

/// Whether a text holds a mail address in angle brackets.
pub(super) fn holds_email(value: &str) -> bool {
    EMAIL_IN_BRACKETS.is_match(value)
}

/// The address of `Name <address>`, `address (Name)` and their like.
pub(super) fn bare_email(value: &str) -> String {
    let value = COMMENT.replace_all(value, "");
    match (value.find('<'), value.rfind('>')) {
        (Some(from), Some(to)) if from < to => value[from + 1..to].trim().to_owned(),
        _ => value.trim().to_owned(),
    }
}

pub(super) fn is_mime(value: &str) -> bool {
    MIME.is_match(value)
}

/// A tag of RFC 5646 whose first part is a language: two letters of ISO 639-1, or three.
pub(super) fn is_language(value: &str) -> bool {
    let primary = value.split('-').next().unwrap_or_default().to_ascii_lowercase();
    LANGUAGE.is_match(value) && (primary.len() == 3 || LANGUAGES.split_whitespace().any(|known| known == primary))
}

/// Whether a language is written from right to left.
pub(super) fn is_rtl(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    let script = parts.next().filter(|part| part.len() == 4).map(str::to_ascii_lowercase);
    match script.as_deref() {
        Some("arab" | "hebr" | "thaa" | "syrc" | "nkoo") => true,
        Some(_) => false,
        None => matches!(&*primary, "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "iw" | "ps" | "sd" | "ug" | "ur" | "yi" | "ji"),
    }
}

pub(super) fn is_country(value: &str) -> bool {
    COUNTRIES.split_whitespace().any(|known| known == value)
}

pub(super) fn is_charset(value: &str) -> bool {
    encoding_rs::Encoding::for_label(value.trim().as_bytes()).is_some()
}

pub(super) fn is_duration(value: &str) -> bool {
    DURATION.is_match(value)
}

pub(super) fn is_comma_integers(value: &str) -> bool {
    COMMA_INTEGERS.is_match(value)
}

pub(super) fn is_form_name(value: &str) -> bool {
    FORM_NAME.is_match(value)
}

pub(super) fn is_float(value: &str) -> bool {
    FLOAT.is_match(value)
}

pub(super) fn is_decimal(value: &str) -> bool {
    DECIMAL.is_match(value)
}

pub(super) fn is_position(value: &str) -> bool {
    POSITION.is_match(value)
}

pub(super) fn is_npt(value: &str) -> bool {
    NPT.is_match(value)
}

pub(super) fn is_nss(value: &str) -> bool {
    NSS.is_match(value)
}

pub(super) fn is_icra(value: &str) -> bool {
    ICRA.is_match(value)
}

/// Degrees up to `most` either way.
pub(super) fn is_degrees(value: &str, most: f64) -> bool {
    value.trim().parse::<f64>().is_ok_and(|degrees| degrees.is_finite() && degrees.abs() <= most)
}

/// The parameters of a template of OpenSearch, and the address without the braces.
pub(super) fn template(value: &str) -> (Vec<&str>, String) {
    let names = TEMPLATE.captures_iter(value).filter_map(|found| found.get(1)).map(|name| name.as_str()).collect();
    (names, TEMPLATE.replace_all(value, "$1").into_owned())
}

/// Whether a text is encoded as it stands in a query: nothing to escape, nothing escaped in vain.
pub(super) fn is_url_encoded(value: &str) -> bool {
    value.split_whitespace().all(|word| {
        let is_plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte));
        is_plain && percent_normal(word).is_some_and(|normal| normal.eq_ignore_ascii_case(word))
    })
}
