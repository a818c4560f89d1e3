//! Shortcodes that are Tera templates.
//!
//! A template prints HTML; what was between the tags is not in it as text, but as a slot, a mark that is exchanged
//! for the nodes of the inner text when the HTML has been read into nodes.

use serde::Serialize;
use serde_json::{Map, Value};

use super::files::{FileView, wants_files};
use super::{Outcome, Shortcodes};
use crate::body::dom::{Node, text_of};
use crate::body::marks::{self, Exchange};
use crate::body::tree;
use crate::diag::{Code, Diagnostic};
use crate::parse::{Args, Call, Segment};
use crate::source::FileId;

/// The inner texts that a template may place.
#[derive(Default)]
pub(super) struct Slots(Vec<Exchange>);

impl Slots {
    /// Adds nodes and gives the slot to put into the context.
    pub(super) fn add(&mut self, nodes: Vec<Node>, text: String) -> String {
        let slot = marks::mark(self.0.len()).to_string();
        self.0.push(Exchange { nodes, text });
        slot
    }
}

/// What every shortcode template sees.
#[derive(Debug, Serialize)]
pub(super) struct CallView {
    /// Name in lower case.
    name: String,
    /// Positional arguments.
    args: Vec<Value>,
    /// Named arguments, keys in lower case.
    named: Map<String, Value>,
    /// The call around this one: `name`, `args`, `named`.
    parent: Option<ParentView>,
    /// Whether there is inner text.
    has_inner: bool,
    /// The inner text as it is written.
    inner_text: String,
    /// How often the shortcode was called before on this page.
    ordinal: usize,
    /// An id that no other call on the page has.
    id: String,
    /// Whether the call was written with `{{% %}}`.
    percent: bool,
    /// The page.
    page: PageFields,
    /// Names of the themes that the site names, in lower case.
    themes: Vec<String>,
    /// Key of the language, for interface texts.
    lang: String,
}

#[derive(Debug, Serialize)]
struct ParentView {
    name: String,
    args: Vec<Value>,
    named: Map<String, Value>,
}

#[derive(Debug, Serialize)]
struct PageFields {
    title: String,
    url: String,
    kind: String,
}

