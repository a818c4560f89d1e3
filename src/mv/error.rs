//! Reasons why nothing moves.

use std::io;

use crate::pipeline::BuildError;

/// The reason why nothing was moved.
#[derive(Debug, thiserror::Error)]
pub enum MvError {
    /// Nothing is at the path.
    #[error("there is no page or folder `{path}`{help}")]
    Missing {
        /// The path as given.
        path: String,
        /// Advice to the author.
        help: String,
    },
    /// Something is at the target.
    #[error("`{path}` exists already{help}; nothing was moved")]
    Exists {
        /// Path of the target from the site's folder.
        path: String,
        /// Advice to the author.
        help: String,
    },
    /// A path or id that can be no target.
    #[error("`{path}` cannot be used: {why}")]
    Path {
        /// The path or id as given.
        path: String,
        /// The reason.
        why: String,
    },
    /// The site cannot be read.
    #[error(transparent)]
    Site(#[from] BuildError),
    /// A file cannot be moved or written.
    #[error("`{path}` cannot be moved or written: {error}")]
    Write {
        /// The file or folder.
        path: String,
        /// The error of the system.
        error: io::Error,
    },
}
