//! What the subject codes of the Reuters wire of 1987 are called in IPTC Media Topics.
//!
//! Codes without an entry have no topic that says about as much; they stay subjects under their own name.

/// A Media Topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MediaTopic {
    /// Eight digits.
    pub code: &'static str,
    /// The English name of 2017.
    pub name: &'static str,
}

/// The Media Topic for a Reuters code such as `money-fx`.
pub(crate) fn media_topic(reuters_code: &str) -> Option<MediaTopic> {
    TABLE.iter().find(|(_, codes)| codes.split(' ').any(|code| code == reuters_code)).map(|(topic, _)| *topic)
}

const fn topic(code: &'static str, name: &'static str) -> MediaTopic {
    MediaTopic { code, name }
}

/// Media Topic, and the Reuters codes that mean it; the most frequent ones first.
pub(crate) const TABLE: &[(MediaTopic, &str)] = &[
    (topic("20000178", "earnings"), "earn"),
    (topic("20000204", "merger or acquisition"), "acq"),
    (topic("20000391", "foreign exchange market"), "money-fx"),
    (
        topic("20000212", "arable farming"),
        "grain wheat corn oilseed soybean rice barley sorghum rapeseed sunseed oat groundnut potato linseed rye \
         cottonseed castorseed red-bean",
    ),
    (topic("20000267", "oil and gas - upstream activities"), "crude"),
    (topic("20000373", "international trade"), "trade"),
    (topic("20000371", "interest rate"), "interest"),
    (topic("20000343", "waterway and maritime transport"), "ship"),
    (
        topic("20000355", "currency value"),
        "dlr yen stg dmk sfr austdlr can nzdlr saudriyal dfl lit nkr rand peseta ringgit rupiah skr dkr cruzado bfr hk",
    ),
    (topic("20000379", "money and monetary policy"), "money-supply"),
    (topic("20000389", "soft commodity"), "sugar coffee cocoa cotton orange tea"),
    (topic("20000359", "gross domestic product"), "gnp"),
    (
        topic("20000324", "food industry"),
        "veg-oil palm-oil soy-oil sun-oil rape-oil coconut-oil cotton-oil groundnut-oil corn-oil meal-feed soy-meal \
         sun-meal rape-meal palmkernel tapioca coconut",
    ),
    (topic("20000318", "gold and precious material"), "gold silver platinum palladium"),
    (topic("20000263", "natural gas"), "nat-gas"),
    (topic("20000375", "trade balance"), "bop"),
    (topic("20000215", "livestock farming"), "livestock hog l-cattle f-cattle"),
    (topic("20000370", "inflation"), "cpi"),
    (topic("20000350", "central bank"), "reserves"),
    (topic("20000321", "non ferrous metal"), "copper alum zinc lead tin nickel"),
    (topic("20000365", "employment statistics"), "jobs"),
    (topic("20000248", "food"), "carcass pork-belly"),
    (topic("20000319", "iron and steel"), "iron-steel"),
    (topic("20000268", "petrol"), "gas"),
    (topic("20000360", "industrial production"), "ipi cpu"),
    (topic("20000327", "rubber product"), "rubber"),
    (topic("20000222", "organic chemical"), "pet-chem"),
    (topic("20000316", "metal and mineral"), "strategic-metal"),
    (topic("20000382", "prices"), "wpi"),
    (topic("20000252", "retail"), "retail"),
    (topic("20000266", "oil and gas - downstream activities"), "fuel heat naphtha propane"),
    (topic("20000239", "house building"), "housing"),
    (topic("20000286", "personal income"), "income"),
    (topic("20000358", "economic indicator"), "lei"),
    (topic("20000214", "forestry and timber"), "lumber plywood"),
    (topic("20000262", "kerosene/paraffin"), "jet"),
    (topic("20000354", "credit and debt"), "instal-debt"),
    (topic("20000361", "inventories"), "inventories"),
    (topic("20000329", "textile and clothing"), "wool"),
    (topic("20000213", "fishing industry"), "fishmeal"),
];

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, fs, path::Path};

    use super::*;

    #[test]
    fn every_topic_is_a_media_topic_of_that_name() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/courant-news/data/mediatopics.tsv");
        let known = fs::read_to_string(path).unwrap();
        for (topic, _) in TABLE {
            let named = |line: &str| line.split('\t').take(2).eq([topic.code, topic.name]);
            assert!(known.lines().any(named), "{} {} is not in the vocabulary", topic.code, topic.name);
        }
    }

    #[test]
    fn each_reuters_code_means_one_topic() {
        let codes: Vec<_> = TABLE.iter().flat_map(|(_, codes)| codes.split(' ')).collect();
        let distinct: HashSet<_> = codes.iter().collect();
        assert_eq!(codes.len(), distinct.len());
        assert!(60 <= codes.len(), "{} codes have a topic", codes.len());
        assert_eq!(media_topic("money-fx").unwrap().code, "20000391");
        assert_eq!(media_topic("copra-cake"), None);
    }
}
