//! What can keep a site, or a file of it, from being written.

use std::io;
use std::path::PathBuf;

/// A destination that nothing can be written to, or should be.
#[derive(Debug, thiserror::Error)]
pub enum EmitError {
    /// The destination is the site's own folder, one above it, or the root of the file system.
    #[error("the destination `{}` holds the site that it is made from", destination.display())]
    HoldsSite {
        /// Where the site was to be written.
        destination: PathBuf,
    },
    /// The destination is a folder that the site is read from, or lies in one.
    #[error("the destination `{}` lies inside the source folder `{}`", destination.display(), folder.display())]
    InsideSource {
        /// Where the site was to be written.
        destination: PathBuf,
        /// The folder that is read.
        folder: PathBuf,
    },
    /// The destination holds a folder that the site is read from.
    #[error("the destination `{}` holds the source folder `{}`", destination.display(), folder.display())]
    HoldsSource {
        /// Where the site was to be written.
        destination: PathBuf,
        /// The folder that is read.
        folder: PathBuf,
    },
    /// The destination cannot be made or opened.
    #[error("cannot write to the folder `{}`: {error}", path.display())]
    Destination {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
}

/// A file that could not be written or removed.
#[derive(Debug)]
pub struct Failure {
    /// Its path from the destination, or of a file of wsgen's own from the site.
    pub path: String,
    /// Why.
    pub error: FileError,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot write `{}`: {}", self.path, self.error)
    }
}

/// Why a file could not be written or removed.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The path is empty, leads out of the destination, or has a part that no file can have as its name.
    #[error("this cannot be the path of a file")]
    InvalidPath,
    /// A part of the path is longer than file systems allow.
    #[error("the name `{}…` has {len} bytes, and file systems take {max}", start)]
    NameTooLong {
        /// The first characters of the part.
        start: String,
        /// Its length in bytes.
        len: usize,
        /// The longest that can be written.
        max: usize,
    },
    /// Two files of the output have this path.
    #[error("two files of the site have this path")]
    Twice,
    /// A folder of the path is a symbolic link.
    #[error("the folder `{folder}` of the destination is a symbolic link, which wsgen does not follow")]
    Symlink {
        /// The folder, from the destination.
        folder: String,
    },
    /// A file that wsgen did not write is where a folder is needed.
    #[error("`{folder}` of the destination is a file, and a folder is needed there")]
    NotAFolder {
        /// The file, from the destination.
        folder: String,
    },
    /// A folder is where the file should be.
    #[error("a folder of this name is there, with files that wsgen did not write")]
    IsAFolder,
    /// The file to copy is not in the source tree.
    #[error("the file to copy does not exist")]
    NoSource,
    /// The operating system says no.
    #[error("{error} (`{}`)", path.display())]
    Io {
        /// The file that it says no to.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
}

impl FileError {
    /// Makes an error of the operating system one about `path`.
    pub(super) fn io(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |error| Self::Io {
            path: path.to_owned(),
            error,
        }
    }
}
