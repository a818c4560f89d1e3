//! Makes the search on a thread of its own, so that no page waits for it.

use std::thread;

use super::site::Site;
use crate::pipeline;
use crate::render::OutputFile;
use crate::search::{self, Texts};

/// The thread that makes a search, at most one.
#[derive(Debug, Default)]
pub(super) struct Indexer {
    busy: bool,
}

impl Indexer {
    /// Starts making the search of `site` from `texts`; `done` is called with its files on another thread. Does nothing
    /// while an earlier one is being made: it would only take longer for both.
    ///
    /// The cache lives from the thread's beginning to its end: it holds every shelf of every version that was indexed
    /// with it, and a day of writing would fill the memory.
    pub(super) fn start(
        &mut self,
        site: &Site,
        texts: impl FnOnce() -> Texts,
        done: impl FnOnce(Vec<OutputFile>) + Send + 'static,
    ) {
        if self.busy {
            return;
        }
        let texts = texts();
        let (root, config) = (site.root().to_owned(), site.parts.config.clone());
        let made = move || {
            let cache = pipeline::search_cache(&root, &config);
            // Without an index the search says that it finds nothing; a build tells why.
            let files = search::index(&texts, &cache).unwrap_or_default();
            pipeline::keep_search(&cache, &root, &config);
            done(files);
        };
        let thread = thread::Builder::new().name("search".to_owned());
        // A machine without room for a thread tries again when somebody asks again.
        self.busy = thread.spawn(made).is_ok();
    }

    /// Records that the search is done.
    pub(super) fn is_back(&mut self) {
        self.busy = false;
    }
}
