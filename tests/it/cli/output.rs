//! Files in the destination: below a path, after a change, and when nothing changed.

use super::*;

#[test]
fn below_a_path_every_address_begins_with_it() {
    let site = Site::from(
        "-- content/a.md --\n# A\n\n[b](b.md) ![p](p.png) [abs](/b/)\n-- content/b.md --\n# B\n-- content/p.png --\nx\n",
    );
    wsgen(site.root(), &["build", "-b", "https://example.org/sub/"]).exits(0);
    for file in ["index.html", "a/index.html", "404.html"] {
        let html = read(&site, &format!("public/{file}"));
        let document = scraper::Html::parse_document(&html);
        for (selector, attribute) in [
            ("a[href]", "href"),
            ("link[href]", "href"),
            ("script[src]", "src"),
            ("img[src]", "src"),
        ] {
            for element in document.select(&scraper::Selector::parse(selector).unwrap()) {
                let url = element.attr(attribute).unwrap();
                let inside = url.starts_with("/sub/")
                    || url.starts_with("https://example.org/sub/")
                    || url.starts_with('#');
                assert!(inside || url.starts_with("data:"), "{file}: {url}");
            }
        }
    }
    assert!(read(&site, "public/sitemap.xml").contains("<loc>https://example.org/sub/a/</loc>"));
}

#[test]
fn files_of_earlier_builds_go_and_files_of_others_stay() {
    let site = Site::from("-- content/a.md --\n# A\n-- content/lab/b.md --\n# B\n");
    wsgen(site.root(), &["build"]).exits(0);
    site.write("public/mine.txt", "mine");
    std::fs::remove_file(site.root().join("content/lab/b.md")).unwrap();
    wsgen(site.root(), &["build"]).exits(0);
    assert!(
        !site.root().join("public/lab").exists(),
        "an empty folder stays: {:#?}",
        public(&site)
    );
    assert_eq!(read(&site, "public/mine.txt"), "mine");
    assert!(public(&site).contains(&"a/index.html".to_owned()));
}

#[test]
fn a_folder_full_of_other_files_is_not_cleaned() {
    let site = Site::from(
        "-- content/a.md --\n# A\n-- public/index.html.bak --\nold\n-- public/docs/x.html --\nold\n",
    );
    wsgen(site.root(), &["build"]).exits(0);
    assert_eq!(read(&site, "public/docs/x.html").trim(), "old");
    assert_eq!(read(&site, "public/index.html.bak").trim(), "old");
}

#[test]
fn files_that_did_not_change_are_not_touched() {
    let site = Site::from("-- content/a.md --\n# A\n-- content/b.md --\n# B\n");
    wsgen(site.root(), &["build"]).exits(0);
    let time = |path: &str| {
        std::fs::metadata(site.root().join(path))
            .unwrap()
            .modified()
            .unwrap()
    };
    let (a, b) = (time("public/a/index.html"), time("public/b/index.html"));
    std::thread::sleep(std::time::Duration::from_millis(20));
    site.write("content/b.md", "# B\n\nMore.");
    wsgen(site.root(), &["build"]).exits(0);
    assert_eq!(time("public/a/index.html"), a);
    assert_ne!(time("public/b/index.html"), b);
}

#[test]
fn two_builds_give_the_same_bytes() {
    let site = Site::from(
        "-- content/a.md --\n# A\n\n```go\nfunc main() {}\n```\n-- content/lab/_index.md --\n# Lab\n-- content/lab/b.md --\n[a](../a.md)\n",
    );
    wsgen(site.root(), &["build", "-d", "one"]).exits(0);
    wsgen(site.root(), &["build", "-d", "two"]).exits(0);
    let contents = |dir: &str| {
        let dir = site.root().join(dir);
        files_below(&dir)
            .into_iter()
            .map(|path| (std::fs::read(dir.join(&path)).unwrap(), path))
            .collect::<Vec<_>>()
    };
    let (one, two) = (contents("one"), contents("two"));
    assert_eq!(one.len(), two.len());
    for (a, b) in one.iter().zip(&two) {
        assert!(a == b, "{} differs", a.1);
    }
}

#[test]
fn static_files_and_files_beside_pages_are_copied() {
    let site =
        Site::from("-- content/a.md --\n# A\n-- static/robots.txt --\nmine\n-- static/img/x y.txt --\nx\n")
            .file("content/lab/data.bin", [0u8, 159, 146, 150]);
    wsgen(site.root(), &["build"]).exits(0);
    assert_eq!(read(&site, "public/robots.txt"), "mine\n");
    assert_eq!(read(&site, "public/img/x y.txt"), "x\n");
    assert_eq!(
        std::fs::read(site.root().join("public/lab/data.bin")).unwrap(),
        [0u8, 159, 146, 150]
    );
}
