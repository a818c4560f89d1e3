//! `wsgen list`: the pages in reading order.

use std::process::ExitCode;

use super::args::{ListArgs, ListFormat};
use super::progress::Bar;
use super::{fail, options, print};
use crate::{list, pipeline};

pub(super) fn run(args: &ListArgs) -> ExitCode {
    let bar = Bar::new(false);
    let site = pipeline::read(&options(&args.site, &bar));
    bar.finish();
    let rows = match &site {
        Ok(site) => list::rows(site),
        Err(error) => return fail(error),
    };
    print(&match args.format {
        ListFormat::Table => list::table(&rows),
        ListFormat::Json => list::json(&rows),
        ListFormat::Csv => list::csv(&rows),
    })
}
