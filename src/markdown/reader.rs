//! Turns the parser's events into nodes.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::columns::Columns;
use super::id_text::IdText;
use super::{attributes, block_attributes, definitions, fences, footnotes, inline_text, line_breaks, pairs};
use crate::config::Goldmark;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId};
use crate::markup::code_block::{CodeBlock, CodeKind};
use crate::markup::dom::{By, Element, Node, text_in, text_of};
use crate::markup::html;
use crate::markup::marks::{FLANK, has_mark};
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
    /// End of the block's text, as far as it is known.
    block_end: usize,
    /// True if the next text comes after markup.
    after_markup: bool,
    /// Raw HTML that the settings leave out.
    omitted: Option<Range<usize>>,
    /// Findings about code blocks.
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

    /// Adds text. Unchanged text of the source waits for its continuation, so that a URL which Markdown cut at an
    /// underscore is seen whole; text that an escape or entity changed is added as it is.
    fn text(&mut self, text: &str, range: Range<usize>) {
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

    /// Returns true if `&amp;` is within an address, which ends later.
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

    fn pending_end(&self) -> Option<usize> {
        self.pending.as_ref().map(|range| range.end)
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

    /// The range without the box of a task at its beginning. Hugo's Markdown sees one also where text follows it directly.
    fn without_task(&mut self, range: Range<usize>) -> Range<usize> {
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

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if starts_block(&tag) {
            self.texts.begin_block();
            self.block_end = match tag {
                // Its text may be followed by other blocks.
                Tag::Item | Tag::DefinitionListDefinition => usize::MAX,
                _ => range.start + self.source[range.clone()].trim_end().len(),
            };
        }
        let kind = match &tag {
            Tag::Link { link_type, .. } => Some(*link_type),
            _ => None,
        };
        let element = match tag {
            Tag::Paragraph => Element::new("p", By::Markdown),
            Tag::Heading { level, .. } => self.heading(level, &range),
            Tag::BlockQuote(_) => Element::new("blockquote", By::Markdown),
            Tag::CodeBlock(kind) => return self.start_code(kind, &range),
            Tag::HtmlBlock => {
                self.html = Some((String::new(), range));
                return;
            }
            Tag::List(None) => Element::new("ul", By::Markdown),
            Tag::List(Some(1)) => Element::new("ol", By::Markdown),
            Tag::List(Some(first)) => Element::new("ol", By::Markdown).attr("start", first.to_string()),
            Tag::Item => Element::new("li", By::Markdown),
            Tag::FootnoteDefinition(label) => {
                Element::new("footnote", By::Markdown).attr("label", label.to_string())
            }
            Tag::DefinitionList => Element::new("dl", By::Markdown),
            Tag::DefinitionListTitle => Element::new("dt", By::Markdown),
            Tag::DefinitionListDefinition => {
                self.tight.push(definitions::is_tight(self.source, range.start));
                Element::new("dd", By::Markdown)
            }
            Tag::Table(alignments) => {
                self.tables.push(Columns::new(alignments));
                Element::new("table", By::Markdown)
            }
            Tag::TableHead => return self.start_row(true),
            Tag::TableRow => return self.start_row(false),
            Tag::TableCell => {
                // Cells that a row is short of stand at its end; they have no alignment in Hugo.
                let (before, after) = self.source.split_at(range.start);
                let missing = range.is_empty() && (!after.starts_with('|') || before.ends_with('\n'));
                let cell = self.tables.last_mut().map(|table| table.cell(missing));
                cell.unwrap_or_else(|| Element::new("td", By::Markdown))
            }
            Tag::Emphasis => Element::new("em", By::Markdown),
            Tag::Strong => Element::new("strong", By::Markdown),
            Tag::Strikethrough => Element::new("del", By::Markdown),
            Tag::Superscript => Element::new("sup", By::Markdown),
            Tag::Subscript => Element::new("sub", By::Markdown),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.link(link_type, &dest_url, &title),
            Tag::Image { dest_url, title, .. } => image(&dest_url, &title),
            Tag::MetadataBlock(_) => return,
        };
        match element.heading_level() {
            Some(_) => self.texts.id = Some(IdText::default()),
            None => self.texts.id(IdText::open),
        }
        if matches!(kind, Some(LinkType::Autolink | LinkType::Email)) {
            self.autolink = true;
            self.texts.id(IdText::end_piece);
        }
        let span = self.map.span(range);
        self.tree.open(element.at(span));
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

    fn code_text(&mut self, text: &str, range: Range<usize>) {
        let Some(code) = &mut self.code else { return };
        if let Some((_, from)) = self.map.position(range.start) {
            code.lines.push((code.text.len(), from));
        }
        code.text.push_str(text);
    }

    fn start_row(&mut self, head: bool) {
        if let Some(table) = self.tables.last_mut() {
            table.row(head);
        }
        if head {
            self.tree.open(Element::new("thead", By::Markdown));
        }
        self.tree.open(Element::new("tr", By::Markdown));
    }

    fn link(&mut self, kind: LinkType, destination: &CowStr<'_>, title: &CowStr<'_>) -> Element {
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

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
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

    fn end_image(&mut self) {
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

    fn end_footnote(&mut self, start: usize) {
        if self.tree.close().is_some()
            && let Some(Node::Element(mut footnote)) = self.tree.children().pop()
        {
            let label = footnote.take("label").unwrap_or_default();
            let definition = footnotes::definition(&label, self.file_at(start), footnote.children);
            self.notes.push(definition);
        }
    }

    fn file_at(&self, at: usize) -> Option<FileId> {
        self.map.position(at).map(|(file, _)| file)
    }

    fn inline_code(&mut self, text: &str) {
        self.texts.id(|id| id.code(text));
        self.tree
            .push(Element::new("code", By::Markdown).with(vec![Node::text(text)]));
    }

    fn block_html(&mut self, html: &str) {
        if let Some((block, _)) = &mut self.html {
            block.push_str(html);
        }
    }

    fn end_html(&mut self) {
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

    fn inline_html(&mut self, html: &str, range: Range<usize>) {
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

    fn soft_break(&mut self, range: Range<usize>) {
        if self.goldmark.hard_wraps {
            self.hard_break();
        } else if !self.joins_lines(&range) {
            self.tree.text("\n");
        }
    }

    /// Returns true for a line break that the site's settings drop in East Asian text.
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

    fn hard_break(&mut self) {
        self.tree.push(Element::new("br", By::Markdown));
        self.tree.text("\n");
    }

    fn task(&mut self, checked: bool) {
        let input = Element::new("input", By::Markdown);
        let input = if checked { input.attr("checked", "") } else { input };
        self.tree
            .push(input.attr("disabled", "").attr("type", "checkbox"));
        self.tree.text(" ");
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

fn image(destination: &CowStr<'_>, title: &CowStr<'_>) -> Element {
    let image = Element::new("img", By::Markdown).attr("src", destination.to_string());
    if title.is_empty() {
        image
    } else {
        image.attr("title", title.to_string())
    }
}

/// The first line of a range: enough to find a block of HTML again.
fn first_line(source: &str, range: Range<usize>) -> Range<usize> {
    let len = source[range.clone()].lines().next().map_or(0, str::len);
    range.start..range.start + len
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

/// End of a heading's text whose attribute list begins at `list`. Closing signs are no part of it.
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
