//! The tokens of all pages, each with the list of its postings as browsers read it.

use rayon::prelude::*;

use super::block::{BUCKETS, Block, Entry, Key};

pub(super) use super::block::Posting;

/// Postings of a list; of a longer one only the strongest are kept.
const MAX_PARTS: usize = 2_048;

/// Pages that are merged at once: their blocks are in memory together.
pub(super) const AT_ONCE: usize = 1_024;

/// Digits of numbers in base 32, first those that end a number.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A token of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct List {
    pub(super) token: Box<str>,
    /// True if it is a word or has signs, and is not made of a script without spaces.
    pub(super) is_word: bool,
    first: u32,
    last: u32,
    count: u32,
    /// The postings without the number of the first page.
    rest: Vec<u8>,
}

/// A posting with the place of its page.
pub(super) type Placed = (u32, Posting);

/// Lists of pages, by token in the order of browsers. `first` is the place of the first page, `shifts` are steps by
/// which the weights of each page differ.
pub(super) fn merge(blocks: &[&Block], first: u32, shifts: &[i8]) -> Vec<List> {
    let buckets: Vec<Vec<List>> = (0..BUCKETS)
        .into_par_iter()
        .map(|bucket| merge_bucket(blocks, bucket, first, shifts))
        .collect();
    let mut lists: Vec<List> = buckets.into_iter().flatten().collect();
    lists.par_sort_unstable_by(|a, b| order(&a.token, &b.token));
    lists
}

fn merge_bucket(blocks: &[&Block], bucket: usize, first: u32, shifts: &[i8]) -> Vec<List> {
    let mut entries: Vec<(Key, u32, Entry<'_>)> = Vec::new();
    for (block, place) in blocks.iter().zip(first..) {
        entries.extend(block.bucket(bucket).map(|entry| (entry.key, place, entry)));
    }
    entries.sort_unstable_by_key(|(key, place, _)| (*key, *place));
    let mut placed = Vec::new();
    entries
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|group| {
            placed.clear();
            for (_, place, entry) in group {
                let shift = shifts.get((place - first) as usize).copied().unwrap_or_default();
                let postings = entry.postings().map(|posting| Posting {
                    weight: posting.weight.saturating_add_signed(shift).min(63),
                    ..posting
                });
                placed.extend(postings.map(|posting| (*place, posting)));
            }
            let (key, _, entry) = group.first()?;
            let token = key.dense().or_else(|| entry.word.map(str::to_owned))?;
            List::new(token.into(), entry.word.is_some(), &placed)
        })
        .collect()
}

impl List {
    fn new(token: Box<str>, is_word: bool, placed: &[Placed]) -> Option<Self> {
        let (first, last) = (placed.first()?.0, placed.last()?.0);
        let mut rest = Vec::with_capacity(placed.len() * 3);
        write(placed, first, &mut rest);
        // The number of the first page follows when it is known which list comes before.
        let rest = rest.split_off(1);
        Some(Self {
            token,
            is_word,
            first,
            last,
            count: placed.len() as u32,
            rest,
        })
    }

    /// An entry that only leads to other words.
    pub(super) fn empty(token: Box<str>) -> Self {
        Self {
            token,
            is_word: true,
            first: 0,
            last: 0,
            count: 0,
            rest: Vec::new(),
        }
    }

    /// Appends the list of the same token on later pages.
    fn append(&mut self, later: &Self) {
        number(later.first - self.last, &mut self.rest);
        self.rest.extend(&later.rest);
        self.last = later.last;
        self.count += later.count;
    }

    /// The postings as they are written.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        if self.count == 0 {
            return;
        }
        let start = out.len();
        number(self.first + 1, out);
        out.extend(&self.rest);
        if self.count as usize > MAX_PARTS {
            let strongest = strongest(&read(&out[start..]));
            out.truncate(start);
            out.push(b'!');
            write(&strongest, 0, out);
        }
    }

    /// About how many bytes it is written with.
    pub(super) fn size(&self) -> usize {
        self.token.len() + 4 + self.rest.len().min(MAX_PARTS * 4)
    }
}

