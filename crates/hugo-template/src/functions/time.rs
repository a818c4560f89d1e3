//! Functions about times.

use jiff::Zoned;
use jiff::tz::TimeZone;

use super::{Args, Entry, Outcome};
use crate::error::Fault;
use crate::eval::Context;
use crate::value::Value;
use crate::{cast, time};

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["now", "time.Now"], |cx, _| Ok(cx.host().now().into())),
    (&["time", "time.AsTime"], as_time),
    (&["dateFormat", "time.Format"], |_, args| {
        Ok(formatted(&args.text(0)?, &to_time(args.value(1)?)?)?.into())
    }),
    (&["duration", "time.Duration"], duration),
    (&["time.ParseDuration"], |_, args| {
        let text = args.text(0)?;
        time::parse_duration(&text)
            .map(Value::Duration)
            .ok_or_else(|| Fault::failed(format!("{text:?} is no duration")))
    }),
    (&["time.In"], |_, args| {
        Ok(to_time(args.value(1)?)?
            .with_time_zone(zone(&args.text(0)?)?)
            .into())
    }),
];

fn zone(name: &str) -> Result<TimeZone, Fault> {
    match name {
        "" | "UTC" => Ok(TimeZone::UTC),
        _ => TimeZone::get(name).map_err(|_| Fault::failed(format!("no time zone {name:?}"))),
    }
}

/// A time, a date in any notation, or seconds since 1970.
fn to_time(value: &Value) -> Result<Zoned, Fault> {
    in_zone(value, &TimeZone::UTC)
}

fn in_zone(value: &Value, zone: &TimeZone) -> Result<Zoned, Fault> {
    let read = match value {
        Value::Time(at) => Some((**at).clone()),
        Value::Int(seconds) => time::from_unix(*seconds),
        Value::Float(seconds) => time::from_unix(cast::truncate(*seconds)),
        Value::Str(text) | Value::Safe(_, text) => time::parse(text.trim(), zone),
        _ => None,
    };
    read.ok_or_else(|| Fault::failed(format!("{value:?} is no date")))
}

/// `time VALUE [ZONE]`.
fn as_time(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let zone = args
        .get(1)
        .map(|name| zone(&cast::text(name)?))
        .transpose()?
        .unwrap_or(TimeZone::UTC);
    in_zone(args.value(0)?, &zone).map(Value::from)
}

/// A layout of Go's, or one of Hugo's names for the formats of English.
fn formatted(layout: &str, at: &Zoned) -> Result<String, Fault> {
    let layout = match layout {
        ":date_full" => "Monday, January 2, 2006",
        ":date_long" => "January 2, 2006",
        ":date_medium" => "Jan 2, 2006",
        ":date_short" => "1/2/06",
        ":time_full" => "3:04:05\u{202f}pm UTC",
        ":time_long" => "3:04:05\u{202f}pm UTC",
        ":time_medium" => "3:04:05\u{202f}pm",
        ":time_short" => "3:04\u{202f}pm",
        _ if layout.starts_with(':') => return Err(Fault::unsupported(format!("the date format {layout}"))),
        layout => layout,
    };
    Ok(time::format(at, layout))
}

/// `duration UNIT NUMBER`.
fn duration(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let unit = args.text(0)?;
    let nanos = time::unit_nanos(&unit).ok_or_else(|| Fault::failed(format!("no unit {unit:?}")))?;
    Ok(Value::Duration(cast::truncate(args.float(1)? * nanos)))
}
