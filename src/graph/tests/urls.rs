//! Names, slugs and settings make the URLs that Hugo makes.

use super::site::{pages, site};
use crate::graph::encode_path;
use crate::lang::LangId;

#[test]
fn urls_are_made_of_file_names() {
    let files = [
        ("50%", "/50/"),
        ("Lab/10_Setup", "/lab/10_setup/"),
        ("My Page", "/my-page/"),
        ("TEST.ja", "/test.ja/"),
        ("a!b~c", "/ab~c/"),
        ("a&b", "/ab/"),
        ("a,b;c", "/abc/"),
        ("a.b.c", "/a.b.c/"),
        ("a=b+c", "/ab+c/"),
        ("a@b", "/a@b/"),
        ("a__b--c", "/a__b--c/"),
        ("c++", "/c++/"),
        ("foo  bar", "/foo--bar/"),
        ("it's", "/its/"),
        ("q(1)", "/q1/"),
        ("v1.2/x", "/v1.2/x/"),
        ("x#y", "/x#y/"),
        ("x・y「z」ー", "/xyzー/"),
        ("é", "/é/"),
        ("名前！？", "/名前/"),
        ("日本語/準備 作業", "/日本語/準備-作業/"),
        ("ｆｕｌｌ（幅）", "/ｆｕｌｌ幅/"),
    ];
    let paths: Vec<String> = files
        .iter()
        .map(|(name, _)| format!("content/{name}.md"))
        .collect();
    let site = pages(&paths.iter().map(String::as_str).collect::<Vec<_>>());
    for (name, url) in files {
        assert_eq!(site.url(&format!("{name}.md")), url);
    }
    assert_eq!(site.findings(), [""; 0]);
    assert_eq!(encode_path(site.url("x#y.md")), "/x%23y/");
    for section in ["/", "/lab/", "/v1.2/", "/日本語/"] {
        assert!(site.urls().contains(&section), "{section}");
    }
}

#[test]
fn slugs_and_urls_of_front_matter_change_the_address() {
    let site = site(&[
        ("content/lab/_index.md", "title: Lab\nurl: /custom-lab/"),
        ("content/lab/a.md", "slug: New Slug"),
        ("content/lab/b.md", "url: rel/thing"),
        ("content/lab/c.md", "url: /abs/thing/"),
        ("content/lab/d.md", "url: /abs/file.html"),
        ("content/lab/e/index.md", "slug: bundle-slug"),
        ("content/lab/e/img.png", "x"),
        ("content/lab/g.md", "url: /noslash"),
        ("content/lab/h.md", "slug: a/b"),
        (
            "content/lab/i.md",
            "title: I\nurl: \"/with/:slug/:year/\"\ndate: 2024-01-01",
        ),
        ("content/lab/j.md", "url: Upper/日本 語"),
        ("content/lab/k.md", "slug: UPPER Case"),
        ("content/lab/l.md", "url: /v1.2/thing"),
        ("content/lab/m.md", "url: ../../etc/passwd"),
        ("content/lab/sec/_index.md", "slug: ignored"),
        ("content/lab/sec/f.md", "title: F"),
    ]);
    let expected = [
        ("lab/_index.md", "/custom-lab/"),
        ("lab/a.md", "/lab/new-slug/"),
        ("lab/b.md", "/rel/thing/"),
        ("lab/c.md", "/abs/thing/"),
        ("lab/d.md", "/abs/file.html"),
        ("lab/e/index.md", "/lab/bundle-slug/"),
        ("lab/g.md", "/noslash/"),
        ("lab/h.md", "/lab/a/b/"),
        ("lab/i.md", "/with/i/2024/"),
        ("lab/j.md", "/Upper/日本 語/"),
        ("lab/k.md", "/lab/upper-case/"),
        ("lab/l.md", "/v1.2/thing/"),
        ("lab/m.md", "/etc/passwd/"),
        ("lab/sec/_index.md", "/lab/ignored/"),
        ("lab/sec/f.md", "/lab/ignored/f/"),
    ];
    for (file, url) in expected {
        assert_eq!(site.url(file), url, "{file}");
    }
    assert_eq!(site.assets(), ["lab/bundle-slug/img.png"]);
}

#[test]
fn the_slug_of_a_section_renames_the_folder_of_all_pages_below() {
    let site = site(&[
        ("content/top/_index.md", "slug: renamed"),
        ("content/top/a.md", "title: A"),
        ("content/top/sub/_index.md", "slug: subslug"),
        ("content/top/sub/b.md", "slug: bb"),
        ("content/u/_index.md", "url: /uu/"),
        ("content/u/c.md", "title: C"),
        ("content/gone/_index.md", "slug: other\ndraft: true"),
        ("content/gone/d.md", "title: D"),
    ]);
    assert_eq!(
        site.urls(),
        [
            "/",
            "/other/d/",
            "/renamed/",
            "/renamed/a/",
            "/renamed/subslug/",
            "/renamed/subslug/bb/",
            "/u/c/",
            "/uu/"
        ]
    );
}

