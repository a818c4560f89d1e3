//! Segments become the text that Markdown reads: calls are evaluated, and stand in the text as marks or as text.

use super::{Outcome, Shortcodes};
use crate::diag::{Code, Diagnostic, FileId, Span};
use crate::markup::marks::{self, Exchange};
use crate::markup::range_map::RangeMap;
use crate::parse::{Call, Delimiter, Inner, Segment};
use crate::shortcodes::withheld;

/// A text for Markdown with what its marks stand for.
#[derive(Default)]
pub(crate) struct Expansion {
    /// The text.
    pub(crate) text: String,
    /// Where it comes from.
    pub(crate) map: RangeMap,
    /// What the marks stand for.
    pub(crate) table: Vec<Exchange>,
}

impl Expansion {
    /// Adds text of a file as it is.
    fn copy(&mut self, file: FileId, from: usize, text: &str) {
        if !text.is_empty() {
            self.map.copied(self.text.len(), file, from);
            self.text.push_str(text);
        }
    }

    /// Adds text that what stands at `span` has made.
    pub(super) fn insert(&mut self, span: Span, text: &str) {
        if !text.is_empty() {
            self.map.inserted(self.text.len(), span);
            self.text.push_str(text);
        }
    }

    /// Adds text with marks of its own, which get new numbers here.
    fn insert_source(&mut self, span: Span, text: &str, table: Vec<Exchange>) {
        let first = self.table.len();
        if first + table.len() >= marks::MAX || !marks::has_mark(text) {
            self.insert(span, &marks::exchange_text(text, &table));
            return;
        }
        self.table.extend(table);
        self.insert(span, &marks::renumbered(text, first));
    }

    fn mark(&mut self, span: Span, exchange: Exchange, alone: bool) {
        if self.table.len() >= marks::MAX {
            self.insert(span, &exchange.text);
            return;
        }
        let mark = marks::mark(self.table.len());
        self.table.push(exchange);
        if alone {
            self.insert(span, &marks::block(mark));
        } else {
            self.insert(span, mark.encode_utf8(&mut [0; 4]));
        }
    }

    /// Whether the line so far is only what opens a container: white space, quote signs, a list marker.
    fn at_line_start(&self) -> bool {
        let line = self.text.rsplit('\n').next().unwrap_or_default();
        line.chars().all(|c| {
            c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+' | '.' | ')') || c.is_ascii_digit()
        })
    }
}

/// White space and quote signs that begin the lines of an inner text and are not part of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Prefix(String);

impl Prefix {
    /// The prefix of the line on which a call begins.
    pub(crate) fn of(text: &str, call: &Call) -> Self {
        let before = text.get(..call.open_span.start as usize).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let container = |c: char| {
            c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+' | '.' | ')') || c.is_ascii_digit()
        };
        let len = if line.chars().all(container) {
            line.len()
        } else {
            containers(line)
        };
        Self(line[..len].to_owned())
    }

    /// What a further line begins with, to be in the same list item and the same quote.
    pub(crate) fn continued(&self) -> String {
        let further = |c: char| if c == '>' || c.is_whitespace() { c } else { ' ' };
        self.0.chars().map(further).collect()
    }

    /// How many bytes of a line belong to the prefix.
    fn len_in(&self, line: &str) -> usize {
        let mut rest = line.chars();
        let mut len = 0;
        for expected in self.0.chars() {
            match rest.next() {
                Some('>') if expected == '>' => len += 1,
                Some(c @ (' ' | '\t')) if expected != '>' => len += c.len_utf8(),
                _ => break,
            }
        }
        len
    }
}

/// How many bytes at the beginning of a line open quotes and list items, before the text of the line.
fn containers(line: &str) -> usize {
    let mut len = 0;
    loop {
        let rest = line[len..].trim_start();
        len = line.len() - rest.len();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let marker = match rest.as_bytes().get(digits) {
            Some(b'>') if digits == 0 => 1,
            Some(b'-' | b'*' | b'+') if digits == 0 => 2,
            Some(b'.' | b')') if digits > 0 => digits + 2,
            _ => return len,
        };
        if marker > 1 && !matches!(rest.as_bytes().get(marker - 1), Some(b' ' | b'\t')) {
            return len;
        }
        len += marker;
    }
}

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
        if prefix.0.is_empty() {
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
                    nodes: vec![crate::markup::dom::Node::text(text.clone())],
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
                // Hugo's own `details` renders its text itself, with either delimiter.
                if call.delimiter == Delimiter::Angle || call.name == "details" {
                    crate::markup::role::mark_yielding(&mut nodes);
                }
                let block = nodes.iter().any(crate::markup::dom::Node::is_block);
                let alone = block && out.at_line_start() && self.ends_line(call);
                let text = if block {
                    let segments = call.inner.as_ref().map(|inner| inner.segments.as_slice());
                    self.visible_source(call.span, segments.unwrap_or_default())
                } else {
                    crate::markup::dom::text_of(&nodes)
                };
                out.mark(call.span, Exchange { nodes, text }, alone);
            }
        }
    }

    /// Whether nothing stands behind the call on its line.
    fn ends_line(&self, call: &Call) -> bool {
        let text = self.cx.text(call.span.file);
        let rest = text.get(call.span.end as usize..).unwrap_or_default();
        rest.lines().next().is_none_or(|line| line.trim().is_empty())
    }

    /// The text of a span that holds `segments`, without what the build leaves out.
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
