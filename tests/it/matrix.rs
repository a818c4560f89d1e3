//! Every kind of call in every kind of place: a page for each pair, compared with what a real Hugo makes of it.
//!
//! Every call in a source ends as exactly one of run, text in code, hidden in a comment, and finding. The expectations in
//! `tests/hugo/matrix.txt` have a hash for the cells of a place and a call that come out as with Hugo, and the text of those
//! that do not, whose reasons are in `tests/hugo/matrix.toml`. `WSGEN_HUGO=/path/to/hugo` writes them again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::dom::{self, Keep};
use crate::site::{Built, Site};

/// Calls by kind, with `[[` and `]]` for the delimiters, and the text that tells that they have run.
const CALLS: [(&str, &str, &str); 10] = [
    ("text", "[[ word ]]", "WORD"),
    ("block", "[[ block ]]", "BLOCK"),
    ("box", "[[ box ]]in *box*[[ /box ]]", "BOX"),
    ("own", "[[ own ]]x[[ /own ]]", "OWN"),
    ("file", "[[ readfile file=\"/content/f.txt\" ]]", "FILE"),
    ("notice", "[[ notice tip ]]INNER *n*[[ /notice ]]", "INNER"),
    ("badge", "[[ badge ]]LABEL[[ /badge ]]", "LABEL"),
    ("unknown", "[[ nosuch ]]", "?"),
    ("unclosed", "[[ box ]]in", "?"),
    ("self-closing", "[[ box /]]", "BOX"),
];
const DELIMITERS: [(&str, &str, &str); 2] = [("angle", "{{<", ">}}"), ("percent", "{{%", "%}}")];
/// Calls of which Hugo makes no site.
const STOPPED: [&str; 2] = ["unknown", "unclosed"];
/// A call beside others: alone, with text on its line, indented.
const LINES: [(&str, &str); 3] = [("alone", "@"), ("beside", "a @ b"), ("indented", "  @")];
/// Places for calls. Front matter comes before the line of hyphens.
const PLACES: [(&str, &str); 21] = [
    ("paragraph", "@"),
    ("item", "- @"),
    ("deep-item", "- a\n\n  - @"),
    ("quote", "> @"),
    ("cell", "| h |\n|---|\n| @ |"),
    ("heading", "## @"),
    ("link-text", "[@](https://e.org/)"),
    ("link-target", "[t](https://e.org/@)"),
    ("image", "![@](https://e.org/p.svg)"),
    ("emphasis", "**@**"),
    ("fence", "```sh\n@\n```"),
    ("code-span", "`@`"),
    ("indented-code", "a\n\n    @"),
    ("comment", "a\n\n<!-- @ -->\n\nb"),
    ("long-comment", "a\n\n<!--\n@\n-->\n\nb"),
    ("html", "<div>\n@\n</div>"),
    ("details", "<details><summary>s</summary>\n\n@\n\n</details>"),
    ("inner", "{{< wrap >}}@{{< /wrap >}}"),
    ("rendered", "text: '@'\n---\n{{< render >}}"),
    ("title", "name: '@'\n---\ntext"),
    ("included", "{{< include file=\"/content/NAME.txt\" >}}"),
];
const TEMPLATES: [(&str, &str); 6] = [
    ("word", "WORD"),
    ("block", "<div class=\"block\">BLOCK</div>"),
    (
        "box",
        "<div class=\"box\">BOX {{ .Inner | .Page.RenderString }}</div>",
    ),
    ("own", "<em class=\"own\">OWN {{ .Inner }}</em>"),
    ("wrap", "<div class=\"wrap\">{{ .Inner }}</div>"),
    ("render", "{{ .Page.RenderString .Page.Params.text }}"),
];
/// Templates that stand for wsgen's own shortcodes.
const STANDS: [(&str, &str); 4] = [
    ("readfile", "{{ readFile (.Get \"file\") }}"),
    (
        "include",
        "{{ .Page.RenderString (dict \"display\" \"block\") (readFile (.Get \"file\")) }}",
    ),
    (
        "notice",
        "<blockquote>{{ .Inner | .Page.RenderString (dict \"display\" \"block\") }}</blockquote>",
    ),
    ("badge", "<span class=\"badge\">{{ .Inner }}</span>"),
];

struct Cell {
    call: usize,
    /// Place and call.
    group: String,
    name: String,
    /// Files from the site's root.
    files: Vec<(String, String)>,
}

