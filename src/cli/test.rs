//! `wsgen test --list`: the steps of pages.

use std::io::Write as _;
use std::process::ExitCode;

use super::args::TestArgs;
use super::progress::Bar;
use super::report::width;
use super::{FINDINGS, fail, options, print};
use crate::diag::Diagnostics;
use crate::diag::print::{self as printer, harmless};
use crate::pipeline::Parts;
use crate::steps;

pub(super) fn run(args: &TestArgs) -> ExitCode {
    let bar = Bar::new(args.findings.quiet);
    let parts = Parts::load(&options(&args.site, &bar));
    bar.finish();
    let parts = match parts {
        Ok(parts) => parts,
        Err(error) => return fail(error),
    };
    let plans = match steps::plans(&parts, &args.site.source, &args.pages, has_program("go")) {
        Ok(plans) => plans,
        Err(error) => return fail(error),
    };
    let findings: Diagnostics = plans
        .iter()
        .flat_map(|plan| plan.findings.iter().cloned())
        .collect();
    let list = steps::list(&plans, &parts.tree);
    let lines: String = list.lines().map(|line| harmless(line) + "\n").collect();
    let listed = print(&lines);
    if findings.is_empty() {
        listed
    } else {
        tell(findings, &parts, args)
    }
}

/// Prints findings in the format that was asked for.
fn tell(mut findings: Diagnostics, parts: &Parts, args: &TestArgs) -> ExitCode {
    printer::sort(&mut findings, &*parts.tree);
    let format = args.findings.format;
    let text = printer::render(&findings, &*parts.tree, format.printer(), width(format));
    if format.for_programs() {
        let _ = anstream::stdout().write_all(text.as_bytes());
    } else {
        let _ = anstream::stderr().write_all(text.as_bytes());
    }
    ExitCode::from(u8::from(!findings.is_empty()) * FINDINGS)
}

/// Returns true if a folder of `PATH` has a program of that name.
fn has_program(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}
