//! Times: Go's layouts, and the notations of dates that Hugo understands.

mod layout;

pub(super) use layout::{format, parse_layout};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Go's zero time, `0001-01-01T00:00:00Z`, which Hugo has for a missing date.
pub fn zero() -> Zoned {
    DateTime::constant(1, 1, 1, 0, 0, 0, 0)
        .to_zoned(TimeZone::UTC)
        .unwrap_or_default()
}

/// Returns true for Go's zero time.
pub(super) fn is_zero(time: &Zoned) -> bool {
    time.timestamp() == zero().timestamp()
}

/// Prints a time: `2006-01-02 15:04:05.999999999 -0700 MST`.
pub(super) fn print(time: &Zoned) -> String {
    format(time, "2006-01-02 15:04:05.999999999 -0700 MST")
}

/// The notations that Hugo tries, in its order.
const LAYOUTS: [&str; 23] = [
    "2006-01-02T15:04:05Z07:00",
    "2006-01-02T15:04:05",
    "Mon, 02 Jan 2006 15:04:05 -0700",
    "Mon, 02 Jan 2006 15:04:05 MST",
    "02 Jan 06 15:04 -0700",
    "02 Jan 06 15:04 MST",
    "Monday, 02-Jan-06 15:04:05 MST",
    "2006-01-02 15:04:05.999999999 -0700 MST",
    "2006-01-02T15:04:05-0700",
    "2006-01-02 15:04:05Z0700",
    "2006-01-02 15:04:05",
    "Mon Jan _2 15:04:05 2006",
    "Mon Jan _2 15:04:05 MST 2006",
    "Mon Jan 02 15:04:05 -0700 2006",
    "2006-01-02 15:04:05Z07:00",
    "2006-01-02",
    "02 Jan 2006",
    "2006-01-02 15:04:05 -07:00",
    "2006-01-02 15:04:05 -0700",
    "3:04PM",
    "Jan _2 15:04:05",
    "2006-01-02T15:04Z07:00",
    "2006-01-02T15:04",
];

/// Reads a date in any notation that Hugo understands; `zone` is for those that name none.
pub fn parse(text: &str, zone: &TimeZone) -> Option<Zoned> {
    LAYOUTS.iter().find_map(|layout| parse_layout(text, layout, zone))
}

/// The time `seconds` after 1970 in UTC.
pub(super) fn from_unix(seconds: i64) -> Option<Zoned> {
    Some(Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC))
}

/// A duration as Go prints it: `1h2m3.5s`.
pub(super) fn print_duration(nanos: i64) -> String {
    let magnitude = nanos.unsigned_abs();
    let sign = if nanos < 0 { "-" } else { "" };
    let fraction = |value: u64, unit: u64, name: &str| {
        let digits = unit.to_string().len() - 1;
        let text = format!("{}.{:0digits$}", value / unit, value % unit);
        let text = if unit == 1 {
            value.to_string()
        } else {
            trim_zeros(&text).to_owned()
        };
        format!("{sign}{text}{name}")
    };
    match magnitude {
        0 => "0s".to_owned(),
        1..1_000 => fraction(magnitude, 1, "ns"),
        1_000..1_000_000 => fraction(magnitude, 1_000, "µs"),
        1_000_000..1_000_000_000 => fraction(magnitude, 1_000_000, "ms"),
        _ => print_seconds(sign, magnitude),
    }
}

fn print_seconds(sign: &str, nanos: u64) -> String {
    let seconds = nanos / 1_000_000_000;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    let rest = format!("{}.{:09}", seconds % 60, nanos % 1_000_000_000);
    let rest = trim_zeros(&rest);
    match (hours, minutes) {
        (0, 0) => format!("{sign}{rest}s"),
        (0, _) => format!("{sign}{minutes}m{rest}s"),
        _ => format!("{sign}{hours}h{minutes}m{rest}s"),
    }
}

fn trim_zeros(text: &str) -> &str {
    text.trim_end_matches('0').trim_end_matches('.')
}

/// Reads a duration as Go does: `1h15m30.5s`.
pub(super) fn parse_duration(text: &str) -> Option<i64> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    let mut nanos = 0.0_f64;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let amount: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let length = rest
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(rest.len());
        nanos += amount * unit_nanos(&rest[..length])?;
        rest = &rest[length..];
    }
    let whole = (!text.is_empty() && nanos.abs() < 9e18).then_some(sign * nanos)?;
    #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
    Some(whole.round() as i64)
}

/// Nanoseconds of a unit.
pub(super) fn unit_nanos(unit: &str) -> Option<f64> {
    Some(match unit {
        "ns" | "nanosecond" => 1.0,
        "us" | "µs" | "μs" | "microsecond" => 1e3,
        "ms" | "millisecond" => 1e6,
        "s" | "second" => 1e9,
        "m" | "minute" => 60e9,
        "h" | "hour" => 3600e9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_print_and_read_as_in_go() {
        for text in [
            "1h2m3s", "1m30s", "1.5s", "250ms", "1.5µs", "5ns", "-2h0m0s", "0s",
        ] {
            let nanos = if text == "0s" {
                0
            } else {
                parse_duration(text).unwrap()
            };
            assert_eq!(print_duration(nanos), text);
        }
        assert_eq!(parse_duration("x"), None);
        assert_eq!(parse_duration(""), None);
        assert_eq!(parse_duration("5"), None);
    }

    #[test]
    fn dates_are_read_in_many_notations() {
        let cases = [
            ("2024-03-05", "2024-03-05 00:00:00 +0000 UTC"),
            ("2024-03-05T10:20:30Z", "2024-03-05 10:20:30 +0000 UTC"),
            ("2024-03-05T10:20:30+09:00", "2024-03-05 10:20:30 +0900 +0900"),
            ("2024-03-05 10:20:30", "2024-03-05 10:20:30 +0000 UTC"),
            ("05 Mar 2024", "2024-03-05 00:00:00 +0000 UTC"),
            (
                "2024-03-05 10:20:30.25 +0000 UTC",
                "2024-03-05 10:20:30.25 +0000 UTC",
            ),
        ];
        for (written, expected) in cases {
            let time = parse(written, &TimeZone::UTC).unwrap();
            assert_eq!(print(&time), expected, "{written}");
        }
        assert!(parse("yesterday", &TimeZone::UTC).is_none());
        assert!(parse("2024-13-05", &TimeZone::UTC).is_none());
    }
}
