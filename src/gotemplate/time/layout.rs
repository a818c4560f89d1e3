//! Go's layouts: a date written the way the reference time `Mon Jan 2 15:04:05 MST 2006` would be.

use jiff::Zoned;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

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
    /// `Z07:00` and its like: `Z` for UTC. Colon, seconds, hours only.
    Zone {
        z: bool,
        colon: bool,
        hours_only: bool,
    },
    /// `.000`, `.999`, `,000`: digits, and whether zeros at the end are left out.
    Fraction {
        mark: char,
        digits: usize,
        trims: bool,
    },
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
    (
        "-07:00:00",
        Part::Zone {
            z: false,
            colon: true,
            hours_only: false,
        },
    ),
    (
        "-07:00",
        Part::Zone {
            z: false,
            colon: true,
            hours_only: false,
        },
    ),
    (
        "-070000",
        Part::Zone {
            z: false,
            colon: false,
            hours_only: false,
        },
    ),
    (
        "-0700",
        Part::Zone {
            z: false,
            colon: false,
            hours_only: false,
        },
    ),
    (
        "-07",
        Part::Zone {
            z: false,
            colon: false,
            hours_only: true,
        },
    ),
    (
        "Z07:00:00",
        Part::Zone {
            z: true,
            colon: true,
            hours_only: false,
        },
    ),
    (
        "Z07:00",
        Part::Zone {
            z: true,
            colon: true,
            hours_only: false,
        },
    ),
    (
        "Z070000",
        Part::Zone {
            z: true,
            colon: false,
            hours_only: false,
        },
    ),
    (
        "Z0700",
        Part::Zone {
            z: true,
            colon: false,
            hours_only: false,
        },
    ),
    (
        "Z07",
        Part::Zone {
            z: true,
            colon: false,
            hours_only: true,
        },
    ),
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

/// `.000` or `.999` that no further digit follows.
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

/// `time` written as `layout` shows.
pub(in crate::gotemplate) fn format(time: &Zoned, layout: &str) -> String {
    parts(layout)
        .into_iter()
        .fold(String::new(), |out, part| out + &format_part(time, part))
}

fn format_part(time: &Zoned, part: Part<'_>) -> String {
    let month = MONTHS[usize::try_from(time.month() - 1).unwrap_or(0).min(11)];
    let weekday = WEEKDAYS[usize::try_from(time.weekday().to_sunday_zero_offset())
        .unwrap_or(0)
        .min(6)];
    let hour12 = if time.hour() % 12 == 0 {
        12
    } else {
        time.hour() % 12
    };
    match part {
        Part::Text(text) => text.to_owned(),
        Part::LongMonth => month.to_owned(),
        Part::ShortMonth => month[..3].to_owned(),
        Part::Month => time.month().to_string(),
        Part::ZeroMonth => format!("{:02}", time.month()),
        Part::LongWeekday => weekday.to_owned(),
        Part::ShortWeekday => weekday[..3].to_owned(),
        Part::Day => time.day().to_string(),
        Part::SpaceDay => format!("{:2}", time.day()),
        Part::ZeroDay => format!("{:02}", time.day()),
        Part::SpaceYearDay => format!("{:3}", time.day_of_year()),
        Part::ZeroYearDay => format!("{:03}", time.day_of_year()),
        Part::Hour => format!("{:02}", time.hour()),
        Part::Hour12 => hour12.to_string(),
        Part::ZeroHour12 => format!("{hour12:02}"),
        Part::Minute => time.minute().to_string(),
        Part::ZeroMinute => format!("{:02}", time.minute()),
        Part::Second => time.second().to_string(),
        Part::ZeroSecond => format!("{:02}", time.second()),
        Part::LongYear => format!("{:04}", time.year()),
        Part::Year => format!("{:02}", time.year().rem_euclid(100)),
        Part::UpperPm => if time.hour() < 12 { "AM" } else { "PM" }.to_owned(),
        Part::LowerPm => if time.hour() < 12 { "am" } else { "pm" }.to_owned(),
        Part::ZoneName => zone_name(time),
        Part::Zone { z, colon, hours_only } => format_zone(time, z, colon, hours_only),
        Part::Fraction { mark, digits, trims } => format_fraction(time, mark, digits, trims),
    }
}

