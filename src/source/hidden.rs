//! Hidden files that pages may show: a workshop about a build server shows its `.gitlab-ci.yml`.
//!
//! Secrets lie in hidden files, too. So what usually holds them is never shown, and nothing that `.gitignore` names.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use memchr::memmem;

/// Files with secrets, and folders with secrets or with what programs keep for themselves.
const NEVER: [&str; 19] = [
    ".git",
    ".ssh",
    ".gnupg",
    ".aws",
    ".azure",
    ".kube",
    ".docker",
    ".wsgen",
    ".venv",
    ".cache",
    ".terraform",
    ".npmrc",
    ".netrc",
    ".pypirc",
    ".pgpass",
    ".htpasswd",
    ".dockercfg",
    ".git-credentials",
    ".envrc",
];

/// Last parts of names for files of the kind of `.env` without secrets.
const SAMPLES: [&str; 4] = ["example", "sample", "template", "dist"];

/// Returns true if pages may show a hidden file or folder of this name.
pub(super) fn may_be_shown(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    match name.split('.').nth(1) {
        Some("env") => SAMPLES.contains(&name.rsplit('.').next().unwrap_or_default()),
        _ => !NEVER.contains(&name.as_str()),
    }
}

/// Returns true for a file with a private key.
pub(super) fn is_private_key(file: &Path) -> bool {
    fs::read(file).is_ok_and(|bytes| memmem::find(&bytes, b"PRIVATE KEY-----").is_some())
}

/// The files `.gitignore` of a repository, read when a path below them is asked for.
pub(super) struct GitIgnores {
    repository: PathBuf,
    rules: HashMap<PathBuf, Vec<Rule>>,
}

/// A line of such a file.
struct Rule {
    glob: GlobMatcher,
    /// False for `!name`, which takes back what lines before it say.
    ignores: bool,
    /// True for a pattern of a path from the file's folder, false for one of a name.
    of_path: bool,
    /// True for `name/`.
    of_folder: bool,
}

impl GitIgnores {
    /// Those of the repository that holds the folder `root`.
    pub(super) fn around(root: &Path) -> Self {
        let root = &std::path::absolute(root).unwrap_or_default();
        let repository = root.ancestors().find(|folder| folder.join(".git").exists());
        Self {
            repository: repository.unwrap_or(root).to_owned(),
            rules: HashMap::new(),
        }
    }

    /// Returns true if the file at `path` is named by one of them, or a folder above it.
    pub(super) fn name(&mut self, path: &Path) -> bool {
        let path = &std::path::absolute(path).unwrap_or_default();
        let mut ignored = false;
        let repository = self.repository.clone();
        let mut folders: Vec<&Path> = path.ancestors().skip(1).collect();
        folders.retain(|folder| folder.starts_with(&repository));
        // The rules of inner folders come later, and the last one decides.
        for folder in folders.into_iter().rev() {
            let Ok(below) = path.strip_prefix(folder) else {
                continue;
            };
            let rules = self.rules.entry(folder.to_owned());
            let rules = rules.or_insert_with(|| rules_of(&folder.join(".gitignore")));
            for rule in rules {
                if below.ancestors().any(|part| rule.fits(part, part != below)) {
                    ignored = rule.ignores;
                }
            }
        }
        ignored
    }
}

impl Rule {
    fn fits(&self, path: &Path, is_folder: bool) -> bool {
        let subject = match self.of_path {
            true => Some(path),
            false => path.file_name().map(Path::new),
        };
        (is_folder || !self.of_folder) && subject.is_some_and(|subject| self.glob.is_match(subject))
    }
}

fn rules_of(file: &Path) -> Vec<Rule> {
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines().filter_map(rule).collect()
}

fn rule(line: &str) -> Option<Rule> {
    let line = line.trim_end();
    let (line, ignores) = match line.strip_prefix('!') {
        Some(line) => (line, false),
        None => (line, true),
    };
    let (pattern, of_folder) = match line.strip_suffix('/') {
        Some(pattern) => (pattern, true),
        None => (line, false),
    };
    if pattern.is_empty() || pattern.starts_with('#') {
        return None;
    }
    let glob = GlobBuilder::new(pattern.trim_start_matches('/'))
        .literal_separator(true)
        .build()
        .ok()?;
    Some(Rule {
        glob: glob.compile_matcher(),
        ignores,
        of_path: pattern.contains('/'),
        of_folder,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_secrets_is_never_shown() {
        for name in [
            ".gitlab-ci.yml",
            ".github",
            ".gitignore",
            ".env.example",
            ".env.local.sample",
            ".env.TEMPLATE",
            ".env.dist",
            ".environment",
            ".editorconfig",
        ] {
            assert!(may_be_shown(name), "{name}");
        }
        for name in [
            ".git",
            ".ssh",
            ".env",
            ".ENV",
            ".env.local",
            ".env.production",
            ".npmrc",
            ".netrc",
            ".wsgen",
            ".aws",
        ] {
            assert!(!may_be_shown(name), "{name}");
        }
    }

    #[test]
    fn files_that_git_ignores_are_known() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::create_dir_all(root.join(".git")).unwrap();
        fs::create_dir_all(root.join("site/lab")).unwrap();
        fs::write(
            root.join(".gitignore"),
            "*.secret\n/site/.local\n.state/\n# .yml\n",
        )
        .unwrap();
        fs::write(root.join("site/lab/.gitignore"), "!.kept.secret\n").unwrap();
        let mut ignores = GitIgnores::around(&root.join("site"));
        let mut named = |path: &str| ignores.name(&root.join(path));
        for path in [
            "site/.a.secret",
            "site/.local",
            "site/.state/a.yml",
            "site/lab/.b.secret",
        ] {
            assert!(named(path), "{path}");
        }
        for path in [
            "site/lab/.kept.secret",
            "site/lab/.local",
            "site/.state.yml",
            "site/.a.yml",
        ] {
            assert!(!named(path), "{path}");
        }
    }
}
