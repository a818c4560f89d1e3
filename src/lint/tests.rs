use super::*;
use crate::diag::FileId;
use crate::parse::{ParseContext, Source, parse};

fn found(text: &str) -> Vec<String> {
    let source = Source {
        file: FileId(0),
        name: "p",
        format: Format::Markdown,
    };
    let parsed = parse(source, text, &ParseContext::in_zone("UTC")).0;
    let list = page(&parsed, text);
    list.iter().map(|finding| finding.name().to_owned()).collect()
}

/// The text after all edits.
fn mended(text: &str) -> String {
    let source = Source {
        file: FileId(0),
        name: "p",
        format: Format::Markdown,
    };
    let parsed = parse(source, text, &ParseContext::in_zone("UTC")).0;
    let mut edits: Vec<_> = page(&parsed, text)
        .into_iter()
        .flat_map(|finding| finding.fix)
        .collect();
    edits.sort();
    let mut out = text.to_owned();
    for edit in edits.iter().rev() {
        out.replace_range(edit.span.range(), &edit.text);
    }
    out
}

#[test]
fn slips_are_found_and_mended() {
    for (text, kind, right) in [
        ("##Title\n", "markdown-slip/space", "## Title\n"),
        ("###3 Steps\n", "markdown-slip/space", "### 3 Steps\n"),
        ("- a\n-b\n", "markdown-slip/space", "- a\n- b\n"),
        ("1.Go\n2. On\n", "markdown-slip/space", "1. Go\n2. On\n"),
        ("[a] (b.md)\n", "markdown-slip/link", "[a](b.md)\n"),
        (
            "[a] (https://x.org/)\n",
            "markdown-slip/link",
            "[a](https://x.org/)\n",
        ),
        ("(a)[/b/]\n", "markdown-slip/link", "[a](/b/)\n"),
        (
            "> [!WARNIG]\n> a\n",
            "markdown-slip/callout",
            "> [!WARNING]\n> a\n",
        ),
        ("> [! NOTE]\n> a\n", "markdown-slip/callout", "> [!NOTE]\n> a\n"),
        ("> [NOTE]\n> a\n", "markdown-slip/callout", "> [!NOTE]\n> a\n"),
        ("{{ < tip > }}\n", "markdown-slip/shortcode", "{{< tip >}}\n"),
        (
            "| a | b |\n| c | d |\n",
            "markdown-slip/table",
            "| a | b |\n|---|---|\n| c | d |\n",
        ),
        (
            "[a](htps://x.org)\n",
            "invalid-address/scheme",
            "[a](https://x.org)\n",
        ),
        (
            "[a](http:/x.org)\n",
            "invalid-address/scheme",
            "[a](http://x.org)\n",
        ),
        (
            "[a](www.x.org)\n",
            "invalid-address/scheme",
            "[a](https://www.x.org)\n",
        ),
        (
            "[a](my file.md)\n",
            "invalid-address/spaces",
            "[a](<my file.md>)\n",
        ),
        (
            "---\nwieght: 3\n---\n",
            "unknown-key/front-matter",
            "---\nweight: 3\n---\n",
        ),
    ] {
        assert_eq!(found(text), [kind], "{text}");
        assert_eq!(mended(text), right, "{text}");
        assert!(found(right).is_empty(), "{right}: {:?}", found(right));
    }
}

#[test]
fn slips_with_several_readings_are_found() {
    for (text, kind) in [
        ("## \n", "empty-element/heading"),
        ("[](a.md)\n", "empty-element/link"),
        ("![](a.png)\n", "image/alt"),
        ("a[^1]\n", "footnote/undefined"),
        ("a\n\n[^1]: b\n", "footnote/unused"),
        ("| a | b |\n|---|---|\n| c | d | e |\n", "markdown-slip/table"),
        ("| a | b |\n|---|\n| c | d |\n", "markdown-slip/table"),
        ("> [!NOTE]\n\nText\n", "markdown-slip/callout"),
        ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n", "conflict-marker"),
    ] {
        assert_eq!(found(text), [kind], "{text}");
    }
}

#[test]
fn what_is_right_is_no_slip() {
    for text in [
        "#tag and #1\n",
        "text\n##not at the beginning\n",
        "```\n##Title\n[a] (b.md)\n```\n",
        "`[a] (b.md)` and `[^1]`\n",
        "    ##Title\n",
        "-5 degrees\n",
        "-f is an option\n",
        "1.5 hours\n2.5 hours\n",
        "a list[0] (see below)\n",
        "- [x] (optional) step\n",
        "f(x)[0]\n",
        "> [!INFO]- Title\n> a\n",
        "> [link](a.md)\n",
        "[a](b.md \"my title.md\")\n",
        "[a]({{< relref \"b c.md\" >}})\n",
        "| a | b |\n|---|---|\n| `x|y` | d |\n",
        "| a |\n|---|\n",
        "[^a-z] is a set\n",
        "a[^1]\n\n[^1]: b\n",
        "<<<<<<< alone\n",
        "---\nweights: 3\nmenu: main\ntags: [a]\n---\n",
        "<!-- ##Title -->\n",
        "$$\n[a] (/b)\n$$\n",
        "{{< highlight md >}}\n##Title\n{{< /highlight >}}\n",
        "#\u{3000}見出し\n",
    ] {
        let all = found(text);
        let wrong: Vec<_> = all
            .iter()
            .filter(|name| !name.starts_with("markdown-slip/table"))
            .collect();
        assert!(wrong.is_empty(), "{text}: {wrong:?}");
    }
}

proptest::proptest! {
    #[test]
    fn any_line_is_read_without_a_panic(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "> ", "[", "]", "(", ")", "!", "#", "-", "1.", "|", "---", ":", "^", "`", "\n", "x", "é", "準", "\u{feff}", "{{<", ">}}", " ",
                "<<<<<<< ", ">>>>>>> ", "http:/", "note",
            ]),
            0..24,
        )
    ) {
        found(&pieces.concat());
    }
}

#[test]
fn quotes_may_begin_with_any_letter() {
    for text in ["> \u{feff}x]\n", "> é](a)\n", "> 準備] [!NOTE]\n"] {
        assert_eq!(found(text), [""; 0], "{text:?}");
    }
}
