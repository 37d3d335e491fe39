//! The IPTC Media Topics vocabulary: names, the tree of broader and narrower subjects, and what stands for a retired one.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::slugify;

/// One line a topic, sorted by code: code, English name, the broader topic, and for a retired topic the one used instead. Source,
/// edition and licence are named in its first lines.
static TABLE: &str = include_str!("../data/mediatopics.tsv");

static TREE: LazyLock<Tree> = LazyLock::new(Tree::read);

/// A subject of the IPTC Media Topics, as of the edition Courant ships.
#[derive(Debug)]
pub struct MediaTopic {
    /// Its eight digits, such as `20000344`.
    pub code: &'static str,
    /// Its English name.
    pub name: &'static str,
    /// What addresses and filters write: the slug of its English name.
    pub slug: String,
    broader: Option<usize>,
    successor: Option<usize>,
    narrower: Vec<usize>,
}

struct Tree {
    topics: Vec<MediaTopic>,
    by_slug: HashMap<String, usize>,
}

impl MediaTopic {
    /// A topic by its code.
    pub fn of_code(code: &str) -> Option<&'static Self> {
        let at = TREE.topics.binary_search_by(|topic| topic.code.cmp(code)).ok()?;
        Some(&TREE.topics[at])
    }

    /// A topic by its slug: the one in use where it shares the name with a retired one.
    pub fn of_slug(slug: &str) -> Option<&'static Self> {
        TREE.by_slug.get(slug).map(|at| &TREE.topics[*at])
    }

    /// The topics that have no broader one.
    pub fn tops() -> impl Iterator<Item = &'static Self> {
        TREE.topics.iter().filter(|topic| topic.broader.is_none())
    }

    /// The topic that is used today: itself, or what stands for it since IPTC retired it.
    pub fn current(&'static self) -> &'static Self {
        self.successor.map_or(self, |at| &TREE.topics[at])
    }

    /// The topic it is part of.
    pub fn broader(&self) -> Option<&'static Self> {
        self.broader.map(|at| &TREE.topics[at])
    }

    /// All topics it is part of, the nearest first.
    pub fn all_broader(&self) -> impl Iterator<Item = &'static Self> {
        std::iter::successors(self.broader(), |topic| topic.broader())
    }

    /// The topics in use that are part of it, by code.
    pub fn narrower(&self) -> impl Iterator<Item = &'static Self> {
        self.narrower.iter().map(|at| &TREE.topics[*at])
    }
}

/// The English name of a Media Topic by its code (`20000344`), whether it is in use or retired.
pub fn media_topic_name(code: &str) -> Option<&'static str> {
    MediaTopic::of_code(code).map(|topic| topic.name)
}

impl Tree {
    fn read() -> Self {
        let lines: Vec<[&'static str; 4]> = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(fields).collect();
        let place = |code: &str| lines.binary_search_by(|line| line[0].cmp(code)).ok();
        let mut topics: Vec<MediaTopic> = lines
            .iter()
            .map(|[code, name, broader, successor]| MediaTopic {
                code,
                name,
                slug: slugify(name).unwrap_or_else(|| (*code).to_owned()),
                broader: place(broader),
                successor: place(successor),
                narrower: Vec::new(),
            })
            .collect();
        let mut by_slug = HashMap::with_capacity(topics.len());
        for at in 0..topics.len() {
            if topics[at].successor.is_none() {
                by_slug.entry(topics[at].slug.clone()).or_insert(at);
                if let Some(broader) = topics[at].broader {
                    topics[broader].narrower.push(at);
                }
            }
        }
        for (at, topic) in topics.iter().enumerate() {
            by_slug.entry(topic.slug.clone()).or_insert(at);
        }
        Self { topics, by_slug }
    }
}

fn fields(line: &'static str) -> Option<[&'static str; 4]> {
    let mut fields = line.split('\t');
    Some([fields.next()?, fields.next()?, fields.next()?, fields.next()?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(slug: &str) -> &'static MediaTopic {
        MediaTopic::of_slug(slug).unwrap()
    }

    #[test]
    fn codes_have_names() {
        assert_eq!(media_topic_name("04000000"), Some("economy, business and finance"));
        assert_eq!(media_topic_name("00000000"), None);
        assert!(1_300 < TREE.topics.len() && TREE.topics.is_sorted_by_key(|topic| topic.code));
    }

    #[test]
    fn topics_stand_in_a_tree() {
        let broader: Vec<&str> = topic("astronomy").all_broader().map(|topic| topic.name).collect();
        assert_eq!(broader, ["natural science", "science and technology"]);
        assert!(topic("natural-science").narrower().any(|topic| topic.name == "astronomy"));
        assert_eq!(MediaTopic::tops().count(), 17);
        for topic in &TREE.topics {
            assert!(topic.all_broader().take(10).count() < 6, "{} is in a circle", topic.code);
            assert!(topic.narrower().all(|narrower| narrower.broader().unwrap().code == topic.code));
        }
    }

    #[test]
    fn every_topic_leads_to_one_in_use_whose_broader_ones_are_in_use() {
        let mut n_retired = 0;
        for topic in &TREE.topics {
            let current = topic.current();
            n_retired += usize::from(current.code != topic.code);
            assert!(current.successor.is_none(), "{} leads to a retired topic", topic.code);
            assert!(current.all_broader().all(|broader| broader.successor.is_none()), "{}", topic.code);
        }
        assert_eq!(n_retired, 270);
        let code = |code: &str| MediaTopic::of_code(code).unwrap();
        assert_eq!(code("20000160").current().name, "disaster, accident and emergency incident", "the nearest broader one");
        assert_eq!(code("20000905").current().code, "20001333", "the one of the same name");
    }
}
