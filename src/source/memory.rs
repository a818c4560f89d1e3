//! Sites in memory, for tests and previews.

use super::config_files::{is_config_name, is_theme_config, root_name};
use super::{Component, Content, Facts, Mount, Origin, Returns, Scope, SourceFile, SourceTree};

/// The tree of the `(path, text)` files that [`load`](super::load()) would find in a folder, without the default theme.
///
/// Configuration files come first. Names that are ignored on disk are ignored here; `ignore_files` and globs are not
/// applied.
pub fn from_memory<P: AsRef<str>, T: AsRef<str>>(
    files: impl IntoIterator<Item = (P, T)>,
    scope: &Scope,
) -> SourceTree {
    let files: Vec<(String, String)> = files
        .into_iter()
        .map(|(path, text)| (path.as_ref().to_owned(), text.as_ref().to_owned()))
        .collect();
    let root_config = root_name(|name| files.iter().any(|(path, _)| path == name));
    let mut found: Vec<SourceFile> = Vec::new();
    for (path, text) in &files {
        let in_folder = path.starts_with("config/") && path.matches('/').count() > 1;
        if root_config == Some(path) || (in_folder && is_config_name(path)) || is_theme_config(path) {
            found.push(file(path, text, Component::Config, path.clone(), None));
        }
        found.extend(scope.mounts.iter().filter_map(|mount| mounted(path, text, mount)));
    }
    // The sort is stable: of two mounts the first stays in front, and `dedup` keeps it.
    found.sort_by(|a, b| (a.component, &a.target, &a.lang).cmp(&(b.component, &b.target, &b.lang)));
    found.dedup_by(|b, a| (a.component, &a.target, &a.lang) == (b.component, &b.target, &b.lang));
    let mut tree = SourceTree::default();
    for file in found {
        // Memory ends before the names of files do.
        let _ = tree.push(file);
    }
    tree
}

impl SourceTree {
    /// [`from_memory`] with the default folders: `content/`, `static/`, ….
    pub fn from_memory<P: AsRef<str>, T: AsRef<str>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        from_memory(files, &Scope::default())
    }
}

fn mounted(path: &str, text: &str, mount: &Mount) -> Option<SourceFile> {
    let below = match mount.source.as_str() {
        "." => path,
        source if path == source => "",
        source => path.strip_prefix(source)?.strip_prefix('/')?,
    };
    let ignored = below
        .split('/')
        .any(|name| super::names::is_ignored(mount.component, name));
    (!ignored).then(|| {
        file(
            path,
            text,
            mount.component,
            mount.target_of(below),
            mount.lang.clone(),
        )
    })
}

fn file(path: &str, text: &str, component: Component, target: String, lang: Option<String>) -> SourceFile {
    let (lines, returns) = Returns::take(text).unwrap_or_else(|| (text.to_owned(), Returns::default()));
    SourceFile {
        path: path.to_owned(),
        component,
        target,
        lang,
        origin: Origin::Memory,
        content: Content::Text(lines.into()),
        len: text.len() as u64,
        returns,
        facts: Facts::default(),
    }
}
