use super::*;
use crate::diag::{Diagnostic, Span};
use crate::parse::{Arg, ArgValue, Call};
use proptest::prelude::*;

const FILE: FileId = FileId(0);

/// Segments and findings, short: `[name args|inner]` for calls, `«text»` for escapes.
fn show(text: &str) -> (String, Vec<String>) {
    let (segments, diagnostics) = parse(FILE, text, 0..text.len());
    (
        show_all(text, &segments),
        diagnostics
            .iter()
            .map(|finding| show_finding(text, finding))
            .collect(),
    )
}

fn show_finding(text: &str, finding: &Diagnostic) -> String {
    format!(
        "{} {}",
        finding.code,
        finding.span.map_or("", |span| &text[span.range()])
    )
}

fn show_all(text: &str, segments: &[Segment]) -> String {
    segments
        .iter()
        .map(|segment| show_segment(text, segment))
        .collect()
}

fn show_segment(text: &str, segment: &Segment) -> String {
    match segment {
        Segment::Text(span) => text[span.range()].to_owned(),
        Segment::Escaped { text, .. } => format!("«{text}»"),
        Segment::Call(call) => {
            let args: String = show_args(call);
            let inner = call
                .inner
                .as_ref()
                .map(|inner| format!("|{}", show_all(text, &inner.segments)));
            format!("[{}{args}{}]", call.name, inner.unwrap_or_default())
        }
    }
}

fn show_args(call: &Call) -> String {
    let value = |arg: &Arg| match &arg.value {
        ArgValue::Str(text) => format!("{text:?}"),
        ArgValue::Int(number) => number.to_string(),
        ArgValue::Float(number) => format!("{number:?}"),
        ArgValue::Bool(flag) => flag.to_string(),
    };
    let positional = call.args.positional.iter().map(|arg| format!(" {}", value(arg)));
    let named = call
        .args
        .named
        .iter()
        .map(|(key, arg)| format!(" {key}={}", value(arg)));
    positional.chain(named).collect()
}

/// The segments of a text without findings.
fn fine(text: &str) -> String {
    let (shown, findings) = show(text);
    assert_eq!(findings, [""; 0], "{text}");
    shown
}

#[test]
fn both_delimiters_make_calls_with_or_without_spaces() {
    assert_eq!(fine("a {{< x >}} b {{%y%}}{{<z 1>}}"), "a [x] b [y][z 1]");
    assert_eq!(fine("{{% expand%}}T{{% /expand%}}"), "[expand|T]");
    assert_eq!(fine("{{< a >}}T{{< / a >}}"), "[a|T]");
}

#[test]
fn the_delimiters_of_a_pair_need_not_agree() {
    assert_eq!(fine("{{< box >}}a{{% /box %}}"), "[box|a]");
}

#[test]
fn names_hold_slashes_hyphens_underscores_and_dots() {
    let text = "{{< blocks/cover >}}x{{< /blocks/cover >}}{{< q_icon >}}{{< t.inline >}}{{ .x }}{{< /t.inline >}}{{< 日本 >}}";
    assert_eq!(fine(text), "[blocks/cover|x][q_icon][t.inline|{{ .x }}][日本]");
}

#[test]
fn other_braces_are_text() {
    for text in [
        "{{ .x }} {{x}} {{- -}} {{/* c */}}",
        "{{&lt;icon >}}",
        "{{{x}}}",
        "{",
        "{{",
        "a {{",
    ] {
        assert_eq!(fine(text), text);
    }
    assert_eq!(fine("{{{< x >}}}"), "{[x]}");
}

#[test]
fn a_backslash_does_not_protect_a_call() {
    assert_eq!(fine("\\{{< x >}}"), "\\[x]");
}

#[test]
fn calls_are_found_in_code_and_not_in_comments() {
    assert_eq!(
        fine("```\n{{< x >}}\n```\n<!-- {{% y %}} --> `{{< z >}}`"),
        "```\n[x]\n```\n«<!-- -->» `[z]`"
    );
}

#[test]
fn escaped_calls_print_themselves() {
    assert_eq!(
        fine("`{{</* box a */>}}` {{%/* md */%}}"),
        "`«{{< box a >}}»` «{{% md %}}»"
    );
    assert_eq!(
        fine("{{</*box*/>}} {{</* box /*/>}}"),
        "«{{<box>}}» «{{< box />}}»"
    );
    assert_eq!(fine("{{</* a\nb */>}}"), "«{{< a\nb >}}»");
}

#[test]
fn an_escape_that_is_not_closed_is_text() {
    let (shown, findings) = show("{{</* x >}} y\nz {{< a >}}");
    assert_eq!(shown, "{{</* x >}} y\nz [a]");
    assert_eq!(findings, ["invalid-shortcode {{</* x >}} y"]);
}

