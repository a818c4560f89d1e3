//! Work that may fail by a panic: libraries that read arbitrary text have mistakes, and so has wsgen. A panic costs
//! only the page, block or formula that it was about.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    /// Number of guards around the thread's current work.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Runs `work`; the message of its panic if it panics. State that it has changed until then must be of no use to
/// others, or whole at any moment.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    DEPTH.set(DEPTH.get() + 1);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(DEPTH.get() - 1);
    result.map_err(|payload| message(payload.as_ref()))
}

/// Keeps panics that are [guarded] from being written to stderr as if the program ended. For the command to call once.
pub(crate) fn silence_guarded_panics() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if DEPTH.get() == 0 {
            usual(panic);
        }
    }));
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_message() {
        assert_eq!(guarded(|| 1), Ok(1));
        let number = 7;
        assert_eq!(
            guarded(|| panic!("number {number}")),
            Err::<(), _>("number 7".to_owned())
        );
        assert_eq!(guarded(|| guarded(|| panic!("inner")).unwrap_or(2)), Ok(2));
        assert_eq!(DEPTH.get(), 0);
    }
}
