//! `wsgen bundle`: the site as one file.

use std::process::ExitCode;
use std::time::Instant;

use super::args::BundleArgs;
use super::progress::Bar;
use super::report::Report;
use super::{fail, options, print};
use crate::bundle::bundle;

/// Bytes of a megabyte.
const MEGA: f64 = 1e6;

pub(super) fn run(args: &BundleArgs) -> ExitCode {
    let started = Instant::now();
    let bar = Bar::new(args.findings.quiet);
    let made = bundle(&options(&args.site, &bar), &args.output);
    bar.finish();
    let bundle = match made {
        Ok(bundle) => bundle,
        Err(error) => return fail(error),
    };
    let code = Report::new(
        &bundle.report,
        &args.site.source,
        &args.findings,
        args.strict,
        started.elapsed(),
    )
    .tell();
    if !args.findings.quiet && !args.findings.format.for_programs() {
        #[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
        let size = bundle.size as f64 / MEGA;
        let (path, files) = (args.output.display(), bundle.files);
        print(&format!("{path}: {files} files, {size:.1} MB\n"));
    }
    code
}
