//! Pages that lead from old addresses to new ones.

use super::site_file::Content;
use super::view::PageView;
use super::{OutputContent, Renderer, page_links};
use crate::graph::output_path;

/// A path for each redirect.
pub(super) fn paths(renderer: &Renderer<'_>) -> Vec<String> {
    let aliases = renderer.context.graph.aliases.iter();
    aliases.map(|(from, _)| output_path(from)).collect()
}

/// The page at the old address.
pub(super) fn page(renderer: &Renderer<'_>, place: usize) -> Content {
    let graph = renderer.context.graph;
    let (from, to) = &graph.aliases[place];
    let page = graph.page(*to);
    let links = renderer.links(Some(from));
    let view = PageView {
        title: &page.title,
        link_title: page_links::title(page),
        kind: "alias",
        url: links.to(&page.url),
        permalink: links.permanent(&page.url),
        ..renderer.blank()
    };
    let (html, found) = renderer.render("alias.html", page.lang, Some(from), &view);
    (OutputContent::Bytes(html), found)
}
