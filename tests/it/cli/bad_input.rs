//! Broken input gets a finding with its place, and the rest of the site.

use super::*;

/// Builds a site that holds a good page `good.md` beside what is bad. The good page must come out, whatever else.
fn survives(site: &Site) -> Run {
    site.write("content/good.md", "# Good\n\nFine.\n");
    let run = wsgen(site.root(), &["build", "--format", "short"]);
    assert!(
        matches!(run.code, Some(0 | 1)),
        "code {:?}: {}",
        run.code,
        run.stderr
    );
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    assert!(read(site, "public/good/index.html").contains("Fine."));
    run
}

/// The finding with this code at this line of the bad page.
#[track_caller]
fn finds(run: &Run, finding: &str) {
    assert!(
        run.stderr
            .lines()
            .any(|line| line.starts_with(finding) || line.contains(finding)),
        "no `{finding}` in:\n{}",
        run.stderr
    );
}

#[track_caller]
fn body(site: &Site, page: &str) -> String {
    let html = read(site, &format!("public/{page}index.html"));
    crate::dom::inner_html(&html, ".page-body").expect("a page body")
}

#[test]
fn broken_yaml() {
    let site = Site::from("-- content/bad.md --\n---\ntitle: [1, 2\nweight: 3\n---\nStill here.\n");
    let run = survives(&site);
    finds(&run, "[invalid-front-matter]");
    finds(&run, "content/bad.md:");
    assert!(body(&site, "bad/").contains("Still here."));
}

#[test]
fn broken_toml() {
    let site = Site::from("-- content/bad.md --\n+++\ntitle = Bad\n+++\nStill here.\n");
    finds(
        &survives(&site),
        "content/bad.md:2:9: warning[invalid-front-matter]",
    );
    assert!(body(&site, "bad/").contains("Still here."));
}

#[test]
fn broken_json() {
    let site = Site::from("-- content/bad.md --\n{\n  \"title\": \"Bad\",,\n}\nStill here.\n");
    finds(&survives(&site), "content/bad.md:2:");
    assert!(body(&site, "bad/").contains("Still here."));
}

#[test]
fn tabs_in_yaml() {
    let site = Site::from("-- content/bad.md --\n---\ntitle: A\n\tweight: 3\n---\nStill here.\n");
    finds(&survives(&site), "content/bad.md:");
    assert!(body(&site, "bad/").contains("Still here."));
}

