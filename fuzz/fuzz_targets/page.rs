//! Any text as a page of a small site: no panic, every place inside the text, and no reserved character left in what
//! readers get. The site is read once, and the page again for every text, as the preview does.

#![no_main]

use std::cell::RefCell;
use std::path::PathBuf;

use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use wsgen::body::{self, Body};
use wsgen::highlight::Highlighter;
use wsgen::diag::Diagnostic;
use wsgen::pipeline::{BuildOptions, Parts};
use wsgen::render::Renderer;
use wsgen::source::Component;

fuzz_target!(|text: &str| {
    thread_local!(static SITE: RefCell<Site> = RefCell::new(Site::new()));
    SITE.with_borrow_mut(|site| site.publish(text));
});

struct Site {
    options: BuildOptions<'static>,
    page: PathBuf,
    parts: Parts,
    highlighter: Highlighter,
    _folder: TempDir,
}

impl Site {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let content = folder.path().join("content");
        std::fs::create_dir(&content).expect("a folder for content");
        std::fs::write(content.join("page.md"), "").expect("the page");
        std::fs::write(content.join("b.md"), "# B {#x}\n").expect("a page to link to");
        let options = BuildOptions::new(folder.path());
        Self {
            page: content.join("page.md"),
            parts: Parts::load(&options).expect("a site"),
            highlighter: Highlighter::default(),
            options,
            _folder: folder,
        }
    }

    /// Stages 3 to 6 with another text of the page.
    fn publish(&mut self, text: &str) {
        std::fs::write(&self.page, text).expect("the page");
        let page = self
            .parts
            .tree
            .find(Component::Content, "page.md")
            .expect("the page's file");
        let reread = self.parts.reread(&self.options, &[page]);
        self.parts = reread.unwrap_or_else(|| Parts::load(&self.options).expect("a site"));
        self.parts
            .diagnostics()
            .for_each(|finding| self.assert_placed(finding));
        let renderer = Renderer::new(self.parts.render_context());
        let site_files = renderer.site_files();
        let has_site_file = |path: &str| site_files.has(path);
        let context = self.parts.body_context(&self.highlighter, &has_site_file);
        let pages = &self.parts.graph.pages;
        let bodies: Vec<Body> = pages
            .iter()
            .map(|page| {
                let (body, found) = body::render(page.id, &context);
                found.iter().for_each(|finding| self.assert_placed(finding));
                assert!(!body.html.contains(is_reserved), "{}", body.html);
                assert!(!body.plain.contains(is_reserved), "{}", body.plain);
                body
            })
            .collect();
        for (page, body) in pages.iter().zip(&bodies).filter(|(page, _)| page.rendered) {
            let (_, found) = renderer.page(page.id, Some(body));
            found.iter().for_each(|finding| self.assert_placed(finding));
        }
        let facts: Vec<_> = bodies.iter().map(|body| Some(&body.facts)).collect();
        body::check_together(&self.parts.graph, &facts)
            .iter()
            .for_each(|finding| self.assert_placed(finding));
    }

    fn assert_placed(&self, finding: &Diagnostic) {
        for span in finding.labels.iter().map(|label| label.span).chain(finding.span) {
            let source = self.parts.tree.text(span.file).unwrap_or_default();
            assert!(source.get(span.range()).is_some(), "{finding:?}");
        }
    }
}

/// Returns true for a character that stands for a shortcode call while a page is built: one of the last private-use
/// plane.
fn is_reserved(c: char) -> bool {
    matches!(c, '\u{100000}'..='\u{10fffd}')
}
