//! The hook for tables.

use hugo_template::{Map, Value};

use super::ElementHooks;
use super::facts::{Facts, attributes};
use crate::markup::dom::{Element, Node};
use crate::shortcodes::go::GoTemplate;

impl ElementHooks<'_, '_> {
    pub(super) fn table(&mut self, table: &Element, hook: &GoTemplate) -> Option<Vec<Node>> {
        let mut facts = Facts::default();
        for (name, part) in [("THead", "thead"), ("TBody", "tbody")] {
            let rows = elements(&table.children, part).flat_map(|part| elements(&part.children, "tr"));
            let rows: Vec<Value> = rows.map(|row| cells(row, &mut facts)).collect();
            facts.value(name, Value::list(rows));
        }
        facts.value("Attributes", attributes(table, &[]));
        facts.value("Ordinal", self.tables.into());
        self.tables += 1;
        self.run(hook, facts)
    }
}

fn elements<'n>(nodes: &'n [Node], name: &'n str) -> impl Iterator<Item = &'n Element> {
    let elements = nodes.iter().filter_map(Node::as_element);
    elements.filter(move |element| element.name == name)
}

fn cells(row: &Element, facts: &mut Facts) -> Value {
    let cells = row.children.iter().filter_map(Node::as_element);
    let cells = cells.map(|cell| {
        let style = cell.get("style").unwrap_or_default();
        let alignment = style.strip_prefix("text-align: ").unwrap_or_default();
        let text = facts.html_of(&cell.children);
        Value::Map(Map::from([
            ("Alignment", Value::str(alignment)),
            ("Text", Value::html(text)),
        ]))
    });
    Value::list(cells.collect())
}