#[test]
fn ugly_urls_end_in_html() {
    let site = site(&[
        ("hugo.toml", "uglyURLs = true"),
        ("content/_index.md", "title: Home"),
        ("content/d.md", "url: /q/w"),
        ("content/lab/_index.md", "title: Lab"),
        ("content/lab/a.md", "title: A"),
        ("content/lab/b/index.md", "title: B"),
        ("content/lab/b/i.png", "x"),
    ]);
    assert_eq!(
        site.urls(),
        [
            "/index.html",
            "/lab/a.html",
            "/lab/b.html",
            "/lab/index.html",
            "/q/w/"
        ]
    );
    assert_eq!(site.assets(), ["lab/b/i.png"]);
}

#[test]
fn one_section_may_be_ugly() {
    let site = site(&[
        ("hugo.toml", "[uglyURLs]\nlab = true"),
        ("content/lab/a.md", "title: A"),
        ("content/docs/a.md", "title: A"),
    ]);
    assert_eq!(
        site.urls(),
        ["/", "/docs/", "/docs/a/", "/lab/a.html", "/lab/index.html"]
    );
}

#[test]
fn upper_case_and_accents_are_settings() {
    let paths = ["content/Über Uns/É日.md"];
    assert_eq!(pages(&paths).url("Über Uns/É日.md"), "/über-uns/é日/");
    let kept = site(&[("hugo.toml", "disablePathToLower = true"), (paths[0], "title: x")]);
    assert_eq!(kept.urls(), ["/", "/Über-Uns/", "/Über-Uns/É日/"]);
    let bare = site(&[("hugo.toml", "removePathAccents = true"), (paths[0], "title: x")]);
    assert_eq!(bare.urls(), ["/", "/uber-uns/", "/uber-uns/e日/"]);
}

#[test]
fn permalink_patterns_replace_the_path_of_their_section() {
    let site = site(&[
        (
            "hugo.toml",
            "[permalinks.page]\nblog = '/:year/:month/:section/:contentbasename/'\ndeep = '/x/:sections[1:]/:slug/'\n[permalinks.section]\nblog = '/news/'",
        ),
        ("content/blog/_index.md", "title: Blog"),
        ("content/blog/My Post.md", "title: T\ndate: 2024-03-05"),
        ("content/deep/a/_index.md", "title: A"),
        ("content/deep/a/p.md", "title: The Page"),
    ]);
    assert_eq!(site.url("blog/My Post.md"), "/2024/03/blog/my-post/");
    assert_eq!(site.url("blog/_index.md"), "/news/");
    assert_eq!(site.url("deep/a/p.md"), "/x/a/the-page/");
    assert_eq!(site.url("deep/a/_index.md"), "/deep/a/");
}

#[test]
fn names_that_leave_nothing_get_their_code_points_and_a_warning() {
    let site = site(&[
        ("content/_index.md", "title: Home"),
        ("content/😀.md", "title: emoji"),
        ("content/！/x.md", "title: X"),
    ]);
    assert_eq!(site.urls(), ["/", "/u1f600/", "/uff01/", "/uff01/x/"]);
    assert_eq!(
        site.findings(),
        ["empty-url content/！/x.md", "empty-url content/😀.md"]
    );
}

#[test]
fn pages_that_are_not_rendered_have_no_file() {
    let site = site(&[
        ("content/_index.md", "title: H"),
        ("content/never.md", "build: {render: never}"),
        ("content/link.md", "build: {render: link}"),
        ("content/nolist.md", "build: {list: never}"),
        ("content/local.md", "build: {list: local}"),
        ("content/hl/index.md", "headless: true"),
        ("content/hl/x.txt", "x"),
        ("content/nopub/index.md", "build: {publishResources: false}"),
        ("content/nopub/x.txt", "x"),
    ]);
    assert_eq!(site.urls(), ["/", "/local/", "/nolist/", "/nopub/"]);
    assert_eq!(site.url("never.md"), "");
    assert_eq!(site.url("link.md"), "/link/");
    assert_eq!(site.assets(), ["hl/x.txt"]);
    assert_eq!(
        site.paths(&site.at("/").children),
        ["/link", "/local", "/never", "/nopub"]
    );
    assert_eq!(
        site.paths(&site.graph.sites[LangId(0)].reading_order),
        ["/", "/local", "/nopub"]
    );
    assert!(!site.at("/local").listed && site.at("/link").listed);
    assert_eq!(site.graph.lookup("/link/"), None);
}
