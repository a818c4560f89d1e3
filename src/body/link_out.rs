//! The links of a page into the site and out of it.

use crate::diag::{FileId, Span};
use crate::graph::PageId;

/// A link that leads into the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOut {
    /// Span of the address in the source, or of the fragment in it.
    pub span: Span,
    /// Span of the whole address; where it is not written as it is, that of the link.
    pub address: Span,
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
