//! Paths that can be files of a site.

use super::FileError;

/// The longest name that the usual file systems take, in bytes.
const LONGEST_NAME: usize = 255;

/// Returns an error unless `path`, with `/`, leads to a place below the destination and has names that can be written.
pub(super) fn check(path: &str) -> Result<(), FileError> {
    path.split('/').try_for_each(name)
}

fn name(name: &str) -> Result<(), FileError> {
    let reserved = cfg!(windows) && name.contains(['\\', ':', '*', '?', '"', '<', '>', '|']);
    if matches!(name, "" | "." | "..") || name.contains('\0') || reserved {
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
        for path in ["a", "a/b.html", "日本語/😀.html", ".well-known/x", "a..b", "..."] {
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
    fn folders_are_listed_from_the_inside() {
        assert_eq!(folders("a/b/c").collect::<Vec<_>>(), ["a/b", "a"]);
        assert_eq!(folders("a").count(), 0);
    }
}
