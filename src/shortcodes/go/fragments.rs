//! `.Fragments`: the headings of a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use hugo_template::{Context, Fault, Map, Object, Value};

use crate::config::Toc;
use crate::markup::dom::write_nodes;
use crate::markup::outline::{Heading, table_of_contents};

/// The headings of a page in order.
pub(super) struct Fragments(Vec<Heading>);

impl Fragments {
    pub(super) fn value(outline: &[Heading]) -> Value {
        Value::Object(Arc::new(Self(outline.to_vec())))
    }

    fn identifiers(&self) -> Value {
        let mut ids: Vec<&str> = self.0.iter().map(|heading| heading.id.as_str()).collect();
        ids.retain(|id| !id.is_empty());
        ids.sort_unstable();
        Value::texts(ids)
    }

    fn by_id(&self) -> Value {
        let mut rest = self.0.as_slice();
        let mut entries = BTreeMap::new();
        while let Some(first) = rest.first() {
            let mut below = &rest[1..];
            let inner = headings(&mut below, first.level + 1);
            entries.insert(Arc::from(first.id.as_str()), value(first, inner));
            rest = &rest[1..];
        }
        Value::Map(Map::new(entries))
    }

    /// `.ToHTML START STOP ORDERED`.
    fn html(&self, args: &[Value]) -> Value {
        let level = |at: usize, or: u8| match args.get(at) {
            Some(Value::Int(level)) => u8::try_from(*level).unwrap_or(or),
            _ => or,
        };
        let stop = level(1, 3);
        let levels = Toc {
            start_level: level(0, 2),
            // -1 is every level.
            end_level: if matches!(args.get(1), Some(Value::Int(-1))) {
                6
            } else {
                stop
            },
            ordered: args.get(2).is_some_and(Value::is_true),
        };
        let mut out = String::from("<nav id=\"TableOfContents\">");
        write_nodes(&table_of_contents(&self.0, levels), &mut out);
        Value::html(out + "</nav>")
    }
}

/// The headings up to the first above `level`, as templates see them. A level that is left out is a heading without text.
fn headings(rest: &mut &[Heading], level: u8) -> Vec<Value> {
    let mut found = Vec::new();
    while let Some((first, after)) = rest.split_first().filter(|(first, _)| first.level >= level) {
        if first.level == level {
            *rest = after;
            let inner = headings(rest, level + 1);
            found.push(value(first, inner));
        } else {
            let inner = headings(rest, level + 1);
            found.push(heading("", "", 0, inner));
        }
    }
    found
}

fn value(of: &Heading, inner: Vec<Value>) -> Value {
    heading(&of.id, &of.html, of.level, inner)
}

fn heading(id: &str, title: &str, level: u8, inner: Vec<Value>) -> Value {
    Value::map([
        ("ID", Value::str(id)),
        ("Title", Value::str(title)),
        ("Level", Value::Int(level.into())),
        ("Headings", Value::list(inner)),
    ])
}

impl Object for Fragments {
    fn type_name(&self) -> &str {
        "*tableofcontents.Fragments"
    }

    fn get(&self, _cx: &mut Context<'_>, name: &str, args: &[Value]) -> Option<Result<Value, Fault>> {
        Some(Ok(match name {
            "Identifiers" => self.identifiers(),
            "Headings" => Value::list(headings(&mut self.0.as_slice(), 1)),
            "HeadingsMap" => self.by_id(),
            "ToHTML" => self.html(args),
            _ => return None,
        }))
    }

    fn print(&self) -> String {
        String::new()
    }
}
