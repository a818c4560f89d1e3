//! Watches the folders of the site.
//!
//! Reading a file raises events on some systems; they are left out, or the preview would read for ever. Events come in
//! bursts (a file is cut to nothing, written, closed; a checkout touches hundreds): they are gathered until it is quiet.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use std::{io, thread};

use notify::event::{AccessKind, AccessMode, EventKind, MetadataKind, ModifyKind};
use notify::{Event, RecursiveMode, Watcher as _};

use super::{Changes, Folder, Preview};

/// Time without an event after which a burst is over.
const QUIET: Duration = Duration::from_millis(6);
/// Longest burst; later events are a change of their own.
const BURST: Duration = Duration::from_millis(250);

/// Watches folders while it lives.
pub(super) struct Watcher {
    inner: notify::RecommendedWatcher,
    folders: Vec<PathBuf>,
}

/// Events of the operating system.
type Events = Receiver<notify::Result<Event>>;

impl Watcher {
    /// A watcher without folders. Events wait until [`tell`] reads them.
    pub(super) fn new() -> notify::Result<(Self, Events)> {
        let (sender, events) = mpsc::channel();
        let watcher = Self {
            inner: notify::recommended_watcher(sender)?,
            folders: Vec::new(),
        };
        Ok((watcher, events))
    }

    /// Watches these folders instead of others. Those that are gone, and those that cannot be watched, are left out.
    pub(super) fn follow(&mut self, folders: &[Folder]) {
        // A folder that was made anew is another one to the system.
        for folder in std::mem::take(&mut self.folders) {
            let _ = self.inner.unwatch(&folder);
        }
        for Folder { path, whole } in folders {
            let mode = if *whole {
                RecursiveMode::Recursive
            } else {
                RecursiveMode::NonRecursive
            };
            if self.inner.watch(path, mode).is_ok() {
                self.folders.push(path.clone());
            }
        }
    }
}

/// Passes every change to `preview`.
pub(super) fn tell(events: Events, preview: Preview) -> io::Result<()> {
    let thread = thread::Builder::new().name("watch".to_owned());
    thread.spawn(move || follow(&events, &preview)).map(|_| ())
}

fn follow(events: &Receiver<notify::Result<Event>>, preview: &Preview) {
    while let Ok(first) = events.recv() {
        let mut changes = changes(first);
        if changes.is_empty() {
            continue;
        }
        let started = Instant::now();
        while started.elapsed() < BURST {
            match events.recv_timeout(QUIET) {
                Ok(event) => changes.add(self::changes(event)),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        preview.change(changes);
    }
}

/// The changes in an event. If events were lost, anything may have changed.
fn changes(event: notify::Result<Event>) -> Changes {
    match event {
        Ok(event) if event.need_rescan() => Changes::everything(),
        Ok(event) if matters(event.kind) => Changes::of(event.paths),
        Ok(_) => Changes::default(),
        Err(error) => Changes::of(error.paths),
    }
}

fn matters(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)) => false,
        _ => true,
    }
}
