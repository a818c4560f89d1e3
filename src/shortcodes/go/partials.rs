//! Partials of a theme that is not there and whose shortcodes wsgen has.

use hugo_template::{Fault, Map, Value};

use super::host::GoHost;
use crate::budget::{self, Cost};
use crate::markdown;
use crate::markup::dom::Node;
use crate::markup::marks;
use crate::markup::range_map::RangeMap;
use crate::parse::ArgValue;

impl GoHost<'_> {
    /// The result of `partial "shortcodes/NAME.html" (dict …)`; `None` if wsgen has no such shortcode.
    pub(super) fn theme_partial(&self, name: &str, dot: &Value) -> Result<Option<Value>, Fault> {
        let name = name
            .strip_prefix("shortcodes/")
            .and_then(|rest| rest.strip_suffix(".html"));
        let (Some(name), Value::Map(dict)) = (name, dot) else {
            return Ok(None);
        };
        let mut shortcodes = self.shortcodes_of(self.page)?;
        let nodes = match dict.get("content") {
            Some(Value::List(tabs)) if name == "tabs" => {
                let tabs = tabs.items().iter().filter_map(|tab| match tab {
                    Value::Map(tab) => Some((title(tab), self.content(tab))),
                    _ => None,
                });
                shortcodes.tabs_of_partial(arguments(dict), tabs.collect(), self.span)
            }
            _ => shortcodes.box_of(name, arguments(dict), self.content(dict), self.span),
        };
        self.keep(shortcodes);
        Ok(nodes.map(|nodes| self.mark(nodes, String::new())))
    }

    fn content(&self, dict: &Map) -> Vec<Node> {
        let Some(text) = dict.get("content").and_then(Value::as_text) else {
            return Vec::new();
        };
        self.nodes_of(text)
    }

    /// Markdown in which the marks of this host may stand.
    pub(super) fn nodes_of(&self, text: &str) -> Vec<Node> {
        let text = self.with_marks(text);
        // The next step finds out.
        let _ = budget::spend(Cost::bytes(text.len()));
        let mut map = RangeMap::default();
        map.inserted(0, self.span);
        let mut table = self.table.borrow_mut();
        let mut found = self.diagnostics.borrow_mut();
        let mut nodes = markdown::read(&text, map, Some(&mut table), self.goldmark, &mut found);
        marks::exchange(&mut nodes, &table);
        nodes
    }
}

fn title(tab: &Map) -> String {
    let title = tab.get("title").or_else(|| tab.get("name"));
    title
        .and_then(Value::as_text)
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// The entries of a dictionary besides page and content, as arguments. Empty values are left out.
fn arguments(dict: &Map) -> Vec<(String, ArgValue)> {
    let entries = dict.entries().iter();
    let said = entries.filter(|(name, _)| !matches!(&***name, "page" | "context" | "content"));
    said.filter_map(|(name, value)| {
        let value = match value {
            Value::Str(text) | Value::Safe(_, text) if !text.is_empty() => ArgValue::Str(text.to_string()),
            Value::Int(number) => ArgValue::Int(*number),
            Value::Bool(flag) => ArgValue::Bool(*flag),
            _ => return None,
        };
        Some((name.to_string(), value))
    })
    .collect()
}
