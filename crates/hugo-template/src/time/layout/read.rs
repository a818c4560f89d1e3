//! Reads a time from text.

use jiff::Zoned;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use super::{Digits, MONTHS, Part, WEEKDAYS, ZoneForm, parts};

/// The parts of a time found in a text.
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

/// Reads a text in the form of `layout`.
pub(crate) fn parse_layout(text: &str, layout: &str, zone: &TimeZone) -> Option<Zoned> {
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
        Part::Zone(form) => read_zone(rest, form, found),
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

fn read_zone<'t>(rest: &'t str, form: ZoneForm, found: &mut Found) -> Option<&'t str> {
    if let (true, Some(rest)) = (form.z, rest.strip_prefix('Z')) {
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
    if form.digits == Digits::Colon {
        rest = rest.strip_prefix(':')?;
    }
    if form.digits != Digits::Hours {
        rest = number(rest, 2, 2, &mut minutes)?;
    }
    found.offset = Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok();
    found.offset.is_some().then_some(rest)
}

/// Reads a zone's abbreviation. Only `UTC` is reliable; an offset beside it counts.
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
