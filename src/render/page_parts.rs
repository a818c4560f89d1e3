//! The parts of pages that files about the whole site show.
//!
//! The part of the page for printing is made from a finished body: [`Place`]s locate ids and links, so that every page
//! keeps ids of its own and links between pages lead to the right part of the page for printing. Nothing is converted or
//! read a second time, and the work grows with the length of the text.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::body::{Body, Policy, Uses};
use crate::graph::{Page, PageId};
use crate::markup::dom::Inside;
use crate::markup::places::Place;

use super::page_links::Links;
use super::{Renderer, excerpts, page_view};

/// The parts of a page that files about the whole site show. They are made when the text of the page is there, and kept
/// until those files are made.
#[derive(Debug, Clone, Default)]
pub struct PageParts {
    /// The part of the page for printing; `None` for a page that is not printed.
    pub(super) print: Option<PrintPart>,
    /// Its description, for feeds and lists; empty where the site has none.
    pub(super) description: String,
    /// Its text as Markdown; empty where the site has none.
    pub(super) markdown: String,
}

/// The part of the page for printing that a page gives.
#[derive(Debug, Clone, Default)]
pub(super) struct PrintPart {
    /// Its text, with ids and links of the page for printing.
    pub(super) html: Arc<String>,
    /// True if it shows the page's title itself.
    pub(super) has_title: bool,
    pub(super) uses: Uses,
    pub(super) policy: Policy,
    /// Numbers of stylesheets.
    pub(super) sheets: BTreeSet<usize>,
}

impl Renderer<'_> {
    /// The parts of a page that files about the whole site show.
    pub fn parts(&self, page: PageId, body: &Body) -> PageParts {
        let print = self.print_part(page, body);
        let page = self.context.graph.page(page);
        let mut parts = PageParts {
            print,
            ..PageParts::default()
        };
        if self.has_feeds() || self.has_texts() {
            parts.description = self.description(page, body);
        }
        if self.has_texts() {
            parts.markdown = self.markdown(page, &body.html, &parts.description);
        }
        parts
    }

    fn print_part(&self, page: PageId, body: &Body) -> Option<PrintPart> {
        let page = self.context.graph.page(page);
        let url = self.print_url(page.lang)?;
        if self.printing.number(page.id) == 0 {
            return None;
        }
        let links = self.links(Some(url));
        Some(PrintPart {
            html: Arc::new(self.text_on_print(page, body, links)),
            has_title: page_view::has_title(page, body),
            // Readers tick nothing off and fill nothing in there.
            uses: Uses {
                exercises: false,
                variables: false,
                ..body.facts.uses
            },
            policy: body.policy.clone(),
            sheets: self.pieces.needed(body),
        })
    }

    /// A body with ids and links of the page for printing, without the author's scripts, which look for the ids that
    /// they know.
    fn text_on_print(&self, page: &Page, body: &Body, links: Links<'_>) -> String {
        let own = format!("p{}-", self.printing.number(page.id));
        let html = &body.html;
        let mut out = String::with_capacity(html.len() + body.places.len() * own.len());
        let mut done = 0;
        for place in &body.places {
            match *place {
                Place::Id(at) => {
                    out.push_str(&html[done..at]);
                    out.push_str(&own);
                    done = at;
                }
                Place::Link {
                    start,
                    fragment,
                    end,
                    to,
                } => {
                    if let Some(url) = self.link_on_print(page, to, &html[fragment..end], links) {
                        out.push_str(&html[done..start]);
                        out.push_str(&url);
                        done = end;
                    }
                }
                Place::Script { start, end } => {
                    out.push_str(&html[done..start]);
                    done = end;
                }
            }
        }
        out.push_str(&html[done..]);
        out
    }

    /// The value of an attribute of a page on the page for printing, escaped as `fragment` is; `None` if it does not
    /// change.
    fn link_on_print(&self, page: &Page, to: Inside, fragment: &str, links: Links<'_>) -> Option<String> {
        match to {
            Inside::Page(id) => {
                let target = self.context.graph.page(id);
                let there = target.lang == page.lang && self.printing.number(id) > 0;
                match there {
                    true if fragment.is_empty() => Some(format!("#{}", self.printing.id(id))),
                    true => Some(format!("#{}-{fragment}", self.printing.id(id))),
                    false if self.context.config.urls.relative => {
                        let url = excerpts::escape(&links.to(&target.url));
                        let mark = if fragment.is_empty() { "" } else { "#" };
                        Some(format!("{url}{mark}{fragment}"))
                    }
                    false => None,
                }
            }
            Inside::Asset(file) => {
                let path = self.printing.moved.get(&file)?;
                Some(excerpts::escape(&links.to(path)))
            }
        }
    }
}
