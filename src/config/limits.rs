//! The `[wsgen.limits]` table: bytes, nodes and steps that a page may take.

use super::Table;
use crate::budget::Limits;

/// Every key of the table.
const KEYS: [&str; 3] = ["bytes", "nodes", "steps"];

/// The limits below `wsgen`.
pub(super) fn limits(wsgen: &Table<'_>) -> Limits {
    let table = wsgen.table("limits");
    table.report_others(&KEYS);
    let usual = Limits::default();
    let limit = |key: &str, usual: u64| table.int(key).map_or(usual, |n| amount(&table, key, n, usual));
    Limits {
        bytes: limit("bytes", usual.bytes),
        nodes: limit("nodes", usual.nodes),
        steps: limit("steps", usual.steps),
    }
}

fn amount(table: &Table<'_>, key: &str, written: i64, usual: u64) -> u64 {
    u64::try_from(written).unwrap_or_else(|_| {
        if let Some(value) = table.value(key) {
            table.wrong(value, key, "a number that is not negative");
        }
        usual
    })
}
