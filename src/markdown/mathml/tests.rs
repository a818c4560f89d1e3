use proptest::prelude::*;

use super::*;

fn block(tex: &str) -> String {
    to_mathml(tex, Display::Block).unwrap_or_else(|error| panic!("{tex}: {error:?}"))
}

#[test]
fn formulas_become_mathml() {
    let inline = to_mathml(r"x^2", Display::Inline).unwrap();
    assert!(inline.starts_with("<math>") && inline.contains("<msup>"));
    assert!(block(r"\sum_{i=1}^n i").starts_with("<math display=\"block\">"));
}

#[test]
fn the_same_formula_gives_the_same_bytes() {
    let tex =
        r"\begin{array}{l|r} a & \boxed{b} \\ \hline \colorbox{yellow}{c} & \xrightarrow{d} \end{array}";
    let first = block(tex);
    for _ in 0..20 {
        assert_eq!(block(tex), first);
    }
}

#[test]
fn text_in_formulas_is_escaped() {
    let mathml = block(r"\text{<script>&} < 日本".replace('&', r"\&").as_str());
    assert!(
        !mathml.contains("<script>") && mathml.contains("日本"),
        "{mathml}"
    );
}

#[test]
fn what_would_change_the_page_is_left_out() {
    for tex in [
        r"\href{javascript:alert(1)}{y}",
        r"\htmlStyle{color:red;position:fixed}{y}",
        r"\htmlId{x}{y}",
        r"\htmlClass{x}{y}",
        r"\htmlData{x=1}{y}",
        r"\url{https://e.x}",
        r"\includegraphics[alt=y]{https://e.x/a.png}",
    ] {
        let mathml = block(tex);
        for word in ["href=", "style=", "id=", "class=", "data-", "src=", "<a", "<img"] {
            assert!(!mathml.contains(word), "{tex}: {mathml}");
        }
    }
}

#[test]
fn alphabets_are_characters() {
    assert!(block(r"\mathbb{R}").contains("ℝ") && block(r"\R").contains("ℝ"));
    assert!(block(r"\mathscr{L}\mathfrak{g}").contains("ℒ"));
    assert!(block(r"\bm{y}").contains('𝒚'));
    assert!(block(r"\textbf{強調}").contains("font-weight:bold"));
}

#[test]
fn a_bare_line_break_begins_a_line() {
    for tex in [
        r"a \\ b",
        r"a \newline b",
        r"\displaystyle a \\ b",
        r"{\color{red} a \\ b}",
    ] {
        assert_eq!(block(tex).matches("<mtr>").count(), 2, "{tex}");
    }
}

#[test]
fn commands_are_defined_within_a_formula() {
    for tex in [
        r"\newcommand{\R}{\mathbb{R}} \R",
        r"\newcommand{\vv}[1]{\mathbf{#1}} \vv{x}",
        r"\renewcommand{\R}{\mathbb{R}} \R",
        r"\def\x#1{y#1} \x{z}",
        r"\let\x=\alpha \x",
        r"\DeclareMathOperator{\tr}{tr} \tr A",
    ] {
        block(tex);
    }
}

#[test]
fn what_works_in_blocks_alone_is_drawn_in_a_line() {
    for tex in [r"\begin{align} x &= 1 \end{align}", r"x \tag{1}"] {
        assert!(
            to_mathml(tex, Display::Inline).unwrap().starts_with("<math>"),
            "{tex}"
        );
    }
}

#[test]
fn names_of_functions_keep_their_distance() {
    let count = |tex: &str| block(tex).matches("0.1667em").count();
    assert_eq!(count(r"n \log n"), 2);
    assert_eq!(count(r"\log(n)"), 0);
    assert_eq!(count(r"\lim_{x \to 0} f"), 1);
    assert_eq!(count(r"\sin^2 x + \cos^2 x"), 2);
}

#[test]
fn mistakes_are_told_in_one_line() {
    for tex in [
        r"\nosuch",
        r"\frac{1}",
        "{",
        "}",
        r"\begin{nosuch}x\end{nosuch}",
        "x^1^2",
        "$",
        "#",
        r"\left( x",
    ] {
        let error = to_mathml(tex, Display::Inline).expect_err(tex);
        assert!(
            !error.message.is_empty() && !error.message.contains('\n'),
            "{tex}: {error:?}"
        );
    }
}

#[test]
fn a_command_that_is_not_known_is_named_and_marked() {
    for (tex, name) in [
        ("a = b + c \\\\\n g = \\nosuch{h} + i", r"\nosuch"),
        (r"\begin{nosuch} x \end{nosuch}", "nosuch"),
        (r"\frac{\half}{2}", r"\half"),
        (r"\def\x{\nowhere} 1 + \x", r"\nowhere"),
        (r"\text{\mathfoo{x}}", r"\mathfoo"),
    ] {
        let error = to_mathml(tex, Display::Block).expect_err(tex);
        assert!(error.message.contains(&format!("`{name}`")), "{error:?}");
        assert_eq!(&tex[error.range.unwrap()], name);
    }
}

#[test]
fn deep_and_long_formulas_do_no_harm() {
    for tex in [
        "{".repeat(9_000),
        r"\sqrt{".repeat(3_000),
        r"\sqrt".repeat(3_900),
        r"\left(".repeat(3_000),
        "x^{".repeat(6_000),
        "x".repeat(30_000),
        format!("{}x{}", "{".repeat(9_000), "}".repeat(9_000)),
        format!("{}x{}", r"\sqrt{".repeat(390), "}".repeat(390)),
        format!("{}x{}", r"\frac1{".repeat(35), "}".repeat(35)),
        format!("{} x", r"\hat".repeat(38)),
        r"\def\a{\b\b}\def\b{\c\c}\def\c{\a\a}\a".to_owned(),
        format!(r"\rule{{{}em}}{{1em}}", "9".repeat(400)),
    ] {
        let _ = to_mathml(&tex, Display::Block);
    }
}

proptest! {
    #[test]
    fn any_text_gives_mathml_or_a_mistake_inside_it(tex in "(\\PC|[\\\\{}^_&$#]|\\\\(frac|sqrt|left|right|begin|text|def|color)){0,30}") {
        if let Err(MathError { range: Some(range), .. }) = to_mathml(&tex, Display::Inline) {
            prop_assert!(tex.get(range).is_some());
        }
    }
}
