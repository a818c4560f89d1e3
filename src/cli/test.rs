//! `wsgen test`: the steps of pages, listed or run.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use super::args::TestArgs;
use super::interrupt::{INTERRUPTED, ask_to_end};
use super::progress::Bar;
use super::report::{Told, counted};
use super::{FINDINGS, fail, options, print};
use crate::diag::print::{self as printer, harmless};
use crate::diag::{Code, Diagnostics};
use crate::fix;
use crate::pipeline::Parts;
use crate::steps::{self, PagePlan, Passed, RunOptions};

/// Environment variables that sessions have as wsgen has them. `WSGEN_TEST` is how runs within runs know each other.
const PASSED: [&str; 17] = [
    "PATH",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_CTYPE",
    "USER",
    "LOGNAME",
    "SHELL",
    "TZ",
    "CI",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "WSGEN_TEST",
];

/// Starts a program without a network. Its own addresses work.
const OFFLINE: [&str; 7] = [
    "unshare",
    "--map-root-user",
    "--net",
    "sh",
    "-c",
    "ip link set lo up 2>/dev/null; exec \"$@\"",
    "sh",
];
/// File of the pages that have passed, inside the site.
const PASSED_PAGES: &str = ".wsgen/tested.txt";

pub(super) fn run(args: &TestArgs) -> ExitCode {
    let started = Instant::now();
    let bar = Bar::new(args.findings.quiet);
    let parts = match Parts::load(&options(&args.site, &bar)) {
        Ok(parts) => parts,
        Err(error) => return fail(error),
    };
    let mut plans = match steps::plans(&parts, &args.site.source, &args.pages, has_program("go")) {
        Ok(plans) => plans,
        Err(error) => return fail(error),
    };
    bar.finish();
    if args.list {
        return list(&plans, &parts, args);
    }
    let settings = &parts.config.wsgen.test;
    if !(settings.enabled || args.yes) {
        return fail(
            "the commands of pages would run on this machine; `--yes` allows it, or `[wsgen.test] enabled = true` in the settings",
        );
    }
    if args.offline && !has_namespaces() {
        return fail("`--offline` needs Linux, its program `unshare`, and the right to make namespaces");
    }
    let options = RunOptions {
        source: args.site.source.clone(),
        temporary: std::env::temp_dir(),
        environment: environment(&settings.pass, &settings.env),
        settings: settings.clone(),
        keep: args.keep,
        launcher: if args.offline {
            OFFLINE.map(str::to_owned).into()
        } else {
            Vec::new()
        },
    };
    let file = args.site.source.join(PASSED_PAGES);
    let mut passed = Passed::read(&file, &options);
    let all = plans.len();
    if args.changed {
        plans.retain(|plan| !passed.holds(plan));
    }
    let stop = Arc::new(AtomicBool::new(false));
    ask_to_end(&stop);
    let done = AtomicUsize::new(0);
    let runs = steps::run(&parts, &plans, &options, &stop, &|pages| {
        bar.tell(
            "running",
            done.fetch_add(pages, Ordering::Relaxed) + pages,
            plans.len(),
        );
    });
    bar.finish();
    for folder in runs.iter().filter_map(|run| run.folder.as_ref()) {
        let _ = writeln!(
            anstream::stderr(),
            "kept: {}",
            harmless(&folder.display().to_string())
        );
    }
    if parts.config.wsgen.cache {
        passed.add(&plans, &runs);
        passed.write(&file);
    }
    let mut findings = steps::findings(&plans, &runs);
    if args.update
        && let Err(error) = update(&mut findings, &parts)
    {
        return fail(error);
    }
    let mut summary = steps::summary(&runs, started.elapsed());
    if all > plans.len() {
        summary += &format!(", {} passed before", counted(all - plans.len(), "page"));
    }
    let code = tell(findings, &summary, &parts, args);
    if stop.load(Ordering::Relaxed) {
        ExitCode::from(INTERRUPTED)
    } else {
        code
    }
}

/// Writes what commands print into the pages, and takes out what is mended.
fn update(findings: &mut Diagnostics, parts: &Parts) -> Result<(), String> {
    let changes = fix::changes(findings, &parts.tree);
    let count: usize = changes.iter().map(|change| change.findings).sum();
    for change in &changes {
        let written = change.write();
        written.map_err(|error| format!("`{}` cannot be written: {error}", change.path))?;
    }
    findings.retain(|finding| finding.fix.is_empty());
    let (outputs, files) = (counted(count, "output"), counted(changes.len(), "file"));
    let _ = writeln!(anstream::stderr(), "{outputs} written in {files}");
    Ok(())
}

/// Returns true if the program may start shells in namespaces.
fn has_namespaces() -> bool {
    let mut command = std::process::Command::new(OFFLINE[0]);
    let ran = command
        .args(&OFFLINE[1..3])
        .arg("true")
        .stderr(std::process::Stdio::null())
        .status();
    cfg!(target_os = "linux") && ran.is_ok_and(|status| status.success())
}

fn list(plans: &[PagePlan], parts: &Parts, args: &TestArgs) -> ExitCode {
    let list = steps::list(plans, &parts.tree);
    let lines: String = list.lines().map(|line| harmless(line) + "\n").collect();
    let listed = print(&lines);
    let findings: Diagnostics = plans.iter().flat_map(|plan| plan.findings.clone()).collect();
    if findings.is_empty() {
        listed
    } else {
        tell(findings, "", parts, args)
    }
}

/// Prints findings and summary; returns the exit code. Steps that did not run are counted in the summary, and stand one by
/// one in formats for programs and with `-v`.
fn tell(mut findings: Diagnostics, summary: &str, parts: &Parts, args: &TestArgs) -> ExitCode {
    printer::sort(&mut findings, &*parts.tree);
    let are_shown = args.findings.format.for_programs() || args.findings.verbose;
    findings.retain(|finding| are_shown || finding.code != Code::SkippedStep);
    let told = Told {
        tree: &parts.tree,
        site: &args.site.source,
        args: &args.findings,
    };
    told.tell(&findings, summary);
    let fails = findings.iter().any(|finding| finding.code != Code::SkippedStep);
    ExitCode::from(u8::from(fails) * FINDINGS)
}

/// The variables of sessions: a few of wsgen's own, those that the settings name, and those that they set.
fn environment(names: &[String], set: &[(String, String)]) -> Vec<(String, String)> {
    let names = PASSED.into_iter().chain(names.iter().map(String::as_str));
    let passed = names.filter_map(|name| Some((name.to_owned(), std::env::var(name).ok()?)));
    let own = [("TERM".to_owned(), "dumb".to_owned())];
    own.into_iter().chain(passed).chain(set.iter().cloned()).collect()
}

/// Returns true if a folder of `PATH` has a program of that name.
fn has_program(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}
