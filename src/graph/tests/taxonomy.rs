//! Tags and other terms have pages.

use super::site::site;
use crate::graph::Kind;
use crate::lang::LangId;

#[test]
fn taxonomies_in_use_have_a_list_and_a_page_for_each_term() {
    let site = site(&[
        ("content/a.md", "title: A\ntags: [Foo Bar, C++]\nweight: 2"),
        ("content/b.md", "title: B\ntags: foo bar\nweight: 1"),
        ("content/c.md", "title: C\ncategories: []"),
    ]);
    assert_eq!(
        site.urls(),
        ["/", "/a/", "/b/", "/c/", "/tags/", "/tags/c++/", "/tags/foo-bar/"]
    );
    let (list, term) = (site.at("/tags"), site.at("/tags/foo-bar"));
    assert_eq!((list.kind, term.kind), (Kind::Taxonomy, Kind::Term));
    assert_eq!((list.title.as_str(), term.title.as_str()), ("Tags", "Foo Bar"));
    assert_eq!(site.paths(&term.members), ["/b", "/a"]);
    assert_eq!(site.paths(&list.members), ["/tags/c++", "/tags/foo-bar"]);
    assert_eq!(term.parent, Some(list.id));
    assert_eq!(site.graph.sites[LangId(0)].taxonomies, [list.id]);
    assert_eq!(site.paths(&site.at("/").children), ["/b", "/a", "/c"]);
}

#[test]
fn content_files_give_lists_and_terms_their_text() {
    let site = site(&[
        ("content/tags/_index.md", "title: All tags"),
        ("content/tags/go/_index.md", "title: The Go language"),
        ("content/a.md", "tags: [Go]"),
    ]);
    assert_eq!(site.at("/tags").title, "All tags");
    assert_eq!(site.at("/tags/go").title, "The Go language");
    assert_eq!(site.paths(&site.at("/tags/go").members), ["/a"]);
    assert_eq!(site.urls(), ["/", "/a/", "/tags/", "/tags/go/"]);
}

#[test]
fn a_list_with_a_file_exists_without_terms() {
    assert_eq!(
        site(&[("content/tags/_index.md", "title: T")]).urls(),
        ["/", "/tags/"]
    );
}

#[test]
fn disabled_taxonomies_have_no_pages() {
    let off = ("hugo.toml", "disableKinds = ['taxonomy', 'term']");
    assert_eq!(site(&[off, ("content/a.md", "tags: [x]")]).urls(), ["/", "/a/"]);
    let old = ("hugo.toml", "disableKinds = ['taxonomy', 'taxonomyTerm']");
    assert_eq!(site(&[old, ("content/a.md", "tags: [x]")]).urls(), ["/", "/a/"]);
}

#[test]
fn terms_of_characters_that_urls_cannot_hold_are_not_lost() {
    let site = site(&[("content/a.md", "tags: [😀, 日本語, CI/CD]")]);
    assert_eq!(
        site.urls(),
        [
            "/",
            "/a/",
            "/tags/",
            "/tags/ci/cd/",
            "/tags/u1f600/",
            "/tags/日本語/"
        ]
    );
    assert_eq!(site.at("/tags/ci/cd").title, "CI/CD");
}
