//! `wsgen inspect`: a description of a site, on one page.

use std::process::ExitCode;

use super::args::{InspectArgs, InspectFormat};
use super::progress::Bar;
use super::{columns, fail, options, print};
use crate::inspect::Facts;
use crate::pipeline::{self, BuildError, BuildOptions};

pub(super) fn run(args: &InspectArgs) -> ExitCode {
    let bar = Bar::usual();
    let facts = facts(&options(&args.site, &bar));
    bar.finish();
    match (facts, args.format) {
        (Ok(facts), InspectFormat::Text) => print(&facts.text(columns())),
        (Ok(facts), InspectFormat::Json) => print(&facts.json()),
        (Err(error), _) => fail(error),
    }
}

fn facts(options: &BuildOptions<'_>) -> Result<Facts, BuildError> {
    let site = pipeline::make(options)?;
    let facts = Facts::of(&site);
    let report = site.report();
    Ok(facts.found(&report.diagnostics, &report.tree))
}
