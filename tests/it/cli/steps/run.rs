//! `wsgen test`: commands run, and what is told of them.

use super::*;

/// The findings in short form and the summary of a run that ends with `code`.
#[track_caller]
pub(super) fn tested(site: &Site, args: &[&str], code: i32) -> Vec<String> {
    let args = [&["test", "--yes", "--format", "short"], args].concat();
    let run = wsgen(site.root(), &args).exits(code);
    let lines = run.stderr.lines().map(str::to_owned);
    lines.filter(|line| !line.is_empty()).collect()
}

/// The counts of a summary, without the time.
pub(super) fn counts(lines: &[String]) -> &str {
    let last = lines.last().map_or("", String::as_str);
    last.rsplit_once(", ").map_or(last, |(counts, _)| counts)
}

#[track_caller]
pub(super) fn passes(settings: &str, text: &str, steps: usize) {
    let lines = tested(&site(settings, text), &[], 0);
    assert_eq!(
        counts(&lines),
        format!("{steps} ran, none skipped, 0 failed"),
        "{lines:?}"
    );
}

/// The page fails with these findings, each `line:column: code: message`.
#[track_caller]
pub(super) fn fails(text: &str, findings: &[&str]) {
    let lines = tested(&site("", text), &[], 1);
    let told: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.strip_prefix("content/a.md:"))
        .collect();
    assert_eq!(told, findings, "{lines:?}");
}

#[test]
fn a_page_is_one_session_and_the_next_page_another() {
    let site = Site::from(
        "-- content/a.md --\n# A\n\n```bash\nmkdir lab && cd lab\nexport X=1\nf() { echo \"f$1\"; }\nY=2\n```\n\
         ```console\n$ pwd\n[..]/page/lab\n$ echo $X $Y\n1 2\n$ f 3\nf3\n```\n\
         -- content/b.md --\n# B\n\n```bash\ntest -z \"$X\" && test ! -e lab && test -z \"$(ls -A)\"\n\
         case $HOME in \"$PWD\"*) false;; /tmp/*|/var/*) true;; esac\ntest -d \"$TMPDIR\" && test \"$TERM\" = dumb\n```\n",
    );
    let lines = tested(&site, &[], 0);
    assert_eq!(counts(&lines), "3 ran, none skipped, 0 failed", "{lines:?}");
}

#[test]
fn commands_run_only_where_they_are_allowed_to() {
    let page = "```bash\ntrue\n```\n";
    let run = wsgen(site("", page).root(), &["test"]).exits(2);
    assert!(run.stderr.contains("`--yes` allows it"), "{}", run.stderr);
    wsgen(site("enabled = true\n", page).root(), &["test"]).exits(0);
    wsgen(site("", page).root(), &["test", "-y"]).exits(0);
}

#[test]
fn a_failure_is_told_at_its_line() {
    for (text, finding) in [
        (
            "```bash\necho a\nls /none\necho b\n```\n",
            "5:1: error[failed-step]: `ls /none` ended with exit code 2",
        ),
        (
            "```console\n$ true\n$ (exit 3)\n```\n",
            "5:1: error[failed-step]: `(exit 3)` ended with exit code 3",
        ),
        (
            "> ```sh\n> exit 4\n> ```\n",
            "4:3: error[failed-step]: `exit 4` ended with exit code 4",
        ),
        (
            "```bash {exit=1}\ntrue\n```\n",
            "4:1: error[failed-step]: `true` ended with exit code 0, not with 1",
        ),
        (
            "```bash {timeout=\"1s\"}\nsleep 30\n```\n",
            "4:1: error[failed-step]: `sleep 30` did not end within 1 s",
        ),
        (
            "```bash {check=\"test -e gone\"}\ntrue\n```\n",
            "3:4: error[failed-step]: the check `test -e gone` ended with exit code 1",
        ),
        (
            "```bash\nif then\n```\n",
            "4:1: error[failed-step]: `if then` ended with exit code 2",
        ),
    ] {
        // Coreutils differ in the code that `ls` ends with.
        let text = &text.replace("ls /none", "sh -c 'exit 2' /none");
        let finding = finding.replace("ls /none", "sh -c 'exit 2' /none");
        fails(text, &[finding.as_str()]);
    }
}

#[test]
fn a_failure_ends_its_page_and_no_other() {
    let site = Site::from(
        "-- content/a.md --\n# A\n\n```bash\nfalse\n```\n```bash\necho >ran\n```\n\
         -- content/b.md --\n# B\n\n```bash\ntrue\n```\n",
    );
    assert_eq!(
        counts(&tested(&site, &[], 1)),
        "2 ran, none skipped, 1 failed, 1 not reached"
    );
}

