//! The search: a static index of the site's texts that a script in the reader's browser asks. `docs/search.md` tells its
//! format and its rules.
//!
//! [`Texts::new`] takes what the index is made of out of the facts about texts; [`index`] makes the files below `search/` from it.
//! Texts borrow nothing, so that they can be indexed on a thread of their own while pages are rendered, or when a preview
//! has nothing else to do.
//!
//! The way of a page: [`mod@unit`] cuts its passages, [`token`] their texts, and a [`block`] has the tokens of the whole page.
//! [`merge`] makes lists of the blocks, [`words`] adds what else a word finds, and [`files`] writes them.

mod block;
mod documents;
mod files;
mod index_facts;
mod merge;
mod token;
mod unit;
mod words;

#[cfg(test)]
mod tests;

use std::io;
use std::path::Path;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::cache::{self, Key};
use crate::render::{OutputContent, OutputFile, SEARCH_FOLDER};

pub use documents::{Document, Language, Texts};
use files::Files;
pub use index_facts::{Facts, Script};

/// The name of the cache's file.
const CACHE_FILE: &str = "search.pack";

/// Changes with the format.
const FORMAT: &str = "1";

/// The index of an earlier run.
#[derive(Debug)]
pub struct Cache(cache::Cache);

impl Default for Cache {
    fn default() -> Self {
        Self(cache::Cache::new(stamp()))
    }
}

fn stamp() -> u64 {
    xxh3_64(format!("search {FORMAT}, wsgen {}", env!("CARGO_PKG_VERSION")).as_bytes())
}

impl Cache {
    /// Reads the cache in the folder `dir`; an empty one where there is none that can be read.
    pub fn load(dir: &Path) -> Self {
        Self(cache::Cache::load(&dir.join(CACHE_FILE), stamp()))
    }

    /// Writes the values that this run has used to the folder `dir`, unless its file holds exactly these.
    pub fn save(&self, dir: &Path) -> io::Result<()> {
        self.0.save(&dir.join(CACHE_FILE))
    }
}

/// The files of the search, sorted by path; equal texts give equal files. Takes from the cache the languages that have not
/// changed.
pub fn index(texts: &Texts, cache: &Cache) -> Vec<OutputFile> {
    let mut all = Vec::new();
    for language in texts
        .languages
        .iter()
        .filter(|language| !language.documents.is_empty())
    {
        let key = key(language);
        let files = cache.0.find(key, decode).unwrap_or_else(|| {
            let files = files::files(language);
            cache.0.insert(key, encode(&files).into());
            files
        });
        all.extend(placed(language, files));
    }
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

/// The files of the search without a cache.
pub fn index_anew(texts: &Texts) -> Vec<OutputFile> {
    let languages = texts.languages.iter();
    let languages = languages.filter(|language| !language.documents.is_empty());
    let mut all: Vec<_> = languages
        .flat_map(|language| placed(language, files::files(language)))
        .collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

fn placed(language: &Language, files: Files) -> impl Iterator<Item = OutputFile> {
    let folder = format!("{SEARCH_FOLDER}{}/", language.key);
    files.into_iter().map(move |(name, bytes)| OutputFile {
        path: format!("{folder}{name}"),
        content: OutputContent::Bytes(bytes),
    })
}

/// A hash of all that the index of a language is made from.
fn key(language: &Language) -> Key {
    let mut hash = Xxh3::new();
    let mut add = |part: &str| {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    };
    add(&language.locale);
    for (key, text) in &language.phrases {
        add(key);
        add(text);
    }
    for document in &language.documents {
        for part in [&document.url, &document.path, &document.title] {
            add(part);
        }
        add(&document.weight.to_string());
        for passage in document.passages.iter() {
            add(&passage.id);
            add(&passage.title);
            add(&passage.text);
            add(&format!("{:?}", passage.code));
        }
        add("");
    }
    hash.digest128()
}

/// Writes files for the cache: for each the length of its name and of its content (4 bytes each, little-endian), its
/// name, its content.
fn encode(files: &Files) -> Vec<u8> {
    let length = files
        .iter()
        .map(|(name, bytes)| 8 + name.len() + bytes.len())
        .sum();
    let mut out = Vec::with_capacity(length);
    for (name, bytes) in files {
        out.extend((name.len() as u32).to_le_bytes());
        out.extend((bytes.len() as u32).to_le_bytes());
        out.extend(name.as_bytes());
        out.extend(bytes);
    }
    out
}

/// Reads the output of [`encode`]; `None` for anything else.
fn decode(mut bytes: &[u8]) -> Option<Files> {
    let mut files = Vec::new();
    while !bytes.is_empty() {
        let (lengths, rest) = bytes.split_at_checked(8)?;
        let length = |at: usize| Some(u32::from_le_bytes(lengths[at..at + 4].try_into().ok()?) as usize);
        let (name, rest) = rest.split_at_checked(length(0)?)?;
        let (content, rest) = rest.split_at_checked(length(4)?)?;
        files.push((String::from_utf8(name.to_vec()).ok()?, content.to_vec()));
        bytes = rest;
    }
    Some(files)
}
