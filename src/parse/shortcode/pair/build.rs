//! The tree under construction: a stack of open calls, each with its segments so far.

use std::ops::Range;

use super::Opened;
use crate::diag::{FileId, Span};
use crate::parse::{Call, Inner, Segment};

/// An open call.
pub(super) struct Frame {
    pub(super) tag: Opened,
    /// True if a closing tag of its name exists.
    pub(super) matched: bool,
    /// The end of the construct that it stands in, where nobody closes it.
    pub(super) end: Option<usize>,
    segments: Vec<Segment>,
}

impl Frame {
    pub(super) fn new(tag: Opened, matched: bool, end: Option<usize>) -> Self {
        Self {
            tag,
            matched,
            end,
            segments: Vec::new(),
        }
    }
}

pub(super) struct Builder<'t> {
    file: FileId,
    text: &'t str,
    body: Range<usize>,
    frames: Vec<Frame>,
    root: Vec<Segment>,
    /// Offset up to which the text is in a segment or an open call.
    pos: usize,
}

impl<'t> Builder<'t> {
    pub(super) fn new(file: FileId, text: &'t str, body: Range<usize>) -> Self {
        let pos = body.start;
        Self {
            file,
            text,
            body,
            frames: Vec::new(),
            root: Vec::new(),
            pos,
        }
    }

    /// The file up to the end of the body.
    pub(super) fn text(&self) -> &'t str {
        &self.text[..self.body.end]
    }

    /// Offset up to which the text is in a segment or an open call.
    pub(super) fn pos(&self) -> usize {
        self.pos
    }

    pub(super) fn depth(&self) -> usize {
        self.frames.len()
    }

    pub(super) fn innermost(&self) -> Option<&Frame> {
        self.frames.last()
    }

    /// Returns true if a closing tag exists for one of the open calls.
    pub(super) fn has_matched(&self) -> bool {
        self.frames.iter().any(|frame| frame.matched)
    }

    /// A piece that prints `text`.
    pub(super) fn escaped(&mut self, span: Range<usize>, text: String) {
        self.text_up_to(span.start);
        self.pos = span.end;
        let span = self.span(span);
        self.segments().push(Segment::Escaped { span, text });
    }

    /// A call without text.
    pub(super) fn call(&mut self, tag: Opened) {
        self.text_up_to(tag.span.start);
        self.pos = tag.span.end;
        let end = tag.span.end;
        let call = self.make_call(tag, end, None);
        self.segments().push(Segment::Call(Box::new(call)));
    }

    /// A call whose text begins.
    pub(super) fn open(&mut self, frame: Frame) {
        self.text_up_to(frame.tag.span.start);
        self.pos = frame.tag.span.end;
        self.frames.push(frame);
    }

    /// Ends the innermost call with the tag at `closer`, which is empty when there is none. Returns the call's name and
    /// opening tag.
    pub(super) fn close(&mut self, closer: Range<usize>) -> Option<(String, Range<usize>)> {
        self.text_up_to(closer.start);
        let Frame { tag, segments, .. } = self.frames.pop()?;
        self.pos = closer.end;
        let opened = (tag.name.clone(), tag.span.clone());
        let inner = Inner {
            span: self.span(tag.span.end..closer.start),
            segments,
        };
        let call = self.make_call(tag, closer.end, Some(inner));
        self.segments().push(Segment::Call(Box::new(call)));
        Some(opened)
    }

    /// The whole tree; no call is open any more.
    pub(super) fn finish(mut self, end: usize) -> Vec<Segment> {
        self.text_up_to(end);
        self.root
    }

    fn segments(&mut self) -> &mut Vec<Segment> {
        self.frames
            .last_mut()
            .map_or(&mut self.root, |frame| &mut frame.segments)
    }

    fn text_up_to(&mut self, end: usize) {
        if end > self.pos {
            let span = self.span(self.pos..end);
            self.pos = end;
            self.segments().push(Segment::Text(span));
        }
    }

    fn make_call(&self, tag: Opened, end: usize, inner: Option<Inner>) -> Call {
        Call {
            indent: self.indent(tag.span.start),
            name_span: self.span(tag.name_span),
            open_span: self.span(tag.span.clone()),
            span: self.span(tag.span.start..end),
            name: tag.name,
            delimiter: tag.delimiter,
            args: tag.args,
            inner,
        }
    }

    /// White space from the begin of the line up to `at`, when nothing else is there.
    fn indent(&self, at: usize) -> Option<String> {
        let before = &self.text[self.body.start..at];
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.chars()
            .all(|c| c == ' ' || c == '\t')
            .then(|| line.to_owned())
    }

    fn span(&self, place: Range<usize>) -> Span {
        Span::new(self.file, place.start, place.end)
    }
}
