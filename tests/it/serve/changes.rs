//! Files are edited in the ways in which editors and other programs do it.

use std::fs;

use super::Server;
use crate::site::Site;

const SITE: &str = "\
-- content/_index.md --
# Home
-- content/docs/_index.md --
---
title: Docs
---
-- content/docs/one.md --
---
title: One
weight: 1
---
First text.
-- content/docs/two.md --
---
title: Two
weight: 2
---
[One](one.md)
-- static/notes.txt --
old
";

fn start() -> (Site, Server) {
    let site = Site::from(SITE);
    let server = Server::start(&site, &[]);
    server.shows("docs/one/", "First text.");
    (site, server)
}

#[test]
fn saved_text_is_served() {
    let (site, server) = start();
    for text in ["Second text.", "Third text.", "Fourth text."] {
        site.write(
            "content/docs/one.md",
            format!("---\ntitle: One\nweight: 1\n---\n{text}\n"),
        );
        server.shows("docs/one/", text);
    }
}

#[test]
fn a_file_that_is_replaced_by_renaming_is_seen() {
    let (site, server) = start();
    for text in ["Second text.", "Third text."] {
        // As vim does it: the old file becomes a backup, the new one is written under a name of its own.
        site.write("content/docs/4913", "");
        fs::remove_file(site.root().join("content/docs/4913")).unwrap();
        let file = site.root().join("content/docs/one.md");
        fs::rename(&file, site.root().join("content/docs/one.md~")).unwrap();
        site.write(
            "content/docs/.one.md.tmp",
            format!("---\ntitle: One\nweight: 1\n---\n{text}\n"),
        );
        fs::rename(site.root().join("content/docs/.one.md.tmp"), &file).unwrap();
        server.shows("docs/one/", text);
    }
}

#[test]
fn a_new_title_is_on_all_pages_that_name_it() {
    let (site, server) = start();
    site.write(
        "content/docs/one.md",
        "---\ntitle: Renamed\nweight: 1\n---\nText.\n",
    );
    server.shows("docs/one/", "<h1>Renamed</h1>");
    // No page may still have the old one, whether it was asked for before or not.
    for path in ["docs/two/", "docs/", "", "404.html"] {
        let text = server.get(path).text();
        assert!(text.contains("Renamed"), "{path}: {text}");
    }
}

#[test]
fn pages_and_folders_come_move_and_go() {
    let (site, server) = start();
    site.write("content/new/_index.md", "---\ntitle: New part\n---\n");
    site.write("content/new/page.md", "---\ntitle: New page\n---\nFresh.\n");
    server.shows("new/page/", "Fresh.");
    server.shows("", "New part");
    fs::rename(site.root().join("content/new"), site.root().join("content/moved")).unwrap();
    server.shows("moved/page/", "Fresh.");
    assert_eq!(server.get("new/page/").status, 404);
    fs::rename(
        site.root().join("content/moved/page.md"),
        site.root().join("content/moved/other.md"),
    )
    .unwrap();
    server.shows("moved/other/", "Fresh.");
    fs::remove_dir_all(site.root().join("content/moved")).unwrap();
    server.becomes("moved/other/", |reply| reply.status == 404);
    assert!(!server.get("").text().contains("New part"));
}

#[test]
fn files_that_come_later_in_a_new_folder_are_seen() {
    let (site, server) = start();
    for nth in 0..5 {
        site.write(
            &format!("content/deep{nth}/a/b/_index.md"),
            format!("---\ntitle: Deep {nth}\n---\n"),
        );
        server.shows(&format!("deep{nth}/a/b/"), &format!("Deep {nth}"));
        site.write(&format!("content/deep{nth}/a/b/page.md"), "Late.\n");
        server.shows(&format!("deep{nth}/a/b/page/"), "Late.");
    }
}

#[test]
fn a_checkout_of_hundreds_of_files_is_followed() {
    let (site, server) = start();
    for nth in 0..300 {
        site.write(
            &format!("content/part{}/page{nth}.md", nth % 10),
            format!("---\ntitle: Page {nth}\n---\nA{nth}.\n"),
        );
    }
    for nth in [0, 150, 299] {
        server.shows(&format!("part{}/page{nth}/", nth % 10), &format!("A{nth}."));
    }
    for nth in 0..300 {
        let path = format!("content/part{}/page{nth}.md", nth % 10);
        fs::remove_file(site.root().join(&path)).unwrap();
        if nth % 3 != 0 {
            site.write(&path, format!("---\ntitle: Page {nth}\n---\nB{nth}.\n"));
        }
    }
    for nth in [1, 151, 298] {
        server.shows(&format!("part{}/page{nth}/", nth % 10), &format!("B{nth}."));
    }
    server.becomes("part0/page0/", |reply| reply.status == 404);
    server.becomes("part9/page299/", |reply| reply.text().contains("B299."));
}

