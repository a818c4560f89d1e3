//! The facts about a page's text that outlive it: files about all pages and the checks across pages need them.

use std::collections::BTreeSet;
use std::ops::BitOrAssign;
use std::sync::Arc;

use serde::Serialize;

use super::link_out::LinkOut;
use super::passages::Passage;
use crate::markup::{Variable, Withheld};

/// The facts about a page's text. They are a small part of a [`Body`](super::Body): those of all pages are in memory at
/// once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageFacts {
    /// The text heading by heading, for search; empty where the site has none.
    pub passages: Arc<[Passage]>,
    /// The parts of the diagram library that the text needs: for each diagram the word that it begins with, and
    /// `layout` and `$$` where a text has them.
    pub diagrams: BTreeSet<String>,
    /// Every id in the text.
    pub ids: Vec<String>,
    /// Ids in parts that the build leaves out, each with the reason.
    pub withheld: Vec<(String, Withheld)>,
    /// Links and images, for the link check.
    pub links: Vec<LinkOut>,
    /// Variables that readers fill in, in order, each once for every default that it has.
    pub variables: Vec<Variable>,
    /// The parts of the theme that the text needs.
    pub uses: Uses,
    /// Words as Hugo counts them.
    pub words: usize,
    /// True if the text begins with a level-1 heading of its own, so that the theme prints no title.
    pub own_title: bool,
}

/// Scripts and styles that a page needs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Uses {
    /// Mermaid diagrams that the library draws.
    pub mermaid: bool,
    /// Diagrams that were drawn while building.
    pub drawings: bool,
    /// Code with highlighting.
    pub code: bool,
    /// Formulas as MathML.
    pub math: bool,
    /// Groups of tabs.
    pub tabs: bool,
    /// Exercises with hints and solutions.
    pub exercises: bool,
    /// Task lists with check boxes.
    pub tasks: bool,
    /// Films of other sites.
    pub video: bool,
    /// Values that readers fill in, or the form for them.
    pub variables: bool,
    /// Footnotes of the page.
    pub footnotes: bool,
    /// A list of the pages below, so that the theme adds none.
    pub children: bool,
}

impl BitOrAssign for Uses {
    fn bitor_assign(&mut self, other: Self) {
        // Names every field, so that the compiler asks for a new one.
        let Self {
            mermaid,
            drawings,
            code,
            math,
            tabs,
            exercises,
            tasks,
            video,
            variables,
            footnotes,
            children,
        } = other;
        self.mermaid |= mermaid;
        self.drawings |= drawings;
        self.code |= code;
        self.math |= math;
        self.tabs |= tabs;
        self.exercises |= exercises;
        self.tasks |= tasks;
        self.video |= video;
        self.variables |= variables;
        self.footnotes |= footnotes;
        self.children |= children;
    }
}
