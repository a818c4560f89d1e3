//! What templates print around the texts of a page, read into nodes and kept: given the same values, a template prints the
//! same again.
//!
//! Texts stand in a frame as marks, numbered anew in each, so that boxes of one kind are alike whatever is in them. A frame
//! is found by its template and all values that the template is given, but for those that hardly two calls have in common
//! (the page, a running number): a template that has the name of one of these anywhere in its text is not kept at all.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;

use crate::diag::Span;
use crate::markdown;
use crate::markup::dom::{Node, for_each_element};
use crate::template::Templates;

/// How many are kept.
const MOST: usize = 10_000;
/// Values that take more bytes than this are those of lists of pages and the like, which do not come twice.
const LONGEST: usize = 1_000;

/// The frames of a site.
#[derive(Debug, Clone, Default)]
pub struct Frames(Arc<RwLock<Known>>);

#[derive(Debug, Default)]
struct Known {
    frames: HashMap<Key, Arc<[Node]>>,
    /// Whether a template's output is kept.
    lasting: HashMap<String, bool>,
}

/// A template and the values that it is given.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key(String);

impl Key {
    /// The key of what the template at `path` prints of `values`. `None` for values that are not worth it.
    pub(crate) fn new(path: &str, values: &impl Serialize) -> Option<Self> {
        let key = serde_json::to_string(&(path, values)).ok()?;
        (key.len() <= LONGEST).then_some(Self(key))
    }
}

impl Frames {
    /// The nodes of a frame, as if they had been made for what stands at `span`.
    pub(crate) fn get(&self, key: &Key, span: Span) -> Option<Vec<Node>> {
        // A thread that panicked cannot have left the maps half changed: it only ever gets or inserts.
        let frame = {
            let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
            known.frames.get(key)?.clone()
        };
        let mut nodes = frame.to_vec();
        for_each_element(&mut nodes, &mut |element| {
            element.span = element.span.map(|_| span);
        });
        Some(nodes)
    }

    /// Keeps the nodes that the template at `path` has printed, unless it reads one of the variables `own`, which are not
    /// part of the key.
    pub(crate) fn keep(&self, key: Key, nodes: &[Node], templates: &Templates, path: &str, own: &[&str]) {
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
        if lasting && known.frames.len() < MOST {
            known.frames.insert(key, nodes.into());
        }
    }
}

/// Whether a node knows its place: of code that of each line, of a footnote the file.
fn has_place(node: &Node) -> bool {
    match node {
        Node::Code(_) => true,
        Node::Element(element) => markdown::is_note(element) || element.children.iter().any(has_place),
        Node::Text(_) | Node::Comment(_) | Node::Html(_) => false,
    }
}
