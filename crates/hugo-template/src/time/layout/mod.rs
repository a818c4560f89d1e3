//! Go's layouts: a date in the notation of the reference time `Mon Jan 2 15:04:05 MST 2006`.
//!
//! Takes a layout apart; `format` writes a time in that form, `read` reads one.

mod format;
mod read;

pub(crate) use format::format;
pub(crate) use read::parse_layout;

/// A part of a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'l> {
    Text(&'l str),
    LongMonth,
    ShortMonth,
    Month,
    ZeroMonth,
    LongWeekday,
    ShortWeekday,
    Day,
    SpaceDay,
    ZeroDay,
    SpaceYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    LongYear,
    Year,
    UpperPm,
    LowerPm,
    ZoneName,
    /// `Z07:00` and its like.
    Zone(ZoneForm),
    /// `.000`, `.999`, `,000`: digits, and true if zeros at the end are left out.
    Fraction {
        mark: char,
        digits: usize,
        trims: bool,
    },
}

/// The form of the offset from UTC. Seconds are not shown: no zone has had any for decades.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ZoneForm {
    /// True if UTC is written `Z`.
    z: bool,
    digits: Digits,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Digits {
    /// `-07`
    Hours,
    /// `-0700`
    Plain,
    /// `-07:00`
    Colon,
}

impl ZoneForm {
    const fn signed(digits: Digits) -> Self {
        Self { z: false, digits }
    }

    const fn or_z(digits: Digits) -> Self {
        Self { z: true, digits }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// Fixed spellings, longest first where one begins with another.
const SPELLINGS: [(&str, Part<'static>); 34] = [
    ("January", Part::LongMonth),
    ("Jan", Part::ShortMonth),
    ("Monday", Part::LongWeekday),
    ("Mon", Part::ShortWeekday),
    ("MST", Part::ZoneName),
    ("2006", Part::LongYear),
    ("002", Part::ZeroYearDay),
    ("01", Part::ZeroMonth),
    ("02", Part::ZeroDay),
    ("03", Part::ZeroHour12),
    ("04", Part::ZeroMinute),
    ("05", Part::ZeroSecond),
    ("06", Part::Year),
    ("15", Part::Hour),
    ("1", Part::Month),
    ("2", Part::Day),
    ("3", Part::Hour12),
    ("4", Part::Minute),
    ("5", Part::Second),
    ("__2", Part::SpaceYearDay),
    ("_2006", Part::Text("_")),
    ("_2", Part::SpaceDay),
    ("PM", Part::UpperPm),
    ("pm", Part::LowerPm),
    ("-07:00:00", Part::Zone(ZoneForm::signed(Digits::Colon))),
    ("-07:00", Part::Zone(ZoneForm::signed(Digits::Colon))),
    ("-070000", Part::Zone(ZoneForm::signed(Digits::Plain))),
    ("-0700", Part::Zone(ZoneForm::signed(Digits::Plain))),
    ("-07", Part::Zone(ZoneForm::signed(Digits::Hours))),
    ("Z07:00:00", Part::Zone(ZoneForm::or_z(Digits::Colon))),
    ("Z07:00", Part::Zone(ZoneForm::or_z(Digits::Colon))),
    ("Z070000", Part::Zone(ZoneForm::or_z(Digits::Plain))),
    ("Z0700", Part::Zone(ZoneForm::or_z(Digits::Plain))),
    ("Z07", Part::Zone(ZoneForm::or_z(Digits::Hours))),
];

/// The parts of `layout`.
fn parts(layout: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut text_start = 0;
    let mut at = 0;
    while at < layout.len() {
        let Some((part, length)) = part_at(&layout[at..]) else {
            at += layout[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if text_start < at {
            parts.push(Part::Text(&layout[text_start..at]));
        }
        parts.push(part);
        at += length;
        text_start = at;
    }
    if text_start < layout.len() {
        parts.push(Part::Text(&layout[text_start..]));
    }
    parts
}

fn part_at(rest: &str) -> Option<(Part<'static>, usize)> {
    if let Some(fraction) = fraction_at(rest) {
        return Some(fraction);
    }
    let (spelling, part) = SPELLINGS
        .iter()
        .find(|(spelling, _)| rest.starts_with(spelling))?;
    // `_2006` is an underscore and a year; `Janet` is no month.
    if *spelling == "_2006" {
        return Some((Part::Text("_"), 1));
    }
    let next_is_lower = rest[spelling.len()..].starts_with(|c: char| c.is_ascii_lowercase());
    let is_short_name = matches!(part, Part::ShortMonth | Part::ShortWeekday);
    (!(is_short_name && next_is_lower)).then_some((*part, spelling.len()))
}

/// `.000` or `.999`, not followed by a further digit.
fn fraction_at(rest: &str) -> Option<(Part<'static>, usize)> {
    let mut chars = rest.chars();
    let mark = chars.next().filter(|c| matches!(c, '.' | ','))?;
    let digit = chars.next().filter(|c| matches!(c, '0' | '9'))?;
    let digits = rest[1..].chars().take_while(|c| *c == digit).count();
    let ends = !rest[1 + digits..].starts_with(|c: char| c.is_ascii_digit());
    (ends && digits <= 9).then_some((
        Part::Fraction {
            mark,
            digits,
            trims: digit == '9',
        },
        1 + digits,
    ))
}

#[cfg(test)]
mod tests {
    use jiff::Zoned;
    use jiff::tz::{Offset, TimeZone};

    use super::{format, parse_layout};

    /// The time at `seconds` since 1970 in a zone.
    fn at(seconds: i64, zone: TimeZone) -> Zoned {
        jiff::Timestamp::from_second(seconds).unwrap().to_zoned(zone)
    }

    #[test]
    fn layouts_are_gos() {
        // 2006-02-03 04:05:06 at UTC-7
        let time = at(
            1_138_964_706,
            TimeZone::fixed(Offset::from_seconds(-7 * 3600).unwrap()),
        );
        let cases = [
            ("2006-01-02T15:04:05Z07:00", "2006-02-03T04:05:06-07:00"),
            ("Monday, January 2, 2006", "Friday, February 3, 2006"),
            ("Mon Jan _2 15:04:05 2006", "Fri Feb  3 04:05:06 2006"),
            ("02/01/06 3:4:5 PM pm", "03/02/06 4:5:6 AM am"),
            ("Janet 002 -0700 -07 MST", "Janet 034 -0700 -07 -0700"),
            ("_2006 .000 .999 05.00", "_2006 .000  06.00"),
            ("Year 2006 · 2006年1月2日", "Year 2006 · 2006年2月3日"),
            ("", ""),
        ];
        for (layout, expected) in cases {
            assert_eq!(format(&time, layout), expected, "{layout}");
        }
    }

    #[test]
    fn reading_is_the_inverse_of_writing() {
        let time = at(1_138_964_706, TimeZone::UTC);
        for layout in [
            "2006-01-02T15:04:05Z07:00",
            "Mon, 02 Jan 2006 15:04:05 -0700",
            "January 2, 2006 3:04:05 PM MST",
        ] {
            let read = parse_layout(&format(&time, layout), layout, &TimeZone::UTC).unwrap();
            assert_eq!(read.timestamp(), time.timestamp(), "{layout}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        assert!(parse_layout("2024-02-30", "2006-01-02", &TimeZone::UTC).is_none());
        assert!(parse_layout("2024-02-03x", "2006-01-02", &TimeZone::UTC).is_none());
        assert!(parse_layout("é", "2006", &TimeZone::UTC).is_none());
    }
}
