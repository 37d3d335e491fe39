//! Dates, numbers and plurals against the CLDR, as ICU4X has it: so a catalogue cannot drift from what readers of a language expect.
//!
//! The pages themselves do not carry ICU4X: its patterns and names would be another megabyte for what four catalogues say, and a catalogue
//! can be read and mended by an editor.

use icu_calendar::Date as IcuDate;
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::{YMD, YMDE};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use jiff::civil::{Date, date};

use super::*;

/// Every day of this year, which is a leap year, is printed.
const YEAR: i16 = 2028;

/// Digits are 0 to 9 in every language of the interface: a wire's figures are read by machines and foreigners too.
fn locale(language: UiLanguage) -> Locale {
    format!("{}-u-nu-latn", language.tag()).parse().unwrap()
}

/// House style in three points: a Russian date has no «г.» after the year, as no agency prints it; a day that heads a list begins with a
/// capital; a Japanese day of the week stands in brackets, short, as papers print it.
fn in_house_style(cldr: &str) -> String {
    let printed = cldr.trim_end_matches('.').trim_end_matches('г').trim_end().to_lowercase();
    match printed.strip_suffix("曜日").and_then(|day| Some((day, day.char_indices().last()?.0))) {
        Some((day, at)) => format!("{}（{}）", &day[..at], &day[at..]),
        None => printed,
    }
}

fn days() -> impl Iterator<Item = Date> {
    date(YEAR, 1, 1).series(jiff::Span::new().days(1)).take_while(|day| day.year() == YEAR)
}

fn of_icu(day: Date) -> IcuDate<icu_calendar::Iso> {
    IcuDate::try_new_iso(day.year().into(), day.month().unsigned_abs(), day.day().unsigned_abs()).unwrap()
}

#[test]
fn dates_are_those_of_the_cldr_on_every_day_of_a_year() {
    for language in UiLanguage::ALL {
        let words = Words::of(language);
        let long = DateTimeFormatter::try_new(locale(language).into(), YMD::long()).unwrap();
        let with_day = DateTimeFormatter::try_new(locale(language).into(), YMDE::long()).unwrap();
        for day in days() {
            assert_eq!(words.date(day).to_lowercase(), in_house_style(&long.format(&of_icu(day)).to_string()), "{}", language.tag());
            assert_eq!(words.day(day).to_lowercase(), in_house_style(&with_day.format(&of_icu(day)).to_string()), "{}", language.tag());
        }
    }
}

#[test]
fn numbers_are_grouped_as_in_the_cldr() {
    for language in UiLanguage::ALL {
        let words = Words::of(language);
        let format = DecimalFormatter::try_new(locale(language).into(), icu_decimal::options::DecimalFormatterOptions::default()).unwrap();
        for number in [0_u64, 7, 999, 1_000, 1_234, 12_345, 123_456, 1_234_567, u64::from(u32::MAX)] {
            assert_eq!(words.number(number), format.format(&Decimal::from(number)).to_string(), "{}", language.tag());
        }
    }
}

#[test]
fn every_count_takes_the_form_the_cldr_names() {
    for language in UiLanguage::ALL {
        let words = Words::of(language);
        let rules = PluralRules::try_new_cardinal(locale(language).into()).unwrap();
        let forms = words.plural_forms("reading-time");
        for number in (0..=250).chain([1_000, 1_001, 1_000_000, 1_000_011]) {
            let category = match rules.category_for(number) {
                PluralCategory::Zero => "zero",
                PluralCategory::One => "one",
                PluralCategory::Two => "two",
                PluralCategory::Few => "few",
                PluralCategory::Many => "many",
                PluralCategory::Other => "other",
            };
            let form = &forms.iter().find(|(known, _)| *known == category).unwrap().1;
            let expected = form.replace("{n}", &words.number(number));
            assert_eq!(words.count("reading-time", number), expected, "{} {number} is {category}", language.tag());
        }
    }
}
