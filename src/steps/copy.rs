//! Copies files of the site into the folder of a session.

use std::io;
use std::path::Path;

use walkdir::WalkDir;

/// Copies a file or a folder. Symbolic links are followed; a `.git` in it is left out.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let entries = WalkDir::new(from).follow_links(true).into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || entry.file_name() != ".git") {
        let entry = entry.map_err(|error| io::Error::other(error.to_string()))?;
        let below = entry.path().strip_prefix(from).unwrap_or(Path::new(""));
        let target = if below.as_os_str().is_empty() {
            to.to_owned()
        } else {
            to.join(below)
        };
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&target)?;
        } else {
            if let Some(folder) = target.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
