//! The steps of a workshop: pages in reading order, numbered from 1.

use crate::graph::{Graph, Kind, PageId};

use super::RenderContext;

/// Place in reading order by page, from 1; 0 for pages outside it.
pub(super) fn steps(context: RenderContext<'_>) -> Vec<usize> {
    let mut steps = vec![0; context.graph.pages.len()];
    for site in &context.graph.sites {
        let order = site
            .reading_order
            .iter()
            .filter(|id| is_step(context.graph, **id));
        for (at, id) in order.enumerate() {
            steps[id.0 as usize] = at + 1;
        }
    }
    steps
}

/// The home page is where a workshop begins, not a step of it. Nor are parts that say `progress: false`, with all pages
/// below them.
pub(super) fn is_step(graph: &Graph, id: PageId) -> bool {
    let page = graph.page(id);
    let mut line = std::iter::successors(Some(page), |page| page.parent.map(|id| graph.page(id)));
    page.kind != Kind::Home && line.all(|page| page.params.bool("progress") != Some(false))
}
