//! `wsgen test --list`: the commands of pages.

#[cfg(unix)]
mod blocks;
#[cfg(unix)]
mod killed;
#[cfg(unix)]
mod run;

use super::*;

/// A page with the text, and `[wsgen.test]` with the settings.
fn site(settings: &str, text: &str) -> Site {
    let site = Site::new();
    site.write("hugo.toml", format!("[wsgen.test]\n{settings}"));
    site.write("content/a.md", format!("# A\n\n{text}"));
    site
}

/// The lines of the list about the page.
fn listed(site: &Site) -> Vec<String> {
    let run = wsgen(site.root(), &["test", "--list"]).exits(0);
    let lines = run.stdout.lines().filter(|line| line.starts_with("  "));
    lines.map(|line| line.trim().to_owned()).collect()
}

#[test]
fn a_list_says_what_would_run_and_why_the_rest_would_not() {
    let other = if cfg!(target_os = "macos") {
        "Ubuntu"
    } else {
        "macOS"
    };
    let site = site(
        "skip = [\"sudo\"]\n[wsgen.test.vars]\nNAME = \"x\"\n",
        &format!(
            "```bash\necho {{{{< var \"NAME\" >}}}}\n```\n\
             ```sh {{test=false}}\nb\n```\n\
             ```console {{test=\"needs a cluster\"}}\n$ c\n```\n\
             ```shell-session\n$ sudo d\n```\n\
             > ```bash\n> git clone <URL>\n> ```\n\n\
             ```text\nnot a step\n```\n\
             <!--\n```bash\nnot a step either\n```\n-->\n\
             {{{{< tabs >}}}}\n{{{{< tab \"{other}\" >}}}}\n```bash\ne\n```\n{{{{< /tab >}}}}\n{{{{< /tabs >}}}}\n\
             ```bash\n# only a remark\n```\n\
             {{{{< comment >}}}}\n```bash\nf\n```\n{{{{< /comment >}}}}\n\
             ```bash\n{{{{< unknown >}}}}\n```\n"
        ),
    );
    assert_eq!(
        listed(&site),
        [
            "3  echo x",
            "6  b  (skipped: marked with `test=false`)",
            "9  c  (skipped: needs a cluster)",
            "12  sudo d  (skipped: needs sudo)",
            "15  git clone <URL>  (skipped: has the placeholder <URL>)",
            &format!("29  e  (skipped: for {})", system(other)),
            "38  f  (skipped: in a comment)",
            "42  {{< unknown >}}  (skipped: holds a call of `unknown`)",
        ]
    );
}

fn system(title: &str) -> &'static str {
    if title == "macOS" { "macos" } else { "linux" }
}

#[test]
fn pages_are_named_by_file_folder_or_url() {
    let site = Site::from(
        "-- content/lab/_index.md --\n# Lab\n```bash\none\n```\n\
         -- content/lab/b.md --\n# B\n```bash\ntwo\n```\n\
         -- content/c.md --\n---\ntitle: C\ntest: false\n---\n```bash\nthree\n```\n\
         -- content/old/.notest --\n\
         -- content/old/d.md --\n# D\n```bash\nfour\n```\n",
    );
    for (name, words) in [
        ("content/lab", &["one", "two"][..]),
        ("lab/b.md", &["two"]),
        ("/lab/b/", &["two"]),
        (
            "./content/c.md",
            &["three  (skipped: the page says `test: false`)"],
        ),
        ("old", &["four  (skipped: the folder has a file `.notest`)"]),
    ] {
        let run = wsgen(site.root(), &["test", "--list", name]).exits(0);
        let steps: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("  ")).collect();
        assert_eq!(steps.len(), words.len(), "{name}: {}", run.stdout);
        for (step, words) in steps.iter().zip(words) {
            assert!(step.ends_with(words), "{step}");
        }
    }
    let run = wsgen(site.root(), &["test", "--list", "gone.md"]).exits(2);
    assert!(
        run.stderr.contains("there is no page `gone.md`"),
        "{}",
        run.stderr
    );
}

#[test]
fn mistakes_in_attributes_are_found_at_their_place() {
    let site = site(
        "",
        "```bash {timuot=\"60s\"}\nls\n```\n```bash\necho {{< var \"NAME\" >}}\n```\n",
    );
    let run = wsgen(site.root(), &["test", "--list", "--format", "short"]).exits(1);
    for finding in [
        "content/a.md:3:10: error[invalid-step]: a step has no attribute `timuot`",
        "content/a.md:7:6: error[invalid-step]: the variable `NAME` has no value",
    ] {
        assert!(run.stderr.contains(finding), "{}", run.stderr);
    }
}

#[test]
fn hidden_steps_are_in_no_file_of_the_site() {
    let site = Site::from(
        "-- content/_index.md --\n# Home\n-- content/a.md --\n# A\n\nvisibleword {{< test >}}hiddenword{{< /test >}}\n\n\
         {{% test \"after\" %}}\n```bash\nhiddenword\n```\n{{% /test %}}\n",
    );
    wsgen(site.root(), &["build"]).exits(0);
    let holds = |word: &str| {
        let files = public(&site).into_iter();
        let read = |path: &String| std::fs::read(site.root().join("public").join(path)).unwrap();
        files
            .filter(|path| String::from_utf8_lossy(&read(path)).contains(word))
            .count()
    };
    assert!(holds("visibleword") >= 2, "the page, and the page for printing");
    assert_eq!(holds("hiddenword"), 0);
}
