//! Code blocks: what is known of one until it is written.

use std::ops::Range;

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

/// A value in the text of a code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// Where the default stands in the text.
    pub range: Range<usize>,
    /// The variable's name.
    pub name: String,
    /// Whether it has a default; else its name stands there.
    pub has_default: bool,
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
    /// Whether it is a block of its own.
    pub(crate) fn is_block(&self) -> bool {
        self.kind != CodeKind::Inline
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
}
