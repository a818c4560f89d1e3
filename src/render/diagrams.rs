//! The modules of the diagram library that the diagrams of a site need. Browsers find out by themselves, one after the
//! other; for publishing and reading offline they must be known before. All modules together are twice as large as
//! those of a flowchart.

use std::collections::{BTreeMap, BTreeSet};

use super::mermaid::{self, Module};
use super::page_links::Links;
use super::site_file::AllPages;
use super::{OutputContent, Renderer};
use crate::body::Body;

/// Name of the modules that are loaded for formulas in labels alone.
const FORMULAS: &str = "katex";

/// The paths of the library's files. A site that is only opened from a folder has the scripts of [`library_scripts`](super::library_scripts)
/// instead.
pub(super) fn paths(renderer: &Renderer<'_>) -> Vec<String> {
    let wanted = renderer.is_for_a_host();
    let modules = wanted.then(mermaid::modules).unwrap_or_default();
    modules.iter().map(Module::path).collect()
}

/// A file of the library.
pub(super) fn module(_: &Renderer<'_>, place: usize) -> OutputContent {
    OutputContent::Bytes(mermaid::modules()[place].inflate())
}

/// The files of the library that the diagrams of all pages need. A site with templates of its own gets all of them,
/// because nobody knows what those draw.
pub(super) fn needed(renderer: &Renderer<'_>, pages: &AllPages<'_>) -> BTreeSet<usize> {
    if renderer.is_for_a_host() {
        needed_modules(renderer, pages)
    } else {
        BTreeSet::new()
    }
}

/// The modules of the library that the diagrams of all pages need.
pub(super) fn needed_modules(renderer: &Renderer<'_>, pages: &AllPages<'_>) -> BTreeSet<usize> {
    let facts = pages.facts.iter().flatten();
    if !facts.clone().any(|page| page.uses.mermaid) {
        return BTreeSet::new();
    }
    let words: BTreeSet<&str> = facts
        .flat_map(|page| &page.diagrams)
        .map(String::as_str)
        .collect();
    let known = Some(words).filter(|_| !renderer.policy.has_templates());
    let modules = known.and_then(|words| modules_of(&words));
    let names: Option<BTreeSet<&str>> = modules.map(|modules| {
        let modules = modules.into_iter().chain(mermaid::licences());
        modules.map(|module| module.name).collect()
    });
    let all = mermaid::modules().iter().enumerate();
    all.filter(|(_, module)| names.as_ref().is_none_or(|names| names.contains(module.name)))
        .map(|(place, _)| place)
        .collect()
}

impl Renderer<'_> {
    /// The URLs of the modules that the diagrams of a body load, so that browsers need not find out one after the other.
    /// Of diagrams that may need anything those that all need.
    pub(super) fn diagram_modules(&self, body: &Body, links: Links<'_>) -> Vec<String> {
        if body.facts.diagrams.is_empty() {
            return Vec::new();
        }
        let words = body.facts.diagrams.iter().map(String::as_str).collect();
        let modules = modules_of(&words).or_else(|| reached(&[])).unwrap_or_default();
        modules.iter().map(|module| links.to(&module.path())).collect()
    }
}

/// The modules that diagrams with these words need; `None` if one is of an unknown kind, or has settings that change
/// its layout.
fn modules_of(words: &BTreeSet<&str>) -> Option<Vec<&'static Module>> {
    let stems: Option<Vec<_>> = words.iter().map(|word| stems(word)).collect();
    reached(&stems?.concat())
}

/// Names of the modules that a diagram with this word needs beside those of all diagrams: that of its kind, its grammar
/// if that is a module of its own, and that of its layout.
fn stems(word: &str) -> Option<&'static [&'static str]> {
    Some(match word {
        "graph" | "flowchart" => &["flowDiagram", "dagre"],
        "sequenceDiagram" => &["sequenceDiagram"],
        "classDiagram" | "classDiagram-v2" => &["classDiagram-v2", "dagre"],
        "stateDiagram" | "stateDiagram-v2" => &["stateDiagram-v2", "dagre"],
        "erDiagram" => &["erDiagram", "dagre"],
        "gantt" => &["ganttDiagram"],
        "pie" => &["pieDiagram", "pie"],
        "gitGraph" => &["gitGraphDiagram", "gitGraph"],
        "mindmap" => &["mindmap-definition", "cose-bilkent"],
        "timeline" => &["timeline-definition"],
        "journey" => &["journeyDiagram"],
        "quadrantChart" => &["quadrantDiagram"],
        "$$" => &[FORMULAS],
        _ => return None,
    })
}

/// The modules that the library loads if of its optional ones only `wanted` are asked for; `None` if the program was
/// built without the library.
fn reached(wanted: &[&str]) -> Option<Vec<&'static Module>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![mermaid::entry()?];
    while let Some(module) = waiting.pop() {
        if found.insert(module.name, module).is_some() {
            continue;
        }
        let (lazy, eager): (Vec<_>, Vec<_>) = module.imports().partition(|(_, lazy)| *lazy);
        waiting.extend(eager.into_iter().map(|(module, _)| module));
        let lazy: BTreeMap<_, _> = lazy
            .into_iter()
            .map(|(module, _)| (module.name, module))
            .collect();
        // A module that has several others to load when they are asked for chooses between them.
        let chooses = lazy.len() > 1;
        waiting.extend(lazy.into_values().filter(|module| {
            let is = |stem: &str| {
                let rest = module.file_name().strip_prefix(stem);
                rest.is_some_and(|rest| rest.starts_with('-'))
            };
            wanted.iter().any(|stem| is(stem)) || !chooses && !is(FORMULAS)
        }));
    }
    Some(found.into_values().collect())
}

#[cfg(all(test, feature = "mermaid"))]
mod tests {
    use super::*;

    fn names(words: &[&str]) -> Vec<&'static str> {
        let Some(modules) = modules_of(&words.iter().copied().collect()) else {
            panic!("all modules for {words:?}")
        };
        let names = modules
            .iter()
            .filter_map(|module| module.file_name().split('-').next());
        names.filter(|name| *name != "chunk").collect()
    }

    #[test]
    fn a_flowchart_needs_its_kind_and_its_layout_and_few_others() {
        let names = names(&["graph"]);
        for needed in ["library", "flowDiagram", "dagre"] {
            assert!(names.contains(&needed), "{needed} in {names:?}");
        }
        for other in ["sequenceDiagram", "elk", "katex", "pie"] {
            assert!(!names.contains(&other), "{other} in {names:?}");
        }
    }

    #[test]
    fn every_module_that_a_kind_names_is_in_the_library() {
        for word in [
            "graph",
            "sequenceDiagram",
            "classDiagram",
            "stateDiagram-v2",
            "erDiagram",
            "gantt",
            "pie",
            "gitGraph",
            "mindmap",
            "timeline",
            "journey",
            "quadrantChart",
        ] {
            let names = names(&[word]);
            for stem in stems(word).unwrap() {
                let start = stem.split('-').next().unwrap();
                assert!(names.contains(&start), "{stem} in {names:?}");
            }
        }
        assert!(names(&["graph", "$$"]).contains(&FORMULAS));
    }

    #[test]
    fn of_a_kind_that_is_not_known_everything_is_needed() {
        for words in [["graph", "C4Context"], ["graph", "layout"]] {
            assert!(modules_of(&words.into_iter().collect()).is_none());
        }
    }
}
