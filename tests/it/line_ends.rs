//! Line ends are one thing: a site that was saved on Windows gives the same bytes, and findings mean the bytes of its files.

use std::path::Path;

use crate::site::{Built, Site, files_below};

/// The site with the line ends of Windows in its texts.
fn converted(files: &[(String, Vec<u8>)]) -> Built {
    let site = Site::new();
    for (path, bytes) in files {
        let is_text = [".md", ".toml", ".html", ".yaml", ".csv", ".txt"]
            .iter()
            .any(|end| path.ends_with(end));
        match std::str::from_utf8(bytes) {
            Ok(text) if is_text => site.write(path, text.replace('\n', "\r\n")),
            _ => site.write(path, bytes),
        }
    }
    site.build()
}

fn as_they_are(files: &[(String, Vec<u8>)]) -> Built {
    let site = Site::new();
    for (path, bytes) in files {
        site.write(path, bytes);
    }
    site.build()
}

/// Compares all files but those that are copies of a text of the site.
fn assert_same(one: &Built, other: &Built, copies: &[&str]) {
    assert_eq!(one.files(), other.files());
    for path in one.files() {
        let is_copy = copies.contains(&path.as_str());
        if !is_copy && one.file(&path) != other.file(&path) {
            let text = |built: &Built| String::from_utf8_lossy(&built.file(&path).unwrap()).into_owned();
            let (want, got) = (text(one), text(other));
            let line = want.lines().zip(got.lines()).find(|(want, got)| want != got);
            panic!("{path} differs: {line:#?}");
        }
    }
}

#[test]
fn the_manual_gives_the_same_bytes_with_line_ends_of_windows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: String| {
        let bytes = std::fs::read(root.join(&path)).unwrap();
        (path, bytes)
    };
    let content = files_below(&root.join("content")).into_iter();
    let mut files: Vec<(String, Vec<u8>)> = content.map(|path| read(format!("content/{path}"))).collect();
    files.push(read("hugo.toml".to_owned()));
    assert_same(&as_they_are(&files), &converted(&files), &[]);
}

#[test]
fn so_does_a_site_with_templates_data_and_files_that_pages_show() {
    let files = [
        (
            "hugo.toml",
            "title = \"\"\"\nA\nB\"\"\"\n[markup.goldmark.parser.attribute]\nblock = true\n",
        ),
        (
            "content/_index.md",
            "# Home\n\na  \nb\\\nc\n\n| a | b |\n|---|---|\n| 1 |\n|\n\n    code\n    more\n\ntext\n{.x}\n",
        ),
        (
            "content/a.md",
            "---\ntitle: |\n  A\n  B\n---\n```sh {hl_lines=[1]}\na\n\nb\n```\n\n{{< readfile file=\"/files/x.txt\" code=\"true\" lang=\"txt\" >}}\n\n{{% include \"files/y.md\" %}}\n\n{{< own >}}\nx\ny\n{{< /own >}}\n",
        ),
        (
            "content/b.md",
            "<!-- a\nb -->\n\n<div>\n\n*x*\n\n</div>\n\n{{< tabs >}}\n{{< tab \"a\" >}}\n- a\n  b\n{{< /tab >}}\n{{< /tabs >}}\n\n```mermaid\ngraph LR\n  a --> b\n```\n\n$$\nx\n$$\n",
        ),
        (
            "content/c.md",
            "+++\ntitle = \"C\"\n+++\nterm\n: definition\n\n[^1] text\n\n[^1]: note\n    more\n",
        ),
        ("files/x.txt", "one\ntwo\n"),
        ("files/y.md", "Y.\n\n```\nz\n```\n"),
        (
            "layouts/shortcodes/own.html",
            "<pre>{{ .Inner }}</pre>\n{{ range .Site.Data.list }}\n{{ . }}\n{{ end }}\n{{ readFile \"files/x.txt\" }}\n",
        ),
        ("data/list.yaml", "- a\n- b\n"),
        ("i18n/en.toml", "home = \"Start\"\n"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    assert_same(&as_they_are(&files), &converted(&files), &[]);
}

#[test]
fn a_file_that_is_copied_keeps_its_line_ends() {
    let text = "a\r\nb\r\n";
    let site = Site::from("-- content/a.md --\n[x](/run.bat) [y](b/z.txt)\n-- content/b/index.md --\nB\n");
    let built = site
        .file("static/run.bat", text)
        .file("content/b/z.txt", text)
        .build();
    for path in ["run.bat", "b/z.txt"] {
        assert_eq!(built.file(path).as_deref(), Some(text.as_bytes()), "{path}");
    }
}
