//! Addresses as authors write them, and names of files: read in one place, for all stages.

/// An address, by where it leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address<'a> {
    /// Another host, or a scheme such as `mailto:`.
    External,
    /// A place on the page itself: the text behind `#`.
    Fragment(&'a str),
    /// A path on the site. It is empty for the page itself with a query.
    Path {
        /// The part before query and fragment, as written.
        path: &'a str,
        /// Query and fragment as written.
        suffix: &'a str,
    },
}

impl<'a> Address<'a> {
    /// Reads `href`; white space around it does not count.
    pub fn parse(href: &'a str) -> Self {
        let href = href.trim();
        if is_external(href) {
            return Self::External;
        }
        let (path, suffix) = split_suffix(href);
        match suffix.strip_prefix('#') {
            Some(fragment) if path.is_empty() => Self::Fragment(fragment),
            _ => Self::Path { path, suffix },
        }
    }
}

/// Returns true for an address that has a scheme, or names a host.
pub fn is_external(href: &str) -> bool {
    if href.starts_with("//") {
        return true;
    }
    let Some((scheme, _)) = href.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'))
}

/// Returns true for a path from the root of the site.
pub fn is_from_root(href: &str) -> bool {
    href.starts_with('/') && !href.starts_with("//")
}

/// Splits an address into path, and query with fragment.
pub fn split_suffix(href: &str) -> (&str, &str) {
    href.split_at(href.find(['?', '#']).unwrap_or(href.len()))
}

/// The extension of the file that a path names, as written, without the dot; `None` without one.
pub fn file_extension(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map(|(_, extension)| extension)
}

/// Returns true if the file that a path names has one of the extensions `known`, in any case.
pub fn has_extension(path: &str, known: &[&str]) -> bool {
    let extension = file_extension(path);
    extension.is_some_and(|found| known.iter().any(|known| found.eq_ignore_ascii_case(known)))
}

/// Returns true if a path ends as the name of a file does: `setup.sh`, but not `v1.25` or `.hidden`.
pub fn names_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
    extension.is_some_and(|(_, extension)| {
        (1..=5).contains(&extension.len())
            && extension.starts_with(|c: char| c.is_ascii_alphabetic())
            && extension.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

/// A path without `.` and `..`; `None` if it leads out of the folder that it begins in.
pub fn without_dots(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_out_to_a_place_on_the_page_or_along_a_path() {
        for out in [
            "https://example.org/a#b",
            "//example.org",
            "mailto:a@example.org",
            "tel:1",
            "a+b.c-d:e",
            " data:,x",
        ] {
            assert_eq!(Address::parse(out), Address::External, "{out}");
        }
        assert_eq!(Address::parse("#b"), Address::Fragment("b"));
        assert_eq!(Address::parse("#"), Address::Fragment(""));
        let path = |path, suffix| Address::Path { path, suffix };
        assert_eq!(Address::parse("../a?b#c"), path("../a", "?b#c"));
        assert_eq!(Address::parse("?b"), path("", "?b"));
        assert_eq!(Address::parse("/lab: one/"), path("/lab: one/", ""));
        assert_eq!(Address::parse("1:2"), path("1:2", ""));
    }

    #[test]
    fn an_extension_is_that_of_the_last_name() {
        assert_eq!(file_extension("a.b/c.tar.GZ"), Some("GZ"));
        assert_eq!(file_extension("a.b/c"), None);
        assert!(has_extension("a/c.MD", &["md"]));
        assert!(!has_extension("a.md/c", &["md"]));
        assert!(names_file("a/setup.sh"));
        for other in ["v1.25", ".hidden", "a.b/c", "a.", "a.abcdef"] {
            assert!(!names_file(other), "{other}");
        }
    }
}
