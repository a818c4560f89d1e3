//! The parts of a site with the findings of each stage, so that a preview repeats only the stages whose input has
//! changed.

use std::sync::Arc;

use jiff::Timestamp;

use super::{BuildOptions, Clock, Stage, load, parse_page, parse_pages};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId};
use crate::discover::{self, Inventory};
use crate::graph::{self, Graph};
use crate::highlight::Highlighter;
use crate::parse::{ParseContext, ParsedPage};
use crate::render::RenderContext;
use crate::shortcodes::{BodyContext, Frames, GoTemplates};
use crate::source::{self, Component, Content, LoadError, SourceFile, SourceTree};
use crate::template::{Templates, Texts};
use crate::{adapter, body};

/// The results of stages 1 to 4, with templates and texts. Never changes; [`Parts::reread`] gives another one.
#[derive(Clone)]
pub struct Parts {
    /// The site's settings.
    pub config: Arc<Config>,
    /// The source files.
    pub tree: Arc<SourceTree>,
    /// The roles of the files.
    pub inventory: Arc<Inventory>,
    /// The pages as written.
    pub parsed: Arc<Vec<ParsedPage>>,
    /// The pages in their places.
    pub graph: Arc<Graph>,
    /// Templates of the theme and the site.
    pub templates: Arc<Templates>,
    /// The site's own Go templates.
    pub go: Arc<GoTemplates>,
    /// The interface texts.
    pub texts: Arc<Texts>,
    found: Found,
    /// True if the site has content adapters.
    is_adapted: bool,
    now: Timestamp,
}

/// Findings by stage.
#[derive(Clone, Default)]
struct Found {
    files: Diagnostics,
    inventory: Diagnostics,
    /// Findings by index into the parsed pages.
    pages: Vec<Diagnostics>,
    graph: Diagnostics,
    templates: Diagnostics,
}

impl Parts {
    /// Stages 1 to 4 for the whole site.
    pub fn load(options: &BuildOptions<'_>) -> Result<Self, LoadError> {
        Self::load_timed(options, &mut Clock::new(options.progress))
    }

    pub(super) fn load_timed(options: &BuildOptions<'_>, clock: &mut Clock<'_>) -> Result<Self, LoadError> {
        let mut found = Found::default();
        clock.begin(Stage::Load, 0);
        let (config, mut tree) = load(options, &mut found.files)?;
        let (is_adapted, made) = adapter::adapt(&mut tree, &config);
        found.files.extend(made);
        clock.begin(Stage::Discover, 0);
        let inventory;
        (inventory, found.inventory) = discover::discover(&tree, &config);
        suggest_sites_below(&mut found.inventory, options);
        clock.begin(Stage::Parse, inventory.pages.len());
        let parsed: Vec<ParsedPage>;
        (parsed, found.pages) = parse_pages(&inventory, &tree, &config, options.progress)
            .into_iter()
            .unzip();
        clock.begin(Stage::Resolve, 0);
        let (graph, templates, go, texts);
        ((graph, found.graph), (templates, go, texts, found.templates)) = rayon::join(
            || graph::resolve(&inventory, &parsed, &tree, &config, options.now),
            || read_templates(&tree),
        );
        Ok(Self {
            config: Arc::new(config),
            tree: Arc::new(tree),
            inventory: Arc::new(inventory),
            parsed: Arc::new(parsed),
            graph: Arc::new(graph),
            templates: Arc::new(templates),
            go: Arc::new(go),
            texts: Arc::new(texts),
            found,
            is_adapted,
            now: options.now,
        })
    }

    /// The site after the content of `changed` has changed, and nothing else. `None` if reading these files again is
    /// not enough: settings have changed, a file is gone or has another role, or a page names files that it shows.
    pub fn reread(&self, options: &BuildOptions<'_>, changed: &[FileId]) -> Option<Self> {
        // A template that makes pages may have read any file.
        if self.is_adapted {
            return None;
        }
        let mut next = Self {
            now: options.now,
            ..self.clone()
        };
        let (mut placed, mut templates) = (self.is_timeless(options.now), true);
        for id in changed {
            let old = self.tree.get(*id)?;
            let (new, found) = source::reread(*id, old).ok()?;
            // It may name a file now that nobody has read, or was the only one for which files were read.
            let names_files = source::shows_files(&new) || source::shows_files(old);
            if old.component == Component::Config || is_text(old) != is_text(&new) || names_files {
                return None;
            }
            next.found
                .files
                .retain(|d| d.span.is_none_or(|span| span.file != *id));
            next.found.files.extend(found);
            Arc::make_mut(&mut next.tree).replace(*id, new);
            placed &= next.parse_again(*id, self);
            templates &= !matches!(
                old.component,
                Component::Templates | Component::Layouts | Component::I18n | Component::Data
            );
        }
        if !placed {
            let (graph, found) =
                graph::resolve(&next.inventory, &next.parsed, &next.tree, &next.config, next.now);
            (next.graph, next.found.graph) = (Arc::new(graph), found);
        }
        if !templates {
            let (templates, go, texts, found) = read_templates(&next.tree);
            (next.templates, next.go) = (Arc::new(templates), Arc::new(go));
            (next.texts, next.found.templates) = (Arc::new(texts), found);
        }
        Some(next)
    }

