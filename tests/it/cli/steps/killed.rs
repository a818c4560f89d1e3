//! Runs that are killed: no process and no folder is left.
//!
//! `WSGEN_KILLS=1000 cargo nextest run --test it steps::killed::` kills a thousand times instead of fifty; `WSGEN_SEED`
//! repeats a run.

use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::super::killed::Random;
use super::*;

/// Kills in an ordinary run of the tests.
const KILLS: usize = 50;
/// Time for a guard to end what a killed run has left.
const PATIENCE: Duration = Duration::from_secs(20);

/// Pages whose processes are hard to find: in groups of their own, deaf to signals, in the background.
fn stubborn() -> Site {
    let page = "# A\n\n```bash\nsleep 77 &\nsetsid sleep 77 &\n(trap '' TERM INT; sleep 77) &\nnohup sleep 77 &\n```\n\
                ```bash {background=true}\nsleep 77\n```\n{{< exercise >}}\n```bash\nsetsid sleep 77 &\n```\n{{< /exercise >}}\n\
                ```bash\nmkdir -p a/b && chmod 500 a && sleep 77\n```\n";
    let site = Site::new();
    for name in ["a", "b", "c"] {
        site.write(&format!("content/{name}.md"), page);
    }
    site
}

/// The folders of sessions below `dir`.
fn folders(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// The processes with a session below `dir`, guards included.
fn processes(dir: &Path) -> Vec<String> {
    let name = dir.file_name().unwrap().to_str().unwrap();
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .map_while(Result::ok)
    {
        let read = |file: &str| std::fs::read(entry.path().join(file)).unwrap_or_default();
        let (environment, command) = (read("environ"), read("cmdline"));
        let text = String::from_utf8_lossy(&environment).into_owned() + &String::from_utf8_lossy(&command);
        if text.contains(name) {
            found.push(String::from_utf8_lossy(&command).chars().take(60).collect());
        }
    }
    found
}

#[test]
fn after_any_kill_no_process_and_no_folder_is_left() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let kills = number("WSGEN_KILLS").map_or(KILLS, |kills| usize::try_from(kills).unwrap());
    let mut random = Random(number("WSGEN_SEED").unwrap_or(0x5eed_0f5e_edbe_d5ee));
    let site = stubborn();
    let dir = tempfile::Builder::new().prefix("wsgen-kills-").tempdir().unwrap();
    let mut begun = 0;
    for nth in 0..kills {
        let mut child = Command::new(env!("CARGO_BIN_EXE_wsgen"))
            .args(["test", "--yes", "-q"])
            .current_dir(site.root())
            .env("TMPDIR", dir.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(random.moment(Duration::from_millis(500)));
        begun += usize::from(!folders(dir.path()).is_empty());
        let signal = [Signal::SIGKILL, Signal::SIGKILL, Signal::SIGINT, Signal::SIGTERM];
        let signal = signal[usize::try_from(random.below(4)).unwrap()];
        kill(Pid::from_raw(i32::try_from(child.id()).unwrap()), signal).unwrap();
        child.wait().unwrap();
        let asked = Instant::now();
        while !(folders(dir.path()).is_empty() && processes(dir.path()).is_empty()) {
            assert!(
                asked.elapsed() < PATIENCE,
                "kill {nth} by {signal}: {:?} {:?}",
                folders(dir.path()),
                processes(dir.path())
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    eprintln!("{kills} kills, {begun} of runs that had begun");
    assert!(begun > kills / 4, "few runs had begun: {begun}");
}

#[test]
fn a_run_that_is_interrupted_says_so_and_leaves_nothing() {
    let site = stubborn();
    let dir = tempfile::Builder::new()
        .prefix("wsgen-ctrl-c-")
        .tempdir()
        .unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_wsgen"))
        .args(["test", "--yes", "--format", "short", "/a/"])
        .current_dir(site.root())
        .env("TMPDIR", dir.path())
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let started = Instant::now();
    while !folders(dir.path())
        .iter()
        .any(|folder| folder.join("page/a/b").exists())
    {
        assert!(started.elapsed() < PATIENCE, "the page has not begun");
        std::thread::sleep(Duration::from_millis(10));
    }
    kill(Pid::from_raw(i32::try_from(child.id()).unwrap()), Signal::SIGINT).unwrap();
    let run = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(130), "{told}");
    assert!(told.contains("the run was interrupted here"), "{told}");
    assert_eq!((folders(dir.path()), processes(dir.path())), (vec![], vec![]));
}
