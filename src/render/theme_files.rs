//! The theme's own files as files about the whole site.

use super::OutputContent;
use super::renderer::Renderer;
use super::site_file::Content;

/// The paths of the theme's files.
pub(super) fn paths(renderer: &Renderer<'_>) -> Vec<String> {
    let files = renderer.theme.files.iter();
    files.map(|asset| asset.path.clone()).collect()
}

/// A file of the theme.
pub(super) fn file(renderer: &Renderer<'_>, place: usize) -> Content {
    let bytes = renderer.theme.files[place].bytes.clone();
    (OutputContent::Bytes(bytes), Vec::new())
}
