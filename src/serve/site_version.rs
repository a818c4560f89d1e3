//! A version of the site: answers paths, and looks for mistakes between requests.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::site::{Site, Text};
use super::{Answer, Made, OnDisk};
use crate::body::{self, Body, PageFacts};
use crate::diag::{Code, Diagnostics, FileId};
use crate::graph::{PageId, Target, output_path};
use crate::pipeline::Parts;
use crate::render::{
    self, AllPages, Content, Make, OutputContent, OutputFile, Renderer, SiteFile, SiteFiles,
};
use crate::search;
use crate::source::Origin;
use crate::{account, triage};

/// Number of pages that are looked at before a request gets its turn.
const AT_ONCE: usize = 8;

/// Maximum number of pages for which the search is made in advance. It takes about four milliseconds a page, and
/// memory.
const SMALL: usize = 2_000;

/// A version of the site with the results made so far.
pub(super) struct SiteVersion<'s> {
    site: &'s Site,
    renderer: OnceCell<Renderer<'s>>,
    site_files: OnceCell<SiteFiles>,
    pages: RefCell<HashMap<PageId, Made>>,
    search: OnceCell<Vec<OutputFile>>,
    /// True if every page was looked at.
    seen: Cell<bool>,
}

impl<'s> SiteVersion<'s> {
    pub(super) fn new(site: &'s Site) -> Self {
        Self {
            site,
            renderer: OnceCell::new(),
            site_files: OnceCell::new(),
            pages: RefCell::default(),
            search: OnceCell::new(),
            seen: Cell::new(false),
        }
    }

    /// The answer to a decoded path of the site, without a leading slash: `docs/`, `a.png`. `None` while the answer
    /// needs every page to be [looked at](Self::look_ahead), or the [search](Self::keep_search).
    pub(super) fn answer(&self, path: &str) -> Option<Answer> {
        (!self.must_wait(&output_path(path))).then(|| self.answer_now(path))
    }

    fn must_wait(&self, path: &str) -> bool {
        if self.site.parts.graph.targets.contains_key(path) {
            return false;
        }
        match self.site_file(path).map(|file| file.make) {
            Some(Make::Search) => self.lacks_search(),
            Some(Make::Pages(_)) => !self.seen.get(),
            Some(Make::Graph(_) | Make::Stock { .. } | Make::Published(_)) | None => false,
        }
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
        let made = self.made_site_file(path)?;
        Some(Answer::Made(made))
    }

    /// The file about the whole site at `path`; nothing for one that names all others, and for one of a search that is
    /// not there yet.
    fn made_site_file(&self, path: &str) -> Option<Made> {
        let SiteFile { place, make } = self.site_file(path)?;
        let renderer = self.renderer();
        let (content, found): Content = match make {
            Make::Graph(make) => make(renderer, place),
            Make::Stock { file, .. } => (file(renderer, place), Diagnostics::new()),
            // Made when it is asked for: hardly anybody does while writing.
            Make::Pages(make) => self.with_pages(|pages| make(renderer, place, &pages)),
            Make::Search => {
                let mut files = self.search.get()?.iter();
                let file = files.find(|file| file.path == path)?;
                (file.content.clone(), Diagnostics::new())
            }
            Make::Published(_) => return None,
        };
        let path = path.to_owned();
        Some(self.made(OutputFile { path, content }, &found))
    }

    fn site_file(&self, path: &str) -> Option<SiteFile> {
        self.site_files().at(path)
    }

    fn site_files(&self) -> &SiteFiles {
        self.site_files.get_or_init(|| self.renderer().site_files())
    }

    /// Calls `make` with everything that site files take from the texts of pages.
    fn with_pages<T>(&self, make: impl FnOnce(AllPages<'_>) -> T) -> T {
        let texts = self.site.texts.borrow();
        let pages = self.site.parts.graph.pages.par_iter();
        let bodies = self.bodies(&texts);
        let renderer = self.renderer();
        let parts: Vec<_> = pages
            .zip(&bodies)
            .map(|(page, body)| body.map(|body| renderer.parts(page.id, body)).unwrap_or_default())
            .collect();
        make(AllPages {
            facts: &facts(&bodies),
            parts: &parts,
        })
    }

    /// The input of the search; complete when every page was looked at.
    pub(super) fn search_texts(&self) -> search::Texts {
        let parts = &self.site.parts;
        let texts = self.site.texts.borrow();
        let facts = facts(&self.bodies(&texts));
        search::Texts::new(&parts.graph, &parts.config, &parts.texts, &facts)
    }

    /// Takes the files of the search.
    pub(super) fn keep_search(&self, files: Vec<OutputFile>) {
        let _ = self.search.set(files);
    }

    /// Returns true if the site has a search that is still to be made.
    pub(super) fn lacks_search(&self) -> bool {
        self.site.parts.config.wsgen.search && self.search.get().is_none()
    }

    /// Returns true if the search is made in advance.
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

    /// The page for the unknown address `path`, in the language of the path.
    fn missing(&self, path: &str) -> Answer {
        let graph = &self.site.parts.graph;
        let homes = graph.sites.iter().map(|site| &graph.page(site.home).url);
        let own = homes
            .filter_map(|home| home.strip_prefix('/'))
            .filter(|home| path.starts_with(*home));
        let nearest = own.max_by_key(|home| home.len()).unwrap_or_default();
        let page = self.made_site_file(&format!("{nearest}404.html"));
        Answer::Missing(page.or_else(|| self.made_site_file("404.html")))
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

    /// The body of a page; pages without a file have none.
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
        let site_files = self.site_files();
        let has_site_file = |path: &str| site_files.has(path);
        let parts = &self.site.parts;
        let context = parts.body_context(&self.site.highlighter, &has_site_file);
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

    /// Looks at a few pages that nobody has asked for yet. Returns true if there may be more.
    pub(super) fn look_ahead(&self) -> bool {
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

    /// All findings about the site; complete when [`look_ahead`](Self::look_ahead) has seen every page.
    pub(super) fn findings(&self) -> Diagnostics {
        let mut findings: Diagnostics = self.site.parts.diagnostics().cloned().collect();
        let graph = &self.site.parts.graph;
        let texts = self.site.texts.borrow();
        for text in texts.iter().flatten() {
            findings.extend(text.found.iter().cloned());
            findings.extend(text.template.get().into_iter().flatten().cloned());
        }
        findings.extend(self.with_pages(|pages| {
            let mut found = body::check_together(graph, pages.facts);
            let site_files = self.site_files();
            let config = &self.site.parts.config;
            found.extend(body::check_settings(graph, config, &|path| site_files.has(path)));
            found.extend(self.renderer().make_site_files(pages).1);
            found
        }));
        let Parts {
            config,
            tree,
            inventory,
            parsed,
            graph,
            ..
        } = &self.site.parts;
        findings.extend(account::findings(account::Content {
            config,
            tree,
            inventory,
            parsed,
            graph,
        }));
        let site = triage::Site { config, tree, parsed };
        triage::triage(findings, site, self.seen.get())
    }
}

fn facts<'b>(bodies: &[Option<&'b Body>]) -> Vec<Option<&'b PageFacts>> {
    bodies.iter().map(|body| body.map(|body| &body.facts)).collect()
}
