//! Writing files in one step, so that nobody sees half of one.
//!
//! Used by the stages that write: the highlight cache and `emit`.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Prefix and suffix of the names of unfinished files. Short, so that the folder's limit on names is not met first.
const UNFINISHED: (&str, &str) = (".wsgen-", ".tmp");

/// The content of a file; `None` if it cannot be read, for any reason.
pub(crate) fn read(path: &Path) -> Option<Vec<u8>> {
    fs::read(path).ok()
}

/// Writes `bytes` to `path` in one step: readers see the old file or the new one.
///
/// Nothing is flushed to the device: after a power cut a file may be missing or empty, which the next run mends.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_with(path, |file| file.write_all(bytes))
}

/// As [`replace`], for content that `write` produces.
pub(crate) fn replace_with(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let (unfinished, mut file) = create_unfinished(path.parent().unwrap_or(Path::new("")))?;
    let result = write(&mut file).and_then(|()| {
        drop(file);
        fs::rename(&unfinished, path)
    });
    if result.is_err() {
        // The first error is the one to tell; a file that cannot be removed is found again by its name.
        let _ = fs::remove_file(&unfinished);
    }
    result
}

fn create_unfinished(folder: &Path) -> io::Result<(PathBuf, File)> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!(
            "{}{:x}-{count:x}{}",
            UNFINISHED.0,
            std::process::id(),
            UNFINISHED.1
        );
        let path = folder.join(name);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// Returns true for the name of a file left by a run that was killed while writing it.
pub(crate) fn is_unfinished(name: &str) -> bool {
    name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1)
}

/// Makes the folder `dir` for wsgen's own files, hidden from version control by a `.gitignore` inside.
pub(crate) fn keep_out_of_version_control(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    let ignore = dir.join(".gitignore");
    if ignore.try_exists()? {
        Ok(())
    } else {
        replace(&ignore, b"*\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_no_other() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        replace(&path, b"old").unwrap();
        let result = replace_with(&path, |file| {
            file.write_all(b"ne")?;
            Err(io::Error::other("cut"))
        });
        assert!(result.is_err());
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_unfinished_file_of_another_run_is_not_touched() {
        let dir = tempfile::tempdir().unwrap();
        let (first, _) = create_unfinished(dir.path()).unwrap();
        let (second, _) = create_unfinished(dir.path()).unwrap();
        assert_ne!(first, second);
        assert!(is_unfinished(first.file_name().unwrap().to_str().unwrap()));
        assert!(!is_unfinished("index.html"));
    }
}
