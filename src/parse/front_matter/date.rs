//! Dates in the forms that Hugo accepts.

use jiff::civil::DateTime;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use spanned_data::{Data, Value};

/// Forms without zone. A day of the week before them is skipped.
const FORMS: [&str; 6] = [
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%d %b %Y %H:%M:%S",
    "%d-%b-%y %H:%M:%S",
    "%d %b %y %H:%M",
    "%b %e %H:%M:%S %Y",
];

/// Forms of a day. They take no offset.
const DAYS: [&str; 2] = ["%Y-%m-%d", "%d %b %Y"];

/// Numbers below this are years or typing errors, not seconds since 1970.
const FIRST_SECOND: i64 = 100_000_000;

/// The moment of a date value, in the zone that it was written in; `zone` is that of dates without offset. `None` if it
/// is not a date.
pub fn parse(value: &Value, zone: &TimeZone) -> Option<Zoned> {
    match &value.data {
        Data::Str(text) | Data::Date(text) => parse_text(text.trim(), zone),
        Data::Int(seconds) if *seconds >= FIRST_SECOND => {
            Some(Timestamp::from_second(*seconds).ok()?.to_zoned(TimeZone::UTC))
        }
        _ => None,
    }
}

/// The date that the name of a file begins with, and the rest of the name: `2024-02-03-setup`.
pub(super) fn of_name<'n>(name: &'n str, zone: &TimeZone) -> Option<(Zoned, &'n str)> {
    let (date, rest) = name.split_at_checked(10)?;
    Some((parse_text(date, zone)?, rest.trim_matches([' ', '-', '_'])))
}

fn parse_text(text: &str, zone: &TimeZone) -> Option<Zoned> {
    let text = without_weekday(text);
    if let Some(day) = DAYS
        .iter()
        .find_map(|form| BrokenDownTime::parse(form, text).ok()?.to_date().ok())
    {
        return at_zone(day.into(), zone);
    }
    let (local, offset) = split_offset(text);
    let moment = FORMS
        .iter()
        .find_map(|form| BrokenDownTime::parse(form, local).ok()?.to_datetime().ok())?;
    match offset {
        Some(offset) => moment.to_zoned(TimeZone::fixed(offset)).ok(),
        None => at_zone(moment, zone),
    }
}

fn at_zone(moment: DateTime, zone: &TimeZone) -> Option<Zoned> {
    moment.to_zoned(zone.clone()).ok()
}

/// `Mon, 02 Jan` and `Mon Jan 2` without the day's name, which the date says too.
fn without_weekday(text: &str) -> &str {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    match text.split_once(' ') {
        Some((name, rest))
            if name
                .get(..3)
                .is_some_and(|d| DAYS.contains(&d.to_ascii_lowercase().as_str())) =>
        {
            rest.trim_start()
        }
        _ => text,
    }
}

/// Splits `Z`, `UTC`, `GMT`, `+09:00`, `-0700` and a zone's short name after an offset (`+0900 JST`) off the end.
fn split_offset(text: &str) -> (&str, Option<Offset>) {
    let trimmed = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let name = &text[trimmed.len()..];
    if let Some((local, offset)) = numeric_offset(trimmed.trim_end()) {
        return (local.trim_end(), Some(offset));
    }
    match name {
        "Z" | "z" => (trimmed.trim_end(), Some(Offset::UTC)),
        // The short name of another zone says nothing to Go, which takes it for none.
        _ if name.len() >= 3 && name.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            (trimmed.trim_end(), Some(Offset::UTC))
        }
        _ => (text, None),
    }
}

fn numeric_offset(text: &str) -> Option<(&str, Offset)> {
    let at = text.rfind(['+', '-']).filter(|at| text[..*at].contains(':'))?;
    let digits = text[at + 1..].replace(':', "");
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    let sign = if text[at..].starts_with('-') { -1 } else { 1 };
    Some((
        &text[..at],
        Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> Option<String> {
        parse(&text.into(), &TimeZone::UTC).map(|moment| moment.timestamp().to_string())
    }

    #[test]
    fn every_form_that_hugo_takes_is_a_date() {
        let forms = [
            ("2024-02-03", "2024-02-03T00:00:00Z"),
            ("2024-02-03T04:05:06", "2024-02-03T04:05:06Z"),
            ("2024-02-03T04:05:06Z", "2024-02-03T04:05:06Z"),
            ("2024-02-03T04:05:06.5Z", "2024-02-03T04:05:06.5Z"),
            ("2024-02-03T04:05:06+09:00", "2024-02-02T19:05:06Z"),
            ("2024-02-03T04:05:06-0700", "2024-02-03T11:05:06Z"),
            ("2024-02-03 04:05:06", "2024-02-03T04:05:06Z"),
            ("2024-02-03 04:05:06 +0900", "2024-02-02T19:05:06Z"),
            ("2024-02-03 04:05:06 +0900 JST", "2024-02-02T19:05:06Z"),
            ("2024-02-03 04:05:06 UTC", "2024-02-03T04:05:06Z"),
            ("2019-07-25 13:24:17-07:00", "2019-07-25T20:24:17Z"),
            ("03 Feb 2024", "2024-02-03T00:00:00Z"),
            ("Mon, 02 Jan 2999 15:04:05 -0700", "2999-01-02T22:04:05Z"),
            ("Sat, 03 Feb 2024 04:05:06 GMT", "2024-02-03T04:05:06Z"),
            ("Sat, 03 Feb 2024 04:05:06 MST", "2024-02-03T04:05:06Z"),
            ("Sat Feb  3 04:05:06 2024", "2024-02-03T04:05:06Z"),
            (" 2024-02-03 ", "2024-02-03T00:00:00Z"),
        ];
        for (text, expected) in forms {
            assert_eq!(utc(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_dates() {
        let texts = [
            "2024-02-03 04:05",
            "Feb 5, 2024",
            "2021-09-31T10:00:00Z",
            "´r Sys.Date()´",
            "2024-02-03+09:00",
            "today",
            "",
            "-",
            "é+0900",
        ];
        for text in texts {
            assert_eq!(utc(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_without_offset_is_in_the_zone_of_the_site() {
        let tokyo = TimeZone::get("Asia/Tokyo").expect("a zone that the program knows");
        let moment = parse(&"2024-02-03".into(), &tokyo).map(|moment| moment.timestamp().to_string());
        assert_eq!(moment.as_deref(), Some("2024-02-02T15:00:00Z"));
    }

    #[test]
    fn a_name_may_begin_with_a_date() {
        let of = |name| of_name(name, &TimeZone::UTC).map(|(day, rest)| (day.date().to_string(), rest));
        assert_eq!(
            of("2024-02-03-first_lab"),
            Some(("2024-02-03".to_owned(), "first_lab"))
        );
        assert_eq!(of("2024-02-03 - a"), Some(("2024-02-03".to_owned(), "a")));
        assert_eq!(of("2024-02-03"), Some(("2024-02-03".to_owned(), "")));
        assert_eq!(of("2024-02-3-x"), None);
        assert_eq!(of("準備2024-02-03"), None);
    }

    #[test]
    fn a_number_is_a_date_when_it_can_be_seconds() {
        assert!(parse(&Value::from(1_700_000_000), &TimeZone::UTC).is_some());
        assert_eq!(parse(&Value::from(2024), &TimeZone::UTC), None);
    }
}
