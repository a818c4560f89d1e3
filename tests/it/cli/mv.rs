//! `wsgen mv`: a page moves, and everything that leads there leads there still.

use super::*;

const SITE: &str = "-- hugo.toml --\n\
    baseURL = 'https://example.org/'\n\
    [languages.en]\n[languages.ja]\n\
    [[menus.main]]\nname = 'Setup'\npageRef = '/lab/setup'\n\
    [[menus.main]]\nname = 'Step'\nurl = '/lab/setup/#step'\n\
    -- content/_index.md --\n---\ntitle: Home\n---\n\
    [a](lab/setup.md) [b](/lab/setup/) [c]({{< relref \"setup.md\" >}}) [d]({{< relref \"/lab/setup#step\" >}}) [e][x] [f](lab/setup)\n\n\
    <a href=\"lab/setup/\">g</a> [h](https://example.org/lab/setup/) `[code](lab/setup.md)`\n\n\
    [x]: lab/setup.md#step \"t\"\n\n\
    {{< button href=\"/lab/setup\" >}}B{{< /button >}}\n\n\
    {{< include \"lab/part.md\" >}}\n\
    -- content/lab/_index.md --\n# Lab\n\
    -- content/lab/part.md --\nText.\n\
    -- content/lab/setup.md --\n---\ntitle: Setup\naliases:\n  - /first/\n---\n\
    ## Step\n\n![a dot](dot.png) [self](setup.md#step) [own](#step) [home](../_index.md) [o](other.md)\n\
    -- content/lab/setup.ja.md --\n+++\ntitle = 'J'\n+++\n[o](part.md)\n\
    -- content/lab/dot.png --\nx\n\
    -- content/lab/other.md --\n[s](./setup.md) [u](../setup/)\n";

fn read(site: &Site, path: &str) -> String {
    std::fs::read_to_string(site.root().join(path)).unwrap()
}

#[track_caller]
fn is_clean(site: &Site) {
    wsgen(site.root(), &["check"]).exits(0);
}

#[test]
fn a_page_moves_with_its_translations_and_all_that_leads_there() {
    let site = Site::from(SITE);
    is_clean(&site);
    let before = files_below(site.root());
    let dry = wsgen(site.root(), &["mv", "lab/setup.md", "part/begin.md", "--dry-run"]).exits(0);
    assert!(
        dry.stdout.contains("rename to content/part/begin.ja.md\n"),
        "{}",
        dry.stdout
    );
    assert!(
        dry.stdout
            .contains("+[s](../part/begin.md) [u](../../part/begin/)\n"),
        "{}",
        dry.stdout
    );
    assert_eq!(files_below(site.root()), before, "a dry run writes nothing");
    wsgen(site.root(), &["mv", "lab/setup.md", "part/begin.md"]).exits(0);
    is_clean(&site);
    let home = read(&site, "content/_index.md");
    for text in [
        "[a](part/begin.md) [b](/part/begin/) [c]({{< relref \"begin.md\" >}}) [d]({{< relref \"/part/begin#step\" >}}) [e][x] [f](part/begin)",
        "<a href=\"part/begin/\">g</a> [h](https://example.org/part/begin/) `[code](lab/setup.md)`",
        "[x]: part/begin.md#step \"t\"",
        "href=\"/part/begin\"",
        "{{< include \"lab/part.md\" >}}",
    ] {
        assert!(home.contains(text), "{text}\n{home}");
    }
    assert!(read(&site, "hugo.toml").contains("pageRef = '/part/begin'"));
    assert!(read(&site, "hugo.toml").contains("url = '/part/begin/#step'"));
    assert_eq!(
        read(&site, "content/part/begin.md"),
        "---\ntitle: Setup\naliases:\n  - /first/\n  - \"/lab/setup/\"\n---\n\
         ## Step\n\n![a dot](../lab/dot.png) [self](begin.md#step) [own](#step) [home](../_index.md) [o](../lab/other.md)\n"
    );
    assert!(read(&site, "content/part/begin.ja.md").starts_with("+++\naliases = [\"/ja/lab/setup/\"]\n"));
    wsgen(site.root(), &["mv", "part/begin.md", "lab/setup.md"]).exits(0);
    is_clean(&site);
    assert_eq!(
        read(&site, "content/lab/other.md"),
        "[s](setup.md) [u](../setup/)\n"
    );
}

