//! Dates of the last changes of files, from the history of their repository.
//!
//! One run of `git log` lists all files, from the newest commit back; it is stopped when every file has been met. The
//! program `git` is used rather than a library: wherever a site lies in a repository it is there, and it reads every
//! form that a repository can have.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use jiff::Timestamp;

use super::{Component, SourceTree};

/// The separator of entries in the output of `git log -z`.
const END: u8 = 0;

/// The first byte of a commit, with which no path of a file begins here.
const COMMIT: u8 = 1;

/// Adds to `tree` the dates of the last changes of its content, which lies below `root`. Without a repository, or
/// without git, there are none.
pub(super) fn note_changes(root: &Path, tree: &mut SourceTree) {
    let wanted = tree.iter(Component::Content).map(|(_, file)| file.path.clone());
    if let Some(changes) = changes(root, wanted.collect()) {
        tree.set_changes(&changes);
    }
}

/// The last changes of the files `wanted` below `root`; `None` if there is no repository, or no git.
///
/// In a repository that was cut off, its oldest commits seem to have made all the files that they hold. Such a date
/// means nothing, and the file has none.
fn changes(root: &Path, mut wanted: HashSet<String>) -> Option<HashMap<String, Timestamp>> {
    let cut = cut_commits(root)?;
    let mut log = git(root)
        .args([
            "log",
            "--no-merges",
            "--name-only",
            "--relative",
            "--no-renames",
            "-z",
            "--format=%x01%H %at",
            "--",
            ".",
        ])
        .spawn()
        .ok()?;
    let mut changes = HashMap::new();
    let mut changed = None;
    let mut reader = BufReader::new(log.stdout.take()?);
    let mut entry = Vec::new();
    while !wanted.is_empty() && reader.read_until(END, &mut entry).is_ok_and(|read| read > 0) {
        let text = String::from_utf8_lossy(&entry);
        // A newline stands between a commit and its first file.
        let text = text.trim_end_matches('\0').trim_start_matches('\n');
        if let Some(commit) = text.strip_prefix(char::from(COMMIT)) {
            let (hash, seconds) = commit.split_once(' ').unwrap_or_default();
            let known = !cut.iter().any(|cut| cut == hash);
            changed = seconds
                .trim()
                .parse()
                .ok()
                .and_then(|seconds| Timestamp::from_second(seconds).ok())
                .filter(|_| known);
        } else if wanted.remove(text)
            && let Some(changed) = changed
        {
            changes.insert(text.to_owned(), changed);
        }
        entry.clear();
    }
    stop(&mut log);
    Some(changes)
}

/// The commits whose parents were cut off; `None` if there is no repository.
fn cut_commits(root: &Path) -> Option<Vec<String>> {
    let output = git(root)
        .args(["rev-parse", "--git-path", "shallow"])
        .output()
        .ok()?;
    if !output.status.success() {
        return None;
    }
    let path = String::from_utf8(output.stdout).ok()?;
    let list = std::fs::read_to_string(root.join(path.trim_end())).unwrap_or_default();
    Some(list.lines().map(str::to_owned).collect())
}

/// The program for a folder, which asks nothing and writes nothing.
fn git(root: &Path) -> Command {
    let mut git = Command::new("git");
    git.arg("-C")
        .arg(root)
        .args([
            "-c",
            "core.quotePath=false",
            "-c",
            "log.showSignature=false",
            "--no-optional-locks",
        ])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .stdout(Stdio::piped());
    git
}

/// Ends a program whose output is no longer needed.
fn stop(program: &mut Child) {
    let _ = program.kill();
    let _ = program.wait();
}
