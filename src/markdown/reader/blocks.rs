//! Blocks: what their tags open and close, and what headings, code and tables need besides.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, HeadingLevel, LinkType, Tag, TagEnd};

use super::Reader;
use super::inlines::image;
use crate::markdown::columns::{Columns, Row};
use crate::markdown::id_text::IdText;
use crate::markdown::{attributes, definitions, fences, footnotes};
use crate::markup::code_block::{CodeBlock, CodeKind};
use crate::markup::dom::{By, Element, Node, text_in};
use crate::markup::marks::has_mark;

impl Reader<'_> {
    pub(super) fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        self.begin_text(&tag, &range);
        match tag {
            Tag::CodeBlock(kind) => self.start_code(kind, &range),
            Tag::HtmlBlock => self.html = Some((String::new(), range)),
            Tag::TableHead => self.start_row(Row::Head),
            Tag::TableRow => self.start_row(Row::Body),
            Tag::MetadataBlock(_) => {}
            tag => self.open(tag, range),
        }
    }

    /// Forgets the text of the block before.
    fn begin_text(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        if !starts_block(tag) {
            return;
        }
        self.texts.begin_block();
        self.block_end = match tag {
            // Its text may be followed by other blocks.
            Tag::Item | Tag::DefinitionListDefinition => usize::MAX,
            _ => range.start + self.source[range.clone()].trim_end().len(),
        };
    }

    fn open(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let is_address = is_address(&tag);
        let element = self.element(tag, &range);
        match element.heading_level() {
            Some(_) => self.texts.id = Some(IdText::default()),
            None => self.texts.id(IdText::open),
        }
        if is_address {
            self.autolink = true;
            self.texts.id(IdText::end_piece);
        }
        let span = self.map.span(range);
        self.tree.open(element.at(span));
    }

    /// The element of a tag that has one.
    fn element(&mut self, tag: Tag<'_>, range: &Range<usize>) -> Element {
        match tag {
            Tag::Heading { level, .. } => self.heading(level, range),
            Tag::List(Some(first)) if first != 1 => {
                Element::new("ol", By::Markdown).attr("start", first.to_string())
            }
            Tag::FootnoteDefinition(label) => {
                Element::new("footnote", By::Markdown).attr("label", label.to_string())
            }
            Tag::DefinitionListDefinition => {
                self.tight.push(definitions::is_tight(self.source, range.start));
                Element::new("dd", By::Markdown)
            }
            Tag::Table(alignments) => {
                self.tables.push(Columns::new(alignments));
                Element::new("table", By::Markdown)
            }
            Tag::TableCell => self.cell(range),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.link(link_type, &dest_url, &title),
            Tag::Image { dest_url, title, .. } => image(&dest_url, &title),
            tag => Element::new(name(&tag), By::Markdown),
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    self.tree.push(Node::Code(Box::new(code)));
                }
            }
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::TableHead => {
                self.tree.close();
                self.tree.close();
                self.tree.open(Element::new("tbody", By::Markdown));
            }
            TagEnd::Table => {
                self.tables.pop();
                self.tree.close();
                self.tree.close();
            }
            TagEnd::Heading(_) => {
                self.cut = usize::MAX;
                self.end_heading();
            }
            TagEnd::Link => {
                self.links = self.links.saturating_sub(1);
                self.autolink = false;
                self.texts.id(IdText::close);
                self.tree.close();
            }
            TagEnd::Image => self.end_image(),
            TagEnd::FootnoteDefinition => self.end_footnote(range.start),
            TagEnd::MetadataBlock(_) => {}
            TagEnd::DefinitionListDefinition => {
                let tight = self.tight.pop() == Some(true);
                if let Some(definition) = self.tree.close().filter(|_| tight) {
                    definitions::unwrap(definition);
                }
            }
            _ => {
                self.texts.id(IdText::close);
                self.tree.close();
            }
        }
    }

    fn cell(&mut self, range: &Range<usize>) -> Element {
        // Cells that a row is short of stand at its end; they have no alignment in Hugo.
        let (before, after) = self.source.split_at(range.start);
        let missing = range.is_empty() && (!after.starts_with('|') || before.ends_with('\n'));
        let cell = self.tables.last_mut().map(|table| table.cell(missing));
        cell.unwrap_or_else(|| Element::new("td", By::Markdown))
    }

    fn heading(&mut self, level: HeadingLevel, range: &Range<usize>) -> Element {
        let name = match level {
            HeadingLevel::H1 => "h1",
            HeadingLevel::H2 => "h2",
            HeadingLevel::H3 => "h3",
            HeadingLevel::H4 => "h4",
            HeadingLevel::H5 => "h5",
            HeadingLevel::H6 => "h6",
        };
        let mut element = Element::new(name, By::Markdown);
        if self.goldmark.title_attributes
            && let Some((at, found)) = heading_attributes(&self.source[range.clone()])
        {
            self.cut = range.start + at;
            element.attrs.extend(
                found
                    .list
                    .into_iter()
                    .map(|(name, value)| (name.into(), Some(value))),
            );
        }
        element
    }

    fn start_code(&mut self, kind: CodeBlockKind<'_>, range: &Range<usize>) {
        let (kind, info) = match kind {
            CodeBlockKind::Indented => (CodeKind::Indented, String::new()),
            CodeBlockKind::Fenced(info) => (CodeKind::Fenced, info.to_string()),
        };
        if kind == CodeKind::Fenced {
            self.findings.extend(fences::check(self.source, range, self.map));
        }
        let first_line = self.source[range.clone()].lines().next().unwrap_or_default();
        // Escapes and entities make the text another one than what is written; then the whole line is meant.
        let info_range = match first_line.find(info.as_str()) {
            Some(at) => range.start + at..range.start + at + info.len(),
            None => range.start..range.start + first_line.len(),
        };
        self.code = Some(CodeBlock {
            kind,
            info_span: self.map.span(info_range),
            info,
            text: String::new(),
            span: self.map.span(range.clone()),
            lines: Vec::new(),
            placeholders: Vec::new(),
            rendered: None,
            ids: Vec::new(),
        });
    }

    pub(super) fn code_text(&mut self, text: &str, range: Range<usize>) {
        let Some(code) = &mut self.code else { return };
        if let Some((_, from)) = self.map.position(range.start) {
            code.lines.push((code.text.len(), from));
        }
        code.text.push_str(text);
    }

    fn start_row(&mut self, row: Row) {
        if let Some(table) = self.tables.last_mut() {
            table.row(row);
        }
        if row == Row::Head {
            self.tree.open(Element::new("thead", By::Markdown));
        }
        self.tree.open(Element::new("tr", By::Markdown));
    }

    /// Records the text for the heading's id, if it differs from the heading's text.
    fn end_heading(&mut self) {
        self.trim_end();
        let id = self.texts.id.take().map(IdText::finish).unwrap_or_default();
        if let Some(heading) = self.tree.close()
            && text_in(&heading.children).trim() != id.trim()
        {
            heading.heading_role_mut().id_text = Some(id);
        }
    }

    /// Removes white space before the attribute list of a heading.
    fn trim_end(&mut self) {
        if let Some(Node::Text(text)) = self.tree.children().last_mut() {
            text.truncate(text.trim_end().len());
        }
    }

    fn end_footnote(&mut self, start: usize) {
        if self.tree.close().is_some()
            && let Some(Node::Element(mut footnote)) = self.tree.children().pop()
        {
            let label = footnote.take("label").unwrap_or_default();
            let definition = footnotes::definition(&label, self.file_at(start), footnote.children);
            self.notes.push(definition);
        }
    }
}

