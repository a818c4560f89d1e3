//! Real workshops, where there are some: `WSGEN_WORKSHOPS` names a folder that holds one in each of its folders, with
//! an `expected.json` that says what pages a reader of it has. They are other people's texts and not in the repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use wsgen::pipeline::{self, BuildOptions};

use crate::dom;
use crate::site::{Built, files_below};

/// The folders of the workshops.
fn workshops() -> Vec<PathBuf> {
    let folder =
        std::env::var_os("WSGEN_WORKSHOPS").expect("WSGEN_WORKSHOPS names the folder of the workshops");
    let mut list: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    list.retain(|path| path.join("expected.json").exists());
    list.sort();
    list
}

fn workshop(name: &str) -> Option<PathBuf> {
    workshops().into_iter().find(|path| path.ends_with(name))
}

/// Builds a copy of a workshop: the state that a build keeps lies in the site's folder, and this one is not ours.
fn build(path: &Path) -> (tempfile::TempDir, Built) {
    let dir = tempfile::TempDir::new().unwrap();
    let site = dir.path().join("site");
    for file in files_below(path) {
        let to = site.join(&file);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, std::fs::read(path.join(file)).unwrap()).unwrap();
    }
    let out = dir.path().join("out");
    let options = BuildOptions {
        destination: Some(out.clone()),
        base_url: Some("https://example.org/".to_owned()),
        now: "2026-11-01T00:00:00Z".parse().unwrap(),
        ..BuildOptions::new(&site)
    };
    let report = pipeline::build(&options).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    (dir, Built::read(out, report))
}

fn expected(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path.join("expected.json")).unwrap()).unwrap()
}

/// The file of the page at a URL.
fn file_of(url: &str) -> String {
    let path = url.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

/// The file of a page that `expected.json` has elsewhere: it was made without the `permalinks` of this site, which Hugo
/// itself honours.
fn with_permalinks(workshop: &Path, url: &str) -> String {
    match url.strip_prefix("/post/") {
        Some(rest) if workshop.ends_with("handson") && !rest.is_empty() => format!("/{rest}"),
        _ => url.to_owned(),
    }
}

#[test]
#[ignore = "needs WSGEN_WORKSHOPS"]
fn no_page_of_a_real_workshop_is_lost() {
    let mut lost = Vec::new();
    for path in workshops() {
        let (_dir, built) = build(&path);
        let files = built.files();
        for url in expected(&path)["urls"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
        {
            if !files.contains(&file_of(&with_permalinks(&path, url))) {
                lost.push(format!("{}: {url}", path.file_name().unwrap().display()));
            }
        }
    }
    assert!(lost.is_empty(), "{} pages lost:\n{}", lost.len(), lost.join("\n"));
}

#[test]
#[ignore = "needs WSGEN_WORKSHOPS"]
fn no_mark_reaches_a_page_of_a_real_workshop() {
    let mark = |c: &char| *c >= '\u{100000}';
    for path in workshops() {
        let (_dir, built) = build(&path);
        for file in built.files().iter().filter(|file| file.ends_with(".html")) {
            let page = String::from_utf8(built.file(file).unwrap()).unwrap();
            assert_eq!(page.chars().find(mark), None, "{}: {file}", path.display());
        }
    }
}

/// The workshop that the project exists for, in the order in which it is meant to be read.
const GWC: &[&str] = &[
    "docs/",
    "docs/00_setup/",
    "docs/01_workshop/",
    "docs/02_diagnostics/",
    "docs/10_profiling/",
    "docs/11_profiling_cpu/",
    "docs/12_profiling_heap/",
    "docs/13_profiling_goroutine/",
    "docs/14_profiling_concurrency/",
    "docs/15_trace/",
    "docs/16_trace_basics/",
    "docs/17_trace_annotation/",
    "docs/18_trace_flightrecorder/",
    "docs/19_comparison/",
    "docs/20_tips/",
    "docs/21_closing/",
    "docs/30_mixed_log_analyzer/",
];

#[test]
#[ignore = "needs WSGEN_WORKSHOPS"]
fn the_gwc_workshop_builds_without_an_error() {
    let Some(path) = workshop("gwc") else { return };
    let (_dir, built) = build(&path);
    let errors: Vec<String> = built
        .diagnostics()
        .into_iter()
        .filter(|line| line.contains("error["))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
#[ignore = "needs WSGEN_WORKSHOPS"]
fn the_gwc_workshop_is_read_in_its_order() {
    let Some(path) = workshop("gwc") else { return };
    let (_dir, built) = build(&path);
    let mut page = String::new();
    let mut order = Vec::new();
    loop {
        let next = dom::attributes(&built.page(&page), "a[rel=next]", "href");
        let Some(url) = next.first() else { break };
        let url = url.trim_start_matches('/').to_owned();
        assert!(
            order.len() < 40 && !order.contains(&url),
            "the way goes in a circle: {order:?}"
        );
        let back = dom::attributes(&built.page(&url), "a[rel=prev]", "href");
        assert_eq!(back, [format!("/{page}")], "the way back from {url}");
        order.push(url.clone());
        page = url;
    }
    assert_eq!(order, GWC);
}

#[test]
#[ignore = "needs WSGEN_WORKSHOPS"]
fn headings_links_and_texts_of_the_gwc_workshop_are_those_of_hugo() {
    let Some(path) = workshop("gwc") else { return };
    let (_dir, built) = build(&path);
    let expected = expected(&path);
    for (url, page) in expected["pages"].as_object().unwrap() {
        let html = built.body(url.trim_start_matches('/'));
        let strings = |key: &str| -> Vec<String> {
            page[key]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item.as_str().unwrap_or_default().to_owned())
                .collect()
        };
        let headings = "h1, h2, h3, h4, h5, h6";
        let ids = dom::attributes(&html, headings, "id");
        assert_eq!(ids, unique(strings("ids")), "ids of {url}");
        let hrefs: Vec<String> = dom::attributes(&html, "a[href]:not(.heading-anchor)", "href")
            .iter()
            .map(|href| absolute(url, href))
            .collect();
        assert_eq!(hrefs, strings("links"), "links of {url}");
        let images: Vec<String> = dom::attributes(&html, "img", "src")
            .iter()
            .map(|src| absolute(url, src))
            .collect();
        assert_eq!(images, strings("images"), "images of {url}");
        let squash = |text: &str| text.split_whitespace().collect::<String>();
        let code: Vec<String> = dom::texts(&html, "pre").iter().map(|text| squash(text)).collect();
        assert_eq!(code, strings("code"), "code of {url}");
    }
}

/// Hugo numbers headings inside a shortcode anew, so that ids come twice; with wsgen they are in the page's count.
fn unique(ids: Vec<String>) -> Vec<String> {
    let mut seen = BTreeMap::new();
    let numbered = |id: String| {
        let count = seen
            .entry(id.clone())
            .and_modify(|count| *count += 1)
            .or_insert(0);
        if *count == 0 { id } else { format!("{id}-{count}") }
    };
    ids.into_iter().map(numbered).collect()
}

/// An address as seen from a page, decoded.
fn absolute(page: &str, href: &str) -> String {
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8_lossy()
            .into_owned()
    };
    match href {
        href if href.starts_with('#') => format!("{page}{}", decode(href)),
        href if href.starts_with('/') => decode(href),
        href => href.to_owned(),
    }
}
