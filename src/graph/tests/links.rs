//! Links of Markdown lead where a reader of the source or of the site expects.

use super::site::{Site, site};
use crate::graph::{LinkAnswer, link, permalink};

fn lab() -> Site {
    site(&[
        ("content/_index.md", "title: Home"),
        ("content/lab/10_a.md", "title: A\naliases: [/old/]"),
        ("content/lab/_index.md", "title: Lab"),
        ("content/lab/leaf/index.md", "title: Leaf"),
        ("content/lab/leaf/pic.png", "x"),
        ("content/lab/pic.png", "x"),
        ("content/lab/sp ace.md", "title: sp"),
        ("content/lab/sub/_index.md", "title: Sub"),
        ("content/lab/sub/b.md", "title: B"),
        ("content/lab/sub/near.png", "x"),
        ("content/lab/sub/slug.md", "title: S\nslug: other"),
        ("content/other/uniq.md", "title: U"),
        ("static/st.png", "x"),
    ])
}

fn answer(site: &Site, from: &str, href: &str) -> String {
    match site.graph.resolve_link(site.page(from).id, href) {
        LinkAnswer::Page { path, suffix, .. } => format!("page {path}{suffix}"),
        LinkAnswer::Asset { path, suffix, .. } => format!("file {path}{suffix}"),
        LinkAnswer::SelfFragment { fragment } => format!("here {fragment}"),
        LinkAnswer::External => "out".to_owned(),
        LinkAnswer::Missing { nearest } => format!("missing {}", nearest.join(" ")).trim().to_owned(),
    }
}

#[test]
fn markdown_links_are_paths_between_files() {
    let site = lab();
    let cases = [
        ("../10_a.md", "page /lab/10_a/"),
        ("./../10_a.md", "page /lab/10_a/"),
        ("../10_a.md?x=1#z", "page /lab/10_a/?x=1#z"),
        ("/lab/10_a.md#z", "page /lab/10_a/#z"),
        ("slug.md", "page /lab/sub/other/"),
        ("../_index.md", "page /lab/"),
        ("_index.md", "page /lab/sub/"),
        ("../leaf/index.md", "page /lab/leaf/"),
        ("../sp%20ace.md", "page /lab/sp-ace/"),
        ("../sp ace.md", "page /lab/sp-ace/"),
        ("other/uniq.md", "page /other/uniq/"),
        ("near.png", "file /lab/sub/near.png"),
        ("../leaf/pic.png", "file /lab/leaf/pic.png"),
        ("../10_a", "page /lab/10_a/"),
        ("../10_a.html", "page /lab/10_a/"),
        ("/lab/sub/slug", "page /lab/sub/other/"),
        ("/lab/sub/b.html", "page /lab/sub/b/"),
    ];
    for (href, expected) in cases {
        assert_eq!(answer(&site, "lab/sub/b.md", href), expected, "{href}");
    }
}

#[test]
fn a_target_that_works_as_written_means_that() {
    let site = lab();
    let cases = [
        ("/lab/", "page /lab/"),
        ("/lab", "page /lab/"),
        ("/other/uniq", "page /other/uniq/"),
        ("..", "page /lab/sub/"),
        (".", "page /lab/sub/b/"),
        ("../../10_a/", "page /lab/10_a/"),
        ("../../10_a/index.html", "page /lab/10_a/index.html"),
        ("/lab/leaf/pic.png", "file /lab/leaf/pic.png"),
        ("/st.png", "file /st.png"),
        ("/old/", "page /old/"),
        ("../../../st.png?width=5pc", "file /st.png?width=5pc"),
    ];
    for (href, expected) in cases {
        assert_eq!(answer(&site, "lab/sub/b.md", href), expected, "{href}");
    }
}

#[test]
fn the_url_comes_before_the_file_when_both_would_do() {
    let site = site(&[
        ("content/a/x.md", "title: inner"),
        ("content/a/b/_index.md", "title: B"),
        ("content/a/b/x.md", "title: deep"),
        ("content/a/b/pic.png", "1"),
        ("content/a/pic.png", "2"),
        ("content/a/b/p.md", "title: P"),
    ]);
    assert_eq!(answer(&site, "a/b/p.md", "../x"), "page /a/b/x/");
    assert_eq!(answer(&site, "a/b/p.md", "../x.md"), "page /a/x/");
    assert_eq!(answer(&site, "a/b/p.md", "../pic.png"), "file /a/b/pic.png");
    assert_eq!(answer(&site, "a/b/_index.md", "../pic.png"), "file /a/pic.png");
}

#[test]
fn targets_out_of_the_site_and_on_the_page_are_told_apart() {
    let site = lab();
    let from = "lab/sub/b.md";
    for href in [
        "https://a.b/c",
        "mailto:a@b.c",
        "//cdn/x",
        "tel:1",
        "javascript:void(0)",
    ] {
        assert_eq!(answer(&site, from, href), "out");
    }
    assert_eq!(answer(&site, from, "#%E6%97%A5"), "here %E6%97%A5");
    assert_eq!(answer(&site, from, "?q=1"), "page /lab/sub/b/?q=1");
}

#[test]
fn missing_targets_come_with_the_nearest() {
    let site = lab();
    let from = "lab/sub/b.md";
    assert_eq!(
        answer(&site, from, "../leaf/pick.png"),
        "missing /lab/leaf/pic.png /lab/pic.png /lab/leaf/"
    );
    assert_eq!(
        answer(&site, from, "../10_b.md").split(' ').nth(1),
        Some("/lab/10_a")
    );
    assert!(answer(&site, from, "missing.md").starts_with("missing"));
    assert_eq!(answer(&site, from, "slug.png").split(' ').next(), Some("missing"));
}

#[test]
fn links_are_printed_as_the_site_wants_them() {
    let with = |settings: &str| {
        let config = format!("baseURL = 'https://x.example/sub/'\n{settings}");
        site(&[
            ("hugo.toml", &config),
            ("content/lab/a.md", "title: A"),
            ("content/b c.md", "title: B"),
        ])
    };
    let href = |site: &Site| site.graph.href(&site.config, site.page("lab/a.md").id, "/日 x/");
    assert_eq!(href(&with("")), "/sub/%E6%97%A5%20x/");
    assert_eq!(href(&with("relativeURLs = true")), "../../%E6%97%A5%20x/");
    assert_eq!(
        href(&with("canonifyURLs = true")),
        "https://x.example/sub/%E6%97%A5%20x/"
    );
    assert_eq!(
        href(&with("relativeURLs = true\ncanonifyURLs = true")),
        "../../%E6%97%A5%20x/"
    );
    let site = with("");
    assert_eq!(link(&site.config, "/", "/"), "/sub/");
    assert_eq!(permalink(&site.config, "/lab/a/"), "https://x.example/sub/lab/a/");
    assert_eq!(answer(&site, "lab/a.md", "/sub/b-c/"), "page /b-c/");
    assert_eq!(answer(&site, "lab/a.md", "/b-c/"), "page /b-c/");
    assert_eq!(answer(&site, "lab/a.md", "/sub"), "page /");
    assert_eq!(
        answer(&site, "lab/a.md", "/subway/").split(' ').next(),
        Some("missing")
    );
}

#[test]
fn pages_without_a_file_are_no_targets() {
    let site = site(&[
        ("content/a.md", "build: {render: never}"),
        ("content/b.md", "title: B"),
    ]);
    assert_eq!(answer(&site, "b.md", "a.md").split(' ').next(), Some("missing"));
}
