//! The steps that a build is about to take in its destination, and the journal that says so on disk.
//!
//! The journal is a text file: a first line with the version, then a line for each step, then `x CHECKSUM`, a checksum
//! of everything before. A journal without a right last line was not finished, so that nothing has been done yet. Each
//! step may be done twice, and every path is checked as those of a [`Manifest`](super::manifest::Manifest) are: a
//! journal that somebody else wrote can do no more than the files beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use xxhash_rust::xxh3::xxh3_128;

use super::Paths;
use super::manifest::{Manifest, escaped, readable, summed};
use super::path::{self, Rank};

const HEAD: &str = "wsgen journal 1\n";

/// The steps of a build, each kind in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// True if the build knew which files in the destination were of earlier builds.
    pub(super) is_informed: bool,
    /// Files and folders whose names change only in case: from and to, outer folders first. They are one file where
    /// case does not count.
    pub(super) renamed: Vec<(String, String)>,
    /// Folders that are not there yet.
    pub(super) folders: Paths,
    /// Files that wait to be put in, in this order.
    pub(super) moved: Vec<Move>,
    /// Files of earlier builds, with what they hold if nobody has changed them.
    pub(super) removed: BTreeMap<String, u128>,
    /// Files that are there already and that no manifest knows of.
    pub(super) known: BTreeMap<String, u128>,
}

/// A file that waits to be put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Move {
    /// Number of the waiting file.
    pub(super) number: u32,
    pub(super) path: String,
    pub(super) checksum: u128,
}

impl Plan {
    /// Returns true if there is nothing to be done in the destination.
    pub(super) fn is_idle(&self) -> bool {
        self.renamed.is_empty() && self.moved.is_empty() && self.removed.is_empty()
    }

    /// Puts the files into the order in which they are moved.
    pub(super) fn sort(&mut self) {
        self.moved
            .sort_by(|a, b| (Rank::of(&a.path), &a.path).cmp(&(Rank::of(&b.path), &b.path)));
    }

    /// The folders that the moved files lie in.
    pub(super) fn needed(&self) -> BTreeSet<&str> {
        let files = self.moved.iter();
        files.flat_map(|file| path::folders(&file.path)).collect()
    }

    pub(super) fn to_journal(&self) -> String {
        let mut text = format!("{HEAD}i {}\n", u8::from(self.is_informed));
        for (from, to) in &self.renamed {
            let _ = writeln!(text, "c {}\nt {}", escaped(from), escaped(to));
        }
        for folder in &self.folders {
            let _ = writeln!(text, "d {}", escaped(folder));
        }
        for Move {
            number,
            path,
            checksum,
        } in &self.moved
        {
            let _ = writeln!(text, "m {number:x} {checksum:032x} {}", escaped(path));
        }
        for (kind, files) in [("r", &self.removed), ("k", &self.known)] {
            for (path, checksum) in files {
                let _ = writeln!(text, "{kind} {checksum:032x} {}", escaped(path));
            }
        }
        let sum = xxh3_128(text.as_bytes());
        let _ = writeln!(text, "x {sum:032x}");
        text
    }

    /// Reads a journal; nothing when it was not finished, or is none.
    pub(super) fn from_journal(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let end = text.strip_suffix('\n')?.rfind('\n')? + 1;
        let (steps, last) = text.split_at(end);
        if last != format!("x {:032x}\n", xxh3_128(steps.as_bytes())) {
            return None;
        }
        let mut plan = Self::default();
        let mut from = None;
        for line in steps.strip_prefix(HEAD)?.lines() {
            plan.read_line(line, &mut from)?;
        }
        Some(plan)
    }

    fn read_line(&mut self, line: &str, from: &mut Option<String>) -> Option<()> {
        let (kind, rest) = line.split_once(' ')?;
        match kind {
            "i" => self.is_informed = rest == "1",
            "c" => *from = Some(readable(rest)?),
            "t" => self.renamed.push((from.take()?, readable(rest)?)),
            "d" => drop(self.folders.insert(readable(rest)?)),
            "m" => {
                let (number, rest) = rest.split_once(' ')?;
                let number = u32::from_str_radix(number, 16).ok()?;
                let (path, checksum) = summed(rest)?;
                self.moved.push(Move {
                    number,
                    path,
                    checksum,
                });
            }
            "r" => self.removed.extend([summed(rest)?]),
            "k" => self.known.extend([summed(rest)?]),
            _ => return None,
        }
        Some(())
    }

    /// The manifest after all steps but those of the paths in `failed`.
    pub(super) fn remembered(&self, old: &Manifest, failed: &BTreeSet<String>) -> Manifest {
        let mut new = old.clone();
        for path in self.removed.keys().filter(|path| !failed.contains(*path)) {
            new.files.remove(path);
        }
        for (from, to) in &self.renamed {
            if let Some(checksum) = new.files.remove(from) {
                new.files.insert(to.clone(), checksum);
            }
            if new.dirs.remove(from) {
                new.dirs.insert(to.clone());
            }
        }
        let moved = self.moved.iter().filter(|file| !failed.contains(&file.path));
        new.files
            .extend(moved.map(|file| (file.path.clone(), file.checksum)));
        new.files.extend(
            self.known
                .iter()
                .map(|(path, checksum)| (path.clone(), *checksum)),
        );
        new.dirs.extend(self.folders.iter().cloned());
        new
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn path() -> impl Strategy<Value = String> {
        "[^/\\x00.gG][^/\\x00]{0,8}"
    }

    prop_compose! {
        fn plan()(
            is_informed in any::<bool>(),
            renamed in prop::collection::vec((path(), path()), 0..3),
            folders in prop::collection::btree_set(path(), 0..3),
            moved in prop::collection::vec((any::<u32>(), path(), any::<u128>()), 0..4),
            removed in prop::collection::btree_map(path(), any::<u128>(), 0..3),
            known in prop::collection::btree_map(path(), any::<u128>(), 0..3),
        ) -> Plan {
            let moved = moved.into_iter().map(|(number, path, checksum)| Move { number, path, checksum });
            Plan { is_informed, renamed, folders, moved: moved.collect(), removed, known }
        }
    }

    proptest! {
        #[test]
        fn a_journal_says_what_the_plan_was(plan in plan()) {
            prop_assert_eq!(Plan::from_journal(plan.to_journal().as_bytes()), Some(plan));
        }

        #[test]
        fn a_journal_that_is_cut_or_changed_says_nothing(plan in plan(), at in any::<prop::sample::Index>()) {
            let whole = plan.to_journal().into_bytes();
            let at = at.index(whole.len());
            prop_assert_eq!(Plan::from_journal(&whole[..at]), None);
            let mut changed = whole;
            changed[at] ^= 1;
            prop_assert_eq!(Plan::from_journal(&changed), None);
        }
    }

    #[test]
    fn a_journal_cannot_name_files_outside_the_destination() {
        for path in ["../x", "/etc/x", "a/../../x", ".git/hooks/x"] {
            let plan = Plan {
                removed: BTreeMap::from([(path.to_owned(), 1)]),
                ..Plan::default()
            };
            assert_eq!(Plan::from_journal(plan.to_journal().as_bytes()), None, "{path}");
        }
    }
}
