//! One version of the site: answers paths, and looks for mistakes when nobody asks for anything.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::site::{Site, Text};
use super::{Answer, Made, OnDisk};
use crate::body::{self, Body};
use crate::diag::{Code, Diagnostics, FileId};
use crate::graph::{PageId, Target, output_path};
use crate::render::{self, OutputContent, OutputFile, Renderer};
use crate::search;
use crate::source::Origin;

/// Pages that are looked at before a request gets its turn.
const AT_ONCE: usize = 8;

/// Pages of a site whose search is made before anybody asks for it. It takes about four milliseconds a page, and memory.
const SMALL: usize = 2_000;

/// A version of the site with what was made of it so far.
pub(super) struct Edition<'s> {
    site: &'s Site,
    renderer: OnceCell<Renderer<'s>>,
    pages: RefCell<HashMap<PageId, Made>>,
    search: OnceCell<Vec<OutputFile>>,
    /// Whether every page was looked at.
    seen: Cell<bool>,
}

impl<'s> Edition<'s> {
    pub(super) fn new(site: &'s Site) -> Self {
        Self {
            site,
            renderer: OnceCell::new(),
            pages: RefCell::default(),
            search: OnceCell::new(),
            seen: Cell::new(false),
        }
    }

    /// What is at a decoded path of the site, without a leading slash: `docs/`, `a.png`. Nothing yet where that takes
    /// every page to be [looked at](Self::look), or the [search](Self::keep_search).
    pub(super) fn answer(&self, path: &str) -> Option<Answer> {
        (!self.must_wait(&output_path(path))).then(|| self.answer_now(path))
    }

    fn must_wait(&self, path: &str) -> bool {
        if self.site.parts.graph.targets.contains_key(path) {
            return false;
        }
        let search = path.starts_with(render::SEARCH_FOLDER) && self.lacks_search();
        search || (!self.seen.get() && self.renderer().is_gathered(path))
    }

    fn answer_now(&self, path: &str) -> Answer {
        let graph = &self.site.parts.graph;
        let is_folder = path.is_empty() || path.ends_with('/');
        if let Some(answer) = self.file(&output_path(path)) {
            return answer;
        }
        if !is_folder && graph.targets.contains_key(&format!("{path}/index.html")) {
            return Answer::Elsewhere(format!("{path}/"));
        }
        // As hosts do for pages without a folder of their own.
        let page = (!is_folder).then(|| self.file(&format!("{path}.html"))).flatten();
        page.unwrap_or_else(|| self.missing(path))
    }

    /// The file of the finished site at `path`.
    fn file(&self, path: &str) -> Option<Answer> {
        let parts = &self.site.parts;
        let copied = |id: FileId| render::is_copied(&parts.tree, id);
        match parts.graph.targets.get(path).copied() {
            Some(Target::Asset(id)) if copied(id) => return self.copy(id),
            Some(Target::Page(id)) if parts.graph.page(id).rendered => {
                return Some(Answer::Made(self.page(id)));
            }
            _ => {}
        }
        if let Some((file, found)) = self.renderer().frame_file(path) {
            return Some(Answer::Made(self.made(file, &found)));
        }
        if let Some(file) = self.of_all_pages(path) {
            return Some(Answer::Made(self.made(file, &Diagnostics::new())));
        }
        let bytes = render::diagram_library(path)?;
        Some(Answer::Made(Made {
            path: path.to_owned(),
            bytes: bytes.into(),
            page: false,
            version: self.site.version,
            faulty: false,
        }))
    }

    /// A file that the texts of all pages decide on. Made when it is asked for: hardly anybody does while writing.
    fn of_all_pages(&self, path: &str) -> Option<OutputFile> {
        let find = |files: &[OutputFile]| files.iter().find(|file| file.path == path).cloned();
        if path.starts_with(render::SEARCH_FOLDER) {
            return find(self.search.get()?);
        }
        if !self.renderer().is_gathered(path) {
            return None;
        }
        let texts = self.site.texts.borrow();
        find(&self.gathered(&self.bodies(&texts)).0)
    }

    fn gathered(&self, bodies: &[Option<&Body>]) -> (Vec<OutputFile>, Diagnostics) {
        let renderer = self.renderer();
        let pages = self.site.parts.graph.pages.par_iter().zip(bodies);
        let shares: Vec<_> = pages
            .map(|(page, body)| renderer.share(page.id, (*body)?))
            .collect();
        renderer.gathered(bodies, &shares)
    }

    /// What the search is made of; complete when every page was looked at.
    pub(super) fn search_texts(&self) -> search::Texts {
        let parts = &self.site.parts;
        let texts = self.site.texts.borrow();
        search::Texts::new(&parts.graph, &parts.config, &parts.texts, &self.bodies(&texts))
    }

    /// Takes the files of the search.
    pub(super) fn keep_search(&self, files: Vec<OutputFile>) {
        let _ = self.search.set(files);
    }

    /// Whether the site has a search that is still to be made.
    pub(super) fn lacks_search(&self) -> bool {
        self.site.parts.config.wsgen.search && self.search.get().is_none()
    }

    /// Whether the search is made before anybody asks for it.
    pub(super) fn is_small(&self) -> bool {
        self.site.parts.graph.pages.len() <= SMALL
    }