#[test]
fn front_matter_without_an_end() {
    let site = Site::from("-- content/bad.md --\n---\ntitle: A\n\nStill here.\n");
    finds(&survives(&site), "[unclosed-front-matter]");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_fine() {
    let site = Site::new().file(
        "content/bad.md",
        "\u{feff}---\r\ntitle: Bom\r\n---\r\nStill **here**.\r\n",
    );
    let run = survives(&site).exits(0);
    assert!(!run.stderr.contains('['), "{}", run.stderr);
    assert!(body(&site, "bad/").contains("Still <strong>here</strong>."));
    assert!(read(&site, "public/bad/index.html").contains("<title>Bom"));
}

#[test]
fn columns_of_windows_files_are_right() {
    let site = Site::new().file("content/bad.md", "\u{feff}# A\r\n\r\nx [b](gone.md)\r\n");
    finds(&survives(&site), "content/bad.md:3:");
}

#[test]
fn invalid_utf8() {
    let site = Site::new().file("content/bad.md", b"# Bad\n\nStill \xff here.\n");
    finds(&survives(&site), "content/bad.md:3:7: ");
    assert!(body(&site, "bad/").contains("Still \u{fffd} here."));
}

#[test]
fn a_fence_that_never_closes_runs_to_the_end() {
    let site = Site::from("-- content/bad.md --\n# Bad\n\n```go\nfunc main() {}\n");
    survives(&site).exits(0);
    assert!(body(&site, "bad/").contains("main"));
}

#[test]
fn an_unclosed_shortcode() {
    let site = Site::from("-- content/bad.md --\n# Bad\n\n{{< details \"More\" >}}\nStill **here**.\n");
    finds(&survives(&site), "content/bad.md:3:1: ");
    assert!(body(&site, "bad/").contains("<strong>here</strong>"));
}

#[test]
fn an_unclosed_tag() {
    let site = Site::from("-- content/bad.md --\n# Bad\n\nStill here {{< ref \"good\"\n\nand here.\n");
    finds(&survives(&site), "content/bad.md:3:12: ");
    assert!(body(&site, "bad/").contains("and here."));
}

#[test]
fn crossed_shortcodes() {
    let site = Site::from(
        "-- content/bad.md --\n# Bad\n\n{{< details >}}{{% notice tip %}}\nStill here.\n{{< /details >}}{{% /notice %}}\n\nand here.\n",
    );
    finds(&survives(&site), "content/bad.md:5:");
    let html = body(&site, "bad/");
    assert!(
        html.contains("Still here.") && html.contains("and here."),
        "{html}"
    );
}

#[test]
fn a_closing_tag_that_closes_nothing() {
    let site = Site::from("-- content/bad.md --\n# Bad\n\nStill here. {{< /details >}}\n");
    finds(&survives(&site), "[stray-closing-tag]");
    assert!(body(&site, "bad/").contains("Still here."));
}

#[test]
fn an_unknown_shortcode_keeps_its_text() {
    let site =
        Site::from("-- content/bad.md --\n# Bad\n\n{{< notcie >}}\nStill **here**.\n{{< /notcie >}}\n");
    let run = survives(&site);
    finds(&run, "content/bad.md:3:5: warning[unknown-shortcode]");
    assert!(body(&site, "bad/").contains("<strong>here</strong>"));
}

#[test]
fn a_page_and_a_bundle_of_the_same_url() {
    let site = Site::from("-- content/a.md --\n# One\n-- content/a/index.md --\n# Two\n");
    let run = survives(&site);
    finds(&run, "[duplicate-url]");
    assert!(public(&site).contains(&"a/index.html".to_owned()));
}

#[test]
fn names_that_become_the_same_url() {
    let site = Site::from("-- content/My Page.md --\n# One\n-- content/my-page.md --\n# Two\n");
    finds(&survives(&site), "[duplicate-url]");
}

#[test]
fn an_empty_content_folder() {
    let site = Site::new();
    std::fs::create_dir(site.root().join("content")).unwrap();
    let run = wsgen(site.root(), &["build", "--format", "short"]);
    finds(&run, "[no-content]");
    assert!(matches!(run.code, Some(0 | 1)), "{:?}", run.code);
}

#[test]
fn a_folder_above_a_site() {
    let site = Site::from("-- docs/site/hugo.toml --\ntitle = 'T'\n-- docs/site/content/a.md --\n# A\n");
    let run = wsgen(site.root(), &["build"]);
    finds(&run, "run `wsgen` with `-s docs/site`");
}

#[test]
fn no_content_folder() {
    let (_guard, dir) = empty();
    let run = wsgen(&dir, &["build", "--format", "short"]);
    finds(&run, "[no-content]");
    assert_eq!(run.code, Some(1));
    assert!(!run.stderr.contains("panicked"));
    assert_eq!(files_below(&dir), [""; 0], "in a wrong folder nothing is written");
    for command in [
        &["serve"][..],
        &["list"],
        &["new", "page", "a"],
        &["mv", "a", "b"],
        &["bundle"],
    ] {
        let run = wsgen(&dir, command).exits(2);
        assert!(
            run.stderr.contains("there is no site in this folder"),
            "{command:?}: {}",
            run.stderr
        );
        assert_eq!(files_below(&dir), [""; 0], "{command:?}");
    }
}

#[test]
fn a_destination_inside_the_content_folder() {
    let site = Site::from("-- content/a.md --\n# A\n");
    let run = wsgen(site.root(), &["build", "-d", "content/public"]).exits(2);
    assert!(run.stderr.contains("content"), "{}", run.stderr);
    assert_eq!(files_below(site.root()), ["content/a.md"]);
}

#[test]
fn a_destination_that_is_the_site_itself() {
    let site = Site::from("-- content/a.md --\n# A\n");
    wsgen(site.root(), &["build", "-d", "."]).exits(2);
    assert_eq!(files_below(site.root()), ["content/a.md"]);
}

#[cfg(unix)]
#[test]
fn a_symlink_that_leads_upwards() {
    let site = Site::from("-- content/lab/a.md --\n# A\n");
    std::os::unix::fs::symlink("..", site.root().join("content/lab/up")).unwrap();
    finds(&survives(&site), "[symlink-loop]");
    assert!(public(&site).contains(&"lab/a/index.html".to_owned()));
}

#[cfg(unix)]
#[test]
fn a_symlink_that_leads_nowhere() {
    let site = Site::from("-- content/a.md --\n# A\n");
    std::os::unix::fs::symlink("nowhere.md", site.root().join("content/b.md")).unwrap();
    finds(&survives(&site), "content/b.md");
}

#[test]
fn a_page_of_five_megabytes() {
    let line = "A line with **strong** text, `code` and [a link](good.md).\n\n";
    let site = Site::new().file("content/big.md", line.repeat(5_000_000 / line.len()));
    let started = std::time::Instant::now();
    survives(&site).exits(0);
    let took = started.elapsed();
    assert!(took.as_secs() < 120, "{took:?}");
}

#[test]
fn five_megabytes_on_one_line() {
    let site = Site::new().file("content/big.md", "word [x](gone.md) ".repeat(5_000_000 / 18));
    let started = std::time::Instant::now();
    survives(&site);
    let took = started.elapsed();
    assert!(took.as_secs() < 120, "{took:?}");
}

#[test]
fn two_hundred_levels_of_quotes() {
    let site = Site::new().file("content/deep.md", format!("{} deep\n", "> ".repeat(200)));
    survives(&site);
    assert!(body(&site, "deep/").contains("deep"));
}

#[test]
fn thousands_of_levels_of_anything() {
    let lists: String = (0..2000)
        .map(|depth| format!("{}- x\n", "  ".repeat(depth)))
        .collect();
    let site = Site::new()
        .file("content/quotes.md", format!("{} deep\n", ">".repeat(20_000)))
        .file("content/lists.md", lists)
        .file("content/brackets.md", "[".repeat(50_000))
        .file("content/stars.md", "*a **b ".repeat(10_000))
        .file("content/divs.md", "<div>\n".repeat(10_000))
        .file("content/spans.md", "<b>".repeat(10_000))
        .file("content/calls.md", "{{< details >}}".repeat(3_000))
        .file(
            "content/front.md",
            format!("---\na: {}\n---\nx\n", "[".repeat(10_000)),
        )
        .file(
            "content/json.md",
            format!("{{\"a\": {}}}\nx\n", "[".repeat(10_000)),
        );
    survives(&site);
}

#[test]
fn a_page_whose_name_is_nothing_but_a_picture() {
    let site = Site::from("-- content/_index.md --\n# Home\n-- content/😀.md --\n# Smile\n");
    finds(&survives(&site), "[empty-url]");
    assert!(
        read(&site, "public/index.html").contains("Home"),
        "the home page was overwritten"
    );
}

#[test]
fn broken_configuration() {
    let site = Site::from("-- hugo.toml --\ntitle = \"T\"\nbaseURL = \n");
    finds(&survives(&site), "hugo.toml:2:");
}

#[test]
fn mistakes_in_the_own_table() {
    let site = Site::from("-- hugo.toml --\ntitle = \"T\"\n[wsgen]\naccnet = 120\n");
    let run = survives(&site);
    finds(&run, "hugo.toml:3:1: ");
    finds(&run, "[unknown-setting]");
    assert!(
        wsgen(site.root(), &["build"]).stderr.contains("`accent`"),
        "no setting is proposed"
    );
}

#[test]
fn every_mistake_is_told_in_one_run() {
    let site = Site::from(
        "-- content/a.md --\n---\ntitle: [\n---\n-- content/b.md --\n{{< relref \"gone\" >}}\n\
         -- content/c.md --\n{{< notcie >}}\n-- content/d.md --\n[x](gone.md) ![y](gone.png) [z](good.md#gone)\n",
    );
    let run = survives(&site).exits(1);
    for code in [
        "invalid-front-matter",
        "broken-ref",
        "unknown-shortcode",
        "broken-link",
        "broken-image",
        "broken-anchor",
    ] {
        finds(&run, &format!("[{code}]"));
    }
}

#[test]
fn a_character_that_wsgen_reserves() {
    let site = Site::new().file(
        "content/bad.md",
        "# Bad\n\nStill \u{e000}\u{100000}\u{10fffd} here.\n",
    );
    finds(
        &survives(&site),
        "content/bad.md:3:8: warning[private-use-character]",
    );
    let html = body(&site, "bad/");
    assert!(
        html.contains("Still") && !html.contains(|c| matches!(c, '\u{f0000}'..='\u{10fffd}')),
        "{html}"
    );
}
