//! Ctrl-C, and what the system sends to end a program: a build that is ended leaves its destination whole.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::progress::Bar;
use crate::emit::Halt;

/// As shells have it for a program that Ctrl-C has ended.
pub(super) const INTERRUPTED: u8 = 130;

/// Ends the process in order when somebody asks for it, whatever the build is doing. Where the system cannot tell of it,
/// the next build does what there is to do.
pub(super) fn end_in_order(halt: &Halt, bar: &Bar) {
    let (halt, bar) = (halt.clone(), bar.clone());
    let _ = ctrlc::set_handler(move || end(&halt, &bar));
}

/// Sets `stop` when somebody asks the process to end, and leaves the rest to those who read it.
pub(super) fn ask_to_end(stop: &Arc<AtomicBool>) {
    let stop = Arc::clone(stop);
    let _ = ctrlc::set_handler(move || stop.store(true, Ordering::Relaxed));
}

#[expect(clippy::exit, reason = "the build runs on other threads, and is not asked")]
fn end(halt: &Halt, bar: &Bar) {
    // Held until the process has gone, so that nothing changes in the destination any more.
    let _stopped = halt.stop();
    bar.finish();
    let _ = anstream::stderr().write_all(b"interrupted\n");
    std::process::exit(INTERRUPTED.into());
}
