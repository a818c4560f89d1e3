//! Stage 5, body: a [`ParsedPage`](crate::parse::ParsedPage) in its place in the graph becomes a [`Body`].
//!
//! The page's text and calls become one node tree ([`crate::markup::dom`]), passes change the tree, and it is written
//! once.

mod anchors;
mod census;
pub mod diagram;
mod draft;
mod pass;
mod passages;
mod policy;
mod rare;
mod summary;
mod unread;
mod value_defaults;

use std::collections::BTreeSet;

use self::draft::Draft;
pub use self::passages::Passage;
pub use self::policy::Policy;
use crate::diag::{Diagnostics, FileId, Span};
use crate::graph::{Graph, PageId};
use crate::markup::{Heading, Place, Variable, Withheld};
use crate::shortcodes::{BodyContext, PageText, PageTexts};

/// What a page's text became.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    /// The rendered body.
    pub html: String,
    /// Where it speaks of names, in order.
    pub places: Vec<Place>,
    /// Headings in order.
    pub outline: Vec<Heading>,
    /// Text without markup, for descriptions and counts.
    pub plain: String,
    /// The text heading by heading, for search; nothing where the site has none.
    pub passages: Vec<Passage>,
    /// Every class in the body, for the stylesheets that only some pages need.
    pub classes: BTreeSet<String>,
    /// What says which parts of the diagram library the body needs: for each diagram the word that it begins with, and
    /// `layout` and `$$` where a text has them.
    pub diagrams: BTreeSet<String>,
    /// Every id in the body.
    pub ids: Vec<String>,
    /// Ids in what the build leaves out, and why it does.
    pub withheld: Vec<(String, Withheld)>,
    /// Links and images, for the link check.
    pub links: Vec<LinkOut>,
    /// Variables that readers fill in, in order, each once for every default that it has.
    pub variables: Vec<Variable>,
    /// The form for them as HTML; empty where there are none, or where the body holds a form.
    pub variables_form: String,
    /// What the page needs from the theme.
    pub uses: Uses,
    /// What the page may load and run.
    pub policy: Policy,
    /// Words as Hugo counts them.
    pub words: usize,
    /// Minutes to read it; 0 for an empty text.
    pub reading_time: usize,
    /// Whether the body begins with a level-1 heading of its own, so that the theme prints no title.
    pub own_title: bool,
}

/// A link that leads into the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOut {
    /// Where it is written.
    pub span: Span,
    /// Where it leads.
    pub to: LinkTarget,
    /// Id on the target page, decoded, without `#`.
    pub fragment: Option<String>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// A page, perhaps the page itself.
    Page(PageId),
    /// A file.
    Asset(FileId),
    /// Out of the site.
    External(String),
}

/// What scripts and styles a body needs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uses {
    /// A mermaid diagram.
    pub mermaid: bool,
    /// Highlighted code.
    pub code: bool,
    /// MathML.
    pub math: bool,
    /// Tabs.
    pub tabs: bool,
    /// Exercises.
    pub exercises: bool,
    /// Task lists.
    pub tasks: bool,
    /// Films of other sites.
    pub video: bool,
    /// A list of the pages below, so that the theme adds none.
    pub children: bool,
}

/// Renders the body of a page. Nothing else than what `cx` holds has a say in the result.
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
/// here and another one there. Bodies are indexed by page.
pub fn check_together(graph: &Graph, bodies: &[Option<&Body>]) -> Diagnostics {
    let mut found = anchors::check(graph, bodies);
    found.extend(value_defaults::check(graph, bodies));
    found
}
