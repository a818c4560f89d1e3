//! Stage 6, render: bodies and templates become an [`Output`]: every file of the site by its path.

mod mermaid;
pub mod view;

use crate::source::FileId;

/// The finished site, not yet on disk.
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// Files in a fixed order; no path twice.
    pub files: Vec<OutputFile>,
}

/// One file of the finished site.
#[derive(Debug, Clone, PartialEq)]
pub struct OutputFile {
    /// Path from the site's root, decoded, with `/`, no leading slash: `docs/index.html`.
    pub path: String,
    /// What is in it.
    pub content: OutputContent,
}

/// What an output file holds.
#[derive(Debug, Clone, PartialEq)]
pub enum OutputContent {
    /// Made by wsgen.
    Bytes(Vec<u8>),
    /// A copy of a source file.
    Copy(FileId),
}
