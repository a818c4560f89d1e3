//! Blocks of `wsgen test`: output, files, checks, processes that go on, hooks, exercises, and what is written back.

use super::run::{counts, fails, passes, tested};
use super::*;

#[test]
fn shown_output_occurs_in_what_is_printed() {
    passes(
        "",
        "```console\n$ seq 5\n2\n4\n$ echo took 12ms at $(pwd)\ntook 3.5s at /tmp/elsewhere\n$ printf 'a\\nb\\n'\n...\nb\n\
         $ echo say hello world\nsay [..] world\n```\n\
         ```bash\necho nothing is compared here\n```\n\
         ```console {output=\"ignore\"}\n$ echo a\nb\n```\n",
        3,
    );
    passes("output = \"ignore\"\n", "```console\n$ echo a\nb\n```\n", 1);
    for (text, finding) in [
        ("```console\n$ seq 5\n4\n2\n```\n", "5:1"),
        ("```console\n$ echo a\nb\n```\n", "5:1"),
        (
            "- ```console {output=\"exact\"}\n  $ seq 3\n  1\n  2\n  ```\n",
            "4:3",
        ),
        (
            "```console {output=\"exact\"}\n$ echo v1.2.3\nv1.2.4\n```\n",
            "5:1",
        ),
    ] {
        let command = text.split("$ ").nth(1).unwrap().lines().next().unwrap();
        let message =
            format!("error[changed-output]: `{command}` printed something else than the page shows");
        fails(text, &[&format!("{finding}: {message}")]);
    }
}

#[test]
fn other_output_does_not_end_a_page() {
    let site = site(
        "",
        "```console\n$ echo a\nb\n$ echo c\nd\n```\n```bash\ntrue\n```\n",
    );
    let lines = tested(&site, &[], 1);
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert_eq!(counts(&lines), "2 ran, none skipped, 1 failed");
}

#[test]
fn an_update_writes_output_into_the_page_and_touches_nothing_else() {
    let before = "> 1. x\n>\n>    ```console {output=\"exact\"}\n>    $ pwd; echo '$ x'; echo '{{< x'\n>    old\n>    ```\n\n\
                  ```console\n$ seq 3\n1\n...\n3\n$ echo took 5s\ntook 3s\n$ printf 'a\\nnew\\nb\\n'\na\nold\nb\n```\n\
                  ```console {output=\"exact\"}\n$ echo one\n$ true\ngone\n```\n";
    let after = "> 1. x\n>\n>    ```console {output=\"exact\"}\n>    $ pwd; echo '$ x'; echo '{{< x'\n>    [..]/page\n>    [..]x\n>    [..]< x\n>    ```\n\n\
                 ```console\n$ seq 3\n1\n...\n3\n$ echo took 5s\ntook 3s\n$ printf 'a\\nnew\\nb\\n'\na\nnew\nb\n```\n\
                 ```console {output=\"exact\"}\n$ echo one\none\n$ true\n```\n";
    for line_break in ["\n", "\r\n"] {
        let site = site("", "");
        let text = |inner: &str| format!("# A\n\n{inner}\nÜber `x`  \n").replace('\n', line_break);
        site.write("content/a.md", text(before));
        let lines = tested(&site, &["--update"], 0);
        assert_eq!(lines[0], "4 outputs written in 1 file");
        assert_eq!(read(&site, "content/a.md"), text(after));
        tested(&site, &[], 0);
    }
}

#[test]
fn blocks_are_files_and_have_checks() {
    passes(
        "",
        "```go {file=\"cmd/main.go\" check=\"grep -q main cmd/main.go\"}\npackage main\n```\n\
         ```yaml {file=\"a.yaml\"}\nkey: <value>\n```\n\
         ```bash {file=\"run.sh\"}\nsudo true # <NAME>\n```\n\
         ```bash\ncat cmd/main.go a.yaml | wc -l | grep 2\nmkdir in && cd in\n```\n\
         ```text {file=\"here.txt\"}\nx\n```\n\
         ```text {check=\"test -e here.txt\"}\nno file\n```\n",
        6,
    );
    fails(
        "```bash\ncd /\n```\n```text {file=\"x\"}\na\n```\n",
        &["6:4: error[failed-step]: `x` cannot be written: the session is in a folder that is not its own"],
    );
}

