//! Methods of times and durations.

use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Zoned};

use super::named::Named;
use crate::error::Fault;
use crate::functions::Args;
use crate::value::Value;
use crate::{cast, time};

/// A method of a time.
pub(super) fn get(at: &Zoned, name: &str, args: &[Value]) -> Option<Result<Value, Fault>> {
    match args.is_empty() {
        true => part(at, name)
            .map(Ok)
            .or_else(|| (name == "Local").then(|| Ok(at.clone().into()))),
        false => with_args(at, name, &Args::new(args)).transpose(),
    }
}

/// A method of a text that is a date. Quotes and the version of Hugo decide if front matter holds a date or a text.
pub(super) fn of_text(text: &str, name: &str, args: &[Value]) -> Option<Result<Value, Fault>> {
    let at = time::parse(text, &TimeZone::UTC)?;
    get(&at, name, args)
}

fn part(at: &Zoned, name: &str) -> Option<Value> {
    Some(match name {
        "Year" => i64::from(at.year()).into(),
        "Month" => named("time.Month", at.month().into(), time::format(at, "January")),
        "Day" => i64::from(at.day()).into(),
        "Hour" => i64::from(at.hour()).into(),
        "Minute" => i64::from(at.minute()).into(),
        "Second" => i64::from(at.second()).into(),
        "Nanosecond" => i64::from(at.subsec_nanosecond()).into(),
        "YearDay" => i64::from(at.day_of_year()).into(),
        "Weekday" => {
            let number = at.weekday().to_sunday_zero_offset().into();
            named("time.Weekday", number, time::format(at, "Monday"))
        }
        "Unix" => at.timestamp().as_second().into(),
        "UnixMilli" => at.timestamp().as_millisecond().into(),
        "UnixMicro" => at.timestamp().as_microsecond().into(),
        "UnixNano" => i64::try_from(at.timestamp().as_nanosecond()).unwrap_or(0).into(),
        "IsZero" => time::is_zero(at).into(),
        "IsDST" => at
            .time_zone()
            .to_offset_info(at.timestamp())
            .dst()
            .is_dst()
            .into(),
        "UTC" => at.with_time_zone(TimeZone::UTC).into(),
        "String" => time::print(at).into(),
        _ => return None,
    })
}

fn named(type_name: &'static str, number: i64, name: String) -> Value {
    Value::Object(Arc::new(Named {
        type_name,
        number,
        name,
    }))
}

fn with_args(at: &Zoned, name: &str, args: &Args<'_>) -> Result<Option<Value>, Fault> {
    let other = || match args.value(0)? {
        Value::Time(other) => Ok(other.clone()),
        _ => Err(Fault::failed(format!("{name} wants a time"))),
    };
    Ok(Some(match name {
        "Format" => time::format(at, &args.text(0)?).into(),
        "Before" => (at.timestamp() < other()?.timestamp()).into(),
        "After" => (at.timestamp() > other()?.timestamp()).into(),
        "Equal" => (at.timestamp() == other()?.timestamp()).into(),
        "Compare" => (at.timestamp().cmp(&other()?.timestamp()) as i64).into(),
        "Sub" => Value::Duration(nanos(other()?.timestamp().duration_until(at.timestamp()))),
        "Add" => shifted(at, SignedDuration::from_nanos(duration(args.value(0)?)?))?,
        "AddDate" => add_date(at, args.int(0)?, args.int(1)?, args.int(2)?)?,
        "Round" | "Truncate" => at.clone().into(),
        _ => return Ok(None),
    }))
}

fn nanos(span: SignedDuration) -> i64 {
    i64::try_from(span.as_nanos()).unwrap_or(i64::MAX)
}

fn duration(value: &Value) -> Result<i64, Fault> {
    match value {
        Value::Str(text) => {
            time::parse_duration(text).ok_or_else(|| Fault::failed(format!("{text:?} is no duration")))
        }
        other => cast::int(other),
    }
}

fn out_of_range() -> Fault {
    Fault::failed("a date out of range")
}

fn shifted(at: &Zoned, by: SignedDuration) -> Result<Value, Fault> {
    at.checked_add(by).map(Value::from).map_err(|_| out_of_range())
}

/// Adds to a date as Go's `AddDate`, where January 31 plus a month overflows into March.
fn add_date(at: &Zoned, years: i64, months: i64, days: i64) -> Result<Value, Fault> {
    let total = i64::from(at.year()) * 12 + i64::from(at.month()) - 1
        + years.saturating_mul(12).saturating_add(months);
    let year = i16::try_from(total.div_euclid(12)).map_err(|_| out_of_range())?;
    let month = i8::try_from(total.rem_euclid(12) + 1).map_err(|_| out_of_range())?;
    let first = at
        .with()
        .day(1)
        .year(year)
        .month(month)
        .build()
        .map_err(|_| out_of_range())?;
    let days = days.saturating_add(i64::from(at.day()) - 1);
    let span = Span::new().try_days(days).map_err(|_| out_of_range())?;
    first
        .checked_add(span)
        .map(Value::from)
        .map_err(|_| out_of_range())
}

/// A method of a duration.
pub(super) fn get_of_duration(nanos: i64, name: &str, args: &[Value]) -> Option<Result<Value, Fault>> {
    let unit = match name {
        "Hours" => 3600e9,
        "Minutes" => 60e9,
        "Seconds" => 1e9,
        "Milliseconds" => return Some(Ok((nanos / 1_000_000).into())),
        "Microseconds" => return Some(Ok((nanos / 1_000).into())),
        "Nanoseconds" => return Some(Ok(nanos.into())),
        "Abs" => return Some(Ok(Value::Duration(nanos.saturating_abs()))),
        "String" => return Some(Ok(time::print_duration(nanos).into())),
        "Round" | "Truncate" => return args.first().map(|to| round(nanos, to, name == "Round")),
        _ => return None,
    };
    Some(Ok(Value::Float(cast::widen(nanos) / unit)))
}

fn round(nanos: i64, to: &Value, nearest: bool) -> Result<Value, Fault> {
    let unit = duration(to)?;
    if unit <= 0 {
        return Ok(Value::Duration(nanos));
    }
    let rest = nanos % unit;
    let down = nanos - rest;
    let up = nearest && rest.saturating_mul(2).abs() >= unit;
    Ok(Value::Duration(if up {
        down.saturating_add(unit * rest.signum())
    } else {
        down
    }))
}
