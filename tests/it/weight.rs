//! Bytes of a page on the wire. A room full of people opens it over one bad Wi-Fi, so every kind of page of the manual
//! and of the test sites keeps two limits: the first page that somebody opens, with everything that it loads before
//! anything is done on it, and the next one in reading order, which finds most of that already there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use scraper::{Html, Selector};
use wsgen::pipeline::{self, BuildOptions};

use crate::site::{Built, files_below};

/// Bytes of the first page.
const FIRST: usize = 25 * 1024;
/// Bytes of a page after the one before it. The first one with code and tabs brings the stylesheets and scripts of both.
const NEXT: usize = 9 * 1024 + 512;
/// Bytes of half of the first pages: what is usual must not grow unseen.
const USUAL: usize = 17 * 1024;

const SITES: [&str; 4] = [
    "",
    "tests/browser/site",
    "tests/browser/languages",
    "tests/sites/coffee",
];

/// A page: its own bytes, and the files that it loads.
struct Page {
    html: usize,
    files: BTreeSet<String>,
    /// URL of the next page.
    next: Option<String>,
}

fn build(source: &str, out: &Path) -> Built {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manual = tempfile::tempdir().unwrap();
    // Of the repository the manual alone: with the sources of the theme it is a site that brings a theme of its own.
    let source = if source.is_empty() {
        for name in files_below(root)
            .iter()
            .filter(|name| name.starts_with("content/") || *name == "hugo.toml")
        {
            let to = manual.path().join(name);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(root.join(name), to).unwrap();
        }
        manual.path().to_owned()
    } else {
        root.join(source)
    };
    let report = pipeline::build(&BuildOptions {
        destination: Some(out.to_owned()),
        base_url: Some("/".to_owned()),
        now: "2026-11-01T00:00:00Z".parse().unwrap(),
        ..BuildOptions::new(source)
    });
    Built::read(out.to_owned(), report.unwrap())
}

fn zipped(bytes: &[u8]) -> usize {
    let mut zip = GzEncoder::new(Vec::new(), Compression::default());
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap().len()
}

/// The pages of a site by URL, and the weights of its files.
fn pages(built: &Built) -> (BTreeMap<String, Page>, BTreeMap<String, usize>) {
    let mut weights = BTreeMap::new();
    let mut pages = BTreeMap::new();
    for file in built.files().iter().filter(|file| file.ends_with(".html")) {
        let text = built.page(file);
        let html = Html::parse_document(&text);
        let attributes = |selector: &str, name: &str| -> Vec<String> {
            let selector = Selector::parse(selector).unwrap();
            let elements = html.select(&selector);
            elements
                .map(|element| element.value().attr(name).unwrap().to_owned())
                .collect()
        };
        let is_redirect = !attributes("meta[http-equiv=refresh]", "content").is_empty();
        let mut waiting = attributes("script[src]", "src");
        if is_redirect
            || waiting
                .iter()
                .any(|script| script.contains("/diagram.") || script.contains("/print."))
        {
            continue;
        }
        waiting.extend(attributes("link[rel=stylesheet]", "href"));
        let mut files = BTreeSet::new();
        while let Some(url) = waiting.pop() {
            if files.insert(url.clone()) {
                let bytes = built.file(url.trim_start_matches('/')).unwrap();
                waiting.extend(imports(&url, &bytes));
                weights.insert(url, zipped(&bytes));
            }
        }
        let page = Page {
            html: zipped(text.as_bytes()),
            files,
            next: attributes("a[rel=next]", "href").pop(),
        };
        pages.insert(format!("/{}", file.trim_end_matches("index.html")), page);
    }
    (pages, weights)
}

/// The imports that a module loads before it runs.
fn imports(url: &str, bytes: &[u8]) -> Vec<String> {
    let folder = &url[..=url.rfind('/').unwrap()];
    let text = String::from_utf8_lossy(bytes);
    let parts = text.split("from\"./").skip(1);
    parts
        .filter(|_| url.ends_with(".js"))
        .map(|rest| format!("{folder}{}", rest.split('"').next().unwrap()))
        .collect()
}

#[test]
fn the_first_page_and_the_next_one_keep_their_limits() {
    for site in SITES {
        let out = tempfile::tempdir().unwrap();
        let (pages, weights) = pages(&build(site, out.path()));
        assert!(pages.len() > 2, "{site} has pages");
        let load =
            |files: &mut dyn Iterator<Item = &String>| -> usize { files.map(|file| weights[file]).sum() };
        let mut firsts = Vec::new();
        for (url, page) in &pages {
            let first = page.html + load(&mut page.files.iter());
            assert!(page.files.len() >= 2, "{url} loads what it is known to load");
            assert!(
                first <= FIRST,
                "{site}{url}: {first} bytes when it is opened first"
            );
            firsts.push(first);
            let next = page.next.as_ref().and_then(|url| Some((url, pages.get(url)?)));
            if let Some((next_url, next)) = next {
                let bytes = next.html + load(&mut next.files.difference(&page.files));
                assert!(bytes <= NEXT, "{site}{next_url}: {bytes} bytes after {url}");
            }
        }
        firsts.sort_unstable();
        let usual = firsts[firsts.len() / 2];
        assert!(usual <= USUAL, "{site}: {usual} bytes are usual");
    }
}
