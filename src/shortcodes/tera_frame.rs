//! The frames of calls: the output of a shortcode's template, with slots for texts of the page.
//!
//! A frame that was printed before for a call with the same values is not printed again (see
//! [`crate::shortcodes::frame_cache`]).

use serde::Serialize;

use super::call_args::{Named, Positional};
use super::{Outcome, Shortcodes};
use crate::budget::{self, Cost};
use crate::diag::{Code, Diagnostic};
use crate::markup::dom::{self, Node, text_of};
use crate::markup::marks::{self, Exchange};
use crate::markup::tree_builder;
use crate::parse::{Call, Delimiter};
use crate::shortcodes::frame_cache::Key;
use crate::template::TemplateError;

/// The texts that a template may place.
#[derive(Default)]
pub(super) struct Slots {
    table: Vec<Exchange>,
    /// True if the second slot is for the content of the first without its only paragraph.
    inline: bool,
}

impl Slots {
    /// Adds nodes and gives the slot to put into the context.
    pub(super) fn add(&mut self, nodes: Vec<Node>, text: String) -> String {
        let slot = marks::mark(self.table.len()).to_string();
        self.table.push(Exchange { nodes, text });
        slot
    }

    /// Slots for the inner text of a call, as blocks and within a line.
    pub(super) fn of_inner(nodes: Vec<Node>, text: String) -> (Self, [String; 2]) {
        let mut slots = Self {
            inline: true,
            ..Self::default()
        };
        let names = [slots.add(nodes, text.clone()), slots.add(Vec::new(), text)];
        (slots, names)
    }

    /// The inner text.
    fn inner(self) -> Vec<Node> {
        let inner = self.table.into_iter().next();
        inner.map(|slot| slot.nodes).unwrap_or_default()
    }

    /// Puts the texts into the output of a template.
    fn fill(mut self, nodes: &mut Vec<Node>) {
        let uses = marks::uses(nodes, self.table.len());
        if self.inline && uses[1] > 0 {
            let block = &mut self.table[0].nodes;
            let inner = if uses[0] > 0 {
                block.clone()
            } else {
                std::mem::take(block)
            };
            self.table[1].nodes = unwrapped(inner);
        }
        marks::exchange_last(nodes, self.table, uses);
    }
}

/// The variables of every shortcode template.
#[derive(Debug, Serialize)]
pub(super) struct CallView<'a> {
    /// Name in lower case.
    name: String,
    /// Positional arguments as a list.
    args: Positional<'a>,
    /// Named arguments, keys in lower case.
    named: Named<'a>,
    /// True if there is inner text.
    has_inner: bool,
    /// True for a call in `{{% %}}`.
    percent: bool,
    /// Key of the language, for interface texts.
    lang: &'a str,
    /// Number of earlier calls of the shortcode on this page.
    #[serde(skip)]
    ordinal: usize,
    /// The inner text as written.
    #[serde(skip)]
    inner_text: String,
}

impl CallView<'_> {
    /// Sets the inner text.
    pub(super) fn with_inner(self, has_inner: bool, inner_text: String) -> Self {
        Self {
            has_inner,
            inner_text,
            ..self
        }
    }
}

/// The variables of every shortcode template that hardly two calls share.
#[derive(Debug, Serialize)]
struct OwnView<'a> {
    /// The call around this one: `name`, `args`, `named`.
    parent: Option<ParentView<'a>>,
    inner_text: &'a str,
    ordinal: usize,
    /// An id for the call, unique on the page.
    id: String,
    /// The page of the call.
    page: PageFields<'a>,
}

/// The fields of [`OwnView`].
const OWN: [&str; 5] = ["parent", "inner_text", "ordinal", "id", "page"];

#[derive(Debug, Serialize)]
struct ParentView<'a> {
    name: String,
    args: Positional<'a>,
    named: Named<'a>,
}

#[derive(Debug, Serialize)]
struct PageFields<'a> {
    title: &'a str,
    url: String,
    kind: String,
}

