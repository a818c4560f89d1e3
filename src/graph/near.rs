//! Names like one that does not exist, out of very many.
//!
//! Comparing names properly takes microseconds. A site with thousands of pages and broken links would take minutes, so
//! a rough measure first picks the candidates that are worth it.

use super::paths::last;
use crate::diag::nearest::nearest_few;

/// How many candidates are compared properly.
const SHORT_LIST: usize = 40;

/// At most three of `candidates` like `wanted`, the most similar first.
pub(super) fn near<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let (whole, name) = (pairs(wanted), pairs(last(wanted)));
    let distance = |candidate: &str| {
        let far = |a: u128, b: u128| (a ^ b).count_ones();
        far(whole, pairs(candidate)).min(far(name, pairs(last(candidate))))
    };
    let mut ranked: Vec<(u32, usize, &str)> = candidates
        .enumerate()
        .map(|(at, candidate)| (distance(candidate), at, candidate))
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
        assert_eq!(near("/part-7/overveiw", all()).first(), Some(&"/part-7/overview"));
        assert_eq!(near("overview.md", all()).first(), Some(&"/part-7/overview"));
        assert_eq!(
            near("/part-4321/stp-4321", all()).first(),
            Some(&"/part-4321/step-4321")
        );
    }
}
