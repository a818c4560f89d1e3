//! Which paths can be files of a site, and which of them can be everywhere.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::FileError;
use crate::address::file_extension;

/// The longest name that the usual file systems take, in bytes.
const LONGEST_NAME: usize = 255;

/// Characters that Windows takes in no name, control characters left out.
const NOT_IN_NAMES: [char; 8] = ['\\', ':', '*', '?', '"', '<', '>', '|'];

/// Names that are devices to Windows, whatever extension they have.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Devices that have a number behind their names.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// The kinds of files in the order in which they are put into the destination: what is named comes before what names
/// it, so that no page ever lacks its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// A file that pages show or load.
    Asset,
    Page,
    /// A file that names pages: a sitemap, a feed, the list of a worker.
    List,
}

impl Rank {
    pub(super) fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        match file_extension(name).unwrap_or_default() {
            "html" | "htm" | "xhtml" => Self::Page,
            "xml" | "rss" | "atom" => Self::List,
            _ if matches!(name, "sw.js" | "offline.json" | "robots.txt" | "_redirects") => Self::List,
            _ => Self::Asset,
        }
    }
}

/// Why Windows cannot hold a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unportable<'a> {
    Device(&'a str),
    Character(&'a str, char),
    /// With a space or a full stop at the end.
    End(&'a str),
}

impl std::fmt::Display for Unportable<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Device(name) => write!(f, "`{name}` is the name of a device there"),
            Self::Character(name, c) if c.is_control() => {
                write!(f, "`{name}` has the control character U+{:04X}", u32::from(*c))
            }
            Self::Character(name, c) => write!(f, "`{name}` has the character `{c}`"),
            Self::End(name) if name.ends_with('.') => write!(f, "`{name}` ends with a full stop"),
            Self::End(name) => write!(f, "`{name}` ends with a space"),
        }
    }
}

/// Why Windows cannot hold a file of this path, and the part of the path that ends with the name which is the cause.
pub(super) fn unportable(path: &str) -> Option<(&str, Unportable<'_>)> {
    let mut end = 0;
    path.split('/').find_map(|name| {
        end += name.len() + 1;
        Some((&path[..end - 1], unportable_name(name)?))
    })
}

fn unportable_name(name: &str) -> Option<Unportable<'_>> {
    if let Some(c) = name.chars().find(|c| *c < ' ' || NOT_IN_NAMES.contains(c)) {
        return Some(Unportable::Character(name, c));
    }
    if is_device(name) {
        return Some(Unportable::Device(name));
    }
    name.ends_with(['.', ' ']).then_some(Unportable::End(name))
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    // The usual name is longer, and most are.
    if stem.len() > 8 {
        return false;
    }
    let stem = stem.to_ascii_lowercase();
    let numbered = || {
        let number = NUMBERED_DEVICES
            .iter()
            .find_map(|device| stem.strip_prefix(device))?;
        let mut chars = number.chars();
        let digit = chars.next()?;
        Some(chars.next().is_none() && matches!(digit, '1'..='9' | '¹' | '²' | '³'))
    };
    DEVICES.contains(&stem.as_str()) || numbered().unwrap_or(false)
}

/// The path as file systems see it that tell neither case nor the composition of characters: equal for two paths that
/// are one file there.
pub(super) fn fold(path: &str) -> Cow<'_, str> {
    if path.is_ascii() && !path.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Borrowed(path);
    }
    let lower = path.to_lowercase();
    let folded = ComposingNormalizerBorrowed::new_nfc().normalize(&lower);
    if folded == path {
        Cow::Borrowed(path)
    } else {
        Cow::Owned(folded.into_owned())
    }
}

/// Checks that `path`, with `/`, leads to a place below the destination that the site may have, and has names that can
/// be written.
pub(super) fn check(path: &str) -> Result<(), FileError> {
    path.split('/').try_for_each(name)?;
    if cfg!(windows) && unportable(path).is_some() {
        return Err(FileError::InvalidPath);
    }
    // A destination may be the work tree of a branch that is published: what lands here runs on somebody's machine.
    let first = path.split('/').next().unwrap_or(path);
    let protected = path.split('/').find(|name| is_repository(name));
    match protected.or_else(|| is_workflows(first).then_some(first)) {
        Some(folder) => Err(FileError::Protected {
            folder: folder.to_owned(),
        }),
        None => Ok(()),
    }
}

fn name(name: &str) -> Result<(), FileError> {
    if matches!(name, "" | "." | "..") || name.contains('\0') {
        return Err(FileError::InvalidPath);
    }
    if name.len() > LONGEST_NAME {
        let start = name.chars().take(20).collect();
        return Err(FileError::NameTooLong {
            start,
            len: name.len(),
            max: LONGEST_NAME,
        });
    }
    Ok(())
}