fn cells() -> Vec<Cell> {
    let mut cells = Vec::new();
    for (place, frame) in PLACES {
        for (at, (kind, call, _)) in CALLS.into_iter().enumerate() {
            for (delimiter, open, close) in DELIMITERS {
                for (line, around) in LINES {
                    let name = format!("{place}-{kind}-{delimiter}-{line}");
                    let call = call.replace("[[", open).replace("]]", close);
                    let text = around.replace('@', &call);
                    cells.push(Cell {
                        call: at,
                        group: format!("{place} / {kind}"),
                        files: files(&name, place, frame, &text),
                        name,
                    });
                }
            }
        }
    }
    cells
}

fn files(name: &str, place: &str, frame: &str, text: &str) -> Vec<(String, String)> {
    let page = format!("content/{name}.md");
    let source = match place {
        "included" => frame.replace("NAME", name),
        _ => frame.replace('@', text),
    };
    let (front, body) = source.split_once("\n---\n").unwrap_or(("", &source));
    // A table's row of hyphens is none of front matter's.
    let (front, body) = match place {
        "cell" => ("", &*source),
        _ => (front, body),
    };
    let front = front.replace("name:", "title:");
    let mut files = vec![(page, format!("---\n{front}\n---\n{body}\n"))];
    if place == "included" {
        files.push((format!("content/{name}.txt"), text.to_owned()));
    }
    files
}

const SETTINGS: &str = "baseURL = 'https://example.org/'\ndisableKinds = ['taxonomy', 'term', 'rss', 'sitemap']\n\
    [markup.goldmark.renderer]\nunsafe = true\n[wsgen]\nsearch = false\nprint = false\n";

fn common() -> Vec<(String, String)> {
    let own = TEMPLATES.map(|(name, text)| (format!("layouts/_shortcodes/{name}.html"), text.to_owned()));
    let rest = [
        ("hugo.toml".to_owned(), SETTINGS.to_owned()),
        ("content/f.txt".to_owned(), "FILE".to_owned()),
    ];
    own.into_iter().chain(rest).collect()
}

fn with_wsgen(cells: &[Cell]) -> Built {
    let site = Site::new();
    for (path, text) in common().iter().chain(cells.iter().flat_map(|cell| &cell.files)) {
        site.write(path, text);
    }
    site.build()
}

/// The bodies that Hugo makes, by the names of cells.
fn with_hugo(hugo: &Path, cells: &[Cell]) -> BTreeMap<String, String> {
    let dir = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let built = || cells.iter().filter(|cell| !is_stopped(cell));
    for (path, text) in common().iter().chain(built().flat_map(|cell| &cell.files)) {
        write(path, text);
    }
    for (name, text) in STANDS {
        write(&format!("layouts/_shortcodes/{name}.html"), text);
    }
    write("layouts/page.html", "{{ .Content }}");
    let done = Command::new(hugo)
        .args(["build", "--quiet"])
        .current_dir(dir.path())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let read = |cell: &Cell| {
        let path = dir.path().join("public").join(&cell.name).join("index.html");
        (
            cell.name.clone(),
            std::fs::read_to_string(path).unwrap_or_default(),
        )
    };
    built().map(read).collect()
}

fn is_stopped(cell: &Cell) -> bool {
    STOPPED.contains(&CALLS[cell.call].0)
}

fn lines(html: &str) -> Vec<String> {
    dom::lines(html, Keep::Content)
}

