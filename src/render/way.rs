//! The way through a workshop: the place of a page in its part, and the minutes that are left from it on.

use crate::graph::{Graph, Kind, Page, PageId};

use super::steps::is_step;

/// The place of each page on the way.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// Place in its part, from 1; 0 for a page outside of parts.
    pub(super) step: usize,
    /// Number of steps of the part.
    pub(super) steps: usize,
    /// Minutes of all steps after the page; 0 where they do not say how long they take.
    pub(super) minutes_left: u32,
}

/// The places of all pages. A part is a section on the top level with at least two steps; the page of the section is its
/// first step.
pub(super) fn places(graph: &Graph) -> Vec<Place> {
    let mut places = vec![Place::default(); graph.pages.len()];
    for site in &graph.sites {
        let steps: Vec<PageId> = site
            .reading_order
            .iter()
            .copied()
            .filter(|id| is_step(graph, *id))
            .collect();
        let mut left = 0_u32;
        for id in steps.iter().rev() {
            places[id.0 as usize].minutes_left = left;
            left = left.saturating_add(own_minutes(graph.page(*id), graph));
        }
        let parts = steps.chunk_by(|one, other| part(graph, *one) == part(graph, *other));
        for steps in parts.filter(|steps| steps.len() > 1 && part(graph, steps[0]).is_some()) {
            for (at, id) in steps.iter().enumerate() {
                let place = &mut places[id.0 as usize];
                (place.step, place.steps) = (at + 1, steps.len());
            }
        }
    }
    places
}

/// The section on the top level that a page belongs to; `None` where that is the whole workshop.
fn part(graph: &Graph, id: PageId) -> Option<PageId> {
    let line = std::iter::successors(Some(id), |id| graph.page(*id).parent);
    let top = line.take_while(|id| graph.page(*id).kind != Kind::Home).last()?;
    let home = graph.page(top).parent?;
    let is_only = graph.page(home).children.len() == 1;
    (graph.page(top).kind == Kind::Section && !is_only).then_some(top)
}

/// Minutes of a page without those of the pages below it.
fn own_minutes(page: &Page, graph: &Graph) -> u32 {
    let below = page.children.iter().map(|id| graph.page(*id).minutes);
    page.minutes.saturating_sub(below.fold(0, u32::saturating_add))
}
