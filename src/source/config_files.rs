//! Reads the configuration files of a site, before anything else is known about it.

use std::path::Path;
use std::{fs, io};

use walkdir::WalkDir;

use super::names::extension;
use super::read::{Contents, text};
use super::walk::unreadable;
use super::{Component, Facts, LoadError, Origin, SourceFile, SourceTree};
use crate::diag::Diagnostics;

/// Names of configuration files at the root, the one that wins first.
const ROOT_NAMES: [&str; 8] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
];

/// The places of configuration files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigPlaces {
    /// Files to read instead of the one at the root.
    pub files: Vec<String>,
    /// Folder of the configuration that is split up: `config`.
    pub folder: String,
}

impl Default for ConfigPlaces {
    fn default() -> Self {
        Self {
            files: Vec::new(),
            folder: "config".to_owned(),
        }
    }
}

/// Reads the configuration files below `root`: the one at the root that wins (or those asked for), and every file of
/// the configuration folder, of any environment. The folder appears as `config/` in the files' targets. Files of the
/// themes in `themes/`, whose parameters a site inherits, come last.
pub fn config_files(root: &Path, places: &ConfigPlaces) -> Result<(SourceTree, Diagnostics), LoadError> {
    if !root.is_dir() {
        let error = fs::read_dir(root)
            .err()
            .unwrap_or_else(|| io::Error::from(io::ErrorKind::NotADirectory));
        return Err(LoadError::NoSite {
            path: root.to_owned(),
            error,
        });
    }
    let mut read = ReadConfig {
        root,
        tree: SourceTree::default(),
        diagnostics: Diagnostics::new(),
    };
    for path in &places.files {
        read.add(path, path).map_err(|error| missing(root, path, error))?;
    }
    if places.files.is_empty()
        && let Some(name) = root_name(|name| root.join(name).is_file())
    {
        read.or_report(name, name);
    }
    for below in folder_files(&root.join(&places.folder)) {
        read.or_report(&format!("{}/{below}", places.folder), &format!("config/{below}"));
    }
    for path in theme_files(root) {
        // A theme is not the author's affair.
        let _ = read.add(&path, &path);
    }
    Ok((read.tree, read.diagnostics))
}

/// Folder of themes.
pub(crate) const THEMES: &str = "themes";

/// The configuration files of all themes, by their paths from the root.
fn theme_files(root: &Path) -> Vec<String> {
    let themes = WalkDir::new(root.join(THEMES)).min_depth(1).max_depth(1);
    let themes = themes
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .flatten();
    let mut files = Vec::new();
    for theme in themes {
        let Some(name) = theme.file_name().to_str() else {
            continue;
        };
        let at_root = root_name(|file| theme.path().join(file).is_file());
        files.extend(at_root.map(|file| format!("{THEMES}/{name}/{file}")));
        let split = folder_files(&theme.path().join("config")).into_iter();
        let split = split.filter(|below| below.starts_with("_default/"));
        files.extend(split.map(|below| format!("{THEMES}/{name}/config/{below}")));
    }
    files
}

/// Returns true for the path of a theme's configuration file; of those at the root of a theme one counts.
pub(super) fn is_theme_config(path: &str) -> bool {
    let mut parts = path.split('/');
    parts.next() == Some(THEMES)
        && parts.next().is_some()
        && match (parts.next(), parts.next(), parts.next()) {
            (Some("config"), Some("_default"), Some(_)) => is_config_name(path),
            (Some(file), None, None) => ROOT_NAMES.contains(&file),
            _ => false,
        }
}

/// The name of the configuration file at the root, given which names exist.
pub(super) fn root_name(exists: impl Fn(&str) -> bool) -> Option<&'static str> {
    ROOT_NAMES.into_iter().find(|name| exists(name))
}

/// Returns true if a file can be a configuration file by its name.
pub(super) fn is_config_name(path: &str) -> bool {
    extension(path).is_some_and(|extension| matches!(extension.as_str(), "toml" | "yaml" | "yml" | "json"))
}

fn missing(root: &Path, path: &str, error: io::Error) -> LoadError {
    LoadError::NoConfig {
        path: root.join(path),
        error,
    }
}

/// Paths below the configuration folder, sorted, without those that cannot be listed.
fn folder_files(folder: &Path) -> Vec<String> {
    let entries = WalkDir::new(folder)
        .min_depth(2)
        .sort_by_file_name()
        .into_iter()
        .flatten();
    let files = entries.filter(|entry| entry.path().is_file());
    files
        .filter_map(|entry| {
            let below = entry.path().strip_prefix(folder).ok()?;
            let parts = below
                .iter()
                .map(|part| part.to_str())
                .collect::<Option<Vec<_>>>()?;
            Some(parts.join("/"))
        })
        .filter(|below| is_config_name(below))
        .collect()
}

struct ReadConfig<'a> {
    root: &'a Path,
    tree: SourceTree,
    diagnostics: Diagnostics,
}

impl ReadConfig<'_> {
    fn or_report(&mut self, path: &str, target: &str) {
        if let Err(error) = self.add(path, target) {
            self.diagnostics.push(unreadable(path, &error.to_string()));
        }
    }

    fn add(&mut self, path: &str, target: &str) -> io::Result<()> {
        let disk = self.root.join(path);
        let Contents {
            content,
            len,
            returns,
            replacements,
        } = text(&fs::read(&disk)?);
        let file = SourceFile {
            path: path.to_owned(),
            component: Component::Config,
            target: target.to_owned(),
            lang: None,
            origin: Origin::Disk(disk),
            content,
            len,
            returns,
            facts: Facts::default(),
        };
        let id = self.tree.push(file).map_err(io::Error::other)?;
        self.diagnostics.extend(replacements.findings(id));
        Ok(())
    }
}
