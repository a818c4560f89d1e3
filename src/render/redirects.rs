//! Pages that lead from old addresses to new ones.

use crate::diag::Diagnostics;
use crate::graph::{PageId, output_path};

use super::{OutputFile, Renderer};

/// A file for each redirect.
pub(super) fn redirects(renderer: &Renderer<'_>) -> (Vec<OutputFile>, Diagnostics) {
    let mut files = Vec::new();
    let mut diagnostics = Diagnostics::new();
    for (from, to) in &renderer.context.graph.aliases {
        let (file, found) = redirect(renderer, from, *to);
        files.push(file);
        diagnostics.extend(found);
    }
    (files, diagnostics)
}

/// The redirect that is the file `path`.
pub(super) fn redirect_at(renderer: &Renderer<'_>, path: &str) -> Option<(OutputFile, Diagnostics)> {
    let mut aliases = renderer.context.graph.aliases.iter();
    let (from, to) = aliases.find(|(from, _)| output_path(from) == path)?;
    Some(redirect(renderer, from, *to))
}

fn redirect(renderer: &Renderer<'_>, from: &str, to: PageId) -> (OutputFile, Diagnostics) {
    let (html, found) = renderer.redirect(from, to);
    (OutputFile::text(output_path(from), html), found)
}
