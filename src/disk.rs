//! Writing files in one step, so that nobody sees half of one.
//!
//! Used by the stages that write: the caches and `emit`.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

/// Prefix and suffix of the names of unfinished files. Short, so that the folder's limit on names is not met first.
const UNFINISHED: (&str, &str) = (".wsgen-", ".tmp");

/// How often a rename is tried that another program holds up.
const TRIES: u32 = 6;
/// Pause after the first try; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(10);

/// Age of an unfinished file that no run can be writing, where the file system has no locks.
const LONGEST_WRITE: Duration = Duration::from_secs(600);

/// The content of a file; `None` if it cannot be read, for any reason.
pub(crate) fn read(path: &Path) -> Option<Vec<u8>> {
    fs::read(path).ok()
}

/// Writes `bytes` to `path` in one step: readers see the old file or the new one.
///
/// Nothing is flushed to the device: after a power cut the file may be missing or empty, which the next run mends.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_and(path, bytes, |_| Ok(()))
}

/// As [`replace`], and the bytes are on the device before the file has its name.
pub(crate) fn replace_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_and(path, bytes, File::sync_data)
}

fn replace_and(path: &Path, bytes: &[u8], end: impl FnOnce(&File) -> io::Result<()>) -> io::Result<()> {
    let (unfinished, mut file) = create_unfinished(path.parent().unwrap_or(Path::new("")))?;
    // The lock tells other runs that the file is being written. Without locks its age tells.
    let _ = file.try_lock();
    let result = file.write_all(bytes).and_then(|()| end(&file)).and_then(|()| {
        // Windows renames no file that is locked.
        let held = (!cfg!(windows)).then_some(file);
        let renamed = rename(&unfinished, path);
        drop(held);
        renamed
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
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// Removes the unfinished files in `folder` that killed runs have left.
pub(crate) fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(is_unfinished) && is_abandoned(&entry) {
            // Another run may be faster.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_unfinished(name: &str) -> bool {
    name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1)
}

fn is_abandoned(entry: &fs::DirEntry) -> bool {
    let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
    let Some(file) = File::open(entry.path()).ok().filter(|_| is_file) else {
        return false;
    };
    match file.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => {
            let age = || file.metadata().ok()?.modified().ok()?.elapsed().ok();
            age().is_some_and(|age| age > LONGEST_WRITE)
        }
    }
}

/// Renames a file or folder. Where another program holds it up, such as a virus scanner that reads the file, it is
/// tried again a few times.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently(|| fs::rename(from, to))
}

fn patiently(mut attempt: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    let mut pause = FIRST_PAUSE;
    for _ in 1..TRIES {
        match attempt() {
            Err(error) if is_held_up(&error) => thread::sleep(pause),
            result => return result,
        }
        pause *= 2;
    }
    attempt()
}

/// Returns true if another program's use of a file is the cause. Windows says so in three ways, one of which it has
/// for missing rights, too.
fn is_held_up(error: &io::Error) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    const LOCK_VIOLATION: i32 = 33;
    match error.kind() {
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => true,
        ErrorKind::PermissionDenied => cfg!(windows),
        _ => cfg!(windows) && matches!(error.raw_os_error(), Some(SHARING_VIOLATION | LOCK_VIOLATION)),
    }
}

/// Makes the folder `dir` for wsgen's own files, hidden from version control by a `.gitignore` inside. A symbolic link
/// in its place is not followed: it may lead anywhere.
pub(crate) fn keep_out_of_version_control(dir: &Path) -> io::Result<()> {
    if fs::symlink_metadata(dir).is_ok_and(|found| found.is_symlink()) {
        return Err(io::Error::other("the folder is a symbolic link"));
    }
    // Nothing is written where the site itself is gone.
    match fs::create_dir(dir) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
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
    fn a_folder_that_is_gone_does_not_come_back() {
        let dir = tempfile::tempdir().unwrap();
        let gone = dir.path().join("site");
        keep_out_of_version_control(&gone.join(".wsgen")).unwrap_err();
        assert!(!gone.exists());
        fs::create_dir(&gone).unwrap();
        keep_out_of_version_control(&gone.join(".wsgen")).unwrap();
        keep_out_of_version_control(&gone.join(".wsgen")).unwrap();
        assert!(gone.join(".wsgen/.gitignore").exists());
    }

    #[test]
    fn a_failed_write_leaves_the_old_file_and_no_other() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        replace(&path, b"old").unwrap();
        let result = replace_and(&path, b"new", |_| Err(io::Error::other("cut")));
        assert!(result.is_err());
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn files_of_killed_runs_are_swept_and_those_of_living_ones_are_not() {
        let dir = tempfile::tempdir().unwrap();
        let (alive, file) = create_unfinished(dir.path()).unwrap();
        file.lock().unwrap();
        let (dead, _) = create_unfinished(dir.path()).unwrap();
        let foreign = dir.path().join(".wsgen-notes");
        fs::write(&foreign, "x").unwrap();
        sweep(dir.path());
        assert!(alive.exists() && foreign.exists());
        assert!(!dead.exists());
    }

    #[test]
    fn what_another_program_holds_up_is_tried_again_and_what_cannot_be_is_not() {
        let tries_until = |kind: ErrorKind, success: u32| {
            let mut tries = 0;
            let result = patiently(|| {
                tries += 1;
                if tries >= success {
                    Ok(())
                } else {
                    Err(kind.into())
                }
            });
            (tries, result.is_ok())
        };
        assert_eq!(tries_until(ErrorKind::ResourceBusy, 3), (3, true));
        assert_eq!(tries_until(ErrorKind::ExecutableFileBusy, 99), (TRIES, false));
        assert_eq!(tries_until(ErrorKind::NotFound, 2), (1, false));
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_of_own_files_is_no_link() {
        let dir = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let link = dir.path().join(".wsgen");
        std::os::unix::fs::symlink(outside.path(), &link).unwrap();
        assert!(keep_out_of_version_control(&link).is_err());
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
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
