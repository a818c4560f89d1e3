//! Runs the steps of pages in a session.

use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::attributes::{Attributes, Exit, Hook, Output, Until};
use super::copy::copy;
use super::guard::Guard;
use super::options::RunOptions;
use super::outcome::{At, Outcome, PageRun};
use super::output::compare;
use super::plan::{PagePlan, Step, Work};
use super::script::{Command, Line};
use super::session::{End, Mode, Session, output, quoted};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// Time limit of what wsgen itself asks of a session.
const OWN_LIMIT: Duration = Duration::from_secs(120);
/// Time between two looks at a process in the background.
const TICK: Duration = Duration::from_millis(50);
/// The variable by which a guard knows the processes of its session. Sessions within sessions have all their folders in it.
const MARK: &str = "WSGEN_TEST";

/// Runs pages that share a session, with the folders of their files, where hooks are.
pub(super) fn run(
    pages: &[PagePlan],
    folders: &[PathBuf],
    options: &RunOptions,
    stop: &AtomicBool,
) -> io::Result<Vec<PageRun>> {
    let mut guard = Guard::start(&options.temporary, options.keep)?;
    let work = guard.folder.join("page");
    for path in &options.settings.copy {
        copy(&options.source.join(path), &work.join(inside(path)))
            .map_err(|error| io::Error::new(error.kind(), format!("`{path}` cannot be copied: {error}")))?;
    }
    let environment = environment(options, &guard.folder);
    let session = Session::start(&mut guard, &work, &environment, &options.launcher, stop)?;
    let mut runner = Runner {
        session,
        guard,
        environment,
        options,
        stop,
        exercise: None,
        failed: None,
        count: 0,
    };
    runner.before()?;
    let runs = pages
        .iter()
        .zip(folders)
        .map(|(plan, folder)| runner.page(plan, folder));
    runs.collect()
}

/// The place in the session of a path from the site's folder.
fn inside(path: &str) -> PathBuf {
    let parts = Path::new(path).components();
    let names = parts.filter(|part| matches!(part, Component::Normal(_)));
    names.collect()
}

fn environment(options: &RunOptions, folder: &Path) -> Vec<(String, String)> {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let (outer, others): (Vec<_>, Vec<_>) = options.environment.iter().partition(|(name, _)| name == MARK);
    let outer = outer.first().map(|(_, value)| format!("{value}:"));
    let own = [
        ("HOME".to_owned(), text(&folder.join("home"))),
        ("TMPDIR".to_owned(), text(&folder.join("tmp"))),
        (
            MARK.to_owned(),
            format!("{}{}", outer.unwrap_or_default(), text(folder)),
        ),
    ];
    own.into_iter().chain(others.into_iter().cloned()).collect()
}

struct Runner<'a> {
    // Dropped first: the shell loses its input, and the guard then ends what is left.
    session: Session<'a>,
    guard: Guard,
    environment: Vec<(String, String)>,
    options: &'a RunOptions,
    stop: &'a AtomicBool,
    /// The exercise whose copy of the session is in use.
    exercise: Option<Span>,
    /// The exercise in which a step has failed, or nothing for the page itself.
    failed: Option<Option<Span>>,
    /// Number of copies and files.
    count: usize,
}

