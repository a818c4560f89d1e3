//! Stage 2, discover: a [`SourceTree`](crate::source::SourceTree) becomes an [`Inventory`]: which file is a page of
//! which kind and language, which a file beside a page, which is copied as it is. Rules: `docs/hugo.md`,
//! sections 2 and 13.

mod content;
mod content_name;

pub use content_name::Name;

use crate::config::Config;
use crate::diag::{Diagnostics, FileId};
use crate::lang::LangId;
use crate::parse::{Format, Source};
use crate::source::{Component, Origin, SourceFile, SourceTree};

/// The files of a site, by their roles.
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
    /// Files of interface texts.
    pub i18n: Vec<FileId>,
    /// Files of `data/`.
    pub data: Vec<FileId>,
    /// Files of `assets/`.
    pub assets: Vec<FileId>,
}

/// A file that is a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFile {
    /// The source file.
    pub file: FileId,
    /// Index of its language in the configuration.
    pub lang: LangId,
    /// Folder inside `content/` as written, empty for the root: `Lab/sub`.
    pub dir: String,
    /// File name without extension and language suffix, as written: `10_Setup`, `index`, `_index`.
    pub stem: String,
    /// Its role by its name.
    pub role: Role,
    /// Format of the body.
    pub format: Format,
}

impl PageFile {
    /// The name that its page is known by, as written: that of the file, and of an index page that of its folder.
    pub fn name(&self) -> &str {
        match self.role {
            Role::Single => &self.stem,
            Role::Branch | Role::Leaf => self.dir.rsplit('/').next().unwrap_or_default(),
        }
    }

    /// The facts that parsing needs.
    pub fn source(&self) -> Source<'_> {
        Source {
            file: self.file,
            name: self.name(),
            format: self.format,
        }
    }
}

/// The role of a page file.
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
    /// The source file.
    pub file: FileId,
    /// Index of its language; `None` for files that all languages share.
    pub lang: Option<LangId>,
    /// Path inside `content/` as written.
    pub path: String,
    /// For files in a leaf bundle: index into `pages` of the bundle, one for each language that has it.
    pub bundles: Vec<usize>,
    /// True if it is copied into the site. Markdown and HTML inside a leaf bundle can be read, but has no URL.
    pub published: bool,
}

/// Sorts the files of a site into pages, files beside pages, and the rest.
pub fn discover(tree: &SourceTree, config: &Config) -> (Inventory, Diagnostics) {
    let mut inventory = Inventory {
        statics: statics(tree),
        templates: ids(tree, Component::Templates, |_| true),
        go_shortcodes: ids(tree, Component::Layouts, is_shortcode),
        i18n: ids(tree, Component::I18n, |_| true),
        data: ids(tree, Component::Data, |_| true),
        assets: ids(tree, Component::Assets, |_| true),
        ..Inventory::default()
    };
    let diagnostics = content::sort(tree, config, &mut inventory);
    (inventory, diagnostics)
}

/// The files of a component that `wanted` takes.
fn ids(tree: &SourceTree, component: Component, wanted: impl Fn(&SourceFile) -> bool) -> Vec<FileId> {
    tree.iter(component)
        .filter(|(_, file)| wanted(file))
        .map(|(id, _)| id)
        .collect()
}

/// Static files, those of the default theme first so that the site's own win.
fn statics(tree: &SourceTree) -> Vec<FileId> {
    let embedded = |file: &SourceFile| file.origin == Origin::Embedded;
    let mut files = ids(tree, Component::Static, embedded);
    files.extend(ids(tree, Component::Static, |file| !embedded(file)));
    files
}

fn is_shortcode(file: &SourceFile) -> bool {
    ["shortcodes/", "_shortcodes/"]
        .iter()
        .any(|folder| file.target.starts_with(folder))
}
