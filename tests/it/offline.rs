//! Reading offline: the files that let browsers keep a site.

use std::collections::BTreeMap;

use serde_json::Value;
use wsgen::config::Purpose;

use crate::site::{Built, Site};

const SITE: &str = "\
-- hugo.toml --
title = \"Course\"
[wsgen]
offline = true
-- content/_index.md --
# Course
-- content/lab/one.md --
---
title: One
---
![a](a.svg)
-- content/lab/a.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
-- static/a b.txt --
text
-- static/.nojekyll --
";

/// The list of files: hash and size by address.
fn list(built: &Built) -> BTreeMap<String, (String, u64)> {
    let worker = built.page("sw.js");
    let line = worker.lines().next().unwrap();
    let site: Value =
        serde_json::from_str(line.trim_start_matches("const site=").trim_end_matches(';')).unwrap();
    let info: Value = serde_json::from_str(&built.page("offline.json")).unwrap();
    assert_eq!(
        (&site["version"], &site["size"]),
        (&info["version"], &info["size"])
    );
    let list: Vec<(String, String, u64)> =
        serde_json::from_str(&built.page(site["manifest"].as_str().unwrap())).unwrap();
    let sum: u64 = list.iter().map(|(_, _, size)| size).sum();
    assert_eq!(info["size"].as_u64(), Some(sum));
    list.into_iter()
        .map(|(path, hash, size)| (path, (hash, size)))
        .collect()
}

fn version(built: &Built) -> String {
    let info: Value = serde_json::from_str(&built.page("offline.json")).unwrap();
    info["version"].as_str().unwrap().to_owned()
}

fn changed(before: &Built, after: &Built) -> Vec<String> {
    let (before, after) = (list(before), list(after));
    let new = after
        .into_iter()
        .filter(|(path, file)| before.get(path) != Some(file));
    new.map(|(path, _)| path).collect()
}

#[test]
fn every_file_that_a_reader_can_open_is_in_the_list_with_its_size() {
    let built = Site::from(SITE).build();
    let manifest = format!("{}.json", &version(&built)[..10]);
    let mut expected: Vec<(String, u64)> = built
        .files()
        .into_iter()
        .filter(|path| {
            let others = [
                "sw.js",
                "offline.json",
                "_headers",
                "robots.txt",
                "sitemap.xml",
                ".nojekyll",
            ];
            !others.contains(&path.as_str()) && !path.ends_with(&manifest)
        })
        .map(|path| {
            let size = built.file(&path).unwrap().len() as u64;
            let address = path.strip_suffix("index.html").unwrap_or(&path);
            (address.replace(' ', "%20"), size)
        })
        .collect();
    expected.sort();
    let listed: Vec<(String, u64)> = list(&built)
        .into_iter()
        .map(|(path, (_, size))| (path, size))
        .collect();
    assert_eq!(listed, expected);
    for path in ["", "lab/one/", "lab/a.svg", "a%20b.txt", "404.html"] {
        assert!(listed.iter().any(|(listed, _)| listed == path), "{path}");
    }
}

#[test]
fn a_version_follows_from_the_files_and_nothing_else() {
    let built = || Site::from(SITE).build();
    let (first, second) = (built(), built());
    assert_eq!(first.file("sw.js"), second.file("sw.js"));
    let third = Site::from(SITE).file("content/lab/a.svg", "<svg/>").build();
    assert_eq!(changed(&first, &third), ["lab/a.svg"]);
    assert_ne!(first.file("sw.js"), third.file("sw.js"));
}

#[test]
fn a_file_that_was_there_already_is_listed_as_one_that_is_new() {
    let site = Site::from(SITE);
    site.try_build().unwrap();
    let built = site.build();
    assert_eq!(changed(&Site::from(SITE).build(), &built), [""; 0]);
}

#[test]
fn sites_are_kept_only_when_they_say_so() {
    let silent = SITE.replace("offline = true", "");
    let own = Site::from(SITE).file("static/sw.js", "own()");
    let preview = Site::from(SITE).with(|options| options.purpose = Purpose::Preview);
    for built in [Site::from(&silent).build(), own.build(), preview.build()] {
        assert_eq!(built.file("offline.json"), None);
        let page = built.page("lab/one/");
        assert!(!page.contains("offline"), "{page}");
    }
    let page = Site::from(SITE).build().page("lab/one/");
    assert!(page.contains("data-worker=\"/sw.js\""), "{page}");
}
