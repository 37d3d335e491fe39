//! Names of organisations, exchanges and people behind the codes of the collection.

/// The name of an organisation, e.g. of `ico-coffee`.
pub(crate) fn organisation(code: &str) -> Option<&'static str> {
    find(ORGANISATIONS, code)
}

/// The name of an exchange, e.g. of `nymex`.
pub(crate) fn exchange(code: &str) -> Option<&'static str> {
    find(EXCHANGES, code)
}

/// Reads a code as a name: `james-baker` becomes `James Baker`.
pub(crate) fn from_code(code: &str) -> String {
    title_case(&code.replace('-', " "))
}

/// Capital first letters, small other letters; particles between words stay small: `Rio de Janeiro`.
pub(crate) fn title_case(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (idx, word) in text.split_whitespace().enumerate() {
        if idx != 0 {
            out.push(' ');
        }
        let small = word.to_lowercase();
        if idx != 0 && PARTICLES.contains(&small.as_str()) {
            out.push_str(&small);
            continue;
        }
        let mut starts_word = true;
        for letter in small.chars() {
            if starts_word {
                out.extend(letter.to_uppercase());
            } else {
                out.push(letter);
            }
            starts_word = matches!(letter, '-' | '/' | '.');
        }
    }
    out
}

const PARTICLES: &[&str] = &["and", "au", "by", "de", "do", "es", "of", "on", "the", "upon", "von"];

fn find(table: &[(&str, &'static str)], code: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

const ORGANISATIONS: &[(&str, &str)] = &[
    ("ec", "European Community"),
    ("imf", "International Monetary Fund"),
    ("worldbank", "World Bank"),
    ("opec", "Organization of the Petroleum Exporting Countries"),
    ("gatt", "General Agreement on Tariffs and Trade"),
    ("ico-coffee", "International Coffee Organization"),
    ("oecd", "Organisation for Economic Co-operation and Development"),
    ("icco", "International Cocoa Organization"),
    ("adb-asia", "Asian Development Bank"),
    ("adb-africa", "African Development Bank"),
    ("itc", "International Tin Council"),
    ("un", "United Nations"),
    ("unctad", "United Nations Conference on Trade and Development"),
    ("fao", "Food and Agriculture Organization"),
    ("iea", "International Energy Agency"),
    ("eib", "European Investment Bank"),
    ("inro", "International Natural Rubber Organization"),
    ("ida", "International Development Association"),
    ("iwc-wheat", "International Wheat Council"),
    ("atpc", "Association of Tin Producing Countries"),
    ("gcc", "Gulf Cooperation Council"),
    ("isa", "International Sugar Agreement"),
    ("bis", "Bank for International Settlements"),
    ("oapec", "Organization of Arab Petroleum Exporting Countries"),
    ("asean", "Association of Southeast Asian Nations"),
    ("comecon", "Council for Mutual Economic Assistance"),
    ("efta", "European Free Trade Association"),
    ("euratom", "European Atomic Energy Community"),
];

const EXCHANGES: &[(&str, &str)] = &[
    ("nyse", "New York Stock Exchange"),
    ("nasdaq", "NASDAQ"),
    ("amex", "American Stock Exchange"),
    ("cbt", "Chicago Board of Trade"),
    ("cme", "Chicago Mercantile Exchange"),
    ("cboe", "Chicago Board Options Exchange"),
    ("tse", "Tokyo Stock Exchange"),
    ("lse", "London Stock Exchange"),
    ("lme", "London Metal Exchange"),
    ("liffe", "London International Financial Futures Exchange"),
    ("nymex", "New York Mercantile Exchange"),
    ("comex", "Commodity Exchange, New York"),
    ("simex", "Singapore International Monetary Exchange"),
    ("hkse", "Hong Kong Stock Exchange"),
    ("biffex", "Baltic International Freight Futures Exchange"),
    ("ipe", "International Petroleum Exchange"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cased_as_names() {
        assert_eq!(title_case("RIO DE JANEIRO"), "Rio de Janeiro");
        assert_eq!(title_case("ST. LOUIS"), "St. Louis");
        assert_eq!(title_case("WINSTON-SALEM"), "Winston-Salem");
        assert_eq!(from_code("james-baker"), "James Baker");
    }
}
