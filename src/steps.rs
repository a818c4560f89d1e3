//! The steps of a workshop: the commands that pages show, for `wsgen test`.
//!
//! Takes the results of stages 1 to 4. [`plans`] gives the steps of each page, with the reason for each that cannot be run;
//! [`run`] runs them, each page in a shell and a folder of its own. Nothing here is part of a build.

#![cfg_attr(
    not(unix),
    allow(dead_code, reason = "steps run where there are process groups")
)]

mod attributes;
mod changed;
#[cfg(unix)]
mod copy;
mod fence;
#[cfg(unix)]
mod guard;
mod list;
mod options;
mod outcome;
#[cfg(unix)]
mod output;
mod page_text;
mod plan;
mod reasons;
mod report;
#[cfg(unix)]
mod runner;
mod script;
#[cfg(unix)]
mod session;
mod surroundings;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;
use spanned_data::Data;

pub use changed::Passed;
pub use list::list;
pub use options::RunOptions;
pub use outcome::{Outcome, PageRun};
pub use plan::{PagePlan, Step};
pub use report::{findings, summary};

use crate::diag::FileId;
use crate::graph::{Page, PageId};
use crate::parse::Format;
use crate::pipeline::Parts;
use page_text::PageText;
use plan::{Rules, plan};

/// A page that was asked for and is none of the site's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no page `{0}`")]
pub struct UnknownPage(String);

/// The plans of the pages in reading order that `wanted` names by their files, folders or URLs; of all if it is empty.
/// Pages without steps are left out.
pub fn plans(
    parts: &Parts,
    source: &Path,
    wanted: &[String],
    has_go: bool,
) -> Result<Vec<PagePlan>, UnknownPage> {
    let pages: Vec<(&Page, FileId)> = pages(parts);
    let names = |wanted: &str, (page, file): &(&Page, FileId)| {
        let path = parts.tree.path(*file).unwrap_or_default();
        is_named(path, wanted)
            || is_named(path.trim_start_matches("content/"), wanted)
            || is_named(&page.url, wanted)
    };
    for name in wanted {
        if !pages.iter().any(|page| names(name, page)) {
            return Err(UnknownPage(name.clone()));
        }
    }
    let chosen = pages
        .into_iter()
        .filter(|page| wanted.is_empty() || wanted.iter().any(|name| names(name, page)));
    let plans = chosen.map(|(page, file)| plan_of(parts, source, page, file, has_go));
    Ok(plans
        .filter(|plan| !plan.steps.is_empty() || !plan.findings.is_empty())
        .collect())
}

/// The pages with a text, in reading order, and behind them those that no list holds.
fn pages(parts: &Parts) -> Vec<(&Page, FileId)> {
    let graph = &parts.graph;
    let ordered = graph
        .sites
        .iter()
        .flat_map(|site| site.reading_order.iter().copied());
    let mut ids: Vec<PageId> = ordered.collect();
    let mut is_known = vec![false; graph.pages.len()];
    for id in &ids {
        is_known[id.0 as usize] = true;
    }
    let others = graph.pages.iter().map(|page| page.id);
    ids.extend(others.filter(|id| !is_known[id.0 as usize]));
    let with_file = ids.into_iter().filter_map(|id| {
        let page = graph.page(id);
        let parsed = &parts.parsed[page.source?];
        (parsed.format == Format::Markdown).then_some((page, parsed.file))
    });
    with_file.collect()
}

/// Returns true if `wanted` is the path, or a folder above it.
fn is_named(path: &str, wanted: &str) -> bool {
    let path = path.trim_matches('/');
    let wanted = wanted.trim_start_matches("./").trim_matches('/');
    path == wanted
        || path
            .strip_prefix(wanted)
            .is_some_and(|rest| rest.starts_with('/'))
}

