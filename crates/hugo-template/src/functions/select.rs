//! The function `where`.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Args, Entry, Outcome, order};
use crate::error::Fault;
use crate::eval::Context;
use crate::value::{Map, Value};
use crate::{cast, objects};

pub(super) const FUNCTIONS: &[Entry] = &[(&["where", "collections.Where"], where_)];

/// `where COLLECTION FIELD [OPERATOR] VALUE`. Of a map, the lists in it are searched.
fn where_(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let path = args.text(1)?;
    let (operator, wanted) = match args.len() {
        3 => ("eq".into(), args.value(2)?),
        _ => (args.text(2)?, args.value(3)?),
    };
    let test = Test::named(&operator)?;
    match args.value(0)? {
        Value::Map(map) => {
            let mut kept = BTreeMap::new();
            for (key, value) in map.entries() {
                if let Value::List(items) = value {
                    // One match keeps the whole list.
                    if !matching(cx, items.items(), &path, test, wanted)?.is_empty() {
                        kept.insert(key.clone(), value.clone());
                    }
                }
            }
            Ok(Value::Map(Map::new(kept)))
        }
        _ => matching(cx, args.list(0)?.items(), &path, test, wanted).map(Value::list),
    }
}

fn matching(
    cx: &mut Context<'_>,
    items: &[Value],
    path: &str,
    test: Test,
    wanted: &Value,
) -> Result<Vec<Value>, Fault> {
    let mut kept = Vec::new();
    for item in items {
        if holds(cx, item, path, test, wanted)? {
            kept.push(item.clone());
        }
    }
    Ok(kept)
}

fn holds(cx: &mut Context<'_>, item: &Value, path: &str, test: Test, wanted: &Value) -> Result<bool, Fault> {
    let value = objects::at_path(cx, item, path)?;
    test.holds(cx, &value, wanted)
}

#[derive(Clone, Copy)]
enum Test {
    Same(bool),
    Ordered(fn(Ordering) -> bool),
    In(bool),
    Intersect,
    Like,
}

impl Test {
    fn named(operator: &str) -> Result<Self, Fault> {
        Ok(match operator {
            "" | "=" | "==" | "eq" => Self::Same(true),
            "!=" | "<>" | "ne" => Self::Same(false),
            ">=" | "ge" => Self::Ordered(|order| order != Ordering::Less),
            ">" | "gt" => Self::Ordered(|order| order == Ordering::Greater),
            "<=" | "le" => Self::Ordered(|order| order != Ordering::Greater),
            "<" | "lt" => Self::Ordered(|order| order == Ordering::Less),
            "in" => Self::In(true),
            "not in" => Self::In(false),
            "intersect" => Self::Intersect,
            "like" => Self::Like,
            _ => return Err(Fault::failed(format!("no such operator: {operator:?}"))),
        })
    }

    fn holds(self, cx: &mut Context<'_>, value: &Value, wanted: &Value) -> Result<bool, Fault> {
        Ok(match self {
            Self::Same(expected) => order::same(value, wanted) == expected,
            // What is of another kind is neither less nor greater.
            Self::Ordered(_) if !order::comparable(value, wanted) => false,
            Self::Ordered(holds) => order::compare(value, wanted).is_some_and(holds),
            Self::In(expected) => is_in(value, wanted) == expected,
            Self::Intersect => match (value, wanted) {
                (Value::List(a), Value::List(b)) => a
                    .items()
                    .iter()
                    .any(|a| b.items().iter().any(|b| order::same(a, b))),
                _ => false,
            },
            Self::Like => cx.regex(&cast::text(wanted)?)?.is_match(&cast::text(value)?),
        })
    }
}

fn is_in(value: &Value, wanted: &Value) -> bool {
    match wanted {
        Value::List(list) => list.items().iter().any(|item| order::same(item, value)),
        Value::Str(text) | Value::Safe(_, text) => value.as_text().is_some_and(|part| text.contains(&**part)),
        _ => false,
    }
}
