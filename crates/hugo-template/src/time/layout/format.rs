//! Writes a time as text.

use jiff::Zoned;

use super::{Digits, MONTHS, Part, WEEKDAYS, ZoneForm, parts};

/// `time` written in `layout`.
pub(crate) fn format(time: &Zoned, layout: &str) -> String {
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
        Part::Zone(form) => format_zone(time, form),
        Part::Fraction { mark, digits, trims } => format_fraction(time, mark, digits, trims),
    }
}

fn format_zone(time: &Zoned, form: ZoneForm) -> String {
    let seconds = time.offset().seconds();
    if form.z && seconds == 0 {
        return "Z".to_owned();
    }
    let (hours, minutes) = (seconds.abs() / 3600, seconds.abs() / 60 % 60);
    let sign = if seconds < 0 { '-' } else { '+' };
    match form.digits {
        Digits::Hours => format!("{sign}{hours:02}"),
        Digits::Plain => format!("{sign}{hours:02}{minutes:02}"),
        Digits::Colon => format!("{sign}{hours:02}:{minutes:02}"),
    }
}

/// The zone's abbreviation, or its offset if it has no name.
fn zone_name(time: &Zoned) -> String {
    let info = time.time_zone().to_offset_info(time.timestamp());
    let name = info.abbreviation();
    if name.starts_with(['+', '-']) {
        format_zone(time, ZoneForm::signed(Digits::Plain))
    } else {
        name.to_owned()
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
