//! State that the calls of one text share.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use hugo_template::Scratch;

use crate::markup::Heading;
use crate::markup::marks::Exchange;
use crate::parse::{Call, Segment};

/// First arguments that make a `hint` the box that it is in hugo-book and geekdoc.
const KINDS: [&str; 10] = [
    "info",
    "success",
    "warning",
    "danger",
    "note",
    "tip",
    "important",
    "caution",
    "ok",
    "default",
];

/// State that the calls of one text share.
#[derive(Default)]
pub(crate) struct Stores {
    /// `.Scratch` and `.Store` of pages, and under no page the site's.
    pub(super) scratches: RefCell<BTreeMap<Option<u32>, Arc<Scratch>>>,
    /// Entries of the marks in stored texts.
    pub(super) kept: RefCell<Vec<Exchange>>,
    /// The headings of the page that is being written, where a template has asked for them.
    pub(super) outline: OnceCell<Vec<Heading>>,
    /// The last number of `math.Counter`.
    pub(super) count: Cell<u64>,
    /// Number of calls by name, for numbers and ids.
    pub(crate) counts: RefCell<HashMap<String, usize>>,
    /// Exercises that are being evaluated, outermost first.
    pub(crate) exercises: RefCell<Vec<Exercise>>,
}

/// An exercise whose text is being read.
#[derive(Default)]
pub(crate) struct Exercise {
    pub(super) hints: Series,
    pub(super) solutions: Series,
}

/// Calls of one name in an exercise.
#[derive(Default)]
pub(super) struct Series {
    total: usize,
    seen: usize,
}

impl Series {
    pub(super) fn of(name: &str, segments: &[Segment]) -> Self {
        Self {
            total: count(name, segments),
            seen: 0,
        }
    }

    /// The number of the next one; empty for the only one.
    pub(super) fn next(&mut self) -> String {
        self.seen += 1;
        if self.total > 1 {
            self.seen.to_string()
        } else {
            String::new()
        }
    }
}

/// Number of the calls of `name` that belong to an exercise with these pieces.
fn count(name: &str, segments: &[Segment]) -> usize {
    let calls = segments.iter().filter_map(|segment| match segment {
        Segment::Call(call) => Some(call),
        _ => None,
    });
    calls
        .filter(|call| !call.name.eq_ignore_ascii_case("exercise"))
        .map(|call| {
            let own = call.name.eq_ignore_ascii_case(name) && !(name == "hint" && is_box(call));
            let inner = call
                .inner
                .as_ref()
                .map_or(0, |inner| count(name, &inner.segments));
            usize::from(own) + inner
        })
        .sum()
}

/// Returns true if a `hint` names a kind of box.
pub(super) fn is_box(call: &Call) -> bool {
    let kind = call.args.text(&["type", "style"], Some(0)).unwrap_or_default();
    let kind = kind.trim_matches(['[', ']']).to_lowercase();
    KINDS.contains(&kind.as_str())
}
