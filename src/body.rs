//! Stage 5, body: a [`ParsedPage`](crate::parse::ParsedPage) in its place in the graph becomes a [`Body`].
//!
//! The page's text and calls become one node tree ([`crate::markup::dom`]), passes change the tree, and it is written
//! once.

mod anchors;
mod body_facts;
mod content_kinds;
pub mod diagram;
mod draft;
mod facts;
mod pass;
mod passages;
mod policy;
mod summary;
mod unread;
mod value_defaults;

use std::collections::BTreeSet;

use self::draft::Draft;
pub use self::facts::{PageFacts, Uses};
pub use self::passages::Passage;
pub use self::policy::Policy;
use crate::diag::{Diagnostics, FileId, Span};
use crate::graph::{Graph, PageId};
use crate::markup::{Heading, Place};
use crate::shortcodes::{BodyContext, PageText, PageTexts};

/// The text of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    /// The rendered body.
    pub html: String,
    /// Places of ids, links and scripts in `html`, in order.
    pub places: Vec<Place>,
    /// Headings in order.
    pub outline: Vec<Heading>,
    /// Text without markup, for descriptions and counts.
    pub plain: String,
    /// Every class in the body, for the stylesheets that only some pages need.
    pub classes: BTreeSet<String>,
    /// The form for variables as HTML; empty where there are none, or where the body holds a form.
    pub variables_form: String,
    /// Resources that the page may load and run.
    pub policy: Policy,
    /// Minutes to read it; 0 for an empty text.
    pub reading_time: usize,
    /// The part that outlives the text.
    pub facts: PageFacts,
}

/// A link that leads into the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOut {
    /// Span of the link in the source.
    pub span: Span,
    /// Its target.
    pub to: LinkTarget,
    /// Id on the target page, decoded, without `#`.
    pub fragment: Option<String>,
}

/// The target of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// A page, perhaps the page itself.
    Page(PageId),
    /// A file of the site.
    Asset(FileId),
    /// A URL outside the site.
    External(String),
}

/// Renders the body of a page. The result depends on `cx` only.
pub fn render(page: PageId, cx: &BodyContext<'_>) -> (Body, Diagnostics) {
    let Some(source) = cx.graph.page(page).source else {
        return (Body::default(), Vec::new());
    };
    let parsed = &cx.parsed[source];
    unread::or_source(parsed, cx.text(parsed.file), || {
        Draft::new(page, parsed, cx).finish()
    })
}

/// The texts of pages for those that show them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pages;

impl PageTexts for Pages {
    fn text(&self, page: PageId, cx: &BodyContext<'_>) -> PageText {
        let Some(source) = cx.graph.page(page).source else {
            return PageText::default();
        };
        let parsed = &cx.parsed[source];
        unread::text_or_source(parsed, cx.text(parsed.file), || {
            Draft::new(page, parsed, cx).text()
        })
    }
}

/// Finds what only all pages together tell: links to ids that their page does not have, and variables with one default
/// here and another one there. Facts are indexed by page.
pub fn check_together(graph: &Graph, facts: &[Option<&PageFacts>]) -> Diagnostics {
    let mut found = anchors::check(graph, facts);
    found.extend(value_defaults::check(graph, facts));
    found
}
