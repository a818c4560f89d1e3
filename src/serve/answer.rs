//! Answers of the preview to a path.

use std::path::PathBuf;
use std::sync::Arc;

/// The answer to a path of the site.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A file made by wsgen.
    Made(Made),
    /// A file of the site's folder that is published unchanged.
    File(OnDisk),
    /// A redirect to another path, from the site's root without a leading slash.
    Elsewhere(String),
    /// No file; with the page for unknown addresses, if the site has one.
    Missing(Option<Made>),
}

/// A file that is published unchanged.
#[derive(Debug, Clone, PartialEq)]
pub struct OnDisk {
    /// Path of the file.
    pub path: PathBuf,
    /// The folders that it must be in, symbolic links resolved, when it is opened.
    pub within: Arc<[PathBuf]>,
}

/// A file that wsgen made.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// Path on the site, without a leading slash: `docs/index.html`.
    pub path: String,
    /// Its content.
    pub bytes: Arc<[u8]>,
    /// True if it is made from a template, so that browsers may show it.
    pub page: bool,
    /// The version of the site that it is from.
    pub version: u64,
    /// True if a template failed, so that the page is not as its author means it.
    pub faulty: bool,
}
