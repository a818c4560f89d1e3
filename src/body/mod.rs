//! Stage 5, body: a [`ParsedPage`](crate::parse::ParsedPage) in its place in the graph becomes a [`Body`].
//!
//! Markdown events become one node tree ([`dom`]), passes change the tree, and [`dom::write_nodes`] writes it once.

mod anchors;
mod census;
mod code;
pub mod diagram;
pub mod dom;
mod draft;
mod flanking;
mod formula;
mod frames;
mod go;
pub mod highlight;
mod html;
mod left_out;
mod length;
mod linkify;
mod markdown;
mod marks;
pub mod math;
mod pass;
mod passages;
mod places;
mod policy;
mod range_map;
mod rare;
mod shortcode;
mod suggestion;
mod summary;
mod tree;
mod typographer;
mod unread;
mod variables;
mod withheld;

use std::collections::{BTreeMap, BTreeSet};

pub use self::dom::Inside;
use self::draft::Draft;
pub use self::frames::Frames;
pub use self::go::{GoTemplates, print_layout};
use self::highlight::Highlighter;
pub use self::passages::Passage;
pub use self::places::Place;
pub use self::policy::Policy;
pub use self::shortcode::builtin::NAMES as BUILTIN_SHORTCODES;
pub use self::variables::{Placeholder, Variable};
pub use self::withheld::Withheld;
use crate::config::Config;
use crate::diag::{Diagnostics, Span};
use crate::graph::{Graph, PageId};
use crate::parse::ParsedPage;
use crate::source::{FileId, SourceTree};
use crate::template::Templates;

/// What a page's text became.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    /// The rendered body.
    pub html: String,
    /// Where it speaks of names, in order.
    pub places: Vec<Place>,
    /// Headings in order.
    pub outline: Vec<Heading>,
    /// Text without markup, for descriptions and counts.
    pub plain: String,
    /// The text heading by heading, for search; nothing where the site has none.
    pub passages: Vec<Passage>,
    /// Summary as HTML; empty where the page is rendered for itself, since only templates of other pages ask for it.
    pub summary: String,
    /// Every class in the body, for the stylesheets that only some pages need.
    pub classes: BTreeSet<String>,
    /// What says which parts of the diagram library the body needs: for each diagram the word that it begins with, and
    /// `layout` and `$$` where a text has them.
    pub diagrams: BTreeSet<String>,
    /// Every id in the body.
    pub ids: Vec<String>,
    /// Ids in what the build leaves out, and why it does.
    pub withheld: Vec<(String, Withheld)>,
    /// Links and images, for the link check.
    pub links: Vec<LinkOut>,
    /// Variables that readers fill in, in order, each once for every default that it has.
    pub variables: Vec<Variable>,
    /// The form for them as HTML; empty where there are none, or where the body holds a form.
    pub variables_form: String,
    /// What the page needs from the theme.
    pub uses: Uses,
    /// What the page may load and run.
    pub policy: Policy,
    /// Words as Hugo counts them.
    pub words: usize,
    /// Minutes to read it; 0 for an empty text.
    pub reading_time: usize,
    /// Whether the body begins with a level-1 heading of its own, so that the theme prints no title.
    pub own_title: bool,
}

/// A heading of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id; empty when it has none.
    pub id: String,
    /// Its content as HTML without links.
    pub html: String,
    /// Its text.
    pub text: String,
}

/// A link that leads into the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOut {
    /// Where it is written.
    pub span: Span,
    /// Where it leads.
    pub to: LinkTarget,
    /// Id on the target page, decoded, without `#`.
    pub fragment: Option<String>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// A page, perhaps the page itself.
    Page(PageId),
    /// A file.
    Asset(FileId),
    /// Out of the site.
    External(String),
}

/// What scripts and styles a body needs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uses {
    /// A mermaid diagram.
    pub mermaid: bool,
    /// Highlighted code.
    pub code: bool,
    /// MathML.
    pub math: bool,
    /// Tabs.
    pub tabs: bool,
    /// Exercises.
    pub exercises: bool,
    /// Task lists.
    pub tasks: bool,
    /// Films of other sites.
    pub video: bool,
    /// A list of the pages below, so that the theme adds none.
    pub children: bool,
}

/// What bodies are made of: everything that a page's body depends on.
#[derive(Clone)]
pub struct BodyContext<'a> {
    /// The site.
    pub graph: &'a Graph,
    /// The pages as written, which [`graph::Page::source`](crate::graph::Page::source) refers to.
    pub parsed: &'a [ParsedPage],
    /// The files.
    pub tree: &'a SourceTree,
    /// The settings.
    pub config: &'a Config,
    /// The templates.
    pub templates: &'a Templates,
    /// The site's own Go templates.
    pub go: &'a GoTemplates,
    /// Interface texts of each language of the configuration.
    pub texts: Vec<BTreeMap<&'a str, &'a str>>,
    /// The same as templates take them.
    pub text_values: Vec<tera::Value>,
    /// The highlighter with its cache.
    pub highlighter: &'a Highlighter,
    /// How many pages are being rendered for others that show them; 0 for those that are asked for.
    pub nesting: usize,
    /// What templates have printed so far.
    pub frames: Frames,
}

impl<'a> BodyContext<'a> {
    /// The text of a file; empty for what is not text.
    pub(crate) fn text(&self, file: FileId) -> &'a str {
        self.tree.text(file).unwrap_or_default()
    }

    /// The interface texts of a language, by its index in the configuration.
    pub(crate) fn texts_of(&self, lang: usize) -> &BTreeMap<&'a str, &'a str> {
        &self.texts[lang]
    }

    /// The same for templates, where they are the variable `t`.
    pub(crate) fn text_values_of(&self, lang: usize) -> tera::Value {
        self.text_values[lang].clone()
    }
}

/// Renders the body of a page. Nothing else than what `cx` holds has a say in the result.
pub fn render(page: PageId, cx: &BodyContext<'_>) -> (Body, Diagnostics) {
    let Some(source) = cx.graph.page(page).source else {
        return (Body::default(), Vec::new());
    };
    let parsed = &cx.parsed[source];
    unread::or_source(parsed, cx.text(parsed.file), || {
        Draft::new(page, parsed, cx).finish()
    })
}

/// Finds what only all pages together tell: links to ids that their page does not have, and variables with one default
/// here and another one there. Bodies are indexed by page.
pub fn check_together(graph: &Graph, bodies: &[Option<&Body>]) -> Diagnostics {
    let mut found = anchors::check(graph, bodies);
    found.extend(variables::check(graph, bodies));
    found
}
