//! Files of the site that are published as they are.

use std::collections::{BTreeSet, HashSet};

use super::site_file::AllPages;
use super::{OutputContent, OutputFile, RenderContext, Renderer};
use crate::body::LinkTarget;
use crate::diag::FileId;
use crate::source::{Component, Origin, SourceTree};

/// The files that are published whether a page shows them or not.
pub fn copies(context: RenderContext<'_>) -> Vec<OutputFile> {
    let RenderContext { graph, tree, .. } = context;
    let files = graph.assets.iter();
    files
        .filter(|(_, id)| is_copied(tree, *id))
        .map(|(path, id)| OutputFile {
            path: path.clone(),
            content: OutputContent::Copy(*id),
        })
        .collect()
}

/// Returns true if a file of the graph is published as it is. Files of the theme are published under other names, if at
/// all.
pub fn is_copied(tree: &SourceTree, id: FileId) -> bool {
    let file = tree.get(id);
    file.is_none_or(|file| file.component != Component::Static || file.origin != Origin::Embedded)
}

/// The paths of the files of `assets/`.
pub(super) fn pool_paths(renderer: &Renderer<'_>) -> Vec<String> {
    let pool = renderer.context.graph.pool.iter();
    pool.map(|(path, _)| path.clone()).collect()
}

/// A file of `assets/`.
pub(super) fn pool_file(renderer: &Renderer<'_>, place: usize) -> OutputContent {
    OutputContent::Copy(renderer.context.graph.pool[place].1)
}

/// The files of `assets/` that pages show.
pub(super) fn shown(renderer: &Renderer<'_>, pages: &AllPages<'_>) -> BTreeSet<usize> {
    let links = pages.facts.iter().flatten().flat_map(|page| &page.links);
    let shown: HashSet<FileId> = links
        .filter_map(|link| match link.to {
            LinkTarget::Asset(file) => Some(file),
            _ => None,
        })
        .collect();
    let pool = renderer.context.graph.pool.iter().enumerate();
    pool.filter(|(_, (_, file))| shown.contains(file))
        .map(|(place, _)| place)
        .collect()
}
