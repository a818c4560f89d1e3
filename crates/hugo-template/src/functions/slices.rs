//! Parts of lists: `first`, `last`, `after`, `group`, `apply`, `shuffle`, `collections.Reverse`.

use super::{Args, Entry, Function, Outcome, find};
use crate::error::Fault;
use crate::eval::Context;
use crate::value::{List, Value};

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["first", "collections.First"], |_, args| {
        part(args, |count, items| &items[..count.min(items.len())])
    }),
    (&["last", "collections.Last"], |_, args| {
        part(args, |count, items| {
            &items[items.len() - count.min(items.len())..]
        })
    }),
    (&["after", "collections.After"], |_, args| {
        part(args, |count, items| &items[count.min(items.len())..])
    }),
    (&["collections.Reverse"], |_, args| {
        Ok(Value::list(args.list(0)?.items().iter().rev().cloned().collect()))
    }),
    // Two builds must be the same, so the order stays as it is.
    (&["shuffle", "collections.Shuffle"], shuffle),
    (&["group", "collections.Group"], |_, args| {
        Ok(Value::map([
            ("Key", args.value(0)?.clone()),
            ("Pages", args.value(1)?.clone()),
        ]))
    }),
    (&["apply", "collections.Apply"], apply),
];

/// `shuffle LIST`: in another order, the same in every build.
fn shuffle(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let mut items = args.list(0)?.items().to_vec();
    for end in (1..items.len()).rev() {
        items.swap(end, (cx.random() % (end as u64 + 1)) as usize);
    }
    Ok(Value::list(items))
}

/// `first COUNT LIST`, also of a text's characters.
fn part(args: &Args<'_>, cut: for<'v> fn(usize, &'v [Value]) -> &'v [Value]) -> Outcome {
    let count = usize::try_from(args.int(0)?).map_err(|_| Fault::failed("a negative count"))?;
    let items = args.list(1)?;
    Ok(Value::List(List::new(cut(count, items.items()).to_vec())))
}

/// `apply LIST "function" ARGUMENT …`, where the argument `"."` stands for the item.
fn apply(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let items = args.list(0)?;
    let name = args.text(1)?;
    let Some(Function::Plain(function)) = find(&name) else {
        return Err(Fault::unsupported(format!("apply with {name}")));
    };
    let mut results = Vec::new();
    for item in items.items() {
        cx.charge(1)?;
        let is_dot = |value: &Value| value.as_text().is_some_and(|text| &**text == ".");
        let values = args.all()[2..]
            .iter()
            .map(|arg| if is_dot(arg) { item.clone() } else { arg.clone() });
        let values: Vec<Value> = values.collect();
        cx.charge_for(&values)?;
        let result = function(cx, &Args::new(&values))?;
        results.push(cx.checked(result)?);
    }
    Ok(Value::list(results))
}
