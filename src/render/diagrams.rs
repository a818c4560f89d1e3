//! Which modules of the diagram library the diagrams of a site need. Browsers find out by themselves, one after the other;
//! who keeps the site for reading offline has to know before. All modules together are twice as large as those
//! of a flowchart.

use std::collections::BTreeSet;

use super::{mermaid, modules};
use crate::body::Body;

/// What a module is called that is loaded for formulas in labels alone.
const FORMULAS: &str = "katex";

/// The modules of a site.
#[derive(Debug)]
pub(super) enum Modules {
    /// There are diagrams of a kind that is not known here, or settings that change how they are laid out.
    All,
    /// Paths on the site.
    These(BTreeSet<String>),
}

impl Modules {
    /// Those that the diagrams in `bodies` need.
    pub(super) fn of(bodies: &[Option<&Body>]) -> Self {
        let words: BTreeSet<&str> = bodies
            .iter()
            .flatten()
            .flat_map(|body| body.diagrams.iter().map(String::as_str))
            .collect();
        let mut wanted = Vec::new();
        for word in words {
            match stems(word) {
                Some(stems) => wanted.extend(stems),
                None => return Self::All,
            }
        }
        reached(&wanted).map_or(Self::All, Self::These)
    }

    /// Whether a diagram may ask for the file at `path`. Files that are none of the library are none of our business.
    pub(super) fn contain(&self, path: &str) -> bool {
        match self {
            Self::These(modules) if mermaid::is_module(path) => modules.contains(path),
            _ => true,
        }
    }
}

/// What the modules are called that a diagram with this word needs beside those that all need: the one of its kind, its
/// grammar where that is a module of its own, and the one that lays it out.
fn stems(word: &str) -> Option<&'static [&'static str]> {
    Some(match word {
        "graph" | "flowchart" => &["flowDiagram", "elk"],
        "sequenceDiagram" => &["sequenceDiagram"],
        "classDiagram" | "classDiagram-v2" => &["classDiagram-v2", "elk"],
        "stateDiagram" | "stateDiagram-v2" => &["stateDiagram-v2", "elk"],
        "erDiagram" => &["erDiagram", "elk"],
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

/// The modules that the library loads when of those between which it chooses only `wanted` are asked for; nothing when
/// one is not there.
fn reached(wanted: &[&str]) -> Option<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![mermaid::entry()?];
    while let Some(path) = waiting.pop() {
        if found.contains(&path) {
            continue;
        }
        let bytes = mermaid::file(&path)?;
        let imports = modules::imports(&path, &String::from_utf8_lossy(&bytes));
        let (lazy, eager): (Vec<_>, Vec<_>) = imports.into_iter().partition(|import| import.lazy);
        waiting.extend(eager.into_iter().map(|import| import.target));
        let lazy: BTreeSet<String> = lazy.into_iter().map(|import| import.target).collect();
        // A module that has several others to load when they are asked for chooses between them.
        let chooses = lazy.len() > 1;
        waiting.extend(lazy.into_iter().filter(|path| {
            let is = |stem: &str| {
                let name = path.rsplit('/').next().unwrap_or(path);
                name.strip_prefix(stem).is_some_and(|rest| rest.starts_with('-'))
            };
            wanted.iter().any(|stem| is(stem)) || !chooses && !is(FORMULAS)
        }));
        found.insert(path);
    }
    Some(found)
}

#[cfg(all(test, feature = "mermaid"))]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> Modules {
        let diagrams = words.iter().map(|word| (*word).to_owned()).collect();
        let body = Body {
            diagrams,
            ..Body::default()
        };
        Modules::of(&[None, Some(&body)])
    }

    fn names(words: &[&str]) -> Vec<String> {
        let Modules::These(paths) = of(words) else {
            panic!("all modules for {words:?}")
        };
        let names = paths
            .iter()
            .filter_map(|path| path.rsplit('/').next()?.split('-').next());
        names.filter(|name| *name != "chunk").map(str::to_owned).collect()
    }

    #[test]
    fn a_flowchart_needs_its_kind_and_its_layout_and_few_others() {
        let names = names(&["graph"]);
        for needed in ["mermaid.esm.min.js", "flowDiagram", "elk"] {
            assert!(names.iter().any(|name| name == needed), "{needed} in {names:?}");
        }
        for other in ["sequenceDiagram", "dagre", "katex", "pie"] {
            assert!(!names.iter().any(|name| name == other), "{other} in {names:?}");
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
                assert!(names.iter().any(|name| name == start), "{stem} in {names:?}");
            }
        }
        assert!(names(&["graph", "$$"]).contains(&FORMULAS.to_owned()));
    }

    #[test]
    fn of_a_kind_that_is_not_known_everything_is_needed() {
        assert!(matches!(of(&["graph", "C4Context"]), Modules::All));
        assert!(of(&["C4Context"]).contain("assets/mermaid-1/x.js"));
        assert!(of(&["graph"]).contain("assets/site.css"));
    }
}
