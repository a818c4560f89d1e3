//! A preview that follows edits is, page by page and byte by byte, what a build of the edited site gives.
//!
//! Edits are drawn at random: each puts one of a file's contents in its place or takes the file away. After every edit
//! all files that any version of the site ever had are compared with a build from nothing, and so are the findings.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence};
use wsgen::diag::print::{self, Format};
use wsgen::pipeline::{self, BuildOptions};
use wsgen::serve::{Answer, Changes, Findings, News, Observer, Preview};

use super::PATIENCE;
use crate::site::{Site, diagnostics, files_below};

/// Files, and what may be in them.
const FILES: &[(&str, &[&str])] = &[
    (
        "hugo.toml",
        &[
            "title = \"One\"\n[taxonomies]\ntag = \"tags\"\n",
            "title = \"Other\"\nenableEmoji = true\n",
            "title = \"Two languages\"\n[languages.en]\n[languages.ja]\n",
            "title = \n",
        ],
    ),
    (
        "content/_index.md",
        &[
            "# Home\n\n[a](a/one.md)\n",
            "---\ntitle: Start\n---\n{{< children description=\"true\" >}}\n",
        ],
    ),
    (
        "content/a/_index.md",
        &[
            "---\ntitle: A\nweight: 1\n---\n{{< children >}}\n",
            "---\ntitle: Other A\nweight: 9\n---\n",
        ],
    ),
    (
        "content/a/one.md",
        &[
            "---\ntitle: One\nweight: 1\n---\nText.\n",
            "---\ntitle: One\nweight: 1\n---\nOther text, [two](two.md#head) and [more](two.md#other).\n",
            "---\ntitle: Uno\nweight: 3\ntags: [x, y]\n---\n{{< ref \"two.md\" >}} :smile:\n",
            "---\ntitle: One\ndraft: true\n---\n",
            "---\ntitle: One\naliases: [/old/, /a/two/]\n---\n{{< include \"two.md\" >}}\n",
            "---\ntitle: One\nweight: 1\n---\n![Picture](../b/pic.svg)\n",
        ],
    ),
    (
        "content/a/two.md",
        &[
            "## Head\n\nTwo.\n",
            "## Other\n\nDeux.\n",
            "---\ntitle: Two\nweight: 2\n---\n## Head\n\nTwo. {{< note >}}Mind.{{< /note >}}\n",
            "---\ntitle: Two\nweight: 2\n---\n## Head\n\nTwo and a half.\n",
            "---\ntitle: Two\n---\n{{< nothing >}}\n",
        ],
    ),
    ("content/a/two.ja.md", &["---\ntitle: 二\n---\n## Head\n"]),
    (
        "content/b/three.md",
        &[
            "---\ntitle: Three\n---\n{{< titles >}}\n",
            "---\ntitle: Three\n---\n```mermaid\ngraph LR; a-->b\n```\n",
            "---\ntitle: Three\n---\n{{< readfile \"sample.txt\" >}} [pic](pic.svg)\n",
        ],
    ),
    ("content/b/sample.txt", &["sample", "other sample"]),
    (
        "content/b/pic.svg",
        &[
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"30\"/>",
        ],
    ),
    ("content/c/index.md", &["---\ntitle: Bundle\n---\n![](pic.svg)\n"]),
    (
        "content/c/pic.svg",
        &["<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"7\" height=\"7\"/>"],
    ),
    (
        "static/css/custom.css",
        &["p { color: red }", "p { color: blue }"],
    ),
    ("static/a/two/index.html", &["static"]),
    (
        "static/favicon.svg",
        &["<svg xmlns=\"http://www.w3.org/2000/svg\"/>"],
    ),
    (
        "templates/page.html",
        &[
            "<title>{{ page.title }}</title>{{ page.body | safe }}",
            "<title>{{ page.title }}</title>{{ page.nothing.at.all }}",
            "{% if %}",
        ],
    ),
    (
        "templates/shortcodes/note.html",
        &["<aside>{{ inner }}</aside>", "<b>{{ inner }}</b>"],
    ),
    (
        "layouts/shortcodes/titles.html",
        &[
            "{{ range .Site.RegularPages }}{{ .Title }}: {{ .Summary }} {{ .RawContent }}, {{ end }}",
            "{{ len .Site.Pages }} {{ .Site.Data.words.a }} {{ readFile \"content/a/two.md\" }}",
            "{{ nothing }}",
        ],
    ),
    ("data/words.toml", &["a = \"A\"", "a = \"B\""]),
    (
        "i18n/en.toml",
        &[
            "[not_found]\nother = \"Lost\"\n",
            "[not_found]\nother = \"Gone\"\n",
        ],
    ),
];

/// Which file, and which of its contents; beyond the last, the file is taken away.
type Edit = (usize, usize);

