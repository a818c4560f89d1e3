//! Builds small sites: `Site::from("-- content/a.md --\n# A").build().body("a/")`.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use wsgen::body::Pages;
use wsgen::diag::print::{self, Format};
use wsgen::highlight::{Cache, Highlighter};
use wsgen::pipeline::{self, BuildError, BuildOptions, BuildReport};
use wsgen::shortcodes::{BodyContext, Frames, GoTemplates, PageTexts, print_layout};

use crate::{archive, dom};

/// A site in a folder of its own, which goes away with it.
pub(crate) struct Site {
    dir: TempDir,
    options: BuildOptions<'static>,
}

impl Site {
    /// An empty site.
    pub(crate) fn new() -> Self {
        let dir = TempDir::with_prefix("wsgen-").unwrap();
        let options = BuildOptions {
            now: "2026-11-01T00:00:00Z".parse().unwrap(),
            ..BuildOptions::new(dir.path())
        };
        Self { dir, options }
    }

    /// The site in an archive.
    pub(crate) fn from(text: &str) -> Self {
        let site = Self::new();
        for file in archive::parse(text).1 {
            site.write(&file.name, file.bytes());
        }
        site
    }

    /// Adds a file to the site.
    pub(crate) fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.write(path, bytes);
        self
    }

    /// Sets options of the build.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut BuildOptions<'static>)) -> Self {
        change(&mut self.options);
        self
    }

    /// Writes or overwrites a file.
    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// The site's folder.
    pub(crate) fn root(&self) -> &Path {
        self.dir.path()
    }

    /// Builds the site; it must be possible.
    pub(crate) fn build(self) -> Built {
        let report = self
            .try_build()
            .unwrap_or_else(|error| panic!("no site: {error}"));
        let out = self
            .options
            .destination
            .clone()
            .unwrap_or_else(|| self.root().join("public"));
        Built {
            _dir: self.dir,
            out,
            report,
        }
    }

    /// The output of a Go template of a layout for the only page with a file.
    pub(crate) fn printed(&self, layout: &str) -> Result<String, String> {
        let site = pipeline::read(&self.options).unwrap();
        let (go, _) = GoTemplates::new(&site.tree);
        let highlighter = Highlighter::new(Cache::default());
        let texts = site.config.languages.map(|language| site.texts.of(language));
        let context = BodyContext {
            graph: &site.graph,
            parsed: &site.parsed,
            tree: &site.tree,
            config: &site.config,
            templates: &site.templates,
            go: &go,
            text_values: texts.map(tera::Value::from_serializable),
            texts,
            highlighter: &highlighter,
            nesting: 0,
            frames: Frames::default(),
            pages: &Pages,
            has_site_file: &|_| false,
        };
        let mut pages = site.graph.pages.iter();
        let page = pages.find(|page| page.source.is_some()).unwrap();
        // The text is for a template, as if another page showed it.
        let shown = BodyContext {
            nesting: 1,
            ..context.clone()
        };
        let text = Pages.text(page.id, &shown);
        print_layout(layout, page.id, &text, &context)
    }

    /// Builds the site or says why not.
    pub(crate) fn try_build(&self) -> Result<BuildReport, BuildError> {
        pipeline::build(&self.options)
    }
}

/// A built site.
pub(crate) struct Built {
    _dir: TempDir,
    out: PathBuf,
    report: BuildReport,
}

impl Built {
    /// Reads the results of a build in `out`.
    pub(crate) fn read(out: PathBuf, report: BuildReport) -> Self {
        Self {
            _dir: TempDir::new().unwrap(),
            out,
            report,
        }
    }

    /// The bytes of a file of the site.
    pub(crate) fn file(&self, path: &str) -> Option<Vec<u8>> {
        std::fs::read(self.out.join(path)).ok()
    }

    /// The whole page at a URL without the leading slash: `a/`.
    pub(crate) fn page(&self, url: &str) -> String {
        let file = if url.is_empty() || url.ends_with('/') {
            format!("{url}index.html")
        } else {
            url.to_owned()
        };
        let bytes = self
            .file(&file)
            .unwrap_or_else(|| panic!("no page {file}; there are {:#?}", self.files()));
        String::from_utf8(bytes).unwrap()
    }

    /// The rendered Markdown of a page, and nothing else.
    pub(crate) fn body(&self, url: &str) -> String {
        let page = self.page(url);
        dom::inner_html(&page, ".page-body").unwrap_or_else(|| panic!("no page body in {url}:\n{page}"))
    }

    /// The findings in the short format.
    pub(crate) fn diagnostics(&self) -> Vec<String> {
        diagnostics(&self.report)
    }

    /// Paths of all files, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        files_below(&self.out)
    }

    /// The report of the build.
    pub(crate) fn report(&self) -> &BuildReport {
        &self.report
    }
}

/// The findings of a build in the short format.
pub(crate) fn diagnostics(report: &BuildReport) -> Vec<String> {
    let text = print::render(
        &report.diagnostics,
        &report.tree,
        Format::Short,
        print::DEFAULT_WIDTH,
    );
    text.lines().map(str::to_owned).collect()
}

/// Paths of the files in a folder, with `/`, sorted.
pub(crate) fn files_below(dir: &Path) -> Vec<String> {
    let files = walkdir::WalkDir::new(dir)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file());
    let mut list: Vec<String> = files
        .map(|entry| {
            entry
                .path()
                .strip_prefix(dir)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/")
        })
        .collect();
    list.sort();
    list
}