/// The name of an element that says all about its tag.
fn name(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::BlockQuote(_) => "blockquote",
        Tag::List(None) => "ul",
        Tag::List(Some(_)) => "ol",
        Tag::Item => "li",
        Tag::DefinitionList => "dl",
        Tag::DefinitionListTitle => "dt",
        Tag::Emphasis => "em",
        Tag::Strong => "strong",
        Tag::Strikethrough => "del",
        Tag::Superscript => "sup",
        Tag::Subscript => "sub",
        _ => "p",
    }
}

/// Returns true for `<https://…>` and `<name@…>`.
fn is_address(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Link {
            link_type: LinkType::Autolink | LinkType::Email,
            ..
        }
    )
}

fn starts_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::Item
            | Tag::TableCell
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
    )
}

/// The end of a heading's text whose attribute list begins at `list`: closing signs are no part of it.
fn without_closing(heading: &str, list: usize) -> usize {
    let text = heading[..list].trim_end();
    let before = text.trim_end_matches('#');
    match before.len() < text.len() && before.ends_with([' ', '\t']) && heading.trim_start().starts_with('#')
    {
        true => before.trim_end().len(),
        false => list,
    }
}

/// The attribute list at the end of a heading's text, with its offset.
fn heading_attributes(heading: &str) -> Option<(usize, attributes::Attributes)> {
    let text = heading.trim_end();
    let text = match text.rsplit_once('\n') {
        Some((above, last)) if last.trim().bytes().all(|byte| matches!(byte, b'=' | b'-')) => {
            above.trim_end()
        }
        _ => text.trim_end_matches('#').trim_end(),
    };
    if !text.ends_with('}') || has_mark(text) && !text.contains('{') {
        return None;
    }
    let line = text.rfind('\n').map_or(0, |at| at + 1);
    text[line..].rmatch_indices('{').find_map(|(at, _)| {
        let at = line + at;
        let escaped = at > 0 && matches!(text.as_bytes()[at - 1], b'\\' | b'{');
        if escaped {
            None
        } else {
            attributes::parse(&text[at..]).map(|found| (without_closing(text, at), found))
        }
    })
}
