//! Stage 5, body: a [`ParsedPage`](crate::parse::ParsedPage) in its place in the graph becomes a [`Body`].
//!
//! The page's text and calls become one node tree ([`crate::markup::dom`]), passes change the tree, and it is written
//! once.

mod anchors;
mod body_facts;
mod content_kinds;
pub mod diagram;
mod draft;
#[cfg(feature = "diagrams")]
mod drawing;
mod facts;
mod link_out;
mod page_body;
mod pass;
mod passages;
mod policy;
mod raw_calls;
mod settings_links;
mod summary;
mod unread;
mod value_defaults;

use self::draft::Draft;
pub use self::facts::{PageFacts, Uses};
pub use self::link_out::{LinkOut, LinkTarget};
pub use self::page_body::Body;
pub use self::passages::Passage;
pub use self::policy::Policy;
use crate::budget;
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::graph::{Graph, PageId};
use crate::shortcodes::{BodyContext, PageText, PageTexts};

/// Renders the body of a page. The result depends on `cx` only.
pub fn render(page: PageId, cx: &BodyContext<'_>) -> (Body, Diagnostics) {
    let Some(source) = cx.graph.page(page).source else {
        return (Body::default(), Vec::new());
    };
    let parsed = &cx.parsed[source];
    budget::within(cx.limits(), || {
        unread::or_source(parsed, cx.text(parsed.file), || {
            Draft::new(page, parsed, cx).finish()
        })
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
        budget::within(cx.limits(), || {
            unread::text_or_source(parsed, cx.text(parsed.file), || {
                Draft::new(page, parsed, cx).text()
            })
        })
    }
}

/// Findings for links in the settings: menus and the copyright line.
pub fn check_settings(graph: &Graph, config: &Config, has_site_file: &dyn Fn(&str) -> bool) -> Diagnostics {
    settings_links::check(graph, config, has_site_file)
}

/// Finds what only all pages together tell: links to ids that their page does not have, and variables with one default
/// here and another one there. Facts are indexed by page.
pub fn check_together(graph: &Graph, facts: &[Option<&PageFacts>]) -> Diagnostics {
    let mut found = anchors::check(graph, facts);
    found.extend(value_defaults::check(graph, facts));
    found
}
