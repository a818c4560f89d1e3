//! Making values: `dict`, `slice`, `seq`, `newScratch`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Args, Entry, Outcome};
use crate::cast;
use crate::error::Fault;
use crate::eval::Context;
use crate::objects::{self, Scratch};
use crate::value::{Map, Value};

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["dict", "collections.Dictionary"], dict),
    (&["slice", "collections.Slice"], |_, args| {
        Ok(Value::list(args.all().to_vec()))
    }),
    (&["seq", "collections.Seq"], seq),
    (&["newScratch", "collections.NewScratch"], |_, _| {
        Ok(objects::new_scratch(Arc::new(Scratch::new())))
    }),
];

/// `dict KEY VALUE …`; a list of texts for a key makes maps inside of each other.
fn dict(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let pairs = args.all();
    if !pairs.len().is_multiple_of(2) {
        return Err(Fault::failed("wants keys and values in pairs"));
    }
    let mut entries = BTreeMap::new();
    for pair in pairs.chunks_exact(2) {
        match &pair[0] {
            Value::List(path) => {
                let path = Args::new(path.items()).texts()?;
                insert_at(&mut entries, &path, pair[1].clone());
            }
            key => drop(entries.insert(cast::text(key)?, pair[1].clone())),
        }
    }
    Ok(Value::Map(Map::new(entries)))
}

fn insert_at(entries: &mut BTreeMap<Arc<str>, Value>, path: &[String], value: Value) {
    let Some((key, rest)) = path.split_first() else {
        return;
    };
    let value = match rest {
        [] => value,
        _ => {
            let mut inner = match entries.get(key.as_str()) {
                Some(Value::Map(map)) => map.entries().clone(),
                _ => BTreeMap::new(),
            };
            // Paths are as deep as the template writes them; deeper ones would be cut by the limit on values.
            insert_at(
                &mut inner,
                if rest.len() > 60 { &rest[..60] } else { rest },
                value,
            );
            Value::Map(Map::new(inner))
        }
    };
    entries.insert(key.as_str().into(), value);
}

/// `seq LAST`, `seq FIRST LAST`, `seq FIRST STEP LAST`; one text may hold the numbers.
fn seq(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let numbers = match args.all() {
        [Value::Str(text)] => text
            .split_whitespace()
            .map(|part| cast::int(&part.into()))
            .collect::<Result<_, _>>()?,
        values => values.iter().map(cast::int).collect::<Result<Vec<i64>, _>>()?,
    };
    let (first, step, last) = match numbers[..] {
        [0] => return Ok(Value::list(Vec::new())),
        [last] if last > 0 => (1, 1, last),
        [last] => (-1, -1, last),
        [first, last] => (first, if first <= last { 1 } else { -1 }, last),
        [first, step, last] => (first, step, last),
        _ => return Err(Fault::failed("wants one to three numbers")),
    };
    if step == 0 || (step > 0) != (first <= last) && first != last {
        return Err(Fault::failed("the step leads away from the last number"));
    }
    let count = (i128::from(last) - i128::from(first)) / i128::from(step) + 1;
    let count = i64::try_from(count).map_err(|_| Fault::limit("too long a sequence"))?;
    cx.charge(count.unsigned_abs() / 8)?;
    Ok(Value::list(
        (0..count).map(|at| Value::Int(first + at * step)).collect(),
    ))
}
