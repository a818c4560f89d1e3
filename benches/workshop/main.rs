//! How long `wsgen build` takes on generated workshops, next to a floor and to Hugo.
//!
//! ```text
//! cargo bench --bench workshop                          # 17 and 1,020 pages of our own text
//! cargo bench --bench workshop -- --pages 1020,10200    # other sizes, in multiples of 17
//! cargo bench --bench workshop -- --calls               # 1,020 pages with three shortcode calls each, and without
//! cargo bench --bench workshop -- --serve               # how soon the preview shows what was saved
//! WSGEN_WORKSHOPS=DIR cargo bench --bench workshop -- --real gwc    # the pages of a real workshop, repeated
//! ```
//!
//! Every section of a workshop has the same 17 pages, but no two code blocks are equal. Each row is the median of
//! `--runs` fresh processes (3); the rows take turns, so that a busy machine is busy for all of them:
//!
//! - `floor`: reads the pages, runs pulldown-cmark, runs syntect over every block, and writes the result. Nothing that
//!   makes a site of them. In parallel, as wsgen is.
//! - `cold`: `wsgen build` with neither cache nor destination, without search and page for printing.
//! - `warm`: again, with the highlight cache and without a destination.
//! - `again`: once more, with both and nothing changed.
//! - `print`: as `warm`, with the page that holds the whole workshop.
//! - `search`: as `warm`, with the search, whose index is made anew.
//! - `all cold`, `all warm`: with both, as sites are that set nothing; `all warm` has all caches.
//! - `hugo`: `hugo` with layouts that print the content and nothing else, when it is on the `PATH` or named by `HUGO`.
//!
//! With `--calls` the rows are `plain` and `calls`: the same pages, in which what the calls give stands instead of them.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program that measures other programs"
)]

