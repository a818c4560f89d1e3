//! `add`, `math.Round` and their like.

use super::{Args, Entry, Outcome};
use crate::cast;
use crate::error::Fault;
use crate::value::Value;

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["math.Rand"], |cx, _| {
        // The upper 53 bits, as many as a fraction has.
        Ok(Value::Float((cx.random() >> 11) as f64 / (1_u64 << 53) as f64))
    }),
    (&["math.Counter"], |cx, _| {
        Ok(Value::Int(i64::try_from(cx.host().count()).unwrap_or(i64::MAX)))
    }),
    (&["add", "math.Add"], |_, args| fold(args, add)),
    (&["sub", "math.Sub"], |_, args| {
        fold(args, |a, b| numbers(a, b, i64::checked_sub, |a, b| a - b))
    }),
    (&["mul", "math.Mul"], |_, args| {
        fold(args, |a, b| numbers(a, b, i64::checked_mul, |a, b| a * b))
    }),
    (&["div", "math.Div"], |_, args| fold(args, divide)),
    (&["mod", "math.Mod"], |_, args| modulo(args).map(Value::Int)),
    (&["modBool", "math.ModBool"], |_, args| {
        Ok((modulo(args)? == 0).into())
    }),
    (&["math.Abs"], |_, args| float(args, f64::abs)),
    (&["math.Ceil"], |_, args| float(args, f64::ceil)),
    (&["math.Floor"], |_, args| float(args, f64::floor)),
    (&["math.Round"], |_, args| float(args, f64::round)),
    (&["math.Sqrt"], |_, args| float(args, f64::sqrt)),
    (&["math.Log"], |_, args| float(args, f64::ln)),
    (&["math.Sin"], |_, args| float(args, f64::sin)),
    (&["math.Cos"], |_, args| float(args, f64::cos)),
    (&["math.Tan"], |_, args| float(args, f64::tan)),
    (&["math.Asin"], |_, args| float(args, f64::asin)),
    (&["math.Acos"], |_, args| float(args, f64::acos)),
    (&["math.Atan"], |_, args| float(args, f64::atan)),
    (&["math.Atan2"], |_, args| {
        Ok(args.float(0)?.atan2(args.float(1)?).into())
    }),
    (&["math.ToDegrees"], |_, args| float(args, f64::to_degrees)),
    (&["math.ToRadians"], |_, args| float(args, f64::to_radians)),
    (&["math.Pi"], |_, _| Ok(std::f64::consts::PI.into())),
    (&["pow", "math.Pow"], |_, args| {
        Ok(args.float(0)?.powf(args.float(1)?).into())
    }),
    (&["math.MaxInt64"], |_, _| Ok(i64::MAX.into())),
    (&["math.Max"], |_, args| reduce(args, f64::max)),
    (&["math.Min"], |_, args| reduce(args, f64::min)),
    (&["math.Sum"], |_, args| reduce(args, |a, b| a + b)),
    (&["math.Product"], |_, args| reduce(args, |a, b| a * b)),
];

/// Joins the arguments one by one, from the left.
fn fold(args: &Args<'_>, join: impl Fn(&Value, &Value) -> Outcome) -> Outcome {
    args.value(1)?;
    let mut values = args.all().iter();
    let first = values.next().cloned().unwrap_or_default();
    values.try_fold(first, |sum, value| join(&sum, value))
}

/// `add`, which also joins texts.
pub(crate) fn add(a: &Value, b: &Value) -> Outcome {
    match (a.as_text(), b.as_text()) {
        (Some(a), Some(b)) => Ok(Value::str(format!("{a}{b}"))),
        _ => numbers(a, b, i64::checked_add, |a, b| a + b),
    }
}

/// Computes with two numbers: two integers give an integer, all else a float.
fn numbers(a: &Value, b: &Value, whole: fn(i64, i64) -> Option<i64>, real: fn(f64, f64) -> f64) -> Outcome {
    match (number(a)?, number(b)?) {
        (Value::Int(a), Value::Int(b)) => whole(a, b)
            .map(Value::Int)
            .ok_or_else(|| Fault::failed("too large a number")),
        (a, b) => Ok(real(cast::float(&a)?, cast::float(&b)?).into()),
    }
}

/// A number as it is; a text as the kind of number that it spells.
fn number(value: &Value) -> Outcome {
    Ok(match value {
        Value::Int(_) | Value::Float(_) => value.clone(),
        Value::Str(_) | Value::Safe(..) => {
            let has_point = value.as_text().is_some_and(|text| text.contains('.'));
            let whole = cast::int(value).map(Value::Int).ok().filter(|_| !has_point);
            whole.map_or_else(|| cast::float(value).map(Value::Float), Ok)?
        }
        Value::Duration(nanos) => Value::Int(*nanos),
        Value::Object(object) => object.as_int().map(Value::Int).ok_or_else(not_numbers)?,
        _ => return Err(not_numbers()),
    })
}

fn not_numbers() -> Fault {
    Fault::failed("can't calculate with what is no number")
}

fn divide(a: &Value, b: &Value) -> Outcome {
    if cast::float(b).is_ok_and(|divisor| divisor == 0.0) {
        return Err(Fault::failed("can't divide by zero"));
    }
    numbers(a, b, i64::checked_div, |a, b| a / b)
}

fn modulo(args: &Args<'_>) -> Result<i64, Fault> {
    let (a, b) = (args.int(0)?, args.int(1)?);
    a.checked_rem(b)
        .ok_or_else(|| Fault::failed("the number can't be divided by zero"))
}

fn float(args: &Args<'_>, f: fn(f64) -> f64) -> Outcome {
    Ok(f(args.float(0)?).into())
}

/// Reduces all arguments; a list counts as its items.
fn reduce(args: &Args<'_>, join: fn(f64, f64) -> f64) -> Outcome {
    let mut numbers = Vec::new();
    for value in args.all() {
        match value {
            Value::List(list) => {
                for item in list.items() {
                    numbers.push(cast::float(item)?);
                }
            }
            other => numbers.push(cast::float(other)?),
        }
    }
    // Of nothing, Hugo gives zero.
    Ok(Value::Float(numbers.into_iter().reduce(join).unwrap_or(0.0)))
}