/// Returns true if a name is, on some file system, the folder in which Git keeps a repository.
pub(super) fn is_repository(name: &str) -> bool {
    may_be_hidden(name) && matches!(&*bare(name), ".git" | "git~1")
}

/// Returns true if a name is, on some file system, the folder in which GitHub looks for workflows.
pub(super) fn is_workflows(name: &str) -> bool {
    may_be_hidden(name) && bare(name) == ".github"
}

/// Tells most names from those that [`bare`] has to look at.
fn may_be_hidden(name: &str) -> bool {
    !name.is_ascii() || name.starts_with(['.', 'g', 'G'])
}

/// The name as the most forgiving file systems see it: without case, without what Windows cuts off at its end, without
/// the invisible characters that HFS+ ignores. Git compares so, too.
fn bare(name: &str) -> String {
    let seen = name.split(':').next().unwrap_or(name);
    let seen = seen.trim_end_matches([' ', '.']).chars();
    let ignored = |c: &char| matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}');
    seen.filter(|c| !ignored(c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The folders that `path` lies in, from the innermost out: `a/b`, `a` for `a/b/c`.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(slash, _)| &path[..slash])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_elsewhere_are_refused() {
        for path in ["", "/", "/a", "a/", "a//b", "..", "a/../../b", "./a", "a\0b"] {
            assert!(matches!(check(path), Err(FileError::InvalidPath)), "{path:?}");
        }
        for path in ["a", "a/b.html", "日本語/😀.html", ".well-known/x", "a..b"] {
            assert!(check(path).is_ok(), "{path}");
        }
    }

    #[test]
    fn names_longer_than_255_bytes_are_refused() {
        assert!(check(&"a".repeat(255)).is_ok());
        assert!(matches!(
            check(&"あ".repeat(86)),
            Err(FileError::NameTooLong { len: 258, .. })
        ));
    }

    #[test]
    fn what_a_repository_would_run_is_refused() {
        for path in [
            ".git/config",
            ".git",
            "a/.git/hooks/x",
            ".GIT/x",
            ".git./x",
            ".git /x",
            "GIT~1/x",
            ".g\u{200c}it/x",
            ".git::$INDEX_ALLOCATION/x",
            ".github/workflows/x.yml",
            ".GitHub/x",
        ] {
            assert!(
                matches!(check(path), Err(FileError::Protected { .. })),
                "{path:?}"
            );
        }
        for path in [
            ".gitignore",
            "git/x",
            ".well-known/x",
            "lab/.github/x.yml",
            ".gitlab-ci.yml",
        ] {
            assert!(check(path).is_ok(), "{path}");
        }
    }

    #[test]
    fn names_that_windows_cannot_hold_are_told_from_others() {
        for path in [
            "aux",
            "a/NUL.html",
            "con.tar.gz",
            "com1",
            "LPT9.txt",
            "com¹",
            "conout$",
            "nul .txt",
            "end.",
            "a /x",
            "a:b",
            "what?",
            "a\u{1}b",
            "a\nb",
            "a|b",
        ] {
            assert!(unportable(path).is_some(), "{path:?}");
        }
        for path in [
            "auxiliary",
            "a/con-1/x",
            "com0",
            "com10",
            "lpt",
            "null",
            ".a",
            "a b",
            "日本語",
            "com",
            "lptx",
        ] {
            assert_eq!(unportable(path), None, "{path:?}");
        }
    }

    #[test]
    fn paths_that_are_one_file_somewhere_fold_to_one() {
        for (a, b) in [
            ("README.txt", "readme.TXT"),
            ("が/x", "か\u{3099}/x"),
            ("É", "e\u{301}"),
            ("Ä", "ä"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        for (a, b) in [("a", "b"), ("か", "が"), ("a/b", "a-b"), ("e", "é")] {
            assert_ne!(fold(a), fold(b), "{a} {b}");
        }
    }

    #[test]
    fn what_is_named_is_put_in_before_what_names_it() {
        let mut paths = [
            "sitemap.xml",
            "sw.js",
            "a/index.html",
            "x.css",
            "a/p.png",
            "a/index.xml",
        ];
        paths.sort_by_key(|path| Rank::of(path));
        assert_eq!(
            paths,
            [
                "x.css",
                "a/p.png",
                "a/index.html",
                "sitemap.xml",
                "sw.js",
                "a/index.xml"
            ]
        );
    }

    #[test]
    fn folders_are_listed_from_the_inside() {
        assert_eq!(folders("a/b/c").collect::<Vec<_>>(), ["a/b", "a"]);
        assert_eq!(folders("a").count(), 0);
    }
}
