//! Stage 1, load: the files of a site and the embedded default theme become a [`SourceTree`].
//!
//! Takes a folder and the mounts of a [`Config`](crate::config::Config); gives every file with its place, its text
//! where it is text, and where it came from. This is the only stage before `emit` that touches the disk, and the
//! tree is the only way later stages reach a file.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// The name of a file within one [`SourceTree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// The parts of a site that files belong to, as in Hugo's mounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Component {
    /// Configuration files at the root and below `config/`.
    Config,
    /// Pages and the files beside them.
    Content,
    /// Files copied as they are.
    Static,
    /// Tera templates and shortcodes.
    Templates,
    /// Hugo's Go templates, of which only `shortcodes/` and `_shortcodes/` are used.
    Layouts,
    /// Interface texts.
    I18n,
    /// Data files.
    Data,
    /// Files that shortcodes may refer to (Hugo's global resources).
    Assets,
}

/// Where a file came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The site's folder; the path to read it from.
    Disk(PathBuf),
    /// The default theme inside the program.
    Embedded,
    /// Made in memory (tests, previews).
    Memory,
}

/// A file's bytes, or the promise of them.
#[derive(Debug, Clone)]
pub enum Content {
    /// Text; invalid UTF-8 has been replaced and reported.
    Text(Arc<str>),
    /// Bytes inside the program.
    Static(&'static [u8]),
    /// A binary or large file that is only ever copied; `emit` reads it from its origin.
    OnDisk,
}

/// One file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path from the site's root as the author knows it, with `/`: `content/docs/a.md`. Used in messages.
    pub path: String,
    /// Which part of the site it belongs to.
    pub component: Component,
    /// Path inside the component after mounts, with `/`: `docs/a.md`.
    pub target: String,
    /// The language whose content folder or mount it came from, where there is one.
    pub lang: Option<String>,
    /// Where it came from.
    pub origin: Origin,
    /// What is in it.
    pub content: Content,
    /// Size in bytes.
    pub len: u64,
}

impl SourceFile {
    /// The text, or nothing for a file that is not text.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Static(bytes) => std::str::from_utf8(bytes).ok(),
            Content::OnDisk => None,
        }
    }
}

/// Every file of a site. Of two files at the same place of the same component the site's own shadows the embedded one.
#[derive(Debug, Clone, Default)]
pub struct SourceTree {
    files: Vec<SourceFile>,
    by_target: HashMap<(Component, String), FileId>,
}

impl SourceTree {
    /// Files of `component` in order.
    pub fn component(&self, component: Component) -> impl Iterator<Item = (FileId, &SourceFile)> {
        let numbered = (0u32..).map(FileId).zip(&self.files);
        numbered.filter(move |(_, file)| file.component == component)
    }
}
