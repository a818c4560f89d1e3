//! `wsgen adopt`: what it tells of a repository, and the one file that it writes.

use std::collections::BTreeMap;
use std::path::Path;

use crate::commands::{read, works};
use crate::site::Site;

const HUGO: &str = "\
-- hugo.toml --
title = \"Lab\"
theme = \"hugo-book\"
[params]
BookTheme = \"auto\"
-- content/_index.md --
# Lab

{{< nobody-has-this >}}text{{< /nobody-has-this >}}
-- layouts/partials/docs/inject/head.html --
<style></style>
-- layouts/_default/_markup/render-link.html --
<a></a>
-- layouts/_default/_markup/render-blockquote.html --
<blockquote></blockquote>
-- layouts/shortcodes/own.html --
own
-- assets/_custom.scss --
a { color: red }
-- assets/logo.png --
no picture
-- themes/hugo-book/layouts/partials/menu.html --
theirs
-- .gitmodules --
[submodule \"themes/hugo-book\"]
";

fn adopt(root: &Path, args: &[&str]) -> String {
    works(root, &[&["adopt"], args].concat())
}

/// The site's files with their texts, but for wsgen's caches.
fn texts(root: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(root).unwrap().display().to_string();
            (path, read(entry.path()))
        })
        .filter(|(path, _)| !path.starts_with(".wsgen"))
        .collect()
}

#[test]
fn it_tells_what_is_lost_and_writes_one_file() {
    let site = Site::from(HUGO);
    let before = texts(site.root());
    let said = adopt(site.root(), &[]);
    let lost = said
        .split("\nLost\n")
        .nth(1)
        .unwrap()
        .split("\n\n")
        .next()
        .unwrap();
    for piece in [
        "layouts/partials/docs/inject/head.html",
        "layouts/_default/_markup/render-blockquote.html",
        "assets/_custom.scss",
        "`nobody-has-this`: 1 call, first at content/_index.md:3:5",
    ] {
        assert!(lost.contains(piece), "{piece} is not in\n{said}");
    }
    for piece in ["own.html", "render-link.html", "logo.png", "menu.html"] {
        assert!(!lost.contains(piece), "{piece} is in\n{said}");
    }
    assert!(said.contains("themes, .gitmodules"), "{said}");
    assert!(
        said.contains("GitHub Pages (choose another one with --host)"),
        "{said}"
    );
    let mut after = texts(site.root());
    let written = after.remove(".github/workflows/pages.yml").unwrap();
    assert!(written.contains("wsgen@"), "{written}");
    assert_eq!(after, before);
    // Again, and nothing is left to do.
    assert!(adopt(site.root(), &[]).contains(".github/workflows/pages.yml says so already"));
}

#[test]
fn the_host_in_use_is_seen_from_its_files() {
    let netlify = "[build]\ncommand = \"hugo\"\n";
    let workflow =
        "jobs:\n  a:\n    steps:\n      - run: hugo --minify\n      - uses: actions/deploy-pages@v4\n";
    let tests = "jobs:\n  a:\n    steps:\n      - run: npm test\n";
    for (file, text, host) in [
        ("netlify.toml", netlify, "Netlify"),
        ("vercel.json", "{}", "Vercel"),
        ("wrangler.jsonc", "{}", "Cloudflare Pages"),
        (".gitlab-ci.yml", "pages:\n  script: [hugo]\n", "GitLab Pages"),
        (".github/workflows/hugo.yaml", workflow, "GitHub Pages"),
    ] {
        let site = Site::from(HUGO).file(file, text);
        // Workflows that only test are no host's.
        let site = site.file(".github/workflows/test.yml", tests);
        let said = adopt(site.root(), &[]);
        assert!(said.contains(&format!("{host} (seen from {file})")), "{said}");
        assert_eq!(read(site.root().join(file)), text);
    }
}

#[test]
fn a_file_of_the_author_stays_and_is_shown_as_it_should_be() {
    let site = Site::from(HUGO).file("netlify.toml", "[build]\ncommand = \"hugo\"\n");
    let before = texts(site.root());
    let said = adopt(site.root(), &[]);
    assert!(
        said.contains("netlify.toml is left as it is. For wsgen it says:"),
        "{said}"
    );
    assert!(said.contains("    command = 'npx --yes wsgen@"), "{said}");
    assert_eq!(texts(site.root()), before);
    let said = adopt(site.root(), &["--host", "vercel"]);
    assert!(said.contains("written vercel.json"), "{said}");
}

#[test]
fn a_workflow_that_builds_with_hugo_is_named() {
    let workflow =
        "jobs:\n  a:\n    steps:\n      - run: hugo --minify\n      - uses: actions/deploy-pages@v4\n";
    let site = Site::from(HUGO).file(".github/workflows/gh-pages.yml", workflow);
    let said = adopt(site.root(), &[]);
    assert!(said.contains("remove .github/workflows/gh-pages.yml"), "{said}");
    assert!(said.contains("written .github/workflows/pages.yml"), "{said}");
}

#[test]
fn the_file_goes_to_the_root_of_the_repository() {
    let site = Site::new()
        .file("labs/go/content/_index.md", "# Lab\n")
        .file(".git/HEAD", "ref: refs/heads/main\n");
    let said = adopt(site.root(), &["-s", "labs/go"]);
    assert!(said.contains("written .github/workflows/pages.yml"), "{said}");
    let text = read(site.root().join(".github/workflows/pages.yml"));
    for piece in ["--source labs/go", "path: labs/go/public"] {
        assert!(text.contains(piece), "{text}");
    }
    assert!(!site.root().join("labs/go/.github").exists());
}

#[test]
fn where_there_is_no_site_nothing_is_written() {
    let site = Site::new().file("README.md", "# Nothing\n");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_wsgen"))
        .args(["adopt", "-s"])
        .arg(site.root())
        .output()
        .unwrap();
    assert_eq!(
        run.status.code(),
        Some(2),
        "{}",
        String::from_utf8_lossy(&run.stdout)
    );
    assert_eq!(texts(site.root()).len(), 1);
}
