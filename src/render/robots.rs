//! `robots.txt`.

use super::links::Links;
use super::{OutputFile, RenderContext};

/// Lets everybody in and names the sitemap, whose address must have a host.
pub(super) fn robots(context: RenderContext<'_>) -> Option<OutputFile> {
    let disabled = |kind: &str| context.config.disable_kinds.iter().any(|other| other == kind);
    if disabled("robotstxt") {
        return None;
    }
    let links = Links {
        graph: context.graph,
        config: context.config,
        from: None,
    };
    let sitemap = links.permanent("/sitemap.xml");
    let mut text = String::from("User-agent: *\nDisallow:\n");
    if !sitemap.is_empty() && !disabled("sitemap") {
        text.push_str(&format!("\nSitemap: {sitemap}\n"));
    }
    Some(OutputFile::text("robots.txt", text))
}
