//! Parts of a page that a build leaves out: solutions, and notes for instructors.
//!
//! They are converted with the rest, so that mistakes in them are found and ids on the page are the same in every
//! build, and taken out before anything of the page is printed, listed, counted or searched.

use super::dom::{By, Element, Node, for_each_element};
use crate::config::Config;
use crate::diag::Span;
use crate::parse::{Call, Segment};

/// Marks what is left out, until it is taken out.
pub(super) const MARK: &str = "data-wsgen-withheld";

/// Why a part of a page is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// It is a solution, and the site keeps them back.
    Solution,
    /// It is for instructors, and the build is for readers.
    Instructor,
}

impl Withheld {
    /// Whether the text of a call is left out, and why.
    pub(crate) fn of(call: &Call, config: &Config) -> Option<Self> {
        if call.name.eq_ignore_ascii_case("instructor") && !config.instructor {
            Some(Self::Instructor)
        } else if call.name.eq_ignore_ascii_case("solution") && !config.wsgen.solutions {
            Some(Self::Solution)
        } else {
            None
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Solution => "solution",
            Self::Instructor => "instructor",
        }
    }
}

/// Nodes that will be taken out. `block`: they stand alone, and not within a paragraph.
pub(crate) fn wrapped(nodes: Vec<Node>, why: Withheld) -> Node {
    Element::new("div", By::Wsgen)
        .attr(MARK, why.word())
        .with(nodes)
        .into()
}

/// Whether `nodes` are nothing but something that is left out.
pub(crate) fn is_all(nodes: &[Node]) -> bool {
    let mut visible = nodes.iter().filter(|node| !node.is_blank()).peekable();
    visible.peek().is_some() && visible.all(|node| reason(node).is_some())
}

/// The same nodes, as part of a paragraph.
pub(crate) fn inline(mut nodes: Vec<Node>) -> Vec<Node> {
    for node in &mut nodes {
        if let Node::Element(element) = node {
            element.name = "span".into();
        }
    }
    nodes
}

fn reason(node: &Node) -> Option<Withheld> {
    reason_of(node.as_element()?)
}

/// Why an element is left out, if it is.
pub(crate) fn reason_of(element: &Element) -> Option<Withheld> {
    if element.by != By::Wsgen {
        return None;
    }
    match element.get(MARK)? {
        "solution" => Some(Withheld::Solution),
        _ => Some(Withheld::Instructor),
    }
}

/// Marks the headings in what is left out.
pub(crate) fn mark_headings(nodes: &mut [Node]) {
    for_each_element(nodes, &mut |element| {
        if reason_of(element).is_some() {
            for_each_element(&mut element.children, &mut |inner| {
                if inner.heading_level().is_some() {
                    inner.set(MARK, "heading");
                }
            });
        }
    });
}

/// Whether a heading is in what is left out. Such headings have ids like all others, and are in no list.
pub(crate) fn is_marked(heading: &Element) -> bool {
    heading.get(MARK).is_some()
}

/// Takes out what is left out, and gives it. Paragraphs that held nothing else go as well.
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

/// The ids in what was taken out, and why it was.
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
        if Withheld::of(call, config).is_some() {
            gaps.push(call.span);
        } else if let Some(inner) = &call.inner {
            find_gaps(&inner.segments, config, gaps);
        }
    }
}
