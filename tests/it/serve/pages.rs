//! Answers of the server.

use super::Server;
use crate::site::{Site, files_below};

const SITE: &str = "\
-- hugo.toml --
baseURL = \"https://example.org/sub/\"
title = \"Workshop\"
-- content/_index.md --
# Home

[Setup](docs/setup.md)
-- content/docs/_index.md --
---
title: Docs
aliases: [/old/]
---
-- content/docs/setup.md --
---
title: Setup
---
日本語 {{< ref \"_index.md\" >}}

```mermaid
graph LR; a-->b
```
-- content/docs/draft.md --
---
title: Draft
draft: true
---
-- content/設定.md --
---
title: 設定
---
-- static/notes.txt --
0123456789
-- static/empty.css --
-- static/.env --
SECRET
-- static/.well-known/security.txt --
Contact: nobody
";

fn start(args: &[&str]) -> (Site, Server) {
    let site = Site::from(SITE);
    let server = Server::start(&site, args);
    (site, server)
}

#[test]
fn every_file_of_a_build_is_served_byte_for_byte() {
    let site = Site::from(SITE);
    let server = Server::start(&site, &[]);
    let built = Site::from(SITE)
        .with(|options| options.base_url = Some("/sub/".to_owned()))
        .build();
    let files = built.files();
    assert!(files.len() > 20, "{files:?}");
    assert!(
        files.iter().any(|file| file.starts_with("search/en/")),
        "{files:?}"
    );
    for file in files.iter().filter(|file| !file.starts_with('.')) {
        let bytes = built.file(file).unwrap();
        let url: String = file.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let reply = server.get(&url.replace("%2f", "/"));
        assert_eq!(reply.status, 200, "{file}");
        if file.ends_with(".html") {
            assert_eq!(reply.page(), String::from_utf8(bytes).unwrap(), "{file}");
        } else {
            assert!(reply.body == bytes, "{file} differs");
        }
    }
}

#[test]
fn browsers_do_not_keep_a_preview() {
    let site = Site::from(SITE).file("hugo.toml", "[wsgen]\noffline = true\n");
    let server = Server::start(&site, &[]);
    let text = server.get("docs/setup/").text();
    assert!(!text.contains("offline"), "{text}");
    for path in ["sw.js", "offline.json"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}

#[test]
fn the_site_lives_at_its_base_path() {
    let (_site, server) = start(&[]);
    assert_eq!(server.base, "/sub/");
    for path in ["/", "/sub"] {
        let reply = server.ask("GET", path, "");
        assert_eq!(
            (reply.status, reply.header("location")),
            (302, Some("/sub/")),
            "{path}"
        );
    }
    let reply = server.ask("GET", "/docs/", "");
    assert!(
        reply.status == 404 && reply.text().contains("/sub/"),
        "{}",
        reply.text()
    );
    let (_other, other) = start(&["--base-url", "http://localhost/other/"]);
    assert_eq!(other.ask("GET", "/other/docs/", "").status, 200);
}

#[test]
fn folders_are_found_without_their_slash() {
    let (_site, server) = start(&[]);
    let reply = server.get("docs/setup?x=1");
    assert_eq!(
        (reply.status, reply.header("location")),
        (302, Some("/sub/docs/setup/?x=1"))
    );
    let reply = server.get("%E8%A8%AD%E5%AE%9A");
    assert_eq!(reply.header("location"), Some("/sub/%e8%a8%ad%e5%ae%9a/"));
}

#[test]
fn links_that_name_the_host_stay_inside_the_preview() {
    let (_site, server) = start(&[]);
    let text = server.get("docs/setup/").text();
    assert!(!text.contains("example.org"), "{text}");
}

#[test]
fn files_have_their_types_and_are_not_kept() {
    let (_site, server) = start(&[]);
    for (path, kind) in [
        ("", "text/html; charset=utf-8"),
        ("notes.txt", "text/plain; charset=utf-8"),
        ("empty.css", "text/css; charset=utf-8"),
        ("sitemap.xml", "text/xml; charset=utf-8"),
        (".well-known/security.txt", "text/plain; charset=utf-8"),
        ("old/", "text/html; charset=utf-8"),
    ] {
        let reply = server.get(path);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, Some(kind)),
            "{path}"
        );
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
    }
}

#[test]
fn what_is_not_there_is_the_sites_own_page() {
    let (_site, server) = start(&[]);
    let reply = server.get("nothing/here/");
    assert_eq!(reply.status, 404);
    assert!(reply.text().contains("Workshop"), "{}", reply.text());
}

#[test]
fn drafts_are_shown_when_asked_for() {
    let (_without, without) = start(&[]);
    let (_with, with) = start(&["-D"]);
    assert_eq!(without.get("docs/draft/").status, 404);
    assert_eq!(with.get("docs/draft/").status, 200);
}

#[test]
fn parts_of_files_can_be_asked_for() {
    let (_site, server) = start(&[]);
    let part = |range: &str| server.ask("GET", "/sub/notes.txt", &format!("Range: {range}\r\n"));
    let reply = part("bytes=2-4");
    assert_eq!((reply.status, reply.text().as_str()), (206, "234"));
    assert_eq!(reply.header("content-range"), Some("bytes 2-4/11"));
    assert_eq!(reply.header("content-length"), Some("3"));
    assert_eq!(part("bytes=-3").text(), "89\n");
    assert_eq!(part("bytes=9-").text(), "9\n");
    assert_eq!(part("bytes=0-0,2-2").text(), "0123456789\n");
    let reply = part("bytes=11-");
    assert_eq!(
        (reply.status, reply.header("content-range")),
        (416, Some("bytes */11"))
    );
    assert_eq!(server.get("notes.txt").header("accept-ranges"), Some("bytes"));
}

#[test]
fn the_head_of_a_file_comes_without_it() {
    let (_site, server) = start(&[]);
    for path in ["notes.txt", "", "sitemap.xml"] {
        let whole = server.get(path);
        let head = server.ask("HEAD", &format!("/sub/{path}"), "");
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(
            head.header("content-length"),
            whole.header("content-length"),
            "{path}"
        );
        assert_eq!(
            head.header("content-type"),
            whole.header("content-type"),
            "{path}"
        );
    }
}

#[test]
fn nothing_is_written_but_the_cache() {
    let site = Site::from(SITE);
    let before = files_below(site.root());
    let server = Server::start(&site, &[]);
    server.says("no warnings");
    server.get("docs/setup/");
    let after = files_below(site.root());
    let new: Vec<_> = after
        .iter()
        .filter(|file| !before.contains(file) && !file.starts_with(".wsgen/"))
        .collect();
    assert!(new.is_empty(), "{new:?}");
}

#[test]
fn who_looks_on_gets_the_page_alone() {
    let (_site, server) = start(&["--share", "--bind", "127.0.0.1"]);
    server.says("█");
    let text = server.get("docs/setup/").text();
    assert!(
        !text.contains("data-wsgen") && !text.contains(".wsgen/"),
        "{text}"
    );
    for path in [".wsgen/events", ".wsgen/client.js"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}
