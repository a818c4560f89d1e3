//! Shelves: the documents of a language are dealt out to at most eight of them, each indexed by itself.
//!
//! A page's address alone tells its shelf, so that a change on one page costs one shelf. Sections are not kept
//! together: a word that one section is about would count for rare on all other shelves, and pages that name it in
//! passing would come before those that explain it.

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::{Document, Language};
use crate::cache::Key;

/// Pages that one index should hold, roughly.
const PAGES: usize = 128;

/// Maximum number of shelves: more would cost the reader more requests than they save the author time.
const MOST: usize = 8;

/// Files by name, sorted.
pub(super) type Files = Vec<(String, Vec<u8>)>;

/// Documents that are indexed together.
#[derive(Debug)]
pub(super) struct Shelf<'a> {
    /// Language of the documents.
    pub(super) language: &'a Language,
    /// Its place among the shelves of the language.
    pub(super) nth: usize,
    /// The documents, in the order of the graph.
    pub(super) documents: Vec<&'a Document>,
    /// A hash of all that the index is made from.
    pub(super) key: Key,
}

impl Shelf<'_> {
    /// Its folder below the folder of the search.
    pub(super) fn folder(&self) -> String {
        format!("{}/{}/", self.language.key, self.nth)
    }
}

/// The shelves of a language. A shelf may stay empty, except the first; there is none for a language without pages.
pub(super) fn of(language: &Language) -> Vec<Shelf<'_>> {
    let count = count(language.documents.len());
    let mut dealt: Vec<Vec<&Document>> = vec![Vec::new(); count];
    for document in &language.documents {
        dealt[xxh3_64(document.url.as_bytes()) as usize % count].push(document);
    }
    dealt.retain(|documents| !documents.is_empty());
    let shelves = dealt.into_iter().enumerate();
    shelves
        .map(|(nth, documents)| Shelf {
            language,
            nth,
            key: key(&language.locale, &documents),
            documents,
        })
        .collect()
}

/// Number of shelves for a number of pages: a power of two, so that it seldom changes.
fn count(pages: usize) -> usize {
    pages.div_ceil(PAGES).next_power_of_two().clamp(1, MOST)
}

fn key(locale: &str, documents: &[&Document]) -> Key {
    let mut hash = Xxh3::new();
    let parts = documents
        .iter()
        .flat_map(|document| [&document.url, &document.html]);
    for part in std::iter::once(locale).chain(parts.map(String::as_str)) {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.digest128()
}

/// Writes files for the cache: for each the length of its name and of its content (4 bytes each, little-endian), its
/// name, its content.
pub(super) fn encode(files: &Files) -> Vec<u8> {
    let mut out = Vec::with_capacity(
        files
            .iter()
            .map(|(name, bytes)| 8 + name.len() + bytes.len())
            .sum(),
    );
    for (name, bytes) in files {
        out.extend((name.len() as u32).to_le_bytes());
        out.extend((bytes.len() as u32).to_le_bytes());
        out.extend(name.as_bytes());
        out.extend(bytes);
    }
    out
}

/// Reads the output of [`encode`]; `None` for anything else.
pub(super) fn decode(mut bytes: &[u8]) -> Option<Files> {
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
