//! Calls the stages in order.

mod destination;
mod parts;
mod publish;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::body::PageFacts;
use crate::config::{self, Config, ConfigOptions, Flags, Include, Purpose};
use crate::diag::{Code, Diagnostics};
use crate::discover::{self, Inventory, PageFile};
use crate::emit::{EmitError, Halt};
use crate::graph::{self, Graph, LeftOut};
use crate::highlight::{Cache, Highlighter};
use crate::parse::{self, ParseContext, ParsedPage};
use crate::render::OutputFile;
use crate::search;
use crate::source::{self, Component, LoadError, SourceTree};
use crate::template::{Templates, Texts};
use crate::{account, lint, triage};

use destination::Sink;

pub use parts::Parts;

/// The site to build, and options for it.
#[derive(Clone)]
pub struct BuildOptions<'a> {
    /// The site's folder.
    pub source: PathBuf,
    /// Folder to write to; the configuration's `publishDir` when unset.
    pub destination: Option<PathBuf>,
    /// Replaces the configuration's `baseURL`.
    pub base_url: Option<String>,
    /// Pages that take part besides those of the configuration.
    pub include: Include,
    /// True if notes for instructors are part of the site.
    pub instructor: bool,
    /// The use that the site is made for.
    pub purpose: Purpose,
    /// Name of the environment, `production` when unset.
    pub environment: Option<String>,
    /// Environment variables that may hold settings (`HUGO_…`), names as in the environment.
    pub variables: Vec<(String, String)>,
    /// The current time, by which pages are in the future or expired.
    pub now: jiff::Timestamp,
    /// True if the site is written. A check does everything else.
    pub write: bool,
    /// Receiver of the progress.
    pub progress: &'a dyn Progress,
    /// Ends the build from outside.
    pub halt: Halt,
}

impl BuildOptions<'static> {
    /// Default options for the site in `source`, without progress.
    pub fn new(source: impl Into<PathBuf>) -> Self {
        Self {
            source: source.into(),
            destination: None,
            base_url: None,
            include: Include::default(),
            instructor: false,
            purpose: Purpose::Publish,
            environment: None,
            variables: Vec::new(),
            now: jiff::Timestamp::UNIX_EPOCH,
            write: true,
            progress: &Silent,
            halt: Halt::default(),
        }
    }
}

/// The stages, for progress and timings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the stages of the architecture")]
pub enum Stage {
    Load,
    Discover,
    Parse,
    Resolve,
    /// Another build is writing to the destination.
    Wait,
    /// Stages 5 to 7, which each page passes before the next one begins.
    Pages,
    /// Stages 6 and 7 for the files that are no pages.
    Rest,
}

impl Stage {
    /// The current activity, for a progress bar.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Load => "reading",
            Self::Discover => "looking around",
            Self::Parse => "parsing",
            Self::Resolve => "linking",
            Self::Wait => "waiting for another build",
            Self::Pages => "making pages",
            Self::Rest => "finishing",
        }
    }
}

/// Receiver of a build's progress. Called from many threads.
pub trait Progress: Sync {
    /// Called when a stage with this number of steps begins.
    fn begin(&self, stage: Stage, steps: usize);

    /// Called when a step of the current stage is done.
    fn step(&self);
}

/// Ignores the progress.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: usize) {}

    fn step(&self) {}
}

/// The result of a build.
#[derive(Debug, Clone)]
pub struct BuildReport {
    /// Number of rendered pages.
    pub pages: usize,
    /// Content files that took no part: path of the file, and the reason; by path.
    pub left_out: Vec<(String, LeftOut)>,
    /// All findings, in the order of the files, each once.
    pub diagnostics: Diagnostics,
    /// The files that the findings are about.
    pub tree: SourceTree,
    /// Changes to the destination; `None` for a check.
    pub written: Option<Written>,
    /// Duration of each stage.
    pub timings: Vec<(Stage, Duration)>,
}

/// Changes to the destination.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Folder of the site.
    pub destination: PathBuf,
    /// Files new or changed.
    pub changed: usize,
    /// Files that had the right content already.
    pub unchanged: usize,
    /// Files of earlier builds that were removed.
    pub removed: usize,
}

/// The reason why there is no site: a failure outside of it.
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
    Ok(make(options)?.report())
}

