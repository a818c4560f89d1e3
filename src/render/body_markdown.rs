//! Finished bodies as Markdown.
//!
//! The elements of a body become the events that a Markdown parser would give, and the events become text.

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Tag};
use pulldown_cmark_to_cmark::{Options as Form, cmark_with_options};
use url::Url;

use crate::markup::dom::{Element, Node, text_of};
use crate::markup::tree_builder::fragment;

/// Elements without text for readers of Markdown.
const LEFT_OUT: [&str; 8] = [
    "script", "style", "svg", "button", "form", "input", "template", "noscript",
];

/// Elements that stand in a line of text.
const IN_LINES: [&str; 29] = [
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "input", "ins",
    "kbd", "mark", "math", "picture", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var",
];

/// The Markdown of a finished body. Relative addresses are those below `base`.
pub(super) fn of(html: &str, base: &str) -> String {
    let mut writer = Writer {
        base: Url::parse(base).ok(),
        events: Vec::new(),
    };
    let nodes = fragment(html, None);
    writer.blocks(&nodes);
    let form = Form {
        code_block_token_count: 3,
        list_token: '-',
        increment_ordered_list_bullets: true,
        ..Form::default()
    };
    let known = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let mut text = String::new();
    match cmark_with_options(writer.events.iter(), &mut text, known, form) {
        Ok(_) => text,
        // Odd HTML can put things where Markdown has no place for them.
        Err(_) => text_of(&nodes),
    }
}

struct Writer<'n> {
    base: Option<Url>,
    events: Vec<Event<'n>>,
}

impl Writer<'_> {
    /// Writes blocks. Text between blocks is a paragraph.
    fn blocks(&mut self, nodes: &[Node]) {
        let mut rest = nodes;
        while let Some(first) = rest.first() {
            let length = rest.iter().take_while(|node| is_in_line(node)).count();
            if length > 0 {
                let (line, after) = rest.split_at(length);
                if !is_blank(line) {
                    self.wrap(Tag::Paragraph, |writer| writer.line(line));
                }
                rest = after;
                continue;
            }
            if let Node::Element(element) = first {
                self.block(element);
            }
            rest = &rest[1..];
        }
    }

    fn block(&mut self, element: &Element) {
        let children = &element.children;
        match &*element.name {
            name if LEFT_OUT.contains(&name) => {}
            "p" if element.has_class("callout-title") || element.has_class("tab-title") => {
                self.title(children);
            }
            "p" => self.wrap(Tag::Paragraph, |writer| writer.line(children)),
            "summary" | "dt" => self.title(children),
            "hr" => self.events.push(Event::Rule),
            "h1" => self.heading(HeadingLevel::H1, children),
            "h2" => self.heading(HeadingLevel::H2, children),
            "h3" => self.heading(HeadingLevel::H3, children),
            "h4" => self.heading(HeadingLevel::H4, children),
            "h5" => self.heading(HeadingLevel::H5, children),
            "h6" => self.heading(HeadingLevel::H6, children),
            "pre" => self.code(element),
            "ul" => self.list(None, children),
            "ol" => {
                let start = element.get("start").and_then(|start| start.parse().ok());
                self.list(Some(start.unwrap_or(1)), children);
            }
            "table" => self.table(element),
            "blockquote" => self.wrap(Tag::BlockQuote(None), |writer| writer.blocks(children)),
            _ if element.has_class("callout") => {
                self.wrap(Tag::BlockQuote(None), |writer| writer.blocks(children));
            }
            _ => self.blocks(children),
        }
    }

    /// Writes a tag, its content and its end.
    fn wrap(&mut self, tag: Tag<'static>, content: impl FnOnce(&mut Self)) {
        let end = tag.to_end();
        self.events.push(Event::Start(tag));
        content(self);
        self.events.push(Event::End(end));
    }

    fn title(&mut self, nodes: &[Node]) {
        self.wrap(Tag::Paragraph, |writer| {
            writer.wrap(Tag::Strong, |writer| writer.line(nodes));
        });
    }

    fn heading(&mut self, level: HeadingLevel, nodes: &[Node]) {
        let tag = Tag::Heading {
            level,
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        };
        self.wrap(tag, |writer| writer.line(nodes));
    }

    /// Writes a block of code with its language; a diagram is its source.
    fn code(&mut self, element: &Element) {
        let inner = element.children.iter().find_map(as_element);
        let class = inner.and_then(|code| code.get("class")).unwrap_or_default();
        let language = class.split(' ').find_map(|class| class.strip_prefix("language-"));
        let language = if element.has_class("mermaid") {
            Some("mermaid")
        } else {
            language
        };
        let kind = CodeBlockKind::Fenced(owned(language.unwrap_or_default()));
        let mut text = text_of(&element.children);
        if !text.ends_with('\n') {
            text.push('\n');
        }
        self.wrap(Tag::CodeBlock(kind), |writer| {
            writer.events.push(Event::Text(text.into()));
        });
    }

    fn list(&mut self, start: Option<u64>, nodes: &[Node]) {
        self.wrap(Tag::List(start), |writer| {
            for item in nodes.iter().filter_map(as_element) {
                writer.wrap(Tag::Item, |writer| writer.item(&item.children));
            }
        });
    }

    /// Writes an item. Its first line stands without a paragraph, so that a list stays tight.
    fn item(&mut self, nodes: &[Node]) {
        let tick = nodes
            .iter()
            .filter_map(as_element)
            .find(|element| element.name == "input");
        if let Some(tick) = tick.filter(|tick| tick.get("type") == Some("checkbox")) {
            let is_done = tick.attrs.iter().any(|(name, _)| name == "checked");
            self.events.push(Event::TaskListMarker(is_done));
        }
        let length = nodes.iter().take_while(|node| is_in_line(node)).count();
        let (line, blocks) = nodes.split_at(length);
        match blocks.split_first() {
            Some((Node::Element(first), rest)) if first.name == "p" && is_blank(line) => {
                let is_one_paragraph = rest
                    .iter()
                    .filter_map(as_element)
                    .all(|element| element.name != "p");
                if is_one_paragraph {
                    self.line(&first.children);
                    self.blocks(rest);
                } else {
                    self.blocks(blocks);
                }
            }
            _ => {
                self.line(line);
                self.blocks(blocks);
            }
        }
    }

    fn table(&mut self, table: &Element) {
        let mut rows = Vec::new();
        rows_of(table, &mut rows);
        let Some((head, body)) = rows.split_first() else {
            return;
        };
        let columns = cells(head).map(alignment).collect();
        self.wrap(Tag::Table(columns), |writer| {
            writer.wrap(Tag::TableHead, |writer| writer.row(head));
            for row in body {
                writer.wrap(Tag::TableRow, |writer| writer.row(row));
            }
        });
    }

    fn row(&mut self, row: &Element) {
        for cell in cells(row) {
            self.wrap(Tag::TableCell, |writer| writer.line(&cell.children));
        }
    }

    /// Writes text in a line; blocks in it give their text. Blanks at its head belong to no text.
    fn line(&mut self, nodes: &[Node]) {
        let head = nodes
            .iter()
            .position(|node| !is_blank(std::slice::from_ref(node)));
        let nodes = &nodes[head.unwrap_or(nodes.len())..];
        for (at, node) in nodes.iter().enumerate() {
            match node {
                Node::Text(text) if at == 0 => self.events.push(Event::Text(one_line(text.trim_start()))),
                Node::Text(text) => self.events.push(Event::Text(one_line(text))),
                Node::Element(element) => self.in_line(element),
                _ => {}
            }
        }
    }

    fn in_line(&mut self, element: &Element) {
        let children = &element.children;
        match &*element.name {
            name if LEFT_OUT.contains(&name) => {}
            "a" if element.has_class("heading-anchor") || element.has_class("footnote-backref") => {}
            "a" => match element.get("href") {
                Some(href) => self.link(href, children),
                None => self.line(children),
            },
            "img" => self.picture(element),
            "br" => self.events.push(Event::HardBreak),
            "code" | "kbd" | "samp" => self.events.push(Event::Code(text_of(children).into())),
            "em" | "i" => self.wrap(Tag::Emphasis, |writer| writer.line(children)),
            "strong" | "b" => self.wrap(Tag::Strong, |writer| writer.line(children)),
            "del" | "s" => self.wrap(Tag::Strikethrough, |writer| writer.line(children)),
            _ => self.line(children),
        }
    }

    fn link(&mut self, href: &str, nodes: &[Node]) {
        let tag = Tag::Link {
            link_type: LinkType::Inline,
            dest_url: self.address(href),
            title: "".into(),
            id: "".into(),
        };
        self.wrap(tag, |writer| writer.line(nodes));
    }

    fn picture(&mut self, element: &Element) {
        let Some(source) = element.get("src") else { return };
        let tag = Tag::Image {
            link_type: LinkType::Inline,
            dest_url: self.address(source),
            title: "".into(),
            id: "".into(),
        };
        let text = owned(element.get("alt").unwrap_or_default());
        self.wrap(tag, |writer| writer.events.push(Event::Text(text)));
    }

    /// The whole address of a target.
    fn address(&self, target: &str) -> CowStr<'static> {
        let whole = self.base.as_ref().and_then(|base| base.join(target).ok());
        whole.map_or_else(|| owned(target), |whole| String::from(whole).into())
    }
}

