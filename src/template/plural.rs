//! Plural forms of texts with a number, by the rules of Unicode's CLDR for cardinal numbers.

/// A number as the rules see it.
struct Number {
    /// Its integer part.
    i: u64,
    /// Number of digits behind the point.
    v: usize,
    /// These digits as a number.
    f: u64,
}

impl Number {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches(['-', '+']);
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(fraction) {
            return None;
        }
        let number = |text: &str| text.parse().unwrap_or(u64::MAX);
        Some(Self {
            i: number(whole),
            v: fraction.len(),
            f: if fraction.is_empty() { 0 } else { number(fraction) },
        })
    }

    /// Returns true if it is written without digits behind the point.
    fn is_whole(&self) -> bool {
        self.v == 0
    }

    /// Returns true if its value is this.
    fn is(&self, value: u64) -> bool {
        self.i == value && self.f == 0
    }

    fn is_million(&self) -> bool {
        self.is_whole() && self.i != 0 && self.i.is_multiple_of(1_000_000)
    }

    /// Returns true if it ends like 1, 21, 31, but not like 11.
    fn ends_in_one(&self) -> bool {
        self.i % 10 == 1 && self.i % 100 != 11
    }

    /// Returns true if it ends like 2 to 4, 22 to 24, but not like 12 to 14.
    fn ends_in_few(&self) -> bool {
        matches!(self.i % 10, 2..=4) && !matches!(self.i % 100, 12..=14)
    }
}

/// The form for a number in a language, which is a key or locale such as `pt-BR`: `zero`, `one`, `two`, `few`, `many`
/// or `other`. `None` for a text that is not a number. A language without rules here counts as English does.
pub fn plural_form(lang: &str, number: &str) -> Option<&'static str> {
    let number = Number::read(number)?;
    let lang = lang.to_lowercase().replace('_', "-");
    let language = lang.split('-').next().unwrap_or_default();
    Some(match language {
        "ja" | "ko" | "zh" | "yue" | "vi" | "th" | "id" | "ms" | "lo" | "my" | "bo" | "jv" => "other",
        "ar" | "he" | "iw" | "cy" | "ga" => with_two(language, &number),
        "ru" | "uk" | "be" | "pl" | "cs" | "sk" | "sl" | "hr" | "sr" | "bs" | "lt" | "lv" | "ro" => {
            eastern_european(language, &number)
        }
        "fr" | "pt" if number.i <= 1 && lang != "pt-pt" => "one",
        "es" if number.is(1) => "one",
        "fr" | "pt" | "es" | "it" | "ca" if number.is_million() => "many",
        "hi" | "bn" | "gu" | "fa" | "am" | "kn" | "zu" if number.i == 0 || number.is(1) => "one",
        "da" if number.is(1) || number.f != 0 && number.i <= 1 => "one",
        "bg" | "el" | "hu" | "tr" | "nb" | "nn" | "no" | "eu" | "eo" | "ka" | "kk" | "ta" | "te" | "ml"
        | "mn" | "ne" | "sq" | "az" | "uz"
            if number.is(1) =>
        {
            "one"
        }
        _ if number.i == 1 && number.is_whole() => "one",
        _ => "other",
    })
}

/// Languages with a form of their own for two.
fn with_two(language: &str, number: &Number) -> &'static str {
    let (i, whole) = (number.i, number.f == 0);
    match (language, i) {
        ("he" | "iw", 1) if number.is_whole() => "one",
        ("he" | "iw", 0) if !number.is_whole() => "one",
        ("he" | "iw", 2) if number.is_whole() => "two",
        ("ar" | "cy", 0) if whole => "zero",
        ("ar" | "cy" | "ga", 1) if whole => "one",
        ("ar" | "cy" | "ga", 2) if whole => "two",
        ("ar", _) if whole && matches!(i % 100, 3..=10) => "few",
        ("ar", _) if whole && matches!(i % 100, 11..=99) => "many",
        ("cy", 3) | ("ga", 3..=6) if whole => "few",
        ("cy", 6) | ("ga", 7..=10) if whole => "many",
        _ => "other",
    }
}

/// Slavic and Baltic languages, and Romanian.
fn eastern_european(language: &str, number: &Number) -> &'static str {
    let (i, whole) = (number.i, number.is_whole());
    let teens = matches!(i % 100, 11..=19);
    match language {
        "ru" | "uk" | "be" if whole && number.ends_in_one() => "one",
        "ru" | "uk" | "be" | "pl" if whole && number.ends_in_few() => "few",
        "ru" | "uk" | "be" if whole => "many",
        "pl" | "cs" | "sk" | "ro" if whole && i == 1 => "one",
        "pl" if whole => "many",
        "cs" | "sk" if whole && matches!(i, 2..=4) => "few",
        "cs" | "sk" if !whole => "many",
        "ro" if !whole || i == 0 || matches!(i % 100, 1..=19) => "few",
        "sl" if whole && i % 100 == 1 => "one",
        "sl" if whole && i % 100 == 2 => "two",
        "sl" if !whole || matches!(i % 100, 3 | 4) => "few",
        "hr" | "sr" | "bs" => south_slavic(number),
        "lt" if number.f != 0 => "many",
        "lt" if i % 10 == 1 && !teens => "one",
        "lt" if i % 10 >= 2 && !teens => "few",
        "lv" if number.f == 0 && (i % 10 == 0 || teens) => "zero",
        "lv" if number.f == 0 && number.ends_in_one() => "one",
        _ => "other",
    }
}

/// Croatian, Serbian and Bosnian look at the digits behind the point where there are some.
fn south_slavic(number: &Number) -> &'static str {
    let digits = if number.is_whole() { number.i } else { number.f };
    let last = Number {
        i: digits,
        v: 0,
        f: 0,
    };
    match (last.ends_in_one(), last.ends_in_few()) {
        (true, _) => "one",
        (_, true) => "few",
        _ => "other",
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
        assert_eq!(forms("en", &["", "x", "1x", "1.x", "."]), [""; 0]);
    }
}