fn edits() -> impl Strategy<Value = Vec<Vec<Edit>>> {
    let edit = (0..FILES.len()).prop_flat_map(|file| (Just(file), 0..=FILES[file].1.len()));
    // Mostly one file at a time, as people do; sometimes several, as a checkout does.
    let step = prop_oneof![5 => proptest::collection::vec(edit.clone(), 1), 1 => proptest::collection::vec(edit, 2..6)];
    proptest::collection::vec(step, 1..9)
}

/// Remembers the findings that were told last.
#[derive(Default)]
struct Heard(Mutex<Option<Vec<String>>>);

impl Observer for Heard {
    fn changed(&self, _: &[String]) {}

    fn failed(&self, error: &wsgen::source::LoadError) {
        panic!("{error}");
    }

    fn found(&self, findings: &Findings) {
        let text = print::render(
            &findings.list,
            &*findings.tree,
            Format::Short,
            print::DEFAULT_WIDTH,
        );
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(lines);
    }
}

struct Run {
    site: Site,
    out: tempfile::TempDir,
    preview: Preview,
    heard: Arc<Heard>,
    /// Every path that any version had.
    known: BTreeSet<String>,
}

fn options(site: &Site) -> BuildOptions<'static> {
    BuildOptions {
        base_url: Some("/sub/".to_owned()),
        now: now(),
        ..BuildOptions::new(site.root())
    }
}

fn now() -> jiff::Timestamp {
    "2026-11-01T00:00:00Z".parse().unwrap()
}

impl Run {
    fn start() -> Self {
        let site = Site::new();
        for (path, contents) in FILES.iter().filter(|(path, _)| path.starts_with("content")) {
            site.write(path, contents[0]);
        }
        let heard = Arc::new(Heard::default());
        let news = News::new(now(), heard.clone());
        let preview = Preview::start(options(&site), now, news, |_| {}).unwrap();
        let out = tempfile::TempDir::with_prefix("wsgen-out-").unwrap();
        Self {
            site,
            out,
            preview,
            heard,
            known: BTreeSet::new(),
        }
    }

    fn edit(&self, (file, content): Edit) -> std::path::PathBuf {
        let (path, contents) = FILES[file];
        match contents.get(content) {
            Some(text) => self.site.write(path, text),
            // It may not be there.
            None => drop(std::fs::remove_file(self.site.root().join(path))),
        }
        std::path::absolute(self.site.root().join(path)).unwrap()
    }

    /// Compares the preview with a build.
    fn check(&mut self, history: &[Vec<Edit>]) {
        let report = pipeline::build(&BuildOptions {
            destination: Some(self.out.path().to_owned()),
            ..options(&self.site)
        })
        .unwrap();
        let files = files_below(self.out.path());
        let compared = |file: &String| !file.starts_with('.') && !file.starts_with("search/");
        self.known.extend(files.into_iter().filter(compared));
        for path in &self.known {
            let built = std::fs::read(self.out.path().join(path)).ok();
            let served = match self.preview.get(path).unwrap() {
                Answer::Made(made) if made.path == *path => Some(made.bytes.to_vec()),
                Answer::File(file) => std::fs::read(file.path).ok(),
                _ => None,
            };
            // The library of diagrams can always be asked for.
            if built.is_none() && path.starts_with("assets/mermaid-") {
                continue;
            }
            if built != served {
                let text =
                    |bytes: Option<Vec<u8>>| bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                panic!(
                    "{path} after {history:?}\nbuilt: {:?}\nserved: {:?}",
                    text(built),
                    text(served)
                );
            }
        }
        self.check_findings(diagnostics(&report), history);
    }

    fn check_findings(&self, mut expected: Vec<String>, history: &[Vec<Edit>]) {
        expected.sort();
        let started = Instant::now();
        loop {
            let heard = self
                .heard
                .0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone();
            if heard.as_ref() == Some(&expected) {
                return;
            }
            assert!(
                started.elapsed() < PATIENCE,
                "findings after {history:?}\nbuild: {expected:#?}\npreview: {heard:#?}"
            );
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }
}

fn follow(steps: &[Vec<Edit>]) {
    let mut run = Run::start();
    run.check(&[]);
    for at in 0..steps.len() {
        let paths: Vec<_> = steps[at].iter().map(|edit| run.edit(*edit)).collect();
        run.preview.change(Changes::of(paths));
        run.check(&steps[..=at]);
    }
}

#[test]
fn every_content_of_every_file_is_followed() {
    let each = |file: usize| {
        (0..=FILES[file].1.len())
            .chain([0])
            .map(move |content| vec![(file, content)])
    };
    let steps: Vec<Vec<Edit>> = (0..FILES.len()).flat_map(each).collect();
    follow(&steps);
}

proptest! {
    #![proptest_config(Config {
        cases: 24,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..Config::default()
    })]

    #[test]
    fn a_preview_is_always_what_a_build_gives(steps in edits()) {
        follow(&steps);
    }
}
