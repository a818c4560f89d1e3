//! The site as Markdown, for `[wsgen] llms`: the text of every page in a file beside it, and `llms.txt`, which lists them.
//!
//! Names and form are those of <https://llmstxt.org>: a page at `/lab/` is in `/lab/index.html.md`.

use std::fmt::Write as _;

use super::printing::printed;
use super::renderer::Renderer;
use super::site_file::{AllPages, Content};
use super::text_files::{TextFile, text_path};
use super::{OutputContent, body_markdown, page_links};
use crate::graph::{Page, PageId, permalink};
use crate::lang::LangId;

/// The paths of the lists and texts.
pub(super) fn paths(renderer: &Renderer<'_>) -> Vec<String> {
    renderer.texts.iter().map(|(path, _)| path.clone()).collect()
}

/// A list, or the text of a page.
pub(super) fn file(renderer: &Renderer<'_>, place: usize, pages: &AllPages<'_>) -> Content {
    let text = match renderer.texts[place].1 {
        TextFile::List(lang) => renderer.list_of_texts(lang, pages),
        TextFile::Text(page) => {
            let parts = pages.parts.get(page.0 as usize);
            parts.map(|parts| parts.markdown.clone()).unwrap_or_default()
        }
    };
    (OutputContent::Bytes(text.into_bytes()), Vec::new())
}

impl Renderer<'_> {
    /// True if the site has its texts as Markdown.
    pub(super) fn has_texts(&self) -> bool {
        !self.texts.is_empty()
    }

    /// The text of a page as Markdown: title, description, and the finished body, whose addresses are absolute.
    pub(super) fn markdown(&self, page: &Page, html: &str, description: &str) -> String {
        let mut text = String::new();
        head(&mut text, page_links::heading(page), description);
        let base = permalink(self.context.config, &page.url);
        let body = body_markdown::of(html, &base);
        if !body.is_empty() {
            text.push('\n');
            text.push_str(&body);
            text.push('\n');
        }
        text
    }

    fn list_of_texts(&self, lang: LangId, pages: &AllPages<'_>) -> String {
        let (graph, config) = (self.context.graph, self.context.config);
        let home = graph.page(graph.sites[lang].home);
        let of = |page: &Page| {
            pages
                .parts
                .get(page.id.0 as usize)
                .map(|parts| &*parts.description)
        };
        let mut text = String::new();
        head(
            &mut text,
            &config.languages[lang].title,
            of(home).unwrap_or_default(),
        );
        let mut part = None;
        for page in printed(self.context, lang) {
            let own = self.part_of(page);
            if part != Some(own) {
                part = Some(own);
                let title = match own {
                    own if own == home.id => self.text_of(lang, "pages"),
                    own => page_links::title(graph.page(own)),
                };
                // Writing to a string cannot fail.
                let _ = write!(text, "\n## {}\n\n", line(title));
            }
            let address = permalink(config, &format!("/{}", text_path(page)));
            let _ = write!(text, "- [{}]({address})", line(page_links::title(page)));
            if let Some(description) = of(page).filter(|text| !text.is_empty()) {
                let _ = write!(text, ": {}", line(description));
            }
            text.push('\n');
        }
        text
    }

    /// The part of the workshop that a page is in: its outermost section, or the home page for what stands beside them.
    fn part_of(&self, page: &Page) -> PageId {
        let graph = self.context.graph;
        let above = std::iter::successors(Some(page), |page| Some(graph.page(page.parent?)));
        let path: Vec<&Page> = above.collect();
        let outermost = path.iter().rev().nth(1);
        let section = outermost.filter(|page| !page.children.is_empty());
        section.or(path.last()).map_or(page.id, |page| page.id)
    }
}

fn head(text: &mut String, title: &str, description: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "# {}", line(title));
    if !description.is_empty() {
        let _ = write!(text, "\n> {}\n", line(description));
    }
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
