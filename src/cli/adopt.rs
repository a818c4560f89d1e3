//! `wsgen adopt`: a Hugo repository, taken over.

use std::process::ExitCode;

use super::args::{AdoptArgs, HostName};
use super::progress::Bar;
use super::{fail, options, print};
use crate::adopt::adopt;

pub(super) fn run(args: &AdoptArgs) -> ExitCode {
    let bar = Bar::usual();
    let adoption = adopt(&options(&args.site, &bar), args.host.map(HostName::host));
    bar.finish();
    match adoption {
        Ok(adoption) => print(&adoption.text()),
        Err(error) => fail(error),
    }
}
