//! The pages that have passed before, as hashes of all that their runs depend on: `wsgen test --changed`.

use std::collections::BTreeSet;
use std::path::Path;

use walkdir::WalkDir;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::options::RunOptions;
use super::outcome::{Outcome, PageRun};
use super::plan::{PagePlan, Work};
use crate::disk;

/// Pages that have passed.
#[derive(Debug, Clone, Default)]
pub struct Passed {
    hashes: BTreeSet<String>,
    /// The hash of what all pages depend on: settings, variables, copied files, and wsgen.
    surroundings: u128,
}

impl Passed {
    /// Reads the list in `file`; a list that cannot be read is empty.
    pub fn read(file: &Path, options: &RunOptions) -> Self {
        let text = disk::read(file).unwrap_or_default();
        let lines = String::from_utf8_lossy(&text)
            .lines()
            .map(str::to_owned)
            .collect();
        Self {
            hashes: lines,
            surroundings: surroundings(options),
        }
    }

    /// Returns true if the page has passed as it is.
    pub fn holds(&self, plan: &PagePlan) -> bool {
        self.hashes.contains(&self.hash(plan))
    }

    /// Adds pages that have passed, and takes those out that have not. Pages of a part that shares a session are never
    /// left out: each needs those before it.
    pub fn add(&mut self, plans: &[PagePlan], runs: &[PageRun]) {
        for (plan, run) in plans.iter().zip(runs) {
            let is_good = |outcome: &Outcome| matches!(outcome, Outcome::Passed | Outcome::Skipped(_));
            let hash = self.hash(plan);
            if plan.findings.is_empty() && plan.shared.is_none() && run.outcomes.iter().all(is_good) {
                self.hashes.insert(hash);
            } else {
                self.hashes.remove(&hash);
            }
        }
    }

    /// Writes the list. One that cannot be written costs time and nothing else.
    pub fn write(&self, file: &Path) {
        let text: String = self.hashes.iter().map(|hash| format!("{hash}\n")).collect();
        let folder = file.parent().unwrap_or(Path::new(""));
        let _ = disk::keep_out_of_version_control(folder).and_then(|()| disk::replace(file, text.as_bytes()));
    }

    /// The hash of a page: its commands without their places, and the surroundings.
    fn hash(&self, plan: &PagePlan) -> String {
        let mut text = format!("{:032x}\n", self.surroundings);
        for step in &plan.steps {
            let lines: Vec<&str> = match &step.work {
                Work::Commands(commands) => commands
                    .iter()
                    .flat_map(|command| command.lines.iter().chain(&command.output))
                    .map(|line| line.text.as_str())
                    .collect(),
                Work::Text(lines) | Work::Go { lines, .. } => {
                    lines.iter().map(|line| line.text.as_str()).collect()
                }
            };
            let (skip, attributes) = (&step.skip, &step.attributes);
            let is_inner = step.exercise.is_some();
            text += &format!("{skip:?} {attributes:?} {is_inner} {} {lines:?}\n", step.last);
        }
        format!("{:032x}", xxh3_128(text.as_bytes()))
    }
}

fn surroundings(options: &RunOptions) -> u128 {
    let mut hash = Xxh3::new();
    hash.update(env!("CARGO_PKG_VERSION").as_bytes());
    hash.update(
        format!(
            "{:?} {:?} {:?}",
            options.settings, options.environment, options.launcher
        )
        .as_bytes(),
    );
    for path in &options.settings.copy {
        let entries = WalkDir::new(options.source.join(path))
            .follow_links(true)
            .sort_by_file_name();
        for entry in entries.into_iter().filter_map(Result::ok) {
            hash.update(entry.path().as_os_str().as_encoded_bytes());
            hash.update(&disk::read(entry.path()).unwrap_or_default());
        }
    }
    hash.digest128()
}
