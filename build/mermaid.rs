//! Prepares mermaid for the program: as few modules as its diagrams can share, compressed, with a table of what each
//! imports. Without the feature `mermaid` the table is empty.
//!
//! The published crate brings the result along in the folder `prepared`, which `release/crate.sh` fills, so that it
//! compiles without Node and without a network.
//!
//! Modules end in `.js` on a site: servers that do not know `.mjs` send it as bytes, which browsers refuse to run.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::npm::{self, Npm};

#[path = "../src/render/imports.rs"]
#[allow(dead_code, reason = "the program needs more of it")]
mod imports;

/// The variable that tells the compiler the folder of the compressed files. So the table is the same wherever they are.
const FOLDER: &str = "WSGEN_MERMAID";

/// A file of the library.
struct Module {
    /// Path below the library's folder on a site.
    name: String,
    text: String,
}

/// Writes `mermaid.rs` into `out`: the version, and of every file of the library its compressed bytes, its length, and
/// what it imports. The library comes from an earlier run when the packages are the same.
pub(crate) fn write_table(npm: Option<&Npm>, out: &Path) -> io::Result<()> {
    let table = match npm {
        Some(npm) => embedded(npm)?,
        None => source("", &[]),
    };
    fs::write(out.join("mermaid.rs"), table)
}

fn embedded(npm: &Npm) -> io::Result<String> {
    println!("cargo:rustc-env={FOLDER}={}", npm.work.display());
    let table = npm.work.join("table.rs");
    if !npm.fresh {
        return fs::read_to_string(table);
    }
    let folder = npm.work.join("library");
    npm.bundle("library", &[&folder])?;
    let modules = library(&folder, &npm.folder.join("node_modules"))?;
    let made = source(&npm.version("mermaid")?, &compressed(&modules, &npm.work)?);
    fs::remove_dir_all(folder)?;
    fs::write(table, &made)?;
    npm.keep_tools()?;
    Ok(made)
}

/// The files that a site needs: the modules in `folder` and the licences of the packages in `packages`, sorted by name.
fn library(folder: &Path, packages: &Path) -> io::Result<Vec<Module>> {
    let mut files = Vec::new();
    for path in npm::sorted(folder)? {
        if let Some(name) = npm::file_name(&path) {
            files.push(Module {
                name: name.to_owned(),
                text: fs::read_to_string(&path)?,
            });
        }
    }
    files.push(Module {
        name: "LICENSES.txt".to_owned(),
        text: licences(packages)?,
    });
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// Compresses the files of the library into the folder `to`; gives each with its compressed file and the numbers of
/// what it imports, `true` for what it loads only when it asks for it.
fn compressed<'m>(modules: &'m [Module], to: &Path) -> io::Result<Vec<Entry<'m>>> {
    let entries = modules.iter().enumerate().map(|(number, module)| {
        let file = format!("{number}.deflate");
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(module.text.as_bytes())?;
        fs::write(to.join(&file), encoder.finish()?)?;
        let place = |name: &str| modules.iter().position(|module| module.name == name);
        let imports = imports::imports(&module.name, &module.text).into_iter();
        let imports = imports.filter_map(|import| Some((place(&import.target)?, import.lazy)));
        Ok((module, file, imports.collect()))
    });
    entries.collect()
}

/// A file of the library, the name of its compressed file, and what it imports.
type Entry<'m> = (&'m Module, String, Vec<(usize, bool)>);

/// The licences of mermaid and of everything that its bundle may hold.
fn licences(modules: &Path) -> io::Result<String> {
    let mut text = String::new();
    for package in npm::packages(modules)? {
        if npm::is_tool(&package) {
            continue;
        }
        for path in npm::sorted(&package)? {
            let is_licence =
                npm::file_name(&path).is_some_and(|name| name.to_uppercase().starts_with("LICEN"));
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

fn source(version: &str, files: &[Entry<'_>]) -> String {
    let mut table = format!("Library {{ version: {version:?}, modules: &[\n");
    for (module, file, imports) in files {
        let (name, length) = (&module.name, module.text.len());
        let _ = writeln!(
            table,
            "    Module {{ name: {name:?}, length: {length}, imports: &{imports:?}, \
             deflated: include_bytes!(concat!(env!({FOLDER:?}), \"/{file}\")) }},",
        );
    }
    table.push_str("]}\n");
    table
}
