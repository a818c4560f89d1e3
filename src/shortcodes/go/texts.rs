//! Facts about the text of pages for templates: content, headings, length.
//!
//! A page that is not the one being written is rendered for it, once for each call. The page itself is not finished, so
//! that it is measured by its source.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use hugo_template::Value;

use super::fragments::Fragments;
use crate::config::Toc;
use crate::graph::{Page, PageId};
use crate::markup::dom::write_nodes;
use crate::markup::length;
use crate::markup::outline::{Heading, table_of_contents};
use crate::shortcodes::rough_text::rough_text;
use crate::shortcodes::{BodyContext, PageText};

/// Maximum depth of pages rendered inside each other.
const MAX_DEPTH: usize = 2;

/// The rendered pages that one call has asked for.
pub(super) struct Texts<'a> {
    cx: &'a BodyContext<'a>,
    /// The page that the call stands on.
    page: PageId,
    made: RefCell<BTreeMap<PageId, Option<Arc<PageText>>>>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(cx: &'a BodyContext<'a>, page: PageId) -> Self {
        Self {
            cx,
            page,
            made: RefCell::default(),
        }
    }

    /// Includes the text of the page itself, which is finished.
    pub(super) fn finished(cx: &'a BodyContext<'a>, page: PageId, text: &PageText) -> Self {
        let texts = Self::new(cx, page);
        texts.made.borrow_mut().insert(page, Some(Arc::new(text.clone())));
        texts
    }

    /// A fact about the text of a page.
    pub(super) fn fact(&self, page: &Page, name: &str) -> Option<Value> {
        Some(match name {
            "Content" | "ContentWithoutSummary" if page.id == self.page => {
                Value::html(self.of(page)?.html.as_str())
            }
            "Plain" => Value::str(self.plain(page) + "\n"),
            "PlainWords" => Value::texts(self.plain(page).split_whitespace()),
            "WordCount" => Value::from(self.words(page)),
            "ReadingTime" => Value::from(minutes(self.words(page), self.is_cjk(page))),
            "TableOfContents" => Value::html(contents(&self.of(page)?.outline, self.cx.config.markup.toc)),
            "Fragments" => Fragments::value(&self.of(page)?.outline),
            "Truncated" => {
                let body = self.of(page)?;
                let size = |html: &str| html.chars().filter(|c| !c.is_whitespace()).count();
                let whole = page.front.summary.is_some() || size(&body.summary) >= size(&body.html);
                Value::Bool(!whole)
            }
            // Where pages show the summaries of each other, those within are plain.
            "Summary" if page.id == self.page || self.cx.nesting == 0 => {
                Value::html(self.of(page)?.summary.as_str())
            }
            _ => return None,
        })
    }

    /// Returns true for the page that is being written.
    pub(super) fn is_unfinished(&self, page: PageId) -> bool {
        page == self.page && !self.made.borrow().contains_key(&page)
    }

    fn of(&self, page: &Page) -> Option<Arc<PageText>> {
        if let Some(made) = self.made.borrow().get(&page.id) {
            return made.clone();
        }
        let may_render = page.id != self.page && self.cx.nesting < MAX_DEPTH;
        let body = may_render.then(|| {
            let context = BodyContext {
                nesting: self.cx.nesting + 1,
                ..self.cx.clone()
            };
            Arc::new(self.cx.pages.text(page.id, &context))
        });
        self.made.borrow_mut().insert(page.id, body.clone());
        body
    }

    fn plain(&self, page: &Page) -> String {
        match self.of(page) {
            Some(body) => body.plain.clone(),
            None => page
                .source
                .map_or_else(String::new, |source| rough_text(self.cx, &self.cx.parsed[source])),
        }
    }

    fn words(&self, page: &Page) -> usize {
        match self.of(page) {
            Some(body) => body.words,
            None => length::words(&self.plain(page), self.is_cjk(page)),
        }
    }

    fn is_cjk(&self, page: &Page) -> bool {
        page.front
            .is_cjk_language
            .unwrap_or(self.cx.config.has_cjk_language)
    }
}

/// Reading time in minutes as Hugo computes it.
fn minutes(words: usize, cjk: bool) -> usize {
    if cjk {
        words.div_ceil(501)
    } else {
        words.div_ceil(213)
    }
}

/// The table of contents as Hugo prints it.
fn contents(outline: &[Heading], levels: Toc) -> String {
    let mut out = String::from("<nav id=\"TableOfContents\">");
    write_nodes(&table_of_contents(outline, levels), &mut out);
    out + "</nav>"
}
