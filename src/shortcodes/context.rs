//! Everything that the texts of a site are made of.

use std::collections::BTreeMap;

use super::frame_cache::Frames;
use super::go::GoTemplates;
use crate::budget::Limits;
use crate::config::Config;
use crate::diag::FileId;
use crate::graph::{Graph, PageId};
use crate::highlight::Highlighter;
use crate::lang::{LangId, PerLanguage};
use crate::markup::Heading;
use crate::parse::ParsedPage;
use crate::source::SourceTree;
use crate::template::Templates;

/// The input of rendering: everything that a page's body depends on.
#[derive(Clone)]
pub struct BodyContext<'a> {
    /// The site's pages.
    pub graph: &'a Graph,
    /// The pages as written, which [`graph::Page::source`](crate::graph::Page::source) refers to.
    pub parsed: &'a [ParsedPage],
    /// The source files.
    pub tree: &'a SourceTree,
    /// The site's settings.
    pub config: &'a Config,
    /// The theme's and the site's templates.
    pub templates: &'a Templates,
    /// The site's own Go templates.
    pub go: &'a GoTemplates,
    /// Interface texts of each language of the configuration.
    pub texts: PerLanguage<BTreeMap<&'a str, &'a str>>,
    /// Interface texts of each language as values for templates.
    pub text_values: PerLanguage<tera::Value>,
    /// The highlighter with its cache.
    pub highlighter: &'a Highlighter,
    /// Depth of pages that are rendered for others that show them; 0 for the page asked for.
    pub nesting: usize,
    /// The output of templates so far.
    pub frames: Frames,
    /// The way to the texts of pages that others ask for.
    pub pages: &'a dyn PageTexts,
    /// Returns true if the site has a file about the whole of it, such as the sitemap, at a path.
    pub has_site_file: &'a (dyn Fn(&str) -> bool + Sync),
}

/// The text of a page, for templates that print it elsewhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageText {
    /// The rendered text.
    pub html: String,
    /// Headings in order.
    pub outline: Vec<Heading>,
    /// The text without markup.
    pub plain: String,
    /// The summary as HTML.
    pub summary: String,
    /// The number of words, as Hugo counts them.
    pub words: usize,
}

/// Makes the texts of pages. A stage above makes them, by way of the calls that ask for them here.
pub trait PageTexts: Sync {
    /// The text of a page, converted with `cx`. Mistakes in it are reported where the page itself is built.
    fn text(&self, page: PageId, cx: &BodyContext<'_>) -> PageText;
}

impl<'a> BodyContext<'a> {
    /// The text of a file; empty for a file that is not text.
    pub(crate) fn text(&self, file: FileId) -> &'a str {
        self.tree.text(file).unwrap_or_default()
    }

    /// The limits of one page.
    pub fn limits(&self) -> Limits {
        self.config.wsgen.limits.of_one(self.graph.pages.len())
    }

    /// The interface texts of a language, by its index in the configuration.
    pub(crate) fn texts_of(&self, lang: LangId) -> &BTreeMap<&'a str, &'a str> {
        &self.texts[lang]
    }

    /// The interface texts of a language for templates, where they are the variable `t`.
    pub(crate) fn text_values_of(&self, lang: LangId) -> tera::Value {
        self.text_values[lang].clone()
    }
}
