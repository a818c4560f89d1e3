//! Arguments, exit codes and formats.

use super::*;

const FINE: &str = "-- content/_index.md --\n# Home\n-- content/a.md --\n# A\n";
const BROKEN: &str =
    "-- content/a.md --\n---\ntitle: A\n---\n[b]({{< relref \"bee.md\" >}})\n-- content/be.md --\n# B\n";
const WARNED: &str = "-- content/a.md --\n# A\n\n[b](gone.md)\n";

#[test]
fn a_folder_with_nothing_but_content_becomes_a_site() {
    let site = Site::from(FINE);
    let run = wsgen(site.root(), &["build"]).exits(0);
    assert_eq!(run.stdout, "");
    assert!(
        run.summary().starts_with("2 pages, no warnings, "),
        "{}",
        run.stderr
    );
    for file in [
        "index.html",
        "a/index.html",
        "404.html",
        "sitemap.xml",
        "robots.txt",
    ] {
        assert!(
            public(&site).iter().any(|path| path == file),
            "{file} of {:#?}",
            public(&site)
        );
    }
}

#[test]
fn a_broken_ref_is_an_error_but_the_site_is_written() {
    let site = Site::from(BROKEN);
    let run = wsgen(site.root(), &["build"]).exits(1);
    assert!(run.stderr.contains("error[broken-ref]"), "{}", run.stderr);
    assert!(run.stderr.contains("--> content/a.md:4:"), "{}", run.stderr);
    assert!(
        run.stderr.contains("did you mean `be.md`?"),
        "the nearest name is missing: {}",
        run.stderr
    );
    assert!(run.summary().contains("1 error"), "{}", run.stderr);
    assert!(public(&site).contains(&"a/index.html".to_owned()));
}

#[test]
fn a_page_is_proposed_the_way_its_author_names_pages() {
    let site = Site::from(
        "-- content/lab/a.md --\n\
         [file]({{< relref \"unique_pge.md\" >}})\n\
         [root]({{< relref \"/other/unique_pge.md\" >}})\n\
         [name]({{< relref \"unique_pge\" >}})\n\
         [link](unique_pge.md#here)\n\
         -- content/other/unique_page.md --\n# U\n",
    );
    let run = wsgen(site.root(), &["build"]).exits(1);
    let proposed = run.stderr.lines().filter(|line| line.contains("did you mean"));
    let expected = [
        "../other/unique_page.md",
        "/other/unique_page.md",
        "/other/unique_page",
        "../other/unique_page.md",
    ];
    let lines: Vec<String> = proposed.map(|line| line.trim().to_owned()).collect();
    assert_eq!(
        lines,
        expected.map(|name| format!("= help: did you mean `{name}`?"))
    );
}

#[test]
fn warnings_fail_only_where_they_count() {
    let site = Site::from(WARNED);
    wsgen(site.root(), &["build"]).exits(0);
    wsgen(site.root(), &["build", "--strict"]).exits(1);
    wsgen(site.root(), &["check"]).exits(1);
}

#[test]
fn a_check_writes_nothing() {
    let site = Site::from(FINE);
    wsgen(site.root(), &["check"]).exits(0);
    assert_eq!(files_below(site.root()), ["content/_index.md", "content/a.md"]);
}

