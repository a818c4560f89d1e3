//! Limits: no template runs for long, grows without end, or panics.

use std::sync::Arc;

use proptest::prelude::*;

use crate::cases::render;
use crate::host::MemoryHost;
use hugo_template::{Cause, ExecError, Limits, Template, Value};

fn stop(text: &str) -> ExecError {
    let template = Template::parse("t.html", text).unwrap();
    template
        .execute(&Value::Nil, &MemoryHost::new(), Limits::default())
        .unwrap_err()
}

#[test]
fn endless_work_ends_at_the_limit() {
    let texts = [
        "{{ define \"a\" }}{{ template \"a\" . }}{{ end }}{{ template \"a\" . }}",
        "{{ define \"partials/a.html\" }}{{ partial \"a.html\" . }}{{ end }}{{ partial \"a.html\" . }}",
        "{{ range 1000000 }}{{ range 1000000 }}x{{ end }}{{ end }}",
        "{{ range seq 1000 }}{{ range seq 1000 }}x{{ end }}{{ end }}",
        "{{ range 9223372036854775807 }}{{ end }}",
        "{{ $x := \"ab\" }}{{ range 100 }}{{ $x = print $x $x }}{{ end }}",
        "{{ $x := slice 1 }}{{ range 100 }}{{ $x = slice $x $x }}{{ end }}{{ $x }}",
        "{{ $x := slice 1 }}{{ range 1000 }}{{ $x = slice $x }}{{ end }}{{ $x }}",
        "{{ $x := dict }}{{ range 1000 }}{{ $x = dict \"a\" $x }}{{ end }}{{ jsonify $x }}",
        "{{ strings.Repeat 1000000000 \"abc\" }}",
        "{{ $x := strings.Repeat 4000000 \"a\" }}{{ range 100 }}{{ $x }}{{ end }}",
        "{{ $x := strings.Repeat 1000000 \"a\" }}{{ replace $x \"a\" $x }}",
        "{{ $s := newScratch }}{{ range 100 }}{{ $s.Add \"a\" 1 }}{{ $s.Set \"a\" (slice ($s.Get \"a\") ($s.Get \"a\")) }}{{ end }}",
        "{{ seq 1000000000000 }}",
        "{{ printf \"%099999d%099999d%099999d%099999d\" 1 1 1 1 | strings.Repeat 100 }}",
    ];
    for text in texts {
        let error = stop(text);
        assert_eq!(error.cause, Cause::Limit, "{text}: {error}");
    }
}

#[test]
fn an_error_names_its_template_and_place() {
    let error = stop("abc {{ div 1 0 }}");
    assert_eq!((error.template.as_str(), error.offset), ("t.html", 7));
    let error = stop("{{ if true }}{{ (resources.GetRemote \"https://x.y\").Content }}{{ end }}");
    assert_eq!(error.cause, Cause::Unsupported);
    assert_eq!(
        (error.message.as_str(), error.offset),
        ("resources.GetRemote", 17)
    );
}

#[test]
fn an_error_in_a_partial_names_the_partial() {
    let mut host = MemoryHost::new();
    let partial = Template::parse("partials/a.html", "x{{ getJSON \"https://x.y\" }}").unwrap();
    host.partials.insert("a.html", Arc::new(partial));
    let template = Template::parse("t.html", "{{ partial \"a.html\" . }}").unwrap();
    let error = template
        .execute(&Value::Nil, &host, Limits::default())
        .unwrap_err();
    assert_eq!((error.template.as_str(), error.offset), ("partials/a.html", 4));
    assert_eq!(error.message, "getJSON");
}

#[test]
fn unknown_functions_stop_only_where_they_are_called() {
    let template = Template::parse("t.html", "{{ if false }}{{ images.Blur }}{{ end }}x").unwrap();
    assert_eq!(
        template.unknown_functions().collect::<Vec<_>>(),
        [("images.Blur", 17)]
    );
    let output = template
        .execute(&Value::Nil, &MemoryHost::new(), Limits::default())
        .unwrap();
    assert_eq!(output.html, "x");
}

#[test]
fn messages_are_kept() {
    let template = Template::parse("t.html", "{{ warnf \"a %d\" 1 }}{{ errorf \"b\" }}").unwrap();
    let output = template
        .execute(&Value::Nil, &MemoryHost::new(), Limits::default())
        .unwrap();
    let messages: Vec<&str> = output
        .messages
        .iter()
        .map(|message| message.text.as_str())
        .collect();
    assert_eq!((output.html.as_str(), messages), ("", vec!["a 1", "b"]));
}

#[test]
fn a_template_says_whether_it_reads_the_inner_text() {
    let uses = |text: &str| Template::parse("t.html", text).unwrap().uses_inner();
    assert!(
        uses("{{ .Inner }}") && uses("{{ with $.InnerDeindent }}{{ end }}") && uses("{{ (.Inner) | upper }}")
    );
    assert!(!uses("{{ .Get 0 }} .Inner"));
}

#[test]
fn a_template_says_whether_it_wants_its_inner_text_rendered() {
    let wants = |text: &str| Template::parse("t.html", text).unwrap().wants_rendered_inner();
    assert!(wants("{{ $_hugo_config := `{ \"version\": 1 }` }}{{ .Inner }}"));
    assert!(!wants("{{ $_hugo_config := `{ \"version\": 2 }` }}") && !wants("x"));
}

