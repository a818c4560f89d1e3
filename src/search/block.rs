//! The tokens of one page, each with its postings.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::token::{Token, tokens};
use super::unit::units;
use crate::body::Passage;

/// Keys are dealt out by their highest bits.
pub(super) const BUCKETS: usize = 64;

const TITLE: f32 = 24.0;
const HEADING: f32 = 8.0;
const TEXT: f32 = 2.0;
const CODE: f32 = 1.0;

/// Steps of a weight for every doubling.
pub(super) const STEPS: f32 = 4.0;
/// The step that stands for 1.
const ONE: f32 = 24.0;

/// Spreads payloads over all bits; odd, so that no two become one.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
const GATHER: u64 = inverse(SPREAD);
const DENSE: u64 = 1 << 63;
const LAST: u64 = 1 << 62;

const fn inverse(odd: u64) -> u64 {
    let mut inverse = odd;
    let mut round = 0;
    while round < 6 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(odd.wrapping_mul(inverse)));
        round += 1;
    }
    inverse
}

/// A token as a number: pairs themselves, words by their hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(u64);

impl Key {
    fn of(token: Token<'_>) -> Self {
        let payload = match token {
            Token::Pair(a, b) => DENSE | u64::from(u32::from(a)) << 21 | u64::from(u32::from(b)),
            Token::Last(c) => DENSE | LAST | u64::from(u32::from(c)),
            Token::Word(word) | Token::Part(word) => xxh3_64(word.as_bytes()) & !DENSE,
        };
        Self(payload.wrapping_mul(SPREAD))
    }

    pub(super) fn bucket(self) -> usize {
        (self.0 >> 58) as usize
    }

    fn is_dense(self) -> bool {
        self.0.wrapping_mul(GATHER) & DENSE != 0
    }

    /// The token, unless that is a word.
    pub(super) fn dense(self) -> Option<String> {
        let payload = self.0.wrapping_mul(GATHER);
        let character = |bits: u64| char::from_u32((bits & 0x1f_ffff) as u32);
        self.is_dense().then(|| {
            let first = character(payload >> 21).filter(|_| payload & LAST == 0);
            first.into_iter().chain(character(payload)).collect()
        })
    }
}

/// A unit that holds a token, and how much it is about it: four steps for every doubling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) unit: u16,
    pub(super) weight: u8,
}

/// The last posting of a token.
const END: u16 = 1 << 15;

/// The tokens of a page by key, sorted, and their postings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Block {
    keys: Box<[u64]>,
    units: Box<[u16]>,
    weights: Box<[u8]>,
    /// The words among the tokens, in the order of their keys, a line each.
    words: Box<str>,
    /// The beginning of each bucket in the four.
    starts: Vec<Start>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Start {
    key: u32,
    posting: u32,
    word: u32,
}

/// A token of a block.
pub(super) struct Entry<'a> {
    pub(super) key: Key,
    /// Nothing for [dense](Key::dense) ones.
    pub(super) word: Option<&'a str>,
    units: &'a [u16],
    weights: &'a [u8],
}

impl Entry<'_> {
    pub(super) fn postings(&self) -> impl Iterator<Item = Posting> {
        let pairs = self.units.iter().zip(self.weights);
        pairs.map(|(unit, weight)| Posting {
            unit: unit & !END,
            weight: *weight,
        })
    }
}

impl Block {
    /// The block of a page.
    pub(super) fn new(title: &str, passages: &[Passage]) -> Self {
        let mut writer = Writer::default();
        writer.field(title, 0, Field::Title);
        for (unit, number) in units(passages).zip(1..END) {
            writer.field(&unit.passage.title, number, Field::Heading);
            for (text, code) in unit.stretches() {
                writer.field(text, number, if code { Field::Code } else { Field::Text });
            }
        }
        writer.finish()
    }