fn plan_of(parts: &Parts, source: &Path, page: &Page, file: FileId, has_go: bool) -> PagePlan {
    let text = parts.tree.text(file).unwrap_or_default();
    let parsed = page.source.map(|source| &parts.parsed[source]);
    let settings = &parts.config.wsgen.test;
    let page_text = PageText {
        file,
        text,
        body: parsed.map_or(0, |page| page.front_span.range().end)..text.len(),
        segments: parsed.map(|page| page.body.as_slice()).unwrap_or_default(),
        vars: &settings.vars,
        params: [&page.params, &parts.config.languages[page.lang].params],
        shared: shared(parts, page),
        skip: skipped(page).or_else(|| has_notest(source, parts.tree.path(file).unwrap_or_default())),
    };
    let rules = Rules {
        skip: &settings.skip,
        system: std::env::consts::OS,
        has_go,
    };
    plan(page.id, &page_text, rules)
}

/// The reason that the front matter of a page, or a cascade, gives for not running it: `test: false`.
fn skipped(page: &Page) -> Option<String> {
    match &page.params.get("test")?.data {
        Data::Bool(false) => Some("the page says `test: false`".to_owned()),
        Data::Str(reason) if reason != "true" => Some(reason.clone()),
        _ => None,
    }
}

/// The section, this page or one above it, whose front matter has its pages share a session: `test: {session: part}`.
fn shared(parts: &Parts, page: &Page) -> Option<PageId> {
    let above = std::iter::successors(Some(page), |page| Some(parts.graph.page(page.parent?)));
    let is_shared = |page: &&Page| {
        let session = page.params.get_path("test.session");
        session.is_some_and(|session| session.to_string() == "part")
    };
    above.filter(is_shared).last().map(|page| page.id)
}

/// eks-workshop-v2 leaves folders out with a file `.notest`.
fn has_notest(source: &Path, path: &str) -> Option<String> {
    let file = Path::new(path);
    let mut folders = file.ancestors().skip(1);
    let found = folders.any(|folder| source.join(folder).join(".notest").exists());
    found.then(|| "the folder has a file `.notest`".to_owned())
}

/// Runs the steps of pages, several pages at a time. `stop` ends the run; `done` is called when so many pages have ended.
pub fn run(
    parts: &Parts,
    plans: &[PagePlan],
    options: &RunOptions,
    stop: &AtomicBool,
    done: &(dyn Fn(usize) + Sync),
) -> Vec<PageRun> {
    let folder = |plan: &PagePlan| {
        let path = parts.tree.path(plan.file).unwrap_or_default();
        options
            .source
            .join(Path::new(path).parent().unwrap_or(Path::new("")))
    };
    let run = |pages: &[PagePlan]| {
        let folders: Vec<PathBuf> = pages.iter().map(folder).collect();
        let runs = run_session(pages, &folders, options, stop);
        done(pages.len());
        runs
    };
    let sessions: Vec<&[PagePlan]> = plans
        .chunk_by(|a, b| a.shared.is_some() && a.shared == b.shared)
        .collect();
    let runs: Vec<Vec<PageRun>> = sessions.into_par_iter().map(run).collect();
    runs.into_iter().flatten().collect()
}

/// Runs pages that share a session. A mistake in the attributes of one keeps all from running.
fn run_session(
    pages: &[PagePlan],
    folders: &[PathBuf],
    options: &RunOptions,
    stop: &AtomicBool,
) -> Vec<PageRun> {
    let without = |error: Option<&io::Error>| {
        let mut error = error;
        pages
            .iter()
            .map(|page| PageRun::without(page, &mut error))
            .collect()
    };
    let steps = || pages.iter().flat_map(|page| &page.steps);
    if pages.iter().any(|page| !page.findings.is_empty()) || steps().all(|step| step.skip.is_some()) {
        return without(None);
    }
    start(pages, folders, options, stop).unwrap_or_else(|error| without(Some(&error)))
}

#[cfg(unix)]
use runner::run as start;

#[cfg(not(unix))]
fn start(_: &[PagePlan], _: &[PathBuf], _: &RunOptions, _: &AtomicBool) -> io::Result<Vec<PageRun>> {
    Err(io::Error::other("steps run in bash on Linux and macOS"))
}
