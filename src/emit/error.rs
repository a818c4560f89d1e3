//! Errors that keep a site, or a file of it, from being written.

use std::io;
use std::path::PathBuf;

/// The reason why a destination cannot be written to.
#[derive(Debug, thiserror::Error)]
pub enum EmitError {
    /// The destination is the site's own folder, one above it, or the root of the file system.
    #[error("the destination `{}` holds the site that it is made from", destination.display())]
    HoldsSite {
        /// The destination.
        destination: PathBuf,
    },
    /// The destination is a folder that the site is read from, or lies in one.
    #[error("the destination `{}` lies inside the source folder `{}`", destination.display(), folder.display())]
    InsideSource {
        /// The destination.
        destination: PathBuf,
        /// The folder that is read.
        folder: PathBuf,
    },
    /// The destination holds a folder that the site is read from.
    #[error("the destination `{}` holds the source folder `{}`", destination.display(), folder.display())]
    HoldsSource {
        /// The destination.
        destination: PathBuf,
        /// The folder that is read.
        folder: PathBuf,
    },
    /// The destination lies in a folder of tools, such as a repository's own.
    #[error(
        "the destination `{}` lies inside `{folder}`, where other programs would take the site for their own files",
        destination.display()
    )]
    Protected {
        /// The destination.
        destination: PathBuf,
        /// Name of the folder.
        folder: String,
    },
    /// The destination is a symbolic link, or lies behind one, that leads out of the site.
    #[error(
        "the destination `{}` leads out of the site by a symbolic link, to `{}`; if the site shall be there, name that folder with `-d`",
        destination.display(),
        to.display()
    )]
    LeadsOut {
        /// The destination.
        destination: PathBuf,
        /// The path at which it would have been written.
        to: PathBuf,
    },
    /// An earlier build was ended in the middle, and what it had begun cannot be finished.
    #[error("cannot finish what an earlier build has begun in `{}`: {error} (`{path}`)", destination.display())]
    Unfinished {
        /// The destination.
        destination: PathBuf,
        /// The file that stands in the way.
        path: String,
        /// The error of the operating system.
        #[source]
        error: io::Error,
    },
    /// The destination cannot be made or opened.
    #[error("cannot write to the folder `{}`: {error}", path.display())]
    Destination {
        /// The destination.
        path: PathBuf,
        /// The error of the operating system.
        #[source]
        error: io::Error,
    },
}

/// A file that could not be written or removed.
#[derive(Debug)]
pub struct Failure {
    /// Its path from the destination, or of a file of wsgen's own from the site.
    pub path: String,
    /// The reason.
    pub error: FileError,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot write `{}`: {}", self.path, self.error)
    }
}

/// The reason why a file could not be written or removed.
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
    /// Another file of the output has a path that is the same one where case does not count.
    #[error("the site has `{other}`, which is the same file on this disk")]
    Alike {
        /// The other path.
        other: String,
    },
    /// Other files of the output lie in a folder of this name.
    #[error("other files of the site lie in a folder of this name")]
    NeedsFolder,
    /// A folder of the path is a symbolic link.
    #[error("the folder `{folder}` of the destination is a symbolic link, which wsgen does not follow")]
    Symlink {
        /// The folder, from the destination.
        folder: String,
    },
    /// A file that wsgen did not write is where a folder is needed.
    #[error("`{folder}` is a file, and a folder is needed there")]
    NotAFolder {
        /// The file, from the destination.
        folder: String,
    },
    /// A folder is where the file should be.
    #[error("a folder of this name is there, with files that wsgen did not write")]
    IsAFolder,
    /// A file that would be part of a repository, or tell a forge what to run.
    #[error("`{folder}` belongs to a repository, and is no place for a site")]
    Protected {
        /// The folder.
        folder: String,
    },
    /// The whole build cannot write.
    #[error("nothing can be written any more")]
    Stopped,
    /// The file to copy is not in the source tree.
    #[error("the file to copy does not exist")]
    NoSource,
    /// An error of the operating system.
    #[error("{error} (`{}`)", path.display())]
    Io {
        /// The file of the error.
        path: PathBuf,
        /// The error of the operating system.
        #[source]
        error: io::Error,
    },
}

impl FileError {
    /// Adds `path` to an error of the operating system.
    pub(super) fn io(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |error| Self::Io {
            path: path.to_owned(),
            error,
        }
    }
}