#[test]
fn bare_words_are_typed_and_quoted_ones_are_not() {
    assert_eq!(
        fine(r#"{{< g true False 007 -3 1.5 .5 0x10 1e3 1_000 null "5" "true" 1.2.3 - >}}"#),
        r#"[g true "False" 7 -3 1.5 0.5 "0x10" "1e3" "1_000" "null" "5" "true" "1.2.3" "-"]"#
    );
}

#[test]
fn named_arguments_may_have_spaces_round_the_sign() {
    assert_eq!(
        fine(r#"{{< g a=1 b = "x y" c= `z` d =true data-e.f=g >}}"#),
        r#"[g a=1 b="x y" c="z" d=true data-e.f="g"]"#
    );
}

#[test]
fn named_values_may_hold_any_characters() {
    assert_eq!(
        fine("{{< g u=https://x.y/z?a=b&c t=[tip] p=a/ >}}"),
        r#"[g u="https://x.y/z?a=b&c" t="[tip]" p="a/"]"#
    );
}

#[test]
fn only_the_quote_is_escaped_in_quoted_arguments() {
    assert_eq!(
        fine(r#"{{< g "a\\b" "t\tq" "say \"x\"" `r\"w` >}}"#),
        r#"[g "a\\\\b" "t\\tq" "say \"x\"" "r\\\"w"]"#
    );
    assert_eq!(fine(r#"{{< g \"a b\" >}}"#), r#"[g "a b"]"#);
}

#[test]
fn quoted_arguments_may_hold_braces() {
    assert_eq!(
        fine(r#"{{< g "x {{< h >}} y" `%}}` >}}"#),
        r#"[g "x {{< h >}} y" "%}}"]"#
    );
}

#[test]
fn tags_and_raw_arguments_may_span_lines() {
    assert_eq!(
        fine("{{< g\n  a=1\r\n\n  b=`l1\nl2`\n>}}"),
        r#"[g a=1 b="l1\nl2"]"#
    );
}

#[test]
fn what_hugo_refuses_in_arguments_is_read_with_a_warning() {
    let (shown, findings) = show("{{< g a/b.md it's [x] >}}");
    assert_eq!(shown, r#"[g "a/b.md" "it's" "[x]"]"#);
    assert_eq!(
        findings,
        [
            "shortcode-argument /",
            "shortcode-argument '",
            "shortcode-argument ["
        ]
    );
    let (shown, findings) = show("{{< g 'a b' c='d' >}}");
    assert_eq!(shown, r#"[g "a b" c="d"]"#);
    assert_eq!(
        findings,
        [
            "shortcode-argument 'a b'",
            "shortcode-argument 'd'",
            "shortcode-argument 'd'"
        ]
    );
    let (shown, findings) = show("{{< g a=1 \"b\" >}}");
    assert_eq!(
        (shown.as_str(), findings),
        (r#"[g "b" a=1]"#, vec!["shortcode-argument \"b\"".to_owned()])
    );
    assert_eq!(show("{{< g a= >}}").0, r#"[g a=""]"#);
}

#[test]
fn arguments_know_where_they_stand() {
    let text = "日 {{< g a=\"b c\" \"d\" >}}";
    let (segments, _) = parse(FILE, text, 0..text.len());
    let Segment::Call(call) = &segments[1] else {
        panic!("a call")
    };
    assert_eq!(&text[call.name_span.range()], "g");
    assert_eq!(&text[call.args.named[0].1.span.range()], "\"b c\"");
    assert_eq!(&text[call.args.positional[0].span.range()], "\"d\"");
    assert_eq!(&text[call.open_span.range()], "{{< g a=\"b c\" \"d\" >}}");
}

#[test]
fn self_closing_calls_hold_no_text() {
    assert_eq!(
        fine("{{< a />}}{{<b/>}}{{% c \"x\" / %}}{{< d e=f/>}}{{< a >}}x{{< /a >}}{{< notice/ >}}"),
        r#"[a][b][c "x"][d e="f"][a|x][notice]"#
    );
}

#[test]
fn malformed_calls_are_text_with_the_place_of_the_mistake() {
    let cases = [
        ("x {{< >}} y", "invalid-shortcode {{< >}}"),
        ("{{< \"x\" >}}", "invalid-shortcode {{< \"x\" >}}"),
        ("{{< a:b >}}", "invalid-shortcode a:"),
        ("{{< x %}} y", "invalid-shortcode %}}"),
        ("{{% x >}} y", "invalid-shortcode >}}"),
        ("{{< x }} y", "invalid-shortcode }}"),
        ("{{< x \"abc >}}\ny", "invalid-shortcode \"abc >}}"),
        ("{{< x `abc", "invalid-shortcode `abc"),
        ("T {{< x a\nmore", "invalid-shortcode {{< x a"),
        ("{{<", "invalid-shortcode {{<"),
        ("{{% 50% %}}", "invalid-shortcode 50%"),
    ];
    for (text, finding) in cases {
        let (shown, findings) = show(text);
        assert_eq!(shown, text);
        assert_eq!(findings, [finding], "{text}");
    }
}

#[test]
fn a_call_that_is_not_closed_does_not_swallow_the_next() {
    let (shown, findings) = show("{{< x a\n\n{{< y >}}");
    assert_eq!(shown, "{{< x a\n\n[y]");
    assert_eq!(findings, ["invalid-shortcode {{< x a"]);
}

#[test]
fn calls_nest() {
    let text = "{{< tabs >}}{{% tab a %}}1{{% /tab %}}{{% tab b %}}2{{< x >}}{{% /tab %}}{{< /tabs >}}";
    assert_eq!(fine(text), r#"[tabs|[tab "a"|1][tab "b"|2[x]]]"#);
    assert_eq!(fine("{{< a >}}{{< a >}}1{{< /a >}}2{{< /a >}}"), "[a|[a|1]2]");
}

#[test]
fn the_same_name_may_be_used_with_and_without_closing_tag() {
    assert_eq!(
        fine("{{% children %}} {{% children %}}x{{% /children %}} {{% children /%}}"),
        "[children] [children|x] [children]"
    );
}

#[test]
fn a_closing_tag_ends_the_innermost_call_whatever_its_name() {
    let (shown, findings) = show("{{% a %}}1{{% b %}}2{{% /a %}}3{{% /b %}}");
    assert_eq!(shown, "[a|1[b|2]3]");
    assert_eq!(
        findings,
        [
            "mismatched-closing-tag {{% /a %}}",
            "mismatched-closing-tag {{% /b %}}"
        ]
    );
}

#[test]
fn a_closing_tag_of_the_wrong_name_ends_a_call_that_has_none_of_its_own() {
    let text = "{{% onlyWhen a %}}1{{% onlyWhenNot b %}}2{{% /onlyWhen %}}3{{% /onlyWhen %}}4";
    let (shown, findings) = show(text);
    assert_eq!(shown, r#"[onlyWhen "a"|1[onlyWhenNot "b"|2]3]4"#);
    assert_eq!(findings, ["mismatched-closing-tag {{% /onlyWhen %}}"]);
}

#[test]
fn closing_tags_with_swapped_names_close_the_innermost_call() {
    let text = "{{% onlyWhen a %}}0{{% /onlyWhen %}}{{% details %}}{{% onlyWhenNot a %}}1{{% /onlyWhen %}}\
        {{% onlyWhen a %}}2{{% /onlyWhenNot %}}{{% /details %}}";
    let (shown, findings) = show(text);
    assert_eq!(
        shown,
        r#"[onlyWhen "a"|0][details|[onlyWhenNot "a"|1][onlyWhen "a"|2]]"#
    );
    assert_eq!(findings.len(), 2);
}

#[test]
fn a_mistyped_closing_tag_ends_the_call_that_lacks_one() {
    let (shown, findings) = show("{{% notice %}}1{{% /notcie %}}2");
    assert_eq!(shown, "[notice|1]2");
    assert_eq!(findings, ["mismatched-closing-tag {{% /notcie %}}"]);
}

#[test]
fn one_closing_tag_too_many_does_not_end_the_call_around_it() {
    let (shown, findings) =
        show("{{% expand %}}{{% notice %}}1{{% /notice %}}{{% /notice %}}2{{% /expand %}}");
    assert_eq!(shown, "[expand|[notice|1]«»2]");
    assert_eq!(findings, ["stray-closing-tag {{% /notice %}}"]);
}

#[test]
fn a_call_that_needs_a_closing_tag_ends_with_what_is_around_it() {
    let (shown, findings) = show("{{% x %}}1{{% details %}}2{{% /x %}}3{{% notice tip %}}4");
    assert_eq!(shown, r#"[x|1[details|2]]3[notice "tip"|4]"#);
    assert_eq!(
        findings,
        [
            "unclosed-shortcode {{% details %}}",
            "unclosed-shortcode {{% notice tip %}}"
        ]
    );
}

#[test]
fn of_two_equal_calls_the_inner_one_gets_the_closing_tag() {
    let (shown, findings) = show("{{% notice %}}1{{% notice %}}2{{% /notice %}}3");
    assert_eq!(shown, "[notice|1[notice|2]3]");
    assert_eq!(findings, ["unclosed-shortcode {{% notice %}}"]);
}

#[test]
fn stray_closing_tags_are_dropped() {
    let (shown, findings) = show("a{{% /x %}}b{{< y >}}c{{< /y >}}{{< /y >}}");
    assert_eq!(shown, "a«»b[y|c]«»");
    assert_eq!(
        findings,
        ["stray-closing-tag {{% /x %}}", "stray-closing-tag {{< /y >}}"]
    );
}

#[test]
fn a_closing_tag_of_a_call_without_text_is_dropped() {
    let (shown, findings) = show("{{< figure src=a >}}x{{< /figure >}}");
    assert_eq!(shown, r#"[figure src="a"]x«»"#);
    assert_eq!(findings, ["stray-closing-tag {{< /figure >}}"]);
}

#[test]
fn a_closing_tag_in_another_case_closes_with_a_warning() {
    let (shown, findings) = show("{{% Tab %}}x{{% /tab %}}");
    assert_eq!((shown.as_str(), findings.len()), ("[Tab|x]", 1));
}

#[test]
fn arguments_of_a_closing_tag_are_a_warning() {
    let (shown, findings) = show("{{< a >}}x{{< /a b >}}");
    assert_eq!(
        (shown.as_str(), findings),
        ("[a|x]", vec!["shortcode-argument b".to_owned()])
    );
}

#[test]
fn the_indent_is_the_white_space_of_a_call_alone_on_its_line() {
    let indent = |text: &str| {
        let (segments, _) = parse(FILE, text, 0..text.len());
        segments.into_iter().find_map(|segment| match segment {
            Segment::Call(call) => Some(call.indent),
            _ => None,
        })
    };
    assert_eq!(indent("{{< x >}}"), Some(Some(String::new())));
    assert_eq!(indent("a\n \t{{< x >}} b"), Some(Some(" \t".into())));
    assert_eq!(indent("- {{< x >}}"), Some(None));
    assert_eq!(indent("a\r\n  {{< x >}}"), Some(Some("  ".into())));
}

#[test]
fn calls_nested_too_deeply_stay_text() {
    let text = format!("{}x{}", "{{< a >}}".repeat(150), "{{< /a >}}".repeat(150));
    let (segments, diagnostics) = parse(FILE, &text, 0..text.len());
    assert_eq!(segments.len(), 1);
    assert_eq!(diagnostics.len(), 1);
    check_cover(&segments, Span::new(FILE, 0, text.len())).expect("covered");
    let many = "{{< notice >}}".repeat(20_000);
    assert!(parse(FILE, &many, 0..many.len()).1.len() < 30_000);
}

/// The segments cover `whole` without gap or overlap, at every depth.
fn check_cover(segments: &[Segment], whole: Span) -> Result<(), TestCaseError> {
    let mut pos = whole.start;
    for segment in segments {
        let span = match segment {
            Segment::Text(span) | Segment::Escaped { span, .. } => *span,
            Segment::Call(call) => {
                prop_assert_eq!(call.span.start, call.open_span.start);
                prop_assert!(
                    call.open_span.start < call.name_span.start && call.name_span.end < call.open_span.end
                );
                match &call.inner {
                    None => prop_assert_eq!(call.span, call.open_span),
                    Some(inner) => {
                        prop_assert!(
                            inner.span.start == call.open_span.end && inner.span.end <= call.span.end
                        );
                        check_cover(&inner.segments, inner.span)?;
                    }
                }
                call.span
            }
        };
        prop_assert_eq!(span.start, pos);
        prop_assert!(span.end > span.start);
        pos = span.end;
    }
    prop_assert_eq!(pos, whole.end);
    Ok(())
}

fn check(text: &str, body: Range<usize>) -> Result<(), TestCaseError> {
    let (segments, diagnostics) = parse(FILE, text, body.clone());
    check_cover(&segments, Span::new(FILE, body.start, body.end))?;
    for finding in &diagnostics {
        let spans = finding.labels.iter().map(|label| label.span).chain(finding.span);
        for span in spans {
            prop_assert!(text.get(span.range()).is_some(), "{finding:?}");
            prop_assert!(
                span.range().start >= body.start && span.range().end <= body.end,
                "{finding:?}"
            );
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_covered_by_its_segments(text in "(\\PC|[\n\t {}<>%/\"'`=\\\\*]|\\{\\{<|>\\}\\}|\\{\\{%|%\\}\\}){0,60}") {
        check(&text, 0..text.len())?;
    }

    #[test]
    fn any_sequence_of_tags_is_covered_by_its_segments(
        tags in prop::collection::vec(("(\\{\\{[<%] ?/?)", "(a|b|A|notice|ref|tab|details)", "( x=1|/| \"日\"|)( ?[>%]\\}\\})", "(\n|é| |)"), 0..30)
    ) {
        let text: String = tags.into_iter().map(|(left, name, right, text)| left + &name + &right + &text).collect();
        check(&text, 0..text.len())?;
    }
}
