//! The whole workshop on one page, in reading order, for printing and for reading in one piece.
//!
//! A page's [`PageParts`] is made as soon as its body is known, and needs no other page. The template prints a slot for
//! each. Its output between the slots, and the parts, are the pieces of the file, so that the long text is never put
//! together in memory.

use std::collections::BTreeSet;
use std::sync::Arc;

use memchr::memmem;
use tera::Value;

use crate::body::{Policy, Uses};
use crate::graph::{Kind, Page, output_path};
use crate::lang::LangId;

use super::page_links::{self, Links};
use super::page_parts::{PageParts, PrintPart};
use super::printing::{SLOT, printed};
use super::renderer::Renderer;
use super::site_file::{AllPages, Content};
use super::view::{PageView, PrintPageView, PrintView, TocView, TranslationView};
use super::{OutputContent, excerpts};

/// Levels of pages in the table of contents.
const CONTENTS_DEPTH: u8 = 3;

/// A path for each language that has a page for printing.
pub(super) fn paths(renderer: &Renderer<'_>) -> Vec<String> {
    let urls = renderer.printing.of_languages();
    urls.map(|(_, url)| output_path(url)).collect()
}

/// The page for printing of a language.
pub(super) fn page(renderer: &Renderer<'_>, place: usize, pages: &AllPages<'_>) -> Content {
    let urls: Vec<_> = renderer.printing.of_languages().collect();
    let (lang, url) = urls[place];
    renderer.print(lang, url, pages.parts)
}

impl Renderer<'_> {
    /// URL path of the page for printing in a language; `None` if the site has none or a page of its own there.
    pub(super) fn print_url(&self, lang: LangId) -> Option<&str> {
        self.printing.urls[lang].as_deref()
    }

    fn print(&self, lang: LangId, url: &str, parts: &[PageParts]) -> Content {
        let links = self.links(Some(url));
        let home = self.context.graph.page(self.context.graph.sites[lang].home);
        let nothing = PrintPart::default();
        let pages: Vec<(&Page, &PrintPart)> = printed(self.context, lang)
            .map(|page| {
                let part = parts[page.id.0 as usize].print.as_ref();
                (page, part.unwrap_or(&nothing))
            })
            .collect();
        let mut uses = Uses::default();
        let mut policy = Policy::default();
        let mut sheets = BTreeSet::new();
        for (_, part) in &pages {
            uses |= part.uses;
            policy.merge(&part.policy);
            sheets.extend(&part.sheets);
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
            sheets: self.sheets(&sheets, links),
            ..self.blank()
        };
        let print = PrintView {
            // As everywhere, the home page is where the workshop begins and no page of it.
            pages: pages.iter().filter(|(page, _)| page.kind != Kind::Home).count(),
            contents: self.print_contents(&pages),
        };
        // A template of the site's own may do with a text what it likes.
        let whole = self.policy.has_templates();
        let parts = pages.iter().map(|(page, part)| self.part(page, part, whole));
        let parts = Value::from(parts.collect::<Vec<_>>());
        let length = if whole {
            pages.iter().map(|(_, part)| part.html.len()).sum()
        } else {
            0
        };
        let more = [("print", Value::from_serializable(&print)), ("parts", parts)];
        let (html, found) = self.render_with("print.html", lang, Some(url), &view, length, more);
        let content = if whole {
            OutputContent::Bytes(html)
        } else {
            OutputContent::Pieces(filled(&html, &pages))
        };
        (content, found)
    }

    /// A page as the template sees it, with its whole text or the slot for it.
    fn part(&self, page: &Page, part: &PrintPart, whole: bool) -> Value {
        let view = PrintPageView {
            id: self.printing.id(page.id),
            title: &page.title,
            heading: page.written_title(),
            depth: self.depth(page),
            number: self.languages[page.lang].tree.place(self.context.graph, page.id),
            show_title: page.kind != Kind::Home && !part.has_title,
            lead: page.front.description.as_deref().unwrap_or_default(),
        };
        let mut value = Value::from_serializable(&view).into_map().unwrap_or_default();
        let body = if whole || part.html.is_empty() {
            Value::safe_string(&part.html)
        } else {
            Value::safe_string(&format!("{SLOT}{}{SLOT}", self.printing.number(page.id)))
        };
        value.insert("body".into(), body);
        Value::from(value)
    }

    /// Depth of a page in the tree as the sidebar shows it; 0 is the home page.
    fn depth(&self, page: &Page) -> u8 {
        let graph = self.context.graph;
        let above = std::iter::successors(page.parent, |id| graph.page(*id).parent);
        let depth: u8 = above.take(usize::from(u8::MAX)).fold(0, |depth, _| depth + 1);
        depth - u8::from(self.languages[page.lang].tree.is_lifted(graph, page.id))
    }

    /// The page for printing in the other languages; their first pages if there is none.
    fn print_translations<'l>(&'l self, home: &Page, links: Links<'l>) -> Vec<TranslationView<'l>> {
        let mut translations = self.first_pages(home, links);
        for (lang, view) in self.languages.ids().zip(&mut translations) {
            if let Some(url) = self.print_url(lang) {
                view.url = links.to(url);
                view.permalink = links.permanent(url);
                view.exact = true;
            }
        }
        translations
    }

    /// The table of contents.
    fn print_contents(&self, pages: &[(&Page, &PrintPart)]) -> Vec<TocView> {
        let entries: Vec<(u8, &Page)> = pages
            .iter()
            .map(|(page, _)| (self.depth(page), *page))
            .filter(|(depth, _)| (1..=CONTENTS_DEPTH).contains(depth))
            .collect();
        self.nest(&entries)
    }

    /// The number and the title of a page, as HTML.
    fn entry(&self, page: &Page) -> String {
        let number = self.languages[page.lang].tree.place(self.context.graph, page.id);
        let title = excerpts::escape(page_links::title(page));
        if number.is_empty() {
            return title;
        }
        format!("<span class=\"number\">{number}</span> {title}")
    }

    /// Nests entries: those up to the next one of the same or a higher level belong to the first.
    fn nest(&self, entries: &[(u8, &Page)]) -> Vec<TocView> {
        let mut out = Vec::new();
        let mut rest = entries;
        while let Some(((depth, page), after)) = rest.split_first() {
            let below = after.iter().take_while(|(other, _)| other > depth).count();
            out.push(TocView {
                id: self.printing.id(page.id),
                html: self.entry(page),
                depth: depth - 1,
                children: self.nest(&after[..below]),
            });
            rest = &after[below..];
        }
        out
    }
}

/// The output of a template, with the texts of pages in their slots.
fn filled(html: &[u8], pages: &[(&Page, &PrintPart)]) -> Vec<Arc<String>> {
    let piece = |bytes: &[u8]| Arc::new(String::from_utf8_lossy(bytes).into_owned());
    let slots: Vec<usize> = memmem::find_iter(html, SLOT).collect();
    let (mut pieces, mut done) = (Vec::new(), 0);
    for pair in slots.windows(2) {
        let number = &html[pair[0] + SLOT.len()..pair[1]];
        let number = std::str::from_utf8(number)
            .ok()
            .and_then(|number| number.parse().ok());
        let part = number.and_then(|number: usize| pages.get(number.checked_sub(1)?));
        if let Some((_, part)) = part.filter(|_| pair[0] >= done) {
            pieces.push(piece(&html[done..pair[0]]));
            pieces.push(Arc::clone(&part.html));
            done = pair[1] + SLOT.len();
        }
    }
    pieces.push(piece(&html[done..]));
    pieces
}