mod calls;
mod floor;
mod generate;
mod measure;
mod options;
mod real;
mod report;
mod serve;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use measure::{Sample, measure};
use options::Options;
use report::Row;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let result = match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        // This program starts itself for what has to be a process of its own.
        ["measure", command @ ..] => measure::run(command),
        ["floor", from, to] => floor::run(Path::new(from), Path::new(to)),
        _ => Options::parse(&arguments).and_then(|options| compare(&options)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn compare(options: &Options) -> Result<()> {
    if !options.measuring {
        println!("Run `cargo bench --bench workshop` to measure.");
        return Ok(());
    }
    // Some file systems are slow to use again what was deleted a moment ago: nothing is deleted before the end.
    let folder = options.folder.join(std::process::id().to_string());
    for pages in &options.pages {
        let site = folder.join(pages.to_string());
        if options.calls {
            println!("{}", compare_calls(&site, *pages, options.runs)?);
            continue;
        }
        let size = match &options.real {
            Some(name) => real::generate(&site, name, *pages)?,
            None => generate::generate(&site, *pages)?,
        };
        if options.serve {
            println!("{pages} pages: {}", serve::measure(&site, *pages)?);
        } else {
            let rows = measure_rows(&rows_of(&site, options)?, options.runs)?;
            println!("{}", report::table(&size, &rows));
        }
    }
    if options.keep {
        println!("Kept in {}", folder.display());
        Ok(())
    } else {
        remove(&folder)
    }
}

/// The measured build of a row in the table.
struct Task {
    name: &'static str,
    command: Vec<String>,
    /// Settings that the site has beyond its configuration.
    settings: &'static [(&'static str, &'static str)],
    /// The destination of each run.
    to: PathBuf,
    /// True if a run finds the output of the one before it in `to`.
    again: bool,
    /// A folder whose caches are removed before each run.
    cache: Option<PathBuf>,
}

impl Task {
    /// A build of `site` by wsgen.
    fn build(name: &'static str, site: &Path) -> Self {
        let command = [env!("CARGO_BIN_EXE_wsgen"), "build", "--quiet", "--source"];
        let site_name = site.display().to_string();
        Self {
            name,
            command: command
                .map(str::to_owned)
                .into_iter()
                .chain([site_name, "--destination".to_owned()])
                .collect(),
            settings: &[],
            to: site.join(name.replace(' ', "-")),
            again: false,
            cache: None,
        }
    }

    /// A build without caches of earlier runs.
    fn cold(name: &'static str, site: &Path) -> Self {
        Self {
            cache: Some(site.join(".wsgen")),
            ..Self::build(name, site)
        }
    }

    fn with(self, settings: &'static [(&'static str, &'static str)]) -> Self {
        Self { settings, ..self }
    }

    fn run(&self, run: usize) -> Result<Sample> {
        if let Some(folder) = &self.cache {
            remove_caches(folder)?;
        }
        let to = self.folder(run).display().to_string();
        let command: Vec<String> = self.command.iter().cloned().chain([to]).collect();
        measure(&command, self.settings)
    }

    fn folder(&self, run: usize) -> PathBuf {
        if self.again {
            return self.to.clone();
        }
        self.to.with_extension(run.to_string())
    }
}

const PRINT: (&str, &str) = ("HUGO_WSGEN_PRINT", "true");
const SEARCH: (&str, &str) = ("HUGO_WSGEN_SEARCH", "true");

fn rows_of(site: &Path, options: &Options) -> Result<Vec<Task>> {
    let this = env::current_exe()?.display().to_string();
    let content = site.join("content").display().to_string();
    let mut tasks = vec![
        Task {
            command: vec![this, "floor".to_owned(), content],
            ..Task::build("floor", site)
        },
        Task::cold("cold", site),
        Task::build("warm", site),
        Task {
            again: true,
            ..Task::build("again", site)
        },
        Task::build("print", site).with(&[PRINT]),
        Task::build("search", site).with(&[SEARCH]),
        Task::cold("all cold", site).with(&[PRINT, SEARCH]),
        Task::build("all warm", site).with(&[PRINT, SEARCH]),
    ];
    if let Some(hugo) = options.hugo.as_ref().map(|path| path.display().to_string()) {
        let source = site.display().to_string();
        let command = [hugo.as_str(), "--quiet", "--source", &source, "--destination"];
        tasks.push(Task {
            command: command.map(str::to_owned).to_vec(),
            ..Task::build("hugo", site)
        });
    }
    Ok(tasks)
}

/// Builds pages with calls, and the same pages with what the calls give.
fn compare_calls(site: &Path, pages: usize, runs: usize) -> Result<String> {
    let (plain, calls) = (site.join("plain"), site.join("calls"));
    calls::generate(&plain, pages, false)?;
    let size = calls::generate(&calls, pages, true)?;
    let tasks = [
        Task::cold("plain cold", &plain),
        Task::cold("calls cold", &calls),
        Task::build("plain", &plain),
        Task::build("calls", &calls),
    ];
    let rows = measure_rows(&tasks, runs)?;
    Ok(format!(
        "{} calls\n{}calls / plain: cold {}, warm {}\n",
        pages * calls::CALLS,
        report::table(&size, &rows),
        report::ratios(&rows[1], &rows[0]),
        report::ratios(&rows[3], &rows[2]),
    ))
}

/// Runs every task several times, the tasks in turn, and looks at what they wrote. Hugo is slow and runs twice.
fn measure_rows(tasks: &[Task], runs: usize) -> Result<Vec<Row>> {
    let mut samples: Vec<Vec<Sample>> = tasks.iter().map(|_| Vec::new()).collect();
    for task in tasks.iter().filter(|task| task.again) {
        task.run(0)?;
    }
    for run in 0..runs.max(1) {
        for (task, samples) in tasks.iter().zip(&mut samples) {
            if task.name != "hugo" || run < 2 {
                samples.push(task.run(run)?);
            }
        }
    }
    let rows = tasks.iter().zip(samples).map(|(task, samples)| {
        let (files, bytes) = weigh(&task.folder(0))?;
        Ok(Row {
            name: task.name,
            sample: Sample::median(&samples),
            files,
            bytes,
        })
    });
    rows.collect()
}

/// Removes what earlier runs have worked out, and leaves the lists of what they wrote.
fn remove_caches(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "pack") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Files below a folder and their bytes.
fn weigh(folder: &Path) -> Result<(usize, u64)> {
    let mut sum = (0, 0);
    for entry in walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
    {
        sum = (sum.0 + 1, sum.1 + entry.metadata()?.len());
    }
    Ok(sum)
}
