//! robots.txt (RFC 9309) and preferences about use (draft-ietf-aipref-attach, `Content-Usage`).

/// The name we are addressed by in robots.txt, and the beginning of our user agent.
pub const PRODUCT: &str = "courant";
/// Bytes of a robots.txt that are read (RFC 9309, 2.5: at least 500 KiB).
const BYTES_MAX: usize = 512 << 10;
/// Rules that are kept.
const RULES_MAX: usize = 5_000;

/// What a site allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    rules: Vec<Rule>,
    usage: Vec<(Box<str>, Preferences)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    path: Box<str>,
    allows: bool,
}

/// What a site prefers that its words be used for; `None` where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Any use by machines.
    pub bots: Option<bool>,
    /// Being listed, with a link, where readers look for it.
    pub search: Option<bool>,
    /// Teaching models.
    pub train_ai: Option<bool>,
}

impl Preferences {
    /// Whether a headline with a link may stand under our story.
    pub fn allow_listing(self) -> bool {
        self.search.or(self.bots).unwrap_or(true)
    }

    /// Whether what editors say about it may teach the matching.
    pub fn allow_training(self) -> bool {
        self.train_ai.or(self.bots).unwrap_or(true)
    }

    /// These, and where they say nothing those.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { bots: self.bots.or(other.bots), search: self.search.or(other.search), train_ai: self.train_ai.or(other.train_ai) }
    }
}

/// Reads the value of `Content-Usage`: a dictionary such as `train-ai=n, search=y`. What is not understood is not there.
pub fn preferences(value: &str) -> Preferences {
    let mut out = Preferences::default();
    for member in value.split(',') {
        let Some((key, said)) = member.split_once('=') else { continue };
        let said = match said.split(';').next().unwrap_or_default().trim() {
            "y" => Some(true),
            "n" => Some(false),
            _ => None,
        };
        match key.trim() {
            "bots" => out.bots = said,
            "search" => out.search = said,
            "train-ai" => out.train_ai = said,
            _ => {}
        }
    }
    out
}

impl Robots {
    /// Reads a robots.txt for [`PRODUCT`]: the groups that name it, or else those for everybody.
    pub fn parse(text: &str) -> Self {
        let mut end = text.len().min(BYTES_MAX);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let (mut for_us, mut for_all) = (Self::default(), Self::default());
        let mut is_named = false;
        // Whether the group that is open names us, and whether it is for everybody.
        let (mut is_ours, mut is_for_all, mut in_rules) = (false, false, false);
        for line in text[..end].lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if std::mem::take(&mut in_rules) {
                    (is_ours, is_for_all) = (false, false);
                }
                let product = value.split(|letter: char| letter == '/' || letter.is_whitespace()).next().unwrap_or_default();
                is_ours |= product.eq_ignore_ascii_case(PRODUCT);
                is_for_all |= product == "*";
                is_named |= is_ours;
                continue;
            }
            in_rules = true;
            for (_, group) in [(is_ours, &mut for_us), (is_for_all, &mut for_all)].into_iter().filter(|(applies, _)| *applies) {
                group.note(&key, value);
            }
        }
        if is_named { for_us } else { for_all }
    }

    /// A site whose robots.txt cannot be had: nobody is let in (RFC 9309, 2.3.1.4).
    pub fn closed() -> Self {
        Self { rules: vec![Rule { path: "/".into(), allows: false }], usage: Vec::new() }
    }

    /// Whether we may ask for this path with its query.
    pub fn allows(&self, path: &str) -> bool {
        let matching = self.rules.iter().filter(|rule| matches(&rule.path, path));
        // The longest rule counts; of equals the one that allows.
        matching.max_by_key(|rule| (rule.path.len(), rule.allows)).is_none_or(|rule| rule.allows)
    }

    /// What the site prefers for what lies there.
    pub fn preferences(&self, path: &str) -> Preferences {
        let matching = self.usage.iter().filter(|(prefix, _)| matches(prefix, path));
        matching.max_by_key(|(prefix, _)| prefix.len()).map(|(_, preferences)| *preferences).unwrap_or_default()
    }

    fn note(&mut self, key: &str, value: &str) {
        if RULES_MAX <= self.rules.len() + self.usage.len() {
            return;
        }
        match key {
            // An empty rule forbids and allows nothing.
            "allow" | "disallow" if !value.is_empty() => self.rules.push(Rule { path: value.into(), allows: key == "allow" }),
            "content-usage" => {
                let (path, said) = match value.split_once(char::is_whitespace) {
                    Some((path, said)) if path.starts_with('/') => (path, said),
                    _ => ("/", value),
                };
                self.usage.push((path.into(), preferences(said)));
            }
            _ => {}
        }
    }
}

/// Whether a rule with `*` for anything and `$` for the end fits the beginning of a path. Time grows with path times stars.
fn matches(rule: &str, path: &str) -> bool {
    let (rule, to_the_end) = rule.strip_suffix('$').map_or((rule, false), |rule| (rule, true));
    let mut parts = rule.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (idx, part) in parts.iter().enumerate() {
        let is_last = idx + 1 == parts.len();
        if is_last && to_the_end {
            return rest.ends_with(part);
        }
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    !to_the_end || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_that_names_us_counts_and_else_that_for_everybody() {
        let robots = Robots::parse(
            "User-agent: *\nDisallow: /\n\nUser-agent: other\nuser-agent: Courant/1.0\nDisallow: /private # not\nAllow: /private/feed\n",
        );
        assert!(robots.allows("/feed") && robots.allows("/private/feed.xml") && !robots.allows("/private/x"));
        assert!(!Robots::parse("User-agent: *\nDisallow: /").allows("/feed"));
        assert!(Robots::parse("User-agent: other\nDisallow: /").allows("/feed"));
        assert!(Robots::parse("User-agent: *\nDisallow:").allows("/feed"));
        assert!(!Robots::closed().allows("/feed") && Robots::default().allows("/feed"));
    }

    #[test]
    fn the_longest_rule_counts_with_stars_and_ends() {
        let robots =
            Robots::parse("User-agent: *\nDisallow: /*.xml$\nAllow: /news/*.xml$\nDisallow: /a*b*c\nDisallow: /same\nAllow: /same");
        for (path, allowed) in
            [("/feed.xml", false), ("/feed.xml?x", true), ("/news/feed.xml", true), ("/a1b2c3", false), ("/a1c2b3", true), ("/same", true)]
        {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
    }

    #[test]
    fn preferences_about_use_are_read_from_file_and_header() {
        let robots = Robots::parse("User-agent: *\nAllow: /\nContent-Usage: train-ai=n\nContent-Usage: /paid/ search=n, train-ai=n");
        assert!(robots.preferences("/feed").allow_listing() && !robots.preferences("/feed").allow_training());
        assert!(!robots.preferences("/paid/feed").allow_listing());
        let header = preferences("bots=n, search=y;x=1, odd, other=maybe");
        assert!(header.allow_listing() && !header.allow_training());
        assert!(!preferences("search=n").or(robots.preferences("/feed")).allow_training());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in ".{0,400}", path in "/.{0,40}") {
            Robots::parse(&text).allows(&path);
            Robots::parse(&format!("User-agent: *\nDisallow: {text}")).allows(&path);
        }
    }
}
