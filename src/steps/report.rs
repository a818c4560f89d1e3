//! The results of a run as findings and as a line of counts.

use std::time::Duration;

use super::list::{counts, skips};
use super::outcome::{Outcome, PageRun};
use super::plan::PagePlan;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// All findings of a run: failures, mistakes in attributes, and a note for each step that did not run.
pub fn findings(plans: &[PagePlan], runs: &[PageRun]) -> Diagnostics {
    let mut findings: Diagnostics = plans.iter().flat_map(|plan| plan.findings.clone()).collect();
    let steps = plans.iter().flat_map(|plan| &plan.steps);
    for (step, outcome) in steps.zip(runs.iter().flat_map(|run| &run.outcomes)) {
        let note = |message| Diagnostic::note(Code::SkippedStep, step.span, message);
        match outcome {
            Outcome::Passed => {}
            Outcome::Failed(found) => findings.extend(found.iter().cloned()),
            Outcome::Skipped(reason) => findings.push(note(format!("this step did not run: {reason}"))),
            Outcome::NotReached => {
                findings.push(note("this step did not run: the page ended before it".to_owned()));
            }
        }
    }
    findings
}

/// `94 ran, 8 skipped (3 needs sudo, 5 for windows), 2 failed, 41 s`.
pub fn summary(runs: &[PageRun], took: Duration) -> String {
    let outcomes = || runs.iter().flat_map(|run| &run.outcomes);
    let count = |is: fn(&Outcome) -> bool| outcomes().filter(|outcome| is(outcome)).count();
    let failed = count(|outcome| matches!(outcome, Outcome::Failed(_)));
    let passed = count(|outcome| matches!(outcome, Outcome::Passed));
    let cut = count(|outcome| matches!(outcome, Outcome::NotReached));
    let reasons = outcomes().filter_map(|outcome| match outcome {
        Outcome::Skipped(reason) => Some(reason.as_str()),
        _ => None,
    });
    let mut parts = vec![format!("{} ran", passed + failed), skips(&counts(reasons))];
    parts.push(format!("{failed} failed"));
    parts.extend((cut > 0).then(|| format!("{cut} not reached")));
    parts.push(format!("{:.1} s", took.as_secs_f64()));
    parts.join(", ")
}
