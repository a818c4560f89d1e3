//! Calls the stages in order.

mod parts;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::body::highlight::{Cache, Highlighter};
use crate::body::{self, Body, BodyContext};
use crate::config::{self, Config, ConfigOptions, Flags, Include};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::discover::{Inventory, PageFile};
use crate::emit::{self, EmitError, Place};
use crate::graph::Graph;
use crate::parse::{self, Format, ParseContext, ParsedPage};
use crate::render::{self, Output, RenderContext};
use crate::source::{self, LoadError, SourceTree};
use crate::template::{Templates, Texts};

pub use parts::Parts;

/// What to build, and how.
#[derive(Clone)]
pub struct BuildOptions<'a> {
    /// The site's folder.
    pub source: PathBuf,
    /// Where the site is written; the configuration's `publishDir` when unset.
    pub destination: Option<PathBuf>,
    /// Takes the place of the configuration's `baseURL`.
    pub base_url: Option<String>,
    /// Pages that take part on top of what the configuration says.
    pub include: Include,
    /// Name of the environment, `production` when unset.
    pub environment: Option<String>,
    /// Environment variables that may hold settings (`HUGO_…`), names as in the environment.
    pub variables: Vec<(String, String)>,
    /// The moment that pages in the future and expired pages are measured by.
    pub now: jiff::Timestamp,
    /// Whether the site is written. A check does everything else.
    pub write: bool,
    /// Who is told how far the build is.
    pub progress: &'a dyn Progress,
}

impl BuildOptions<'static> {
    /// A build of the site in `source` with nothing special, in silence.
    pub fn new(source: impl Into<PathBuf>) -> Self {
        Self {
            source: source.into(),
            destination: None,
            base_url: None,
            include: Include::default(),
            environment: None,
            variables: Vec::new(),
            now: jiff::Timestamp::UNIX_EPOCH,
            write: true,
            progress: &Silent,
        }
    }
}

/// The stages, for progress and timings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the seven stages of the architecture")]
pub enum Stage {
    Load,
    Discover,
    Parse,
    Resolve,
    Body,
    Render,
    Emit,
}

impl Stage {
    /// What is being done, for a progress bar.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Load => "reading",
            Self::Discover => "looking around",
            Self::Parse => "parsing",
            Self::Resolve => "linking",
            Self::Body => "converting",
            Self::Render => "rendering",
            Self::Emit => "writing",
        }
    }
}

/// Somebody who wants to know how far a build is. Called from many threads.
pub trait Progress: Sync {
    /// A stage of so many steps begins.
    fn begin(&self, stage: Stage, steps: usize);

    /// A step of the current stage is done.
    fn step(&self);
}

/// Nobody.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: usize) {}

    fn step(&self) {}
}

/// What a build did and found.
#[derive(Debug, Clone)]
pub struct BuildReport {
    /// Pages rendered.
    pub pages: usize,
    /// Everything found, in the order of the files, nothing twice.
    pub diagnostics: Diagnostics,
    /// The files that the findings are about.
    pub tree: SourceTree,
    /// What happened to the destination; `None` for a check.
    pub written: Option<Written>,
    /// How long each stage took.
    pub timings: Vec<(Stage, Duration)>,
}

/// What happened to the destination.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Where the site was written.
    pub destination: PathBuf,
    /// Files new or changed.
    pub changed: usize,
    /// Files that already were as they should be.
    pub unchanged: usize,
    /// Files of earlier builds that were removed.
    pub removed: usize,
}

/// Why there is no site: the world did not cooperate.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The site cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The site cannot be written.
    #[error(transparent)]
    Emit(#[from] EmitError),
}

/// Builds a site.
pub fn build(options: &BuildOptions<'_>) -> Result<BuildReport, BuildError> {
    read(options)?.finish(options)
}

