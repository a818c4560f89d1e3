//! The whole workshop on one page, in reading order, for printing and for reading in one piece.
//!
//! It is put together from bodies that are finished: [`Place`]s say where they speak of ids and links, so that every
//! page keeps ids of its own and links between pages lead to the right part of this one. Nothing is converted or read
//! a second time, and the work grows with the length of the texts.

use std::collections::HashMap;

use rayon::prelude::*;
use tera::Value;

use crate::body::{Body, Inside, Place, Policy};
use crate::diag::Diagnostics;
use crate::graph::{Kind, Page, PageId, output_path};
use crate::source::FileId;

use super::links::{self, Links};
use super::view::{PageView, PrintPageView, PrintView, TocView, TranslationView, UsesView};
use super::{OutputFile, Renderer, pages, text};

/// URL path of the page below the home page of a language.
const PATH: &str = "print/";

/// Levels of pages in the table of contents.
const CONTENTS_DEPTH: u8 = 3;

impl Renderer<'_> {
    /// URL path of the page for printing in a language; nothing where the site has none or a page of its own there.
    pub(super) fn print_url(&self, lang: usize) -> Option<String> {
        let graph = self.context.graph;
        let url = format!("{}{PATH}", graph.page(graph.sites[lang].home).url);
        let wanted = self.context.config.wsgen.print && self.printed(lang).nth(1).is_some();
        (wanted && !graph.targets.contains_key(&output_path(&url))).then_some(url)
    }

    /// The page for printing of every language.
    pub(super) fn prints(&self, bodies: &[Option<&Body>]) -> (Vec<OutputFile>, Diagnostics) {
        let mut files = Vec::new();
        let mut diagnostics = Diagnostics::new();
        for lang in 0..self.context.graph.sites.len() {
            if let Some(url) = self.print_url(lang) {
                let (html, found) = self.print(lang, &url, bodies);
                files.push(OutputFile::text(output_path(&url), html));
                diagnostics.extend(found);
            }
        }
        (files, diagnostics)
    }

    fn print(&self, lang: usize, url: &str, bodies: &[Option<&Body>]) -> (Vec<u8>, Diagnostics) {
        let links = self.links(Some(url));
        let home = self.context.graph.page(self.context.graph.sites[lang].home);
        let body = |page: &Page| bodies.get(page.id.0 as usize).copied().flatten();
        let pages: Vec<&Page> = self.printed(lang).collect();
        let assembly = Assembly {
            numbers: pages
                .iter()
                .zip(1..)
                .map(|(page, number)| (page.id, number))
                .collect(),
            assets: self.moved_assets(),
            links,
        };
        let parts: Vec<Value> = pages
            .par_iter()
            .map(|page| assembly.part(page, body(page), self.depth(page)))
            .collect();
        let mut length = 0;
        let mut uses = UsesView::default();
        let mut policy = Policy::default();
        for body in pages.iter().filter_map(|page| body(page)) {
            length += body.html.len();
            uses.add(pages::uses(body));
            policy.merge(&body.policy);
        }
        let title = self.text_of(lang, "one_page");
        let nav = self.sidebar(lang, links);
        let view = PageView {
            title,
            link_title: title,
            kind: "print",
            url: links.to(url),
            lead: self.lead(home),
            nav_runs: nav.runs(),
            nav,
            translations: self.print_translations(home, links),
            policy: self.policy(Some(&policy)),
            uses,
            sheets: self.sheets(pages.iter().filter_map(|page| body(page)), links),
            ..self.blank()
        };
        let print = PrintView {
            // As everywhere, the home page is where the workshop begins and no page of it.
            pages: pages.iter().filter(|page| page.kind != Kind::Home).count(),
            contents: assembly.contents(&pages, |page| self.depth(page)),
        };
        let more = [
            ("print", Value::from_serializable(&print)),
            ("parts", Value::from(parts)),
        ];
        self.render_with("print.html", lang, Some(url), &view, length, more)
    }

    /// The pages of a language that are printed, in reading order.
    fn printed(&self, lang: usize) -> impl Iterator<Item = &Page> {
        let graph = self.context.graph;
        let order = graph.sites[lang].reading_order.iter();
        order.map(|id| graph.page(*id)).filter(|page| page.rendered)
    }

    /// How deep in the tree a page stands; 0 is the home page.
    fn depth(&self, page: &Page) -> u8 {
        let graph = self.context.graph;
        let above = std::iter::successors(page.parent, |id| graph.page(*id).parent);
        above.take(usize::from(u8::MAX)).fold(0, |depth, _| depth + 1)
    }

    /// Where files lie, when links to them depend on the page that they stand on.
    fn moved_assets(&self) -> HashMap<FileId, &str> {
        if !self.context.config.urls.relative {
            return HashMap::new();
        }
        let graph = self.context.graph;
        let assets = graph.assets.iter().chain(&graph.pool);
        assets.map(|(path, id)| (*id, path.as_str())).collect()
    }

    /// The page for printing in the other languages; where there is none, their first pages.
    fn print_translations<'l>(&'l self, home: &Page, links: Links<'l>) -> Vec<TranslationView<'l>> {
        let mut translations = self.translations(home, links, false);
        for (lang, view) in translations.iter_mut().enumerate() {
            if let Some(url) = self.print_url(lang) {
                view.url = links.to(&url);
                view.permalink = links.permanent(&url);
                view.exact = true;
            }
        }
        translations
    }
}

