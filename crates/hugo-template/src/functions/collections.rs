//! Looking into lists and maps: `index`, `len`, `in`, `isset`, `delimit`, `merge`, `append`, `querify`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::args::list;
use super::{Args, Entry, Outcome, order, urls};
use crate::error::Fault;
use crate::eval::Context;
use crate::value::{List, Map, Value};
use crate::{cast, print};

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["index", "collections.Index"], index),
    (&["len"], len),
    (&["in", "collections.In"], in_),
    (&["isset", "isSet", "collections.IsSet"], is_set),
    (&["delimit", "collections.Delimit"], delimit),
    (&["merge", "collections.Merge"], merge),
    (&["append", "collections.Append"], append),
    (&["querify", "collections.Querify"], querify),
    (&["keyVals", "collections.KeyVals"], key_vals),
    (&["echoParam"], |cx, args| index(cx, args).or(Ok(Value::str("")))),
];

/// `index COLLECTION KEY …`; one list of keys counts as several.
fn index(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let mut value = args.value(0)?.clone();
    args.value(1)?;
    let keys = match &args.all()[1..] {
        [Value::List(keys)] => keys.items(),
        keys => keys,
    };
    for key in keys {
        value = item(&value, key)?;
    }
    Ok(value)
}

fn item(of: &Value, key: &Value) -> Outcome {
    match of {
        Value::Nil => Ok(Value::Nil),
        Value::Map(map) => Ok(map.get(&cast::text(key)?).cloned().unwrap_or_default()),
        Value::List(list) => {
            let at = usize::try_from(cast::int(key)?).ok();
            Ok(at
                .and_then(|at| list.items().get(at))
                .cloned()
                .unwrap_or_default())
        }
        Value::Str(text) | Value::Safe(_, text) => {
            let at = usize::try_from(cast::int(key)?).ok();
            let byte = at
                .and_then(|at| text.as_bytes().get(at))
                .map(|byte| Value::Int((*byte).into()));
            byte.ok_or_else(|| Fault::failed("index out of range"))
        }
        other => Err(Fault::failed(format!(
            "can't index item of type {}",
            other.type_name()
        ))),
    }
}

fn len(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    Ok(match args.value(0)? {
        // Go counts bytes.
        Value::Str(text) | Value::Safe(_, text) => text.len(),
        Value::List(list) => list.items().len(),
        Value::Map(map) => map.entries().len(),
        Value::Nil => 0,
        Value::Object(object) if object.items().is_some() => object.items().unwrap_or_default().len(),
        other => return Err(Fault::failed(format!("{} has no length", other.type_name()))),
    }
    .into())
}

/// `in COLLECTION ITEM`; for texts, true if one holds the other.
fn in_(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let item = args.value(1)?;
    Ok(match args.value(0)? {
        Value::Str(text) | Value::Safe(_, text) => cast::text(item).is_ok_and(|part| text.contains(&*part)),
        Value::List(list) => list.items().iter().any(|other| order::same(other, item)),
        _ => false,
    }
    .into())
}

/// `isset COLLECTION KEY`.
fn is_set(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let key = args.value(1)?;
    Ok(match args.value(0)? {
        Value::Map(map) => match key {
            Value::Str(key) | Value::Safe(_, key) => map.get(key).is_some(),
            _ => false,
        },
        // A name asked of a list, which is an error to Hugo: templates ask `.Params`, named or not.
        Value::List(list) => match cast::int(key) {
            Ok(at) => usize::try_from(at).is_ok_and(|at| at < list.items().len()),
            Err(_) => false,
        },
        _ => false,
    }
    .into())
}

/// `delimit LIST BETWEEN [LAST]`; the values of a map in order of their keys.
fn delimit(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let items = args.list(0)?;
    let between = args.text(1)?;
    let last = args.get(2).map(cast::text).transpose()?;
    let texts: Vec<String> = items.items().iter().map(print::plain).collect();
    Ok(match (texts.split_last(), last) {
        (Some((end, before)), Some(last)) if !before.is_empty() => {
            format!("{}{last}{end}", before.join(&between))
        }
        _ => texts.join(&between),
    }
    .into())
}

