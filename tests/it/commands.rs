//! The commands around a site: `new`, `list`, `inspect`, `explain`, `completions`, `man`.

use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::site::{self, Site};

/// The output of a command, and its exit code.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn wsgen(dir: &Path, args: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_wsgen"))
        .args(args)
        .current_dir(dir)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run {
        code: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// The output of a command that must work.
#[track_caller]
pub(crate) fn works(dir: &Path, args: &[&str]) -> String {
    let run = wsgen(dir, args);
    assert_eq!(run.code, Some(0), "{args:?}: {}{}", run.stdout, run.stderr);
    run.stdout
}

/// The message of a command that must fail.
#[track_caller]
fn fails(dir: &Path, args: &[&str]) -> String {
    let run = wsgen(dir, args);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (Some(2), ""),
        "{args:?}: {}",
        run.stderr
    );
    run.stderr
}

pub(crate) fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path.as_ref())
        .unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

#[test]
fn a_new_workshop_builds_without_a_finding_in_both_languages() {
    for (lang, word) in [("en", "Exercise"), ("ja", "演習")] {
        let dir = TempDir::new().unwrap();
        let printed = works(
            dir.path(),
            &["new", "course", "--lang", lang, "--title", "A \"B\": C"],
        );
        let shown = Path::new("course").join(".github/workflows/pages.yml");
        assert!(printed.contains(&*shown.to_string_lossy()), "{printed}");
        let course = dir.path().join("course");
        let run = wsgen(&course, &["build", "--strict"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let home = read(course.join("public/index.html"));
        assert!(
            home.contains("A &quot;B&quot;: C") || home.contains("A \"B\": C"),
            "{home}"
        );
        assert!(home.contains(&format!("<html lang=\"{lang}")), "{home}");
        let page = read(course.join("public/20-build/10-greeting/index.html"));
        assert!(
            page.contains(word) && page.contains("<details") && page.contains("mermaid"),
            "{page}"
        );
        assert!(home.contains("<table class=\"agenda\">"), "{home}");
        let more = works(&course, &["new", "page", "20-build/20-more.md"]);
        let text = read(course.join("content/20-build/20-more.md"));
        assert!(text.contains("weight: 20\n"), "{more}{text}");
        let run = wsgen(&course, &["build", "--strict"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(read(course.join(".gitignore")).contains("/public/"));
    }
}

#[test]
fn notes_for_instructors_and_withheld_solutions_are_nowhere_in_the_site() {
    let dir = TempDir::new().unwrap();
    works(dir.path(), &["new", "."]);
    let site = |args: &[&str]| {
        let run = wsgen(dir.path(), args);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let files = walkdir::WalkDir::new(dir.path().join("public"))
            .into_iter()
            .flatten();
        let texts = files.filter_map(|entry| std::fs::read_to_string(entry.path()).ok());
        texts.collect::<String>()
    };
    let (note, solution) = ("Five minutes are enough", "whoever you are&quot;");
    let public = site(&["build", "--strict"]);
    assert!(!public.contains(note) && public.contains("class=\"solution\""));
    let whole = site(&["build", "--strict", "--instructor"]);
    assert!(whole.contains(note) && whole.contains("class=\"instructor\""));
    works(dir.path(), &["check", "--instructor"]);
    let settings = dir.path().join("hugo.toml");
    std::fs::write(&settings, read(&settings) + "solutions = false\n").unwrap();
    let withheld = site(&["build", "--strict"]);
    assert!(!withheld.contains("class=\"solution\"") && !withheld.contains(solution));
    assert!(withheld.contains("class=\"hint\""));
}

#[test]
fn nothing_is_overwritten() {
    let dir = TempDir::new().unwrap();
    works(dir.path(), &["new", "a"]);
    std::fs::write(dir.path().join("a/content/_index.md"), "mine").unwrap();
    let message = fails(dir.path(), &["new", "a"]);
    assert!(message.contains("exists already"), "{message}");
    let message = fails(dir.path(), &["new", "page", "-s", "a", "_index.md"]);
    assert!(message.contains("exists already"), "{message}");
    assert_eq!(read(dir.path().join("a/content/_index.md")), "mine");
}

#[test]
fn a_new_page_gets_the_next_free_weight() {
    let site = Site::from(
        "-- content/docs/_index.md --\n---\nweight: 10\n---\n\
         -- content/docs/10_a.md --\n---\nweight: 10\n---\n\
         -- content/docs/20_b.md --\n---\nweight: 20\ndraft: true\n---\n\
         -- content/docs/20_b.ja.md --\n---\nweight: 20\n---\n\
         -- hugo.toml --\n[languages.en]\n[languages.ja]\n",
    );
    let new = |path: &str| works(site.root(), &["new", "page", path]);
    assert_eq!(
        new("docs/lab.md"),
        format!("{} (weight 30)\n", Path::new("content/docs/lab.md").display())
    );
    assert_eq!(
        read(site.root().join("content/docs/lab.md")),
        "---\ntitle: Lab\nweight: 30\n---\n\n"
    );
    new("content/docs/more/");
    assert_eq!(
        read(site.root().join("content/docs/more/_index.md")),
        "---\ntitle: More\nweight: 40\n---\n\n"
    );
    // A translation stands where the original does.
    new("docs/10_a.ja");
    assert!(read(site.root().join("content/docs/10_a.ja.md")).contains("weight: 10\n"));
    new("first");
    assert!(read(site.root().join("content/first.md")).contains("weight: 20\n"));
}

#[test]
fn archetypes_are_those_of_the_section_and_then_the_default() {
    let site = Site::from(
        "-- content/_index.md --\n# Home\n\
         -- archetypes/default.md --\n---\ntitle: \"{{ replace .Name \"-\" \" \" | title }}\"\n---\nDefault\n\
         -- archetypes/lab.md --\n+++\ntitle = '{{ .Title }}'\nweight = 0\n+++\n{{< notice tip >}}Hint{{< /notice >}}\n",
    );
    let printed = works(site.root(), &["new", "page", "my-page"]);
    assert!(printed.contains("archetypes"), "{printed}");
    assert_eq!(
        read(site.root().join("content/my-page.md")),
        "---\ntitle: \"My Page\"\nweight: 10\n---\nDefault\n"
    );
    works(site.root(), &["new", "page", "lab/15-try"]);
    let text = read(site.root().join("content/lab/15-try.md"));
    assert_eq!(
        text,
        "+++\ntitle = 'Try'\nweight = 15\n+++\n{{< notice tip >}}Hint{{< /notice >}}\n"
    );
}

#[test]
fn pages_outside_the_content_are_refused() {
    let site = Site::from("-- content/_index.md --\n# Home\n");
    for path in ["../x.md", "/etc/x.md", ".hidden.md", "a/../../x"] {
        let message = fails(site.root(), &["new", "page", path]);
        assert!(message.contains("can be no page"), "{message}");
    }
}

const WORKSHOP: &str = "\
-- hugo.toml --
title = \"Course\"
baseURL = \"https://example.org/c/\"
theme = \"learn\"
pygmentsStyle = \"monokai\"
[params]
themeVariant = \"blue\"
-- content/_index.md --
# Course
-- content/10-a/_index.md --
---
title: Part A
weight: 10
---
-- content/10-a/10-x.md --
---
title: X
weight: 10
duration: 1h 30m
---
One two three. {{< notice tip >}}T{{< /notice >}} {{< own >}} {{< nosuch >}}
-- content/10-a/20-y.md --
---
title: Y, a draft
weight: 20
draft: true
minutes: 15
---
Four.
-- templates/shortcodes/own.html --
own
-- layouts/_default/single.html --
{{ .Content }}
-- layouts/partials/logo.html --
<b>
-- static/a.png --
x
";

#[test]
fn pages_are_listed_in_reading_order() {
    let site = Site::from(WORKSHOP);
    let table = works(site.root(), &["list"]);
    let lines: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(lines[0], ["weight", "title", "url", "words", "time"], "{table}");
    assert_eq!(lines[1][..2], ["Course", "/c/"], "{table}");
    assert_eq!(lines[2][..4], ["10", "Part", "A", "/c/10-a/"], "{table}");
    assert_eq!(lines[3][..3], ["10", "X", "/c/10-a/10-x/"], "{table}");
    assert!(table.ends_with(" words, 1 h 30 min\n"), "{table}");
    assert!(!table.contains("draft"), "{table}");
}

#[test]
fn lists_for_programs_hold_everything() {
    let site = Site::from(WORKSHOP);
    let json: serde_json::Value =
        serde_json::from_str(&works(site.root(), &["list", "--drafts", "--format", "json"])).unwrap();
    let last = &json[3];
    assert_eq!(
        (&last["title"], &last["draft"], &last["minutes"]),
        (&"Y, a draft".into(), &true.into(), &15.into())
    );
    assert_eq!(last["file"], "content/10-a/20-y.md");
    assert_eq!(last["url"], "/c/10-a/20-y/");
    let csv = works(site.root(), &["list", "-D", "--format", "csv"]);
    assert!(
        csv.contains("en,page,20,\"Y, a draft\",/c/10-a/20-y/,content/10-a/20-y.md,1,15,15,true,\n"),
        "{csv}"
    );
    let all = works(site.root(), &["list", "--all", "--format", "csv"]);
    assert!(
        all.contains(",file,,,,content/10-a/20-y.md,0,,,true,draft\n"),
        "{all}"
    );
    let table = works(site.root(), &["list", "--all"]);
    assert!(
        table.ends_with("\nleft out\ncontent/10-a/20-y.md  draft\n"),
        "{table}"
    );
}

#[test]
fn an_inspection_tells_what_is_used_and_what_is_not() {
    let site = Site::from(WORKSHOP);
    let text = works(site.root(), &["inspect"]);
    for piece in [
        "Course\n",
        "hugo.toml (environment production)",
        "learn: not used",
        "1 left out",
        "part of wsgen: 1 call",
        "the site's own Tera templates: 1 call",
        "unknown; the text inside stays on the page: 1 call",
        "first content/10-a/10-x.md:6:",
        "pygmentsStyle",
        "layouts/_default/single.html, layouts/partials/logo.html",
        "unknown-shortcode",
    ] {
        assert!(text.contains(piece), "{piece:?} is not in\n{text}");
    }
}

#[test]
fn an_inspection_for_programs_names_places() {
    let site = Site::from(WORKSHOP);
    let json: serde_json::Value =
        serde_json::from_str(&works(site.root(), &["inspect", "--format", "json"])).unwrap();
    assert_eq!(json["themes"], serde_json::json!(["learn"]));
    assert_eq!(json["content"]["left_out"], 1);
    assert_eq!(json["content"]["static_files"], 1);
    assert_eq!(json["shortcodes"][0]["name"], "nosuch");
    assert_eq!(json["shortcodes"][0]["origin"], "unknown");
    assert_eq!(json["shortcodes"][1]["file"], "templates/shortcodes/own.html");
    let ignored: Vec<_> = json["settings_ignored"]
        .as_array()
        .unwrap()
        .iter()
        .map(|setting| setting["key"].clone())
        .collect();
    assert!(
        ignored.contains(&"theme".into()) && ignored.contains(&"pygmentsStyle".into()),
        "{ignored:?}"
    );
    assert_eq!(json["findings"][0]["code"], "unknown-shortcode");
    assert_eq!(json["unused_templates"].as_array().unwrap().len(), 2);
}

#[test]
fn findings_are_explained() {
    let dir = TempDir::new().unwrap();
    let text = works(dir.path(), &["explain", "broken-link"]);
    assert!(text.starts_with("broken-link\n\nA link in Markdown"), "{text}");
    assert!(text.contains("\nWhat to do\n"), "{text}");
    assert!(
        text.lines()
            .filter(|line| !line.starts_with("    "))
            .all(|line| line.chars().count() <= 96),
        "{text}"
    );
    assert_eq!(
        works(dir.path(), &["explain"]).lines().count(),
        wsgen::diag::FindingName::names().count()
    );
    let message = fails(dir.path(), &["explain", "broken-lnik"]);
    assert!(message.contains("did you mean `broken-link`?"), "{message}");
}

#[test]
fn shells_and_manuals_get_what_they_need() {
    let dir = TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            works(dir.path(), &["completions", shell]).contains("inspect"),
            "{shell}"
        );
    }
    assert!(works(dir.path(), &["man"]).contains(".TH wsgen 1"));
    let page = works(dir.path(), &["man", "build"]);
    assert!(
        page.contains(".TH wsgen-build 1") && page.contains("destination"),
        "{page}"
    );
    assert!(fails(dir.path(), &["man", "biuld"]).contains("did you mean `build`?"));
}

#[test]
fn a_check_of_other_sites_leaves_local_and_ignored_addresses_alone() {
    let site = Site::from(
        "-- hugo.toml --\n[wsgen]\nexternal_ignore = [\"https://other.dev/*\"]\n\
         -- content/_index.md --\n# Home\n\n[a](http://localhost:1/) [b](https://other.dev/x) [c](mailto:a@b.dev)\n",
    );
    let run = wsgen(site.root(), &["check", "--external"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let line = "other sites: 0 asked, 0 known from earlier runs, 2 ignored, 0 refused";
    assert!(run.stderr.contains(line), "{}", run.stderr);
    let quiet = wsgen(site.root(), &["check", "--external", "-q"]);
    assert_eq!(quiet.stderr, "");
}

#[test]
fn commands_that_only_look_write_nothing() {
    let site = Site::from(WORKSHOP);
    let before = site::files_below(site.root());
    for args in [["list"], ["inspect"], ["check"]] {
        wsgen(site.root(), &args);
    }
    assert_eq!(site::files_below(site.root()), before);
}

#[test]
fn a_file_of_the_theme_is_listed_shown_and_copied() {
    let site = Site::from("-- content/_index.md --\n# Home\n");
    let list = works(site.root(), &["theme", "list"]);
    assert!(
        list.contains("templates/partials/header.html\n") && list.contains("i18n/en.toml\n"),
        "{list}"
    );
    let shown = works(site.root(), &["theme", "show", "partials/header.html"]);
    works(site.root(), &["theme", "eject", "partials/header.html"]);
    assert_eq!(read(site.root().join("templates/partials/header.html")), shown);
    let list = works(site.root(), &["theme", "list"]);
    assert!(
        list.contains("templates/partials/header.html  (the site has its own)\n"),
        "{list}"
    );
    let message = fails(site.root(), &["theme", "eject", "partials/header.html"]);
    assert!(message.contains("exists already"), "{message}");
    let message = fails(site.root(), &["theme", "show", "partials/haeder.html"]);
    assert!(message.contains("header.html"), "{message}");
    works(site.root(), &["check"]);
}
