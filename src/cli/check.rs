//! `wsgen check`: everything but writing, and on request the links to other sites.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use super::args::CheckArgs;
use super::progress::Bar;
use super::report::{Report, counted};
use super::{fail, options};
use crate::diag::print::harmless;
use crate::external::{self, Http, Moved, Options, Outcome, Proxies};
use crate::fix;
use crate::pipeline::{self, BuildError, BuildOptions, BuildReport, Results};

/// Maximum time for a server's answer.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Runs of mending: edits that meet wait for the next one.
const ROUNDS: usize = 4;
/// File of answers inside the site.
const ANSWERS: &str = ".wsgen/external.json";

pub(super) fn run(args: &CheckArgs) -> ExitCode {
    let started = Instant::now();
    let bar = Bar::new(args.findings.quiet);
    let options = options(&args.site, &bar);
    let mended = if args.fix { fix(args, &options) } else { Ok(()) };
    let result = mended.and_then(|()| check(args, &options, &bar).map_err(|error| error.to_string()));
    bar.finish();
    match result {
        Ok((report, outcome)) => {
            if let Some(outcome) = outcome.filter(|_| !args.findings.quiet) {
                let text = remarks(&outcome, &report, args.findings.verbose);
                let _ = anstream::stderr().write_all(text.as_bytes());
            }
            Report::new(
                &report,
                &args.site.source,
                &args.findings,
                true,
                started.elapsed(),
            )
            .tell()
        }
        Err(error) => fail(error),
    }
}

/// Applies the edits of findings, or shows them.
fn fix(args: &CheckArgs, options: &BuildOptions<'_>) -> Result<(), String> {
    let (mut findings, mut files) = (0, BTreeSet::new());
    for _ in 0..ROUNDS {
        let report = pipeline::build(options).map_err(|error| error.to_string())?;
        let changes = fix::changes(&report.diagnostics, &report.tree);
        if args.dry_run {
            let diff: String = changes.iter().map(fix::Change::diff).collect();
            let _ = anstream::stdout().write_all(diff.as_bytes());
            return Ok(());
        }
        if changes.is_empty() {
            break;
        }
        for change in changes {
            let written = change.write();
            written.map_err(|error| format!("`{}` cannot be written: {error}", change.path))?;
            findings += change.findings;
            files.insert(change.path);
        }
    }
    if findings > 0 && !args.findings.quiet {
        let (findings, files) = (counted(findings, "finding"), counted(files.len(), "file"));
        let _ = anstream::stderr().write_all(format!("{findings} mended in {files}\n").as_bytes());
    }
    Ok(())
}

fn check(
    args: &CheckArgs,
    options: &BuildOptions<'_>,
    bar: &Bar,
) -> Result<(BuildReport, Option<Outcome>), BuildError> {
    let mut site = pipeline::make(options)?;
    if !args.external {
        return Ok((site.report(), None));
    }
    let outcome = ask(&site, options, bar);
    site.diagnostics.extend(outcome.findings.iter().cloned());
    Ok((site.report(), Some(outcome)))
}

fn ask(site: &Results, options: &BuildOptions<'_>, bar: &Bar) -> Outcome {
    let settings = &site.config.wsgen;
    let how = Options {
        ignore: settings.external_ignore.clone(),
        cache: settings.cache.then(|| options.source.join(ANSWERS)),
        ..Options::new(options.now)
    };
    let client = Http::new(TIMEOUT, Proxies::Environment);
    external::check(&external::links(site), &how, &client, &|done, of| {
        bar.tell("asking", done, of);
    })
}

/// Remarks that are not findings.
fn remarks(outcome: &Outcome, report: &BuildReport, verbose: bool) -> String {
    let mut out = String::new();
    for pattern in &outcome.wrong_patterns {
        out += &format!("external_ignore: `{pattern}` is not a valid pattern\n");
    }
    // A redirect that may change tomorrow is how some sites work; one that is for good asks for a new link.
    for moved in outcome.moved.iter().filter(|moved| verbose || moved.permanent) {
        out += &moved_line(moved, report);
    }
    for (url, status) in outcome.refused.iter().filter(|_| verbose) {
        out += &format!("refused ({status}): {url}\n");
    }
    let Outcome {
        asked,
        remembered,
        ignored,
        ..
    } = outcome;
    let refused = outcome.refused.len();
    out += &format!(
        "other sites: {asked} asked, {remembered} known from earlier runs, {ignored} ignored, {refused} refused\n",
    );
    out
}

fn moved_line(moved: &Moved, report: &BuildReport) -> String {
    let file = report.tree.path(moved.link.span.file).unwrap_or_default();
    let line = format!("moved: {} -> {} ({file})", moved.link.url, moved.to);
    harmless(&line) + "\n"
}