/// `merge LEFT RIGHT …`: later maps win, maps inside are merged too.
fn merge(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    args.value(1)?;
    let mut merged = args.value(0)?.clone();
    for value in &args.all()[1..] {
        merged = match (&merged, value) {
            (Value::Map(left), Value::Map(right)) => Value::Map(merged_maps(left, right)),
            (_, Value::Nil) => merged,
            (Value::Nil, Value::Map(_)) => value.clone(),
            _ => return Err(Fault::failed("wants maps")),
        };
    }
    Ok(merged)
}

fn merged_maps(left: &Map, right: &Map) -> Map {
    let mut entries = left.entries().clone();
    for (key, value) in right.entries() {
        let known = entries
            .keys()
            .find(|known| **known == *key || known.eq_ignore_ascii_case(key))
            .cloned();
        let key = known.unwrap_or_else(|| key.clone());
        let value = match (entries.get(&key), value) {
            (Some(Value::Map(left)), Value::Map(right)) => Value::Map(merged_maps(left, right)),
            _ => value.clone(),
        };
        entries.insert(key, value);
    }
    left.with_entries(entries)
}

/// `append ITEM … LIST`, so that a list can be piped in; one list of items is added item by item.
fn append(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    args.value(1)?;
    let Some((to, added)) = args.all().split_last() else {
        return Ok(Value::Nil);
    };
    let mut items = list(to)?.items().to_vec();
    match added {
        [Value::List(added)] if !is_one_item(to, added) => items.extend(added.items().iter().cloned()),
        _ => items.extend(added.iter().cloned()),
    }
    Ok(Value::List(List::new(items)))
}

/// Returns true if a list is added as one item: to a list of lists, and one of a single type to one of several.
fn is_one_item(to: &Value, added: &List) -> bool {
    let Value::List(to_items) = to else { return false };
    let is_mixed = |value: &Value| value.type_name() == "[]interface {}";
    match to_items.items().first() {
        None => false,
        Some(Value::List(_)) => true,
        Some(_) => is_mixed(to) && !is_mixed(&Value::List(added.clone())),
    }
}

/// `querify KEY VALUE …`, or with one map or list: a query string, sorted by key.
fn querify(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let mut pairs: Vec<(String, String)> = match args.all() {
        [Value::Map(map)] => {
            let pair = |(key, value): (&Arc<str>, &Value)| (key.to_string(), plain_text(value));
            map.entries().iter().map(pair).collect()
        }
        [Value::List(list)] => in_pairs(list.items())?,
        values => in_pairs(values)?,
    };
    pairs.sort_by(|(a, _), (b, _)| a.cmp(b));
    let parts = pairs
        .iter()
        .map(|(key, value)| format!("{}={}", urls::query_escape(key), urls::query_escape(value)));
    Ok(parts.collect::<Vec<_>>().join("&").into())
}

/// A value as text, where lists and maps are allowed too.
fn plain_text(value: &Value) -> String {
    cast::text(value).map_or_else(|_| print::plain(value), |text| text.to_string())
}

fn in_pairs(values: &[Value]) -> Result<Vec<(String, String)>, Fault> {
    if !values.len().is_multiple_of(2) {
        return Err(Fault::failed("wants keys and values in pairs"));
    }
    Ok(values
        .chunks_exact(2)
        .map(|pair| (plain_text(&pair[0]), plain_text(&pair[1])))
        .collect())
}

/// `keyVals KEY VALUE …`.
fn key_vals(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let key = args.value(0)?.clone();
    let values = Value::list(args.all()[1..].to_vec());
    let entries: BTreeMap<Arc<str>, Value> = [("Key".into(), key), ("Values".into(), values)].into();
    Ok(Value::Map(Map::new(entries)))
}
