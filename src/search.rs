//! The search: an index of the site's texts that the reader's browser asks, made by pagefind.
//!
//! [`Texts::new`] takes what the index is made of out of the facts about texts, one slim document a page; [`index`] makes the files
//! below `search/` from it. Texts borrow nothing, so that they can be indexed on a thread of their own while pages are
//! rendered, or when a preview has nothing else to do.
//!
//! Indexing is costly, so each language's pages are dealt out to a few [shelves](shelf), an index each, which are made
//! side by side, kept in a [`Cache`], and put together again in the browser. The files of a language, in
//! `search/LANGUAGE/`:
//!
//! - `index.json`: what the page's script has to know, see [`manifest`];
//! - `N/`: the shelves as pagefind writes them; its program in WebAssembly is in the first.
//!
//! Beside the languages lies the module that loads them, which they share.

mod documents;
mod engine;
mod manifest;
mod shelf;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{io, thread};

use crate::cache::{self, Key};
use crate::render::{OutputContent, OutputFile, SEARCH_FOLDER};

pub use documents::{Document, Language, Texts};
pub use engine::EngineError;
use shelf::{Files, Shelf};

/// The name of the cache's file.
const CACHE_FILE: &str = "search.pack";

/// Indexes of earlier runs. Any number of threads may use one.
#[derive(Debug)]
pub struct Cache(cache::Cache);

impl Default for Cache {
    fn default() -> Self {
        Self(cache::Cache::new(engine::stamp()))
    }
}

impl Cache {
    /// Reads the cache in the folder `dir`; an empty one where there is none that can be read.
    pub fn load(dir: &Path) -> Self {
        Self(cache::Cache::load(&dir.join(CACHE_FILE), engine::stamp()))
    }

    /// Writes the values that this run has used to the folder `dir`, unless its file holds exactly these.
    pub fn save(&self, dir: &Path) -> io::Result<()> {
        self.0.save(&dir.join(CACHE_FILE))
    }

    /// The files kept under `key`, else the result of `make`, which is kept from now on.
    fn files(
        &self,
        key: Key,
        make: impl FnOnce() -> Result<Files, EngineError>,
    ) -> Result<Files, EngineError> {
        if let Some(files) = self.0.find(key, shelf::decode) {
            return Ok(files);
        }
        let files = make()?;
        self.0.insert(key, shelf::encode(&files).into());
        Ok(files)
    }
}

/// The files of the search, sorted by path; equal texts give equal files. Takes unchanged shelves from the cache and
/// makes the rest on as many threads as there are processors.
///
/// Waits for threads that use rayon's: not to be called from one of rayon's own.
pub fn index(texts: &Texts, cache: &Cache) -> Result<Vec<OutputFile>, EngineError> {
    let shelves: Vec<Shelf<'_>> = texts.languages.iter().flat_map(shelf::of).collect();
    let mut files = Vec::new();
    for (shelf, made) in shelves.iter().zip(make_all(&shelves, cache)) {
        files.extend(placed(&shelf.folder(), made?));
    }
    for language in texts
        .languages
        .iter()
        .filter(|language| !language.documents.is_empty())
    {
        let locale = &language.locale;
        let library = cache.files(engine::library_key(locale), || engine::library(locale))?;
        let (module, program): (Files, Files) =
            library.into_iter().partition(|(name, _)| name == engine::MODULE);
        files.extend(placed("", module));
        files.extend(placed(&format!("{}/0/", language.key), program));
        let own: Vec<&Shelf<'_>> = shelves
            .iter()
            .filter(|shelf| shelf.language.key == language.key)
            .collect();
        let manifest = (manifest::FILE.to_owned(), manifest::write(language, &own));
        files.extend(placed(&format!("{}/", language.key), vec![manifest]));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    Ok(files)
}

/// Files of the site from files of a folder below [`SEARCH_FOLDER`].
fn placed(folder: &str, files: Files) -> impl Iterator<Item = OutputFile> {
    files.into_iter().map(move |(name, bytes)| OutputFile {
        path: format!("{SEARCH_FOLDER}{folder}{name}"),
        content: OutputContent::Bytes(bytes),
    })
}

/// The files of every shelf, in the order of the shelves.
fn make_all(shelves: &[Shelf<'_>], cache: &Cache) -> Vec<Result<Files, EngineError>> {
    let made: Vec<OnceLock<_>> = shelves.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((shelf, place)) = take(&next, shelves, &made) {
            place.get_or_init(|| {
                cache.files(shelf.key, || {
                    engine::shelf(&shelf.language.locale, &shelf.documents)
                })
            });
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 1..threads.min(shelves.len()) {
            scope.spawn(work);
        }
        work();
    });
    let made = made.into_iter().map(OnceLock::into_inner);
    made.map(|files| files.unwrap_or(Err(EngineError::Stopped)))
        .collect()
}

/// The next pair that no thread has taken.
fn take<'a, A, B>(next: &AtomicUsize, a: &'a [A], b: &'a [B]) -> Option<(&'a A, &'a B)> {
    let nth = next.fetch_add(1, Ordering::Relaxed);
    a.get(nth).zip(b.get(nth))
}