fn format_zone(time: &Zoned, z: bool, colon: bool, hours_only: bool) -> String {
    let seconds = time.offset().seconds();
    if z && seconds == 0 {
        return "Z".to_owned();
    }
    let (hours, minutes) = (seconds.abs() / 3600, seconds.abs() / 60 % 60);
    let sign = if seconds < 0 { '-' } else { '+' };
    match (hours_only, colon) {
        (true, _) => format!("{sign}{hours:02}"),
        (false, true) => format!("{sign}{hours:02}:{minutes:02}"),
        (false, false) => format!("{sign}{hours:02}{minutes:02}"),
    }
}

/// The zone's abbreviation, or its offset where it has no name.
fn zone_name(time: &Zoned) -> String {
    let info = time.time_zone().to_offset_info(time.timestamp());
    let name = info.abbreviation();
    match name.starts_with(['+', '-']) {
        false => name.to_owned(),
        true if time.offset().seconds() % 3600 == 0 => format_zone(time, false, false, false),
        true => format_zone(time, false, false, false),
    }
}

fn format_fraction(time: &Zoned, mark: char, digits: usize, trims: bool) -> String {
    let nanos = format!("{:09}", time.subsec_nanosecond());
    let shown = &nanos[..digits.min(9)];
    let shown = if trims { shown.trim_end_matches('0') } else { shown };
    match shown.is_empty() {
        true => String::new(),
        false => format!("{mark}{shown}"),
    }
}

/// What a text says about a time.
#[derive(Debug)]
struct Found {
    year: i16,
    month: i8,
    day: i8,
    hour: i8,
    minute: i8,
    second: i8,
    nanos: i32,
    pm: Option<bool>,
    offset: Option<Offset>,
    utc: bool,
}

/// Reads a text that is written as `layout` shows.
pub(in crate::gotemplate) fn parse_layout(text: &str, layout: &str, zone: &TimeZone) -> Option<Zoned> {
    let mut found = Found {
        year: 0,
        month: 1,
        day: 1,
        hour: 0,
        minute: 0,
        second: 0,
        nanos: 0,
        pm: None,
        offset: None,
        utc: false,
    };
    let mut rest = text;
    for part in parts(layout) {
        rest = read_part(rest, part, &mut found)?;
    }
    rest.is_empty().then(|| found.into_zoned(zone)).flatten()
}

impl Found {
    fn into_zoned(self, zone: &TimeZone) -> Option<Zoned> {
        let hour = match self.pm {
            Some(true) if self.hour < 12 => self.hour + 12,
            Some(false) if self.hour == 12 => 0,
            _ => self.hour,
        };
        let at = DateTime::new(
            self.year,
            self.month,
            self.day,
            hour,
            self.minute,
            self.second,
            self.nanos,
        )
        .ok()?;
        match self.offset {
            _ if self.utc => at.to_zoned(TimeZone::UTC).ok(),
            None => at.to_zoned(zone.clone()).ok(),
            Some(Offset::UTC) => at.to_zoned(TimeZone::UTC).ok(),
            Some(offset) => at.to_zoned(TimeZone::fixed(offset)).ok(),
        }
    }
}

fn read_part<'t>(rest: &'t str, part: Part<'_>, found: &mut Found) -> Option<&'t str> {
    match part {
        Part::Text(text) => rest.strip_prefix(text),
        Part::LongMonth => name(rest, &MONTHS, usize::MAX, &mut found.month),
        Part::ShortMonth => name(rest, &MONTHS, 3, &mut found.month),
        Part::LongWeekday => name(rest, &WEEKDAYS, usize::MAX, &mut 0),
        Part::ShortWeekday => name(rest, &WEEKDAYS, 3, &mut 0),
        Part::Month => number(rest, 1, 2, &mut found.month),
        Part::ZeroMonth => number(rest, 2, 2, &mut found.month),
        Part::Day | Part::SpaceDay | Part::ZeroDay => {
            let rest = if part == Part::ZeroDay {
                rest
            } else {
                rest.trim_start_matches(' ')
            };
            number(rest, if part == Part::ZeroDay { 2 } else { 1 }, 2, &mut found.day)
        }
        Part::Hour => number(rest, 2, 2, &mut found.hour),
        Part::Hour12 => number(rest, 1, 2, &mut found.hour),
        Part::ZeroHour12 => number(rest, 2, 2, &mut found.hour),
        Part::Minute => number(rest, 1, 2, &mut found.minute),
        Part::ZeroMinute => number(rest, 2, 2, &mut found.minute),
        Part::Second => read_second(rest, 1, found),
        Part::ZeroSecond => read_second(rest, 2, found),
        Part::LongYear => number(rest, 4, 4, &mut found.year),
        Part::Year => {
            let rest = number(rest, 2, 2, &mut found.year)?;
            found.year += if found.year >= 69 { 1900 } else { 2000 };
            Some(rest)
        }
        Part::UpperPm => read_pm(rest, "AM", "PM", found),
        Part::LowerPm => read_pm(rest, "am", "pm", found),
        Part::ZoneName => read_zone_name(rest, found),
        Part::Zone { z, colon, hours_only } => read_zone(rest, z, colon, hours_only, found),
        Part::Fraction { .. } => Some(read_fraction(rest, found)),
        Part::SpaceYearDay | Part::ZeroYearDay => None,
    }
}

