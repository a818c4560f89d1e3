//! Pages that lead from old addresses to new ones.

use crate::diag::Diagnostics;
use crate::graph::output_path;

use super::{OutputFile, Renderer};

/// A file for each redirect.
pub(super) fn redirects(renderer: &Renderer<'_>) -> (Vec<OutputFile>, Diagnostics) {
    let mut files = Vec::new();
    let mut diagnostics = Diagnostics::new();
    for (from, to) in &renderer.context.graph.aliases {
        let (html, found) = renderer.redirect(from, *to);
        files.push(OutputFile::text(output_path(from), html));
        diagnostics.extend(found);
    }
    (files, diagnostics)
}
