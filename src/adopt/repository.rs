//! The repository around a site: its root, the host in use, and the files that only Hugo needs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::hosting::{Host, Place};

/// Folder of GitHub's workflows.
const WORKFLOWS: &str = ".github/workflows";
/// Words of a workflow that publishes.
const PUBLISHES: [&str; 4] = ["deploy-pages", "gh-pages", "upload-pages-artifact", "netlify"];
/// Files and folders that Hugo makes, and its themes.
const HUGOS: [&str; 6] = [
    "themes",
    "_vendor",
    "go.mod",
    "go.sum",
    "resources/_gen",
    ".hugo_build.lock",
];

/// A repository, or a folder that could become one.
pub(super) struct Repository {
    root: PathBuf,
    /// The site's folder below the root, with `/`.
    folder: String,
}

impl Repository {
    /// The repository that holds the site, found by its folder `.git`; the site's folder where there is none.
    pub(super) fn around(site: &Path) -> Self {
        let site = fs::canonicalize(site).unwrap_or_else(|_| site.to_owned());
        let root = site
            .ancestors()
            .find(|folder| folder.join(".git").exists())
            .unwrap_or(&site);
        let folder = site.strip_prefix(root).unwrap_or(Path::new(""));
        let names: Vec<_> = folder.iter().map(|name| name.to_string_lossy()).collect();
        Self {
            folder: names.join("/"),
            root: root.to_owned(),
        }
    }

    /// The site's place, for the files of hosts.
    pub(super) fn place(&self) -> Place {
        let name = self.root.file_name().unwrap_or_default();
        Place {
            folder: self.folder.clone(),
            name: name.to_string_lossy().into_owned(),
        }
    }

    /// The host in use, and the file that shows it.
    pub(super) fn host(&self) -> Option<(Host, String)> {
        Host::ALL.into_iter().find_map(|host| {
            let file = host.paths().iter().find(|path| self.shows(host, path));
            let workflow = || self.workflows().into_iter().find(|(_, text)| publishes(text));
            match (file, host) {
                (Some(file), _) => Some((host, (*file).to_owned())),
                (None, Host::GithubPages) => workflow().map(|(path, _)| (host, path)),
                (None, _) => None,
            }
        })
    }

    /// True if a file shows that the site is published at the host. A pipeline of GitLab may do something else.
    fn shows(&self, host: Host, path: &str) -> bool {
        self.read(path).is_some_and(|text| {
            host != Host::GitlabPages || text.lines().any(|line| line.trim_end() == "pages:")
        })
    }

    /// Workflows that publish what Hugo builds.
    pub(super) fn rivals(&self) -> Vec<String> {
        let hugo = |text: &str| {
            text.lines()
                .any(|line| !line.trim_start().starts_with('#') && line.contains("hugo"))
        };
        let workflows = self.workflows().into_iter();
        workflows
            .filter(|(_, text)| publishes(text) && hugo(text))
            .map(|(path, _)| path)
            .collect()
    }

    /// The workflows with their texts, sorted by path.
    fn workflows(&self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = fs::read_dir(self.path(WORKFLOWS))
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| {
                let path = format!("{WORKFLOWS}/{}", entry.file_name().to_str()?);
                let is_workflow = path.ends_with(".yml") || path.ends_with(".yaml");
                let text = is_workflow.then(|| self.read(&path))??;
                Some((path, text))
            })
            .collect();
        found.sort();
        found
    }

    /// Files and folders that only Hugo needs.
    pub(super) fn idle(&self) -> Vec<String> {
        let in_site = HUGOS.map(|name| self.in_site(name));
        let modules = self
            .read(".gitmodules")
            .is_some_and(|text| text.contains("themes/"))
            .then(|| ".gitmodules".to_owned());
        let found = in_site.into_iter().filter(|path| self.path(path).exists());
        found.chain(modules).collect()
    }

    /// True if `.gitignore` names the caches and the site.
    pub(super) fn ignores_what_wsgen_writes(&self) -> bool {
        let files = [String::from(".gitignore"), self.in_site(".gitignore")];
        let lines: String = files.iter().filter_map(|path| self.read(path)).collect();
        let named = |name: &str| {
            lines
                .lines()
                .any(|line| line.trim().trim_matches('/').ends_with(name))
        };
        named(".wsgen") && named("public")
    }

    fn in_site(&self, name: &str) -> String {
        if self.folder.is_empty() {
            name.to_owned()
        } else {
            format!("{}/{name}", self.folder)
        }
    }

    /// A path of the repository on the disk.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The text of a file that is there.
    pub(super) fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.path(path)).ok()
    }

    /// Writes a file that is not there yet, and the folders above it.
    pub(super) fn write(&self, path: &str, text: &str) -> io::Result<()> {
        let path = self.path(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = fs::File::create_new(path)?;
        io::Write::write_all(&mut file, text.as_bytes())
    }
}

fn publishes(workflow: &str) -> bool {
    PUBLISHES.iter().any(|word| workflow.contains(word))
}
