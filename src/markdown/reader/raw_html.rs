//! HTML that authors wrote, and the attribute lists that stand in comments.

use std::ops::Range;

use super::Reader;
use crate::markdown::id_text::IdText;
use crate::markdown::{attributes, block_attributes};
use crate::markup::dom::Node;
use crate::markup::html;

impl Reader<'_> {
    pub(super) fn block_html(&mut self, html: &str) {
        if let Some((block, _)) = &mut self.html {
            block.push_str(html);
        }
    }

    pub(super) fn end_html(&mut self) {
        let Some((block, range)) = self.html.take() else {
            return;
        };
        if self.goldmark.block_attributes
            && let Some(found) = block_attributes::marked(&block)
        {
            self.add_attributes(found);
            return;
        }
        self.add_html(&block, range);
    }

    /// Gives the block that has just ended its attribute list.
    fn add_attributes(&mut self, found: attributes::Attributes) {
        let Some(Node::Element(block)) = self.tree.children().iter_mut().rfind(|node| !node.is_blank())
        else {
            return;
        };
        for (name, value) in found.list {
            if block.get(&name).is_none() {
                block.attrs.push((name.into(), Some(value)));
            }
        }
    }

    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        self.texts.id(IdText::end_piece);
        self.add_html(html, range);
    }

    fn add_html(&mut self, html: &str, range: Range<usize>) {
        let comment = html.trim_start().starts_with("<!--");
        if self.goldmark.unsafe_html == Some(false) && !comment {
            self.omitted.get_or_insert(range);
            return;
        }
        let span = self.map.span(first_line(self.source, range));
        self.tree.html(html::pieces(html), span);
    }
}

/// The first line of a range: enough to find a block of HTML again.
fn first_line(source: &str, range: Range<usize>) -> Range<usize> {
    let len = source[range.clone()].lines().next().map_or(0, str::len);
    range.start..range.start + len
}