impl Runner<'_> {
    /// Runs what the settings have at the beginning of each session.
    fn before(&mut self) -> io::Result<()> {
        let Some(script) = &self.options.settings.before else {
            return Ok(());
        };
        let (end, file) = self
            .session
            .run(script, Mode::Strict, self.options.settings.timeout)?;
        if end == (End::Code { code: 0, line: 0 }) {
            return Ok(());
        }
        let printed = output(&file);
        Err(io::Error::other(format!(
            "`before` in the settings failed\n{}",
            printed.trim_end()
        )))
    }

    fn page(&mut self, plan: &PagePlan, folder: &Path) -> io::Result<PageRun> {
        let mut outcomes = Vec::new();
        for step in &plan.steps {
            // A failure in an exercise does not reach the rest of the page.
            let is_cut = self
                .failed
                .is_some_and(|failed| failed.is_none() || failed == step.exercise);
            outcomes.push(if let Some(reason) = &step.skip {
                Outcome::Skipped(reason.clone())
            } else if self.is_stopped() || (is_cut && !step.last) {
                Outcome::NotReached
            } else {
                let findings = self.step(step, folder)?;
                if ends_page(&findings) && !step.last {
                    // A failure of the page itself outweighs that of an exercise.
                    self.failed = self.failed.filter(Option::is_none).or(Some(step.exercise));
                }
                if findings.is_empty() {
                    Outcome::Passed
                } else {
                    Outcome::Failed(findings)
                }
            });
        }
        self.leave_exercise();
        let folder = self.options.keep.then(|| self.guard.folder.clone());
        Ok(PageRun { outcomes, folder })
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn step(&mut self, step: &Step, folder: &Path) -> io::Result<Diagnostics> {
        self.revive()?;
        if self.exercise != step.exercise {
            self.leave_exercise();
            if step.exercise.is_some() {
                self.count += 1;
                self.session.fork(&format!("copy{}", self.count), OWN_LIMIT);
                self.exercise = step.exercise;
            }
        }
        let attributes = &step.attributes;
        let mut findings = self.hook(step, folder, "before")?;
        if findings.is_empty() {
            findings = match &step.work {
                Work::Commands(commands) if attributes.background => self.background(step, commands)?,
                Work::Commands(commands) => self.commands(step, commands)?,
                Work::Text(lines) => self.file(step, lines),
                Work::Go { lines, is_program } => self.go(step, lines, *is_program)?,
            };
        }
        if ends_page(&findings) {
            return Ok(findings);
        }
        self.pause(attributes.wait.unwrap_or_default());
        if let Some(check) = &attributes.check {
            let limit = self.limit(attributes);
            findings.extend(self.apart(step, check, &format!("the check `{check}`"), limit)?);
        }
        findings.extend(self.hook(step, folder, "after")?);
        Ok(findings)
    }

    /// Starts a shell again after one that a step has ended, or that was given up. Its variables are gone.
    fn revive(&mut self) -> io::Result<()> {
        if self.session.alive {
            return Ok(());
        }
        self.guard.end_all()?;
        let cwd = Some(self.session.cwd.clone()).filter(|cwd| cwd.is_dir());
        let cwd = cwd.unwrap_or_else(|| self.guard.folder.join("page"));
        let launcher = &self.options.launcher;
        self.session = Session::start(&mut self.guard, &cwd, &self.environment, launcher, self.stop)?;
        self.exercise = None;
        Ok(())
    }

    fn leave_exercise(&mut self) {
        if self.exercise.take().is_some() {
            self.session.join(OWN_LIMIT);
        }
    }

    fn limit(&self, attributes: &Attributes) -> Duration {
        attributes.timeout.unwrap_or(self.options.settings.timeout)
    }

    fn pause(&self, time: Duration) {
        let mut left = time;
        while !left.is_zero() && !self.is_stopped() {
            let step = left.min(TICK);
            std::thread::sleep(step);
            left -= step;
        }
    }

    fn commands(&mut self, step: &Step, commands: &[Command]) -> io::Result<Diagnostics> {
        let exit = step.attributes.exit;
        let mut findings = Vec::new();
        for (nth, command) in commands.iter().enumerate() {
            let is_last = nth + 1 == commands.len();
            let exit = if is_last || exit == Exit::Any {
                exit
            } else {
                Exit::Success
            };
            findings.extend(self.attempts(step, command, exit)?);
            if ends_page(&findings) {
                break;
            }
        }
        Ok(findings)
    }

    /// Runs a command until it does what the page says, as often as `retry` has it.
    fn attempts(&mut self, step: &Step, command: &Command, exit: Exit) -> io::Result<Option<Diagnostic>> {
        let (attempts, pause) = step.attributes.retry.unwrap_or((1, Duration::ZERO));
        for _ in 1..attempts {
            if self.command(step, command, exit)?.is_none() {
                return Ok(None);
            }
            self.pause(pause);
            self.revive()?;
        }
        self.command(step, command, exit)
    }

    fn command(&mut self, step: &Step, command: &Command, exit: Exit) -> io::Result<Option<Diagnostic>> {
        let is_strict = !command.prompted && exit == Exit::Success;
        let mode = if is_strict { Mode::Strict } else { Mode::Lenient };
        let limit = self.limit(&step.attributes);
        let (end, file) = self.session.run(&command.text(), mode, limit)?;
        let printed = output(&file);
        let failed_line = match end {
            End::Code { line, .. } if is_strict => command.lines.get(line.wrapping_sub(1)),
            _ => None,
        };
        let at = At {
            step,
            line: failed_line.or_else(|| first_line(command)),
            folder: &self.guard.folder,
        };
        let wanted = match exit {
            Exit::Success => Some(0),
            Exit::Code(code) => Some(code),
            Exit::Any => None,
        };
        Ok(match end {
            End::Code { code, .. } if wanted.is_none_or(|wanted| wanted == code) => {
                self.compare(at, command, &printed)
            }
            End::Code { code, .. } => Some(at.code(code, wanted, &printed)),
            End::TimedOut => Some(at.timed_out(limit, &printed)),
            End::Interrupted => Some(at.interrupted()),
        })
    }

    fn compare(&self, at: At<'_>, command: &Command, printed: &str) -> Option<Diagnostic> {
        let usual = Output::named(&self.options.settings.output);
        let mode = at.step.attributes.output.or(usual).unwrap_or(Output::Contains);
        if mode == Output::Ignore || !command.prompted {
            return None;
        }
        let shown: Vec<&str> = command.output.iter().map(|line| line.text.as_str()).collect();
        let folder = self.guard.folder.to_string_lossy();
        let found = compare(&shown, printed, mode, &folder);
        let line = found.first_missing().and_then(|line| command.output.get(line));
        let at = At {
            line: line.or(at.line),
            ..at
        };
        (!found.fits()).then(|| at.changed(command, &found.diff(), &found.updated()))
    }

    /// Starts a block that goes on running, and waits until it is ready.
    fn background(&mut self, step: &Step, commands: &[Command]) -> io::Result<Diagnostics> {
        let script: String = commands.iter().map(Command::text).collect();
        let (_, file) = self.session.run(&script, Mode::Background, OWN_LIMIT)?;
        let Some(until) = &step.attributes.until else {
            return Ok(Vec::new());
        };
        let folder = self.guard.folder.clone();
        let line = commands.first().and_then(first_line);
        let at = At {
            step,
            line,
            folder: &folder,
        };
        let limit = self.limit(&step.attributes);
        let mut waited = Duration::ZERO;
        loop {
            let is_ready = match until {
                Until::Text(text) => output(&file).contains(text.as_str()),
                Until::Port(port) => self.is_open(*port)?,
            };
            if is_ready {
                return Ok(Vec::new());
            }
            if self.is_stopped() {
                return Ok(vec![at.interrupted()]);
            }
            let ended = std::fs::read_to_string(file.with_extension("end")).ok();
            if ended.is_some() || waited >= limit {
                let code = ended.and_then(|code| code.trim().parse().ok());
                return Ok(vec![at.not_ready(code, &output(&file))]);
            }
            self.pause(TICK);
            waited += TICK;
        }
    }

    /// Returns true if a port of the session's network accepts connections.
    fn is_open(&mut self, port: u16) -> io::Result<bool> {
        let script = format!("exec 3<>/dev/tcp/127.0.0.1/{port}");
        let (end, _) = self.session.run(&script, Mode::Apart, OWN_LIMIT)?;
        Ok(matches!(end, End::Code { code: 0, .. }))
    }

    /// Writes the file that a block is.
    fn file(&self, step: &Step, lines: &[Line]) -> Diagnostics {
        let Some(path) = &step.attributes.file else {
            return Vec::new();
        };
        let (cwd, folder) = (&self.session.cwd, &self.guard.folder);
        let written = if cwd.starts_with(folder) {
            write(&cwd.join(path), lines)
        } else {
            Err(io::Error::other("the session is in a folder that is not its own"))
        };
        let at = At {
            step,
            line: None,
            folder,
        };
        let failed = |error: io::Error| at.failed(format!("`{path}` cannot be written: {error}"), None);
        written.err().map(failed).into_iter().collect()
    }

    /// Has Go read a block: a whole program by `go vet`, a part of one by `gofmt`.
    fn go(&mut self, step: &Step, lines: &[Line], is_program: bool) -> io::Result<Diagnostics> {
        self.count += 1;
        let folder = self.guard.folder.join(format!("tmp/go{}", self.count));
        let file = folder.join("main.go");
        write(&file, lines)?;
        let (tool, script) = if is_program {
            ("`go vet`", format!("cd {} && go vet main.go", quoted(&folder)))
        } else {
            ("`gofmt`", format!("gofmt -e <{} >/dev/null", quoted(&file)))
        };
        self.apart(step, &script, tool, OWN_LIMIT)
    }

    /// Runs the script that belongs to a block.
    fn hook(&mut self, step: &Step, folder: &Path, when: &str) -> io::Result<Diagnostics> {
        let Some(Hook { name, timeout }) = &step.attributes.hook else {
            return Ok(Vec::new());
        };
        let file = std::path::absolute(folder.join(format!("tests/hook-{name}.sh")))?;
        let script = format!("bash {} {when}", quoted(&file));
        self.apart(step, &script, &format!("the hook `{name} {when}`"), *timeout)
    }

    /// Runs a script that changes nothing in the session; `name` is the subject of a finding.
    fn apart(&mut self, step: &Step, script: &str, name: &str, limit: Duration) -> io::Result<Diagnostics> {
        let (end, file) = self.session.run(script, Mode::Apart, limit)?;
        let printed = output(&file);
        let at = At {
            step,
            line: None,
            folder: &self.guard.folder,
        };
        Ok(match end {
            End::Code { code: 0, .. } => Vec::new(),
            End::Code { code, .. } => vec![at.apart(name, code, &printed)],
            End::TimedOut => vec![at.timed_out(limit, &printed)],
            End::Interrupted => vec![at.interrupted()],
        })
    }
}

/// Returns true if the steps behind cannot be expected to work. Other output leaves the session as it is.
fn ends_page(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.code == Code::FailedStep)
}

/// The first line of a command that is no comment.
fn first_line(command: &Command) -> Option<&Line> {
    let title = command.title();
    command.lines.iter().find(|line| line.text.trim() == title)
}

fn write(path: &Path, lines: &[Line]) -> io::Result<()> {
    let text: String = lines.iter().map(|line| format!("{}\n", line.text)).collect();
    path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
    std::fs::write(path, text)
}
