//! Stage 2, discover: a [`SourceTree`](crate::source::SourceTree) becomes an [`Inventory`]: which file is a page of
//! which kind and language, which a file beside a page, which is copied as it is. Rules: spec of Hugo's content,
//! sections 2 and 13.

use crate::source::FileId;

/// What the files of a site are.
#[derive(Debug, Clone, Default)]
pub struct Inventory {
    /// Every page file, sorted by language and path.
    pub pages: Vec<PageFile>,
    /// Files beside pages, which are published at their own path or belong to a bundle.
    pub resources: Vec<ResourceFile>,
    /// Files of `static/`, in the order in which later ones win.
    pub statics: Vec<FileId>,
    /// Site templates and shortcodes in `templates/`.
    pub templates: Vec<FileId>,
    /// Go templates of shortcodes: `layouts/shortcodes/`, `layouts/_shortcodes/`.
    pub go_shortcodes: Vec<FileId>,
    /// Interface texts.
    pub i18n: Vec<FileId>,
    /// Data files.
    pub data: Vec<FileId>,
}

/// A file that is a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFile {
    /// The file.
    pub file: FileId,
    /// Index of its language in the configuration.
    pub lang: usize,
    /// Folder inside `content/` as written, empty for the root: `Lab/sub`.
    pub dir: String,
    /// File name without extension and language suffix, as written: `10_Setup`, `index`, `_index`.
    pub stem: String,
    /// What the name makes of it.
    pub role: Role,
    /// Whether the body is HTML.
    pub html: bool,
}

/// What a page file is by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `_index.md`: the page of its folder.
    Branch,
    /// `index.md`: a page with its folder's files.
    Leaf,
    /// Any other page.
    Single,
}

/// A file that is not a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceFile {
    /// The file.
    pub file: FileId,
    /// Index of its language; `None` for files that all languages share.
    pub lang: Option<usize>,
    /// Path inside `content/` as written.
    pub path: String,
    /// For files in a leaf bundle: index into `pages` of the bundle, one for each language that has it.
    pub bundles: Vec<usize>,
}