    /// The tokens of a bucket.
    pub(super) fn bucket(&self, bucket: usize) -> impl Iterator<Item = Entry<'_>> {
        let [start, end] = [0, 1].map(|more| self.starts.get(bucket + more).copied().unwrap_or_default());
        let mut words = self.words[start.word as usize..end.word as usize].lines();
        let mut at = start.posting as usize;
        self.keys[start.key as usize..end.key as usize]
            .iter()
            .map(move |key| {
                let key = Key(*key);
                let last = self.units[at..].iter().position(|unit| unit & END != 0);
                let range = at..at + last.unwrap_or_default() + 1;
                at = range.end;
                Entry {
                    key,
                    word: if key.is_dense() { None } else { words.next() },
                    units: &self.units[range.clone()],
                    weights: &self.weights[range],
                }
            })
    }
}

/// The field that a token stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Title,
    Heading,
    Text,
    Code,
}

/// Collects the tokens of a page.
#[derive(Default)]
struct Writer {
    found: Vec<(Key, u16, Field)>,
    words: FxHashMap<Key, Box<str>>,
    /// Tokens of the heading, or the title, of each unit.
    lengths: Vec<u16>,
}

impl Writer {
    fn field(&mut self, text: &str, unit: u16, field: Field) {
        let Self { found, words, .. } = self;
        let before = found.len();
        tokens(text, &mut |token| {
            let key = Key::of(token);
            if let Token::Word(word) | Token::Part(word) = token {
                words.entry(key).or_insert_with(|| word.into());
            }
            // A title with `PrintView` is not about printing.
            let is_part = matches!(token, Token::Part(_));
            found.push((key, unit, if is_part { field.max(Field::Text) } else { field }));
        });
        if field <= Field::Heading {
            self.lengths.push((self.found.len() - before).min(1_000) as u16);
        }
    }

    fn finish(mut self) -> Block {
        self.found.sort_unstable();
        let mut keys = Vec::new();
        let mut units: Vec<u16> = Vec::with_capacity(self.found.len());
        let mut weights = Vec::with_capacity(self.found.len());
        let mut words = String::new();
        let mut starts = vec![Start::default()];
        for of_key in self.found.chunk_by(|a, b| a.0 == b.0) {
            let key = of_key[0].0;
            while starts.len() <= key.bucket() {
                starts.push(Start::at(&keys, &units, &words));
            }
            keys.push(key.0);
            if let Some(word) = self.words.get(&key).filter(|_| !key.is_dense()) {
                words.push_str(word);
                words.push('\n');
            }
            for of_unit in of_key.chunk_by(|a, b| a.1 == b.1) {
                let unit = of_unit[0].1;
                let length = self.lengths.get(usize::from(unit)).copied().unwrap_or_default();
                units.push(unit);
                weights.push(weight(of_unit.iter().map(|found| found.2), f32::from(length)));
            }
            if let Some(last) = units.last_mut() {
                *last |= END;
            }
        }
        starts.resize(BUCKETS + 1, Start::at(&keys, &units, &words));
        Block {
            keys: keys.into(),
            units: units.into(),
            weights: weights.into(),
            words: words.into(),
            starts,
        }
    }
}

impl Start {
    fn at(keys: &[u64], units: &[u16], words: &str) -> Self {
        Self {
            key: keys.len() as u32,
            posting: units.len() as u32,
            word: words.len() as u32,
        }
    }
}

/// The weight of a token in a unit, by the fields in which it stands; `length` is that of the heading or title in
/// tokens.
fn weight(fields: impl Iterator<Item = Field>, length: f32) -> u8 {
    let mut counts = [0f32; 4];
    for field in fields {
        counts[field as usize] += 1.0;
    }
    let [title, heading, text, code] = counts;
    let often = |count: f32| count / (count + 1.0);
    let sum = title.min(1.0) * TITLE / (1.0 + 0.15 * (length - 1.0).max(0.0))
        + heading.min(1.0) * HEADING / (1.0 + 0.1 * (length - 1.0).max(0.0))
        + TEXT * often(text)
        + CODE * often(code);
    (STEPS * sum.log2() + ONE).round().clamp(0.0, 63.0) as u8
}
