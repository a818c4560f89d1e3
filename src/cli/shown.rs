//! The paths of files for the one who reads a finding.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::args::Format;
use crate::diag::FileId;
use crate::diag::print::Sources;
use crate::source::SourceTree;

/// Variables with the folder of the repository on build servers.
const WORKSPACES: [&str; 2] = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"];

/// The files of a site with paths that can be opened.
pub(super) struct Shown<'a> {
    tree: &'a SourceTree,
    /// Path of the site, with a slash at its end where there is one.
    prefix: String,
}

impl<'a> Shown<'a> {
    /// People get paths from the current folder, build servers those from the root of the repository.
    pub(super) fn new(tree: &'a SourceTree, site: &Path, format: Format) -> Self {
        let from_root = matches!(format, Format::Github | Format::Sarif | Format::Junit);
        let prefix = if from_root {
            in_repository(site)
        } else {
            prefix_of(site)
        };
        Self { tree, prefix }
    }
}

impl Sources for Shown<'_> {
    fn path(&self, file: FileId) -> &str {
        self.tree.path(file).unwrap_or_default()
    }

    fn shown(&self, file: FileId) -> Cow<'_, str> {
        let path = Sources::path(self, file);
        if self.prefix.is_empty() || path.is_empty() {
            Cow::Borrowed(path)
        } else {
            Cow::Owned(format!("{}{path}", self.prefix))
        }
    }

    fn text(&self, file: FileId) -> Option<&str> {
        self.tree.text(file)
    }
}

/// The path of the site below the root of its repository.
fn in_repository(site: &Path) -> String {
    let Ok(site) = site.canonicalize() else {
        return String::new();
    };
    let named = WORKSPACES.iter().filter_map(std::env::var_os).map(PathBuf::from);
    let real = named.filter_map(|root| root.canonicalize().ok());
    let git = site.ancestors().find(|folder| folder.join(".git").exists());
    let roots = real.chain(git.map(Path::to_owned));
    let below = roots
        .filter_map(|root| site.strip_prefix(&root).ok().map(prefix_of))
        .next();
    below.unwrap_or_default()
}

/// `site/` for a folder, nothing for the current one.
fn prefix_of(folder: &Path) -> String {
    let text = folder.to_string_lossy().replace('\\', "/");
    let text = text.trim_start_matches("./").trim_end_matches('/');
    match text {
        "" if folder.is_absolute() => "/".to_owned(),
        "" | "." => String::new(),
        text => format!("{text}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_current_folder_has_no_name() {
        let prefix = |path: &str| prefix_of(Path::new(path));
        assert_eq!([prefix("."), prefix(""), prefix("./")], ["", "", ""]);
        assert_eq!(
            [prefix("site"), prefix("./a/b/"), prefix("../c")],
            ["site/", "a/b/", "../c/"]
        );
        assert_eq!([prefix("/srv/site"), prefix("/")], ["/srv/site/", "/"]);
    }
}
