//! The files of a language: shards with postings, pieces with texts, and the table that leads to them. `docs/search.md`
//! tells their format.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use rayon::prelude::*;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::block::Block;
use super::documents::{Document, Language};
use super::merge::{self, AT_ONCE, List};
use super::unit::units;
use super::words;

/// The table.
pub(super) const TABLE: &str = "index.js";

/// Files of the index by name.
pub(super) type Files = Vec<(String, Vec<u8>)>;

/// Sizes of shards and of pieces: as small as is good for the reader, or as large as it takes to have few.
#[derive(Clone, Copy)]
struct Sizes {
    least: usize,
    most: usize,
    /// Files that a site should not have more of.
    files: usize,
}

const SHARDS: Sizes = Sizes {
    least: 3_000,
    most: 16_000,
    files: 400,
};
const PIECES: Sizes = Sizes {
    least: 2_500,
    most: 16_000,
    files: 400,
};

impl Sizes {
    fn of(self, all: usize) -> usize {
        (all / self.files).clamp(self.least, self.most)
    }
}

#[derive(Serialize)]
struct Table<'a> {
    pages: usize,
    /// The site's root, from the folder of the language.
    root: &'static str,
    texts: &'a BTreeMap<String, String>,
    /// Length of a name.
    size: usize,
    names: String,
    tokens: String,
    units: Vec<(usize, usize)>,
}

/// The files of a language.
pub(super) fn files(language: &Language) -> Files {
    let (firsts, shards) = shards(lists(language), &language.locale);
    let (starts, pieces) = pieces(&language.documents);
    let contents: Vec<Vec<u8>> = shards.into_iter().chain(pieces).collect();
    let (size, names) = names(&contents);
    let table = Table {
        pages: language.documents.len(),
        root: "../../",
        texts: &language.phrases,
        size,
        names: names.concat(),
        tokens: firsts.join("\n"),
        units: starts,
    };
    let named = names.iter().map(|name| format!("{name}.js")).zip(contents);
    let table = (TABLE.to_owned(), script(&table));
    let mut files: Files = named.chain([table]).collect();
    files.sort();
    // Files with the same content have the same name.
    files.dedup_by(|a, b| a.0 == b.0);
    files
}

/// A script that hands a value to the page.
fn script(value: &impl Serialize) -> Vec<u8> {
    let mut out = b"wsgenSearch(".to_vec();
    // Texts and numbers can always be written.
    let _ = serde_json::to_writer(&mut out, value);
    out.push(b')');
    out
}

fn lists(language: &Language) -> Vec<List> {
    let mut lists = Vec::new();
    for (documents, first) in language.documents.chunks(AT_ONCE).zip((0..).step_by(AT_ONCE)) {
        let blocks: Vec<&Block> = documents.par_iter().map(|document| &**document.block()).collect();
        let shifts: Vec<i8> = documents.iter().map(Document::shift).collect();
        lists = merge::join(lists, merge::merge(&blocks, first, &shifts));
    }
    lists
}

/// Shards, and the first token of each but the first.
fn shards(lists: Vec<List>, locale: &str) -> (Vec<String>, Vec<Vec<u8>>) {
    let (lists, others) = words::others(lists, locale);
    let lines: Vec<(List, Vec<Box<str>>)> = lists.into_iter().zip(others).collect();
    let lengths = || lines.iter().map(|(list, others)| list.size() + 8 * others.len());
    let ranges = cut(lengths(), SHARDS.of(lengths().sum()));
    let firsts = ranges
        .iter()
        .skip(1)
        .map(|range| lines[range.start].0.token.to_string());
    let firsts = firsts.collect();
    let shards = ranges.into_par_iter().map(|range| shard(&lines[range])).collect();
    (firsts, shards)
}

fn shard(lines: &[(List, Vec<Box<str>>)]) -> Vec<u8> {
    let mut text = Vec::new();
    for (list, others) in lines {
        text.extend(list.token.as_bytes());
        text.push(b' ');
        list.write(&mut text);
        for word in others {
            text.push(b' ');
            text.extend(word.as_bytes());
        }
        text.push(b'\n');
    }
    script(&String::from_utf8_lossy(&text))
}

