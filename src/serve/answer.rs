//! What a path of the preview leads to.

use std::path::PathBuf;
use std::sync::Arc;

/// What is at a path of the site.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Something that wsgen made.
    Made(Made),
    /// A file of the site's folder that is published as it is.
    File(OnDisk),
    /// It is at another path, from the site's root without a leading slash.
    Elsewhere(String),
    /// Nothing; the page that says so, where the site has one.
    Missing(Option<Made>),
}

/// A file that is published as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct OnDisk {
    /// Where it is.
    pub path: PathBuf,
    /// The folders that it must be in, symbolic links resolved, when it is opened.
    pub within: Arc<[PathBuf]>,
}

/// A file that wsgen made.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// Path on the site, without a leading slash: `docs/index.html`.
    pub path: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
    /// Whether it is made from a template, so that browsers may show it.
    pub page: bool,
    /// The version of the site that it is from.
    pub version: u64,
    /// Whether a template failed, so that this is not what the author means.
    pub faulty: bool,
}
