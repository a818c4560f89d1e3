//! Text and what stands within it: links, pictures, code, line breaks, boxes of tasks.

use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType};

use super::Reader;
use crate::markdown::id_text::IdText;
use crate::markdown::{line_breaks, pairs};
use crate::markup::dom::{By, Element, Node, text_of};
use crate::markup::marks::FLANK;

impl Reader<'_> {
    pub(super) fn link(&mut self, kind: LinkType, destination: &CowStr<'_>, title: &CowStr<'_>) -> Element {
        self.links += 1;
        let destination = match kind {
            LinkType::Email => format!("mailto:{destination}"),
            _ => destination.to_string(),
        };
        let link = Element::new("a", By::Markdown).attr("href", destination);
        if title.is_empty() {
            link
        } else {
            link.attr("title", title.to_string())
        }
    }

    pub(super) fn end_image(&mut self) {
        self.texts.id(IdText::close);
        if let Some(image) = self.tree.close() {
            let alt = text_of(&std::mem::take(&mut image.children));
            let at = image
                .attrs
                .iter()
                .position(|(name, _)| name == "title")
                .unwrap_or(image.attrs.len());
            image.attrs.insert(at, ("alt".into(), Some(alt)));
        }
    }

    pub(super) fn inline_code(&mut self, text: &str) {
        self.texts.id(|id| id.code(text));
        self.tree
            .push(Element::new("code", By::Markdown).with(vec![Node::text(text)]));
    }

    pub(super) fn soft_break(&mut self, range: Range<usize>) {
        if self.goldmark.hard_wraps {
            self.hard_break();
        } else if !self.joins_lines(&range) {
            self.tree.text("\n");
        }
    }

    /// Returns true for a line break that the site wants dropped: readers of East Asian text should not see it.
    fn joins_lines(&self, range: &Range<usize>) -> bool {
        let cjk = self.goldmark.cjk;
        if !cjk.east_asian_line_breaks {
            return false;
        }
        let visible = |c: &char| *c != FLANK;
        let before = self.source[..range.start].chars().rev().find(visible);
        let after = self.source[range.end..].trim_start().chars().find(visible);
        match (before, after) {
            (Some(before), Some(after)) => line_breaks::are_joined(before, after, cjk.css3draft),
            _ => false,
        }
    }

    pub(super) fn hard_break(&mut self) {
        self.tree.push(Element::new("br", By::Markdown));
        self.tree.text("\n");
    }

    pub(super) fn task(&mut self, checked: bool) {
        let input = Element::new("input", By::Markdown);
        let input = if checked { input.attr("checked", "") } else { input };
        self.tree
            .push(input.attr("disabled", "").attr("type", "checkbox"));
        self.tree.text(" ");
    }

    /// The range without the box of a task at its beginning. Hugo's Markdown sees one also where text follows it directly.
    pub(super) fn without_task(&mut self, range: Range<usize>) -> Range<usize> {
        let text = &self.source[range.clone()];
        let checked = match text.get(..3) {
            Some("[ ]") => false,
            Some("[x]" | "[X]") => true,
            _ => return range,
        };
        if !self.goldmark.task_list || !self.tree.begins_item() {
            return range;
        }
        self.task(checked);
        let rest = text[3..].trim_start_matches([' ', '\t']);
        range.end - rest.len()..range.end
    }

    /// Adds the character behind a backslash as plain text.
    fn escaped(&mut self, range: Range<usize>) {
        let first = self.source[range.clone()]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        let text = &self.source[range.start..range.start + first];
        self.texts.id(|id| id.plain(text));
        self.tree.text(text);
        if text.chars().any(|c| pairs::is_sign(c, self.goldmark.extras)) {
            self.tree.text(pairs::ESCAPED);
        }
        if range.start + first < range.end {
            self.pending = Some(range.start + first..range.end);
        }
    }

    /// Returns true for `&amp;` within an address, which ends elsewhere.
    fn goes_on_with_address(&mut self, text: &str, range: &Range<usize>) -> bool {
        let Some(pending) = &mut self.pending else {
            return false;
        };
        if text != "&" || pending.end != range.start || !self.source[range.clone()].starts_with("&amp;") {
            return false;
        }
        let word = self.source[pending.clone()].rsplit(char::is_whitespace).next();
        let is_address = word.is_some_and(|word| word.contains("://") || word.contains("www."));
        if is_address {
            pending.end = range.end;
        }
        is_address
    }

    /// Adds text. Unchanged text of the source waits for its continuation, so that a URL which Markdown cut at an
    /// underscore is seen whole; text that an escape or entity changed is added as it is.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        let range = range.start..range.end.min(self.cut);
        let verbatim = self
            .source
            .get(range.clone())
            .is_some_and(|source| text.starts_with(source) || source == text);
        let escaped = range.start > 0
            && self.source.as_bytes()[range.start - 1] == b'\\'
            && self.pending_end() != Some(range.start);
        if self.autolink {
            self.flush();
            self.tree.text(text);
            return;
        }
        if !verbatim && self.goes_on_with_address(text, &range) {
            return;
        }
        if !verbatim {
            self.flush();
            self.after_markup = false;
            let source = self.source.get(range).unwrap_or_default();
            self.texts.id(|id| id.entity(text, source));
            self.tree.text(text);
            return;
        }
        if escaped {
            self.flush();
            self.after_markup = false;
            self.escaped(range);
            return;
        }
        match &mut self.pending {
            Some(pending) if pending.end == range.start => pending.end = range.end,
            _ => {
                self.flush();
                self.pending = Some(range);
            }
        }
    }
}

pub(super) fn image(destination: &CowStr<'_>, title: &CowStr<'_>) -> Element {
    let image = Element::new("img", By::Markdown).attr("src", destination.to_string());
    if title.is_empty() {
        image
    } else {
        image.attr("title", title.to_string())
    }
}
