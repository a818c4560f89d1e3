//! Files of a Hugo repository that have no effect with wsgen.

use crate::shortcodes::runs_hook;
use crate::source::{Component, Origin, SourceFile, SourceTree, THEMES};

/// The purpose of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A partial template, such as one that adds to the head of every page.
    Partial,
    /// A render hook that does not run: one for boxes, formulas, diagrams, or code without a language.
    Hook,
    /// A template of pages.
    Layout,
    /// A stylesheet for Hugo's pipes.
    Style,
    /// A script for Hugo's pipes.
    Script,
}

/// A file whose effect is lost.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lost {
    /// Its purpose.
    pub kind: Kind,
    /// Its path from the site's root.
    pub path: String,
}

impl Kind {
    /// The purpose in words, and what takes its place.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Partial => (
                "partial templates",
                "what they add to pages goes into `templates/`, see the manual's page Templates",
            ),
            Self::Hook => (
                "render hooks",
                "wsgen draws boxes, formulas, diagrams and code itself; other hooks run",
            ),
            Self::Layout => (
                "templates of pages",
                "wsgen has its own, which `templates/` can change",
            ),
            Self::Style => (
                "stylesheets for Hugo's pipes",
                "as CSS they go into `static/css/custom.css`, which every page loads",
            ),
            Self::Script => (
                "scripts for Hugo's pipes",
                "they go into `static/`, and a template or a page names them",
            ),
        }
    }

    fn of(file: &SourceFile) -> Option<Self> {
        let target = file.target.as_str();
        match file.component {
            Component::Layouts if is_shortcode(target) || runs_hook(target) => None,
            Component::Layouts if target.contains("_markup/") => Some(Self::Hook),
            Component::Layouts if target.starts_with("partials/") || target.starts_with("_partials/") => {
                Some(Self::Partial)
            }
            Component::Layouts => Some(Self::Layout),
            Component::Assets => match target.rsplit_once('.')?.1 {
                "scss" | "sass" | "less" | "css" => Some(Self::Style),
                "js" | "mjs" | "ts" | "jsx" | "tsx" => Some(Self::Script),
                _ => None,
            },
            _ => None,
        }
    }
}

fn is_shortcode(target: &str) -> bool {
    target.starts_with("shortcodes/") || target.starts_with("_shortcodes/")
}

/// Such files of the site itself, by purpose and path. A theme's are no loss: the whole theme is left.
pub(super) fn files(tree: &SourceTree) -> Vec<Lost> {
    let lost = |component| {
        tree.iter(component)
            .filter(|(_, file)| matches!(file.origin, Origin::Disk(_)) && !file.path.starts_with(THEMES))
            .filter_map(|(_, file)| {
                Some(Lost {
                    kind: Kind::of(file)?,
                    path: file.path.clone(),
                })
            })
    };
    let mut files: Vec<Lost> = lost(Component::Layouts).chain(lost(Component::Assets)).collect();
    files.sort();
    files
}
