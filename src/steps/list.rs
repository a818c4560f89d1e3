//! The plans as a list for people: `wsgen test --list`.

use std::fmt::Write as _;

use super::plan::PagePlan;
use crate::diag::lines::LineIndex;
use crate::source::SourceTree;

/// Columns of the first line of a block.
const WIDTH: usize = 60;

/// A line for each step: its place, and the reason why it does not run.
pub fn list(plans: &[PagePlan], tree: &SourceTree) -> String {
    let mut out = String::new();
    for plan in plans.iter().filter(|plan| !plan.steps.is_empty()) {
        let index = LineIndex::new(tree.text(plan.file).unwrap_or_default());
        let _ = writeln!(out, "{}", tree.path(plan.file).unwrap_or_default());
        for step in &plan.steps {
            let line = index.position(step.span.range().start).line;
            let title: String = step.title().chars().take(WIDTH).collect();
            let _ = match &step.skip {
                None => writeln!(out, "{line:6}  {title}"),
                Some(reason) => writeln!(out, "{line:6}  {title}  (skipped: {reason})"),
            };
        }
    }
    let steps = plans.iter().flat_map(|plan| &plan.steps);
    let skipped = counts(steps.filter_map(|step| step.skip.as_deref()));
    let all: usize = plans.iter().map(|plan| plan.steps.len()).sum();
    let count: usize = skipped.iter().map(|(_, count)| count).sum();
    let _ = writeln!(out, "{} would run, {}", all - count, skips(&skipped));
    out
}

/// The reasons with their numbers, the most frequent first.
pub(super) fn counts<'a>(reasons: impl Iterator<Item = &'a str>) -> Vec<(&'a str, usize)> {
    let mut found: Vec<(&str, usize)> = Vec::new();
    for reason in reasons {
        match found.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += 1,
            None => found.push((reason, 1)),
        }
    }
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    found
}

/// `8 skipped (3 needs sudo, 2 for windows, 3 others)`.
pub(super) fn skips(reasons: &[(&str, usize)]) -> String {
    const SHOWN: usize = 4;
    let count: usize = reasons.iter().map(|(_, count)| count).sum();
    if count == 0 {
        return "none skipped".to_owned();
    }
    let mut parts: Vec<String> = reasons
        .iter()
        .take(SHOWN)
        .map(|(reason, count)| format!("{count} {reason}"))
        .collect();
    let others: usize = reasons.iter().skip(SHOWN).map(|(_, count)| count).sum();
    parts.extend((others > 0).then(|| format!("{others} others")));
    format!("{count} skipped ({})", parts.join(", "))
}
