//! Writes the table of files that are part of the program: the default theme and the manual.
//!
//! The table is Rust source in `OUT_DIR`, sorted by path, so that two builds of the same tree are equal.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Folders of the repository that are embedded with all their files.
const FOLDERS: [&str; 4] = ["content", "i18n", "static", "templates"];

/// Writes `embedded.rs`: every file of [`FOLDERS`], where `modules` take the place of the theme's, as (path inside the
/// program, file to read).
pub(crate) fn write_table(modules: Vec<(String, PathBuf)>) -> io::Result<()> {
    let root = folder_from_env("CARGO_MANIFEST_DIR")?;
    let mut files: BTreeMap<String, PathBuf> = BTreeMap::new();
    for folder in FOLDERS {
        let path = root.join(folder);
        if path.is_dir() {
            println!("cargo:rerun-if-changed={folder}");
            collect(&path, folder, &mut files)?;
        }
    }
    // The parts of modules stay: a site that has the theme's sources itself is built from these.
    files.extend(modules);
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=build");
    fs::write(folder_from_env("OUT_DIR")?.join("embedded.rs"), table(&files))
}

/// A folder that cargo names to build scripts.
pub(crate) fn folder_from_env(name: &str) -> io::Result<PathBuf> {
    env::var_os(name)
        .map(PathBuf::from)
        .ok_or_else(|| io::Error::other(format!("cargo did not set {name}")))
}

/// Adds the files below `folder`; hidden ones are the business of the repository, not of the program.
fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(name) = path
            .file_name()
            .and_then(|name| name.to_str())
            .filter(|name| !name.starts_with('.'))
        else {
            continue;
        };
        let key = format!("{prefix}/{name}");
        if path.is_dir() {
            collect(&path, &key, files)?;
        } else {
            files.insert(key, path);
        }
    }
    Ok(())
}

fn table(files: &BTreeMap<String, PathBuf>) -> String {
    let mut source = String::from("&[\n");
    for (key, path) in files {
        // Writing to a string cannot fail.
        let _ = writeln!(source, "    ({key:?}, include_bytes!({path:?})),");
    }
    source.push_str("]\n");
    source
}