/// A site that has been read and understood: what stages 1 to 5 made of it.
pub struct Site {
    /// The settings.
    pub config: Config,
    /// The files.
    pub tree: SourceTree,
    /// The pages as written.
    pub parsed: Vec<ParsedPage>,
    /// The pages in their places.
    pub graph: Graph,
    /// The templates.
    pub templates: Templates,
    /// The interface texts.
    pub texts: Texts,
    /// The text of each page of the graph; `None` for pages that no file makes.
    pub bodies: Vec<Option<Body>>,
    /// What was found so far.
    pub diagnostics: Diagnostics,
    highlighter: Highlighter,
    timings: Vec<(Stage, Duration)>,
}

/// Stages 1 to 5: reads a site and converts its pages. Writes nothing.
pub fn read(options: &BuildOptions<'_>) -> Result<Site, BuildError> {
    let mut clock = Clock::new(options.progress);
    let parts = Parts::load_timed(options, &mut clock)?;
    let mut diagnostics: Diagnostics = parts.diagnostics().cloned().collect();
    clock.begin(Stage::Body, parts.graph.pages.len());
    let highlighter = highlighter(&options.source, &parts.config);
    let bodies = convert(
        &parts.body_context(&highlighter),
        options.progress,
        &mut diagnostics,
    );
    let made: Vec<Option<&Body>> = bodies.iter().map(Option::as_ref).collect();
    diagnostics.extend(body::check_anchors(&parts.graph, &made));
    let timings = clock.finish();
    let Parts {
        config,
        tree,
        parsed,
        graph,
        templates,
        texts,
        ..
    } = parts;
    Ok(Site {
        config: Arc::unwrap_or_clone(config),
        tree: Arc::unwrap_or_clone(tree),
        parsed: Arc::unwrap_or_clone(parsed),
        graph: Arc::unwrap_or_clone(graph),
        templates: Arc::unwrap_or_clone(templates),
        texts: Arc::unwrap_or_clone(texts),
        bodies,
        diagnostics,
        highlighter,
        timings,
    })
}

/// A highlighter with the cache of the site in `source`, where it has one.
pub(crate) fn highlighter(source: &Path, config: &Config) -> Highlighter {
    Highlighter::new(if config.wsgen.cache {
        Cache::load(&source.join(CACHE_FOLDER))
    } else {
        Cache::default()
    })
}

/// Keeps what was highlighted for the next run. A cache that cannot be kept costs that run time and nothing else.
pub(crate) fn keep_highlights(highlighter: &Highlighter, source: &Path, config: &Config) {
    if config.wsgen.cache {
        let _ = highlighter.cache().save(&source.join(CACHE_FOLDER));
    }
}

/// Folder of the highlight cache inside a site.
const CACHE_FOLDER: &str = ".wsgen";

