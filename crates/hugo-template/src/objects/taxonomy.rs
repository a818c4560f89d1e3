//! Methods of a taxonomy, a table of the pages of each term: `.ByCount` and `.Alphabetical`.

use super::site;
use crate::eval::Context;
use crate::value::{Map, Value};

/// The terms as a list in the order `name`. `None` if the table is no taxonomy.
pub(super) fn get(cx: &Context<'_>, terms: &Map, name: &str) -> Option<Value> {
    let most_first = match name {
        "ByCount" => true,
        "Alphabetical" => false,
        _ => return None,
    };
    let mut entries = Vec::new();
    for (key, pages) in terms.entries() {
        let Value::List(list) = pages else { return None };
        entries.push((key, pages, list.items().len()));
    }
    if most_first {
        // A stable order: terms that are equally frequent stay in the alphabetical one.
        entries.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    }
    let entries = entries.into_iter().map(|(key, pages, count)| {
        Value::map([
            ("Name", Value::str(&**key)),
            ("Term", Value::str(&**key)),
            ("Count", count.into()),
            ("Pages", pages.clone()),
            ("WeightedPages", pages.clone()),
            ("Page", site::term(cx, key)),
        ])
    });
    Some(Value::list(entries.collect()))
}
