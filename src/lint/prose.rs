//! The prose of a page: its text with code, comments, formulas, raw text and calls blanked out.

use std::ops::Range;

use super::Line;
use crate::diag::FileId;
use crate::parse::lines::{content, fence, indentation, marker, prefix};
use crate::parse::shortcode::holds_code;
use crate::parse::{ParsedPage, Segment};

/// Pairs of signs around raw text.
const RAW: [(&str, &str); 7] = [
    ("<!--", "-->"),
    ("$$", "$$"),
    ("\\[", "\\]"),
    ("\\(", "\\)"),
    ("<pre", "</pre>"),
    ("<script", "</script>"),
    ("<style", "</style>"),
];

/// The prose of a page. Each byte stands where it stands in the file.
pub(super) struct Prose<'t> {
    pub(super) file: FileId,
    /// Offset of the body.
    body: usize,
    /// The body as it is written.
    written: &'t str,
    /// The body with blanks for everything that is no prose.
    blanked: String,
}

impl<'t> Prose<'t> {
    pub(super) fn of(page: &ParsedPage, text: &'t str) -> Self {
        let body = page.front_span.range().end.min(text.len());
        let written = text.get(body..).unwrap_or_default();
        let mut blanks = Blanks {
            bytes: written.as_bytes().to_vec(),
            body,
        };
        blanks.calls(&page.body);
        blanks.fences(written);
        blanks.code_in_lines();
        blanks.raw();
        Self {
            file: page.file,
            body,
            written,
            // Whole characters were replaced, so this is text.
            blanked: String::from_utf8(blanks.bytes).unwrap_or_default(),
        }
    }

    /// The lines in their order.
    pub(super) fn lines(&self) -> Vec<Line<'_>> {
        let mut at = 0;
        let whole = self.written.split_inclusive('\n');
        whole
            .map(|line| {
                let start = at;
                at += line.len();
                let end = start + line.trim_end_matches(['\n', '\r']).len();
                Line {
                    start: self.body + start,
                    text: self.blanked.get(start..end).unwrap_or_default(),
                    written: &self.written[start..end],
                }
            })
            .collect()
    }
}

struct Blanks {
    bytes: Vec<u8>,
    body: usize,
}

impl Blanks {
    /// Blanks bytes of the body. Line ends stay.
    fn blank(&mut self, range: Range<usize>) {
        let end = range.end.min(self.bytes.len());
        for byte in self.bytes.get_mut(range.start..end).into_iter().flatten() {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }

    /// Blanks the tags of calls, and the inner text of those that hold code.
    fn calls(&mut self, segments: &[Segment]) {
        let body = self.body;
        let moved = |range: Range<usize>| range.start.saturating_sub(body)..range.end.saturating_sub(body);
        for segment in segments {
            match segment {
                Segment::Text(_) => {}
                Segment::Escaped { span, .. } => self.blank(moved(span.range())),
                Segment::Call(call) => match &call.inner {
                    Some(inner) if !holds_code(&call.name, &call.args) && !is_raw(&call.name) => {
                        self.blank(moved(call.span.range().start..inner.span.range().start));
                        self.calls(&inner.segments);
                        self.blank(moved(inner.span.range().end..call.span.range().end));
                    }
                    _ => self.blank(moved(call.span.range())),
                },
            }
        }
    }

    /// Blanks code between fences, and indented code.
    fn fences(&mut self, written: &str) {
        let mut opened: Option<&str> = None;
        let (mut at, mut in_list, mut after_gap) = (0, false, true);
        for line in written.split_inclusive('\n') {
            let found = fence(content(line));
            let closes = opened.is_some_and(|opening| {
                found.is_some_and(|fence| fence.starts_with(opening) && fence == content(line))
            });
            let is_fenced = opened.is_some() || found.is_some();
            let is_blank = line.trim().is_empty();
            let is_indented = indentation(line) >= 4 && !in_list && after_gap && !is_blank;
            if is_fenced || is_indented {
                self.blank(at..at + line.len());
            }
            if !is_blank {
                in_list |= marker(line.trim_start()).is_some();
                in_list &= indentation(line) > 0 || marker(line).is_some() || !after_gap;
            }
            after_gap = is_blank || is_indented;
            opened = if closes { None } else { opened.or(found) };
            at += line.len();
        }
    }

    /// Blanks code in backticks, which ends with its paragraph.
    fn code_in_lines(&mut self) {
        let mut at = 0;
        while let Some(open) = self.find(b"`", at) {
            let length = self.bytes[open..]
                .iter()
                .take_while(|byte| **byte == b'`')
                .count();
            let mut next = open + length;
            at = next;
            while let Some(close) = self.find(b"`", next) {
                if has_gap(&self.bytes[open..close]) {
                    break;
                }
                let run = self.bytes[close..]
                    .iter()
                    .take_while(|byte| **byte == b'`')
                    .count();
                next = close + run;
                if run == length {
                    self.blank(open..next);
                    at = next;
                    break;
                }
            }
        }
    }

    /// Blanks comments, formulas and raw elements.
    fn raw(&mut self) {
        for (open, close) in RAW {
            let mut at = 0;
            while let Some(start) = self.find(open.as_bytes(), at) {
                let inner = start + open.len();
                let end = self.find(close.as_bytes(), inner).map(|end| end + close.len());
                // A formula does not go over a gap; a stray sign is none.
                let end = end.filter(|end| open.starts_with('<') || !has_gap(&self.bytes[start..*end]));
                at = end.unwrap_or(inner);
                if let Some(end) = end {
                    self.blank(start..end);
                }
            }
        }
    }

    fn find(&self, needle: &[u8], from: usize) -> Option<usize> {
        let rest = self.bytes.get(from..)?;
        memchr::memmem::find(rest, needle).map(|at| from + at)
    }
}

/// Calls whose inner text is no Markdown.
fn is_raw(name: &str) -> bool {
    let raw = [
        "html", "rawhtml", "math", "mermaid", "katex", "comment", "mathjax", "chart", "plantuml",
    ];
    raw.contains(&name.to_lowercase().as_str())
}

/// Returns true if there is an empty line.
fn has_gap(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| *byte == b'\n').skip(1).peekable();
    std::iter::from_fn(|| lines.next().map(|line| (line, lines.peek().is_some())))
        .any(|(line, more)| more && line.iter().all(u8::is_ascii_whitespace))
}

/// The text of a line without the signs of quotes and lists before it, and their length.
pub(super) fn inside(line: &str) -> (&str, usize) {
    let at = prefix(line);
    (line[at..].trim_end(), at)
}
