//! The command line: the only place that prints, reads the environment and decides the exit code.
//!
//! Exit codes: 0 all is well, 1 there are findings of severity error (or warning, with `--strict` and in
//! `wsgen check`), 2 the command cannot be understood or the disk did not cooperate, 130 a build was interrupted.

mod adopt;
mod args;
mod bundle;
mod check;
mod explain;
mod generate;
mod inspect;
mod interrupt;
mod list;
mod mv;
mod new;
mod progress;
mod report;
mod serve;
mod shown;
mod site;
mod test;
mod theme;

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser as _;

use crate::config::Purpose;
use crate::diag::print::harmless;
use crate::emit::Halt;
use crate::guard;
use crate::pipeline::{self, BuildOptions, Progress};
use args::{BuildArgs, Cli, Command, SiteArgs};
use progress::Bar;
use report::Report;

/// Exit code for findings that matter.
const FINDINGS: u8 = 1;
/// Exit code for a failure of the command or the disk.
const FAILURE: u8 = 2;
/// Columns of text that goes to a file or a pipe.
const COLUMNS: usize = 96;

/// Runs wsgen with the arguments of the process and returns its exit code.
pub fn main() -> ExitCode {
    guard::silence_guarded_panics();
    match Cli::try_parse() {
        Ok(mut cli) => match site::settle(&mut cli) {
            Ok(()) => run(&cli),
            Err(message) => fail(message),
        },
        Err(error) => {
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(FAILURE))
        }
    }
}

/// The definition of the command line. The manual's page about commands is made from it.
pub fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

fn run(cli: &Cli) -> ExitCode {
    match &cli.command {
        Command::Build(args) => build(args),
        Command::Check(args) => check::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Test(args) => test::run(args),
        Command::New(args) => new::run(args),
        Command::Mv(args) => mv::run(args),
        Command::Theme(args) => theme::run(args),
        Command::Adopt(args) => adopt::run(args),
        Command::Bundle(args) => bundle::run(args),
        Command::List(args) => list::run(args),
        Command::Inspect(args) => inspect::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Completions(args) => generate::completions(args),
        Command::Man(args) => generate::man(args),
    }
}

fn build(args: &BuildArgs) -> ExitCode {
    let started = Instant::now();
    let bar = Bar::new(args.findings.quiet);
    let options = BuildOptions {
        destination: args.destination.clone(),
        write: true,
        ..options(&args.site, &bar)
    };
    interrupt::end_in_order(&options.halt, &bar);
    let result = pipeline::build(&options);
    bar.finish();
    match result {
        Ok(report) => {
            let code = Report::new(
                &report,
                &args.site.source,
                &args.findings,
                args.strict,
                started.elapsed(),
            )
            .tell();
            // The process ends: the system takes its memory faster than it can be given back piece by piece.
            std::mem::forget(report);
            code
        }
        Err(error) => fail(error),
    }
}

/// Pipeline options of the commands that read a site. Nothing is written.
fn options<'a>(args: &SiteArgs, progress: &'a dyn Progress) -> BuildOptions<'a> {
    BuildOptions {
        source: args.source.clone(),
        destination: None,
        base_url: args.base_url.clone(),
        include: args.include(),
        instructor: args.instructor,
        purpose: Purpose::Publish,
        environment: args.environment.clone(),
        variables: hugo_variables(),
        now: jiff::Timestamp::now(),
        write: false,
        progress,
        halt: Halt::default(),
    }
}

/// Reports the reason why there is no result.
fn fail(error: impl std::fmt::Display) -> ExitCode {
    let style = clap::builder::Styles::styled();
    let red = style.get_error();
    let _ = writeln!(
        anstream::stderr(),
        "{red}error{red:#}: {}",
        harmless(&error.to_string())
    );
    ExitCode::from(FAILURE)
}

/// Writes the result of a command to standard output. A closed pipe is no failure.
fn print(text: &str) -> ExitCode {
    let _ = anstream::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

/// Number of columns of standard output.
fn columns() -> usize {
    let terminal = terminal_size::terminal_size_of(std::io::stdout());
    terminal
        .filter(|_| std::io::stdout().is_terminal())
        .map_or(COLUMNS, |(width, _)| usize::from(width.0))
}

/// Settings in the environment. Variables that are not text are no settings.
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
