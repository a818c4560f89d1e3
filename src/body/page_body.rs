//! The text of a page as the stage gives it.

use std::collections::BTreeSet;

use super::facts::PageFacts;
use super::policy::Policy;
use crate::markup::{Heading, Place};

/// The text of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    /// The rendered body.
    pub html: String,
    /// Places of ids, links and scripts in `html`, in order.
    pub places: Vec<Place>,
    /// Headings in order.
    pub outline: Vec<Heading>,
    /// Text without markup, for descriptions and counts.
    pub plain: String,
    /// Every class in the body, for the stylesheets that only some pages need.
    pub classes: BTreeSet<String>,
    /// The form for variables as HTML; empty where there are none, or where the body holds a form.
    pub variables_form: String,
    /// Resources that the page may load and run.
    pub policy: Policy,
    /// Minutes to read it; 0 for an empty text.
    pub reading_time: usize,
    /// The part that outlives the text.
    pub facts: PageFacts,
}
