//! Fetches mermaid from npm and prepares its ES-module build for the program.
//!
//! `npm ci` runs in a copy inside `OUT_DIR`, so that the repository stays clean; the lock file pins every byte. Of the
//! installation the modules and the licences are kept, compressed, and the rest is deleted. Without the feature
//! `mermaid` nothing runs and the table is empty.
//!
//! Modules end in `.js` on a site: servers that do not know `.mjs` send it as bytes, which browsers refuse to run.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::embed::folder_from_env;

#[path = "../src/render/imports.rs"]
#[allow(dead_code, reason = "the program needs more of it")]
mod imports;

/// Files that pin the packages.
const PINS: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

/// Path of the modules inside the package, and on a site.
const ENTRY: &str = "mermaid.esm.min.mjs";
const CHUNKS: &str = "chunks/mermaid.esm.min";

/// A file of the library.
struct Module {
    /// Path below the library's folder on a site.
    name: String,
    text: String,
}

/// Writes `mermaid.rs` into `OUT_DIR`: the version, and of every file of the library its compressed bytes, its length, and
/// what it imports.
pub(crate) fn write_table() -> io::Result<()> {
    for pin in PINS {
        println!("cargo:rerun-if-changed={pin}");
    }
    let out = folder_from_env("OUT_DIR")?;
    let table = match env::var_os("CARGO_FEATURE_MERMAID") {
        Some(_) => embedded(&folder_from_env("CARGO_MANIFEST_DIR")?, &out.join("mermaid"))?,
        None => source("", &[]),
    };
    fs::write(out.join("mermaid.rs"), table)
}

/// The table, from an earlier run when the pins and this file are the same.
fn embedded(root: &Path, work: &Path) -> io::Result<String> {
    let pins: Vec<String> = PINS
        .iter()
        .map(|pin| fs::read_to_string(root.join(pin)))
        .collect::<Result<_, _>>()?;
    let (stamp, table) = (work.join("stamp"), work.join("table.rs"));
    let made_from = pins.concat() + include_str!("mermaid.rs") + include_str!("../src/render/imports.rs");
    if fs::read_to_string(&stamp).is_ok_and(|old| old == made_from) {
        return fs::read_to_string(table);
    }
    let npm = work.join("npm");
    let _ = fs::remove_dir_all(work);
    fs::create_dir_all(&npm)?;
    for (name, text) in PINS.iter().zip(&pins) {
        fs::write(npm.join(name), text)?;
    }
    install(&npm)?;
    let modules = library(&npm.join("node_modules"))?;
    let made = source(&version(&pins[0])?, &compressed(&modules, work)?);
    fs::remove_dir_all(&npm)?;
    fs::write(table, &made)?;
    fs::write(stamp, made_from)?;
    Ok(made)
}

fn install(folder: &Path) -> io::Result<()> {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let options = [
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
        "--loglevel=error",
    ];
    let output = Command::new(program).args(options).current_dir(folder).output().map_err(|error| {
        io::Error::other(format!(
            "`npm` cannot be started ({error}); diagrams need it while compiling. Install Node.js, or build with \
             `--no-default-features`: diagrams are then shown as text"
        ))
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(io::Error::other(format!(
        "`npm ci` failed while fetching mermaid:\n{said}"
    )))
}

/// The version that `package.json` pins.
fn version(package: &str) -> io::Result<String> {
    let rest = package.split("\"mermaid\": \"").nth(1);
    let version = rest.and_then(|rest| rest.split('"').next());
    version
        .map(str::to_owned)
        .ok_or_else(|| io::Error::other("package.json pins no version of mermaid"))
}

/// The files of the packages in `modules` that a site needs, sorted by name.
fn library(modules: &Path) -> io::Result<Vec<Module>> {
    let dist = modules.join("mermaid/dist");
    let mut files = vec![Module {
        name: site_name(ENTRY),
        text: module(&dist.join(ENTRY))?,
    }];
    for path in sorted(&dist.join(CHUNKS))? {
        if let Some(name) = file_name(&path).filter(|name| name.ends_with(".mjs")) {
            files.push(Module {
                name: format!("{CHUNKS}/{}", site_name(name)),
                text: module(&path)?,
            });
        }
    }
    files.push(Module {
        name: "LICENSES.txt".to_owned(),
        text: licences(modules)?,
    });
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// Compresses the files of the library into the folder `to`; gives each with its compressed file and the numbers of
/// what it imports, `true` for what it loads only when it asks for it.
fn compressed<'m>(modules: &'m [Module], to: &Path) -> io::Result<Vec<Entry<'m>>> {
    let entries = modules.iter().enumerate().map(|(number, module)| {
        let path = to.join(format!("{number}.deflate"));
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(module.text.as_bytes())?;
        fs::write(&path, encoder.finish()?)?;
        let place = |name: &str| modules.iter().position(|module| module.name == name);
        let imports = imports::imports(&module.name, &module.text).into_iter();
        let imports = imports.filter_map(|import| Some((place(&import.target)?, import.lazy)));
        Ok((module, path, imports.collect()))
    });
    entries.collect()
}

type Entry<'m> = (&'m Module, PathBuf, Vec<(usize, bool)>);

fn site_name(module: &str) -> String {
    module.replace(".mjs", ".js")
}

/// A module whose imports have the names that they have on a site.
fn module(path: &Path) -> io::Result<String> {
    Ok(fs::read_to_string(path)?.replace(".mjs\"", ".js\""))
}

/// The licences of mermaid and of everything that its bundle may hold.
fn licences(modules: &Path) -> io::Result<String> {
    let mut text = String::new();
    for package in packages(modules)? {
        for path in sorted(&package)? {
            let is_licence = file_name(&path).is_some_and(|name| name.to_uppercase().starts_with("LICEN"));
            if is_licence && path.is_file() {
                let name = package.strip_prefix(modules).unwrap_or(&package).display();
                // Writing to a string cannot fail.
                let _ = write!(
                    text,
                    "===== {name} =====\n\n{}\n\n",
                    fs::read_to_string(&path)?.trim()
                );
            }
        }
    }
    Ok(text)
}

/// The folders of all packages, those of scopes included.
fn packages(modules: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in sorted(modules)?.into_iter().filter(|path| path.is_dir()) {
        match file_name(&path) {
            Some(name) if name.starts_with('.') => {}
            Some(name) if name.starts_with('@') => found.extend(sorted(&path)?),
            _ => found.push(path),
        }
    }
    Ok(found)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

fn source(version: &str, files: &[Entry<'_>]) -> String {
    let mut table = format!("Library {{ version: {version:?}, modules: &[\n");
    for (module, path, imports) in files {
        let (name, length) = (&module.name, module.text.len());
        let _ = writeln!(
            table,
            "    Module {{ name: {name:?}, length: {length}, imports: &{imports:?}, deflated: include_bytes!({path:?}) }},",
        );
    }
    table.push_str("]}\n");
    table
}
