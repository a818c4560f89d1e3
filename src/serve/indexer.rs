//! Makes the search on a thread of its own, so that no page waits for it.

use std::sync::Arc;
use std::thread;

use crate::render::OutputFile;
use crate::search::{self, Texts};

/// The thread that makes a search, at most one.
#[derive(Debug, Default)]
pub(super) struct Indexer {
    busy: bool,
    /// The texts that were indexed last: pages that have not changed are not cut into words again.
    last: Arc<Texts>,
}

impl Indexer {
    /// Has a search made from `texts`, and calls `done` with its files from another thread. Does nothing while an
    /// earlier one is in the making: it would only take longer for both.
    pub(super) fn start(
        &mut self,
        texts: impl FnOnce() -> Texts,
        done: impl FnOnce(Vec<OutputFile>) + Send + 'static,
    ) {
        if self.busy {
            return;
        }
        let texts = Arc::new(texts());
        texts.reuse(&self.last);
        self.last = Arc::clone(&texts);
        let thread = thread::Builder::new().name("search".to_owned());
        // A machine without room for a thread tries again when somebody asks again.
        self.busy = thread.spawn(move || done(search::index_anew(&texts))).is_ok();
    }

    /// Records that the search is done.
    pub(super) fn finished(&mut self) {
        self.busy = false;
    }
}
