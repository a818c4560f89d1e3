//! The command line: the only place that prints, reads the environment and decides the exit code.
//!
//! Exit codes: 0 all is well, 1 there are findings of severity error (or any finding, with `--strict` and in
//! `wsgen check`), 2 the command cannot be understood or the disk did not cooperate.

mod args;
mod progress;
mod report;

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser as _;

use crate::pipeline::{self, BuildOptions};
use args::{Cli, Command, SiteArgs};
use progress::Bar;
use report::Report;

/// There are findings that matter.
const FINDINGS: u8 = 1;
/// The command or the disk failed.
const FAILURE: u8 = 2;

/// Runs wsgen with the arguments of the process and gives its exit code.
pub fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => run(&cli),
        Err(error) => {
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(FAILURE))
        }
    }
}

fn run(cli: &Cli) -> ExitCode {
    match &cli.command {
        Command::Build(build) => site(&build.site, build.strict, Some(build)),
        Command::Check(check) => site(&check.site, true, None),
    }
}

/// Builds or checks a site. `strict`: warnings count as errors.
fn site(args: &SiteArgs, strict: bool, build: Option<&args::BuildArgs>) -> ExitCode {
    let started = Instant::now();
    let bar = Bar::new(args.quiet);
    let options = BuildOptions {
        source: args.source.clone(),
        destination: build.and_then(|build| build.destination.clone()),
        base_url: args.base_url.clone(),
        include: args.include(),
        environment: args.environment.clone(),
        variables: hugo_variables(),
        now: jiff::Timestamp::now(),
        write: build.is_some(),
        progress: &bar,
    };
    let result = pipeline::build(&options);
    bar.finish();
    match result {
        Ok(report) => {
            let report = Report::new(&report, args, strict, started.elapsed());
            report.print();
            ExitCode::from(if report.fails() { FINDINGS } else { 0 })
        }
        Err(error) => {
            let style = clap::builder::Styles::styled();
            let red = style.get_error();
            let _ = writeln!(anstream::stderr(), "{red}error{red:#}: {error}");
            ExitCode::from(FAILURE)
        }
    }
}

/// Settings in the environment. Names and values that are not text are no settings.
fn hugo_variables() -> Vec<(String, String)> {
    let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        Some((name.into_string().ok()?, value.into_string().ok()?))
    };
    let mut list: Vec<_> = std::env::vars_os()
        .filter_map(text)
        .filter(|(name, _)| name.starts_with("HUGO"))
        .collect();
    list.sort();
    list
}