/// What the parts of one page for printing share.
struct Assembly<'a> {
    /// Places in reading order, from 1.
    numbers: HashMap<PageId, usize>,
    assets: HashMap<FileId, &'a str>,
    links: Links<'a>,
}

impl Assembly<'_> {
    /// A page as the template sees it.
    fn part(&self, page: &Page, body: Option<&Body>, depth: u8) -> Value {
        let nothing = Body::default();
        let body = body.unwrap_or(&nothing);
        let view = PrintPageView {
            id: format!("p{}", self.numbers[&page.id]),
            title: &page.title,
            depth,
            show_title: page.kind != Kind::Home && !pages::has_title(page, body),
            lead: page.front.description.as_deref().unwrap_or_default(),
        };
        let mut part = Value::from_serializable(&view).into_map().unwrap_or_default();
        part.insert("body".into(), Value::safe_string(&self.body(page, body)));
        Value::from(part)
    }

    /// A body with ids and links as they are on this page, without the author's scripts, which look for the ids that
    /// they know.
    fn body(&self, page: &Page, body: &Body) -> String {
        let own = format!("p{}-", self.numbers[&page.id]);
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
                    if let Some(url) = self.link(to, &html[fragment..end]) {
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

    /// The value of an attribute on this page, escaped as `fragment` is; nothing for one that stays.
    fn link(&self, to: Inside, fragment: &str) -> Option<String> {
        let graph = self.links.graph;
        match to {
            Inside::Page(id) => match self.numbers.get(&id) {
                Some(number) if fragment.is_empty() => Some(format!("#p{number}")),
                Some(number) => Some(format!("#p{number}-{fragment}")),
                None if self.links.config.urls.relative => {
                    let url = text::escape(&self.links.to(&graph.page(id).url));
                    let mark = if fragment.is_empty() { "" } else { "#" };
                    Some(format!("{url}{mark}{fragment}"))
                }
                None => None,
            },
            Inside::Asset(file) => {
                let path = self.assets.get(&file)?;
                Some(text::escape(&self.links.to(path)))
            }
        }
    }

    /// The table of contents.
    fn contents(&self, pages: &[&Page], depth: impl Fn(&Page) -> u8) -> Vec<TocView> {
        let entries: Vec<(u8, &Page)> = pages
            .iter()
            .map(|page| (depth(page), *page))
            .filter(|(depth, _)| (1..=CONTENTS_DEPTH).contains(depth))
            .collect();
        self.nest(&entries)
    }

    /// Entries up to the next one of the same or a higher level belong to the first.
    fn nest(&self, entries: &[(u8, &Page)]) -> Vec<TocView> {
        let mut out = Vec::new();
        let mut rest = entries;
        while let Some(((depth, page), after)) = rest.split_first() {
            let below = after.iter().take_while(|(other, _)| other > depth).count();
            out.push(TocView {
                id: format!("p{}", self.numbers[&page.id]),
                html: text::escape(links::title(page)),
                depth: depth - 1,
                children: self.nest(&after[..below]),
            });
            rest = &after[below..];
        }
        out
    }
}
