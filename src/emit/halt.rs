//! Ending a build from outside.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How often the removal of files is tried while other threads may still make some.
const TRIES: usize = 20;

/// A build that can be ended at any moment, so that its destination is as it was before or as it should be. Clones are
/// about the same build.
#[derive(Debug, Clone, Default)]
pub struct Halt(Arc<State>);

#[derive(Debug, Default)]
struct State {
    is_stopped: AtomicBool,
    /// The folder where files wait. Locked while the destination is changed.
    stage: Mutex<Option<PathBuf>>,
}

/// A build that has ended: as long as this lives, nothing is changed in its destination.
#[derive(Debug)]
pub struct Stopped<'a> {
    _stage: MutexGuard<'a, Option<PathBuf>>,
}

impl Halt {
    /// Ends the build: waits for changes of the destination that have begun, which takes milliseconds, and removes what
    /// waits to be put in.
    pub fn stop(&self) -> Stopped<'_> {
        self.0.is_stopped.store(true, Ordering::Relaxed);
        let mut stage = self.stage();
        if let Some(dir) = stage.take() {
            let gone = || fs::remove_dir_all(&dir).is_ok() || !dir.exists();
            // Whatever is left is found by the next build.
            let _ = (0..TRIES).any(|_| gone());
        }
        Stopped { _stage: stage }
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.0.is_stopped.load(Ordering::Relaxed)
    }

    /// Holds up [`stop`](Self::stop) while the destination is changed.
    pub(super) fn hold(&self) -> Held<'_> {
        Held(self.stage())
    }

    fn stage(&self) -> MutexGuard<'_, Option<PathBuf>> {
        self.0.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// See [`Halt::hold`].
pub(super) struct Held<'a>(MutexGuard<'a, Option<PathBuf>>);

impl Held<'_> {
    /// Files wait in the folder `dir` from now on, or nowhere any more.
    pub(super) fn wait_in(&mut self, dir: Option<&Path>) {
        *self.0 = dir.map(Path::to_owned);
    }
}