    /// Runs stage 3 for a file that is a page. Returns true if the graph does not change: all that it takes from a page
    /// is the front matter, and the first heading if that has no title.
    fn parse_again(&mut self, id: FileId, old: &Self) -> bool {
        let Some(at) = self.inventory.pages.iter().position(|page| page.file == id) else {
            return true;
        };
        let context = ParseContext::of(&self.config, &self.config.environment);
        let (page, found) = parse_page(&self.inventory.pages[at], &self.tree, &context);
        let before = &old.parsed[at];
        let front = |page: &ParsedPage, tree: &SourceTree| {
            tree.text(id)
                .and_then(|text| text.get(page.front_span.range()).map(str::to_owned))
        };
        let same = page.front_span == before.front_span
            && page.first_heading == before.first_heading
            && front(&page, &self.tree) == front(before, &old.tree);
        Arc::make_mut(&mut self.parsed)[at] = page;
        self.found.pages[at] = found;
        same
    }

    /// Returns true if no page appears or expires between the moment of this site and `now`.
    fn is_timeless(&self, now: Timestamp) -> bool {
        let (from, to) = (self.now.min(now), self.now.max(now));
        let dates = self.parsed.iter().flat_map(|page| {
            let front = &page.front;
            [front.date, front.publish_date, front.expiry_date]
        });
        !dates.flatten().any(|date| from <= date && date <= to)
    }

    /// The findings of stages 1 to 4.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let Found {
            files,
            inventory,
            pages,
            graph,
            templates,
        } = &self.found;
        files
            .iter()
            .chain(inventory)
            .chain(pages.iter().flatten())
            .chain(graph)
            .chain(templates)
    }

    /// Everything that bodies are made of. `has_site_file` knows the paths of the files about the whole site.
    pub fn body_context<'a>(
        &'a self,
        highlighter: &'a Highlighter,
        has_site_file: &'a (dyn Fn(&str) -> bool + Sync),
    ) -> BodyContext<'a> {
        let texts = self.config.languages.map(|language| self.texts.of(language));
        BodyContext {
            graph: &self.graph,
            parsed: &self.parsed,
            tree: &self.tree,
            config: &self.config,
            templates: &self.templates,
            go: &self.go,
            text_values: texts.iter().map(tera::Value::from_serializable).collect(),
            texts,
            highlighter,
            nesting: 0,
            frames: Frames::default(),
            pages: &body::Pages,
            has_site_file,
        }
    }

    /// The input of stage 6.
    pub fn render_context(&self) -> RenderContext<'_> {
        RenderContext {
            graph: &self.graph,
            config: &self.config,
            parsed: &self.parsed,
            tree: &self.tree,
            templates: &self.templates,
            texts: &self.texts,
        }
    }
}

/// A folder without pages may be that of a repository whose site is further down: then the finding names it.
fn suggest_sites_below(found: &mut Diagnostics, options: &BuildOptions<'_>) {
    for finding in found.iter_mut().filter(|finding| finding.code == Code::NoContent) {
        let below = source::sites_below(&options.source);
        if let Some(first) = below.first() {
            let all = below.iter().map(|site| format!("`{site}/`")).collect::<Vec<_>>();
            let there = format!(
                "there is a site in {}: run `wsgen` with `-s {first}`",
                all.join(", ")
            );
            finding.help = Some(there);
        }
    }
}

fn read_templates(tree: &SourceTree) -> (Templates, GoTemplates, Texts, Diagnostics) {
    let (templates, mut found) = Templates::new(tree);
    let (go, more) = GoTemplates::new(tree);
    found.extend(more);
    let (texts, more) = Texts::new(tree);
    found.extend(more);
    (templates, go, texts, found)
}

fn is_text(file: &SourceFile) -> bool {
    !matches!(file.content, Content::OnDisk)
}
