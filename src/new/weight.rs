//! The weight of a new page among its neighbours.

/// A neighbour of the new page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Neighbour {
    /// Its weight, 0 if it has none.
    pub(super) weight: i64,
    /// Name of its file or folder.
    pub(super) name: String,
}

/// Steps that authors leave between weights.
const STEPS: [i64; 4] = [100, 10, 5, 1];

/// The weight for a page called `name`.
///
/// If the neighbours' names begin with their weights, as in `10_setup.md`, so does the new page's. Otherwise it comes
/// last, with the same step as between the others.
pub(super) fn next(name: &str, neighbours: &[Neighbour]) -> i64 {
    let weights: Vec<i64> = neighbours
        .iter()
        .map(|page| page.weight)
        .filter(|weight| *weight > 0)
        .collect();
    let by_name = neighbours
        .iter()
        .all(|page| page.weight == 0 || number(&page.name) == Some(page.weight));
    if let Some(own) = number(name).filter(|own| by_name && *own > 0 && !weights.contains(own)) {
        return own;
    }
    let step = STEPS
        .into_iter()
        .find(|step| weights.iter().all(|weight| weight % step == 0));
    let step = step
        .filter(|_| !weights.is_empty())
        .unwrap_or(10)
        .min(smallest(&weights));
    let last = weights.iter().copied().max().unwrap_or(0);
    last.saturating_add(step)
}

/// The smallest weight, so that 100 alone does not make steps of 100 and 10, 20 do not make steps of 100.
fn smallest(weights: &[i64]) -> i64 {
    weights.iter().copied().min().unwrap_or(10).max(1)
}

/// The number at the beginning of a name.
fn number(name: &str) -> Option<i64> {
    let digits = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    name[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next_after(name: &str, neighbours: &[(&str, i64)]) -> i64 {
        let neighbours: Vec<_> = neighbours
            .iter()
            .map(|(name, weight)| Neighbour {
                weight: *weight,
                name: (*name).to_owned(),
            })
            .collect();
        next(name, &neighbours)
    }

    #[test]
    fn a_page_comes_after_the_others_in_their_step() {
        assert_eq!(next_after("lab", &[]), 10);
        assert_eq!(next_after("lab", &[("a", 10), ("b", 20)]), 30);
        assert_eq!(next_after("lab", &[("a", 1), ("b", 2), ("c", 0)]), 3);
        assert_eq!(next_after("lab", &[("a", 5), ("b", 15)]), 20);
        assert_eq!(next_after("lab", &[("a", 100), ("b", 300)]), 400);
        assert_eq!(next_after("lab", &[("a", i64::MAX)]), i64::MAX);
    }

    #[test]
    fn a_number_in_the_name_counts_where_it_does_for_the_others() {
        assert_eq!(next_after("15_lab", &[("10_a", 10), ("20_b", 20)]), 15);
        assert_eq!(next_after("30_lab", &[]), 30);
        assert_eq!(next_after("20_lab", &[("10_a", 10), ("20_b", 20)]), 30);
        assert_eq!(next_after("15_lab", &[("10_a", 1), ("20_b", 2)]), 3);
    }
}
