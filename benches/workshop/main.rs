//! How long `wsgen build` takes on generated workshops, next to a floor and to Hugo.
//!
//! ```text
//! cargo bench --bench workshop                          # 17 and 1,020 pages of our own text
//! cargo bench --bench workshop -- --pages 1020,10200    # other sizes, in multiples of 17
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
    for pages in &options.pages {
        let site = options
            .folder
            .join(format!("{}-{pages}", options.real.as_deref().unwrap_or("own")));
        remove(&site)?;
        let size = match &options.real {
            Some(name) => real::generate(&site, name, *pages)?,
            None => generate::generate(&site, *pages)?,
        };
        let rows = measure_site(&site, options)?;
        println!("{}", report::table(&size, &rows));
        if !options.keep {
            remove(&site)?;
        }
    }
    Ok(())
}

fn measure_site(site: &Path, options: &Options) -> Result<Vec<Row>> {
    let this = env::current_exe()?.display().to_string();
    let source = site.display().to_string();
    let public = site.join("public");
    let build = [
        env!("CARGO_BIN_EXE_wsgen"),
        "build",
        "--quiet",
        "--source",
        &source,
    ];
    let floor_to = site.join("floor");
    let to = floor_to.display().to_string();
    let content = site.join("content").display().to_string();
    let floor = [this.as_str(), "floor", &content, &to];

    let mut rows = vec![repeat("floor", options.runs, &floor, &floor_to, &[&floor_to])?];
    remove(&floor_to)?;
    rows.push(repeat(
        "cold",
        options.runs,
        &build,
        &public,
        &[&public, &site.join(".wsgen")],
    )?);
    rows.push(repeat("warm", options.runs, &build, &public, &[&public])?);
    rows.push(repeat("again", options.runs, &build, &public, &[])?);
    if let Some(hugo) = options.hugo.as_ref().map(|path| path.display().to_string()) {
        let to = site.join("hugo");
        let destination = to.display().to_string();
        let command = [
            hugo.as_str(),
            "--quiet",
            "--source",
            &source,
            "--destination",
            &destination,
        ];
        rows.push(repeat("hugo", options.runs.min(2), &command, &to, &[&to])?);
    }
    Ok(rows)
}

/// Runs a command several times, each time without the folders `without`, and looks at what it wrote `to`.
fn repeat(name: &'static str, runs: usize, command: &[&str], to: &Path, without: &[&PathBuf]) -> Result<Row> {
    let mut samples: Vec<Sample> = Vec::new();
    for _ in 0..runs.max(1) {
        without.iter().try_for_each(|folder| remove(folder))?;
        samples.push(measure(command)?);
    }
    samples.sort_by_key(|sample| sample.wall);
    let sample = samples.swap_remove(samples.len() / 2);
    let (files, bytes) = weigh(to)?;
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
