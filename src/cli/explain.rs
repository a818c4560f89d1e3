//! `wsgen explain`: a page of the manual in the terminal.

use std::process::ExitCode;

use super::args::ExplainArgs;
use super::{columns, fail, print};
use crate::explain;

pub(super) fn run(args: &ExplainArgs) -> ExitCode {
    let Some(name) = &args.code else {
        return print(&explain::list());
    };
    match explain::find(name) {
        Ok(code) => print(&explain::text(code, columns())),
        Err(near) => {
            let help = near.map_or_else(
                || "`wsgen explain` lists all codes".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            fail(format!("there is no code `{name}`; {help}"))
        }
    }
}
