//! Dates from the history of a repository.

use std::path::Path;
use std::process::Command;

use wsgen::pipeline::BuildOptions;

use crate::site::Site;

const SITE: &str = "-- hugo.toml --
enableGitInfo = true
-- content/a.md --
---
title: A
lastmod: 2019-01-01
---
-- content/日 本.md --
---
title: B
---
";

/// Runs git in a folder on a day, untouched by the settings of whoever runs the tests.
fn git(folder: &Path, day: &str, arguments: &[&str]) {
    let date = format!("{day}T12:00:00Z");
    let status = Command::new("git")
        .current_dir(folder)
        .args([
            "-c",
            "user.name=Nobody",
            "-c",
            "user.email=nobody@invalid",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(arguments)
        .env("GIT_AUTHOR_DATE", &date)
        .env("GIT_COMMITTER_DATE", &date)
        .env("GIT_CONFIG_GLOBAL", "")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output();
    assert!(status.unwrap().status.success(), "git {arguments:?}");
}

/// A site with two commits, the second of which touches `a.md` alone.
fn repository() -> Site {
    let site = Site::from(SITE);
    git(site.root(), "2024-01-01", &["init", "-q"]);
    git(site.root(), "2024-01-01", &["add", "-A"]);
    git(site.root(), "2024-01-01", &["commit", "-qm", "Begin"]);
    site.write("content/a.md", "---\ntitle: A\nlastmod: 2019-01-01\n---\nMore.\n");
    git(site.root(), "2024-02-02", &["commit", "-qam", "Go on"]);
    site
}

#[test]
fn a_page_shows_the_day_of_the_last_commit_that_touched_it() {
    let site = repository();
    site.write("content/new.md", "---\ntitle: New\nlastmod: 2020-03-03\n---\n");
    let built = site.build();
    assert!(built.page("a/").contains("2024-02-02"));
    assert!(built.page("日-本/").contains("2024-01-01"));
    assert!(
        built.page("new/").contains("2020-03-03"),
        "a file that is in no commit"
    );
    assert!(built.page("sitemap.xml").contains("<lastmod>2024-02-02T12:00:00"));
}

#[test]
fn without_a_repository_the_front_matter_counts() {
    let built = Site::from(SITE).build();
    assert!(built.page("a/").contains("2019-01-01"));
    assert!(built.diagnostics().is_empty());
}

#[test]
fn without_the_setting_nobody_asks_the_history() {
    let site = repository();
    site.write("hugo.toml", "");
    assert!(site.build().page("a/").contains("2019-01-01"));
}

#[test]
fn in_a_clone_that_was_cut_off_only_certain_days_are_shown() {
    let site = repository();
    let clones = tempfile::tempdir().unwrap();
    let from = format!("file://{}", site.root().display());
    git(
        clones.path(),
        "2024-03-03",
        &["clone", "-q", "--depth", "1", &from, "cut"],
    );
    let options = BuildOptions {
        now: "2026-11-01T00:00:00Z".parse().unwrap(),
        ..BuildOptions::new(clones.path().join("cut"))
    };
    wsgen::pipeline::build(&options).unwrap();
    let page = |path: &str| std::fs::read_to_string(options.source.join("public").join(path)).unwrap();
    assert!(
        page("a/index.html").contains("2019-01-01"),
        "the commit that is left seems to have made every file"
    );
    assert!(!page("日-本/index.html").contains("2024-"));
}

#[test]
fn translations_that_are_missing_or_older_are_listed() {
    let site = Site::from(
        "-- hugo.toml --
[languages.en]
weight = 1
[languages.ja]
weight = 2
-- content/a.md --
# A
-- content/a.ja.md --
# あ
-- content/b.md --
# B
-- content/b.ja.md --
# い
-- content/c.md --
# C
",
    );
    let list = || {
        let output = Command::new(env!("CARGO_BIN_EXE_wsgen"))
            .args(["list", "--translations", "--source"])
            .arg(site.root())
            .output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    // Without a history only those are known that are missing.
    assert_eq!(
        list(),
        "ja: 2 of 3 pages translated, 0 older than the original\n  missing  content/c.md\n"
    );

    git(site.root(), "2024-01-01", &["init", "-q"]);
    git(site.root(), "2024-01-01", &["add", "-A"]);
    git(site.root(), "2024-01-01", &["commit", "-qm", "Begin"]);
    site.write("content/b.md", "# B\nMore.\n");
    site.write("content/a.ja.md", "# あ\n誤字を直した。\n");
    git(site.root(), "2024-02-02", &["commit", "-qam", "Go on"]);
    assert_eq!(
        list(),
        "ja: 2 of 3 pages translated, 1 older than the original
  older    content/b.md  changed 2024-02-02, translation 2024-01-01
  missing  content/c.md
"
    );
}
