//! `ref` finds what it finds in Hugo.

use super::site::{Site, site};
use crate::graph::RefAnswer;

/// The pages that Hugo finds from a regular page, a section, a leaf bundle and the home page; `-` is none.
#[rustfmt::skip]
const TABLE: &[(&str, [&str; 4])] = &[
    ("b", ["/lab/sub/b/", "/lab/sub/b/", "/lab/sub/b/", "/lab/sub/b/"]),
    ("b.md", ["/lab/sub/b/", "/lab/sub/b/", "/lab/sub/b/", "/lab/sub/b/"]),
    ("./b", ["/lab/sub/b/", "/lab/sub/b/", "-", "-"]),
    ("./b.md", ["/lab/sub/b/", "/lab/sub/b/", "-", "-"]),
    ("10_a.md", ["-", "-", "/lab/10_a/", "-"]),
    ("10_a", ["-", "-", "/lab/10_a/", "-"]),
    ("../10_a.md", ["/lab/10_a/", "/lab/10_a/", "/lab/10_a/", "-"]),
    ("../10_a", ["/lab/10_a/", "/lab/10_a/", "-", "-"]),
    ("/lab/10_a", ["/lab/10_a/", "/lab/10_a/", "/lab/10_a/", "/lab/10_a/"]),
    ("/lab/10_a.md", ["/lab/10_a/", "/lab/10_a/", "/lab/10_a/", "/lab/10_a/"]),
    ("lab/10_a.md", ["/lab/10_a/", "/lab/10_a/", "/lab/10_a/", "/lab/10_a/"]),
    ("lab/10_a", ["/lab/10_a/", "/lab/10_a/", "/lab/10_a/", "/lab/10_a/"]),
    ("uniq", ["/other/uniq/", "/other/uniq/", "/other/uniq/", "/other/uniq/"]),
    ("uniq.md", ["/other/uniq/", "/other/uniq/", "/other/uniq/", "/other/uniq/"]),
    ("other/uniq.md", ["/other/uniq/", "/other/uniq/", "/other/uniq/", "/other/uniq/"]),
    ("/", ["/", "/", "/", "/"]),
    ("/lab", ["/lab/", "/lab/", "/lab/", "/lab/"]),
    ("lab", ["/lab/", "/lab/", "/lab/", "/lab/"]),
    ("/lab/", ["/lab/", "/lab/", "/lab/", "/lab/"]),
    ("/lab/_index.md", ["/lab/", "/lab/", "/lab/", "/lab/"]),
    ("_index.md", ["/lab/sub/", "/lab/sub/", "/lab/", "/"]),
    ("../_index.md", ["/lab/", "/lab/", "/lab/", "/"]),
    (".", ["/lab/sub/", "/lab/sub/", "/lab/", "/"]),
    ("..", ["/lab/", "/lab/", "/", "/"]),
    ("../", ["/lab/", "/lab/", "/", "/"]),
    ("/lab/leaf", ["/lab/leaf/", "/lab/leaf/", "/lab/leaf/", "/lab/leaf/"]),
    ("/lab/leaf/index.md", ["/lab/leaf/", "/lab/leaf/", "/lab/leaf/", "/lab/leaf/"]),
    ("leaf", ["/lab/leaf/", "/lab/leaf/", "/lab/leaf/", "/lab/leaf/"]),
    ("leaf/index.md", ["-", "-", "/lab/leaf/", "-"]),
    ("/lab/leaf/pic.png", ["-", "-", "-", "-"]),
    ("/lab/leaf/res.md", ["-", "-", "-", "-"]),
    ("#frag", ["#frag", "#frag", "#frag", "#frag"]),
    ("uniq#frag", ["/other/uniq/#frag", "/other/uniq/#frag", "/other/uniq/#frag", "/other/uniq/#frag"]),
    ("uniq.md#日本 語", ["/other/uniq/#日本 語", "/other/uniq/#日本 語", "/other/uniq/#日本 語", "/other/uniq/#日本 語"]),
    ("準備", ["/日本/準備/", "/日本/準備/", "/日本/準備/", "/日本/準備/"]),
    ("準備.md", ["/日本/準備/", "/日本/準備/", "/日本/準備/", "/日本/準備/"]),
    ("/日本/準備.md", ["/日本/準備/", "/日本/準備/", "/日本/準備/", "/日本/準備/"]),
    ("/日本/%E6%BA%96%E5%82%99.md", ["/日本/準備/", "/日本/準備/", "/日本/準備/", "/日本/準備/"]),
    ("My Page.md", ["/my-dir/my-page/", "/my-dir/my-page/", "/my-dir/my-page/", "/my-dir/my-page/"]),
    ("/My Dir/My Page.md", ["/my-dir/my-page/", "/my-dir/my-page/", "/my-dir/my-page/", "/my-dir/my-page/"]),
    ("/my-dir/my-page", ["/my-dir/my-page/", "/my-dir/my-page/", "/my-dir/my-page/", "/my-dir/my-page/"]),
    ("my-page", ["/my-dir/my-page/", "/my-dir/my-page/", "/my-dir/my-page/", "/my-dir/my-page/"]),
    ("slugged", ["-", "-", "-", "-"]),
    ("sluggy", ["/slugged/", "/slugged/", "/slugged/", "/slugged/"]),
    ("UNIQ", ["/other/uniq/", "/other/uniq/", "/other/uniq/", "/other/uniq/"]),
    ("/LAB/10_A.md", ["/lab/10_a/", "/lab/10_a/", "/lab/10_a/", "/lab/10_a/"]),
    ("/lab/10_a/", ["/lab/10_a/", "/lab/10_a/", "/lab/10_a/", "/lab/10_a/"]),
    ("about", ["/about/", "/about/", "/about/", "/about/"]),
    ("sub", ["/lab/sub/", "/lab/sub/", "/lab/sub/", "/lab/sub/"]),
    ("Sub", ["/lab/sub/", "/lab/sub/", "/lab/sub/", "/lab/sub/"]),
    ("/lab/sub/b.html", ["/lab/sub/b/", "/lab/sub/b/", "/lab/sub/b/", "/lab/sub/b/"]),
    ("https://example.org/x", ["-", "-", "-", "-"]),
    ("uniq?x=1#f", ["/other/uniq/#f", "/other/uniq/#f", "/other/uniq/#f", "/other/uniq/#f"]),
    ("b.markdown", ["/lab/sub/b/", "/lab/sub/b/", "/lab/sub/b/", "/lab/sub/b/"]),
    ("leaf/res.md", ["-", "-", "-", "-"]),
];

