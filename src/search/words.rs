//! Words that stand for each other: forms of one stem, and words that end with others.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};

use super::merge::{List, join};

/// Other words of one word.
const MAX_PARTS: usize = 12;
/// Letters of a word that has an end of its own.
const LONG: usize = 8;
/// Letters of such an end, and of what stands before it.
const PART: usize = 4;

/// Languages that write several words as one.
const COMPOUNDING: [&str; 10] = ["de", "nl", "sv", "da", "nb", "nn", "no", "fi", "hu", "is"];

/// Letters between the parts of a word.
const LINKS: [&str; 6] = ["", "s", "n", "en", "es", "e"];

/// For each list the other words that a query for its token finds. Ends of words that stand nowhere alone get lists of
/// their own.
pub(super) fn others(lists: Vec<List>, locale: &str) -> (Vec<List>, Vec<Vec<Box<str>>>) {
    let mut others = pairs(&lists, locale);
    let known: BTreeSet<&str> = lists.iter().map(|list| &*list.token).collect();
    let own = others.keys().filter(|word| !known.contains(&***word));
    let own = own.map(|word| List::empty(word.clone())).collect();
    let lists = join_sorted(lists, own);
    let found = lists
        .iter()
        .map(|list| others.remove(&list.token).unwrap_or_default())
        .map(|words| words.into_iter().take(MAX_PARTS).collect())
        .collect();
    (lists, found)
}

fn join_sorted(lists: Vec<List>, own: Vec<List>) -> Vec<List> {
    if own.is_empty() { lists } else { join(lists, own) }
}

type Others = BTreeMap<Box<str>, BTreeSet<Box<str>>>;

fn pairs(lists: &[List], locale: &str) -> Others {
    let words: Vec<&str> = lists
        .iter()
        .filter(|list| list.is_word && list.token.chars().all(char::is_alphabetic))
        .map(|list| &*list.token)
        .collect();
    let mut others = Others::new();
    let mut add = |word: &str, other: &str| {
        if word != other {
            others.entry(word.into()).or_default().insert(other.into());
        }
    };
    for forms in forms(&words, locale) {
        for word in &forms {
            forms.iter().for_each(|other| add(word, other));
        }
    }
    let known: rustc_hash::FxHashSet<&str> = words.iter().copied().collect();
    let compounding = COMPOUNDING.contains(&language(locale));
    let ends: Vec<(&str, &str)> = words
        .par_iter()
        .flat_map_iter(|word| ends(word, &known, compounding).map(|end| (&word[end], *word)))
        .collect();
    ends.into_iter().for_each(|(end, word)| add(end, word));
    others
}

/// Words of one stem, where there are several.
fn forms<'a>(words: &[&'a str], locale: &str) -> Vec<Vec<&'a str>> {
    let Some(algorithm) = algorithm(locale) else {
        return Vec::new();
    };
    let mut stems: Vec<(String, &str)> = words
        .par_iter()
        .map_init(
            || Stemmer::create(algorithm),
            |stemmer, word| (stemmer.stem(word).into_owned(), *word),
        )
        .collect();
    stems.par_sort_unstable();
    stems
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|forms| forms.len() > 1)
        .map(|forms| forms.iter().map(|(_, word)| *word).collect())
        .collect()
}

/// The ends of a long word that are words, or that stand behind one.
fn ends<'k>(
    word: &str,
    known: &'k rustc_hash::FxHashSet<&str>,
    compounding: bool,
) -> impl Iterator<Item = Range<usize>> + 'k {
    let length = word.chars().count();
    let is_known = |part: &str| known.contains(part);
    let is_end = |nth: usize, at: usize| {
        let (before, end) = word.split_at(at);
        let follows = || {
            let parts = LINKS.iter().filter_map(|link| before.strip_suffix(link));
            parts.filter(|part| part.len() >= PART).any(is_known)
        };
        let left = length - nth;
        nth + 1 >= PART && left >= PART && (is_known(end) || compounding && left > PART && follows())
    };
    let starts: Vec<usize> = if length < LONG {
        Vec::new()
    } else {
        let starts = word.char_indices().enumerate();
        let starts = starts.filter(|(nth, (at, _))| is_end(*nth, *at));
        starts.map(|(_, (at, _))| at).collect()
    };
    let end = word.len();
    starts.into_iter().map(move |start| start..end)
}

fn language(locale: &str) -> &str {
    locale.split(['-', '_']).next().unwrap_or(locale)
}

fn algorithm(locale: &str) -> Option<Algorithm> {
    Some(match language(locale) {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}