#[test]
fn processes_go_on_and_are_waited_for() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    if Command::new("python3").arg("--version").output().is_ok() {
        passes(
            "",
            &format!(
                "```bash {{background=true until=\":{port}\" timeout=\"20s\"}}\npython3 -m http.server --bind 127.0.0.1 {port}\n```\n\
                 ```bash\nexec 3<>/dev/tcp/127.0.0.1/{port}\n```\n"
            ),
            2,
        );
    }
    passes(
        "",
        "```bash {background=true until=\"ready\"}\nsleep 0.2; echo ready; sleep 60\n```\n\
         ```bash {retry=\"50x50ms\"}\ntest -e later\n```\n"
            .replace("sleep 60", "sleep 0.3; touch later; sleep 60")
            .as_str(),
        2,
    );
    fails(
        "```bash {background=true until=\"ready\" timeout=\"1s\"}\nsleep 60\n```\n",
        &["4:1: error[failed-step]: `sleep 60` was not ready in time"],
    );
    fails(
        "```bash {background=true until=\"ready\"}\nexit 3\n```\n",
        &["4:1: error[failed-step]: `exit 3` ended with exit code 3 before it was ready"],
    );
    fails(
        "```bash {retry=\"3x10ms\"}\necho x >>tries\nfalse\n```\n",
        &["5:1: error[failed-step]: `false` ended with exit code 1"],
    );
}

#[test]
fn attributes_of_eks_workshop_mean_what_they_mean_there() {
    let site = site(
        "",
        "```bash hook=deploy hookTimeout=5 wait=1 timeout=60\n$ test -e before && date +%s >ran\n```\n\
         ```bash expectError=true\n$ false\n$ test -e after\n```\n\
         ```bash test=false\n$ false\n```\n\
         ```bash raw=true\n$ test $(($(date +%s) - $(cat ran))) -ge 1\n```\n",
    );
    site.write(
        "content/tests/hook-deploy.sh",
        "set -e\necho \"hook $1\"\ntouch \"$1\"\n",
    );
    let lines = tested(&site, &[], 0);
    assert_eq!(
        counts(&lines),
        "3 ran, 1 skipped (1 marked with `test=false`), 0 failed",
        "{lines:?}"
    );
    site.write(
        "content/tests/hook-deploy.sh",
        "touch $1; test $1 = before && exit 0\necho broken\nexit 7\n",
    );
    let lines = tested(&site, &[], 1);
    assert!(
        lines
            .iter()
            .any(|line| line.contains("the hook `deploy after` ended with exit code 7")),
        "{lines:?}"
    );
}

#[test]
fn hidden_steps_set_up_and_clean_up() {
    passes(
        "",
        "{{< test >}}\nmkdir lab && cd lab\n{{< /test >}}\n\n```bash\n[[ $PWD = */lab ]]\n```\n\
         {{% test \"after\" %}}\n```bash\ntest -e later\n```\n{{% /test %}}\n\n```bash\ntouch later\n```\n",
        4,
    );
    let site = site(
        "",
        "{{< test after >}}\necho cleaned\nexit 9\n{{< /test >}}\n\n```bash\nfalse\n```\n```bash\ntrue\n```\n",
    );
    let lines = tested(&site, &[], 1);
    assert_eq!(
        counts(&lines),
        "2 ran, none skipped, 2 failed, 1 not reached",
        "{lines:?}"
    );
}

#[test]
fn exercises_run_in_a_copy_of_the_folder() {
    passes(
        "",
        "```bash\necho 1 >a; X=1; f() { echo f; }; mkdir in; cd in\n```\n\
         {{< exercise >}}\n```bash\ncat ../a; X=2; echo 2 >../a; cd ..\n[[ $HOME = */copy1/home ]]\n```\n\
         {{< solution >}}\n```console\n$ cat a; f; echo $X\n2\nf\n2\n```\n{{< /solution >}}\n{{< /exercise >}}\n\
         {{< exercise >}}\n```bash {exit=4}\nexit 4\n```\n{{< /exercise >}}\n\
         ```console\n$ cat ../a; echo $X; f\n1\n1\nf\n```\n",
        5,
    );
    let site = site(
        "",
        "{{< exercise >}}\n```bash\nfalse\n```\n```bash\ntrue\n```\n{{< /exercise >}}\n```bash\ntrue\n```\n",
    );
    assert_eq!(
        counts(&tested(&site, &[], 1)),
        "2 ran, none skipped, 1 failed, 1 not reached"
    );
}

