//! Pages stand in the order that Hugo gives them.

use super::site::{pages, site};
use crate::lang::LangId;

#[test]
fn weight_comes_before_date_before_title_before_file_name() {
    let site = site(&[
        ("content/lab/_index.md", "title: Lab"),
        ("content/lab/a.md", "title: A\nweight: 20"),
        ("content/lab/b.md", "title: B\nweight: 3"),
        ("content/lab/c.md", "title: C"),
        ("content/lab/d.md", "title: D\nweight: -5"),
        ("content/lab/e.md", "title: E\ndate: 2024-01-01"),
        ("content/lab/f.md", "title: F\ndate: 2023-01-01"),
        ("content/lab/g/index.md", "title: G\nweight: 15"),
        ("content/lab/sec/_index.md", "title: Sec\nweight: 10"),
        ("content/lab/sec/x.md", "title: X\nweight: 1"),
    ]);
    let lab = site.at("/lab");
    let expected = [
        "/lab/d", "/lab/b", "/lab/sec", "/lab/g", "/lab/a", "/lab/e", "/lab/f", "/lab/c",
    ];
    assert_eq!(site.paths(&lab.children), expected);
    assert_eq!(lab.date, site.at("/lab/e").front.date);
    let reading = site.paths(&site.graph.sites[LangId(0)].reading_order);
    assert_eq!(
        reading[..6],
        ["/", "/lab", "/lab/d", "/lab/b", "/lab/sec", "/lab/sec/x"]
    );
    assert_eq!(site.at("/lab/sec/x").next, Some(site.at("/lab/g").id));
    assert_eq!(site.at("/lab/sec/x").prev, Some(site.at("/lab/sec").id));
    assert_eq!(site.at("/").prev, None);
    assert_eq!(site.at("/lab/c").next, None);
}

#[test]
fn untitled_pages_sort_by_file_name_without_counting() {
    let site = site(&[
        ("content/s/_index.md", "title: S"),
        ("content/s/1_a.md", "# Z"),
        ("content/s/2_b.md", "# Y"),
        ("content/s/10_c.md", "# X"),
    ]);
    assert_eq!(
        site.paths(&site.at("/s").children),
        ["/s/10_c", "/s/1_a", "/s/2_b"]
    );
}

#[test]
fn titles_sort_by_the_language_of_the_site() {
    let titles = [
        "_z", "1_a", "10_c", "2_b", "a", "ä", "B", "same", "Same", "Lab 10", "Lab 2", "あ", "亜",
    ];
    let files: Vec<(String, String)> = titles
        .iter()
        .enumerate()
        .map(|(at, title)| {
            (
                format!("content/{:02}.md", 99 - at),
                format!("title: \"{title}\""),
            )
        })
        .collect();
    let mut files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    files.push(("hugo.toml", "defaultContentLanguage = 'ja'"));
    let site = site(&files);
    let sorted: Vec<&str> = site
        .at("/")
        .children
        .iter()
        .map(|page| site.graph.page(*page).title.as_str())
        .collect();
    assert_eq!(
        sorted,
        [
            "_z", "1_a", "10_c", "2_b", "a", "ä", "B", "Lab 10", "Lab 2", "same", "Same", "あ", "亜"
        ]
    );
}

#[test]
fn sections_may_sort_by_title() {
    let files = [
        ("content/a/_index.md", "title: A\nordersectionsby: title"),
        ("content/a/x.md", "title: Z\nweight: 1"),
        ("content/a/y.md", "title: Y\nweight: 2"),
        ("content/b/_index.md", "title: B"),
        ("content/b/x.md", "title: Z\nweight: 1"),
        ("content/b/y.md", "title: Y\nweight: 2"),
    ];
    let own = site(&files);
    assert_eq!(own.paths(&own.at("/a").children), ["/a/y", "/a/x"]);
    assert_eq!(own.paths(&own.at("/b").children), ["/b/x", "/b/y"]);
    let mut files = files.to_vec();
    files.push(("hugo.toml", "[params]\nordersectionsby = 'title'"));
    let all = site(&files);
    assert_eq!(all.paths(&all.at("/b").children), ["/b/y", "/b/x"]);
}

#[test]
fn hidden_pages_and_what_is_below_them_are_skipped_in_reading_order() {
    let site = site(&[
        ("content/a.md", "title: A\nweight: 1"),
        ("content/h/_index.md", "title: H\nweight: 2\nhidden: \"true\""),
        ("content/h/below.md", "title: Below"),
        ("content/z.md", "title: Z\nweight: 3\nprev: false"),
    ]);
    assert_eq!(
        site.paths(&site.graph.sites[LangId(0)].reading_order),
        ["/", "/a", "/z"]
    );
    assert_eq!(site.paths(&site.at("/").children), ["/a", "/h", "/z"]);
    assert_eq!(site.at("/a").next, Some(site.at("/z").id));
    assert_eq!((site.at("/z").prev, site.at("/h/below").prev), (None, None));
}

#[test]
fn every_page_is_in_reading_order_once() {
    let site = pages(&[
        "content/a/b/c/d.md",
        "content/a/b/_index.md",
        "content/a/x.md",
        "content/y/index.md",
    ]);
    let mut order = site.graph.sites[LangId(0)].reading_order.clone();
    let count = order.len();
    order.sort_unstable();
    order.dedup();
    assert_eq!((order.len(), count), (site.urls().len(), site.urls().len()));
}
