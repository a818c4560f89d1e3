//! Whole sites from random pieces of what authors write: no panic, no mark left over, every place inside its file.

use proptest::collection::vec;
use proptest::prelude::*;
use wsgen::diag::Span;

use crate::site::{Built, Site};

/// Pieces that mean something to one of the stages, and pieces that are in their way.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "  ",
    "    ",
    "\t",
    "\r\n",
    "text",
    "準備",
    "（括弧）",
    "。",
    "😀",
    "\u{301}",
    "\u{feff}",
    "\u{e000}",
    "\u{f8ff}",
    "\u{f0000}",
    "\u{10fffd}",
    "\0",
    "*",
    "**",
    "_",
    "`",
    "```",
    "```go\n",
    "```mermaid\n",
    "~~~",
    "# ",
    "## ",
    "===\n",
    "---\n",
    "+++\n",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE] ",
    "> [!tip]- ",
    "- [ ] ",
    "| a | b |\n|---|:-:|\n| ",
    " | ",
    "[",
    "](",
    ")",
    "](b.md)",
    "](b.md#x)",
    "![",
    "<b>",
    "</b>",
    "<div>\n",
    "</div>\n",
    "<details>\n",
    "</details>\n",
    "<!--",
    "-->",
    "<!--more-->",
    "<p align=\"",
    "\">",
    "&amp;",
    "&#x",
    "&#x100000;",
    "&#1048577;",
    "&#x100002 ",
    "<b title=\"&#x100000;\">",
    "title: \"\\U00100000\"\n",
    "v: \"\\U00100001\"\n",
    "{{< param v >}}",
    "{{< make >}}",
    "{{< make >}}x{{< param title >}}{{< /make >}}",
    "{{% make %}}",
    "{{< stored >}}",
    "\"&#x100001;\")",
    "[r]: /x/ '&#x100000;'\n",
    "[r]",
    "[^1]",
    "[^1]: ",
    "\n: ",
    "{#id .c}",
    "{",
    "}",
    "{{<",
    ">}}",
    "{{%",
    "%}}",
    "{{< relref \"b\" >}}",
    "{{< ref \"",
    "\" >}}",
    "{{% notice tip %}}",
    "{{% /notice %}}",
    "{{< details \"x\" >}}",
    "{{< /details >}}",
    "{{< tabs >}}",
    "{{< tab \"a\" >}}",
    "{{< /tab >}}",
    "{{< /tabs >}}",
    "{{< unknown a=b />}}",
    "{{</* x */>}}",
    "{{< param title >}}",
    "{{< highlight go \"linenos=1\" >}}",
    "{{< /highlight >}}",
    "{{< math >}}\\frac{1}{2}{{< /math >}}",
    "$$x$$",
    "\\",
    "title: A\n",
    "weight: 1\n",
    "date: x\n",
    "tags: [a, b]\n",
    "aliases: [/x/]\n",
    "https://example.org/",
    "www.example.org",
    "a@example.org",
    ":smile:",
    "\"",
    "'",
    "...",
    "--",
    "graph LR\nA --> B\n",
    "\u{202e}",
];

/// Templates that make the characters which stand for calls.
const MAKE: &str = r#"{{ "\U00100000" }}{{ printf "%c" 1048577 }}<i title="&#x100000;{{ .Inner }}">{{ htmlUnescape "&#x100002;" }}</i>{{ .Page.Store.Set "x" (print "\U00108000\U00100001" .Inner) }}"#;
const STORED: &str =
    "{{ .Page.Store.Get \"x\" }}{{ .Page.RenderString \"&#x100000; **b**\" }}{{ .Page.Params.v }}";

fn page() -> impl Strategy<Value = String> {
    let front = prop::sample::select(vec![
        "",
        "",
        "---\ntitle: A\n---\n",
        "---\n",
        "+++\ntitle = \"A\"\n+++\n",
        "{\"title\": \"A\"}\n",
    ]);
    (front, vec(prop::sample::select(PIECES), 0..60))
        .prop_map(|(front, pieces)| front.to_owned() + &pieces.concat())
}

fn build(pages: &[String]) -> Built {
    let site = Site::from("-- content/b.md --\n## x\n-- hugo.toml --\nenableEmoji = true\n");
    site.write("layouts/shortcodes/make.html", MAKE);
    site.write("layouts/shortcodes/stored.html", STORED);
    for (nth, page) in pages.iter().enumerate() {
        site.write(&format!("content/p{nth}.md"), page);
    }
    site.build()
}

/// The characters that stand for shortcode calls while Markdown is read.
fn is_mark(c: char) -> bool {
    c >= '\u{100000}'
}

/// Returns true if a span begins and ends between characters of its file.
fn is_inside(built: &Built, span: Span) -> bool {
    let Some(text) = built.report().tree.text(span.file) else {
        return span.range() == (0..0);
    };
    text.is_char_boundary(span.range().start) && text.is_char_boundary(span.range().end)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 10, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_authors_write_becomes_a_site(pages in vec(page(), 12)) {
        let built = build(&pages);
        for d in &built.report().diagnostics {
            let places = d.span.into_iter().chain(d.labels.iter().map(|label| label.span));
            for span in places {
                prop_assert!(is_inside(&built, span), "{d:?}");
            }
        }
        for (nth, page) in pages.iter().enumerate() {
            let html = built.page(&format!("p{nth}/"));
            let at = html.find(is_mark).map(|at| {
                let from = html[..at].char_indices().rev().nth(60).map_or(0, |(at, _)| at);
                html[from..].chars().take(120).collect::<String>()
            });
            prop_assert!(at.is_none(), "a mark in the output of {page:?}: {at:?}");
        }
    }
}

#[test]
fn two_builds_of_everything_give_the_same_bytes() {
    let all: Vec<String> = PIECES.chunks(7).map(<[&str]>::concat).collect();
    let (one, two) = (build(&all), build(&all));
    assert_eq!(one.files(), two.files());
    assert_eq!(one.diagnostics(), two.diagnostics());
    for file in one.files() {
        assert!(one.file(&file) == two.file(&file), "{file} differs");
    }
}
