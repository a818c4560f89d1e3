//! Segments become the text that Markdown reads: each call becomes a mark or text.

use super::expansion::{Expansion, Prefix};
use super::{Outcome, Shortcodes};
use crate::diag::{Code, Diagnostic, FileId, Span};
use crate::markup::dom::{By, Node, text_of};
use crate::markup::marks::{self, Exchange};
use crate::parse::{Call, Delimiter, Inner, Segment};
use crate::shortcodes::withheld;

impl Shortcodes<'_> {
    /// The text of `segments`, which stand in `file`.
    pub(crate) fn expand(&mut self, file: FileId, segments: &[Segment], prefix: &Prefix) -> Expansion {
        let mut out = Expansion::default();
        self.expand_into(&mut out, file, segments, prefix);
        out
    }

    pub(super) fn expand_into(
        &mut self,
        out: &mut Expansion,
        file: FileId,
        segments: &[Segment],
        prefix: &Prefix,
    ) {
        for segment in segments {
            match segment {
                Segment::Text(span) => self.copy_text(out, *span, prefix),
                Segment::Escaped { span, text } => out.insert(*span, text),
                Segment::Call(call) => self.expand_call(out, file, call, prefix),
            }
        }
    }

    fn copy_text(&mut self, out: &mut Expansion, span: Span, prefix: &Prefix) {
        let text = self.cx.text(span.file).get(span.range()).unwrap_or_default();
        if marks::has_mark(text) {
            let message = "characters of the private-use plane 16 cannot be shown and were replaced";
            self.diagnostics
                .push(Diagnostic::warning(Code::PrivateUseCharacter, span, message));
            out.insert(span, &text.replace(marks::is_mark, "\u{fffd}"));
            return;
        }
        if prefix.is_empty() {
            out.copy(span.file, span.start as usize, text);
            return;
        }
        let mut at = span.start as usize;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let skip = if number == 0 && !self.at_file_line_start(span) {
                0
            } else {
                prefix.len_in(line)
            };
            out.copy(span.file, at + skip, &line[skip..]);
            at += line.len();
        }
    }

    fn at_file_line_start(&self, span: Span) -> bool {
        let text = self.cx.text(span.file);
        span.start == 0 || text.as_bytes().get(span.start as usize - 1) == Some(&b'\n')
    }

    fn expand_call(&mut self, out: &mut Expansion, file: FileId, call: &Call, prefix: &Prefix) {
        match self.call(file, call) {
            Outcome::Nothing => {}
            // A value with a `<` is no HTML, as in Hugo, neither in text nor in code.
            Outcome::Text(text) if call.delimiter == Delimiter::Percent && !text.contains('<') => {
                out.insert(call.span, &text);
            }
            Outcome::Text(text) => {
                let exchange = Exchange {
                    nodes: vec![Node::text(text.clone())],
                    text,
                };
                out.mark(call.span, exchange, false);
            }
            Outcome::Source { text, table } => out.insert_source(call.span, &text, table),
            Outcome::Inner => {
                if let Some(Inner { segments, .. }) = &call.inner {
                    self.nested(call, |this| this.expand_into(out, file, segments, prefix));
                }
            }
            Outcome::Nodes(nodes) if withheld::is_all(&nodes) => {
                let alone = out.at_line_start() && self.ends_line(call);
                let nodes = if alone { nodes } else { withheld::inline(nodes) };
                let text = String::new();
                out.mark(call.span, Exchange { nodes, text }, alone);
            }
            Outcome::Nodes(mut nodes) => {
                let on_own_line = out.at_line_start() && self.ends_line(call);
                if !on_own_line {
                    nodes = without_paragraph(nodes);
                }
                // Hugo's own `details` renders its text itself, with either delimiter.
                if call.delimiter == Delimiter::Angle || call.name == "details" {
                    crate::markup::role_setters::mark_yielding(&mut nodes);
                }
                let block = nodes.iter().any(Node::is_block);
                let alone = block && on_own_line;
                let text = if block {
                    let segments = call.inner.as_ref().map(|inner| inner.segments.as_slice());
                    self.visible_source(call.span, segments.unwrap_or_default())
                } else {
                    text_of(&nodes)
                };
                out.mark(call.span, Exchange { nodes, text }, alone);
            }
        }
    }

    /// Returns true if the call is the last on its line.
    fn ends_line(&self, call: &Call) -> bool {
        let text = self.cx.text(call.span.file);
        let rest = text.get(call.span.end as usize..).unwrap_or_default();
        rest.lines().next().is_none_or(|line| line.trim().is_empty())
    }

    /// The text of a span that holds `segments`, without parts that the build leaves out.
    pub(super) fn visible_source(&self, span: Span, segments: &[Segment]) -> String {
        withheld::visible(self.cx.text(span.file), span, segments, self.cx.config)
    }

    /// The text of a span as it stands in its file.
    pub(super) fn source_of(&self, span: Span) -> String {
        self.cx
            .text(span.file)
            .get(span.range())
            .unwrap_or_default()
            .to_owned()
    }
}

/// The content of a paragraph that is all there is, for a call with text beside it on its line.
pub(super) fn without_paragraph(mut nodes: Vec<Node>) -> Vec<Node> {
    let mut visible = nodes.iter_mut().filter(|node| !node.is_blank());
    match (visible.next(), visible.next()) {
        (Some(Node::Element(only)), None) if only.name == "p" && only.by == By::Markdown => {
            std::mem::take(&mut only.children)
        }
        _ => nodes,
    }
}
