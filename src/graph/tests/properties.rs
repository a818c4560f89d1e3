//! Properties of every site, with any file names.

use std::collections::HashSet;

use proptest::prelude::*;

use super::site::{Site, site};
use crate::graph::{LinkAnswer, Target, output_path};

const NAMES: [&str; 14] = [
    "a", "A", "b c", "b-c", "😀", "！", "index", "_index", "x.y", "日本", "10_a", "a.ja", "tags", "%2e%2e",
];

const FRONTS: [&str; 10] = [
    "title: T",
    "url: /a/",
    "url: '../:slug'",
    "slug: b c",
    "draft: true",
    "hidden: true",
    "weight: 2\naliases: [/a/, old, '..']",
    "tags: [a, '😀', 日本]",
    "build: {render: never}",
    "cascade: {slug: same, weight: 3}",
];

fn files() -> impl Strategy<Value = Vec<(String, &'static str)>> {
    let name = || prop::sample::select(NAMES.to_vec());
    let path =
        prop::collection::vec(name(), 1..4).prop_map(|parts| format!("content/{}.md", parts.join("/")));
    let file = (path, prop::sample::select(FRONTS.to_vec()));
    prop::collection::vec(file, 1..12).prop_map(|files| {
        let mut seen = HashSet::new();
        files
            .into_iter()
            .filter(|(path, _)| seen.insert(path.clone()))
            .collect()
    })
}

fn settings() -> impl Strategy<Value = String> {
    (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(ugly, relative, ja, subdir)| {
        let languages = if ja { "[languages.en]\n[languages.ja]\n" } else { "" };
        format!("uglyURLs = {ugly}\nrelativeURLs = {relative}\ndefaultContentLanguageInSubdir = {subdir}\n{languages}")
    })
}

fn build(config: &str, files: &[(String, &'static str)]) -> Site {
    let mut all: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    all.push(("hugo.toml", config));
    site(&all)
}

proptest! {
    #[test]
    fn every_rendered_page_has_a_file_of_its_own(config in settings(), files in files()) {
        let site = build(&config, &files);
        for page in site.graph.pages.iter().filter(|page| page.rendered) {
            prop_assert_eq!(site.graph.target_at(&page.url), Some(Target::Page(page.id)), "{}", page.url);
            prop_assert!(page.url.starts_with('/') && !output_path(&page.url).split('/').any(|part| part == ".."));
        }
    }

    #[test]
    fn links_that_are_printed_lead_back(config in settings(), files in files()) {
        let site = build(&config, &files);
        let rendered: Vec<_> = site.graph.pages.iter().filter(|page| page.rendered).collect();
        for (from, to) in rendered.iter().zip(rendered.iter().rev()) {
            let href = site.graph.href(&site.config, from.id, &to.url);
            match site.graph.resolve_link(from.id, &href) {
                LinkAnswer::Page { page, .. } => prop_assert_eq!(page, to.id, "{} on {}", href, from.url),
                other => prop_assert!(false, "{} on {}: {:?}", href, from.url, other),
            }
        }
    }

    #[test]
    fn the_tree_has_no_circles_and_reading_order_no_page_twice(config in settings(), files in files()) {
        let site = build(&config, &files);
        for page in &site.graph.pages {
            let up = std::iter::successors(page.parent, |id| site.graph.page(*id).parent);
            prop_assert!(up.take(20).count() < 20);
            for child in &page.children {
                prop_assert_eq!(site.graph.page(*child).parent, Some(page.id));
            }
        }
        for language in &site.graph.sites {
            let mut seen = HashSet::new();
            prop_assert!(language.reading_order.iter().all(|page| seen.insert(*page)));
        }
    }

    #[test]
    fn no_target_makes_a_look_up_fail(target in "[./#?%a-z_:\\\\ 日]{0,12}", files in files()) {
        let site = build("", &files);
        for page in &site.graph.pages {
            site.graph.resolve_link(page.id, &target);
            site.graph.resolve_ref(page.id, &target, None);
            site.graph.lookup(&target);
        }
    }
}
