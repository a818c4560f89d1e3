//! Watches the folders of the site.
//!
//! Reading a file raises events on some systems; they are left out, or the preview would read for ever. Events come in
//! bursts (a file is cut to nothing, written, closed; a checkout touches hundreds): they are gathered until it is quiet.
//! A folder whose changes the system does not tell is looked at once a second.

mod remote;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};
use std::{io, thread};

use notify::event::{AccessKind, AccessMode, EventKind, MetadataKind, ModifyKind};
use notify::{Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Changes, Folder, Observer, Preview};

/// Time without an event after which a burst is over.
const QUIET: Duration = Duration::from_millis(6);
/// Longest burst; later events are a change of their own.
const BURST: Duration = Duration::from_millis(250);
/// Interval of looking at folders that are not told of, and at the place of the site.
const LOOK: Duration = Duration::from_secs(1);

/// The way to learn of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// The system tells, where it can.
    Told,
    /// Folders are looked at.
    Polling,
}

/// Watches folders while it lives.
pub(super) struct Watcher {
    way: Watching,
    system: Option<RecommendedWatcher>,
    polling: Option<PollWatcher>,
    sender: Sender<notify::Result<Event>>,
    folders: Vec<PathBuf>,
    polled: BTreeSet<PathBuf>,
    observer: Arc<dyn Observer>,
    /// Folders whose polling has been told.
    told: BTreeSet<PathBuf>,
}

/// Events of the operating system.
type Events = Receiver<notify::Result<Event>>;

impl Watcher {
    /// A watcher without folders. Events wait until [`tell`] reads them.
    pub(super) fn new(way: Watching, observer: Arc<dyn Observer>) -> (Self, Events) {
        let (sender, events) = mpsc::channel();
        let watcher = Self {
            way,
            // Without one every folder is polled.
            system: notify::recommended_watcher(sender.clone()).ok(),
            polling: None,
            sender,
            folders: Vec::new(),
            polled: BTreeSet::new(),
            observer,
            told: BTreeSet::new(),
        };
        (watcher, events)
    }

    /// Watches these folders instead of others. Those that are gone are left out.
    pub(super) fn follow(&mut self, folders: &[Folder]) {
        // A folder that was made anew is another one to the system.
        for folder in std::mem::take(&mut self.folders) {
            if let Some(system) = &mut self.system {
                let _ = system.unwatch(&folder);
            }
        }
        let mut polled = std::mem::take(&mut self.polled);
        for folder in folders.iter().filter(|folder| folder.path.exists()) {
            match self.watch(folder) {
                Ok(()) => self.folders.push(folder.path.clone()),
                Err(reason) => {
                    // Looking at it goes on: its first look would take what has changed meanwhile for old.
                    if polled.remove(&folder.path) || self.poll(folder) {
                        self.polled.insert(folder.path.clone());
                        self.say(&folder.path, &reason);
                    }
                }
            }
        }
        for folder in polled {
            if let Some(polling) = &mut self.polling {
                let _ = polling.unwatch(&folder);
            }
        }
    }

    /// Has the system tell of a folder. The error is the reason why it does not.
    fn watch(&mut self, folder: &Folder) -> Result<(), String> {
        if self.way == Watching::Polling {
            return Err("`--poll`".to_owned());
        }
        if let Some(kind) = remote::kind_of(&folder.path) {
            return Err(format!("a file system of the kind {kind}"));
        }
        let Some(system) = &mut self.system else {
            return Err("the system has no watcher left".to_owned());
        };
        let watched = system.watch(&folder.path, mode(folder));
        watched.map_err(|error| {
            let _ = system.unwatch(&folder.path);
            match error.kind {
                notify::ErrorKind::MaxFilesWatch => "the system's limit of watched folders".to_owned(),
                kind => notify::Error::new(kind).to_string(),
            }
        })
    }

    fn poll(&mut self, folder: &Folder) -> bool {
        if self.polling.is_none() {
            let config = notify::Config::default().with_poll_interval(LOOK);
            self.polling = PollWatcher::new(self.sender.clone(), config).ok();
        }
        let polling = self.polling.as_mut();
        polling.is_some_and(|polling| polling.watch(&folder.path, mode(folder)).is_ok())
    }

    fn say(&mut self, folder: &Path, reason: &str) {
        if self.told.insert(folder.to_owned()) {
            self.observer.polls(folder, reason);
        }
    }
}

fn mode(folder: &Folder) -> RecursiveMode {
    match folder.whole {
        true => RecursiveMode::Recursive,
        false => RecursiveMode::NonRecursive,
    }
}

/// Passes every change to `preview`. `root` is the folder of the site.
pub(super) fn tell(events: Events, preview: Preview, root: PathBuf) -> io::Result<()> {
    let thread = thread::Builder::new().name("watch".to_owned());
    thread.spawn(move || follow(&events, &preview, &root)).map(|_| ())
}

fn follow(events: &Receiver<notify::Result<Event>>, preview: &Preview, root: &Path) {
    let mut place = Place::of(root);
    let mut looked = Instant::now();
    loop {
        let first = match events.recv_timeout(LOOK) {
            Ok(first) => Some(first),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let mut changes = first.map(changes).unwrap_or_default();
        if looked.elapsed() >= LOOK {
            looked = Instant::now();
            // Events of a folder end when it moves away, and another one in its place has none.
            let now = Place::of(root);
            if now != place && now.is_some() {
                changes.add(Changes::everything());
            }
            place = now;
        }
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

/// The identity of a folder: another one at the same path has another.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    number: Option<(u64, u64)>,
    created: Option<SystemTime>,
}

impl Place {
    /// The folder at `path`; `None` where there is none.
    fn of(path: &Path) -> Option<Self> {
        let facts = path.metadata().ok()?;
        #[cfg(unix)]
        let number = {
            use std::os::unix::fs::MetadataExt as _;
            Some((facts.dev(), facts.ino()))
        };
        #[cfg(not(unix))]
        let number = None;
        Some(Self {
            number,
            created: facts.created().ok(),
        })
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
