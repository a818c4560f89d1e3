//! Text of other pages and of code, which becomes part of the page that asks for it.

use std::rc::Rc;
use std::sync::Arc;

use hugo_template::{Fault, Map, Value};

use super::host::GoHost;
use crate::budget::{self, Cost};
use crate::diag::{Code, Diagnostic};
use crate::graph::{Kind, Page, PageId};
use crate::highlight::options::as_attributes;
use crate::lang::LangId;
use crate::markup::code_block::{CodeBlock, CodeKind};
use crate::markup::dom::{self, Node};
use crate::markup::marks::{self, Exchange};
use crate::parse::Segment;
use crate::shortcodes::Shortcodes;
use crate::shortcodes::expansion::{Expansion, Prefix};

/// Maximum depth of pages that show each other.
const MAX_SHOWN: usize = 3;
/// Steps for the text of a page: it is converted.
const STEPS_OF_PAGE: u64 = 100;

impl GoHost<'_> {
    /// `.Content`: a mark for the nodes of a page.
    pub(super) fn content_of(&self, page: &Page) -> Result<Value, Fault> {
        let text = self.source_of(page);
        let nodes = self.shown(page, |shortcodes, parsed| {
            shortcodes.nodes(parsed.file, &parsed.body, &Prefix::default())
        })?;
        let nodes = nodes.unwrap_or_default();
        budget::spend(Cost::nodes(dom::count(&nodes))).map_err(|over| Fault::limit(over.to_string()))?;
        Ok(match nodes.as_slice() {
            [] => Value::html(""),
            _ => self.mark(nodes, text),
        })
    }

    /// `.RenderShortcodes`: the Markdown of a page, its calls evaluated.
    pub(super) fn with_shortcodes(&self, page: &Page) -> Result<Value, Fault> {
        let expansion = self.shown(page, |shortcodes, parsed| {
            shortcodes.expand(parsed.file, &parsed.body, &Prefix::default())
        })?;
        let Expansion { text, table, .. } = expansion.unwrap_or_default();
        let mut known = self.table.borrow_mut();
        let first = known.len();
        if first + table.len() >= marks::MAX {
            return Ok(Value::html(marks::exchange_text(&text, &table)));
        }
        let text = marks::renumbered(&text, first, table.len());
        known.extend(table);
        Ok(Value::html(text))
    }

    /// The result of `work` for a page's text; nothing for a page without one.
    fn shown<T>(
        &self,
        page: &Page,
        work: impl FnOnce(&mut Shortcodes<'_>, &crate::parse::ParsedPage) -> T,
    ) -> Result<Option<T>, Fault> {
        if page.id == self.page || self.showing.contains(&page.id) {
            return Err(Fault::failed("a page cannot show itself"));
        }
        let mut shortcodes = self.shortcodes_of(page.id)?;
        let Some(source) = page.source else {
            return Ok(None);
        };
        let bytes = self.cx.text(self.cx.parsed[source].file).len();
        // Each level of pages that show pages multiplies them.
        let steps = STEPS_OF_PAGE.saturating_mul(10_u64.saturating_pow(self.showing.len() as u32));
        budget::spend(Cost::bytes(bytes).and(Cost::steps(steps)))
            .map_err(|over| Fault::limit(over.to_string()))?;
        let made = work(&mut shortcodes, &self.cx.parsed[source]);
        // What is wrong with that page is said where it is made; that it shows this one has its place in a template.
        let of_templates =
            |found: &Diagnostic| matches!(found.code, Code::UnsupportedTemplate | Code::LimitReached);
        let found = shortcodes.diagnostics.into_iter().filter(of_templates);
        self.diagnostics.borrow_mut().extend(found);
        Ok(Some(made))
    }

    /// The evaluation of the calls in a text that the page shows.
    pub(super) fn shortcodes_of(&self, page: PageId) -> Result<Shortcodes<'_>, Fault> {
        if self.showing.len() >= MAX_SHOWN {
            return Err(Fault::failed("too many pages show each other"));
        }
        let showing = self.showing.iter().copied().chain([self.page]).collect();
        let shortcodes = Shortcodes::inside(self.cx, page, showing);
        Ok(match page == self.page {
            true => shortcodes.sharing(Rc::clone(&self.stores)),
            false => shortcodes,
        })
    }

    /// Keeps the results of calls.
    pub(super) fn keep(&self, mut shortcodes: Shortcodes<'_>) {
        self.diagnostics.borrow_mut().append(&mut shortcodes.diagnostics);
        self.variables.borrow_mut().append(&mut shortcodes.variables);
    }

    /// Returns true if a page calls a shortcode.
    pub(super) fn calls(&self, page: &Page, name: &str) -> bool {
        fn within(segments: &[Segment], name: &str) -> bool {
            segments.iter().any(|segment| match segment {
                Segment::Call(call) => {
                    let inner = call.inner.as_ref();
                    call.name == name || inner.is_some_and(|inner| within(&inner.segments, name))
                }
                _ => false,
            })
        }
        page.source
            .is_some_and(|source| within(&self.cx.parsed[source].body, name))
    }

    /// A block of code.
    pub(super) fn code(&self, code: &str, lang: &str, options: &str) -> String {
        let info = match options {
            "" => lang.to_owned(),
            options => format!("{lang} {{{}}}", as_attributes(options)),
        };
        let code = self.with_marks(code);
        let (code, placeholders) =
            marks::exchange_code(code.trim_matches(['\n', '\r']), &self.table.borrow());
        let block = CodeBlock {
            kind: CodeKind::Shortcode,
            info,
            info_span: Some(self.span),
            text: format!("{code}\n"),
            span: Some(self.span),
            lines: Vec::new(),
            placeholders,
            rendered: None,
            ids: Vec::new(),
        };
        match self.mark(vec![Node::Code(Box::new(block))], code) {
            Value::Safe(_, mark) => mark.to_string(),
            _ => String::new(),
        }
    }

    /// A mark that stands for nodes; the text without them when there are too many marks already.
    pub(super) fn mark(&self, nodes: Vec<Node>, text: String) -> Value {
        match self.marked(nodes, text) {
            Ok(mark) => Value::html(mark.to_string()),
            Err(text) => Value::str(text),
        }
    }

    /// A mark for nodes that is put into a text; an error with the text if there are too many marks.
    pub(super) fn marked(&self, nodes: Vec<Node>, text: String) -> Result<char, String> {
        let mut table = self.table.borrow_mut();
        if table.len() >= marks::MAX {
            return Err(text);
        }
        table.push(Exchange { nodes, text });
        Ok(marks::mark(table.len() - 1))
    }

    /// The pages below one that are neither sections nor lists, in the order of the tree.
    pub(super) fn pages_below(&self, page: &Page) -> Vec<PageId> {
        let mut found = Vec::new();
        let mut open: Vec<PageId> = page.children.iter().rev().copied().collect();
        while let Some(id) = open.pop() {
            let page = self.cx.graph.page(id);
            if page.kind == Kind::Page {
                found.push(id);
            }
            open.extend(page.children.iter().rev());
        }
        found
    }

    /// The page after or before one in the order that Hugo gives the pages of a site or, for names that say so, of the
    /// section.
    pub(super) fn beside(&self, page: &Page, name: &str) -> Option<PageId> {
        let is_page = |id: &PageId| self.cx.graph.page(*id).kind == Kind::Page;
        let mut pages: Vec<PageId> = if name.ends_with("InSection") {
            let parent = self.cx.graph.page(page.parent?);
            parent.children.iter().copied().filter(is_page).collect()
        } else {
            let pages = self.cx.graph.pages.iter();
            let pages = pages.filter(|other| other.lang == page.lang && other.listed);
            let mut pages: Vec<PageId> = pages.map(|page| page.id).filter(is_page).collect();
            self.cx.graph.sort(&mut pages);
            pages
        };
        if name.starts_with("Next") {
            pages.reverse();
        }
        let at = pages.iter().position(|id| *id == page.id)?;
        pages.get(at + 1).copied()
    }

    /// Pages in the order that Hugo gives the lists of a site.
    pub(super) fn in_order(&self, pages: impl IntoIterator<Item = PageId>) -> Value {
        let mut pages: Vec<PageId> = pages.into_iter().collect();
        self.cx.graph.sort(&mut pages);
        self.pages(pages)
    }

    /// `.Site.Taxonomies`: of every taxonomy, by its plural, the pages of each of its terms.
    pub(super) fn taxonomies(&self, lang: LangId) -> Value {
        let page = |id: PageId| self.cx.graph.page(id);
        let lists = self.cx.config.taxonomies.iter().map(|(_, plural)| {
            let below = format!("/{plural}/");
            let lists = self.cx.graph.sites[lang].taxonomies.iter();
            let terms = lists.flat_map(|list| &page(*list).members).filter_map(|term| {
                let term = page(*term);
                let name = term.path.strip_prefix(&below)?;
                // Hugo's key is the term as it is written, in lower case; the path has hyphens.
                let member = term.members.first().map(|member| page(*member));
                let terms = member.into_iter().flat_map(|member| &member.front.terms);
                let mut words = terms
                    .filter(|(known, _)| known.eq_ignore_ascii_case(plural))
                    .flat_map(|(_, words)| words)
                    .map(|word| word.trim().to_lowercase());
                let written = words.find(|word| word.replace(' ', "-") == name);
                let key = written.unwrap_or_else(|| name.to_owned());
                Some((Arc::from(key), self.pages(term.members.iter().copied())))
            });
            (Arc::from(plural.as_str()), Value::Map(Map::new(terms.collect())))
        });
        Value::Map(Map::new(lists.collect()))
    }

    /// The terms of `taxonomy` that a page carries, as pages.
    pub(super) fn terms_of(&self, page: &Page, taxonomy: &str) -> Vec<PageId> {
        let below = format!("/{taxonomy}/");
        let terms = page.terms.iter().copied();
        terms
            .filter(|term| self.cx.graph.page(*term).path.starts_with(&below))
            .collect()
    }
}