fn lab() -> Site {
    site(&[
        ("content/My Dir/My Page.md", "title: MP"),
        ("content/_index.md", "title: Home"),
        ("content/about.md", "title: About"),
        ("content/lab/10_a.md", "title: A"),
        ("content/lab/_index.md", "title: Lab"),
        ("content/lab/leaf/index.md", "title: Leaf"),
        ("content/lab/leaf/pic.png", "x"),
        ("content/lab/leaf/res.md", "title: Res"),
        ("content/lab/sub/_index.md", "title: Sub"),
        ("content/lab/sub/b.md", "title: B"),
        ("content/other/10_a.md", "title: OA"),
        ("content/other/uniq.md", "title: U"),
        ("content/sluggy.md", "title: S\nslug: slugged"),
        ("content/日本/準備.md", "title: J"),
        ("content/draft.md", "draft: true"),
        ("content/v1.2/x.y.md", "title: dots"),
    ])
}

fn answer(site: &Site, from: &str, target: &str) -> String {
    match site.graph.resolve_ref(site.page(from).id, target, None) {
        RefAnswer::Found { page, fragment } => {
            let url = page.map_or("", |page| site.graph.page(page).url.as_str());
            format!(
                "{url}{}",
                fragment
                    .map(|fragment| format!("#{fragment}"))
                    .unwrap_or_default()
            )
        }
        RefAnswer::NotFound { .. } | RefAnswer::Ambiguous { .. } => "-".to_owned(),
    }
}

#[test]
fn refs_find_what_hugo_finds() {
    let site = lab();
    let from = [
        "lab/sub/b.md",
        "lab/sub/_index.md",
        "lab/leaf/index.md",
        "_index.md",
    ];
    for (target, expected) in TABLE {
        for (from, expected) in from.iter().zip(expected) {
            assert_eq!(answer(&site, from, target), *expected, "`{target}` from {from}");
        }
    }
}

#[test]
fn a_name_that_two_pages_have_is_ambiguous() {
    let site = lab();
    let from = site.page("lab/sub/b.md").id;
    let candidates = vec!["/lab/10_a".to_owned(), "/other/10_a".to_owned()];
    assert_eq!(
        site.graph.resolve_ref(from, "10_a.md", None),
        RefAnswer::Ambiguous { candidates }
    );
}

#[test]
fn a_miss_names_pages_that_are_nearly_it() {
    let site = lab();
    let nearest = |target: &str| match site.graph.resolve_ref(site.page("about.md").id, target, None) {
        RefAnswer::NotFound { nearest } => nearest.first().cloned().unwrap_or_default(),
        found => format!("{found:?}"),
    };
    assert_eq!(nearest("unique.md"), "/other/uniq");
    assert_eq!(nearest("/lab/10_b.md"), "/lab/10_a");
    assert_eq!(nearest("zzzzzzzz"), "");
}

#[test]
fn drafts_are_no_targets() {
    assert_eq!(answer(&lab(), "about.md", "draft"), "-");
}

#[test]
fn an_empty_ref_is_the_page_itself() {
    assert_eq!(answer(&lab(), "about.md", ""), "");
    assert_eq!(answer(&lab(), "about.md", "#a%20b"), "#a b");
}

#[test]
fn dots_may_belong_to_a_name() {
    let site = lab();
    assert_eq!(answer(&site, "about.md", "/v1.2"), "/v1.2/");
    assert_eq!(answer(&site, "about.md", "/v1.2/x.y"), "/v1.2/x.y/");
    assert_eq!(answer(&site, "about.md", "x.y.md"), "/v1.2/x.y/");
}

#[test]
fn strange_refs_find_nothing() {
    let site = lab();
    for target in ["///", "..//..", "%FF", "%2e%2e/x", ":", "a:b", "\u{0}", "././."] {
        answer(&site, "lab/sub/b.md", target);
    }
}