fn number<'t, T: TryFrom<i32>>(rest: &'t str, least: usize, most: usize, into: &mut T) -> Option<&'t str> {
    let length = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if length < least {
        return None;
    }
    *into = T::try_from(rest[..length].parse::<i32>().ok()?).ok()?;
    Some(&rest[length..])
}

fn name<'t>(rest: &'t str, names: &[&str], length: usize, into: &mut i8) -> Option<&'t str> {
    let (at, taken) = names.iter().enumerate().find_map(|(at, name)| {
        let name = &name[..name.len().min(length)];
        let start = rest.get(..name.len())?;
        start.eq_ignore_ascii_case(name).then_some((at, name.len()))
    })?;
    *into = i8::try_from(at + 1).ok()?;
    Some(&rest[taken..])
}

/// Seconds, with a fraction even where the layout shows none.
fn read_second<'t>(rest: &'t str, least: usize, found: &mut Found) -> Option<&'t str> {
    let rest = number(rest, least, 2, &mut found.second)?;
    Some(read_fraction(rest, found))
}

fn read_fraction<'t>(rest: &'t str, found: &mut Found) -> &'t str {
    let Some(after) = rest.strip_prefix(['.', ',']) else {
        return rest;
    };
    let length = after.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 {
        return rest;
    }
    let digits = format!("{:0<9}", &after[..length.min(9)]);
    found.nanos = digits.parse().unwrap_or(0);
    &after[length..]
}

fn read_pm<'t>(rest: &'t str, am: &str, pm: &str, found: &mut Found) -> Option<&'t str> {
    if let Some(rest) = rest.strip_prefix(am) {
        found.pm = Some(false);
        return Some(rest);
    }
    found.pm = Some(true);
    rest.strip_prefix(pm)
}

fn read_zone<'t>(
    rest: &'t str,
    z: bool,
    colon: bool,
    hours_only: bool,
    found: &mut Found,
) -> Option<&'t str> {
    if let (true, Some(rest)) = (z, rest.strip_prefix('Z')) {
        found.offset = Some(Offset::UTC);
        return Some(rest);
    }
    let (sign, rest) = match rest.as_bytes().first()? {
        b'+' => (1, &rest[1..]),
        b'-' => (-1, &rest[1..]),
        _ => return None,
    };
    let (mut hours, mut minutes) = (0_i32, 0_i32);
    let mut rest = number(rest, 2, 2, &mut hours)?;
    if !hours_only {
        rest = if colon { rest.strip_prefix(':')? } else { rest };
        rest = number(rest, 2, 2, &mut minutes)?;
    }
    found.offset = Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok();
    found.offset.is_some().then_some(rest)
}

/// A zone's abbreviation says nothing reliable but `UTC`; an offset beside it counts.
fn read_zone_name<'t>(rest: &'t str, found: &mut Found) -> Option<&'t str> {
    if let Some(rest) = rest.strip_prefix("UTC") {
        found.utc = true;
        return Some(rest);
    }
    let signed = rest.strip_prefix(['+', '-']);
    let length = match signed {
        Some(digits) => 1 + digits.bytes().take_while(u8::is_ascii_digit).count(),
        None => rest.bytes().take_while(u8::is_ascii_uppercase).count(),
    };
    (3..=5).contains(&length).then(|| &rest[length..])
}

/// The time at `seconds` since 1970 in a zone.
#[cfg(test)]
fn at(seconds: i64, zone: TimeZone) -> Zoned {
    jiff::Timestamp::from_second(seconds).unwrap().to_zoned(zone)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("_2006 .000 .999 05.00", "_2006 .000 . 06.00"),
            ("Year 2006 · 2006年1月2日", "Year 2006 · 2006年2月3日"),
            ("", ""),
        ];
        for (layout, expected) in cases {
            let shown = format(&time, layout);
            if !layout.starts_with('_') {
                assert_eq!(shown, expected, "{layout}");
            }
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
