//! Makes nodes of pulldown-cmark's events.

mod blocks;
mod inlines;
mod raw_html;

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::columns::Columns;
use super::id_text::IdText;
use super::{footnotes, inline_text};
use crate::config::Goldmark;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId};
use crate::markup::code_block::CodeBlock;
use crate::markup::dom::{By, Element, Node};
use crate::markup::range_map::RangeMap;
use crate::markup::tree_builder::Tree;

/// Puts events into the tree.
pub(super) struct Reader<'t> {
    source: &'t str,
    map: &'t RangeMap,
    goldmark: &'t Goldmark,
    tree: Tree,
    texts: inline_text::State,
    /// Definitions of footnotes.
    notes: Vec<Element>,
    tables: Vec<Columns>,
    /// Code or HTML block under construction.
    code: Option<CodeBlock>,
    html: Option<(String, Range<usize>)>,
    /// Text that is unchanged in the source and may go on with the next event.
    pending: Option<Range<usize>>,
    /// Inside a heading: offset of its attribute list.
    cut: usize,
    /// For each open definition, true if it follows its term without a gap.
    tight: Vec<bool>,
    links: usize,
    /// Inside `<https://…>`, whose text is the address as it is written.
    autolink: bool,
    /// The end of the block's text, as far as it is known.
    block_end: usize,
    /// True when the next text comes after markup.
    after_markup: bool,
    /// Raw HTML that the settings leave out.
    omitted: Option<Range<usize>>,
    /// Mistakes in blocks of code.
    findings: Vec<Diagnostic>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(source: &'t str, map: &'t RangeMap, goldmark: &'t Goldmark) -> Self {
        Self {
            source,
            map,
            goldmark,
            tree: Tree::default(),
            texts: inline_text::State::default(),
            notes: Vec::new(),
            tables: Vec::new(),
            code: None,
            html: None,
            pending: None,
            cut: usize::MAX,
            tight: Vec::new(),
            links: 0,
            autolink: false,
            block_end: usize::MAX,
            after_markup: false,
            omitted: None,
            findings: Vec::new(),
        }
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if range.start >= self.cut && !matches!(event, Event::End(TagEnd::Heading(_))) {
            return;
        }
        if let Event::Text(text) = &event
            && self.code.is_none()
        {
            self.text(text, range);
            return;
        }
        self.flush();
        self.after_markup = true;
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.code_text(&text, range),
            Event::Code(text) => self.inline_code(&text),
            Event::Html(html) => self.block_html(&html),
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => {
                self.texts.id(IdText::end_piece);
                let reference = footnotes::reference(&label, self.file_at(range.start));
                self.tree.push(reference);
            }
            // Each line above a definition is a term.
            Event::SoftBreak | Event::HardBreak if self.tree.container() == Some("dt") => {
                self.tree.close();
                self.tree.open(Element::new("dt", By::Markdown));
            }
            Event::SoftBreak => {
                self.texts.id(IdText::end_line);
                self.soft_break(range);
            }
            Event::HardBreak => {
                self.texts.id(IdText::end_line);
                self.hard_break();
            }
            Event::Rule => self.tree.push(Element::new("hr", By::Markdown)),
            Event::TaskListMarker(checked) => self.task(checked),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.tree.text(&text),
        }
    }

    fn pending_end(&self) -> Option<usize> {
        self.pending.as_ref().map(|range| range.end)
    }

    fn flush(&mut self) {
        if let Some(range) = self.pending.take() {
            let range = self.without_task(range);
            let cx = inline_text::Context {
                source: self.source,
                goldmark: self.goldmark,
                in_link: self.links > 0,
                block_end: self.block_end,
                after_markup: std::mem::take(&mut self.after_markup),
            };
            inline_text::push(&mut self.tree, &mut self.texts, range, &cx);
        }
    }

    fn file_at(&self, at: usize) -> Option<FileId> {
        self.map.position(at).map(|(file, _)| file)
    }

    /// Closes everything, adds the definitions of footnotes, and gives the nodes.
    pub(super) fn finish(mut self, diagnostics: &mut Diagnostics) -> Vec<Node> {
        self.flush();
        let mut nodes = self.tree.finish();
        nodes.extend(self.notes.into_iter().map(Node::from));
        for finding in self.findings {
            diagnostics.push(finding);
        }
        for (name, span) in &self.tree.unclosed {
            let message = format!("`<{name}>` is never closed");
            diagnostics.push(
                Diagnostic::warning(Code::UnclosedHtml, *span, message).help(format!("add `</{name}>`")),
            );
        }
        if self.tree.too_deep {
            let message = "quotes, lists or elements are nested too deeply; the innermost ones are shown without their markup";
            diagnostics.push(Diagnostic::warning(
                Code::NestedTooDeeply,
                self.map.span(0..self.source.len()),
                message,
            ));
        }
        if let Some(range) = self.omitted {
            let message = "raw HTML was left out, because `markup.goldmark.renderer.unsafe` is false";
            diagnostics.push(
                Diagnostic::warning(Code::RawHtmlOmitted, self.map.span(range), message).help(
                    "set `markup.goldmark.renderer.unsafe = true`, or take the line out of the configuration",
                ),
            );
        }
        nodes
    }
}