#[test]
fn a_part_may_share_a_session() {
    let site = Site::from(
        "-- content/lab/_index.md --\n---\ntitle: Lab\nweight: 1\ntest: {session: part}\n---\n```bash\nX=1\n```\n\
         -- content/lab/b.md --\n---\ntitle: B\nweight: 2\n---\n```bash\ntest $X = 1; touch b\n```\n\
         -- content/lab/a.md --\n---\ntitle: A\nweight: 3\n---\n```bash\ntest -e b\nfalse\n```\n\
         -- content/lab/z.md --\n---\ntitle: Z\nweight: 4\n---\n```bash\ntrue\n```\n\
         -- content/other.md --\n# O\n\n```bash\ntest -z \"$X\"\n```\n",
    );
    let lines = tested(&site, &[], 1);
    assert_eq!(
        counts(&lines),
        "4 ran, none skipped, 1 failed, 1 not reached",
        "{lines:?}"
    );
    assert!(lines[0].starts_with("content/lab/a.md:7:1:"), "{lines:?}");
}

#[test]
fn pages_that_have_passed_are_left_out_until_something_changes() {
    let site = Site::from(
        "-- hugo.toml --\n[wsgen.test]\ncopy = [\"given\"]\n-- given/x --\n1\n\
         -- content/a.md --\n# A\n\n```bash\ntrue\n```\n-- content/b.md --\n# B\n\n```bash\nfalse\n```\n",
    );
    let ran = |site: &Site, code: i32| tested(site, &["--changed"], code).pop().unwrap();
    assert!(ran(&site, 1).starts_with("2 ran, "));
    let again = ran(&site, 1);
    assert!(
        again.starts_with("1 ran, ") && again.ends_with(", 1 page passed before"),
        "{again}"
    );
    site.write("content/b.md", "# B\n\n```bash\necho b\n```\n");
    assert!(ran(&site, 0).starts_with("1 ran, "));
    site.write("content/b.md", "# B\n\nOther text.\n\n```bash\necho b\n```\n");
    assert!(
        ran(&site, 0).starts_with("0 ran, "),
        "text around commands does not matter"
    );
    for (path, text) in [
        (
            "content/a.md",
            "# A\n\n```bash {exit=0}\ntrue\n```\n```bash\ntrue\n```\n",
        ),
        ("given/x", "2\n"),
        (
            "hugo.toml",
            "[wsgen.test]\ncopy = [\"given\"]\nenv = {A = \"1\"}\n",
        ),
    ] {
        site.write(path, text);
        assert!(!ran(&site, 0).starts_with("0 ran, "), "{path}");
        assert!(ran(&site, 0).starts_with("0 ran, "), "{path}");
    }
    assert!(
        tested(&site, &[], 0).pop().unwrap().starts_with("3 ran, "),
        "only with --changed"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn offline_runs_have_their_own_network() {
    let can = Command::new("unshare")
        .args(["--map-root-user", "--net", "true"])
        .status();
    if !can.is_ok_and(|status| status.success()) {
        return;
    }
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let site = site("", &format!("```bash\nexec 3<>/dev/tcp/127.0.0.1/{port}\n```\n"));
    tested(&site, &[], 0);
    tested(&site, &["--offline"], 1);
}

#[test]
fn settings_have_commands_for_the_beginning_of_each_page() {
    passes(
        "before = \"\"\"\nmkdir lab && cd lab\ngreet() { echo hello; }\n\"\"\"\n",
        "```console\n$ greet; basename $PWD\nhello\nlab\n```\n",
        1,
    );
    let lines = tested(
        &site("before = \"echo why; exit 3\"\n", "```bash\ntrue\n```\n"),
        &[],
        1,
    );
    assert!(
        lines[0].contains("`before` in the settings failed why"),
        "{lines:?}"
    );
}

#[test]
fn steps_are_for_systems() {
    let own = std::env::consts::OS;
    let other = if own == "linux" { "macos" } else { "linux" };
    let site = site(
        "",
        &format!("```bash {{os=\"{own}\"}}\ntrue\n```\n```bash {{os=\"{other}\"}}\nfalse\n```\n"),
    );
    let lines = tested(&site, &[], 0);
    assert_eq!(
        counts(&lines),
        format!("1 ran, 1 skipped (1 for {other}), 0 failed")
    );
}
