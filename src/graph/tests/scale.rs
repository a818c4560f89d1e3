//! Large and deep sites.

use std::fmt::Write as _;
use std::time::Instant;

use super::site::{parse_all, site};
use crate::config::ConfigOptions;
use crate::discover::discover;
use crate::graph::resolve;
use crate::lang::LangId;

/// 10,200 pages in 200 sections.
fn large() -> Vec<(String, String)> {
    let mut files = vec![("hugo.toml".to_owned(), "title = 'Large'".to_owned())];
    for section in 0..200 {
        files.push((
            format!("content/part-{section}/_index.md"),
            format!("---\ntitle: Part {section}\nweight: {section}\n---\n"),
        ));
        for page in 0..50 {
            let mut text = String::new();
            let _ = write!(
                text,
                "---\ntitle: Step {page} of {section}\ntags: [a{}]\n---\nText\n",
                page % 7
            );
            files.push((format!("content/part-{section}/step-{page}.md"), text));
        }
    }
    files
}

#[test]
fn large_sites_have_every_page_in_order() {
    let (config, tree, _) = crate::config::from_memory(large(), &ConfigOptions::default());
    let (inventory, _) = discover(&tree, &config);
    let parsed = parse_all(&inventory, &tree, &config);
    let now = "2025-06-01T00:00:00Z".parse().expect("a time");
    let started = Instant::now();
    let (graph, _) = resolve(&inventory, &parsed, &tree, &config, now);
    let took = started.elapsed();
    assert_eq!(graph.sites[LangId(0)].reading_order.len(), 10_201);
    assert_eq!(graph.pages.len(), 10_201 + 8);
    // Generous for debug builds on busy machines; a quadratic step would take far longer.
    assert!(took.as_secs() < 20, "{took:?}");
}

#[test]
fn deep_folders_do_not_exhaust_the_stack() {
    let deep = format!("content/{}x.md", "d/".repeat(800));
    let site = site(&[(&deep, "title: X")]);
    assert_eq!(site.urls().len(), 3);
}
