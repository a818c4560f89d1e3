//! Code blocks, from the reader to the serialiser.

use std::ops::Range;

use crate::diag::Span;

/// The notation of a code block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// Code between fences.
    Fenced,
    /// Code by indentation.
    Indented,
    /// The `highlight` shortcode.
    Shortcode,
    /// The `highlight` shortcode within a line of text.
    Inline,
}

/// A value in the text of a code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// Byte range of the default in the text.
    pub range: Range<usize>,
    /// The variable's name.
    pub name: String,
    /// True if there is a default; otherwise the name is shown.
    pub has_default: bool,
}

/// The place of text in no file: from the first call on, the text is not the one that was written.
pub(crate) const NOWHERE: usize = usize::MAX;

/// A code block.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeBlock {
    /// Its notation in the source.
    pub kind: CodeKind,
    /// The info string: the text behind the opening fence.
    pub info: String,
    /// Span of the info string.
    pub info_span: Option<Span>,
    /// The code, without fences and indentation.
    pub text: String,
    /// Span of the whole block.
    pub span: Option<Span>,
    /// (offset in `text`, offset in the file) of each piece of the text.
    pub lines: Vec<(usize, usize)>,
    /// Variables of readers in the text, in order.
    pub placeholders: Vec<Placeholder>,
    /// The finished HTML.
    pub rendered: Option<String>,
    /// Byte offsets in the finished HTML at which ids begin.
    pub ids: Vec<usize>,
}

impl CodeBlock {
    /// Returns true unless the code is within a line of text.
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
            (from != NOWHERE).then(|| from + offset - start)
        };
        let start = place(range.start)?;
        let end = place(range.end.saturating_sub(1)).map_or(start, |end| end + 1);
        Some(Span::new(block.file, start, end.max(start)))
    }
}
