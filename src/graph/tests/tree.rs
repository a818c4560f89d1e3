//! Folders become sections, and pages have titles.

use super::site::{pages, site};
use crate::graph::{Bundle, Kind};
use crate::lang::LangId;

#[test]
fn top_level_folders_with_pages_are_sections_and_nested_ones_are_not() {
    let site = pages(&[
        "content/_index.md",
        "content/about.md",
        "content/lab/10_a.md",
        "content/lab/_index.md",
        "content/lab/leaf/index.md",
        "content/lab/leaf/note.md",
        "content/lab/leaf/sub/_index.md",
        "content/noidx/a.md",
        "content/noidx/deep/b.md",
        "content/noidx/deep/er/c.md",
    ]);
    assert_eq!(
        site.urls(),
        [
            "/",
            "/about/",
            "/lab/",
            "/lab/10_a/",
            "/lab/leaf/",
            "/noidx/",
            "/noidx/a/",
            "/noidx/deep/b/",
            "/noidx/deep/er/c/"
        ]
    );
    let noidx = site.at("/noidx");
    assert_eq!(
        (noidx.kind, noidx.bundle, noidx.source),
        (Kind::Section, Bundle::Branch, None)
    );
    assert_eq!(noidx.title, "Noidxes");
    assert_eq!(
        site.paths(&noidx.children),
        ["/noidx/a", "/noidx/deep/b", "/noidx/deep/er/c"]
    );
    assert_eq!(site.at("/lab/leaf").parent, Some(site.at("/lab").id));
    assert_eq!(site.at("/lab/leaf").bundle, Bundle::Leaf);
    assert_eq!(site.at("/lab").parent, Some(site.at("/").id));
    assert_eq!(site.at("/").parent, None);
}

#[test]
fn bundles_below_a_section_without_page_belong_to_the_section_above() {
    let site = pages(&[
        "content/s/_index.md",
        "content/s/n/x/index.md",
        "content/s/n/y.md",
    ]);
    assert_eq!(site.urls(), ["/", "/s/", "/s/n/x/", "/s/n/y/"]);
    assert_eq!(site.paths(&site.at("/s").children), ["/s/n/x", "/s/n/y"]);
}

#[test]
fn titles_come_from_front_matter_heading_or_file_name() {
    let site = site(&[
        ("hugo.toml", "title = 'The Site'"),
        ("content/my-lab/a.md", "title: Written"),
        ("content/my-lab/b-c.md", "# My H1\n"),
        ("content/my-lab/10_set-up.md", "weight: 1"),
        ("content/my-lab/low.md", "## Only a second heading\n"),
        ("content/my-lab/d.md", "title: Long\nlinkTitle: Short"),
        ("content/my-lab/e.md", "title: Long\nmenuTitle: Menu"),
        ("content/post/f.md", "title: ''"),
    ]);
    let title = |path: &str| (site.at(path).title.as_str(), site.at(path).link_title.as_str());
    assert_eq!(title("/"), ("The Site", "The Site"));
    assert_eq!(title("/my-lab"), ("My Lab", "My Lab"));
    assert_eq!(title("/post"), ("Posts", "Posts"));
    assert_eq!(title("/my-lab/a"), ("Written", "Written"));
    assert_eq!(title("/my-lab/b-c"), ("My H1", "My H1"));
    assert_eq!(title("/my-lab/10_set-up"), ("10 Set Up", "10 Set Up"));
    assert_eq!(
        title("/my-lab/low"),
        ("Only a second heading", "Only a second heading")
    );
    assert_eq!(title("/my-lab/d"), ("Long", "Short"));
    assert_eq!(title("/my-lab/e"), ("Long", "Menu"));
    assert_eq!(title("/post/f"), ("F", "F"));
}

#[test]
fn a_draft_section_does_not_hide_its_pages() {
    let files = [
        ("content/exp.md", "expiryDate: 2001-01-01"),
        ("content/ok.md", "title: OK"),
        ("content/s/_index.md", "draft: true"),
        ("content/s/a.md", "title: A"),
        ("content/draft.md", "draft: true"),
        ("content/fut.md", "date: 2999-01-01"),
        ("content/pubpast.md", "date: 2999-01-01\npublishDate: 2001-01-01"),
    ];
    let left = site(&files);
    assert_eq!(left.urls(), ["/", "/ok/", "/pubpast/", "/s/a/"]);
    assert_eq!(left.at("/s/a").parent, Some(left.at("/").id));
    let mut all = files.to_vec();
    all.push((
        "hugo.toml",
        "buildDrafts = true\nbuildFuture = true\nbuildExpired = true",
    ));
    assert_eq!(
        site(&all).urls(),
        [
            "/",
            "/draft/",
            "/exp/",
            "/fut/",
            "/ok/",
            "/pubpast/",
            "/s/",
            "/s/a/"
        ]
    );
}

#[test]
fn a_draft_home_page_leaves_a_home_page_without_text() {
    let site = site(&[
        ("hugo.toml", "title = 'T'"),
        ("content/_index.md", "title: H\ndraft: true"),
        ("content/a.md", "title: A"),
    ]);
    assert_eq!((site.at("/").title.as_str(), site.at("/").source), ("T", None));
}

#[test]
fn the_home_page_may_be_called_index() {
    let site = pages(&["content/index.md", "content/other.md", "content/s/a.md"]);
    assert_eq!(site.urls(), ["/", "/other/", "/s/", "/s/a/"]);
    assert_eq!(site.at("/").kind, Kind::Home);
    assert_eq!(site.findings(), ["misnamed-home content/index.md"]);
}

#[test]
fn pages_for_other_modules_are_built_but_not_shown() {
    let site = site(&[
        ("hugo.toml", "[params]\nenabledModule = 'base openshift'"),
        ("content/docs/_index.md", "title: Docs"),
        ("content/docs/a.md", "onlyWhen: openshift"),
        ("content/docs/b.md", "onlyWhen: rancher"),
        ("content/docs/c.md", "onlyWhenNot: openshift rancher"),
    ]);
    assert_eq!(site.urls().len(), 5);
    assert_eq!(site.paths(&site.at("/docs").children), ["/docs/a"]);
    assert_eq!(
        site.paths(&site.graph.sites[LangId(0)].reading_order),
        ["/", "/docs", "/docs/a"]
    );
    assert!(site.at("/docs/b").nav.hidden && !site.at("/docs/b").listed);
}

#[test]
fn disabled_kinds_have_no_pages() {
    let site = site(&[
        ("hugo.toml", "disableKinds = ['section']"),
        ("content/lab/a.md", "title: A"),
    ]);
    assert_eq!(site.urls(), ["/", "/lab/a/"]);
}

#[test]
fn a_site_without_content_has_a_home_page_and_says_so() {
    let site = site(&[("hugo.toml", "title = 'T'")]);
    assert_eq!(site.urls(), ["/"]);
    assert_eq!(site.findings(), ["no-content"]);
}
