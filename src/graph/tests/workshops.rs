//! Real workshops: the URLs of their pages are those of Hugo. Runs if `WSGEN_WORKSHOPS` names their folder.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::site::{Site, of_tree};
use crate::config::ConfigOptions;
use crate::graph::output_path;

fn load(root: &Path) -> Site {
    let (mut config, tree, _) =
        crate::config::load(root, &ConfigOptions::default()).expect("a configuration");
    // The expectations were made without `[permalinks]` of the sites.
    config.urls.permalinks.clear();
    let (tree, _) = crate::source::load(root, &config.scope(), tree).expect("a site");
    of_tree(config, tree)
}

#[expect(clippy::disallowed_methods, reason = "the expectation is no file of the site")]
fn expected(root: &Path) -> serde_json::Value {
    let text = std::fs::read_to_string(root.join("expected.json")).expect("expected.json");
    serde_json::from_str(&text).expect("JSON")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the folder is not part of the repository"
)]
fn roots() -> Vec<PathBuf> {
    let folder =
        std::env::var_os("WSGEN_WORKSHOPS").expect("WSGEN_WORKSHOPS names the folder of the workshops");
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let mut roots: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.join("expected.json").is_file())
        .collect();
    roots.sort();
    roots
}

fn strings(value: &serde_json::Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(serde_json::Value::as_str)
        .collect()
}

/// Titles without white space, as the expectations have them.
fn squash(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{200b}')
        .collect()
}

#[test]
#[ignore = "needs WSGEN_WORKSHOPS"]
fn titles_of_real_workshops_are_those_of_hugo() {
    let mut wrong = Vec::new();
    for root in roots() {
        let (site, expected) = (load(&root), expected(&root));
        for page in site.graph.pages.iter().filter(|page| page.rendered) {
            let url = page.url.trim_end_matches("index.html");
            let Some(title) = expected["pages"][url]["title"].as_str() else {
                continue;
            };
            if !squash(&page.title).contains(title) {
                wrong.push(format!("{} {url}: {title} / {}", root.display(), page.title));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "needs WSGEN_WORKSHOPS"]
fn pages_of_real_workshops_have_the_urls_that_hugo_gives_them() {
    let mut wrong = Vec::new();
    for root in roots() {
        let (site, expected) = (load(&root), expected(&root));
        let outputs: HashSet<String> = site.urls().into_iter().map(output_path).collect();
        let sources: HashSet<&str> = site
            .tree
            .all()
            .filter_map(|(_, file)| file.path.rsplit('/').next())
            .collect();
        // Some expectations name files that were taken out of the workshops.
        let is_here = |path: &str| path.rsplit('/').next().is_some_and(|name| sources.contains(name));
        let is_copy = |path: &&&str| !path.ends_with(".html") && is_here(path);
        let urls = strings(&expected["urls"]);
        let files = strings(&expected["files"]);
        let missing = urls.iter().filter(|url| !outputs.contains(&output_path(url)));
        let absent = files
            .iter()
            .filter(is_copy)
            .filter(|path| !site.graph.targets.contains_key(**path));
        let name = root.display();
        wrong.extend(missing.chain(absent).map(|path| format!("{name} {path}")));
        wrong.extend(
            site.findings()
                .into_iter()
                .map(|finding| format!("{name} {finding}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
