//! The theme's modules as they are embedded: bundled with their parts, and without what browsers do not need. Without
//! the bundler they are embedded as they are written, which works as well and takes more requests.

use std::io;
use std::path::{Path, PathBuf};

use crate::npm::{Npm, file_name, sorted};

/// The folder of the modules and of their parts.
const FOLDER: &str = "static/js/";

/// The bundled modules: (path inside the program, file to read).
pub(crate) fn modules(npm: &Npm, root: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let to = npm.work.join("theme");
    if !npm.prepared {
        let _ = std::fs::remove_dir_all(&to);
        npm.bundle("theme", &[&root.join(FOLDER), &to])?;
    }
    let made = sorted(&to)?.into_iter();
    Ok(made
        .filter_map(|path| Some((format!("{FOLDER}{}", file_name(&path)?), path)))
        .collect())
}