fn hash<'l>(all: impl Iterator<Item = &'l Vec<String>>) -> String {
    let text: Vec<String> = all.map(|lines| lines.join("\n")).collect();
    let digest = Sha256::digest(text.join("\n\n"));
    digest.iter().take(6).fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The expectations as text: a hash for the equal cells of each group, and both sides of the others.
fn written(cells: &[Cell], ours: &[Vec<String>], hugo: &BTreeMap<String, String>) -> String {
    let mut out =
        String::from("# Written by the test `matrix` with WSGEN_HUGO; `-` is Hugo's line, `+` wsgen's.\n");
    let groups: Vec<&str> = cells.iter().map(|cell| &*cell.group).collect();
    let mut seen = BTreeSet::new();
    for group in groups.into_iter().filter(|group| seen.insert(*group)) {
        let all = || cells.iter().zip(ours).filter(|(cell, _)| cell.group == group);
        let is_equal =
            |cell: &Cell, ours: &[String]| hugo.get(&cell.name).is_none_or(|hugo| lines(hugo) == ours);
        let equal = || all().filter(|(cell, ours)| is_equal(cell, ours));
        let _ = writeln!(
            out,
            "{group}: {} {}",
            equal().count(),
            hash(equal().map(|(_, ours)| ours))
        );
        for (cell, ours) in all().filter(|(cell, ours)| !is_equal(cell, ours)) {
            let theirs = lines(&hugo[&cell.name]);
            let _ = writeln!(out, "{}: {}", cell.name, hash(std::iter::once(ours)));
            for (sign, side) in [('-', &theirs), ('+', ours)] {
                let _ = writeln!(out, "  {sign} {}", side.join(" ").replace("  ", ""));
            }
        }
    }
    out
}

/// The lines of the expectations that the cells as wsgen makes them do not meet.
fn unmet(cells: &[Cell], ours: &[Vec<String>], expected: &str) -> Vec<String> {
    let lines = expected.lines().filter(|line| !line.starts_with(['#', ' ']));
    let expected: BTreeMap<&str, &str> = lines.filter_map(|line| line.split_once(": ")).collect();
    let mut wrong = Vec::new();
    let groups: BTreeSet<&str> = cells.iter().map(|cell| &*cell.group).collect();
    for group in groups {
        let all = || cells.iter().zip(ours).filter(|(cell, _)| cell.group == group);
        let equal = || all().filter(|(cell, _)| !expected.contains_key(&*cell.name));
        let is = format!("{} {}", equal().count(), hash(equal().map(|(_, ours)| ours)));
        if expected.get(group) != Some(&&*is) {
            wrong.push(format!("one of the equal cells of {group}"));
        }
        let others = all().filter_map(|(cell, ours)| Some((cell, ours, expected.get(&*cell.name)?)));
        let changed = others.filter(|(_, ours, hash_of)| **hash_of != hash(std::iter::once(*ours)));
        wrong.extend(changed.map(|(cell, ..)| cell.name.clone()));
    }
    wrong
}

/// Reasons of differences by patterns of names: `comment-*`.
fn unexplained(expected: &str, reasons: &str) -> Vec<String> {
    let reasons: toml_edit::DocumentMut = reasons.parse().unwrap();
    let patterns: Vec<_> = reasons
        .iter()
        .map(|(pattern, _)| (pattern, globset::Glob::new(pattern).unwrap().compile_matcher()))
        .collect();
    let differs = |line: &&str| !line.starts_with(['#', ' ']) && !line.contains(" / ");
    let names: Vec<&str> = expected
        .lines()
        .filter(differs)
        .filter_map(|line| Some(line.split_once(": ")?.0))
        .collect();
    let without = names
        .iter()
        .filter(|name| !patterns.iter().any(|(_, pattern)| pattern.is_match(name)))
        .map(|name| format!("{name} differs without a reason"));
    let idle = patterns
        .iter()
        .filter(|(_, pattern)| !names.iter().any(|name| pattern.is_match(name)))
        .map(|(pattern, _)| format!("the reason for {pattern} is one for nothing"));
    without.chain(idle).collect()
}

fn stored(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/hugo")
        .join(name)
}

#[test]
fn calls_come_out_as_with_hugo_in_every_place() {
    let cells = cells();
    assert!(cells.len() <= 1_500);
    let built = with_wsgen(&cells);
    let ours: Vec<Vec<String>> = cells
        .iter()
        .map(|cell| lines(&built.body(&format!("{}/", cell.name))))
        .collect();
    let path = stored("matrix.txt");
    if let Some(hugo) = std::env::var_os("WSGEN_HUGO") {
        let hugo = with_hugo(Path::new(&hugo), &cells);
        std::fs::write(&path, written(&cells, &ours, &hugo)).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    let mut wrong = unmet(&cells, &ours, &expected);
    let reasons = std::fs::read_to_string(stored("matrix.toml")).unwrap();
    wrong.extend(unexplained(&expected, &reasons));
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_call_is_run_or_text_or_hidden_or_a_finding() {
    let cells = cells();
    let built = with_wsgen(&cells);
    let told: BTreeSet<String> = built
        .diagnostics()
        .into_iter()
        .filter(|line| !line.contains(": note"))
        .filter_map(|line| Some(line.strip_prefix("content/")?.split_once('.')?.0.to_owned()))
        .collect();
    let wrong = cells.iter().filter_map(|cell| {
        let body = built.body(&format!("{}/", cell.name));
        let (kind, _, token) = CALLS[cell.call];
        let place = cell.group.split(" / ").next().unwrap();
        let shown = lines(&body).join("\n");
        let is_raw = shown.contains("{{<") || shown.contains("{{%");
        let in_code = is_raw && (body.contains("<code") || body.contains("<pre"));
        let ways = [
            told.contains(&cell.name),
            !told.contains(&cell.name) && in_code,
            !told.contains(&cell.name) && !is_raw && body.contains(token),
            !told.contains(&cell.name) && !is_raw && !body.contains(token) && place.ends_with("comment"),
        ];
        let count = ways.iter().filter(|way| **way).count();
        (count != 1).then(|| format!("{} ({kind}, {ways:?}): {body}", cell.name))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
