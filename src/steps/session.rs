//! A shell session: one bash that gets its commands one after the other.
//!
//! A command is a file that the shell reads in its own process, so that variables, functions and the folder carry over.
//! Its output goes to another file. Behind each command the shell answers with the exit code, the line at which a block
//! was given up, and its folder.

use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use super::guard::Guard;

/// Bytes of output that are kept of a command.
const MOST_OUTPUT: u64 = 1 << 20;
/// Time between two looks at what may have happened.
const TICK: Duration = Duration::from_millis(20);

/// Commands for the shell before anything else. A failing line of a block gives the block up, if nothing in the block
/// sees to the failure; bash has no other way to do so that leaves the shell running.
const PRELUDE: &str = r#"shopt -s expand_aliases
__wsgen_failed='__wsgen_code=$?; if [[ "${BASH_SOURCE[0]}" == "$__wsgen_file" ]]; then __wsgen_line=$LINENO; trap - ERR; return $__wsgen_code; fi'
__wsgen_answer='builtin printf "%s\t%s\t%s\t%s\0" "$BASH_SUBSHELL" "$__wsgen_code" "$__wsgen_line" "$PWD"'
"#;

/// The end of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It ended by itself. `line`: the line of the block that failed, counted from 1; 0 if unknown.
    Code { code: i32, line: usize },
    /// It did not end in time.
    TimedOut,
    /// Somebody ended the run.
    Interrupted,
}

/// The way in which a command runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// The first failing line gives the block up.
    Strict,
    /// Failing lines do not matter; the last one decides.
    Lenient,
    /// In a shell of its own, which changes nothing in the session.
    Apart,
    /// In a shell of its own, which goes on running.
    Background,
}

/// A message from the shell.
enum Event {
    Answer(String),
    Exited(i32),
}

/// A session.
pub(super) struct Session<'a> {
    input: ChildStdin,
    events: Receiver<Event>,
    stop: &'a AtomicBool,
    folder: PathBuf,
    /// The folder that commands are in.
    pub(super) cwd: PathBuf,
    count: usize,
    /// True while commands run in a copy of the session.
    pub(super) in_copy: bool,
    /// True until the shell has ended or was given up.
    pub(super) alive: bool,
}