#[test]
fn a_section_moves_with_all_that_is_below() {
    let site = Site::from(SITE);
    wsgen(site.root(), &["mv", "content/lab", "content/begin/steps"]).exits(0);
    is_clean(&site);
    assert!(read(&site, "content/begin/steps/_index.md").starts_with("---\naliases: [\"/lab/\"]\n---\n"));
    assert!(read(&site, "content/_index.md").contains("{{< include \"begin/steps/part.md\" >}}"));
    assert!(site.root().join("content/begin/steps/dot.png").exists());
    assert!(!site.root().join("content/lab").exists());
    wsgen(site.root(), &["mv", "begin/steps", "second/"]).exits(0);
    assert!(site.root().join("content/second/steps/setup.ja.md").exists());
    is_clean(&site);
}

#[test]
fn a_page_becomes_a_bundle() {
    let site = Site::from("-- content/a.md --\n[b](b.md)\n-- content/b.md --\n[a](a.md)\n");
    wsgen(site.root(), &["mv", "a.md", "a/index.md"]).exits(0);
    is_clean(&site);
    assert_eq!(read(&site, "content/a/index.md"), "[b](../b.md)\n");
    assert_eq!(read(&site, "content/b.md"), "[a](a/index.md)\n");
}

#[test]
fn what_exists_is_never_written_over() {
    let site = Site::from(
        "-- content/a.md --\n# A\n-- content/b.md --\n# B\n-- content/c/index.md --\n# C\n-- content/d/_index.md --\n---\nurl: /e/\n---\n",
    );
    let before = files_below(site.root());
    for (from, to) in [
        ("a.md", "b.md"),
        ("a", "b"),
        ("c", "d"),
        ("a.md", "c"),
        ("a.md", "e.md"),
        ("a.md", "c.md"),
        ("c", "c/d"),
    ] {
        wsgen(site.root(), &["mv", from, to]).exits(2);
    }
    for (from, to) in [
        ("no.md", "x.md"),
        ("a.md", "../x.md"),
        ("a.md", "/x.md"),
        ("a.md", "#x"),
        ("_index.md", "x.md"),
    ] {
        wsgen(site.root(), &["mv", from, to]).exits(2);
    }
    assert_eq!(files_below(site.root()), before);
}

#[test]
fn a_heading_gets_another_id_and_the_old_one_stays_an_address() {
    let site = Site::from(SITE);
    wsgen(site.root(), &["mv", "lab/setup.md#step", "#first-step"]).exits(0);
    is_clean(&site);
    let page = read(&site, "content/lab/setup.md");
    assert!(page.contains("## Step {#first-step}\n"), "{page}");
    assert!(
        page.contains("[self](setup.md#first-step) [own](#first-step)"),
        "{page}"
    );
    assert!(
        page.contains("  - \"/lab/setup/#step -> #first-step\"\n"),
        "{page}"
    );
    let home = read(&site, "content/_index.md");
    assert!(
        home.contains("relref \"/lab/setup#first-step\"") && home.contains("[x]: lab/setup.md#first-step"),
        "{home}"
    );
    assert!(read(&site, "hugo.toml").contains("'/lab/setup/#first-step'"));
    wsgen(site.root(), &["mv", "lab/setup.md#first-step", "#again"]).exits(0);
    is_clean(&site);
    assert!(read(&site, "content/lab/setup.md").contains("## Step {#again}\n"));
    wsgen(site.root(), &["mv", "lab/setup.md#none", "#x"]).exits(2);
    wsgen(site.root(), &["mv", "lab/setup.md#again", "#a b"]).exits(2);
}

#[test]
fn paths_are_read_from_the_folder_that_the_author_stands_in() {
    let site = Site::from(SITE);
    let lab = site.root().join("content/lab");
    wsgen(&lab, &["mv", "setup.md", "begin.md"]).exits(0);
    assert!(lab.join("begin.md").exists() && lab.join("begin.ja.md").exists());
    wsgen(&lab, &["new", "page", "next"]).exits(0);
    assert!(lab.join("next.md").exists());
    let run = wsgen(&lab, &["build"]).exits(0);
    assert!(site.root().join("public/index.html").exists(), "{}", run.stderr);
    assert!(!lab.join("public").exists() && !lab.join(".wsgen").exists());
}
