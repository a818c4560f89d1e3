use proptest::prelude::*;

use super::*;

fn options(info: &str) -> FenceOptions {
    let (fence, problems) = parse_info(info);
    assert_eq!(problems, [], "{info}");
    fence.options
}

fn site() -> config::Highlight {
    config::Highlight {
        code_fences: true,
        line_numbers: false,
        in_table: true,
        start: 1,
        guess_syntax: false,
    }
}

#[test]
fn the_language_ends_at_a_space_or_a_brace() {
    for (info, language) in [
        ("go", Some("go")),
        (" js foo", Some("js")),
        ("C++", Some("C++")),
        ("sh copy", Some("sh")),
        ("js:src/app.js", Some("js:src/app.js")),
        ("go{linenos=inline}", Some("go")),
        ("go {linenos=inline}", Some("go")),
        ("bash title=\"x.sh\"", Some("bash")),
        ("{.python}", None),
        ("{linenos=table}", None),
        ("", None),
    ] {
        assert_eq!(parse_info(info).0.language.as_deref(), language, "{info}");
    }
}

#[test]
fn words_between_language_and_braces_are_ignored() {
    let (fence, problems) = parse_info("go title=\"x\" {linenos=inline}");
    assert_eq!(
        (fence.options.line_numbers, fence.options.title),
        (Some(true), None)
    );
    assert_eq!(problems, []);
}

#[test]
fn names_of_options_have_no_case() {
    let options = options("go {lineNos=inline, lineNoStart=3, hl_Lines=[1]}");
    assert_eq!(options.line_numbers, Some(true));
    assert_eq!(options.start, Some(3));
    assert_eq!(options.highlighted, [1..=1]);
}

#[test]
fn line_numbers_have_four_values() {
    for (value, on) in [
        ("table", true),
        ("inline", true),
        ("true", true),
        ("false", false),
        ("\"table\"", true),
    ] {
        assert_eq!(
            options(&format!("go {{linenos={value}}}")).line_numbers,
            Some(on),
            "{value}"
        );
    }
}

#[test]
fn highlighted_lines_have_many_forms() {
    for (value, lines) in [
        ("2", vec![2..=2]),
        ("[1,\"3-4\"]", vec![1..=1, 3..=4]),
        ("\"1 3-4\"", vec![1..=1, 3..=4]),
        ("[\"3-4\", 1 , 2]", vec![1..=4]),
        ("\"1,5\"", vec![1..=1, 5..=5]),
        ("3-4", vec![3..=4]),
        ("[]", vec![]),
    ] {
        assert_eq!(
            options(&format!("go {{hl_lines={value}}}")).highlighted,
            lines,
            "{value}"
        );
    }
}

#[test]
fn other_attributes_are_kept_in_order_and_classes_are_joined() {
    let (fence, problems) =
        parse_info(r#"text {class="my cls" id=zz .wide #yy data-x=1 linenos=true style=github}"#);
    assert_eq!(problems, []);
    let attributes: Vec<_> = fence
        .attributes
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        attributes,
        [("class", "my cls wide"), ("id", "yy"), ("data-x", "1")]
    );
}

#[test]
fn a_title_may_be_called_filename() {
    assert_eq!(
        options(r#"go {title="a \"b\" \\ c"}"#).title.as_deref(),
        Some(r#"a "b" \ c"#)
    );
    assert_eq!(options("go {filename=main.go}").title.as_deref(), Some("main.go"));
    assert_eq!(
        options("go {filename=main.go title=T}").title.as_deref(),
        Some("T")
    );
}

#[test]
fn a_mistake_has_its_place_and_costs_only_itself() {
    for (info, wrong) in [
        ("go {a b c}", vec!["a", "b", "c"]),
        ("go {=x linenos=true}", vec!["=x"]),
        ("go {title=a b linenos=true}", vec!["b"]),
        ("go {title=\"a b\" foo}", vec!["foo"]),
        ("go {title='a b'}", vec!["'a b'"]),
        ("go {linenos=maybe}", vec!["linenos=maybe"]),
        ("go {linenos=}", vec!["linenos="]),
        ("go {hl_lines=[4-2]}", vec!["hl_lines=[4-2]"]),
        ("go {hl_lines=0}", vec!["hl_lines=0"]),
        ("go {title=\"a}", vec!["title=\"a", "{title=\"a}"]),
        ("go {linenos=true", vec!["{linenos=true"]),
    ] {
        let problems = parse_info(info).1;
        let found: Vec<&str> = problems
            .iter()
            .map(|problem| &info[problem.range.clone()])
            .collect();
        assert!(
            wrong.iter().all(|part| found.iter().any(|f| f.starts_with(part))),
            "{info}: {found:?}"
        );
    }
    assert_eq!(
        parse_info("go {=x linenos=true}").0.options.line_numbers,
        Some(true)
    );
    assert_eq!(
        parse_info("go {title='a b'}").0.options.title.as_deref(),
        Some("a b")
    );
}

#[test]
fn a_wrong_value_is_explained() {
    let problems = parse_info("go {linenos=maybe}").1;
    assert_eq!(
        problems[0].message,
        "`linenos` is `table`, `inline`, `true` or `false`, not `maybe`"
    );
}

#[test]
fn the_shortcode_has_its_own_form() {
    let (options, problems) = parse_options("linenos=inline,hl_lines=1 3-4, linenostart = 7,style=monokai");
    assert_eq!(problems, []);
    assert_eq!(options.line_numbers, Some(true));
    assert_eq!(options.highlighted, [1..=1, 3..=4]);
    assert_eq!(options.start, Some(7));
    assert!(parse_options("hl_inline=true").0.inline);
    assert_eq!(parse_options("").1, []);
    assert_eq!(parse_options("linenos=true,what").1[0].range, 13..17);
}

#[test]
fn numbers_for_the_whole_site_leave_plain_text_alone() {
    let site = config::Highlight {
        line_numbers: true,
        ..site()
    };
    assert!(FenceOptions::default().lines(&site, true, 0).numbers);
    assert!(!FenceOptions::default().lines(&site, false, 0).numbers);
    assert!(options("x {linenos=true}").lines(&site, false, 0).numbers);
    assert!(!options("x {linenos=false}").lines(&site, true, 0).numbers);
}

#[test]
fn ids_of_lines_begin_with_the_blocks_number_or_with_a_given_name() {
    assert_eq!(
        options("go {anchorlinenos=true}")
            .lines(&site(), true, 2)
            .anchor_prefix
            .as_deref(),
        Some("hl-2-")
    );
    let named = options("go {anchorlinenos=true lineanchors=p}");
    assert_eq!(named.lines(&site(), true, 2).anchor_prefix.as_deref(), Some("p-"));
    assert_eq!(
        FenceOptions::default().lines(&site(), true, 2).anchor_prefix,
        None
    );
}

proptest! {
    #[test]
    fn any_info_string_is_read_and_problems_lie_inside_it(info in "[a-z{}=\\[\\]\"', .#\\\\0-9あ-]{0,40}") {
        let (fence, problems) = parse_info(&info);
        for problem in &problems {
            prop_assert!(info.get(problem.range.clone()).is_some_and(|part| !part.is_empty()));
        }
        for pair in fence.options.highlighted.windows(2) {
            prop_assert!(pair[0].end() < pair[1].start());
        }
    }

    #[test]
    fn any_option_string_is_read(options in ".{0,40}") {
        for problem in parse_options(&options).1 {
            prop_assert!(options.get(problem.range).is_some());
        }
    }
}
