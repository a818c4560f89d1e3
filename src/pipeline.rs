//! Calls the stages in order.

use std::path::PathBuf;
use std::time::Duration;

use crate::config::Include;
use crate::diag::Diagnostics;
use crate::source::SourceTree;

/// What to build, and how.
#[derive(Clone)]
pub struct BuildOptions<'a> {
    /// The site's folder.
    pub source: PathBuf,
    /// Where the site is written; the configuration's `publishDir` when unset.
    pub destination: Option<PathBuf>,
    /// Takes the place of the configuration's `baseURL`.
    pub base_url: Option<String>,
    /// Pages that take part on top of what the configuration says.
    pub include: Include,
    /// Name of the environment, `production` when unset.
    pub environment: Option<String>,
    /// Environment variables that may hold settings (`HUGO_…`), names as in the environment.
    pub variables: Vec<(String, String)>,
    /// The moment that pages in the future and expired pages are measured by.
    pub now: jiff::Timestamp,
    /// Whether the site is written. A check does everything else.
    pub write: bool,
    /// Who is told how far the build is.
    pub progress: &'a dyn Progress,
}

impl BuildOptions<'static> {
    /// A build of the site in `source` with nothing special, in silence.
    pub fn new(source: impl Into<PathBuf>) -> Self {
        Self {
            source: source.into(),
            destination: None,
            base_url: None,
            include: Include::default(),
            environment: None,
            variables: Vec::new(),
            now: jiff::Timestamp::UNIX_EPOCH,
            write: true,
            progress: &Silent,
        }
    }
}

/// The stages, for progress and timings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the seven stages of the architecture")]
pub enum Stage {
    Load,
    Discover,
    Parse,
    Resolve,
    Body,
    Render,
    Emit,
}

impl Stage {
    /// What is being done, for a progress bar.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Load => "reading",
            Self::Discover => "looking around",
            Self::Parse => "parsing",
            Self::Resolve => "linking",
            Self::Body => "converting",
            Self::Render => "rendering",
            Self::Emit => "writing",
        }
    }
}

/// Somebody who wants to know how far a build is. Called from many threads.
pub trait Progress: Sync {
    /// A stage of so many steps begins.
    fn begin(&self, stage: Stage, steps: usize);

    /// A step of the current stage is done.
    fn step(&self);
}

/// Nobody.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: usize) {}

    fn step(&self) {}
}

/// What a build did and found.
#[derive(Debug, Clone)]
pub struct BuildReport {
    /// Pages rendered.
    pub pages: usize,
    /// Everything found, in the order of the files, nothing twice.
    pub diagnostics: Diagnostics,
    /// The files that the findings are about.
    pub tree: SourceTree,
    /// What happened to the destination; `None` for a check.
    pub written: Option<Written>,
    /// How long each stage took.
    pub timings: Vec<(Stage, Duration)>,
}

/// What happened to the destination.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Where the site was written.
    pub destination: PathBuf,
    /// Files new or changed.
    pub changed: usize,
    /// Files that already were as they should be.
    pub unchanged: usize,
    /// Files of earlier builds that were removed.
    pub removed: usize,
}

/// Why there is no site: the world did not cooperate.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The site's folder.
    #[error("cannot read the site's folder `{}`: {cause}", path.display())]
    Source {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The destination.
    #[error("cannot write `{}`: {cause}", path.display())]
    Destination {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The destination is a place that a build must not write to.
    #[error("will not write the site to `{}`: {reason}", path.display())]
    UnsafeDestination {
        /// The folder.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
}

/// Builds a site.
pub fn build(options: &BuildOptions<'_>) -> Result<BuildReport, BuildError> {
    Err(BuildError::Source {
        path: options.source.clone(),
        cause: std::io::Error::other("the stages are not connected"),
    })
}
