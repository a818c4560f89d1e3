//! Hosts that build a site from its repository: the file that tells each of them how, for `wsgen new` and `wsgen adopt`.
//!
//! Takes a [`Host`] and the [`Place`] of the site in its repository; gives a [`HostFile`]. A file names the version of
//! wsgen that wrote it, so that the site is built by the same one until somebody changes it.

mod program;

use program::Program;

/// A host that builds a site from its repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Host {
    /// GitHub Pages, by a workflow.
    #[default]
    GithubPages,
    /// GitLab Pages, by a pipeline.
    GitlabPages,
    /// Netlify, by its settings.
    Netlify,
    /// Vercel, by its settings.
    Vercel,
    /// Cloudflare Pages, by its settings.
    CloudflarePages,
}

/// The site in its repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Folder of the site below the repository's root, with `/`; empty where it is the root.
    pub folder: String,
    /// Name of the project at the host.
    pub name: String,
}

/// A file that a host reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostFile {
    /// Path from the root of the repository, with `/`.
    pub path: &'static str,
    /// The text.
    pub text: String,
}

impl Host {
    /// All hosts, in the order in which a repository is searched for their files. Workflows come last: they often only
    /// test what another host publishes.
    pub const ALL: [Self; 5] = [
        Self::Netlify,
        Self::Vercel,
        Self::CloudflarePages,
        Self::GitlabPages,
        Self::GithubPages,
    ];

    /// The host's name as it writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::GithubPages => "GitHub Pages",
            Self::GitlabPages => "GitLab Pages",
            Self::Netlify => "Netlify",
            Self::Vercel => "Vercel",
            Self::CloudflarePages => "Cloudflare Pages",
        }
    }

    /// Names of the files in a repository that show that it is published there. The first one is the file that
    /// [`Self::file`] gives.
    pub fn paths(self) -> &'static [&'static str] {
        match self {
            Self::GithubPages => &[".github/workflows/pages.yml"],
            Self::GitlabPages => &[".gitlab-ci.yml"],
            Self::Netlify => &["netlify.toml"],
            Self::Vercel => &["vercel.json", "now.json"],
            Self::CloudflarePages => &["wrangler.toml", "wrangler.json", "wrangler.jsonc"],
        }
    }

    /// The step that its user takes there once.
    pub fn once(self) -> &'static str {
        match self {
            Self::GithubPages => {
                "in the settings of the repository, under Pages, choose \"GitHub Actions\" as the source"
            }
            Self::GitlabPages => "push the default branch; the address is shown under Deploy, Pages",
            Self::Netlify | Self::Vercel => "import the repository there; it reads the file",
            Self::CloudflarePages => {
                "connect the repository under Workers & Pages, and enter the build command that the file names"
            }
        }
    }

    /// The file that has the host build the site.
    pub fn file(self, place: &Place) -> HostFile {
        let program = Program::of(env!("CARGO_PKG_REPOSITORY"));
        HostFile {
            path: self.paths()[0],
            text: filled(self.template(), program, place),
        }
    }

    fn template(self) -> &'static str {
        match self {
            Self::GithubPages => include_str!("hosting/files/github.yml"),
            Self::GitlabPages => include_str!("hosting/files/gitlab.yml"),
            Self::Netlify => include_str!("hosting/files/netlify.toml"),
            Self::Vercel => include_str!("hosting/files/vercel.json"),
            Self::CloudflarePages => include_str!("hosting/files/wrangler.toml"),
        }
    }
}

/// A template with the words between `@` filled in.
fn filled(template: &str, program: Program<'_>, place: &Place) -> String {
    let (mut source, mut folder) = (String::new(), String::new());
    if !place.folder.is_empty() {
        source = format!(" --source {}", quoted(&place.folder));
        folder = format!("{}/", place.folder);
    }
    template
        .replace("@INSTALL@\n", program.install())
        .replace("@WSGEN@", &program.command())
        .replace("@ACTION@", program.action())
        .replace("@VERSION@", env!("CARGO_PKG_VERSION"))
        .replace("@SOURCE@", &source)
        .replace("@FOLDER@", &folder)
        .replace("@NAME@", &project_name(&place.name))
}

/// A path as a word of a shell.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

/// A name with the characters that all hosts allow in names of projects.
fn project_name(name: &str) -> String {
    let allowed = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let name: String = name.chars().map(allowed).collect();
    let words: Vec<&str> = name.split('-').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        "workshop".to_owned()
    } else {
        words.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(folder: &str) -> Place {
        Place {
            folder: folder.to_owned(),
            name: "Go 入門 (2026)".to_owned(),
        }
    }

    #[test]
    fn nothing_is_left_to_fill_in() {
        for host in Host::ALL {
            for program in [Program::Npx, Program::Action("a/b")] {
                for folder in ["", "labs/go"] {
                    let text = filled(host.template(), program, &place(folder));
                    let left = text
                        .split('@')
                        .skip(1)
                        .find(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
                    assert_eq!(left, None, "{host:?}: {text}");
                }
            }
        }
    }

    #[test]
    fn a_folder_of_the_repository_stands_wherever_files_are() {
        for host in Host::ALL {
            let text = host.file(&place("labs/go")).text;
            assert!(text.contains(" --source labs/go"), "{text}");
            let bare = text.lines().find(|line| {
                line.contains("public") && line.contains("path") && !line.contains("labs/go/public")
            });
            assert_eq!(bare, None, "{text}");
        }
    }

    #[test]
    fn names_of_folders_are_words_of_a_shell() {
        for (path, word) in [
            ("labs/go-1.2", "labs/go-1.2"),
            ("my labs", "'my labs'"),
            ("$(rm)", "'$(rm)'"),
            ("it's", r"'it'\''s'"),
        ] {
            assert_eq!(quoted(path), word);
        }
    }

    #[test]
    fn names_of_projects_have_letters_that_hosts_allow() {
        for (name, expected) in [
            ("Go 入門 (2026)", "go-2026"),
            ("workshop", "workshop"),
            ("入門", "workshop"),
            ("--a__b--", "a-b"),
        ] {
            assert_eq!(project_name(name), expected);
        }
    }
}