/// Stage 1 and the settings, which say what there is to load.
fn load(
    options: &BuildOptions<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<(Config, SourceTree), LoadError> {
    let flags = Flags {
        base_url: options.base_url.clone(),
        destination: options
            .destination
            .as_ref()
            .map(|path| path.to_string_lossy().into_owned()),
        include: options.include,
        ..Flags::default()
    };
    let wanted = ConfigOptions {
        environment: config::environment(options.environment.as_deref(), &options.variables, "production"),
        env: options.variables.clone(),
        flags,
        ..ConfigOptions::default()
    };
    let (config, files, found) = config::load(&options.source, &wanted)?;
    diagnostics.extend(found);
    let (tree, found) = source::load(&options.source, &config.scope(), files)?;
    diagnostics.extend(found);
    Ok((config, tree))
}

/// Stage 3 for every page.
fn parse_pages(
    inventory: &Inventory,
    tree: &SourceTree,
    config: &Config,
    progress: &dyn Progress,
) -> Vec<(ParsedPage, Diagnostics)> {
    let context = ParseContext::of(config, &config.environment);
    let pages = inventory.pages.par_iter();
    pages
        .map(|page| {
            let result = parse_page(page, tree, &context);
            progress.step();
            result
        })
        .collect()
}

/// Stage 3 for one page.
fn parse_page(page: &PageFile, tree: &SourceTree, context: &ParseContext) -> (ParsedPage, Diagnostics) {
    let format = if page.html { Format::Html } else { Format::Markdown };
    parse::parse(
        page.file,
        tree.text(page.file).unwrap_or_default(),
        format,
        context,
    )
}

/// Takes the findings out of the results.
fn gather<T>(results: Vec<(T, Diagnostics)>, diagnostics: &mut Diagnostics) -> Vec<T> {
    let mut values = Vec::with_capacity(results.len());
    for (value, found) in results {
        values.push(value);
        diagnostics.extend(found);
    }
    values
}

/// Stage 5 for every page that has a file.
fn convert(
    context: &BodyContext<'_>,
    progress: &dyn Progress,
    diagnostics: &mut Diagnostics,
) -> Vec<Option<Body>> {
    let results: Vec<_> = context
        .graph
        .pages
        .par_iter()
        .map(|page| {
            let (body, found) = body::render(page.id, context);
            progress.step();
            (page.source.map(|_| body), found)
        })
        .collect();
    gather(results, diagnostics)
}

impl Site {
    /// Stages 6 and 7: renders the pages and writes them, unless the options say that nothing is written.
    pub fn finish(mut self, options: &BuildOptions<'_>) -> Result<BuildReport, BuildError> {
        let mut clock = Clock {
            timings: std::mem::take(&mut self.timings),
            ..Clock::new(options.progress)
        };
        clock.begin(Stage::Render, self.graph.pages.len());
        let output = self.render();
        let written = if options.write {
            clock.begin(Stage::Emit, output.files.len());
            keep_highlights(&self.highlighter, &options.source, &self.config);
            Some(self.emit(&output, options)?)
        } else {
            None
        };
        let Self {
            mut diagnostics,
            graph,
            tree,
            ..
        } = self;
        diagnostics.sort();
        diagnostics.dedup();
        let pages = graph.pages.iter().filter(|page| page.rendered).count();
        Ok(BuildReport {
            pages,
            diagnostics,
            timings: clock.finish(),
            written,
            tree,
        })
    }

    /// Stage 6. The bodies are used up, because nothing behind it needs them.
    fn render(&mut self) -> Output {
        let bodies = std::mem::take(&mut self.bodies);
        let Self {
            tree,
            config,
            parsed,
            graph,
            templates,
            texts,
            ..
        } = &*self;
        let (output, found) = render::render(
            RenderContext {
                graph,
                config,
                parsed,
                tree,
                templates,
                texts,
            },
            &bodies,
        );
        self.diagnostics.extend(found);
        output
    }

    /// Stage 7.
    fn emit(&mut self, output: &Output, options: &BuildOptions<'_>) -> Result<Written, EmitError> {
        let destination = options.source.join(&self.config.publish_dir);
        let sources: Vec<PathBuf> = self
            .config
            .mounts
            .iter()
            .map(|mount| PathBuf::from(&mount.source))
            .collect();
        let place = Place {
            site: &options.source,
            destination: &destination,
            sources: &sources,
        };
        let report = emit::emit(output, &self.tree, &place)?;
        for failure in &report.failures {
            self.diagnostics
                .push(Diagnostic::error(Code::UnwritableFile, None, failure.to_string()));
        }
        Ok(Written {
            destination,
            changed: report.written,
            unchanged: report.unchanged,
            removed: report.removed,
        })
    }
}

/// Tells the progress and takes the time of each stage.
struct Clock<'a> {
    progress: &'a dyn Progress,
    timings: Vec<(Stage, Duration)>,
    running: Option<(Stage, Instant)>,
}

impl<'a> Clock<'a> {
    fn new(progress: &'a dyn Progress) -> Self {
        Self {
            progress,
            timings: Vec::new(),
            running: None,
        }
    }

    /// A stage begins, and the one before it is over.
    fn begin(&mut self, stage: Stage, steps: usize) {
        self.stop();
        self.progress.begin(stage, steps);
        self.running = Some((stage, Instant::now()));
    }

    fn stop(&mut self) {
        self.timings
            .extend(self.running.take().map(|(stage, start)| (stage, start.elapsed())));
    }

    fn finish(mut self) -> Vec<(Stage, Duration)> {
        self.stop();
        self.timings
    }
}