#[test]
fn text_templates_escape_nothing() {
    let template = Template::parse_text("t.md", "{{ \"<b> & c\" }}[{{ .x }}]<!-- c -->").unwrap();
    let output = template
        .execute(&Value::map([]), &MemoryHost::new(), Limits::default())
        .unwrap();
    assert_eq!(output.html, "<b> & c[]<!-- c -->");
}

/// Pieces that make likely templates.
fn piece() -> impl Strategy<Value = String> {
    let fixed = [
        "{{",
        "}}",
        "{{- ",
        " -}}",
        " ",
        "\n",
        "if ",
        "else ",
        "end",
        "range ",
        "with ",
        "define \"a\"",
        "template \"a\" .",
        "block \"b\" .",
        "break",
        "continue",
        "$x",
        ":=",
        "=",
        "|",
        "(",
        ")",
        ".",
        ".Get 0",
        ".Inner",
        ".Page.Params.a",
        "1",
        "-1",
        "0x",
        "1e9",
        "\"a\"",
        "`b`",
        "'c'",
        "\"",
        "`",
        "slice ",
        "dict ",
        "printf \"%s%5d\" ",
        "index ",
        "seq 3 ",
        "strings.Repeat 3 ",
        "<a href=\"",
        "\">",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<style>",
        "/*",
        "*/",
        "é",
        "{{ .Get 0 }}",
        "{{ range seq 3 }}",
        "{{ end }}",
        "{{ if .Inner }}",
        "{{ \"<'\" }}",
        "partial \"a\" . ",
        "truncate 2 ",
        "substr ",
        "title ",
        "replaceRE ",
        "findRE ",
        "time ",
        "where ",
        "sort ",
        "first 2 ",
        "return 1",
        "try ",
    ];
    prop_oneof![4 => proptest::sample::select(fixed.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,4}"]
}

proptest! {
    #[test]
    fn any_text_parses_or_fails_without_a_panic(text in "\\PC{0,200}") {
        drop(render(&MemoryHost::new(), "{{< x a >}}b{{< /x >}}", &text));
    }

    #[test]
    fn any_template_runs_or_fails_without_a_panic(pieces in proptest::collection::vec(piece(), 0..40)) {
        drop(render(&MemoryHost::new(), "{{< x a >}}b{{< /x >}}", &pieces.concat()));
    }

    #[test]
    fn offsets_of_errors_are_in_the_text(pieces in proptest::collection::vec(piece(), 0..30)) {
        let text = pieces.concat();
        match Template::parse("t.html", &text) {
            Err(error) => prop_assert!(text.is_char_boundary(error.offset)),
            Ok(template) => {
                if let Err(error) = template.execute(&Value::Nil, &MemoryHost::new(), Limits::default()) {
                    prop_assert!(text.is_char_boundary(error.offset));
                }
            }
        }
    }

    #[test]
    fn every_function_takes_any_arguments(
        name in proptest::sample::select(hugo_template::function_names()),
        args in proptest::collection::vec(
            proptest::sample::select(vec![
                "1", "-1", "0", "1.5", "9223372036854775807", "\"\"", "\"a\"", "\"é🎉 b\"", "\"5\"", "nil", "true", ".",
                "(slice)", "(slice 1 \"b\")", "(slice (slice 1) (dict))", "(dict \"a\" 1)", "now", "page", "site",
                "(seq 5)", "\"(\"", "\"2006-01-02\"", "\"2024-02-03\"", "(\"<b>é\" | safeHTML)", "hugo", "\"../..\"",
            ]),
            0..5,
        ),
    ) {
        let text = format!("{{{{ {name} {} }}}}", args.join(" "));
        drop(render(&MemoryHost::new(), "{{< x a >}}b{{< /x >}}", &text));
    }
}

#[test]
fn deep_templates_fit_into_a_small_stack() {
    let nested = "(print ".repeat(20);
    let closed = ")".repeat(20);
    let texts = [
        "{{ define \"partials/a.html\" }}{{ $x := (print (partial \"a.html\" (print .))) }}{{ end }}{{ partial \"a.html\" 1 }}".to_owned(),
        format!("{{{{ define \"partials/a.html\" }}}}{{{{ print {nested}(partial \"a.html\" 1){closed} }}}}{{{{ end }}}}{{{{ partial \"a.html\" 1 }}}}"),
        "{{ define \"a\" }}{{ range 1 }}{{ with 1 }}{{ if 1 }}{{ template \"a\" . }}{{ end }}{{ end }}{{ end }}{{ end }}{{ template \"a\" . }}".to_owned(),
        "{{ define \"partials/a.html\" }}{{ return try (partial \"a.html\" 1) }}{{ end }}{{ partial \"a.html\" 1 }}".to_owned(),
    ];
    let thread = std::thread::Builder::new().stack_size(1 << 20);
    let run = move || {
        for text in &texts {
            assert_eq!(stop(text).cause, Cause::Limit, "{text}");
        }
    };
    thread.spawn(run).unwrap().join().unwrap();
}
