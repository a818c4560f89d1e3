//! The budget of a page: bytes, nodes and steps that it may take besides its own text.
//!
//! Includes, Go templates, Tera templates, formulas and texts of other pages spend from the one budget that is open on
//! the thread. A page is made on one thread, from its beginning to its end, so that the sum depends on the page alone.

use std::cell::RefCell;
use std::fmt;

use crate::diag::{Code, Diagnostic, Span};

/// The limits of one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that are read from other files or printed by templates.
    pub bytes: u64,
    /// Elements and texts that these bytes become.
    pub nodes: u64,
    /// Actions of templates, turns of loops, calls.
    pub steps: u64,
}

impl Default for Limits {
    /// Some hundred times the largest page of a real workshop; about 100 MiB of memory, and seconds.
    fn default() -> Self {
        Self {
            bytes: 32 << 20,
            nodes: 1_000_000,
            steps: 2_000_000,
        }
    }
}

impl Limits {
    /// Pages that may all reach the limits.
    const FULL: u64 = 32;
    /// The smallest share of the limits, as a divisor.
    const LEAST: u64 = 8;

    /// The limits of a page of a site with `pages` of them. All together take at most what [`Self::FULL`] pages may, or
    /// each an eighth. A common pot would be emptied by other pages in each build.
    pub fn of_one(self, pages: usize) -> Self {
        let pages = (pages as u64).max(1);
        let share = |limit: u64| {
            let even = u128::from(limit) * u128::from(Self::FULL) / u128::from(pages);
            limit.min(u64::try_from(even).unwrap_or(u64::MAX).max(limit / Self::LEAST))
        };
        Self {
            bytes: share(self.bytes),
            nodes: share(self.nodes),
            steps: share(self.steps),
        }
    }
}

/// An amount of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Cost {
    pub(crate) bytes: u64,
    pub(crate) nodes: u64,
    pub(crate) steps: u64,
}

impl Cost {
    pub(crate) fn bytes(bytes: usize) -> Self {
        let bytes = bytes as u64;
        Self {
            bytes,
            ..Self::default()
        }
    }

    pub(crate) fn nodes(nodes: usize) -> Self {
        let nodes = nodes as u64;
        Self {
            nodes,
            ..Self::default()
        }
    }

    pub(crate) fn steps(steps: u64) -> Self {
        Self {
            steps,
            ..Self::default()
        }
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            bytes: self.bytes.saturating_add(other.bytes),
            nodes: self.nodes.saturating_add(other.nodes),
            steps: self.steps.saturating_add(other.steps),
        }
    }

    /// The part that has been added since `before`.
    pub(crate) fn since(self, before: Self) -> Self {
        Self {
            bytes: self.bytes.saturating_sub(before.bytes),
            nodes: self.nodes.saturating_sub(before.nodes),
            steps: self.steps.saturating_sub(before.steps),
        }
    }
}

/// A limit that a page has crossed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Over {
    unit: &'static str,
    limit: u64,
}

impl fmt::Display for Over {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the page takes more than ")?;
        match self.limit >> 20 {
            mebibytes if self.unit == "bytes" && mebibytes > 0 => write!(f, "{mebibytes} MiB"),
            _ => write!(f, "{} {}", self.limit, self.unit),
        }
    }
}

/// An open budget.
struct Meter {
    limits: Limits,
    spent: Cost,
    over: Option<Over>,
    told: bool,
}

thread_local! {
    static OPEN: RefCell<Option<Meter>> = const { RefCell::new(None) };
}

/// Closes the budget that its owner has opened, also when the work panics.
struct Closing(bool);

impl Drop for Closing {
    fn drop(&mut self) {
        if self.0 {
            OPEN.set(None);
        }
    }
}

/// Runs `work` with a budget; inside of another page's work with the one that is open.
pub(crate) fn within<T>(limits: Limits, work: impl FnOnce() -> T) -> T {
    let is_owner = OPEN.with_borrow_mut(|open| {
        let is_owner = open.is_none();
        open.get_or_insert(Meter {
            limits,
            spent: Cost::default(),
            over: None,
            told: false,
        });
        is_owner
    });
    let closing = Closing(is_owner);
    let result = work();
    drop(closing);
    result
}

