//! The command itself, as a process: what it prints, what it writes, and its exit code.

mod bad_input;
mod command;
mod destination;
mod fix;
mod killed;
mod mv;
mod output;
mod paths;
mod search;
mod steps;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::site::{Site, files_below};

/// A run of `wsgen`.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Runs `wsgen` in a folder, with nothing of the environment that could change what it does.
fn wsgen(dir: &Path, args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wsgen"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("HUGO")) {
        command.env_remove(name);
    }
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "GITHUB_STEP_SUMMARY"] {
        command.env_remove(name);
    }
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .args(args)
        .current_dir(dir)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run {
        code: status.code(),
        stdout: text(stdout),
        stderr: text(stderr),
    }
}

impl Run {
    /// Checks the exit code of the run.
    #[track_caller]
    fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "stdout:\n{}\nstderr:\n{}",
            self.stdout,
            self.stderr
        );
        self
    }

    /// The last line, which sums up.
    fn summary(&self) -> &str {
        self.stderr.lines().last().unwrap_or_default()
    }
}

/// The files of a built site.
fn public(site: &Site) -> Vec<String> {
    files_below(&site.root().join("public"))
}

fn read(site: &Site, path: &str) -> String {
    std::fs::read_to_string(site.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// An empty folder that goes away.
fn empty() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::TempDir::new().unwrap();
    let path = dir.path().to_owned();
    (dir, path)
}
