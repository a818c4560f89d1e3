//! Paths that matter to a site, for previews.

use super::config_files::is_config_name;
use super::names::is_ignored;
use super::walk::GENERATED;
use super::{Component, Scope};

impl Scope {
    /// Returns true if a file or folder at `path`, from the site's root with `/`, can be part of the site or hold a
    /// part of it. True for more than loading would take.
    pub fn concerns(&self, path: &str) -> bool {
        let is_below = |folder: &str| folder == "." || below(path, folder).is_some();
        let apart = GENERATED
            .iter()
            .copied()
            .chain(self.left_out.iter().map(String::as_str))
            .chain([self.destination.as_str(), ".git"]);
        if apart.into_iter().any(|folder| folder != "." && is_below(folder)) {
            return false;
        }
        is_config(path)
            || self.mounts.iter().any(|mount| {
                let holds = below(&mount.source, path).is_some();
                let names = match mount.source.as_str() {
                    "." => Some(path),
                    source => below(path, source),
                };
                holds
                    || names.is_some_and(|names| !names.split('/').any(|name| ignored(mount.component, name)))
            })
    }
}

/// Returns true if a name is not empty and ignored.
fn ignored(component: Component, name: &str) -> bool {
    !name.is_empty() && is_ignored(component, name)
}

/// Returns true for a configuration file or folder, or one above it.
fn is_config(path: &str) -> bool {
    path == "config" || path.starts_with("config/") || (!path.contains('/') && is_config_name(path))
}

/// The rest of `path` below `folder`; empty for the folder itself.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(folder)?;
    if rest.is_empty() {
        return Some(rest);
    }
    rest.strip_prefix('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_loading_could_take_is_of_concern() {
        let scope = Scope::default();
        for path in [
            "content",
            "content/a.md",
            "content/new folder",
            "static/.well-known/x",
            "hugo.toml",
            "config",
            "config/_default/params.yaml",
            "data/x.csv",
        ] {
            assert!(scope.concerns(path), "{path}");
        }
    }

    #[test]
    fn what_programs_and_editors_leave_behind_is_not() {
        let scope = Scope::default();
        for path in [
            "public/index.html",
            "content/.a.md.swp",
            "content/a.md~",
            "content/#a.md#",
            ".git/index",
            ".wsgen",
            ".wsgen/highlight.pack",
            "README.md",
            "node_modules/x/package.json",
            "contents/a.md",
            "resources/_gen/x",
        ] {
            assert!(!scope.concerns(path), "{path}");
        }
    }

    #[test]
    fn a_folder_above_a_mount_is_of_concern() {
        let scope = Scope {
            mounts: vec![super::super::Mount::new("docs/content", Component::Content)],
            ..Scope::default()
        };
        assert!(scope.concerns("docs") && scope.concerns("docs/content/a.md"));
        assert!(!scope.concerns("docs/other/a.md") && !scope.concerns("content/a.md"));
    }
}
