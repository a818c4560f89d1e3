//! Errors that keep a site from being loaded at all. Everything else is a diagnostic.

use std::io;
use std::path::PathBuf;

/// A site that cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The site's folder does not exist or is no folder.
    #[error("cannot open the folder `{}`: {error}", path.display())]
    NoSite {
        /// The site's folder.
        path: PathBuf,
        /// The error.
        #[source]
        error: io::Error,
    },
    /// A configuration file that was asked for cannot be read.
    #[error("cannot read the configuration file `{}`: {error}", path.display())]
    NoConfig {
        /// The configuration file.
        path: PathBuf,
        /// The error.
        #[source]
        error: io::Error,
    },
    /// The site would be written into a folder that it is read from.
    #[error("the destination `{destination}` lies inside the source folder `{folder}`")]
    DestinationInSource {
        /// The destination.
        destination: String,
        /// The folder that is read.
        folder: String,
    },
    /// The site would be written over the files it is made from.
    #[error(
        "the destination `{destination}` holds the source folder `{folder}`, whose files it would replace"
    )]
    DestinationHoldsSource {
        /// The destination.
        destination: String,
        /// The folder that is read.
        folder: String,
    },
    /// More files than ids for them.
    #[error("the site has too many files")]
    TooManyFiles,
}
