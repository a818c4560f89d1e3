//! `eq`, `lt`, `cond`, `default` and their like.

use std::cmp::Ordering;

use super::{Args, Entry, Outcome, order};
use crate::cast;
use crate::error::Fault;
use crate::eval::Context;
use crate::value::Value;

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["eq", "compare.Eq"], eq),
    (&["ne", "compare.Ne"], ne),
    (&["lt", "compare.Lt"], |_, args| {
        ordered(args, |order| order == Ordering::Less)
    }),
    (&["le", "compare.Le"], |_, args| {
        ordered(args, |order| order != Ordering::Greater)
    }),
    (&["gt", "compare.Gt"], |_, args| {
        ordered(args, |order| order == Ordering::Greater)
    }),
    (&["ge", "compare.Ge"], |_, args| {
        ordered(args, |order| order != Ordering::Less)
    }),
    (&["not"], |_, args| Ok((!args.value(0)?.is_true()).into())),
    (&["cond", "compare.Conditional"], cond),
    (&["default", "compare.Default"], default),
    (&["int", "cast.ToInt"], |_, args| args.int(0).map(Value::Int)),
    (&["float", "cast.ToFloat"], |_, args| {
        args.float(0).map(Value::Float)
    }),
    (&["string", "cast.ToString"], |_, args| {
        args.text(0).map(Value::Str)
    }),
    (&["bool", "cast.ToBool"], |_, args| {
        cast::bool(args.value(0)?).map(Value::Bool)
    }),
];

/// The first argument and the rest, which must not be empty.
fn split<'a>(args: &Args<'a>) -> Result<(&'a Value, &'a [Value]), Fault> {
    match args.all() {
        [first, rest @ ..] if !rest.is_empty() => Ok((first, rest)),
        _ => Err(Fault::failed("wants two values to compare")),
    }
}

fn eq(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let (first, rest) = split(args)?;
    Ok(rest.iter().any(|other| order::same(first, other)).into())
}

fn ne(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let (first, rest) = split(args)?;
    Ok(rest.iter().all(|other| !order::same(first, other)).into())
}

/// Compares the first argument with every other.
fn ordered(args: &Args<'_>, holds: fn(Ordering) -> bool) -> Outcome {
    let (first, rest) = split(args)?;
    Ok(rest
        .iter()
        .all(|other| order::compare(first, other).is_some_and(holds))
        .into())
}

fn cond(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let chosen = if args.value(0)?.is_true() { 1 } else { 2 };
    args.value(2)?;
    args.value(chosen).cloned()
}

/// `default fallback value`. `false` and texts that are there count as set; zero and empty ones do not.
fn default(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let fallback = args.value(0)?;
    Ok(match args.get(1) {
        Some(value @ Value::Bool(_)) => value.clone(),
        Some(value) if value.is_true() => value.clone(),
        _ => fallback.clone(),
    })
}
