//! The destination of a site, and folders that it must not be.

use std::fs;
use std::path::{Component, Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use super::{EmitError, path};

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
const SOURCES: [&str; 13] = [
    "content",
    "static",
    "templates",
    "layouts",
    "archetypes",
    "assets",
    "data",
    "i18n",
    "config",
    "themes",
    "resources",
    "node_modules",
    STATE,
];

/// Folders in which version control, forges and editors keep what they act on, besides those of Git and GitHub.
const TOOLS: [&str; 9] = [
    ".hg",
    ".svn",
    ".jj",
    ".gitlab",
    ".gitea",
    ".forgejo",
    ".circleci",
    ".vscode",
    ".idea",
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
        if let Some(folder) = tools_folder(destination, &site) {
            return Err(EmitError::Protected {
                destination: own(),
                folder,
            });
        }
        if self.leads_out(destination, &site) {
            return Err(EmitError::LeadsOut {
                destination: own(),
                to: destination.to_owned(),
            });
        }
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

    /// Returns true if the path to the destination is inside the site and its real path is not.
    fn leads_out(&self, destination: &Path, site: &Path) -> bool {
        let written = lexical(self.destination);
        let inside = [lexical(self.site), site.to_owned()]
            .iter()
            .any(|site| written.starts_with(site));
        inside && !destination.starts_with(site)
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

/// The first name in the path of `destination`, behind what it has in common with `site`, that is a folder of tools.
fn tools_folder(destination: &Path, site: &Path) -> Option<String> {
    let common = destination.components().zip(site.components());
    let common = common.take_while(|(a, b)| a == b).count();
    let names = destination.components().skip(common);
    names
        .map(|name| name.as_os_str().to_string_lossy().into_owned())
        .find(|name| {
            path::is_repository(name)
                || path::is_workflows(name)
                || TOOLS.contains(&name.to_lowercase().as_str())
        })
}

/// The absolute path as it is written.
fn lexical(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
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