impl Shortcodes<'_> {
    /// Renders the template `shortcodes/NAME.html` for a call.
    pub(super) fn template(&mut self, file: FileId, call: &Call, name: &str) -> Outcome {
        self.numbered(file, call, name, "")
    }

    /// The same with the number of an exercise, hint or solution.
    pub(super) fn numbered(&mut self, file: FileId, call: &Call, name: &str, number: &str) -> Outcome {
        let nodes = self.content(file, call, name);
        let raw = call
            .inner
            .as_ref()
            .map(|inner| self.visible_source(inner.span, &inner.segments))
            .unwrap_or_default();
        let files = if wants_files(name) {
            self.files(file, call, name)
        } else {
            Vec::new()
        };
        self.filled(call, name, number, nodes, raw, &files)
    }

    /// The same with what is in it: nodes, their source, and files.
    pub(super) fn filled(
        &mut self,
        call: &Call,
        name: &str,
        number: &str,
        nodes: Vec<Node>,
        raw: String,
        files: &[FileView],
    ) -> Outcome {
        let mut slots = Slots::default();
        let inline = unwrapped(&nodes);
        let has_inner = !nodes.iter().all(Node::is_blank);
        let inner = if has_inner {
            slots.add(nodes, raw.clone())
        } else {
            String::new()
        };
        let inner_inline = if has_inner {
            slots.add(inline, raw.clone())
        } else {
            String::new()
        };
        let mut view = self.call_view(call);
        view.has_inner = has_inner;
        view.inner_text = raw;
        let in_exercise = name == "hint" && self.is_of_exercise(call);
        let more = |context: &mut tera::Context| {
            context.insert("inner", &inner);
            context.insert("inner_inline", &inner_inline);
            context.insert("files", files);
            context.insert("number", number);
            context.insert("exercise", &in_exercise);
        };
        self.render_with(call, name, slots, more, &view)
    }

    /// The inner text as nodes: Markdown, but for calls that hold only other calls, and for docsy's cards of code.
    fn content(&mut self, file: FileId, call: &Call, name: &str) -> Vec<Node> {
        let only_calls = matches!(
            name,
            "cards" | "cardpane" | "filetree/container" | "filetree/folder" | "hextra/feature-grid"
        );
        if only_calls && let Some(nodes) = self.calls_only(file, call) {
            return nodes;
        }
        if name == "card" && call.args.flag(&["code"], false) {
            let code = self.inner_code(file, call);
            let language = call.args.text(&["lang"], None).unwrap_or_default();
            return vec![self.code_block(call, language, "", code)];
        }
        self.inner_nodes(file, call)
    }

    /// What the calls inside give, when nothing stands between them: however they are indented, they are no code.
    fn calls_only(&mut self, file: FileId, call: &Call) -> Option<Vec<Node>> {
        let segments = call.inner.as_ref().map(|inner| inner.segments.as_slice())?;
        let mut calls = Vec::new();
        for segment in segments {
            match segment {
                Segment::Call(inner) => calls.push(inner),
                Segment::Text(span) if self.source_of(*span).trim().is_empty() => {}
                _ => return None,
            }
        }
        let mut nodes = Vec::new();
        for inner in calls {
            match self.nested(call, |this| this.call(file, inner)) {
                Outcome::Nodes(more) => nodes.extend(more),
                Outcome::Text(text) => nodes.push(Node::text(text)),
                Outcome::Inner => nodes.extend(self.nested(call, |this| this.inner_nodes(file, inner))),
                Outcome::Source { text, table } => {
                    nodes.push(Node::text(marks::exchange_text(&text, &table)));
                }
                Outcome::Nothing => {}
            }
        }
        Some(nodes)
    }

    /// Renders a list of pages with the template `name`.
    pub(super) fn render_list(
        &mut self,
        call: &Call,
        name: &str,
        list: &[super::children::ChildView],
    ) -> Outcome {
        let view = self.call_view(call);
        self.render_with(
            call,
            name,
            Slots::default(),
            |context| context.insert("children", list),
            &view,
        )
    }

    pub(super) fn call_view(&mut self, call: &Call) -> CallView {
        let name = call.name.to_lowercase();
        let ordinal = self.count(&name);
        let page = self.page();
        CallView {
            id: format!("{}-{}", name.replace(['/', '.'], "-"), ordinal + 1),
            args: positional(&call.args),
            named: named(&call.args),
            parent: self.parents.last().map(|parent| ParentView {
                name: parent.name.to_lowercase(),
                args: positional(&parent.args),
                named: named(&parent.args),
            }),
            has_inner: false,
            inner_text: String::new(),
            ordinal,
            percent: call.delimiter == crate::parse::Delimiter::Percent,
            page: PageFields {
                title: page.title.clone(),
                url: self.cx.graph.href(self.cx.config, self.page, &page.url),
                kind: format!("{:?}", page.kind).to_lowercase(),
            },
            themes: self.cx.config.themes.clone(),
            lang: self.language().key.clone(),
            name,
        }
    }

    /// Renders a template and puts the slots' nodes into its output. On a failure the inner text stays.
    pub(super) fn render_with(
        &mut self,
        call: &Call,
        name: &str,
        slots: Slots,
        more: impl FnOnce(&mut tera::Context),
        view: &CallView,
    ) -> Outcome {
        let mut context = tera::Context::from_serialize(view).unwrap_or_default();
        more(&mut context);
        context.insert_value("t", self.cx.text_values_of(self.page().lang));
        match self
            .cx
            .templates
            .render(&format!("shortcodes/{name}.html"), &context)
        {
            Ok(html) => {
                let mut nodes = tree::fragment(&html, Some(call.open_span));
                if html.contains("<md") || html.contains("data-alt") {
                    self.read_labels(&mut nodes, call.open_span);
                }
                marks::exchange(&mut nodes, &slots.0);
                Outcome::Nodes(trimmed(nodes))
            }
            Err(error) => {
                let message = format!("the template of `{}` failed: {error}", call.name);
                self.diagnostics
                    .push(Diagnostic::error(Code::ShortcodeFailed, call.open_span, message));
                Outcome::Nodes(
                    slots
                        .0
                        .into_iter()
                        .next()
                        .map(|slot| slot.nodes)
                        .unwrap_or_default(),
                )
            }
        }
    }
}

fn positional(args: &Args) -> Vec<Value> {
    args.positional.iter().map(|arg| arg.value.to_json()).collect()
}

fn named(args: &Args) -> Map<String, Value> {
    args.named
        .iter()
        .map(|(key, arg)| (key.to_lowercase(), arg.value.to_json()))
        .collect()
}

/// Nodes without the paragraph that is all there is.
pub(super) fn unwrapped(nodes: &[Node]) -> Vec<Node> {
    let mut visible = nodes.iter().filter(|node| !node.is_blank());
    match (visible.next(), visible.next()) {
        (Some(Node::Element(only)), None) if only.name == "p" => only.children.clone(),
        _ => nodes.to_vec(),
    }
}

/// White space at both ends of a template's output, which templates have for their own readability.
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