/// Takes `cost` from the open budget. Once a limit is crossed there is nothing left of any.
pub(crate) fn spend(cost: Cost) -> Result<(), Over> {
    with_open(Ok(()), |meter| {
        meter.spent = meter.spent.and(cost);
        let Meter { limits, spent, .. } = meter;
        let crossed = [
            ("bytes", spent.bytes, limits.bytes),
            ("nodes", spent.nodes, limits.nodes),
            ("steps", spent.steps, limits.steps),
        ];
        let crossed = crossed.into_iter().find(|(_, spent, limit)| spent > limit);
        let now = crossed.map(|(unit, _, limit)| Over { unit, limit });
        meter.over = meter.over.or(now);
        meter.over.map_or(Ok(()), Err)
    })
}

/// The bytes that are left.
pub(crate) fn bytes_left() -> u64 {
    with_open(u64::MAX, |meter| {
        meter.limits.bytes.saturating_sub(meter.spent.bytes)
    })
}

/// The sum until now.
pub(crate) fn spent() -> Cost {
    with_open(Cost::default(), |meter| meter.spent)
}

/// The limit that has been crossed.
pub(crate) fn over() -> Option<Over> {
    with_open(None, |meter| meter.over)
}

/// The finding at the call that has crossed a limit, with the files or pages that led there. A page has one.
pub(crate) fn finding(span: impl Into<Option<Span>>, chain: &[String]) -> Option<Diagnostic> {
    let over = news()?;
    let way = match chain {
        [] => String::new(),
        chain => format!(", by way of {}", chain.join(", ")),
    };
    let message = format!("{over} besides its own text{way}");
    let help = format!(
        "the page goes without the rest; use fewer or shorter files and loops, or set `{}` below `[wsgen.limits]`",
        over.unit
    );
    Some(Diagnostic::error(Code::LimitReached, span, message).help(help))
}

/// The limit that has been crossed, for the first one who asks.
fn news() -> Option<Over> {
    with_open(None, |meter| {
        let over = meter.over.filter(|_| !meter.told);
        meter.told |= over.is_some();
        over
    })
}

fn with_open<T>(none: T, work: impl FnOnce(&mut Meter) -> T) -> T {
    OPEN.with_borrow_mut(|open| match open {
        Some(meter) => work(meter),
        None => none,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Limits = Limits {
        bytes: 10,
        nodes: 10,
        steps: 10,
    };

    #[test]
    fn a_limit_is_crossed_once_and_stays_crossed() {
        within(SMALL, || {
            assert_eq!(spend(Cost::bytes(10)), Ok(()));
            assert_eq!((news(), bytes_left()), (None, 0));
            let over = spend(Cost::steps(11)).unwrap_err();
            assert_eq!(over.to_string(), "the page takes more than 10 steps");
            assert_eq!((news(), news()), (Some(over), None));
            assert_eq!(spend(Cost::nodes(1)), Err(over));
        });
        assert_eq!(spend(Cost::bytes(100)), Ok(()));
    }

    #[test]
    fn pages_that_show_each_other_share_a_budget_and_the_next_page_has_its_own() {
        within(SMALL, || {
            within(SMALL, || spend(Cost::nodes(6))).unwrap();
            within(SMALL, || spend(Cost::nodes(6))).unwrap_err();
        });
        within(SMALL, || spend(Cost::nodes(6))).unwrap();
    }

    #[test]
    fn a_page_that_panics_leaves_no_budget_behind() {
        let work = || within(SMALL, || -> () { panic!("a mistake") });
        assert!(crate::guard::guarded(work).is_err());
        assert_eq!(spend(Cost::bytes(100)), Ok(()));
    }

    #[test]
    fn the_pages_of_a_large_site_share_what_all_may_take() {
        let limits = Limits::default();
        assert_eq!(limits.of_one(1), limits);
        assert_eq!(limits.of_one(32), limits);
        assert_eq!(limits.of_one(64).bytes, limits.bytes / 2);
        assert_eq!(limits.of_one(1_000_000).steps, limits.steps / 8);
        let without = Limits {
            bytes: u64::MAX,
            ..limits
        };
        assert_eq!(without.of_one(2).bytes, u64::MAX);
    }
}
