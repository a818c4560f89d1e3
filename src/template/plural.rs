//! Plural forms: the form of a text that goes with a number, by the rules of Unicode's CLDR for cardinal numbers.

use fixed_decimal::Decimal;
use icu_locale_core::{Locale, locale};
use icu_plurals::{PluralCategory, PluralRules};

/// The form for a number in a language, which is a key or locale such as `pt-BR`: `zero`, `one`, `two`, `few`, `many` or
/// `other`. `None` for text that is no number. A key that is no locale counts as English does.
pub fn plural_form(lang: &str, number: &str) -> Option<&'static str> {
    let number = decimal(number)?;
    let locale = Locale::try_from_str(&lang.replace('_', "-")).unwrap_or(locale!("en"));
    let rules = PluralRules::try_new_cardinal(locale.into()).ok()?;
    Some(match rules.category_for(&number) {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    })
}

/// The number with its digits behind the point, which the rules of some languages ask for. Digits and one point alone
/// make a number: exponents are no part of what people write.
fn decimal(number: &str) -> Option<Decimal> {
    let number = number.trim().trim_start_matches(['-', '+']);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    if is_digits(whole) && is_digits(fraction) {
        Decimal::try_from_str(number).ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::plural_form;

    fn forms(lang: &str, numbers: &[&str]) -> Vec<&'static str> {
        let forms = numbers.iter().filter_map(|number| plural_form(lang, number));
        forms.collect()
    }

    #[test]
    fn western_languages_have_one_and_other() {
        assert_eq!(
            forms("en-US", &["0", "1", "-1", "2", "1.0"]),
            ["other", "one", "one", "other", "other"]
        );
        assert_eq!(forms("nl", &["1", "21"]), ["one", "other"]);
        assert_eq!(
            forms("fr", &["0", "1", "1.5", "2", "1000000"]),
            ["one", "one", "one", "other", "many"]
        );
        assert_eq!(forms("pt-BR", &["0", "2"]), ["one", "other"]);
        assert_eq!(forms("pt_PT", &["0", "1"]), ["other", "one"]);
        assert_eq!(forms("es", &["0", "1", "1.0"]), ["other", "one", "one"]);
    }

    #[test]
    fn east_asian_languages_have_one_form() {
        assert_eq!(
            forms("ja", &["0", "1", "2", "1.5"]),
            ["other", "other", "other", "other"]
        );
        assert_eq!(forms("zh-TW", &["1"]), ["other"]);
    }

    #[test]
    fn slavic_languages_look_at_the_last_digits() {
        let numbers = ["1", "2", "5", "11", "12", "21", "22", "112", "1.5"];
        assert_eq!(
            forms("ru", &numbers),
            [
                "one", "few", "many", "many", "many", "one", "few", "many", "other"
            ]
        );
        assert_eq!(
            forms("pl", &numbers),
            [
                "one", "few", "many", "many", "many", "many", "few", "many", "other"
            ]
        );
        assert_eq!(
            forms("cs", &numbers),
            [
                "one", "few", "other", "other", "other", "other", "other", "other", "many"
            ]
        );
        assert_eq!(
            forms("sr", &["1", "3", "5", "1.1"]),
            ["one", "few", "other", "one"]
        );
    }

    #[test]
    fn arabic_has_all_forms() {
        assert_eq!(
            forms("ar", &["0", "1", "2", "3", "10", "11", "99", "100", "103", "1.5"]),
            [
                "zero", "one", "two", "few", "few", "many", "many", "other", "few", "other"
            ]
        );
        assert_eq!(forms("he", &["1", "2", "0.5"]), ["one", "two", "one"]);
    }

    #[test]
    fn what_is_no_number_has_no_form() {
        assert_eq!(forms("en", &["", "x", "1x", "1.x", ".", "1e3", "--"]), [""; 0]);
    }

    #[test]
    fn what_is_no_language_counts_as_english() {
        assert_eq!(forms("a language", &["1", "2"]), ["one", "other"]);
    }
}
