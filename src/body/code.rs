//! Code blocks: what is known of one until it is written.

use std::ops::Range;

use super::dom::{escape_attr, escape_text};
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
    /// The finished HTML.
    pub rendered: Option<String>,
}

impl CodeBlock {
    /// Changes info and text where `change` gives something new.
    pub(crate) fn exchange(&mut self, change: impl Fn(&str) -> Option<String>) {
        if let Some(info) = change(&self.info) {
            self.info = info;
        }
        if let Some(text) = change(&self.text) {
            self.text = text;
            self.lines.truncate(1);
        }
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
        escape_text(&self.text, out);
        out.push_str("</code></pre>\n");
    }
}
