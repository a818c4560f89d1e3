//! No page is lost when two want one URL.

use super::site::{pages, site};
use crate::graph::Target;

#[test]
fn of_two_pages_with_one_name_the_second_gets_a_number() {
    let site = site(&[
        ("content/My Page.md", "title: A"),
        ("content/my-page.md", "title: B"),
        ("content/x.md", "title: X\nurl: /my-page/"),
    ]);
    assert_eq!(site.url("My Page.md"), "/my-page/");
    assert_eq!(site.url("my-page.md"), "/my-page-2/");
    assert_eq!(site.url("x.md"), "/my-page-3/");
    assert_eq!(
        site.findings(),
        ["duplicate-url content/my-page.md", "duplicate-url content/x.md"]
    );
    let first = &site.diagnostics[0].labels[0];
    assert_eq!(site.tree.path(first.span.file), Some("content/My Page.md"));
    assert_eq!(site.at("/my-page").title, "A");
}

#[test]
fn a_bundle_wins_over_a_file_and_so_does_a_section() {
    let site = pages(&[
        "content/a.md",
        "content/a/index.md",
        "content/setup.md",
        "content/setup/_index.md",
        "content/setup/x.md",
    ]);
    assert_eq!(site.url("a/index.md"), "/a/");
    assert_eq!(site.url("a.md"), "/a-2/");
    assert_eq!(site.url("setup/_index.md"), "/setup/");
    assert_eq!(site.url("setup.md"), "/setup-2/");
    assert_eq!(site.url("setup/x.md"), "/setup/x/");
    assert_eq!(
        site.page("setup/x.md").parent,
        Some(site.page("setup/_index.md").id)
    );
    assert_eq!(site.findings().len(), 2);
}

#[test]
fn a_page_without_a_folder_page_takes_the_place_of_the_section() {
    let site = pages(&["content/lab.md", "content/lab/y.md"]);
    assert_eq!(site.urls(), ["/", "/lab/", "/lab/y/"]);
    assert_eq!(site.at("/lab/y").parent, Some(site.at("/").id));
}

#[test]
fn no_page_takes_the_place_of_home() {
    let site = site(&[
        ("content/_index.md", "title: Home"),
        ("content/a.md", "url: /"),
        ("content/b.md", "url: /"),
    ]);
    assert_eq!(site.graph.lookup("/"), Some(Target::Page(site.at("/").id)));
    assert_eq!(site.urls(), ["/", "/page-2/", "/page-3/"]);
}

#[test]
fn pages_win_over_static_files_of_the_same_place() {
    let site = site(&[
        ("content/a.md", "title: A"),
        ("static/a/index.html", "x"),
        ("static/b.txt", "x"),
    ]);
    assert_eq!(site.assets(), ["b.txt"]);
    assert_eq!(site.graph.lookup("/a/"), Some(Target::Page(site.at("/a").id)));
}

#[test]
fn a_thousand_pages_for_one_url_all_have_their_own() {
    let paths: Vec<String> = (0..1000).map(|number| format!("content/{number}.md")).collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "url: /x/")).collect();
    let site = site(&files);
    let mut urls = site.urls();
    urls.dedup();
    assert_eq!(urls.len(), 1001);
}
