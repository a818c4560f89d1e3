//! How long `wsgen build` takes on generated workshops, next to a floor and to Hugo.
//!
//! ```text
//! cargo bench --bench workshop                          # 17 and 1,020 pages of our own text
//! cargo bench --bench workshop -- --pages 1020,10200    # other sizes, in multiples of 17
//! cargo bench --bench workshop -- --serve               # how soon the preview shows what was saved
//! WSGEN_WORKSHOPS=DIR cargo bench --bench workshop -- --real gwc    # the pages of a real workshop, repeated
//! ```
//!
//! Every section of a workshop has the same 17 pages, but no two code blocks are equal. Each row is the median of
//! `--runs` fresh processes (3):
//!
//! - `floor`: reads the pages, runs pulldown-cmark, runs syntect over every block, and writes the result. Nothing that
//!   makes a site of them. In parallel, as wsgen is.
//! - `cold`: `wsgen build` with neither cache nor destination.
//! - `warm`: again, with the highlight cache and without a destination.
//! - `again`: once more, with both and nothing changed.
//! - `hugo`: `hugo` with layouts that print the content and nothing else, when it is on the `PATH` or named by `HUGO`.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program that measures other programs"
)]

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
        let size = match &options.real {
            Some(name) => real::generate(&site, name, *pages)?,
            None => generate::generate(&site, *pages)?,
        };
        if options.serve {
            println!("{pages} pages: {}", serve::measure(&site, *pages)?);
        } else {
            let rows = measure_site(&site, options)?;
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

fn measure_site(site: &Path, options: &Options) -> Result<Vec<Row>> {
    let this = env::current_exe()?.display().to_string();
    let source = site.display().to_string();
    let content = site.join("content").display().to_string();
    let wsgen = env!("CARGO_BIN_EXE_wsgen");
    let build = |to: &str| {
        [
            wsgen,
            "build",
            "--quiet",
            "--source",
            &source,
            "--destination",
            to,
        ]
        .map(str::to_owned)
    };
    let cold = |to: &str| {
        // Never fails where there is a cache to remove.
        let _ = remove(&site.join(".wsgen"));
        build(to)
    };

    let to = |name: &str, run: usize| site.join(format!("{name}-{run}"));
    let mut rows = vec![
        repeat(
            "floor",
            options.runs,
            |run| to("floor", run),
            |to| [this.as_str(), "floor", &content, to].map(str::to_owned).to_vec(),
        )?,
        repeat(
            "cold",
            options.runs,
            |run| to("cold", run),
            |to| cold(to).to_vec(),
        )?,
        repeat(
            "warm",
            options.runs,
            |run| to("warm", run),
            |to| build(to).to_vec(),
        )?,
        repeat("again", options.runs, |_| to("warm", 0), |to| build(to).to_vec())?,
    ];
    if let Some(hugo) = options.hugo.as_ref().map(|path| path.display().to_string()) {
        rows.push(repeat(
            "hugo",
            options.runs.min(2),
            |run| to("hugo", run),
            |to| {
                [hugo.as_str(), "--quiet", "--source", &source, "--destination", to]
                    .map(str::to_owned)
                    .to_vec()
            },
        )?);
    }
    Ok(rows)
}

/// Runs a command several times, each time with the destination that `to` gives, and looks at what it wrote.
fn repeat(
    name: &'static str,
    runs: usize,
    to: impl Fn(usize) -> PathBuf,
    command: impl Fn(&str) -> Vec<String>,
) -> Result<Row> {
    let mut samples: Vec<Sample> = Vec::new();
    for run in 0..runs.max(1) {
        samples.push(measure(&command(&to(run).display().to_string()))?);
    }
    samples.sort_by_key(|sample| sample.wall);
    let sample = samples.swap_remove(samples.len() / 2);
    let (files, bytes) = weigh(&to(0))?;
    Ok(Row {
        name,
        sample,
        files,
        bytes,
    })
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
