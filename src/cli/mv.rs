//! `wsgen mv`: moves pages and renames ids, with everything that leads there.

use std::io::Write as _;
use std::process::ExitCode;

use super::args::MvArgs;
use super::progress::Bar;
use super::report::counted;
use super::{fail, options, print};
use crate::diag::print::harmless;
use crate::mv::{self, Move, MvError};

pub(super) fn run(args: &MvArgs) -> ExitCode {
    let bar = Bar::usual();
    let prepared = prepare(args, &bar);
    bar.finish();
    match prepared.and_then(|change| tell(args, &change)) {
        Ok(code) => code,
        Err(error) => fail(error),
    }
}

fn prepare(args: &MvArgs, bar: &Bar) -> Result<Move, MvError> {
    let options = options(&args.site, bar);
    let standing = &args.site.standing;
    match (args.from.split_once('#'), args.to.strip_prefix('#')) {
        (None, None) => mv::page(&options, standing, &args.from, &args.to),
        (Some((page, from)), Some(to)) => mv::rename_id(&options, standing, page, from, to),
        _ => Err(MvError::Path {
            path: args.to.clone(),
            why: "a page moves to a path, and an id (`page.md#old`) to another one (`#new`)".to_owned(),
        }),
    }
}

/// Shows the changes or makes them.
fn tell(args: &MvArgs, change: &Move) -> Result<ExitCode, MvError> {
    let remarks: String = change
        .remarks
        .iter()
        .map(|remark| harmless(remark) + "\n")
        .collect();
    let _ = anstream::stderr().write_all(remarks.as_bytes());
    if args.dry_run {
        return Ok(print(&change.diff()));
    }
    change.apply()?;
    let renames = change
        .renames
        .iter()
        .map(|(from, to)| harmless(&format!("{from} -> {to}")) + "\n");
    let mut text: String = renames.collect();
    let written = [
        (change.links, "link changed", "links changed"),
        (change.aliases, "alias added", "aliases added"),
    ];
    let written: Vec<String> = written
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    if !written.is_empty() {
        text += &format!("{}, in {}\n", written.join(", "), counted(change.files(), "file"));
    }
    Ok(print(&text))
}
