//! Stage 1, load: the files of a site and the embedded default theme become a [`SourceTree`].
//!
//! Takes a folder and a [`Scope`] (the mounts and exclusions of a configuration); gives every file with its place, its
//! text where it is text, and where it came from. This is the only stage before `emit` that touches the disk, and the
//! tree is the only way later stages reach a file.
//!
//! Configuration files come first: [`config_files()`] reads them before the mounts are known, and [`load()`] continues
//! that tree, so that one [`FileId`](crate::diag::FileId) names one file in every diagnostic.

mod concern;
mod config_files;
pub mod embedded;
mod error;
mod found_file;
mod hidden;
mod history;
mod load;
mod memory;
mod mount;
mod names;
mod nearby;
mod picture;
mod quoted;
mod read;
mod reread;
pub(crate) mod reserved;
mod returns;
mod tree;
mod walk;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

pub(crate) use config_files::THEMES;
pub use config_files::{ConfigPlaces, config_files};
pub use error::LoadError;
pub use load::load;
pub use memory::from_memory;
pub use mount::{Mount, Scope};
pub(crate) use names::composed;
pub use nearby::{is_demo, may_be_site, site_above, sites_below};
pub use picture::Size;
pub use quoted::shows_files;
pub use reread::reread;
pub use returns::Returns;
pub use tree::SourceTree;

/// Folder of the Go templates and interface texts of a theme among those of the site.
pub const THEME_LAYOUTS: &str = "_theme";
/// Folder of the Go templates of themes that wsgen does not know, whose shortcodes win over wsgen's.
pub const OTHER_THEME_LAYOUTS: &str = "_other_theme";

/// The parts of a site that files belong to, as in Hugo's mounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Component {
    /// Configuration files at the root and below `config/`.
    Config,
    /// Pages and the files beside them.
    Content,
    /// Files that are copied unchanged.
    Static,
    /// Tera templates and shortcodes.
    Templates,
    /// Hugo's Go templates, of which only `shortcodes/` and `_shortcodes/` are used.
    Layouts,
    /// Files of interface texts.
    I18n,
    /// Files of `data/`.
    Data,
    /// Files that shortcodes may refer to (Hugo's global resources).
    Assets,
    /// Texts that lie elsewhere in the repository. They are read only where a site shows files by their paths.
    Other,
}

impl Component {
    /// The components that folders are mounted to.
    pub const MOUNTED: [Component; 7] = [
        Component::Content,
        Component::Static,
        Component::Templates,
        Component::Layouts,
        Component::I18n,
        Component::Data,
        Component::Assets,
    ];

    /// The name in `module.mounts`, which is also the folder's usual name: `content`.
    pub fn name(self) -> &'static str {
        match self {
            Component::Config => "config",
            Component::Content => "content",
            Component::Static => "static",
            Component::Templates => "templates",
            Component::Layouts => "layouts",
            Component::I18n => "i18n",
            Component::Data => "data",
            Component::Assets => "assets",
            Component::Other => ".",
        }
    }

    /// The mountable component of that [`name`](Component::name), in any case.
    pub fn from_name(name: &str) -> Option<Component> {
        Component::MOUNTED
            .into_iter()
            .find(|component| component.name().eq_ignore_ascii_case(name))
    }
}

/// The origin of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The site's folder; the path to read it from.
    Disk(PathBuf),
    /// The default theme inside the program.
    Embedded,
    /// Made in memory (tests, previews).
    Memory,
}

/// The reason for which a content file is not in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// A setting or its name says so.
    Ignored,
    /// The disk did not give it.
    Unreadable,
}

/// A file's bytes, in memory or on disk.
#[derive(Debug, Clone)]
pub enum Content {
    /// Text with line feeds alone; invalid UTF-8 has been replaced and reported. The string that it was read into, where
    /// `str` would be a copy.
    Text(Arc<String>),
    /// Bytes inside the program.
    Static(&'static [u8]),
    /// A binary or large file that is only ever copied; `emit` reads it from its origin.
    OnDisk,
}

/// A file of the site or the theme.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path from the site's root as the author knows it, with `/`: `content/docs/a.md`. Used in messages.
    pub path: String,
    /// Part of the site that it belongs to.
    pub component: Component,
    /// Path inside the component after mounts, with `/`: `docs/a.md`.
    pub target: String,
    /// The language of its content folder or mount, if there is one.
    pub lang: Option<String>,
    /// Its origin.
    pub origin: Origin,
    /// Its content.
    pub content: Content,
    /// Size of the file in bytes.
    pub len: u64,
    /// The carriage returns that its text has lost.
    pub returns: Returns,
    /// Further facts of stage 1 about it.
    pub facts: Facts,
}

/// Facts about a file besides its content.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its size as a picture, if the file gives it.
    pub picture: Option<Size>,
    /// Date of its last change, by the history of its repository; set if the site asks for it.
    pub changed: Option<Timestamp>,
}

impl SourceFile {
    /// The text; `None` for a file that is not text.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Static(bytes) => std::str::from_utf8(bytes).ok(),
            Content::OnDisk => None,
        }
    }
}

#[cfg(test)]
mod tests;
