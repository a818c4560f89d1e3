//! The check of the readers' values, which needs the bodies of all pages.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::PageFacts;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::graph::Graph;
use crate::lang::LangId;
use crate::markup::Variable;

/// Findings for names with different defaults on pages of one language.
pub(super) fn check(graph: &Graph, facts: &[Option<&PageFacts>]) -> Diagnostics {
    let mut first: BTreeMap<(LangId, &str), (&str, Span)> = BTreeMap::new();
    let mut findings = Diagnostics::new();
    for (page, facts) in graph.pages.iter().zip(facts) {
        for variable in facts.iter().flat_map(|facts| &facts.variables) {
            let Some(default) = variable.default.as_deref() else {
                continue;
            };
            match first.entry((page.lang, &variable.name)) {
                Entry::Vacant(entry) => _ = entry.insert((default, variable.span)),
                Entry::Occupied(entry) if entry.get().0 != default => {
                    findings.push(two_defaults(variable, default, *entry.get()));
                }
                Entry::Occupied(_) => {}
            }
        }
    }
    findings
}

fn two_defaults(variable: &Variable, default: &str, (other, place): (&str, Span)) -> Diagnostic {
    let name = &variable.name;
    Diagnostic::warning(
        Code::VariableDefault,
        variable.span,
        format!("`{name}` has the default `{default}` here and `{other}` elsewhere"),
    )
    .label(place, format!("`{other}` is given here"))
    .help(format!(
        "give it once, as `{name}` under `[params.vars]` in the configuration, or the same everywhere"
    ))
}