    fn bodies<'t>(&self, texts: &'t [Option<Arc<Text>>]) -> Vec<Option<&'t Body>> {
        let pages = self.site.parts.graph.pages.iter();
        pages
            .map(|page| self.body(page.id, texts[page.id.0 as usize].as_ref()?))
            .collect()
    }

    fn copy(&self, id: FileId) -> Option<Answer> {
        match &self.site.parts.tree.get(id)?.origin {
            Origin::Disk(path) => Some(Answer::File(OnDisk {
                path: path.clone(),
                within: Arc::clone(&self.site.within),
            })),
            Origin::Embedded | Origin::Memory => None,
        }
    }

    /// The page that says that there is nothing at `path`, in the language of the path.
    fn missing(&self, path: &str) -> Answer {
        let graph = &self.site.parts.graph;
        let homes = graph.sites.iter().map(|site| &graph.page(site.home).url);
        let own = homes
            .filter_map(|home| home.strip_prefix('/'))
            .filter(|home| path.starts_with(*home));
        let nearest = own.max_by_key(|home| home.len()).unwrap_or_default();
        let page = |name: &str| {
            let (file, found) = self.renderer().frame_file(name)?;
            Some(self.made(file, &found))
        };
        Answer::Missing(page(&format!("{nearest}404.html")).or_else(|| page("404.html")))
    }

    fn page(&self, id: PageId) -> Made {
        if let Some(made) = self.pages.borrow().get(&id) {
            return made.clone();
        }
        let text = self.text(id);
        let (file, found) = self.renderer().page(id, self.body(id, &text));
        let made = self.made(file, &found);
        let _ = text.template.set(found);
        self.pages.borrow_mut().insert(id, made.clone());
        made
    }

    fn made(&self, file: OutputFile, found: &Diagnostics) -> Made {
        let bytes = match file.content {
            OutputContent::Bytes(bytes) => bytes,
            OutputContent::Pieces(pieces) => {
                let pieces: Vec<&str> = pieces.iter().map(|piece| piece.as_str()).collect();
                pieces.concat().into()
            }
            // No file that the renderer makes is a copy.
            OutputContent::Copy(_) => Vec::new(),
        };
        Made {
            page: file.path.ends_with(".html"),
            path: file.path,
            bytes: bytes.into(),
            version: self.site.version,
            faulty: found.iter().any(|finding| finding.code == Code::TemplateError),
        }
    }

    /// Pages that no file makes have no body.
    fn body<'t>(&self, id: PageId, text: &'t Text) -> Option<&'t Body> {
        self.site.parts.graph.page(id).source.map(|_| &text.body)
    }

    fn renderer(&self) -> &Renderer<'s> {
        self.renderer
            .get_or_init(|| Renderer::new(self.site.parts.render_context()))
    }

    fn text(&self, id: PageId) -> Arc<Text> {
        let known = self.site.texts.borrow()[id.0 as usize].clone();
        known.unwrap_or_else(|| {
            self.convert(&[id]);
            self.text(id)
        })
    }

    /// Stage 5 for some pages.
    fn convert(&self, ids: &[PageId]) {
        let context = self.site.parts.body_context(&self.site.highlighter);
        let made: Vec<_> = ids
            .par_iter()
            .map(|id| (*id, body::render(*id, &context)))
            .collect();
        let mut texts = self.site.texts.borrow_mut();
        for (id, (body, found)) in made {
            texts[id.0 as usize] = Some(Arc::new(Text {
                body,
                found,
                template: OnceLock::new(),
            }));
        }
    }

    /// Looks at a few pages that nobody has asked for yet. Whether there may be more.
    pub(super) fn look(&self) -> bool {
        let graph = &self.site.parts.graph;
        let unknown: Vec<PageId> = {
            let texts = self.site.texts.borrow();
            let pages = graph
                .pages
                .iter()
                .filter(|page| texts[page.id.0 as usize].is_none());
            pages.map(|page| page.id).take(AT_ONCE).collect()
        };
        if !unknown.is_empty() {
            self.convert(&unknown);
            return true;
        }
        let unmade: Vec<(PageId, Arc<Text>)> = {
            let texts = self.site.texts.borrow();
            let pages = graph.pages.iter().filter(|page| page.rendered);
            let texts = pages.filter_map(|page| Some((page.id, texts[page.id.0 as usize].clone()?)));
            texts
                .filter(|(_, text)| text.template.get().is_none())
                .take(AT_ONCE)
                .collect()
        };
        for (id, text) in &unmade {
            let (_, found) = self.renderer().page(*id, self.body(*id, text));
            let _ = text.template.set(found);
        }
        self.seen.set(unmade.is_empty());
        !unmade.is_empty()
    }

    /// Everything that is wrong with the site; complete when [`look`](Self::look) has seen every page.
    pub(super) fn findings(&self) -> Diagnostics {
        let mut findings: Diagnostics = self.site.parts.diagnostics().cloned().collect();
        let graph = &self.site.parts.graph;
        let texts = self.site.texts.borrow();
        for text in texts.iter().flatten() {
            findings.extend(text.found.iter().cloned());
            findings.extend(text.template.get().into_iter().flatten().cloned());
        }
        let bodies = self.bodies(&texts);
        findings.extend(body::check_together(graph, &bodies));
        findings.extend(self.renderer().frame().1);
        findings.extend(self.gathered(&bodies).1);
        findings.sort();
        findings.dedup();
        findings
    }
}