impl<'a> Session<'a> {
    /// Starts a shell in `cwd`. `launcher`: a command that starts it, such as `unshare`.
    pub(super) fn start(
        guard: &mut Guard,
        cwd: &Path,
        environment: &[(String, String)],
        launcher: &[String],
        stop: &'a AtomicBool,
    ) -> io::Result<Self> {
        let bash = ["bash", "--noprofile", "--norc"].map(str::to_owned);
        let mut words = launcher.iter().chain(&bash);
        let program = words.next().map_or("bash", String::as_str);
        let mut shell = Command::new(program)
            .args(words)
            .current_dir(cwd)
            .env_clear()
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| {
                io::Error::new(error.kind(), format!("`{program}` cannot be started: {error}"))
            })?;
        guard.watch(shell.id())?;
        let (Some(mut input), Some(output)) = (shell.stdin.take(), shell.stdout.take()) else {
            return Err(io::Error::other("the shell has no input"));
        };
        input.write_all(PRELUDE.as_bytes())?;
        let (send, events) = channel();
        listen(output, send.clone());
        std::thread::spawn(move || {
            let code = shell.wait().ok().and_then(|status| status.code());
            let _ = send.send(Event::Exited(code.unwrap_or(-1)));
        });
        Ok(Self {
            input,
            events,
            stop,
            folder: guard.folder.clone(),
            cwd: cwd.to_owned(),
            count: 0,
            in_copy: false,
            alive: true,
        })
    }

    /// Runs a script; returns its end and the file of its output.
    pub(super) fn run(&mut self, script: &str, mode: Mode, limit: Duration) -> io::Result<(End, PathBuf)> {
        self.count += 1;
        let file = self.folder.join(format!("run/{}", self.count));
        let output = file.with_extension("out");
        std::fs::write(&file, script)?;
        let (name, out) = (quoted(&file), quoted(&output));
        let source = match mode {
            Mode::Strict => format!("trap \"$__wsgen_failed\" ERR; . {name} >{out} 2>&1 </dev/null"),
            Mode::Lenient => format!(". {name} >{out} 2>&1 </dev/null"),
            Mode::Apart => format!("( . {name} ) >{out} 2>&1 </dev/null"),
            Mode::Background => {
                format!("( ( . {name} ); echo $? >{name}.end ) >{out} 2>&1 </dev/null &")
            }
        };
        let source = if mode == Mode::Background {
            source
        } else {
            source + ";"
        };
        let line = format!(
            "__wsgen_file={name} __wsgen_line=0; {source} __wsgen_code=$?; trap - ERR; eval \"$__wsgen_answer\"\n"
        );
        Ok((self.ask(&line, limit), output))
    }

    /// Goes on in a copy of the session: its variables, in copies of its folders.
    pub(super) fn fork(&mut self, name: &str, limit: Duration) -> End {
        let to = self.folder.join(name);
        let (from, to) = (quoted(&self.folder), quoted(&to));
        let answer = "__wsgen_code=$? __wsgen_line=0; eval \"$__wsgen_answer\"";
        let line = format!(
            "( mkdir -p {to}/tmp && cp -a {from}/home {from}/page {to}/; export HOME={to}/home TMPDIR={to}/tmp; \
             cd {to}\"${{PWD#{from}}}\" 2>/dev/null || cd {to}/page; {answer}; \
             while IFS= builtin read -r __wsgen_next; do eval \"$__wsgen_next\"; done ); {answer}\n"
        );
        let end = self.ask(&line, limit);
        self.in_copy = self.alive;
        end
    }

    /// Goes back to the session that was copied.
    pub(super) fn join(&mut self, limit: Duration) {
        if self.in_copy && self.alive {
            self.ask("break\n", limit);
        }
    }

    /// Sends a line, and waits for the answer.
    fn ask(&mut self, line: &str, limit: Duration) -> End {
        // The shell may have ended by itself; then the pipe is closed, and an event says so.
        let _ = self.input.write_all(line.as_bytes());
        let started = Instant::now();
        loop {
            match self.events.recv_timeout(TICK) {
                Ok(Event::Answer(answer)) => return self.read(&answer),
                Ok(Event::Exited(code)) => {
                    self.alive = false;
                    return End::Code { code, line: 0 };
                }
                Err(_) => {}
            }
            if self.stop.load(Ordering::Relaxed) {
                self.alive = false;
                return End::Interrupted;
            }
            if started.elapsed() >= limit {
                self.alive = false;
                return End::TimedOut;
            }
        }
    }

    fn read(&mut self, answer: &str) -> End {
        let mut fields = answer.splitn(4, '\t');
        let mut number = || fields.next().and_then(|field| field.parse().ok()).unwrap_or(-1);
        let (depth, code, line) = (number(), number(), number());
        if let Some(cwd) = fields.next() {
            self.cwd = PathBuf::from(cwd);
        }
        // A command in a copy may have ended it.
        self.in_copy = self.in_copy && depth > 0;
        End::Code {
            code,
            line: usize::try_from(line).unwrap_or_default(),
        }
    }
}

/// Passes the answers of a shell on.
fn listen(output: impl io::Read + Send + 'static, events: Sender<Event>) {
    std::thread::spawn(move || {
        for answer in BufReader::new(output).split(0).map_while(Result::ok) {
            let answer = String::from_utf8_lossy(&answer).into_owned();
            if events.send(Event::Answer(answer)).is_err() {
                return;
            }
        }
    });
}

/// The end of the output in a file, as text without colours.
pub(super) fn output(file: &Path) -> String {
    let read = || -> io::Result<Vec<u8>> {
        let mut file = std::fs::File::open(file)?;
        let start = file.metadata()?.len().saturating_sub(MOST_OUTPUT);
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        file.take(MOST_OUTPUT).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    anstream::adapter::strip_str(&text).to_string()
}

/// A path as a word of the shell.
pub(super) fn quoted(path: &Path) -> String {
    format!("'{}'", path.to_string_lossy().replace('\'', r"'\''"))
}
