//! The pages for addresses at which there is nothing.

use super::site_file::Content;
use super::view::PageView;
use super::{OutputContent, Renderer};
use crate::graph::output_path;
use crate::lang::LangId;

/// The page that hosts look for.
const AT_ROOT: &str = "404.html";

/// A path for each language, and one at the root.
pub(super) fn paths(renderer: &Renderer<'_>) -> Vec<String> {
    places(renderer).into_iter().map(|(path, _)| path).collect()
}

/// The page with the sidebar of its language.
pub(super) fn page(renderer: &Renderer<'_>, place: usize) -> Content {
    let (_, lang) = places(renderer)[place];
    let graph = renderer.context.graph;
    let home = graph.page(graph.sites[lang].home);
    let title = renderer.text_of(lang, "not_found");
    let links = renderer.links(None);
    let nav = renderer.sidebar(lang, links);
    let view = PageView {
        title,
        link_title: title,
        kind: "404",
        nav_runs: nav.runs(),
        nav,
        translations: renderer.first_pages(home, links),
        ..renderer.blank()
    };
    let (html, found) = renderer.render("404.html", lang, None, &view);
    (OutputContent::Bytes(html), found)
}

/// Paths with the languages of their pages.
fn places(renderer: &Renderer<'_>) -> Vec<(String, LangId)> {
    let context = renderer.context;
    let mut places = Vec::new();
    if context.config.disable_kinds.iter().any(|kind| kind == "404") {
        return places;
    }
    for (lang, site) in context.graph.sites.each() {
        let home = context.graph.page(site.home);
        let path = output_path(&home.url).replace("index.html", AT_ROOT);
        if lang == context.config.default_language && path != AT_ROOT {
            places.push((AT_ROOT.to_owned(), lang));
        }
        places.push((path, lang));
    }
    places
}
