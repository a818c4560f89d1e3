//! The function `sort`.

use super::{Args, Entry, Outcome, order};
use crate::error::Fault;
use crate::eval::Context;
use crate::value::Value;
use crate::{cast, objects};

pub(super) const FUNCTIONS: &[Entry] = &[(&["sort", "collections.Sort"], sort)];

/// `sort COLLECTION [FIELD ["asc"|"desc"]]`; the values of a map, by key when no field is given.
fn sort(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let by = args
        .get(1)
        .map(cast::text)
        .transpose()?
        .filter(|by| !matches!(&**by, "" | "value"));
    let descending = args
        .get(2)
        .map(cast::text)
        .transpose()?
        .is_some_and(|order| order.eq_ignore_ascii_case("desc"));
    let mut keyed = match (args.value(0)?, by.as_deref()) {
        (Value::Nil, _) => return Err(Fault::failed("sequence must be provided")),
        (Value::Map(map), None) if args.len() == 1 => map
            .entries()
            .iter()
            .map(|(key, value)| (Value::Str(key.clone()), value.clone()))
            .collect(),
        (Value::Map(map), Some("key")) => map
            .entries()
            .iter()
            .map(|(key, value)| (Value::Str(key.clone()), value.clone()))
            .collect(),
        (_, by) => keyed(cx, args, by)?,
    };
    cx.charge(keyed.len() as u64 / 4)?;
    keyed.sort_by(|(a, _), (b, _)| match descending {
        true => order::for_sorting(b, a),
        false => order::for_sorting(a, b),
    });
    Ok(Value::list(keyed.into_iter().map(|(_, value)| value).collect()))
}

fn keyed(cx: &mut Context<'_>, args: &Args<'_>, by: Option<&str>) -> Result<Vec<(Value, Value)>, Fault> {
    let items = args.list(0)?;
    let key = |item: &Value| match by {
        Some(path) => objects::at_path(cx, item, path),
        None => Ok(item.clone()),
    };
    let keys = items.items().iter().map(key).collect::<Result<Vec<_>, _>>()?;
    Ok(keys.into_iter().zip(items.items().iter().cloned()).collect())
}