/// A part of a page as a piece holds it: place, address, path, title, first unit, then id, heading and text of each unit.
type Part<'a> = Vec<Cow<'a, str>>;

/// A unit on its way into a piece.
struct Item {
    place: usize,
    number: usize,
    length: usize,
}

/// Pieces, and page and unit at which each begins.
fn pieces(documents: &[Document]) -> (Vec<(usize, usize)>, Vec<Vec<u8>>) {
    let items: Vec<Item> = documents
        .par_iter()
        .enumerate()
        .flat_map_iter(|(place, document)| items(place, document))
        .collect();
    let size = PIECES.of(items.iter().map(|item| item.length).sum());
    let ranges = cut(items.iter().map(|item| item.length), size);
    let starts = ranges
        .iter()
        .map(|range| &items[range.start])
        .map(|item| (item.place, item.number));
    let starts = starts.collect();
    let pieces = ranges.into_par_iter().map(|range| {
        let parts = items[range].chunk_by(|a, b| a.place == b.place);
        let parts: Vec<Part<'_>> = parts
            .map(|items| part(&documents[items[0].place], items))
            .collect();
        script(&parts)
    });
    (starts, pieces.collect())
}

/// The units of a page with texts; of a page without any an empty one.
fn items(place: usize, document: &Document) -> Vec<Item> {
    let mut items: Vec<Item> = units(&document.passages)
        .map(|unit| unit.text.len() + unit.passage.title.len() + unit.passage.id.len() + 12)
        .zip(1..)
        .map(|(length, number)| Item {
            place,
            number,
            length,
        })
        .collect();
    let own = document.title.len() + document.path.len() + document.url.len() + 16;
    match items.first_mut() {
        Some(first) => first.length += own,
        None => items.push(Item {
            place,
            number: 1,
            length: own,
        }),
    }
    items
}

/// Cuts a sequence into ranges of about `size`.
fn cut(lengths: impl Iterator<Item = usize>, size: usize) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut filled = 0;
    for (at, length) in lengths.enumerate() {
        match ranges.last_mut() {
            Some(range) if filled + length <= size => {
                range.end = at + 1;
                filled += length;
            }
            _ => {
                ranges.push(at..at + 1);
                filled = length;
            }
        }
    }
    ranges
}

fn part<'a>(document: &'a Document, items: &[Item]) -> Part<'a> {
    let (place, first) = (items[0].place, items[0].number);
    let mut part: Part<'_> = vec![
        place.to_string().into(),
        (&*document.url).into(),
        (&*document.path).into(),
        (&*document.title).into(),
        first.to_string().into(),
    ];
    for unit in units(&document.passages).skip(first - 1).take(items.len()) {
        part.extend([&*unit.passage.id, &*unit.passage.title, unit.text].map(Cow::Borrowed));
    }
    part
}

/// Names made of hashes, as short as they may be for all contents to have names of their own.
fn names(contents: &[Vec<u8>]) -> (usize, Vec<String>) {
    let hashes: Vec<u64> = contents.par_iter().map(|content| xxh3_64(content)).collect();
    for size in 5..13 {
        let names: Vec<String> = hashes.iter().map(|hash| name(*hash, size)).collect();
        let mut known: HashMap<&str, u64> = HashMap::new();
        let clear = names
            .iter()
            .zip(&hashes)
            .all(|(name, hash)| *known.entry(name).or_insert(*hash) == *hash);
        if clear {
            return (size, names);
        }
    }
    (13, hashes.iter().map(|hash| name(*hash, 13)).collect())
}

/// In letters that all file systems tell apart.
fn name(mut hash: u64, size: usize) -> String {
    let letter = |digit: u64| char::from(b"abcdefghijklmnopqrstuvwxyz234567"[digit as usize]);
    let letters = std::iter::repeat_with(|| {
        let digit = hash & 31;
        hash >>= 5;
        letter(digit)
    });
    letters.take(size).collect()
}
