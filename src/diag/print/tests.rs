use super::*;
use crate::diag::Code;

/// Files by number.
struct Files(Vec<(&'static str, String)>);

impl Sources for Files {
    fn path(&self, file: FileId) -> &str {
        self.0[file.0 as usize].0
    }

    fn text(&self, file: FileId) -> Option<&str> {
        Some(&self.0[file.0 as usize].1)
            .filter(|text| !text.contains('\0'))
            .map(String::as_str)
    }
}

fn files(list: &[(&'static str, &str)]) -> Files {
    Files(
        list.iter()
            .map(|(path, text)| (*path, (*text).to_owned()))
            .collect(),
    )
}

/// The first place where `what` stands in file `file`.
fn span(files: &Files, file: u32, what: &str) -> Span {
    let start = files.0[file as usize].1.find(what).expect("the text is there");
    Span::new(FileId(file), start, start + what.len())
}

fn plain(list: &[Diagnostic], files: &Files, format: Format) -> String {
    anstream::adapter::strip_str(&render(list, files, format, DEFAULT_WIDTH)).to_string()
}

fn human(d: Diagnostic, files: &Files) -> String {
    plain(&[d], files, Format::Human)
}

fn assert_lines(got: &str, want: &[&str]) {
    assert_eq!(got.lines().collect::<Vec<_>>(), want, "\n{got}");
}

#[test]
fn people_see_the_line_the_mark_and_the_help() {
    let files = files(&[(
        "content/a.md",
        "---\ntitle: A\n---\nsee [b]({{< relref \"b.md\" >}})\n",
    )]);
    let d = Diagnostic::error(
        Code::BrokenRef,
        span(&files, 0, "\"b.md\""),
        "no page is called `b.md`",
    )
    .help("did you mean `a.md`?");
    assert_lines(
        &human(d, &files),
        &[
            "error[broken-ref]: no page is called `b.md`",
            " --> content/a.md:4:20",
            "  |",
            "4 | see [b]({{< relref \"b.md\" >}})",
            "  |                    ^^^^^^",
            "  = help: did you mean `a.md`?",
            "",
        ],
    );
}

#[test]
fn wide_characters_and_tabs_keep_the_mark_in_place() {
    let files = files(&[("a.md", "準備\t[作業](x.md)")]);
    let d = Diagnostic::warning(Code::BrokenLink, span(&files, 0, "x.md"), "gone");
    let out = human(d, &files);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[1], " --> a.md:1:9");
    assert_eq!(lines[3], "1 | 準備    [作業](x.md)");
    assert_eq!(lines[4], format!("  | {}^^^^", " ".repeat(8 + 1 + 4 + 2)));
}

#[test]
fn a_mark_covers_wide_characters() {
    let files = files(&[("a.md", "これは準備です")]);
    let out = human(
        Diagnostic::warning(Code::BrokenLink, span(&files, 0, "準備"), "gone"),
        &files,
    );
    assert!(out.contains("\n  |       ^^^^\n"), "{out}");
}

#[test]
fn labels_in_other_files_get_their_own_place() {
    let files = files(&[
        ("content/a.md", "one"),
        ("content/a/index.md", "\n\n\n\n\n\n\n\n\ntwo"),
    ]);
    let d = Diagnostic::error(
        Code::DuplicateUrl,
        span(&files, 0, "one"),
        "two pages have the URL `/a/`",
    )
    .label(span(&files, 1, "two"), "the other page");
    assert_lines(
        &human(d, &files),
        &[
            "error[duplicate-url]: two pages have the URL `/a/`",
            "  --> content/a.md:1:1",
            "   |",
            " 1 | one",
            "   | ^^^",
            "  ::: content/a/index.md:10:1",
            "   |",
            "10 | two",
            "   | --- the other page",
            "",
        ],
    );
}

#[test]
fn labels_on_the_same_line_share_it() {
    let files = files(&[("a.md", "{{< a >}} {{< /b >}}")]);
    let d = Diagnostic::warning(Code::MismatchedClosingTag, span(&files, 0, "{{< /b >}}"), "wrong")
        .label(span(&files, 0, "{{< a >}}"), "opened here");
    assert_lines(
        &human(d, &files),
        &[
            "warning[mismatched-closing-tag]: wrong",
            " --> a.md:1:11",
            "  |",
            "1 | {{< a >}} {{< /b >}}",
            "  |           ^^^^^^^^^^",
            "  | --------- opened here",
            "",
        ],
    );
}

#[test]
fn a_finding_without_a_place_is_a_message() {
    let d = Diagnostic::error(Code::NoContent, None, "there is no content folder").help("make one");
    let out = human(d, &files(&[]));
    assert_lines(
        &out,
        &[
            "error[no-content]: there is no content folder",
            "  = help: make one",
            "",
        ],
    );
}

#[test]
fn a_file_that_is_not_text_is_named_without_a_line() {
    let files = files(&[("x.bin", "\0")]);
    let d = Diagnostic::error(Code::UnreadableFile, Span::new(FileId(0), 0, 0), "cannot be read");
    assert_lines(
        &human(d.clone(), &files),
        &["error[unreadable-file]: cannot be read", " --> x.bin", ""],
    );
    assert_eq!(
        plain(&[d], &files, Format::Short),
        "x.bin: error[unreadable-file]: cannot be read\n"
    );
}

#[test]
fn long_lines_are_cut_around_the_mark() {
    let text = format!("{}HERE{}", "あ".repeat(300), "い".repeat(300));
    let files = files(&[("a.md", &text)]);
    let out = human(
        Diagnostic::warning(Code::BrokenLink, span(&files, 0, "HERE"), "gone"),
        &files,
    );
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[1], " --> a.md:1:301");
    let shown = lines[3].strip_prefix("1 | ").expect("gutter");
    assert!(shown.starts_with("…あ") && shown.ends_with("い…"), "{shown}");
    let before = shown.split("HERE").next().expect("a beginning");
    assert_eq!(
        lines[4],
        format!("  | {}^^^^", " ".repeat(2 * (before.chars().count() - 1) + 1))
    );
}

#[test]
fn a_place_at_the_end_of_a_long_line_is_shown() {
    let text = format!("{}END", "x".repeat(100_000));
    let files = files(&[("a.md", &text)]);
    let out = human(
        Diagnostic::warning(Code::BrokenLink, span(&files, 0, "END"), "gone"),
        &files,
    );
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[3].ends_with("xEND") && lines[4].ends_with(" ^^^"), "{out}");
    assert_eq!(lines[3].chars().count(), lines[4].chars().count());
}

#[test]
fn a_span_over_several_lines_marks_the_first() {
    let files = files(&[("a.md", "{{< a\n  b\n>}}")]);
    let whole = Span::new(FileId(0), 0, files.0[0].1.len());
    let out = human(
        Diagnostic::warning(Code::UnknownShortcode, whole, "unknown"),
        &files,
    );
    assert!(out.contains("\n1 | {{< a\n  | ^^^^^\n"), "{out}");
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let files = files(&[("a.md", "a\u{1b}[31mb\u{202e}")]);
    let d = Diagnostic::warning(Code::BrokenLink, span(&files, 0, "b"), "bad \u{1b}[0m name");
    let out = human(d, &files);
    assert!(!out.contains(['\u{1b}', '\u{202e}']), "{out}");
    assert!(out.contains("a␛[31mb"), "{out}");
}

#[test]
fn the_short_format_is_one_line_each() {
    let files = files(&[("content/a.md", "x\nyy準z")]);
    let list = [
        Diagnostic::warning(Code::NoContent, None, "two\n lines"),
        Diagnostic::error(Code::BrokenRef, span(&files, 0, "z"), "gone"),
    ];
    assert_eq!(
        plain(&list, &files, Format::Short),
        "warning[no-content]: two lines\ncontent/a.md:2:4: error[broken-ref]: gone\n"
    );
}

#[test]
fn json_is_an_array_with_lines_columns_and_bytes() {
    let files = files(&[("content/a.md", "x\ny準z")]);
    let list = [
        Diagnostic::error(Code::BrokenRef, span(&files, 0, "z"), "gone \"x\"")
            .help("look")
            .label(span(&files, 0, "x"), "here"),
    ];
    let value: serde_json::Value = serde_json::from_str(&plain(&list, &files, Format::Json)).expect("JSON");
    assert_eq!(
        value,
        serde_json::json!([{
            "severity": "error", "code": "broken-ref", "kind": null, "message": "gone \"x\"", "file": "content/a.md", "path": "content/a.md",
            "line": 2, "column": 3, "end_line": 2, "end_column": 4, "start": 6, "end": 7, "help": "look",
            "labels": [{
                "message": "here", "file": "content/a.md", "path": "content/a.md",
                "line": 1, "column": 1, "end_line": 1, "end_column": 2, "start": 0, "end": 1,
            }],
            "fix": [],
        }])
    );
    assert_eq!(plain(&[], &files, Format::Json), "[]\n");
}

#[test]
fn workflow_commands_are_escaped() {
    let files = files(&[("content/a,b:c.md", "x\ny")]);
    let list = [
        Diagnostic::error(Code::BrokenRef, span(&files, 0, "y"), "100%\nbroken: a,b").help("do"),
        Diagnostic::warning(Code::NoContent, None, "none"),
        Diagnostic::warning(Code::UnknownShortcode, Span::new(FileId(0), 0, 3), "two lines"),
    ];
    assert_lines(
        &plain(&list, &files, Format::Github),
        &[
            "::error file=content/a%2Cb%3Ac.md,line=2,col=1,endLine=2,endColumn=2,title=broken-ref::\
             100%25%0Abroken: a,b%0Ahelp: do",
            "::warning title=no-content::none",
            "::warning file=content/a%2Cb%3Ac.md,line=1,col=1,endLine=2,title=unknown-shortcode::two lines",
        ],
    );
}

#[test]
fn findings_are_sorted_by_file_and_place_and_said_once() {
    let files = files(&[("b.md", "xy"), ("a.md", "x")]);
    let y = Diagnostic::warning(Code::BrokenLink, span(&files, 0, "y"), "y");
    let x = Diagnostic::error(Code::BrokenLink, span(&files, 0, "x"), "x");
    let a = Diagnostic::warning(Code::BrokenLink, span(&files, 1, "x"), "a");
    let none = Diagnostic::warning(Code::NoContent, None, "none");
    let mut list = vec![y.clone(), x.clone(), y.clone(), a.clone(), none.clone()];
    sort(&mut list, &files);
    assert_eq!(list, [none, a, x, y]);
}

proptest::proptest! {
    #[test]
    fn no_text_and_no_span_makes_a_printer_fail(
        text in "(?s)[a\t\r\n準\u{1F468}\u{200d}\u{301}\u{feff}]{0,300}", start in 0usize..400, len in 0usize..400,
        width in 0usize..200,
    ) {
        let files = Files(vec![("a.md", text)]);
        let d = Diagnostic::warning(Code::BrokenLink, Span::new(FileId(0), start, start + len), "m");
        for format in [Format::Human, Format::Short, Format::Json, Format::Github] {
            render(std::slice::from_ref(&d), &files, format, width);
        }
    }
}

/// Returns true if a build server takes a line for a command.
fn is_command(line: &str) -> bool {
    let line = anstream::adapter::strip_str(line).to_string();
    let begins = line.trim_start();
    let azure = |name: &str| line.contains(&format!("##{name}["));
    begins.starts_with("::") && !begins.starts_with("::: ") || azure("") || azure("vso") || azure("teamcity")
}

#[test]
fn names_and_texts_of_a_site_give_no_commands_to_build_servers() {
    let evil = "content/a\n::warning file=x::INJECTED\r::error::y\u{2028}::z ##[add-mask]x ##vso[task.x]y.md";
    let files = Files(vec![(evil, "##[group]x ##vso[y]z\n::error::z\n".to_owned())]);
    let d = Diagnostic::warning(Code::BrokenLink, Span::new(FileId(0), 0, 40), evil)
        .help(evil)
        .label(Span::new(FileId(0), 22, 30), evil);
    for format in [Format::Human, Format::Short] {
        let text = render(std::slice::from_ref(&d), &files, format, DEFAULT_WIDTH);
        let commands: Vec<&str> = text.lines().filter(|line| is_command(line)).collect();
        assert!(commands.is_empty(), "{commands:#?} in\n{text}");
        assert!(text.contains("INJECTED"));
    }
    let json = render(std::slice::from_ref(&d), &files, Format::Json, DEFAULT_WIDTH);
    assert!(!json.contains("##"), "{json}");
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read[0]["message"], evil);
}