/// One list of lists that are sorted, of pages before and pages behind.
pub(super) fn join(before: Vec<List>, behind: Vec<List>) -> Vec<List> {
    if before.is_empty() {
        return behind;
    }
    let mut all = Vec::with_capacity(before.len() + behind.len() / 2);
    let mut behind = behind.into_iter().peekable();
    for mut list in before {
        while let Some(other) = behind.next_if(|other| order(&other.token, &list.token).is_lt()) {
            all.push(other);
        }
        if let Some(same) = behind.next_if(|other| other.token == list.token) {
            list.append(&same);
        }
        all.push(list);
    }
    all.extend(behind);
    all
}

/// The order in which browsers compare texts: by UTF-16.
pub(super) fn order(a: &str, b: &str) -> std::cmp::Ordering {
    // It differs from that of the bytes only behind the surrogates.
    let is_high = |byte: u8| byte >= 0xee;
    if a.bytes().any(is_high) || b.bytes().any(is_high) {
        a.encode_utf16().cmp(b.encode_utf16())
    } else {
        a.cmp(b)
    }
}

/// The postings with the greatest weights, in their order.
fn strongest(placed: &[Placed]) -> Vec<Placed> {
    let mut counts = [0; 64];
    for (_, posting) in placed {
        counts[usize::from(posting.weight.min(63))] += 1;
    }
    let mut room = MAX_PARTS;
    let mut least = 64;
    while least > 0 && counts[least - 1] <= room {
        least -= 1;
        room -= counts[least];
    }
    let keep = placed.iter().filter(|(_, posting)| {
        let weight = usize::from(posting.weight);
        let one_of_the_last = weight + 1 == least && room > 0;
        room -= usize::from(one_of_the_last);
        weight >= least || one_of_the_last
    });
    keep.copied().collect()
}

/// Writes postings; the first page counts from `from`, and one more where that is 0.
pub(super) fn write(placed: &[Placed], from: u32, out: &mut Vec<u8>) {
    let mut last: Option<Placed> = None;
    for (place, posting) in placed {
        let step = match last {
            None if from == 0 => place + 1,
            None => place - from,
            Some((before, _)) => place - before,
        };
        let same = last.filter(|_| step == 0).map_or(0, |(_, before)| before.unit);
        number(step, out);
        number(u32::from(posting.unit - same), out);
        out.push(DIGITS[usize::from(posting.weight)]);
        last = Some((*place, *posting));
    }
}

/// Reads what [`write()`] has written with `from` 0.
pub(super) fn read(bytes: &[u8]) -> Vec<Placed> {
    let mut bytes = bytes.iter();
    let mut placed: Vec<Placed> = Vec::new();
    while let Some(step) = read_number(&mut bytes) {
        let unit = read_number(&mut bytes).unwrap_or_default();
        let weight = bytes.next().and_then(digit).unwrap_or_default() as u8;
        let (place, before) = match placed.last() {
            None => (step - 1, 0),
            Some((place, before)) if step == 0 => (*place, before.unit),
            Some((place, _)) => (place + step, 0),
        };
        let unit = unit as u16 + before;
        placed.push((place, Posting { unit, weight }));
    }
    placed
}

fn read_number(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u32> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let digit = digit(bytes.next()?)?;
        number |= (digit & 31) << shift;
        shift += 5;
        if digit < 32 {
            return Some(number);
        }
    }
}

fn digit(byte: &u8) -> Option<u32> {
    DIGITS
        .iter()
        .position(|digit| digit == byte)
        .map(|digit| digit as u32)
}

fn number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 32 {
        out.push(DIGITS[32 + (number & 31) as usize]);
        number >>= 5;
    }
    out.push(DIGITS[number as usize]);
}