/// The results of the stages: a site that has been read, and perhaps written.
pub struct Results {
    /// The site's settings.
    pub config: Config,
    /// The source files.
    pub tree: SourceTree,
    /// The roles of the files.
    pub inventory: Inventory,
    /// The pages as written.
    pub parsed: Vec<ParsedPage>,
    /// The pages in their places.
    pub graph: Graph,
    /// Templates of the theme and the site.
    pub templates: Templates,
    /// The interface texts.
    pub texts: Texts,
    /// The facts about the text of each page of the graph; `None` for pages that no file makes.
    pub facts: Vec<Option<PageFacts>>,
    /// Findings so far.
    pub diagnostics: Diagnostics,
    written: Option<Written>,
    timings: Vec<(Stage, Duration)>,
}

/// Stages 1 to 5: reads a site and converts its pages. Writes nothing.
pub fn read(options: &BuildOptions<'_>) -> Result<Results, BuildError> {
    let mut clock = Clock::new(options.progress);
    let parts = Parts::load_timed(options, &mut clock)?;
    clock.begin(Stage::Pages, parts.graph.pages.len());
    let highlighter = highlighter(&options.source, &parts.config);
    let (facts, found) = publish::convert(&parts, &highlighter, options.progress);
    Ok(Results::new(parts, facts, found, None, clock.finish()))
}

/// All stages: reads a site, makes its files, and writes them, unless the options say that nothing is written.
pub fn make(options: &BuildOptions<'_>) -> Result<Results, BuildError> {
    let target = if options.write {
        Target::Folder
    } else {
        Target::Nowhere
    };
    Ok(run(options, target)?.0)
}

/// All stages but the last: reads a site and makes its files, the search among them. Of two files with one path the first
/// is given.
pub fn files(options: &BuildOptions<'_>) -> Result<(Results, Vec<OutputFile>), BuildError> {
    run(options, Target::Memory)
}

/// The destination of a run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    /// The site's folder for its files.
    Folder,
    /// The caller's memory.
    Memory,
    /// No destination.
    Nowhere,
}

fn run(options: &BuildOptions<'_>, target: Target) -> Result<(Results, Vec<OutputFile>), BuildError> {
    let mut clock = Clock::new(options.progress);
    // Whether the site has a cache is known only when its settings have been read; most have.
    let (parts, cache) = rayon::join(
        || Parts::load_timed(options, &mut clock),
        || Cache::load(&options.source.join(CACHE_FOLDER)),
    );
    let parts = parts?;
    // In a wrong folder nothing is written. Settings make it a site, which has a home page without any content.
    let is_empty = parts.diagnostics().any(|finding| finding.code == Code::NoContent);
    let is_none = is_empty && parts.tree.iter(Component::Config).next().is_none();
    let target = if is_none { Target::Nowhere } else { target };
    let highlighter = Highlighter::new(if parts.config.wsgen.cache {
        cache
    } else {
        Cache::default()
    });
    let mut sink = match target {
        Target::Folder => Sink::folder(destination::begin(&parts, options)?),
        Target::Memory => Sink::memory(),
        Target::Nowhere => Sink::nowhere(),
    };
    clock.begin(Stage::Pages, parts.graph.pages.len());
    let keeps = target != Target::Nowhere;
    let search = (keeps && parts.config.wsgen.search).then(|| search_cache(&options.source, &parts.config));
    let (facts, mut found) = publish::publish(&parts, &highlighter, search.as_ref(), &mut sink, &mut clock);
    if keeps {
        keep_highlights(&highlighter, &options.source, &parts.config);
    }
    if let Some(cache) = &search {
        keep_search(cache, &options.source, &parts.config);
    }
    let (written, files) = sink.finish(&parts.config.publish_dir, &mut found);
    let written = written.map(|written| Written {
        destination: options.source.join(&parts.config.publish_dir),
        ..written
    });
    drop_in_background((highlighter, search));
    let results = Results::new(parts, facts, found, written, clock.finish());
    Ok((results, files))
}

impl Results {
    fn new(
        parts: Parts,
        facts: Vec<Option<PageFacts>>,
        found: Diagnostics,
        written: Option<Written>,
        timings: Vec<(Stage, Duration)>,
    ) -> Self {
        let diagnostics = parts.diagnostics().cloned().chain(found).collect();
        let Parts {
            config,
            tree,
            inventory,
            parsed,
            graph,
            templates,
            texts,
            ..
        } = parts;
        Self {
            config: Arc::unwrap_or_clone(config),
            tree: Arc::unwrap_or_clone(tree),
            inventory: Arc::unwrap_or_clone(inventory),
            parsed: Arc::unwrap_or_clone(parsed),
            graph: Arc::unwrap_or_clone(graph),
            templates: Arc::unwrap_or_clone(templates),
            texts: Arc::unwrap_or_clone(texts),
            facts,
            diagnostics,
            written,
            timings,
        }
    }

