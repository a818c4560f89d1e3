//! The conditions of a run.

use std::path::PathBuf;

use crate::config::Testing;

/// The conditions of a run.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Folder of the site.
    pub source: PathBuf,
    /// Folder for temporary files.
    pub temporary: PathBuf,
    /// Environment variables of every session.
    pub environment: Vec<(String, String)>,
    /// The `[wsgen.test]` table.
    pub settings: Testing,
    /// True if the folders of sessions stay.
    pub keep: bool,
    /// A command that starts the shell; nothing for the shell itself.
    pub launcher: Vec<String>,
}
