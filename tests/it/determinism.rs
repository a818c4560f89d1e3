//! One site gives one output: whatever machine, folder, clock and order of files it is built with.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::site::{Site, files_below};

const SETTINGS: &str = "title = \"T\"\nbaseURL = \"https://example.org/sub/\"\ntimeZone = \"Asia/Tokyo\"\n\
     enableEmoji = true\n[taxonomies]\ntag = \"tags\"\n[wsgen]\noffline = true\n\
     [languages.en]\nweight = 1\n[languages.ja]\nweight = 2\n";

/// The files of a site with something of everything.
fn files() -> Vec<(String, String)> {
    let mut files = vec![
        ("hugo.toml".to_owned(), SETTINGS.to_owned()),
        (
            "content/_index.md".to_owned(),
            "# Home\n\n{{% children %}}\n".to_owned(),
        ),
        ("data/list.yaml".to_owned(), "b: 1\na: 2\n".to_owned()),
        (
            "layouts/shortcodes/all.html".to_owned(),
            "{{ range .Site.Pages }}{{ .Title }} {{ end }}\n".to_owned(),
        ),
    ];
    for n in 0..12 {
        let text = format!(
            "---\ntitle: Page {n}\ndate: 2026-01-{:02}\ntags: [t{}, t{}]\naliases: [/old{n}/]\n---\n\n\
             ## One :smile:\n\n```go {{hl_lines=[1]}}\nfunc f{n}() int {{ return {n} }}\n```\n\n$$x_{n}$$\n\n\
             ```mermaid\ngraph LR\n  A{n} --> B\n```\n\n{{{{< tabs >}}}}{{{{< tab \"a\" >}}}}x{{{{< /tab >}}}}{{{{< /tabs >}}}}\n\n\
             [next](p{}.md#one) {{{{< all >}}}} text[^1]\n\n[^1]: note\n",
            n + 1,
            n % 3,
            n % 5,
            (n + 1) % 12
        );
        files.push((format!("content/s{}/p{n}.md", n % 3), text.replace("(p", "(/p")));
        files.push((format!("content/p{n}.md"), text.clone()));
        files.push((format!("content/p{n}.ja.md"), text.replace("Page", "頁")));
        files.push((format!("static/f{n}.txt"), format!("{n}")));
    }
    files
}

fn site(files: &[(String, String)]) -> Site {
    let site = Site::new();
    for (path, text) in files {
        site.write(path, text);
    }
    site
}

/// The files of a build, and its output.
fn build(site: &Path, dir: &Path, variables: &[(&str, &str)]) -> (BTreeMap<String, Vec<u8>>, Vec<u8>) {
    let run = Command::new(env!("CARGO_BIN_EXE_wsgen"))
        .args(["build", "--format", "json", "-q", "-s"])
        .arg(site)
        .current_dir(dir)
        .env_clear()
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(run.status.code().is_some_and(|code| code < 2), "{run:?}");
    let out = site.join("public");
    let files = files_below(&out).into_iter();
    let contents = files.map(|path| (path.clone(), std::fs::read(out.join(path)).unwrap()));
    (contents.collect(), run.stdout)
}

#[test]
fn threads_time_zone_locale_folder_order_and_caches_change_nothing() {
    let files = files();
    let first = site(&files);
    let here = first.root().to_owned();
    let (expected, said) = build(first.root(), &here, &[]);
    assert!(expected.len() > 80, "{} files", expected.len());
    let check = |site: &Site, dir: &Path, variables: &[(&str, &str)], told: &str| {
        let (built, says) = build(site.root(), dir, variables);
        let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&built), names(&expected), "{told}");
        for (path, bytes) in &built {
            assert!(*bytes == expected[path], "{told}: {path} differs");
        }
        assert!(says == said, "{told}: the findings differ");
    };
    check(&first, &here, &[], "with caches and destination");
    std::fs::remove_dir_all(first.root().join("public")).unwrap();
    check(&first, &here, &[("RAYON_NUM_THREADS", "7")], "with caches");
    for threads in ["1", "2", "7"] {
        check(&site(&files), &here, &[("RAYON_NUM_THREADS", threads)], threads);
    }
    let mut backwards = files.clone();
    backwards.reverse();
    let elsewhere = std::env::temp_dir();
    let variables = [
        ("TZ", "America/St_Johns"),
        ("LANG", "ja_JP.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
    ];
    check(&site(&backwards), &elsewhere, &variables, "elsewhere");
}
