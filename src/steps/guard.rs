//! The guard of a session: a process that ends all others of the session and removes its folder, however wsgen ends.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

const SCRIPT: &str = include_str!("guard.sh");

/// A running guard. Dropping it ends the session.
#[derive(Debug)]
pub(super) struct Guard {
    process: Child,
    /// Its end is the signal for the guard, also where wsgen was killed.
    input: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// The folder of the session, with `home`, `tmp`, `page` and `run` in it.
    pub(super) folder: PathBuf,
}

impl Guard {
    /// Starts a guard, which makes a folder in `temporary`. `keep`: the folder stays.
    pub(super) fn start(temporary: &Path, keep: bool) -> io::Result<Self> {
        let mut process = Command::new("sh")
            .args(["-c", SCRIPT, "wsgen-test"])
            .arg(temporary)
            .arg(if keep { "keep" } else { "" })
            // Ctrl-C in a terminal goes to the group of wsgen.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let input = process.stdin.take();
        let output = process.stdout.take();
        let mut answers = BufReader::new(output.ok_or_else(|| io::Error::other("the guard has no output"))?);
        let mut folder = String::new();
        answers.read_line(&mut folder)?;
        let folder = PathBuf::from(folder.trim_end_matches('\n'));
        let guard = Self {
            process,
            input,
            answers,
            folder,
        };
        if guard.folder.as_os_str().is_empty() {
            return Err(io::Error::other("no folder can be made for the session"));
        }
        Ok(guard)
    }

    /// Tells the guard of a process group.
    pub(super) fn watch(&mut self, group: u32) -> io::Result<()> {
        self.send(&group.to_string())
    }

    /// Ends all processes of the session.
    pub(super) fn end_all(&mut self) -> io::Result<()> {
        self.send("end")?;
        self.answers.read_line(&mut String::new()).map(drop)
    }

    fn send(&mut self, line: &str) -> io::Result<()> {
        match &mut self.input {
            Some(input) => writeln!(input, "{line}"),
            None => Ok(()),
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.process.wait();
    }
}
