//! A progress bar for builds that take long.

use std::io::{IsTerminal as _, Write as _};
use std::sync::{Arc, Once};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::pipeline::{Progress, Stage};

/// Time before a bar is shown.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar on a terminal, nothing in a pipe. Clones are one bar.
#[derive(Clone)]
pub(super) struct Bar {
    bar: ProgressBar,
    started: Instant,
    wanted: bool,
    quiet: bool,
    shown: Arc<Once>,
}

impl Bar {
    /// A bar that is not shown yet.
    pub(super) fn usual() -> Self {
        Self::new(false)
    }

    /// A bar that is not shown yet, and never when `quiet`.
    pub(super) fn new(quiet: bool) -> Self {
        let style = ProgressStyle::with_template("{msg:>14} {bar:30} {pos}/{len}");
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        let bar = style.map_or_else(|_| bar.clone(), |style| bar.clone().with_style(style));
        Self {
            bar,
            started: Instant::now(),
            wanted: !quiet && std::io::stderr().is_terminal(),
            quiet,
            shown: Arc::new(Once::new()),
        }
    }

    /// Shows how much of some work is done.
    pub(super) fn tell(&self, work: &'static str, done: usize, of: usize) {
        self.bar.set_message(work);
        self.bar.set_length(of as u64);
        self.bar.set_position(done as u64);
        self.show_when_late();
    }

    /// Removes the bar.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn show_when_late(&self) {
        if self.wanted && self.started.elapsed() > PATIENCE {
            self.shown
                .call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
    }
}

impl Progress for Bar {
    fn begin(&self, stage: Stage, steps: usize) {
        self.bar.set_message(stage.verb());
        self.bar.set_length(steps as u64);
        self.bar.set_position(0);
        self.show_when_late();
        // Nobody knows how long it takes, and a log would end here without a reason.
        if stage == Stage::Wait && !self.wanted && !self.quiet {
            let _ = anstream::stderr().write_all(b"waiting for another build\n");
        }
    }

    fn step(&self) {
        self.bar.inc(1);
        self.show_when_late();
    }
}
