//! The folder in the destination where files wait until all of them are there, and the journal beside them.
//!
//! One build at a time has the folder: it holds a lock on the journal, which the system gives back when the build ends,
//! however it ends. What lies in a folder that nobody has is what a build has left that was ended from outside.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use same_file::Handle;

use super::file::{self, Data, Fault, Fingerprint};
use super::plan::Plan;
use super::{FileError, Halt};

/// Name of the folder. Hidden, and never part of a site.
pub(super) const FOLDER: &str = ".wsgen-build.tmp";
const JOURNAL: &str = "journal";

#[derive(Debug)]
pub(super) struct Stage {
    dir: PathBuf,
    /// The journal with its lock; nothing where the folder cannot be made.
    journal: Option<File>,
    next: AtomicU32,
    /// True if a file could not be written.
    is_broken: AtomicBool,
    /// The reason for which a file could not be written.
    cause: Mutex<Option<io::Error>>,
}

/// The result of taking the folder.
pub(super) enum Taken {
    Free(Stage),
    Busy(Other),
}

/// Another build, which has the folder.
pub(super) struct Other(File);

impl Other {
    /// Waits until it ends.
    pub(super) fn wait(self) {
        // Where that is impossible, the folder is asked for again.
        let _ = self.0.lock();
    }
}

impl Stage {
    /// Takes the folder in the destination `root`, if no other build has it. Where it cannot be made, nothing can be
    /// written, which is no matter until something has to be.
    pub(super) fn take(root: &Path) -> Taken {
        let dir = root.join(FOLDER);
        let (journal, cause) = match take(&dir) {
            Ok((journal, true)) => (Some(journal), None),
            Ok((journal, false)) => return Taken::Busy(Other(journal)),
            Err(error) => (None, Some(error)),
        };
        Taken::Free(Self {
            dir,
            journal,
            next: AtomicU32::new(0),
            is_broken: AtomicBool::new(cause.is_some()),
            cause: Mutex::new(cause),
        })
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// The plan of a build that was ended from outside.
    pub(super) fn begun(&self) -> Option<Plan> {
        let mut bytes = Vec::new();
        self.journal.as_ref()?.read_to_end(&mut bytes).ok()?;
        Plan::from_journal(&bytes)
    }

    /// Removes what waits in the folder.
    pub(super) fn clear(&self) {
        if let Some(journal) = &self.journal {
            let _ = journal.set_len(0);
        }
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            if entry.file_name() != JOURNAL {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Writes a file that waits; gives its number. After the first failure no other file is tried: the disk is full, or
    /// has gone away.
    pub(super) fn put(&self, data: &Data<'_>, halt: &Halt) -> Result<(u32, Fingerprint), FileError> {
        if self.is_broken.load(Ordering::Relaxed) || halt.is_stopped() {
            return Err(FileError::Stopped);
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let result = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(waiting(&self.dir, number))
            .map_err(Fault::Target)
            .and_then(|mut file| file::fill(&mut file, data));
        result
            .map(|fingerprint| (number, fingerprint))
            .map_err(|fault| match fault {
                Fault::Source(error) => error,
                Fault::Target(error) => {
                    self.is_broken.store(true, Ordering::Relaxed);
                    self.cause().get_or_insert(error);
                    FileError::Stopped
                }
            })
    }

    /// Writes the journal, which is on the device when this returns.
    pub(super) fn begin(&self, plan: &Plan) -> io::Result<()> {
        let Some(mut journal) = self.journal.as_ref() else {
            return Err(self.take_cause().unwrap_or(ErrorKind::NotFound.into()));
        };
        journal.set_len(0)?;
        journal.seek(SeekFrom::Start(0))?;
        journal.write_all(plan.to_journal().as_bytes())?;
        journal.sync_data()
    }

    /// Gives the folder back, without a trace.
    pub(super) fn end(self) {
        if self.journal.is_some() {
            self.clear();
            let _ = fs::remove_file(self.dir.join(JOURNAL));
            // Windows removes the folder when the journal is closed.
            if fs::remove_dir(&self.dir).is_err() {
                drop(self.journal);
                let _ = fs::remove_dir(&self.dir);
            }
        }
    }

    /// Why files could not be written.
    pub(super) fn take_cause(&self) -> Option<io::Error> {
        self.cause().take()
    }

    fn cause(&self) -> MutexGuard<'_, Option<io::Error>> {
        self.cause.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The path at which the file with this number waits.
pub(super) fn waiting(dir: &Path, number: u32) -> PathBuf {
    dir.join(format!("{number:x}"))
}

/// The journal, and whether it is locked for this build.
fn take(dir: &Path) -> io::Result<(File, bool)> {
    loop {
        make(dir)?;
        let path = dir.join(JOURNAL);
        let mut options = OpenOptions::new();
        let journal = match options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
        {
            Ok(journal) => journal,
            // The build that had the folder has removed it a moment ago.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        match journal.try_lock() {
            // File systems without locks have one build at a time if people take care.
            Ok(()) | Err(TryLockError::Error(_)) => {}
            Err(TryLockError::WouldBlock) => return Ok((journal, false)),
        }
        // The lock may be that of a file which has been removed since it was opened.
        let here = Handle::from_file(journal.try_clone()?)?;
        if Handle::from_path(&path).is_ok_and(|there| there == here) {
            return Ok((journal, true));
        }
    }
}

fn make(dir: &Path) -> io::Result<()> {
    match fs::create_dir(dir) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            if fs::symlink_metadata(dir)?.is_dir() {
                Ok(())
            } else {
                Err(io::Error::new(
                    ErrorKind::AlreadyExists,
                    format!("`{FOLDER}` is there, and is no folder"),
                ))
            }
        }
        result => result,
    }
}
