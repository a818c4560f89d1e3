//! `wsgen list`: the pages in reading order.

use std::process::ExitCode;

use super::args::{ListArgs, ListFormat};
use super::progress::Bar;
use super::{fail, options, print};
use crate::list::{self, translations};
use crate::pipeline::{self, Results};

pub(super) fn run(args: &ListArgs) -> ExitCode {
    let bar = Bar::usual();
    let mut options = options(&args.site, &bar);
    if args.translations {
        // Ages are wanted here, whether or not pages show them.
        let history = ("HUGO_ENABLEGITINFO".to_owned(), "true".to_owned());
        options.variables.push(history);
    }
    let site = pipeline::read(&options);
    bar.finish();
    match &site {
        Ok(site) if args.translations => print(&translated(site, args.format)),
        Ok(site) => print(&listed(site, args)),
        Err(error) => fail(error),
    }
}

fn listed(site: &Results, args: &ListArgs) -> String {
    let mut rows = list::rows(site);
    if args.all {
        rows.extend(list::left_out(site));
    }
    match args.format {
        ListFormat::Table => list::table(&rows),
        ListFormat::Json => list::json(&rows),
        ListFormat::Csv => list::csv(&rows),
    }
}

fn translated(site: &Results, format: ListFormat) -> String {
    let translations = translations::translations(site);
    match format {
        ListFormat::Table => translations::table(&translations),
        ListFormat::Json => translations::json(&translations),
        ListFormat::Csv => translations::csv(&translations),
    }
}
