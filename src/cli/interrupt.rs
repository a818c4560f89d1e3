//! Ctrl-C, and what the system sends to end a program: a build that is ended leaves its destination whole.

use std::io::Write as _;

use super::progress::Bar;
use crate::emit::Halt;

/// As shells have it for a program that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

/// Ends the process in order when somebody asks for it, whatever the build is doing. Where the system cannot tell of it,
/// the next build does what there is to do.
pub(super) fn end_in_order(halt: &Halt, bar: &Bar) {
    let (halt, bar) = (halt.clone(), bar.clone());
    let _ = ctrlc::set_handler(move || end(&halt, &bar));
}

#[expect(clippy::exit, reason = "the build runs on other threads, and is not asked")]
fn end(halt: &Halt, bar: &Bar) {
    // Held until the process has gone, so that nothing changes in the destination any more.
    let _stopped = halt.stop();
    bar.finish();
    let _ = anstream::stderr().write_all(b"interrupted\n");
    std::process::exit(INTERRUPTED);
}
