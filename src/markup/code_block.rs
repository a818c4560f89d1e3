//! Code blocks: what is known of one until it is written.

use std::ops::Range;

use super::dom::{Node, escape_attr, write_nodes};
use super::marks::{Exchange, exchange_code, exchange_text, has_mark};
use super::values::{self, Placeholder};
use crate::diag::Span;

/// How a code block was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// Between fences.
    Fenced,
    /// By indentation.
    Indented,
    /// With the `highlight` shortcode.
    Shortcode,
    /// With the `highlight` shortcode, in a line of text.
    Inline,
}

/// A code block.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeBlock {
    /// How it was written.
    pub kind: CodeKind,
    /// What stands behind the opening fence.
    pub info: String,
    /// Where that stands.
    pub info_span: Option<Span>,
    /// The code.
    pub text: String,
    /// The whole block.
    pub span: Option<Span>,
    /// (offset in `text`, offset in the file) of each piece of the text.
    pub lines: Vec<(usize, usize)>,
    /// Where readers' values stand in the text, in order.
    pub placeholders: Vec<Placeholder>,
    /// The finished HTML.
    pub rendered: Option<String>,
    /// Where in the finished HTML ids begin.
    pub ids: Vec<usize>,
}

impl CodeBlock {
    /// Exchanges the marks in info and text.
    pub(crate) fn exchange(&mut self, table: &[Exchange]) {
        if has_mark(&self.info) {
            self.info = exchange_text(&self.info, table);
        }
        if has_mark(&self.text) {
            (self.text, self.placeholders) = exchange_code(&self.text, table);
            self.lines.truncate(1);
        }
    }

    /// Whether it is a block of its own.
    pub(crate) fn is_block(&self) -> bool {
        self.kind != CodeKind::Inline
    }

    /// The code as text, with elements for readers' values.
    pub(crate) fn nodes(&self) -> Vec<Node> {
        values::nodes(&self.text, &self.placeholders)
    }

    /// The place in the file of a range of the text.
    pub(crate) fn span_of(&self, range: Range<usize>) -> Option<Span> {
        let block = self.span?;
        let place = |offset: usize| {
            let at = self
                .lines
                .partition_point(|(start, _)| *start <= offset)
                .checked_sub(1)?;
            let (start, from) = self.lines[at];
            Some(from + offset - start)
        };
        let start = place(range.start)?;
        let end = place(range.end.saturating_sub(1)).map_or(start, |end| end + 1);
        Some(Span::new(block.file, start, end.max(start)))
    }

    /// Writes it: highlighted when a pass has done so, else as plain text.
    pub(crate) fn write(&self, out: &mut String) {
        match &self.rendered {
            Some(html) => out.push_str(html),
            None => self.write_plain(out),
        }
    }

    fn write_plain(&self, out: &mut String) {
        out.push_str("<pre tabindex=\"0\"><code");
        let language = self.info.split_whitespace().next().unwrap_or_default();
        if !language.is_empty() {
            out.push_str(" class=\"language-");
            escape_attr(language, out);
            out.push('"');
        }
        out.push('>');
        write_nodes(&self.nodes(), out);
        out.push_str("</code></pre>\n");
    }
}
