//! Output of templates, read into nodes once and reused for equal values.
//!
//! A frame holds marks in the place of a page's texts, numbered anew in each, so that boxes of one kind share a frame.
//! Its key is the template and all values that the template is given, except those that hardly two calls share (the
//! page, a running number). A template that has the name of such a value anywhere in its text is not kept.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;

use crate::budget::Cost;
use crate::diag::Span;
use crate::markdown;
use crate::markup::dom::{Node, for_each_element};
use crate::template::Templates;

/// Maximum number of frames.
const MAX_FRAMES: usize = 10_000;
/// Values that take more bytes than this are those of lists of pages and the like, which do not come twice.
const MAX_KEY_BYTES: usize = 1_000;

/// The frames of a site.
#[derive(Debug, Clone, Default)]
pub struct Frames(Arc<RwLock<Known>>);

#[derive(Debug, Default)]
struct Known {
    frames: HashMap<Key, (Arc<[Node]>, Cost)>,
    /// Templates by path; true if their output can be kept.
    lasting: HashMap<String, bool>,
}

/// A template and the values that it is given.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key(String);

impl Key {
    /// The key of the template at `path` with `values`. `None` for values that are not worth keeping.
    pub(crate) fn new(path: &str, values: &impl Serialize) -> Option<Self> {
        let key = serde_json::to_string(&(path, values)).ok()?;
        (key.len() <= MAX_KEY_BYTES).then_some(Self(key))
    }
}

impl Frames {
    /// The nodes of a frame, with the place `span`, and what it took to print them.
    pub(crate) fn get(&self, key: &Key, span: Span) -> Option<(Vec<Node>, Cost)> {
        // A thread that panicked cannot have left the maps half changed: it only ever gets or inserts.
        let (frame, cost) = {
            let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
            known.frames.get(key)?.clone()
        };
        let mut nodes = frame.to_vec();
        for_each_element(&mut nodes, &mut |element| {
            element.span = element.span.map(|_| span);
        });
        Some((nodes, cost))
    }

    /// Keeps the nodes that the template at `path` has printed, unless it reads one of the variables `own`, which are not
    /// part of the key.
    pub(crate) fn keep(
        &self,
        key: Key,
        (nodes, cost): (&[Node], Cost),
        templates: &Templates,
        path: &str,
        own: &[&str],
    ) {
        if nodes.iter().any(has_place) {
            return;
        }
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let lasting = match known.lasting.get(path) {
            Some(lasting) => *lasting,
            None => {
                let lasting = !own.iter().any(|variable| templates.mentions(path, variable));
                known.lasting.insert(path.to_owned(), lasting);
                lasting
            }
        };
        if lasting && known.frames.len() < MAX_FRAMES {
            known.frames.insert(key, (nodes.into(), cost));
        }
    }
}

/// Returns true for a node with a place in the source: each line of code, a footnote's file.
fn has_place(node: &Node) -> bool {
    match node {
        Node::Code(_) => true,
        Node::Element(element) => markdown::is_note(element) || element.children.iter().any(has_place),
        Node::Text(_) | Node::Comment(_) | Node::Html(_) => false,
    }
}