impl Shortcodes<'_> {
    pub(super) fn call_view<'c>(&mut self, call: &'c Call) -> CallView<'c>
    where
        Self: 'c,
    {
        let (config, name) = (self.cx.config, call.name.to_lowercase());
        CallView {
            ordinal: self.count(&name),
            args: Positional(&call.args),
            named: Named(&call.args),
            has_inner: false,
            inner_text: String::new(),
            percent: call.delimiter == Delimiter::Percent,
            lang: &config.languages[self.page().lang].key,
            name,
        }
    }

    fn own_view<'v>(&'v self, view: &'v CallView<'_>) -> OwnView<'v> {
        let page = self.page();
        OwnView {
            id: format!("{}-{}", view.name.replace(['/', '.'], "-"), view.ordinal + 1),
            parent: self.parents.last().map(|parent| ParentView {
                name: parent.name.to_lowercase(),
                args: Positional(&parent.args),
                named: Named(&parent.args),
            }),
            inner_text: &view.inner_text,
            ordinal: view.ordinal,
            page: PageFields {
                title: &page.title,
                url: self.cx.graph.href(self.cx.config, self.page, &page.url),
                kind: format!("{:?}", page.kind).to_lowercase(),
            },
        }
    }

    /// Renders a template with the variables of `view` and `more`, and puts the slots' nodes into its output. If it
    /// fails, the inner text stays.
    pub(super) fn render_with(
        &mut self,
        call: &Call,
        name: &str,
        slots: Slots,
        view: &CallView<'_>,
        more: &impl Serialize,
    ) -> Outcome {
        match self.frame(call, name, view, more) {
            Ok(mut nodes) => {
                slots.fill(&mut nodes);
                Outcome::Nodes(trimmed(nodes))
            }
            Err(error) => {
                if budget::over().is_some() {
                    self.tell_limit(call, None);
                    return Outcome::Nodes(slots.inner());
                }
                let message = format!("the template of `{}` failed: {error}", call.name);
                self.diagnostics
                    .push(Diagnostic::error(Code::ShortcodeFailed, call.open_span, message));
                Outcome::Nodes(slots.inner())
            }
        }
    }

    /// The output of a template, with its slots.
    fn frame(
        &mut self,
        call: &Call,
        name: &str,
        view: &CallView<'_>,
        more: &impl Serialize,
    ) -> Result<Vec<Node>, TemplateError> {
        let (cx, path) = (self.cx, format!("shortcodes/{name}.html"));
        let key = Key::new(&path, &(view, more));
        if let Some(key) = &key
            && let Some((known, cost)) = cx.frames.get(key, call.open_span)
        {
            spend(cost)?;
            return Ok(known);
        }
        let before = budget::spent();
        let mut context = context_of(view);
        context.extend(context_of(&self.own_view(view)));
        context.extend(context_of(more));
        context.insert("themes", &cx.config.themes);
        context.insert_value("t", cx.text_values_of(self.page().lang));
        let html = cx.templates.render(&path, &context)?;
        let mut nodes = tree_builder::template_fragment(&html, Some(call.open_span));
        spend(Cost::nodes(dom::count(&nodes)).and(Cost::bytes(html.len())))?;
        let cost = budget::spent().since(before);
        let found = self.diagnostics.len();
        if html.contains("<md") || html.contains("data-alt") {
            self.read_labels(&mut nodes, call.open_span);
        }
        // What is found in a label is found in that of each call.
        if let Some(key) = key
            && self.diagnostics.len() == found
        {
            cx.frames.keep(key, (&nodes, cost), cx.templates, &path, &OWN);
        }
        Ok(nodes)
    }
}

/// Takes the cost of a frame. It is paid for each call, whichever page has it printed.
fn spend(cost: Cost) -> Result<(), TemplateError> {
    budget::spend(cost).map_err(|over| TemplateError::plain("", &over.to_string()))
}

/// The fields of a struct as variables.
fn context_of(view: &impl Serialize) -> tera::Context {
    tera::Context::from_serialize(view).unwrap_or_default()
}

/// Nodes without the only paragraph around them.
pub(super) fn unwrapped(mut nodes: Vec<Node>) -> Vec<Node> {
    let mut visible = nodes.iter_mut().filter(|node| !node.is_blank());
    match (visible.next(), visible.next()) {
        (Some(Node::Element(only)), None) if only.name == "p" => std::mem::take(&mut only.children),
        _ => nodes,
    }
}

/// Removes the white space at both ends of a template's output, which is there for readability.
fn trimmed(mut nodes: Vec<Node>) -> Vec<Node> {
    while nodes.last().is_some_and(|node| {
        matches!(node, Node::Text(_)) && text_of(std::slice::from_ref(node)).trim().is_empty()
    }) {
        nodes.pop();
    }
    let blank = nodes
        .iter()
        .take_while(|node| matches!(node, Node::Text(text) if text.trim().is_empty()))
        .count();
    nodes.drain(..blank);
    if let Some(Node::Text(text)) = nodes.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Node::Text(text)) = nodes.last_mut() {
        text.truncate(text.trim_end().len());
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Templates that read a variable which is neither in the key of a frame nor among these would print another call's
    /// text.
    #[test]
    fn what_differs_from_call_to_call_is_named() {
        let args = crate::parse::Args::default();
        let view = OwnView {
            parent: Some(ParentView {
                name: String::new(),
                args: Positional(&args),
                named: Named(&args),
            }),
            inner_text: "",
            ordinal: 0,
            id: String::new(),
            page: PageFields {
                title: "",
                url: String::new(),
                kind: String::new(),
            },
        };
        let value = serde_json::to_value(&view).unwrap();
        let fields: Vec<&String> = value.as_object().unwrap().keys().collect();
        assert_eq!(fields, OWN);
    }
}
