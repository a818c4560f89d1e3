//! Durations of pages and parts: one walk over the tree, so that sums cost no more than pages.

use super::flow::Flow;
use super::input::Input;
use super::node::Node;
use super::{Kind, PageId};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::duration::spelled;
use crate::parse::front_matter::duration_entry;

/// Minutes of every page ([`Page::minutes`](super::Page::minutes)), and findings for parts whose pages take longer than
/// the part's maximum.
pub(super) fn minutes(nodes: &[Node], flow: &Flow, input: Input, diagnostics: &mut Diagnostics) -> Vec<u32> {
    let planned = |at: usize| {
        let node = &nodes[at];
        if is_part(node) {
            // What cascades from a part is for its pages.
            node.source.and_then(|source| input.parsed[source].front.duration)
        } else {
            node.front.duration
        }
    };
    let mut minutes: Vec<u32> = (0..nodes.len())
        .map(|at| planned(at).unwrap_or_default())
        .collect();
    for at in parts_first(nodes, flow).into_iter().rev() {
        let shown = flow.children[at].iter().map(|child| child.0 as usize);
        let below = shown
            .filter(|child| !flow.navs[*child].hidden)
            .fold(0_u32, |sum, child| sum.saturating_add(minutes[child]));
        if let Some(target) = planned(at).filter(|target| *target < below) {
            diagnostics.extend(too_long(&nodes[at], target, below, input));
        }
        minutes[at] = minutes[at].max(below);
    }
    minutes
}

fn is_part(node: &Node) -> bool {
    matches!(node.kind, Kind::Home | Kind::Section)
}

/// Homes and sections, each before those below it.
fn parts_first(nodes: &[Node], flow: &Flow) -> Vec<usize> {
    let mut order = Vec::new();
    let mut ahead = flow.homes.to_vec();
    while let Some(PageId(page)) = ahead.pop() {
        let at = page as usize;
        order.push(at);
        let below = flow.children[at].iter().copied();
        ahead.extend(below.filter(|child| is_part(&nodes[child.0 as usize])));
    }
    order
}

fn too_long(node: &Node, target: u32, below: u32, input: Input) -> Option<Diagnostic> {
    let (entry, _) = duration_entry(&input.parsed[node.source?].values)?;
    let span = Span::new(node.file?, entry.value.span.start, entry.value.span.end);
    let what = if node.kind == Kind::Home {
        "workshop"
    } else {
        "part"
    };
    let message = format!(
        "the pages of this {what} take {}, which is {} more than it is given",
        spelled(below),
        spelled(below - target),
    );
    let help = format!(
        "give it `{}`, or the pages less",
        spelled(below).replace(' ', "").replace("min", "m")
    );
    Some(Diagnostic::warning(Code::PartTooLong, span, message).help(help))
}