proptest::proptest! {
    #[test]
    fn whatever_a_message_is_no_line_is_a_command(
        message in "(?s)([:#\\[\n\r\u{2028}\u{85} a]|vso){0,40}", help in "(?s)[:#\\[\n a]{0,20}",
    ) {
        let files = Files(vec![("a.md", message.clone())]);
        let d = Diagnostic::error(Code::BrokenLink, Span::new(FileId(0), 0, message.len()), message).help(help);
        for format in [Format::Human, Format::Short] {
            let text = render(std::slice::from_ref(&d), &files, format, DEFAULT_WIDTH);
            proptest::prop_assert!(!text.lines().any(is_command), "{}", text);
        }
    }
}

#[test]
fn sarif_names_rules_and_places() {
    let files = files(&[("content/a b.md", "x\ny準z")]);
    let list = [
        Diagnostic::error(Code::BrokenRef, span(&files, 0, "z"), "gone").help("look"),
        Diagnostic::note(Code::NoContent, None, "none"),
    ];
    let value: serde_json::Value = serde_json::from_str(&plain(&list, &files, Format::Sarif)).expect("JSON");
    let run = &value["runs"][0];
    let result = &run["results"][0];
    assert_eq!(run["tool"]["driver"]["rules"][1]["id"], "broken-ref");
    assert_eq!(
        (&result["ruleIndex"], &result["level"]),
        (&1.into(), &"error".into())
    );
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/a%20b.md");
    assert_eq!(place["region"]["startColumn"], 3);
    assert_eq!(run["results"][1]["level"], "note");
}

#[test]
fn junit_has_a_test_for_each_finding() {
    let files = files(&[("content/a.md", "x")]);
    let list = [
        Diagnostic::error(Code::BrokenRef, span(&files, 0, "x"), "a < b"),
        Diagnostic::note(Code::NoContent, None, "none"),
    ];
    let text = plain(&list, &files, Format::Junit);
    assert!(
        text.contains("tests=\"2\" failures=\"1\" skipped=\"1\""),
        "{text}"
    );
    assert!(
        text.contains("message=\"a &lt; b\">content/a.md:1:1: a &lt; b</failure>"),
        "{text}"
    );
    assert!(plain(&[], &files, Format::Junit).contains("tests=\"1\" failures=\"0\""));
}

#[test]
fn a_summary_is_a_table_without_markup_of_the_site() {
    let files = files(&[("content/a.md", "x")]);
    let list = [Diagnostic::error(
        Code::BrokenRef,
        span(&files, 0, "x"),
        "<b>|\n![x](y)",
    )];
    assert!(
        plain(&list, &files, Format::Summary)
            .ends_with("| error | broken-ref | content/a.md:1:1 | &lt;b>\\| \\!\\[x](y) |\n")
    );
}
