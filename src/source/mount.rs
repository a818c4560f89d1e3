//! The folders of each component.

use super::Component;

/// A folder (or a single file) that feeds a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount {
    /// Folder from the site's root; `..` and absolute paths may lead out of it.
    pub source: String,
    /// Component it feeds.
    pub component: Component,
    /// Folder inside the component, empty for its root.
    pub target: String,
    /// Language key, where the mount is for one language.
    pub lang: Option<String>,
    /// Globs on the path below `source`; where there are any, only matching files belong to the mount.
    pub include: Vec<String>,
    /// Globs on the path below `source`; matching files and folders do not belong to the mount.
    pub exclude: Vec<String>,
}

impl Mount {
    /// The whole folder `source` as the root of `component`.
    pub fn new(source: impl Into<String>, component: Component) -> Self {
        Self {
            source: tidy(&source.into()),
            component,
            target: String::new(),
            lang: None,
            include: Vec::new(),
            exclude: Vec::new(),
        }
    }

    /// Sets the language of the mount.
    #[must_use]
    pub fn lang(mut self, lang: Option<String>) -> Self {
        self.lang = lang;
        self
    }

    /// The path inside the component of a file at `below` the source; `below` is empty if the source is the file.
    pub(super) fn target_of(&self, below: &str) -> String {
        match (self.target.is_empty(), below.is_empty()) {
            (true, false) => below.to_owned(),
            (false, false) => format!("{}/{below}", self.target),
            (false, true) => self.target.clone(),
            (true, true) => self.source.rsplit('/').next().unwrap_or_default().to_owned(),
        }
    }
}

impl Scope {
    /// Returns true if `path` from the site's root is one of the folders that are not read.
    pub(super) fn is_left_out(&self, path: &str) -> bool {
        path == tidy(&self.destination) || self.left_out.iter().any(|folder| path == tidy(folder))
    }
}

/// A folder's path with `/`, without `.` segments and without slashes at the end; the root is `.`.
fn tidy(path: &str) -> String {
    let path = path.replace('\\', "/");
    let absolute = path.starts_with('/');
    let segments: Vec<&str> = path
        .split('/')
        .filter(|segment| !matches!(*segment, "" | "."))
        .collect();
    match (absolute, segments.is_empty()) {
        (true, _) => format!("/{}", segments.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => segments.join("/"),
    }
}

/// The parts of a folder that belong to the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The folders that are read.
    pub mounts: Vec<Mount>,
    /// Regular expressions on the absolute path; matching content files are ignored. Invalid ones are skipped here,
    /// reading the configuration has reported them.
    pub ignore_files: Vec<String>,
    /// Folders from the site's root that are not read, although they lie in a mount.
    pub left_out: Vec<String>,
    /// Folder that the site is written to, from its root. It is never read.
    pub destination: String,
    /// True if the history of the repository is asked for the dates of changes.
    pub history: bool,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            mounts: Component::MOUNTED
                .map(|component| Mount::new(component.name(), component))
                .into(),
            ignore_files: Vec::new(),
            left_out: Vec::new(),
            destination: "public".to_owned(),
            history: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mount_of_a_file_takes_the_target_as_its_name() {
        let mut mount = Mount::new("README.md", Component::Content);
        assert_eq!(mount.target_of(""), "README.md");
        mount.target = "_index.md".to_owned();
        assert_eq!(mount.target_of(""), "_index.md");
    }

    #[test]
    fn paths_of_mounts_are_tidied() {
        assert_eq!(tidy("./content//en/"), "content/en");
        assert_eq!(tidy(""), ".");
        assert_eq!(tidy("..\\docs"), "../docs");
        assert_eq!(tidy("/srv/docs/"), "/srv/docs");
    }
}
