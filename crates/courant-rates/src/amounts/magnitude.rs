//! Words that move the point: million, Mrd, млн.

use super::phrase::{self, Phrase};

/// The most magnitudes in a row: `hundred thousand million`.
const MAGNITUDES_MAX: usize = 3;

/// What follows a number: its power of ten and where it ends in `text`; `(0, 0)` when none does.
pub(super) fn at_head(text: &str, lang: &str) -> (i32, usize) {
    let (mut power, mut end) = (0, 0);
    for _ in 0..MAGNITUDES_MAX {
        let Some(gap) = phrase::gap(&text[end..]) else { break };
        let Some((more, len)) = one_at_head(&text[end + gap..], lang) else { break };
        power += more;
        end += gap + len;
    }
    (power, end)
}

/// One magnitude at the head of `text`.
pub(super) fn one_at_head(text: &str, lang: &str) -> Option<(i32, usize)> {
    let own: &[(Phrase, i32)] = match lang {
        "de" => GERMAN,
        "fr" => FRENCH,
        "es" => SPANISH,
        "ru" => RUSSIAN,
        "ar" => ARABIC,
        _ => ENGLISH,
    };
    let found = own.iter().chain(EVERYWHERE).filter_map(|&(phrase, power)| Some((power, phrase::at_head(text, phrase)?)));
    found.max_by_key(|&(_, len)| len)
}

/// What every language's wire copy uses. No language counts another way with these.
const EVERYWHERE: &[(Phrase, i32)] = &[
    ("mln", 6),
    ("mio.", 6),
    ("mio", 6),
    ("mrd.", 9),
    ("mrd", 9),
    ("mn", 6),
    ("m", 6),
    ("bn", 9),
    ("bln", 9),
    ("trn", 12),
    ("tn", 12),
    ("k", 3),
];

const ENGLISH: &[(Phrase, i32)] =
    &[("hundred", 2), ("thousand", 3), ("million", 6), ("mil", 6), ("milion", 6), ("billion", 9), ("billlion", 9), ("trillion", 12)];

const GERMAN: &[(Phrase, i32)] =
    &[("tsd.", 3), ("tsd", 3), ("tausend", 3), ("million*", 6), ("milliarde*", 9), ("billion*", 12), ("bio.", 12)];

const FRENCH: &[(Phrase, i32)] = &[
    ("mille", 3),
    ("million", 6),
    ("millions", 6),
    ("milliard", 9),
    ("milliards", 9),
    ("billion", 12),
    ("billions", 12),
    ("mds", 9),
    ("md", 9),
];

const SPANISH: &[(Phrase, i32)] =
    &[("mil", 3), ("millón", 6), ("millones", 6), ("mill.", 6), ("millardo", 9), ("millardos", 9), ("billón", 12), ("billones", 12)];

const RUSSIAN: &[(Phrase, i32)] = &[
    ("тыс.", 3),
    ("тыс", 3),
    ("тысяч*", 3),
    ("млн.", 6),
    ("млн", 6),
    ("миллион*", 6),
    ("млрд.", 9),
    ("млрд", 9),
    ("миллиард*", 9),
    ("трлн.", 12),
    ("трлн", 12),
    ("триллион*", 12),
];

const ARABIC: &[(Phrase, i32)] = &[
    ("ألف", 3),
    ("آلاف", 3),
    ("الف", 3),
    ("ألفا", 3),
    ("مليون", 6),
    ("ملايين", 6),
    ("مليونا", 6),
    ("مليار", 9),
    ("مليارات", 9),
    ("مليارا", 9),
    ("بليون", 9),
    ("تريليون", 12),
    ("تريليونات", 12),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_billion_is_what_the_language_says() {
        assert_eq!(at_head(" billion dlrs", "en"), (9, 8));
        assert_eq!(at_head(" Billionen Euro", "de"), (12, 10));
        assert_eq!(at_head(" mil millones de euros", "es"), (9, 13));
        assert_eq!(at_head(" млрд рублей", "ru").0, 9);
        assert_eq!(at_head(" ملايين دولار", "ar").0, 6);
        assert_eq!(at_head("-mln-dlr", "en"), (6, 4));
        assert_eq!(at_head(" millipedes", "en"), (0, 0));
    }
}
