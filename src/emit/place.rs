//! The destination of a site, and folders that it must not be.

use std::fs;
use std::path::{Component, Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use super::EmitError;

/// The destination of a site.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Folder of the site.
    pub site: &'a Path,
    /// Folder to write to. Links in this path are followed; links below it are not.
    pub destination: &'a Path,
    /// Folders that the site is read from, absolute or from the site's folder. Those of the usual names need not be
    /// given.
    pub sources: &'a [PathBuf],
}

/// Folder of wsgen's own files in a site.
pub(super) const STATE: &str = ".wsgen";

/// Folders that are always protected, with any configuration.
const SOURCES: [&str; 9] = [
    "content",
    "static",
    "templates",
    "layouts",
    "assets",
    "data",
    "i18n",
    "config",
    STATE,
];

impl Place<'_> {
    /// Makes the destination and gives its real path.
    pub(super) fn prepare(&self) -> Result<PathBuf, EmitError> {
        let destination = resolve(self.destination);
        self.check(&destination)?;
        let failed = |error| EmitError::Destination {
            path: self.destination.to_owned(),
            error,
        };
        fs::create_dir_all(&destination).map_err(failed)?;
        fs::canonicalize(&destination).map_err(failed)
    }

    fn check(&self, destination: &Path) -> Result<(), EmitError> {
        let site = resolve(self.site);
        let own = || self.destination.to_owned();
        if site.starts_with(destination) {
            return Err(EmitError::HoldsSite { destination: own() });
        }
        for folder in SOURCES
            .iter()
            .map(Path::new)
            .chain(self.sources.iter().map(PathBuf::as_path))
        {
            let source = resolve(&site.join(folder));
            // A site that reads its whole folder leaves the destination out when reading.
            if destination.starts_with(&source) && !site.starts_with(&source) {
                return Err(EmitError::InsideSource {
                    destination: own(),
                    folder: folder.to_owned(),
                });
            }
            if source.starts_with(destination) {
                return Err(EmitError::HoldsSource {
                    destination: own(),
                    folder: folder.to_owned(),
                });
            }
        }
        Ok(())
    }

    /// The manifest of the destination with the real path `root`. A destination inside the site is known by its path
    /// from there, so that both can be moved together.
    ///
    /// The manifest is not in the destination itself, which is published with all its files.
    pub(super) fn manifest_file(&self, root: &Path) -> PathBuf {
        let site = resolve(self.site);
        let name = root.strip_prefix(&site).unwrap_or(root);
        let hash = xxh3_64(name.as_os_str().as_encoded_bytes());
        site.join(STATE).join(format!("written-{hash:016x}.txt"))
    }
}

/// The real path of `path`, whose last parts need not exist.
fn resolve(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut real = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            Component::CurDir => {}
            part => real.push(part),
        }
        real = fs::canonicalize(&real).unwrap_or(real);
    }
    real
}
