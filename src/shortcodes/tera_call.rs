//! Shortcodes that are Tera templates.
//!
//! A template prints HTML. The text between the tags is not in it as text, but as a slot, a mark that is exchanged for
//! the nodes of the inner text when the HTML has been read into nodes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::file_lists::{FileView, wants_files};
use super::tera_frame::Slots;
use super::{Outcome, Shortcodes};
use crate::diag::FileId;
use crate::markup::dom::Node;
use crate::markup::marks;
use crate::parse::{Call, Segment};

/// Further variables of templates, for a call with text.
#[derive(Debug, Serialize)]
struct InnerView<'a> {
    /// The slot of the inner text; empty where there is none.
    inner: String,
    /// The slot of the inner text without its only paragraph.
    inner_inline: String,
    files: &'a [FileView],
    /// Number of an exercise, hint or solution.
    number: &'a str,
    /// True for the hint of an exercise.
    exercise: bool,
}

impl Shortcodes<'_> {
    /// Renders the template `shortcodes/NAME.html` for a call.
    pub(super) fn template(&mut self, file: FileId, call: &Call, name: &str) -> Outcome {
        self.numbered(file, call, name, "")
    }

    /// Renders a template with the number of an exercise, hint or solution.
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

    /// Renders a template with the content of the call: nodes, their source, and files.
    pub(super) fn filled(
        &mut self,
        call: &Call,
        name: &str,
        number: &str,
        nodes: Vec<Node>,
        raw: String,
        files: &[FileView],
    ) -> Outcome {
        let has_inner = !nodes.iter().all(Node::is_blank);
        let (slots, [inner, inner_inline]) = if has_inner {
            Slots::of_inner(nodes, raw.clone())
        } else {
            Default::default()
        };
        let view = self.call_view(call).with_inner(has_inner, raw);
        let more = InnerView {
            inner,
            inner_inline,
            files,
            number,
            exercise: name == "hint" && self.is_of_exercise(call),
        };
        self.render_with(call, name, slots, &view, &more)
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

    /// The results of the calls inside, if nothing stands between them: however they are indented, they are no code.
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
        list: &[crate::shortcodes::child_lists::ChildView],
    ) -> Outcome {
        let view = self.call_view(call);
        let more = BTreeMap::from([("children", list)]);
        self.render_with(call, name, Slots::default(), &view, &more)
    }
}
