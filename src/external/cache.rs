//! Answers of earlier runs, so that a check before every lesson does not ask five hundred servers again.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Options, Verdict};
use crate::disk;

/// What was answered when.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Cache {
    /// By address.
    answers: BTreeMap<String, Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    at: Timestamp,
    verdict: Verdict,
}

/// The answers in a file; none when it cannot be read.
pub(super) fn load(file: &Path) -> Cache {
    let bytes = disk::read(file).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

impl Cache {
    /// An answer that is young enough to be believed. What was broken is always asked again: it may have been mended,
    /// and nobody should have to wait for that to be seen.
    pub(super) fn fresh(&self, address: &str, options: &Options) -> Option<Verdict> {
        let entry = self.answers.get(address)?;
        (is_young(entry, options) && !matches!(entry.verdict, Verdict::Broken(_)))
            .then(|| entry.verdict.clone())
    }

    /// Keeps an answer.
    pub(super) fn note(&mut self, address: &str, verdict: &Verdict, at: Timestamp) {
        self.answers.insert(
            address.to_owned(),
            Entry {
                at,
                verdict: verdict.clone(),
            },
        );
    }

    /// Writes the answers that are young enough. A file that cannot be written costs the next run time, nothing else.
    pub(super) fn save(&mut self, file: &Path, options: &Options) {
        self.answers.retain(|_, entry| is_young(entry, options));
        let Ok(text) = serde_json::to_string_pretty(self) else {
            return;
        };
        if let Some(folder) = file.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        let _ = disk::replace(file, text.as_bytes());
    }
}

/// Answers of the future are those of a clock that was wrong.
fn is_young(entry: &Entry, options: &Options) -> bool {
    let age = options.now.duration_since(entry.at);
    !age.is_negative() && age < options.keep
}
