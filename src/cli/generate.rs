//! `wsgen completions` and `wsgen man`: texts made from the definition of the command line.

use std::process::ExitCode;

use clap::CommandFactory as _;

use super::args::{Cli, CompletionsArgs, ManArgs};
use super::{fail, print};
use crate::diag::nearest;

pub(super) fn completions(args: &CompletionsArgs) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "wsgen", &mut script);
    print(&String::from_utf8_lossy(&script))
}

pub(super) fn man(args: &ManArgs) -> ExitCode {
    // Building gives the commands their full names: `wsgen build`.
    let mut all = Cli::command();
    all.build();
    let command = match &args.command {
        None => all,
        Some(name) => match all.find_subcommand(name) {
            Some(found) => found.clone(),
            None => {
                let names = all.get_subcommands().map(clap::Command::get_name);
                let help =
                    nearest::did_you_mean(name, names).unwrap_or_else(|| "see `wsgen --help`".to_owned());
                return fail(format!("there is no command `{name}`; {help}"));
            }
        },
    };
    let mut page = Vec::new();
    // Writing to memory cannot fail.
    let _ = clap_mangen::Man::new(command).render(&mut page);
    print(&String::from_utf8_lossy(&page))
}
