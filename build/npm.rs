//! Fetches packages from npm for what the program embeds: mermaid, and the bundler that makes few and small modules of
//! it and of the theme's.
//!
//! `npm ci` runs in a copy inside `OUT_DIR`, so that the repository stays clean; the lock file pins every byte. The
//! published crate brings the results along in the folder `prepared`, and needs neither packages nor a bundler.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs, io};

use crate::embed::folder_from_env;

/// Files that pin the packages.
const PINS: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

/// Packages, or scopes of them, that only work here and are no part of the program.
const TOOLS: [&str; 3] = ["rolldown", "@rolldown", "@oxc-project"];

/// The bundler of the library. Other text of it makes other modules.
const BUNDLER: &str = include_str!("bundle.mjs");

/// The folder of the results in the published crate.
const PREPARED: &str = "prepared/npm";

/// The installed packages.
pub(crate) struct Npm {
    /// The folder of `node_modules`.
    pub(crate) folder: PathBuf,
    /// The folder of results that are kept between runs.
    pub(crate) work: PathBuf,
    /// True if this run has installed them, so that all packages are there; else only the bundler is left.
    pub(crate) fresh: bool,
    /// True if there are results and nothing else.
    pub(crate) prepared: bool,
    package: String,
    bundler: PathBuf,
}

impl Npm {
    /// Installs the packages, unless an earlier run has done so. Nothing without the feature `mermaid`.
    pub(crate) fn installed() -> io::Result<Option<Self>> {
        for pin in PINS {
            println!("cargo:rerun-if-changed={pin}");
        }
        if env::var_os("CARGO_FEATURE_MERMAID").is_none() {
            return Ok(None);
        }
        let root = folder_from_env("CARGO_MANIFEST_DIR")?;
        let pins: Vec<String> = PINS
            .iter()
            .map(|pin| fs::read_to_string(root.join(pin)))
            .collect::<Result<_, _>>()?;
        let made_from = pins.concat()
            + BUNDLER
            + include_str!("npm.rs")
            + include_str!("mermaid.rs")
            + include_str!("../src/render/imports.rs");
        let is_current =
            |folder: &Path| fs::read_to_string(folder.join("stamp")).is_ok_and(|old| old == made_from);
        let (prepared, own) = (root.join(PREPARED), folder_from_env("OUT_DIR")?.join("npm"));
        // Cargo would run this script each time for a folder that is not there.
        if prepared.is_dir() {
            println!("cargo:rerun-if-changed={PREPARED}");
        }
        let is_prepared = is_current(&prepared);
        let work = if is_prepared { prepared } else { own };
        let fresh = !is_current(&work);
        let npm = Self {
            folder: work.join("packages"),
            fresh,
            prepared: is_prepared,
            package: pins[0].clone(),
            bundler: root.join("build/bundle.mjs"),
            work,
        };
        if fresh {
            npm.install(&pins, &made_from)?;
        }
        Ok(Some(npm))
    }

    fn install(&self, pins: &[String], made_from: &str) -> io::Result<()> {
        let _ = fs::remove_dir_all(&self.work);
        fs::create_dir_all(&self.folder)?;
        for (name, text) in PINS.iter().zip(pins) {
            fs::write(self.folder.join(name), text)?;
        }
        let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
        let options = [
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--no-update-notifier",
            "--loglevel=error",
        ];
        let mut command = Command::new(program);
        command.args(options).current_dir(&self.folder);
        finished(command, "`npm ci` failed while fetching mermaid")?;
        fs::write(self.work.join("unfinished"), made_from)
    }

    /// Deletes all packages but the bundler, and notes that this need not be done again.
    pub(crate) fn keep_tools(&self) -> io::Result<()> {
        for package in packages(&self.folder.join("node_modules"))? {
            if !is_tool(&package) {
                fs::remove_dir_all(package)?;
            }
        }
        fs::rename(self.work.join("unfinished"), self.work.join("stamp"))
    }

    /// Runs a task of the bundler.
    pub(crate) fn bundle(&self, task: &str, folders: &[&Path]) -> io::Result<()> {
        let mut command = Command::new("node");
        command
            .arg(&self.bundler)
            .arg(task)
            .arg(&self.folder)
            .args(folders);
        finished(command, "the JavaScript could not be bundled").map(drop)
    }

    /// The version of a package that `package.json` pins.
    pub(crate) fn version(&self, package: &str) -> io::Result<String> {
        let rest = self.package.split(&format!("\"{package}\": \"")).nth(1);
        let version = rest.and_then(|rest| rest.split('"').next());
        version
            .map(str::to_owned)
            .ok_or_else(|| io::Error::other(format!("package.json pins no version of {package}")))
    }
}

fn finished(mut command: Command, failed: &str) -> io::Result<Output> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| {
        io::Error::other(format!(
            "`{program}` cannot be started ({error}); diagrams need it while compiling. Install Node.js, or build with \
             `--no-default-features`: diagrams are then shown as text"
        ))
    })?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(io::Error::other(format!("{failed}:\n{said}")))
}

/// Returns true if the package in a folder is a tool.
pub(crate) fn is_tool(package: &Path) -> bool {
    package
        .components()
        .any(|part| TOOLS.iter().any(|tool| part.as_os_str() == *tool))
}

/// The folders of all packages, those of scopes included.
pub(crate) fn packages(modules: &Path) -> io::Result<Vec<PathBuf>> {
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

/// The paths in a folder, sorted.
pub(crate) fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}

/// The name of a file, where it can be written.
pub(crate) fn file_name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}
