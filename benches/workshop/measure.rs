//! Time, processor time and peak memory of a process.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

use super::Result;

/// The measurements of a process.
pub(super) struct Sample {
    /// From start to end.
    pub(super) wall: Duration,
    /// Of all processors, kernel included.
    pub(super) cpu: Duration,
    /// Peak memory in KiB.
    pub(super) memory: u64,
    /// Its exit code.
    pub(super) code: i32,
}

impl Sample {
    /// The median of each number by itself.
    pub(super) fn median(samples: &[Self]) -> Self {
        fn middle<T: Ord + Copy>(samples: &[Sample], number: impl Fn(&Sample) -> T) -> T {
            let mut numbers: Vec<T> = samples.iter().map(number).collect();
            numbers.sort_unstable();
            numbers[numbers.len() / 2]
        }
        Self {
            wall: middle(samples, |sample| sample.wall),
            cpu: middle(samples, |sample| sample.cpu),
            memory: middle(samples, |sample| sample.memory),
            code: middle(samples, |sample| sample.code),
        }
    }
}

/// Runs a command in a process that does nothing else: the system tells peak memory only as the highest of all
/// children of a process. `settings` are environment variables.
pub(super) fn measure(command: &[String], settings: &[(&str, &str)]) -> Result<Sample> {
    let output = Command::new(std::env::current_exe()?)
        .arg("measure")
        .args(command)
        .envs(settings.iter().copied())
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<u64> = text
        .split_whitespace()
        .map(str::parse)
        .collect::<std::result::Result<_, _>>()?;
    let [wall, cpu, memory, code] = numbers[..] else {
        return Err(format!("{command:?}: {text}").into());
    };
    let micros = Duration::from_micros;
    Ok(Sample {
        wall: micros(wall),
        cpu: micros(cpu),
        memory,
        code: i32::try_from(code)?,
    })
}

/// Runs a command and prints what it took.
pub(super) fn run(command: &[&str]) -> Result<()> {
    let (program, arguments) = command.split_first().ok_or("no command")?;
    let start = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    let wall = start.elapsed().as_micros();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let (user, system) = (usage.user_time(), usage.system_time());
    let cpu = (user.tv_sec() + system.tv_sec()) * 1_000_000 + user.tv_usec() + system.tv_usec();
    // macOS counts bytes.
    let memory = usage.max_rss() / if cfg!(target_os = "macos") { 1024 } else { 1 };
    println!("{wall} {cpu} {memory} {}", status.code().unwrap_or(255));
    Ok(())
}
