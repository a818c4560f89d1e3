//! The hooks for code of a language.

use hugo_template::{Map, Value};

use super::Replace;
use super::facts::Facts;
use crate::diag::Span;
use crate::highlight::options::attributes::{self, Attribute};
use crate::highlight::options::parse_info;
use crate::markup::code_block::{CodeBlock, CodeKind};
use crate::markup::dom::Node;
use crate::shortcodes::hooks::Hooks;

/// Attributes that are options of the highlighter to Hugo, in lower case.
const OPTIONS: [&str; 14] = [
    "anchorlinenos",
    "codefences",
    "guesssyntax",
    "hl_inline",
    "hl_lines",
    "lineanchors",
    "linenos",
    "linenostart",
    "linenumbersintable",
    "noclasses",
    "nohl",
    "style",
    "tabwidth",
    "wrapperclass",
];

/// The hooks for code between fences.
pub(crate) struct CodeHooks<'h, 'a> {
    hooks: &'h mut Hooks<'a>,
    /// The nearest place in the source.
    near: Span,
    blocks: i64,
}

impl<'h, 'a> CodeHooks<'h, 'a> {
    pub(crate) fn new(hooks: &'h mut Hooks<'a>, near: Span) -> Self {
        Self {
            hooks,
            near,
            blocks: 0,
        }
    }

    fn block(&mut self, code: &CodeBlock) -> Option<Vec<Node>> {
        if code.kind != CodeKind::Fenced {
            return None;
        }
        let ordinal = self.blocks;
        self.blocks += 1;
        let (fence, _) = parse_info(&code.info);
        let language = fence.language?;
        let hook = self.hooks.find(&format!("codeblock-{language}"))?;
        let mut facts = Facts::default();
        let list = code.info.find('{').map(|at| attributes::parse(&code.info, at).0);
        let (options, others) = list
            .unwrap_or_default()
            .into_iter()
            .partition(|attribute| OPTIONS.contains(&&*attribute.name.to_lowercase()));
        facts.text("Type", &language);
        facts.text("Inner", code.text.trim_end_matches('\n'));
        facts.value("Options", table(options));
        facts.value("Attributes", table(others));
        facts.value("Ordinal", ordinal.into());
        let near = code.span.unwrap_or(self.near);
        self.hooks.run(hook, facts.values, facts.table, near)
    }
}

impl Replace for CodeHooks<'_, '_> {
    fn node(&mut self, node: Node, out: &mut Vec<Node>) -> bool {
        match node {
            Node::Element(mut element) => {
                self.nodes(&mut element.children);
                out.push(element.into());
                false
            }
            Node::Code(code) => {
                let printed = self.block(&code);
                let is_printed = printed.is_some();
                out.extend(printed.unwrap_or_else(|| vec![Node::Code(code)]));
                is_printed
            }
            other => {
                out.push(other);
                false
            }
        }
    }
}

/// Attributes as a table; of those that are there twice, classes are joined, and else the last counts.
fn table(attributes: Vec<Attribute>) -> Value {
    let mut entries = std::collections::BTreeMap::new();
    for Attribute { name, value, .. } in attributes {
        let value = of_attribute(value);
        let known = entries.get("class").filter(|_| name == "class");
        let value = match known.and_then(Value::as_text).zip(value.as_text()) {
            Some((first, second)) => Value::str(format!("{first} {second}")),
            None => value,
        };
        entries.insert(name.into(), value);
    }
    Value::Map(Map::new(entries))
}

fn of_attribute(value: attributes::Value) -> Value {
    match value {
        attributes::Value::Bool(flag) => flag.into(),
        attributes::Value::Int(number) => number.into(),
        attributes::Value::Text(text) => Value::str(text),
        attributes::Value::List(items) => Value::list(items.into_iter().map(of_attribute).collect()),
    }
}
