//! Counts the steps of what a text could make slow, so that a test sees how work grows with its length. Time would say
//! less, and something else on each machine.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Counts `steps`, in tests alone.
#[inline]
pub(super) fn step(steps: usize) {
    #[cfg(test)]
    STEPS.set(STEPS.get() + steps);
    #[cfg(not(test))]
    let _ = steps;
}

/// The steps that `run` takes.
#[cfg(test)]
pub(super) fn of(run: impl FnOnce()) -> usize {
    STEPS.set(0);
    run();
    STEPS.get()
}
