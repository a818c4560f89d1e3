//! Names like one that does not exist, out of very many.
//!
//! Comparing names properly takes microseconds. A site with thousands of pages and broken links would take minutes, so
//! a rough measure first picks the candidates.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::paths::last;
use crate::diag::nearest::nearest_few;
use crate::lang::PerLanguage;

/// Number of candidates that are compared properly.
const SHORT_LIST: usize = 40;

/// The rough measures of a list of names, made when the first name is missed: a site with one broken link often has
/// thousands, and often they are one link on every page.
#[derive(Debug, Clone, Default)]
pub(super) struct Measures {
    list: OnceLock<Box<[Measure]>>,
    /// Results for the names that were missed.
    found: Arc<Mutex<HashMap<String, Vec<String>>>>,
}

/// The measures that a site needs.
#[derive(Debug, Clone, Default)]
pub(super) struct SiteMeasures {
    /// Measures of all URLs: pages, then files.
    pub(super) targets: Measures,
    /// Measures of the logical paths of each language.
    pub(super) pages: PerLanguage<Measures>,
}

impl SiteMeasures {
    /// Empty measures for languages.
    pub(super) fn new(languages: &PerLanguage<crate::config::Language>) -> Self {
        Self {
            targets: Measures::default(),
            pages: languages.map(|_| Measures::default()),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Measure {
    whole: u128,
    name: u128,
}

impl Measure {
    fn of(name: &str) -> Self {
        Self {
            whole: pairs(name),
            name: pairs(last(name)),
        }
    }

    fn distance(self, other: Self) -> u32 {
        let far = |a: u128, b: u128| (a ^ b).count_ones();
        far(self.whole, other.whole).min(far(self.name, other.name))
    }
}

/// At most three of `candidates` like `wanted`, the most similar first. `measures` belong to these candidates.
pub(super) fn near<'a>(
    wanted: &str,
    measures: &Measures,
    candidates: impl Iterator<Item = &'a str> + Clone,
) -> Vec<String> {
    let known = || measures.found.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known().get(wanted) {
        return found.clone();
    }
    let found: Vec<String> = compare(wanted, measures, candidates)
        .into_iter()
        .map(str::to_owned)
        .collect();
    known().insert(wanted.to_owned(), found.clone());
    found
}

fn compare<'a>(
    wanted: &str,
    measures: &Measures,
    candidates: impl Iterator<Item = &'a str> + Clone,
) -> Vec<&'a str> {
    let measures = measures
        .list
        .get_or_init(|| candidates.clone().map(Measure::of).collect());
    let own = Measure::of(wanted);
    let mut ranked: Vec<(u32, usize, &str)> = candidates
        .zip(measures)
        .enumerate()
        .map(|(at, (candidate, measure))| (own.distance(*measure), at, candidate))
        .collect();
    if ranked.len() > SHORT_LIST {
        ranked.select_nth_unstable(SHORT_LIST);
        ranked.truncate(SHORT_LIST);
    }
    ranked.sort_unstable();
    nearest_few(wanted, ranked.into_iter().map(|(_, _, candidate)| candidate), 3)
}

/// The pairs of neighbouring letters of a text as bits.
fn pairs(text: &str) -> u128 {
    let mut bits = 0;
    let mut before = 0_u32;
    for byte in text.bytes() {
        let letter = u32::from(byte.to_ascii_lowercase());
        bits |= 1_u128 << ((before * 31 + letter) % 127);
        before = letter;
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_name_is_found_among_many() {
        let names: Vec<String> = (0..5000)
            .map(|number| format!("/part-{number}/step-{number}"))
            .collect();
        let all = || names.iter().map(String::as_str).chain(["/part-7/overview"]);
        let measures = Measures::default();
        assert_eq!(
            near("/part-7/overveiw", &measures, all())
                .first()
                .map(String::as_str),
            Some("/part-7/overview")
        );
        assert_eq!(
            near("overview.md", &measures, all()).first().map(String::as_str),
            Some("/part-7/overview")
        );
        assert_eq!(
            near("/part-4321/stp-4321", &measures, all())
                .first()
                .map(String::as_str),
            Some("/part-4321/step-4321")
        );
    }
}
