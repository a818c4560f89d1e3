//! Changes on disk.

use std::collections::BTreeSet;
use std::path::PathBuf;

/// Files and folders that were touched since the site was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Absolute paths: written, made, renamed or gone.
    pub paths: BTreeSet<PathBuf>,
    /// True if more than `paths` may have changed.
    pub all: bool,
}

impl Changes {
    /// Changes of unknown extent.
    pub fn everything() -> Self {
        Self {
            all: true,
            ..Self::default()
        }
    }

    /// Changes of these files and folders.
    pub fn of(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        Self {
            paths: paths.into_iter().collect(),
            all: false,
        }
    }

    /// Returns true if nothing changed.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.all
    }

    /// Adds further changes.
    pub fn add(&mut self, more: Self) {
        self.paths.extend(more.paths);
        self.all |= more.all;
    }
}
