//! Answers of earlier runs, so that a check before every lesson does not ask five hundred servers again.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Options, Verdict};
use crate::disk;

/// Answers with their times.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Cache {
    /// The answers by address.
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
    /// An answer that is young enough to be believed. A broken address is always asked again: it may have been mended,
    /// and that should be seen at once.
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

    /// Writes the answers that are young enough. If the file cannot be written, the next run takes longer.
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

/// Returns true if an answer is young enough. Answers of the future are those of a wrong clock.
fn is_young(entry: &Entry, options: &Options) -> bool {
    let age = options.now.duration_since(entry.at);
    !age.is_negative() && age < options.keep
}
