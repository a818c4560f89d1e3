use proptest::prelude::*;

use super::*;

fn marked(language: &str, code: &str) -> String {
    let highlighter = Highlighter::default();
    let tokens = highlighter.tokens(language, code).expect("a known language");
    let mut at = 0;
    let mut marked = String::new();
    for (class, len) in tokens.runs() {
        let text = &code[at..at + len];
        match class.css() {
            Some(css) => marked.push_str(&format!("‹{css}:{text}›")),
            None => marked.push_str(text),
        }
        at += len;
    }
    marked
}

#[test]
fn go_has_keywords_functions_strings_numbers_and_comments() {
    assert_eq!(
        marked("go", "// main\nfunc main() {\n\tx := 42 + len(\"a\")\n}\n"),
        "‹c:// main›\n‹k:func› ‹f:main›() {\n\tx := ‹n:42› + ‹f:len›(‹s:\"a\"›)\n}\n"
    );
}

#[test]
fn shell_has_commands_options_and_variables() {
    assert_eq!(
        marked(
            "bash",
            "export A=1 # x\nkubectl get pods -n \"$NS\" | grep a && echo done\n"
        ),
        "‹k:export› A=1 ‹c:# x›\n‹f:kubectl› get pods ‹v:-n› ‹s:\"›‹v:$NS›‹s:\"› | ‹f:grep› a && ‹f:echo› done\n"
    );
}

#[test]
fn yaml_keys_stand_out_and_plain_values_do_not() {
    assert_eq!(
        marked("yaml", "kind: Pod # c\nreplicas: 3\nargs: [\"-v\", true]\n"),
        "‹v:kind›: Pod ‹c:# c›\n‹v:replicas›: ‹n:3›\n‹v:args›: [‹s:\"-v\"›, ‹n:true›]\n"
    );
}

#[test]
fn json_keys_differ_from_json_strings() {
    assert_eq!(
        marked("json", "{\"a\": \"b\", \"c\": [1, null]}"),
        "{‹v:\"a\"›: ‹s:\"b\"›, ‹v:\"c\"›: [‹n:1›, ‹n:null›]}"
    );
}

#[test]
fn word_operators_are_keywords_and_signs_are_not() {
    assert_eq!(marked("python", "a and b + c\n"), "a ‹k:and› b + c\n");
}

#[test]
fn a_terminal_session_has_prompts_commands_and_output() {
    assert_eq!(
        marked("console", "$ echo \"a\"\na # out\n$ cat <<EOF\nb\nEOF\nb\n"),
        "‹p:$› ‹f:echo› ‹s:\"a\"›\n‹o:a # out›\n‹p:$› ‹f:cat› <<‹k:EOF›\n‹s:b›\n‹k:EOF›\n‹o:b›\n"
    );
}

#[test]
fn shell_code_that_begins_with_a_prompt_is_a_session() {
    assert_eq!(marked("bash", "$ ls\nfile if\n"), "‹p:$› ‹f:ls›\n‹o:file if›\n");
}

#[test]
fn a_session_without_a_prompt_is_plain() {
    assert_eq!(marked("console", "file if\n"), "file if\n");
}

#[test]
fn unknown_languages_have_no_tokens_and_plain_ones_have_plain_tokens() {
    let highlighter = Highlighter::default();
    assert_eq!(highlighter.tokens("nosuchlang", "if"), None);
    assert_eq!(highlighter.tokens("text", "if"), Some(Tokens::plain("if")));
}

#[test]
fn huge_code_and_long_lines_stay_plain() {
    let highlighter = Highlighter::default();
    let is_plain = |language, code: &str| highlighter.tokens(language, code) == Some(Tokens::plain(code));
    assert!(is_plain("go", &format!("x := {}\n", "1 + ".repeat(5_000))));
    assert!(is_plain("go", &"x := 1\n".repeat(LONGEST_CODE / 7 + 1)));
    assert!(is_plain("scss", &"a-".repeat(200)));
    assert!(!is_plain("json", &format!("[{}1]", "1, ".repeat(3_000))));
}

#[test]
fn known_code_needs_no_grammar() {
    let dir = tempfile::tempdir().unwrap();
    let code = "func main() {}";
    let first = Highlighter::default();
    let tokens = first.tokens("go", code);
    first.cache().save(dir.path()).unwrap();
    let second = Highlighter::new(Cache::load(dir.path()));
    assert_eq!(second.tokens("golang", code), tokens);
    assert!(!second.grammars.loaded());
}

/// The runs from a thread that has highlighted no other code.
fn fresh(language: &str, code: &str) -> Option<Tokens> {
    std::thread::scope(|scope| {
        scope
            .spawn(|| Highlighter::default().tokens(language, code))
            .join()
            .unwrap()
    })
}

#[test]
fn what_was_seen_before_changes_nothing() {
    let codes = [
        "/* a\n}\n*/\n}\n",
        "}\n",
        "x := `\n}\n`\n}\n",
        "func a() {\n\treturn\n}\n",
        "\treturn\n}\n/*\n}\n",
    ];
    for code in codes.iter().chain(&codes) {
        assert_eq!(
            Highlighter::default().tokens("go", code),
            fresh("go", code),
            "{code}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn lines_in_any_order_get_the_same_runs_as_alone(
        language in prop::sample::select(vec!["go", "bash", "yaml", "html", "markdown", "php", "python"]),
        lines in prop::collection::vec(prop::sample::select(vec![
            "\n", "}\n", "\"\n", "'\n", "/*\n", "*/\n", "```go\n", "```\n", "<<EOF\n", "EOF\n", "<script>\n",
            "</script>\n", "  - a: |\n", "    b\n", "if x {\n", "<?php\n", "?>\n", "\"\"\"\n", "$(a \\\n", "# c\n", "a",
        ]), 0..24),
    ) {
        let code = lines.concat();
        prop_assert_eq!(Highlighter::default().tokens(language, &code), fresh(language, &code));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn runs_cover_any_code_in_any_language(
        language in prop::sample::select(vec!["go", "bash", "console", "yaml", "html", "markdown", "php", "diff", "promql", "js"]),
        code in "(\\PC|[\\n\\t<>{}()\"'`$#\\\\ =-]){0,120}",
    ) {
        let tokens = Highlighter::default().tokens(language, &code).unwrap();
        prop_assert_eq!(tokens.runs().map(|run| run.1).sum::<usize>(), code.len());
    }
}
