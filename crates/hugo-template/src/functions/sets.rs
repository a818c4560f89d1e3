//! Lists as sets: `uniq`, `union`, `intersect`, `complement`, `symdiff`.

use std::collections::HashSet;

use super::args::list;
use super::{Args, Entry, Outcome};
use crate::error::Fault;
use crate::print;
use crate::value::{List, Value};

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["uniq", "collections.Uniq"], |_, args| {
        Ok(unique(args.list(0)?.items().iter()))
    }),
    (&["union", "collections.Union"], |_, args| {
        let (a, b) = two(args)?;
        Ok(unique(a.items().iter().chain(b.items())))
    }),
    (&["intersect", "collections.Intersect"], |_, args| {
        let (a, b) = two(args)?;
        let known = keys(&b);
        Ok(unique(a.items().iter().filter(|item| known.contains(&key(item)))))
    }),
    (&["symdiff", "collections.SymDiff"], |_, args| {
        let (a, b) = two(args)?;
        let (in_a, in_b) = (keys(&a), keys(&b));
        let only_b = b.items().iter().filter(|item| !in_a.contains(&key(item)));
        Ok(unique(only_b.chain(
            a.items().iter().filter(|item| !in_b.contains(&key(item))),
        )))
    }),
    (&["complement", "collections.Complement"], |_, args| {
        complement(args)
    }),
];

/// The key that equal items share.
fn key(value: &Value) -> String {
    match value {
        Value::Str(text) | Value::Safe(_, text) => format!("s{text}"),
        Value::Handle(handle) => format!("h{handle:?}"),
        other => format!("{}{}", other.type_name(), print::sharp(other)),
    }
}

fn keys(list: &List) -> HashSet<String> {
    list.items().iter().map(key).collect()
}

fn two(args: &Args<'_>) -> Result<(List, List), Fault> {
    Ok((args.list(0)?, args.list(1)?))
}

fn unique<'v>(items: impl Iterator<Item = &'v Value>) -> Value {
    let mut seen = HashSet::new();
    Value::list(items.filter(|item| seen.insert(key(item))).cloned().collect())
}

/// `complement LESS … LIST`: the items of the last list that are in none of the others.
fn complement(args: &Args<'_>) -> Outcome {
    let Some((from, less)) = args.all().split_last().filter(|(_, less)| !less.is_empty()) else {
        return Err(Fault::failed("needs at least two lists"));
    };
    let mut known = HashSet::new();
    for one in less {
        known.extend(keys(&list(one)?));
    }
    Ok(Value::list(
        list(from)?
            .items()
            .iter()
            .filter(|item| !known.contains(&key(item)))
            .cloned()
            .collect(),
    ))
}
