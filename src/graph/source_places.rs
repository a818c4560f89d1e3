//! Paths between the files of the site as they lie in its folder, before mounts.
//!
//! On a code host and in an editor a link leads from where its file lies: from a README that is mounted as content, or
//! into the content folder of another language.

use super::PageId;
use super::input::Input;
use super::node::Node;
use super::paths::{clean, parent};
use crate::address::without_dots;
use crate::source::{Component, Mount, SourceFile};

/// The folders of the site that are published, and where each page's file lies.
#[derive(Debug, Clone, Default)]
pub(super) struct SourcePlaces {
    mounts: Vec<Mount>,
    /// By page: place of its mount in the list, and its folder from the site's root.
    pages: Vec<Option<(usize, String)>>,
}

/// A file or folder that a path between files leads to.
pub(super) struct SourceTarget<'a> {
    /// The mount that publishes it.
    pub(super) mount: &'a Mount,
    /// True for the mount of the page with the link.
    pub(super) is_own: bool,
    /// Its path inside the component.
    pub(super) path: String,
}

impl SourcePlaces {
    pub(super) fn new(nodes: &[Node], input: Input) -> Self {
        let is_published = |mount: &&Mount| {
            let component = mount.component;
            matches!(
                component,
                Component::Content | Component::Static | Component::Assets
            )
        };
        let mounts: Vec<Mount> = input.config.mounts.iter().filter(is_published).cloned().collect();
        let place = |node: &Node| {
            let file = input.tree.get(node.file?)?;
            let mount = mounts.iter().position(|mount| holds(mount, file))?;
            Some((mount, parent(&file.path).to_owned()))
        };
        Self {
            pages: nodes.iter().map(place).collect(),
            mounts,
        }
    }

    /// The targets of `path` as it is written in the file of the page `from`, those of other mounts first. A path with a
    /// slash before it begins at the site's root.
    pub(super) fn targets(&self, from: PageId, path: &str) -> Vec<SourceTarget<'_>> {
        let Some(Some((own, folder))) = self.pages.get(from.0 as usize) else {
            return Vec::new();
        };
        let Some(path) = below_root(folder, path) else {
            return Vec::new();
        };
        let found = self.mounts.iter().enumerate().filter_map(|(at, mount)| {
            let below = below(&path, &mount.source)?;
            Some(SourceTarget {
                mount,
                is_own: at == *own,
                path: match (mount.target.as_str(), below) {
                    ("", below) => below.to_owned(),
                    (target, "") => target.to_owned(),
                    (target, below) => format!("{target}/{below}"),
                },
            })
        });
        let mut found: Vec<SourceTarget<'_>> = found.collect();
        found.sort_by_key(|target| target.is_own);
        found
    }
}

/// Returns true if a file came to its place through a mount.
fn holds(mount: &Mount, file: &SourceFile) -> bool {
    let is_there = || {
        let below = below(&file.path, &mount.source)?;
        let target = file
            .target
            .strip_prefix(mount.target.as_str())?
            .trim_start_matches('/');
        // A mount of a file may leave its name out.
        Some(target == below || below.is_empty())
    };
    mount.component == Component::Content && mount.lang == file.lang && is_there() == Some(true)
}

/// The part of a path from the site's root that lies below the source of a mount; empty for the source itself.
fn below<'p>(path: &'p str, source: &str) -> Option<&'p str> {
    if source == "." {
        return Some(path);
    }
    let rest = path.strip_prefix(source)?;
    if rest.is_empty() {
        Some(rest)
    } else {
        rest.strip_prefix('/')
    }
}

/// The path from the site's root of `path`, written in a file of `folder`; `None` if it leads out of the site.
fn below_root(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return Some(clean(path).trim_start_matches('/').to_owned());
    }
    without_dots(&format!("{folder}/{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_from_the_folder_of_the_file() {
        assert_eq!(
            below_root("content/en/lab", "../../ja/b.md").as_deref(),
            Some("content/ja/b.md")
        );
        assert_eq!(below_root("", "./docs//a.md").as_deref(), Some("docs/a.md"));
        assert_eq!(below_root("docs", "/README.md").as_deref(), Some("README.md"));
        assert_eq!(below_root("docs", "../../x.md"), None);
    }

    #[test]
    fn a_mount_has_what_lies_below_its_source() {
        assert_eq!(below("docs/a.md", "docs"), Some("a.md"));
        assert_eq!(below("README.md", "README.md"), Some(""));
        assert_eq!(below("docs-old/a.md", "docs"), None);
    }
}