#[test]
fn static_files_templates_texts_and_data_are_followed() {
    let (site, server) = start();
    site.write("static/notes.txt", "new");
    server.becomes("notes.txt", |reply| reply.body == b"new");
    site.write("static/added/x.txt", "added");
    server.becomes("added/x.txt", |reply| reply.body == b"added");
    site.write("templates/shortcodes/greet.html", "<b>Hello</b>");
    site.write("content/docs/one.md", "{{< greet >}}\n");
    server.shows("docs/one/", "<b>Hello</b>");
    site.write("templates/shortcodes/greet.html", "<b>Good day</b>");
    server.shows("docs/one/", "<b>Good day</b>");
    site.write("i18n/en.toml", "[not_found]\nother = \"Lost and found\"\n");
    server.becomes("nothing/", |reply| reply.text().contains("Lost and found"));
    fs::remove_dir_all(site.root().join("templates")).unwrap();
    server.becomes("docs/one/", |reply| !reply.text().contains("Good day"));
}

#[test]
fn settings_are_followed() {
    let (site, server) = start();
    site.write("hugo.toml", "title = \"First title\"\n");
    server.shows("", "First title");
    site.write("hugo.toml", "title = \"Second title\"\n");
    server.shows("", "Second title");
    site.write("config/_default/hugo.toml", "title = \"Third title\"\n");
    fs::remove_file(site.root().join("hugo.toml")).unwrap();
    server.shows("", "Third title");
}

#[test]
fn a_site_that_moves_away_is_found_when_it_comes_back() {
    let (site, server) = start();
    let away = site.root().with_extension("away");
    fs::rename(site.root(), &away).unwrap();
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert!(!site.root().exists(), "something was written where the site was");
    fs::rename(&away, site.root()).unwrap();
    site.write("content/docs/one.md", "Come back.\n");
    server.shows("docs/one/", "Come back.");
    site.write("content/docs/one.md", "Still followed.\n");
    server.shows("docs/one/", "Still followed.");
}

#[test]
fn another_site_at_the_same_place_is_taken() {
    let (site, server) = start();
    fs::remove_dir_all(site.root()).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    site.write("content/docs/one.md", "A new copy.\n");
    server.shows("docs/one/", "A new copy.");
    site.write("content/docs/one.md", "Followed, too.\n");
    server.shows("docs/one/", "Followed, too.");
}

#[test]
fn folders_are_looked_at_where_the_system_does_not_tell() {
    let site = Site::from("-- content/_index.md --\nFirst.\n");
    let server = Server::start(&site, &["--poll"]);
    server.shows("", "First.");
    server.says("content is looked at once a second: `--poll`");
    // Times of files may be no finer than this.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    site.write("content/_index.md", "Second.\n");
    server.shows("", "Second.");
    site.write("content/new/page.md", "Third.\n");
    server.shows("new/page/", "Third.");
}

#[test]
fn the_content_folder_may_go_and_come_back() {
    let (site, server) = start();
    let (content, away) = (site.root().join("content"), site.root().join("away"));
    fs::rename(&content, &away).unwrap();
    server.becomes("docs/one/", |reply| reply.status == 404);
    fs::rename(&away, &content).unwrap();
    server.shows("docs/one/", "First text.");
    site.write("content/docs/one.md", "Still followed.\n");
    server.shows("docs/one/", "Still followed.");
}

#[test]
fn findings_are_told_and_told_again_to_be_gone() {
    let (site, server) = start();
    site.write("content/docs/two.md", "[One](onee.md)\n");
    server.says("content/docs/two.md:1:7");
    server.says("broken-link");
    site.write("content/docs/two.md", "[One](one.md)\n");
    server.says("1 warning\nchanged: content/docs/two.md\nno warnings\n");
    assert!(!server.stderr().contains(".wsgen"), "{}", server.stderr());
}

#[test]
fn reading_does_not_make_work() {
    let (_site, server) = start();
    server.says("no warnings");
    for path in ["docs/one/", "notes.txt", ""] {
        server.get(path);
    }
    let before = server.version();
    std::thread::sleep(std::time::Duration::from_millis(400));
    assert_eq!(server.version(), before);
    assert!(!server.stderr().contains("changed"), "{}", server.stderr());
}

#[test]
fn files_elsewhere_that_pages_show_are_followed() {
    let site = Site::from(
        "-- content/_index.md --\n{{< readfile file=\"/code/lab/main.sh\" code=\"true\" lang=\"sh\" >}}\n\
         -- code/lab/main.sh --\necho first\n",
    );
    let server = Server::start(&site, &[]);
    server.shows("", "first");
    site.write("code/lab/main.sh", "echo second\n");
    server.shows("", "second");
    // A page may begin to show a file of a folder that nobody has watched so far.
    site.write("other/more.sh", "echo third\n");
    site.write(
        "content/_index.md",
        "{{< readfile file=\"/other/more.sh\" code=\"true\" lang=\"sh\" >}}\n",
    );
    server.shows("", "third");
    site.write("other/more.sh", "echo fourth\n");
    server.shows("", "fourth");
}