#[test]
fn a_failure_shows_the_end_of_what_was_printed() {
    let site = site("", "```bash\nseq 50; echo \"$PWD\" >&2; false\n```\n");
    let run = wsgen(site.root(), &["test", "--yes"]).exits(1);
    assert!(
        run.stderr.contains("49\n") && !run.stderr.contains("30\n"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("…/page"),
        "the folder is not named: {}",
        run.stderr
    );
}

#[test]
fn every_step_that_did_not_run_is_in_the_report() {
    let text = "```bash\nsudo ls\n```\n```bash\nfalse\n```\n```bash\ntrue\n```\n";
    let site = site("", text);
    let lines = tested(&site, &[], 1);
    assert_eq!(
        counts(&lines),
        "1 ran, 1 skipped (1 needs sudo), 1 failed, 1 not reached"
    );
    for format in ["json", "github", "sarif", "junit"] {
        let run = wsgen(site.root(), &["test", "--yes", "--format", format]).exits(1);
        for words in [
            "needs sudo",
            "`false` ended with exit code 1",
            "the page ended before it",
        ] {
            assert!(run.stdout.contains(words), "{format}: {}", run.stdout);
        }
    }
}

#[test]
fn a_page_with_a_mistake_is_not_run() {
    let site = site(
        "",
        "```bash\ntouch ../../../ran\n```\n```bash {tset=false}\nfalse\n```\n",
    );
    let lines = tested(&site, &[], 1);
    assert_eq!(counts(&lines), "0 ran, none skipped, 0 failed, 2 not reached");
    assert!(lines[0].contains("a step has no attribute `tset`"), "{lines:?}");
}

#[test]
fn settings_give_files_variables_and_values() {
    let settings = "copy = [\"../given\", \"static/a.txt\"]\ntimeout = \"7s\"\n[wsgen.test.env]\nGREETING = \"hello\"\n\
                    [wsgen.test.vars]\nNAME = \"x\"\n";
    let site = site(
        settings,
        "```bash\ntest \"$GREETING\" = hello\ntest {{< var \"NAME\" >}} = x\ncat given/b.txt static/a.txt\n\
         test ! -e given/.git\necho changed >given/b.txt\n```\n",
    );
    site.write("static/a.txt", "a");
    let given = site.root().parent().unwrap().join("given");
    std::fs::create_dir_all(given.join(".git")).unwrap();
    std::fs::write(given.join("b.txt"), "b").unwrap();
    let lines = tested(&site, &[], 0);
    assert_eq!(counts(&lines), "1 ran, none skipped, 0 failed", "{lines:?}");
    assert_eq!(std::fs::read_to_string(given.join("b.txt")).unwrap(), "b");
    std::fs::remove_dir_all(given).unwrap();
    let wrong = site_with("timeout = \"soon\"\noutput = \"some\"\n");
    let run = wsgen(wrong.root(), &["build"]).exits(0);
    assert!(
        run.stderr.contains("timeout") && run.stderr.contains("output"),
        "{}",
        run.stderr
    );
}

fn site_with(settings: &str) -> Site {
    site(settings, "")
}

#[test]
fn nothing_runs_on_when_the_page_has_ended() {
    let dir = tempfile::TempDir::new().unwrap();
    let pids = dir.path().join("pids");
    let pid = format!("echo $! >>{}", pids.display());
    let text = format!(
        "```bash\nsleep 300 & {pid}\nsetsid sleep 300 & {pid}\nnohup sleep 300 >/dev/null & {pid}\n\
         (trap '' TERM; sleep 300) & {pid}\n```\n```bash {{timeout=\"1s\"}}\nsleep 300 & {pid}\nwait\n```\n"
    );
    let site = site("", &text);
    let lines = tested(&site, &[], 1);
    assert_eq!(counts(&lines), "2 ran, none skipped, 1 failed", "{lines:?}");
    let list = std::fs::read_to_string(&pids).unwrap();
    assert_eq!(list.lines().count(), 5);
    for pid in list.lines() {
        assert!(!is_running(pid.parse().unwrap()), "{pid}");
    }
}

/// Returns true for a process that has not ended. One that nobody has asked about is no longer running.
fn is_running(pid: i32) -> bool {
    let state = std::fs::read_to_string(format!("/proc/{pid}/stat"));
    match state {
        Ok(state) => !state
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .trim()
            .starts_with('Z'),
        Err(_) => {
            !Path::new("/proc/self").exists()
                && nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), None).is_ok()
        }
    }
}

#[test]
fn folders_stay_where_somebody_wants_to_look_into_them() {
    let site = site("", "```bash\necho kept >here.txt\n```\n");
    let lines = tested(&site, &["--keep"], 0);
    let folder = Path::new(lines[0].strip_prefix("kept: ").unwrap());
    assert_eq!(
        std::fs::read_to_string(folder.join("page/here.txt")).unwrap(),
        "kept\n"
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_machine_without_bash_is_a_finding() {
    let site = site("[wsgen.test.env]\nPATH = \"/nowhere\"\n", "```bash\ntrue\n```\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_wsgen"));
    let run = command
        .args(["test", "--yes", "--format", "short"])
        .current_dir(site.root())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(1), "{told}");
    assert!(
        told.contains("content/a.md:3:4: error[failed-step]: the steps of this page cannot run"),
        "{told}"
    );
    assert!(told.contains("`bash` cannot be started"), "{told}");
}

#[test]
fn steps_pass() {
    passes("", "```bash {exit=3}\nexit 3\n```\n```bash\ntrue\n```\n", 2);
    passes("", "```bash expectError=true\nfalse\n```\n", 1);
    passes(
        "",
        "```bash\nset -e\n```\n```bash\nfalse || true\nif false; then :; fi\n```\n",
        2,
    );
}