#[test]
fn a_check_finds_what_a_build_finds() {
    let site = Site::from(BROKEN);
    let build = wsgen(site.root(), &["build", "--format", "short"]);
    let check = wsgen(site.root(), &["check", "--format", "short"]);
    let findings = |run: &Run| {
        run.stderr
            .lines()
            .filter(|line| line.contains('['))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(findings(&build), findings(&check));
}

#[test]
fn what_cannot_be_understood_exits_with_two() {
    let (_guard, dir) = empty();
    for args in [
        &["biuld"][..],
        &["build", "--fromat", "x"],
        &["build", "--format", "xml"],
        &["build", "-q", "-v"],
        &[],
    ] {
        let run = wsgen(&dir, args).exits(2);
        assert!(!run.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn a_folder_that_does_not_exist_exits_with_two() {
    let (_guard, dir) = empty();
    let run = wsgen(&dir, &["build", "-s", "nowhere"]).exits(2);
    assert!(run.stderr.contains("nowhere"), "{}", run.stderr);
}

#[test]
fn help_and_version_are_fine() {
    let (_guard, dir) = empty();
    let help = wsgen(&dir, &["--help"]).exits(0);
    assert!(
        help.stdout.contains("Examples:") && help.stdout.contains("Exit codes"),
        "{}",
        help.stdout
    );
    assert!(
        wsgen(&dir, &["build", "--help"])
            .exits(0)
            .stdout
            .contains("--base-url")
    );
    let version = wsgen(&dir, &["--version"]).exits(0).stdout;
    let names: Vec<&str> = version
        .lines()
        .filter_map(|line| Some(line.split_once(' ')?.0))
        .collect();
    assert_eq!(names, ["wsgen", "commit:", "target:"], "{version}");
    let short = wsgen(&dir, &["-V"]).exits(0).stdout;
    assert_eq!(short, concat!("wsgen ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn the_short_format_is_one_line_each() {
    let site = Site::from(WARNED);
    let run = wsgen(site.root(), &["build", "--format", "short"]).exits(0);
    assert!(run.stderr.starts_with("content/a.md:3:"), "{}", run.stderr);
    assert!(run.stderr.contains(": warning[broken-link]: "), "{}", run.stderr);
}

#[test]
fn json_goes_to_standard_output_and_is_json_even_when_nothing_is_wrong() {
    let site = Site::from(BROKEN);
    let run = wsgen(site.root(), &["check", "--format", "json"]).exits(1);
    let list: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(list[0]["code"], "broken-ref");
    assert_eq!(list[0]["file"], "content/a.md");
    assert_eq!(list[0]["line"], 4);
    let fine = Site::from(FINE);
    assert_eq!(
        wsgen(fine.root(), &["build", "--format", "json"]).exits(0).stdout,
        "[]\n"
    );
}

#[test]
fn annotations_go_to_standard_output() {
    let site = Site::from(BROKEN);
    let run = wsgen(site.root(), &["build", "--format", "github"]).exits(1);
    assert!(
        run.stdout.starts_with("::error file=content/a.md,line=4,col="),
        "{}",
        run.stdout
    );
}

#[test]
fn quiet_says_nothing_but_errors() {
    let site = Site::from(WARNED);
    assert_eq!(wsgen(site.root(), &["build", "-q"]).exits(0).stderr, "");
    let broken = Site::from(BROKEN);
    let run = wsgen(broken.root(), &["build", "-q"]).exits(1);
    assert!(
        run.stderr.contains("error[broken-ref]") && !run.stderr.contains("pages"),
        "{}",
        run.stderr
    );
}

#[test]
fn verbose_says_what_took_how_long() {
    let site = Site::from(FINE);
    let run = wsgen(site.root(), &["build", "-v"]).exits(0);
    assert!(
        run.stderr.contains("parsing") && run.stderr.contains("files written"),
        "{}",
        run.stderr
    );
}

#[test]
fn there_are_no_colours_and_no_bar_in_a_pipe() {
    let site = Site::from(BROKEN);
    let run = wsgen(site.root(), &["build"]);
    assert!(
        !run.stderr.contains('\u{1b}') && !run.stderr.contains('\r'),
        "{:?}",
        run.stderr
    );
}

#[test]
fn drafts_and_dates_follow_the_letters_of_hugo() {
    let site = Site::from(
        "-- content/a.md --\n---\ntitle: A\ndraft: true\n---\n-- content/b.md --\n---\ntitle: B\ndate: 2999-01-01\n---\n\
         -- content/c.md --\n---\ntitle: C\nexpiryDate: 2001-01-01\n---\n",
    );
    let page = |name: &str| public(&site).contains(&format!("{name}/index.html"));
    wsgen(site.root(), &["build"]).exits(0);
    assert!(!page("a") && !page("b") && !page("c"));
    wsgen(site.root(), &["build", "-DFE"]).exits(0);
    assert!(page("a") && page("b") && page("c"));
    wsgen(site.root(), &["build", "--drafts"]).exits(0);
    assert!(page("a") && !page("b") && !page("c"));
}

#[test]
fn the_destination_is_seen_from_the_source_as_with_hugo() {
    let site = Site::new();
    site.write("work/content/a.md", "# A");
    wsgen(site.root(), &["build", "-s", "work", "-d", "out"]).exits(0);
    assert!(
        files_below(site.root()).contains(&"work/out/a/index.html".to_owned()),
        "{:#?}",
        files_below(site.root())
    );
    assert!(!site.root().join("work/public").exists());
}

#[test]
fn settings_come_from_the_environment_too() {
    let site = Site::from(FINE);
    let output = Command::new(env!("CARGO_BIN_EXE_wsgen"))
        .args(["build", "-q"])
        .current_dir(site.root())
        .env("HUGO_TITLE", "From outside")
        .output()
        .unwrap();
    assert!(output.status.success());
    assert!(read(&site, "public/a/index.html").contains("From outside"));
}
