//! New workshops and new pages, for `wsgen new`.
//!
//! [`workshop()`] writes a small, complete site; [`page()`] a page in an existing site. Neither overwrites anything.

mod archetype;
mod page;
mod skeleton;
mod weight;

use std::io;
use std::path::{Path, PathBuf};

use crate::pipeline::BuildError;

pub use page::{NewPage, page};
pub use skeleton::{Language, workshop};

/// The reason why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum NewError {
    /// A file that would be written is there already.
    #[error("{0} exists already; nothing was written")]
    Exists(PathBuf),
    /// The system does not let a file be written.
    #[error("cannot write {path}: {error}")]
    Write {
        /// The file to write.
        path: PathBuf,
        /// The error of the system.
        error: io::Error,
    },
    /// A path that can be no page.
    #[error("`{path}` can be no page: {why}")]
    Path {
        /// The path as given.
        path: String,
        /// The reason.
        why: &'static str,
    },
    /// The site's archetype cannot be used.
    #[error("the archetype {file} cannot be used: {why}")]
    Archetype {
        /// The archetype's file.
        file: PathBuf,
        /// The reason.
        why: String,
    },
    /// The site that the page is for cannot be read.
    #[error(transparent)]
    Site(#[from] BuildError),
}

/// Writes a file of the theme to `path` in a site.
pub fn eject(path: &Path, bytes: &[u8]) -> Result<(), NewError> {
    write(path, bytes)
}

/// Writes a file that must not be there, and the folders above it.
fn write(path: &Path, text: impl AsRef<[u8]>) -> Result<(), NewError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => NewError::Exists(path.to_owned()),
        _ => NewError::Write {
            path: path.to_owned(),
            error,
        },
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = std::fs::File::create_new(path).map_err(failed)?;
    io::Write::write_all(&mut file, text.as_ref()).map_err(failed)
}
