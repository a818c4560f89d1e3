//! Parts of a page that a build leaves out: solutions, notes for instructors, and steps for `wsgen test`.
//!
//! They are converted with the rest, so that mistakes in them are found and ids on the page are the same in every
//! build, and taken out before anything of the page is printed, listed, counted or searched.

use crate::config::Config;
use crate::diag::Span;
use crate::markup::dom::{By, Element, Node, for_each_element};
use crate::markup::role::{Role, Withheld};
use crate::parse::{Call, Segment};

/// The reason for which the text of a call is left out, if it is.
pub(crate) fn reason_of(call: &Call, config: &Config) -> Option<Withheld> {
    if call.name.eq_ignore_ascii_case("instructor") && !config.instructor {
        Some(Withheld::Instructor)
    } else if call.name.eq_ignore_ascii_case("solution") && !config.wsgen.solutions {
        Some(Withheld::Solution)
    } else if call.name.eq_ignore_ascii_case("test") && call.inner.is_some() {
        Some(Withheld::Test)
    } else {
        None
    }
}

/// Nodes that will be removed. `block`: they stand alone, and not within a paragraph.
pub(crate) fn wrapped(nodes: Vec<Node>, why: Withheld) -> Node {
    Element::new("div", By::Wsgen)
        .with_role(Role::Withheld(why))
        .with(nodes)
        .into()
}

/// Returns true if `nodes` hold only parts that are left out.
pub(crate) fn is_all(nodes: &[Node]) -> bool {
    let mut visible = nodes.iter().filter(|node| !node.is_blank()).peekable();
    visible.peek().is_some() && visible.all(|node| reason(node).is_some())
}

/// Makes the nodes parts of a paragraph.
pub(crate) fn inline(mut nodes: Vec<Node>) -> Vec<Node> {
    for node in &mut nodes {
        if let Node::Element(element) = node {
            element.name = "span".into();
        }
    }
    nodes
}

fn reason(node: &Node) -> Option<Withheld> {
    node.as_element()?.withheld()
}

/// Marks the headings in what is left out. They have ids like all others, and are in no list.
pub(crate) fn mark_headings(nodes: &mut [Node]) {
    for_each_element(nodes, &mut |element| {
        if element.withheld().is_some() {
            for_each_element(&mut element.children, &mut |inner| {
                if inner.heading_level().is_some() {
                    inner.heading_role_mut().withheld = true;
                }
            });
        }
    });
}

/// Removes the parts that are left out, and returns them. Paragraphs that held nothing else go as well.
pub(crate) fn take(nodes: &mut [Node]) -> Vec<Node> {
    let mut taken = Vec::new();
    take_into(nodes, &mut taken);
    taken
}

fn take_into(nodes: &mut [Node], taken: &mut Vec<Node>) {
    for node in nodes {
        if reason(node).is_some() {
            // A place is left, because the summary's end is told by the number of the node.
            taken.push(std::mem::replace(node, Node::text("")));
            continue;
        }
        let before = taken.len();
        if let Node::Element(element) = node {
            take_into(&mut element.children, taken);
            let emptied = element.name == "p" && taken.len() > before;
            if emptied && element.children.iter().all(Node::is_blank) {
                *node = Node::text("");
            }
        }
    }
}

/// The ids in the removed parts, with the reasons.
pub(crate) fn ids(taken: &mut [Node]) -> Vec<(String, Withheld)> {
    let mut ids = Vec::new();
    for node in taken {
        let Some(why) = reason(node) else { continue };
        for_each_element(std::slice::from_mut(node), &mut |element| {
            ids.extend(element.get("id").map(|id| (id.to_owned(), why)));
        });
    }
    ids
}

/// The source text of `span`, which holds `segments`, without the calls that are left out.
pub(crate) fn visible(text: &str, span: Span, segments: &[Segment], config: &Config) -> String {
    let mut gaps = Vec::new();
    find_gaps(segments, config, &mut gaps);
    let mut out = String::new();
    let mut from = span.range().start;
    for gap in gaps.iter().filter(|gap| gap.file == span.file) {
        out.push_str(text.get(from..gap.range().start).unwrap_or_default());
        from = gap.range().end;
    }
    out.push_str(text.get(from..span.range().end).unwrap_or_default());
    out
}

fn find_gaps(segments: &[Segment], config: &Config, gaps: &mut Vec<Span>) {
    for segment in segments {
        let Segment::Call(call) = segment else { continue };
        if reason_of(call, config).is_some() {
            gaps.push(call.span);
        } else if let Some(inner) = &call.inner {
            find_gaps(&inner.segments, config, gaps);
        }
    }
}