fn owned(text: &str) -> CowStr<'static> {
    CowStr::from(text.to_owned())
}

/// A text whose line breaks are blanks.
fn one_line(text: &str) -> CowStr<'static> {
    text.replace('\n', " ").into()
}

fn as_element(node: &Node) -> Option<&Element> {
    match node {
        Node::Element(element) => Some(element),
        _ => None,
    }
}

fn is_in_line(node: &Node) -> bool {
    as_element(node).is_none_or(|element| IN_LINES.contains(&&*element.name))
}

fn is_blank(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match node {
        Node::Text(text) => text.trim().is_empty(),
        Node::Element(element) => LEFT_OUT.contains(&&*element.name),
        _ => true,
    })
}

/// The rows of a table, those of its head first.
fn rows_of<'t>(element: &'t Element, rows: &mut Vec<&'t Element>) {
    for child in element.children.iter().filter_map(as_element) {
        match &*child.name {
            "tr" => rows.push(child),
            "thead" | "tbody" | "tfoot" => rows_of(child, rows),
            _ => {}
        }
    }
}

fn cells(row: &Element) -> impl Iterator<Item = &Element> {
    let cells = row.children.iter().filter_map(as_element);
    cells.filter(|cell| matches!(&*cell.name, "th" | "td"))
}

fn alignment(cell: &Element) -> Alignment {
    match cell.get("style").unwrap_or_default() {
        style if style.contains("center") => Alignment::Center,
        style if style.contains("right") => Alignment::Right,
        style if style.contains("left") => Alignment::Left,
        _ => Alignment::None,
    }
}