    /// The parts that the account of the content is about.
    pub fn content(&self) -> account::Content<'_> {
        account::Content {
            config: &self.config,
            tree: &self.tree,
            inventory: &self.inventory,
            parsed: &self.parsed,
            graph: &self.graph,
        }
    }

    /// The report about the site.
    pub fn report(mut self) -> BuildReport {
        let mut found = account::findings(self.content());
        let left_out = account::left_out(self.content());
        found.append(&mut self.diagnostics);
        let site = triage::Site {
            config: &self.config,
            tree: &self.tree,
            parsed: &self.parsed,
        };
        let diagnostics = triage::triage(found, site, true);
        let pages = self.graph.pages.iter().filter(|page| page.rendered).count();
        drop_in_background((self.parsed, self.graph, self.facts));
        BuildReport {
            pages,
            left_out,
            diagnostics,
            tree: self.tree,
            written: self.written,
            timings: self.timings,
        }
    }
}

/// Drops a large value in the background: taking a site apart takes time that nobody has to wait for.
fn drop_in_background(value: impl Send + 'static) {
    rayon::spawn(move || drop(value));
}

/// A highlighter with the cache of the site in `source`, if the site has one.
pub(crate) fn highlighter(source: &Path, config: &Config) -> Highlighter {
    Highlighter::new(if config.wsgen.cache {
        Cache::load(&source.join(CACHE_FOLDER))
    } else {
        Cache::default()
    })
}

/// Keeps highlighted code for the next run. If it cannot be kept, that run takes longer.
pub(crate) fn keep_highlights(highlighter: &Highlighter, source: &Path, config: &Config) {
    if config.wsgen.cache {
        let _ = highlighter.cache().save(&source.join(CACHE_FOLDER));
    }
}

/// The search's cache of the site in `source`, if the site has one.
pub(crate) fn search_cache(source: &Path, config: &Config) -> search::Cache {
    if config.wsgen.cache {
        search::Cache::load(&source.join(CACHE_FOLDER))
    } else {
        search::Cache::default()
    }
}

/// Keeps search indexes for the next run, as [`keep_highlights`] does with colours.
pub(crate) fn keep_search(cache: &search::Cache, source: &Path, config: &Config) {
    if config.wsgen.cache {
        let _ = cache.save(&source.join(CACHE_FOLDER));
    }
}

/// Folder of the caches inside a site.
const CACHE_FOLDER: &str = ".wsgen";

/// Stage 1 and the settings, which name the folders to load.
fn load(
    options: &BuildOptions<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<(Config, SourceTree), LoadError> {
    let (config, files, found) = settings(options)?;
    diagnostics.extend(found);
    let (tree, found) = source::load(&options.source, &config.scope(), files)?;
    diagnostics.extend(found);
    Ok((config, tree))
}

/// The settings, and the configuration files.
pub(crate) fn settings(options: &BuildOptions<'_>) -> Result<(Config, SourceTree, Diagnostics), LoadError> {
    let flags = Flags {
        base_url: options.base_url.clone(),
        destination: options
            .destination
            .as_ref()
            .map(|path| path.to_string_lossy().into_owned()),
        include: options.include,
        instructor: options.instructor,
        purpose: options.purpose,
        ..Flags::default()
    };
    let wanted = ConfigOptions {
        environment: config::environment(options.environment.as_deref(), &options.variables, "production"),
        env: options.variables.clone(),
        flags,
        is_demo: source::is_demo(&options.source),
        ..ConfigOptions::default()
    };
    config::load(&options.source, &wanted)
}

/// Pages in their places, without findings.
#[derive(Debug)]
pub(crate) struct Placed {
    /// The pages as written.
    pub(crate) parsed: Vec<ParsedPage>,
    /// The pages in their places.
    pub(crate) graph: Graph,
}

/// Stages 2 to 4 for files that are in memory.
pub(crate) fn place(tree: &SourceTree, config: &Config, now: jiff::Timestamp) -> Placed {
    let (inventory, _) = discover::discover(tree, config);
    let parsed = parse_pages(&inventory, tree, config, &Silent);
    let parsed: Vec<ParsedPage> = parsed.into_iter().map(|(page, _)| page).collect();
    let (graph, _) = graph::resolve(&inventory, &parsed, tree, config, now);
    Placed { parsed, graph }
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
    let text = tree.text(page.file).unwrap_or_default();
    let (parsed, mut found) = parse::parse(page.source(), text, context);
    found.extend(lint::page(&parsed, text));
    (parsed, found)
}

/// Reports the progress and measures each stage.
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

    /// Ends a stage and begins the next.
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
