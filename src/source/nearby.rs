//! Folders around a site: sites above and below a folder that is none itself, and a theme above it.

use std::fs;
use std::path::{Path, PathBuf};

use super::walk::GENERATED;

/// Depth to which sites are looked for: `docs/`, `workshops/intro/`.
const DEPTH: usize = 2;

/// The names that a site's settings may have, without extension.
const SETTINGS: [&str; 2] = ["hugo", "config"];

/// Folders below `root` with a home page in `content/`, or with settings beside that folder; with `/`, in order.
pub fn sites_below(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    look(root, "", DEPTH, &mut found);
    found
}

/// Folder in which a theme has its demo.
const DEMO: &str = "exampleSite";

/// Returns true for the demo of a theme: a folder of that name in one with layouts.
pub fn is_demo(root: &Path) -> bool {
    let root = std::path::absolute(root).unwrap_or_default();
    let is_named = root.file_name().is_some_and(|name| name == DEMO);
    is_named && root.parent().is_some_and(|theme| theme.join("layouts").is_dir())
}

fn look(folder: &Path, shown: &str, depth: usize, found: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.') && name != "themes" && !GENERATED.contains(&name.as_str()))
        .collect();
    names.sort();
    for name in names {
        let (below, shown) = (folder.join(&name), join(shown, &name));
        if is_site(&below) {
            found.push(shown);
        } else if depth > 1 {
            look(&below, &shown, depth - 1, found);
        }
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// The nearest folder above `folder` that is a site, in the same repository.
pub fn site_above(folder: &Path) -> Option<PathBuf> {
    let in_content = |above: &Path| {
        let content = above.join("content");
        folder.starts_with(&content) && has_pages(&content)
    };
    let mut below = folder;
    while let Some(above) = below.parent().filter(|_| !below.join(".git").exists()) {
        if is_site(above) || in_content(above) {
            return Some(above.to_owned());
        }
        below = above;
    }
    None
}

/// Returns true if a folder may be a site: it has settings or a folder of content.
pub fn may_be_site(folder: &Path) -> bool {
    folder.join("content").is_dir() || has_settings(folder)
}

fn is_site(folder: &Path) -> bool {
    let content = folder.join("content");
    content.join("_index.md").is_file() || (content.is_dir() && has_settings(folder))
}

fn has_settings(folder: &Path) -> bool {
    let is_there = |name: &str| {
        let extensions = ["toml", "yaml", "yml", "json"];
        extensions
            .iter()
            .any(|extension| folder.join(format!("{name}.{extension}")).is_file())
    };
    SETTINGS.iter().any(|name| is_there(name)) || folder.join("config/_default").is_dir()
}

fn has_pages(content: &Path) -> bool {
    let names = fs::read_dir(content).into_iter().flatten().flatten();
    names
        .map(|entry| entry.path())
        .any(|path| path.extension().is_some_and(|extension| extension == "md"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_has_a_home_page_or_settings_beside_its_content() {
        let root = tempfile::tempdir().unwrap();
        let files = [
            "with-home/content/_index.md",
            "docs/with-settings/content/lab.md",
            "docs/with-settings/hugo.yaml",
            "notes/content/lab.md",
            "settings/hugo.toml",
            "node_modules/theme/content/_index.md",
            "a/b/c/d/too-deep/content/_index.md",
        ];
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        assert_eq!(sites_below(root.path()), ["docs/with-settings", "with-home"]);
    }

    #[test]
    fn the_site_above_is_in_the_same_repository() {
        let root = tempfile::tempdir().unwrap();
        let made = [
            "site/content/part/lab",
            "site/static",
            "site/tool/.git",
            "other/deep",
        ];
        for folder in made {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        fs::write(root.path().join("site/content/a.md"), "").unwrap();
        let above = |folder: &str| site_above(&root.path().join(folder));
        let site = Some(root.path().join("site"));
        assert_eq!(above("site/content/part/lab"), site);
        assert_eq!(above("site/content"), site);
        assert_eq!(above("site/static"), None, "nothing says that it is a site");
        fs::write(root.path().join("site/hugo.toml"), "").unwrap();
        assert_eq!(above("site/static"), site);
        assert_eq!(above("site/tool"), None, "another repository");
        assert_eq!(above("other/deep"), None);
    }
}
