//! Stage 5, body: a [`ParsedPage`](crate::parse::ParsedPage) in its place in the graph becomes a [`Body`].
//!
//! Markdown events become one node tree ([`dom`]), passes change the tree, and [`dom::Doc`] is written out once.

pub mod diagram;
pub mod dom;
pub mod highlight;
pub mod math;

use crate::diag::Span;
use crate::graph::PageId;
use crate::source::FileId;

/// What a page's text became.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    /// The rendered body.
    pub html: String,
    /// Headings in order.
    pub outline: Vec<Heading>,
    /// Text without markup, for descriptions, counts and search.
    pub plain: String,
    /// Summary as HTML.
    pub summary: String,
    /// Every id in the body.
    pub ids: Vec<String>,
    /// Links and images, for the link check.
    pub links: Vec<LinkOut>,
    /// What the page needs from the theme.
    pub uses: Uses,
    /// Words as Hugo counts them.
    pub words: usize,
    /// Whether the body begins with a level-1 heading of its own, so that the theme prints no title.
    pub own_title: bool,
}

/// A heading of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id; empty when it has none.
    pub id: String,
    /// Its content as HTML without links.
    pub html: String,
    /// Its text.
    pub text: String,
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
    /// Task lists.
    pub tasks: bool,
}
